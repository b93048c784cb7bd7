"""Mistakes in AbsCriterion and BCECriterion that have a label of their own."""

from __future__ import annotations

from functools import partial

from checks.formulas.formula import Formula
from checks.formulas.slips import written
from checks.formulas.tree import Node, Number, Operation, scaled, square, times, total
from checks.judging.reference import Misconception
from checks.layers_and_losses.reference import A_P, AbsReference, BCEReference, CriterionReference, P, Y, of

_ONE_NUMBER = {
    "look": "Look at the shape of what forward returns.",
    "think": "Which operation turns many numbers into one?",
}
_MEAN = {
    "look": "Look at the number that you divide by.",
    "think": "Would the loss of the same data, given twice, be twice as large?",
}
_FACTOR = {"look": "Look at the factors in your backward.", "think": "Is there such a factor in the loss?"}


def _shared(reference: type[CriterionReference]) -> tuple[Misconception, ...]:
    """Return the mistakes that both criteria share."""
    value, slope = (partial(written, reference, step=step) for step in ("value", "gradient"))
    loss: Formula = reference.value
    gradient: Formula = reference.gradient
    summed = loss.right if isinstance(loss.right, Operation) else loss.right.arguments[0]
    (entries,) = summed.arguments
    signed = (lambda node: node) if summed is loss.right else (lambda node: -node)
    says, divided = "when the {} is divided by {}; losses are plain sums here", "the number of {}"
    samples, outputs, all_of_them = divided.format("samples"), divided.format("outputs"), divided.format("entries")
    return (
        value(
            "loss-averaged",
            tree=scaled(1, N=-1, K=-1)(loss.right),
            says="when the mean over all entries is taken; losses are plain sums here",
            **_MEAN,
        ),
        value(
            "loss-averaged-over-samples", tree=scaled(1, N=-1)(loss.right), says=says.format("sum", samples), **_MEAN
        ),
        value(
            "loss-averaged-over-outputs", tree=scaled(1, K=-1)(loss.right), says=says.format("sum", outputs), **_MEAN
        ),
        value(
            "loss-halved",
            tree=scaled(0.5)(loss.right),
            says="with a factor ½ in front of the sum; losses are plain sums here",
            think="Does the boxed convention mention a factor?",
        ),
        value(
            "not-summed",
            tree=signed(entries),
            says="before the sum is taken: one number for every entry",
            **_ONE_NUMBER,
        ),
        value(
            "summed-per-sample",
            tree=signed(Operation("sum over columns", (entries,))),
            says="with one sum for every sample instead of one number",
            think=f"Over which of samples and outputs does equation {loss.number} sum?",
        ),
        *(
            slope(label, tree=scaled(1, **powers)(gradient.right), says=says.format("gradient", by), **_FACTOR)
            for label, powers, by in (
                ("gradient-averaged-over-outputs", {"K": -1}, outputs),
                ("gradient-averaged", {"N": -1, "K": -1}, all_of_them),
                ("gradient-averaged-over-samples", {"N": -1}, samples),
            )
        ),
        slope(
            "gradient-halved",
            tree=scaled(0.5)(gradient.right),
            says="with half the gradient; the loss is a plain sum, without a factor ½",
            **_FACTOR,
        ),
        slope(
            "gradient-times-n",
            tree=scaled(1, N=1)(gradient.right),
            says="with the gradient multiplied by the number of samples",
            think="Each prediction enters the sum once. Where does the N come from?",
        ),
        slope(
            "sign-flipped",
            tree=-gradient.right,
            says="with the gradient's opposite sign: the derivative with respect to the labels, or labels minus predictions",
            look="Look at the order of predictions and labels in backward.",
            think="If a prediction is too large, should its gradient be positive or negative?",
        ),
        slope(
            "gradient-summed",
            tree=total(gradient.right),
            says="when the gradient is summed to a single number; there is one for every prediction",
            look="Look at the shape of what backward returns.",
            think="Which shape does the gradient with respect to the predictions have?",
        ),
    )


_abs, _abs_back = (partial(written, AbsReference, step=step) for step in ("value", "gradient"))
_STEEP = "How steep is |d| at d = 0.1, and how steep at d = 5?"

ABS = (
    _abs(
        "absolute-value-left-out",
        tree=total(P - Y),
        says="without the absolute value: errors of opposite sign cancel",
        think="Can this loss ever be negative?",
    ),
    _abs(
        "absolute-value-after-the-sum",
        tree=of("abs", total(P - Y)),
        says="when the absolute value is taken after the sum: errors of opposite sign cancel",
        think="What is the loss if one prediction is 1 too large and one 1 too small?",
    ),
    _abs("squared", tree=total(square(P - Y)), think="How does this criterion differ from MSECriterion?"),
    _abs_back("difference-for-sign", tree=P - Y, says="with the difference itself instead of its sign", think=_STEEP),
    _abs_back(
        "gradient-of-the-squares",
        tree=scaled(2)(P - Y),
        says="with the gradient of MSECriterion",
        look="Look at which loss your backward is the derivative of.",
        think=_STEEP,
    ),
    _abs_back(
        "ones-everywhere",
        tree=of("ones", P),
        says="with 1 everywhere, whatever the sign of the difference",
        look="Look at predictions that are too small.",
        think="Which slope does |d| have where d is negative?",
    ),
    *_shared(AbsReference),
)
"""Mistakes in `AbsCriterion`."""

_bce, _bce_back = (partial(written, BCEReference, step=step) for step in ("value", "gradient"))
_FIRST, _SECOND = times(Y, of("log", A_P)), times(of("one minus", Y), of("log", of("one minus", A_P)))


def _terms(first: Node, second: Node) -> Node:
    return -total(first + second)


BCE = (
    _bce(
        "minus-left-out",
        tree=scaled(1)(total(_FIRST + _SECOND)),
        says="without the minus sign in front of the sum",
        think="The logarithm of a probability is never positive. Should a loss be?",
    ),
    _bce(
        "second-term-left-out",
        tree=-total(_FIRST),
        says="without the second term, (1 - y) log(1 - a): entries with label 0 have no effect",
        think="What does a prediction of 0.9 cost if the label is 0?",
    ),
    _bce(
        "first-term-left-out",
        tree=-total(_SECOND),
        says="without the first term, y log a: entries with label 1 have no effect",
        think="What does a prediction of 0.1 cost if the label is 1?",
    ),
    _bce(
        "labels-reversed",
        tree=_terms(_FIRST, _SECOND).renamed({Y: of("one minus", Y)}),
        says="with y and 1 - y exchanged: right predictions cost the most",
        think="What should a prediction of 0.9 cost if the label is 1?",
    ),
    _bce(
        "terms-subtracted",
        tree=-total(_FIRST - _SECOND),
        says="when the minus belongs to the first term only",
        think="Which of the two terms stands inside the parentheses of (21)?",
    ),
    _bce_back(
        "denominator-left-out",
        tree=A_P - Y,
        says="without the denominator a (1 - a): a - y is the gradient before the sigmoid, not at its output",
        look="Look at what your gradient is the derivative with respect to.",
        think="The criterion does not know that a sigmoid made its input. What multiplies (a - y) once more, and where?",
    ),
    _bce_back(
        "denominator-halved",
        tree=(A_P - Y) / A_P,
        says="with the denominator a instead of a (1 - a)",
        think="The gradient at a = 0.9, y = 0 is 1/(1 - a). Which factor gives that?",
    ),
    _bce_back(
        "gradient-of-the-first-term",
        tree=Number(0) - Y / A_P,
        says="with the derivative of the first term only, -y / a",
        look="Look at the gradient for a label of 0.",
        think="What does the second term of (21) contribute?",
    ),
    _bce_back(
        "parentheses-forgotten",
        tree=times((A_P - Y) / A_P, of("one minus", A_P)),
        says="with (a - y) / a * (1 - a): Python divides by a and then multiplies by 1 - a",
        look="Look at the parentheses around your denominator.",
        think="In which order does Python evaluate a / b * c?",
    ),
    *_shared(BCEReference),
)
"""Mistakes in `BCECriterion`."""
