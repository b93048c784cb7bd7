"""The right answers of the exercise, written with the equations of the notebook.

Inputs are rows: x is (batch, in), a gradient has the shape of what it belongs to. Losses are plain sums over all
entries, so the gradient of a batch is the sum of those of its samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.slips import Worked
from checks.formulas.tree import Activation, Node, Operation, Symbol, over_samples, scaled, square, times, total
from checks.judging.reference import Answer, Misconception, Override, Slip
from checks.layers_and_losses.case import (
    AT_ZERO,
    BIAS_GRADIENT,
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
    special_predictions,
)
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
    "rate": "Look at how long a step is, and at its sign.",
    "epochs": "Look at the bounds of your outer loop, and at where your function returns.",
    "difference": "Look at the order of the criterion's arguments.",
    "recorded": "Look at which losses you keep, and at where you do.",
    "layers_passed": "Look at how many of the four layers x passes through, and at where forward returns.",
    "layers_stored": "Look at where your loop ends.",
    "returned": "Look at what your function returns, and in which order.",
    "loss_returned": "Look at what your function returns.",
    "direction": "Look at the index of what you move.",
}
"""Where to look if a step that is no formula is done otherwise."""


def joint(key: str, step: str, otherwise: Callable[..., Any], says: str, think: str, rank: int = 1) -> Slip:
    """Return a slip in a step that is no formula."""
    return Slip(f"{step}: {key}", Override(step, otherwise), says, LOOKS[step], think, meaning=key, rank=rank)


def joints(
    reference: type[Worked], step: str, mistakes: Mapping[str, tuple[Callable[..., Any], str, str]]
) -> tuple[Misconception, ...]:
    """Return mistakes in a step that is no formula by their labels: what is done, the words, what to think of."""
    number = reference.explained.get(step, ("",))[0]
    return tuple(
        Misconception(label, Override(step, otherwise), says, LOOKS[step], think, number)
        for label, (otherwise, says, think) in mistakes.items()
    )


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
        case, kept = self.case, dict[Quantity, Array]()
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
