"""The right answers of the functions of pass 3; vectors are columns, and the equations are those of the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

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
from checks.by_hand.lent import relu, relu_derivative, sigmoid, sigmoid_derivative
from checks.by_hand.reference import FORMULAS
from checks.judging.reference import Answer, Reference
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity


class ElementwiseReference(Reference):
    """A function of the weighted input, for a column of floats and for one of integers."""

    case: ElementwiseCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def value(self, s: Array) -> Array:
        """Return the function's value for every entry."""
        raise NotImplementedError

    def kept(self, value: Array, s: Array) -> Array:
        """Return the values as they are stored."""
        return value

    def answer(self) -> Answer:
        """Return the values for floats and for integers."""
        given = {RESULT: self.case.values, RESULT._replace(aspect=FOR_INTEGERS): self.case.integers}
        return {quantity: self.kept(self.value(s), s) for quantity, s in given.items()}


class ReluReference(ElementwiseReference):
    """Equation (2)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["hidden_output"]}

    def value(self, s: Array) -> Array:
        """Return max(0, s), (2)."""
        return relu(s)


class SigmoidReference(ElementwiseReference):
    """Equation (3)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["output"]}

    def value(self, s: Array) -> Array:
        """Return the sigmoid, (3)."""
        return sigmoid(s)


class ReluDerivativeReference(ElementwiseReference):
    """Equation (9)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["hidden_slope"]}

    def value(self, s: Array) -> Array:
        """Return the slope of ReLU, (9)."""
        return relu_derivative(s)


class SigmoidDerivativeReference(ElementwiseReference):
    """Equation (7)."""

    formulas: ClassVar[Mapping[str, tuple[str, str]]] = {"value": FORMULAS["output_slope"]}

    def value(self, s: Array) -> Array:
        """Return the slope of the sigmoid, (7)."""
        return sigmoid_derivative(s)


class SquaredErrorReference(Reference):
    """Equation (4)."""

    case: ErrorCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def error(self, t: Array, y: Array) -> Array:
        """Return half the sum of the squared errors, (4)."""
        return np.asarray(((t - y) ** 2).sum() / 2)

    def answer(self) -> Answer:
        """Return the error."""
        return {ERROR: self.error(self.case.t, self.case.y)}


class ForwardPassReference(Reference):
    """Equations (1) to (3) for a whole layer at a time."""

    case: ForwardCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def weighted_input(self, weights: Array, incoming: Array) -> Array:
        """Return the weighted inputs of a layer, (1)."""
        return weights @ incoming

    def hidden_output(self, s: Array) -> Array:
        """Return the outputs of the hidden layer, (2)."""
        return relu(s)

    def output(self, s: Array) -> Array:
        """Return the outputs of the network, (3)."""
        return sigmoid(s)

    def passed_on(self, s1: Array, o1: Array) -> Array:
        """Return what the output layer receives."""
        return o1

    def returned(self, s1: Array, o1: Array, s2: Array, o2: Array) -> tuple[Array, Array, Array, Array]:
        """Return all four columns in the order in which they are returned."""
        return s1, o1, s2, o2

    def answer(self) -> Answer:
        """Return the four columns in the order of the computation."""
        s1 = self.weighted_input(self.case.W1, self.case.x)
        o1 = self.hidden_output(s1)
        s2 = self.weighted_input(self.case.W2, self.passed_on(s1, o1))
        columns = zip(("s1", "o1", "s2", "o2"), self.returned(s1, o1, s2, self.output(s2)), strict=True)
        return {Quantity(name): column for name, column in columns}


class BackwardPassReference(Reference):
    """Equations (15) and (16)."""

    case: BackwardCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def difference(self) -> Array:
        """Return t - o2."""
        return self.case.t - self.case.o2

    def output_slope(self) -> Array:
        """Return the slopes of the output layer, (7)."""
        return sigmoid_derivative(self.case.s2)

    def output_signal(self, slope: Array) -> Array:
        """Return δ2, (15)."""
        return self.difference() * slope

    def passed_back(self, delta2: Array, slope: Array) -> Array:
        """Return what reaches the hidden layer through the weights, (8)."""
        return self.case.W2.T @ delta2

    def hidden_slope(self) -> Array:
        """Return the slopes of the hidden layer, (9)."""
        return relu_derivative(self.case.s1)

    def hidden_signal(self, passed_back: Array, slope: Array) -> Array:
        """Return δ1, (16)."""
        return passed_back * slope

    def returned(self, delta1: Array, delta2: Array) -> tuple[Array, Array]:
        """Return both signals in the order in which they are returned."""
        return delta1, delta2

    def answer(self) -> Answer:
        """Return both error signals, that of the output layer first, as it is made first."""
        slope = self.output_slope()
        delta2 = self.output_signal(slope)
        delta1 = self.hidden_signal(self.passed_back(delta2, slope), self.hidden_slope())
        first, second = self.returned(delta1, delta2)
        return {Quantity("delta2"): second, Quantity("delta1"): first}


class UpdatedReference(Reference):
    """Equation (18)."""

    case: UpdateCase
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS

    def matrix_gradient(self, delta: Array, o: Array) -> Array:
        """Return -∂E/∂W, (17)."""
        return delta @ o.T

    def step(self, gradient: Array, epsilon: float) -> Array:
        """Return how far the weights move, the second term of (18)."""
        return epsilon * gradient

    def new_matrix(self, weights: Array, step: Array) -> Array:
        """Return the weights after the update, (18)."""
        return weights + step

    def answer(self) -> Answer:
        """Return the new weights of two updates."""
        case, answer = self.case, {}
        for call, weights, epsilon in ((FIRST, case.W, case.epsilon), (SECOND, -case.W, 1.9)):
            gradient = self.matrix_gradient(case.delta, case.o)
            answer[NEW_WEIGHTS.in_call(call)] = self.new_matrix(weights, self.step(gradient, epsilon))
        return answer
