"""The tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

from collections.abc import Sequence

from checks.judging.comparing import Comparison
from checks.judging.reference import Misconception
from checks.judging.task import Location, Part, Task, of_kind, second_is_later, those
from checks.layers_and_losses import misconceptions
from checks.layers_and_losses.case import (
    AT_THE_ENDS,
    AT_ZERO,
    BIAS,
    BIAS_GRADIENT,
    BY_DIFFERENCES,
    DERIVATIVE,
    GRADIENT,
    LOSS,
    LOSSES,
    NEAR_THE_ENDS,
    OUTPUT,
    PREDICTION_GRADIENT,
    SIZES,
    WEIGHT,
    WEIGHT_GRADIENT,
)
from checks.layers_and_losses.conclusions import RIGHT_PASSES, summed_over_samples, with_verdicts_on_layers
from checks.layers_and_losses.reference import (
    AbsReference,
    BatchLinearReference,
    BCEReference,
    ReLUReference,
    TanhReference,
)
from checks.layers_and_losses.reference_network import TwoLayerReference
from checks.layers_and_losses.reference_numerical import NumericalReference
from checks.layers_and_losses.reference_training import LOSSES_STAGE, MinibatchReference, TrainReference
from checks.layers_and_losses.tasks_single_layer import CONVENTION, SINGLE_LAYER_STEP, SUMMED_GRADIENTS
from checks.observing.quantity import FIRST, SECOND, Quantity

OF_BACKWARD = {one.kind for one in (GRADIENT, PREDICTION_GRADIENT, WEIGHT_GRADIENT, BIAS_GRADIENT, DERIVATIVE)}
"""The kinds of what `backward` stores or returns."""

SPECIAL = (AT_ZERO, AT_THE_ENDS, NEAR_THE_ENDS)


def _backward_is_later(quantity: Quantity) -> int:
    """Order forward before backward; what a layer stores or returns for its gradient belongs to backward."""
    return int(quantity.kind in OF_BACKWARD)


def _special_is_last(quantity: Quantity) -> int:
    """Order forward before backward, and what happens at special places after both."""
    return 2 if quantity.aspect in SPECIAL else _backward_is_later(quantity)


# --- where an error starts -------------------------------------------------------------------------------------


def locate_two_methods(comparisons: Sequence[Comparison]) -> Location:
    """Say which method of a layer or criterion is wrong, and where: everywhere, in a second call, at special places."""
    wrong = next(c for c in comparisons if not c.right)
    method = "backward" if _backward_is_later(wrong.quantity) else "forward"
    of_method = [c for c in comparisons if _backward_is_later(c.quantity) == _backward_is_later(wrong.quantity)]
    other_right = method == "backward" and all(c.right for c in comparisons if not _backward_is_later(c.quantity))
    before = "forward is right." if other_right else ""
    if all(c.came is None for c in of_method):
        return Location(f"{method} gives nothing yet.", before)
    place = wrong.quantity.aspect
    if place in SPECIAL:
        return Location(f"{method} is right, but not {place}.", _advice(place, method))
    if wrong.quantity.call == SECOND and of_method[0].right:
        return Location(f"{method}: the first call is right, a second call with other data is not.", before)
    isolated = "It was given a right forward, so the error is in backward itself." if method == "backward" else ""
    return Location(f"{method} is wrong.", before or isolated)


def _advice(place: str, method: str) -> str:
    if place == AT_ZERO and method == "forward":
        return "Zero is an ordinary number for this layer, and its output there is 0."
    if place == AT_ZERO:
        return "Where the derivative jumps, any number between its values on both sides is accepted, and no other."
    if place == NEAR_THE_ENDS:
        return "Keep predictions away from 0 and 1 by much less than that: by 1e-12, say."
    return (
        "A loss and its gradient have to be finite there, and large where the prediction is wrong. Keep predictions "
        "away from 0 and 1 by something tiny, 1e-12, say: much more spoils them, and 1 - 1e-17 is 1 again."
    )


def locate_network(comparisons: Sequence[Comparison]) -> Location:
    """Follow the signal: forward, then backward from layer 2 to layer 1 to x."""
    wrong = next(c for c in comparisons if not c.right)
    if not _backward_is_later(wrong.quantity):
        return Location("forward is wrong." if wrong.quantity.call == FIRST else "forward is wrong in a second call.")
    if all(c.came is None for c in comparisons if _backward_is_later(c.quantity)):
        return Location("backward gives nothing yet.", "forward is right.")
    if wrong.quantity.call == SECOND:
        return Location("backward: the first call is right, a second call with other data is not.")
    if wrong.came is None and wrong.quantity != GRADIENT:
        return Location(f"backward: the {wrong.quantity} was never set.")
    if wrong.quantity.layer == 2:
        return Location(
            "backward: the gradients of layer 2 are wrong.",
            "On the way back, the error is before the second Linear: in the last activation or in grad_output.",
        )
    if wrong.quantity.layer == 1:
        return Location(
            "backward: the gradients of layer 1 are wrong.",
            "The gradients of layer 2 are right, so the error is between the two layers: in what the second Linear's "
            "backward returned, or in the hidden activation.",
        )
    return Location("backward: what it returns is wrong.", "The gradients that it stores are right.")


def locate_linear(comparisons: Sequence[Comparison]) -> Location:
    """Say which of weight gradient, bias gradient and result is wrong, and which are right."""
    wrong = next(c for c in comparisons if not c.right)
    if wrong.quantity.call == SECOND:
        return Location("the first call is right, a second call with other data is not.")
    right = [str(c.quantity) for c in comparisons if c.right and c.quantity.call == FIRST]
    meaning = f"The {' and the '.join(right)} {'are' if len(right) > 1 else 'is'} right." if right else ""
    if wrong.came is None:
        return Location(f"the {wrong.quantity} was never set.", meaning)
    return Location(f"the {wrong.quantity} is wrong.", meaning)


def locate_numerical(comparisons: Sequence[Comparison]) -> Location:
    """Tell a wrong gradient from one that is wrong with another step only, or as a test of layers."""
    wrong = next(c for c in comparisons if not c.right)
    if wrong.quantity == BY_DIFFERENCES:
        return Location("the gradient is wrong.")
    if wrong.quantity == BY_DIFFERENCES.in_call(SECOND):
        return Location("the gradient is right with epsilon=1e-5, but not with another step.")
    if wrong.quantity == RIGHT_PASSES:
        return Location("used as a test, it rejects layers that are right.", numbers=False)
    return Location(f"used as a test, it lets a planted bug pass: {wrong.quantity}.", numbers=False)


def locate_training(comparisons: Sequence[Comparison]) -> Location:
    """Tell wrongly trained networks from wrong losses."""
    wrong = [c for c in comparisons if not c.right and c.quantity != SIZES]
    losses = next(c.came for c in comparisons if c.quantity == LOSSES)
    if losses is not None and losses.size == 0:
        return Location("no epoch was recorded.", "The losses that came back are empty: one number is due per epoch.")
    if all(c.quantity == LOSSES for c in wrong):
        return Location("the losses are wrong.", "The network is trained as it should be.")
    kinds = {c.quantity.kind for c in wrong if c.quantity != LOSSES}
    if len(kinds) == 1:
        (kind,) = kinds
        other = {WEIGHT: BIAS, BIAS: WEIGHT}[kind]
        return Location(f"the network's {kind} is not trained as it should be.", f"Every {other} is right.")
    return Location("the network is not trained as it should be.")


# --- the tasks -------------------------------------------------------------------------------------------------


METHODS = (
    Part("the forward method", those(lambda quantity: not _backward_is_later(quantity)), 1),
    Part("the backward method", those(lambda quantity: bool(_backward_is_later(quantity))), 1),
)
CRITERION_METHODS = (
    Part("the forward method", of_kind(LOSS.kind), 1),
    Part("the backward method", of_kind(PREDICTION_GRADIENT.kind), 1),
)
TRAINING_PARTS = (
    Part("the trained network", those(lambda quantity: quantity not in (LOSSES, SIZES)), 3),
    Part("the losses", those(lambda quantity: quantity == LOSSES), 1),
)

TWO_LAYER_NETWORK = Task(
    name="TwoLayerNetwork",
    reference=TwoLayerReference,
    misconceptions=misconceptions.TWO_LAYER_NETWORK,
    praise="The outputs and all gradients agree",
    hints=(
        "Look at what each of the four layers receives, on the way there and on the way back.",
        "On the way back, every layer needs two things: what it received on the way there, and the gradient at its "
        "output. The second comes from the layer after it.",
        "Equations (9) and (10): a₀ = x, aₖ = layer k of aₖ₋₁; g₄ = grad_output, "
        "gₖ₋₁ = backward of layer k at (aₖ₋₁, gₖ).",
    ),
    locate=locate_network,
    parts=(
        Part("the outputs", of_kind(OUTPUT.kind), 1),
        Part("the gradients of layer 2", those(lambda quantity: quantity.layer == 2), 1),
        Part(
            "the gradients of layer 1 and of x",
            those(lambda quantity: quantity.layer == 1 or quantity.kind == GRADIENT.kind),
            2,
        ),
    ),
    stage=lambda quantity: _backward_is_later(quantity) + int(quantity.kind == GRADIENT.kind),
    convention=CONVENTION,
    concluded=summed_over_samples,
)

NUMERICAL_GRADIENT = Task(
    name="numerical_gradient",
    reference=NumericalReference,
    misconceptions=misconceptions.NUMERICAL_GRADIENT,
    variants=misconceptions.NUMERICAL_VARIANTS,
    praise="The gradient agrees, right layers pass its test and planted bugs are found,",
    hints=(
        "Look at one entry of the parameter at a time: move it up, move it down, put it back.",
        "loss() takes no argument: it reads the parameter where it is. The very array that you were given has to move.",
        "Equation (13): (L(w + ε eᵢ) - L(w - ε eᵢ)) / (2 ε), for every entry i.",
    ),
    locate=locate_numerical,
    stage=lambda quantity: int(quantity.kind != BY_DIFFERENCES.kind),
    convention="Equation (13) divides the difference of the two losses by 2 ε.",
    concluded=with_verdicts_on_layers,
)

RELU = Task(
    name="ReLU",
    reference=ReLUReference,
    misconceptions=misconceptions.RELU,
    praise="Outputs and gradients agree",
    hints=(
        "Look at positive and negative inputs apart.",
        "forward: what comes out for 2, and for -2? backward: how much does that change when the input does?",
        "Equations (15) and (16): max(0, x), and grad_output where x > 0, 0 where x < 0.",
    ),
    locate=locate_two_methods,
    parts=METHODS,
    stage=_special_is_last,
)

TANH = Task(
    name="Tanh",
    reference=TanhReference,
    misconceptions=misconceptions.TANH,
    praise="Outputs and gradients agree",
    hints=(
        "Look at which number the derivative is computed from.",
        "backward gets the layer's input x. Its derivative is easiest to write with the output, which you can compute.",
        "Equations (17) and (18): tanh(x), and grad_output ⊙ (1 - tanh²(x)).",
    ),
    locate=locate_two_methods,
    parts=METHODS,
    stage=_special_is_last,
)

ABS_CRITERION = Task(
    name="AbsCriterion",
    reference=AbsReference,
    misconceptions=misconceptions.ABS,
    praise="Losses and gradients agree",
    hints=(
        "Look at one entry first, then at how the entries become one number.",
        "The graph of |d| has two slopes. Which one belongs to a prediction that is too large?",
        "Equations (19) and (20): L = Σ |p - y| and ∂L/∂p = sign(p - y).",
    ),
    locate=locate_two_methods,
    parts=CRITERION_METHODS,
    stage=_special_is_last,
    convention=CONVENTION,
)

BCE_CRITERION = Task(
    name="BCECriterion",
    reference=BCEReference,
    misconceptions=misconceptions.BCE,
    praise="Losses and gradients agree, also at 0 and 1,",
    hints=(
        "Look at a label of 1 and a label of 0 apart, then at predictions of exactly 0 and 1.",
        "For y = 1 the loss is -log a. What is its derivative, and what happens to both at a = 0?",
        "Equations (21) and (22): L = -Σ (y log a + (1 - y) log(1 - a)) and ∂L/∂a = (a - y) / (a (1 - a)).",
    ),
    locate=locate_two_methods,
    parts=CRITERION_METHODS,
    stage=_special_is_last,
    convention=CONVENTION,
)

BATCH_LINEAR = Task(
    name="BatchLinear",
    reference=BatchLinearReference,
    misconceptions=misconceptions.BATCH_LINEAR,
    praise="The gradients agree",
    hints=(
        "Look at the shapes: x is (N, in), grad_output is (N, out). Which shapes do the three results have?",
        "Every sample uses the same weight and the same bias. What does the chain rule do with N ways of influence?",
        "Equations (2), (23) and (24): ∂L/∂X = G Wᵀ, ∂L/∂W = Xᵀ G, ∂L/∂b = the column sums of G.",
    ),
    locate=locate_linear,
    parts=(
        Part("the weight gradient", of_kind(WEIGHT_GRADIENT.kind), 1),
        Part("the bias gradient", of_kind(BIAS_GRADIENT.kind), 1),
        Part("the gradient with respect to x", of_kind(GRADIENT.kind), 1),
    ),
    stage=second_is_later,
    convention=CONVENTION,
)


def _training(name: str, reference: type[TrainReference], mistakes: tuple[Misconception, ...],
              hints: tuple[str, ...]) -> Task:  # fmt: skip
    return Task(
        name=name,
        reference=reference,
        misconceptions=mistakes,
        variants=misconceptions.TRAIN_VARIANTS,
        praise="The trained network and its losses agree",
        hints=hints,
        locate=locate_training,
        parts=TRAINING_PARTS,
        stage=lambda quantity: LOSSES_STAGE * (quantity == LOSSES),
        convention=CONVENTION,
    )


TRAIN_SGD = _training(
    "train_sgd",
    TrainReference,
    misconceptions.TRAIN_SGD,
    (
        "Look at what happens for one sample: forward, loss, backward, update.",
        "A single sample is the row x[i : i + 1]. The criterion starts the way back, the network goes on with it, and "
        "the Linear layers in network.layers hold what the update needs.",
        "For each sample: L and ∂L/∂p from the criterion, (10) by network.backward, then (11). Per epoch: (12).",
    ),
)

TRAIN_MINIBATCH = _training(
    "train_minibatch",
    MinibatchReference,
    misconceptions.TRAIN_MINIBATCH,
    (
        "Look at train_sgd: what changes if a step uses several rows?",
        "A slice may reach beyond the end: the last mini-batch is then smaller, and nothing else changes.",
        "For each mini-batch: L and ∂L/∂P from the criterion, (10), then (11). Per epoch: (25), 1/N Σ L.",
    ),
)

TASKS = {
    task.name: task
    for task in (
        SUMMED_GRADIENTS,
        SINGLE_LAYER_STEP,
        TWO_LAYER_NETWORK,
        TRAIN_SGD,
        NUMERICAL_GRADIENT,
        RELU,
        TANH,
        ABS_CRITERION,
        BCE_CRITERION,
        BATCH_LINEAR,
        TRAIN_MINIBATCH,
    )
}
"""The tasks by name, in the order of the notebook."""
