"""Who computes rightly from own earlier functions is right, and following never makes a task easier."""

import re

import pytest

from checks.judging.verdict import State
from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.examples import MISTAKES, UNNAMED
from checks.softmax_and_nll.examples.signatures import SIGNATURES, cells

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
PIECES = [(task, piece) for task, body in BODIES.items() for piece in re.findall(r"\{(\w+)\}", body)]

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

DEGENERATE = {
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


def retyped(task, piece, wrong):
    """Write a task's cell with a copy of a wrong function in it, instead of a call of that function."""
    names = {name: "retyped" if name == piece else name for name in SIGNATURES}
    copy = re.sub(rf"\b{piece}\b", "retyped", wrong)
    return f"{copy}\n\n{cells(task, {'it': BODIES[task].format(**names)})['it']}"


def verdict(student, task, piece, wrong):
    return CHECKS[task].verdict(student(task, retyped(task, piece, wrong), **{piece: wrong}))


@pytest.mark.parametrize(
    ("task", "piece", "name"),
    [
        (task, piece, name)
        for task, piece in dict.fromkeys(PIECES)
        for name in FOLLOWED[piece]
        if (task, name) != ("updated_w1", "relu-left-out")  # the same units are on: this is no mistake there
        or piece != "hidden_activations"
    ],
)
def test_a_mistake_that_is_retyped_costs_once(student, task, piece, name):
    wrong = MISTAKES[piece][name]
    found = verdict(student, task, piece, wrong)
    assert found.state is State.RIGHT, found
    assert found.earned == 1
    assert any("It is computed rightly from" in note for note in found.notes)
    assert any(f"Your {piece} is not right yet" in note for note in found.notes)
    alone = CHECKS[task].verdict(student(task, retyped(task, piece, wrong)))
    assert alone.state is State.WRONG, "after a right function the same is a mistake"


@pytest.mark.parametrize(
    ("task", "piece", "value"),
    [(task, piece, value) for task, piece in dict.fromkeys(PIECES) for value in DEGENERATE[piece]],
)
def test_degenerate_own_numbers_have_to_be_put_right_first(student, task, piece, value):
    found = verdict(student, task, piece, cells(piece, {"it": value})["it"])
    assert found.earned == 0
    assert found.state is State.BLOCKED, found
    assert found.problem.startswith(f"Put {piece} right first: it ")


LAZY = {
    "predict_after_step": ("softmax_gradient", "gradient_step", "return predict(x, W)"),
    "updated_w2": ("softmax_gradient", "gradient_step", "return W2"),
    "updated_w1": ("gradient_step", "return W1"),
    "output_after_step": ("updated_w1", "updated_w2", "return network_output(x, W1, b1, W2, b2)"),
}


@pytest.mark.parametrize(("task", "piece"), [(task, piece) for task, (*pieces, _) in LAZY.items() for piece in pieces])
def test_no_mistake_before_makes_it_right_to_do_nothing(student, task, piece):
    cell = cells(task, {"it": LAZY[task][-1]})["it"]
    for wrong in (*UNNAMED[piece].values(), *MISTAKES[piece].values()):
        assert CHECKS[task].verdict(student(task, cell, **{piece: wrong})).earned == 0, wrong


def test_only_where_a_retyped_mistake_is_another_one_it_costs_again(student):
    own = {"softmax_gradient": MISTAKES["softmax_gradient"]["derivative-kept"]}
    cell = retyped("predict_after_step", "softmax_gradient", MISTAKES["softmax_gradient"]["negated"])
    found = CHECKS["predict_after_step"].verdict(student("predict_after_step", cell, **own))
    assert found.labels == ("ascent",)
    assert any("if you have typed the same again here, begin there" in note for note in found.notes)


def test_two_retyped_mistakes_cost_once_each(student):
    own = {
        "softmax_gradient": MISTAKES["softmax_gradient"]["derivative-kept"],
        "gradient_step": MISTAKES["gradient_step"]["ascent"],
    }
    inline = """
        a = predict(x, W)
        return predict(x, W + learning_rate * x @ ((a - y) * a * (1 - a)).T)
    """
    cell = cells("predict_after_step", {"it": inline})["it"]
    assert CHECKS["predict_after_step"].verdict(student("predict_after_step", cell, **own)).state is State.RIGHT


def test_a_mistake_may_be_retyped_beside_a_call_that_was_put_right(student):
    inline = """
        a1 = np.maximum(W1.T @ x, 0)
        return W2 - learning_rate * a1 @ (network_output(x, W1, b1, W2, b2) - y).T
    """
    own = {"hidden_activations": MISTAKES["hidden_activations"]["hidden-bias-left-out"]}
    cell = cells("updated_w2", {"it": inline})["it"]
    assert CHECKS["updated_w2"].verdict(student("updated_w2", cell, **own)).state is State.RIGHT
    assert CHECKS["updated_w2"].verdict(student("updated_w2", cell)).state is State.WRONG


def test_the_slope_of_the_relu_may_come_from_z1_where_own_activations_hide_it(student):
    inline = """
        z1 = W1.T @ x + b1
        delta2 = softmax(W2.T @ abs(z1) + b2) - y
        return W1 - learning_rate * x @ ((W2 @ delta2) * (z1 > 0)).T
    """
    own = {"hidden_activations": MISTAKES["hidden_activations"]["absolute-value"]}
    cell = cells("updated_w1", {"it": inline})["it"]
    assert CHECKS["updated_w1"].verdict(student("updated_w1", cell, **own)).state is State.RIGHT


def test_an_earlier_function_that_raises_is_named_where_it_is_retyped(student):
    found = verdict(student, "predict_after_step", "predict", MISTAKES["predict"]["weights-not-transposed"])
    assert found.labels == ("raised",)
    assert any("Your predict is not right yet" in note for note in found.notes)


@pytest.mark.parametrize("ending", ["raise SystemExit", "raise NotImplementedError", "return undefined"])
def test_an_earlier_function_that_ends_badly_is_put_right(student, ending):
    own = {"softmax": cells("softmax", {"it": ending})["it"]}
    assert CHECKS["predict"].verdict(student("predict", **own)).state is State.RIGHT


def test_an_own_function_that_works_in_place_does_so_in_a_check_too(student):
    """The caller goes on with the matrix that its own step has changed."""
    cell = """
def predict_after_step(x, y, W, learning_rate):
    new = W.copy()
    gradient_step(new, softmax_gradient(x, predict(x, new), y), learning_rate)
    return predict(x, new)
"""
    own = {"gradient_step": cells("gradient_step", {"it": "W -= learning_rate * gradient\nreturn W"})["it"]}
    assert CHECKS["predict_after_step"].verdict(student("predict_after_step", cell, **own)).state is State.RIGHT
