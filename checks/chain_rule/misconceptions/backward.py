"""Mistakes in back-propagation that have a label of their own: for one sample, and for rows of samples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from checks.chain_rule.misconceptions.mistake import Told, otherwise
from checks.chain_rule.reference import of, outer
from checks.chain_rule.reference_networks import ROWS, BatchGradientsReference, GradientsReference
from checks.formulas.formula import Edit
from checks.formulas.slips import Entry, listed
from checks.formulas.tree import Activation, Called, Node, over_samples, scaled, times, total
from checks.judging.reference import Misconception
from checks.observing.observation import Array

_AT = "The derivative of an activation is a function of its z."
_FACTOR = "Is the derivative of the activation among the factors of your error signal?"
_WHOSE = "∂C/∂W joins what came into the layer and the error signal. Which array came in?"
_ENTRY = "activation_ders has one entry for every layer. Which one belongs to layer l?"
_INDEX, _LIST = "Look at the index into activation_ders.", "Look at the order of your list."
_GIVEN = "mse_der is there already. Does your back-propagation call it, through cost_der?"

_TAKEN: dict[str, Told] = {
    "derivative-of-the-layer-above": (
        lambda ref, right, layer: min(layer + 1, ref.depth),
        "with the derivative of the activation of the layer above, in the hidden layers",
        _INDEX,
        _ENTRY,
    ),
    "derivative-of-the-layer-below": (
        lambda ref, right, layer: layer - 1 or ref.depth,
        "with the derivative of the activation of the layer below (and of the last layer in the first)",
        _INDEX,
        _ENTRY,
    ),
    "last-derivative-in-every-layer": (
        lambda ref, right, layer: ref.depth,
        "with the derivative of the last layer's activation in every layer",
        _INDEX,
        _ENTRY,
    ),
    "first-derivative-in-every-layer": (
        lambda ref, right, layer: 1,
        "with the derivative of the first layer's activation in every layer",
        _INDEX,
        _ENTRY,
    ),
    "derivatives-in-reverse-order": (
        lambda ref, right, layer: ref.depth + 1 - layer,
        "with the entries of activation_ders in reverse order",
        "Look at the index into activation_ders when your loop runs backwards.",
        _ENTRY,
    ),
}
"""Entries of activation_ders that are taken for a layer's own."""

_COLLECTED: dict[str, Told] = {
    "pair-swapped": (
        lambda ref, right, pairs: [(db, dw) for dw, db in pairs],
        "when (dC_db, dC_dW) is returned for (dC_dW, dC_db)",
        "Look at what you return.",
        "In which order do the callers unpack the pair?",
    ),
    "gradients-negated": (
        lambda ref, right, pairs: [(-dw, -db) for dw, db in pairs],
        "when all gradients have the opposite sign",
        "Look for a minus sign on the way from the derivative of the cost to what you return.",
        "The gradient points uphill, and training subtracts it. Where does a minus belong?",
    ),
    "order-reversed": (
        lambda ref, right, pairs: pairs[::-1],
        "when the gradients are returned from the last layer to the first",
        _LIST,
        "You work from the last layer to the first. Which layer should come first in the list?",
    ),
    "last-layer-only": (
        lambda ref, right, pairs: pairs[-1:],
        "when the gradients of the last layer are all that comes back",
        "Look at which layers your loop visits, and where your function returns.",
        "How many pairs are there for L layers?",
    ),
    "first-layer-left-out": (
        lambda ref, right, pairs: pairs[1:],
        "when the first layer's gradients are missing",
        "Look at where your loop over the layers ends.",
        "Does range(n, 0, -1) reach 0?",
    ),
}
"""What goes wrong with the list that comes back."""


def _any(reference: type[GradientsReference]) -> tuple[Misconception, ...]:
    """Return the mistakes that are made with one sample and with rows of samples."""
    q = reference.q
    many = q is ROWS
    at_a, a_for_slope = Activation(q.A, "slope"), q.A

    def product(left: Node, right: Node) -> Node:
        return left.T @ right if many else outer(right, left)

    def back(weights: Node, signal: Node = q.D[1]) -> Node:
        return signal @ weights.T if many else weights.T @ signal

    def in_layers(label: str, tree: Node, says: str, think: str, where: str = "") -> tuple[Misconception, ...]:
        return listed(reference, "activation_derivative", {label: (tree, says, think)}, where=where)

    at = "when the derivative of the activation is taken at a instead of at z"
    row_sums = of("sums multiplied", q.D[1], q.W[1].T) if many else times(total(q.D[1]), over_samples(q.W[1]))
    own_weights = (of("mean over rows", q.D) if many else of("column", q.D)) * q.W
    steps: dict[str, dict[str, Entry]] = {
        "output_error_signal": {
            "derivative-left-out-at-the-output": (
                q.DC,
                "without the derivative of the last layer's activation",
                _FACTOR,
            )
        },
        "hidden_error_signal": {
            "derivative-left-out-in-hidden-layers": (
                q.DA,
                "without the derivative of the activation in the hidden layers",
                _FACTOR,
            )
        },
        "activation_derivative": {
            "derivative-at-the-activation": (at_a, at, _AT),
            "activation-for-its-derivative": (
                a_for_slope,
                "with the activation itself, φ(z), in the place of its derivative",
                "There are two lists of functions, one for φ and one for φ'. Which one belongs here?",
            ),
            "derivative-left-out-everywhere": (
                of("ones", q.Z),
                "without the derivative of the activation in any layer",
                _FACTOR,
            ),
            "sigmoid-derivative-in-every-layer": (
                Activation(q.Z, "slope", "σ"),
                "with the derivative of the sigmoid in every layer, whatever activation_ders holds",
                _ENTRY,
            ),
            "sigmoid-formula-in-every-layer": (
                Activation(Activation(q.Z), "slope from value", "σ"),
                "with a (1 - a) as the derivative in every layer, which holds for the sigmoid only",
                _ENTRY,
            ),
        },
        "loss_gradient": {
            "cost-taken-at-z": (
                Called("cost_der", (q.Z_LAST, q.T)),
                "when the last z is compared with the target instead of the prediction",
                "Which of z and a is the prediction?",
            ),
            "cost-arguments-swapped": (
                Called("cost_der", (q.T, q.P)),
                "when prediction and target are handed to the derivative of the cost the other way round",
                "In (target, predict) or in (predict, target) order?",
            ),
            "cost-der-ignored": (
                Called("mse_der", (q.P, q.T)),
                "with mse_der, whatever is given as cost_der",
                "The cost may be another one. Which argument knows its derivative?",
            ),
        },
        "passed_back": {
            "weights-transposed": (
                back(q.W[1].T),
                "with the weights transposed the wrong way when the error signal is passed back",
                "Forward, W maps the input of the layer to its z. Which of W and its transpose maps the sizes back?",
            ),
            "weights-of-the-wrong-layer": back(q.W),
            "sum-of-the-rows-of-the-weights": (
                row_sums,
                "when ∂z⁽ˡ⁺¹⁾/∂a⁽ˡ⁾ is taken as a sum over W⁽ˡ⁺¹⁾ instead of the matrix W⁽ˡ⁺¹⁾ itself",
                "Each a_i moves every z_j, by its own weight. How many numbers is that?",
            ),
            "weight-gradient-for-weights": back(q.DW[1]),
            "raw-error-carried": (
                back(q.W[1], q.DA[1]),
                "when what is carried to the layer below is ∂C/∂a, before the derivative was multiplied in",
                "Does ∂C/∂z or ∂C/∂a of the layer above appear in the equation?",
            ),
        },
        "weight_gradient": {
            "weight-gradient-transposed": reference.weight_gradient.right.T,
            "own-output-for-input": product(q.A, q.D),
            "weights-for-the-input": (own_weights, "with the weights in the place of the input", _WHOSE),
            "z-for-the-activation": product(q.Z[-1], q.D),
            "network-input-for-the-layers-input": product(q.X, q.D),
        },
        "bias_gradient": {
            "bias-gradient-times-bias": (
                reference.bias_gradient.right * q.B,
                "when the bias gradient is multiplied by the bias",
                "z = … + b. By how much does z grow if b grows by 1?",
            )
        },
    }
    summed: Entry = (
        scaled(2)(q.P - q.T),
        "when the default cost is taken as a sum of squares and not as a mean",
        _GIVEN,
    )
    return (
        *(one for step, mistakes in steps.items() for one in listed(reference, step, mistakes)),
        *in_layers("derivative-at-the-activation-in-hidden-layers", at_a, f"{at}, in the hidden layers", _AT, "hidden"),
        *in_layers("derivative-at-the-activation-at-the-output", at_a, f"{at}, in the last layer", _AT, "output"),
        *listed(reference, "loss_gradient", {"derivative-of-a-sum": summed}, where="default"),
        *otherwise(reference, "derivative_taken", _TAKEN),
        *otherwise(reference, "collected", _COLLECTED),
    )


# --- rows of samples -------------------------------------------------------------------------------------------

_ANEW = (
    "Samples are rows now and weights are (in, out). On which side stands W, and where does the sum over samples go?"
)
_SHARED = "All samples share the same bias. What does the chain rule do with several ways from b to C?"
_ONCE = "The 1/N of the mean is in cost_der already. Does it belong in a second time?"
_ONE_ROW = "What is len(predict) inside cost_der if predict is a single row?"


def _together(label: str, says: str, look: str, think: str, first: Edit, *others: Edit) -> Misconception:
    return Misconception(label, Edit(first.step, put=first.put, twins=others), says, look, think, "(26) to (29)")


_OUTER, _WRONG_SIDE = Edit("weight_gradient", put=outer(ROWS.D, ROWS.A[-1])), ROWS.W[1].T @ ROWS.D[1]
_OF_ONE, _EVERY_ROW = ROWS.W @ ROWS.A[-1] + ROWS.B, Edit("bias_gradient", put=ROWS.D)


def _by_row(averaged: bool) -> Callable[..., Array]:
    """Return what calls cost_der for one sample at a time."""

    def loss_gradient(ref: BatchGradientsReference, right: object, layer: int = 0) -> Array:
        p, t = ref.known["P", 0], ref.known["T", 0]
        rows = [ref.function("cost_der")(*pair) for pair in zip(p, t, strict=True)]
        return np.array(rows) / (len(p) if averaged else 1)

    return loss_gradient


_rows = partial(listed, BatchGradientsReference)
_BATCHED = (
    *_rows(
        "weighted_input",
        {
            "saver-of-one-sample": (
                _OF_ONE,
                "with feed_forward_saver, or its product W a, which is for one sample",
                "Which of your two functions that save the forward pass knows rows of samples?",
            )
        },
    ),
    _together(
        "products-of-one-sample",
        "with the products of one sample, np.outer(δ, a) and Wᵀ δ, for a whole batch, and no sum over the samples",
        "Look at each product: it was written for vectors.",
        _ANEW,
        _OUTER,
        _EVERY_ROW,
        Edit("passed_back", put=_WRONG_SIDE),
    ),
    _together(
        "products-of-one-sample-from-the-right",
        "with the products of one sample, np.outer(δ, a) and δ W, for a whole batch, and no sum over the samples",
        "Look at each product: it was written for vectors.",
        _ANEW,
        _OUTER,
        _EVERY_ROW,
        Edit("passed_back", put=ROWS.D[1] @ ROWS.W[1]),
    ),
    _together(  # behind the two above, whose products it would otherwise lose to them
        "backpropagation-of-one-sample-called",
        "when backpropagation, the function for one sample, is called with the whole batch",
        "Look at the function that does the work.",
        _ANEW,
        Edit("weight_gradient", put=ROWS.D @ ROWS.A[-1].T),
        Edit("weighted_input", put=_OF_ONE),
        Edit("passed_back", put=_WRONG_SIDE),
    ),
    *_rows(
        "weight_gradient",
        {
            "outer-product-of-matrices": (
                of("outer", ROWS.A[-1], ROWS.D),
                "with np.outer of two matrices, which flattens both and multiplies every entry by every other one",
                "An outer product belongs to one sample. Which product of A and Δ sums the outer products of all?",
            ),
            "weight-averaged": scaled(1, N=-1)(ROWS.A[-1].T @ ROWS.D),
        },
    ),
    *_rows(
        "bias_gradient",
        {
            "bias-not-summed": (ROWS.D, "when the bias gradient is not summed over the samples", _SHARED),
            "bias-averaged": of("mean over rows", ROWS.D),
            "bias-summed-over-the-nodes": of("sum over columns", ROWS.D),
            "bias-summed-over-everything": (
                of("sum", ROWS.D),
                "when the bias gradient is summed over everything: one number for the whole layer",
                "How many biases does a layer have?",
            ),
            "bias-of-the-first-sample": (
                of("first row", ROWS.D),
                "when the bias gradient is that of the first sample only",
                _SHARED,
            ),
            "bias-times-batch-size": scaled(1, N=1)(over_samples(ROWS.D)),
        },
    ),
    *_rows(
        "loss_gradient",
        {
            "averaged-twice": (
                scaled(1, N=-1)(BatchGradientsReference.loss_gradient.right),
                "when all gradients are divided by the number of samples once more",
                _ONCE,
            ),
            "one-target-for-all": (
                Called("cost_der", (ROWS.P, of("first row", ROWS.T))),
                "when all samples are compared with the target of the first one",
                "A vector minus a matrix broadcasts without a word. Which shape should the target have?",
            ),
        },
    ),
    *_rows(
        "loss_gradient",
        {
            "divided-by-the-samples-only": (
                scaled(2, N=-1)(ROWS.P - ROWS.T),
                "when the default cost is divided by the N samples and not by all N K entries",
                _GIVEN,
            )
        },
        where="default",
    ),
    *_rows(
        "output_error_signal",
        {
            "diagonal-of-a-matrix": (
                ROWS.DC @ of("diag", ROWS.SLOPE),
                "with np.diag of a matrix: for one sample it makes a diagonal matrix, but of a matrix it takes the "
                "diagonal",
                "What does np.diag give for an array of shape (N, K)?",
            )
        },
    ),
    *otherwise(
        BatchGradientsReference,
        "loss_gradient",
        {
            "cost-der-sample-by-sample": (
                _by_row(averaged=True),
                "when cost_der is called for one sample at a time: it contains a mean over the samples and needs all "
                "of them",
                "Look at what you hand to cost_der.",
                _ONE_ROW,
            ),
            "samples-summed-not-averaged": (
                _by_row(averaged=False),
                "when cost_der is called for one sample at a time and the gradients are summed: the 1/N of the mean "
                "is lost",
                "Look at what you hand to cost_der.",
                _ONE_ROW,
            ),
        },
    ),
)

BACKWARD: dict[str, tuple[Misconception, ...]] = {
    "backpropagation": _any(GradientsReference),
    "backpropagation_batch": (*_any(BatchGradientsReference), *_BATCHED),
}
"""Mistakes in back-propagation, by task."""
