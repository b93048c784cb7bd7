"""Observe a student's numerical gradient: of a known loss, and of that of a network whose layers it is to test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.layers_and_losses.case import (
    BY_DIFFERENCES,
    NUMERICAL,
    PARAMETERS,
    NetworkCase,
    NumericalCase,
)
from checks.layers_and_losses.observe import reading
from checks.observing.observation import Array, Observation
from checks.observing.quantity import FIRST, SECOND
from checks.observing.watch import Record, missing_function, watched


def observe_numerical_gradient(numerical_gradient: Any, case: NumericalCase) -> Observation:
    """Observe the numerical gradient of a known loss, with two step sizes, and those of a network's parameters."""
    problem = missing_function(numerical_gradient, "numerical_gradient", "loss, parameter, epsilon=1e-5")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        for call, options in ((FIRST, ()), (SECOND, (case.epsilon,))):
            w = case.given(case.start)
            returned = numerical_gradient(_without_argument(case, w), w, *options)
            advice = "Put each entry back before you go on to the next one."
            quantity = BY_DIFFERENCES.in_call(call)
            record.returned(quantity, _apart(returned, w), "numerical_gradient", "an array like the parameter")
            record.unchanged("the parameter", case.start, w, advice)
        if record.problems:
            return
        _observe_on_layers(record, numerical_gradient, case.layer)

    return watched(run, numerical_gradient)


def _without_argument(case: NumericalCase, w: Array) -> Callable[[], float]:
    """Return the loss as a function without arguments, which reads the present values of w."""

    def loss() -> float:
        return case.loss(w)

    loss.__qualname__ = "loss"  # as error messages show it
    return loss


def _apart(returned: Any, w: Array) -> Any:
    """Return a copy of what was returned, so that it is what it was even if it shares memory with the parameter."""
    return returned.copy() if isinstance(returned, np.ndarray) and np.shares_memory(returned, w) else returned


def _observe_on_layers(record: Record, numerical_gradient: Any, case: NetworkCase) -> None:
    """Observe the numerical gradients of the squared errors of a network; one of a wrong shape is left out."""
    from checks.layers_and_losses.lent import RightActivation, RightLinear, passed, set_parameters

    n_in, hidden, out = case.sizes
    layers: list[Any] = [RightLinear(n_in, hidden), RightActivation(), RightLinear(hidden, out), RightActivation()]
    set_parameters(layers, case)

    def loss() -> float:
        return float(((passed(layers, case.x)[-1] - case.labels) ** 2).sum())

    loss.__qualname__ = "loss"  # as error messages show it
    parameters = (layers[0].weight, layers[0].bias, layers[2].weight, layers[2].bias)
    for quantity, parameter in zip(PARAMETERS, parameters, strict=True):
        found = reading(numerical_gradient(loss, parameter))
        if found is not None and found.shape == parameter.shape:
            record.arrays[quantity._replace(aspect=NUMERICAL)] = found
