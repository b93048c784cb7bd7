"""Slips of the exercises whose references are formulas: they can be told, computed or refused, and are called what
they are."""

from functools import partial
from importlib import import_module

import numpy as np
import pytest

from checks.explaining.hints import hints_for
from checks.formulas.slips import Worked
from checks.judging.judge import judge
from checks.judging.reference import LAST_STAGE, answer_with, computed, needs_own_numbers
from checks.judging.task import Probe
from checks.judging.verdict import State, Verdict
from checks.observing.observation import Observation
from course.audit.pairs import alike

EXERCISES = ("softmax_and_nll", "chain_rule", "layers_and_losses", "neural_network")
CHECKS = {
    f"{name}-{task}": check
    for name in EXERCISES
    for task, check in import_module(f"checks.{name}").CHECKS.items()
    if issubclass(check.task().reference, Worked)
}
PLAYED = ("backward", "apply_gradients", "BatchLinear", "softmax_gradient", "gradients_one_layer", "backpropagation")
FOR_PLAY = [name for name in CHECKS if name.endswith(PLAYED)]
EVERY = 9
"""One slip of so many is played."""


@pytest.mark.parametrize("name", CHECKS)
def test_each_has_words_of_its_own_and_a_label(name):
    slips = CHECKS[name].task().reference.slips()
    assert len({slip.label for slip in slips}) == len(slips)
    for slip in slips:
        assert slip.says.split()[0] in ("with", "when", "without", "for", "if", "as", "before", "after"), slip.says
        assert slip.look.endswith("."), slip.look
        assert slip.think.endswith(("?", ".")), slip.think
        assert slip.meaning


@pytest.mark.parametrize("name", CHECKS)
def test_each_can_be_computed_or_is_refused(name):
    check = CHECKS[name]
    reference, case = check.task().reference, check.cases(0)[0]
    if needs_own_numbers(reference, (), case):
        pytest.skip("it follows a student's own numbers")
    own = answer_with(reference, (), case)
    made = 0
    for slip in reference.slips():
        try:
            with np.errstate(all="ignore"):
                made += bool(dict(computed(reference, (slip.override,), case, own)))
        except ValueError:
            pass
    assert made


def seen(task, cases, overrides):
    """Return the probes of somebody who makes a mistake; None where it cannot be computed on every case."""
    answers = [answer_with(task.reference, overrides, case, {}) for case in cases]
    if any(answer is None for answer in answers):
        return None
    some = [{q: np.asarray(a) for q, a in answer.items() if a is not None} for answer in answers]
    return [Probe(case, Observation(arrays)) for case, arrays in zip(cases, some, strict=True)]


@pytest.mark.parametrize("name", FOR_PLAY)
def test_whoever_makes_one_is_told_it_or_another_that_gives_the_same(name):
    check = CHECKS[name]
    task, cases = check.task(), check.cases(1)
    reference = task.reference
    known = {mistake.label: mistake.override for mistake in (*reference.slips(), *task.misconceptions)}
    answered = partial(answer_with, reference)
    right = [answered((), case, {}) for case in cases]
    told = told_of = 0
    for slip in reference.slips()[::EVERY]:
        probes = None if slip.filled else seen(task, cases, (slip.override,))
        if probes is None or any(not np.isfinite(a).all() for p in probes for a in p.observation.arrays.values()):
            continue
        made = [probe.observation.arrays for probe in probes]
        if all(alike(one, other) for one, other in zip(made, right, strict=True)):
            assert judge(task, probes).earned == 1, slip.label
            continue
        verdict, told_of = judge(task, probes), told_of + 1
        if verdict.cause is None or not set(verdict.labels) <= known.keys():
            continue  # a factor, or a fact
        overrides = tuple(known[label] for label in verdict.labels)
        stage = min(task.stage(c.quantity) for c in [verdict.comparison])
        for case, one in zip(cases, made, strict=True):
            other = answered(overrides, case, {}, LAST_STAGE)
            upto = {q: a for q, a in one.items() if task.stage(q) <= stage}
            assert alike(upto, {q: a for q, a in other.items() if q in upto}), (slip.label, verdict.labels)
        told += 1
    assert told >= 0.8 * told_of > 0


def test_hints_are_about_the_slip_that_was_named():
    task = CHECKS["neural_network-backward"].task()
    slip = next(slip for slip in task.reference.slips() if slip.label == "activation_derivative: φ'(Z⁽ˡ⁾)²")
    hints = hints_for(task, Verdict(task.name, State.WRONG, "", labels=(slip.label,)))
    assert hints[:2] == (slip.look, slip.think)
    assert hints[2].startswith("Equations (5) and (7): φ⁽ˡ⁾'(Z⁽ˡ⁾)")
