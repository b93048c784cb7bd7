"""Slips written as code: the code computes what the formula does, a cell without any is right, and a name that is
another slip's is found."""

import numpy as np
import pytest

from checks.formulas.joints import Walk
from checks.formulas.operations import ACTIVATIONS
from checks.formulas.operations import OPERATIONS as COMPUTED
from course.audit.exercise import Exercise
from course.audit.written import FUNCTIONS, JOINTS, OPERATIONS, WHAT_BECAME, NotWritten, Writing, heard, numbered
from course.layout import find_course

EXERCISES = {
    name: Exercise(find_course().source(name))
    for name in ("01_by_hand", "02_softmax_and_nll", "04_layers_and_losses", "05_neural_network")
}
TASKS = [
    (name, task)
    for name, exercise in EXERCISES.items()
    for task, answers in exercise.answers.by_task.items()
    if answers.written
]


def evaluated(code, *arrays):
    return eval(code, {"np": np, **dict(zip("ab", arrays, strict=False))})


@pytest.mark.parametrize("name", OPERATIONS)
def test_code_computes_what_the_operation_does(name):
    code, rng = OPERATIONS[name], np.random.default_rng(7)
    a, b = rng.uniform(0.2, 0.9, size=(2, 4, 4))
    given = (a, b) if "b" in code.replace("abs", "") else (a,)
    computed = COMPUTED[name].compute(*given)
    assert np.allclose(np.broadcast_to(evaluated(code, *given), np.shape(computed)), computed)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_code_computes_what_the_activation_and_its_derivative_do(name):
    if name not in FUNCTIONS:
        pytest.skip("there is no code for it")
    function, slope, _ = ACTIVATIONS[name]
    z = np.random.default_rng(8).uniform(-2, 2, size=(3, 2))
    assert np.allclose(evaluated(FUNCTIONS[name], z), function(z))
    assert np.allclose(evaluated(FUNCTIONS[f"{name}'"], z), slope(function(z)))
    assert np.allclose(evaluated(FUNCTIONS[f"slope of {name}"], function(z)), slope(function(z)))


def test_code_for_joints_does_what_their_slips_do():
    changes = Walk("visited", ordered=True).changes
    for name in JOINTS.keys() & changes.keys():
        assert evaluated(JOINTS[name], [3, 2, 1]) == list(changes[name][0]([3, 2, 1]))


def played(name, task, slips=(), told=None):
    exercise, answers = EXERCISES[name], EXERCISES[name].answers.by_task[task]
    check = exercise.checks[task]
    writing = Writing(answers.written, answers.quantities)
    student = exercise.student(task, writing.with_slips(check.task().reference, slips))
    return heard(check, student, slips if told is None else told, 0, writing)


@pytest.mark.parametrize(("name", "task"), TASKS)
def test_a_cell_without_slips_is_right(name, task):
    assert played(name, task) == "right"


def slips_of_backward(*labels):
    reference = EXERCISES["05_neural_network"].checks["backward"].task().reference
    known = {slip.label: numbered(slip) for slip in reference.slips()}
    return tuple(known[label] for label in labels)


SQUARED, DOUBLED = "activation_derivative: φ'(Z⁽ˡ⁾)²", "bias_gradient: 2 column sums of Δ⁽ˡ⁾, at the output"
ADDED = "hidden_error_signal: ∂C/∂A⁽ˡ⁾ + φ⁽ˡ⁾'(Z⁽ˡ⁾)"


def test_who_makes_a_slip_or_two_is_told_them():
    both = slips_of_backward(DOUBLED, ADDED)
    assert played("05_neural_network", "backward", both[:1]) == "own"
    assert played("05_neural_network", "backward", both) == "own"


def test_who_is_told_a_slip_of_other_numbers_is_found():
    squared, doubled = slips_of_backward(SQUARED, DOUBLED)
    said = played("05_neural_network", "backward", (squared,), told=(doubled,))
    assert said not in WHAT_BECAME
    assert SQUARED in said


def test_a_right_answer_in_the_place_of_a_slip_is_found():
    assert played("05_neural_network", "backward", (), told=slips_of_backward(SQUARED)) == "is accepted"


def test_what_has_no_code_is_not_written():
    exercise = EXERCISES["05_neural_network"]
    answers, reference = exercise.answers.by_task["backward"], exercise.checks["backward"].task().reference
    without = {name: code for name, code in answers.quantities.items() if name != "Δ⁽ˡ⁾"}
    with pytest.raises(NotWritten, match="Δ⁽ˡ⁾"):
        Writing(answers.written, without).with_slips(reference, ())
