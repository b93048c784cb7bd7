"""The tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts.

Longer than 400 lines because it is data: one entry for each task, with its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.chain_rule import reference as ref
from checks.chain_rule import reference_creating as creating
from checks.chain_rule import reference_networks as networks
from checks.chain_rule import reference_training as training
from checks.chain_rule.case import (
    BIAS,
    BIAS_GRADIENT,
    BIAS_SHAPE,
    CALLS,
    DIFFERENTIABLE,
    FOR_A_VECTOR,
    FOR_INTEGERS,
    GRADIENTS,
    INPUTS_SAVED,
    LAYERS,
    LOSSES,
    PROBABILITIES,
    RETURNED,
    RETURNS,
    SYMBOLS,
    TRAINED,
    VARIETY,
    WEIGHT,
    WEIGHT_GRADIENT,
    WEIGHT_SHAPE,
    ZS_SAVED,
)
from checks.chain_rule.misconceptions import MISCONCEPTIONS, TRAIN_VARIANTS
from checks.chain_rule.observe_networks import ALIKE
from checks.judging.comparing import Comparison
from checks.judging.reference import Reference
from checks.judging.task import Location, Part, Task, of_kind, those
from checks.observing.observation import Observation, single_precision
from checks.observing.quantity import FIRST, SECOND, Quantity, named

Locate = Callable[[Sequence[Comparison]], Location]

# --- where an error starts -------------------------------------------------------------------------------------


def locate_array(comparisons: Sequence[Comparison]) -> Location:
    """Name the first wrong quantity, and what is right before it."""
    wrong = next(c for c in comparisons if not c.right)
    right = [c.quantity for c in comparisons[: list(comparisons).index(wrong)] if c.right]
    if wrong.quantity == DIFFERENTIABLE:
        return Location(
            "the numbers are right, but autograd cannot differentiate it.",
            "Use functions of autograd.numpy (here `np`) all the way, and return what they give.",
            numbers=False,
        )
    before = f"{named(right[-1])} {_is_or_are(right[-1])} right." if right else ""
    if wrong.quantity.call == SECOND:
        return Location("the first call is right, a second call with other data is not.", before)
    article = "" if wrong.quantity.kind in SYMBOLS else "the "
    return Location(f"{article}{wrong.quantity} {_is_or_are(wrong.quantity)} wrong.", before)


def _is_or_are(quantity: Quantity) -> str:
    return "are" if quantity.kind == PROBABILITIES.kind else "is"


def locate_pair(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the two gradients of a layer is wrong, and what that means."""
    weight, bias = comparisons[:2]
    if weight.right:
        return Location(
            f"{bias.quantity} is wrong.",
            f"{weight.quantity} is right, so ∂C/∂z is right too: the error is in how {bias.quantity} is made from it.",
        )
    if bias.right:
        return Location(
            f"{weight.quantity} is wrong.",
            f"{bias.quantity} is right, so ∂C/∂z is right too: the error is in how {weight.quantity} is made from it.",
        )
    if weight.came is not None and weight.came.shape == bias.expected.shape:
        return Location("the first of the two should be dC/dW, of the shape of W.")
    return Location(
        "both gradients are wrong.", "Both are made from ∂C/∂z, so look there first, and at what that is made from."
    )


def locate_autograd(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the two gradients that autograd should find is wrong."""
    wrong = [str(c.quantity) for c in comparisons if not c.right]
    return Location(f"{' and '.join(wrong)} {'are' if len(wrong) > 1 else 'is'} wrong.")


def locate_backpropagation(comparisons: Sequence[Comparison]) -> Location:
    """Find the first layer, from the last to the first, whose gradients are wrong, and what that means for δ."""
    first = {c.quantity: c for c in comparisons if c.quantity.call == FIRST}
    if all(c.right for c in first.values()):
        return Location(
            "it is right with the default cost_der, but not in a second call with another cost_der and other data.",
            "The second call has its own cost_der, activation functions and derivatives.",
        )
    layers = sorted({quantity.layer for quantity in first}, reverse=True)
    pairs = {layer: [first[Quantity(kind, layer)] for kind in GRADIENTS] for layer in layers}
    wrong = next(layer for layer in layers if not all(c.right for c in pairs[layer]))
    above = [layer for layer in layers if layer > wrong]
    names = " and ".join([", ".join(map(str, above[:-1])), str(above[-1])] if len(above) > 1 else map(str, above))
    so_far = f"Layer{'s' * (len(above) > 1)} {names} {'are' if len(above) > 1 else 'is'} right" if above else ""
    weight, bias = pairs[wrong]
    if weight.came is None and bias.came is None:
        return Location(f"the gradients of layer {wrong} are missing.", f"{so_far}." if so_far else "")
    if weight.right:
        return Location(
            f"dC/db of layer {wrong} is wrong.",
            f"dC/dW of layer {wrong} is right, so its error signal is right too: the error is in how dC/db is made "
            "from it.",
        )
    if bias.right:
        return Location(
            f"dC/dW of layer {wrong} is wrong.",
            f"dC/db of layer {wrong} is right, so its error signal is right too: the error is in how dC/dW is made "
            "from it.",
        )
    if not above:
        return Location(
            f"the gradients of layer {wrong}, the last one, are wrong.",
            "Both are made from its error signal, so look there first; then at the derivative of the cost that "
            "it is made from, and at the order of what you return.",
        )
    return Location(
        f"the gradients of layer {wrong} are wrong.",
        f"{so_far}, so the error starts between the error signals of layers {wrong + 1} and {wrong}.",
    )


MEANT = {WEIGHT_SHAPE: WEIGHT, VARIETY: WEIGHT, BIAS_SHAPE: BIAS}
"""What of a layer it is whose shape or variety is observed."""


def locate_layers(comparisons: Sequence[Comparison]) -> Location:
    """Say which shape is wrong, in words that show both shapes."""
    wrong = next(c for c in comparisons if not c.right)
    kind, layer = wrong.quantity.kind, wrong.quantity.layer
    what = Quantity(MEANT[kind], layer) if kind in MEANT else "layers"
    if wrong.came is None or wrong.remark:
        return Location(f"{what} could not be read.", numbers=False)
    if wrong.quantity == LAYERS:
        return Location(
            f"the number of layers is {int(wrong.came)}, but layer_output_sizes asks for {int(wrong.expected)}.",
            numbers=False,
        )
    if kind == VARIETY:
        if wrong.came < 0:
            return Location(f"some entries of {what} are not finite (nan or inf).", numbers=False)
        if wrong.came == ALIKE:
            return Location(
                f"all neurons have the same weights in {what}.",
                "Draw every entry at random, so that the neurons of a layer can become different.",
                numbers=False,
            )
        return Location(
            f"all entries of {what} are equal.",
            "Draw them at random, so that the neurons of a layer can become different.",
            numbers=False,
        )
    yours, expected = (_as_shape(array) for array in (wrong.came, wrong.expected))
    return Location(f"{what} has shape {yours}; it should have {expected}.", numbers=False)


def _as_shape(array: Any) -> tuple[int, ...]:
    return tuple(int(size) for size in array if size >= 0)


def locate_saved(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the three lists is wrong, and where."""
    wrong = next(c for c in comparisons if not c.right)
    what = {INPUTS_SAVED: "layer_inputs", ZS_SAVED: "zs"}.get(wrong.quantity)
    if what and wrong.came is not None and not wrong.remark:
        return Location(
            f"{what} has {int(wrong.came)} entries; with {int(wrong.expected)} layers it should have "
            f"{int(wrong.expected)}.",
            numbers=False,
        )
    return locate_array(comparisons)


def locate_training(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the form of the result, the trained layers and the losses is wrong first."""
    wrong = {c.quantity: c for c in comparisons if not c.right}
    form = wrong.get(RETURNED)
    if form is not None and form.came is not None and not form.remark and form.came in range(len(RETURNS)):
        return Location(f"it returns {RETURNS[int(form.came)]}; it should return {RETURNS[0]}.", numbers=False)
    if list(wrong) == [LOSSES]:
        return Location("the losses are wrong.", "The layers are trained as they should be.")
    return Location("the layers are not trained as they should be.")


def object_to_differences(case: Any, observation: Observation, comparisons: Sequence[Comparison]) -> str:
    """Object to gradients from differences of the cost: many forward passes, and agreement to some digits only."""
    calls = observation.arrays.get(CALLS)
    if case.dtype is np.float32 or calls is None or calls <= 3 * (case.batch if case.many else 1) + 3:
        return ""
    if max(c.error for c in comparisons) < 1e-12:
        return ""
    return (
        "Your code goes forward many times to differentiate by small differences. Here the gradients are to be "
        "computed from the equations, with one pass; differences are good for comparing with afterwards."
    )


def object_to_few_digits(case: Any, observation: Observation, comparisons: Sequence[Comparison]) -> str:
    """Object to derivatives that agree to some digits only: by formula it is 15 of them, and 7 in single precision."""
    worst = max(c.error for c in comparisons)
    single = case.dtype is np.float32 or any(single_precision(array) for array in observation.arrays.values())
    rounded = all((array == array.round(11)).all() for array in observation.arrays.values())
    if single or rounded or not 1e-12 < worst < 1e-8:  # above, single precision on the way may be the reason
        return ""
    return (
        f"Your numbers agree with the right ones to {int(-np.log10(worst))} digits only, as a difference quotient "
        "does. Here the derivative is to be computed from its formula, which gives about 15; a difference quotient is "
        "good for comparing with afterwards."
    )


# --- the tasks -------------------------------------------------------------------------------------------------


def _stage(quantity: Quantity) -> int:
    """What a second call and autograd say comes after the numbers of the first call."""
    return 2 if quantity == DIFFERENTIABLE else int(quantity.call == SECOND or quantity.aspect == FOR_INTEGERS)


def _gradients(kind: str, last: bool) -> Callable[[Sequence[Quantity]], Sequence[Quantity]]:
    """Choose the weight or bias gradients of the last layer or of the others, in the first call."""

    def chosen(quantities: Sequence[Quantity]) -> Sequence[Quantity]:
        first = [quantity for quantity in quantities if quantity.call == FIRST]
        depth = max(quantity.layer for quantity in first)
        return [quantity for quantity in first if quantity.kind == kind and (quantity.layer == depth) == last]

    return chosen


PAIR = (
    Part("the bias gradient", of_kind(BIAS_GRADIENT), 1),
    Part("the weight gradient", of_kind(WEIGHT_GRADIENT), 1),
)
NUMBERS = (
    Part("the numbers", those(lambda quantity: quantity != DIFFERENTIABLE), 1),
    Part("the way that autograd can follow", lambda names: names, 1),  # worth something only if the numbers are right
)
PARTS = (
    Part("the bias gradient of the last layer", _gradients(BIAS_GRADIENT, True), 1),
    Part("the weight gradient of the last layer", _gradients(WEIGHT_GRADIENT, True), 1),
    Part("the bias gradients of the other layers", _gradients(BIAS_GRADIENT, False), 2),
    Part("the weight gradients of the other layers", _gradients(WEIGHT_GRADIENT, False), 2),
    Part("the call with another cost_der", those(lambda quantity: quantity.call == SECOND), 2),
)
MEAN = "The cost is the mean over the K outputs, equation (3), and over all N K entries of a batch, equation (24)."


def _task(
    name: str,
    reference: type[Reference],
    praise: str,
    hints: tuple[str, ...],
    locate: Locate = locate_array,
    *,
    stage: Callable[[Quantity], int] = _stage,
    **more: Any,
) -> Task:
    return Task(name, reference, MISCONCEPTIONS[name], praise, hints, locate, stage=stage, **more)


_ALL = (
    _task(
        "feed_forward_one_layer",
        ref.OneLayerReference,
        "The activations agree",
        (
            "Look at the two steps of a layer.",
            "First z from W, b and x, then a from z. `sigmoid` is given.",
            "Equations (1) and (2): z = W x + b, a = σ(z).",
        ),
        parts=NUMBERS,
    ),
    _task(
        "cost_one_layer",
        ref.CostReference,
        "The cost agrees",
        (
            "Look at the two things that the cost compares.",
            "You have a function for the prediction already. How do the K squared errors become one number?",
            "Equation (3): C = 1/K Σ (a_k - t_k)².",
        ),
        parts=NUMBERS,
        convention=MEAN,
    ),
    _task(
        "gradients_by_autograd",
        ref.ByAutogradReference,
        "Both gradients agree",
        (
            "Look at what `grad` gives: a function.",
            "grad(f, i) is the function that computes the derivative of f with respect to its argument number i.",
            "Equations (4) and (5): ∂C/∂W and ∂C/∂b, with the shapes of W and b.",
        ),
        locate_autograd,
        parts=PAIR,
    ),
    _task(
        "mse_der",
        ref.MseDerReference,
        "The derivatives for a vector, a matrix and integers agree",
        (
            "Look at the formula of the cost, and at one entry of the prediction.",
            "Which terms of the sum contain p_k? How many terms are averaged if p is a matrix?",
            "Equation (6): ∂C/∂p = 2/size (p - t), entry by entry; size is the number of all entries.",
        ),
        parts=(
            Part("the vector", those(lambda quantity: quantity.aspect == FOR_A_VECTOR), 1),
            Part("the matrix", those(lambda quantity: quantity.aspect != FOR_A_VECTOR), 1),
        ),
        convention=MEAN,
        stage=lambda _: 0,
        objection=object_to_few_digits,
    ),
    _task(
        "sigmoid_der",
        ref.SigmoidDerReference,
        "The derivatives for a vector, a matrix and integers agree",
        (
            "Look at σ(z) = 1/(1 + exp(-z)), and differentiate with respect to z.",
            "The result can be written with σ(z) alone.",
            "Equation (7): σ'(z) = σ(z) (1 - σ(z)), entry by entry.",
        ),
        objection=object_to_few_digits,
    ),
    _task(
        "sigmoid_jacobian",
        ref.JacobianReference,
        "The Jacobian agrees",
        (
            "Look at one entry: how does a_i change when z_j moves?",
            "a_i depends on z_i alone. Which entries of the matrix are then zero?",
            "Equation (8): ∂a/∂z = diag(σ'(z)), of shape (out, out).",
        ),
        objection=object_to_few_digits,
    ),
    _task(
        "dC_dz",
        ref.ErrorSignalReference,
        "The derivative agrees",
        (
            "Look at the chain from z to C.",
            "Two factors: how C changes with a, and how a changes with z. You have a function for each.",
            "Equation (9): ∂C/∂z = ∂C/∂a · ∂a/∂z.",
        ),
        convention=MEAN,
        objection=object_to_few_digits,
    ),
    _task(
        "dz_dW",
        ref.WeightJacobianReference,
        "The derivative and the order of its axes agree",
        (
            "Look at one entry: how does z_i change when W_jk moves?",
            "Row j of W makes z_j and no other. Which part of the array is zero, and what fills the rest?",
            "Equation (10): ∂z_i/∂W_jk = x_k if i = j, else 0; axes (out, out, in).",
        ),
        objection=object_to_few_digits,
    ),
    _task(
        "dz_db",
        ref.BiasJacobianReference,
        "The derivative agrees",
        (
            "Look at one entry: how does z_i change when b_j moves?",
            "b_j is added to z_j and to no other.",
            "Equation (11): ∂z_i/∂b_j = 1 if i = j, else 0.",
        ),
        objection=object_to_few_digits,
    ),
    _task(
        "gradients_one_layer",
        ref.OneLayerGradientsReference,
        "Both gradients agree",
        (
            "Look at the chain from W to C: through z and a.",
            "∂C/∂z is the part that both gradients share. What remains is ∂z/∂W and ∂z/∂b.",
            "Equations (12) and (13): ∂C/∂W_jk = ∂C/∂z_j x_k and ∂C/∂b = ∂C/∂z.",
        ),
        locate_pair,
        parts=PAIR,
        convention=MEAN,
        objection=object_to_few_digits,
    ),
    _task(
        "feed_forward_two_layers",
        ref.TwoLayersReference,
        "The output agrees",
        (
            "Look at what the second layer receives.",
            "You have a function for one layer. Its output is the next one's input.",
            "Equation (14): a1 = σ(W1 x + b1), a2 = σ(W2 a1 + b2).",
        ),
        parts=NUMBERS,
    ),
    _task(
        "gradients_layer_2",
        ref.SecondLayerReference,
        "Both gradients agree",
        (
            "Look at the second layer alone: to it, a1 is what x is to a single layer.",
            "∂C/∂z2 first. Then, what came into layer 2?",
            "Equation (17): ∂C/∂W2 is the outer product of ∂C/∂z2 and a1, and ∂C/∂b2 = ∂C/∂z2.",
        ),
        locate_pair,
        parts=PAIR,
        convention=MEAN,
        objection=object_to_few_digits,
    ),
    _task(
        "gradients_layer_1",
        ref.FirstLayerReference,
        "Both gradients agree",
        (
            "Look at the chain from z1 to C: through a1, z2 and a2.",
            "∂C/∂z2 is known. The new factors are ∂z2/∂a1 and ∂a1/∂z1.",
            "Equations (15) to (17): ∂C/∂z1 = (∂C/∂z2 · W2) · diag(σ'(z1)); ∂C/∂W1 is its outer product with x.",
        ),
        locate_pair,
        parts=PAIR,
        convention=MEAN,
        objection=object_to_few_digits,
    ),
    _task(
        "create_layers",
        creating.CreateReference,
        "The number of layers and all shapes agree",
        (
            "Look at how many numbers come into each layer, and how many leave it.",
            "What leaves a layer comes into the next one.",
            "Equation (18): W⁽ˡ⁾ is (n_l, n_(l-1)) and b⁽ˡ⁾ is (n_l,).",
        ),
        locate_layers,
        stage=lambda _: 0,
    ),
    _task(
        "feed_forward",
        networks.ForwardReference,
        "The predictions of two calls agree",
        (
            "Look at how the output of one layer becomes the input of the next.",
            "Each layer has its own W, b and activation function. Which Python function walks through two lists?",
            "Equation (18): a⁽ˡ⁾ = φ⁽ˡ⁾(W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾), with a⁽⁰⁾ = x.",
        ),
        parts=NUMBERS,
    ),
    _task(
        "feed_forward_saver",
        networks.SaverReference,
        "What is saved agrees",
        (
            "Look at each round of the loop of feed_forward: what will the backward pass need of it?",
            "One entry for each layer in both lists: what came in, and z.",
            "Equation (18): layer_inputs = a⁽⁰⁾ … a⁽ᴸ⁻¹⁾, zs = z⁽¹⁾ … z⁽ᴸ⁾, predict = a⁽ᴸ⁾.",
        ),
        locate_saved,
    ),
    _task(
        "backpropagation",
        networks.GradientsReference,
        "Every gradient agrees, with the default cost_der and with another,",
        (
            "Start at the end: what is the error signal of the last layer, and which two gradients follow from it?",
            "Then go down layer by layer: the error signal below needs the one above, its weights, and a derivative.",
            "Equations (19) to (22): δ⁽ᴸ⁾ = ∂C/∂a⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(z⁽ᴸ⁾); δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾) ⊙ φ⁽ˡ⁾'(z⁽ˡ⁾); "
            "∂C/∂W⁽ˡ⁾ = δ⁽ˡ⁾ a⁽ˡ⁻¹⁾ᵀ; ∂C/∂b⁽ˡ⁾ = δ⁽ˡ⁾.",
        ),
        locate_backpropagation,
        parts=PARTS,
        convention=MEAN,
        objection=object_to_differences,
    ),
    _task(
        "create_layers_batch",
        creating.BatchCreateReference,
        "The number of layers and all shapes agree",
        (
            "Look at the shape of the inputs: rows are samples.",
            "Z = A W + b. What must W be for (N, in) to become (N, out)?",
            "Equation (23): W⁽ˡ⁾ is (n_(l-1), n_l) and b⁽ˡ⁾ is (n_l,).",
        ),
        locate_layers,
        stage=lambda _: 0,
    ),
    _task(
        "feed_forward_batch",
        networks.BatchForwardReference,
        "The predictions of two calls agree",
        (
            "Look at the order of the product.",
            "Rows are samples, and each row is to be multiplied by W. On which side does W stand?",
            "Equation (23): A⁽ˡ⁾ = φ⁽ˡ⁾(A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾), with A⁽⁰⁾ = X.",
        ),
        parts=NUMBERS,
    ),
    _task(
        "feed_forward_saver_batch",
        networks.BatchSaverReference,
        "What is saved agrees",
        (
            "Look at your feed_forward_saver: what changes for rows of samples?",
            "The lists are the same, the product is another.",
            "Equation (23): layer_inputs = A⁽⁰⁾ … A⁽ᴸ⁻¹⁾, zs = Z⁽¹⁾ … Z⁽ᴸ⁾, predict = A⁽ᴸ⁾.",
        ),
        locate_saved,
    ),
    _task(
        "backpropagation_batch",
        networks.BatchGradientsReference,
        "Every gradient agrees, with the default cost_der and with another,",
        (
            "Write down the shape of every array, with N for the samples. Which axis must disappear in the gradients?",
            "The error signals keep their rows. The gradients sum over the samples, the weights' inside a product.",
            "Equations (25) to (29): Δ⁽ᴸ⁾ = ∂C/∂A⁽ᴸ⁾ ⊙ φ⁽ᴸ⁾'(Z⁽ᴸ⁾); Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾); "
            "∂C/∂W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾; ∂C/∂b⁽ˡ⁾ = column sums of Δ⁽ˡ⁾.",
        ),
        locate_backpropagation,
        parts=PARTS,
        convention=MEAN,
        stage=lambda _: 0,  # in the first call alone two mistakes can look like a third one
        objection=object_to_differences,
    ),
    _task(
        "softmax",
        training.SoftmaxReference,
        "The probabilities agree",
        (
            "Look at one row: it is one sample.",
            "Exponentials first, then each row is divided by its own sum. Which shape must the sums have?",
            "Equation (30): p_nk = exp(z_nk) / Σ_j exp(z_nj).",
        ),
        parts=NUMBERS,
    ),
    _task(
        "cross_entropy",
        training.CrossEntropyReference,
        "The cost agrees",
        (
            "Look at one sample: which of its probabilities matters?",
            "The one-hot target picks it out of the sum. Then comes a mean. Over what?",
            "Equation (31): C = -1/N Σ_n Σ_k t_nk ln p_nk.",
        ),
        parts=NUMBERS,
        convention="The cross-entropy is the mean over the N samples, equation (31).",
    ),
    _task(
        "softmax_cross_entropy_der",
        training.MergedDerivativeReference,
        "The derivative agrees",
        (
            "Look at what is left when the derivatives of the cost and of the softmax are multiplied.",
            "Nearly everything cancels. But the cost was a mean.",
            "Equation (32): ∂C/∂Z = (P - T) / N, for one-hot targets.",
        ),
        convention="The cross-entropy is the mean over the N samples, equation (31), so its derivative is (P - T) / N.",
        objection=object_to_few_digits,
    ),
    _task(
        "train_network",
        training.TrainReference,
        "The trained layers and the losses agree",
        (
            "Look at what has to happen once in every epoch.",
            "How large is the cost now, which way is down, and a step that way. You have a function for the first two.",
            "In each epoch: record C, equation (31); gradients, (25) to (29); update, (33). Return (layers, losses).",
        ),
        locate_training,
        parts=(
            Part("the trained layers", those(lambda quantity: quantity.aspect == TRAINED), 1),
            Part("the losses", those(lambda quantity: quantity.aspect != TRAINED), 1),
        ),
        variants=TRAIN_VARIANTS,
        stage=lambda quantity: int(quantity == LOSSES),
    ),
)

TASKS: dict[str, Task] = {task.name: task for task in _ALL}
"""The tasks by name, in the order of the notebook."""
