"""Observe a student's two-layer network: its constructor, its forward and its backward, each on its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from checks.layers_and_losses.cases import NetworkCase, second_call
from checks.layers_and_losses.observe import (
    GRADIENT,
    KEEP,
    OUTPUT,
    made,
    merged,
    note_memory,
    unusable_class,
    with_right_forward,
)
from checks.layers_and_losses.stand_in import DrawnLinear, RightActivation, RightLinear, RightTanh, set_parameters
from checks.observing.observation import Array, Observation, Trouble
from checks.observing.watch import Halt, Record, same, watched


def observe_TwoLayerNetwork(cls: Any, case: NetworkCase) -> Observation:
    """Observe the outputs of `forward` and what `backward` returns and stores in the linear layers, twice each."""
    problem = unusable_class(cls, "TwoLayerNetwork", "forward", "backward")
    if problem:
        return Observation(problems=(problem,))

    def run_forward(record: Record) -> None:
        _expect_seed_to_count(record, cls, case)
        net = _network(cls, case)
        for call, data in ((OUTPUT, case.x), (second_call(OUTPUT), case.second_x)):
            x = case.given(data)
            record.returned(call, net.forward(x), "forward", "the outputs, of shape (N, out)")
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
        _expect_same_parameters(record, net, case, "forward only computes; it")

    def run_backward(record: Record) -> None:
        net = _network(_with_right_layers(cls), case)
        calls = (("", case.x, case.g), (second_call(""), case.second_x, case.second_g))
        for suffix, data, gradient in calls:
            x, g = case.given(data), case.given(gradient)
            net.forward(x.copy())
            returned = None
            try:
                returned = net.backward(x, g)
            finally:
                for number, layer in ((2, net.layers[2]), (1, net.layers[0])):
                    record.quantity(f"bias gradient of layer {number}{suffix}", layer.grad_bias)
                    record.quantity(f"weight gradient of layer {number}{suffix}", layer.grad_weight)
            record.returned(GRADIENT + suffix, returned, "backward", "the gradient with respect to x, shape (N, in)")
            record.unchanged("x", data, x, "Work on a copy, x.copy(), instead.")
            record.unchanged("grad_output", gradient, g, "Work on a copy, grad_output.copy(), instead.")
        _expect_same_parameters(record, net, case, "backward only measures; it")
        note_memory(record, net, case.given(case.x), case.given(case.g), GRADIENT)

    return merged(watched(run_forward, cls.forward), watched(run_backward, cls.backward))


def _network(kind: type, case: NetworkCase) -> Any:
    """Return a student's network, made of layers that are right, with the weights and biases of a case."""
    output = RightTanh if case.output == "tanh" else RightActivation
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


def _with_right_layers(cls: type) -> Any:
    """Return a class like `cls` whose forward returns what is right, and remembers what is right where it can.

    While the student's own forward runs, every layer gives its right output whatever it is handed, so that an error in
    forward does not get into what backward reads later.
    """

    def forward(net: Any, x: Any) -> Any:
        for layer in net.layers:
            x = layer.forward(x)
        return x

    kind: Any = with_right_forward(cls, forward)
    then = kind.forward

    def prompted(net: Any, *arguments: Any, **options: Any) -> Any:
        with _prompting(net.layers, np.array(arguments[0] if arguments else next(iter(options.values())))):
            return then(net, *arguments, **options)

    kind.forward = prompted
    return kind


@contextlib.contextmanager
def _prompting(layers: Any, x: Any) -> Iterator[None]:
    """Let every layer return its right output for the network's input x, whatever it is given."""
    outputs = []
    for layer in layers:
        x = layer.forward(x)
        outputs.append(x)
    for layer, output in zip(layers, outputs, strict=True):
        layer.forward = lambda *_, right=output, **__: right.copy()
    try:
        yield
    finally:
        for layer in layers:
            vars(layer).pop("forward", None)
