"""Mistakes in AbsCriterion and BCECriterion that have a label of their own."""

from __future__ import annotations

from collections.abc import Callable

from checks.formulas.slips import Entry, listed
from checks.formulas.tree import Node, Number, Operation, scaled, square, times, total
from checks.judging.reference import Misconception
from checks.layers_and_losses.reference import A_P, AbsReference, BCEReference, CriterionReference, P, Y, of

_PLAIN = "losses are plain sums here"


def _shared(reference: type[CriterionReference], entries: Node, signed: Callable[[Node], Node]) -> list[Misconception]:
    """Return the mistakes that both criteria share; the loss is that of `entries`, with a sign."""
    loss, gradient = reference.value.right, reference.gradient.right
    sizes = (
        ("", "entries", scaled(1, N=-1, K=-1)),
        ("-over-samples", "samples", scaled(1, N=-1)),
        ("-over-outputs", "outputs", scaled(1, K=-1)),
    )

    def averaged(name: str, right: Node) -> dict[str, Entry]:
        says = f"when the {name} is divided by the number of {{}}; {_PLAIN}"
        return {f"{name}-averaged{over}": (divided(right), says.format(what)) for over, what, divided in sizes}

    return [
        *listed(
            reference,
            "value",
            {
                **averaged("loss", loss),
                "loss-halved": (scaled(0.5)(loss), f"with a factor ½ in front of the sum; {_PLAIN}"),
                "not-summed": (signed(entries), "before the sum is taken: one number for every entry"),
                "summed-per-sample": (
                    signed(Operation("sum over columns", (entries,))),
                    "with one sum for every sample instead of one number",
                ),
            },
        ),
        *listed(
            reference,
            "gradient",
            {
                **averaged("gradient", gradient),
                "gradient-halved": (scaled(0.5)(gradient), f"with half the gradient; {_PLAIN}, without a factor ½"),
                "gradient-times-n": scaled(1, N=1)(gradient),
                "sign-flipped": (
                    -gradient,
                    "with the gradient's opposite sign: with respect to the labels, or labels minus predictions",
                    "If a prediction is too large, should its gradient be positive or negative?",
                ),
                "gradient-summed": (
                    total(gradient),
                    "when the gradient is summed to a single number; there is one for every prediction",
                ),
            },
        ),
    ]


_CANCEL, _STEEP = "errors of opposite sign cancel", "How steep is |d| at d = 0.1, and how steep at d = 5?"

ABS = (
    *listed(
        AbsReference,
        "value",
        {
            "absolute-value-left-out": (total(P - Y), f"without the absolute value: {_CANCEL}"),
            "absolute-value-after-the-sum": (
                of("abs", total(P - Y)),
                f"when the absolute value is taken after the sum: {_CANCEL}",
            ),
            "squared": total(square(P - Y)),
        },
    ),
    *listed(
        AbsReference,
        "gradient",
        {
            "difference-for-sign": (P - Y, "with the difference itself instead of its sign", _STEEP),
            "gradient-of-the-squares": (scaled(2)(P - Y), "with the gradient of MSECriterion", _STEEP),
            "ones-everywhere": (of("ones", P), "with 1 everywhere, whatever the sign of the difference"),
        },
    ),
    *_shared(AbsReference, of("abs", P - Y), lambda node: node),
)
"""Mistakes in `AbsCriterion`."""

_FIRST, _SECOND = times(Y, of("log", A_P)), times(of("one minus", Y), of("log", of("one minus", A_P)))
_ERROR = A_P - Y

BCE = (
    *listed(
        BCEReference,
        "value",
        {
            "minus-left-out": (
                scaled(1)(total(_FIRST + _SECOND)),
                "without the minus sign in front of the sum",
                "The logarithm of a probability is never positive. Should a loss be?",
            ),
            "second-term-left-out": (
                -total(_FIRST),
                "without the second term, (1 - y) log(1 - a): entries with label 0 have no effect",
                "What does a prediction of 0.9 cost if the label is 0?",
            ),
            "first-term-left-out": (
                -total(_SECOND),
                "without the first term, y log a: entries with label 1 have no effect",
                "What does a prediction of 0.1 cost if the label is 1?",
            ),
            "labels-reversed": (
                BCEReference.value.right.renamed({Y: of("one minus", Y)}),
                "with y and 1 - y exchanged: right predictions cost the most",
                "What should a prediction of 0.9 cost if the label is 1?",
            ),
            "terms-subtracted": (-total(_FIRST - _SECOND), "when the minus belongs to the first term only"),
        },
    ),
    *listed(
        BCEReference,
        "gradient",
        {
            "denominator-left-out": (
                _ERROR,
                "without the denominator a (1 - a): a - y is the gradient before the sigmoid, not at its output",
                "The criterion does not know that a sigmoid made its input. What multiplies (a - y) later, and where?",
            ),
            "denominator-halved": (_ERROR / A_P, "with the denominator a instead of a (1 - a)"),
            "gradient-of-the-first-term": (
                Number(0) - Y / A_P,
                "with the derivative of the first term only, -y / a",
                "What does the second term of (21) contribute?",
            ),
            "parentheses-forgotten": (
                times(_ERROR / A_P, of("one minus", A_P)),
                "with (a - y) / a * (1 - a): Python divides by a and then multiplies by 1 - a",
            ),
        },
    ),
    *_shared(BCEReference, _FIRST + _SECOND, lambda node: -node),
)
"""Mistakes in `BCECriterion`."""
