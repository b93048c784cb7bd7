"""The right answers as small steps, numbered as the equations of the notebook; samples are columns.

Longer than 400 lines because every task's answer is here, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from checks.judging.reference import Answer, Reference
from checks.observing.observation import Array
from checks.observing.quantity import Quantity
from checks.softmax_and_nll.case import HIDDEN, FunctionCase, Inputs

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
    "output_error": ("(15)", "δ₂ = a2 - y"),
    "gradient_2": ("(16)", "∂L/∂W2 = a1 δ₂ᵀ"),
    "passed_back": ("(17)", "δ₁ = (W2 δ₂) ⊙ relu'(z1), with the W2 of the forward pass"),
    "relu_derivative": ("(17)", "δ₁ = (W2 δ₂) ⊙ relu'(z1), where relu'(z) is 1 for z > 0 and 0 for z < 0"),
    "hidden_error": ("(17)", "δ₁ = (W2 δ₂) ⊙ relu'(z1)"),
    "gradient_1": ("(18)", "∂L/∂W1 = x δ₁ᵀ"),
    "updated": ("(19)", "W1 ← W1 - η ∂L/∂W1 and W2 ← W2 - η ∂L/∂W2, both gradients from the old weights"),
    "last_activation": ("(14)", "a2 = softmax(z2)"),
    "weights_after": ("(19)", "W1 ← W1 - η ∂L/∂W1 and W2 ← W2 - η ∂L/∂W2, both gradients from the old weights"),
}


Function = Callable[[Inputs], Array]
"""A function of the notebook, as one of its arguments by name."""


class FunctionReference(Reference):
    """The right value of a function in each of its calls; a subclass writes `result` as steps.

    A step with the name of an earlier function stands for a call of it, and is reached through `call`.
    """

    case: FunctionCase
    noun: ClassVar[str]
    formulas: ClassVar[Mapping[str, tuple[str, str]]] = FORMULAS
    following: Mapping[str, Function] = MappingProxyType({})

    def result(self, given: Inputs) -> Array | None:
        """Return what the function returns for these arguments; None stands for what cannot be predicted."""
        raise NotImplementedError

    def follows(self) -> Mapping[str, Function]:
        """Return what takes the place of earlier functions, by their names."""
        return self.following

    def call(self, name: str, given: Inputs, *more: Any) -> Array:
        """Return what an earlier function gives; `more` is what mistaken steps may take instead."""
        followed = self.follows().get(name)
        value: Array = getattr(self, name)(given, *more) if followed is None else followed(given)
        return value

    def answer(self) -> Answer:
        """Return what every call returns."""
        answer: dict[Quantity, Array | None] = {}
        for quantity, given in zip(self.case.quantities(self.noun), self.case.calls, strict=True):
            result = self.result(given)
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

    def softmax(self, given: Inputs) -> Array:
        """Return the probabilities of every column."""
        return self.normalised(np.exp(self.shifted(given["z"])), given["z"])

    def result(self, given: Inputs) -> Array:
        """Return the softmax."""
        return self.softmax(given)


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

    def softmax_gradient(self, given: Inputs) -> Array:
        """Return the gradient of one sample's loss."""
        return self.layer_gradient(given["x"], self.error_signal(given["a"], given["y"]))

    def result(self, given: Inputs) -> Array:
        """Return the gradient of one sample's loss."""
        return self.softmax_gradient(given)


class PredictReference(SoftmaxReference):
    """Equation (9)."""

    noun = "prediction"

    def weighted_input(self, x: Array, W: Array) -> Array:
        """Return z, (n, 1)."""
        return np.asarray(W.T @ x)

    def probabilities(self, z: Array) -> Array:
        """Return a, (n, 1)."""
        return self.call("softmax", {"z": z})

    def predict(self, given: Inputs) -> Array:
        """Return the probabilities of all classes, equation (9)."""
        return self.probabilities(self.weighted_input(given["x"], given["W"]))

    def result(self, given: Inputs) -> Array:
        """Return the prediction."""
        return self.predict(given)


class GradientStepReference(FunctionReference):
    """Equation (10)."""

    noun = "new W"

    def stepped(self, W: Array, gradient: Array, rate: float) -> Array:
        """Return W after one step."""
        return W - rate * gradient

    def gradient_step(self, given: Inputs) -> Array:
        """Return the new W."""
        return self.stepped(given["W"], given["gradient"], given["learning_rate"])

    def result(self, given: Inputs) -> Array:
        """Return the new W."""
        return self.gradient_step(given)


class PredictAfterStepReference(PredictReference, SoftmaxGradientReference, GradientStepReference):
    """Equations (8), (9) and (10) together."""

    noun = "new prediction"

    def used_weights(self, new: Array, old: Array) -> Array:
        """Return the weights of the second prediction."""
        return new

    def handed_back(self, prediction: Array, new: Array) -> Array:
        """Return what the function returns."""
        return prediction

    def result(self, given: Inputs) -> Array:
        """Return the prediction after one step."""
        x, W = given["x"], given["W"]
        gradient = self.call("softmax_gradient", {"x": x, "a": self.call("predict", given), "y": given["y"]})
        new = self.call("gradient_step", {**given, "gradient": gradient})
        return self.handed_back(self.call("predict", {"x": x, "W": self.used_weights(new, W)}), new)


class HiddenReference(FunctionReference):
    """Equations (11) and (12)."""

    noun = HIDDEN

    def hidden_input(self, x: Array, W1: Array, b1: Array) -> Array:
        """Return z1, (h, 1)."""
        return np.asarray(W1.T @ x + b1)

    def relu(self, z1: Array, given: Inputs) -> Array:
        """Return a1, (h, 1)."""
        return np.maximum(z1, 0)

    def hidden_activations(self, given: Inputs) -> Array:
        """Return the hidden activations."""
        return self.relu(self.hidden_input(given["x"], given["W1"], given["b1"]), given)

    def result(self, given: Inputs) -> Array:
        """Return the hidden activations."""
        return self.hidden_activations(given)


class NetworkReference(HiddenReference, SoftmaxReference):
    """Equations (11) to (14)."""

    noun = "output"

    def output_input(self, a1: Array, W2: Array, b2: Array) -> Array:
        """Return z2, (n, 1)."""
        return np.asarray(W2.T @ a1 + b2)

    def output(self, z2: Array) -> Array:
        """Return a2, (n, 1)."""
        return self.call("softmax", {"z": z2})

    def weighted_output(self, given: Inputs) -> Array:
        """Return z2 from the input of the network."""
        return self.output_input(self.call("hidden_activations", given), given["W2"], given["b2"])

    def network_output(self, given: Inputs) -> Array:
        """Return the output of the network."""
        return self.output(self.weighted_output(given))

    def result(self, given: Inputs) -> Array:
        """Return the output of the network."""
        return self.network_output(given)


class UpdatedW2Reference(NetworkReference, GradientStepReference):
    """Equations (11) to (16) and (19), for W2."""

    noun = "new W2"

    def output_error(self, a2: Array, y: Array) -> Array:
        """Return δ2, (n, 1)."""
        return a2 - y

    def gradient_2(self, a1: Array, error: Array, given: Inputs) -> Array:
        """Return ∂L/∂W2, (h, n)."""
        return np.asarray(a1 @ error.T)

    def softmax_gradient(self, layer: Inputs, given: Inputs) -> Array:
        """Return the gradient of the output layer, whose input is a1."""
        return self.gradient_2(layer["x"], self.output_error(layer["a"], layer["y"]), given)

    def updated(self, W: Array, gradient: Array, rate: float) -> Array:
        """Return a weight matrix after one step."""
        return self.call("gradient_step", {"W": W, "gradient": gradient, "learning_rate": rate})

    def updated_w2(self, given: Inputs) -> Array:
        """Return W2 after one step."""
        a1, a2 = self.call("hidden_activations", given), self.call("network_output", given)
        gradient = self.call("softmax_gradient", {"x": a1, "a": a2, "y": given["y"]}, given)
        return self.updated(given["W2"], gradient, given["learning_rate"])

    def result(self, given: Inputs) -> Array:
        """Return W2 after one step."""
        return self.updated_w2(given)


class UpdatedW1Reference(UpdatedW2Reference):
    """Equations (11) to (19), for W1."""

    noun = "new W1"

    def signal(self, given: Inputs) -> Array:
        """Return the error signal of the output."""
        return self.output_error(self.call("network_output", given), given["y"])

    def passed_back(self, error: Array, given: Inputs) -> Array:
        """Return what reaches the hidden layer."""
        return np.asarray(given["W2"] @ error)

    def relu_derivative(self, z1: Array, given: Inputs) -> Array:
        """Return relu'(z1), (h, 1)."""
        return (z1 > 0).astype(np.float64)

    def units_on(self, given: Inputs) -> Array:
        """Return relu'(z1) from the input of the network; it is no task, but may be found from z1 or from a1."""
        return self.relu_derivative(self.hidden_input(given["x"], given["W1"], given["b1"]), given)

    def hidden_error(self, given: Inputs) -> Array:
        """Return δ1, (h, 1)."""
        return self.passed_back(self.signal(given), given) * self.call("units_on", given)

    def gradient_1(self, error: Array, given: Inputs) -> Array:
        """Return ∂L/∂W1, (m, h)."""
        return np.asarray(given["x"] @ error.T)

    def updated_w1(self, given: Inputs) -> Array:
        """Return W1 after one step."""
        gradient = self.gradient_1(self.hidden_error(given), given)
        return self.updated(given["W1"], gradient, given["learning_rate"])

    def result(self, given: Inputs) -> Array:
        """Return W1 after one step."""
        return self.updated_w1(given)


class OutputAfterStepReference(UpdatedW1Reference):
    """Equations (11) to (19), then (11) to (14) with the new weights."""

    noun = "new output"

    def weights_after(self, given: Inputs) -> Inputs:
        """Return the arguments of the second forward pass."""
        return {**given, "W1": self.call("updated_w1", given), "W2": self.call("updated_w2", given)}

    def last_activation(self, output: Array, after: Inputs) -> Array:
        """Return what the second forward pass ends with."""
        return output

    def result(self, given: Inputs) -> Array:
        """Return the output after one step."""
        after = self.weights_after(given)
        return self.last_activation(self.call("network_output", after), after)


REFERENCES: Mapping[str, type[FunctionReference]] = {
    "sigmoid": SigmoidReference,
    "sigmoid_derivative": SigmoidDerivativeReference,
    "nll_gradient": NllGradientReference,
    "softmax": SoftmaxReference,
    "nllm": NllmReference,
    "softmax_gradient": SoftmaxGradientReference,
    "predict": PredictReference,
    "gradient_step": GradientStepReference,
    "predict_after_step": PredictAfterStepReference,
    "hidden_activations": HiddenReference,
    "network_output": NetworkReference,
    "updated_w2": UpdatedW2Reference,
    "updated_w1": UpdatedW1Reference,
    "output_after_step": OutputAfterStepReference,
}
"""The reference of every task, in the order of the notebook."""
