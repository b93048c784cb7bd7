"""Observe the functions of one layer, of two layers and of classification, one at a time.

Earlier functions that the observed one calls are replaced by stand-ins, so that a mistake there does not show here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from checks.chain_rule.case import (
    ACTIVATION,
    COST,
    DA_DZ,
    DC_DZ,
    DC_DZ_ROWS,
    DERIVATIVE,
    DZ_DB,
    DZ_DW,
    FOR_A_MATRIX,
    FOR_A_VECTOR,
    FOR_INTEGERS,
    FOR_LARGE_Z,
    GRADIENTS,
    OUTPUT,
    PROBABILITIES,
    ChainCase,
    in_precision,
    layers_of,
)
from checks.chain_rule.student_function import Function, kept, read_array, read_pair
from checks.observing.observation import Array, Note, Observation
from checks.observing.quantity import Quantity
from checks.observing.watch import Record, watched

# --- functions of arrays that return one array -----------------------------------------------------------------

Arguments = Callable[[ChainCase], dict[Quantity, dict[str, Array]]]
"""For each quantity the keyed arguments of the call that gives it."""


def array_function(
    function: Function, arguments: Arguments, shape: Callable[[dict[str, Array]], tuple[int, ...]], traced: str = ""
) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of a function that returns one array; `traced` names the argument autograd is to follow."""

    def observe(student: Any, case: ChainCase) -> Observation:
        calls = arguments(case)

        def run(record: Record) -> None:
            for quantity, given in calls.items():
                floats = {key: v.astype(case.dtype) if v.dtype.kind == "f" else v.copy() for key, v in given.items()}
                with kept(record, **floats):
                    value = student(*floats.values())
                read_array(record, quantity, value, function.name, shape(given))

        seen = function.observed(student, run)
        if not traced:
            return seen
        given = {key: value.copy() for key, value in next(iter(calls.values())).items()}
        return function.differentiated(student, seen, lambda v: student(*{**given, traced: v}.values()), given[traced])

    return observe


def one_layer_arguments(case: ChainCase, *, target: bool = False) -> dict[str, Array]:
    """Return W (out, in), b, x and, if asked for, target of a case's first layer."""
    x, goal = case.samples(0)
    given = {"W": case.single_weights[0], "b": case.biases[0], "x": x}
    return {**given, "target": goal} if target else given


def sigmoid_der_arguments(case: ChainCase) -> dict[Quantity, dict[str, Array]]:
    """A vector, a matrix and integers."""
    return {
        DERIVATIVE._replace(aspect=FOR_A_VECTOR): {"z": np.asarray(case.z)},
        DERIVATIVE._replace(aspect=FOR_A_MATRIX): {"z": case.logits},
        DERIVATIVE._replace(aspect=FOR_INTEGERS): {"z": case.whole},
    }


def mse_der_arguments(case: ChainCase) -> dict[Quantity, dict[str, Array]]:
    """One sample, a batch, and integers."""
    return {
        DERIVATIVE._replace(aspect=FOR_A_VECTOR): {"predict": case.logits[0], "target": case.targets[0]},
        DERIVATIVE._replace(aspect=FOR_A_MATRIX): {"predict": case.logits, "target": case.targets},
        DERIVATIVE._replace(aspect=FOR_INTEGERS): {"predict": case.whole, "target": case.labels.astype(np.int64)},
    }


def _like(name: str) -> Callable[[dict[str, Array]], tuple[int, ...]]:
    return lambda given: given[name].shape


ONE_LAYER_CALLS = ("feed_forward_one_layer", "mse_der", "sigmoid_der", "sigmoid_jacobian", "dC_dz", "dz_dW", "dz_db")

observe_feed_forward_one_layer = array_function(
    Function("feed_forward_one_layer", "W, b, x"),
    lambda case: {ACTIVATION: one_layer_arguments(case)},
    _like("b"),
    traced="W",
)
observe_cost_one_layer = array_function(
    Function("cost_one_layer", "W, b, x, target", ("feed_forward_one_layer",)),
    lambda case: {COST: one_layer_arguments(case, target=True)},
    lambda given: (),
    traced="W",
)
observe_mse_der = array_function(Function("mse_der", "predict, target"), mse_der_arguments, _like("predict"))
observe_sigmoid_der = array_function(Function("sigmoid_der", "z"), sigmoid_der_arguments, _like("z"))
observe_sigmoid_jacobian = array_function(
    Function("sigmoid_jacobian", "z", ("sigmoid_der",)),
    lambda case: {DA_DZ: {"z": np.asarray(case.z)}},
    lambda given: given["z"].shape * 2,
)
observe_dC_dz = array_function(
    Function("dC_dz", "z, target", ONE_LAYER_CALLS[:4]),
    lambda case: {DC_DZ: {"z": np.asarray(case.z), "target": case.targets[0]}},
    _like("z"),
)
observe_dz_dW = array_function(
    Function("dz_dW", "W, x"),
    lambda case: {DZ_DW: {"W": case.single_weights[0], "x": case.inputs[0]}},
    lambda given: (given["W"].shape[0], *given["W"].shape),
)
observe_dz_db = array_function(
    Function("dz_db", "b"), lambda case: {DZ_DB: {"b": case.biases[0]}}, lambda given: given["b"].shape * 2
)
_softmax_of_arrays = array_function(
    Function("softmax", "z"),
    lambda case: {PROBABILITIES: {"z": case.logits}, PROBABILITIES._replace(aspect=FOR_INTEGERS): {"z": case.large}},
    _like("z"),
    traced="z",
)


def observe_softmax(student: Any, case: ChainCase) -> Observation:
    """Observe the probabilities, and note whether they overflow for z as large as no network here has them."""
    seen = _softmax_of_arrays(student, case)
    rows = seen.arrays.get(PROBABILITIES, np.zeros((1, 1)))
    if seen.problems or rows.ndim != 2 or not np.allclose(rows.sum(axis=1), 1):
        return seen

    for_large_z = PROBABILITIES._replace(aspect=FOR_LARGE_Z)

    def run(record: Record) -> None:
        with np.errstate(all="ignore"):
            record.quantity(for_large_z, student(1000.0 * case.logits))

    large = watched(run, student).arrays.get(for_large_z)
    if large is not None and np.isfinite(large).all():
        return seen
    sentence = (
        "For entries of z in the thousands your softmax overflows to nan. They do not occur here; where they do, "
        "subtracting the greatest entry of each row first helps, and it changes nothing else."
    )
    return replace(seen, notes=(*seen.notes, Note("large-z", sentence)))


def classification(case: ChainCase) -> dict[str, Array]:
    """Return predictions whose rows sum to 1, and one-hot targets."""
    return {"predict": np.asarray(case.predict), "target": case.labels}


observe_cross_entropy = array_function(
    Function("cross_entropy", "predict, target"),
    lambda case: {COST: classification(case)},
    lambda given: (),
    traced="predict",
)
observe_softmax_cross_entropy_der = array_function(
    Function("softmax_cross_entropy_der", "predict, target"),
    lambda case: {DC_DZ_ROWS: classification(case)},
    _like("predict"),
)

# --- gradients of one and two layers ---------------------------------------------------------------------------


def _layer_gradients(function: Function, layer: int, of: Callable[[Any, ChainCase, Record], Any]) -> Any:
    pair = [Quantity(kind, layer) for kind in GRADIENTS]

    def observe(student: Any, case: ChainCase) -> Observation:
        return function.observed(
            student, lambda record: read_pair(record, of(student, case, record), f"What {function.name} returns", pair)
        )

    return observe


def _one_layer(student: Any, case: ChainCase, record: Record) -> Any:
    arguments = one_layer_arguments(case, target=True)
    given = dict(zip(arguments, in_precision(case, *arguments.values()), strict=True))
    with kept(record, **given):
        return student(*given.values())


def _two_layers(student: Any, case: ChainCase, record: Record) -> Any:
    layers, (x, target) = layers_of(case), in_precision(case, *case.samples(0))
    with kept(record, layers=layers, x=x, target=target):
        return student(layers, x, target)


TWO_LAYER_CALLS = (*ONE_LAYER_CALLS, "feed_forward_two_layers")

observe_gradients_by_autograd = _layer_gradients(
    Function(
        "gradients_by_autograd", "W, b, x, target", ("feed_forward_one_layer", "cost_one_layer"), by_autograd=True
    ),
    0,
    _one_layer,
)
observe_gradients_one_layer = _layer_gradients(
    Function("gradients_one_layer", "W, b, x, target", ONE_LAYER_CALLS), 0, _one_layer
)
observe_gradients_layer_2 = _layer_gradients(
    Function("gradients_layer_2", "layers, x, target", TWO_LAYER_CALLS), 2, _two_layers
)
observe_gradients_layer_1 = _layer_gradients(
    Function("gradients_layer_1", "layers, x, target", TWO_LAYER_CALLS), 1, _two_layers
)


def observe_feed_forward_two_layers(student: Any, case: ChainCase) -> Observation:
    """Observe the output of two layers, and whether autograd can differentiate it."""
    function = Function("feed_forward_two_layers", "layers, x", ("feed_forward_one_layer", "sigmoid_der"))

    def run(record: Record) -> None:
        layers, (x,) = layers_of(case), in_precision(case, case.samples(0)[0])
        with kept(record, layers=layers, x=x):
            value = student(layers, x)
        read_array(record, OUTPUT, value, function.name, case.biases[-1].shape)

    seen = function.observed(student, run)
    layers, x = layers_of(case), case.samples(0)[0].copy()
    (weight, bias), other = layers
    return function.differentiated(student, seen, lambda W: student([(W, bias), other], x), weight)
