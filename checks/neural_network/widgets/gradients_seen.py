"""The gradients of a student's network on the student's own data, beside the right ones."""

from __future__ import annotations

import copy
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from checks.judging.comparing import Comparison, compare, tolerance_for
from checks.neural_network.case import BIAS_GRADIENT, WEIGHT_GRADIENT, NetworkCase
from checks.neural_network.lent import given_layers_standing_in
from checks.neural_network.network import NetworkCopy, unusable_network
from checks.neural_network.reference import BackwardReference
from checks.neural_network.widgets.given_arrays import numbers_in
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.autodiff import SENTENCE, autodiff_watched
from checks.observing.observation import Array, Observation, Trouble, single_precision
from checks.observing.quantity import Quantity
from checks.observing.watch import Halt, Record, missing_method, watched

SECONDS = 5.0
"""How long a student's code may take on the student's own data."""


class Standing(StrEnum):
    """How the gradients of a layer stand."""

    RIGHT = "right"
    STARTS = "the error starts here"
    WRONG = "wrong"
    UNSET = "not set"


@dataclass(frozen=True)
class Gradients:
    """The weight and the bias gradient of one layer, counted from 1, as compared with the right ones."""

    layer: int
    weight: Comparison
    bias: Comparison
    standing: Standing


@dataclass(frozen=True)
class Seen:
    """What `backward` stored, layer by layer from the first, and the problem that kept it from its end, if any."""

    layers: tuple[Gradients, ...]
    problem: str
    sizes: tuple[int, ...]

    @property
    def start(self) -> int:
        """The layer where the error starts, or the last one where there is none."""
        return next((g.layer for g in reversed(self.layers) if g.standing is not Standing.RIGHT), len(self.layers))


def gradients_seen(net: Any, x: Any, y: Any) -> Seen:
    """Run `backward` on a copy of the network and compare what it stores with the reference.

    Raises:
        TypeError: if `net` is no network.
        ValueError: if the data do not fit the network, a number of either is not finite, or an activation fails.
    """
    if net is None or isinstance(net, type) or not hasattr(net, "layers"):
        raise TypeError(
            "inspect_gradients expects a network and its data, as in "
            f"inspect_gradients(NeuralNetwork(2, 1, [5, 3]), x, y); instead of a network it got {described(net)}."
        )
    unusable = unusable_network(net, "inspect_gradients")
    if unusable:
        raise TypeError(unusable.sentence)
    case = _case(net, x, y)
    observation = _observed(net, case)

    def compared(quantity: Quantity) -> Comparison:
        came = observation.arrays.get(quantity)
        tolerance = tolerance_for(came, case.dtype is np.float32)
        return compare(quantity, right[quantity], came, tolerance=tolerance, samples=case.batch)

    layers: list[Gradients] = []
    with np.errstate(all="ignore"):
        right = _right_gradients(_OwnActivations(case, net), case)
        for layer in range(len(case.weights), 0, -1):
            pair = compared(Quantity(WEIGHT_GRADIENT, layer)), compared(Quantity(BIAS_GRADIENT, layer))
            started = any(above.standing is not Standing.RIGHT for above in layers)
            standing = Standing.WRONG if started else Standing.STARTS
            if all(comparison.right for comparison in pair):
                standing = Standing.RIGHT
            elif all(comparison.came is None for comparison in pair):
                standing = Standing.UNSET
            layers.append(Gradients(layer, *pair, standing))
    problem = observation.problems[0].sentence if observation.problems else ""
    return Seen(tuple(reversed(layers)), problem, case.sizes)


def _case(net: Any, x: Any, y: Any) -> NetworkCase:
    """Return the network's own parameters and data as a case."""
    weights = tuple(as_array(layer.linear.weight) for layer in net.layers)
    biases = tuple(as_array(layer.linear.bias) for layer in net.layers)
    sizes = (weights[0].shape[0], *(w.shape[1] for w in weights))
    data = []
    for name, value, width in (("x", x, sizes[0]), ("y", y, sizes[-1])):
        array = numbers_in(name, value).astype(np.float64)
        if array.ndim != 2 or array.shape[1] != width or not len(array):
            flat = f" Write {name}.reshape(-1, 1)." if array.ndim == 1 and width == 1 else ""
            raise ValueError(
                f"{name} should have one row per sample and {width} columns for this network, shape (N, {width}), "
                f"but it has {array.shape}.{flat}"
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{name} should hold finite numbers, but some are nan or inf.")
        data.append(array)
    if not all(np.isfinite(array).all() for array in (*weights, *biases)):
        raise ValueError(
            "The weights of this network are not finite any more, as after a training that diverged, so there are no "
            "gradients to compare. Inspect a new one, NeuralNetwork(...)."
        )
    given_x, given_y = data
    if len(given_x) != len(given_y):
        raise ValueError(
            f"x and y should have as many rows, one per sample, but they have {len(given_x)} and {len(given_y)}."
        )
    return NetworkCase(
        sizes=sizes,
        weights=tuple(w.astype(np.float64) for w in weights),
        biases=tuple(b.astype(np.float64) for b in biases),
        x=given_x,
        y=given_y,
        second_x=given_x,
        second_y=given_y,
        stale_x=given_x,
        steps=((), ()),
        learning_rates=(0.0, 0.0),
        train_rate=0.0,
        epochs=0,
        dtype=np.float32 if any(map(single_precision, weights)) else np.float64,
    )


class _OwnNetwork(NetworkCopy):
    """A deep copy of the student's network, with its parameters as they are and no gradients stored."""

    def __init__(self, net: Any, dtype: Any) -> None:
        import torch

        self._torch, self._dtype = torch, dtype
        try:
            self.net = copy.deepcopy(net)
        except Exception as error:
            raise Halt(
                Trouble.UNUSABLE,
                f"This network could not be copied ({type(error).__name__}). Inspect a new one, NeuralNetwork(...).",
            ) from None
        self.layers = list(self.net.layers)
        self._own, self.passes = {}, 0
        for layer in self.layers:
            layer.linear.weight_grad = layer.linear.bias_grad = None


def _observed(net: Any, case: NetworkCase) -> Observation:
    """Observe `backward` with the given layers as forward pass, or with the student's own where it needs that."""
    problem = missing_method(net, "backward")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record, isolated: bool) -> None:
        own = _OwnNetwork(net, case.dtype)
        own.accept_any_gradient()
        used: list[bool] = []
        try:
            with (
                given_layers_standing_in(own) if isolated else nullcontext(),
                autodiff_watched(lambda: used.append(True)),
            ):
                own.net.backward(own.tensor(case.x), own.tensor(case.y))
        finally:
            for number, pair in enumerate(own.gradients(), start=1):
                record.quantity(Quantity(WEIGHT_GRADIENT, number), pair[0])
                record.quantity(Quantity(BIAS_GRADIENT, number), pair[1])
            if used:
                record.problem(Trouble.AUTODIFF, SENTENCE)

    method = type(net).backward
    observation = watched(lambda record: run(record, True), method, seconds=SECONDS)
    if observation.raised and callable(getattr(type(net), "forward", None)):
        once_more = watched(lambda record: run(record, False), method, seconds=SECONDS)
        if not once_more.problems:
            return once_more
    return observation


class _OwnActivations(BackwardReference):
    """The reference with the activation of each of the student's layers."""

    def __init__(self, case: NetworkCase, net: Any) -> None:
        super().__init__(case)
        self._acts = [layer.act for layer in net.layers]

    def activation(self, layer: int = 0) -> Array:  # type: ignore[override] # a formula, done otherwise
        """Return A(l), equation (2)."""
        return self._asked(self._acts[layer - 1].forward, self.known["Z", layer])

    def activation_derivative(self, layer: int = 0) -> Array:  # type: ignore[override] # as above
        """Return the derivative of a layer's activation at its pre-activation."""
        return self._asked(self._acts[layer - 1].get_gradient, self.known["Z", layer])

    def _asked(self, function: Any, z: Array) -> Array:
        import torch

        value = function(torch.tensor(z, dtype=torch.float64))
        try:
            array = as_array(value)
        except NotAnArrayError as problem:
            raise Halt(Trouble.WRONG_TYPE, f"It returned {problem} where an array of numbers belongs.") from None
        if array.shape != z.shape:
            raise Halt(Trouble.WRONG_TYPE, f"It returned shape {array.shape} for an argument of shape {z.shape}.")
        return array


def _right_gradients(reference: BackwardReference, case: NetworkCase) -> dict[Quantity, Array]:
    """Return the right gradients; the activations they need are the student's code, too.

    Raises:
        ValueError: if an activation fails, with the sentence that says how.
    """
    found: dict[Quantity, Array] = {}
    observation = watched(
        lambda _: found.update(reference.gradients(reference.forward(case.x), case.y)), None, seconds=SECONDS
    )
    if observation.problems:
        raise ValueError(
            "The right gradients of this network cannot be computed, because an activation of its layers fails. "
            f"{observation.problems[0].sentence}"
        )
    return found
