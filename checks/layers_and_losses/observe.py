"""Observe a student's layers and criteria: forward and backward each on its own.

In a second look, a layer's `backward` runs on a class whose `forward` returns what is right, whatever the student's own
does, so that a wrong `forward` does not spoil it; what the student's `forward` remembers stays in place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import numpy as np

from checks.layers_and_losses.case import (
    AT_ZERO,
    BIAS_GRADIENT,
    DERIVATIVE,
    FORWARD_UNWRITTEN,
    GRADIENT,
    LOSS,
    OUTPUT,
    PREDICTION_GRADIENT,
    WEIGHT_GRADIENT,
    CriterionCase,
    ElementCase,
    LinearCase,
    special_predictions,
)
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import FIRST, SECOND, Quantity
from checks.observing.standing_in import method_standing_in
from checks.observing.watch import Halt, Record, same, watched

KEEP = "Keep the constructor as the notebook gives it."


def expect_class(subject: Any, name: str) -> None:
    """Halt if `subject` is not the class `name`, or lacks one of its two methods."""
    if not isinstance(subject, type):
        raise Halt(
            Trouble.UNUSABLE,
            f"check_{name} expects your class {name} itself, as in check_{name}({name}); it got {described(subject)}.",
        )
    missing = [method for method in ("forward", "backward") if not callable(getattr(subject, method, None))]
    if missing:
        raise Halt(
            Trouble.MISSING,
            f"The class {subject.__name__} has no method {missing[0]} yet: run the cell that defines it, then this "
            "check again.",
        )


def forward_seen(seen: Observation) -> Observation:
    """Return what was seen of forward; that it is not written yet does not end the looking, for backward may be."""
    if not seen.has(Trouble.NOT_ATTEMPTED):
        return seen
    return replace(_without_stub(seen), arrays={**seen.arrays, FORWARD_UNWRITTEN: np.array(1.0)})


def backward_seen(seen: Observation, forward: Observation) -> Observation:
    """Return what was seen of backward beside what the first look has said of forward.

    A method that is not written yet leaves its quantities absent; as not attempted counts a class with none that is.
    """
    if FORWARD_UNWRITTEN not in forward.arrays:
        seen = _without_stub(seen)
    return replace(
        seen,
        problems=tuple(problem for problem in seen.problems if problem not in forward.problems),
        notes=tuple(note for note in seen.notes if note not in forward.notes),
    )


def _without_stub(seen: Observation) -> Observation:
    problems = (problem for problem in seen.problems if problem.trouble is not Trouble.NOT_ATTEMPTED)
    return replace(seen, problems=tuple(problems))


def made(cls: type, call: str, *arguments: Any, **options: Any) -> Any:
    """Return an instance of a student's class, or halt with a sentence about its constructor."""
    try:
        return cls(*arguments, **options)
    except (TypeError, AttributeError) as error:
        raise Halt(Trouble.UNUSABLE, f"{call} raises {type(error).__name__}: {error}. {KEEP}") from error


def right_forward_standing_in(cls: Any, right: Callable[[Any, Any], Any]) -> AbstractContextManager[None]:
    """Let a student's class have a forward that returns `right(instance, x)`, after the student's own has run.

    Where the student's own forward keeps the very output that it returns, the right output is kept instead.
    """

    def maker(own_forward: Any) -> Callable[..., Any]:
        def forward(self: Any, *arguments: Any, **options: Any) -> Any:
            if len(arguments) + len(options) > 1:  # a part of the pass that only the student's code knows
                return own_forward(self, *arguments, **options)
            x = np.asarray(arguments[0] if arguments else next(iter(options.values())))
            kept = x.copy()
            own: Any = None
            with contextlib.suppress(Exception):  # it is judged on its own
                own = own_forward(self, *arguments, **options)
            correct = right(self, kept)
            if isinstance(own, np.ndarray) and not np.array_equal(own, kept):
                for name, value in list(vars(self).items()):
                    if value is own or (isinstance(value, np.ndarray) and np.array_equal(value, own)):
                        setattr(self, name, correct.copy())
            return correct

        return forward

    return method_standing_in(cls, "forward", maker)


def reading(value: Any) -> Array | None:
    """Return a value as an array, or None if it is none."""
    try:
        return as_array(value)
    except NotAnArrayError:
        return None


# --- layers that work entry by entry ---------------------------------------------------------------------------


def observe_ReLU(cls: Any, case: ElementCase) -> Observation:
    """Observe `ReLU().forward(x)`, twice, and at 0."""
    return _observe_forward(cls, case, "ReLU")


def then_ReLU(cls: Any, case: ElementCase, first: Observation) -> Observation:
    """Observe `ReLU().backward(x, grad_output)`, twice, and the derivative at 0."""
    from checks.layers_and_losses.lent import relu

    return _observe_backward(cls, case, "ReLU", relu, first)


def observe_Tanh(cls: Any, case: ElementCase) -> Observation:
    """Observe `Tanh().forward(x)`, twice, and at 0; far inputs give a note only."""
    return _observe_forward(cls, case, "Tanh")


def then_Tanh(cls: Any, case: ElementCase, first: Observation) -> Observation:
    """Observe `Tanh().backward(x, grad_output)`, twice."""
    from checks.layers_and_losses.lent import tanh

    return _observe_backward(cls, case, "Tanh", tanh, first)


def _observe_forward(cls: Any, case: ElementCase, name: str) -> Observation:

    def run(record: Record) -> None:
        expect_class(cls, name)
        layer = made(cls, f"{name}()")
        for call, data in ((FIRST, case.x), (SECOND, case.second_x)):
            x = case.given(data)
            record.returned(OUTPUT.in_call(call), layer.forward(x), "forward", "an array of the shape of x")
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
        record.quantity(OUTPUT._replace(aspect=AT_ZERO), layer.forward(np.zeros((1, 3))))
        if name == "Tanh":
            _note_far_inputs(record, layer)

    return forward_seen(watched(run, cls, method="forward"))


def _note_far_inputs(record: Record, layer: Any) -> None:
    far = np.array([[-800.0, 25.0, 800.0]])
    with np.errstate(all="ignore"):
        try:
            seen = reading(layer.forward(far.copy()))
        except Exception:
            seen = None
    if seen is None or seen.shape != far.shape or not np.allclose(seen, np.sign(far)):
        record.note(
            "far-inputs",
            "For inputs far beyond 20 your tanh is not ±1 (it may be nan: exp overflows). np.tanh does not mind.",
        )


def _observe_backward(
    cls: Any, case: ElementCase, name: str, right: Callable[[Array], Array], first: Observation
) -> Observation:
    """Observe two calls of backward, each after a forward pass of the same x; note if it needs that pass."""

    def run(record: Record) -> None:
        layer = made(cls, f"{name}()")
        for call, data, gradient in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            x, grad_output = case.given(data), case.given(gradient)
            layer.forward(x.copy())
            returned = layer.backward(x, grad_output)
            record.returned(GRADIENT.in_call(call), returned, "backward", "an array of the shape of x")
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("grad_output", gradient, grad_output, "Work on a copy, grad_output.copy(), instead.")
        note_memory(record, layer, case.given(case.x), case.given(case.g))
        if name == "ReLU":
            x, g = np.zeros((1, 3)), np.ones((1, 3))
            layer.forward(x.copy())
            record.quantity(DERIVATIVE._replace(aspect=AT_ZERO), layer.backward(x, g))

    def prompted(record: Record) -> None:
        with right_forward_standing_in(cls, lambda _, x: right(x)):
            run(record)

    return backward_seen(watched(prompted, cls, method="backward"), first)


def note_memory(record: Record, layer: Any, x: Array, g: Array, quantity: Quantity = GRADIENT) -> None:
    """Note if backward depends on the forward pass before it rather than on what it is given."""
    first = record.arrays.get(quantity)
    try:
        with np.errstate(all="ignore"):
            again = reading(layer.backward(x, g))
    except Exception:
        again = None
    if first is not None and (again is None or not same(first, again)):
        record.note(
            "memory",
            "Your backward uses what the last forward stored, not only what it is given. That works as long as forward "
            "with the same arguments comes right before it; a gradient check that computes other losses in between "
            "would read stale values.",
        )


# --- criteria --------------------------------------------------------------------------------------------------


def observe_AbsCriterion(cls: Any, case: CriterionCase) -> Observation:
    """Observe the loss and its gradient, twice each, and the gradient where prediction and label agree."""
    return _observe_criterion(cls, case, "AbsCriterion")


def observe_BCECriterion(cls: Any, case: CriterionCase) -> Observation:
    """Observe the loss and its gradient, twice each, and at predictions near and at 0 and 1."""
    return _observe_criterion(cls, case, "BCECriterion")


def _observe_criterion(cls: Any, case: CriterionCase, name: str) -> Observation:
    probes = [(FIRST, case.p, case.y), (SECOND, case.second_p, case.second_y)]
    extra = special_predictions(name)

    def calls(record: Record, method: Any, quantity: Quantity, expected: str) -> None:
        for call, data, labels in probes:
            p, y = case.given(data), case.given(labels)
            called = "forward" if quantity == LOSS else "backward"
            record.returned(quantity.in_call(call), method(p, y), called, expected)
            record.unchanged("predictions", data, p, "Work on a copy instead.")
            record.unchanged("labels", labels, y, "Work on a copy instead.")
        for where, data, labels in extra:
            p, y = data.copy(), labels.copy()
            record.quantity(quantity._replace(aspect=where), method(p, y))
            record.unchanged("predictions", data, p, "Work on a copy instead.", exactly=True)
            record.unchanged("labels", labels, y, "Work on a copy instead.", exactly=True)

    def run_forward(record: Record) -> None:
        expect_class(cls, name)
        calls(record, made(cls, f"{name}()").forward, LOSS, "the loss, a single number")

    def run_backward(record: Record) -> None:
        expect_class(cls, name)
        criterion = made(cls, f"{name}()")

        def backward(p: Array, y: Array) -> Any:
            with contextlib.suppress(Exception):  # for what it may remember
                criterion.forward(p.copy(), y.copy())
            return criterion.backward(p, y)

        calls(record, backward, PREDICTION_GRADIENT, "an array of the shape of the predictions")
        note_memory(record, criterion, case.given(case.p), case.given(case.y), PREDICTION_GRADIENT)

    forward = forward_seen(watched(run_forward, cls, method="forward"))
    return forward.followed_by(backward_seen(watched(run_backward, cls, method="backward"), forward))


# --- the linear layer for batches ------------------------------------------------------------------------------


def observe_BatchLinear(cls: Any, case: LinearCase) -> Observation:
    """Observe the gradient that `backward` returns and those it stores, in two calls."""

    def run(record: Record) -> None:
        expect_class(cls, "BatchLinear")
        layer = made(cls, "BatchLinear(in, out, rng)", *case.weight.shape, np.random.default_rng(0))
        layer.weight, layer.bias = case.given(case.weight), case.given(case.bias)
        _expect_inherited_forward(record, layer, case)
        layer.grad_weight = layer.grad_bias = None
        for call, data, gradient in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            x, g = case.given(data), case.given(gradient)
            with contextlib.suppress(Exception):  # for what it may remember; it is the given one
                layer.forward(x.copy())
            returned = None
            try:
                returned = layer.backward(x, g)
            finally:
                record.quantity(WEIGHT_GRADIENT.in_call(call), layer.grad_weight)
                record.quantity(BIAS_GRADIENT.in_call(call), flat_bias(record, layer.grad_bias, len(case.bias)))
            expected = "the gradient with respect to x, shape (N, in)"
            record.returned(GRADIENT.in_call(call), returned, "backward", expected)
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("grad_output", gradient, g, "Work on a copy, grad_output.copy(), instead.")
        if not (same(case.weight, layer.weight) and same(case.bias, layer.bias)):
            record.problem(Trouble.CHANGED, "Your code changes the weight or the bias. backward stores gradients only.")

    return watched(run, cls, method="backward")


def _expect_inherited_forward(record: Record, layer: Any, case: LinearCase) -> None:
    """Note a problem if the class has a forward of its own that is not x W + b any more."""
    try:
        came = reading(layer.forward(case.given(case.x)))
    except Exception:
        came = None
    expected = case.x @ case.weight + case.bias
    if came is None or came.shape != expected.shape or not np.allclose(came, expected, rtol=1e-4, atol=1e-6):
        sentence = "Your class has a forward that does not give x W + b, equation (1). Leave it out: it is inherited."
        record.problem(Trouble.WRONG_TYPE, sentence)


def flat_bias(record: Record, gradient: Any, width: int) -> Any:
    """Return a bias gradient of shape (1, out) as (out,), with a note."""
    if gradient is not None and np.shape(gradient) == (1, width):
        record.note(
            "row-for-a-bias",
            f"grad_bias has shape (1, {width}), the bias itself ({width},). It counts as right, but an update in "
            "place, `layer.bias -= ...`, refuses it.",
        )
        return np.asarray(gradient)[0]
    return gradient
