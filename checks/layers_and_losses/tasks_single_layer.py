"""The two tasks with one layer as the judge sees them."""

from __future__ import annotations

from collections.abc import Sequence

from checks.judging.comparing import Comparison
from checks.judging.task import Location, Part, Task, of_kind, second_is_later, those
from checks.layers_and_losses import misconceptions
from checks.layers_and_losses.case import (
    BIAS_AFTER,
    BIAS_GRADIENT,
    LOSS,
    WEIGHT_AFTER,
    WEIGHT_GRADIENT,
)
from checks.layers_and_losses.reference_single_layer import StepReference, SummedReference
from checks.observing.quantity import SECOND

CONVENTION = "Losses are plain sums over all entries here, and the gradient of a batch is the sum over its samples."


def locate_pair(comparisons: Sequence[Comparison]) -> Location:
    """Say which of the two gradients is wrong, or that only the second call is."""
    wrong = {c.quantity for c in comparisons if not c.right}
    if all(quantity.call == SECOND for quantity in wrong):
        return Location("the first call is right, a second call with other data is not.")
    first = [quantity for quantity in (WEIGHT_GRADIENT, BIAS_GRADIENT) if quantity in wrong]
    if len(first) == 2:
        return Location("both gradients are wrong.")
    (right,) = {WEIGHT_GRADIENT, BIAS_GRADIENT} - set(first)
    return Location(f"the {first[0]} is wrong.", f"The {right} is right.")


def locate_step(comparisons: Sequence[Comparison]) -> Location:
    """Tell a wrong loss from a wrong update, and say which parameter is wrong."""
    wrong = {c.quantity for c in comparisons if not c.right}
    if all(quantity.call == SECOND for quantity in wrong):
        return Location("the first call is right, a second call with other data is not.")
    names = [quantity for quantity in (WEIGHT_AFTER, BIAS_AFTER) if quantity in wrong]
    if LOSS in wrong and names:
        return Location("loss and update are wrong.", "So the error may lie in the forward pass already.")
    if LOSS in wrong:
        return Location("the loss is wrong.", "Weight and bias are updated as they should be.")
    if len(names) == 2:
        return Location(
            "weight and bias after the step are wrong.",
            "The loss is right, and with it the forward pass: the error lies on the way back or in the update.",
        )
    (right,) = {WEIGHT_AFTER, BIAS_AFTER} - set(names)
    return Location(f"the {names[0]} is wrong.", f"The loss and the {right} are right.")


SUMMED_GRADIENTS = Task(
    name="summed_gradients",
    reference=SummedReference,
    misconceptions=misconceptions.SUMMED_GRADIENTS,
    praise="Both sums agree",
    hints=(
        "Look at what linear.backward leaves behind for one sample, and at what the next call does to it.",
        "Keep two sums of your own. What do you add to each of them after every sample?",
        "Equations (3a) and (4a): ∂L/∂W = Σ xₙᵀ gₙ and ∂L/∂b = Σ gₙ, summed over the samples n.",
    ),
    locate=locate_pair,
    parts=(
        Part("the weight gradient", of_kind(WEIGHT_GRADIENT.kind)),
        Part("the bias gradient", of_kind(BIAS_GRADIENT.kind)),
    ),
    stage=second_is_later,
    convention=CONVENTION,
)

SINGLE_LAYER_STEP = Task(
    name="single_layer_step",
    reference=StepReference,
    misconceptions=misconceptions.SINGLE_LAYER_STEP,
    praise="The loss, the weight and the bias agree",
    hints=(
        "Look at the three parts one after the other: what does each get, and what does it give?",
        "Forward through Linear, Sigmoid and criterion; back through the same three, the last one first. What does the "
        "first argument of each backward have to be?",
        "z = x W + b (1), p = σ(z) (5), L (7); 2 (p - y) (8), times σ'(z) (6), then (3) and (4); W ← W - η ∂L/∂W and "
        "b ← b - η ∂L/∂b (8b).",
    ),
    locate=locate_step,
    parts=(
        Part("the loss", of_kind(LOSS.kind), 1),
        Part("the updated layer", those(lambda quantity: quantity.kind != LOSS.kind), 2),
    ),
    stage=lambda quantity: int(quantity.kind != LOSS.kind),
    convention=CONVENTION,
)
