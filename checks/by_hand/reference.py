"""The right answers by small steps, numbered as the equations of the notebook; vectors are flat here.

The error signal is the negative gradient, δ = -∂E/∂s, so the update adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from checks.by_hand.case import GIVEN, GRADIENT, OUTPUT, PASS_ONE, PASS_TWO, SIGNAL, WEIGHTED_INPUT, Problem
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


@dataclass(frozen=True)
class _Taken:
    """The earlier numbers that others are made from."""

    case: Problem
    take: Take

    def __call__(self, name: str) -> Array:
        """Return an array of pass 2."""
        return self.take([name])

    def s(self, layer: int) -> Array:
        """Return the weighted inputs of a layer."""
        return self.take(self.case.names.of(WEIGHTED_INPUT, layer))

    def o(self, layer: int) -> Array:
        """Return the outputs of a layer."""
        return self.take(self.case.names.of(OUTPUT, layer))

    def delta(self, layer: int) -> Array:
        """Return the error signals of a layer."""
        return self.take(self.case.names.of(SIGNAL, layer))

    def g(self, layer: int) -> Array:
        """Return the negative gradient of a layer's weights."""
        return self.take(self.case.names.edges(GRADIENT, layer)).reshape(self.case.weights(layer).shape)


Made = Callable[[Any, _Taken], Sequence[Array]]
"""What a question asks for, group by group, as a reference makes it from the earlier numbers."""


class Numbers(Reference):
    """Typed numbers: what follows from the student's own earlier numbers, and from the right ones.

    Steps get and return flat arrays. `slope_from` says how a slope is found: from the weighted input or from the
    output, which differ where the student's own numbers do not fit together.
    """

    case: Problem
    question: ClassVar[str]
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    slope_from = WEIGHTED_INPUT

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
        return sigmoid_derivative(s) if self.slope_from == WEIGHTED_INPUT else np.asarray(o * (1 - o))

    def output_error_signal(self, t: Array, y: Array, slope: Array) -> Array:
        """Return the error signals of the outputs, (6)."""
        return (t - y) * slope

    def passed_back(self, weights: Array, delta: Array, difference: Array) -> Array:
        """Return what the hidden neurons collect, (8); `difference` is t - y."""
        return np.asarray(weights.T @ delta)

    def hidden_slope(self, s: Array, o: Array) -> Array:
        """Return the slopes of the hidden neurons, (9)."""
        return relu_derivative(s if self.slope_from == WEIGHTED_INPUT else o)

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
        if len(self.overrides) > 1:
            raise ValueError("two mistakes at once leave too many explanations for a few typed numbers")
        followed = [self._computed(self._mine, slope_from) for slope_from in (WEIGHTED_INPUT, OUTPUT)]
        answer = {GIVEN: self.case.given}
        for name, value in self._computed(self._right, WEIGHTED_INPUT).items():
            alternatives = [f[name] for f in followed if not degenerate(f[name], value, SHARE, each=True)]
            value = self._chosen(name, [*alternatives, value])
            written = self.written(name, value) if self._judgeable(name) else self._unlike(name)
            answer[self.case.names.quantity(name)] = written
        return answer

    def _computed(self, take: Take, slope_from: str) -> dict[str, Array]:
        """Return the numbers of the question; `take(names)` gives the earlier numbers that they are made from."""
        self.slope_from = slope_from
        return self._named(MADE[self.question](self, _Taken(self.case, take)))

    def typed(self, name: str) -> Array | None:
        """Return what the student has typed for a number, None if nothing."""
        return self.own.get(self.case.names.quantity(name))

    def hidden_outputs(self) -> Array:
        """Return the student's own outputs of the hidden neurons."""
        return self._mine(self.case.names.of(OUTPUT, 1))

    def hidden_inputs(self) -> Array:
        """Return the student's own weighted inputs of the hidden neurons."""
        return self._mine(self.case.names.of(WEIGHTED_INPUT, 1))

    def outputs(self) -> Array:
        """Return the student's own outputs of the network."""
        return self._mine(self.case.names.of(OUTPUT, 2))

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
            mine = self.typed(names[0])
            return mine if mine is not None and mine.shape == right.shape and np.isfinite(mine).all() else right
        found = map(self.typed, names)
        usable = [None if v is None or v.size != 1 or not np.isfinite(v).all() else float(v.ravel()[0]) for v in found]
        return np.array([r if v is None else v for v, r in zip(usable, right, strict=True)])

    def _chosen(self, name: str, alternatives: Sequence[Array]) -> Array:
        came = self.typed(name)
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
        if self.question == "forward" and len(groups[position]) == len(before) and names.quantity(name).kind == OUTPUT:
            before = [before[groups[position].index(name)]]
        typed = {key: value for key in names.answers(self.question) if (value := self.typed(key)) is not None}
        values = {names.quantity(key): value for key, value in typed.items()}
        return not values or not unusable(self.case, self.question, before, values)

    def _unlike(self, name: str) -> Array:
        """Return a number that the student's own is not, where nothing can be judged."""
        came = self.typed(name)
        own = float(came.ravel()[0]) if came is not None and came.size else 0.0
        return np.asarray(own + NOT_JUDGED * (1 + abs(own)) if np.isfinite(own) else NOT_JUDGED)

    def positive(self, layer: int) -> bool:
        """Tell whether the student's own gradients of both layers (or one) have the opposite of the right sign."""
        names, right = self.case.names, solution(self.case)
        for_update = self.question == "update"
        wanted = self._right(names.answers("gradients")) if for_update else right[f"dW{layer}"].ravel()
        mine = self._mine(names.answers("gradients")) if for_update else self._mine([f"dW{layer}"]).ravel()
        return bool((np.sign(mine) == -np.sign(wanted)).all() and wanted.any())


def _output_slope(ref: Numbers, given: _Taken) -> Array:
    return ref.output_slope(given.s(2), given.o(2))


def _hidden_slope(ref: Numbers, given: _Taken) -> Array:
    return ref.hidden_slope(given.s(1), given.o(1))


def _forward(ref: Numbers, given: _Taken) -> Sequence[Array]:
    first, second = (ref.weighted_input(k, ref.case.weights(k), o) for k, o in ((1, ref.case.x), (2, given.o(1))))
    return first, ref.hidden_output(given.s(1)), second, ref.output(given.s(2))


def _error_signals(ref: Numbers, given: _Taken) -> Sequence[Array]:
    back = ref.passed_back(ref.case.W2, given.delta(2), ref.case.t - given.o(2))
    of_outputs = ref.output_error_signal(ref.case.t, given.o(2), _output_slope(ref, given))
    return of_outputs, ref.hidden_error_signal(back, _hidden_slope(ref, given))


def _gradients(ref: Numbers, given: _Taken) -> Sequence[Array]:
    return (
        ref.weight_gradient(2, given.delta(2), given.o(1), given.o(2)),
        ref.weight_gradient(1, given.delta(1), ref.case.x, given.o(1)),
    )


def _update(ref: Numbers, given: _Taken) -> Sequence[Array]:
    positive = ref.positive(2)
    return [ref.new_weights(layer, ref.case.weights(layer), given.g(layer), positive) for layer in (2, 1)]


MADE: Mapping[str, Made] = {
    "forward": _forward,
    "E": lambda ref, given: [ref.error(ref.case.t, given.o(2))],
    "error_signals": _error_signals,
    "gradients": _gradients,
    "update": _update,
    "do2_ds2": lambda ref, given: [ref.output_jacobian(_output_slope(ref, given))],
    "ds2_do1": lambda ref, given: [ref.weights_jacobian()],
    "do1_ds1": lambda ref, given: [ref.hidden_jacobian(_hidden_slope(ref, given), given.s(1), given.o(1))],
    "delta2": lambda ref, given: [ref.output_signal(given("do2_ds2"), ref.case.t, given.o(2))],
    "delta1": lambda ref, given: [ref.hidden_signal(given("do1_ds1"), given("ds2_do1"), given("delta2"))],
    "dW2": lambda ref, given: [ref.matrix_gradient(2, given("delta2"), given.o(1))],
    "dW1": lambda ref, given: [ref.matrix_gradient(1, given("delta1"), ref.case.x)],
    "W2_new": lambda ref, given: [ref.new_matrix(2, ref.case.W2, given("dW2"), ref.positive(2))],
    "W1_new": lambda ref, given: [ref.new_matrix(1, ref.case.W1, given("dW1"), ref.positive(1))],
}
"""How the answer to each question is made."""

NUMBERS: dict[str, type[Numbers]] = {
    question: type(f"Numbers_{question}", (Numbers,), {"question": question, "__doc__": f"The numbers of {question}."})
    for question in MADE
}
"""The reference of every question that is answered with typed numbers."""
