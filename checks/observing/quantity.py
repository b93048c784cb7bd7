"""What is observed of a student's work, compared, located and, only here, put into words."""

from __future__ import annotations

from typing import NamedTuple, Self

FIRST, SECOND = 1, 2
"""The first call, and a second one with other data."""

AFTER = "after"
"""The aspect of what is seen after a step, not in it."""


class Quantity(NamedTuple):
    """A number or an array with a meaning: of which kind it is, of which layer, seen in which call.

    `kind` and `aspect`, what is special about it, are constants of an exercise, in the terms of its notebook. Layers,
    calls and steps of learning are counted from 1; 0 is the layer of what belongs to none, and the step where none is
    told apart. `neurons` are those of a single number, the receiver first.
    """

    kind: str
    layer: int = 0
    call: int = 1
    aspect: str = ""
    step: int = 0
    neurons: tuple[int, ...] = ()

    def in_call(self, call: int) -> Self:
        """Return the same of another call."""
        return self._replace(call=call)

    def __str__(self) -> str:
        """Return its words as they stand in a sentence.

        >>> str(Quantity("weight gradient", 3, call=2)), str(Quantity("loss", aspect="at exactly 0"))
        ('weight gradient of layer 3 (second call)', 'loss at exactly 0')
        >>> str(Quantity("o1", step=2)), str(Quantity("W1", step=2, aspect=AFTER)), str(Quantity("w", neurons=(5, 3)))
        ('o1 in step 2', 'W1 after step 2', 'w53')
        """
        name = self.kind + "".join(map(str, self.neurons))
        layer = f"of layer {self.layer}" if self.layer else ""
        aspect = f"{self.aspect or 'in'} step {self.step}" if self.step else self.aspect
        return " ".join(filter(None, (name, layer, aspect, "(second call)" if self.call > 1 else "")))


def named(quantity: Quantity) -> str:
    """Write a quantity at the beginning of a sentence: with its article, unless it begins with a symbol.

    >>> named(Quantity("weight gradient", 2)), named(Quantity("dW2")), named(Quantity("W1", aspect="of the model"))
    ('The weight gradient of layer 2', 'dW2', 'W1 of the model')
    """
    return f"The {quantity}" if is_word(quantity) else str(quantity)


def capitalised(quantity: Quantity) -> str:
    """Write a quantity at the beginning of a line, with a capital letter unless it begins with a symbol."""
    words = str(quantity)
    return words[:1].upper() + words[1:] if is_word(quantity) else words


def is_word(quantity: Quantity) -> bool:
    """Tell whether a quantity begins with a word and not with a symbol or a name in code."""
    first = str(quantity).split()[0]
    return first.isalpha() and first.islower() and len(first) > 2
