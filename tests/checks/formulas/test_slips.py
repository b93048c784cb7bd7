"""Slips of the exercises whose references are formulas: they can be told, and computed or refused."""

from importlib import import_module

import numpy as np
import pytest

from checks.explaining.hints import hints_for
from checks.formulas.slips import Worked
from checks.judging.reference import answer_with, computed, needs_own_numbers
from checks.judging.verdict import State, Verdict

EXERCISES = ("by_hand", "softmax_and_nll", "chain_rule", "layers_and_losses", "neural_network")
CHECKS = {
    f"{name}-{task}": check
    for name in EXERCISES
    for task, check in import_module(f"checks.{name}").CHECKS.items()
    if issubclass(check.task().reference, Worked)
}


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


def test_hints_are_about_the_slip_that_was_named():
    task = CHECKS["neural_network-backward"].task()
    slip = next(slip for slip in task.reference.slips() if slip.label == "activation_derivative: φ'(Z⁽ˡ⁾)²")
    hints = hints_for(task, Verdict(task.name, State.WRONG, "", labels=(slip.label,)))
    assert hints[:2] == (slip.look, slip.think)
    assert hints[2].startswith("Equations (5) and (7): φ⁽ˡ⁾'(Z⁽ˡ⁾)")
