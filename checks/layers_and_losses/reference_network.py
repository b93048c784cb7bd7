"""The right answers for a network of four layers, written with its equations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np

from checks.formulas.formula import Formula
from checks.formulas.joints import Walk
from checks.formulas.slips import Worked
from checks.formulas.tree import Activation, Symbol, over_samples, phi
from checks.judging.reference import Answer, Slip
from checks.layers_and_losses.case import BIAS_GRADIENT, GRADIENT, OUTPUT, WEIGHT_GRADIENT, NetworkCase
from checks.layers_and_losses.lent import ACTIVATIONS
from checks.layers_and_losses.reference import Special, joint
from checks.observing.observation import Array
from checks.observing.quantity import FIRST, SECOND

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
        joint("weighted input", "received", lambda ref, right, k: ref.known["a", 1] if k == 3 else right(k),
              "when the second linear layer is given the weighted input of the hidden neurons, not their output",
              "What goes into that layer on the way there?"),
        *(
            joint(f"divided by {' '.join(sizes)}", "start",
                  lambda ref, right, g, sizes=sizes: right(g) / np.prod([ref.sizes()[size] for size in sizes]),
                  f"when grad_output is divided by {' '.join(sizes)} first", "Whose business is a mean?")
            for sizes in ("N", "K", "NK")
        ),
        joint("slope by hand", "start", lambda ref, right, g: right(g) * ref.known["p", 0] * (1 - ref.known["p", 0]),
              "when grad_output is multiplied by p (1 - p) first: the last layer's backward brings its derivative",
              "Who knows the derivative of the last layer, and how often should it come in?"),
    )  # fmt: skip
