"""Observe a student's two-layer network: its constructor, its forward and its backward, each on its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.layers_and_losses.case import (
    BIAS_GRADIENT,
    GRADIENT,
    OUTPUT,
    SAMPLE_BY_SAMPLE,
    WEIGHT_GRADIENT,
    NetworkCase,
)
from checks.layers_and_losses.observe import (
    KEEP,
    backward_seen,
    expect_class,
    forward_seen,
    made,
    note_memory,
)
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.quantity import FIRST, SECOND, Quantity
from checks.observing.watch import Halt, Record, same, watched


def observe_TwoLayerNetwork(cls: Any, case: NetworkCase) -> Observation:
    """Observe the outputs of `forward`, twice."""

    def run(record: Record) -> None:
        expect_class(cls, "TwoLayerNetwork")
        _expect_seed_to_count(record, cls, case)
        net = _network(cls, case)
        for call, data in ((FIRST, case.x), (SECOND, case.second_x)):
            x = case.given(data)
            record.returned(OUTPUT.in_call(call), net.forward(x), "forward", "the outputs, of shape (N, out)")
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
        _expect_same_parameters(record, net, case, "forward only computes; it")

    return forward_seen(watched(run, cls, method="forward"))


def then_TwoLayerNetwork(cls: Any, case: NetworkCase, first: Observation) -> Observation:
    """Observe what `backward` returns and what the linear layers then store, twice."""
    from checks.layers_and_losses.lent import right_layers_standing_in

    def run(record: Record) -> None:
        net = _network(cls, case)
        for call, data, gradient in ((FIRST, case.x, case.g), (SECOND, case.second_x, case.second_g)):
            x, g = case.given(data), case.given(gradient)
            net.forward(x.copy())
            returned = None
            try:
                returned = net.backward(x, g)
            finally:
                for number, layer in ((2, net.layers[2]), (1, net.layers[0])):
                    bias, weight = (one._replace(layer=number, call=call) for one in (BIAS_GRADIENT, WEIGHT_GRADIENT))
                    _record_stored(record, bias, layer.grad_bias, 1)
                    _record_stored(record, weight, layer.grad_weight, 2)
            expected = "the gradient with respect to x, shape (N, in)"
            record.returned(GRADIENT.in_call(call), returned, "backward", expected)
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("grad_output", gradient, g, "Work on a copy, grad_output.copy(), instead.")
        _expect_same_parameters(record, net, case, "backward only measures; it")
        note_memory(record, net, case.given(case.x), case.given(case.g))

    def prompted(record: Record) -> None:
        with right_layers_standing_in(cls):
            run(record)

    return backward_seen(watched(prompted, cls, method="backward"), first)


def _record_stored(record: Record, quantity: Quantity, gradient: Any, axes: int) -> None:
    """Read a gradient from a layer, as another quantity as long as it has an axis for the samples."""
    from checks.layers_and_losses.lent import SampleBySample

    apart = isinstance(gradient, SampleBySample) and gradient.ndim == axes + 1
    record.quantity(quantity._replace(aspect=SAMPLE_BY_SAMPLE) if apart else quantity, gradient)


def _network(kind: type, case: NetworkCase) -> Any:
    """Return a student's network, made of layers that are right, with the weights and biases of a case."""
    from checks.layers_and_losses.lent import RightActivation, RightArcTan, RightLinear, set_parameters

    output = RightArcTan if case.output == "arctan" else RightActivation
    made(kind, "TwoLayerNetwork(in, hidden, out)", *case.sizes)  # as the notebook itself calls it
    net = made(kind, "TwoLayerNetwork(in, hidden, out, linear=..., output=...)", *case.sizes,
               linear=RightLinear, output=output)  # fmt: skip
    layers = getattr(net, "layers", None)
    if not isinstance(layers, list | tuple) or len(layers) != 4:
        raise Halt(Trouble.UNUSABLE, f"network.layers should be a list of four layers. {KEEP}")
    shapes = [np.shape(getattr(layers[k], "weight", 0.0)) for k in (0, 2)]
    if shapes != [case.sizes[:2], case.sizes[1:]]:
        wanted = f"{case.sizes[:2]} and {case.sizes[1:]}"
        raise Halt(
            Trouble.UNUSABLE,
            f"TwoLayerNetwork{case.sizes} should have weights of shapes {wanted}, but they have {shapes[0]} and "
            f"{shapes[1]}. {KEEP}",
        )
    set_parameters(list(layers), case)
    return net


def _expect_same_parameters(record: Record, net: Any, case: NetworkCase, method: str) -> None:
    now = [getattr(net.layers[k], name) for k in (0, 2) for name in ("weight", "bias")]
    if not all(same(before, after) for before, after in zip(case.parameters, now, strict=True)):
        record.problem(Trouble.CHANGED, f"Your code changes weights or biases. {method} leaves them as they are.")


def _expect_seed_to_count(record: Record, cls: type, case: NetworkCase) -> None:
    """Note a problem unless the seed alone decides about the weights, and the global generator is left alone."""
    from checks.layers_and_losses.lent import DrawnLinear, RightActivation

    call = "TwoLayerNetwork(in, hidden, out, linear=..., seed=...)"

    def weights(**seed: int) -> tuple[Array, Array]:
        net = made(cls, call, *case.sizes, linear=DrawnLinear, output=RightActivation, **seed)
        try:
            return net.layers[0].weight, net.layers[2].weight
        except (AttributeError, IndexError, TypeError):
            raise Halt(Trouble.UNUSABLE, f"network.layers should be a list of four layers. {KEEP}") from None

    before = _global_generator()
    first, again, other, usual = weights(seed=3), weights(seed=3), weights(seed=4), weights()
    after = _global_generator()
    if not all(np.array_equal(*pair) for pair in zip(first, again, strict=True)):
        complaint = "Two networks with the same seed have different weights."
    elif any(np.array_equal(*pair) for pair in zip(first, other, strict=True)):
        complaint = "Two networks with different seeds have the same weights."
    elif not all(np.array_equal(*pair) for pair in zip(usual, weights(seed=0), strict=True)):
        complaint = "Without a seed, the weights are not those of seed=0."
    elif before != after:
        complaint = "Your constructor uses NumPy's global random generator instead of one of its own."
    else:
        return
    record.problem(Trouble.WRONG_TYPE, f"{complaint} {KEEP}")


def _global_generator() -> tuple[int, bytes]:
    """Return the state of NumPy's global random generator."""
    state = np.random.get_state(legacy=False)["state"]  # type: ignore[call-overload]
    return int(state["pos"]), bytes(state["key"])
