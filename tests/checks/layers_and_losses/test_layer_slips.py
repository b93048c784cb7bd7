"""Slips in the formulas of the exercise, in the walk through the samples, and what a criterion remembers."""

import numpy as np
import pytest

from checks.formulas.formula import Edit
from checks.judging.reference import answer_with
from checks.layers_and_losses import CHECKS
from tests.conftest import exercise_named

EXERCISE = exercise_named("layers_and_losses")
RIGHT, UNNAMED = EXERCISE.right, EXERCISE.unnamed
TASKS = [name for name in CHECKS if name != "predictions"]


def formulas(task):
    reference = CHECKS[task].task().reference
    return [(reference, step, getattr(reference, step)) for step in vars(reference)["steps"]]


@pytest.mark.parametrize("task", TASKS)
def test_other_ways_to_write_an_equation_give_the_same(task):
    for reference, step, formula in formulas(task):
        for other in formula.also:
            for case in CHECKS[task].cases(3):
                right = answer_with(reference, (), case, {})
                for name, value in answer_with(reference, (Edit(step, put=other),), case, {}).items():
                    np.testing.assert_allclose(value, right[name], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("task", TASKS)
def test_slips_have_labels_of_their_own_and_end_without_a_full_stop(task):
    slips = CHECKS[task].task().reference.slips()
    assert len({slip.label for slip in slips}) == len(slips)
    assert not [slip.says for slip in slips if slip.says.endswith(".") or not slip.says.startswith(("with", "when"))]


@pytest.mark.parametrize("task", ["train_sgd", "train_minibatch"])
def test_pairs_of_samples_and_labels_that_are_broken_are_named(student, task):
    seen = CHECKS[task].verdict(student(task, UNNAMED[task]["labels-not-shuffled"]))
    assert seen.labels == ("labels_of: pairs broken",)
    assert not any("another order" in note for note in seen.notes)


def test_samples_that_are_drawn_more_than_once_are_named(student):
    seen = CHECKS["train_sgd"].verdict(student("train_sgd", UNNAMED["train_sgd"]["random-with-replacement"]))
    assert "more than one turn" in seen.cause.sentence


def test_a_sign_between_the_terms_of_a_gradient_is_named(student):
    code = RIGHT["BCECriterion"]["small-number-added"].replace("+ (1 - labels) / (1", "- (1 - labels) / (1")
    seen = CHECKS["BCECriterion"].verdict(student("BCECriterion", code))
    assert seen.labels == ("gradient: -y / a - (1 - y) / (1 - a)",)


def test_a_wrong_answer_may_be_two_slips(student):
    loop = RIGHT["summed_gradients"]["loop"]
    code = loop.replace("return grad_weight, grad_bias", "return grad_weight / 2, -grad_bias")
    seen = CHECKS["summed_gradients"].verdict(student("summed_gradients", code))
    assert len(seen.labels) == 2
    assert "halved" in seen.cause.sentence
    assert "opposite sign" in seen.cause.sentence


def test_predictions_that_are_clipped_in_place_are_noticed_at_0_and_1(student):
    seen = CHECKS["BCECriterion"].verdict(student("BCECriterion", UNNAMED["BCECriterion"]["clipped-in-place"]))
    assert "changes predictions" in seen.problem


def test_a_criterion_that_keeps_what_forward_was_given_is_noted(student):
    code = RIGHT["AbsCriterion"]["sign"].replace("return float", "self.d = predictions - labels\n        return float")
    code = code.replace("return np.abs", "self.d = predictions - labels\n        return np.abs")
    code = code.replace("np.sign(predictions - labels)", "np.sign(self.d)")
    assert "self.d" in code
    seen = CHECKS["AbsCriterion"].verdict(student("AbsCriterion", code))
    assert any("stored" in note for note in seen.notes)


def test_labels_between_0_and_1_are_no_part_of_the_cross_entropy():
    for case in CHECKS["BCECriterion"].cases(5):
        assert set(np.unique(case.y)) <= {0.0, 1.0}


def test_training_follows_the_changes_of_each_step_apart():
    task = CHECKS["train_sgd"].task()
    case = CHECKS["train_sgd"].cases(0)[0]
    whole = {m.label: m for m in task.misconceptions}
    answers = [
        answer_with(task.reference, (whole[label].override,), case, {})
        for label in ("ascent", "network-not-updated", "one-epoch-only")
    ]
    assert len({np.asarray(next(iter(answer.values()))).tobytes() for answer in answers}) == 3
