"""Observe the functions of networks of any depth, for one sample and for rows of samples, and training.

Earlier functions that the observed one calls are replaced by stand-ins, so that a mistake there does not show here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np

from checks.chain_rule.case import (
    BIAS,
    BIAS_SHAPE,
    CALLS,
    GRADIENTS,
    INPUTS_SAVED,
    LAYER_INPUT,
    LAYERS,
    LOSSES,
    PREDICTION,
    RETURNED,
    RETURNS,
    TRAINED,
    VARIETY,
    WEIGHT,
    WEIGHT_SHAPE,
    ZS_SAVED,
    ChainCase,
    Z,
    in_precision,
    layers_of,
)
from checks.chain_rule.student_function import Function, kept, read_array, read_pair, unchanged
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import Quantity
from checks.observing.watch import Halt, Record

# --- any depth, one sample and rows of samples -----------------------------------------------------------------


def own_cost_der(predict: Any, target: Any) -> Any:
    """Return a derivative of a cost that no notebook uses, the same shape as `predict`.

    It is not symmetric in its arguments, and it divides by the length of what it is given, as (32) does.
    """
    return ((predict - target) ** 3 + 0.4 * predict - 0.1 * target) / len(predict)


def _functions(case: ChainCase, call: int) -> list[Callable[[Any], Any]]:
    """Return `activation_funcs` of the first or the second call."""
    from checks.chain_rule.lent import FUNCTIONS

    return [FUNCTIONS[name] for name in case.functions(call)]


def _shape(value: Any) -> Array:
    """Return a shape as numbers, filled up with -1, so that shapes can be compared as arrays."""
    shape = as_array(value).shape[:3]
    return np.array([*shape, *[-1] * (3 - len(shape))], dtype=np.float64)


EQUAL, ALIKE, NOT_FINITE = 0.0, 0.5, -1.0
"""What may be wrong with weights: all are equal, all nodes have the same ones, or some are nan or inf."""


def _variety(weights: Array, node_axis: int) -> float:
    """Return 1 if the nodes of a layer differ from each other, or what is wrong with their weights."""
    if not np.isfinite(weights).all():
        return NOT_FINITE
    if weights.size > 1 and np.ptp(weights) < 1e-9:
        return EQUAL
    if weights.ndim == 2 and weights.shape[node_axis] > 1 and np.ptp(weights, axis=node_axis).max() < 1e-9:
        return ALIKE
    return 1.0


def create_layers_observed(name: str, *, many: bool) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of the layers that a student's function creates."""
    function = Function(name, "network_input_size, layer_output_sizes")

    def observe(student: Any, case: ChainCase) -> Observation:
        def run(record: Record) -> None:
            sizes = list(case.sizes[1:])
            with kept(record, layer_output_sizes=sizes):
                layers = student(case.sizes[0], sizes)
            if sizes != list(case.sizes[1:]):
                record.problem(Trouble.CHANGED, "Your code changes layer_output_sizes. Leave the list as it is.")
            if layers is None:
                record.returned(LAYERS, None, name, "a list with one pair (W, b) for every layer")
                return
            if not isinstance(layers, list | tuple):
                sentence = f"{name} returned {described(layers)}; it should return a list of pairs (W, b)."
                raise Halt(Trouble.WRONG_TYPE, sentence)
            record.quantity(LAYERS, len(layers))
            for number, layer in enumerate(layers, start=1):
                if not isinstance(layer, list | tuple) or len(layer) != 2:
                    sentence = f"Entry {number - 1} of the list should be a pair (W, b), but it is {described(layer)}."
                    raise Halt(Trouble.WRONG_TYPE, sentence)
                for kind, value in zip((WEIGHT, BIAS), layer, strict=True):
                    record.quantity(Quantity(kind, number), value)
                    array = record.arrays.pop(Quantity(kind, number), None)
                    if array is None:
                        continue
                    if many and kind == BIAS and array.ndim == 2 and array.shape[0] == 1:
                        array = array[0]  # (1, out) is as good as (out,)
                    shape = WEIGHT_SHAPE if kind == WEIGHT else BIAS_SHAPE
                    record.arrays[Quantity(shape, number)] = _shape(array)
                    if kind == WEIGHT:
                        record.quantity(Quantity(VARIETY, number), _variety(array, int(many)))

        return function.observed(student, run)

    return observe


def _names_of(name: str, *, many: bool) -> tuple[str, str]:
    return f"{name}_batch" if many else name, "inputs" if many else "input"


def feed_forward_observed(*, many: bool) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of the prediction of a network of any depth."""
    name, data = _names_of("feed_forward", many=many)
    function = Function(name, f"{data}, layers, activation_funcs")

    def observe(student: Any, case: ChainCase) -> Observation:
        def run(record: Record) -> None:
            for call in range(2):
                layers, functions = layers_of(case), _functions(case, call)
                (x,) = in_precision(case, case.samples(call)[0])
                with kept(record, **{data: x, "layers": layers, "activation_funcs": functions}):
                    value = student(x, layers, functions)
                read_array(record, PREDICTION.in_call(call + 1), value, name, case.samples(call)[1].shape)

        seen = function.observed(student, run)
        layers, x, functions = layers_of(case), case.samples(0)[0].copy(), _functions(case, 0)
        (weight, bias), *rest = layers
        return function.differentiated(student, seen, lambda W: student(x, [(W, bias), *rest], functions), weight)

    return observe


def saver_observed(*, many: bool) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of what the forward pass saves."""
    name, data = _names_of("feed_forward_saver", many=many)
    function = Function(
        name, f"{data}, layers, activation_funcs", ("feed_forward", "feed_forward_batch")[many : many + 1]
    )

    def observe(student: Any, case: ChainCase) -> Observation:
        def run(record: Record) -> None:
            layers, (x,), functions = layers_of(case), in_precision(case, case.samples(0)[0]), _functions(case, 0)
            with kept(record, **{data: x, "layers": layers, "activation_funcs": functions}):
                value = student(x, layers, functions)
                expected = "(layer_inputs, zs, predict)"
                if value is None:
                    record.returned(PREDICTION, None, name, expected)
                    return
                if not isinstance(value, list | tuple) or len(value) != 3:
                    sentence = f"{name} returned {described(value)}; it should return {expected}."
                    raise Halt(Trouble.WRONG_TYPE, sentence)
                saved = ((LAYER_INPUT, INPUTS_SAVED, "layer_inputs"), (Z, ZS_SAVED, "zs"))
                for given_back, (kind, number, called) in zip(value, saved, strict=False):
                    entries = _entries(given_back, called)
                    record.quantity(number, len(entries))
                    for layer, entry in enumerate(entries, start=1):
                        record.quantity(Quantity(kind, layer), entry)
                read_array(record, PREDICTION, value[2], name, case.samples(0)[1].shape)

        return function.observed(student, run)

    return observe


def _entries(value: Any, name: str) -> list[Any]:
    try:
        return list(value)
    except TypeError:
        sentence = f"{name} should be a list with one array for every layer, but it is {described(value)}."
        raise Halt(Trouble.WRONG_TYPE, sentence) from None


class _Counted:
    """An activation function that counts its calls."""

    def __init__(self, function: Callable[[Any], Any]):
        self.function, self.calls = function, 0

    def __call__(self, z: Any) -> Any:
        self.calls += 1
        return self.function(z)


BACKWARD_CALLS = ("mse_der", "sigmoid_der", "sigmoid_jacobian", "dz_dW", "dz_db", "feed_forward", "feed_forward_saver")
BACKWARD_BATCH_CALLS = (*BACKWARD_CALLS, "backpropagation", "feed_forward_batch", "feed_forward_saver_batch")


def backpropagation_observed(*, many: bool) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of all gradients, once with the default cost_der and once with another one."""
    name, data = _names_of("backpropagation", many=many)
    function = Function(
        name,
        f"{data}, layers, activation_funcs, target{'s' * many}, activation_ders, cost_der=mse_der",
        BACKWARD_BATCH_CALLS if many else BACKWARD_CALLS,
    )

    def observe(student: Any, case: ChainCase) -> Observation:
        from checks.chain_rule.lent import DERIVATIVES

        def run(record: Record) -> None:
            for call in range(2):
                layers, (x, target) = layers_of(case), in_precision(case, *case.samples(call))
                counted = [_Counted(function) for function in _functions(case, call)]
                derivatives = [DERIVATIVES[name] for name in case.functions(call)]
                given = {data: x, "layers": layers, "activation_funcs": counted, "target": target}
                with kept(record, **given, activation_ders=derivatives):
                    own = [own_cost_der] if call else []
                    gradients = student(x, layers, counted, target, derivatives, *own)
                if call == 0:
                    record.quantity(CALLS, max(f.calls for f in counted))
                _gradients(record, gradients, name, len(layers), call, many=many)

        return function.observed(student, run)

    return observe


def _gradients(record: Record, gradients: Any, name: str, depth: int, call: int, *, many: bool) -> None:
    expected = "a list with one pair (dC_dW, dC_db) for every layer, the first layer first"
    if gradients is None:
        record.returned(Quantity(GRADIENTS[0], 1), None, name, expected)
        return
    if not isinstance(gradients, list | tuple):
        raise Halt(Trouble.WRONG_TYPE, f"{name} returned {described(gradients)}; it should return {expected}.")
    if len(gradients) > depth:
        sentence = f"{name} returned {len(gradients)} entries for {depth} layers; it should return {expected}."
        raise Halt(Trouble.WRONG_TYPE, sentence)
    for layer, pair in enumerate(gradients, start=1):
        both = [Quantity(kind, layer, call + 1) for kind in GRADIENTS]
        where = f"Entry {layer - 1} of what {name} returns"
        if pair is None:
            record.problem(Trouble.WRONG_TYPE, f"{where} is None; it should be the pair (dC_dW, dC_db).")
        else:
            read_pair(record, pair, where, both, rows=many)


# --- training --------------------------------------------------------------------------------------------------

TRAIN_CALLS = (
    "mse_der",
    "feed_forward_batch",
    "feed_forward_saver_batch",
    "cross_entropy",
    "softmax_cross_entropy_der",
    "backpropagation_batch",
)


def observe_train_network(student: Any, case: ChainCase) -> Observation:
    """Observe the layers and losses that come back from training."""
    from checks.chain_rule.lent import DERIVATIVES_IN_TRAINING, FUNCTIONS_IN_TRAINING, cost_der_for_training

    name = "train_network"
    arguments = "inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs"
    function = Function(name, arguments, TRAIN_CALLS)

    def run(record: Record) -> None:
        layers, (inputs, targets) = layers_of(case), in_precision(case, *case.samples(0))
        functions = [FUNCTIONS_IN_TRAINING[name] for name in case.functions(0)]
        derivatives = [DERIVATIVES_IN_TRAINING[name] for name in case.functions(0)]
        before = [tuple(part.copy() for part in pair) for pair in layers]
        with kept(record, inputs=inputs, targets=targets):
            value = student(
                inputs, targets, layers, functions, derivatives, cost_der_for_training, case.rate, case.epochs
            )
        if value is None:
            record.returned(LAYERS, None, name, RETURNS[0])
            return
        form, trained, losses = _result_of_training(value, name)
        record.quantity(RETURNED, float(form))
        if not unchanged([list(pair) for pair in before], [list(pair) for pair in layers]):
            sentence = "train_network also changes the layers that it is given; keep a copy to compare with."
            record.note("changes-its-layers", sentence)
        for number, pair in enumerate(trained or [], start=1):
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                sentence = f"Entry {number - 1} of the trained layers should be a pair (W, b); it is {described(pair)}."
                raise Halt(Trouble.WRONG_TYPE, sentence)
            for kind, value in zip((WEIGHT, BIAS), pair, strict=True):
                quantity = Quantity(kind, number, aspect=TRAINED)
                record.quantity(quantity, value)
                array = record.arrays.get(quantity)
                if array is not None and kind == BIAS and array.ndim == 2 and array.shape[0] == 1:
                    record.arrays[quantity] = array[0]
        if losses is not None:
            record.quantity(LOSSES, losses)

    return function.observed(student, run)


def _result_of_training(value: Any, name: str) -> tuple[int, Any, Any]:
    """Return which of RETURNS came back, the layers and the losses."""
    expected = "(layers, losses)"
    if _is_layers(value):
        return 3, value, None
    if isinstance(value, list | tuple) and len(value) == 2:
        first, other = value
        if _is_layers(first):
            return 0, first, other
        if _is_layers(other):
            return 1, other, first
    with contextlib.suppress(Exception):
        if as_array(value).ndim == 1:
            return 2, None, value
    raise Halt(Trouble.WRONG_TYPE, f"{name} returned {described(value)}; it should return {expected}.")


def _is_matrix(value: Any) -> bool:
    try:
        return as_array(value).ndim == 2
    except NotAnArrayError:
        return False


def _is_layers(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) > 0
        and all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in value)
        and all(_is_matrix(pair[0]) for pair in value)
    )
