"""The right answers for a neural network as small steps, numbered as the equations of the notebook.

Hidden layers are tanh, the output layer is a sigmoid, the loss is the mean squared error over all N K entries.
Layers are counted from 1 to L; `activations[0]` is X.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, permutations
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.joints import Series, Walk
from checks.formulas.slips import Worked
from checks.formulas.tree import Node, Symbol, over_samples, phi, scaled, slope, square, times, total
from checks.judging.reference import LAST_STAGE, Answer, Override, Slip
from checks.neural_network.case import (
    BIAS,
    BIAS_GRADIENT,
    LOSS,
    PREDICTION,
    WEIGHT,
    WEIGHT_GRADIENT,
    NetworkCase,
)
from checks.neural_network.network import PASS
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

A, Z = Symbol("A", "the activation")[0], Symbol("Z", "the weighted input")[0]
W, B = Symbol("W", "the weights")[0], Symbol("b", "the biases")[0]
X, Y, PREDICTED = Symbol("X", "the input"), Symbol("Y", "the labels"), Symbol("Ŷ", "the prediction")
C, DC = Symbol("C", "the loss"), Symbol("∂C/∂A⁽ᴸ⁾", "the gradient of the loss")
D = Symbol("Δ", "the error signal")[0]
DA = Symbol("∂C/∂A", "what is passed back")[0]
SLOPE = Symbol("φ'", "the derivative of the activation", form="φ{}'(Z{})")[0]
DW, DB = Symbol("∇W", "the weight gradient")[0], Symbol("∇b", "the bias gradient")[0]
RATE = Symbol("η", "the learning rate")
D_LAST, W_LAST = Symbol("Δ⁽ᴸ⁾", "the error signal of the output"), Symbol("W⁽ᴸ⁾", "the weights of the last layer")
Z_LAST = Symbol("Z⁽ᴸ⁾", "the weighted input of the output")
DW_BEFORE = Symbol("∇W₀", "the weight gradient of the call before,", form="∇W{} of the call before")[0]
DB_BEFORE = Symbol("∇b₀", "the bias gradient of the call before,", form="∇b{} of the call before")[0]
"""The quantities of the notebook."""

Known = dict[tuple[str, int], Array]
"""Quantities by name and layer."""

Steps = Mapping[int, tuple[Array, Array]]
"""The gradients of each layer's weights and biases."""


@dataclass(frozen=True)
class Pass:
    """One forward pass: `activations[l]` and `weighted_inputs[l]` of layer l, (batch, width); both start with X."""

    activations: list[Array]
    weighted_inputs: list[Array]

    @property
    def prediction(self) -> Array:
        """The output of the last layer, (batch, out)."""
        return self.activations[-1]

    @cached_property
    def known(self) -> Known:
        """Its quantities by name and layer."""
        found = {("X", 0): self.activations[0], ("Ŷ", 0): self.prediction, ("Z⁽ᴸ⁾", 0): self.weighted_inputs[-1]}
        for name, values in (("A", self.activations), ("Z", self.weighted_inputs)):
            found |= {(name, layer): value for layer, value in enumerate(values)}
        return found


def parameters(weights: Sequence[Array], biases: Sequence[Array]) -> Known:
    """Return the weights and biases of all layers."""
    pairs = enumerate(zip(weights, biases, strict=True), start=1)
    return {(name, layer): array for layer, pair in pairs for name, array in zip("Wb", pair, strict=True)}


_PASSES: WeakKeyDictionary[NetworkCase, dict[int, tuple[Array, Pass]]] = WeakKeyDictionary()
"""The right passes of cases, by the identity of their inputs, which are kept with them."""


class NetworkReference(Worked):
    """A network and its forward pass, equations (1) and (2)."""

    case: NetworkCase
    symbols: ClassVar[tuple[Symbol, ...]] = (A, A[-1], A[1], Z, Z[-1], W, W[1], B, X)
    steps: ClassVar[tuple[str, ...]] = ("weighted_input", "activation")
    joints: ClassVar[Mapping[str, Walk | Series]] = {"layers_passed": Walk("passed")}
    places: ClassVar[Mapping[str, str]] = {"hidden": "in the hidden layers", "output": "at the output"}
    everywhere: ClassVar[frozenset[str]] = frozenset(steps)
    activations: ClassVar[tuple[str, ...]] = ("tanh", "σ")
    addends: ClassVar[tuple[Symbol, ...]] = (B,)

    weighted_input = Formula("(1)", Z, A[-1] @ W + B)
    activation = Formula("(2)", A, phi(Z), ", tanh in hidden layers, sigmoid at the output")

    @property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.case.weights)

    def activation_of(self, layer: int) -> str:
        return "σ" if layer == self.depth else "tanh"

    def sizes(self) -> Mapping[str, int]:
        samples, outputs = self.known["Y", 0].shape
        return {"N": samples, "K": outputs}

    def is_at(self, layer: int, where: str) -> bool:
        return (layer == self.depth) == (where == "output")

    def layers_passed(self) -> list[int]:
        """Return the layers that the pass goes through, in order."""
        return list(range(1, self.depth + 1))

    def forward(self, x: Array) -> Pass:
        """Return the pass of X through all layers; a right one is computed once for a case that does not change."""
        if not isinstance(self.case, NetworkCase) or type(self).activation is not NetworkReference.activation:
            return self._passed(x)
        if not vars(self).keys().isdisjoint(("weighted_input", "activation", "layers_passed")):
            return self._passed(x)
        passes = _PASSES.setdefault(self.case, {})
        if id(x) not in passes:
            passes[id(x)] = (x, self._passed(x))
        return passes[id(x)][1]

    def _passed(self, x: Array) -> Pass:
        self.known = {**parameters(self.case.weights, self.case.biases), ("X", 0): x, ("A", 0): x, ("Z", 0): x}
        activations, weighted_inputs = [x], [x]
        for layer in self.layers_passed():
            weighted_inputs.append(self.make("weighted_input", layer))
            activations.append(self.make("activation", layer))
        return Pass(activations, weighted_inputs)


def _exchanged(kind: str, other: str, ref: ForwardReference, right: Any, one_pass: Pass) -> dict[Quantity, Array]:
    """Return what layers remember if two of their memories are exchanged."""
    return _holds(kind, other, ref, right, one_pass) | {
        quantity: value
        for quantity, value in _holds(other, kind, ref, right, one_pass).items()
        if quantity.kind == other
    }


def _holds(kind: str, other: str, ref: ForwardReference, right: Any, one_pass: Pass) -> dict[Quantity, Array]:
    """Return what layers remember if one of their memories holds what belongs in another."""
    answer = dict(right(one_pass))
    return answer | {quantity: answer[quantity._replace(kind=other)] for quantity in answer if quantity.kind == kind}


class ForwardReference(NetworkReference):
    """Equations (1) and (2), layer by layer."""

    others: ClassVar[tuple[Slip, ...]] = tuple(
        Slip(
            f"remembered: {other} in {kind}",
            Override("remembered", partial(_holds, kind, other)),
            f"when {kind} holds what belongs in {other}",
            "Look at what each layer remembers.",
            "What does each of the three memories hold, and does anything change it afterwards, in place?",
            meaning="another memory",
        )
        for kind, other in permutations(PASS, 2)
    ) + tuple(
        Slip(
            f"remembered: {kind} and {other} exchanged",
            Override("remembered", partial(_exchanged, kind, other)),
            f"when {kind} and {other} are exchanged",
            "Look at what each layer remembers.",
            "What does each of the three memories hold?",
            meaning="memories exchanged",
        )
        for kind, other in combinations(PASS, 2)
    )

    def remembered(self, one_pass: Pass) -> dict[Quantity, Array]:
        """Return what every layer remembers of its last pass."""
        answer: dict[Quantity, Array] = {}
        inputs, outputs = one_pass.activations, one_pass.activations[1:]
        for layer, values in enumerate(zip(inputs, one_pass.weighted_inputs[1:], outputs, strict=False), start=1):
            answer |= {Quantity(kind, layer): value for kind, value in zip(PASS, values, strict=True)}
        return answer

    def answer(self) -> Answer:
        """Return the prediction, what the layers remember, and the prediction for other data."""
        one_pass = self.forward(self.case.x)
        again = {PREDICTION.in_call(SECOND): self.forward(self.case.second_x).prediction}
        if len(one_pass.activations) <= self.depth:
            return {PREDICTION: one_pass.prediction, **again}
        return {PREDICTION: one_pass.prediction, **self.remembered(one_pass), **again}


class LossReference(NetworkReference):
    """Equation (3)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (PREDICTED, Y, X, Z_LAST)
    steps: ClassVar[tuple[str, ...]] = ("mean_squared_error",)
    joints: ClassVar[Mapping[str, Walk | Series]] = {}
    everywhere: ClassVar[frozenset[str]] = frozenset()
    measures: ClassVar[tuple[str, ...]] = ("N", "K")
    addends: ClassVar[tuple[Symbol, ...]] = ()

    mean_squared_error = Formula("(3)", C, scaled(1, N=-1, K=-1)(total(square(PREDICTED - Y))))

    def loss(self, one_pass: Pass, y: Array) -> Array:
        """Return the loss, equation (3)."""
        self.known = {**one_pass.known, ("Y", 0): y}
        return self.make("mean_squared_error")

    def answer(self) -> Answer:
        """Return the loss, and that of other data."""
        case = self.case
        return {
            LOSS: self.loss(self.forward(case.x), case.y),
            LOSS.in_call(SECOND): self.loss(self.forward(case.second_x), case.second_y),
        }


class BackwardReference(NetworkReference):
    """Equations (4) to (9), from the last layer to the first."""

    symbols: ClassVar[tuple[Symbol, ...]] = (
        *(one[offset] for one in (A, Z, W, B, D, SLOPE, DA, DW, DB) for offset in (0, -1, 1)),
        *(X, PREDICTED, Y, DC, D_LAST, W_LAST),
    )
    steps: ClassVar[tuple[str, ...]] = (
        "loss_gradient",
        "activation_derivative",
        "output_error_signal",
        "passed_back",
        "hidden_error_signal",
        "weight_gradient",
        "bias_gradient",
    )
    joints: ClassVar[Mapping[str, Walk | Series]] = {
        "layers_visited": Walk("visited", ordered=True),
        "layers_stored": Walk("given its gradients"),
    }
    everywhere: ClassVar[frozenset[str]] = frozenset({"activation_derivative", "weight_gradient", "bias_gradient"})
    inlined: ClassVar[frozenset[str]] = frozenset({"activation_derivative", "passed_back"})
    measures: ClassVar[tuple[str, ...]] = ("N", "K")
    addends: ClassVar[tuple[Symbol, ...]] = (B, B[1])

    loss_gradient = Formula("(4)", DC, scaled(2, N=-1, K=-1)(PREDICTED - Y))
    activation_derivative = Formula(
        "(5), (7)", SLOPE, slope(Z), ", where σ'(z) = σ(z)(1 - σ(z)) and tanh'(z) = 1 - tanh(z)²"
    )
    output_error_signal = Formula(
        "(5)", D, DC * SLOPE, ", at the output, where l = L", "the error signal of the output layer"
    )
    passed_back = Formula("(6)", DA, D[1] @ W[1].T)
    hidden_error_signal = Formula("(7)", D, DA * SLOPE, ", in hidden layers", "the error signal of a hidden layer")
    weight_gradient = Formula("(8)", DW, A[-1].T @ D)
    bias_gradient = Formula("(9)", DB, over_samples(D))

    def pass_used(self, x: Array, previous_x: Array) -> Pass:
        """Return the forward pass that the gradients are computed from."""
        return self.forward(x)

    def layers_visited(self) -> list[int]:
        """Return the layers in the order in which the error signal reaches them."""
        return list(range(self.depth, 0, -1))

    def layers_stored(self) -> list[int]:
        """Return the layers whose gradients are stored."""
        return list(range(1, self.depth + 1))

    def stored(self, weight: Array, bias: Array) -> tuple[Array, Array]:
        """Return what a layer stores as its weight gradient and as its bias gradient."""
        return weight, bias

    def stored_again(self, first: Array, second: Array) -> Array:
        """Return what a gradient holds after a second call that computed `second`."""
        return second

    def gradients(self, one_pass: Pass, y: Array) -> dict[Quantity, Array]:
        """Return all gradients, those of the last layer first and a layer's bias before its weight."""
        return dict(self.gradients_in_turn(one_pass, y))

    def gradients_in_turn(self, one_pass: Pass, y: Array) -> Iterator[tuple[Quantity, Array]]:
        """Yield each gradient as soon as it is computed."""
        known = {**one_pass.known, ("Y", 0): y, ("W⁽ᴸ⁾", 0): self.case.weights[-1]}
        self.known = parameters(self.case.weights, self.case.biases) | known
        kept, before = set(self.layers_stored()), 0
        for layer in self.layers_visited():
            if not before:
                self.known["∂C/∂A", layer] = self.make("loss_gradient")
            else:  # from the layer that was visited before, whichever that is
                self.known["∂C/∂A", layer] = np.asarray(self.passed_back(before - 1))
            self.make("activation_derivative", layer)
            signal = self.make("hidden_error_signal" if before else "output_error_signal", layer)
            self.known.setdefault(("Δ⁽ᴸ⁾", 0), signal)
            weight, bias = self.stored(self.make("weight_gradient", layer), self.make("bias_gradient", layer))
            if layer in kept:
                yield Quantity(BIAS_GRADIENT, layer), bias
                yield Quantity(WEIGHT_GRADIENT, layer), weight
            before = layer

    def answer(self) -> Answer:
        """Return the gradients of a first call and of a second one on other data."""
        return dict(self.quantities())

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the gradients of a first call and of a second one on other data."""
        case, first = self.case, {}
        for quantity, value in self.gradients_in_turn(self.pass_used(case.x, case.stale_x), case.y):
            first[quantity] = value
            yield quantity, value
        if self.last_stage > 0:
            for quantity, value in self.gradients_in_turn(self.pass_used(case.second_x, case.x), case.second_y):
                yield quantity.in_call(SECOND), self.stored_again(first[quantity], value)


class UpdateReference(Worked):
    """Equation (10), for every layer."""

    case: NetworkCase
    symbols: ClassVar[tuple[Symbol, ...]] = (*(one[offset] for one in (W, B, DW, DB) for offset in (0, -1, 1)), RATE)
    steps: ClassVar[tuple[str, ...]] = ("new_weight", "new_bias")
    joints: ClassVar[Mapping[str, Walk | Series]] = {
        "layers_updated": Walk("updated"),
        "biases_updated": Walk("given new biases"),
        "weights_updated": Walk("given new weights"),
    }
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {
        "new_weight": ("new_bias", {W: B, DW: DB, DW[-1]: DB[-1], DW[1]: DB[1], DW_BEFORE: DB_BEFORE})
    }
    measures: ClassVar[tuple[str, ...]] = ("L",)
    addends: ClassVar[tuple[Symbol, ...]] = (W, B, DW_BEFORE, DB_BEFORE)

    new_weight = Formula("(10)", W, W - times(RATE, DW), makes="the update of the weights")
    new_bias = Formula("(10)", B, B - times(RATE, DB), makes="the update of the biases")

    def sizes(self) -> Mapping[str, int]:
        return {"L": len(self.case.weights)}

    def __init__(self, case: Any, own: Mapping[Quantity, Array] | None = None, last_stage: int = LAST_STAGE):
        super().__init__(case, own, last_stage)
        self.known = {}

    def layers_updated(self) -> list[int]:
        """Return the layers that are updated."""
        return list(range(1, len(self.case.weights) + 1))

    def weights_updated(self) -> list[int]:
        """Return the layers that get new weights."""
        return self.layers_updated()

    def biases_updated(self) -> list[int]:
        """Return the layers that get new biases."""
        return self.layers_updated()

    def updated(self, weights: Sequence[Array], biases: Sequence[Array], steps: Steps, rate: float) -> None:
        """Update all parameters, which are afterwards `known`; `steps` are a layer's gradients, by its number."""
        self.known |= {**parameters(weights, biases), ("η", 0): np.asarray(rate)}
        before = {name: value for name, value in self.known.items() if name[0].startswith("∇")}
        for layer, gradients in steps.items():
            for name, gradient in zip(("∇W", "∇b"), gradients, strict=True):
                self.known[name, layer] = gradient
                self.known[f"{name}₀", layer] = before.get((name, layer), np.zeros_like(gradient))
                self.known[name, 0] = gradient  # that of the last layer, as Python counts
        new = {("W", layer): self.new_weight(layer) for layer in self.weights_updated()}
        self.known |= new | {("b", layer): self.new_bias(layer) for layer in self.biases_updated()}

    def answer(self) -> Answer:
        """Return all parameters after one update and after a second one."""
        case, layers = self.case, range(1, len(self.case.weights) + 1)
        answer: dict[Quantity, Array] = {}
        weights, biases = case.weights, case.biases
        for call, steps, rate in zip((FIRST, SECOND), case.steps, case.learning_rates, strict=True):
            self.updated(weights, biases, dict(enumerate(steps, start=1)), rate)
            weights, biases = (tuple(self.known[name, layer] for layer in layers) for name in "Wb")
            for layer, pair in enumerate(zip(weights, biases, strict=True), start=1):
                answer[Quantity(WEIGHT, layer, call)], answer[Quantity(BIAS, layer, call)] = pair
        return answer
