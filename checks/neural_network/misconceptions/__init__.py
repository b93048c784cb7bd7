"""The mistakes that learners make in this exercise, one registry per task: a step of the reference done wrong each."""

from checks.neural_network.misconceptions.backward import BACKWARD
from checks.neural_network.misconceptions.forward import FORWARD
from checks.neural_network.misconceptions.loss import GET_LOSS
from checks.neural_network.misconceptions.training import TRAIN, TRAIN_VARIANTS
from checks.neural_network.misconceptions.update import APPLY_GRADIENTS

__all__ = ["APPLY_GRADIENTS", "BACKWARD", "FORWARD", "GET_LOSS", "TRAIN", "TRAIN_VARIANTS"]
