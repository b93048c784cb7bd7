"""The kinds of slip that loops make, over samples and over entries: one alone, one left out, a mean too early."""

from __future__ import annotations

from collections.abc import Iterator

from checks.formulas.kinds import Kind, Spot, Variation
from checks.formulas.tree import Activation, Factor, Node, Operation, Scaled, Symbol


def first_sample(spot: Spot) -> Iterator[Variation]:
    """One sample of the batch alone."""
    if isinstance(spot.node, Symbol) and "N" in spot.sizes:
        says = f"with only the first sample of {spot.node.described}{spot.place}"
        think = "Which samples of the mini-batch does your result depend on?"
        yield Variation(Operation("first sample", (spot.node,)), says, think, "first sample", 2)
        says = f"with the mean over the samples in the place of {spot.node.described}{spot.place}"
        think = "When are the samples put together, at the beginning or at the end?"
        yield Variation(Operation("mean everywhere", (spot.node,)), says, think, "averaged", 2)
    if spot.root and "N" in spot.sizes:
        says = f"when {spot.subject} is averaged over the samples, and all get the mean"
        think = "When are the samples put together, at the beginning or at the end?"
        yield Variation(Operation("mean everywhere", (spot.node,)), says, think, "averaged", 2)
    if isinstance(spot.node, Activation) and "N" in spot.sizes:
        says = f"with {spot.node} of the first sample for all samples{spot.place}"
        think = "Does every sample have its own derivatives?"
        yield Variation(Operation("first row everywhere", (spot.node,)), says, think, "first sample", 2)


ALONE = {
    "first sample alone": ("N", "the first sample"),
    "last sample alone": ("N", "the last sample"),
    "first output alone": ("K", "the first output"),
}
"""Operations that leave one entry of an axis: the size of the axis, and words."""


def one_alone(spot: Spot) -> Iterator[Variation]:
    """One sample or one output alone, be it that what a loop makes takes the place of what it made before."""
    think = "Which samples and which outputs does your result depend on? Does your loop add up, or store anew?"
    for name, (size, words) in ALONE.items():
        match spot.node:
            case Scaled(factor, inner) if (size, -1) in factor.powers:
                match inner:
                    case Operation("sum", (terms,)):
                        alone: Node = Operation("sum", (Operation(name, (terms,)),))
                    case _:
                        alone = Operation(name, (inner,))
                says = f"with {words} alone{spot.place}"
                yield Variation(Scaled(factor.times(Factor(1.0, ((size, 1),))), alone), says, think, "one alone", 2)
                yield Variation(Scaled(factor, alone), says, think, "one alone", 2)
            case _ if spot.root and size == "N" in spot.sizes:
                says = f"with {words} alone{spot.place}"
                yield Variation(Operation(name, (spot.node,)), says, think, "one alone", 2)


def loops(spot: Spot) -> Iterator[Variation]:
    """What a loop leaves out, or keeps alone: terms of a sum, rows and columns of a result."""
    bounds = "Where does your loop begin, and where does it end?"
    for one in ("first", "last"):
        match spot.node:
            case Operation("@", (left, right) as factors_of):
                says = f"with the {one} term alone of each sum in {left @ right}{spot.place}"
                think = "Does your loop add up, or store anew?"
                yield Variation(Operation(f"{one} term", factors_of), says, think, "one alone", 2)
                says = f"without the {one} term of each sum in {left @ right}{spot.place}"
                yield Variation(Operation(f"without the {one} term", factors_of), says, bounds, "loop bounds", 2)
            case Operation("sum over rows", inner):
                says = f"when {inner[0]} is summed without its {one} row{spot.place}"
                yield Variation(Operation(f"all but the {one} row", inner), says, bounds, "loop bounds", 2)
        for line in ("row", "column") if spot.root else ():
            says = f"when the {one} {line} of {spot.subject} stays 0"
            yield Variation(Operation(f"{one} {line} left 0", (spot.node,)), says, bounds, "loop bounds", 2)


LOOP_KINDS: tuple[Kind, ...] = (first_sample, one_alone, loops)
"""The kinds of this module."""
