"""Judge what was observed: compare, locate the first error, look for the mistake that explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from checks.judging.comparing import Comparison, compare, tolerance_for
from checks.judging.diagnosis import find_cause
from checks.judging.reference import Answer, Variant, answer_with
from checks.judging.task import Part, Probe, Task
from checks.judging.verdict import State, Verdict
from checks.numerals import DIGITS, first_of_greatest, numeral, percent
from checks.observing.observation import PUT_RIGHT, Note, Problem, Trouble
from checks.observing.quantity import capitalised

ENDED_BY = {
    Trouble.UNUSABLE: "the check was given something else",
    Trouble.TOO_SLOW: "it takes too long",
    Trouble.WAITS: "it waits for something",
    Trouble.AUTODIFF: "the gradients are not computed by hand",
}
"""Problems after which nothing counts, as a headline says them."""

RULED_OUT, RULED_OUT_LABEL = "right numbers, but not in the way that is asked for", "ruled-out"

WRONG_SHAPE = "wrong-shape"
"""The label of a wrong answer of which only the form is known to be wrong."""

UNEXPLAINED = "unexplained"
"""The label of a wrong answer that no known mistake reproduces."""


def judge(
    task: Task,
    probes: Sequence[Probe],
    extra: Sequence[Probe] = (),
    earlier: Mapping[str, Verdict] = MappingProxyType({}),
) -> Verdict:
    """Return the verdict on a task from what was observed on its cases.

    `extra` are probes that only help to find a cause. An accepted variant counts as right, with its note. `earlier` are
    the verdicts on other tasks of the notebook, by name: a mistake that has been counted there does not count again.
    """
    probes, extra = ([task.concluded(probe) for probe in some] for some in (probes, extra))
    halting = _halting(task, probes)
    if halting is not None:
        return halting
    task = replace(task, variants=(*task.variants, *task.counted(earlier)))
    chosen, comparisons = _closest_variant(task, probes)
    unfit = _unfit(chosen, probes) if chosen else ""
    if unfit:
        return _blocked(task, unfit)
    problems = [problem for probe in probes for problem in probe.observation.problems]
    notes = _notes(probes, comparisons, chosen)
    sentences = tuple(note.sentence for note in notes)
    if not problems and _all_right(comparisons):
        objections = (task.objection(p.case, p.observation, c) for p, c in zip(probes, comparisons, strict=True))
        objection = next(filter(None, objections), "")
        if objection:
            return Verdict(
                task.name, State.WRONG, f"{task.name}: {RULED_OUT}.", problem=objection, labels=(RULED_OUT_LABEL,)
            )
        return _right(task, probes, sentences)
    return _wrong(task, probes, extra, comparisons, problems, (*sentences, *_begin_there(task, earlier, notes)))


def _halting(task: Task, probes: Sequence[Probe]) -> Verdict | None:
    """Return the verdict if the task was not attempted, is blocked, or ran into a problem that ends it."""
    problems = [problem for probe in probes for problem in probe.observation.problems]
    for problem in problems:
        match problem.trouble:
            case Trouble.NOT_ATTEMPTED | Trouble.MISSING:
                return Verdict(
                    task.name, State.NOT_ATTEMPTED, f"{task.name}: not attempted yet.", problem=problem.sentence
                )
            case Trouble.NEEDS:
                return _blocked(task, problem.sentence)
    for problem in problems:
        if problem.trouble in ENDED_BY:
            label = str(problem.trouble).replace(" ", "-")
            return Verdict(
                task.name,
                State.WRONG,
                f"{task.name}: {ENDED_BY[problem.trouble]}.",
                problem=problem.sentence,
                labels=(label,),
            )
    return None


def _blocked(task: Task, sentence: str) -> Verdict:
    return Verdict(task.name, State.BLOCKED, f"{task.name}: cannot be checked yet.", problem=sentence)


def _closest_variant(task: Task, probes: Sequence[Probe]) -> tuple[Variant | None, list[list[Comparison]]]:
    """Return the comparisons with the reference, or with an accepted variant of it if all agree with that.

    Of several such variants it is one that is fit to be accepted, if there is one.
    """
    comparisons = _compared(task, probes, None)
    if comparisons is None:
        raise ValueError(f"the reference of {task.name} cannot be computed on every case")
    if _all_right(comparisons):
        return None, comparisons
    unfit = None
    for variant in task.variants:
        with_variant = _compared(task, probes, variant)
        if with_variant is None or not _all_right(with_variant):
            continue
        if not _unfit(variant, probes):
            return variant, with_variant
        unfit = unfit or (variant, with_variant)
    return unfit or (None, comparisons)


def _all_right(comparisons: list[list[Comparison]]) -> bool:
    return all(c.right for on_case in comparisons for c in on_case)


def _unfit(variant: Variant, probes: Sequence[Probe]) -> str:
    return variant.unfit([probe.case for probe in probes])


def _begin_there(task: Task, earlier: Mapping[str, Verdict], notes: Sequence[Note]) -> list[str]:
    """Return a sentence for each wrong piece of a task, unless a note says it: its mistake may have been made again."""
    wrong = [name for name in task.pieces if (found := earlier.get(name)) and found.state is State.WRONG]
    said = {note.about for note in notes if note.kind == PUT_RIGHT}
    return [
        f"Your {name} is not right yet; if you have typed the same again here, begin there."
        for name in wrong
        if not earlier[name].earned and name not in said
    ]


def _compared(task: Task, probes: Sequence[Probe], variant: Variant | None) -> list[list[Comparison]] | None:
    """Return the comparisons with the reference, or with a variant of it, or None if that cannot be computed."""
    overrides = () if variant is None else (variant.override,)
    comparisons = []
    for probe in probes:
        answer = answer_with(task.reference, overrides, probe.case, probe.observation.arrays)
        if answer is None:
            return None
        comparisons.append(_compared_with(answer, task, probe))
    return comparisons


def _compared_with(answer: Answer, task: Task, probe: Probe) -> list[Comparison]:
    own = probe.observation.arrays
    return [
        compare(
            name,
            np.asarray(expected),
            own.get(name),
            tolerance=tolerance_for(own.get(name), probe.single),
            column_fits=name in task.reference.column_fits,
            samples=probe.case.dimensions.get("N", 0),
        )
        for name, expected in answer.items()
    ]


def _notes(probes: Sequence[Probe], comparisons: list[list[Comparison]], variant: Variant | None) -> list[Note]:
    """Return what was noted while observing, then what comparing has to add."""
    seen = [note for probe in probes for note in probe.observation.notes]
    own = [c.note for on_case in comparisons for c in on_case if c.note]
    if variant is not None:
        own.append(Note("variant", variant.note))
    if any(probe.single for probe in probes):
        sentence = "Your code only works in single precision (float32), so it was compared less strictly."
        own.append(Note("single-precision", sentence))
    return [*_one_of_a_kind(seen), *_one_of_a_kind(own)]  # whoever was observed cannot take the place of our own


def _one_of_a_kind(notes: Sequence[Note]) -> list[Note]:
    by_kind = {(note.kind, note.about): note for note in reversed(notes)}
    return list(by_kind.values())[::-1]


def _right(task: Task, probes: Sequence[Probe], notes: tuple[str, ...]) -> Verdict:
    seen = f" on {len(probes)} cases" if len(probes) > 1 else ""
    return Verdict(
        task.name,
        State.RIGHT,
        f"{task.name} is right.",
        evidence=f"{task.praise}{seen}.",
        notes=notes,
        earned=1.0,
    )


def _wrong(
    task: Task,
    probes: Sequence[Probe],
    extra: Sequence[Probe],
    comparisons: list[list[Comparison]],
    problems: list[Problem],
    notes: tuple[str, ...],
) -> Verdict:
    verdict = _scored(task, comparisons, problems, notes)
    failing = [index for index, on_case in enumerate(comparisons) if not all(c.right for c in on_case)]
    where = _where(probes, failing)
    if problems and problems[0].trouble is Trouble.WRONG_TYPE:
        return replace(verdict, headline=f"{task.name} does not give what it should.", evidence=where)
    if not failing:
        return verdict
    on_case = comparisons[failing[0]]
    if task.diagnose is not None:
        cause = task.diagnose(on_case)
    else:
        cause = find_cause(task, probes, extra, _first_stage(task, comparisons))
    labels = cause.labels if cause else verdict.labels
    verdict = replace(verdict, comparison=_first_wrong(on_case), labels=labels, failing=tuple(failing))
    raised = next((p for p in problems if p.trouble is Trouble.RAISED), None)
    if raised:
        return replace(
            verdict,
            headline=f"{task.name}: your code stops with an error.",
            location=_partly_done(on_case),
            problem=raised.sentence,
            cause=cause and replace(cause, digits=0),  # what agrees are numbers of cases on which it does not stop
            evidence=where,
        )
    return _located(replace(verdict, cause=cause), task, on_case, where, alone=not problems)


def _scored(
    task: Task, comparisons: list[list[Comparison]], problems: Sequence[Problem], notes: tuple[str, ...]
) -> Verdict:
    """Return the verdict on wrong work before anything is known of where it is wrong, with what it earns."""
    parts = [part for part in task.parts if all(_part_right(part, on_case) for on_case in comparisons)]
    problem = problems[0] if problems else None
    return Verdict(
        task.name,
        State.WRONG,
        f"{task.name}: the numbers are right, but your code does more than it should." if problem else "",
        problem=problem.sentence if problem else "",
        notes=notes,
        next_step=f'hint("{task.name}")',
        earned=_earned(parts, task, problems),
        parts=tuple(part.name for part in parts),
        labels=(str(problem.trouble).replace(" ", "-"),) if problem else (UNEXPLAINED,),
    )


def _located(verdict: Verdict, task: Task, on_case: Sequence[Comparison], where: str, *, alone: bool) -> Verdict:
    """Return a verdict on wrong numbers with where they are wrong; `alone` tells that there is no problem beside."""
    location, wrong = task.locate(on_case), _first_wrong(on_case)
    shape_alone = alone and wrong.wrong_shape and verdict.cause is None
    known = verdict.cause or wrong.remark or task.diagnose or location.incomplete
    said = (
        _numbers(wrong) if location.numbers else "",
        where,
        "" if known else "It matches none of the mistakes this check knows, so it does not guess.",
    )
    return replace(
        verdict,
        headline=f"{task.name}: {location.headline}",
        location=location.meaning if alone or task.stage(wrong.quantity) == 0 else "",
        evidence=" ".join(filter(None, said)),
        pictured=_pictured(on_case, wrong) if location.numbers else None,
        labels=(WRONG_SHAPE,) if shape_alone else verdict.labels,
        incomplete=location.incomplete and alone,
    )


def _first_wrong(comparisons: Sequence[Comparison]) -> Comparison:
    return next(c for c in comparisons if not c.right)


def _pictured(comparisons: Sequence[Comparison], wrong: Comparison) -> Comparison | None:
    """Return a wrong matrix of the layer where the error starts: its pattern may tell what a vector does not."""
    layer, call = wrong.quantity.layer, wrong.quantity.call
    there = (c.quantity.layer == layer and (c.quantity.call == call or not layer) for c in comparisons)
    fitting = (c for c, here in zip(comparisons, there, strict=True) if here and not c.right)
    return next((c for c in fitting if c.expected.ndim == 2), None)


def _partly_done(comparisons: Sequence[Comparison]) -> str:
    right = [c.quantity for c in comparisons if c.right]
    if not right:
        return ""
    if len(right) == 1:
        return f"Before that, the {right[0]} is right."
    in_a_row = all(c.right for c in comparisons[: len(right)])
    return f"Before that, {len(right)} of {len(comparisons)} arrays are right{f', up to {right[-1]}' * in_a_row}."


def _first_stage(task: Task, comparisons: list[list[Comparison]]) -> int:
    return min(task.stage(c.quantity) for on_case in comparisons for c in on_case if not c.right)


def _earned(parts: Sequence[Part], task: Task, problems: Sequence[Problem]) -> float:
    """Return the share of the points for `parts`; an error or a side effect halves it."""
    earned = sum(part.share for part in parts) / sum(part.share for part in task.parts)
    return earned / 2 if problems else earned


def _part_right(part: Part, comparisons: Sequence[Comparison]) -> bool:
    right = {c.quantity: c.right for c in comparisons}
    return all(right[name] for name in part.chosen(list(right)))


def _where(probes: Sequence[Probe], failing: Sequence[int]) -> str:
    """Say on which cases it was seen, and on which it is right."""
    case = str(probes[failing[0]].case if failing else probes[0].case)
    if len(failing) in (0, len(probes)):
        return case and f"Seen on {case}."
    others = [str(probe.case) for index, probe in enumerate(probes) if index not in failing]
    more = f" and on {len(others) - 1} other case{'s' * (len(others) > 2)}" if len(others) > 1 else ""
    return f"Seen on {case}; right on {others[0]}{more}."


def _numbers(wrong: Comparison) -> str:
    """Say by how much the first wrong quantity is off, or what is wrong about its form."""
    if wrong.remark or wrong.came is None:
        return wrong.remark
    name = capitalised(wrong.quantity)
    if not wrong.came.any():
        return f"{name}: yours is all zeros."
    came, right = (np.asarray(array, dtype=np.float64) for array in (wrong.came, wrong.expected))
    worst = first_of_greatest(abs(came - right))
    yours, expected = _told_apart(came[worst], right[worst], beside=max(abs(came).max(), abs(right).max()))
    if right.size == 1:
        return f"{name}: yours is {yours}, right is {expected}."
    return (
        f"{name}: the largest error is in entry [{', '.join(map(str, worst))}], where yours is {yours} and right is "
        f"{expected}; the whole array differs by {percent(wrong.error)}."
    )


def _told_apart(yours: float, expected: float, beside: float) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to see that they differ, and not fewer than four."""
    forms = [f".{digits}g" for digits in range(4, DIGITS + 1)]
    written = [(numeral(yours, form, beside), numeral(expected, form, beside)) for form in forms]
    return next((pair for pair in written if pair[0] != pair[1]), written[-1])
