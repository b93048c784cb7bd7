"""The mistakes that learners make in this exercise, one registry per task: a step of the reference done wrong each."""

from collections.abc import Mapping

from checks.judging.reference import Misconception
from checks.softmax_and_nll.misconceptions.element_wise import NLL_GRADIENT, SIGMOID, SIGMOID_DERIVATIVE
from checks.softmax_and_nll.misconceptions.one_layer import (
    GRADIENT_STEP,
    PREDICT,
    PREDICT_AFTER_STEP,
    SOFTMAX_GRADIENT,
)
from checks.softmax_and_nll.misconceptions.probabilities import NLLM, SOFTMAX
from checks.softmax_and_nll.misconceptions.two_layers_forward import HIDDEN_ACTIVATIONS, NETWORK_OUTPUT
from checks.softmax_and_nll.misconceptions.two_layers_step import OUTPUT_AFTER_STEP, UPDATED_W1, UPDATED_W2

MISCONCEPTIONS: Mapping[str, tuple[Misconception, ...]] = {
    "sigmoid": SIGMOID,
    "sigmoid_derivative": SIGMOID_DERIVATIVE,
    "nll_gradient": NLL_GRADIENT,
    "softmax": SOFTMAX,
    "nllm": NLLM,
    "softmax_gradient": SOFTMAX_GRADIENT,
    "predict": PREDICT,
    "gradient_step": GRADIENT_STEP,
    "predict_after_step": PREDICT_AFTER_STEP,
    "hidden_activations": HIDDEN_ACTIVATIONS,
    "network_output": NETWORK_OUTPUT,
    "updated_w2": UPDATED_W2,
    "updated_w1": UPDATED_W1,
    "output_after_step": OUTPUT_AFTER_STEP,
}
"""The registry of every task, in the order of the notebook."""
