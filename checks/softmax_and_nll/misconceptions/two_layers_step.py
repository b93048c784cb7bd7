"""Mistakes in the network of two layers that have a label of their own: its two updates, and the output after them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from checks.formulas.slips import Worked, written
from checks.judging.reference import Misconception, Override
from checks.observing.observation import Array
from checks.softmax_and_nll.misconceptions.one_layer import errors, updates
from checks.softmax_and_nll.reference import (
    A1,
    A2,
    BEFORE,
    ERROR_1,
    ERROR_2,
    GRADIENT_1,
    GRADIENT_2,
    ON,
    W1,
    W2,
    Z1,
    Z2,
    OutputAfterStepReference,
    UpdatedW1Reference,
    UpdatedW2Reference,
    X,
    of,
)

_LABELS = (
    *("rate-of-the-example", "step-returned", "diagonal-jacobian", "jacobian-left-out", "ascent"),
    *("learning-rate-left-out", "derivative-kept", "label-left-out", "gradient-returned", "not-updated"),
)


def _of_one_matrix(reference: type[Worked], step: str, *matrix: Any) -> tuple[Misconception, ...]:
    known = errors(reference, "output_error", A2, "z2") | updates(reference, step, *matrix)
    return tuple(known[label] for label in _LABELS)


_gradient_2 = partial(written, UpdatedW2Reference, step="gradient_2")
_RECEIVED = "Look at what the output layer receives."

UPDATED_W2 = (
    *_of_one_matrix(UpdatedW2Reference, "new_w2", W2, GRADIENT_2),
    _gradient_2(
        "x-for-a1",
        tree=X @ ERROR_2.T,
        says="with x in the place of a1",
        look=_RECEIVED,
        think="What goes into a layer: the input of the network, or the output of the layer before?",
    ),
    _gradient_2(
        "z1-for-a1",
        tree=Z1 @ ERROR_2.T,
        says="with z1 in the place of a1",
        look=_RECEIVED,
        think="What lies between z1 and the output layer?",
    ),
    _gradient_2(
        "relu-derivative-for-a1",
        tree=of("relu'", Z1) @ ERROR_2.T,
        says="with relu'(z1) in the place of a1",
        look=_RECEIVED,
        think="What is the derivative of z2 with respect to an entry of W2?",
    ),
    _gradient_2(
        "weighted-by-w2",
        tree=W2 * ERROR_2.T,
        says="with W2 in the place of a1",
        look="Look at what the error signal is multiplied by.",
        think="What is the derivative of W a with respect to W: W, or a?",
    ),
    _gradient_2(
        "transposed",
        tree=(A1 @ ERROR_2.T).T,
        says="when the gradient is transposed",
        look="Look at the shape of the gradient.",
        think="Rows of W2 belong to hidden neurons, columns to classes. And those of your gradient?",
    ),
)
"""Mistakes in `updated_w2`."""


def _with_new_w2(ref: UpdatedW1Reference, right: Callable[..., Array], layer: int = BEFORE) -> Array:
    new, old = ref.call("updated_w2", ref.given), ref.known["W2", BEFORE]
    ref.known["W2", BEFORE] = ref.updated_w2() if new is None else new
    value = right(layer)
    ref.known["W2", BEFORE] = old
    return value


def _on_the_way_back(reference: type[Worked]) -> tuple[Misconception, ...]:
    return (
        Misconception(
            "updated-w2-used",
            Override("hidden_error", _with_new_w2),
            "with the updated W2 (the error signal of the hidden layer needs the W2 of the forward pass)",
            "Look at which W2 passes the error signal back.",
            "Which weights made the output whose loss you differentiate?",
            "(17)",
        ),
        written(
            reference,
            "relu-derivative-left-out",
            "relu_derivative",
            of("ones", Z1),
            says="without the derivative of the ReLU",
            look="Look at the hidden error signal.",
            think="If a hidden neuron is off, does a small change of its weights change anything?",
        ),
    )


_on = partial(
    written, UpdatedW1Reference, step="relu_derivative", look="Look at where the derivative of the ReLU is taken."
)
_hidden = partial(written, UpdatedW1Reference, step="hidden_error")
_gradient_1 = partial(written, UpdatedW1Reference, step="gradient_1")
_WHICH_NUMBER = "Which number goes into the ReLU of a hidden neuron?"

UPDATED_W1 = (
    *_of_one_matrix(UpdatedW1Reference, "new_w1", W1, GRADIENT_1),
    *_on_the_way_back(UpdatedW1Reference),
    _on(
        "relu-for-its-derivative",
        tree=of("relu", Z1),
        says="with the ReLU in the place of its derivative",
        think="How steep is the ReLU at 3?",
    ),
    _on(
        "derivative-at-w2-x",
        tree=of("relu'", W2 @ X),
        says="with the derivative of the ReLU taken at W2 x, which fits only if inputs and outputs are equally many",
        think=_WHICH_NUMBER,
    ),
    _on(
        "derivative-at-what-is-passed-back",
        tree=of("relu'", W2 @ ERROR_2),
        says="with the derivative of the ReLU taken at W2 δ₂",
        think=_WHICH_NUMBER,
    ),
    _gradient_1(
        "a1-for-x",
        tree=A1 @ ERROR_1.T,
        says="with a1 in the place of x",
        look="Look at what the hidden layer receives.",
        think="What goes into the first layer?",
    ),
    _hidden(
        "w2-left-out",
        tree=ERROR_2 * ON,
        says="when the error signal of the output is used for the hidden layer as it is, without W2",
        look="Look at how the error signal comes to the hidden layer.",
        think="How strongly does a hidden neuron act on each of the outputs?",
    ),
    _hidden(
        "w2-transposed",
        tree=(W2.T @ ERROR_2) * ON,
        says="from W2ᵀ δ₂ (on the way back W2 is not transposed)",
        look="Look at the shapes in the product.",
        think="W2 is (h, n) and δ₂ is (n, 1). Which product gives (h, 1)?",
    ),
    _gradient_1(
        "transposed",
        tree=(X @ ERROR_1.T).T,
        says="when the gradient is transposed",
        look="Look at the shape of the gradient.",
        think="Rows of W1 belong to inputs, columns to hidden neurons. And those of your gradient?",
    ),
)
"""Mistakes in `updated_w1`."""


def _after(label: str, otherwise: Any, says: str, look: str, think: str) -> Misconception:
    return Misconception(label, Override("weights_after", otherwise), says, look, think, "(19)")


def _later(name: str, first: str) -> Callable[..., dict[str, Array]]:
    """Return what computes one matrix after its step when the other one has taken its step."""

    def otherwise(ref: OutputAfterStepReference, right: Any) -> dict[str, Array]:
        after, given = right(), ref.given
        ref.take({**given, first: after.get(first, given[first])})
        return {**after, name: ref.moved(name)}

    return otherwise


def _without(after: dict[str, Array], name: str) -> dict[str, Array]:
    return {other: array for other, array in after.items() if other != name}


def _with_new_biases(ref: OutputAfterStepReference, right: Any) -> dict[str, Array]:
    after: dict[str, Array] = right()
    rate = ref.given["learning_rate"]
    moved = {"b1": ref.hidden_signal(), "b2": ref.signal()}
    return {**after, **{name: np.asarray(ref.given[name] - rate * signal) for name, signal in moved.items()}}


_WHICH_WEIGHTS = "Look at which weights the last forward pass uses."
_HOW_MANY = "How many weight matrices does the network have?"
_WHOSE_LOSS = "Which weights made the output whose loss you differentiate?"
_STEPS = updates(OutputAfterStepReference, "new_w2", W2, GRADIENT_2, both=True)

OUTPUT_AFTER_STEP = (
    *(_STEPS[label] for label in ("ascent", "learning-rate-left-out", "rate-of-the-example")),
    *_on_the_way_back(OutputAfterStepReference),
    _after(
        "old-weights-used",
        lambda ref, right: {},
        "when the output is computed with the old weights",
        _WHICH_WEIGHTS,
        "What has changed since the first forward pass?",
    ),
    _after(
        "only-w2-updated",
        lambda ref, right: _without(right(), "W1"),
        "when only W2 is updated",
        _WHICH_WEIGHTS,
        _HOW_MANY,
    ),
    _after(
        "only-w1-updated",
        lambda ref, right: _without(right(), "W2"),
        "when only W1 is updated",
        _WHICH_WEIGHTS,
        _HOW_MANY,
    ),
    _after(
        "w2-gradient-after-w1",
        _later("W2", "W1"),
        "when W1 is updated first and the gradient of W2 is computed with the new W1",
        "Look at the order of the two updates.",
        _WHOSE_LOSS,
    ),
    _after(
        "w1-gradient-after-w2",
        _later("W1", "W2"),
        "when W2 is updated first and everything for W1 is computed with the new W2",
        "Look at the order of the two updates.",
        _WHOSE_LOSS,
    ),
    _after(
        "biases-updated",
        _with_new_biases,
        "when the biases take a step too (in this exercise they stay as they are)",
        "Look at what changes in the step.",
        "Which parameters does this exercise keep?",
    ),
    written(
        OutputAfterStepReference,
        "softmax-left-out",
        "output",
        Z2,
        where="last",
        says="without the softmax of the output layer in the last forward pass",
        look="Look at what happens to z2.",
        think="Do the two outputs add up to 1?",
    ),
)
"""Mistakes in `output_after_step`."""
