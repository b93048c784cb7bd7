"""The tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from checks.by_hand.case import (
    ERROR,
    FOR_INTEGERS,
    GIVEN,
    NEW_WEIGHTS,
    OUTPUT,
    PASS_ONE,
    PASS_TWO,
    PUBLISHED,
    RESULT,
    WEIGHTED_INPUT,
    Names,
)
from checks.by_hand.following import looked_over
from checks.by_hand.misconceptions import BY_TASK, HIDDEN_HERE, SUBTRACTED
from checks.by_hand.reference import NOT_JUDGED, NUMBERS
from checks.by_hand.reference_functions import (
    BackwardPassReference,
    ForwardPassReference,
    ReluDerivativeReference,
    ReluReference,
    SigmoidDerivativeReference,
    SigmoidReference,
    SquaredErrorReference,
    UpdatedReference,
)
from checks.judging.comparing import Comparison, agrees
from checks.judging.task import Location, Part, Task, listed, not_complete, of_kind, second_is_later, those
from checks.numerals import numeral
from checks.observing.quantity import SECOND, Quantity

CONVENTION = "The error is half the sum of the squared errors, formula (4), whatever the number of outputs."

HINTS: dict[str, tuple[str, ...]] = {
    "forward": (
        "Begin with the first hidden neuron: which arrows end there, and what comes along each of them?",
        "Weight times output, added up over the senders; then the activation of the layer. ReLU is for the hidden "
        "neurons, the sigmoid for the outputs.",
        "Equations (1) to (3): s_j = Σ_i w_ji o_i; o_j = max(0, s_j) if hidden; o_j = σ(s_j) if output; σ(0) = 1/2.",
    ),
    "E": (
        "Look at your outputs and their targets, one pair at a time.",
        "Subtract, square, add up, halve.",
        "Equation (4): E = 1/2 Σ_k (t_k - y_k)².",
    ),
    "error_signals": (
        "Begin with the outputs. Should each of them become larger or smaller?",
        "An output needs its error and the slope of the sigmoid; a hidden neuron collects from the outputs that it "
        "sends to.",
        "Equations (6) and (8): δ_k = (t_k - y_k) σ'(s_k) and δ_j = relu'(s_j) Σ_k w_kj δ_k.",
    ),
    "gradients": (
        "Look at one weight. Which neuron does it come from, and which one does it lead to?",
        "The receiver has an error signal, the sender has an output.",
        "Equation (10): -∂E/∂w_ji = δ_j o_i.",
    ),
    "update": (
        "Look at the sign of each g. Where does that weight go?",
        "A step has the size of the learning rate times g, and g points downhill already.",
        "Equation (11): w_ji ← w_ji + ε δ_j o_i.",
    ),
    "do2_ds2": (
        "How many rows and columns does this Jacobian have?",
        "Each output depends on its own weighted input only. What does that mean off the diagonal?",
        "Equation (12): σ'(s) on the diagonal and 0 elsewhere; σ'(s) = σ(s)(1 - σ(s)).",
    ),
    "ds2_do1": (
        "Write the weighted input of one output as a sum. How does it change with one hidden output?",
        "s⁽²⁾ is linear in o⁽¹⁾. Which matrix takes one to the other?",
        "Equation (13): ∂s⁽²⁾/∂o⁽¹⁾ = W⁽²⁾.",
    ),
    "do1_ds1": (
        "Are your hidden neurons on or off?",
        "How steep is ReLU on the right of 0, and on the left?",
        "Equation (14): relu'(s) on the diagonal and 0 elsewhere.",
    ),
    "delta2": (
        "Which Jacobian leads from the error at o⁽²⁾ to s⁽²⁾?",
        "-∂E/∂o⁽²⁾ is t - o⁽²⁾. One matrix is left to multiply with.",
        "Equation (15): δ⁽²⁾ = (∂o⁽²⁾/∂s⁽²⁾)ᵀ (t - o⁽²⁾).",
    ),
    "delta1": (
        "Which two Jacobians lie between s⁽²⁾ and s⁽¹⁾?",
        "Going backwards, each Jacobian is transposed.",
        "Equation (16): δ⁽¹⁾ = (∂o⁽¹⁾/∂s⁽¹⁾)ᵀ (∂s⁽²⁾/∂o⁽¹⁾)ᵀ δ⁽²⁾.",
    ),
    "dW2": (
        "Which shape does W⁽²⁾ have?",
        "A column times a row gives a matrix. Rows are receivers.",
        "Equation (17): -∂E/∂W⁽²⁾ = δ⁽²⁾ o⁽¹⁾ᵀ.",
    ),
    "dW1": (
        "Which shape does W⁽¹⁾ have, and what did the hidden layer receive?",
        "A column times a row gives a matrix. Rows are receivers.",
        "Equation (17): -∂E/∂W⁽¹⁾ = δ⁽¹⁾ xᵀ.",
    ),
    "W2_new": (
        "What does the gradient that you found say: uphill or downhill?",
        "Old weights plus a step, entry by entry.",
        "Equation (18): W⁽²⁾ ← W⁽²⁾ + ε δ⁽²⁾ o⁽¹⁾ᵀ.",
    ),
    "W1_new": (
        "What does the gradient that you found say: uphill or downhill?",
        "Old weights plus a step, entry by entry.",
        "Equation (18): W⁽¹⁾ ← W⁽¹⁾ + ε δ⁽¹⁾ xᵀ.",
    ),
    "relu": (
        "Try -3 and 4. What should come out?",
        "The larger of two numbers, for every entry; NumPy has a function for it.",
        "Equation (2): relu(s) = max(0, s).",
    ),
    "sigmoid": (
        "Try 0, a large s and a very negative one. What should come out?",
        "NumPy's exponential works entry by entry. Watch the sign of the exponent.",
        "Equation (3): σ(s) = 1 / (1 + exp(-s)).",
    ),
    "relu_derivative": (
        "Draw ReLU. How steep is it on either side of 0?",
        "A comparison of an array with a number gives one truth value for every entry.",
        "Equation (9): relu'(s) = 1 for s > 0 and 0 for s < 0.",
    ),
    "sigmoid_derivative": (
        "The argument is the weighted input s. What do you need first?",
        "The slope of the sigmoid can be written with its value alone.",
        "Equation (7): σ'(s) = σ(s) (1 - σ(s)).",
    ),
    "squared_error": (
        "How many outputs may there be?",
        "Subtract, square, add up, halve. In this order.",
        "Equation (4): E = 1/2 Σ_k (t_k - y_k)².",
    ),
    "forward_pass": (
        "Which of the four results can you compute first?",
        "Two matrix products, and an activation after each.",
        "Equations (1) to (3) for layers: s⁽¹⁾ = W⁽¹⁾ x, o⁽¹⁾ = relu(s⁽¹⁾), s⁽²⁾ = W⁽²⁾ o⁽¹⁾, o⁽²⁾ = σ(s⁽²⁾).",
    ),
    "backward_pass": (
        "Which of the two error signals do you need first?",
        "A diagonal Jacobian times a column is a product entry by entry; a full one is a matrix product.",
        "Equations (15) and (16): δ⁽²⁾ = (t - o⁽²⁾) ⊙ σ'(s⁽²⁾) and δ⁽¹⁾ = (W⁽²⁾ᵀ δ⁽²⁾) ⊙ relu'(s⁽¹⁾).",
    ),
    "updated": (
        "Which shape does W have, and which shapes do delta and o have?",
        "A column times a row gives a matrix; the learning rate scales it.",
        "Equation (18): W ← W + ε δ oᵀ.",
    ),
}
"""The hints for every task."""


def _one(wanted: Quantity) -> Callable[[Sequence[Quantity]], Sequence[Quantity]]:
    return those(lambda quantity: quantity == wanted)


def locate_number(comparisons: Sequence[Comparison]) -> Location:
    """Name the first wrong number; the right one is not told."""
    wrong = [c for c in comparisons if not c.right and c.quantity != GIVEN]
    if not wrong:
        return Location("these are answers for another network.", numbers=False)
    first = wrong[0]
    right = [c.quantity for c in comparisons if c.right and c.quantity != GIVEN]
    others = len([c for c in comparisons if c.quantity != GIVEN]) > 1
    if all(_missing(c) for c in wrong):
        return not_complete(right, [c.quantity for c in wrong]) if others else _entries_missing(first)
    if first.came is None:
        return Location(f"{first.quantity} is still missing.", numbers=False)
    remark = bool(first.remark)
    if first.expected.size == 1 and first.expected.item() >= NOT_JUDGED:
        return Location(
            f"{first.quantity} cannot be judged yet.",
            f"Put the numbers before {first.quantity} right first: they leave too little to compute.",
            numbers=False,
        )
    own = f" Yours is {numeral(first.came.item(), '.6g')}." if first.came.size == first.expected.size == 1 else ""
    before = comparisons[: comparisons.index(first)]
    forward = first.quantity.kind in (WEIGHTED_INPUT, OUTPUT) and others
    given = first.quantity.kind == "ds2_do1" or (forward and not any(c.quantity.kind == OUTPUT for c in before))
    made_from = "the given numbers" if given else "your own earlier numbers" if forward else "the numbers before it"
    so_far = f" Right: {listed(right)}." if right and others else ""
    return Location(
        f"{first.quantity} is wrong." if others else "this is not right yet.",
        "" if remark else f"It does not fit {made_from}.{own}{so_far}",
        numbers=remark,
    )


def _missing(comparison: Comparison) -> bool:
    """Tell whether nothing is wrong about a number or an array but that it is not, or not all, typed yet."""
    came, expected = comparison.came, comparison.expected
    if came is None:
        return True
    if came.size < 2 or came.shape != expected.shape or not np.isnan(came).any():
        return False
    typed = ~np.isnan(came)
    return agrees(came[typed], expected[typed])


def _entries_missing(array: Comparison) -> Location:
    if array.came is None:
        return Location("nothing is typed yet.", numbers=False, incomplete=True)
    missing = int(np.isnan(array.came).sum())
    said = "1 entry is" if missing == 1 else f"{missing} entries are"
    return Location(f"not complete: {said} missing, what is there is right.", numbers=False, incomplete=True)


def locate_result(comparisons: Sequence[Comparison]) -> Location:
    """Name the first wrong result of a function."""
    wrong = [c for c in comparisons if not c.right]
    right = [c.quantity for c in comparisons if c.right]
    name = wrong[0].quantity
    if name == RESULT._replace(aspect=FOR_INTEGERS):
        return Location("it is right for floats, but not for integers.")
    if name.call == SECOND and right:
        return Location("the first call is right, a second call with other numbers is not.")
    if len(comparisons) > 1 and right and name not in (RESULT, NEW_WEIGHTS):
        return Location(f"{name} is wrong.", f"Right: {listed(right)}.")
    return Location("the result is wrong." if name in (RESULT, ERROR, NEW_WEIGHTS) else f"{name} is wrong.")


def _stage(names: Names, question: str, quantity: Quantity) -> int:
    groups = names.groups(question)
    return next((index for index, group in enumerate(groups) if quantity in map(names.quantity, group)), 0)


def _number_task(names: Names, question: str, hidden_here: bool) -> Task:
    answers = names.answers(question)
    return Task(
        name=question,
        reference=NUMBERS[question],
        misconceptions=BY_TASK[question] + (HIDDEN_HERE.get(question, ()) if hidden_here else ()),
        praise="Every number agrees" if len(answers) > 1 else "The answer agrees",
        hints=HINTS[question],
        locate=locate_number,
        parts=tuple(Part(name, _one(names.quantity(name))) for name in answers),
        variants=SUBTRACTED[:1] if question == "update" else SUBTRACTED[1:] if question.endswith("_new") else (),
        stage=partial(_stage, names, question),
        concluded=partial(looked_over, question),
    )


def _function_task(
    name: str, reference: Any, parts: tuple[Part, ...] = (Part("the numbers", lambda names: names),), **more: Any
) -> Task:
    return Task(
        name=name,
        reference=reference,
        misconceptions=BY_TASK[name],
        praise="The results agree",
        hints=HINTS[name],
        locate=locate_result,
        parts=parts,
        **more,
    )


FUNCTION_TASKS = {
    task.name: task
    for task in (
        _function_task("relu", ReluReference),
        _function_task("sigmoid", SigmoidReference),
        _function_task("relu_derivative", ReluDerivativeReference),
        _function_task("sigmoid_derivative", SigmoidDerivativeReference),
        _function_task("squared_error", SquaredErrorReference, convention=CONVENTION),
        _function_task(
            "forward_pass",
            ForwardPassReference,
            parts=(Part("the hidden layer", of_kind("s1", "o1")), Part("the output layer", of_kind("s2", "o2"))),
        ),
        _function_task(
            "backward_pass",
            BackwardPassReference,
            parts=(Part("the output layer", of_kind("delta2")), Part("the hidden layer", of_kind("delta1"))),
        ),
        _function_task("updated", UpdatedReference, stage=second_is_later),
    )
}


@lru_cache
def number_tasks(sizes: tuple[int, int, int], hidden_here: bool = False) -> dict[str, Task]:
    """Return the tasks with typed numbers for a network of these sizes.

    With `hidden_here`, also look for the mistakes that the notebook's own network hides.
    """
    return {question: _number_task(Names(sizes), question, hidden_here) for question in (*PASS_ONE, *PASS_TWO)}


TASKS = number_tasks(PUBLISHED.names.sizes) | FUNCTION_TASKS
"""The tasks by name, in the order of the notebook."""


def __getattr__(name: str) -> Any:
    """Return the tasks of practice networks under names such as PRACTICE_2_3_2."""
    found = re.fullmatch(r"PRACTICE_(\d)_(\d)_(\d)", name)
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    inputs, hidden, outputs = map(int, found.groups())
    return number_tasks((inputs, hidden, outputs), True)
