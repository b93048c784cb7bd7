"""The right answers of the functions of pass 3; vectors are columns, and the equations are those of the notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from checks.by_hand.case import (
    ERROR,
    FOR_INTEGERS,
    NEW_WEIGHTS,
    RESULT,
    BackwardCase,
    ElementwiseCase,
    ErrorCase,
    ForwardCase,
    UpdateCase,
)
from checks.by_hand.reference import FORMULAS
from checks.formulas.formula import Formula
from checks.formulas.slips import Worked
from checks.formulas.tree import Node, Number, Operation, Symbol, scaled, square, times, total
from checks.judging.reference import Answer
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

ONE = Number(1)
S, OUT = Symbol("s", "the weighted input"), Symbol("o", "the output")
T, Y, E = Symbol("t", "the targets"), Symbol("y", "the outputs"), Symbol("E", "the error")
SL, OL, WL = Symbol("s", "the weighted inputs")[0], Symbol("o", "the outputs")[0], Symbol("W", "the weights")[0]
S1, S2 = Symbol("s1", "the weighted inputs"), Symbol("s2", "the weighted inputs")
O2, W2 = Symbol("o2", "the outputs"), Symbol("W2", "the weights")
DIFFERENCE, BACK = Symbol("(t - o2)", "the difference"), Symbol("back", "what is passed back")
SLOPE1, SLOPE2 = Symbol("relu'(s1)", "the slopes of ReLU"), Symbol("σ'(s2)", "the slopes of the sigmoid")
DELTA1, DELTA2 = Symbol("δ1", "the error signals"), Symbol("δ2", "the error signals")
W, DELTA, RATE = Symbol("W", "the old weights"), Symbol("δ", "the error signals"), Symbol("ε", "the learning rate")
DOWNHILL = Symbol("δ oᵀ", "the negative gradient")


def of(function: str, node: Node) -> Node:
    """Return a function of a node."""
    return Operation(function, (node,))


class FunctionReference(Worked):
    """A function: its equations, from what it is given."""

    case: Any
    activations = ("σ", "tanh")

    def given(self, **arguments: Array) -> None:
        """Forget what was known but the arguments."""
        self.known = {(name, 0): np.asarray(array) for name, array in arguments.items()}

    def answer(self) -> Answer:
        """Return what the function returns, in the order of the computation."""
        return dict(self.quantities())


class ElementwiseReference(FunctionReference):
    """A function of the weighted input, for a column of floats and for one of integers."""

    case: ElementwiseCase
    symbols: ClassVar[tuple[Symbol, ...]] = (S,)
    value: ClassVar[Formula]

    def kept(self, value: Array, s: Array) -> Array:
        """Return the values as they are stored."""
        return value

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the values for floats and for integers."""
        for aspect, s in (("", self.case.values), (FOR_INTEGERS, self.case.integers)):
            self.given(s=s)
            for step in self.steps[:-1]:
                self.make(step)
            yield RESULT._replace(aspect=aspect), self.kept(np.asarray(self.value()), s)


class ReluReference(ElementwiseReference):
    """Equation (2)."""

    steps: ClassVar[tuple[str, ...]] = ("value",)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["hidden_output"]}
    value = Formula("(2)", Symbol("relu(s)", "the output"), of("positive part", S))


class SigmoidReference(ElementwiseReference):
    """Equation (3)."""

    steps: ClassVar[tuple[str, ...]] = ("value",)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["output"]}
    value = Formula("(3)", Symbol("σ(s)", "the output"), ONE / (ONE + of("exp", -S)), also=(of("σ", S),))


class ReluDerivativeReference(ElementwiseReference):
    """Equation (9)."""

    steps: ClassVar[tuple[str, ...]] = ("value",)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["hidden_slope"]}
    value = Formula("(9)", Symbol("relu'(s)", "the slope"), of("step", S))


class SigmoidDerivativeReference(ElementwiseReference):
    """Equation (7), with equation (3) for the output."""

    symbols = (S, OUT)
    steps: ClassVar[tuple[str, ...]] = ("activation", "value")
    inlined = frozenset({"activation"})
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["output_slope"]}
    activation = Formula("(7)", OUT, of("σ", S))
    value = Formula("(7)", Symbol("σ'(s)", "the slope"), OUT * (ONE - OUT))


class SquaredErrorReference(FunctionReference):
    """Equation (4)."""

    case: ErrorCase
    symbols = (T, Y)
    steps = ("error",)
    measures = ("K",)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {"error": FORMULAS["error"]}
    error = Formula("(4)", E, scaled(0.5)(total(square(T - Y))))

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the error."""
        self.given(t=self.case.t, y=self.case.y)
        yield ERROR, np.asarray(self.error())


class ForwardPassReference(FunctionReference):
    """Equations (1) to (3) for a whole layer at a time."""

    case: ForwardCase
    symbols = (SL, SL[-1], OL, OL[-1], WL)
    steps = ("weighted_input", "hidden_output", "output")
    places: ClassVar[Mapping[str, str]] = {"hidden": "in the hidden layer", "output": "in the output layer"}
    everywhere = frozenset({"weighted_input"})
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        "weighted_input": ("(1)", "s⁽¹⁾ = W⁽¹⁾ x and s⁽²⁾ = W⁽²⁾ o⁽¹⁾"),
        "hidden_output": ("(2)", "o⁽¹⁾ = relu(s⁽¹⁾)"),
        "output": ("(3)", "o⁽²⁾ = σ(s⁽²⁾)"),
    }
    weighted_input = Formula("(1)", SL, WL @ OL[-1])
    hidden_output = Formula("(2)", OL, of("positive part", SL), makes="the outputs of the hidden layer")
    output = Formula("(3)", OL, of("σ", SL), makes="the outputs of the network")

    def is_at(self, layer: int, where: str) -> bool:
        return (layer == 1) == (where == "hidden")

    def returned(self, s1: Array, o1: Array, s2: Array, o2: Array) -> tuple[Array, Array, Array, Array]:
        """Return all four columns in the order in which they are returned."""
        return s1, o1, s2, o2

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the four columns in the order of the computation."""
        case = self.case
        self.known = {("o", 0): case.x, ("W", 1): case.W1, ("W", 2): case.W2}
        for layer, activation in ((1, "hidden_output"), (2, "output")):
            self.make("weighted_input", layer)
            self.make(activation, layer)
        made = self.returned(*(self.known[letter, layer] for layer in (1, 2) for letter in "so"))
        yield from ((Quantity(name), column) for name, column in zip(("s1", "o1", "s2", "o2"), made, strict=True))


class BackwardPassReference(FunctionReference):
    """Equations (15) and (16)."""

    case: BackwardCase
    symbols = (T, O2, S1, S2, W2, DIFFERENCE, DELTA2, BACK, SLOPE1, SLOPE2)
    steps = ("difference", "output_slope", "output_signal", "passed_back", "hidden_slope", "hidden_signal")
    inlined = frozenset({"output_slope", "passed_back", "hidden_slope"})
    measures = ("K",)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        **dict.fromkeys(steps[:3], ("(15)", "δ⁽²⁾ = (t - o⁽²⁾) ⊙ σ'(s⁽²⁾)")),
        **dict.fromkeys(steps[3:], ("(16)", "δ⁽¹⁾ = (W⁽²⁾ᵀ δ⁽²⁾) ⊙ relu'(s⁽¹⁾)")),
        **{step: FORMULAS[step] for step in ("output_slope", "hidden_slope")},
    }
    difference = Formula("(15)", DIFFERENCE, T - O2)
    output_slope = Formula("(7), (15)", SLOPE2, of("σ'", S2))
    output_signal = Formula("(15)", DELTA2, DIFFERENCE * SLOPE2, makes="the error signals of the output layer")
    passed_back = Formula("(16)", BACK, W2.T @ DELTA2)
    hidden_slope = Formula("(9), (16)", SLOPE1, of("step", S1))
    hidden_signal = Formula("(16)", DELTA1, BACK * SLOPE1, makes="the error signals of the hidden layer")

    def returned(self, delta1: Array, delta2: Array) -> tuple[Array, Array]:
        """Return both signals in the order in which they are returned."""
        return delta1, delta2

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield both error signals, that of the output layer first, as it is made first."""
        case = self.case
        self.given(t=case.t, s1=case.s1, s2=case.s2, o2=case.o2, W2=case.W2)
        for step in self.steps:
            self.make(step)
        first, second = self.returned(self.known["δ1", 0], self.known["δ2", 0])
        yield Quantity("delta2"), second
        yield Quantity("delta1"), first


class UpdatedReference(FunctionReference):
    """Equations (17) and (18)."""

    case: UpdateCase
    symbols = (W, DELTA, OUT, DOWNHILL, RATE)
    steps = ("matrix_gradient", "new_matrix")
    inlined = frozenset({"matrix_gradient"})
    explained: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    addends = (W,)
    matrix_gradient = Formula("(17)", DOWNHILL, DELTA @ OUT.T)
    new_matrix = Formula("(18)", W, W + times(RATE, DOWNHILL), makes="the new weights")

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the new weights of two updates."""
        case = self.case
        for call, weights, epsilon in ((FIRST, case.W, case.epsilon), (SECOND, -case.W, 1.9)):
            self.given(W=weights, δ=case.delta, o=case.o, ε=np.asarray(epsilon))
            self.make("matrix_gradient")
            yield NEW_WEIGHTS.in_call(call), np.asarray(self.new_matrix())
