"""Mistakes in what is recorded, in what is kept between steps, and in the update."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.frameworks.misconceptions.passing import Mistakes, mistake
from checks.frameworks.reference import Pair

# --- gradients and what is recorded of them ----------------------------------------------------------------------


def _negated(ref: Any, right: Callable[..., Pair], gradients: Pair, epsilon: float) -> Pair:
    return -gradients[0], -gradients[1]


RECORDED: Mistakes = (
    mistake(
        "negative-gradient",
        "recorded_gradient",
        _negated,
        "when the gradients are recorded with the opposite sign: those are exercise 1's -∂E/∂w, while here, as in "
        "every framework, they are ∂E/∂w",
        "Look at the sign of what you record.",
        "In exercise 1 the error signal was the negative gradient. What do frameworks return, uphill or downhill?",
    ),
    mistake(
        "step-for-gradient",
        "recorded_gradient",
        lambda ref, right, gradients, epsilon: (epsilon * gradients[0], epsilon * gradients[1]),
        "when ε times the gradient is recorded: that is the step, not the gradient",
        "Look at what you record as the gradient.",
        "Does a gradient depend on the learning rate?",
    ),
)

ZERO_GRAD_FORGOTTEN = mistake(
    "zero-grad-forgotten",
    "gradient_found",
    lambda ref, right, computed: (
        np.asarray(sum(pair[0] for pair in computed)),
        np.asarray(sum(pair[1] for pair in computed)),
    ),
    "when the gradients of earlier steps are not cleared: torch adds each new gradient to the one that is there",
    "Look at what .grad holds when a second step begins.",
    "backward() adds to .grad. Which call makes room for the next step?",
)

CLEARED_BEFORE_RECORDED = mistake(
    "gradient-cleared-before-recorded",
    "recorded_gradient",
    lambda ref, right, gradients, epsilon: None,
    "when the gradients are cleared before they are recorded: .grad is None then",
    "Look at the order of recording and zero_grad.",
    "What does zero_grad leave in .grad?",
)

# --- the update ------------------------------------------------------------------------------------------------


def _scaled_step(first: float, second: float) -> Callable[..., Pair]:
    def otherwise(ref: Any, right: Callable[..., Pair], found: Sequence[Pair], epsilon: float) -> Pair:
        one, two = right(found, epsilon)
        return first * one, second * two

    return otherwise


UPDATE: Mistakes = (
    mistake(
        "ascent",
        "step_taken",
        _scaled_step(-1, -1),
        "when the step is added: that climbs the loss. Exercise 1 added because it carried the negative gradient",
        "Look at the sign in your update.",
        "The gradient ∂E/∂w points uphill. Where do you want to go?",
    ),
    mistake(
        "learning-rate-left-out",
        "step_taken",
        lambda ref, right, found, epsilon: right(found, 1.0),
        "with the learning rate 1 instead of ε; in the network of this notebook, where ε = 1, nobody would notice",
        "Look at which learning rate your update uses.",
        "What should change when epsilon is 0.5?",
    ),
    mistake(
        "first-layer-not-updated",
        "step_taken",
        _scaled_step(0, 1),
        "when W1 stays as it is and only W2 is updated",
        "Look at which weights your update reaches.",
        "How many weight matrices learn?",
    ),
    mistake(
        "last-layer-not-updated",
        "step_taken",
        _scaled_step(1, 0),
        "when W2 stays as it is and only W1 is updated",
        "Look at which weights your update reaches.",
        "How many weight matrices learn?",
    ),
    mistake(
        "nothing-updated",
        "step_taken",
        _scaled_step(0, 0),
        "when no weight changes at all",
        "Look at what your update assigns to.",
        "Which object holds the weights that the next step computes with, and does your update reach it?",
    ),
    mistake(
        "weights-recorded-before-the-update",
        "recorded_weights",
        lambda ref, right, before, after: before,
        "when the weights are recorded before the update; they learn as they should",
        "Look at the order of update and record.",
        "Which weights should a record hold, those that the step began with or those that it made?",
    ),
    mistake(
        "starts-anew",
        "carried",
        lambda ref, right, start, after: start,
        "when every step starts from the given weights again, not from those that the step before has made",
        "Look at which weights the second step computes with.",
        "What must stand before the loop, and what inside?",
    ),
)

WEIGHTS_NOT_COPIED = mistake(
    "weights-not-copied",
    "weights_shown",
    lambda ref, right, recorded: [recorded[-1]] * len(recorded),
    "when the records share the layers' own weights: later updates change them too, so all show the last weights",
    "Look at how the weights get into your records.",
    "A tensor that changes in place changes for everyone who holds it. What does record(...) do about that?",
)

# --- only with an optimiser --------------------------------------------------------------------------------------


def _momentum(ref: Any, right: Callable[..., Pair], found: Sequence[Pair], epsilon: float) -> Pair:
    """Return the step of SGD with momentum 0.9, as torch computes it."""
    first, second = (np.zeros_like(gradient) for gradient in found[0])
    for pair in found:
        first, second = 0.9 * first + pair[0], 0.9 * second + pair[1]
    return epsilon * first, epsilon * second


def _adam(ref: Any, right: Callable[..., Pair], found: Sequence[Pair], epsilon: float) -> Pair:
    """Return the step of Adam with torch's defaults: Kingma and Ba, 2015, algorithm 1."""
    steps = []
    for layer in (0, 1):
        mean = square = np.zeros_like(found[0][layer])
        for pair in found:
            mean = 0.9 * mean + 0.1 * pair[layer]
            square = 0.999 * square + 0.001 * pair[layer] ** 2
        count = len(found)
        steps.append(epsilon * (mean / (1 - 0.9**count)) / (np.sqrt(square / (1 - 0.999**count)) + 1e-8))
    return steps[0], steps[1]


OPTIMISER: Mistakes = (
    mistake(
        "momentum",
        "step_taken",
        _momentum,
        "with momentum 0.9: the second step then also repeats most of the first",
        "Look at the arguments of your optimiser.",
        "Equation (7) knows one gradient, that of the present step. What does momentum remember?",
    ),
    mistake(
        "adam",
        "step_taken",
        _adam,
        "with an optimiser such as Adam, which divides every gradient by its own size first; SGD does not",
        "Look at which optimiser you make.",
        "Equation (7) is plain gradient descent. Which optimiser does exactly that?",
    ),
    mistake(
        "updated-twice",
        "step_taken",
        _scaled_step(2, 2),
        "when every step is taken twice",
        "Look at how often the weights are changed in one step.",
        "What does optimizer.step() already do?",
    ),
)

MODEL_NOT_TRAINED = mistake(
    "model-not-trained",
    "model_returned",
    lambda ref, right, start, end: start,
    "when the history comes from other weights: the model that is returned still has those that it was given",
    "Look at which model you return, and whose numbers you record.",
    "The records show weights that learn. Are they those of the model, or of other layers?",
)

BIASES = mistake(
    "biases-learned",
    "learns_biases",
    lambda ref, right: True,
    "when the layers have biases that start at zero: the first step cannot show them, but they learn",
    "Look at how your layers are made.",
    "How many parameters does your module have, and how many does the network of this notebook have?",
)
