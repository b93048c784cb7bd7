"""The right answers of the exercise, written with the equations of the notebook.

Inputs are rows: x is (batch, in), a gradient has the shape of what it belongs to. Losses are plain sums over all
entries, so the gradient of a batch is the sum of those of its samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.slips import Walk, Worked
from checks.formulas.tree import Activation, Node, Operation, Symbol, over_samples, phi, scaled, square, times, total
from checks.judging.reference import Answer, Override, Slip
from checks.layers_and_losses.case import (
    AT_ZERO,
    BIAS_GRADIENT,
    BY_DIFFERENCES,
    DERIVATIVE,
    GRADIENT,
    LOSS,
    NEAR_THE_ENDS,
    OUTPUT,
    PREDICTION_GRADIENT,
    WEIGHT_GRADIENT,
    CriterionCase,
    ElementCase,
    LinearCase,
    NetworkCase,
    NumericalCase,
    special_predictions,
)
from checks.layers_and_losses.conclusions import RIGHT_PASSES, bugs, planted
from checks.layers_and_losses.lent import ACTIVATIONS
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND, Quantity

X, G = Symbol("x", "the input"), Symbol("g", "the gradient at the output")
P, Y = Symbol("p", "the predictions"), Symbol("y", "the labels")
A_P = Symbol("a", "the predictions")
LOSS_L = Symbol("L", "the loss")
DX, DP = Symbol("∂L/∂x", "the gradient with respect to x"), Symbol("∂L/∂p", "the gradient with respect to p")
BATCH, G_BATCH, Z = Symbol("X", "the inputs"), Symbol("G", "the gradients at the output"), Symbol("z", "the output")
W, B = Symbol("W", "the weight"), Symbol("b", "the bias")
DW, DB = Symbol("∂L/∂W", "the weight gradient"), Symbol("∂L/∂b", "the bias gradient")
"""The quantities of the notebook."""


def of(function: str, node: Node) -> Node:
    """Return a function of a node."""
    return Operation(function, (node,))


LOOKS = {
    "received": "Look at the first argument of every backward.",
    "stored": "Look at which name each gradient gets.",
    "start": "Look at what the last layer's backward is given.",
    "entries": "Look at which entries your loop visits, and at where each result goes.",
    "step": "Look at by how much each entry moves.",
    "samples": "Look at the index in your loop.",
    "gradients_of": "Look at the indices in your loop.",
    "batches": "Look at which samples each step uses.",
    "labels_of": "Look at which labels go with which samples.",
    "run_epoch": "Look at what happens once an epoch, and what in every step.",
    "loss_gradient": "Look at what network.backward is given.",
    "rate": "Look at how long a step is.",
}
"""Where to look if a step that is no formula is done otherwise."""


def joint(key: str, step: str, otherwise: Callable[..., Any], says: str, think: str, rank: int = 1) -> Slip:
    """Return a slip in a step that is no formula."""
    return Slip(f"{step}: {key}", Override(step, otherwise), says, LOOKS[step], think, meaning=key, rank=rank)


def _lenient(own: Array | None, right: Array, low: Array, high: Array) -> Array:
    """Return a student's own values where they are between bounds, the right ones elsewhere."""
    if own is None or own.shape != np.shape(right) or not np.isfinite(own).all():
        return right
    return np.where((own >= low) & (own <= high), own, right)


Special = Iterator[tuple[Quantity, Array | None]]


class MethodsReference(Worked):
    """What forward and backward return, of two calls each: `value` and `gradient` are its two equations."""

    case: Any
    value: ClassVar[Formula]
    gradient: ClassVar[Formula]
    steps = ()

    def calls(self) -> tuple[dict[Symbol, Array], dict[Symbol, Array]]:
        """Return what the methods are given in a first and a second call."""
        raise NotImplementedError

    def sizes(self) -> Mapping[str, int]:
        samples, outputs = self.known["y" if Y in self.symbols else "x", 0].shape
        return {"N": samples, "K": outputs}

    def made(self) -> tuple[Quantity, Quantity]:
        """Return what `value` and `gradient` make."""
        raise NotImplementedError

    def quantities(self) -> Special:
        """Yield values, gradients, and what happens at special places."""
        for quantity, step in zip(self.made(), ("value", "gradient"), strict=True):
            for call, given in zip((FIRST, SECOND), self.calls(), strict=True):
                self.known = {(symbol.name, 0): array for symbol, array in given.items()}
                yield quantity.in_call(call), np.asarray(getattr(self, step)())
        yield from self.special()

    def special(self) -> Special:
        """Yield what is due at special places."""
        raise NotImplementedError

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())


class ElementReference(MethodsReference):
    """A layer that works entry by entry."""

    case: ElementCase
    symbols = (X, G)
    steps = ()
    measures = ("N",)

    def made(self) -> tuple[Quantity, Quantity]:
        return OUTPUT, GRADIENT

    def calls(self) -> tuple[dict[Symbol, Array], dict[Symbol, Array]]:
        case = self.case
        return {X: case.x, G: case.g}, {X: case.second_x, G: case.second_g}

    def special(self) -> Special:
        """Yield the output at 0."""
        self.known = {("x", 0): np.zeros((1, 3)), ("g", 0): np.ones((1, 3))}
        yield OUTPUT._replace(aspect=AT_ZERO), np.asarray(self.value())


class ReLUReference(ElementReference):
    """Equations (15) and (16)."""

    steps = ("value", "gradient")
    value = Formula("(15)", Symbol("ReLU(x)", "the output"), of("positive part", X))
    gradient = Formula("(16)", DX, G * of("step", X), ": g where x > 0, and 0 where x < 0")

    def special(self) -> Special:
        """Yield the output at exactly 0, and there whatever derivative from 0 to 1 was chosen."""
        yield from super().special()
        at_zero, zero = DERIVATIVE._replace(aspect=AT_ZERO), np.zeros((1, 3))
        yield at_zero, _lenient(self.own.get(at_zero), zero, zero, zero + 1)


UP, DOWN = of("exp", X), of("exp", -X)


class TanhReference(ElementReference):
    """Equations (17) and (18)."""

    steps = ("value", "gradient")
    value = Formula("(17)", Symbol("tanh(x)", "the output"), (UP - DOWN) / (UP + DOWN), also=(of("tanh", X),))
    gradient = Formula(
        "(18)",
        DX,
        G * of("one minus", square(of("tanh", X))),
        also=(G / square(of("cosh", X)), G * scaled(4)(Activation(scaled(2)(X), "slope", "σ"))),
    )


class CriterionReference(MethodsReference):
    """A criterion."""

    case: CriterionCase
    steps = ()
    measures = ("N", "K")

    def made(self) -> tuple[Quantity, Quantity]:
        return LOSS, PREDICTION_GRADIENT

    def calls(self) -> tuple[dict[Symbol, Array], dict[Symbol, Array]]:
        case, predictions = self.case, self.symbols[0]
        return {predictions: case.p, Y: case.y}, {predictions: case.second_p, Y: case.second_y}


class AbsReference(CriterionReference):
    """Equations (19) and (20)."""

    symbols = (P, Y)
    steps = ("value", "gradient")
    value = Formula("(19)", LOSS_L, total(of("abs", P - Y)), ", over all entries")
    gradient = Formula("(20)", DP, of("sign", P - Y))

    def special(self) -> Special:
        """Yield the gradient where prediction and label agree: whatever from -1 to 1 was chosen."""
        at_zero, zero = PREDICTION_GRADIENT._replace(aspect=AT_ZERO), np.zeros((1, 3))
        yield at_zero, _lenient(self.own.get(at_zero), zero, zero - 1, zero + 1)


class BCEReference(CriterionReference):
    """Equations (21) and (22)."""

    symbols = (A_P, Y)
    steps = ("value", "gradient")
    activations = ("σ",)
    value = Formula(
        "(21)",
        LOSS_L,
        -total(times(Y, of("log", A_P)) + times(of("one minus", Y), of("log", of("one minus", A_P)))),
        ", over all entries",
    )
    gradient = Formula(
        "(22)",
        Symbol("∂L/∂a", "the gradient with respect to a"),
        (A_P - Y) / times(A_P, of("one minus", A_P)),
        also=(-(Y / A_P) + of("one minus", Y) / of("one minus", A_P),),
    )

    def special(self) -> Special:
        """Yield losses and gradients near 0 and 1 and at the ends.

        Near them they may be off by a percent, as a small number inside the logarithm makes them; at 0 and 1 they have
        to be finite and large where the prediction is wrong.
        """
        ends = [
            (where, np.clip(a, 1e-12, 1 - 1e-12), y, where == NEAR_THE_ENDS)
            for where, a, y in special_predictions("BCECriterion")
        ]
        for where, a, y, near in ends:
            there = LOSS._replace(aspect=where)
            right = np.asarray(-(y * np.log(a) + (1 - y) * np.log(1 - a)).sum())
            low, high = (0.98 * right, 1.02 * right) if near else (right * 0 + 16, right * 0 + 1e6)
            yield there, _lenient(self.own.get(there), right, low, high)
        for where, a, y, near in ends:
            there, right = PREDICTION_GRADIENT._replace(aspect=where), (a - y) / (a * (1 - a))
            low, high = right - 0.02 * abs(right), right + 0.02 * abs(right)
            if not near:  # the two wrong predictions need a large gradient, the others a finite one
                low = np.array([[-2.0, -np.inf], [1e3, -2.0]])
                high = np.array([[2.0, -1e3], [np.inf, 2.0]])
            yield there, _lenient(self.own.get(there), right, low, high)


class BatchLinearReference(Worked):
    """Equations (2), (23) and (24)."""

    case: LinearCase
    symbols = (BATCH, G_BATCH, W, B, Z, DW, DB)
    steps = ("weight_gradient", "bias_gradient", "passed_back")
    measures = ("N", "K")
    addends = (W, B)

    weight_gradient = Formula("(23)", DW, BATCH.T @ G_BATCH)
    bias_gradient = Formula("(24)", DB, over_samples(G_BATCH), ": a sum over the samples")
    passed_back = Formula("(2)", DX, G_BATCH @ W.T)

    def sizes(self) -> Mapping[str, int]:
        samples, outputs = self.known["G", 0].shape
        return {"N": samples, "K": outputs}

    def stored_again(self, first: Array, second: Array) -> Array:
        """Return what a gradient holds after a second call that computed `second`."""
        return second

    def stored(self, weight: Array, bias: Array) -> tuple[Array, Array]:
        """Return what is stored as weight gradient and as bias gradient."""
        return weight, bias

    def quantities(self) -> Special:
        """Yield the gradients of a first call and of a second one on other data."""
        case, kept = self.case, {}
        for call, x, g in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            parameters = {("W", 0): case.weight, ("b", 0): case.bias, ("z", 0): x @ case.weight + case.bias}
            self.known = {("X", 0): x, ("G", 0): g, **parameters}
            pair = self.stored(self.make("weight_gradient"), self.make("bias_gradient"))
            for quantity, value in zip((WEIGHT_GRADIENT, BIAS_GRADIENT), pair, strict=True):
                yield quantity.in_call(call), value if call == FIRST else self.stored_again(kept[quantity], value)
                kept[quantity] = value
            yield GRADIENT.in_call(call), self.make("passed_back")

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        joint(
            "stored the other way round",
            "stored",
            lambda ref, right, weight, bias: right(bias, weight),
            "when the two gradients are stored the other way round, each under the name of the other",
            "Which of the two has the shape of the weight?",
        ),
    )


A, GK = Symbol("a", "the output", form="a{k}")[0], Symbol("g", "the gradient", form="g{k}")[0]
RECEIVED = Symbol("received", "what the layer received", form="a{k}")[-1]
WK, BK = Symbol("W", "the weight", form="W")[0], Symbol("b", "the bias", form="b")[0]
DWK, DBK = (
    Symbol("∂L/∂W", "the weight gradient", form="∂L/∂W")[0],
    Symbol("∂L/∂b", "the bias gradient", form="∂L/∂b")[0],
)
NETWORK_X, P_END = Symbol("x", "the network's input"), Symbol("p", "the network's output")
LAST, HIDDEN = 4, 2
"""The activation layers of the network; layers 1 and 3 are linear."""


def _received(key: str, which: Callable[[Any, int], Array], words: str) -> Slip:
    return joint(
        key,
        "received",
        lambda ref, right, layer: which(ref, layer),
        f"when the backward of {words}",
        "backward(x, grad_output) wants what the layer received on the way there. Which of the aₖ is that?",
    )


class TwoLayerReference(Worked):
    """Equations (9) and (10) for Linear, Sigmoid, Linear and an output layer."""

    case: NetworkCase
    symbols = (A, A[-1], GK, GK[-1], WK, BK, NETWORK_X, P_END)
    steps = ("linear", "activation", "activation_derivative", "weight_gradient", "bias_gradient", "passed_back")
    places: ClassVar[Mapping[str, str]] = {"hidden": "in the middle", "output": "at the end"}
    everywhere = frozenset({"activation", "activation_derivative"})
    activations = ("σ", "tanh")
    joints: ClassVar[Mapping[str, Walk]] = {"layers_stored": Walk("given its gradients")}
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        **dict.fromkeys(("layers_passed", "activation"), ("(9)", "a₀ = x, aₖ = layer k of aₖ₋₁, p = a₄")),
        **dict.fromkeys(
            ("start", "received", "returned", "layers_stored", "activation_derivative", "passed_back"),
            ("(10)", "g₄ = ∂L/∂p, gₖ₋₁ = backward of layer k at its input aₖ₋₁, given gₖ"),
        ),
    }

    linear = Formula("(1)", A, A[-1] @ WK + BK, makes="the output of a linear layer")
    activation = Formula("(9)", A, phi(A[-1]), makes="the output of an activation layer")
    activation_derivative = Formula(
        "(10)", GK[-1], GK * Activation(RECEIVED, "slope"), makes="what an activation layer hands back"
    )
    weight_gradient = Formula("(10)", DWK, RECEIVED.T @ GK)
    bias_gradient = Formula("(10)", DBK, over_samples(GK))
    passed_back = Formula("(10)", GK[-1], GK @ WK.T, makes="what a linear layer hands back")

    def activation_of(self, layer: int) -> str:
        return "σ" if layer != LAST or self.case.output == "sigmoid" else self.case.output

    def is_at(self, layer: int, where: str) -> bool:
        return layer == (LAST if where == "output" else HIDDEN)

    def sizes(self) -> Mapping[str, int]:
        return {"N": len(self.known["x", 0]), "K": self.case.sizes[2]}

    def layers_passed(self) -> int:
        """Return after how many layers the forward pass ends."""
        return LAST

    def start(self, g: Array) -> Array:
        """Return the gradient that the way back starts with."""
        return g

    def received(self, layer: int) -> Array:
        """Return what the backward of a layer is given first."""
        return self.known["a", layer - 1]

    def returned(self) -> Array:
        """Return what backward returns."""
        return self.known["g", 0]

    def layers_stored(self) -> list[int]:
        """Return the layers whose gradients are stored."""
        return [1, 3]

    def _begin(self, x: Array) -> None:
        w1, b1, w2, b2 = self.case.parameters
        self.known = {("a", 0): x, ("x", 0): x, ("W", 1): w1, ("b", 1): b1, ("W", 3): w2, ("b", 3): b2}

    def _right_pass(self, x: Array) -> None:
        self._begin(x)
        w1, b1, w2, b2 = self.case.parameters
        self.known["a", 1] = x @ w1 + b1
        self.known["a", 2] = ACTIVATIONS["sigmoid"][0](self.known["a", 1])
        self.known["a", 3] = self.known["a", 2] @ w2 + b2
        self.known["a", 4] = self.known["p", 0] = ACTIVATIONS[self.case.output][0](self.known["a", 3])

    def quantities(self) -> Special:
        """Yield the outputs, then the gradients from the last layer to the first, of two calls."""
        case = self.case
        for call, x in ((FIRST, case.x), (SECOND, case.second_x)):
            self._begin(x)
            for layer in range(1, LAST + 1):
                self.make("linear" if layer % 2 else "activation", layer)
            yield OUTPUT.in_call(call), self.known["a", self.layers_passed()]
        for call, x, g in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            self._right_pass(x)
            self.known["g", LAST] = np.asarray(self.start(g))
            stored = self.layers_stored()
            for layer in range(LAST, 0, -1):
                self.known["received", layer - 1] = self.received(layer)
                if layer % 2:
                    bias, weight = self.make("bias_gradient", layer), self.make("weight_gradient", layer)
                    if layer in stored:
                        number = (layer + 1) // 2
                        yield BIAS_GRADIENT._replace(layer=number, call=call), bias
                        yield WEIGHT_GRADIENT._replace(layer=number, call=call), weight
                self.make("passed_back" if layer % 2 else "activation_derivative", layer)
            yield GRADIENT.in_call(call), self.returned()

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        _received("own output", lambda ref, k: ref.known["a", k], "each layer is given its own output, not its input"),
        _received("network input", lambda ref, k: ref.known["x", 0], "each layer is given the network's input"),
        _received("output", lambda ref, k: ref.known["p", 0], "each layer is given the network's output"),
        joint("slope by hand", "start", lambda ref, right, g: right(g) * ref.known["p", 0] * (1 - ref.known["p", 0]),
              "when grad_output is multiplied by p (1 - p) first: the last layer's backward multiplies by its derivative",
              "Who knows the derivative of the last layer, and how often should it come in?"),
    )  # fmt: skip


def shifted(steps: float) -> Symbol:
    """Return the loss where the entry has moved by so many ε."""
    number = "" if abs(steps) in (0, 1) else f"{abs(steps):g} "
    return Symbol(f"L{steps:g}", form="L(w)" if not steps else f"L(w {'+' if steps > 0 else '-'} {number}ε eᵢ)")


MOVES = (1.0, -1.0, 0.0, 0.5, -0.5, 2.0, -2.0)
EPSILON, WI = Symbol("ε", "the step"), Symbol("wᵢ", "the entry")


class NumericalReference(Worked):
    """Equation (13)."""

    case: NumericalCase
    symbols = (shifted(1), shifted(-1), shifted(0), EPSILON, WI)
    steps = ("quotient",)
    addends = (WI,)
    explained: ClassVar[Mapping[str, tuple[str, str]]] = {
        step: ("(13)", "∂L/∂wᵢ ≈ (L(w + ε eᵢ) - L(w - ε eᵢ)) / (2 ε), one entry i at a time")
        for step in ("quotient", "step", "direction", "entries")
    }

    quotient = Formula(
        "(13)",
        Symbol("∂L/∂wᵢ", "the gradient"),
        (shifted(1) - shifted(-1)) / scaled(2)(EPSILON),
    )

    def sizes(self) -> Mapping[str, int]:
        return {}

    def step(self, epsilon: float) -> Any:
        """Return the step that is used, one for all entries or one for each."""
        return epsilon

    def direction(self, w: Array, index: int) -> Array:
        """Return what moves for the entry number `index`."""
        direction = np.zeros(w.size)
        direction[index] = 1.0
        return direction.reshape(w.shape)

    def entries(self, gradient: Array) -> Array:
        """Return the gradient as far as its entries are computed."""
        return gradient

    def gradient(self, epsilon: float) -> Array:
        """Return the difference quotients of all entries."""
        w, moves = self.case.start, self.step(epsilon)
        self.known = {("ε", 0): np.asarray(epsilon if np.ndim(moves) else moves), ("wᵢ", 0): w.ravel()}
        if {"step", "direction"} & {override.step for override in self.overrides}:
            directions = [self.direction(w, i) for i in range(w.size)]
            self.known |= _moved(self.case, directions, np.broadcast_to(np.ravel(moves), (w.size,)))
        else:
            self.known |= _losses(self.case, epsilon)
        return self.entries(np.broadcast_to(self.quotient(), (w.size,)).reshape(w.shape))

    def quantities(self) -> Special:
        """Yield the gradients for two steps, and the verdicts that follow from a right gradient."""
        yield BY_DIFFERENCES, self.gradient(1e-5)
        yield BY_DIFFERENCES.in_call(SECOND), self.gradient(self.case.epsilon)
        yield RIGHT_PASSES, np.array(1.0)
        yield from ((planted(bug), np.array(0.0)) for bug in bugs(self.case.layer))

    def answer(self) -> Answer:
        """Return all of them."""
        return dict(self.quantities())

    others = (
        joint("first entry", "entries", lambda ref, right, g: _only(g, slice(1)),
              "when only the first entry is computed, and the others stay 0", "Is your `return` inside the loop?"),
        joint("last left out", "entries", lambda ref, right, g: _only(g, slice(-1)),
              "when the last entry is left out and stays 0", "Where does your loop end?"),
        joint("first left out", "entries", lambda ref, right, g: _only(g, slice(1, None)),
              "when the first entry is left out and stays 0", "Where does your loop begin?"),
        joint("columns first", "entries", lambda ref, right, g: g.ravel().reshape(g.shape, order="F"),
              "when the entries of a matrix are computed row by row and filled in column by column",
              "In which order do you go through the entries, and in which do you put them together?"),
        joint("relative", "step", lambda ref, right, epsilon: epsilon * ref.case.start,
              "when each entry is moved by ε times its own size, while the difference is divided by 2 ε",
              "By how much does the parameter move, and is that what you divide by?"),
        *(
            joint(f"{own:g}", "step", lambda ref, right, epsilon, own=own: own,
                  f"with a step of {own:g}, whatever is given as `epsilon`",
                  "Which of your function's arguments is never used?")
            for own in (1e-2, 1e-3, 1e-4, 1e-6, 0.1)
        ),
    )  # fmt: skip


def _only(gradient: Array, part: slice) -> Array:
    kept = np.zeros(gradient.size)
    kept[part] = gradient.ravel()[part]
    return kept.reshape(gradient.shape)


def _moved(case: NumericalCase, directions: list[Array], steps: Array) -> dict[tuple[str, int], Array]:
    pairs = list(zip(directions, steps, strict=True))
    return {
        (shifted(move).name, 0): np.array([case.loss(case.start + move * step * d) for d, step in pairs])
        for move in MOVES
    }


@lru_cache(maxsize=64)
def _losses(case: NumericalCase, epsilon: float) -> dict[tuple[str, int], Array]:
    """Return the losses that the difference quotients of all entries are made of."""
    size = case.start.size
    return _moved(case, list(np.eye(size).reshape(size, *case.start.shape)), np.full(size, epsilon))
