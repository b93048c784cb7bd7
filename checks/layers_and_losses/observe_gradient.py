"""Observe a student's numerical gradient, and test it as the test of layers that it is meant to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.layers_and_losses.cases import NetworkCase, NumericalCase, second_call
from checks.layers_and_losses.observe import reading
from checks.layers_and_losses.stand_in import ACTIVATIONS, RightActivation, RightLinear, set_parameters
from checks.observing.observation import Array, Observation
from checks.observing.watch import Record, missing_function, watched

BUGS = ("derivative of the sigmoid", "factor 2", "sum over the samples")
"""What the planted bugs of the checker's test leave out."""
RIGHT_PASSES = "verdict on right layers"


def planted(bug: str) -> str:
    """Name the verdict of a gradient check on a layer with a planted bug."""
    return f"verdict on layers without the {bug}"


def observe_numerical_gradient(numerical_gradient: Any, case: NumericalCase) -> Observation:
    """Observe the numerical gradient of a known loss, with two step sizes, and its verdicts on layers.

    A verdict is 1 if back-propagated and numerical gradients agree to 1e-3 and 0 if not: right layers have to pass, and
    bugs that are planted in them have to be found.
    """
    problem = missing_function(numerical_gradient, "numerical_gradient", "loss, parameter, epsilon=1e-5")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        for call, options in (("gradient", ()), (second_call("gradient"), (case.epsilon,))):
            w = case.given(case.start)
            returned = numerical_gradient(_without_argument(case, w), w, *options)
            advice = "Put each entry back before you go on to the next one."
            record.returned(call, _apart(returned, w), "numerical_gradient", "an array like the parameter")
            record.unchanged("the parameter", case.start, w, advice)
        if record.problems:
            return
        record.arrays[RIGHT_PASSES] = np.array(_verdict(numerical_gradient, case.layer, ""))
        for bug in BUGS:
            if bug != BUGS[2] or len(case.layer.x) > 1:
                record.arrays[planted(bug)] = np.array(_verdict(numerical_gradient, case.layer, bug))

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


def _verdict(numerical_gradient: Any, case: NetworkCase, bug: str) -> float:
    """Return 1.0 if the gradients of both layers agree with the numerical ones, where `bug` is left out."""
    layers: list[Any] = [
        RightLinear(*case.sizes[:2]),
        RightActivation(),
        RightLinear(*case.sizes[1:]),
        RightActivation(),
    ]
    set_parameters(layers, case)
    y = 0.5 * np.sign(case.g)

    def loss() -> float:
        a: Any = case.x
        for layer in layers:
            a = layer.forward(a)
        return float(((a - y) ** 2).sum())

    loss.__qualname__ = "loss"  # as error messages show it
    z1 = layers[0].forward(case.x)
    a1 = layers[1].forward(z1)
    z2 = layers[2].forward(a1)
    g = (1 if bug == BUGS[1] else 2) * (layers[3].forward(z2) - y) * ACTIVATIONS["sigmoid"][1](z2)
    g1 = g @ layers[2].weight.T * (1 if bug == BUGS[0] else ACTIVATIONS["sigmoid"][1](z1))
    counted = slice(0, 1) if bug == BUGS[2] else slice(None)
    gradients = (case.x.T @ g1, g1[counted].sum(axis=0), a1.T @ g, g[counted].sum(axis=0))
    for layer, names in ((0, (0, 1)), (2, (2, 3))):
        for name, number in zip(("weight", "bias"), names, strict=True):
            found = reading(numerical_gradient(loss, getattr(layers[layer], name)))
            right = gradients[number]
            if found is None or found.shape != right.shape:
                return 0.0
            if np.linalg.norm(found - right) > 1e-3 * (np.linalg.norm(found) + np.linalg.norm(right)):
                return 0.0
    return 1.0
