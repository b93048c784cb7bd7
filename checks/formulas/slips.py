"""The slips that can be made in the steps of a reference: edits of its formulas, and joints of its walk done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Edit, Formula
from checks.formulas.kinds import Spot, variations
from checks.formulas.tree import UNKNOWN, Node, Number, Symbol
from checks.judging.reference import Misconception, Override, Reference, Slip
from checks.observing.observation import Array


@dataclass(frozen=True)
class Walk:
    """Words for a joint: a step of a reference that gives the layers, in order, of which something is done."""

    done: str
    ordered: bool = False


@dataclass(frozen=True)
class Series:
    """Words for a joint: a step of a reference that gives a list of numbers, one for each round of a loop."""

    noun: str


class Worked(Reference):
    """A reference whose steps are formulas, and which remembers what they made: `known`, by quantity and layer."""

    symbols: ClassVar[tuple[Symbol, ...]] = ()
    """What may be taken for one another."""

    steps: ClassVar[tuple[str, ...]] = ()
    """The formulas in which slips are made, in the order of the computation."""

    joints: ClassVar[Mapping[str, Walk | Series]] = {}
    """The steps that say which layers something is done with, or what a loop keeps."""

    places: ClassVar[Mapping[str, str]] = {}
    """Layers that may be treated otherwise than the others, by what `is_at` calls them: words for each."""

    everywhere: ClassVar[frozenset[str]] = frozenset()
    """The steps that are taken in layers of more than one of the `places`."""

    activations: ClassVar[tuple[str, ...]] = ()
    """The activations that the exercise knows."""

    measures: ClassVar[tuple[str, ...]] = ()
    """The sizes that a factor may contain."""

    addends: ClassVar[tuple[Symbol, ...]] = ()
    """What may be added where it does not belong."""

    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {}
    """Equations that are written alike, in which one makes the same slip: the other step, and what stands there."""

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
    found += [slip for step, joint in reference.joints.items() for slip in _in_joint(step, joint)]
    return tuple(found)


def _in_formula(reference: type[Worked], step: str) -> Iterator[Slip]:
    formula: Formula = getattr(reference, step)
    seen = set()
    for path, node in formula.right.nodes():
        spot = Spot(
            node,
            reference.symbols,
            reference.activations,
            reference.measures,
            formula.noun,
            not path,
            lambda one: expanded(reference, one),
            reference.addends,
        )
        for variation in variations(spot):
            tree = formula.right.edited(path, variation.node)
            if tree == formula.right or tree in seen:
                continue
            seen.add(tree)
            edit = Edit(step, path=path, put=variation.node)
            slip = Slip(
                f"{step}: {tree}",
                edit,
                variation.says,
                f"Look at {formula.noun}.",
                variation.think,
                formula.number,
                variation.meaning,
                variation.rank,
            )
            slip = replace(slip, filled=partial(_filled, slip)) if _has_unknown(variation.node) else slip
            yield slip
            if step in reference.everywhere:
                yield from (_restricted(slip, where, words) for where, words in reference.places.items())
            if step in reference.twins:
                yield _in_both(reference, slip)


def _restricted(slip: Slip, where: str, words: str) -> Slip:
    """Return a slip that is made in some of the layers only."""
    edit = replace(slip.override, where=where)
    label, says, look = (f"{text}, {words}" for text in (slip.label, slip.says, slip.look.removesuffix(".")))
    restricted = replace(slip, label=label, override=edit, says=says, look=f"{look}.", rank=slip.rank + 1)
    return replace(restricted, filled=slip.filled and partial(_filled, restricted))


def _in_both(reference: type[Worked], slip: Slip) -> Slip:
    """Return a slip that is made in an equation and in its twin."""
    other, names = reference.twins[slip.override.step]
    edit = replace(slip.override, also=(_twin(slip.override, other, names),))
    says = f"{slip.says}, and likewise in {getattr(reference, other).noun}"
    both = replace(slip, label=f"{slip.label}, and likewise in {other}", override=edit, says=says)
    return replace(both, filled=slip.filled and partial(_filled, both))


def _twin(edit: Edit, step: str, names: Mapping[Node, Node]) -> Edit:
    return replace(edit, step=step, put=edit.put.renamed(names), also=())


def _has_unknown(node: Node) -> bool:
    return any(one == UNKNOWN for _, one in node.nodes())


def _filled(slip: Slip, number: float) -> Slip:
    """Return a slip with a number in the place of the one that was not known."""
    names = {UNKNOWN: Number(number)}
    edit, said = slip.override, str(Number(number))
    also = tuple(replace(one, put=one.put.renamed(names)) for one in edit.also)
    return replace(
        slip, override=replace(edit, put=edit.put.renamed(names), also=also), says=slip.says.replace(str(UNKNOWN), said)
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
    "first to last": (lambda layers: layers[::-1], "when the first layer is {} first and the last one last", "Where does the error come from?"),
}
"""What can go wrong with a walk over the layers: which are left, the words, and what to think of."""


FIRST_TO_LAST = "first to last"
"""The name of a walk in the opposite order."""

SERIES: Mapping[str, tuple[Callable[[Array], Array], str, str]] = {
    "reversed": (lambda all_of: all_of[::-1], "with {} in reverse order", "Where does a new one go, and which comes first?"),
    "summed": (np.cumsum, "when {} are added up: each is the sum of all so far", "What is set back in every round?"),
    "whole numbers": (np.trunc, "when {} are cut off to whole numbers", "Which type of numbers are they kept in?"),
    "rounded": (np.round, "when {} are rounded to whole numbers", "Which type of numbers are they kept in?"),
    "root": (np.sqrt, "with the roots of {}", "Is it the quantity itself that should be kept?"),
    "last left out": (lambda all_of: all_of[:-1], "without the last of {}", "How many rounds does the loop have?"),
    "first left out": (lambda all_of: all_of[1:], "without the first of {}", "How many rounds does the loop have?"),
    "one alone": (lambda all_of: all_of[-1:], "with only the last of {}", "What happens to those of the rounds before?"),
    "mean": (lambda all_of: np.mean(all_of, keepdims=True), "with the mean of {}", "How many numbers should there be?"),
    "shifted": (
        lambda all_of: np.concatenate([np.zeros(1), all_of[:-1]]),
        "when {} are kept one round too late, behind a 0",
        "At which place is each of them stored?",
    ),
    "zeros": (np.zeros_like, "with zeros for {}", "Where are they stored, and does what is returned hold them?"),
}
"""What can go wrong with what a loop keeps: what becomes of it, the words, and what to think of."""


def _in_joint(step: str, joint: Walk | Series) -> Iterator[Slip]:
    series = isinstance(joint, Series)
    kinds: Mapping[str, tuple[Callable[[Any], Any], str, str]] = SERIES if series else WALKS
    words = joint.noun if isinstance(joint, Series) else joint.done
    for name, (changed, says, think) in kinds.items():
        if name == FIRST_TO_LAST and not (isinstance(joint, Walk) and joint.ordered):
            continue

        def otherwise(ref: Any, right: Any, *given: Any, changed: Any = changed) -> Any:
            kept = right(*given)
            return changed(np.asarray(kept) if series else list(kept))

        yield Slip(
            f"{step}: {name}",
            Override(step, otherwise),
            says.format(words),
            f"Look at what happens to {words} in each round." if series else "Look at which layers your loop visits.",
            think,
            meaning=f"walk {name}",
        )


def written(
    reference: type[Worked],
    label: str,
    step: str,
    tree: Node,
    *,
    where: str = "",
    both: bool = False,
    says: str = "",
    look: str = "",
    think: str = "",
) -> Misconception:
    """Return a mistake with a label of its own: an equation as somebody writes it, in some of its layers or in all.

    With `both` its twin is written likewise. It is the slip of the same equation, if there is one, whose words are
    taken where none are given.

    Raises:
        ValueError: if there is no such slip, and words are missing.
    """
    formula: Formula = getattr(reference, step)
    slip = _by_equation(reference).get((step, tree, where, both))
    if slip is None and not (says and look and think):
        raise ValueError(f"{label}: expected words, since no slip writes {step} as {tree}")
    if slip is None:
        edit = Edit(step, put=tree, where=where)
        override = replace(edit, also=(_twin(edit, *reference.twins[step]),)) if both else edit
        return Misconception(label, override, says, look, think, formula.number)
    return Misconception(
        label, slip.override, says or slip.says, look or slip.look, think or slip.think, formula.number
    )


@lru_cache(maxsize=64)
def _by_equation(reference: type[Worked]) -> dict[tuple[str, Node, str, bool], Slip]:
    edits = ((slip.override, slip) for slip in reference.slips())
    return {
        (edit.step, getattr(reference, edit.step).right.edited(edit.path, edit.put), edit.where, bool(edit.also)): slip
        for edit, slip in reversed(list(edits))
        if isinstance(edit, Edit)
    }
