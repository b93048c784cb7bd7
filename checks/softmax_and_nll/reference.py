"""The right answers as small steps, numbered as the equations of the notebook; samples are columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.observing.observation import Array
from checks.softmax_and_nll.cases import FunctionCase, Inputs
from checks.softmax_and_nll.observe import own

FORMULAS: Mapping[str, tuple[str, str]] = {
    "sigmoid": ("(1)", "σ(z) = 1 / (1 + exp(-z))"),
    "sigmoid_derivative": ("(2)", "σ'(z) = σ(z) (1 - σ(z))"),
    "unit_gradient": ("(4)", "∂L/∂w = x (a - y)"),
    "shifted": ("(6)", "softmax(z) = softmax(z - max z), the maximum of each column on its own"),
    "normalised": ("(5)", "softmax(z)_i = exp(z_i) / Σ_j exp(z_j), a sum over the classes j of one column"),
    "terms": ("(7)", "L = -Σ_j y_j log a_j, where a term with y_j = 0 is 0"),
    "total": ("(7)", "L = -Σ_j y_j log a_j, and in a batch the sum over all columns"),
    "error_signal": ("(8)", "δ = a - y"),
    "layer_gradient": ("(8)", "∂L/∂W = x δᵀ with δ = a - y, of the shape of W, (m, n)"),
    "weighted_input": ("(9)", "z = Wᵀ x"),
    "probabilities": ("(9)", "a = softmax(z) with z = Wᵀ x"),
    "stepped": ("(10)", "W ← W - η ∂L/∂W"),
    "handed_back": ("(9)", "a = softmax(Wᵀ x), with the new W"),
    "used_weights": ("(10)", "W ← W - η ∂L/∂W, then a = softmax(Wᵀ x) with the new W"),
    "hidden_input": ("(11)", "z1 = W1ᵀ x + b1"),
    "relu": ("(12)", "a1 = max(0, z1), entry by entry"),
    "output_input": ("(13)", "z2 = W2ᵀ a1 + b2"),
    "output": ("(14)", "a2 = softmax(z2)"),
    "output_error": ("(15)", "δ2 = a2 - y"),
    "gradient_2": ("(16)", "∂L/∂W2 = a1 δ2ᵀ"),
    "passed_back": ("(17)", "δ1 = (W2 δ2) ⊙ relu'(z1), with the W2 of the forward pass"),
    "relu_derivative": ("(17)", "δ1 = (W2 δ2) ⊙ relu'(z1), where relu'(z) is 1 for z > 0 and 0 for z < 0"),
    "hidden_error": ("(17)", "δ1 = (W2 δ2) ⊙ relu'(z1)"),
    "gradient_1": ("(18)", "∂L/∂W1 = x δ1ᵀ"),
    "updated": ("(19)", "W1 ← W1 - η ∂L/∂W1 and W2 ← W2 - η ∂L/∂W2, both gradients from the old weights"),
    "last_activation": ("(14)", "a2 = softmax(z2)"),
    "weights_after": ("(19)", "W1 ← W1 - η ∂L/∂W1 and W2 ← W2 - η ∂L/∂W2, both gradients from the old weights"),
}


class FunctionReference(Reference):
    """The right value of a function in each of its calls; a subclass writes `result` as steps."""

    case: FunctionCase
    noun: ClassVar[str]
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    number = 0
    """Which call is being answered."""

    def result(self, given: Inputs) -> Array | None:
        """Return what the function returns for these arguments; None stands for what cannot be predicted."""
        raise NotImplementedError

    def answer(self) -> Answer:
        """Return what every call returns."""
        answer: dict[str, Array | None] = {}
        for number, quantity in enumerate(self.case.quantities(self.noun)):
            self.number = number
            result = self.result(self.case.calls[number])
            answer[quantity] = None if result is None else self.case.read(np.asarray(result, dtype=np.float64))
        return answer


def sigmoid(z: Array) -> Array:
    """Return the logistic sigmoid, entry by entry, without overflow."""
    small = np.exp(-abs(np.asarray(z, dtype=np.float64)))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


class SigmoidReference(FunctionReference):
    """Equation (1)."""

    noun = "sigmoid"

    def sigmoid(self, z: Array) -> Array:
        """Return σ(z), equation (1)."""
        return sigmoid(z)

    def result(self, given: Inputs) -> Array:
        """Return the sigmoid of every entry."""
        return self.sigmoid(given["z"])


class SigmoidDerivativeReference(FunctionReference):
    """Equation (2)."""

    noun = "derivative"

    def sigmoid_derivative(self, z: Array) -> Array:
        """Return σ'(z), equation (2)."""
        return np.asarray(sigmoid(z) * sigmoid(-z))

    def result(self, given: Inputs) -> Array:
        """Return the derivative at every entry."""
        return self.sigmoid_derivative(given["z"])


class NllGradientReference(FunctionReference):
    """Equation (4), for one sigmoid unit."""

    noun = "gradient"

    def unit_gradient(self, x: Array, a: Array, y: Array) -> Array:
        """Return ∂L/∂w, (m, 1), equation (4)."""
        return np.asarray(x @ (a - y))

    def result(self, given: Inputs) -> Array:
        """Return the gradient of the loss of one sample."""
        return self.unit_gradient(given["x"], given["a"], given["y"])


class SoftmaxReference(FunctionReference):
    """Equations (5) and (6), column by column."""

    noun = "softmax"

    def shifted(self, z: Array) -> Array:
        """Return the numbers whose exponentials are taken, equation (6)."""
        return np.asarray(z - z.max(axis=0, keepdims=True))

    def normalised(self, exponentials: Array, z: Array) -> Array:
        """Return the exponentials divided by the sum of their column, equation (5)."""
        return np.asarray(exponentials / exponentials.sum(axis=0, keepdims=True))

    def result(self, given: Inputs) -> Array:
        """Return the probabilities of every column."""
        return self.normalised(np.exp(self.shifted(given["z"])), given["z"])


class NllmReference(FunctionReference):
    """Equation (7), summed over everything."""

    noun = "loss"

    def terms(self, a: Array, y: Array) -> Array:
        """Return the loss of every entry, 0 where y is 0."""
        return -np.log(np.where(y == 0, 1.0, a)) * y

    def total(self, terms: Array) -> Array | None:
        """Return the sum of all entries."""
        return np.asarray(terms.sum())

    def result(self, given: Inputs) -> Array | None:
        """Return the loss."""
        return self.total(self.terms(given["a"], given["y"]))


class SoftmaxGradientReference(FunctionReference):
    """Equation (8)."""

    noun = "gradient"

    def error_signal(self, a: Array, y: Array) -> Array:
        """Return the error signal, (n, 1)."""
        return a - y

    def layer_gradient(self, x: Array, error: Array) -> Array:
        """Return ∂L/∂W, (m, n), equation (8)."""
        return np.asarray(x @ error.T)

    def result(self, given: Inputs) -> Array:
        """Return the gradient of one sample's loss."""
        return self.layer_gradient(given["x"], self.error_signal(given["a"], given["y"]))


def softmax(z: Array) -> Array:
    """Return the softmax of every column."""
    exponentials = np.exp(z - z.max(axis=0, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=0, keepdims=True))


class PredictReference(SoftmaxGradientReference):
    """Equation (9)."""

    noun = "prediction"

    def weighted_input(self, x: Array, W: Array) -> Array:
        """Return z, (n, 1)."""
        return np.asarray(W.T @ x)

    def probabilities(self, z: Array) -> Array:
        """Return a, (n, 1)."""
        return softmax(z)

    def predicted(self, x: Array, W: Array) -> Array:
        """Return the probabilities of all classes, equation (9)."""
        return self.probabilities(self.weighted_input(x, W))

    def result(self, given: Inputs) -> Array:
        """Return the prediction."""
        return self.predicted(given["x"], given["W"])


class GradientStepReference(FunctionReference):
    """Equation (10)."""

    noun = "new W"

    def stepped(self, W: Array, gradient: Array, rate: float) -> Array:
        """Return W after one step."""
        return W - rate * gradient

    def result(self, given: Inputs) -> Array:
        """Return the new W."""
        return self.stepped(given["W"], given["gradient"], given["learning_rate"])


class PredictAfterStepReference(PredictReference):
    """Equations (8), (9) and (10) together."""

    noun = "new prediction"

    def stepped(self, W: Array, gradient: Array, rate: float) -> Array:
        """Return W after one step."""
        return W - rate * gradient

    def used_weights(self, new: Array, old: Array) -> Array:
        """Return the weights of the second prediction."""
        return new

    def handed_back(self, prediction: Array, new: Array) -> Array:
        """Return what the function returns."""
        return prediction

    def result(self, given: Inputs) -> Array:
        """Return the prediction after one step."""
        x, W = given["x"], given["W"]
        gradient = self.layer_gradient(x, self.error_signal(self.predicted(x, W), given["y"]))
        new = self.stepped(W, gradient, given["learning_rate"])
        return self.handed_back(self.predicted(x, self.used_weights(new, W)), new)


class HiddenReference(FunctionReference):
    """Equations (11) and (12)."""

    noun = "hidden activations"

    def hidden_input(self, x: Array, W1: Array, b1: Array) -> Array:
        """Return z1, (h, 1)."""
        return np.asarray(W1.T @ x + b1)

    def relu(self, z1: Array, given: Inputs) -> Array:
        """Return a1, (h, 1)."""
        return np.maximum(z1, 0)

    def follows(self) -> frozenset[str]:
        """Return the earlier functions whose own numbers are gone on with, even where they are wrong."""
        return frozenset()

    def followed(self, name: str, right: Array, y: Array | None = None) -> Array:
        """Return the numbers of the earlier function `name` that what comes later is computed from.

        Those are the right ones, or the student's own if they are followed and fit for it, also as a distance from y.
        """
        came = self.own.get(own(name, self.number)) if name in self.follows() else None
        if came is None or not fit_to_follow(came, right):
            return right
        return came if y is None or fit_to_follow(came - y, right - y) else right

    def hidden(self, given: Inputs) -> Array:
        """Return the hidden activations."""
        return self.relu(self.hidden_input(given["x"], given["W1"], given["b1"]), given)

    def result(self, given: Inputs) -> Array:
        """Return the hidden activations."""
        return self.hidden(given)


class NetworkReference(HiddenReference):
    """Equations (11) to (14)."""

    noun = "output"

    def output_input(self, a1: Array, W2: Array, b2: Array) -> Array:
        """Return z2, (n, 1)."""
        return np.asarray(W2.T @ a1 + b2)

    def output(self, z2: Array) -> Array:
        """Return a2, (n, 1)."""
        return softmax(z2)

    def network(self, given: Inputs) -> Array:
        """Return the output of the network."""
        a1 = self.followed("hidden_activations", self.hidden(given))
        return self.output(self.output_input(a1, given["W2"], given["b2"]))

    def result(self, given: Inputs) -> Array:
        """Return the output of the network."""
        return self.network(given)


class UpdatedW2Reference(NetworkReference):
    """Equations (11) to (16) and (19), for W2."""

    noun = "new W2"

    def output_error(self, a2: Array, y: Array) -> Array:
        """Return δ2, (n, 1)."""
        return a2 - y

    def gradient_2(self, a1: Array, error: Array, given: Inputs) -> Array:
        """Return ∂L/∂W2, (h, n)."""
        return np.asarray(a1 @ error.T)

    def updated(self, W: Array, gradient: Array, rate: float) -> Array:
        """Return a weight matrix after one step."""
        return W - rate * gradient

    def signal(self, given: Inputs) -> Array:
        """Return the error signal of the output."""
        return self.output_error(self.followed("network_output", self.network(given), given["y"]), given["y"])

    def new_w2(self, given: Inputs) -> Array:
        """Return W2 after one step."""
        a1 = self.followed("hidden_activations", self.hidden(given))
        return self.updated(given["W2"], self.gradient_2(a1, self.signal(given), given), given["learning_rate"])

    def result(self, given: Inputs) -> Array:
        """Return W2 after one step."""
        return self.new_w2(given)


class UpdatedW1Reference(UpdatedW2Reference):
    """Equations (11) to (19), for W1."""

    noun = "new W1"

    def passed_back(self, error: Array, given: Inputs) -> Array:
        """Return what reaches the hidden layer."""
        return np.asarray(given["W2"] @ error)

    def relu_derivative(self, z1: Array, given: Inputs) -> Array:
        """Return relu'(z1), (h, 1)."""
        return (z1 > 0).astype(np.float64)

    def hidden_error(self, passed_back: Array, derivative: Array) -> Array:
        """Return δ1, (h, 1)."""
        return passed_back * derivative

    def gradient_1(self, error: Array, given: Inputs) -> Array:
        """Return ∂L/∂W1, (m, h)."""
        return np.asarray(given["x"] @ error.T)

    def new_w1(self, given: Inputs) -> Array:
        """Return W1 after one step."""
        reached = self.passed_back(self.signal(given), given)
        a1 = self.hidden(given)
        own_a1 = self.followed("hidden_activations", a1)
        z1 = self.hidden_input(given["x"], given["W1"], given["b1"]) if own_a1 is a1 else own_a1
        error = self.hidden_error(reached, self.relu_derivative(z1, given))
        return self.updated(given["W1"], self.gradient_1(error, given), given["learning_rate"])

    def result(self, given: Inputs) -> Array:
        """Return W1 after one step."""
        return self.new_w1(given)


class OutputAfterStepReference(UpdatedW1Reference):
    """Equations (11) to (19), then (11) to (14) with the new weights."""

    noun = "new output"

    def weights_after(self, given: Inputs) -> Inputs:
        """Return the arguments of the second forward pass."""
        return {**given, "W1": self.new_w1(given), "W2": self.new_w2(given)}

    def last_activation(self, output: Array, z2: Array) -> Array:
        """Return what the second forward pass ends with."""
        return output

    def result(self, given: Inputs) -> Array:
        """Return the output after one step."""
        after = self.weights_after(given)
        z2 = self.output_input(self.hidden(after), after["W2"], after["b2"])
        return self.last_activation(self.output(z2), z2)


# --- following the student's own earlier numbers ---------------------------------------------------------------


def fit_to_follow(came: Array, right: Array) -> bool:
    """Tell whether wrong numbers are as good to compute with as the right ones.

    Numbers that are zero, all the same, not finite or of another size would make what follows easier or senseless.
    """
    if came.shape != right.shape or not np.isfinite(came).all():
        return False
    size = float(np.linalg.norm(came)) / max(float(np.linalg.norm(right)), 1e-9)
    return bool(1e-3 < size < 1e3 and np.ptp(came) > 1e-3 * np.ptp(right))
