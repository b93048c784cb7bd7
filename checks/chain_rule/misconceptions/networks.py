"""Mistakes in creating layers and in the forward pass of any depth that have a label of their own."""

from __future__ import annotations

from checks.chain_rule.misconceptions.mistake import STOPPING, Told, otherwise
from checks.chain_rule.observe_networks import ALIKE, EQUAL
from checks.chain_rule.reference import of
from checks.chain_rule.reference_creating import BatchCreateReference, CreateReference
from checks.chain_rule.reference_networks import (
    ONE,
    ROWS,
    BatchForwardReference,
    BatchSaverReference,
    ForwardReference,
    NetworkReference,
    Quantities,
    SaverReference,
)
from checks.formulas.slips import Entry, listed
from checks.formulas.tree import Activation
from checks.judging.reference import Misconception

_WHOSE = "activation_funcs has one entry for every layer. Does your loop walk through it?"


def _no_bias(reference: type[NetworkReference], q: Quantities) -> tuple[Misconception, ...]:
    product = q.W @ q.A[-1] if q is ONE else q.A[-1] @ q.W
    left_out: Entry = (product, "without the bias b", "What does a layer give if its input is all zeros?")
    return listed(reference, "weighted_input", {"bias-left-out": left_out})


def _passing(reference: type[NetworkReference], q: Quantities) -> tuple[Misconception, ...]:
    """Return the mistakes of a pass through the layers."""
    transposed = (q.W.T @ q.A[-1] if q is ONE else q.A[-1] @ q.W.T) + q.B
    return (
        *_no_bias(reference, q),
        *listed(
            reference,
            "weighted_input",
            {
                "weights-transposed": (
                    transposed,
                    "with Wᵀ in the place of W",
                    "Write the shapes of both factors next to each other. Which inner sizes must agree?",
                )
            },
        ),
        *(
            one
            for label, where, says, think in (
                (
                    "activation-left-out",
                    "",
                    "without any activation: every layer hands on its weighted input z",
                    "How many layers does a chain of purely linear layers amount to?",
                ),
                (
                    "hidden-activation-left-out",
                    "hidden",
                    "without the activation in the hidden layers",
                    "Which of z and a is the input of the next layer?",
                ),
                (
                    "output-activation-left-out",
                    "output",
                    "without the activation of the last layer",
                    "Does the last layer have an activation function, too?",
                ),
            )
            for one in listed(reference, "activation", {label: (q.Z, says, think)}, where=where)
        ),
        *listed(
            reference,
            "activation",
            {
                "sigmoid-in-every-layer": (
                    Activation(q.Z, of="σ"),
                    "with the sigmoid in every layer, whatever activation_funcs holds",
                    _WHOSE,
                )
            },
        ),
        *otherwise(
            reference,
            "entry",
            {
                "first-activation-everywhere": (
                    lambda ref, right, layer: 1,
                    "with the first activation function in every layer",
                    "Look at which activation function a layer uses.",
                    _WHOSE,
                )
            },
        ),
        *otherwise(
            reference,
            "layers_passed",
            {
                "last-layer-skipped": (
                    lambda ref, right: right()[:-1],
                    "without the last layer",
                    "Look at where your loop over the layers ends.",
                    "Does `range`, or your slice, include the last layer?",
                ),
                "first-layer-only": (
                    lambda ref, right: right()[:1],
                    "after the first layer only",
                    "Look at where your function returns.",
                    "Is your `return` inside the loop?",
                ),
            },
        ),
        *STOPPING,
    )


_COLUMN = listed(
    BatchForwardReference,
    "weighted_input",
    {
        "biases-as-a-column": (
            ROWS.A[-1] @ ROWS.W + of("column", ROWS.B),
            "when the biases are added as a column: each sample gets one bias instead of each neuron",
            "Rows are samples. Should all entries of a row, or of a column, get the same bias?",
        )
    },
)

_SAVED: dict[str, Told] = {
    "outputs-for-inputs": (
        lambda ref, right, one_pass: (one_pass.outputs, *right(one_pass)[1:]),
        "when the output of each layer is saved in the place of its input",
        "Look at when you append to layer_inputs.",
        "Before or after the layer has worked?",
    ),
    "prediction-among-the-inputs": (
        lambda ref, right, one_pass: ([*one_pass.inputs, one_pass.outputs[-1]], *right(one_pass)[1:]),
        "when layer_inputs has one entry too many: the prediction is no layer's input",
        "Look at the length of layer_inputs.",
        "How many layers are there, and how many inputs does each of them have?",
    ),
    "network-input-missing": (
        lambda ref, right, one_pass: (one_pass.inputs[1:], *right(one_pass)[1:]),
        "when the network's own input is missing: it is what the first layer received",
        "Look at the first entry of layer_inputs.",
        "What came into the first layer?",
    ),
    "activations-for-zs": (
        lambda ref, right, one_pass: (one_pass.inputs, one_pass.outputs, one_pass.outputs[-1]),
        "when the outputs a are saved in the place of the weighted inputs z",
        "Look at what you append to zs.",
        "Which of z and a does the derivative of an activation want?",
    ),
    "pre-activations-for-inputs": (
        lambda ref, right, one_pass: ([one_pass.inputs[0], *one_pass.zs[:-1]], *right(one_pass)[1:]),
        "when layer_inputs holds the weighted inputs z of the layers below instead of their outputs a",
        "Look at what you append to layer_inputs.",
        "Which of z and a is handed to the next layer?",
    ),
    "last-z-for-the-prediction": (
        lambda ref, right, one_pass: (*right(one_pass)[:2], one_pass.zs[-1]),
        "when the last weighted input is returned as the prediction",
        "Look at the third thing that you return.",
        "Does the last layer have an activation function, too?",
    ),
    "inputs-and-zs-swapped": (
        lambda ref, right, one_pass: (one_pass.zs, one_pass.inputs, one_pass.outputs[-1]),
        "when zs and layer_inputs are returned the other way round",
        "Look at your return statement.",
        "In which order do the callers unpack (layer_inputs, zs, predict)?",
    ),
}


def _saving(reference: type[SaverReference], q: Quantities) -> tuple[Misconception, ...]:
    """Return the mistakes in what the forward pass saves."""
    return (*otherwise(reference, "saved", _SAVED), *_no_bias(reference, q))


def _creating(reference: type[CreateReference]) -> tuple[Misconception, ...]:
    """Return the mistakes in creating layers."""
    order = reference.formulas["weight_shape"][1]

    def column(ref: CreateReference, right: object, layer: int) -> tuple[int, ...]:
        size = ref.case.sizes[layer]
        return (size, 1) if size > 1 or not ref.case.many else (size,)  # (1, 1) is a row as well, which is accepted

    steps: dict[str, dict[str, Told]] = {
        "weight_shape": {
            "weight-shape-transposed": (
                lambda ref, right, layer: right(layer)[::-1],
                f"with W transposed; here {order}",
                "Look at the shape of W.",
                "Multiply W with the input of its layer, in the order of the formula. Do the shapes fit?",
            )
        },
        "incoming": {
            "network-input-for-every-layer": (
                lambda ref, right, layer: ref.case.sizes[0],
                "when every layer takes the network's input size, also those behind the first",
                "Look at how many inputs the second layer takes.",
                "What comes out of the first layer, and where does it go?",
            )
        },
        "bias_shape": {
            "bias-as-large-as-the-input": (
                lambda ref, right, layer: (ref.incoming(layer),),
                "when b has one entry for every input instead of every output of its layer",
                "Look at the shape of b.",
                "b is added to z. How many entries does z have?",
            ),
            "bias-as-a-column": (
                column,
                "when b is a column of shape (out, 1); added to z it would broadcast to a matrix",
                "Look at the shape of b.",
                "Which shape does (out,) plus (out, 1) have?",
            ),
            "single-bias": (
                lambda ref, right, layer: (1,),
                "when a layer has a single bias for all its outputs",
                "Look at the shape of b.",
                "b is added to z. How many entries does z have?",
            ),
        },
        "pair": {
            "pair-swapped": (
                lambda ref, right, weight, bias: (bias, weight),
                "when each pair is (b, W); it should be (W, b)",
                "Look at the order of the two arrays of a layer.",
                "In which order do the callers unpack the pair?",
            )
        },
        "variety": {
            "nodes-all-alike": (
                lambda ref, right, layer: ALIKE if ref.case.sizes[layer] > 1 else 1.0,
                "when all neurons of a layer get the same weights: they would learn the same thing for ever",
                "Look at which numbers are drawn, and which are only repeated.",
                "If all neurons of a layer start alike, what could make them different?",
            ),
            "weights-all-equal": (
                lambda ref, right, layer: EQUAL,
                "when all weights of a layer are equal: its neurons would learn the same thing for ever",
                "Look at the numbers that fill W.",
                "If all neurons of a layer start alike, what could make them different?",
            ),
        },
        "number_of_layers": {
            "last-layer-missing": (
                lambda ref, right: right() - 1,
                "without the last layer",
                "Look at where your loop ends.",
                "layer_output_sizes has one entry for every layer. How many pairs (W, b) do you return?",
            )
        },
    }
    return tuple(one for step, mistakes in steps.items() for one in otherwise(reference, step, mistakes))


NETWORKS: dict[str, tuple[Misconception, ...]] = {
    "create_layers": _creating(CreateReference),
    "feed_forward": _passing(ForwardReference, ONE),
    "feed_forward_saver": _saving(SaverReference, ONE),
    "create_layers_batch": _creating(BatchCreateReference),
    "feed_forward_batch": (*_passing(BatchForwardReference, ROWS), *_COLUMN),
    "feed_forward_saver_batch": _saving(BatchSaverReference, ROWS),
}
"""Mistakes in creating layers and in the forward pass of any depth, by task."""
