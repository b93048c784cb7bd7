"""The mistakes that learners make in this exercise, one registry per task: a step of the reference done wrong each."""

from checks.softmax_and_nll.misconceptions.element_wise import NLL_GRADIENT, SIGMOID, SIGMOID_DERIVATIVE
from checks.softmax_and_nll.misconceptions.one_layer import (
    GRADIENT_STEP,
    PREDICT,
    PREDICT_AFTER_STEP,
    SOFTMAX_GRADIENT,
)
from checks.softmax_and_nll.misconceptions.probabilities import NLLM, SOFTMAX
from checks.softmax_and_nll.misconceptions.two_layers_forward import HIDDEN_ACTIVATIONS, NETWORK_OUTPUT
from checks.softmax_and_nll.misconceptions.two_layers_step import (
    FOLLOWED,
    FOLLOWED_BOTH,
    FOLLOWED_HIDDEN,
    FOLLOWED_OUTPUT,
    OUTPUT_AFTER_STEP,
    UPDATED_W1,
    UPDATED_W2,
)

__all__ = [
    "FOLLOWED",
    "FOLLOWED_BOTH",
    "FOLLOWED_HIDDEN",
    "FOLLOWED_OUTPUT",
    "GRADIENT_STEP",
    "HIDDEN_ACTIVATIONS",
    "NETWORK_OUTPUT",
    "NLLM",
    "NLL_GRADIENT",
    "OUTPUT_AFTER_STEP",
    "PREDICT",
    "PREDICT_AFTER_STEP",
    "SIGMOID",
    "SIGMOID_DERIVATIVE",
    "SOFTMAX",
    "SOFTMAX_GRADIENT",
    "UPDATED_W1",
    "UPDATED_W2",
]
