"""Mistakes in creating layers and in the forward pass of several layers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checks.chain_rule.misconceptions.mistake import STOPPING, Formulas, mistake
from checks.chain_rule.observe_networks import ALIKE, EQUAL
from checks.chain_rule.reference import BATCH, DEEP, TWO, CreateReference, ForwardReference, Pass, sigmoid
from checks.judging.reference import Misconception
from checks.observing.observation import Array

Write = Callable[..., Misconception]


def _no_bias(ref: ForwardReference, right: Any, layer: int, incoming: Array) -> Array:
    return np.asarray(right(layer, incoming) - ref.case.biases[layer - 1])


def _transposed(ref: ForwardReference, right: Any, layer: int, incoming: Array) -> Array:
    bias, weight = ref.case.biases[layer - 1], ref.weight(layer).T
    return np.asarray(incoming @ weight + bias if ref.case.many else weight @ incoming + bias)


def _column_of_biases(ref: ForwardReference, right: Any, layer: int, incoming: Array) -> Array:
    return np.asarray(incoming @ ref.weight(layer) + ref.case.biases[layer - 1][:, None])


def _passing(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes of a pass through several layers."""
    write: Write = partial(mistake, formulas)
    return (
        write(
            "bias-left-out",
            "weighted_input",
            _no_bias,
            "without the bias b",
            "Look at the weighted input z of a layer.",
            "What does a layer give if its input is all zeros?",
        ),
        write(
            "activation-left-out",
            "activation",
            lambda ref, right, layer, z, call: z,
            "without any activation: every layer hands on its weighted input z",
            "Look at what one layer hands to the next.",
            "How many layers does a chain of purely linear layers amount to?",
        ),
        write(
            "hidden-activation-left-out",
            "activation",
            lambda ref, right, layer, z, call: right(layer, z, call) if layer == ref.depth else z,
            "without the activation in the hidden layers",
            "Look at what the hidden layers hand on.",
            "Which of z and a is the input of the next layer?",
        ),
        write(
            "output-activation-left-out",
            "activation",
            lambda ref, right, layer, z, call: z if layer == ref.depth else right(layer, z, call),
            "without the activation of the last layer",
            "Look at the very last layer.",
            "Does the last layer have an activation function, too?",
        ),
        write(
            "weights-transposed",
            "weighted_input",
            _transposed,
            "with Wᵀ in the place of W",
            "Look at the product that makes z.",
            "Write the shapes of both factors next to each other. Which inner sizes must agree?",
        ),
    )


_DEEP_ONLY = (
    (
        "sigmoid-in-every-layer",
        "activation",
        lambda ref, right, layer, z, call: sigmoid(z),
        "with the sigmoid in every layer, whatever activation_funcs holds",
        "Look at which of your arguments is never used.",
        "activation_funcs has one entry for every layer. Does your loop walk through it?",
    ),
    (
        "first-activation-everywhere",
        "activation",
        lambda ref, right, layer, z, call: right(1, z, call),
        "with the first activation function in every layer",
        "Look at which activation function a layer uses.",
        "activation_funcs has one entry for every layer. Does your loop walk through it?",
    ),
    (
        "last-layer-skipped",
        "layers_passed",
        lambda ref, right: right()[:-1],
        "without the last layer",
        "Look at where your loop over the layers ends.",
        "Does `range`, or your slice, include the last layer?",
    ),
    (
        "first-layer-only",
        "layers_passed",
        lambda ref, right: right()[:1],
        "after the first layer only",
        "Look at where your function returns.",
        "Is your `return` inside the loop?",
    ),
)

_COLUMN = mistake(
    BATCH,
    "biases-as-a-column",
    "weighted_input",
    _column_of_biases,
    "when the biases are added as a column: each sample gets one bias instead of each neuron",
    "Look at the shape in which b is added.",
    "Rows are samples. Should all entries of a row, or of a column, get the same bias?",
)

FEED_FORWARD_TWO_LAYERS = (
    *_passing(TWO),
    mistake(
        TWO,
        "first-layer-only",
        "layers_passed",
        lambda ref, right: right()[:1],
        "after the first layer only",
        "Look at where your function returns.",
        "How many layers does x go through?",
    ),
    *STOPPING,
)


def _deep(formulas: Formulas, *more: Misconception) -> tuple[Misconception, ...]:
    return (*_passing(formulas), *(mistake(formulas, *entry) for entry in _DEEP_ONLY), *more)


FEED_FORWARD = _deep(DEEP, *STOPPING)
FEED_FORWARD_BATCH = _deep(BATCH, _COLUMN, *STOPPING)


def _saving(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes in what the forward pass saves."""

    def saved(label: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
        return mistake(formulas, label, "saved", otherwise, says, look, think)

    def otherwise(change: Callable[[list[Array], list[Array], Pass], Any]) -> Callable[..., Any]:
        return lambda ref, right, one_pass: change(one_pass.inputs, one_pass.zs, one_pass)

    return (
        saved(
            "outputs-for-inputs",
            otherwise(lambda inputs, zs, one_pass: (one_pass.outputs, zs, one_pass.outputs[-1])),
            "when the output of each layer is saved in the place of its input",
            "Look at when you append to layer_inputs.",
            "Before or after the layer has worked?",
        ),
        saved(
            "prediction-among-the-inputs",
            otherwise(lambda inputs, zs, one_pass: ([*inputs, one_pass.outputs[-1]], zs, one_pass.outputs[-1])),
            "when layer_inputs has one entry too many: the prediction is no layer's input",
            "Look at the length of layer_inputs.",
            "How many layers are there, and how many inputs does each of them have?",
        ),
        saved(
            "network-input-missing",
            otherwise(lambda inputs, zs, one_pass: (inputs[1:], zs, one_pass.outputs[-1])),
            "when the network's own input is missing: it is what the first layer received",
            "Look at the first entry of layer_inputs.",
            "What came into the first layer?",
        ),
        saved(
            "activations-for-zs",
            otherwise(lambda inputs, zs, one_pass: (inputs, one_pass.outputs, one_pass.outputs[-1])),
            "when the outputs a are saved in the place of the weighted inputs z",
            "Look at what you append to zs.",
            "Which of z and a does the derivative of an activation want?",
        ),
        saved(
            "pre-activations-for-inputs",
            otherwise(lambda inputs, zs, one_pass: ([inputs[0], *zs[:-1]], zs, one_pass.outputs[-1])),
            "when layer_inputs holds the weighted inputs z of the layers below instead of their outputs a",
            "Look at what you append to layer_inputs.",
            "Which of z and a is handed to the next layer?",
        ),
        saved(
            "last-z-for-the-prediction",
            otherwise(lambda inputs, zs, one_pass: (inputs, zs, zs[-1])),
            "when the last weighted input is returned as the prediction",
            "Look at the third thing that you return.",
            "Does the last layer have an activation function, too?",
        ),
        saved(
            "inputs-and-zs-swapped",
            otherwise(lambda inputs, zs, one_pass: (zs, inputs, one_pass.outputs[-1])),
            "when zs and layer_inputs are returned the other way round",
            "Look at your return statement.",
            "In which order do the callers unpack (layer_inputs, zs, predict)?",
        ),
        mistake(
            formulas,
            "bias-left-out",
            "weighted_input",
            _no_bias,
            "without the bias b",
            "Look at the weighted input z of a layer.",
            "What does a layer give if its input is all zeros?",
        ),
    )


def _column(ref: CreateReference, right: Any, layer: int) -> tuple[int, ...]:
    (size,) = right(layer)
    return (size, 1) if size > 1 or not ref.case.many else (size,)  # (1, 1) is a row as well, which is accepted


def _creating(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes in creating layers."""
    write: Write = partial(mistake, formulas)
    order = formulas["weight_shape"][1]
    return (
        write(
            "weight-shape-transposed",
            "weight_shape",
            lambda ref, right, layer: right(layer)[::-1],
            f"with W transposed; here {order}",
            "Look at the shape of W.",
            "Multiply W with the input of its layer, in the order of the formula. Do the shapes fit?",
        ),
        write(
            "network-input-for-every-layer",
            "incoming",
            lambda ref, right, layer: ref.case.sizes[0],
            "when every layer takes the network's input size, also those behind the first",
            "Look at how many inputs the second layer takes.",
            "What comes out of the first layer, and where does it go?",
        ),
        write(
            "bias-as-large-as-the-input",
            "bias_shape",
            lambda ref, right, layer: (ref.incoming(layer),),
            "when b has one entry for every input instead of every output of its layer",
            "Look at the shape of b.",
            "b is added to z. How many entries does z have?",
        ),
        write(
            "bias-as-a-column",
            "bias_shape",
            _column,
            "when b is a column of shape (out, 1); added to z it would broadcast to a matrix",
            "Look at the shape of b.",
            "Which shape does (out,) plus (out, 1) have?",
        ),
        write(
            "single-bias",
            "bias_shape",
            lambda ref, right, layer: (1,),
            "when a layer has a single bias for all its outputs",
            "Look at the shape of b.",
            "b is added to z. How many entries does z have?",
        ),
        write(
            "pair-swapped",
            "pair",
            lambda ref, right, weight, bias: (bias, weight),
            "when each pair is (b, W); it should be (W, b)",
            "Look at the order of the two arrays of a layer.",
            "In which order do the callers unpack the pair?",
        ),
        write(
            "nodes-all-alike",
            "variety",
            lambda ref, right, layer: ALIKE if ref.case.sizes[layer] > 1 else 1.0,
            "when all neurons of a layer get the same weights: they would learn the same thing for ever",
            "Look at which numbers are drawn, and which are only repeated.",
            "If all neurons of a layer start alike, what could make them different?",
        ),
        write(
            "weights-all-equal",
            "variety",
            lambda ref, right, layer: EQUAL,
            "when all weights of a layer are equal: its neurons would learn the same thing for ever",
            "Look at the numbers that fill W.",
            "If all neurons of a layer start alike, what could make them different?",
        ),
        write(
            "last-layer-missing",
            "number_of_layers",
            lambda ref, right: right() - 1,
            "without the last layer",
            "Look at where your loop ends.",
            "layer_output_sizes has one entry for every layer. How many pairs (W, b) do you return?",
        ),
    )


FORWARD: dict[str, tuple[Misconception, ...]] = {
    "feed_forward_two_layers": FEED_FORWARD_TWO_LAYERS,
    "create_layers": _creating(DEEP),
    "feed_forward": FEED_FORWARD,
    "feed_forward_saver": _saving(DEEP),
    "create_layers_batch": _creating(BATCH),
    "feed_forward_batch": FEED_FORWARD_BATCH,
    "feed_forward_saver_batch": _saving(BATCH),
}
"""Mistakes in creating layers and in the forward pass, by task."""
