"""The right answer as small steps, and misconceptions and accepted variants as steps done otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import Any, ClassVar

import numpy as np

from checks.judging.trace import Trace
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

Answer = Mapping[Quantity, Array | None]
"""Quantities in order; None stands for a value that cannot be predicted."""


LAST_STAGE = 99
"""A stage later than any."""

UNFIT = AttributeError, LookupError, TypeError
"""What comes up where a step that is done otherwise makes nothing that the next one can work with."""


class Reference:
    """The right answer for one case; a subclass writes it as steps, and `answer` puts them together.

    `own` holds the arrays that were observed, for steps that follow the student's own earlier numbers where `following`
    finds that they leave something to compute. `last_stage` is the last stage of quantities (see Task) that anybody
    wants; `answer` may leave out later ones.
    """

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """For each step the equation's number and its formula, for hints and explanations."""

    overrides: tuple[Override, ...] = ()
    """The steps that are done otherwise."""

    measured: ClassVar[bool] = True
    """Whether its quantities are a student's own numbers, of which facts can be told where no mistake explains them."""

    in_lines: ClassVar[bool] = True
    """Whether its steps are taken in lines of a student's own, and not in what trains a network that stands in."""

    column_fits: ClassVar[frozenset[Quantity]] = frozenset()
    """Quantities whose vector may also come as a single row or column."""

    def __init__(self, case: Any, own: Mapping[Quantity, Array] | None = None, last_stage: int = LAST_STAGE):
        self.case = case
        self.own: Mapping[Quantity, Array] = {} if own is None else own
        self.last_stage = last_stage

    def answer(self) -> Answer:
        """Return every quantity, in the order in which the computation makes them."""
        raise NotImplementedError

    @classmethod
    def slips(cls) -> tuple[Slip, ...]:
        """Return the mistakes that follow from its formulas, where they are data."""
        return ()

    @classmethod
    def trace(cls, overrides: Sequence[Override], case: Any, own: Mapping[Quantity, Array]) -> Trace | None:
        """Return what it works out on a case, with steps done otherwise, where its steps are formulas."""
        return None

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield every quantity when it has been computed, with its value."""
        yield from self.answer().items()


@dataclass(frozen=True, eq=False)
class Override:
    """One step of a reference done otherwise: `otherwise(reference, right, *arguments)`.

    `right` is the step as it would be without this override, so that several overrides of one step compose. It is told
    by identity, for answers are looked up by their overrides all the time.
    """

    step: str
    otherwise: Callable[..., Any]

    @property
    def also(self) -> tuple[Override, ...]:
        """The same in other steps."""
        return ()

    def around(self, reference: Reference, right: Callable[..., Any]) -> Callable[..., Any]:
        """Return the step of a reference with this override, where it was `right` before."""
        return partial(self.otherwise, reference, right)


@dataclass(frozen=True)
class Misconception:
    """A mistake that learners make: a step done wrong, the words that explain it, and its hints.

    `says` completes the sentence "Yours is what comes out …". `look` and `think` are the first two hints; the third
    is the formula of the step that it spoils.
    """

    label: str
    override: Override
    says: str
    look: str
    think: str
    equation: str = ""


@dataclass(frozen=True)
class Slip(Misconception):
    """A mistake that nobody listed: `meaning` tells it from others, `rank` says how far-fetched it is.

    If it is one with a number that only what was observed can tell, `filled` returns it with a number.
    """

    meaning: str = ""
    rank: int = 1
    filled: Callable[[float], Slip] | None = None


@dataclass(frozen=True)
class Variant:
    """A right answer in an unusual form: a step done otherwise that is accepted, with a note for the student.

    `unfit(cases)` may say in a sentence what has to be done before it can be accepted. One that is `counted` repeats a
    mistake of an earlier task; there may be many of them, and on top of them only registered mistakes are looked for.
    """

    label: str
    override: Override
    note: str
    unfit: Callable[[Sequence[Any]], str] = lambda cases: ""
    counted: bool = False


def with_overrides(
    reference: type[Reference],
    overrides: Sequence[Override],
    case: Any,
    own: Mapping[Quantity, Array] | None = None,
    last_stage: int = LAST_STAGE,
) -> Reference:
    """Return the reference for a case with steps done otherwise, the later override around the earlier one."""
    made = reference(case, own, last_stage)
    made.overrides = tuple(overrides)
    for override in chain.from_iterable((override, *override.also) for override in overrides):
        setattr(made, override.step, override.around(made, getattr(made, override.step)))
    return made


def answer_with(
    reference: type[Reference],
    overrides: Sequence[Override],
    case: Any,
    own: Mapping[Quantity, Array] | None = None,
    last_stage: int = LAST_STAGE,
) -> Answer | None:
    """Return the answer with steps done otherwise, or None if it then cannot be computed (shapes do not fit).

    Answers that do not depend on the student's own numbers are computed once for a case; a case is told by identity.
    """
    try:
        return _answer_for_all(reference, tuple(overrides), case, last_stage)  # type: ignore[arg-type] # mypy takes the class for an instance
    except _OwnNumbersNeeded:
        return _answer(reference, tuple(overrides), case, own, last_stage)


def in_turn(reference: type[Reference]) -> bool:
    """Tell whether a reference yields each quantity as soon as it is computed."""
    return reference.quantities is not Reference.quantities


def computed(
    reference: type[Reference],
    overrides: Sequence[Override],
    case: Any,
    own: Mapping[Quantity, Array],
    last_stage: int = LAST_STAGE,
) -> Iterator[tuple[Quantity, Array | None]]:
    """Yield each quantity of an answer with steps done otherwise as soon as it is computed; nothing is kept.

    Raises:
        ValueError: at the first that cannot be computed.
    """
    made = with_overrides(reference, overrides, case, own, last_stage)
    try:
        yield from made.answer().items() if "answer" in vars(made) else made.quantities()
    except UNFIT as error:
        if not overrides:
            raise
        raise ValueError("the steps done otherwise fit nothing that follows") from error
    finally:
        _forget(made)


def needs_own_numbers(reference: type[Reference], overrides: Sequence[Override], case: Any) -> bool:
    """Tell whether an answer depends on the student's own numbers."""
    try:
        _answer_for_all(reference, tuple(overrides), case, LAST_STAGE)  # type: ignore[arg-type] # as above
    except _OwnNumbersNeeded:
        return True
    return False


@lru_cache(maxsize=16384)
def _answer_for_all(
    reference: type[Reference], overrides: tuple[Override, ...], case: Any, last_stage: int
) -> Answer | None:
    return _answer(reference, overrides, case, _Unknown(), last_stage)


def _answer(
    reference: type[Reference],
    overrides: tuple[Override, ...],
    case: Any,
    own: Mapping[Quantity, Array] | None,
    last_stage: int,
) -> Answer | None:
    try:
        with np.errstate(all="ignore"):
            made = with_overrides(reference, overrides, case, own, last_stage)
            try:
                return made.answer()
            finally:
                _forget(made)
    except ValueError:
        return None
    except UNFIT:
        if not overrides:
            raise
        return None


def _forget(made: Reference) -> None:
    """Take a reference apart whose steps refer to it, so that it is gone also where nobody looks for garbage."""
    vars(made).clear()


class _OwnNumbersNeeded(Exception):
    """A step asked for the student's own numbers."""


class _Unknown(Mapping[Quantity, Array]):
    """Stands for numbers that are not known yet."""

    def __getitem__(self, name: Quantity) -> Array:
        raise _OwnNumbersNeeded

    def get(self, name: Quantity, default: Any = None) -> Any:
        raise _OwnNumbersNeeded

    def __iter__(self) -> Iterator[Quantity]:
        raise _OwnNumbersNeeded

    def __len__(self) -> int:
        raise _OwnNumbersNeeded
