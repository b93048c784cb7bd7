"""The right answers by small steps, numbered as the equations of the notebook; vectors are flat here.

The error signal is the negative gradient, δ = -∂E/∂s, so the update adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import numpy as np

from checks.by_hand.case import GIVEN, PASS_ONE, PASS_TWO, Problem
from checks.by_hand.following import SHARE, unusable
from checks.by_hand.lent import relu, relu_derivative, sigmoid, sigmoid_derivative
from checks.by_hand.solution import solution
from checks.judging.comparing import agrees
from checks.judging.following import degenerate
from checks.judging.reference import Answer, Reference
from checks.observing.observation import Array

FORMULAS: Mapping[str, tuple[str, str]] = {
    "weighted_input": ("(1)", "s_j = Σ_i w_ji o_i, a sum over all neurons i that send to j"),
    "hidden_output": ("(2)", "o_j = max(0, s_j) in the hidden layer"),
    "output": ("(3)", "o_j = σ(s_j) = 1 / (1 + exp(-s_j)) in the output layer"),
    "error": ("(4)", "E = 1/2 Σ_k (t_k - y_k)², summed over the outputs"),
    "output_error_signal": ("(6)", "δ_k = (t_k - y_k) σ'(s_k)"),
    "output_slope": ("(7)", "σ'(s) = σ(s) (1 - σ(s))"),
    "passed_back": ("(8)", "Σ_k w_kj δ_k: neuron j collects from all neurons k that it sends to"),
    "hidden_error_signal": ("(8)", "δ_j = relu'(s_j) Σ_k w_kj δ_k"),
    "hidden_slope": ("(9)", "relu'(s) is 1 for s > 0 and 0 for s < 0"),
    "weight_gradient": ("(10)", "-∂E/∂w_ji = δ_j o_i: the signal of the receiver times the output of the sender"),
    "new_weights": ("(11)", "w_ji ← w_ji + ε δ_j o_i"),
    "output_jacobian": ("(12)", "∂o⁽²⁾/∂s⁽²⁾ has the slopes σ'(s) on its diagonal and 0 elsewhere"),
    "weights_jacobian": ("(13)", "∂s⁽²⁾/∂o⁽¹⁾ = W⁽²⁾, rows are receivers"),
    "hidden_jacobian": ("(14)", "∂o⁽¹⁾/∂s⁽¹⁾ has the slopes relu'(s) on its diagonal and 0 elsewhere"),
    "output_signal": ("(15)", "δ⁽²⁾ = (∂o⁽²⁾/∂s⁽²⁾)ᵀ (t - o⁽²⁾)"),
    "hidden_signal": ("(16)", "δ⁽¹⁾ = (∂o⁽¹⁾/∂s⁽¹⁾)ᵀ (∂s⁽²⁾/∂o⁽¹⁾)ᵀ δ⁽²⁾"),
    "matrix_gradient": ("(17)", "-∂E/∂W = δ oᵀ: a column times a row"),
    "new_matrix": ("(18)", "W ← W + ε δ oᵀ"),
}


NOT_JUDGED = 1e9
"""An expected number at least as large stands where the student's own numbers leave nothing to judge."""

Take = Callable[[Sequence[str]], Array]


class Numbers(Reference):
    """Typed numbers: what follows from the student's own earlier numbers, and from the right ones.

    Steps get and return flat arrays. `slope_from` says how a slope is found: from the weighted input ("s") or from the
    output ("o"), which differ where the student's own numbers do not fit together.
    """

    case: Problem
    question: ClassVar[str]
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    slope_from = "s"

    # --- the steps ---

    def weighted_input(self, layer: int, weights: Array, incoming: Array) -> Array:
        """Return the weighted inputs of a layer, (1)."""
        return np.asarray(weights @ incoming)

    def hidden_output(self, s: Array) -> Array:
        """Return the outputs of hidden neurons, (2)."""
        return relu(s)

    def output(self, s: Array) -> Array:
        """Return the outputs of the network, (3)."""
        return sigmoid(s)

    def error(self, t: Array, y: Array) -> Array:
        """Return the error, (4)."""
        return np.asarray(((t - y) ** 2).sum() / 2)

    def output_slope(self, s: Array, o: Array) -> Array:
        """Return the slopes of the output neurons, (7)."""
        return sigmoid_derivative(s) if self.slope_from == "s" else np.asarray(o * (1 - o))

    def output_error_signal(self, t: Array, y: Array, slope: Array) -> Array:
        """Return the error signals of the outputs, (6)."""
        return (t - y) * slope

    def passed_back(self, weights: Array, delta: Array, difference: Array) -> Array:
        """Return what the hidden neurons collect, (8); `difference` is t - y."""
        return np.asarray(weights.T @ delta)

    def hidden_slope(self, s: Array, o: Array) -> Array:
        """Return the slopes of the hidden neurons, (9)."""
        return relu_derivative(s if self.slope_from == "s" else o)

    def hidden_error_signal(self, passed_back: Array, slope: Array) -> Array:
        """Return the error signals of the hidden neurons, (8)."""
        return passed_back * slope

    def weight_gradient(self, layer: int, delta: Array, incoming: Array, outgoing: Array) -> Array:
        """Return the negative gradient of a layer's weights, (10); `outgoing` are the receivers' outputs."""
        return np.outer(delta, incoming)

    def new_weights(self, layer: int, weights: Array, gradient: Array, positive: bool) -> Array:
        """Return a layer's weights after the update, (11); `positive` tells that the gradient has the other sign."""
        return weights + self.case.epsilon * gradient

    def output_jacobian(self, slope: Array) -> Array:
        """Return ∂o2/∂s2, (12)."""
        return np.diag(slope)

    def weights_jacobian(self) -> Array:
        """Return ∂s2/∂o1, (13)."""
        return self.case.W2

    def hidden_jacobian(self, slope: Array, s: Array, o: Array) -> Array:
        """Return ∂o1/∂s1, (14)."""
        return np.diag(slope)

    def output_signal(self, jacobian: Array, t: Array, y: Array) -> Array:
        """Return δ2, (15)."""
        return np.asarray(jacobian.T @ (t - y))

    def hidden_signal(self, hidden_jacobian: Array, weights_jacobian: Array, delta2: Array) -> Array:
        """Return δ1, (16)."""
        return np.asarray(hidden_jacobian.T @ weights_jacobian.T @ delta2)

    def matrix_gradient(self, layer: int, delta: Array, o: Array) -> Array:
        """Return -∂E/∂W of a layer, (17)."""
        return np.outer(delta, o)

    def new_matrix(self, layer: int, weights: Array, gradient: Array, positive: bool) -> Array:
        """Return a layer's weights after the update, (18)."""
        return weights + self.case.epsilon * gradient

    def written(self, name: str, value: Array) -> Array:
        """Return a number as it is written down."""
        return value

    # --- putting them together ---

    def answer(self) -> Answer:
        """Return every number of the question, as it follows from the student's own numbers or from the right ones."""
        if sum(c.__name__ == type(self).__name__ for c in type(self).__mro__) > 2:
            raise ValueError("two mistakes at once leave too many explanations for a few typed numbers")
        followed = []
        for self.slope_from in ("o", "s"):
            right = self.computed(self._right)
            followed.append(self.computed(self._mine))
        answer = {GIVEN: self.case.given}
        for name, value in right.items():
            alternatives = [f[name] for f in reversed(followed) if not degenerate(f[name], value, SHARE, each=True)]
            value = self._chosen(name, [*alternatives, value])
            answer[name] = self.written(name, value) if self._judgeable(name) else self._unlike(name)
        return answer

    def computed(self, take: Take) -> dict[str, Array]:
        """Return the numbers of the question; `take(names)` gives the earlier numbers that they are made from."""
        names, case = self.case.names, self.case
        o0, s1, o1, s2, o2 = case.x, *(names.of(letter, layer) for layer in (1, 2) for letter in "so")
        d2, d1 = names.of("delta", 2), names.of("delta", 1)

        def slope(kind: str) -> Array:
            return self.output_slope(take(s2), take(o2)) if kind == "out" else self.hidden_slope(take(s1), take(o1))

        def gradients(one: Array, two: Array) -> tuple[Array, Array]:
            outer = self.weight_gradient
            return outer(2, two, take(o1), take(o2)), outer(1, one, o0, take(o1))

        match self.question:
            case "forward":
                values: list[Array] = [
                    self.weighted_input(1, case.W1, o0),
                    self.hidden_output(take(s1)),
                    self.weighted_input(2, case.W2, take(o1)),
                    self.output(take(s2)),
                ]
            case "E":
                values = [self.error(case.t, take(o2))]
            case "error_signals":
                difference = case.t - take(o2)
                back = self.passed_back(case.W2, take(d2), difference)
                values = [
                    self.output_error_signal(case.t, take(o2), slope("out")),
                    self.hidden_error_signal(back, slope("hidden")),
                ]
            case "gradients":
                values = list(gradients(take(d1), take(d2)))
            case "update":
                positive = self._positive(2)
                taken = {layer: take(names.edges("g", layer)).reshape(case.weights(layer).shape) for layer in (2, 1)}
                values = [self.new_weights(k, case.weights(k), g, positive) for k, g in taken.items()]
            case "do2_ds2":
                values = [self.output_jacobian(slope("out"))]
            case "ds2_do1":
                values = [self.weights_jacobian()]
            case "do1_ds1":
                values = [self.hidden_jacobian(slope("hidden"), take(s1), take(o1))]
            case "delta2":
                values = [self.output_signal(take(["do2_ds2"]), case.t, take(o2))]
            case "delta1":
                values = [self.hidden_signal(take(["do1_ds1"]), take(["ds2_do1"]), take(["delta2"]))]
            case "dW2":
                values = [self.matrix_gradient(2, take(["delta2"]), take(o1))]
            case "dW1":
                values = [self.matrix_gradient(1, take(["delta1"]), o0)]
            case "W2_new":
                values = [self.new_matrix(2, case.W2, take(["dW2"]), self._positive(2))]
            case "W1_new":
                values = [self.new_matrix(1, case.W1, take(["dW1"]), self._positive(1))]
        return self._named(values)

    def hidden_outputs(self) -> Array:
        """Return the student's own outputs of the hidden neurons."""
        return self._mine(self.case.names.of("o", 1))

    def hidden_inputs(self) -> Array:
        """Return the student's own weighted inputs of the hidden neurons."""
        return self._mine(self.case.names.of("s", 1))

    def outputs(self) -> Array:
        """Return the student's own outputs of the network."""
        return self._mine(self.case.names.of("o", 2))

    def difference(self) -> Array:
        """Return t - y for the student's own outputs."""
        return self.case.t - self.outputs()

    def _named(self, values: Sequence[Array]) -> dict[str, Array]:
        groups = self.case.names.groups(self.question)
        if self.question not in PASS_ONE or self.question == "E":
            return {self.question: np.asarray(values[0])}
        pairs = ((group, value.ravel()) for group, value in zip(groups, values, strict=True))
        return {name: np.asarray(number) for group, value in pairs for name, number in zip(group, value, strict=True)}

    def _right(self, names: Sequence[str]) -> Array:
        right = solution(self.case)
        return right[names[0]] if names[0] in PASS_TWO else np.array([float(right[name]) for name in names])

    def _mine(self, names: Sequence[str]) -> Array:
        """Return the student's own numbers, the right ones where there are none."""
        right = self._right(names)
        if names[0] in PASS_TWO:
            mine = self.own.get(names[0])
            return mine if mine is not None and mine.shape == right.shape and np.isfinite(mine).all() else right
        found = (self.own.get(name) for name in names)
        usable = [None if v is None or v.size != 1 or not np.isfinite(v).all() else float(v.ravel()[0]) for v in found]
        return np.array([r if v is None else v for v, r in zip(usable, right, strict=True)])

    def _chosen(self, name: str, alternatives: Sequence[Array]) -> Array:
        came = self.own.get(name)
        for value in alternatives:
            if came is not None and came.size == value.size and agrees(came.reshape(value.shape), value):
                return value
        return alternatives[0]

    def _judgeable(self, name: str) -> bool:
        """Tell whether a number's predecessors in the same question leave something to compute."""
        names = self.case.names
        groups = names.groups(self.question)
        if len(groups) < 2 or self.question in ("gradients", "update"):
            return True
        position = next(index for index, group in enumerate(groups) if name in group)
        if position == 0:
            return True
        before = groups[position - 1]
        if self.question == "forward" and len(groups[position]) == len(before) and name[0] == "o":
            before = [before[groups[position].index(name)]]
        values = {key: value for key in names.answers(self.question) if (value := self.own.get(key)) is not None}
        return not values or not unusable(self.case, self.question, before, values)

    def _unlike(self, name: str) -> Array:
        """Return a number that the student's own is not, where nothing can be judged."""
        came = self.own.get(name)
        own = float(came.ravel()[0]) if came is not None and came.size else 0.0
        return np.asarray(own + NOT_JUDGED * (1 + abs(own)) if np.isfinite(own) else NOT_JUDGED)

    def _positive(self, layer: int) -> bool:
        """Tell whether the student's own gradients of both layers (or one) have the opposite of the right sign."""
        names, right = self.case.names, solution(self.case)
        for_update = self.question == "update"
        wanted = self._right(names.answers("gradients")) if for_update else right[f"dW{layer}"].ravel()
        mine = self._mine(names.answers("gradients")) if for_update else self._mine([f"dW{layer}"]).ravel()
        return bool((np.sign(mine) == -np.sign(wanted)).all() and wanted.any())


NUMBERS: dict[str, type[Numbers]] = {
    question: type(f"Numbers_{question}", (Numbers,), {"question": question, "__doc__": f"The numbers of {question}."})
    for question in (*PASS_ONE, *PASS_TWO)
}
"""The reference of every question that is answered with typed numbers."""
