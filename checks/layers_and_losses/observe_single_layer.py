"""Observe what a student makes of a single layer: gradients of samples added up, and steps of learning."""

from __future__ import annotations

from typing import Any

from checks.layers_and_losses.case import (
    BIAS_AFTER,
    BIAS_GRADIENT,
    LOSS,
    WEIGHT_AFTER,
    WEIGHT_GRADIENT,
    LinearCase,
    StepCase,
)
from checks.layers_and_losses.observe import flat_bias
from checks.observing.arrays import described
from checks.observing.observation import Observation, Trouble
from checks.observing.quantity import FIRST, SECOND
from checks.observing.standing_in import notebook_of
from checks.observing.watch import Record, missing_function, same, watched


def observe_summed_gradients(summed_gradients: Any, case: LinearCase) -> Observation:
    """Observe the two gradients that `summed_gradients` returns, in two calls."""
    problem = missing_function(summed_gradients, "summed_gradients", "linear, x, grad_output")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        for call, data, gradient in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            linear, x, g = _layer(case, summed_gradients), case.given(data), case.given(gradient)
            returned = summed_gradients(linear, x, g)
            expected = "the pair (grad_weight, grad_bias)"
            if returned is None:
                record.returned(WEIGHT_GRADIENT.in_call(call), None, "summed_gradients", expected)
            elif not isinstance(returned, tuple | list) or len(returned) != 2:
                record.problem(
                    Trouble.WRONG_TYPE,
                    f"summed_gradients returned {described(returned)}; it should return {expected}.",
                )
            else:
                record.quantity(WEIGHT_GRADIENT.in_call(call), returned[0])
                record.quantity(BIAS_GRADIENT.in_call(call), flat_bias(record, returned[1], len(case.bias)))
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("grad_output", gradient, g, "Work on a copy, grad_output.copy(), instead.")
            if not (same(case.weight, linear.weight) and same(case.bias, linear.bias)):
                record.problem(Trouble.CHANGED, "Your code changes the weight or the bias. It is to add up gradients.")

    return watched(run, summed_gradients)


def observe_single_layer_step(single_layer_step: Any, case: StepCase) -> Observation:
    """Observe the loss, and the layer after the step, in two calls with a layer each."""
    problem = missing_function(single_layer_step, "single_layer_step", "linear, x, y, learning_rate")
    if problem:
        return Observation(problems=(problem,))

    def run(record: Record) -> None:
        for call, sample, label in ((FIRST, case.x, case.y), (SECOND, case.second_x, case.second_y)):
            linear, x, y = _layer(case, single_layer_step), case.given(sample), case.given(label)
            returned = None
            try:
                returned = single_layer_step(linear, x, y, case.learning_rate)
            finally:
                record.quantity(WEIGHT_AFTER.in_call(call), linear.weight)
                record.quantity(BIAS_AFTER.in_call(call), linear.bias)
            record.returned(LOSS.in_call(call), returned, "single_layer_step", "the loss, a single number")
            record.unchanged("x", sample, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("y", label, y, "Work on a copy, y.copy(), instead.")

    return watched(run, single_layer_step)


def _layer(case: LinearCase | StepCase, student: Any) -> Any:
    """Return a linear layer that is right, an instance of the notebook's class, with the parameters of a case."""
    from checks.layers_and_losses.lent import SingleLinear, disguised

    linear = SingleLinear(*case.weight.shape)
    linear.weight, linear.bias = case.given(case.weight), case.given(case.bias)
    return disguised(linear, next(iter(notebook_of(student)), {}).get("Linear"))
