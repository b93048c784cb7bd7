"""Mistakes in the forward pass and in the loss, which every section can make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.frameworks.reference import FORMULAS, Pair, sigmoid
from checks.judging.reference import Misconception, Override
from checks.observing.observation import Array

Mistakes = tuple[Misconception, ...]
"""A registry."""


def mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    """Return a mistake in one step of the reference; its equation is the step's."""
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS[step][0])


def sloped(function: Callable[[Array], Array], slope: Callable[[Array], Array]) -> Callable[..., Pair]:
    """Return an activation step with another function, whose own slope the framework differentiates."""
    return lambda ref, right, s: (function(s), slope(s))


def by_hand(function: Callable[[Array], Array]) -> Callable[..., Pair]:
    """Return an activation step with another function, while the slope written by hand stays the right one."""
    return lambda ref, right, s: (function(s), right(s)[1])


def ones(s: Array) -> Array:
    """Return the slope of the identity."""
    return np.ones_like(s)


def sigmoid_slope(s: Array) -> Array:
    """Return the derivative of the sigmoid."""
    return np.asarray(sigmoid(s) * (1 - sigmoid(s)))


def _above(s: Array, kink: float) -> Array:
    """Return the slope of max(kink, s); at the kink, where functions and frameworks differ, it is not predicted."""
    return np.where(s == kink, np.nan, np.asarray(s > kink, dtype=np.float64))


# --- the forward pass ------------------------------------------------------------------------------------------

_LOOK_HIDDEN = "Look at what happens between the weighted input of the hidden layer and its output."
_LOOK_OUTPUT = "Look at what happens to the weighted input of the last layer."


def forward(activation: Callable[..., Callable[..., Pair]]) -> Mistakes:
    """Return the mistakes in the forward pass; `activation` makes a step from a function and its slope."""
    return (
        mistake(
            "relu-left-out",
            "hidden_activation",
            activation(lambda s: s, ones),
            "when the hidden layer has no activation function",
            _LOOK_HIDDEN,
            "In the network of this notebook both hidden neurons are active, so there o⁽¹⁾ = s⁽¹⁾. What if a weighted "
            "input is negative?",
        ),
        mistake(
            "relu-at-one",
            "hidden_activation",
            activation(lambda s: np.maximum(s, 1), lambda s: _above(s, 1)),
            "with max(1, s) in the hidden layer in place of max(0, s)",
            _LOOK_HIDDEN,
            "What should the hidden neuron give for a weighted input of 0.5, and what does yours give?",
        ),
        mistake(
            "sigmoid-in-the-hidden-layer",
            "hidden_activation",
            activation(sigmoid, sigmoid_slope),
            "with the sigmoid in the hidden layer, where the ReLU belongs",
            _LOOK_HIDDEN,
            "Which of the two layers has outputs that can be larger than 1?",
        ),
        mistake(
            "output-activation-left-out",
            "output_activation",
            activation(lambda s: s, ones),
            "when the last layer has no activation function",
            _LOOK_OUTPUT,
            "Between which two numbers do the outputs of the network lie?",
        ),
        mistake(
            "relu-at-the-output",
            "output_activation",
            activation(lambda s: np.maximum(s, 0), lambda s: _above(s, 0)),
            "with the ReLU at the output, where the sigmoid belongs",
            _LOOK_OUTPUT,
            "Between which two numbers do the outputs of the network lie?",
        ),
    )


# --- the loss --------------------------------------------------------------------------------------------------

_LOOK_LOSS = "Look at what stands in front of the sum of squares."


def loss(through: str) -> Mistakes:
    """Return the mistakes in the loss's factor; with step `loss_factor` the gradients follow it, with `loss` not."""

    def scaled(factor: Callable[[Array], float]) -> Callable[..., Any]:
        if through == "loss_factor":
            return lambda ref, right, o2: factor(o2)
        return lambda ref, right, o2, t: np.asarray(factor(o2) * ((t - o2) ** 2).sum())

    return (
        mistake(
            "loss-mean",
            through,
            scaled(lambda o2: 1 / o2.size),
            "with the mean of the squared errors; for one sample and two outputs, as in exercise 1, that happens to "
            "be half their sum, and for no other size",
            _LOOK_LOSS,
            "By which number does a mean over N samples and K outputs divide?",
        ),
        mistake(
            "loss-mean-halved",
            through,
            scaled(lambda o2: 0.5 / o2.size),
            "with half the mean of the squared errors in place of half their sum",
            _LOOK_LOSS,
            "What does a loss do with the N K squared errors before you halve it?",
        ),
        mistake(
            "loss-mean-over-samples",
            through,
            scaled(lambda o2: 0.5 / len(o2)),
            "when half the sum is also divided by the number of samples",
            _LOOK_LOSS,
            "Should the loss of the same samples, given twice, be the same or twice as large?",
        ),
        mistake(
            "loss-not-halved",
            through,
            scaled(lambda o2: 1.0),
            "without the factor 1/2 in front of the sum",
            _LOOK_LOSS,
            "Which factor makes the derivative of a square free of a 2?",
        ),
    )
