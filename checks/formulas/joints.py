"""The joints of a reference's walk over layers and of its loops, and the slips that are made there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.judging.reference import Override, Slip
from checks.observing.quantity import Quantity

Changes = Mapping[str, tuple[Callable[[Any], Any], str, str]]

WALKS: Changes = {
    "none": (lambda layers: [], "when no layer is {}", "Is the loop ever entered, and does its result last?"),
    "last only": (
        lambda layers: layers[-1:],
        "when only the last layer is {}",
        "Is everything that is to happen in each layer inside the loop?",
    ),
    "first only": (
        lambda layers: layers[:1],
        "when only the first layer is {}",
        "Is there a `return` or `break` inside the loop?",
    ),
    "last left out": (
        lambda layers: layers[:-1],
        "when the last layer is not {}",
        "Which layer does the loop end with?",
    ),
    "first left out": (
        lambda layers: layers[1:],
        "when the first layer is not {}",
        "Which layer does the loop begin or end with? range(n, 0, -1) does not reach 0.",
    ),
}
"""What can go wrong with a walk over the layers: which are left, the words, and what to think of."""

ORDERED: Changes = {
    **WALKS,
    "first to last": (
        lambda layers: layers[::-1],
        "when the first layer is {} first and the last one last",
        "With which layer does the walk begin, and where does the error come from?",
    ),
}
"""And with one in which the order matters."""

SERIES: Changes = {
    "reversed": (
        lambda all_of: all_of[::-1],
        "with {} in reverse order",
        "Where does a new one go, and which comes first?",
    ),
    "summed": (np.cumsum, "when {} are added up: each is the sum of all so far", "What is set back in every round?"),
    "whole numbers": (np.trunc, "when {} are cut off to whole numbers", "Which type of numbers are they kept in?"),
    "rounded": (np.round, "when {} are rounded to whole numbers", "Which type of numbers are they kept in?"),
    "root": (np.sqrt, "with the roots of {}", "Is it the quantity itself that should be kept?"),
    "last left out": (lambda all_of: all_of[:-1], "without the last of {}", "How many rounds does the loop have?"),
    "first left out": (lambda all_of: all_of[1:], "without the first of {}", "How many rounds does the loop have?"),
    "one alone": (
        lambda all_of: all_of[-1:],
        "with only the last of {}",
        "What happens to those of the rounds before?",
    ),
    "last kept": (
        lambda all_of: np.concatenate([np.zeros(len(all_of) - 1), all_of[-1:]]),
        "when only the last of {} is kept, behind zeros",
        "Is what they are kept in made anew in every round?",
    ),
    "mean": (lambda all_of: np.mean(all_of, keepdims=True), "with the mean of {}", "How many numbers should there be?"),
    "shifted": (
        lambda all_of: np.concatenate([np.zeros(1), all_of[:-1]]),
        "when {} are kept one round too late, behind a 0",
        "At which place is each of them stored?",
    ),
    "zeros": (np.zeros_like, "with zeros for {}", "Where are they stored, and does what is returned hold them?"),
}
"""What can go wrong with what a loop keeps: what becomes of it, the words, and what to think of."""


_WHERE = "At which place of the list is that of the first layer, and at which that of the last?"

LISTS: Changes = {
    "reversed": (lambda all_of: all_of[::-1], "with {} in reverse order", _WHERE),
    "last left out": (lambda all_of: all_of[:-1], "without the last of {}", "How many layers are there?"),
    "first left out": (lambda all_of: all_of[1:], "without the first of {}", "How many layers are there?"),
    "last alone": (lambda all_of: all_of[-1:], "with only the last of {}", "How many layers are there?"),
    "first alone": (lambda all_of: all_of[:1], "with only the first of {}", "How many layers are there?"),
    "next": (lambda all_of: [*all_of[1:], *all_of[:1]], "with {} one place too early", _WHERE),
    "previous": (lambda all_of: [*all_of[-1:], *all_of[:-1]], "with {} one place too late", _WHERE),
    "last everywhere": (lambda all_of: all_of[-1:] * len(all_of), "with the last of {} at every place", _WHERE),
    "first everywhere": (lambda all_of: all_of[:1] * len(all_of), "with the first of {} at every place", _WHERE),
}
"""What can go wrong with a list that has an entry for each layer: what becomes of it, the words, what to think of."""

_HALVES = "Which of the two arrays of a layer comes first, and from which layer is each?"


def _of_reversed(part: int) -> Callable[[Any], Any]:
    return lambda pairs: [
        tuple(other[number] if number == part else pair[number] for number in range(2))
        for pair, other in zip(pairs, pairs[::-1], strict=True)
    ]


PAIRS: Changes = {
    "pairs turned": (
        lambda pairs: [pair[::-1] for pair in pairs],
        "when the two arrays of each layer are exchanged in {}",
        _HALVES,
    ),
    "first twice": (
        lambda pairs: [(pair[0], pair[0]) for pair in pairs],
        "with the first array of each layer twice in {}",
        _HALVES,
    ),
    "second twice": (
        lambda pairs: [(pair[1], pair[1]) for pair in pairs],
        "with the second array of each layer twice in {}",
        _HALVES,
    ),
    "first reversed": (_of_reversed(0), "with the first arrays of the pairs in reverse order in {}", _HALVES),
    "second reversed": (_of_reversed(1), "with the second arrays of the pairs in reverse order in {}", _HALVES),
}
"""And where each entry is a pair."""


@dataclass(frozen=True)
class Walk:
    """Words for a joint: a step of a reference that gives the layers, in order, of which something is done."""

    words: str
    ordered: bool = False
    look: str = "Look at which layers your loop visits."

    def plain(self, given: Any) -> Any:
        """Return what the step gives, ready to be changed."""
        return list(given)

    @property
    def changes(self) -> Changes:
        """What can go wrong."""
        return ORDERED if self.ordered else WALKS


@dataclass(frozen=True)
class Series:
    """Words for a joint: a step of a reference that gives a list of numbers, one for each round of a loop."""

    words: str

    @property
    def look(self) -> str:
        """Where to look."""
        return f"Look at what happens to {self.words} in each round."

    def plain(self, given: Any) -> Any:
        """Return what the step gives, ready to be changed."""
        return np.asarray(given)

    @property
    def changes(self) -> Changes:
        """What can go wrong."""
        return SERIES


@dataclass(frozen=True)
class Entries:
    """Words for a joint: a step that gives a list with one array, or one pair of arrays, for each layer in order."""

    words: str
    pairs: bool = False

    @property
    def look(self) -> str:
        """Where to look."""
        return f"Look at which entry of {self.words} belongs to which layer."

    def plain(self, given: Any) -> Any:
        """Return what the step gives, ready to be changed."""
        return list(given)

    @property
    def changes(self) -> Changes:
        """What can go wrong."""
        return {**LISTS, **PAIRS} if self.pairs else LISTS


Joint = Walk | Series | Entries
"""A step that is no formula, and in which slips are made."""


@dataclass(frozen=True, eq=False)
class Changed(Override):
    """A joint done otherwise, as `change` in its `changes` says."""

    change: str


def slips_of(step: str, joint: Joint) -> Iterator[Slip]:
    """Yield the slips that are made in a joint."""
    for name, (changed, says, think) in joint.changes.items():

        def otherwise(ref: Any, right: Any, *given: Any, changed: Callable[[Any], Any] = changed) -> Any:
            return changed(joint.plain(right(*given)))

        yield Slip(
            f"{step}: {name}",
            Changed(step, otherwise, name),
            says.format(joint.words),
            joint.look,
            think,
            meaning=f"walk {name}",
        )


MOST_EPOCHS = 3000
"""So many are worked out at most to explain an answer."""


def another_number_of_epochs(losses: Quantity) -> Slip:
    """Return the slip of who runs as many epochs as there are losses, in the step `epochs` of a reference."""
    return Slip(
        "epochs: another number",
        Override("epochs", lambda ref, right: min(ref.own[losses].size, MOST_EPOCHS) if losses in ref.own else 0),
        "when another number of epochs is run than `epochs` says",
        "Look at what your loop counts.",
        "Where does the argument `epochs` come in, and what may end the loop earlier?",
        meaning="epochs",
        rank=2,
    )
