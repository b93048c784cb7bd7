"""Mistakes in the tasks with one layer, and the unusual ways of writing them that are right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.judging.reference import Misconception, Override, Variant
from checks.layers_and_losses.reference_single_layer import FORMULAS


def _mistake(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override(step, otherwise), says, look, think, FORMULAS[step][0])


SUMMED_GRADIENTS = (
    _mistake(
        "last-sample-only",
        "samples",
        lambda ref, right, number: right(number)[-1:],
        "with the gradients of the last sample only",
        "Look at what your loop does to the gradients of the sample before.",
        "backward stores new gradients each time. Where do you keep the sum?",
    ),
    _mistake(
        "first-sample-only",
        "samples",
        lambda ref, right, number: right(number)[:1],
        "with the gradients of the first sample only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
    _mistake(
        "first-sample-again-and-again",
        "samples",
        lambda ref, right, number: [0] * number,
        "when the first sample has its turn every time",
        "Look at the index of the sample in your loop.",
        "Does the index change from turn to turn?",
    ),
    _mistake(
        "last-sample-skipped",
        "samples",
        lambda ref, right, number: right(number)[:-1],
        "without the last sample",
        "Look at the bounds of your loop.",
        "How many numbers does range(len(x) - 1) have?",
    ),
    _mistake(
        "first-sample-skipped",
        "samples",
        lambda ref, right, number: right(number)[1:],
        "without the first sample",
        "Look at the bounds of your loop.",
        "Where does Python start to count?",
    ),
    _mistake(
        "gradients-averaged",
        "added",
        lambda ref, right, terms: right(terms) / len(terms),
        "when both gradients are divided by the number of samples; losses are plain sums here",
        "Look at what happens to the sum.",
        "The gradient of a batch is the sum over its samples, says the boxed convention. And yours?",
    ),
    _mistake(
        "gradients-not-added",
        "added",
        lambda ref, right, terms: np.array(terms),
        "when the gradients of the samples are listed one after the other instead of added",
        "Look at the shapes of what you return.",
        "A gradient has the shape of its parameter. Which shape does the weight have?",
    ),
    _mistake(
        "weight-averaged",
        "weight_sum",
        lambda ref, right, terms: right(terms) / len(terms),
        "when the weight gradient is divided by the number of samples, where the losses are summed",
        "Look at what happens to the sum.",
        "Losses are plain sums here. Where should a 1/N come from?",
    ),
    _mistake(
        "bias-averaged",
        "bias_sum",
        lambda ref, right, terms: right(terms) / len(terms),
        "when the bias gradient is divided by the number of samples, where the losses are summed",
        "Look at what happens to the sum.",
        "Losses are plain sums here. Where should a 1/N come from?",
    ),
    _mistake(
        "weight-of-the-last-sample",
        "weight_sum",
        lambda ref, right, terms: terms[-1],
        "with the weight gradient of the last sample only",
        "Look at what your loop does to the weight gradient of the sample before.",
        "What has become of all the other samples?",
    ),
    _mistake(
        "bias-of-the-last-sample",
        "bias_sum",
        lambda ref, right, terms: terms[-1],
        "with the bias gradient of the last sample only",
        "Look at what your loop does to the bias gradient of the sample before.",
        "What has become of all the other samples?",
    ),
    _mistake(
        "bias-of-one-sample",
        "bias_sum",
        lambda ref, right, terms: terms[0],
        "with the bias gradient of the first sample only",
        "Look at which rows of grad_output your bias gradient uses.",
        "What has become of all the other samples?",
    ),
    _mistake(
        "bias-not-summed",
        "bias_sum",
        lambda ref, right, terms: np.array(terms),
        "when the bias gradient still has one row for every sample",
        "Look at the shape of your bias gradient.",
        "The same bias is added to every row. How many rows does it influence?",
    ),
    _mistake(
        "bias-summed-over-outputs",
        "bias_sum",
        lambda ref, right, terms: np.sum(terms, axis=1),
        "when the bias gradient is summed over the outputs instead of over the samples",
        "Look at the axis of your sum.",
        "Which axis of grad_output counts the samples?",
    ),
    _mistake(
        "bias-one-number",
        "bias_sum",
        lambda ref, right, terms: np.sum(terms),
        "when the bias gradient is summed to a single number",
        "Look at the axis of your sum.",
        "How many biases does the layer have?",
    ),
    _mistake(
        "weight-transposed",
        "weight_term",
        lambda ref, right, x, g: np.outer(g, x),
        "when the weight gradient is transposed: (out, in) instead of (in, out)",
        "Look at the order of the two factors.",
        "Which shape does the weight have?",
    ),
    _mistake(
        "results-swapped",
        "returned",
        lambda ref, right, weight, bias: (bias, weight),
        "when the bias gradient is returned first and the weight gradient second",
        "Look at the order in which you return the two.",
        "Which pair does the docstring ask for?",
    ),
)
"""Mistakes in `summed_gradients`."""

SINGLE_LAYER_STEP = (
    _mistake(
        "bias-left-out",
        "weighted_input",
        lambda ref, right, layer, x: x @ layer[0],
        "without the bias: z is x W alone",
        "Look at the weighted input.",
        "Which method of the layer computes x W + b?",
    ),
    _mistake(
        "activation-left-out",
        "activation",
        lambda ref, right, z: z,
        "when the loss compares the weighted input z with the label, without the sigmoid",
        "Look at what you hand to the criterion.",
        "Between which two numbers does a prediction of this network lie?",
    ),
    _mistake(
        "activation-applied-twice",
        "activation",
        lambda ref, right, z: right(right(z)),
        "with the sigmoid applied twice",
        "Look at how often the sigmoid's forward is called.",
        "What goes into the sigmoid, and what comes out?",
    ),
    _mistake(
        "derivative-left-out",
        "activation_derivative",
        lambda ref, right, z, p: np.ones_like(z),
        "without the derivative of the sigmoid: its backward is left out",
        "Look at what the layer's backward is given.",
        "Two parts lie between x and p. Did the backward of both run?",
    ),
    _mistake(
        "output-for-input",
        "activation_derivative",
        lambda ref, right, z, p: right(p, p),
        "when the sigmoid's backward is given its output p instead of its input z",
        "Look at the first argument of the sigmoid's backward.",
        "backward(x, grad_output) wants what went into the layer. Which of z and p is that?",
    ),
    _mistake(
        "value-for-derivative",
        "activation_derivative",
        lambda ref, right, z, p: p,
        "with the sigmoid itself where its derivative belongs",
        "Look at the factor between ∂L/∂p and ∂L/∂z.",
        "Equation (6) has two factors beside g. Which one is missing?",
    ),
    _mistake(
        "loss-averaged",
        "loss",
        lambda ref, right, p, y: right(p, y) / p.size,
        "when the loss is averaged over the outputs; losses are plain sums here",
        "Look at what happens to the sum of the squares.",
        "Mean or sum: what does the boxed convention say?",
    ),
    _mistake(
        "loss-halved",
        "loss",
        lambda ref, right, p, y: right(p, y) / 2,
        "with a factor ½ in the loss",
        "Look at the factors in your loss.",
        "Mean, half or sum: what does the boxed convention say?",
    ),
    _mistake(
        "prediction-returned",
        "loss_returned",
        lambda ref, right, before, after, x, y: ref.activation(ref.weighted_input(before, x)),
        "when the prediction is returned and not the loss",
        "Look at what your function returns.",
        "How well the layer did is one number. Which part of the box computes it?",
    ),
    _mistake(
        "two-left-out",
        "loss_gradient",
        lambda ref, right, p, y: right(p, y) / 2,
        "without the factor 2 in the gradient of the squared error",
        "Look at the derivative of the loss.",
        "What is the derivative of d²?",
    ),
    _mistake(
        "gradient-averaged",
        "loss_gradient",
        lambda ref, right, p, y: right(p, y) / p.size,
        "when the gradient is divided by the number of outputs; losses are plain sums here",
        "Look at the factors in your gradient.",
        "Mean or sum: what does the boxed convention say?",
    ),
    _mistake(
        "loss-for-its-gradient",
        "loss_gradient",
        lambda ref, right, p, y: np.full_like(p, ref.loss(p, y)),
        "when the way back starts with the loss instead of its gradient",
        "Look at what the sigmoid's backward is given as grad_output.",
        "Which of the criterion's two methods starts the way back?",
    ),
    _mistake(
        "loss-gradient-left-out",
        "loss_gradient",
        lambda ref, right, p, y: np.ones_like(p),
        "when the way back starts with 1 instead of the gradient of the loss",
        "Look at what the sigmoid's backward is given as grad_output.",
        "Which of the criterion's two methods starts the way back?",
    ),
    _mistake(
        "shortcut-of-another-loss",
        "error_signal",
        lambda ref, right, z, p, y: p - y,
        "with the error signal p - y, which belongs to the cross-entropy; the loss here is the squared error",
        "Look at what the layer's backward is given.",
        "With which loss does the slope of the sigmoid cancel? Is it the one of this layer?",
    ),
    _mistake(
        "ascent",
        "rate",
        lambda ref, right: -right(),
        "with a step uphill: the gradient is added, or the criterion is given (labels, predictions)",
        "Look at the sign of your update, and at the order of the criterion's arguments.",
        "The gradient points uphill. Where do you want to go?",
    ),
    _mistake(
        "learning-rate-left-out",
        "rate",
        lambda ref, right: 1.0,
        "without the learning rate: a step is the whole gradient",
        "Look at how long a step is.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "learning-rate-ignored",
        "rate",
        lambda ref, right: 0.1,
        "with the learning rate 0.1, whatever is given as `learning_rate`",
        "Look at how long a step is.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "learning-rate-of-the-notebook",
        "rate",
        lambda ref, right: 0.5,
        "with the learning rate 0.5, whatever is given as `learning_rate`",
        "Look at how long a step is.",
        "Which of your function's arguments is never used?",
    ),
    _mistake(
        "layer-not-updated",
        "updated",
        lambda ref, right, layer, gradients: layer,
        "when the layer is never updated: weight and bias are what they were",
        "Look at what happens after backward.",
        "backward only stores gradients. Who uses them?",
    ),
    _mistake(
        "bias-not-updated",
        "updated",
        lambda ref, right, layer, gradients: (right(layer, gradients)[0], layer[1]),
        "when the weight is updated and the bias is not",
        "Look at which parameters you update.",
        "How many kinds of parameters does a linear layer have?",
    ),
    _mistake(
        "weight-not-updated",
        "updated",
        lambda ref, right, layer, gradients: (layer[0], right(layer, gradients)[1]),
        "when the bias is updated and the weight is not",
        "Look at which parameters you update.",
        "How many kinds of parameters does a linear layer have?",
    ),
    _mistake(
        "gradient-for-parameter",
        "updated",
        lambda ref, right, layer, gradients: gradients,
        "when the gradients themselves take the places of weight and bias",
        "Look at what you assign to linear.weight.",
        "A step starts somewhere. Where is the old weight in your update?",
    ),
)
"""Mistakes in `single_layer_step`."""

SINGLE_LAYER_VARIANTS = (
    Variant(
        "loss-after-the-step",
        Override(
            "loss_returned",
            lambda ref, right, before, after, x, y: right(after, after, x, y),
        ),
        "You return the loss after the step, from a forward pass of its own. It counts as right, but asked for is the "
        "loss before the step, which the step has computed anyway.",
    ),
)
"""Right answers of `single_layer_step` in an unusual form."""
