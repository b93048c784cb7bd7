"""Slips in the equations of exercise 02: what they are called, where, and that none is called what it is not."""

import re

import numpy as np
import pytest

from checks.judging.reference import with_overrides
from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.misconceptions import MISCONCEPTIONS
from checks.softmax_and_nll.reference import REFERENCES

LABELS = {
    "sigmoid": "sign-of-the-exponent overflow integers-truncated tanh-instead derivative-returned",
    "sigmoid_derivative": "z-taken-for-a sigmoid-applied-twice tanh-derivative square-instead-of-product "
    "first-factor-left-out sigmoid-returned integers-truncated",
    "nll_gradient": "negated transposed derivative-of-the-sigmoid-kept derivative-of-the-sigmoid-left-out "
    "input-left-out parentheses-missing label-left-out",
    "softmax": "sum-over-everything sum-over-the-samples not-normalised not-stabilised one-maximum-for-all-columns "
    "maximum-over-the-samples sign-of-the-exponent integers-truncated sigmoid-of-each log-returned",
    "nllm": "zero-times-log-zero one-argument-transposed averaged-over-all-entries averaged-over-the-columns "
    "divided-by-len not-summed-over-the-columns negated arguments-swapped binary-terms-added logarithm-left-out",
    "softmax_gradient": "negated transposed input-left-out entry-by-entry derivative-kept diagonal-jacobian "
    "jacobian-left-out label-left-out",
    "predict": "softmax-left-out sigmoid-instead weights-not-transposed lying-on-its-side softmax-of-a-row "
    "class-instead-of-probabilities",
    "gradient_step": "ascent learning-rate-left-out rate-times-everything rate-added step-returned "
    "rate-of-the-example not-updated",
    "predict_after_step": "ascent learning-rate-left-out rate-of-the-example diagonal-jacobian jacobian-left-out "
    "label-left-out old-weights-used new-weights-returned two-steps step-taken-for-the-weights derivative-kept",
    "hidden_activations": "relu-left-out hidden-bias-left-out w1-not-transposed bias-subtracted bias-after-the-relu "
    "sigmoid-instead-of-relu minimum-instead-of-maximum absolute-value derivative-of-the-relu",
    "network_output": "relu-left-out hidden-bias-left-out w1-not-transposed output-bias-left-out softmax-left-out "
    "sigmoid-at-the-output relu-at-the-output w2-not-transposed",
    "updated_w2": "rate-of-the-example step-returned diagonal-jacobian jacobian-left-out ascent "
    "learning-rate-left-out derivative-kept label-left-out gradient-returned not-updated x-for-a1 z1-for-a1 "
    "relu-derivative-for-a1 weighted-by-w2 transposed",
    "updated_w1": "rate-of-the-example step-returned diagonal-jacobian jacobian-left-out ascent "
    "learning-rate-left-out derivative-kept label-left-out gradient-returned not-updated updated-w2-used "
    "relu-derivative-left-out relu-for-its-derivative derivative-at-w2-x derivative-at-what-is-passed-back a1-for-x "
    "w2-left-out w2-transposed transposed",
    "output_after_step": "ascent learning-rate-left-out rate-of-the-example updated-w2-used relu-derivative-left-out "
    "old-weights-used only-w2-updated only-w1-updated w2-gradient-after-w1 w1-gradient-after-w2 biases-updated "
    "softmax-left-out",
}
"""The labels that stand in gradebooks."""


def test_labels_in_gradebooks_keep_their_meaning():
    assert {task: " ".join(m.label for m in mistakes) for task, mistakes in MISCONCEPTIONS.items()} == LABELS


@pytest.mark.parametrize("task", REFERENCES)
def test_formulas_are_those_of_the_notebook(source, task):
    """Every equation has a number that stands in the notebook, and is written in its symbols."""
    notebook = source.read_text(encoding="utf-8")
    for number, text in REFERENCES[task].formulas.values():
        assert rf"\tag{{{number.strip('()')}}}" in notebook
        assert not re.search(r"[A-Z][a-z]+\(|None|object at", text), text


def typed(student, task, body, old, new):
    """Return the verdict on a solution with something else in the place of a part of it."""
    assert old in body
    return CHECKS[task].verdict(student(task, body.replace(old, new)))


TWO_LAYERS = """
def {task}(x, y, W1, b1, W2, b2, learning_rate):
    z1 = W1.T @ x + b1
    a1 = np.maximum(z1, 0)
    z2 = W2.T @ a1 + b2
    delta2 = softmax(z2) - y
    delta1 = (W2 @ delta2) * (W1.T @ x + b1 > 0)
    new_W1, new_W2 = W1 - learning_rate * x @ delta1.T, W2 - learning_rate * a1 @ delta2.T
    last1 = np.maximum(new_W1.T @ x + b1, 0)
    return {returned}
"""
RETURNED = {
    "updated_w2": "new_W2",
    "updated_w1": "new_W1",
    "output_after_step": "softmax(new_W2.T @ last1 + b2)",
}


@pytest.mark.parametrize(
    ("task", "old", "new", "words"),
    [
        ("updated_w2", "a1 + b2", "a1", "without b2"),
        ("updated_w2", "np.maximum(z1, 0)", "np.tanh(z1)", "tanh(z1) for relu(z1)"),
        ("updated_w2", "softmax(z2) - y", "z2 - y", "the logits z2 in the place of the probabilities a2"),
        ("updated_w2", "softmax(z2) - y", "abs(softmax(z2) - y)", "|a2 - y|"),
        ("updated_w1", "@ x + b1 > 0", "@ x > 0", "for relu' only"),
        ("updated_w1", "@ x + b1 > 0", "@ x + b1 <= 0", "relu'(-z1)"),
        ("output_after_step", "last1 + b2", "last1", "in the last forward pass"),
        ("output_after_step", "@ x + b1, 0)", "@ x + b1, -np.inf)", "in the last forward pass"),
        ("output_after_step", "softmax(new", "sigmoid(new", "σ(z2) for softmax(z2)"),
    ],
)
def test_a_slip_is_named_where_it_was_made(student, task, old, new, words):
    body = TWO_LAYERS.format(task=task, returned=RETURNED[task])
    assert CHECKS[task].verdict(student(task, body)).earned == 1
    verdict = typed(student, task, body, old, new)
    assert verdict.cause, verdict
    assert words in verdict.cause.sentence


@pytest.mark.parametrize(
    ("task", "cell", "words"),
    [
        ("sigmoid", "def sigmoid(z):\n    return 1 / 1 + np.exp(-z)", "brackets"),
        (
            "softmax",
            "def softmax(z):\n    e = np.exp(z - z.max(axis=0))\n    return e / e.mean(axis=0)",
            "mean of each",
        ),
        ("nll_gradient", "def nll_gradient(x, a, y):\n    return x * (a - y) ** 2", "squared"),
        ("gradient_step", "def gradient_step(W, gradient, learning_rate):\n    return W - gradient / 3", "0.3333"),
        ("predict", "def predict(x, W):\n    return softmax(softmax(W.T @ x))", "twice"),
        (
            "hidden_activations",
            "def hidden_activations(x, W1, b1):\n    return W1.T @ np.maximum(x, 0) + b1",
            "too early",
        ),
    ],
)
def test_slips_in_a_single_equation_are_named(student, task, cell, words):
    verdict = CHECKS[task].verdict(student(task, cell))
    assert verdict.cause, verdict
    assert words in verdict.cause.sentence


def test_certain_and_wrong_is_not_explained_where_several_things_may_be_meant(student):
    for clipped in ("np.clip(a, 0.01, 1)", "np.where(a == 0, 1, a)"):
        verdict = CHECKS["nllm"].verdict(student("nllm", f"def nllm(a, y):\n    return -np.sum(y * np.log({clipped}))"))
        assert verdict.cause is None
        assert "should be large or inf" in verdict.headline


def test_a_probability_of_0_that_is_overwritten_in_place_is_noticed(student):
    cell = "def nllm(a, y):\n    a[a <= 0] = 4e-18\n    return -np.sum(y * np.log(a))"
    verdict = CHECKS["nllm"].verdict(student("nllm", cell))
    assert "Your code changes a." in verdict.problem


@pytest.mark.parametrize("task", REFERENCES)
def test_slips_are_computed_or_are_impossible(task):
    """None of them breaks the check."""
    case = CHECKS[task].cases(1)[-1]
    for slip in REFERENCES[task].slips():
        made = slip.filled(0.5) if slip.filled else slip
        try:
            with np.errstate(all="ignore"):
                with_overrides(REFERENCES[task], (made.override,), case).answer()
        except ValueError:
            continue
