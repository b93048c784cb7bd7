"""Stand-ins for what a student wrote in earlier cells, so that a mistake there costs once.

While one function is observed, the earlier ones that it may call are replaced by these. The ones that differentiate
ask autograd, so that nothing here shows how it is done by hand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, MethodType
from typing import Any

import numpy as np

from checks.chain_rule.activations import sigmoid, softmax

Layers = list[tuple[Any, Any]]


def feed_forward_one_layer(W: Any, b: Any, x: Any) -> Any:
    """Return the activations (out,) of one sigmoid layer with W (out, in)."""
    return sigmoid(_np().dot(W, x) + b)


def cost_one_layer(W: Any, b: Any, x: Any, target: Any) -> Any:
    """Return the mean squared error of one sigmoid layer."""
    return _mean_squared_error(feed_forward_one_layer(W, b, x), target)


def mse_der(predict: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error with respect to `predict`."""
    return _autograd().grad(_mean_squared_error)(_floats(predict), _floats(target))


def sigmoid_der(z: Any) -> Any:
    """Return the derivative of the sigmoid at every entry of z."""
    return _autograd().elementwise_grad(sigmoid)(_floats(z))


def sigmoid_jacobian(z: Any) -> Any:
    """Return the derivative of sigmoid(z) with respect to z, (out, out)."""
    return _autograd().jacobian(sigmoid)(_floats(z))


def dC_dz(z: Any, target: Any) -> Any:
    """Return the derivative of the mean squared error of sigmoid(z) with respect to z, (out,)."""
    return _autograd().grad(lambda z: _mean_squared_error(sigmoid(z), _floats(target)))(_floats(z))


def dz_dW(W: Any, x: Any) -> Any:
    """Return the derivative of W x with respect to W, (out, out, in)."""
    return _autograd().jacobian(lambda W: _np().dot(W, _floats(x)))(_floats(W))


def dz_db(b: Any) -> Any:
    """Return the derivative of W x + b with respect to b, (out, out)."""
    return _autograd().jacobian(lambda b: 1.0 * b)(_floats(b))


def feed_forward_two_layers(layers: Layers, x: Any) -> Any:
    """Return the output of two sigmoid layers with weights (out, in)."""
    for W, b in layers:
        x = feed_forward_one_layer(W, b, x)
    return x


def feed_forward(input: Any, layers: Layers, activation_funcs: Any) -> Any:
    """Return the prediction for one sample."""
    return feed_forward_saver(input, layers, activation_funcs)[2]


def feed_forward_saver(input: Any, layers: Layers, activation_funcs: Any) -> tuple[list[Any], list[Any], Any]:
    """Return the input and z of every layer, and the prediction, for one sample."""
    return _saved(input, layers, activation_funcs, _weighted_input_of_one)


def feed_forward_batch(inputs: Any, layers: Layers, activation_funcs: Any) -> Any:
    """Return the predictions (N, out) for rows of samples."""
    return feed_forward_saver_batch(inputs, layers, activation_funcs)[2]


def feed_forward_saver_batch(inputs: Any, layers: Layers, activation_funcs: Any) -> tuple[list[Any], list[Any], Any]:
    """Return the inputs and z of every layer, and the predictions, for rows of samples."""
    return _saved(inputs, layers, activation_funcs, lambda W, b, a: _np().dot(a, W) + b)


def cross_entropy(predict: Any, target: Any) -> Any:
    """Return the mean over the samples of the cross-entropy with one-hot targets."""
    return -_np().sum(target * _np().log(predict)) / len(target)


def softmax_cross_entropy_der(predict: Any, target: Any) -> Any:
    """Return the derivative of the cross-entropy with respect to the softmax's input, made from its output."""
    logits = np.log(_floats(predict))
    return _autograd().grad(lambda z: cross_entropy(softmax(z), _floats(target)))(logits)


def backpropagation(
    input: Any,
    layers: Layers,
    activation_funcs: Any,
    target: Any,
    activation_ders: Any,
    cost_der: Callable[[Any, Any], Any] = mse_der,
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer for one sample, weights (out, in)."""
    return _gradients(feed_forward_saver, input, layers, activation_funcs, target, activation_ders, cost_der)


def backpropagation_batch(
    inputs: Any,
    layers: Layers,
    activation_funcs: Any,
    targets: Any,
    activation_ders: Any,
    cost_der: Callable[[Any, Any], Any] = mse_der,
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer for rows of samples, weights (in, out)."""
    return _gradients(feed_forward_saver_batch, inputs, layers, activation_funcs, targets, activation_ders, cost_der)


STAND_INS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        feed_forward_one_layer,
        cost_one_layer,
        mse_der,
        sigmoid_der,
        sigmoid_jacobian,
        dC_dz,
        dz_dW,
        dz_db,
        feed_forward_two_layers,
        feed_forward,
        feed_forward_saver,
        backpropagation,
        feed_forward_batch,
        feed_forward_saver_batch,
        cross_entropy,
        softmax_cross_entropy_der,
        backpropagation_batch,
    )
}
"""The stand-ins by the names of the functions they stand for, in the order of the notebook."""


@contextlib.contextmanager
def standing_in(student: Any, names: tuple[str, ...]) -> Iterator[None]:
    """Replace functions that `student` calls by their stand-ins, in its globals and in its default arguments."""
    functions = _functions_in(student)
    owners = list({id(function.__globals__): function.__globals__ for function in functions}.values())
    before = [{name: owner[name] for name in names if name in owner} for owner in owners]
    defaults = [(function.__defaults__, function.__kwdefaults__) for function in functions]
    swapped = {id(value): STAND_INS[name] for known in before for name, value in known.items()}
    for owner in owners:
        owner.update({name: STAND_INS[name] for name in names})
    for function in functions:
        function.__defaults__ = function.__defaults__ and tuple(
            swapped.get(id(value), value) for value in function.__defaults__
        )
        function.__kwdefaults__ = function.__kwdefaults__ and {
            name: swapped.get(id(value), value) for name, value in function.__kwdefaults__.items()
        }
    try:
        yield
    finally:
        for function, (positional, keyed) in zip(functions, defaults, strict=True):
            function.__defaults__, function.__kwdefaults__ = positional, keyed
        for owner, known in zip(owners, before, strict=True):
            for name in names:
                if name in known:
                    owner[name] = known[name]
                else:
                    owner.pop(name, None)


def _functions_in(student: Any) -> list[FunctionType]:
    """Return the functions behind a callable: wrapped, partly applied, a method, or an object with `__call__`."""
    found: list[FunctionType] = []
    waiting: list[Any] = [student]
    seen: set[int] = set()
    while waiting:
        candidate = waiting.pop()
        if candidate is None or id(candidate) in seen:
            continue
        seen.add(id(candidate))
        if isinstance(candidate, FunctionType):
            found.append(candidate)
        elif not isinstance(candidate, MethodType | partial):
            waiting += [vars(kind).get("__call__") for kind in type(candidate).__mro__]
        waiting += [getattr(candidate, name, None) for name in ("__wrapped__", "__func__", "func")]
    return found


def _weighted_input_of_one(W: Any, b: Any, a: Any) -> Any:
    try:
        return _np().dot(W, a) + b
    except ValueError as error:
        if np.ndim(a) < 2:
            raise
        raise ValueError(
            f"W {np.shape(W)} does not fit {np.shape(a)}: this function is for one sample, a vector, not for a matrix"
        ) from error


def _gradients(
    saver: Any, data: Any, layers: Layers, functions: Any, target: Any, derivatives: Any, cost_der: Any
) -> list[tuple[Any, Any]]:
    """Return the gradients of every layer, from autograd's derivative of the last layer's z."""
    from autograd.builtins import list as traced_list
    from autograd.core import make_vjp

    def last_z(flat: list[Any]) -> Any:
        return saver(data, list(zip(flat[::2], flat[1::2], strict=True)), functions)[1][-1]

    pull_back, z = make_vjp(last_z, traced_list([_floats(part) for pair in layers for part in pair]))
    error = cost_der(functions[-1](z), target) * derivatives[-1](z)
    flat = pull_back(np.asarray(error))
    return list(zip(flat[::2], flat[1::2], strict=True))


def _saved(a: Any, layers: Layers, functions: Any, weighted: Any) -> tuple[list[Any], list[Any], Any]:
    layer_inputs, zs = [], []
    for (W, b), function in zip(layers, functions, strict=True):
        layer_inputs.append(a)
        zs.append(weighted(W, b, a))
        a = function(zs[-1])
    return layer_inputs, zs, a


def _mean_squared_error(predict: Any, target: Any) -> Any:
    return _np().mean((predict - target) ** 2)


def _floats(value: Any) -> Any:
    return np.asarray(value, dtype=np.float64)


def _np() -> Any:
    import autograd.numpy

    return autograd.numpy


def _autograd() -> Any:
    import autograd

    return autograd
