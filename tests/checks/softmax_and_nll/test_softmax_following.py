"""A mistake that has been counted does not count again where it is retyped, and that never makes a task easier."""

import re
from dataclasses import replace

import numpy as np
import pytest

import checks.softmax_and_nll as exercise
from checks.check import CheckFailed
from checks.judging.reference import needs_own_numbers
from checks.judging.verdict import State
from checks.observing.quantity import Quantity
from checks.session import SESSION
from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.case import ARGUMENTS
from tests.conftest import exercise_named
from tests.function_cells import function_cell, signatures

SIGNATURES = signatures("softmax_and_nll")
MISTAKES = exercise_named("softmax_and_nll").mistakes
UNNAMED = exercise_named("softmax_and_nll").unnamed

BODIES = {
    "predict": "return {softmax}(W.T @ x)",
    "predict_after_step": """
        gradient = {softmax_gradient}(x, {predict}(x, W), y)
        return {predict}(x, {gradient_step}(W, gradient, learning_rate))
    """,
    "network_output": "return {softmax}(W2.T @ {hidden_activations}(x, W1, b1) + b2)",
    "updated_w2": """
        a1, a2 = {hidden_activations}(x, W1, b1), {network_output}(x, W1, b1, W2, b2)
        return {gradient_step}(W2, {softmax_gradient}(a1, a2, y), learning_rate)
    """,
    "updated_w1": """
        delta2 = {network_output}(x, W1, b1, W2, b2) - y
        delta1 = (W2 @ delta2) * ({hidden_activations}(x, W1, b1) > 0)
        return {gradient_step}(W1, x @ delta1.T, learning_rate)
    """,
    "output_after_step": """
        given = (x, y, W1, b1, W2, b2, learning_rate)
        return {network_output}(x, {updated_w1}(*given), b1, {updated_w2}(*given), b2)
    """,
}
PIECES = [(task, piece) for task, text in BODIES.items() for piece in re.findall(r"\{(\w+)\}", text)]

FOLLOWED = {
    "softmax": ("sign-of-the-exponent", "not-normalised", "log-returned"),
    "softmax_gradient": ("negated", "derivative-kept", "label-left-out", "jacobian-left-out"),
    "predict": ("softmax-left-out", "sigmoid-instead"),
    "gradient_step": ("ascent", "learning-rate-left-out", "step-returned", "rate-added"),
    "hidden_activations": ("relu-left-out", "hidden-bias-left-out", "bias-subtracted", "absolute-value"),
    "network_output": ("relu-left-out", "output-bias-left-out", "softmax-left-out"),
    "updated_w2": ("ascent", "derivative-kept", "label-left-out"),
    "updated_w1": ("ascent", "updated-w2-used", "relu-derivative-left-out", "derivative-kept"),
}

WORTHLESS = {
    "softmax": ("z * 0", "z * 0 + 0.5", "z * np.nan", "(z == z.max(axis=0)) * 1.0", "1e9 * z"),
    "softmax_gradient": (
        "0 * x @ a.T",
        "0 * x @ a.T + 1",
        "np.nan * x @ a.T",
        "x @ np.ones_like(a).T",
        "1e9 * x @ a.T",
    ),
    "predict": ("W.T @ x * 0", "W.T @ x * 0 + 0.25", "W.T @ x / 0", "np.eye(W.shape[1])[:, :1]"),
    "gradient_step": ("W", "W + 0 * gradient", "0 * W", "W * np.nan", "W * 0 + 1"),
    "hidden_activations": ("np.zeros_like(b1)", "np.ones_like(b1)", "b1 * np.nan", "1e9 * b1"),
    "network_output": ("np.zeros_like(b2)", "np.ones_like(b2) / 2", "b2 * np.inf", "np.eye(len(b2))[:, :1]"),
    "updated_w2": ("W2", "W2 * 0", "W2 * np.nan", "W2 * 0 + 0.5"),
    "updated_w1": ("W1", "W1 * np.nan"),
}


DEGENERATE = [
    *[("predict", "softmax", name) for name in ("sum-over-the-samples", "maximum-over-the-samples")],
    *[("network_output", "softmax", name) for name in ("sum-over-the-samples", "maximum-over-the-samples")],
    ("predict_after_step", "predict", "class-instead-of-probabilities"),
    ("predict_after_step", "gradient_step", "not-updated"),
    ("updated_w2", "gradient_step", "not-updated"),
    ("updated_w1", "gradient_step", "not-updated"),
    ("updated_w1", "hidden_activations", "minimum-instead-of-maximum"),
    ("output_after_step", "updated_w2", "not-updated"),
    ("output_after_step", "updated_w1", "not-updated"),
]
"""Named mistakes that leave too little to compute."""


def retyped(task, piece, wrong):
    """Write a task's cell with a copy of a wrong function in it, instead of a call of that function."""
    names = {name: "retyped" if name == piece else name for name in SIGNATURES}
    copy = re.sub(rf"\b{piece}\b", "retyped", wrong)
    return f"{copy}\n\n{function_cell(SIGNATURES[task], BODIES[task].format(**names))}"


def marked(student, wrong):
    """Check wrong cells in the order of the notebook, and return the verdicts by task."""
    found = {}
    for task in sorted(wrong, key=list(ARGUMENTS).index):
        found[task] = CHECKS[task].verdict(student(task, **wrong), earlier=found)
    return found


def both(student, task, piece, wrong):
    """Return the verdicts on a wrong function and on a task in which it is retyped."""
    found = marked(student, {piece: wrong, task: retyped(task, piece, wrong)})
    return found[piece], found[task]


@pytest.mark.parametrize(
    ("task", "piece", "name"),
    [(task, piece, name) for task, piece in dict.fromkeys(PIECES) for name in FOLLOWED[piece]],
)
def test_a_mistake_that_is_retyped_costs_once(student, task, piece, name):
    wrong = MISTAKES[piece][name]
    first, later = both(student, task, piece, wrong)
    assert first.labels == (name,)
    assert first.earned == 0
    assert later.state is State.RIGHT, later
    assert later.earned == 1
    if (task, piece, name) == ("updated_w1", "hidden_activations", "relu-left-out"):
        return  # the same units are on: this is no mistake there
    assert any(note.startswith(f"It follows from your {piece}, whose mistake has been counted") for note in later.notes)
    alone = CHECKS[task].verdict(student(task, retyped(task, piece, wrong)))
    assert alone.state is State.WRONG, "where it has not been counted yet, it counts"


@pytest.mark.parametrize(("task", "piece", "name"), DEGENERATE)
def test_a_mistake_that_leaves_too_little_to_compute_has_to_be_put_right_first(student, task, piece, name):
    first, later = both(student, task, piece, MISTAKES[piece][name])
    assert first.state is State.WRONG
    assert later.earned == 0
    assert later.state is State.BLOCKED, later
    assert later.problem.startswith(f"Put {piece} right first: it ")


def test_a_function_that_ignores_what_the_task_computes_has_to_be_put_right_first(student):
    cell = """
        given = (x, y, W1, b1, W2, b2, learning_rate)
        on = (updated_w1(*given).T @ x + b1 > 0) * 1.0
        return softmax(updated_w2(*given).T @ on + b2)
    """
    wrong = {
        "hidden_activations": MISTAKES["hidden_activations"]["derivative-of-the-relu"],
        "output_after_step": function_cell(SIGNATURES["output_after_step"], cell),
    }
    found = marked(student, wrong)["output_after_step"]
    assert found.state is State.BLOCKED, found
    assert "it does not use W1" in found.problem


@pytest.mark.parametrize(("task", "piece", "name"), [("output_after_step", "network_output", "softmax-left-out")])
def test_numbers_that_are_easy_now_and_then_block_nothing(student, task, piece, name):
    wrong = MISTAKES[piece][name]
    first = {piece: CHECKS[piece].verdict(student(piece, wrong))}
    later = student(task, retyped(task, piece, wrong), **{piece: wrong})
    assert {CHECKS[task].verdict(later, seed, first).state for seed in range(12)} == {State.RIGHT}


@pytest.mark.parametrize(
    ("task", "piece", "value"),
    [(task, piece, value) for task, piece in dict.fromkeys(PIECES) for value in WORTHLESS[piece]],
)
def test_nothing_follows_from_worthless_numbers(student, task, piece, value):
    first, later = both(student, task, piece, function_cell(SIGNATURES[piece], f"return {value}"))
    assert first.state is State.WRONG
    assert later.earned == 0
    if later.state is State.WRONG:
        assert any(f"Your {piece} is not right yet" in note for note in later.notes)


@pytest.mark.parametrize(
    ("task", "piece", "name"),
    [
        ("predict", "softmax", "temperature"),
        ("predict_after_step", "gradient_step", "squared-rate"),
        ("updated_w2", "softmax_gradient", "absolute-error"),
        ("network_output", "hidden_activations", "tanh"),
    ],
)
def test_a_slip_that_was_named_costs_once_too(student, task, piece, name):
    first, later = both(student, task, piece, UNNAMED[piece][name])
    assert first.cause
    assert later.state is State.RIGHT, later


@pytest.mark.parametrize(
    ("task", "piece", "name"),
    [
        ("predict", "softmax", "linear"),
        ("predict_after_step", "gradient_step", "first-row-only"),
        ("updated_w2", "softmax_gradient", "first-input-for-all"),
        ("network_output", "hidden_activations", "squared"),
    ],
)
def test_a_retyped_mistake_without_a_name_counts_again(student, task, piece, name):
    first, later = both(student, task, piece, UNNAMED[piece][name])
    assert first.state is State.WRONG
    assert first.cause is None
    assert later.state is State.WRONG
    assert f"Your {piece} is not right yet; if you have typed the same again here, begin there." in later.notes


LAZY = {
    "predict_after_step": ("softmax_gradient", "gradient_step", "return predict(x, W)"),
    "updated_w2": ("softmax_gradient", "gradient_step", "return W2"),
    "updated_w1": ("gradient_step", "return W1"),
    "output_after_step": ("updated_w1", "updated_w2", "return network_output(x, W1, b1, W2, b2)"),
}


@pytest.mark.parametrize(("task", "piece"), [(task, piece) for task, (*pieces, _) in LAZY.items() for piece in pieces])
def test_no_mistake_before_makes_it_right_to_do_nothing(student, task, piece):
    cell = function_cell(SIGNATURES[task], LAZY[task][-1])
    for wrong in (*UNNAMED[piece].values(), *MISTAKES[piece].values()):
        assert marked(student, {piece: wrong, task: cell})[task].earned == 0, wrong


@pytest.mark.parametrize(
    ("task", "piece", "name"),
    [
        ("predict_after_step", "gradient_step", "ascent"),
        ("network_output", "hidden_activations", "relu-left-out"),
        ("updated_w2", "softmax_gradient", "derivative-kept"),
    ],
)
def test_without_a_verdict_on_the_earlier_task_a_mistake_counts_and_is_named(student, task, piece, name):
    wrong = MISTAKES[piece][name]
    found = CHECKS[task].verdict(student(task, retyped(task, piece, wrong), **{piece: wrong}))
    assert found.state is State.WRONG
    assert found.labels == (name,)


def test_a_mistake_that_was_put_right_before_the_last_check_counts(student):
    wrong = MISTAKES["softmax"]["sign-of-the-exponent"]
    right = {"softmax": CHECKS["softmax"].verdict(student("softmax"))}
    found = CHECKS["predict"].verdict(student("predict", retyped("predict", "softmax", wrong)), earlier=right)
    assert found.state is State.WRONG


def test_another_mistake_than_the_one_that_was_counted_counts(student):
    own = MISTAKES["softmax_gradient"]["derivative-kept"]
    cell = retyped("predict_after_step", "softmax_gradient", MISTAKES["softmax_gradient"]["negated"])
    found = marked(student, {"softmax_gradient": own, "predict_after_step": cell})["predict_after_step"]
    assert found.labels == ("ascent",)
    assert any("if you have typed the same again here, begin there" in note for note in found.notes)


def test_a_new_mistake_on_top_of_a_counted_one_is_named_alone(student):
    cell = """
        a1 = np.maximum(W1.T @ x, 0)
        return W2 - a1 @ (softmax(W2.T @ a1 + b2) - y).T
    """
    own = MISTAKES["hidden_activations"]["hidden-bias-left-out"]
    wrong = {"hidden_activations": own, "updated_w2": function_cell(SIGNATURES["updated_w2"], cell)}
    found = marked(student, wrong)["updated_w2"]
    assert found.state is State.WRONG
    assert found.labels == ("learning-rate-left-out",)


def test_two_retyped_mistakes_cost_once_each(student):
    cell = """
        a = predict(x, W)
        return predict(x, W + learning_rate * x @ ((a - y) * a * (1 - a)).T)
    """
    wrong = {
        "softmax_gradient": MISTAKES["softmax_gradient"]["derivative-kept"],
        "gradient_step": MISTAKES["gradient_step"]["ascent"],
        "predict_after_step": function_cell(SIGNATURES["predict_after_step"], cell),
    }
    found = marked(student, wrong)
    assert [found[task].earned for task in wrong] == [0, 0, 1]
    assert any(
        "softmax_gradient and gradient_step, whose mistakes" in note for note in found["predict_after_step"].notes
    )


def test_two_mistakes_in_one_function_are_repeated_together(student):
    wrong = function_cell(SIGNATURES["softmax_gradient"], "return x @ ((y - a) * a * (1 - a)).T")
    first, later = both(student, "predict_after_step", "softmax_gradient", wrong)
    assert set(first.labels) == {"negated", "derivative-kept"}
    assert later.state is State.RIGHT


def test_a_mistake_costs_once_through_the_whole_notebook(student):
    """Every later function has the wrong formula typed out again."""
    step = (
        "z1 = W1.T @ x - b1\n"
        "a1 = np.maximum(z1, 0)\n"
        "delta2 = softmax(W2.T @ a1 + b2) - y\n"
        "new_W2 = W2 - learning_rate * a1 @ delta2.T\n"
        "new_W1 = W1 - learning_rate * x @ ((W2 @ delta2) * (z1 > 0)).T\n"
    )
    bodies = {
        "hidden_activations": "return np.maximum(W1.T @ x - b1, 0)",
        "network_output": "return softmax(W2.T @ np.maximum(W1.T @ x - b1, 0) + b2)",
        "updated_w2": f"{step}return new_W2",
        "updated_w1": f"{step}return new_W1",
        "output_after_step": f"{step}return softmax(new_W2.T @ np.maximum(new_W1.T @ x - b1, 0) + b2)",
    }
    found = marked(student, {task: function_cell(SIGNATURES[task], text) for task, text in bodies.items()})
    assert [verdict.earned for verdict in found.values()] == [0, 1, 1, 1, 1], found


def test_a_mistake_may_be_retyped_beside_a_call_that_was_put_right(student):
    cell = """
        a1 = np.maximum(W1.T @ x, 0)
        return W2 - learning_rate * a1 @ (network_output(x, W1, b1, W2, b2) - y).T
    """
    wrong = {
        "hidden_activations": MISTAKES["hidden_activations"]["hidden-bias-left-out"],
        "updated_w2": function_cell(SIGNATURES["updated_w2"], cell),
    }
    assert marked(student, wrong)["updated_w2"].state is State.RIGHT


def test_the_slope_of_the_relu_may_come_from_z1_where_own_activations_hide_it(student):
    cell = """
        z1 = W1.T @ x + b1
        delta2 = softmax(W2.T @ abs(z1) + b2) - y
        return W1 - learning_rate * x @ ((W2 @ delta2) * (z1 > 0)).T
    """
    wrong = {
        "hidden_activations": MISTAKES["hidden_activations"]["absolute-value"],
        "updated_w1": function_cell(SIGNATURES["updated_w1"], cell),
    }
    assert marked(student, wrong)["updated_w1"].state is State.RIGHT


def test_an_earlier_function_that_raises_is_named_where_it_is_retyped(student):
    _, found = both(student, "predict_after_step", "predict", MISTAKES["predict"]["weights-not-transposed"])
    assert found.labels == ("weighted_input: W x",)
    assert any("Your predict is not right yet" in note for note in found.notes)


def test_the_checks_of_a_notebook_remember_what_they_have_counted(student, monkeypatch, capsys):
    monkeypatch.setattr(SESSION, "attempts", {})
    wrong = MISTAKES["softmax"]["not-normalised"]
    cell = retyped("predict", "softmax", wrong)
    with pytest.raises(CheckFailed):
        exercise.check_predict(student("predict", cell), points=5)
    with pytest.raises(CheckFailed):
        exercise.check_softmax(student("softmax", wrong), points=7.5)
    assert exercise.check_predict(student("predict", cell), points=5) == 5.0
    assert "counted there" in capsys.readouterr().out


@pytest.mark.parametrize("quantity", ["follows own functions in call {}", "own softmax in call {}"])
def test_numbers_that_nobody_asked_for_earn_nothing(student, quantity):
    """An observation may come from somebody who has forged it."""
    check, wrong = CHECKS["predict"], UNNAMED["softmax"]["linear"]
    first = {"softmax": CHECKS["softmax"].verdict(student("softmax", wrong))}
    probes, more = check.probes(student("predict", retyped("predict", "softmax", wrong)))
    forged = []
    for probe in probes:
        arrays = dict(probe.observation.arrays)
        values = enumerate(probe.observation.arrays.values())
        arrays |= {Quantity(quantity.format(number)): array for number, array in values}
        forged.append(replace(probe, observation=replace(probe.observation, arrays=arrays)))
    assert check.judged((forged, more), first).earned == 0
    label = [replace(p, observation=replace(p.observation, arrays=_labels(p.case))) for p in probes]
    assert check.judged((label, more), first).earned == 0


@pytest.mark.parametrize("name", CHECKS)
def test_no_verdict_takes_a_students_word(name):
    task = CHECKS[name].task()
    assert not any(needs_own_numbers(task.reference, (), case) for case in CHECKS[name].cases(0))


def _labels(case):
    return {name: np.asarray(given["y"]) for name, given in zip(case.quantities("prediction"), case.calls, strict=True)}


@pytest.mark.parametrize("ending", ["raise SystemExit", "raise NotImplementedError", "return undefined"])
def test_an_earlier_function_that_ends_badly_is_put_right(student, ending):
    own = {"softmax": function_cell(SIGNATURES["softmax"], ending)}
    assert CHECKS["predict"].verdict(student("predict", **own)).state is State.RIGHT


def test_an_own_function_that_works_in_place_does_so_in_a_check_too(student):
    """The caller goes on with the matrix that its own step has changed."""
    cell = """
def predict_after_step(x, y, W, learning_rate):
    new = W.copy()
    gradient_step(new, softmax_gradient(x, predict(x, new), y), learning_rate)
    return predict(x, new)
"""
    own = {"gradient_step": function_cell(SIGNATURES["gradient_step"], "W -= learning_rate * gradient\nreturn W")}
    assert CHECKS["predict_after_step"].verdict(student("predict_after_step", cell, **own)).state is State.RIGHT
