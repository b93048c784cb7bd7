"""The right answers of Parts 1 to 3, each equation under its number in the notebook: one sample, one layer or two.

A sample is a flat vector, weights are (out, in), z = W x + b.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from checks.chain_rule.case import (
    ACTIVATION,
    COST,
    DA_DZ,
    DC_DZ,
    DERIVATIVE,
    DIFFERENTIABLE,
    DZ_DB,
    DZ_DW,
    GRADIENTS,
    OUTPUT,
    ChainCase,
)
from checks.chain_rule.observe import mse_der_arguments, sigmoid_der_arguments
from checks.formulas.formula import Formula
from checks.formulas.slips import Worked
from checks.formulas.tree import Activation, Node, Number, Operation, Symbol, scaled, square, total
from checks.judging.reference import Answer
from checks.observing.observation import Array
from checks.observing.quantity import Quantity

W, B, X = Symbol("W", "the weights"), Symbol("b", "the biases"), Symbol("x", "the input")
Z, A, T = Symbol("z", "the weighted input"), Symbol("a", "the activation"), Symbol("t", "the target")
P = Symbol("p", "the prediction")
C, DC_DP, DC_DA = (
    Symbol("C", "the cost"),
    Symbol("∂C/∂p", "the derivative of the cost"),
    Symbol("∂C/∂a", "the derivative of the cost"),
)
SIGMOID, SLOPE = Symbol("σ(z)", "the sigmoid"), Symbol("σ'(z)", "the derivative of the sigmoid")
JACOBIAN, DC_DZ_SYMBOL = Symbol("∂a/∂z", "the Jacobian"), Symbol("∂C/∂z", "the error signal")
DZ_DW_SYMBOL, DZ_DB_SYMBOL = Symbol("∂z/∂W", "the derivative of z by W"), Symbol("∂z/∂b", "the derivative of z by b")
DC_DW, DC_DB = Symbol("∂C/∂W", "the weight gradient"), Symbol("∂C/∂b", "the bias gradient")
ONE = Number(1)
"""The quantities of one layer."""

W1, B1, Z1, A1, W2, B2, Z2, A2 = (
    Symbol(f"{name}{layer}", f"the {noun} of layer {layer}")
    for layer in (1, 2)
    for name, noun in (("W", "weights"), ("b", "biases"), ("z", "weighted input"), ("a", "activation"))
)
DC_DA1, DC_DA2 = Symbol("∂C/∂a1", "what is passed back"), Symbol("∂C/∂a2", "the derivative of the cost")
SLOPE1, SLOPE2 = (Symbol(f"σ'(z{layer})", f"the derivative of the sigmoid in layer {layer}") for layer in (1, 2))
DC_DZ1, DC_DZ2 = (Symbol(f"∂C/∂z{layer}", f"the error signal of layer {layer}") for layer in (1, 2))
DC_DW1, DC_DW2 = (Symbol(f"∂C/∂W{layer}", "the weight gradient") for layer in (1, 2))
DC_DB1, DC_DB2 = (Symbol(f"∂C/∂b{layer}", "the bias gradient") for layer in (1, 2))
"""Those of two layers."""

Known = dict[tuple[str, int], Array]
"""Quantities by name and layer."""


def of(name: str, *arguments: Node) -> Operation:
    """Return an operation by its name."""
    return Operation(name, arguments)


def sigmoid(z: Node) -> Operation:
    """Return the sigmoid of a node."""
    return of("σ", z)


def sigmoid_slope(z: Node) -> Node:
    """Return the derivative of the sigmoid at a node."""
    return Activation(z, "slope", "σ")


def outer(left: Node, right: Node) -> Node:
    """Return the outer product of two vectors."""
    return of("column by row", left, right)


class ChainReference(Worked):
    """What all references of the exercise share: their case, and what autograd makes of the function."""

    case: ChainCase

    def differentiability(self) -> Array:
        """Return what autograd makes of the function: 0 if it differentiates."""
        return np.array(0.0)

    def answer(self) -> Answer:
        """Return every quantity."""
        return dict(self.quantities())


class ChainOfSteps(ChainReference):
    """Equations that are worked out one after the other: `steps`, in each of one or several calls."""

    returned: ClassVar[Mapping[Quantity, str]]
    """What is returned, and the step that makes it."""

    traced: ClassVar[bool] = False
    """Whether autograd is to differentiate the function."""

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        """Return the arguments of each call by their names, by what is special about it."""
        case, (x, target) = self.case, self.case.samples(0)
        given = {"W": case.single_weights[0], "b": case.biases[0], "x": x, "t": target}
        return {"": given if case.z is None else {**given, "z": np.asarray(case.z)}}

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        for aspect, given in self.calls().items():
            self.known = {(name, 0): array for name, array in given.items()}
            for step in self.steps:
                self.make(step)
            made = self.handed_back([self.known[self._made[step].name, 0] for step in self.returned.values()])
            for quantity, value in zip(self.returned, made, strict=True):
                yield quantity._replace(aspect=aspect), np.asarray(value)
        if self.traced:
            yield DIFFERENTIABLE, self.differentiability()

    def handed_back(self, made: list[Array]) -> list[Array]:
        """Return what the function returns of what it has made."""
        return made


# --- one layer -------------------------------------------------------------------------------------------------


class OneLayerReference(ChainOfSteps):
    """Equations (1) and (2)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (W, B, X, Z)
    steps: ClassVar[tuple[str, ...]] = ("weighted_input", "activation")
    inlined = frozenset({"weighted_input"})
    results = frozenset({"activation"})
    activations = ("σ", "tanh")
    addends = (B,)
    returned: ClassVar[Mapping[Quantity, str]] = {ACTIVATION: "activation"}
    traced = True

    weighted_input = Formula("(1)", Z, W @ X + B)
    activation = Formula("(1), (2)", A, sigmoid(Z))


class CostReference(OneLayerReference):
    """Equation (3) of the activation of one layer."""

    symbols = (W, B, X, Z, A, T)
    steps = (*OneLayerReference.steps, "mean_squared_error")
    results = frozenset({"mean_squared_error"})
    measures = ("K",)
    returned: ClassVar[Mapping[Quantity, str]] = {COST: "mean_squared_error"}

    mean_squared_error = Formula("(3)", C, scaled(1, K=-1)(total(square(A - T))))


class MseDerReference(ChainOfSteps):
    """Equation (6)."""

    symbols = (P, T)
    steps = ("loss_gradient",)
    results = frozenset(steps)
    measures = ("size", "length", "columns")
    returned: ClassVar[Mapping[Quantity, str]] = {DERIVATIVE: "loss_gradient"}

    loss_gradient = Formula("(6)", DC_DP, scaled(2, size=-1)(P - T), ", where size is the number of all entries")

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        given = mse_der_arguments(self.case).items()
        return {quantity.aspect: {"p": one["predict"], "t": one["target"]} for quantity, one in given}

    def sizes(self) -> Mapping[str, int]:
        p = self.known["p", 0]
        return {"size": p.size, "length": len(p), "columns": p.shape[-1]}


class SigmoidDerReference(ChainOfSteps):
    """Equation (7)."""

    symbols = (Z, SIGMOID)
    steps = ("sigmoid", "sigmoid_derivative")
    inlined = frozenset({"sigmoid"})
    results = frozenset({"sigmoid_derivative"})
    returned: ClassVar[Mapping[Quantity, str]] = {DERIVATIVE: "sigmoid_derivative"}

    sigmoid = Formula("(7)", SIGMOID, of("σ", Z))
    sigmoid_derivative = Formula("(7)", SLOPE, SIGMOID * (ONE - SIGMOID))

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        return {quantity.aspect: given for quantity, given in sigmoid_der_arguments(self.case).items()}


class JacobianReference(ChainOfSteps):
    """Equation (8)."""

    symbols = (Z,)
    steps = ("jacobian",)
    results = frozenset(steps)
    activations = ("σ",)
    returned: ClassVar[Mapping[Quantity, str]] = {DA_DZ: "jacobian"}

    jacobian = Formula("(8)", JACOBIAN, of("diag", sigmoid_slope(Z)), ", of shape (out, out)")


class ErrorSignalReference(ChainOfSteps):
    """Equation (9)."""

    symbols = (Z, A, T, DC_DA)
    steps = ("activation", "loss_gradient", "jacobian", "error_signal")
    inlined = frozenset({"activation", "jacobian"})
    results = frozenset({"error_signal"})
    activations = ("σ",)
    measures = ("K",)
    returned: ClassVar[Mapping[Quantity, str]] = {DC_DZ: "error_signal"}

    activation = Formula("(2)", A, sigmoid(Z))
    loss_gradient = Formula("(6)", DC_DA, scaled(2, K=-1)(A - T))
    jacobian = JacobianReference.jacobian
    error_signal = Formula("(9)", DC_DZ_SYMBOL, DC_DA @ JACOBIAN, also=(DC_DA * sigmoid_slope(Z),))


class WeightJacobianReference(ChainOfSteps):
    """Equation (10)."""

    symbols = (W, X)
    steps = ("weight_jacobian",)
    results = frozenset(steps)
    returned: ClassVar[Mapping[Quantity, str]] = {DZ_DW: "weight_jacobian"}

    weight_jacobian = Formula(
        "(10)",
        DZ_DW_SYMBOL,
        of("tensor product", of("identity", W), X),
        ", that is, x_k if i = j, else 0, with axes (out, out, in)",
    )


class BiasJacobianReference(ChainOfSteps):
    """Equation (11)."""

    symbols = (B,)
    steps = ("bias_jacobian",)
    results = frozenset(steps)
    returned: ClassVar[Mapping[Quantity, str]] = {DZ_DB: "bias_jacobian"}

    bias_jacobian = Formula("(11)", DZ_DB_SYMBOL, of("identity", B), ", that is, 1 if i = j, else 0")


class OneLayerGradientsReference(ChainOfSteps):
    """Equations (12) and (13)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (W, B, X, Z, A, T, DC_DA, SLOPE, DC_DZ_SYMBOL)
    steps: ClassVar[tuple[str, ...]] = (
        *("weighted_input", "activation", "loss_gradient", "sigmoid_derivative", "error_signal"),
        *("weight_gradient", "bias_gradient"),
    )
    inlined = frozenset({"weighted_input", "activation", "sigmoid_derivative"})
    results = frozenset({"weight_gradient", "bias_gradient"})
    activations = ("σ",)
    measures = ("K",)
    addends = (B,)
    returned: ClassVar[Mapping[Quantity, str]] = dict(
        zip(map(Quantity, GRADIENTS), ("weight_gradient", "bias_gradient"), strict=True)
    )

    weighted_input = OneLayerReference.weighted_input
    activation = Formula("(2)", A, sigmoid(Z))
    loss_gradient = ErrorSignalReference.loss_gradient
    sigmoid_derivative = Formula("(7)", SLOPE, sigmoid_slope(Z))
    error_signal = Formula("(9)", DC_DZ_SYMBOL, DC_DA @ of("diag", SLOPE), also=(DC_DA * SLOPE,))
    weight_gradient = Formula("(12)", DC_DW, outer(DC_DZ_SYMBOL, X), ", an outer product")
    bias_gradient = Formula("(13)", DC_DB, DC_DZ_SYMBOL)


BY_X, BY_T = Symbol("∂C/∂x", "the derivative by the input"), Symbol("∂C/∂t", "the derivative by the target")


class ByAutogradReference(ChainOfSteps):
    """Equations (4) and (5), which autograd multiplies out: what is wrong is which derivative is asked for."""

    symbols = (DC_DW, DC_DB, BY_X, BY_T)
    steps = ("first", "second")
    results = frozenset(steps)
    returned: ClassVar[Mapping[Quantity, str]] = dict(zip(map(Quantity, GRADIENTS), ("first", "second"), strict=True))

    first = Formula("(4)", Symbol("the first array"), DC_DW, makes="the first array")
    second = Formula("(5)", Symbol("the second array"), DC_DB, makes="the second array")

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        [(aspect, given)] = super().calls().items()
        a = np.asarray(1 / (1 + np.exp(-(given["W"] @ given["x"] + given["b"]))))
        error = 2 / a.size * (a - given["t"])
        signal = error * a * (1 - a)
        known = (np.outer(signal, given["x"]), signal, given["W"].T @ signal, -error)
        return {aspect: {symbol.name: array for symbol, array in zip(self.symbols, known, strict=True)}}


# --- two layers ------------------------------------------------------------------------------------------------

SECOND_OF: Mapping[Node, Node] = {
    W1: W2, B1: B2, X: A1, Z1: Z2, A1: A2, SLOPE1: SLOPE2, DC_DA1: DC_DA2, DC_DZ1: DC_DZ2
}  # fmt: skip
"""What stands in the equations of the second layer in the place of what stands in those of the first."""

Twins = Mapping[str, tuple[str, Mapping[Node, Node]]]


class TwoLayersReference(ChainOfSteps):
    """Equation (14)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (X, W1, B1, Z1, A1, W2, B2, Z2, A2)
    steps: ClassVar[tuple[str, ...]] = ("z1", "a1", "z2", "a2")
    twins: ClassVar[Twins] = {"z1": ("z2", SECOND_OF), "a1": ("a2", SECOND_OF)}
    inlined: ClassVar[frozenset[str]] = frozenset({"z1", "z2"})
    results: ClassVar[frozenset[str]] = frozenset({"a2"})
    activations: ClassVar[tuple[str, ...]] = ("σ", "tanh")
    addends: ClassVar[tuple[Symbol, ...]] = (B1, B2)
    returned: ClassVar[Mapping[Quantity, str]] = {OUTPUT: "a2"}
    traced = True

    z1 = Formula("(14)", Z1, W1 @ X + B1)
    a1 = Formula("(14)", A1, sigmoid(Z1))
    z2 = Formula("(14)", Z2, W2 @ A1 + B2)
    a2 = Formula("(14)", A2, sigmoid(Z2))

    def calls(self) -> Mapping[str, Mapping[str, Array]]:
        x, target = self.case.samples(0)
        given = {"x": x, "t": target}
        for layer, pair in enumerate(zip(self.case.single_weights, self.case.biases, strict=True), start=1):
            given |= {f"{name}{layer}": array for name, array in zip("Wb", pair, strict=True)}
        return {"": given}


class SecondLayerReference(TwoLayersReference):
    """The gradients of the second of two layers, equations (9) and (17)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (*TwoLayersReference.symbols, T, DC_DA2, SLOPE2, DC_DZ2)
    steps: ClassVar[tuple[str, ...]] = (
        *TwoLayersReference.steps,
        *("loss_gradient", "derivative_2", "error_signal_2", "weight_gradient", "bias_gradient"),
    )
    inlined: ClassVar[frozenset[str]] = frozenset({"derivative_2"})
    results: ClassVar[frozenset[str]] = frozenset({"weight_gradient", "bias_gradient"})
    activations = ("σ",)
    measures = ("K",)
    addends: ClassVar[tuple[Symbol, ...]] = (B2,)
    returned: ClassVar[Mapping[Quantity, str]] = {
        Quantity(kind, 2): step for kind, step in zip(GRADIENTS, ("weight_gradient", "bias_gradient"), strict=True)
    }
    traced = False

    loss_gradient = Formula("(6)", DC_DA2, scaled(2, K=-1)(A2 - T))
    derivative_2 = Formula("(7)", SLOPE2, sigmoid_slope(Z2))
    error_signal_2 = Formula("(9)", DC_DZ2, DC_DA2 @ of("diag", SLOPE2), also=(DC_DA2 * SLOPE2,))
    weight_gradient = Formula("(17)", DC_DW2, outer(DC_DZ2, A1), ", an outer product")
    bias_gradient = Formula("(17)", DC_DB2, DC_DZ2)


class FirstLayerReference(SecondLayerReference):
    """The gradients of the first of two layers, equations (15), (16) and (17)."""

    symbols = (*SecondLayerReference.symbols, DC_DA1, SLOPE1, DC_DZ1)
    steps = (
        *SecondLayerReference.steps[:-2],
        *("passed_back", "derivative_1", "error_signal_1", "weight_gradient", "bias_gradient"),
    )
    twins: ClassVar[Twins] = {
        **SecondLayerReference.twins,
        "derivative_1": ("derivative_2", SECOND_OF),
        "error_signal_1": ("error_signal_2", SECOND_OF),
    }
    inlined = frozenset({"derivative_1", "derivative_2", "passed_back"})
    addends = (B1,)
    returned: ClassVar[Mapping[Quantity, str]] = {
        quantity._replace(layer=1): step for quantity, step in SecondLayerReference.returned.items()
    }

    passed_back = Formula("(15), (16)", DC_DA1, DC_DZ2 @ W2)
    derivative_1 = Formula("(7)", SLOPE1, sigmoid_slope(Z1))
    error_signal_1 = Formula("(16)", DC_DZ1, DC_DA1 @ of("diag", SLOPE1), also=(DC_DA1 * SLOPE1,))
    weight_gradient = Formula("(17)", DC_DW1, outer(DC_DZ1, X), ", an outer product")
    bias_gradient = Formula("(17)", DC_DB1, DC_DZ1)
