"""The right answers for networks of any depth, each equation under its number in the notebook.

Part 4 has one sample, weights (out, in) and small letters; Part 5 has rows of samples, weights (in, out) and capitals.
A quantity has one name in both, under which it is known, and two ways to be written. Layers are counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import ClassVar

import numpy as np

from checks.chain_rule.case import (
    DIFFERENTIABLE,
    GRADIENTS,
    INPUTS_SAVED,
    LAYER_INPUT,
    PREDICTION,
    ZS_SAVED,
    ChainCase,
    Z,
)
from checks.chain_rule.observe_networks import own_cost_der
from checks.chain_rule.reference import ChainReference, Known, outer
from checks.formulas.formula import Formula
from checks.formulas.joints import Entries, Joint, Walk
from checks.formulas.tree import Called, Symbol, over_samples, phi, scaled, slope
from checks.observing.observation import Array
from checks.observing.quantity import SECOND, Quantity

ACTIVATION_NAMES = {"sigmoid": "σ", "softmax": "softmax of rows"}
"""What formulas call the activations of cases, where that is another name."""


class Quantities:
    """The quantities of a network as a part of the notebook writes them: in small letters or in capitals."""

    def __init__(self, small: bool):
        a, z, delta, x, p, t = "azδxpt" if small else "AZΔXPT"
        layered = partial(Symbol, offset=0)
        self.A, self.Z = (
            layered("A", "the activation", form=f"{a}{{}}"),
            layered("Z", "the weighted input", form=f"{z}{{}}"),
        )
        self.W, self.B = layered("W", "the weights"), layered("b", "the biases")
        self.D = layered("Δ", "the error signal", form=f"{delta}{{}}")
        self.DA = layered("∂C/∂A", "what is passed back", form=f"∂C/∂{a}{{}}")
        self.SLOPE = layered("φ'", "the derivative of the activation", form=f"φ{{}}'({z}{{}})")
        self.DW, self.DB = layered("∂C/∂W", "the weight gradient"), layered("∂C/∂b", "the bias gradient")
        self.X, self.P = Symbol("X", "the input", form=x), Symbol("P", "the prediction", form=p)
        self.T = Symbol("T", "the target" if small else "the targets", form=t)
        self.Z_LAST = Symbol("Z⁽ᴸ⁾", "the last weighted input", form=f"{z}⁽ᴸ⁾")
        self.DC = Symbol("∂C/∂P", "the derivative of the cost", form=f"∂C/∂{a}⁽ᴸ⁾" if small else "")

    @property
    def all(self) -> tuple[Symbol, ...]:
        """Those that are known in the backward pass: of the way back, the layer at hand and the one above."""
        there, back = (self.A, self.Z, self.W, self.B), (self.D, self.SLOPE, self.DA, self.DW, self.DB)
        around = (*(one[offset] for one in there for offset in (0, -1, 1)), *(one[k] for one in back for k in (0, 1)))
        return *around, self.X, self.P, self.T, self.DC, self.Z_LAST


ONE, ROWS = Quantities(small=True), Quantities(small=False)
"""Those of one sample, and those of rows of samples."""


@dataclass(frozen=True)
class Pass:
    """One forward pass: `inputs[l - 1]`, `zs[l - 1]` and `outputs[l - 1]` of layer l."""

    inputs: list[Array]
    zs: list[Array]
    outputs: list[Array]


class NetworkReference(ChainReference):
    """A network and its forward pass, equation (18)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (ONE.A, ONE.A[-1], ONE.Z, ONE.W, ONE.B, ONE.X)
    steps: ClassVar[tuple[str, ...]] = ("weighted_input", "activation")
    joints: ClassVar[Mapping[str, Joint]] = {"layers_passed": Walk("passed")}
    places: ClassVar[Mapping[str, str]] = {"hidden": "in the hidden layers", "output": "in the last layer"}
    everywhere: ClassVar[frozenset[str]] = frozenset({"weighted_input", "activation"})
    inlined: ClassVar[frozenset[str]] = frozenset({"weighted_input"})
    activations: ClassVar[tuple[str, ...]] = ("σ", "tanh")
    addends: ClassVar[tuple[Symbol, ...]] = (ONE.B,)

    weighted_input = Formula("(18)", ONE.Z, ONE.W @ ONE.A[-1] + ONE.B)
    activation = Formula("(18)", ONE.A, phi(ONE.Z), ", with a⁽⁰⁾ = x")

    call = 0
    """Which of two calls is computed; each has its data, its activations and its cost_der."""

    @property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.case.weights)

    def entry(self, layer: int) -> int:
        """Return which entry of the list of functions a layer uses, counted from 1."""
        return layer

    def activation_of(self, layer: int) -> str:
        name = self.case.functions(self.call)[self.entry(min(layer, self.depth)) - 1]
        return ACTIVATION_NAMES.get(name, name)

    def is_at(self, layer: int, where: str) -> bool:
        return (layer == self.depth) == (where == "output")

    def sizes(self) -> Mapping[str, int]:
        samples, target = self.case.samples(self.call)
        return {"N": len(samples), "K": target.shape[1]} if self.case.many else {"K": len(target)}

    def layers_passed(self) -> list[int]:
        """Return the layers that the pass goes through, in order."""
        return list(range(1, self.depth + 1))

    def parameters(self) -> Known:
        """Return the weights and biases of all layers."""
        weights = self.case.weights if self.case.many else self.case.single_weights
        return {
            (name, layer): array
            for layer, pair in enumerate(zip(weights, self.case.biases, strict=True), start=1)
            for name, array in zip("Wb", pair, strict=True)
        }

    def forward(self, x: Array) -> Pass:
        """Return the pass of x through all layers, whose quantities are then `known`."""
        self.known = self.parameters() | {("X", 0): x, ("A", 0): x, ("Z", 0): x}
        one_pass = Pass([], [], [])
        for layer in self.layers_passed():
            one_pass.inputs.append(self.known["A", layer - 1])
            one_pass.zs.append(self.make("weighted_input", layer))
            one_pass.outputs.append(self.make("activation", layer))
        return one_pass


class ForwardReference(NetworkReference):
    """The prediction of two calls with other data and other activation functions."""

    def prediction(self, call: int) -> Array:
        """Return what comes out for the data of a call: the data themselves if they pass no layer."""
        self.call = call
        x = self.case.samples(call)[0]
        return [x, *self.forward(x).outputs][-1]

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        yield PREDICTION, self.prediction(0)
        yield PREDICTION.in_call(SECOND), self.prediction(1)
        yield DIFFERENTIABLE, self.differentiability()


class SaverReference(NetworkReference):
    """What the forward pass saves, equation (18)."""

    joints: ClassVar[Mapping[str, Joint]] = {"inputs_saved": Entries("layer_inputs"), "zs_saved": Entries("zs")}

    def inputs_saved(self, one_pass: Pass) -> list[Array]:
        """Return layer_inputs."""
        return one_pass.inputs

    def zs_saved(self, one_pass: Pass) -> list[Array]:
        """Return zs."""
        return one_pass.zs

    def saved(self, one_pass: Pass) -> tuple[list[Array], list[Array], Array]:
        """Return layer_inputs, zs and predict."""
        return self.inputs_saved(one_pass), self.zs_saved(one_pass), one_pass.outputs[-1]

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        inputs, zs, predict = self.saved(self.forward(self.case.samples(0)[0]))
        yield INPUTS_SAVED, np.array(float(len(inputs)))
        yield ZS_SAVED, np.array(float(len(zs)))
        for kind, entries in ((LAYER_INPUT, inputs), (Z, zs)):
            for layer, entry in enumerate(entries, start=1):
                yield Quantity(kind, layer), np.asarray(entry)
        yield PREDICTION, np.asarray(predict)


class InRows(NetworkReference):
    """Equation (23)."""

    symbols: ClassVar[tuple[Symbol, ...]] = (ROWS.A, ROWS.A[-1], ROWS.Z, ROWS.W, ROWS.B, ROWS.X)
    steps: ClassVar[tuple[str, ...]] = NetworkReference.steps
    addends: ClassVar[tuple[Symbol, ...]] = (ROWS.B,)
    measures: ClassVar[tuple[str, ...]] = ("N",)

    weighted_input = Formula("(23)", ROWS.Z, ROWS.A[-1] @ ROWS.W + ROWS.B)
    activation = Formula("(23)", ROWS.A, phi(ROWS.Z), ", with A⁽⁰⁾ = X")


class BatchForwardReference(InRows, ForwardReference):
    """Equation (23)."""


class BatchSaverReference(InRows, SaverReference):
    """What the forward pass of a batch saves, equation (23)."""


# --- the backward pass -----------------------------------------------------------------------------------------

BEFOREHAND = frozenset({*("forward", "layers_passed", "weighted_input", "activation"), "derivative_taken", "function"})
FINAL = frozenset({"weight_gradient", "bias_gradient"})
"""Steps that decide about all that is made on the way back, and those that decide about nothing else."""


@lru_cache(maxsize=256)
def _right(reference: type[GradientsReference], case: ChainCase, call: int) -> tuple[Known, Known]:
    """Return what is known after a right forward pass, and after the way back."""
    made = reference(case)
    made.call = call
    made.forward(case.samples(call)[0])
    before = dict(made.known)
    for _ in made.way_back():
        pass
    return before, made.known


def _mse_der(p: Array, t: Array) -> Array:
    return 2 / p.size * (p - t)


class GradientsReference(NetworkReference):
    """The backward pass for one sample, equations (19) to (22)."""

    q: ClassVar[Quantities] = ONE
    symbols: ClassVar[tuple[Symbol, ...]] = ONE.all
    steps: ClassVar[tuple[str, ...]] = (
        *("loss_gradient", "activation_derivative", "output_error_signal", "passed_back", "hidden_error_signal"),
        *("weight_gradient", "bias_gradient"),
    )
    joints: ClassVar[Mapping[str, Joint]] = {"collected": Entries("the gradients", pairs=True)}
    everywhere: ClassVar[frozenset[str]] = frozenset(
        {"loss_gradient", "activation_derivative", "weight_gradient", "bias_gradient"}
    )
    inlined: ClassVar[frozenset[str]] = frozenset({"activation_derivative", "passed_back"})
    measures: ClassVar[tuple[str, ...]] = ("K",)

    loss_gradient = Formula("(19)", ONE.DC, Called("cost_der", (ONE.P, ONE.T)), also=(scaled(2, K=-1)(ONE.P - ONE.T),))
    activation_derivative = Formula(
        "(19), (20)", ONE.SLOPE, slope(ONE.Z), ": the layer's own entry of activation_ders, at its z"
    )
    output_error_signal = Formula(
        "(19)", ONE.D, ONE.DC * ONE.SLOPE, ", in the last layer", "the error signal of the last layer"
    )
    passed_back = Formula("(20)", ONE.DA, ONE.W[1].T @ ONE.D[1])
    hidden_error_signal = Formula(
        "(20)", ONE.D, ONE.DA * ONE.SLOPE, ", in hidden layers", "the error signal of a hidden layer"
    )
    weight_gradient = Formula("(21)", ONE.DW, outer(ONE.D, ONE.A[-1]), ", an outer product")
    bias_gradient = Formula("(22)", ONE.DB, ONE.D)

    backwards = False
    """Whether the forward pass is over, and functions are entries of activation_ders."""

    right: Mapping[tuple[str, int], Array] = MappingProxyType({})
    """What the right values are, as long as nothing done otherwise can have changed them."""

    @classmethod
    def places_of(cls, step: str) -> Mapping[str, str]:
        return {"default": "with the default cost_der"} if step == "loss_gradient" else cls.places

    @classmethod
    def symbols_of(cls, step: str) -> tuple[Symbol, ...]:
        of_no_layer = tuple(symbol for symbol in cls.symbols if symbol.offset is None)
        return of_no_layer if step == "loss_gradient" else cls.symbols

    def is_at(self, layer: int, where: str) -> bool:
        return self.call == 0 if where == "default" else super().is_at(layer, where)

    def derivative_taken(self, layer: int) -> int:
        """Return which entry of activation_ders a layer uses."""
        return layer

    def entry(self, layer: int) -> int:
        return self.derivative_taken(layer) if self.backwards else layer

    def function(self, name: str) -> Callable[..., Array]:
        return own_cost_der if self.call and name == "cost_der" else _mse_der

    def make(self, step: str, layer: int = 0) -> Array:
        """Compute a formula for a layer, unless nothing has happened that could make it another than the right one."""
        if step in vars(self) and step not in FINAL:
            self.right = {}
        if not self.right or step in vars(self):
            return super().make(step, layer)
        key = self._made[step].name, layer
        self.known[key] = self.right[key]
        return self.right[key]

    def gradients(self, call: int) -> Iterator[tuple[Array, Array]]:
        """Yield (dC/dW, dC/db) of every layer, the last layer first."""
        self.call, self.backwards, self.right = call, False, {}
        if vars(self).keys().isdisjoint(BEFOREHAND):
            known, self.right = _right(type(self), self.case, call)  # type: ignore[arg-type] # mypy takes the class for an instance
            self.known = dict(known)
        else:
            self.forward(self.case.samples(call)[0])
        return self.way_back()

    def way_back(self) -> Iterator[tuple[Array, Array]]:
        """Yield the gradients of every layer after a forward pass."""
        self.backwards = True
        last = {
            "P": self.known["A", self.depth],
            "Z⁽ᴸ⁾": self.known["Z", self.depth],
            "T": self.case.samples(self.call)[1],
        }
        self.known |= {(name, 0): array for name, array in last.items()}
        self.known["∂C/∂A", self.depth] = self.make("loss_gradient")
        for layer in range(self.depth, 0, -1):
            if layer < self.depth:
                self.make("passed_back", layer)
            self.make("activation_derivative", layer)
            self.make("output_error_signal" if layer == self.depth else "hidden_error_signal", layer)
            yield self.make("weight_gradient", layer), self.make("bias_gradient", layer)

    def collected(self, pairs: list[tuple[Array, Array]]) -> list[tuple[Array, Array]]:
        """Return the list that comes back, the first layer first."""
        return pairs

    def quantities(self) -> Iterator[tuple[Quantity, Array | None]]:
        """Yield the gradients of two calls, from the last layer to the first."""
        for call in range(2):
            made: Iterator[tuple[int, tuple[Array, Array]]]
            if "collected" in vars(self):
                pairs = list(enumerate(self.collected([*self.gradients(call)][::-1]), start=1))
                made = reversed(pairs)
            else:
                made = zip(range(self.depth, 0, -1), self.gradients(call), strict=True)
            for layer, pair in made:
                for kind, value in zip(GRADIENTS, pair, strict=True):
                    yield Quantity(kind, layer, call + 1), value


class BatchGradientsReference(GradientsReference):
    """The backward pass for rows of samples, equations (25) to (29)."""

    q = ROWS
    symbols: ClassVar[tuple[Symbol, ...]] = ROWS.all
    steps: ClassVar[tuple[str, ...]] = GradientsReference.steps
    addends: ClassVar[tuple[Symbol, ...]] = (ROWS.B,)
    measures: ClassVar[tuple[str, ...]] = ("N", "K")

    weighted_input, activation = InRows.weighted_input, InRows.activation
    loss_gradient = Formula(
        "(25)",
        ROWS.DC,
        Called("cost_der", (ROWS.P, ROWS.T)),
        ", by default 2/(N K) (P - T)",
        also=(scaled(2, N=-1, K=-1)(ROWS.P - ROWS.T),),
    )
    activation_derivative = Formula(
        "(26), (27)", ROWS.SLOPE, slope(ROWS.Z), ": the layer's own entry of activation_ders, at its Z"
    )
    output_error_signal = replace(
        GradientsReference.output_error_signal, number="(26)", left=ROWS.D, right=ROWS.DC * ROWS.SLOPE
    )
    passed_back = Formula("(27)", ROWS.DA, ROWS.D[1] @ ROWS.W[1].T)
    hidden_error_signal = replace(
        GradientsReference.hidden_error_signal, number="(27)", left=ROWS.D, right=ROWS.DA * ROWS.SLOPE
    )
    weight_gradient = Formula("(28)", ROWS.DW, ROWS.A[-1].T @ ROWS.D)
    bias_gradient = Formula("(29)", ROWS.DB, over_samples(ROWS.D), ": a sum over the samples")
