"""Run a student's code and turn every way in which it can end into an Observation."""

from __future__ import annotations

import builtins
import linecache
import re
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.guard import Trace, undisturbed
from checks.observing.observation import Array, Note, Observation, Problem, Trouble, single_precision
from checks.observing.quantity import Quantity, named
from checks.observing.time_limit import PATIENCE, SECONDS, Clock, TimeUp, time_limit

_PACKAGE = str(Path(__file__).resolve().parents[1])
_LIBRARIES = tuple(
    path for name in ("stdlib", "platstdlib", "purelib", "platlib") if (path := sysconfig.get_paths().get(name))
)

INNER_SIZES = re.compile(r"operand 1 has a mismatch in its core dimension 0.{0,80}size (\d+) is different from (\d+)")
"""What NumPy says of a matrix product whose factors do not fit."""


class Halt(Exception):
    """Ends an observation with a problem that an observer found itself."""

    def __init__(self, trouble: Trouble, sentence: str):
        super().__init__(sentence)
        self.problem = Problem(trouble, sentence)


class Record:
    """What an observer has read so far; it outlives an exception in the student's code."""

    def __init__(self) -> None:
        self.arrays: dict[Quantity, Array] = {}
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._unreturned: tuple[int, str] | None = None

    def quantity(self, quantity: Quantity, value: Any) -> None:
        """Read one quantity that was stored; `None` means that it never was and leaves it absent."""
        if value is None:
            return
        try:
            self.arrays[quantity] = as_array(value)
        except NotAnArrayError as problem:
            self.problem(Trouble.WRONG_TYPE, f"{named(quantity)} should be an array of numbers, but it is {problem}.")

    def returned(self, quantity: Quantity, value: Any, call: str, expected: str) -> None:
        """Read one quantity that the student's function `call` should have returned as `expected`."""
        if value is None:
            self._unreturned = self._unreturned or (len(self.problems), call)
            self.problem(Trouble.WRONG_TYPE, f"{call} returned None; it should return {expected}.")
            return
        try:
            self.arrays[quantity] = as_array(value)
        except NotAnArrayError as problem:
            self.problem(Trouble.WRONG_TYPE, f"{call} returned {problem}; it should return {expected}.")

    def unchanged(self, name: str, before: Array, after: Any, advice: str, *, exactly: bool = False) -> None:
        """Note a problem if something that should have stayed as it was has changed, with `exactly` by any digit."""
        if not same(before, after) or (exactly and not np.array_equal(before, after, equal_nan=True)):
            self.problem(Trouble.CHANGED, f"Your code changes {name}. {advice}")

    def problem(self, trouble: Trouble, sentence: str) -> None:
        """Add a problem that does not end the observation."""
        self.problems.append(Problem(trouble, sentence))

    def note(self, kind: str, sentence: str, about: str = "") -> None:
        """Add a note, unless there is one of its kind about the same thing."""
        if not any((note.kind, note.about) == (kind, about) for note in self.notes):
            self.notes.append(Note(kind, sentence, about))

    def prints_instead(self) -> None:
        """Say of the first result that was not returned, if there is one, that it was printed."""
        if self._unreturned is not None:
            number, call = self._unreturned
            self.problems[number] = Problem(
                Trouble.WRONG_TYPE,
                f"{call} prints its result and returns None; it should return it. "
                "Write `return` in front of the value instead of printing it.",
            )


def same(before: Array, after: Any) -> bool:
    """Tell whether something still has the values it had, up to the last digits of a nudge that was taken back."""
    try:
        now = as_array(after)
    except NotAnArrayError:
        return False
    if now.shape != before.shape:
        return False
    tolerance = 1e-6 if single_precision(now) else 1e-12
    return bool((now == before).all()) or np.allclose(before, now, rtol=tolerance, atol=tolerance, equal_nan=True)


def watched(
    run: Callable[[Record], None], student: object, *, method: str = "", seconds: float = SECONDS
) -> Observation:
    """Observe `run`, which calls the student's function `student` and reads what it did into a Record.

    `student` may be a class or an object whose `method` is called. Nothing that the student's code raises, prints,
    warns, seeds or sets escapes, apart from a KeyboardInterrupt. It may compute for `seconds`; what takes long and is
    not the student's belongs before the call, and whatever looks into a student's object into `run`.
    """
    record = Record()
    trace = Trace()
    clock = Clock(seconds)
    try:
        with undisturbed() as trace, _nobody_answering(), time_limit(seconds) as clock:
            try:
                run(record)
            except (Halt, TimeUp, KeyboardInterrupt):
                raise
            except BaseException as error:  # what describes it asks the student's own class
                record.problems.append(_raised(error, student, method))
    except Halt as halt:
        record.problems.append(halt.problem)
    except TimeUp:
        record.problems.append(waits(seconds) if clock.waited else too_slow(seconds))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        record.problems.append(_indescribable(error))
    if trace.printed.strip():
        record.prints_instead()
    notes = (*record.notes, *trace.notes())
    return Observation(record.arrays, tuple(record.problems), notes, computed=clock.computed)


@contextmanager
def _nobody_answering() -> Iterator[None]:
    """Let `input` say that nobody answers, if the guard does not know of it: it looks longer at what has changed."""
    usual, builtins.input = builtins.input, _nobody_answers
    try:
        yield
    finally:
        if builtins.input is _nobody_answers:
            builtins.input = usual


def _nobody_answers(*_: object) -> str:
    raise Halt(
        Trouble.WAITS,
        "Your code asks for input(), which nobody can answer while it is checked. Use the arguments of your function.",
    )


def too_slow(seconds: float) -> Problem:
    """Return the problem of code that computed for more than `seconds`."""
    return Problem(
        Trouble.TOO_SLOW,
        f"Your code had computed for {seconds:g} seconds and was stopped; a right solution needs milliseconds here. "
        "Look for a loop that never ends.",
    )


def waits(seconds: float) -> Problem:
    """Return the problem of code that was not done long after it could have computed for `seconds`."""
    return Problem(
        Trouble.WAITS,
        f"Your code was stopped after {PATIENCE * seconds:g} seconds in which it hardly computed: it waits for "
        "something, or sleeps. Nothing here needs waiting for; leave out sleep() and the like.",
    )


def _indescribable(error: BaseException) -> Problem:
    """Describe an exception without asking it, or the class that a student wrote for it, for anything."""
    kind = type(error).__name__
    return Problem(Trouble.RAISED, f"Your code raises {kind} where it is only looked at.", kind)


def raised_by(error: BaseException) -> Problem | None:
    """Return the problem of an exception that a student's code raised, or None if it is this package's own."""
    frames = (frame.f_code for frame, _ in _frames(vars(BaseException)["__traceback__"].__get__(error)))
    return None if all(map(foreign, frames)) else _indescribable(error)


def _raised(error: BaseException, student: object, method: str) -> Problem:
    """Describe an exception by its message and by the line of the student's own cell that it came from."""
    if method:
        student = getattr(student if isinstance(student, type) else type(student), method, None)
    code = _code(student)
    frames = [frame for frame in _frames(error.__traceback__) if not foreign(frame[0].f_code)]
    own = [frame for frame in frames if code is not None and frame[0].f_code.co_filename == code.co_filename]
    frame, line = (own or frames)[-1] if own or frames else (None, 0)
    if type(error) is NotImplementedError and not error.args:  # as the stub raises it; torch's say more
        culprit = frames[-1][0].f_code if frames else code
        if culprit is None or code is None or culprit is code:
            return Problem(
                Trouble.NOT_ATTEMPTED, "It still raises NotImplementedError: replace that line by your code."
            )
        return Problem(Trouble.NEEDS, f"It calls {culprit.co_name}, which is not written yet.")
    kind = type(error).__name__
    try:
        message = " ".join(str(error).split())[:300]
    except Exception:
        message = ""
    source = linecache.getline(frame.f_code.co_filename, line).strip() if frame is not None else ""
    where = f" in line {line} of your cell" if own else ""
    where += f", `{source}`" if source else ""
    if isinstance(error, RecursionError):
        sentence = f"Your code calls itself without end{where}."
    elif isinstance(error, SystemExit):
        sentence = f"Your code tries to end Python (SystemExit){where}; a function ends with `return`."
    else:
        said = _in_plain_words(message)
        sentence = f"Your code raises {kind}{where}" + (f": {said}" if said else "") + _full_stop(said)
    return Problem(Trouble.RAISED, sentence, kind, message, line or None, source)


def _in_plain_words(message: str) -> str:
    """Return what NumPy says of a product that does not fit without the signature of its loop; others as they are."""
    sizes = INNER_SIZES.search(message)
    if sizes is None:
        return message
    return f"the sizes in the middle of the product differ, {sizes[2]} on the left of it and {sizes[1]} on the right"


def _full_stop(message: str) -> str:
    return "" if message.endswith((".", "!", "?")) else "."


def _code(student: object) -> CodeType | None:
    function = getattr(student, "__wrapped__", student)
    return getattr(getattr(function, "__func__", function), "__code__", None)


def _frames(traceback: TracebackType | None) -> Iterable[tuple[FrameType, int]]:
    while traceback is not None:
        yield traceback.tb_frame, traceback.tb_lineno
        traceback = traceback.tb_next


def foreign(code: CodeType) -> bool:
    """Tell whether code belongs to this package or to an installed library rather than to the student."""
    name = code.co_filename
    if name.startswith((_PACKAGE, "<frozen")) or "site-packages" in name:
        return True
    return name.startswith(_LIBRARIES) and "ipykernel_" not in name


def expect(problem: Problem | None) -> None:
    """End an observation with a problem, if there is one.

    Raises:
        Halt: with the problem.
    """
    if problem is not None:
        raise Halt(problem.trouble, problem.sentence)


def missing_method(subject: object, name: str) -> Problem | None:
    """Return a problem if `subject` has no method `name`."""
    if callable(getattr(type(subject), name, None)):
        return None
    kind = type(subject).__name__
    return Problem(
        Trouble.MISSING,
        f"{kind} has no method {name} yet: run the cell that defines it, then this check again.",
    )


def missing_function(subject: object, name: str, arguments: str) -> Problem | None:
    """Return a problem if `subject` is not the function `name` that a check expects as its argument."""
    if callable(subject) and not issubclass(type(subject), type):
        return None
    return Problem(
        Trouble.UNUSABLE,
        f"check_{name} expects your function {name}({arguments}) without calling it, as in check_{name}({name}); "
        f"it got {described(subject)}.",
    )
