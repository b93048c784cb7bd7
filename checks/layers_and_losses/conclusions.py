"""What follows from what was seen, where observing itself must not know what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from checks.judging.task import Probe
from checks.layers_and_losses.case import NUMERICAL, PARAMETERS, SAMPLE_BY_SAMPLE, NetworkCase
from checks.layers_and_losses.lent import sigmoid, sigmoid_derivative
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

BUGS = ("derivative of the sigmoid", "factor 2", "sum over the samples")
"""What the planted bugs of the checker's test leave out."""
RIGHT_PASSES = Quantity("verdict on right layers")


def planted(bug: str) -> Quantity:
    """Return the verdict of a gradient check on a layer with a planted bug."""
    return Quantity("verdict on layers", aspect=f"without the {bug}")


def _with_arrays(probe: Probe, arrays: Mapping[Quantity, Array]) -> Probe:
    return replace(probe, observation=replace(probe.observation, arrays=arrays))


def summed_over_samples(probe: Probe) -> Probe:
    """Return a probe of a network with the gradients of whole batches, where layers kept those of each sample."""
    arrays: dict[Quantity, Array] = {}
    for quantity, array in probe.observation.arrays.items():
        apart = quantity.aspect == SAMPLE_BY_SAMPLE
        arrays[quantity._replace(aspect="") if apart else quantity] = array.sum(axis=0) if apart else array
    return _with_arrays(probe, arrays)


def with_verdicts_on_layers(probe: Probe) -> Probe:
    """Return a probe of a numerical gradient with its verdicts on layers.

    A verdict is 1 if back-propagated and numerical gradients agree to 1e-3 and 0 if not: right layers have to pass, and
    bugs that are planted in them have to be found.
    """
    arrays = dict(probe.observation.arrays)
    found = [arrays.pop(parameter._replace(aspect=NUMERICAL), None) for parameter in PARAMETERS]
    if not probe.observation.problems:
        layers: NetworkCase = probe.case.layer
        arrays[RIGHT_PASSES] = _verdict(found, _gradients(layers, ""))
        arrays |= {planted(bug): _verdict(found, _gradients(layers, bug)) for bug in bugs(layers)}
    return _with_arrays(probe, arrays)


def bugs(case: NetworkCase) -> tuple[str, ...]:
    """Return the bugs that show in the gradients of a network's case."""
    return BUGS if len(case.x) > 1 else BUGS[:2]


def _gradients(case: NetworkCase, bug: str) -> tuple[Array, Array, Array, Array]:
    """Return the gradients of the squared errors with respect to all parameters, where `bug` is left out."""
    w1, b1, w2, b2 = case.parameters
    z1 = case.x @ w1 + b1
    a1 = sigmoid(z1)
    z2 = a1 @ w2 + b2
    g2 = (1 if bug == BUGS[1] else 2) * (sigmoid(z2) - case.labels) * sigmoid_derivative(z2)
    g1 = g2 @ w2.T * (1 if bug == BUGS[0] else sigmoid_derivative(z1))
    counted = slice(0, 1) if bug == BUGS[2] else slice(None)
    return case.x.T @ g1, g1[counted].sum(axis=0), a1.T @ g2, g2[counted].sum(axis=0)


def _verdict(found: list[Array | None], gradients: tuple[Array, ...]) -> Array:
    for came, right in zip(found, gradients, strict=True):
        if came is None or came.shape != right.shape:
            return np.array(0.0)
        if np.linalg.norm(came - right) > 1e-3 * (np.linalg.norm(came) + np.linalg.norm(right)):
            return np.array(0.0)
    return np.array(1.0)
