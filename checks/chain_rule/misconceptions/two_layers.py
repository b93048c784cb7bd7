"""Mistakes in the gradients of one layer and in the network of two layers that have a label of their own."""

from __future__ import annotations

from functools import partial

from checks.chain_rule.misconceptions.mistake import STOPPING, otherwise
from checks.chain_rule.reference import (
    A1,
    A2,
    B1,
    B2,
    BY_T,
    BY_X,
    DC_DA,
    DC_DA1,
    DC_DA2,
    DC_DB,
    DC_DW,
    DC_DZ1,
    DC_DZ2,
    DC_DZ_SYMBOL,
    W1,
    W2,
    Z1,
    Z2,
    A,
    B,
    ByAutogradReference,
    ChainReference,
    FirstLayerReference,
    OneLayerGradientsReference,
    SecondLayerReference,
    T,
    TwoLayersReference,
    W,
    X,
    Z,
    of,
    outer,
    sigmoid,
    sigmoid_slope,
)
from checks.formulas.formula import Edit
from checks.formulas.slips import Worked, listed
from checks.formulas.tree import Node, Symbol, over_samples, scaled, times, total
from checks.judging.reference import Misconception

_AT = "The derivative of an activation is a function of its z."
_FACTOR = "Is the derivative of the activation among the factors of your error signal?"
_WHOSE = "∂C/∂W joins what came into the layer and the error signal. Which array came in?"

SWAPPED = otherwise(
    ChainReference,
    "handed_back",
    {
        "pair-swapped": (
            lambda ref, right, made: made[::-1],
            "when (dC_db, dC_dW) is returned for (dC_dW, dC_db)",
            "Look at what you return.",
            "In which order do the callers unpack the pair?",
        )
    },
)


# --- by autograd -----------------------------------------------------------------------------------------------

_COUNT = (
    "grad(f, 0) differentiates with respect to the first argument. Which number belongs to each of W, b, x and target?"
)
_BY_AUTOGRAD = partial(listed, ByAutogradReference)


def _both(label: str, first: Node, second: Node, says: str) -> Misconception:
    override = Edit("first", put=first, twins=(Edit("second", put=second),))
    return Misconception(label, override, says, "Look at the numbers that you hand to grad.", _COUNT, "(4), (5)")


GRADIENTS_BY_AUTOGRAD = (
    _both("pair-swapped", DC_DB, DC_DW, "when (dC_db, dC_dW) is returned for (dC_dW, dC_db)"),
    _both(
        "counted-from-one",
        DC_DB,
        BY_X,
        "when the arguments are counted from 1: these are the derivatives with respect to b and x",
    ),
    *_BY_AUTOGRAD("first", {"bias-twice": DC_DB}),
    *_BY_AUTOGRAD(
        "second",
        {
            "weights-twice": DC_DW,
            "input-for-bias": BY_X,
            "target-for-bias": BY_T,
        },
    ),
)

# --- from the derivative of the cost to the gradients of a layer -----------------------------------------------


def _starting(reference: type[Worked], a: Symbol, z: Symbol) -> tuple[Misconception, ...]:
    return listed(
        reference,
        "loss_gradient",
        {
            "cost-taken-at-z": scaled(2, K=-1)(z - T),
            "cost-arguments-swapped": (
                scaled(2, K=-1)(T - a),
                "when prediction and target are handed to the derivative of the cost the other way round, or both "
                "gradients have the opposite sign for another reason",
                "In (target, predict) or in (predict, target) order? And is there a minus elsewhere?",
            ),
        },
    )


def _ending(
    reference: type[Worked], a: Symbol, received: Symbol, signal: Symbol, w: Symbol, b: Symbol
) -> tuple[Misconception, ...]:
    return (
        *listed(
            reference,
            "weight_gradient",
            {
                "weight-gradient-transposed": outer(signal, received).T,
                "own-output-for-input": outer(signal, a),
                "weights-for-the-input": (
                    of("column", signal) * w,
                    "with the weights in the place of the input",
                    _WHOSE,
                ),
            },
        ),
        *listed(
            reference,
            "bias_gradient",
            {
                "bias-gradient-times-bias": (
                    signal * b,
                    "when the bias gradient is multiplied by the bias",
                    "z = … + b. By how much does z grow if b grows by 1?",
                )
            },
        ),
        *SWAPPED,
    )


def _slope(reference: type[Worked], step: str, a: Symbol, both: bool = False) -> tuple[Misconception, ...]:
    mistakes = {
        "derivative-at-the-activation": (
            sigmoid_slope(a),
            "when the derivative of the activation is taken at a instead of at z",
            _AT,
        ),
        "activation-for-its-derivative": (
            a,
            "with the activation itself, σ(z), in the place of its derivative",
            "There are two functions, one for σ and one for σ'. Which one belongs here?",
        ),
    }
    return listed(reference, step, mistakes, both=both)


def _left_out(reference: type[Worked], step: str, factor: Symbol, which: str) -> tuple[Misconception, ...]:
    says = f"without the derivative of the {which} layer's activation"
    return listed(reference, step, {"derivative-left-out-at-the-output": (factor, says, _FACTOR)})


def _forward(reference: type[Worked], first: str, last: str, without: Node, z: Node) -> tuple[Misconception, ...]:
    return (
        *listed(
            reference,
            first,
            {"bias-left-out": (without, "without the bias b in z", "Is b among the terms of your z?")},
            both=first != last,
        ),
        *listed(
            reference,
            last,
            {
                "output-handed-on-as-z": (
                    sigmoid(z),
                    "with the last a in the place of its z: σ is applied once more, and σ' taken at the wrong point",
                    "dC_dz applies the sigmoid itself. Does it want z or a?",
                )
            },
        ),
    )


GRADIENTS_ONE_LAYER = (
    *_left_out(OneLayerGradientsReference, "error_signal", DC_DA, "last"),
    *_slope(OneLayerGradientsReference, "sigmoid_derivative", A),
    *_starting(OneLayerGradientsReference, A, Z),
    *_ending(OneLayerGradientsReference, A, X, DC_DZ_SYMBOL, W, B),
    *_forward(OneLayerGradientsReference, "weighted_input", "weighted_input", W @ X, W @ X + B),
)

# --- two layers ------------------------------------------------------------------------------------------------


def _hidden_activation_left_out(reference: type[Worked]) -> tuple[Misconception, ...]:
    return listed(
        reference,
        "a1",
        {
            "hidden-activation-left-out": (
                Z1,
                "without the activation of the first layer: its z is handed to the second",
                "Which of z and a leaves a layer?",
            )
        },
    )


FEED_FORWARD_TWO_LAYERS = (
    *listed(
        TwoLayersReference,
        "z1",
        {
            "bias-left-out": (W1 @ X, "without the bias b", "What does a layer give if its input is all zeros?"),
            "weights-transposed": (
                W1.T @ X + B1,
                "with Wᵀ in the place of W",
                "Write the shapes of both factors next to each other. Which inner sizes must agree?",
            ),
        },
        both=True,
    ),
    *listed(
        TwoLayersReference,
        "a1",
        {
            "activation-left-out": (
                Z1,
                "without any activation: every layer hands on its weighted input z",
                "How many layers does a chain of purely linear layers amount to?",
            )
        },
        both=True,
    ),
    *_hidden_activation_left_out(TwoLayersReference),
    *listed(
        TwoLayersReference,
        "a2",
        {
            "output-activation-left-out": Z2,
            "first-layer-only": (A1, "after the first layer only", "How many layers does x go through?"),
        },
    ),
    *STOPPING,
)

GRADIENTS_LAYER_2 = (
    *_left_out(SecondLayerReference, "error_signal_2", DC_DA2, "last"),
    *_slope(SecondLayerReference, "derivative_2", A2),
    *_starting(SecondLayerReference, A2, Z2),
    *_ending(SecondLayerReference, A2, A1, DC_DZ2, W2, B2),
    *_forward(SecondLayerReference, "z1", "z2", W1 @ X, W2 @ A1 + B2),
    *_hidden_activation_left_out(SecondLayerReference),
    *listed(
        SecondLayerReference,
        "weight_gradient",
        {
            "z-for-the-activation": outer(DC_DZ2, Z1),
            "network-input-for-the-layers-input": outer(DC_DZ2, X),
        },
    ),
)

_BACK = "Forward, W2 maps a1 to z2. Which of W2 and its transpose maps the sizes back?"

GRADIENTS_LAYER_1 = (
    *_left_out(FirstLayerReference, "error_signal_2", DC_DA2, "second"),
    *_slope(FirstLayerReference, "derivative_1", A1, both=True),
    *_starting(FirstLayerReference, A2, Z2),
    *_ending(FirstLayerReference, A1, X, DC_DZ1, W1, B1),
    *_forward(FirstLayerReference, "z1", "z2", W1 @ X, W2 @ A1 + B2),
    *_hidden_activation_left_out(FirstLayerReference),
    *listed(
        FirstLayerReference,
        "derivative_1",
        {
            "derivative-at-the-activation-in-hidden-layers": (
                sigmoid_slope(A1),
                "when the derivative of the first layer's activation is taken at a instead of at z",
                _AT,
            )
        },
    ),
    *listed(
        FirstLayerReference,
        "error_signal_1",
        {
            "derivative-left-out-in-hidden-layers": (
                DC_DA1,
                "without the derivative of the activation in the first layer",
                _FACTOR,
            )
        },
    ),
    *listed(
        FirstLayerReference,
        "error_signal_1",
        {
            "derivative-left-out-everywhere": (
                DC_DA1,
                "without the derivative of the activation in any layer",
                _FACTOR,
            )
        },
        both=True,
    ),
    *listed(
        FirstLayerReference,
        "passed_back",
        {
            "weights-transposed": (
                W2 @ DC_DZ2,
                "with the weights transposed the wrong way when the error signal is passed back",
                _BACK,
            ),
            "weights-of-the-wrong-layer": DC_DZ2 @ W1,
            "sum-of-the-rows-of-the-weights": (
                times(total(DC_DZ2), over_samples(W2)),
                "when ∂z2/∂a1 is taken as a sum over W2 instead of the matrix W2 itself",
                "Each a_i moves every z_j, by its own weight. How many numbers is that?",
            ),
            "weight-gradient-for-weights": (
                DC_DZ2 @ outer(DC_DZ2, A1),
                "when the error signal is passed back through the weight gradient instead of the weights",
                "Is it W or ∂C/∂W that the forward pass multiplied by?",
            ),
        },
    ),
)

TWO_LAYERS: dict[str, tuple[Misconception, ...]] = {
    "gradients_by_autograd": GRADIENTS_BY_AUTOGRAD,
    "gradients_one_layer": GRADIENTS_ONE_LAYER,
    "feed_forward_two_layers": FEED_FORWARD_TWO_LAYERS,
    "gradients_layer_2": GRADIENTS_LAYER_2,
    "gradients_layer_1": GRADIENTS_LAYER_1,
}
"""Mistakes in the gradients of one layer and in two layers, by task."""
