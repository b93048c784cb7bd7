"""The five tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from checks.judging.comparing import Comparison
from checks.judging.task import Location, Part, Task, of_kind, second_is_later, those
from checks.neural_network import misconceptions
from checks.neural_network.case import (
    BIAS,
    BIAS_GRADIENT,
    LOSSES,
    PASSES,
    PREDICTION,
    RETURNED,
    RETURNS,
    SAME_NETWORK,
    TRAINED,
    WEIGHT,
    WEIGHT_GRADIENT,
    NetworkCase,
)
from checks.neural_network.reference import (
    BackwardReference,
    ForwardReference,
    LossReference,
    UpdateReference,
)
from checks.neural_network.reference_training import TrainReference
from checks.numerals import of_layer
from checks.observing.observation import Observation
from checks.observing.quantity import FIRST, SECOND, Quantity

CONVENTION = (
    "The loss is the mean over all N K entries, equation (3), so its gradient is 2/(N K) (Ŷ - Y), equation (4)."
)


def _listed(layers: Sequence[int]) -> str:
    """Write 'layer 3' or 'layers 3 and 2'."""
    if len(layers) == 1:
        return f"layer {layers[0]}"
    return f"layers {', '.join(map(str, layers[:-1]))} and {layers[-1]}"


def _is_or_are(layers: Sequence[int]) -> str:
    return "is" if len(layers) == 1 else "are"


# --- where an error starts -------------------------------------------------------------------------------------


def locate_forward(comparisons: Sequence[Comparison]) -> Location:
    """Tell a wrong prediction from a pass that the layers do not remember."""
    wrong = [c for c in comparisons if not c.right]
    if wrong[0].quantity == PREDICTION.in_call(SECOND):
        return Location("the first call is right, a second call with other data is not.")
    if wrong[0].quantity == PREDICTION:
        return Location("the prediction is wrong.")
    if wrong[0].came is None:
        return Location("the prediction is right, but the layers do not remember the pass.")
    return Location(f"the prediction is right, but {wrong[0].quantity} is not.")


def locate_loss(comparisons: Sequence[Comparison]) -> Location:
    """The loss is one number; there is only one place."""
    if comparisons[0].right:
        return Location("the first call is right, a second call with other data is not.")
    return Location("the loss is wrong.", "The forward pass was done for you, so the error is in the loss itself.")


def locate_backward(comparisons: Sequence[Comparison]) -> Location:
    """Find the first layer, from the last to the first, whose gradients are wrong, and what that means for delta."""
    first = {c.quantity: c for c in comparisons if c.quantity.call == FIRST}
    if all(c.right for c in first.values()):
        return Location(
            "the first call is right, a second call with other data is not.",
            "Is something left over from the first call?",
        )
    layers = sorted({quantity.layer for quantity in first}, reverse=True)
    weights = {layer: first[Quantity(WEIGHT_GRADIENT, layer)] for layer in layers}
    biases = {layer: first[Quantity(BIAS_GRADIENT, layer)] for layer in layers}
    wrong = next(layer for layer in layers if not (weights[layer].right and biases[layer].right))
    above = [layer for layer in layers if layer > wrong]
    signal = of_layer("Δ", wrong)
    so_far = f"{_listed(above).capitalize()} {_is_or_are(above)} right" if above else ""
    if weights[wrong].came is None and biases[wrong].came is None:
        return Location(f"the gradients of layer {wrong} were never set.", f"{so_far}." if above else "")
    unset = [c.quantity for c in (biases[wrong], weights[wrong]) if c.came is None]
    if unset:
        return Location(f"the {unset[0]} was never set.", f"{so_far}." if above else "")
    if weights[wrong].right:
        every = all(weights[layer].right and not biases[layer].right for layer in layers)
        return Location(
            "the bias gradient of every layer is wrong." if every else f"the bias gradient of layer {wrong} is wrong.",
            f"The weight gradient{'s are' if every else ' there is'} right, so {'every Δ' if every else signal} is "
            "right too: the error is in how the bias gradient is made from it.",
        )
    if biases[wrong].right:
        return Location(
            f"the weight gradient of layer {wrong} is wrong.",
            f"{so_far + ', and the' if above else 'The'} bias gradient of layer {wrong} is right, so {signal} is right "
            "too: the error is in how the weight gradient is made from it.",
        )
    if not above:
        return Location(
            f"the gradients of layer {wrong}, the last one, are wrong.",
            f"Its weight gradient and its bias gradient are both made from {signal}, so look there first, and at the "
            "gradient of the loss from which that is made.",
        )
    return Location(
        f"the gradients of layer {wrong} are wrong.",
        f"{so_far}, so the error starts between {of_layer('Δ', wrong + 1)} and {signal}.",
    )


def locate_update(comparisons: Sequence[Comparison]) -> Location:
    """Say whether weights, biases or both are wrong, and in which layers."""
    first = [c for c in comparisons if c.quantity.call == FIRST]
    if all(c.right for c in first):
        return Location("the first update is right, a second one with other gradients is not.")
    wrong = {
        kind: [c.quantity.layer for c in first if c.quantity.kind == kind and not c.right] for kind in (WEIGHT, BIAS)
    }
    depth = len(first) // 2
    if wrong[WEIGHT] == wrong[BIAS]:
        return Location(f"weights and biases of {_layers(wrong[WEIGHT], depth)} are wrong after the update.")
    for kind, said, other, right in ((BIAS, "biases", WEIGHT, "weights"), (WEIGHT, "weights", BIAS, "biases")):
        if not wrong[other]:
            layers = _layers(wrong[kind], depth)
            return Location(f"the {said} of {layers} are wrong after the update.", f"The {right} are right.")
    return Location(
        f"the weights of {_layers(wrong[WEIGHT], depth)} and the biases of {_layers(wrong[BIAS], depth)} are wrong "
        "after the update."
    )


def _layers(layers: Sequence[int], depth: int) -> str:
    return "every layer" if len(layers) == depth else _listed(layers)


def locate_train(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the form of the result, the trained network and the losses is wrong first."""
    wrong = {c.quantity: c for c in comparisons if not c.right}
    form = wrong.get(RETURNED)
    if form is not None and form.came is not None and not form.remark and form.came in range(len(RETURNS)):
        return Location(f"it returns {RETURNS[int(form.came)]}; it should return {RETURNS[0]}.", numbers=False)
    if SAME_NETWORK in wrong:
        return Location("the network that it returns is not the one that it was given.", numbers=False)
    if list(wrong) == [LOSSES]:
        return Location("the losses are wrong.", "The network is trained as it should be.")
    return Location("the network is not trained as it should be.")


def object_to_differences(case: NetworkCase, observation: Observation, comparisons: Sequence[Comparison]) -> str:
    """Object to gradients from differences of the loss: many forward passes, and agreement to some digits only."""
    passes = observation.arrays.get(PASSES)
    if case.dtype is np.float32 or passes is None or passes <= 3 * case.batch + 3:
        return ""
    if max(c.error for c in comparisons) < 1e-12:
        return ""
    return (
        f"Your code makes {int(passes)} forward passes to differentiate by small differences. Here the gradients are "
        "to be computed from the equations, with one pass; differences are good for comparing with afterwards."
    )


# --- the tasks -------------------------------------------------------------------------------------------------


def _gradients(kind: str, *, last: bool) -> Callable[[Sequence[Quantity]], Sequence[Quantity]]:
    """Choose the weight or bias gradients of the last layer or of the hidden layers, in the first call."""

    def chosen(quantities: Sequence[Quantity]) -> Sequence[Quantity]:
        depth = max(quantity.layer for quantity in quantities)
        return [
            quantity
            for quantity in quantities
            if (quantity.kind, quantity.call) == (kind, FIRST) and (quantity.layer == depth) == last
        ]

    return chosen


FORWARD = Task(
    name="forward",
    reference=ForwardReference,
    misconceptions=misconceptions.FORWARD,
    praise="The prediction and what every layer remembers agree",
    hints=(
        "Look at how the output of one layer becomes the input of the next.",
        "NeuralLayer.forward does everything that happens inside one layer and remembers it. What is left for you?",
        "Equations (1) and (2): A⁽⁰⁾ = X and A⁽ˡ⁾ = φ⁽ˡ⁾(A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾), for l = 1 … L.",
    ),
    locate=locate_forward,
    parts=(
        Part("the prediction", of_kind(PREDICTION.kind), 1),
        Part("the remembered pass", those(lambda quantity: quantity.kind != PREDICTION.kind), 1),
    ),
    stage=lambda quantity: int(quantity != PREDICTION),
)

GET_LOSS = Task(
    name="get_loss",
    reference=LossReference,
    misconceptions=misconceptions.GET_LOSS,
    praise="The loss agrees",
    hints=(
        "Look at which two things the loss compares.",
        "One of them you have to compute first; for the comparison itself the network holds an object.",
        "Equation (3): C = 1/(N K) Σ (Ŷ - Y)², a single number.",
    ),
    locate=locate_loss,
    convention="The loss is the mean over all N K entries, equation (3).",
    stage=second_is_later,
)

BACKWARD = Task(
    name="backward",
    reference=BackwardReference,
    misconceptions=misconceptions.BACKWARD,
    praise="Every weight and bias gradient agrees",
    hints=(
        "Start at the end: what is the error signal of the last layer, and which two gradients follow from it?",
        "Then go down layer by layer: the error signal below needs the one above, its weights, and a derivative.",
        "Equations (4) to (9): Δ⁽ᴸ⁾ = 2/(N K) (Ŷ - Y) ⊙ φ⁽ᴸ⁾'(Z⁽ᴸ⁾); Δ⁽ˡ⁾ = (Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ) ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾); "
        "∇W⁽ˡ⁾ = A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾; ∇b⁽ˡ⁾ = column sums of Δ⁽ˡ⁾.",
    ),
    locate=locate_backward,
    parts=(
        Part("the bias gradient of the last layer", _gradients(BIAS_GRADIENT, last=True), 2),
        Part("the weight gradient of the last layer", _gradients(WEIGHT_GRADIENT, last=True), 3),
        Part("the bias gradients of the hidden layers", _gradients(BIAS_GRADIENT, last=False), 2),
        Part("the weight gradients of the hidden layers", _gradients(WEIGHT_GRADIENT, last=False), 3),
        Part("the second call", those(lambda quantity: quantity.call == SECOND), 2),
    ),
    stage=second_is_later,
    convention=CONVENTION,
    objection=object_to_differences,
)

APPLY_GRADIENTS = Task(
    name="apply_gradients",
    reference=UpdateReference,
    misconceptions=misconceptions.APPLY_GRADIENTS,
    praise="Every weight and bias agrees after two updates",
    hints=(
        "Look at what a layer stores besides its weights and biases.",
        "Every parameter moves a little against its own gradient. Which layers have parameters, and how many each?",
        "Equation (10): W⁽ˡ⁾ ← W⁽ˡ⁾ - η ∇W⁽ˡ⁾ and b⁽ˡ⁾ ← b⁽ˡ⁾ - η ∇b⁽ˡ⁾, for every l.",
    ),
    locate=locate_update,
    parts=(
        Part("the weights", of_kind(WEIGHT), 1),
        Part("the biases", of_kind(BIAS), 1),
    ),
    stage=second_is_later,
)

TRAIN = Task(
    name="train",
    reference=TrainReference,
    misconceptions=misconceptions.TRAIN,
    variants=misconceptions.TRAIN_VARIANTS,
    praise="The trained network and its losses agree",
    hints=(
        "Look at what has to happen once in every epoch.",
        "The network has a method for each: how large is the loss now, which way is down, and a step that way.",
        "In each epoch: record C, equation (3); compute the gradients, (4) to (9); update, (10). "
        "Return (net, losses), with one loss for each epoch.",
    ),
    locate=locate_train,
    parts=(
        Part("the trained network", those(lambda quantity: quantity.aspect == TRAINED), 3),
        Part("the losses", those(lambda quantity: quantity.aspect != TRAINED), 2),
    ),
    stage=lambda quantity: int(quantity == LOSSES),
)

TASKS = {task.name: task for task in (FORWARD, GET_LOSS, BACKWARD, APPLY_GRADIENTS, TRAIN)}
"""The tasks by name, in the order of the notebook."""
