"""The mistakes that the checks of exercise 04 know, one tuple for each task, and the accepted unusual forms."""

from checks.layers_and_losses.misconceptions.criteria import ABS, BCE
from checks.layers_and_losses.misconceptions.layers import BATCH_LINEAR, RELU, TANH
from checks.layers_and_losses.misconceptions.network import TWO_LAYER_NETWORK
from checks.layers_and_losses.misconceptions.numerical import NUMERICAL_GRADIENT, NUMERICAL_VARIANTS
from checks.layers_and_losses.misconceptions.single_layer import (
    SINGLE_LAYER_STEP,
    SUMMED_GRADIENTS,
)
from checks.layers_and_losses.misconceptions.training import TRAIN_MINIBATCH, TRAIN_SGD, TRAIN_VARIANTS

__all__ = [
    "ABS",
    "BATCH_LINEAR",
    "BCE",
    "NUMERICAL_GRADIENT",
    "NUMERICAL_VARIANTS",
    "RELU",
    "SINGLE_LAYER_STEP",
    "SUMMED_GRADIENTS",
    "TANH",
    "TRAIN_MINIBATCH",
    "TRAIN_SGD",
    "TRAIN_VARIANTS",
    "TWO_LAYER_NETWORK",
]
