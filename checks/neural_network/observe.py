"""Observe a student's network: its forward pass, loss, gradients, update and training, one at a time.

Each is isolated from the others. `get_loss` and `backward` run on a copy of the network whose forward pass is the
given layers in order, so a wrong `forward` cannot spoil them; `train` gets a stand-in whose methods all work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from checks.neural_network.case import (
    BIAS,
    BIAS_GRADIENT,
    LOSS,
    LOSSES,
    PASSES,
    PREDICTION,
    RETURNED,
    SAME_NETWORK,
    TRAINED,
    WEIGHT,
    WEIGHT_GRADIENT,
    NetworkCase,
)
from checks.neural_network.network import PASS, NetworkCopy, shadowing, unusable_network
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.autodiff import SENTENCE, autodiff_watched
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import FIRST, SECOND, Quantity
from checks.observing.watch import Halt, Record, expect, missing_function, missing_method, same, watched


def observe_forward(net: Any, case: NetworkCase) -> Observation:
    """Observe the prediction of `net.forward(x)`, what every layer remembers of it, and a second call."""

    def run(record: Record) -> None:
        _expect_network(net, "forward")
        copy = NetworkCopy(net, case)
        expected = "the output of the last layer, of shape (batch, out)"
        for call, data in ((FIRST, case.x), (SECOND, case.second_x)):
            x = copy.tensor(data)
            prediction = copy.net.forward(x)
            record.returned(PREDICTION.in_call(call), prediction, "forward", expected)
            if call == FIRST:
                _note_what_is_no_tensor(record, prediction, "forward")
                for number, layer in enumerate(copy.layers, start=1):
                    for name in PASS:
                        record.quantity(Quantity(name, number), getattr(layer, name, None))
            copy.expect_intact(record, "forward")
            copy.expect_same_parameters(record, case, "forward only computes.")
            _expect_same_data(record, x=(data, x))

    return watched(run, net, method="forward")


def _expect_network(net: Any, method: str) -> None:
    expect(unusable_network(net, f"check_{method}") or missing_method(net, method))


def _note_what_is_no_tensor(record: Record, value: Any, call: str) -> None:
    import torch

    if value is not None and not isinstance(value, torch.Tensor):
        others = "the rest of the notebook works with tensors and may fail with it."
        record.note("no-tensor", f"{call} returns {described(value)}; {others}")


def observe_get_loss(net: Any, case: NetworkCase) -> Observation:
    """Observe the loss that `net.get_loss(x, y)` returns, in two calls."""

    def run(record: Record, copy: NetworkCopy) -> None:
        for call, data in ((FIRST, (case.x, case.y)), (SECOND, (case.second_x, case.second_y))):
            x, y = (copy.tensor(array) for array in data)
            record.returned(LOSS.in_call(call), copy.net.get_loss(x, y), "get_loss", "the loss, a single number")
            copy.expect_intact(record, "get_loss")
            copy.expect_same_parameters(record, case, "get_loss only computes.")
            _expect_same_data(record, x=(data[0], x), y=(data[1], y))

    return _isolated(run, net, case, "get_loss")


def observe_backward(net: Any, case: NetworkCase) -> Observation:
    """Observe the gradients that `net.backward(x, y)` stores in the layers, in two calls."""

    def run(record: Record, copy: NetworkCopy) -> None:
        copy.accept_any_gradient()
        copy.net.forward(copy.tensor(case.stale_x))  # an earlier pass, whose traces must not be used
        copy.passes = 0
        for call, data in ((FIRST, (case.x, case.y)), (SECOND, (case.second_x, case.second_y))):
            x, y = (copy.tensor(array) for array in data)
            stored: list[tuple[Any, Any]] = []

            def autodiff_used(stored: list[tuple[Any, Any]] = stored) -> None:
                if not stored:  # what is stored by now was not made by it
                    stored.extend(_copied(copy.gradients()))

            try:
                with autodiff_watched(autodiff_used):
                    copy.net.backward(x, y)
            finally:
                if call == FIRST and any(gradient is None for pair in stored for gradient in pair):
                    raise Halt(Trouble.AUTODIFF, SENTENCE)
                for number, pair in enumerate(stored or copy.gradients(), start=1):
                    record.quantity(Quantity(WEIGHT_GRADIENT, number, call), pair[0])
                    record.quantity(Quantity(BIAS_GRADIENT, number, call), pair[1])
            copy.expect_intact(record, "backward")
            copy.expect_same_parameters(record, case, "Updating is for apply_gradients; backward only stores.")
            _expect_same_data(record, x=(data[0], x), y=(data[1], y))
            record.arrays.setdefault(PASSES, np.array(float(copy.passes)))

    return _isolated(run, net, case, "backward")


def _copied(gradients: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [(_copy_of(weights), _copy_of(biases)) for weights, biases in gradients]


def _copy_of(value: Any) -> Any:
    try:
        return None if value is None else as_array(value)
    except NotAnArrayError:
        return value


def _isolated(run: Callable[[Record, NetworkCopy], None], net: Any, case: NetworkCase, name: str) -> Observation:
    """Observe with the given layers as forward pass; if that raises, once more with the student's own if it is right.

    A student's other methods may rely on what only their own `forward` stores.
    """

    from checks.neural_network.lent import given_layers_standing_in, own_forward_is_right

    def with_given_layers(record: Record) -> None:
        _expect_network(net, name)
        copy = NetworkCopy(net, case)
        with given_layers_standing_in(copy):
            run(record, copy)

    def with_own_forward(record: Record) -> None:
        expect(missing_method(net, "forward"))
        copy = NetworkCopy(net, case)
        if not own_forward_is_right(copy, case.x):
            raise Halt(Trouble.CHANGED, "The forward pass is wrong as well.")
        run(record, NetworkCopy(net, case))

    observation = watched(with_given_layers, net, method=name)
    if observation.raised:
        own = watched(with_own_forward, net, method=name)
        if not own.problems:
            return replace(own, computed=own.computed + observation.computed)
    return observation


def observe_apply_gradients(net: Any, case: NetworkCase) -> Observation:
    """Observe the parameters after `net.apply_gradients(learning_rate)`, twice with other gradients and rates."""

    def run(record: Record) -> None:
        _expect_network(net, "apply_gradients")
        copy = NetworkCopy(net, case)
        for call, steps, rate in zip((FIRST, SECOND), case.steps, case.learning_rates, strict=True):
            for layer, (weights, biases) in zip(copy.layers, steps, strict=True):
                layer.linear.weight_grad, layer.linear.bias_grad = copy.tensor(weights), copy.tensor(biases)
            try:
                copy.net.apply_gradients(rate)
            finally:
                for number, layer in enumerate(copy.layers, start=1):
                    record.quantity(Quantity(WEIGHT, number, call), getattr(layer.linear, "weight", None))
                    record.quantity(Quantity(BIAS, number, call), getattr(layer.linear, "bias", None))
            copy.expect_intact(record, "apply_gradients")
            _expect_same_gradients(record, copy, steps)

    return watched(run, net, method="apply_gradients")


def _expect_same_gradients(record: Record, copy: NetworkCopy, steps: tuple[tuple[Array, Array], ...]) -> None:
    """Note a problem if stored gradients were changed; clearing them is harmless and only a note."""
    for number, (gradients, stored) in enumerate(zip(steps, copy.gradients(), strict=True), start=1):
        for kind, before, now in zip((WEIGHT_GRADIENT, BIAS_GRADIENT), gradients, stored, strict=True):
            if now is None or (not same(before, now) and same(np.zeros_like(before), now)):
                record.note("cleared", "Your code clears the gradients after the update; that is not needed here.")
            else:
                advice = "apply_gradients changes weights and biases only."
                record.unchanged(f"the {Quantity(kind, number)}", before, now, advice)


def observe_train(train: Any, case: NetworkCase) -> Observation:
    """Observe what `train(x, y, net, epochs, lr)` returns and what it made of the network it was given."""
    problem = missing_function(train, "train", "x, y, net, epochs, lr")
    if problem:
        return Observation(problems=(problem,))
    import torch

    from checks.neural_network.lent import landscape, stand_in_for

    landscape(case)  # takes longer than any training on it, and is not the student's time

    def run(record: Record) -> None:
        dtype = torch.float32 if case.dtype is np.float32 else torch.float64
        torch.set_default_dtype(dtype)  # the guard puts it back
        net = stand_in_for(train, case)
        before, layers = dict(vars(net)), list(net.layers)
        kind = _class_stood_in_for(net)
        methods = dict(vars(kind))
        x, y = torch.tensor(case.x, dtype=dtype), torch.tensor(case.y, dtype=dtype)
        returned = train(x, y, net, case.epochs, case.train_rate)
        for number, layer in enumerate(layers, start=1):
            record.quantity(Quantity(WEIGHT, number, aspect=TRAINED), layer.linear.weight)
            record.quantity(Quantity(BIAS, number, aspect=TRAINED), layer.linear.bias)
        trained, losses, form = _sorted_out(returned)
        if form is None:
            expected = "the pair (net, losses)"
            record.problem(Trouble.WRONG_TYPE, f"train returned {described(returned)}; it should return {expected}.")
            return
        record.arrays[RETURNED] = np.array(float(form))
        if form < 2:
            record.arrays[SAME_NETWORK] = np.array(float(trained is net))
        record.quantity(LOSSES, losses)
        _expect_same_data(record, x=(case.x, x), y=(case.y, y))
        replaced = [name for name in before if vars(net).get(name) is not before[name]]
        if (
            replaced
            or shadowing(net, but={})
            or any(now is not then for now, then in zip(net.layers, layers, strict=False))
        ):
            record.problem(Trouble.CHANGED, "Your code replaces parts of the network; train only calls its methods.")
        for name, method in methods.items():
            if vars(kind).get(name) is not method:
                setattr(kind, name, method)
                record.problem(Trouble.CHANGED, f"Your code replaces the method {name} of {kind.__name__}.")

    return watched(run, train)


def _class_stood_in_for(net: Any) -> type:
    """Return the notebook's class that a stand-in was made an instance of, or its own class if there is none."""
    *_, last = type(net).__bases__
    return type(net) if last is object else last


def _sorted_out(returned: Any) -> tuple[Any, Any, int | None]:
    """Split what `train` returned into network, losses and the index of its form in case.RETURNS."""
    if isinstance(returned, tuple | list) and len(returned) == 2:
        first, second = returned
        if hasattr(first, "layers"):
            return first, second, 0
        if hasattr(second, "layers"):
            return second, first, 1
    if hasattr(returned, "layers"):
        return returned, None, 3
    try:
        if as_array(returned).size:
            return None, returned, 2
    except NotAnArrayError:
        pass
    return None, None, None


def _expect_same_data(record: Record, **data: tuple[Array, Any]) -> None:
    for name, (before, after) in data.items():
        record.unchanged(name, before, after, f"Work on a copy, {name}.clone(), instead.")
