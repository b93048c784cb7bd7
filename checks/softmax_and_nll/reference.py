"""The right answers, each equation under its number in the notebook; samples are columns.

A quantity of a network is known for each pass through it: the first one, and the one after the step. Longer than 400
lines because every task's answer is here, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.functions import softmax as column_softmax
from checks.formulas.slips import Worked
from checks.formulas.tree import Node, Number, Operation, Scope, Symbol, times, total
from checks.judging.reference import Answer, Override, Slip
from checks.observing.observation import Array
from checks.observing.quantity import Quantity
from checks.softmax_and_nll.case import HIDDEN, FunctionCase, Inputs

Function = Callable[[Inputs], Array]
"""A function of the notebook, as one of its arguments by name."""

BEFORE, AFTER, ON_THE_WAY_BACK = 0, 1, 2
"""The passes through a network: before the step and after it; in between, z1 is needed once more."""


def _of_a_pass(name: str, noun: str) -> Symbol:
    return Symbol(name, noun, BEFORE, name)


X, Y, RATE = Symbol("x", "the input"), Symbol("y", "the label"), Symbol("η", "the learning rate")
UNIT_ERROR = Symbol("(a - y)", "the error")
ACTIVATION, PROBABILITIES = Symbol("a", "the activation"), Symbol("a", "the probabilities")
Z, E, C = Symbol("z", "the weighted input"), Symbol("e", "the exponentials"), Symbol("c", "what is subtracted")
LOGITS, W, A = (_of_a_pass(*one) for one in (("z", "the logits"), ("W", "the weights"), ("a", "the probabilities")))
ERROR, GRADIENT, OLD_W = (
    Symbol("δ", "the error signal"),
    Symbol("∂L/∂W", "the gradient"),
    Symbol("W", "the old weights"),
)
W1, Z1, A1, W2, Z2, A2 = (
    _of_a_pass(*one)
    for one in (
        ("W1", "the weights"),
        ("z1", "the weighted input"),
        ("a1", "the hidden activations"),
        ("W2", "the weights"),
        ("z2", "the logits"),
        ("a2", "the probabilities"),
    )
)
B1, B2, OLD_W1, OLD_W2 = Symbol("b1"), Symbol("b2"), Symbol("W1", "the old weights"), Symbol("W2", "the old weights")
ERROR_2, ERROR_1 = Symbol("δ₂", "the error signal of the output"), Symbol("δ₁", "the hidden error signal")
ON = Symbol("relu'(z1)", "the derivative of the ReLU")
GRADIENT_1, GRADIENT_2 = Symbol("∂L/∂W1", "the gradient of W1"), Symbol("∂L/∂W2", "the gradient of W2")
ONE = Number(1)


@dataclass(frozen=True)
class Softmax(Operation):
    """The softmax, or what takes its place where a mistake in it has been counted."""

    def value(self, scope: Scope, layer: int) -> Array:
        assert isinstance(scope, FunctionReference)
        own = scope.follows().get("softmax")
        return super().value(scope, layer) if own is None else own({"z": self.arguments[0].value(scope, layer)})


def softmax(z: Node) -> Node:
    """Return the softmax of each column."""
    return Softmax("softmax", (z,))


def of(name: str, *arguments: Node) -> Operation:
    """Return an operation by its name."""
    return Operation(name, arguments)


class FunctionReference(Worked):
    """The right value of a function in each of its calls; a subclass writes `result` as steps.

    What takes the place of earlier functions is reached through `call`.
    """

    case: FunctionCase
    noun: ClassVar[str]
    following: Mapping[str, Function] = MappingProxyType({})
    given: Inputs

    def result(self, given: Inputs) -> Array | None:
        """Return what the function returns for these arguments; None stands for what cannot be predicted."""
        self.take(given)
        with np.errstate(all="ignore"):
            return self.worked_out()

    def take(self, given: Inputs) -> None:
        """Forget what was known but the arguments."""
        self.given = given
        self.known = {("η" if name == "learning_rate" else name, BEFORE): np.asarray(given[name]) for name in given}
        if "gradient" in given:
            self.known["∂L/∂W", BEFORE] = given["gradient"]

    def worked_out(self) -> Array | None:
        """Return what the function returns, from what is known."""
        raise NotImplementedError

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of the case by their symbols."""
        inputs = {"m": len(self.given["x"])} if "x" in self.given else {}
        hidden = {"h": len(self.given["b1"])} if "b1" in self.given else {}
        weights = self.given.get("W2", self.given.get("W"))
        classes = (
            {"n": weights.shape[1]} if weights is not None else {"n": len(self.given["y"])} if "y" in self.given else {}
        )
        return inputs | hidden | classes

    def is_at(self, layer: int, where: str) -> bool:
        return {"first": BEFORE, "last": AFTER, "back": ON_THE_WAY_BACK}[where] == layer

    def follows(self) -> Mapping[str, Function]:
        """Return what takes the place of earlier functions, by their names."""
        return self.following

    def call(self, name: str, given: Inputs) -> Array | None:
        """Return what takes the place of an earlier function gives, or None if it is right."""
        own = self.follows().get(name)
        return None if own is None else own(given)

    def answer(self) -> Answer:
        """Return what every call returns."""
        return dict(self.quantities())

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield what every call returns."""
        for quantity, given in zip(self.case.quantities(self.noun), self.case.calls, strict=True):
            result = self.result(given)
            yield quantity, None if result is None else self.case.read(np.asarray(result, dtype=np.float64))


def sigmoid(z: Node) -> Operation:
    """Return the sigmoid of a node."""
    return Operation("σ", (z,))


class SigmoidReference(FunctionReference):
    """Equation (1)."""

    noun = "sigmoid"
    symbols: ClassVar[tuple[Symbol, ...]] = (Z,)
    steps: ClassVar[tuple[str, ...]] = ("sigmoid",)
    results = frozenset(steps)

    sigmoid = Formula("(1)", Symbol("σ(z)", "the sigmoid"), ONE / (ONE + of("exp", -Z)))

    def worked_out(self) -> Array:
        return self.make("sigmoid")


class SigmoidDerivativeReference(FunctionReference):
    """Equation (2)."""

    noun = "derivative"
    symbols: ClassVar[tuple[Symbol, ...]] = (Z, ACTIVATION)
    steps: ClassVar[tuple[str, ...]] = ("activation", "sigmoid_derivative")
    results = frozenset({"sigmoid_derivative"})
    inlined = frozenset({"activation"})

    activation = Formula("(1)", ACTIVATION, sigmoid(Z))
    sigmoid_derivative = Formula(
        "(2)", Symbol("σ'(z)", "the derivative of the sigmoid"), ACTIVATION * (ONE - ACTIVATION)
    )

    def worked_out(self) -> Array:
        self.make("activation")
        return self.make("sigmoid_derivative")


class NllGradientReference(FunctionReference):
    """Equation (4), for one sigmoid unit."""

    noun = "gradient"
    symbols: ClassVar[tuple[Symbol, ...]] = (X, ACTIVATION, Y, UNIT_ERROR)
    steps: ClassVar[tuple[str, ...]] = ("unit_error", "unit_gradient")
    results = frozenset({"unit_gradient"})
    activations = ("σ",)
    measures = ("m",)

    unit_error = Formula("(4)", UNIT_ERROR, ACTIVATION - Y, ", the derivative with respect to z")
    unit_gradient = Formula("(4)", Symbol("∂L/∂w", "the gradient"), X @ UNIT_ERROR, ", of the shape of w, (m, 1)")

    def worked_out(self) -> Array:
        self.make("unit_error")
        return self.make("unit_gradient")


class SoftmaxReference(FunctionReference):
    """Equations (5) and (6), column by column."""

    noun = "softmax"
    symbols: ClassVar[tuple[Symbol, ...]] = (Z, C, E)
    steps: ClassVar[tuple[str, ...]] = ("shift", "exponentials", "normalised")
    results = frozenset({"normalised"})
    inlined = frozenset({"shift", "exponentials"})

    shift = Formula("(6)", C, of("column maximum", Z))
    exponentials = Formula("(5)", E, of("exp", Z - C), makes="the exponential")
    normalised = Formula("(5)", Symbol("softmax(z)", "the softmax"), E / of("column sum", E))

    def worked_out(self) -> Array:
        self.make("shift")
        self.make("exponentials")
        return self.make("normalised")


class NllmReference(FunctionReference):
    """Equation (7), summed over everything."""

    noun = "loss"
    steps: ClassVar[tuple[str, ...]] = ("terms", "total")

    terms = Formula(
        "(7)",
        Symbol("-y log(a)", "the terms of the loss"),
        -of("counted", Y, of("natural log", PROBABILITIES)),
        ", 0 where y is 0",
        "the sum",
    )
    total = Formula("(7)", Symbol("L", "the loss"), total(terms.left), ", over all entries, in a batch of all columns")

    def worked_out(self) -> Array | None:
        self.make("terms")
        loss = self.make("total")
        if np.isposinf(loss).any():
            finite = np.minimum(self.known[self._made["terms"].name, BEFORE], 1.0)
            self.known[self._made["terms"].name, BEFORE] = finite
            if not np.allclose(self.total(), finite.sum()):
                return None  # how large it is depends on whether probabilities of 0 were clipped before the logarithm
        return loss.reshape(()) if loss.size == 1 else loss


class SoftmaxGradientReference(FunctionReference):
    """Equation (8)."""

    noun = "gradient"
    symbols: ClassVar[tuple[Symbol, ...]] = (X, PROBABILITIES, Y, ERROR)
    steps: ClassVar[tuple[str, ...]] = ("error_signal", "layer_gradient")
    results = frozenset({"layer_gradient"})
    activations = ("softmax",)
    measures = ("m", "n")

    error_signal = Formula("(8)", ERROR, PROBABILITIES - Y)
    layer_gradient = Formula("(8)", GRADIENT, X @ ERROR.T, ", of the shape of W, (m, n)")

    def worked_out(self) -> Array:
        self.make("error_signal")
        return self.make("layer_gradient")


class PredictReference(FunctionReference):
    """Equation (9)."""

    noun = "prediction"
    symbols: ClassVar[tuple[Symbol, ...]] = (X, W, LOGITS)
    steps: ClassVar[tuple[str, ...]] = ("weighted_input", "probabilities")
    results = frozenset({"probabilities"})
    inlined = frozenset({"weighted_input"})
    measures: ClassVar[tuple[str, ...]] = ("m",)

    weighted_input = Formula("(9)", LOGITS, W.T @ X, makes="the weighted input z")
    probabilities = Formula("(9)", A, softmax(LOGITS), makes="the prediction a")

    def worked_out(self) -> Array:
        return self.predicted(BEFORE)

    def predicted(self, which: int) -> Array:
        """Return the probabilities of a pass."""
        given = {"x": self.known["x", BEFORE], "W": self.known["W", which]}
        own = self.call("predict", given)
        if own is not None:
            self.known["a", which] = own
            return own
        self.make("weighted_input", which)
        return self.make("probabilities", which)


class GradientStepReference(FunctionReference):
    """Equation (10)."""

    noun = "new W"
    symbols: ClassVar[tuple[Symbol, ...]] = (W, GRADIENT)
    steps: ClassVar[tuple[str, ...]] = ("stepped",)
    results = frozenset(steps)
    addends: ClassVar[tuple[Symbol, ...]] = (W,)
    measures = ("m", "n")

    stepped = Formula("(10)", Symbol("new W"), W - times(RATE, GRADIENT), makes="the new W")

    def sizes(self) -> Mapping[str, int]:
        """Return how many rows and columns the weights have."""
        return dict(zip(("m", "n"), np.shape(self.given["W"]), strict=False))

    def worked_out(self) -> Array:
        return self.make("stepped")


TWO_STEPS = "when two steps are taken, the second one with a gradient of its own"
_WHOSE_LOSS = "Which weights made the output whose loss you differentiate?"
_HOW_OFTEN, _WHAT = "How many steps does the task ask for?", "Which parameters does this exercise keep?"


_WHICH = "What does gradient descent change?"


def _slip(step: str, name: str, otherwise: Callable[..., Any], says: str, think: str, equation: str = "(19)") -> Slip:
    look = "Look at what changes in the step."
    return Slip(f"{step}: {name}", Override(step, otherwise), says, look, think, equation, name)


def _moved_a(ref: PredictAfterStepReference, right: Any, prediction: Array) -> Array:
    return np.asarray(ref.known["a", BEFORE] - ref.known["η", BEFORE] * ref.known["δ", BEFORE])


def _moved_z(ref: PredictAfterStepReference, right: Any, prediction: Array) -> Array:
    return column_softmax(ref.known["z", BEFORE] - ref.known["η", BEFORE] * ref.known["δ", BEFORE])


def _two_steps(ref: PredictAfterStepReference, right: Any, old: Array) -> Array:
    ref.known["W", BEFORE] = right(old)
    return np.asarray(right(ref.known["W", BEFORE]))


def _two_steps_of_both(ref: OutputAfterStepReference, right: Any) -> dict[str, Array]:
    ref.take({**ref.given, **right()})
    return dict(right())


def _new_w1_first(ref: UpdatedW2Reference, right: Any) -> Array:
    given = ref.given
    ref.take({**given, "W1": UpdatedW1Reference(ref.case).result(given)})
    return np.asarray(right())


def _new_b1(ref: OutputAfterStepReference, right: Any) -> dict[str, Array]:
    return {**right(), "b1": ref.given["b1"] - ref.given["learning_rate"] * ref.hidden_signal()}


def _new_b2(ref: OutputAfterStepReference, right: Any) -> dict[str, Array]:
    return {**right(), "b2": ref.given["b2"] - ref.given["learning_rate"] * ref.signal()}


class PredictAfterStepReference(PredictReference):
    """Equations (8), (9) and (10) together."""

    noun = "new prediction"
    symbols: ClassVar[tuple[Symbol, ...]] = (X, Y, W, LOGITS, A, ERROR, GRADIENT, OLD_W)
    steps: ClassVar[tuple[str, ...]] = ("weighted_input", "probabilities", "error_signal", "layer_gradient", "stepped")
    everywhere = frozenset({"weighted_input", "probabilities"})
    places: ClassVar[Mapping[str, str]] = {"first": "in the first prediction", "last": "in the last prediction"}
    activations = ("softmax",)
    addends: ClassVar[tuple[Symbol, ...]] = (W,)
    measures = ("m", "n")
    others: ClassVar[tuple[Slip, ...]] = (
        _slip("descended", "two steps", _two_steps, TWO_STEPS, _HOW_OFTEN),
        _slip("handed_back", "a moved", _moved_a, "when a takes the step, and not the weights", _WHICH, "(10)"),
        _slip("handed_back", "z moved", _moved_z, "when z takes the step, and not the weights", _WHICH, "(10)"),
    )

    error_signal = Formula("(8)", ERROR, A - Y)
    layer_gradient = SoftmaxGradientReference.layer_gradient
    stepped = GradientStepReference.stepped

    def descended(self, old: Array) -> Array:
        """Return the weights after the step."""
        a = self.predicted(BEFORE)
        given = {"x": self.known["x", BEFORE], "a": a, "y": self.known["y", BEFORE]}
        gradient = self.call("softmax_gradient", given)
        if gradient is None:
            self.make("error_signal")
            gradient = self.make("layer_gradient")
        self.known["∂L/∂W", BEFORE] = gradient
        own = self.call("gradient_step", {"W": old, "gradient": gradient, "learning_rate": self.known["η", BEFORE]})
        return self.stepped() if own is None else own

    def worked_out(self) -> Array:
        self.known["W", AFTER] = self.descended(self.known["W", BEFORE])
        return self.handed_back(self.predicted(AFTER))

    def handed_back(self, prediction: Array) -> Array:
        """Return what the function returns."""
        return prediction


class HiddenReference(FunctionReference):
    """Equations (11) and (12)."""

    noun = HIDDEN
    symbols: ClassVar[tuple[Symbol, ...]] = (X, W1, B1, Z1)
    activations: ClassVar[tuple[str, ...]] = ("relu", "σ")
    steps: ClassVar[tuple[str, ...]] = ("hidden_input", "relu")
    results = frozenset({"relu"})
    inlined = frozenset({"hidden_input"})

    hidden_input = Formula("(11)", Z1, W1.T @ X + B1, makes="the weighted input z1")
    relu = Formula("(12)", A1, of("relu", Z1), ", that is, max(0, ·) for each entry", "the hidden output a1")

    def worked_out(self) -> Array:
        return self.hidden(BEFORE)

    def hidden(self, which: int) -> Array:
        """Return the hidden activations of a pass."""
        own = self.call(
            "hidden_activations", {name: self.known[name, self._pass(name, which)] for name in ("x", "W1", "b1")}
        )
        if own is not None:
            self.known["a1", which] = own
            return own
        self.make("hidden_input", which)
        return self.make("relu", which)

    @staticmethod
    def _pass(name: str, which: int) -> int:
        return which if name.startswith("W") else BEFORE


class NetworkReference(HiddenReference):
    """Equations (11) to (14)."""

    noun = "output"
    symbols: ClassVar[tuple[Symbol, ...]] = (X, W1, B1, Z1, A1, W2, B2, Z2)
    steps: ClassVar[tuple[str, ...]] = ("hidden_input", "relu", "output_input", "output")
    results = frozenset({"output"})
    inlined = frozenset({"hidden_input", "output_input"})

    output_input = Formula("(13)", Z2, W2.T @ A1 + B2, makes="the weighted input z2")
    output = Formula("(14)", A2, softmax(Z2), makes="the output a2")

    def worked_out(self) -> Array:
        return self.forward(BEFORE)

    def forward(self, which: int) -> Array:
        """Return the probabilities of a pass."""
        if ("a2", which) not in self.known:
            names = ("x", "W1", "b1", "W2", "b2")
            own = self.call("network_output", {name: self.known[name, self._pass(name, which)] for name in names})
            if own is None:
                self.hidden(which)
                self.make("output_input", which)
                self.make("output", which)
            else:
                self.known["a2", which] = own
        return self.known["a2", which]


_FORWARD = NetworkReference.steps


class UpdatedW2Reference(NetworkReference):
    """Equations (11) to (16) and (19), for W2."""

    noun = "new W2"
    symbols: ClassVar[tuple[Symbol, ...]] = (*NetworkReference.symbols, A2, Y, ERROR_2, GRADIENT_2)
    steps: ClassVar[tuple[str, ...]] = (*_FORWARD, "output_error", "gradient_2", "new_w2")
    results = frozenset({"new_w2"})
    inlined = frozenset({"output"})
    activations = ("softmax",)
    addends: ClassVar[tuple[Symbol, ...]] = (W2,)
    measures = ("m", "h", "n")

    others: ClassVar[tuple[Slip, ...]] = (
        _slip("updated_w2", "W1 first", _new_w1_first, "when the forward pass is made with the new W1", _WHOSE_LOSS),
    )

    output_error = Formula("(15)", ERROR_2, A2 - Y)
    gradient_2 = Formula("(16)", GRADIENT_2, A1 @ ERROR_2.T)
    new_w2 = Formula(
        "(19)", Symbol("new W2"), W2 - times(RATE, GRADIENT_2), ", the gradient from the old weights", "the new W2"
    )

    def signal(self) -> Array:
        """Return the error signal of the output."""
        self.forward(BEFORE)
        return self.make("output_error")

    def updated_w2(self) -> Array:
        """Return W2 after one step."""
        self.forward(BEFORE)
        if ("a1", BEFORE) not in self.known:
            self.hidden(BEFORE)
        given = {name: self.known[quantity, BEFORE] for name, quantity in (("x", "a1"), ("a", "a2"), ("y", "y"))}
        gradient = self.call("softmax_gradient", given)
        if gradient is None:
            self.signal()
            gradient = self.make("gradient_2")
        self.known["∂L/∂W2", BEFORE] = gradient
        return self.stepped("W2", gradient, self.new_w2)

    def stepped(self, name: str, gradient: Array, step: Callable[[], Array]) -> Array:
        """Return a weight matrix after its step."""
        given = {"W": self.known[name, BEFORE], "gradient": gradient, "learning_rate": self.known["η", BEFORE]}
        own = self.call("gradient_step", given)
        return step() if own is None else own

    def worked_out(self) -> Array:
        return self.updated_w2()


class UpdatedW1Reference(UpdatedW2Reference):
    """Equations (11) to (19), for W1."""

    noun = "new W1"
    symbols: ClassVar[tuple[Symbol, ...]] = (*UpdatedW2Reference.symbols[:-2], OLD_W1, ON, ERROR_1, GRADIENT_1)
    steps: ClassVar[tuple[str, ...]] = (
        *_FORWARD,
        "output_error",
        "relu_derivative",
        "hidden_error",
        "gradient_1",
        "new_w1",
    )
    everywhere = frozenset({"hidden_input"})
    places: ClassVar[Mapping[str, str]] = {"first": "in the forward pass", "back": "for relu' only"}
    results = frozenset({"new_w1"})
    others: ClassVar[tuple[Slip, ...]] = ()
    inlined = frozenset({"output", "relu_derivative"})
    addends: ClassVar[tuple[Symbol, ...]] = (W1,)

    relu_derivative = Formula("(17)", ON, of("relu'", Z1), ", 1 for z1 > 0 and 0 for z1 < 0")
    hidden_error = Formula("(17)", ERROR_1, (W2 @ ERROR_2) * ON, ", with the W2 of the forward pass")
    gradient_1 = Formula("(18)", GRADIENT_1, X @ ERROR_1.T)
    new_w1 = Formula(
        "(19)", Symbol("new W1"), W1 - times(RATE, GRADIENT_1), ", the gradient from the old weights", "the new W1"
    )

    def units_on(self, given: Inputs) -> Array:
        """Return relu'(z1) from the input of the network; it is no task, but may be found from z1 or from a1."""
        self.take(given)
        return self.switched_on()

    def switched_on(self) -> Array:
        """Return relu'(z1)."""
        own = self.call("units_on", {name: self.known[name, BEFORE] for name in ("x", "W1", "b1")})
        if own is not None:
            return own
        self.known |= {(name, ON_THE_WAY_BACK): self.known[name, BEFORE] for name in ("W1", "W2") if name in self.given}
        self.make("hidden_input", ON_THE_WAY_BACK)
        return self.make("relu_derivative", ON_THE_WAY_BACK)

    def hidden_signal(self) -> Array:
        """Return the hidden error signal."""
        self.signal()
        self.known[ON.name, BEFORE] = self.switched_on()
        return self.make("hidden_error")

    def updated_w1(self) -> Array:
        """Return W1 after one step."""
        self.hidden_signal()
        return self.stepped("W1", self.make("gradient_1"), self.new_w1)

    def worked_out(self) -> Array:
        return self.updated_w1()


class OutputAfterStepReference(UpdatedW1Reference):
    """Equations (11) to (19), then (11) to (14) with the new weights."""

    noun = "new output"
    symbols: ClassVar[tuple[Symbol, ...]] = (*UpdatedW1Reference.symbols, GRADIENT_2, OLD_W2)
    steps: ClassVar[tuple[str, ...]] = (*UpdatedW1Reference.steps, "gradient_2", "new_w2")
    everywhere = frozenset(_FORWARD)
    places: ClassVar[Mapping[str, str]] = {
        "last": "in the last forward pass",
        "first": "in the first forward pass",
        "back": "for relu' only",
    }
    results = frozenset({"output"})
    twins: ClassVar[Mapping[str, tuple[str, Mapping[Node, Node]]]] = {
        "new_w2": ("new_w1", {W2: W1, GRADIENT_2: GRADIENT_1})
    }
    addends: ClassVar[tuple[Symbol, ...]] = ()
    others: ClassVar[tuple[Slip, ...]] = (
        _slip("weights_after", "two steps", _two_steps_of_both, TWO_STEPS, _HOW_OFTEN),
        _slip("weights_after", "b2 moved", _new_b2, "when b2 takes a step too (here the biases stay)", _WHAT),
        _slip("weights_after", "b1 moved", _new_b1, "when b1 takes a step too (here the biases stay)", _WHAT),
    )

    @classmethod
    def places_of(cls, step: str) -> Mapping[str, str]:
        """Return the passes in which a step is taken."""
        return {where: words for where, words in cls.places.items() if where != "back" or step == "hidden_input"}

    def weights_after(self) -> dict[str, Array]:
        """Return what is new in the second forward pass, by name."""
        return {name: self.moved(name) for name in ("W1", "W2")}

    def moved(self, name: str) -> Array:
        """Return a weight matrix after its step."""
        own = self.call(f"updated_{name.lower()}", self.given)
        if own is not None:
            return own
        return self.updated_w1() if name == "W1" else self.updated_w2()

    def worked_out(self) -> Array:
        given = self.given
        after = self.weights_after()
        self.take({**given, **{name: array for name, array in after.items() if name.startswith("b")}})
        self.known |= {(name, AFTER): np.asarray(after.get(name, given[name])) for name in ("W1", "W2")}
        return self.forward(AFTER)


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
