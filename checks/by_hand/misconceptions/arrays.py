"""Mistakes in the arrays of pass 2; only those that the notebook's own figures can tell apart have a name there."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.by_hand.lent import sigmoid_derivative
from checks.by_hand.misconceptions.words import ROUNDED, mistake
from checks.judging.reference import Misconception
from checks.observing.observation import Array

TRANSPOSE = "A matrix has one row for each receiver and one column for each sender. What is in its first row?"


def _diagonal(step: str, of: str) -> tuple[Misconception, ...]:
    """Return the mistakes of writing down a diagonal Jacobian."""
    return (
        mistake(
            "diagonal-only",
            step,
            lambda ref, right, *given: np.diag(right(*given)),
            "when only the diagonal is written down, as a vector",
            "Look at the shape of your answer.",
            f"A Jacobian has a row for each {of} and a column for each weighted input. Which shape is that?",
        ),
        mistake(
            "filled-up",
            step,
            lambda ref, right, *given: np.ones_like(right(*given)) * np.diag(right(*given))[:, None],
            "when the entries off the diagonal are filled with slopes, too",
            "Look at the entries off the diagonal.",
            "Does the output of one neuron depend on the weighted input of its neighbour?",
        ),
    )


OUTPUT_JACOBIAN = (
    *_diagonal("output_jacobian", "output"),
    mistake(
        "outputs-for-slopes",
        "output_jacobian",
        lambda ref, right, slope: np.diag(ref.outputs()),
        "with the outputs σ(s) in place of the slopes σ'(s)",
        "Look at the entries on the diagonal.",
        "σ(0) and σ'(0) are two different numbers. Which one is a derivative?",
    ),
    mistake(
        "slopes-of-relu",
        "output_jacobian",
        lambda ref, right, slope: np.eye(len(slope)),
        "with 1 for every slope, as if the output layer had no sigmoid",
        "Look at the entries on the diagonal.",
        "Which activation do the outputs have, and how steep is it at s = 0?",
    ),
)
"""Mistakes in ∂o2/∂s2."""

WEIGHTS_JACOBIAN = (
    mistake(
        "transposed",
        "weights_jacobian",
        lambda ref, right: right().T,
        "when W⁽²⁾ is transposed",
        "Look at what a row stands for.",
        "Row k of this Jacobian belongs to output k. The transpose comes later, in (16).",
    ),
    mistake(
        "weights-of-the-first-layer",
        "weights_jacobian",
        lambda ref, right: ref.case.W1,
        "with the weights of the hidden layer",
        "Look at which weights lie between o⁽¹⁾ and s⁽²⁾.",
        "From o⁽¹⁾ to s⁽²⁾, which arrows of the figure do you walk along?",
    ),
)
"""Mistakes in ∂s2/∂o1."""

HIDDEN_JACOBIAN = (
    *_diagonal("hidden_jacobian", "hidden output"),
    mistake(
        "outputs-for-slopes",
        "hidden_jacobian",
        lambda ref, right, slope, s, o: np.diag(o),
        "with the outputs relu(s) in place of the slopes relu'(s)",
        "Look at the entries on the diagonal.",
        "relu(4) is 4. How steep is ReLU there?",
    ),
    mistake(
        "slopes-of-the-sigmoid",
        "hidden_jacobian",
        lambda ref, right, slope, s, o: np.diag(sigmoid_derivative(s)),
        "with the slopes of the sigmoid, σ'(s⁽¹⁾), in the layer that has ReLU",
        "Look at the entries on the diagonal.",
        "Which activation do the hidden neurons have?",
    ),
)
"""Mistakes in ∂o1/∂s1."""

OUTPUT_SIGNAL = (
    mistake(
        "positive-gradient",
        "output_signal",
        lambda ref, right, jacobian, t, y: -right(jacobian, t, y),
        "with the positive gradient, ∂E/∂s, where the error signal is the negative one, δ = -∂E/∂s",
        "Look at the sign of your error signal.",
        "If an output should become larger, which sign does its error signal have? δ says where to go.",
        "Equations (5) and (15)",
    ),
    mistake(
        "slope-left-out",
        "output_signal",
        lambda ref, right, jacobian, t, y: t - y,
        "without the Jacobian ∂o⁽²⁾/∂s⁽²⁾",
        "Look at the step from o⁽²⁾ back to s⁽²⁾.",
        "Which matrix lies between the outputs and their weighted inputs?",
    ),
    mistake(
        "twice-too-large",
        "output_signal",
        lambda ref, right, jacobian, t, y: 2 * right(jacobian, t, y),
        "with the factor 2 of the square kept, which the 1/2 cancels",
        "Look at the factors of your error signal.",
        "What is the derivative of 1/2 (t - y)²?",
    ),
    ROUNDED,
)
"""Mistakes in δ2."""

HIDDEN_SIGNAL = (
    mistake(
        "weights-not-transposed",
        "hidden_signal",
        lambda ref, right, hidden, weights, delta: (
            right(hidden, weights.T, delta) if weights.shape[0] == weights.shape[1] else right(hidden, weights, delta)
        ),
        "with W⁽²⁾ in place of its transpose",
        "Look at the matrix that the error signal passes through.",
        "Forwards, a row of W⁽²⁾ meets the hidden outputs. Backwards, which entries belong to one hidden neuron?",
    ),
    mistake(
        "weights-left-out",
        "hidden_signal",
        lambda ref, right, hidden, weights, delta: right(hidden, np.ones_like(weights), delta),
        "when the error signals are added without the weights",
        "Look at what lies between δ⁽²⁾ and δ⁽¹⁾.",
        "Which of the three Jacobians have you not used?",
    ),
    mistake(
        "difference-passed-back",
        "hidden_signal",
        lambda ref, right, hidden, weights, delta: right(hidden, weights, ref.difference()),
        "when t - o⁽²⁾ is passed back instead of δ⁽²⁾",
        "Look at what you send back through the weights.",
        "Which Jacobian lies between o⁽²⁾ and s⁽²⁾?",
    ),
    mistake(
        "outputs-for-slopes",
        "hidden_signal",
        lambda ref, right, hidden, weights, delta: right(np.diag(ref.hidden_outputs()), weights, delta),
        "when the outputs o⁽¹⁾ are used in place of the slopes relu'(s⁽¹⁾)",
        "Look at the last factor.",
        "relu(4) is 4. How steep is ReLU there?",
    ),
    mistake(
        "positive-gradient",
        "hidden_signal",
        lambda ref, right, hidden, weights, delta: -right(hidden, weights, delta),
        "when the sign is changed once more, although δ⁽²⁾ has the right one",
        "Look at the signs.",
        "The minus sign of δ = -∂E/∂s is in δ⁽²⁾ already. Does (16) bring in another one?",
    ),
    ROUNDED,
)
"""Mistakes in δ1."""


def _gradient(layer: int) -> tuple[Misconception, ...]:
    """Return the mistakes in the gradient of a layer's weights."""

    def other_operand(ref: Any, right: Any, layer: int, delta: Array, o: Array) -> Array:
        other = ref.case.x if layer == 2 else ref.hidden_outputs()
        return np.asarray(right(layer, delta, other if len(other) == len(o) else o))

    wrong, wanted = (
        ("the inputs x", "the hidden outputs o⁽¹⁾") if layer == 2 else ("the hidden outputs o⁽¹⁾", "the inputs x")
    )
    return (
        mistake(
            "transposed",
            "matrix_gradient",
            lambda ref, right, layer, delta, o: right(layer, delta, o).T,
            "when the gradient is transposed, o δᵀ for δ oᵀ",
            "Look at which vector is the column and which the row.",
            TRANSPOSE,
        ),
        mistake(
            "positive-gradient",
            "matrix_gradient",
            lambda ref, right, layer, delta, o: -right(layer, delta, o),
            "with the positive gradient ∂E/∂W, where the negative one is asked for",
            "Look at the signs.",
            "Each entry is an error signal times an output. Do the signs fit those of your error signal?",
        ),
        mistake(
            "wrong-operand",
            "matrix_gradient",
            other_operand,
            f"with {wrong} in place of {wanted}",
            "Look at what this layer received in the forward pass.",
            "The row in (17) holds the outputs of the senders. Who sends to this layer?",
        ),
        mistake(
            "entry-by-entry",
            "matrix_gradient",
            lambda ref, right, layer, delta, o: delta * o if len(delta) == len(o) else right(layer, delta, o),
            "when the two vectors are multiplied entry by entry",
            "Look at the shape of your answer.",
            "How many weights does this layer have, and how many numbers did you write down?",
        ),
        mistake(
            "row-times-column",
            "matrix_gradient",
            lambda ref, right, layer, delta, o: (
                np.asarray(delta @ o) if len(delta) == len(o) else right(layer, delta, o)
            ),
            "with a row times a column, which gives a single number",
            "Look at the shape of your answer.",
            "A column times a row gives a matrix. Which of the two vectors is the column?",
        ),
        ROUNDED,
    )


def _new_matrix() -> tuple[Misconception, ...]:
    """Return the mistakes in the update of a layer's weights."""
    return (
        mistake(
            "subtracted",
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: (
                2 * weights - right(layer, weights, gradient, positive)
            ),
            "when the negative gradient is subtracted, which climbs the error instead of descending it",
            "Look at the sign of the step.",
            "Your gradient already points downhill, since it is the negative one. What does subtracting it do?",
        ),
        mistake(
            "step-only",
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: gradient,
            "when the step replaces the weights instead of changing them",
            "Look at what the new weights are made of.",
            "Where do the old weights enter?",
        ),
        mistake(
            "not-updated",
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: weights,
            "when the weights stay as they are",
            "Look at what changed.",
            "Formula (18) adds a step. Which step did you add?",
        ),
        mistake(
            "step-transposed",
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: (
                right(layer, weights, gradient.T, positive)
                if gradient.shape[0] == gradient.shape[1]
                else right(layer, weights, gradient, positive)
            ),
            "when the transposed gradient is added",
            "Look at rows and columns of the step.",
            TRANSPOSE,
        ),
        ROUNDED,
    )


ARRAYS = {
    "do2_ds2": OUTPUT_JACOBIAN,
    "ds2_do1": WEIGHTS_JACOBIAN,
    "do1_ds1": HIDDEN_JACOBIAN,
    "delta2": OUTPUT_SIGNAL,
    "delta1": HIDDEN_SIGNAL,
    "dW2": _gradient(2),
    "dW1": _gradient(1),
    "W2_new": _new_matrix(),
    "W1_new": _new_matrix(),
}

ARRAYS_HIDDEN_HERE = {
    name: (
        mistake(
            "learning-rate-left-out",
            "new_matrix",
            lambda ref, right, layer, weights, gradient, positive: weights + gradient,
            "without the learning rate",
            "Look at the learning rate of this network.",
            "What should change if the learning rate is halved?",
        ),
    )
    for name in ("W2_new", "W1_new")
}
"""Mistakes that the notebook's network hides: its learning rate is 1."""
