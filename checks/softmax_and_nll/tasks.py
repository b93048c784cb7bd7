"""The tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from checks.judging.comparing import Comparison
from checks.judging.task import Location, Part, Task, second_is_later, those
from checks.observing.quantity import FIRST, SECOND, Quantity
from checks.softmax_and_nll.case import HIDDEN, IMPOSSIBLE, INFINITE, NOT_A_NUMBER, holds
from checks.softmax_and_nll.counted import counted, pieces
from checks.softmax_and_nll.misconceptions import MISCONCEPTIONS
from checks.softmax_and_nll.reference import REFERENCES


def locate(comparisons: Sequence[Comparison]) -> Location:
    """Say what is wrong with the value of a function, or that only a second call is wrong."""
    wrong = next(c for c in comparisons if not c.right)
    name = wrong.quantity.in_call(FIRST)
    if holds(wrong.came, NOT_A_NUMBER):
        return Location(f"there is nan (not a number) in the {name}.", numbers=False)
    if holds(wrong.came, INFINITE):
        return Location(f"there is inf in the {name}.", numbers=False)
    if name.aspect == IMPOSSIBLE:
        return Location(
            f"the {name} should be large or inf.",
            "The true class got no probability at all, which is the worst that can happen.",
            numbers=False,
        )
    if wrong.quantity.call == SECOND and not wrong.wrong_shape and any(c.right for c in comparisons):
        return Location(f"the {name} {_is(name)} right in a first call, but not in a second one with other data.")
    return Location(f"the {name} {_is(name)} wrong.")


def _is(quantity: Quantity) -> str:
    return "are" if quantity.kind == HIDDEN else "is"


def _parts(usual: str, extreme: str) -> tuple[Part, ...]:
    """Give two thirds for moderate numbers, and the rest for all, extreme ones included."""
    return (Part(usual, those(lambda quantity: not quantity.aspect), 2), Part(extreme, lambda names: names, 1))


def _task(
    name: str,
    praise: str,
    hints: tuple[str, ...],
    locate: Callable[[Sequence[Comparison]], Location] = locate,
    **more: Any,
) -> Task:
    return Task(
        name,
        REFERENCES[name],
        MISCONCEPTIONS[name],
        praise,
        hints,
        locate,
        stage=second_is_later,
        pieces=pieces(name),
        counted=partial(counted, name),
        **more,
    )


_ALL = (
    _task(
        "sigmoid",
        "Every value agrees",
        (
            "Look at the two ends: what should come out for z = -1000 and for z = 1000?",
            "An exponential of a negative number never overflows. Which form of the sigmoid needs only such ones?",
            "Equation (1): σ(z) = 1 / (1 + exp(-z)), for every entry of z.",
        ),
        parts=_parts("moderate numbers", "large numbers"),
    ),
    _task(
        "sigmoid_derivative",
        "Every derivative agrees",
        (
            "Look at what the argument is: z, not σ(z).",
            "The derivative of the sigmoid can be written with the sigmoid itself.",
            "Equation (2): σ'(z) = σ(z) (1 - σ(z)).",
        ),
    ),
    _task(
        "nll_gradient",
        "The gradient of every neuron agrees",
        (
            "Look at the three factors of the chain rule: from L to a, from a to z, from z to w.",
            "Two of the factors melt into one short difference. The third one has the shape of the answer.",
            "Equation (4): ∂L/∂w = x (a - y), of shape (m, 1).",
        ),
        convention="The loss is the sum over samples, without any factor, equation (3), so its gradient is x (a - y).",
    ),
    _task(
        "softmax",
        "Every column of probabilities agrees",
        (
            "Look at one column at a time: its entries should be positive and add up to 1.",
            "A number may be subtracted from a whole column before the exponential. Which one prevents overflow?",
            "Equations (5) and (6): softmax(z)_i = exp(z_i - m) / Σ_j exp(z_j - m), with m the maximum of that column.",
        ),
        parts=_parts("moderate numbers", "large numbers"),
    ),
    _task(
        "nllm",
        "The loss agrees in all four forms",
        (
            "Look at which entries of a the loss needs.",
            "A one-hot y picks one probability from each column. What about the entries where y is 0?",
            "Equation (7): L = -Σ_j y_j log a_j, where a term with y_j = 0 is 0; in a batch the sum over all columns.",
        ),
        parts=_parts("positive probabilities", "probabilities that are 0"),
        convention="The loss of a batch is the sum over its samples, equation (7), with the natural logarithm.",
    ),
    _task(
        "softmax_gradient",
        "The gradient of every layer agrees",
        (
            "Look at the shapes: from x (m, 1) and a - y (n, 1) you need something of shape (m, n).",
            "Every input meets the error signal of every class. Which product does that?",
            "Equation (8): ∂L/∂W = x δᵀ with δ = a - y.",
        ),
        convention="The loss is the sum over samples, without any factor, equation (7), so its gradient is x (a - y)ᵀ.",
    ),
    _task(
        "predict",
        "Every prediction agrees",
        (
            "Look at the two steps of the layer: a weighted input, then an activation.",
            "W is (m, n) and x is (m, 1); the weighted input is (n, 1). You have written the activation already.",
            "Equation (9): a = softmax(z) with z = Wᵀ x.",
        ),
    ),
    _task(
        "gradient_step",
        "The new weights agree",
        (
            "Look at the direction and at the length of the step.",
            "The gradient points uphill. The learning rate says how far to go.",
            "Equation (10): W ← W - η ∂L/∂W.",
        ),
    ),
    _task(
        "predict_after_step",
        "The prediction after the step agrees",
        (
            "Look at which of your functions make which of the four steps.",
            "Predict, differentiate, step, predict again. Which weights belong to which prediction?",
            "Equations (9), (8), (10), and (9) once more with the new W.",
        ),
    ),
    _task(
        "hidden_activations",
        "The hidden activations agree",
        (
            "Look at the two steps of the hidden layer: a weighted input with its bias, then the ReLU.",
            "W1 is (m, h), x is (m, 1), b1 is (h, 1). The ReLU lets positive numbers through.",
            "Equations (11) and (12): z1 = W1ᵀ x + b1 and a1 = max(0, z1).",
        ),
    ),
    _task(
        "network_output",
        "The output agrees",
        (
            "Look at how the output of one layer becomes the input of the next.",
            "You have written the hidden layer and the softmax already. What lies between them?",
            "Equations (13) and (14): z2 = W2ᵀ a1 + b2 and a2 = softmax(z2).",
        ),
    ),
    _task(
        "updated_w2",
        "The new W2 agrees",
        (
            "Look at the output layer alone: what goes in, and what is its error signal?",
            "It is the softmax layer from before, with a1 in the place of x.",
            "Equations (15), (16) and (19): δ₂ = a2 - y, ∂L/∂W2 = a1 δ₂ᵀ, W2 ← W2 - η ∂L/∂W2.",
        ),
    ),
    _task(
        "updated_w1",
        "The new W1 agrees",
        (
            "Look at how the error signal of the output comes back to the hidden layer.",
            "Back through W2, as it was in the forward pass; then past the ReLU, which lets it through or stops it.",
            "Equations (17), (18) and (19): δ₁ = (W2 δ₂) ⊙ relu'(z1), ∂L/∂W1 = x δ₁ᵀ, W1 ← W1 - η ∂L/∂W1.",
        ),
    ),
    _task(
        "output_after_step",
        "The output after the step agrees",
        (
            "Look at which weights each of your functions is given.",
            "Both updates start from the old weights. Only then comes a second forward pass.",
            "Equation (19) for W1 and W2, then (11) to (14) with both; b1 and b2 stay.",
        ),
    ),
)

TASKS = {task.name: task for task in _ALL}
"""The tasks by name, in the order of the notebook."""
