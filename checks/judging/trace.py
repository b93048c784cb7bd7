"""What a reference works out on the way, equation by equation."""

from __future__ import annotations

from dataclasses import dataclass, field

from checks.observing.observation import Array

DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Step:
    """One equation for one layer: its number, the quantity on its left, and which time it was worked out."""

    number: str
    quantity: str
    layer: int

    @property
    def symbol(self) -> str:
        """The quantity of that very layer, as in "Δ⁽²⁾"."""
        layer = str(self.layer)
        if not self.layer:
            return self.quantity
        return self.quantity.replace("ˡ", layer.translate(DIGITS)).replace("ₖ", layer.translate(LOWERED))


@dataclass
class Trace:
    """The values of a reference on one case, by equation, and what it was `given`.

    `made` are those of its equations, `parts` of what these consist of as they stand, and `inner` of what they consist
    of with other equations written out.
    """

    made: list[tuple[Step, Array]] = field(default_factory=list)
    parts: list[tuple[Step, Array]] = field(default_factory=list)
    inner: list[tuple[Step, Array]] = field(default_factory=list)
    given: list[Array] = field(default_factory=list)

    @property
    def direct(self) -> list[tuple[Step, Array]]:
        """The equations and their own parts."""
        return [*self.made, *self.parts]

    @property
    def all(self) -> list[tuple[Step, Array]]:
        """All of them."""
        return [*self.made, *self.parts, *self.inner]
