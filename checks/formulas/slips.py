"""The slips that can be made in the steps of a reference: edits of its formulas, and joints of its walk done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Edit, Formula
from checks.formulas.kinds import Spot, Variation, variations
from checks.formulas.tree import Node, Path, Symbol
from checks.judging.reference import Misconception, Override, Reference, Slip
from checks.observing.observation import Array


@dataclass(frozen=True)
class Walk:
    """Words for a joint: a step of a reference that gives the layers, in order, of which something is done."""

    done: str


class Worked(Reference):
    """A reference whose steps are formulas, and which remembers what they made: `known`, by quantity and layer."""

    symbols: ClassVar[tuple[Symbol, ...]] = ()
    """What may be taken for one another."""

    steps: ClassVar[tuple[str, ...]] = ()
    """The formulas in which slips are made, in the order of the computation."""

    joints: ClassVar[Mapping[str, Walk]] = {}
    """The steps that say which layers something is done with."""

    places: ClassVar[Mapping[str, str]] = {}
    """Layers that may be treated otherwise than the others, by what `is_at` calls them: words for each."""

    everywhere: ClassVar[frozenset[str]] = frozenset()
    """The steps that are taken in layers of more than one of the `places`."""

    activations: ClassVar[tuple[str, ...]] = ()
    """The activations that the exercise knows."""

    measures: ClassVar[tuple[str, ...]] = ()
    """The sizes that a factor may contain."""

    inlined: ClassVar[frozenset[str]] = frozenset()
    """The steps that other formulas are written with."""

    known: dict[tuple[str, int], Array]

    _made: ClassVar[Mapping[str, Symbol]] = {}

    def __init_subclass__(cls) -> None:
        """Write the formulas down, for hints and explanations."""
        super().__init_subclass__()
        if "steps" not in vars(cls):
            return
        formulas = {step: getattr(cls, step) for step in cls.steps}
        written = {name: value for name, value in vars(cls).items() if isinstance(value, Formula)}
        cls._made = {**cls._made, **{name: formula.left for name, formula in written.items()}}
        cls.formulas = {
            step: (formula.number, f"{formula.left} = {expanded(cls, formula.right)}{formula.note}")
            for step, formula in formulas.items()
        }

    @classmethod
    def slips(cls) -> tuple[Slip, ...]:
        """Return every single slip in the formulas and joints, also in some of the layers alone."""
        return _slips(cls)

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of the case by their symbols."""
        sizes: Mapping[str, int] = self.case.dimensions
        return sizes

    def activation_of(self, layer: int) -> str:
        """Return the name of a layer's activation."""
        raise NotImplementedError

    def is_at(self, layer: int, where: str) -> bool:
        """Tell whether a layer is one of those of `places`."""
        raise NotImplementedError

    def make(self, step: str, layer: int = 0) -> Array:
        """Compute a formula for a layer, and keep it under the symbol on its left."""
        left = self._made[step]
        value = np.asarray(getattr(self, step)(layer))
        self.known[left.name, 0 if left.offset is None else layer] = value
        return value


def expanded(reference: type[Worked], node: Node) -> Node:
    """Return a node with the quantities that other formulas of the reference make written out."""
    made = {formula.left: formula.right for formula in (getattr(reference, step) for step in reference.inlined)}
    if node in made:
        return expanded(reference, made[node])  # type: ignore[index]
    return node.with_arguments(tuple(expanded(reference, one) for one in node.arguments)) if node.arguments else node


@lru_cache(maxsize=64)
def _slips(reference: type[Worked]) -> tuple[Slip, ...]:
    found = [slip for step in reference.steps for slip in _in_formula(reference, step)]
    found += [slip for step, walk in reference.joints.items() for slip in _in_walk(step, walk)]
    return tuple(found)


def _in_formula(reference: type[Worked], step: str) -> Iterator[Slip]:
    formula: Formula = getattr(reference, step)
    seen = set()
    for path, node in formula.right.nodes():
        spot = Spot(node, reference.symbols, reference.activations, reference.measures, formula.noun, not path)
        for variation in variations(spot):
            tree = formula.right.edited(path, variation.node)
            if tree != formula.right and tree not in seen:
                seen.add(tree)
                yield _slip(step, formula, path, variation)
                if step in reference.everywhere:
                    for where, words in reference.places.items():
                        yield _slip(step, formula, path, variation, where, f", {words}")


def _slip(
    step: str, formula: Formula, path: Path, variation: Variation, where: str = "", words: str = ""
) -> Slip:
    key = f"{step}: {formula.right.edited(path, variation.node)}{words}"
    return Slip(
        key,
        Edit(step, path=path, put=variation.node, where=where),
        variation.says + words,
        f"Look at {formula.noun}{words}.",
        variation.think,
        formula.number,
        variation.meaning,
        variation.rank + bool(where),
    )


WALKS: Mapping[str, tuple[Callable[[Sequence[int]], Sequence[int]], str, str]] = {
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
    "last left out": (lambda layers: layers[:-1], "when the last layer is not {}", "Which layer does the loop end with?"),
    "first left out": (
        lambda layers: layers[1:],
        "when the first layer is not {}",
        "Which layer does the loop begin or end with? range(n, 0, -1) does not reach 0.",
    ),
}
"""What can go wrong with a walk over the layers: which are left, the words, and what to think of."""


def _in_walk(step: str, walk: Walk) -> Iterator[Slip]:
    for name, (left, says, think) in WALKS.items():

        def otherwise(ref: Any, right: Any, left: Any = left) -> Any:
            return left(list(right()))

        yield Slip(
            f"{step}: {name}",
            Override(step, otherwise),
            says.format(walk.done),
            "Look at which layers your loop visits.",
            think,
            meaning="walk",
        )


def written(
    reference: type[Worked],
    label: str,
    step: str,
    tree: Node,
    *,
    where: str = "",
    says: str = "",
    look: str = "",
    think: str = "",
) -> Misconception:
    """Return a mistake with a label of its own: an equation as somebody writes it, in some of its layers or in all.

    It is the slip of the same equation, if there is one, whose words are taken where none are given.

    Raises:
        ValueError: if there is no such slip, and words are missing.
    """
    formula: Formula = getattr(reference, step)
    slip = _by_equation(reference).get((step, tree, where))
    if slip is None and not (says and look and think):
        raise ValueError(f"{label}: expected words, since no slip writes {step} as {tree}")
    edit = Edit(step, put=tree, where=where) if slip is None else slip.override
    words = (says or slip.says, look or slip.look, think or slip.think) if slip else (says, look, think)
    return Misconception(label, edit, *words, formula.number)


@lru_cache(maxsize=64)
def _by_equation(reference: type[Worked]) -> dict[tuple[str, Node, str], Slip]:
    edits = ((slip.override, slip) for slip in reference.slips())
    return {
        (edit.step, getattr(reference, edit.step).right.edited(edit.path, edit.put), edit.where): slip
        for edit, slip in reversed(list(edits))
        if isinstance(edit, Edit)
    }
