"""The student's network: is it usable, and a copy of it with the parameters of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from checks.neural_network.case import AFTERWARDS, BIAS, WEIGHT, NetworkCase
from checks.observing.arrays import as_array, described
from checks.observing.observation import Array, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.standing_in import method_standing_in
from checks.observing.watch import Halt, Record, same

PASS = ("last_input", "last_zin", "last_zout")
"""What a layer remembers of its last pass."""


def unusable_network(net: Any, check: str) -> Problem | None:
    """Return a problem if `net` is no network of the shape that the exercise gives, in one sentence."""
    example = f"{check}(NeuralNetwork(2, 1, [5, 3]))"
    if net is None or isinstance(net, type) or not hasattr(net, "__dict__"):
        return _unusable(f"{check} expects a network, as in {example}; it got {described(net)}.")
    for name in ("layers", "loss"):
        if not hasattr(net, name):
            return _unusable(
                f"{check} expects a network with .layers and .loss, but {described(net)} has no .{name}. "
                f"Run the given cells again and call {example}."
            )
    layers = net.layers
    if not isinstance(layers, list | tuple) or not layers:
        return _unusable(f"net.layers should be a list of NeuralLayers, but it is {described(layers)}.")
    width = None
    for number, layer in enumerate(layers, start=1):
        problem = _unusable_layer(layer, number)
        if problem:
            return problem
        n_in, n_out = as_array(layer.linear.weight).shape
        if width is not None and n_in != width:
            return _unusable(
                f"Layer {number} takes {n_in} inputs, but layer {number - 1} gives {width} outputs. "
                "Make a new network; the given cells build one whose layers fit."
            )
        width = n_out
    return None


def _unusable(sentence: str) -> Problem:
    return Problem(Trouble.UNUSABLE, sentence)


def _unusable_layer(layer: Any, number: int) -> Problem | None:
    """Return a problem if a layer lacks a part of the given NeuralLayer or its parameters do not fit."""
    for path in ("forward", "act", "linear", "linear.weight", "linear.bias"):
        part = layer
        for name in path.split("."):
            part = getattr(part, name, None)
        if part is None:
            return _unusable(
                f"Layer {number} should be a NeuralLayer, but it is {described(layer)} without .{path}. "
                "Run the given cells again and make a new network."
            )
    weights, biases = _array(layer.linear.weight), _array(layer.linear.bias)
    if weights is None or biases is None or weights.ndim != 2 or biases.shape != weights.shape[1:]:
        return _unusable(
            f"Layer {number} should have a weight of shape (in, out) and a bias of shape (out,), but they have "
            f"{_shape(weights)} and {_shape(biases)}. Make a new network."
        )
    return None


def _array(value: Any) -> Array | None:
    try:
        return as_array(value)
    except Exception:
        return None


def _shape(array: Array | None) -> str:
    return "no shape at all" if array is None else f"shape {array.shape}"


class NetworkCopy:
    """A new network of the student's class with a case's sizes and parameters."""

    def __init__(self, net: Any, case: NetworkCase):
        import torch

        self._torch = torch
        self._dtype = case.dtype
        torch.set_default_dtype(self.tensor(np.zeros(0)).dtype)  # the guard puts it back
        kind, (n_in, *hidden, n_out) = type(net), case.sizes
        made = f"{kind.__name__}({n_in}, {n_out}, {hidden})"
        try:
            self.net = kind(n_in, n_out, hidden)
        except Exception as error:
            raise Halt(
                Trouble.UNUSABLE,
                f"The check makes networks of other sizes, and {made} raises {type(error).__name__}: {error}. "
                "Keep the given constructor NeuralNetwork(input_size, output_size, hidden_sizes).",
            ) from None
        problem = unusable_network(self.net, "The check")
        if problem or len(self.net.layers) != len(case.weights):
            raise Halt(
                Trouble.UNUSABLE,
                f"The check makes networks of other sizes, and {made} did not get the layers it should. "
                "Run the given cells again.",
            )
        self.layers: list[Any] = list(self.net.layers)
        for layer, weights, biases in zip(self.layers, case.weights, case.biases, strict=True):
            layer.linear.weight, layer.linear.bias = self.tensor(weights), self.tensor(biases)
        self._loss, self._parts = self.net.loss, [(layer.act, layer.linear) for layer in self.layers]
        self._own: dict[str, Any] = {}
        self._told = False
        self.passes = 0

    def tensor(self, array: Array) -> Any:
        """Return a tensor of its own in the case's precision."""
        return self._torch.from_numpy(np.array(array, self._dtype))  # three times as fast as torch.tensor

    @contextmanager
    def forward_standing_in(self, forward: Callable[[Any], Any]) -> Iterator[None]:
        """Let `forward` be the one that is given, whatever the student wrote, and count the passes."""

        def counted(x: Any, *_: Any, **__: Any) -> Any:
            self.passes += 1
            return forward(x)

        self._own = {"forward": counted}
        with method_standing_in(self.net, "forward", lambda _: counted):
            yield

    def accept_any_gradient(self) -> None:
        """Let the setters take a gradient of any shape, so that a wrong one can be told by its values."""
        for layer in self.layers:
            layer.set_weight_gradient = self._setter(layer.linear, "weight_grad")
            layer.set_bias_gradient = self._setter(layer.linear, "bias_grad")

    def _setter(self, linear: Any, name: str) -> Any:
        def set_gradient(gradient: Any) -> None:
            setattr(linear, name, self._torch.as_tensor(gradient))

        return set_gradient

    def gradients(self) -> list[tuple[Any, Any]]:
        """Return the weight and bias gradient stored in every layer."""
        return [
            (getattr(layer.linear, "weight_grad", None), getattr(layer.linear, "bias_grad", None))
            for layer in self.layers
        ]

    def expect_intact(self, record: Record, call: str) -> None:
        """Note a problem if the network has lost or replaced its layers, their parts, or its loss."""
        layers = getattr(self.net, "layers", None)
        kept = isinstance(layers, list | tuple) and len(layers) == len(self.layers)
        if not kept or any(now is not then for now, then in zip(layers or (), self.layers, strict=False)):
            record.problem(
                Trouble.CHANGED, f"Your code replaces the network's layers; {call} should use them as they are."
            )
            return
        shadowed = shadowing(self.net, but=self._own)
        if shadowed:
            record.problem(Trouble.CHANGED, f"Your code replaces the network's method {shadowed}.")
        if getattr(self.net, "loss", None) is not self._loss:
            record.problem(
                Trouble.CHANGED,
                "Your code replaces self.loss, the network's criterion; give your result another name.",
            )
        for number, (layer, (act, linear)) in enumerate(zip(self.layers, self._parts, strict=True), start=1):
            if getattr(layer, "act", None) is not act or getattr(layer, "linear", None) is not linear:
                record.problem(
                    Trouble.CHANGED, f"Your code replaces a part of layer {number}; {call} should use it as it is."
                )

    def expect_same_parameters(self, record: Record, case: NetworkCase, advice: str) -> None:
        """Note a problem, once, if a weight or bias is not the case's any more, and record what it is now."""
        changed: list[Quantity] = []
        for number, layer in enumerate(self.layers, start=1):
            pairs = (
                (WEIGHT, case.weights[number - 1], getattr(layer.linear, "weight", None)),
                (BIAS, case.biases[number - 1], getattr(layer.linear, "bias", None)),
            )
            for kind, before, now in pairs:
                array = _array(now)
                if array is not None:
                    record.arrays.setdefault(Quantity(kind, number, aspect=AFTERWARDS), array)
                if not same(before, now):
                    changed.append(Quantity(kind, number))
        if changed and not self._told:
            self._told = True
            record.problem(Trouble.CHANGED, f"Your code changes {_listed(changed)}. {advice}")


def shadowing(net: Any, but: dict[str, Any]) -> str:
    """Return the name of a method that the instance hides, other than those in `but`, or an empty string."""
    hidden = [name for name, value in vars(net).items() if hasattr(type(net), name) and value is not but.get(name, net)]
    return hidden[0] if hidden else ""


def _listed(changed: list[Quantity]) -> str:
    first, *others = changed
    more = f" and {len(others)} more parameters" if len(others) > 1 else "".join(f" and the {one}" for one in others)
    return f"the {first}{more}"
