"""A stand-in for the network that `train` is given: every method works, but nothing is back-propagated.

Its predictions are a linear map of its parameters, so that losses and gradients follow without a neural network.
`train` can thus be judged on its own, and the right methods do not lie about where a student's code runs.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.neural_network.cases import NetworkCase
from checks.observing.observation import Array


class Landscape:
    """Predictions, losses and gradients as functions of one vector of all parameters."""

    def __init__(self, case: NetworkCase):
        self.x, self.y = case.x, case.y
        self.start = np.concatenate(
            [part.ravel() for pair in zip(case.weights, case.biases, strict=True) for part in pair]
        )
        rng = np.random.default_rng([len(self.start), *(abs(case.x[0]) * 1e6).astype(np.int64)])
        self._map = rng.normal(size=(*case.y.shape, len(self.start))) / 3

    def rows(self, x: Array) -> list[int]:
        """Return which samples of the case these are.

        Raises:
            ValueError: if a row of `x` is none of the case's samples.
        """
        x = np.atleast_2d(x)
        same: Array = np.zeros((1, 1), dtype=bool)
        if x.shape[1:] == self.x.shape[1:]:
            same = np.all(np.isclose(x[:, None], self.x[None], rtol=1e-4, atol=1e-6), axis=2)
        if not same.any(axis=1).all():
            raise ValueError(f"train should hand the network its samples x as they are; it handed over shape {x.shape}")
        return [int(row) for row in same.argmax(axis=1)]

    def prediction(self, parameters: Array, rows: list[int]) -> Array:
        """Return the predictions (samples, out) for some samples."""
        return self._map[rows] @ parameters

    def gradient(self, parameters: Array, rows: list[int], y: Array) -> Array:
        """Return the gradient of the mean squared error of some samples."""
        difference = self.prediction(parameters, rows) - y
        return np.tensordot(difference, self._map[rows], axes=2) * 2 / difference.size


class _Linear:
    weight: Any
    bias: Any
    weight_grad: Any = None
    bias_grad: Any = None


class _Layer:
    """Holds parameters and gradients the way NeuralLayer does; only the ends of the network remember a pass."""

    last_input: Any = None
    last_zin: Any = None
    last_zout: Any = None

    def __init__(self) -> None:
        self.linear = _Linear()

    def get_weight(self) -> Any:
        return self.linear.weight

    def get_bias(self) -> Any:
        return self.linear.bias

    def set_weight_gradient(self, gradient: Any) -> None:
        self.linear.weight_grad = gradient

    def set_bias_gradient(self, gradient: Any) -> None:
        self.linear.bias_grad = gradient


class _SquaredError:
    def forward(self, y_true: Any, y_pred: Any) -> Any:
        return ((y_true - y_pred) ** 2).mean()

    def get_gradient(self, y_true: Any, y_pred: Any) -> Any:
        return 2 * (y_pred - y_true) / y_true.numel()


class StandIn:
    """Looks like a NeuralNetwork to `train`: `layers`, `loss` and its four methods."""

    def __init__(self, case: NetworkCase):
        import torch

        self._tensor = torch.tensor
        self._dtype = torch.float32 if case.dtype is np.float32 else torch.float64
        self._landscape = Landscape(case)
        self.loss = _SquaredError()
        self.layers = [_Layer() for _ in case.weights]
        for layer, weights, biases in zip(self.layers, case.weights, case.biases, strict=True):
            layer.linear.weight, layer.linear.bias = self._made(weights), self._made(biases)

    def __deepcopy__(self, memo: dict[int, Any]) -> StandIn:
        copy = object.__new__(StandIn)
        copy.__dict__ = {**self.__dict__, "layers": [_Layer() for _ in self.layers]}
        for ours, theirs in zip(copy.layers, self.layers, strict=True):
            ours.linear.weight, ours.linear.bias = theirs.linear.weight.clone(), theirs.linear.bias.clone()
        return copy

    def forward(self, x: Any) -> Any:
        """Return predictions (samples, out)."""
        prediction = self._made(self._landscape.prediction(self._gathered(), self._landscape.rows(_plain(x))))
        self.layers[0].last_input, self.layers[-1].last_zout = x, prediction
        return prediction

    def get_loss(self, x: Any, y: Any) -> Any:
        """Return the mean squared error."""
        return self.loss.forward(y, self.forward(x))

    def backward(self, x: Any, y: Any) -> None:
        """Store a gradient in every layer."""
        self.forward(x)
        rows = self._landscape.rows(_plain(x))
        flat = self._landscape.gradient(self._gathered(), rows, np.reshape(_plain(y), (len(rows), -1)))
        for layer, (weights, biases) in zip(self.layers, self._split(flat), strict=True):
            layer.set_weight_gradient(weights)
            layer.set_bias_gradient(biases)

    def apply_gradients(self, learning_rate: float) -> None:
        """Move all parameters along what `backward` stored."""
        if any(layer.linear.weight_grad is None for layer in self.layers):
            raise TypeError(
                "there are no gradients to apply yet: call net.backward(x, y) before net.apply_gradients(lr)"
            )
        moved = np.stack([self._gathered(), self._gathered(("weight_grad", "bias_grad"))])
        for layer, (weights, biases) in zip(
            self.layers, self._split(np.array([1.0, -float(learning_rate)]) @ moved), strict=True
        ):
            layer.linear.weight, layer.linear.bias = weights, biases

    def _gathered(self, names: tuple[str, str] = ("weight", "bias")) -> Array:
        return np.concatenate([_plain(getattr(layer.linear, name)).ravel() for layer in self.layers for name in names])

    def _split(self, flat: Array) -> list[tuple[Any, Any]]:
        parts, position = [], 0
        for layer in self.layers:
            pair = []
            for parameter in (layer.linear.weight, layer.linear.bias):
                size = parameter.numel()
                pair.append(self._made(flat[position : position + size].reshape(tuple(parameter.shape))))
                position += size
            parts.append((pair[0], pair[1]))
        return parts

    def _made(self, array: Array) -> Any:
        return self._tensor(array, dtype=self._dtype)


def _plain(value: Any) -> Array:
    return np.asarray(value.detach() if hasattr(value, "detach") else value, dtype=np.float64)
