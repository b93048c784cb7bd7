"""Slips written as code: what nobody has typed, in the places of a solution where its equations stand.

The cell `# %% written` of a task's answers is a solution in which the name of an equation, or of a joint, stands where
its right-hand side does, and `# %% quantities` lists what the quantities of the notebook are called there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from .pairs import ALWAYS_TRUE, all_alike

if TYPE_CHECKING:
    from checks.check import Check
    from checks.formulas.slips import Worked
    from checks.formulas.tree import Node
    from checks.judging.candidates import Candidates
    from checks.judging.reference import Answer, Misconception, Override, Slip
    from checks.judging.task import Task
    from checks.judging.verdict import Margin

LIBRARY = "np"
"""What is called for functions, unless the quantities say `"np", "torch"`."""

OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "@": "a @ b",
        "*": "a * b",
        "/": "a / b",
        "+": "a + b",
        "-": "a - b",
        "times": "a * b",
        "T": "a.T",
        "one minus": "1 - a",
        "one plus": "1 + a",
        "square": "a**2",
        "cube": "a**3",
        "sum": "a.sum()",
        "mean": "a.mean()",
        "sum over rows": "a.sum(axis=0)",
        "sum over columns": "a.sum(axis=-1)",
        "mean over rows": "a.mean(axis=0)",
        "mean over columns": "a.mean(axis=-1)",
        "first row": "a[0]",
        "last row": "a[-1]",
        "first sample": "a[:1]",
        "mean everywhere": "a.mean(axis=0) + 0 * a",
        "first row everywhere": "a[0] + 0 * a",
        "sum everywhere": "a.sum() + 0 * a[0]",
        "sums multiplied": "a.sum(axis=1)[:, None] * b.sum(axis=0)",
        "means multiplied": "a.mean(axis=1)[:, None] * b.sum(axis=0)",
        "outer": "np.outer(a.ravel(), b.ravel())",
        "turned": "a.reshape(a.T.shape)",
        "first sample alone": "a * (np.arange(len(a)) == 0)[:, None]",
        "last sample alone": "a * (np.arange(len(a)) == len(a) - 1)[:, None]",
        "first output alone": "a * (np.arange(a.shape[-1]) == 0)",
        "first term": "a[..., :1] @ b[:1]",
        "last term": "a[..., -1:] @ b[-1:]",
        "without the first term": "a[..., 1:] @ b[1:]",
        "without the last term": "a[..., :-1] @ b[:-1]",
        "all but the first row": "a[1:].sum(axis=0)",
        "all but the last row": "a[:-1].sum(axis=0)",
        "first row left 0": "a * (np.arange(len(a)) > 0)[:, None]",
        "last row left 0": "a * (np.arange(len(a)) < len(a) - 1)[:, None]",
        "first column left 0": "a * (np.arange(a.shape[-1]) > 0)",
        "last column left 0": "a * (np.arange(a.shape[-1]) < a.shape[-1] - 1)",
        "share": "a / a.sum()",
        "reshaped": "a.T.reshape(a.shape)",
        "exp": "np.exp(a)",
        "log": "np.log(a)",
        "natural log": "np.log(a)",
        "log2": "np.log2(a)",
        "log10": "np.log10(a)",
        "tanh": "np.tanh(a)",
        "tan": "np.tan(a)",
        "sine": "np.sin(a)",
        "cosh": "np.cosh(a)",
        "abs": "abs(a)",
        "root": "np.sqrt(a)",
        "sign": "np.sign(a)",
        "rounded": "np.round(a)",
        "σ": "1 / (1 + np.exp(-a))",
        "σ'": "np.exp(-a) / (1 + np.exp(-a)) ** 2",
        "softmax": "np.exp(a) / np.exp(a).sum(axis=0)",
        "relu": "a.clip(0)",
        "relu'": "(a > 0) * 1.0",
        "positive part": "a.clip(0)",
        "step": "(a > 0) * 1.0",
        "capped at 6": "a.clip(0, 6)",
        "capped at 1": "a.clip(0, 1)",
        "column sum": "a.sum(axis=0, keepdims=True)",
        "column mean": "a.mean(axis=0, keepdims=True)",
        "column maximum": "a.max(axis=0, keepdims=True)",
        "maximum": "a.max()",
        "row sum": "a.sum(axis=-1, keepdims=True)",
        "unit": "a / (a**2).sum() ** 0.5",
    }
)
"""Code for operations of formulas on `a` and `b`."""

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        **{name: OPERATIONS[name] for name in ("σ", "σ'", "tanh", "relu", "relu'")},
        "tanh'": "1 - np.tanh(a) ** 2",
        "identity": "a",
        "identity'": "1 + 0 * a",
        "slope of σ": "a * (1 - a)",
        "slope of tanh": "1 - a**2",
        "slope of relu": "(a > 0) * 1.0",
        "slope of identity": "1 + 0 * a",
    }
)
"""Code for activations at `a`, for their derivatives, and for these by the activation's value."""

JOINTS: Mapping[str, str] = MappingProxyType(
    {
        "none": "[]",
        "last only": "list(a)[-1:]",
        "first only": "list(a)[:1]",
        "last left out": "list(a)[:-1]",
        "first left out": "list(a)[1:]",
        "first to last": "list(a)[::-1]",
        "reversed": "list(a)[::-1]",
        "one alone": "list(a)[-1:]",
    }
)
"""Code for what is done otherwise in a walk or a loop."""

A_NUMBER = 0.7
"""Stands for the number of a slip that has one of its own."""


WHAT_BECAME = ("own", "equal", "measured", "raised", "unnamed", "right", "refused")
"""What may become of slips that were written; see `heard`."""


class NotWritten(ValueError):
    """There is no code for something."""


@dataclass(frozen=True)
class Writing:
    """A solution with gaps for equations, and what quantities, functions and joints are called in it."""

    cell: str
    called: Mapping[str, str]

    def with_slips(self, reference: type[Worked], slips: Sequence[Slip]) -> str:
        """Return the cell of somebody who makes some slips.

        Raises:
            NotWritten: if there is no code for them, or the solution does not contain what they change.
        """
        steps = {step: self._joint(step, ()) for step in reference.joints if step in self.called}
        overrides = [one for slip in slips for one in (slip.override, *slip.override.also)]
        for step in {*reference.steps, *reference.inlined, *(override.step for override in overrides)}:
            changing = [override for override in overrides if override.step == step]
            if step in reference.joints:
                steps[step] = self._joint(step, changing)
            else:
                steps[step] = self._formula(reference, step, changing)
        tree = ast.parse(self.cell)
        missing = {override.step for override in overrides} - {
            node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
        }
        if missing:
            raise NotWritten(f"the cell has no place for {', '.join(missing)}")
        return ast.unparse(_Filled(steps).visit(tree))

    def lines_of(self, steps: Collection[str]) -> dict[int, str]:
        """Return the lines of a written cell in which some equations or joints stand, by their numbers."""
        tree = ast.parse(ast.unparse(ast.parse(self.cell)))
        lines = ast.unparse(tree).splitlines()
        names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        return {node.lineno: lines[node.lineno - 1] for node in names if node.id in steps}

    def _joint(self, step: str, changing: Sequence[Override]) -> ast.expr:
        from checks.formulas.joints import Changed

        code = self._own(step)
        for override in changing:
            if not isinstance(override, Changed) or override.change not in JOINTS:
                raise NotWritten(f"there is no code for {override}")
            code = self._put(JOINTS[override.change], code)
        return code

    def _formula(self, reference: type[Worked], step: str, changing: Sequence[Override]) -> ast.expr:
        from checks.formulas.formula import Applied, Edit

        applied: Any = Applied(getattr(reference, step), None)  # type: ignore[arg-type] # nothing is computed
        for override in changing:
            if not isinstance(override, Edit):
                raise NotWritten(f"there is no code for {override}")
            applied = override.around(None, applied)
        code = self._code(applied.formula.right)
        for where, formula in applied.elsewhere:
            if where not in self.called:
                raise NotWritten(f"the cell does not say what is {where}")
            code = ast.IfExp(self._own(where), self._code(formula.right), code)
        return code

    def _code(self, node: Node) -> ast.expr:
        from checks.formulas.tree import Activation, Factor, Number, Operation, Scaled, Symbol

        match node:
            case Symbol():
                return self._own(str(node))
            case Number(float() | int() as number):
                return ast.Constant(number)
            case Scaled(Factor(number, powers), inner):
                code = self._code(inner)
                for size, power in powers:
                    code = self._put("a * b" if power > 0 else "a / b", code, self._own(size))
                return code if number == 1 else self._put("b * a", code, ast.Constant(number))
            case Operation(name, arguments) if name in OPERATIONS:
                return self._put(OPERATIONS[name], *map(self._code, arguments))
            case Activation(inner, form, of):
                name = {"": "φ", "above": "φ⁽ˡ⁺¹⁾"}.get(of, of)
                name = f"slope of {name}" if form == "slope from value" else name + "'" * (form == "slope")
                function = self.called.get(name) or FUNCTIONS.get(name)
                if function:
                    return self._put(function, self._code(inner))
        raise NotWritten(f"there is no code for {node}")

    def _own(self, name: str) -> ast.expr:
        """Return what a quantity is called; it may have the same name."""
        code = self.called.get(name, name)
        if not code.isidentifier() and code == name:
            raise NotWritten(f"there is no {name} in the cell")
        return _expression(code)

    def _put(self, code: str, *arguments: ast.expr) -> ast.expr:
        names = {**dict(zip("ab", arguments, strict=False)), LIBRARY: _expression(self.called.get(LIBRARY, LIBRARY))}
        made: ast.expr = _Filled(names).visit(_expression(code))
        return made


def _expression(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


@dataclass
class _Filled(ast.NodeTransformer):
    """Puts expressions where names stand."""

    expressions: Mapping[str, ast.expr]

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.expressions.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


def numbered(slip: Slip) -> Slip:
    """Return a slip with a number, if it needs one."""
    return slip.filled(A_NUMBER) if slip.filled else slip


def heard(check: Check, subject: Any, slips: Sequence[Slip], seed: int, writing: Writing) -> str:
    """Judge a cell in which slips were written, and say what became of them.

    One of WHAT_BECAME: "own" if they are named, "equal" if what is named gives the same numbers, "measured", "raised"
    or "unnamed" if only what was seen is told, "right" if they change nothing and are accepted, "refused" if the
    formulas compute nothing that could be compared. All else, a sentence, is a fault: so is a mark at a line that has
    nothing to do with a slip that is named.
    """
    from checks.judging.candidates import Candidates
    from checks.judging.measuring import LABELS
    from checks.judging.reference import LAST_STAGE, answer_with
    from checks.observing.looking import Sight

    task, sight = check.task(), Sight(check, subject)
    probes = check.seen(sight.at, seed)
    verdict = check.judged(probes)

    def computed(overrides: Sequence[Override], stage: int = LAST_STAGE) -> list[Answer | None]:
        answers = (answer_with(task.reference, overrides, one.case, one.observation.arrays) for one in probes[0])
        return [_upto(task, answer, stage) for answer in answers]

    def computed_with(mistakes: Sequence[Misconception], stage: int = LAST_STAGE) -> list[Answer | None]:
        return computed([mistake.override for mistake in mistakes], stage)

    made = computed_with(slips)
    if verdict.labels and set(verdict.labels) == {slip.label for slip in slips}:
        margin = check.with_margin(verdict, probes[0], sight.at).margin
        return (margin and _marked_elsewhere(margin, slips, writing)) or "own"
    if not any(made):
        return "refused"
    if verdict.cause is None and any(probe.observation.raised for probe in probes[0]):
        return "raised"
    if all_alike(made, computed(())):
        return "right" if verdict.earned == 1 else f"changes nothing, and is {verdict.state}: {verdict.labels}"
    if verdict.earned == 1:
        return "is accepted"
    if verdict.cause is None or set(verdict.labels) <= {*ALWAYS_TRUE, *LABELS}:
        return "unnamed" if verdict.cause is None else "measured"
    stage = task.stage(verdict.comparison.quantity) if verdict.comparison else LAST_STAGE
    alone = [(slip,) for slip in slips] if set(verdict.labels) & ALWAYS_TRUE else []  # and the other is a factor
    seen = Candidates(task, probes[0], LAST_STAGE)
    known = {one.label: one for one in (*task.reference.slips(), *task.misconceptions)}
    named = [_as_told(known[label], seen).override for label in verdict.labels if label in known]
    for base in ((), *((variant.override,) for variant in task.variants)):
        if any(all_alike(computed_with(some, stage), computed((*base, *named), stage)) for some in (slips, *alone)):
            return "equal"
    return f"is called {list(verdict.labels)}"


def _marked_elsewhere(margin: Margin, slips: Sequence[Slip], writing: Writing) -> str:
    """Say which line is marked wrong without a slip or what one has made, or right with one; "" if none is."""
    from checks.judging.verdict import What

    changed = writing.lines_of({one.step for slip in slips for one in (slip.override, *slip.override.also)})
    made = {name for line in changed.values() for name in re.findall(r"\w+", line.partition("=")[0])}
    for mark in margin.marks:
        wrong = margin.source[mark.line - 1][mark.begin : mark.end if mark.end_line == mark.line else None]
        if mark.what is What.WRONG and mark.line not in changed and not made & set(re.findall(r"\w+", wrong)):
            return f"is marked at {wrong!r}, where it is not"
        if mark.what is What.RIGHT and mark.line in changed and len(slips) == 1:
            return f"is in line {mark.line}, which is marked as right"
    return ""


def _as_told(mistake: Misconception, seen: Candidates) -> Misconception:
    """Return a mistake with the number that was found for it, if it is a slip with one of its own."""
    from checks.judging.reference import Slip

    filled = mistake.filled if isinstance(mistake, Slip) else None
    number = seen.number(filled) if filled else None
    return filled(number) if filled and number is not None else mistake


def _upto(task: Task, answer: Answer | None, stage: int) -> Answer | None:
    return answer and {quantity: value for quantity, value in answer.items() if task.stage(quantity) <= stage}


def written(writing: Writing, task: Task, share: int, of: int) -> Iterator[tuple[tuple[Slip, ...], str]]:
    """Yield slips, and pairs of slips in two equations, each with its cell: of so many shares one."""
    from checks.formulas.slips import Worked

    reference = task.reference
    assert issubclass(reference, Worked), f"{task.name} has equations to be written"
    slips = [numbered(slip) for slip in reference.slips()]
    for number in range(share, len(slips), of):
        other = slips[number * len(slips) // 3 % len(slips)]
        for some in ((slips[number],), (slips[number], other)):
            steps = {slip.override.step for slip in some}
            with suppress(NotWritten, ValueError):  # the second of two may change what the first has replaced
                if len(steps) == len(some):
                    yield some, writing.with_slips(reference, some)
