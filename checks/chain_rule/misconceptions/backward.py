"""Mistakes in the gradients: of one layer, of two, and of any depth for one sample and for rows of samples.

Longer than 400 lines because it is data: one entry for each mistake, with its words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checks.chain_rule.misconceptions.mistake import Formulas, mistake
from checks.chain_rule.observe_networks import own_cost_der
from checks.chain_rule.reference import (
    BATCH,
    DEEP,
    TWO,
    GradientsReference,
    OneLayerGradientsReference,
    Pass,
    derivative_of,
    sigmoid,
)
from checks.judging.reference import Misconception
from checks.observing.observation import Array

Write = Callable[..., Misconception]
ONE = OneLayerGradientsReference.formulas

_AT = "The derivative of an activation is a function of its z."
_WHOSE = "∂C/∂W joins what came into the layer and the error signal. Which array came in?"
_FACTOR = "Is the derivative of the activation among the factors of your error signal?"


def _derivative(ref: GradientsReference, layer: int, point: Array, call: int) -> Array:
    return np.asarray(derivative_of(ref.case, layer, call)(point))


def _at_output(ref: GradientsReference, right: Any, layer: int, one_pass: Pass, call: int) -> Array:
    return _derivative(ref, layer, one_pass.outputs[layer - 1], call)


def _one_layer_up(ref: GradientsReference, right: Any, layer: int, one_pass: Pass, call: int) -> Array:
    return _derivative(ref, min(layer + 1, ref.depth), one_pass.zs[layer - 1], call)


def _swapped(ref: GradientsReference, right: Any, predict: Array, target: Array, call: int, one_pass: Pass) -> Array:
    return np.asarray(right(target, predict, call, one_pass))


def _layer_mistakes(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes that can be made in any layer's gradients."""
    write: Write = partial(mistake, formulas)
    return (
        write(
            "derivative-left-out-at-the-output",
            "output_error_signal",
            lambda ref, right, gradient, one_pass, call: gradient,
            "without the derivative of the last layer's activation",
            "Look at how ∂C/∂z of the last layer is made from ∂C/∂a.",
            _FACTOR,
        ),
        write(
            "derivative-at-the-activation",
            "activation_derivative",
            _at_output,
            "when the derivative of the activation is taken at a instead of at z",
            "Look at where you evaluate the derivative of the activation.",
            _AT,
        ),
        write(
            "activation-for-its-derivative",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: one_pass.outputs[layer - 1],
            "with the activation itself, φ(z), in the place of its derivative",
            "Look at the function that you evaluate at z on the way back.",
            "There are two lists or functions, one for φ and one for φ'. Which one belongs here?",
        ),
        write(
            "cost-taken-at-z",
            "loss_gradient",
            lambda ref, right, predict, target, call, one_pass: right(one_pass.zs[-1], target, call, one_pass),
            "when the last z is compared with the target instead of the prediction",
            "Look at what you hand to the derivative of the cost.",
            "Which of z and a is the prediction?",
        ),
        write(
            "cost-arguments-swapped",
            "loss_gradient",
            _swapped,
            "when prediction and target are handed to the derivative of the cost the other way round",
            "Look at the arguments of the derivative of the cost.",
            "In (target, predict) or in (predict, target) order?",
        ),
        write(
            "weight-gradient-transposed",
            "weight_gradient",
            lambda ref, right, layer, delta, one_pass: right(layer, delta, one_pass).T,
            "when the weight gradient is transposed",
            "Look at the order of the two factors of the weight gradient.",
            "Which shape does the weight itself have?",
        ),
        write(
            "own-output-for-input",
            "weight_gradient",
            lambda ref, right, layer, delta, one_pass: ref.outer(delta, one_pass.outputs[layer - 1]),
            "with the layer's own output in the place of its input",
            "Look at the array that is multiplied by ∂C/∂z to give the weight gradient.",
            _WHOSE,
        ),
        write(
            "weights-for-the-input",
            "weight_gradient",
            lambda ref, right, layer, delta, one_pass: (
                delta.mean(axis=0) * ref.weight(layer) if ref.case.many else delta[:, None] * ref.weight(layer)
            ),
            "with the weights in the place of the input",
            "Look at the array that is multiplied by ∂C/∂z to give the weight gradient.",
            _WHOSE,
        ),
        write(
            "bias-gradient-times-bias",
            "bias_gradient",
            lambda ref, right, layer, delta: right(layer, delta) * ref.case.biases[layer - 1],
            "when the bias gradient is multiplied by the bias",
            "Look at the bias gradient.",
            "z = … + b. By how much does z grow if b grows by 1?",
        ),
        write(
            "pair-swapped",
            "collected",
            lambda ref, right, pairs: [(db, dw) for dw, db in pairs],
            "when (dC_db, dC_dW) is returned for (dC_dW, dC_db)",
            "Look at what you return.",
            "In which order do the callers unpack the pair?",
        ),
    )


Pairs = list[tuple[Array, Array]]
_COUNT = (
    "grad(f, 0) differentiates with respect to the first argument. Which number belongs to each of W, b, x and target?"
)
_LOOK = "Look at the numbers that you hand to grad."


def _by_input(ref: GradientsReference, delta: Array) -> Array:
    return np.asarray(ref.weight(1).T @ delta)


def _argument(label: str, chosen: Callable[[GradientsReference, Array, Array], tuple[Array, Array]], says: str) -> Any:
    def otherwise(ref: GradientsReference, right: Any, pairs: Pairs) -> Pairs:
        return [chosen(ref, *pairs[0])]

    return mistake(ONE, label, "collected", otherwise, says, _LOOK, _COUNT)


_ARGUMENTS: tuple[Misconception, ...] = (
    _argument("pair-swapped", lambda ref, dw, db: (db, dw), "when (dC_db, dC_dW) is returned for (dC_dW, dC_db)"),
    _argument("weights-twice", lambda ref, dw, db: (dw, dw), "when both are derivatives with respect to W"),
    _argument("bias-twice", lambda ref, dw, db: (db, db), "when both are derivatives with respect to b"),
    _argument(
        "input-for-bias",
        lambda ref, dw, db: (dw, _by_input(ref, db)),
        "when the second one is the derivative with respect to x and not to b",
    ),
    _argument(
        "counted-from-one",
        lambda ref, dw, db: (db, _by_input(ref, db)),
        "when the arguments are counted from 1: these are the derivatives with respect to b and x",
    ),
    _argument(
        "target-for-bias",
        lambda ref, dw, db: (
            dw,
            -db / (ref.forward(ref.case.inputs[0]).outputs[0] * (1 - ref.forward(ref.case.inputs[0]).outputs[0])),
        ),
        "when the second one is the derivative with respect to the target and not to b",
    ),
)


def _z_for_input(ref: GradientsReference, right: Any, layer: int, delta: Array, one_pass: Pass) -> Array:
    return ref.outer(delta, one_pass.zs[layer - 2] if layer > 1 else one_pass.inputs[0])


def _network_input(ref: GradientsReference, right: Any, layer: int, delta: Array, one_pass: Pass) -> Array:
    return ref.outer(delta, one_pass.inputs[0])


def _only(where: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    """Restrict an override of `activation_derivative` to the last layer or to the hidden layers."""

    def restricted(ref: GradientsReference, right: Any, layer: int, one_pass: Pass, call: int) -> Any:
        applies = (layer == ref.depth) == (where == "output")
        return otherwise(ref, right, layer, one_pass, call) if applies else right(layer, one_pass, call)

    return restricted


def _no_bias(ref: GradientsReference, right: Any, layer: int, incoming: Array) -> Array:
    return np.asarray(right(layer, incoming) - ref.case.biases[layer - 1])


def _output_for_its_z(ref: GradientsReference, right: Any, layer: int, incoming: Array) -> Array:
    z = right(layer, incoming)
    return sigmoid(z) if layer == ref.depth else np.asarray(z)


def _in_the_forward_pass(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes before the way back begins."""
    write: Write = partial(mistake, formulas)
    return (
        write(
            "bias-left-out",
            "weighted_input",
            _no_bias,
            "without the bias b in z",
            "Look at the z from which you start.",
            "Is b among its terms?",
        ),
        write(
            "output-handed-on-as-z",
            "weighted_input",
            _output_for_its_z,
            "with the last a in the place of its z: σ is applied once more, and σ' taken at the wrong point",
            "Look at what you hand to dC_dz.",
            "dC_dz applies the sigmoid itself. Does it want z or a?",
        ),
    )


def _hidden_activation_left_out(ref: GradientsReference, right: Any, layer: int, z: Array, call: int) -> Array:
    return np.asarray(right(layer, z, call)) if layer == ref.depth else z


_HIDDEN = (
    "hidden-activation-left-out",
    "activation",
    _hidden_activation_left_out,
    "without the activation of the first layer: its z is handed to the second",
    "Look at what comes into the second layer.",
    "Which of z and a leaves a layer?",
)
_HIDDEN_AT_A = (
    "derivative-at-the-activation-in-hidden-layers",
    "activation_derivative",
    _only("hidden", _at_output),
    "when the derivative of the first layer's activation is taken at a instead of at z",
    "Look at where you evaluate the derivative of the first layer.",
    _AT,
)

_LOWER_LAYER = (
    (
        "z-for-the-activation",
        "weight_gradient",
        _z_for_input,
        "with the z of the layer below in the place of its output a",
        "Look at the array that is multiplied by ∂C/∂z to give the weight gradient.",
        _WHOSE,
    ),
    (
        "network-input-for-the-layers-input",
        "weight_gradient",
        _network_input,
        "with the network's input x in the place of what came into the layer",
        "Look at the array that is multiplied by ∂C/∂z to give the weight gradient.",
        _WHOSE,
    ),
)


def _sum_of_rows(ref: GradientsReference, right: Any, layer: int, delta: Array, above: Array) -> Array:
    if ref.case.many:
        return np.outer(delta.sum(axis=1), ref.weight(layer + 1).sum(axis=1))
    return np.asarray(delta.sum() * ref.weight(layer + 1).sum(axis=0))


def _transposed(ref: GradientsReference, right: Any, layer: int, delta: Array, above: Array) -> Array:
    return ref.back(ref.weight(layer + 1).T, delta)


def _going_back(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes on the way from one layer to the one below it."""
    write: Write = partial(mistake, formulas)
    return (
        write(
            "derivative-left-out-in-hidden-layers",
            "hidden_error_signal",
            lambda ref, right, layer, passed_back, one_pass, call: passed_back,
            "without the derivative of the activation in the hidden layers",
            "Look at how ∂C/∂z of a hidden layer is made from the layer above.",
            _FACTOR,
        ),
        write(
            "derivative-left-out-everywhere",
            "multiplied",
            lambda ref, right, gradient, derivative: gradient,
            "without the derivative of the activation in any layer",
            "Look at how every error signal is made.",
            _FACTOR,
        ),
        write(
            "weights-transposed",
            "passed_back",
            _transposed,
            "with the weights transposed the wrong way when the error signal is passed back",
            "Look at the product that carries the error signal to the layer below.",
            "Forward, W maps the input of the layer to its z. Which of W and its transpose maps the sizes back?",
        ),
        write(
            "weights-of-the-wrong-layer",
            "passed_back",
            lambda ref, right, layer, delta, above: ref.back(ref.weight(layer), delta),
            "when the error signal is passed back through the weights of the wrong layer, W⁽ˡ⁾ for W⁽ˡ⁺¹⁾",
            "Look at the index of the weights that carry the error signal back.",
            "Which weights lie between layer l and layer l + 1?",
        ),
        write(
            "sum-of-the-rows-of-the-weights",
            "passed_back",
            _sum_of_rows,
            "when ∂z⁽ˡ⁺¹⁾/∂a⁽ˡ⁾ is taken as a sum over W⁽ˡ⁺¹⁾ instead of the matrix W⁽ˡ⁺¹⁾ itself",
            "Look at the product that carries the error signal to the layer below.",
            "Each a_i moves every z_j, by its own weight. How many numbers is that?",
        ),
        write(
            "weight-gradient-for-weights",
            "passed_back",
            lambda ref, right, layer, delta, above: ref.back(above, delta),
            "when the error signal is passed back through the weight gradient instead of the weights",
            "Look at the matrix that carries the error signal back.",
            "Is it W or ∂C/∂W that the forward pass multiplied by?",
        ),
        write(
            "raw-error-carried",
            "carried",
            lambda ref, right, delta, before_derivative: before_derivative,
            "when what is carried to the layer below is ∂C/∂a, before the derivative was multiplied in",
            "Look at which variable the next round starts from.",
            "Does ∂C/∂z or ∂C/∂a of the layer above appear in the equation?",
        ),
    )


def _any_depth(formulas: Formulas) -> tuple[Misconception, ...]:
    """Return the mistakes that need several layers, a list and two calls to show."""
    write: Write = partial(mistake, formulas)
    one_function = "activation_ders has one entry for every layer. Which one belongs to layer l?"
    return (
        write(
            "derivative-at-the-activation-in-hidden-layers",
            "activation_derivative",
            _only("hidden", _at_output),
            "when the derivative of the activation is taken at a instead of at z, in the hidden layers",
            "Look at where you evaluate the derivatives of the hidden layers.",
            _AT,
        ),
        write(
            "derivative-at-the-activation-at-the-output",
            "activation_derivative",
            _only("output", _at_output),
            "when the derivative of the activation is taken at a instead of at z, in the last layer",
            "Look at where you evaluate the derivative of the last layer.",
            _AT,
        ),
        write(
            "derivative-of-the-layer-above",
            "activation_derivative",
            _one_layer_up,
            "with the derivative of the activation of the layer above, in the hidden layers",
            "Look at the index into activation_ders.",
            one_function,
        ),
        write(
            "derivative-of-the-layer-below",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: _derivative(
                ref, layer - 1 or ref.depth, one_pass.zs[layer - 1], call
            ),
            "with the derivative of the activation of the layer below (and of the last layer in the first)",
            "Look at the index into activation_ders.",
            one_function,
        ),
        write(
            "last-derivative-in-every-layer",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: _derivative(ref, ref.depth, one_pass.zs[layer - 1], call),
            "with the derivative of the last layer's activation in every layer",
            "Look at the index into activation_ders.",
            one_function,
        ),
        write(
            "first-derivative-in-every-layer",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: _derivative(ref, 1, one_pass.zs[layer - 1], call),
            "with the derivative of the first layer's activation in every layer",
            "Look at the index into activation_ders.",
            one_function,
        ),
        write(
            "derivatives-in-reverse-order",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: _derivative(
                ref, ref.depth + 1 - layer, one_pass.zs[layer - 1], call
            ),
            "with the entries of activation_ders in reverse order",
            "Look at the index into activation_ders when your loop runs backwards.",
            one_function,
        ),
        write(
            "sigmoid-derivative-in-every-layer",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: (
                sigmoid(one_pass.zs[layer - 1]) * (1 - sigmoid(one_pass.zs[layer - 1]))
            ),
            "with the derivative of the sigmoid in every layer, whatever activation_ders holds",
            "Look at which of your arguments is never used.",
            one_function,
        ),
        write(
            "sigmoid-formula-in-every-layer",
            "activation_derivative",
            lambda ref, right, layer, one_pass, call: one_pass.outputs[layer - 1] * (1 - one_pass.outputs[layer - 1]),
            "with a (1 - a) as the derivative in every layer, which holds for the sigmoid only",
            "Look at which of your arguments is never used.",
            one_function,
        ),
        write(
            "cost-der-ignored",
            "cost_derivative_taken",
            lambda ref, right, call: 0,
            "with mse_der, whatever is given as cost_der",
            "Look at which of your arguments is never used.",
            "The cost may be another one. Which argument knows its derivative?",
        ),
        write(
            "derivative-of-a-sum",
            "loss_gradient",
            lambda ref, right, predict, target, call, one_pass: (
                right(predict, target, call, one_pass) if call else 2 * (predict - target)
            ),
            "when the default cost is taken as a sum of squares and not as a mean",
            "Look at the derivative of the default cost.",
            "mse_der is there already. Does your backpropagation call it, through cost_der?",
        ),
        write(
            "order-reversed",
            "collected",
            lambda ref, right, pairs: pairs[::-1],
            "when the gradients are returned from the last layer to the first",
            "Look at the order of your list.",
            "You work from the last layer to the first. Which layer should come first in the list?",
        ),
        write(
            "last-layer-only",
            "collected",
            lambda ref, right, pairs: pairs[-1:],
            "when the gradients of the last layer are all that comes back",
            "Look at which layers your loop visits, and where your function returns.",
            "How many pairs are there for L layers?",
        ),
        write(
            "first-layer-left-out",
            "collected",
            lambda ref, right, pairs: pairs[1:],
            "when the first layer's gradients are missing",
            "Look at where your loop over the layers ends.",
            "Does range(n, 0, -1) reach 0?",
        ),
    )


# --- rows of samples -------------------------------------------------------------------------------------------


def _batch(label: str, step: str, otherwise: Callable[..., Any], says: str, look: str, think: str) -> Misconception:
    return mistake(BATCH, label, step, otherwise, says, look, think)


def _averaged(ref: GradientsReference, right: Any, call: int) -> Pairs:
    samples = len(ref.data(call)[0])
    return [(dw / samples, db / samples) for dw, db in right(call)]


def _cost_sample_by_sample(
    ref: GradientsReference, right: Any, predict: Array, target: Array, call: int, one_pass: Pass
) -> Array:
    rows = [
        own_cost_der(p, t) if call else 2 / p.size * (p - t)
        for p, t in zip(predict, np.broadcast_to(target, predict.shape), strict=True)
    ]
    return np.array(rows)


def _samples_averaged(
    ref: GradientsReference, right: Any, predict: Array, target: Array, call: int, one_pass: Pass
) -> Array:
    return _cost_sample_by_sample(ref, right, predict, target, call, one_pass) / len(predict)


def _of_one(ref: GradientsReference, right: Any, layer: int, incoming: Array) -> Array:
    return np.asarray(ref.weight(layer) @ incoming + ref.case.biases[layer - 1])


Product = Callable[[Array, Array], Array]


def _code_of_one(outer: Product, back: Product, bias: Callable[[Array], Array]) -> Callable[..., Any]:
    """Return the gradients of code for one sample that gets a batch, from its three products."""

    def gradients(ref: GradientsReference, right: Any, call: int) -> Pairs:
        x, target = ref.data(call)
        one_pass = ref.forward(x, call)
        gradient = ref.loss_gradient(one_pass.outputs[-1], target, ref.cost_derivative_taken(call), one_pass)
        delta = ref.output_error_signal(gradient, one_pass, call)
        pairs: Pairs = []
        for layer in range(ref.depth, 0, -1):
            pairs.insert(0, (outer(delta, one_pass.inputs[layer - 1]), bias(delta)))
            if layer > 1:
                delta = ref.hidden_error_signal(layer - 1, back(ref.weight(layer), delta), one_pass, call)
        return pairs

    return gradients


def _called_with_a_batch(ref: GradientsReference, right: Any, call: int) -> Pairs:
    """Return what the function for one sample, called with a batch, makes of it where all products fit."""

    class OfOne(type(ref)):  # type: ignore[misc] # the class with its other mistakes
        def weighted_input(self, layer: int, incoming: Array) -> Array:
            return _of_one(self, None, layer, incoming)

    code = _code_of_one(lambda delta, a: delta @ a.T, lambda weight, delta: weight.T @ delta, lambda d: d.sum(axis=0))
    pairs: Pairs = code(OfOne(ref.case, ref.own, ref.last_stage), None, call)
    return pairs


_ANEW = (
    "Samples are rows now and weights are (in, out). On which side stands W, and where does the sum over samples go?"
)
_SHARED = "All samples share the same bias. What does the chain rule do with several ways from b to C?"
_ONCE = "The 1/N of the mean is in cost_der already. Does it belong in a second time?"

_ROWS = (
    _batch(
        "backpropagation-of-one-sample-called",
        "gradients",
        _called_with_a_batch,
        "when backpropagation, the function for one sample, is called with the whole batch",
        "Look at the function that does the work.",
        _ANEW,
    ),
    _batch(
        "saver-of-one-sample",
        "weighted_input",
        _of_one,
        "with feed_forward_saver, or its product W a, which is for one sample",
        "Look at the forward pass with which your function begins.",
        "Which of your two functions that save the forward pass knows rows of samples?",
    ),
    _batch(
        "products-of-one-sample",
        "gradients",
        _code_of_one(np.outer, lambda weight, delta: weight.T @ delta, lambda delta: delta),
        "with the products of one sample, np.outer(δ, a) and Wᵀ δ, for a whole batch, and no sum over the samples",
        "Look at each product: it was written for vectors.",
        _ANEW,
    ),
    _batch(
        "products-of-one-sample-from-the-right",
        "gradients",
        _code_of_one(np.outer, lambda weight, delta: delta @ weight, lambda delta: delta),
        "with the products of one sample, np.outer(δ, a) and δ W, for a whole batch, and no sum over the samples",
        "Look at each product: it was written for vectors.",
        _ANEW,
    ),
    _batch(
        "outer-product-of-matrices",
        "outer",
        lambda ref, right, delta, incoming: np.outer(incoming, delta),
        "with np.outer of two matrices, which flattens both and multiplies every entry by every other one",
        "Look at the product for the weight gradient, and at its shape.",
        "An outer product belongs to one sample. Which product of A and Δ sums the outer products of all samples?",
    ),
    _batch(
        "bias-not-summed",
        "bias_gradient",
        lambda ref, right, layer, delta: delta,
        "when the bias gradient is not summed over the samples",
        "Look at the shape of the bias gradient.",
        _SHARED,
    ),
    _batch(
        "bias-averaged",
        "bias_gradient",
        lambda ref, right, layer, delta: delta.mean(axis=0),
        "when the bias gradient is averaged over the samples and not summed",
        "Look at how the rows become one bias gradient.",
        _ONCE,
    ),
    _batch(
        "bias-summed-over-the-nodes",
        "bias_gradient",
        lambda ref, right, layer, delta: delta.sum(axis=1),
        "when the bias gradient is summed over the neurons and not over the samples",
        "Look at the axis of your sum.",
        "Rows are samples. Which axis should be gone afterwards?",
    ),
    _batch(
        "bias-summed-over-everything",
        "bias_gradient",
        lambda ref, right, layer, delta: np.asarray(delta.sum()),
        "when the bias gradient is summed over everything: one number for the whole layer",
        "Look at the axis of your sum.",
        "How many biases does a layer have?",
    ),
    _batch(
        "bias-of-the-first-sample",
        "bias_gradient",
        lambda ref, right, layer, delta: delta[0],
        "when the bias gradient is that of the first sample only",
        "Look at which rows enter the bias gradient.",
        _SHARED,
    ),
    _batch(
        "bias-times-batch-size",
        "bias_gradient",
        lambda ref, right, layer, delta: right(layer, delta) * len(delta),
        "when the bias gradient is N times too large",
        "Look at the constants in the bias gradient.",
        _ONCE,
    ),
    _batch(
        "weight-averaged",
        "weight_gradient",
        lambda ref, right, layer, delta, one_pass: right(layer, delta, one_pass) / len(delta),
        "when the weight gradient is divided by the number of samples once more",
        "Look at what you do after the product for the weight gradient.",
        _ONCE,
    ),
    _batch(
        "averaged-twice",
        "gradients",
        _averaged,
        "when all gradients are divided by the number of samples once more",
        "Look at every place where you divide by the number of samples.",
        _ONCE,
    ),
    _batch(
        "diagonal-of-a-matrix",
        "output_error_signal",
        lambda ref, right, gradient, one_pass, call: (
            gradient @ np.diag(ref.activation_derivative(ref.depth, one_pass, call))
        ),
        "with np.diag of a matrix: for one sample it makes a diagonal matrix, but of a matrix it takes the diagonal",
        "Look at np.diag in code that was written for one sample.",
        "What does np.diag give for an array of shape (N, K)?",
    ),
    _batch(
        "divided-by-the-samples-only",
        "loss_gradient",
        lambda ref, right, predict, target, call, one_pass: (
            right(predict, target, call, one_pass) if call else 2 / len(predict) * (predict - target)
        ),
        "when the default cost is divided by the N samples and not by all N K entries",
        "Look at the derivative of the default cost.",
        "mse_der is there already. Does your backpropagation_batch call it, through cost_der?",
    ),
    _batch(
        "one-target-for-all",
        "loss_gradient",
        lambda ref, right, predict, target, call, one_pass: right(predict, target[0], call, one_pass),
        "when all samples are compared with the target of the first one",
        "Look at the shape of the target that you hand to cost_der.",
        "A vector minus a matrix broadcasts without a word. Which shape should the target have?",
    ),
    _batch(
        "cost-der-sample-by-sample",
        "loss_gradient",
        _samples_averaged,
        "when cost_der is called for one sample at a time: it contains a mean over the samples and needs all of them",
        "Look at what you hand to cost_der.",
        "What is len(predict) inside cost_der if predict is a single row?",
    ),
    _batch(
        "samples-summed-not-averaged",
        "loss_gradient",
        _cost_sample_by_sample,
        "when cost_der is called for one sample at a time and the gradients are summed: the 1/N of the mean is lost",
        "Look at what you hand to cost_der.",
        "What is len(predict) inside cost_der if predict is a single row?",
    ),
)

BACKWARD: dict[str, tuple[Misconception, ...]] = {
    "gradients_by_autograd": _ARGUMENTS,
    "gradients_one_layer": (*_layer_mistakes(ONE), *_in_the_forward_pass(ONE)),
    "gradients_layer_2": (
        *_layer_mistakes(TWO),
        *_in_the_forward_pass(TWO),
        mistake(TWO, *_HIDDEN),
        *(mistake(TWO, *entry) for entry in _LOWER_LAYER),
    ),
    "gradients_layer_1": (
        *_in_the_forward_pass(TWO),
        mistake(TWO, *_HIDDEN),
        mistake(TWO, *_HIDDEN_AT_A),
        *(m for m in _layer_mistakes(TWO) if m.label != "derivative-left-out-at-the-output"),
        mistake(
            TWO,
            "derivative-left-out-at-the-output",
            "output_error_signal",
            lambda ref, right, gradient, one_pass, call: gradient,
            "without the derivative of the second layer's activation",
            "Look at ∂C/∂z2, where the way back begins.",
            _FACTOR,
        ),
        *(m for m in _going_back(TWO) if m.label != "raw-error-carried"),
    ),
    "backpropagation": (
        *_layer_mistakes(DEEP),
        *(mistake(DEEP, *entry) for entry in _LOWER_LAYER),
        *_going_back(DEEP),
        *_any_depth(DEEP),
    ),
    "backpropagation_batch": (
        *_layer_mistakes(BATCH),
        *(mistake(BATCH, *entry) for entry in _LOWER_LAYER),
        *_going_back(BATCH),
        *_any_depth(BATCH),
        *_ROWS,
    ),
}
"""Mistakes in the gradients, by task."""
