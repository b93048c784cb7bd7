"""Observe a student's functions, one at a time: what they return, and that they change nothing they were given.

Earlier functions that the observed one calls are replaced by stand-ins, so that a mistake there does not show here.

Longer than 400 lines because the 25 functions are observed alike, with the same few readers of what they return.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checks.chain_rule.activations import own_cost_der
from checks.chain_rule.autograd_watch import SENTENCE, autograd_makes_of, autograd_watched
from checks.chain_rule.cases import ChainCase
from checks.chain_rule.stand_in import standing_in
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.watch import Halt, Record, missing_function, same, watched

DIFFERENTIABLE = "differentiability"
"""The quantity that says what autograd makes of a function, see `autograd_watch`."""

CALLS = "calls of an activation function"
"""How often the activation functions were called, for each layer, in the first call."""

PARTS = ("dC/dW", "dC/db")

BY_HAND = (
    "Your numbers are right, but they do not come from autograd. Let `grad` find them: from here on they are to check "
    "your own formulas."
)


def second(quantity: str) -> str:
    """Name what a quantity is in a second call with other data."""
    return f"{quantity} (second call)"


def of_layer(quantity: str, layer: int) -> str:
    """Name a quantity of a layer; layers are counted from 1."""
    return f"{quantity} of layer {layer}"


@dataclass(frozen=True)
class Function:
    """What a check knows of the student's function: its name, arguments, what it may call, and whether by autograd."""

    name: str
    arguments: str
    calls: tuple[str, ...] = ()
    by_autograd: bool = False

    def observed(self, student: Any, run: Callable[[Record], None]) -> Observation:
        """Run an observation with stand-ins for what the function may call."""
        problem = missing_function(student, self.name, self.arguments)
        if problem:
            return Observation(problems=(problem,))

        def guarded(record: Record) -> None:
            with standing_in(student, self.calls), autograd_watched() as used:
                try:
                    run(record)
                finally:
                    if used and not self.by_autograd:
                        record.problem(Trouble.AUTODIFF, SENTENCE)
            if self.by_autograd and not used and not record.problems:
                record.notes.append(BY_HAND)

        return watched(guarded, student)

    def differentiated(self, student: Any, observation: Observation, function: Any, argument: Array) -> Observation:
        """Add what autograd makes of the student's function, observed apart from the first call."""
        if any(problem.trouble is not Trouble.CHANGED for problem in observation.problems):
            return observation

        def run(record: Record) -> None:
            with standing_in(student, self.calls):
                record.quantity(DIFFERENTIABLE, autograd_makes_of(function, argument))

        more = watched(run, student)
        arrays = {**observation.arrays, **more.arrays}
        problems = (*observation.problems, *more.problems)
        return Observation(arrays, problems, tuple(dict.fromkeys((*observation.notes, *more.notes))))


@contextlib.contextmanager
def _kept(record: Record, **given: Any) -> Iterator[None]:
    """Note a problem if an argument is changed in the block."""
    before = {name: _copied(value) for name, value in given.items()}
    yield
    for name, value in given.items():
        if not _unchanged(before[name], value):
            record.problem(
                Trouble.CHANGED, f"Your code changes {name}. Work on a copy, or make a new array, so that it stays."
            )


def _copied(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_copied(entry) for entry in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def _unchanged(before: Any, now: Any) -> bool:
    if isinstance(before, list):
        return (
            isinstance(now, list | tuple)
            and len(now) == len(before)
            and all(_unchanged(*pair) for pair in zip(before, now, strict=True))
        )
    return same(before, now) if isinstance(before, np.ndarray) else now is before


def _array(record: Record, name: str, value: Any, call: str, shape: tuple[int, ...]) -> None:
    expected = "a single number" if shape == () else f"an array of shape {shape}"
    record.returned(name, value, call, expected)


def _pair(record: Record, value: Any, where: str, names: Sequence[str], *, rows: bool = False) -> None:
    """Read (dC_dW, dC_db)."""
    if value is None:
        record.returned(names[0], None, where, "the pair (dC_dW, dC_db)")
        return
    if not isinstance(value, list | tuple) or len(value) != 2:
        sentence = f"{where} should be the pair (dC_dW, dC_db), but it is {described(value)}."
        record.problem(Trouble.WRONG_TYPE, sentence)
        return
    for name, part in zip(names, value, strict=True):
        record.quantity(name, part)
        came = record.arrays.get(name)
        if rows and came is not None and "/db" in name and came.ndim == 2 and came.shape[0] == 1:
            record.arrays[name] = came[0]  # (1, out) is as good as (out,)


def layers_of(case: ChainCase) -> list[tuple[Array, Array]]:
    """Return fresh copies of the layers, weights as (in, out) with rows of samples and as (out, in) with one."""
    weights = case.weights if case.many else case.single_weights
    return [
        (weight.astype(case.dtype), bias.astype(case.dtype)) for weight, bias in zip(weights, case.biases, strict=True)
    ]


def _as(case: ChainCase, *arrays: Array) -> list[Array]:
    return [array.astype(case.dtype) for array in arrays]


# --- functions of arrays that return one array -----------------------------------------------------------------

Arguments = Callable[[ChainCase], dict[str, dict[str, Array]]]
"""For each quantity the keyed arguments of the call that gives it."""


def array_function(
    function: Function, arguments: Arguments, shape: Callable[[dict[str, Array]], tuple[int, ...]], traced: str = ""
) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of a function that returns one array; `traced` names the argument autograd is to follow."""

    def observe(student: Any, case: ChainCase) -> Observation:
        calls = arguments(case)

        def run(record: Record) -> None:
            for name, given in calls.items():
                floats = {key: v.astype(case.dtype) if v.dtype.kind == "f" else v.copy() for key, v in given.items()}
                with _kept(record, **floats):
                    value = student(*floats.values())
                _array(record, name, value, function.name, shape(given))

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


def pre_activation(case: ChainCase) -> Array:
    """Return z of the first layer for the first sample."""
    return np.asarray(case.single_weights[0] @ case.inputs[0] + case.biases[0])


def sigmoid_der_arguments(case: ChainCase) -> dict[str, dict[str, Array]]:
    """A vector, a matrix and integers."""
    return {
        "derivative for a vector": {"z": pre_activation(case)},
        "derivative for a matrix": {"z": case.logits},
        "derivative for integers": {"z": case.whole},
    }


def mse_der_arguments(case: ChainCase) -> dict[str, dict[str, Array]]:
    """One sample, a batch, and integers."""
    return {
        "derivative for a vector": {"predict": case.logits[0], "target": case.targets[0]},
        "derivative for a matrix": {"predict": case.logits, "target": case.targets},
        "derivative for integers": {"predict": case.whole, "target": case.labels.astype(np.int64)},
    }


def _like(name: str) -> Callable[[dict[str, Array]], tuple[int, ...]]:
    return lambda given: given[name].shape


ONE_LAYER_CALLS = ("feed_forward_one_layer", "mse_der", "sigmoid_der", "sigmoid_jacobian", "dC_dz", "dz_dW", "dz_db")

observe_feed_forward_one_layer = array_function(
    Function("feed_forward_one_layer", "W, b, x"),
    lambda case: {"activation a": one_layer_arguments(case)},
    _like("b"),
    traced="W",
)
observe_cost_one_layer = array_function(
    Function("cost_one_layer", "W, b, x, target", ("feed_forward_one_layer",)),
    lambda case: {"cost": one_layer_arguments(case, target=True)},
    lambda given: (),
    traced="W",
)
observe_mse_der = array_function(Function("mse_der", "predict, target"), mse_der_arguments, _like("predict"))
observe_sigmoid_der = array_function(Function("sigmoid_der", "z"), sigmoid_der_arguments, _like("z"))
observe_sigmoid_jacobian = array_function(
    Function("sigmoid_jacobian", "z", ("sigmoid_der",)),
    lambda case: {"da/dz": {"z": pre_activation(case)}},
    lambda given: given["z"].shape * 2,
)
observe_dC_dz = array_function(
    Function("dC_dz", "z, target", ("feed_forward_one_layer", "mse_der", "sigmoid_der", "sigmoid_jacobian")),
    lambda case: {"dC/dz": {"z": pre_activation(case), "target": case.targets[0]}},
    _like("z"),
)
observe_dz_dW = array_function(
    Function("dz_dW", "W, x"),
    lambda case: {"dz/dW": {"W": case.single_weights[0], "x": case.inputs[0]}},
    lambda given: (given["W"].shape[0], *given["W"].shape),
)
observe_dz_db = array_function(
    Function("dz_db", "b"), lambda case: {"dz/db": {"b": case.biases[0]}}, lambda given: given["b"].shape * 2
)
_softmax_of_arrays = array_function(
    Function("softmax", "z"),
    lambda case: {"probabilities": {"z": case.logits}, "probabilities for integers": {"z": case.whole}},
    _like("z"),
    traced="z",
)


def observe_softmax(student: Any, case: ChainCase) -> Observation:
    """Observe the probabilities, and note whether they overflow for z as large as no network here has them."""
    seen = _softmax_of_arrays(student, case)
    rows = seen.arrays.get("probabilities", np.zeros((1, 1)))
    if seen.problems or rows.ndim != 2 or not np.allclose(rows.sum(axis=1), 1):
        return seen

    def run(record: Record) -> None:
        with np.errstate(all="ignore"):
            record.quantity("probabilities for large z", student(1000.0 * case.logits))

    large = watched(run, student).arrays.get("probabilities for large z")
    if large is not None and np.isfinite(large).all():
        return seen
    note = (
        "For entries of z in the thousands your softmax overflows to nan. They do not occur here; where they do, "
        "subtracting the greatest entry of each row first helps, and it changes nothing else."
    )
    return replace(seen, notes=(*seen.notes, note))


def classification(case: ChainCase) -> dict[str, Array]:
    """Return predictions whose rows sum to 1, and one-hot targets."""
    powers = np.exp(0.4 * case.logits)  # no probability so small that a number added for safety would show
    return {"predict": powers / powers.sum(axis=1, keepdims=True), "target": case.labels}


observe_cross_entropy = array_function(
    Function("cross_entropy", "predict, target"),
    lambda case: {"cost": classification(case)},
    lambda given: (),
    traced="predict",
)
observe_softmax_cross_entropy_der = array_function(
    Function("softmax_cross_entropy_der", "predict, target"),
    lambda case: {"dC/dZ": classification(case)},
    _like("predict"),
)

# --- gradients of one and two layers ---------------------------------------------------------------------------


def _layer_gradients(function: Function, layer: int, of: Callable[[Any, ChainCase, Record], Any]) -> Any:
    names = [of_layer(part, layer) if layer else part for part in PARTS]

    def observe(student: Any, case: ChainCase) -> Observation:
        return function.observed(
            student, lambda record: _pair(record, of(student, case, record), f"What {function.name} returns", names)
        )

    return observe


def _one_layer(student: Any, case: ChainCase, record: Record) -> Any:
    given = dict(
        zip(("W", "b", "x", "target"), _as(case, *one_layer_arguments(case, target=True).values()), strict=True)
    )
    with _kept(record, **given):
        return student(*given.values())


def _two_layers(student: Any, case: ChainCase, record: Record) -> Any:
    layers, (x, target) = layers_of(case), _as(case, *case.samples(0))
    with _kept(record, layers=layers, x=x, target=target):
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
        layers, (x,) = layers_of(case), _as(case, case.samples(0)[0])
        with _kept(record, layers=layers, x=x):
            value = student(layers, x)
        _array(record, "output a2", value, function.name, case.biases[-1].shape)

    seen = function.observed(student, run)
    layers, x = layers_of(case), case.samples(0)[0].copy()
    (weight, bias), other = layers
    return function.differentiated(student, seen, lambda W: student([(W, bias), other], x), weight)


# --- any depth, one sample and rows of samples -----------------------------------------------------------------


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
            with _kept(record, layer_output_sizes=sizes):
                layers = student(case.sizes[0], sizes)
            if sizes != list(case.sizes[1:]):
                record.problem(Trouble.CHANGED, "Your code changes layer_output_sizes. Leave the list as it is.")
            if layers is None:
                record.returned("layers", None, name, "a list with one pair (W, b) for every layer")
                return
            if not isinstance(layers, list | tuple):
                sentence = f"{name} returned {described(layers)}; it should return a list of pairs (W, b)."
                raise Halt(Trouble.WRONG_TYPE, sentence)
            record.quantity("number of layers", len(layers))
            for number, layer in enumerate(layers, start=1):
                if not isinstance(layer, list | tuple) or len(layer) != 2:
                    sentence = f"Entry {number - 1} of the list should be a pair (W, b), but it is {described(layer)}."
                    raise Halt(Trouble.WRONG_TYPE, sentence)
                for part, value in zip(("W", "b"), layer, strict=True):
                    record.quantity(of_layer(part, number), value)
                    array = record.arrays.pop(of_layer(part, number), None)
                    if array is None:
                        continue
                    if many and part == "b" and array.ndim == 2 and array.shape[0] == 1:
                        array = array[0]  # (1, out) is as good as (out,)
                    record.arrays[of_layer(f"shape of {part}", number)] = _shape(array)
                    if part == "W":
                        record.quantity(of_layer("variety of W", number), _variety(array, int(many)))

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
                layers, (x,), (functions, _) = layers_of(case), _as(case, case.samples(call)[0]), case.functions(call)
                with _kept(record, **{data: x, "layers": layers, "activation_funcs": functions}):
                    value = student(x, layers, functions)
                quantity = second("prediction") if call else "prediction"
                _array(record, quantity, value, name, case.samples(call)[1].shape)

        seen = function.observed(student, run)
        layers, x, functions = layers_of(case), case.samples(0)[0].copy(), case.functions(0)[0]
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
            layers, (x,), (functions, _) = layers_of(case), _as(case, case.samples(0)[0]), case.functions(0)
            with _kept(record, **{data: x, "layers": layers, "activation_funcs": functions}):
                value = student(x, layers, functions)
                expected = "(layer_inputs, zs, predict)"
                if value is None:
                    record.returned("prediction", None, name, expected)
                    return
                if not isinstance(value, list | tuple) or len(value) != 3:
                    sentence = f"{name} returned {described(value)}; it should return {expected}."
                    raise Halt(Trouble.WRONG_TYPE, sentence)
                for kept, quantity, number in zip(
                    value, ("layer input", "z"), ("number of layer inputs", "number of zs"), strict=False
                ):
                    entries = _entries(kept, number.removeprefix("number of ").replace("layer inputs", "layer_inputs"))
                    record.quantity(number, len(entries))
                    for layer, entry in enumerate(entries, start=1):
                        record.quantity(of_layer(quantity, layer), entry)
                _array(record, "prediction", value[2], name, case.samples(0)[1].shape)

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


def backpropagation_observed(*, many: bool) -> Callable[[Any, ChainCase], Observation]:
    """Make the observation of all gradients, once with the default cost_der and once with another one."""
    name, data = _names_of("backpropagation", many=many)
    earlier = (
        "feed_forward",
        "feed_forward_saver",
        "backpropagation",
        "feed_forward_batch",
        "feed_forward_saver_batch",
    )
    function = Function(
        name,
        f"{data}, layers, activation_funcs, target{'s' * many}, activation_ders, cost_der=mse_der",
        ("mse_der", "sigmoid_der", "sigmoid_jacobian", "dz_dW", "dz_db", *(earlier if many else earlier[:2])),
    )

    def observe(student: Any, case: ChainCase) -> Observation:
        def run(record: Record) -> None:
            for call in range(2):
                layers, (x, target) = layers_of(case), _as(case, *case.samples(call))
                functions, derivatives = case.functions(call)
                counted = [_Counted(f) for f in functions]
                given = {data: x, "layers": layers, "activation_funcs": counted, "target": target}
                with _kept(record, **given, activation_ders=derivatives):
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
        record.returned("gradients", None, name, expected)
        return
    if not isinstance(gradients, list | tuple):
        raise Halt(Trouble.WRONG_TYPE, f"{name} returned {described(gradients)}; it should return {expected}.")
    if len(gradients) > depth:
        sentence = f"{name} returned {len(gradients)} entries for {depth} layers; it should return {expected}."
        raise Halt(Trouble.WRONG_TYPE, sentence)
    for layer, pair in enumerate(gradients, start=1):
        names = [of_layer(part, layer) for part in PARTS]
        names = [second(quantity) for quantity in names] if call else names
        where = f"Entry {layer - 1} of what {name} returns"
        if pair is None:
            record.problem(Trouble.WRONG_TYPE, f"{where} is None; it should be the pair (dC_dW, dC_db).")
        else:
            _pair(record, pair, where, names, rows=many)


# --- training --------------------------------------------------------------------------------------------------

TRAIN_CALLS = (
    "mse_der",
    "feed_forward_batch",
    "feed_forward_saver_batch",
    "cross_entropy",
    "softmax_cross_entropy_der",
    "backpropagation_batch",
)


def cost_der_for_training(predict: Any, target: Any) -> Any:
    """Return a derivative that is neither (25) nor (32), so that ignoring the argument shows."""
    return 1.7 * (predict - target) / len(predict) + 0.05 * predict


RETURNS = ("(layers, losses)", "(losses, layers)", "the losses only", "the layers only")
"""What `train_network` may return; the quantity "return value" is an index of this."""


def observe_train_network(student: Any, case: ChainCase) -> Observation:
    """Observe the layers and losses that come back from training."""
    name = "train_network"
    arguments = "inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs"
    function = Function(name, arguments, TRAIN_CALLS)

    def run(record: Record) -> None:
        layers, (inputs, targets) = layers_of(case), _as(case, *case.samples(0))
        functions, derivatives = case.functions(0)
        before = [tuple(part.copy() for part in pair) for pair in layers]
        with _kept(record, inputs=inputs, targets=targets):
            value = student(
                inputs, targets, layers, functions, derivatives, cost_der_for_training, case.rate, case.epochs
            )
        if value is None:
            record.returned("layers", None, name, RETURNS[0])
            return
        form, trained, losses = _result_of_training(value, name)
        record.quantity("return value", float(form))
        if not _unchanged([list(pair) for pair in before], [list(pair) for pair in layers]):
            record.notes.append("train_network also changes the layers that it is given; keep a copy to compare with.")
        for number, pair in enumerate(trained or [], start=1):
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                sentence = f"Entry {number - 1} of the trained layers should be a pair (W, b); it is {described(pair)}."
                raise Halt(Trouble.WRONG_TYPE, sentence)
            for part, value in zip(("W", "b"), pair, strict=True):
                record.quantity(f"{of_layer(part, number)} after training", value)
                array = record.arrays.get(f"{of_layer(part, number)} after training")
                if array is not None and part == "b" and array.ndim == 2 and array.shape[0] == 1:
                    record.arrays[f"{of_layer(part, number)} after training"] = array[0]
        if losses is not None:
            record.quantity("losses", losses)

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
