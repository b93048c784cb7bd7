"""The mistakes that learners make in this exercise, one registry per task: a step of the reference done wrong each."""

from checks.frameworks.misconceptions.in_jax import BY_HAND, ENERGY_IGNORES_ITS_WEIGHTS, FLAX
from checks.frameworks.misconceptions.learning import (
    BIASES,
    CLEARED_BEFORE_RECORDED,
    MODEL_NOT_TRAINED,
    OPTIMISER,
    RECORDED,
    UPDATE,
    WEIGHTS_NOT_COPIED,
    ZERO_GRAD_FORGOTTEN,
)
from checks.frameworks.misconceptions.passing import Mistakes, by_hand, forward, loss, sloped

__all__ = ["BY_LAYERS", "FLAX_MODULE", "JAX_GRAD", "JAX_NUMPY", "SEQUENTIAL"]

_BY_FRAMEWORK = (*forward(sloped), *loss("loss_factor"), *RECORDED)

BY_LAYERS: Mistakes = (
    *_BY_FRAMEWORK,
    ZERO_GRAD_FORGOTTEN,
    CLEARED_BEFORE_RECORDED,
    *UPDATE,
    WEIGHTS_NOT_COPIED,
)
SEQUENTIAL: Mistakes = (
    *_BY_FRAMEWORK,
    ZERO_GRAD_FORGOTTEN,
    CLEARED_BEFORE_RECORDED,
    *UPDATE,
    *OPTIMISER,
    WEIGHTS_NOT_COPIED,
    MODEL_NOT_TRAINED,
)
JAX_NUMPY: Mistakes = (
    *forward(lambda function, slope: by_hand(function)),
    *loss("loss"),
    *RECORDED,
    *BY_HAND,
    *UPDATE,
)
JAX_GRAD: Mistakes = (*_BY_FRAMEWORK, *UPDATE, ENERGY_IGNORES_ITS_WEIGHTS)
FLAX_MODULE: Mistakes = (*_BY_FRAMEWORK, *UPDATE, *FLAX, BIASES, MODEL_NOT_TRAINED)
