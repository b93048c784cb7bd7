"""Observe a student's network: its forward pass, loss, gradients, update and training, one at a time.

Each is isolated from the others. `get_loss` and `backward` run on a copy of the network whose forward pass is the
given layers in order, so a wrong `forward` cannot spoil them; `train` gets a stand-in whose methods all work.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.neural_network.cases import NetworkCase, bias, bias_gradient, weight, weight_gradient
from checks.neural_network.stand_in import StandIn
from checks.observing.arrays import as_array, described
from checks.observing.autodiff import no_autodiff
from checks.observing.observation import Array, Observation, Problem, Trouble
from checks.observing.watch import Halt, Record, missing_function, missing_method, watched

PASS = ("last_input", "last_zin", "last_zout")
"""What a layer remembers of its last pass."""


# --- is this a network at all? ---------------------------------------------------------------------------------


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


# --- a copy of the network for one case ------------------------------------------------------------------------


class _Copy:
    """A new network of the student's class with the case's sizes and parameters."""

    def __init__(self, net: Any, case: NetworkCase):
        import torch

        self._torch = torch
        self._dtype = torch.float32 if case.dtype is np.float32 else torch.float64
        torch.set_default_dtype(self._dtype)  # the guard puts it back
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

    def tensor(self, array: Array) -> Any:
        """Return a tensor of its own in the case's precision."""
        return self._torch.tensor(array, dtype=self._dtype)

    def isolate_forward(self) -> None:
        """Let `forward` be the given layers in order, whatever the student wrote."""

        def forward(x: Any) -> Any:
            for layer in self.layers:
                x = layer.forward(x)
            return x

        self.net.forward = forward

    def accept_any_gradient(self) -> None:
        """Let the setters take a gradient of any shape, so that a wrong one can be told by its values."""
        for layer in self.layers:
            layer.set_weight_gradient = _setter(layer.linear, "weight_grad")
            layer.set_bias_gradient = _setter(layer.linear, "bias_grad")

    def parameters(self) -> list[tuple[Any, Any]]:
        """Return weight and bias of every layer as they are now."""
        return [(_tensor_copy(layer.linear.weight), _tensor_copy(layer.linear.bias)) for layer in self.layers]

    def expect_same_layers(self, record: Record, call: str) -> None:
        """Note a problem if the network's list of layers is not the one it had."""
        layers = getattr(self.net, "layers", None)
        same = isinstance(layers, list | tuple) and len(layers) == len(self.layers)
        if not same or any(now is not then for now, then in zip(layers or (), self.layers, strict=False)):
            record.problem(
                Trouble.CHANGED, f"Your code replaces the network's layers; {call} should use them as they are."
            )

    def expect_same_parameters(self, record: Record, before: list[tuple[Any, Any]], advice: str) -> None:
        """Note a problem if a weight or bias has changed, and record what they are now."""
        changed = []
        for number, (layer, old) in enumerate(zip(self.layers, before, strict=True), start=1):
            now = (_array(layer.linear.weight), _array(layer.linear.bias))
            for name, was, current in zip((weight(number), bias(number)), old, now, strict=True):
                if current is not None:
                    record.arrays[f"{name} afterwards"] = current
                if current is None or not np.array_equal(was, current):
                    changed.append(name)
        if changed:
            record.problem(Trouble.CHANGED, f"Your code changes {_listed(changed)}. {advice}")


def _setter(linear: Any, name: str) -> Any:
    def set_gradient(gradient: Any) -> None:
        setattr(linear, name, gradient)

    return set_gradient


def _tensor_copy(value: Any) -> Array | None:
    array = _array(value)
    return None if array is None else array.copy()


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 1} more parameters" if len(names) > 2 else f" and the {names[1]}" if names[1:] else ""
    return f"the {names[0]}{more}"


def _expect_same_data(record: Record, **data: tuple[Array, Any]) -> None:
    for name, (before, after) in data.items():
        record.unchanged(name, before.astype(as_array(after).dtype), after, f"Work on a copy, {name}.clone(), instead.")


# --- the five observations -------------------------------------------------------------------------------------


def observe_forward(net: Any, case: NetworkCase) -> Observation:
    """Observe the prediction of `net.forward(x)` and what every layer remembers of the pass."""
    problem = unusable_network(net, "check_forward") or missing_method(net, "forward")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        copy = _Copy(net, case)
        x, before = copy.tensor(case.x), copy.parameters()
        prediction = copy.net.forward(x)
        record.returned("prediction", prediction, "forward", "the output of the last layer, of shape (batch, out)")
        for number, layer in enumerate(copy.layers, start=1):
            for name in PASS:
                record.quantity(f"{name} of layer {number}", getattr(layer, name, None))
        copy.expect_same_layers(record, "forward")
        copy.expect_same_parameters(record, before, "forward only computes.")
        _expect_same_data(record, x=(case.x, x))

    return watched(run, type(net).forward)


def observe_get_loss(net: Any, case: NetworkCase) -> Observation:
    """Observe the loss that `net.get_loss(x, y)` returns."""
    problem = unusable_network(net, "check_get_loss") or missing_method(net, "get_loss")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        copy = _Copy(net, case)
        copy.isolate_forward()
        x, y, before = copy.tensor(case.x), copy.tensor(case.y), copy.parameters()
        record.returned("loss", copy.net.get_loss(x, y), "get_loss", "the loss, a single number")
        copy.expect_same_layers(record, "get_loss")
        copy.expect_same_parameters(record, before, "get_loss only computes.")
        _expect_same_data(record, x=(case.x, x), y=(case.y, y))

    return watched(run, type(net).get_loss)


def observe_backward(net: Any, case: NetworkCase) -> Observation:
    """Observe the gradients that `net.backward(x, y)` stores in the layers, in two calls."""
    problem = unusable_network(net, "check_backward") or missing_method(net, "backward")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        copy = _Copy(net, case)
        copy.isolate_forward()
        copy.accept_any_gradient()
        before = copy.parameters()
        copy.net.forward(copy.tensor(case.stale_x))  # an earlier pass, whose traces must not be used
        for call, data in (("", (case.x, case.y)), (" (second call)", (case.second_x, case.second_y))):
            x, y = (copy.tensor(array) for array in data)
            try:
                with no_autodiff():
                    copy.net.backward(x, y)
            finally:
                for number, layer in enumerate(copy.layers, start=1):
                    record.quantity(weight_gradient(number) + call, getattr(layer.linear, "weight_grad", None))
                    record.quantity(bias_gradient(number) + call, getattr(layer.linear, "bias_grad", None))
            if not call:
                copy.expect_same_layers(record, "backward")
                copy.expect_same_parameters(record, before, "Updating is for apply_gradients; backward only stores.")
            _expect_same_data(record, x=(data[0], x), y=(data[1], y))

    return watched(run, type(net).backward)


def observe_apply_gradients(net: Any, case: NetworkCase) -> Observation:
    """Observe the parameters after `net.apply_gradients(learning_rate)`, twice with other gradients and rates."""
    problem = unusable_network(net, "check_apply_gradients") or missing_method(net, "apply_gradients")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        copy = _Copy(net, case)
        for call, steps, rate in zip(("", " (second call)"), case.steps, case.learning_rates, strict=True):
            for layer, (weights, biases) in zip(copy.layers, steps, strict=True):
                layer.linear.weight_grad, layer.linear.bias_grad = copy.tensor(weights), copy.tensor(biases)
            try:
                copy.net.apply_gradients(rate)
            finally:
                for number, layer in enumerate(copy.layers, start=1):
                    record.quantity(weight(number) + call, getattr(layer.linear, "weight", None))
                    record.quantity(bias(number) + call, getattr(layer.linear, "bias", None))
            copy.expect_same_layers(record, "apply_gradients")
            _expect_same_gradients(record, copy, case, steps)

    return watched(run, type(net).apply_gradients)


def _expect_same_gradients(record: Record, copy: _Copy, case: NetworkCase, steps: Any) -> None:
    """Note a problem if stored gradients were changed; clearing them is harmless and only a note."""
    for number, (layer, gradients) in enumerate(zip(copy.layers, steps, strict=True), start=1):
        stored = (getattr(layer.linear, "weight_grad", None), getattr(layer.linear, "bias_grad", None))
        for name, before, now in zip((weight_gradient(number), bias_gradient(number)), gradients, stored, strict=True):
            array = None if now is None else _array(now)
            if now is None or (array is not None and not array.any()):
                note = "Your code clears the gradients after the update; that is not needed here."
                if note not in record.notes:
                    record.notes.append(note)
            else:
                record.unchanged(
                    f"the {name}", before.astype(case.dtype), now, "apply_gradients changes weights and biases only."
                )


def observe_train(train: Any, case: NetworkCase) -> Observation:
    """Observe what `train(x, y, net, epochs, lr)` returns and what it made of the network it was given."""
    problem = missing_function(train, "train", "x, y, net, epochs, lr")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        import torch

        dtype = torch.float32 if case.dtype is np.float32 else torch.float64
        torch.set_default_dtype(dtype)  # the guard puts it back
        net = StandIn(case)
        x, y = torch.tensor(case.x, dtype=dtype), torch.tensor(case.y, dtype=dtype)
        returned = train(x, y, net, case.epochs, case.learning_rates[0])
        for number, layer in enumerate(net.layers, start=1):
            record.quantity(f"{weight(number)} after training", layer.linear.weight)
            record.quantity(f"{bias(number)} after training", layer.linear.bias)
        trained, losses, form = _sorted_out(returned)
        if form is None:
            expected = "the pair (net, losses)"
            record.problem(Trouble.WRONG_TYPE, f"train returned {described(returned)}; it should return {expected}.")
            return
        record.arrays["return value"] = np.array(float(form))
        if form < 2:
            record.arrays["network returned"] = np.array(float(trained is net))
        record.quantity("losses", losses)
        _expect_same_data(record, x=(case.x, x), y=(case.y, y))

    return watched(run, train)


def _sorted_out(returned: Any) -> tuple[Any, Any, int | None]:
    """Split what `train` returned into network, losses and the index of its form in cases.RETURNS."""
    if isinstance(returned, tuple | list) and len(returned) == 2:
        first, second = returned
        if hasattr(first, "layers"):
            return first, second, 0
        if hasattr(second, "layers"):
            return second, first, 1
    if hasattr(returned, "layers"):
        return returned, None, 3
    array = _array(returned)
    if returned is not None and array is not None and array.size:
        return None, returned, 2
    return None, None, None
