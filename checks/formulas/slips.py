"""The slips that can be made in a reference: edits of its formulas, and joints of its walk done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, count
from typing import Any, ClassVar, TypedDict, Unpack

import numpy as np

from checks.formulas import scalar_kinds
from checks.formulas.formula import Edit, Formula
from checks.formulas.function_kinds import FUNCTION_KINDS, roundings
from checks.formulas.joints import Joint, slips_of
from checks.formulas.kinds import Spot, variations
from checks.formulas.loop_kinds import LOOP_KINDS
from checks.formulas.row_kinds import ROW_KINDS
from checks.formulas.tracing import traced
from checks.formulas.tree import UNKNOWN, Node, Number, Symbol
from checks.judging.reference import Misconception, Override, Reference, Slip
from checks.judging.trace import Trace
from checks.observing.observation import Array
from checks.observing.quantity import Quantity


class Worked(Reference):
    """A reference whose steps are formulas, and which remembers what they made: `known`, by quantity and layer."""

    symbols: ClassVar[tuple[Symbol, ...]] = ()
    """What may be taken for one another."""

    steps: ClassVar[tuple[str, ...]] = ()
    """The formulas in which slips are made, in the order of the computation."""

    joints: ClassVar[Mapping[str, Joint]] = {}
    """The steps that say which layers something is done with, or what a loop keeps."""

    others: ClassVar[tuple[Slip, ...]] = ()
    """Slips that are none of a formula or a joint."""

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

    explained: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """For steps that are no formulas, or are read otherwise, the number and the text of an equation, for hints."""

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
            step: (formula.number, _equation(formula, str(expanded(cls, formula.right))) + formula.note)
            for step, formula in formulas.items()
        } | dict(cls.explained)

    results: ClassVar[frozenset[str]] = frozenset()
    """The steps that make what is returned, which somebody may round."""

    @classmethod
    def places_of(cls, step: str) -> Mapping[str, str]:
        """Return those of `places` in which a step of `everywhere` is taken."""
        return cls.places

    @classmethod
    def symbols_of(cls, step: str) -> tuple[Symbol, ...]:
        """Return those of `symbols` that somebody may take in a step."""
        return cls.symbols

    @classmethod
    def slips(cls) -> tuple[Slip, ...]:
        """Return every single slip in the formulas and joints, also in some of the layers alone."""
        found: tuple[Slip, ...] = _slips(cls)  # type: ignore[arg-type] # mypy takes the class for an instance
        return found

    @classmethod
    def trace(cls, overrides: Sequence[Override], case: Any, own: Mapping[Quantity, Array]) -> Trace | None:
        return traced(cls, overrides, case, own, partial(expanded, cls)) if cls.in_lines else None

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of the case by their symbols."""
        sizes: Mapping[str, int] = self.case.dimensions
        return sizes

    def activation_of(self, layer: int) -> str:
        """Return the name of a layer's activation.

        Raises:
            ValueError: if there are none.
        """
        raise ValueError("no layer has an activation here")

    def is_at(self, layer: int, where: str) -> bool:
        """Tell whether a layer is one of those of `places`."""
        raise NotImplementedError

    def function(self, name: str) -> Callable[..., Array]:
        """Return a function that is given, by its name.

        Raises:
            ValueError: if there is none.
        """
        raise ValueError(f"no function {name} is given here")

    def make(self, step: str, layer: int = 0) -> Array:
        """Compute a formula for a layer, and keep it under the symbol on its left."""
        left = self._made[step]
        value = np.asarray(getattr(self, step)(layer))
        self.known[left.name, 0 if left.offset is None else layer + left.offset] = value
        return value


def _equation(formula: Formula, right: str) -> str:
    """Return a formula as the notebooks write it; an arrow stands where the new value is made from the old one."""
    left = str(formula.left)
    if left in (right, f"({right})"):
        return right
    updated = any(node == formula.left for _, node in formula.right.nodes())
    return f"{left} {'←' if updated else '='} {right}"


def expanded(reference: type[Worked], node: Node) -> Node:
    """Return a node with the quantities that other formulas of the reference make written out."""
    made = {formula.left: formula.right for formula in (getattr(reference, step) for step in reference.inlined)}
    if node in made:
        return expanded(reference, made[node])  # type: ignore[index]
    return node.with_arguments(tuple(expanded(reference, one) for one in node.arguments)) if node.arguments else node


@lru_cache(maxsize=64)
def _slips(reference: type[Worked]) -> tuple[Slip, ...]:
    found = [slip for step in reference.steps for slip in _in_formula(reference, step)]
    found += [slip for step, joint in reference.joints.items() for slip in slips_of(step, joint)]
    return tuple(_told_apart((*found, *reference.others)))


def _told_apart(slips: Iterable[Slip]) -> Iterator[Slip]:
    """Yield slips with labels of their own: two trees may be written alike, as "the first row" of one or of all."""
    taken: set[str] = set()
    for slip in slips:
        more = (f"{slip.label} ({number})" for number in count(2))
        others = chain((slip.label, f"{slip.label} ({slip.meaning})"), more)
        label = next(label for label in others if label not in taken)
        taken.add(label)
        made = slip if label == slip.label else replace(slip, label=label)
        yield made if made.filled is None else replace(made, filled=partial(_filled, made))


def _in_formula(reference: type[Worked], step: str) -> Iterator[Slip]:
    formula: Formula = getattr(reference, step)
    seen = {formula.right, *formula.also}
    for right in (formula.right, *formula.also):
        for slip in _in_tree(reference, step, right):
            tree = formula.right.edited(_edit(slip).path, _edit(slip).put)
            if tree in seen:
                continue
            seen.add(tree)
            yield slip
            if step in reference.everywhere:
                yield from (_restricted(slip, where, words) for where, words in reference.places_of(step).items())
            if step in reference.twins:
                yield _in_both(reference, slip)


def _in_tree(reference: type[Worked], step: str, right: Node) -> Iterator[Slip]:
    formula: Formula = getattr(reference, step)
    for path, node in right.nodes():
        spot = Spot(
            node,
            reference.symbols_of(step),
            reference.activations,
            reference.measures,
            formula.noun,
            not path,
            lambda one: expanded(reference, one),
            reference.addends,
        )
        of_functions = (variation for kind in (*FUNCTION_KINDS, *ROW_KINDS) for variation in kind(spot))
        rounded = roundings(spot) if not path and step in reference.results else ()
        of_scalars = (variation for kind in scalar_kinds.KINDS for variation in kind(spot))
        of_loops = (variation for kind in LOOP_KINDS for variation in kind(spot))
        for variation in chain(variations(spot), of_loops, of_scalars, of_functions, rounded):
            tree = right.edited(path, variation.node)
            edit = Edit(step, path=path, put=variation.node) if right is formula.right else Edit(step, put=tree)
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
            yield replace(slip, filled=partial(_filled, slip)) if _has_unknown(variation.node) else slip


def _restricted(slip: Slip, where: str, words: str) -> Slip:
    """Return a slip that is made in some of the layers only."""
    edit = replace(_edit(slip), where=where)
    label, says, look = (f"{text}, {words}" for text in (slip.label, slip.says, slip.look.removesuffix(".")))
    restricted = replace(slip, label=label, override=edit, says=says, look=f"{look}.", rank=slip.rank + 1)
    return replace(restricted, filled=slip.filled and partial(_filled, restricted))


def _in_both(reference: type[Worked], slip: Slip) -> Slip:
    """Return a slip that is made in an equation and in its twin."""
    edit = _edit(slip)
    other, names = reference.twins[edit.step]
    edit = replace(edit, twins=(_twin(edit, other, names),))
    says = f"{slip.says}, and likewise in {getattr(reference, other).noun}"
    both = replace(slip, label=f"{slip.label}, and likewise in {other}", override=edit, says=says)
    return replace(both, filled=slip.filled and partial(_filled, both))


def _twin(edit: Edit, step: str, names: Mapping[Node, Node]) -> Edit:
    return replace(edit, step=step, put=edit.put.renamed(names), twins=())


def _has_unknown(node: Node) -> bool:
    return any(one == UNKNOWN for _, one in node.nodes())


def _filled(slip: Slip, number: float) -> Slip:
    """Return a slip with a number in the place of the one that was not known."""
    names: dict[Node, Node] = {UNKNOWN: Number(number)}
    edit, said = _edit(slip), str(Number(number))
    twins = tuple(replace(one, put=one.put.renamed(names)) for one in edit.twins)
    override = replace(edit, put=edit.put.renamed(names), twins=twins)
    return replace(slip, override=override, says=slip.says.replace(str(UNKNOWN), said))


def _edit(slip: Slip) -> Edit:
    assert isinstance(slip.override, Edit)  # it was made from a formula
    return slip.override


class Hints(TypedDict, total=False):
    """A mistake's own hints, in the place of the generated ones; see Misconception."""

    look: str
    think: str


class Words(Hints, total=False):
    """A mistake's own words, in the place of the generated ones."""

    says: str


def written(
    reference: type[Worked],
    label: str,
    step: str,
    tree: Node,
    *,
    where: str = "",
    both: bool = False,
    **words: Unpack[Words],
) -> Misconception:
    """Return a mistake with a label of its own: an equation as somebody writes it, in some of its layers or in all.

    With `both` its twin is written likewise. It is the slip of the same equation, if there is one, whose words are
    taken where none are given.

    Raises:
        ValueError: if there is no such slip, and nothing says what it is.
    """
    formula: Formula = getattr(reference, step)
    slip = _by_equation(reference).get((step, tree, where, both))  # type: ignore[arg-type] # as above
    if slip is None and "says" not in words:
        raise ValueError(f"{label}: expected words, since no slip writes {step} as {tree}")
    if slip is None:
        edit = Edit(step, put=tree, where=where)
        override = replace(edit, twins=(_twin(edit, *reference.twins[step]),)) if both else edit
        look, think = f"Look at {formula.noun}.", f"Compare yours with equation {formula.number}, part by part."
        return replace(Misconception(label, override, "", look, think, formula.number), **words)
    return replace(Misconception(label, slip.override, slip.says, slip.look, slip.think, formula.number), **words)


Entry = Node | tuple[Node, str] | tuple[Node, str, str] | tuple[Node, str, str, str]
"""What somebody writes, what is said of it, what to think of, and where to look; the last ones may be left out."""


def listed(
    reference: type[Worked], step: str, mistakes: Mapping[str, Entry], where: str = "", both: bool = False
) -> tuple[Misconception, ...]:
    """Return mistakes in one equation by their labels; see `written`."""
    found = []
    for label, entry in mistakes.items():
        tree, *told = entry if isinstance(entry, tuple) else (entry,)
        words: Words = dict(zip(("says", "think", "look"), told, strict=False))  # type: ignore[assignment]
        found.append(written(reference, label, step, tree, where=where, both=both, **words))
    return tuple(found)


@lru_cache(maxsize=64)
def _by_equation(reference: type[Worked]) -> dict[tuple[str, Node, str, bool], Slip]:
    edits = ((slip.override, slip) for slip in reference.slips())
    return {
        (edit.step, getattr(reference, edit.step).right.edited(edit.path, edit.put), edit.where, bool(edit.twins)): slip
        for edit, slip in reversed(list(edits))
        if isinstance(edit, Edit)
    }
