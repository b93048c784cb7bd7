"""The inputs of one probe of the chain rule's functions, made from a seed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, pairwise
from typing import Self

import numpy as np

from checks.chain_rule.activations import ACTIVATIONS, Function
from checks.observing.observation import Array

Shape = tuple[tuple[int, ...], int]

ONE_LAYER: tuple[Shape, ...] = (((4, 3), 5), ((3, 5), 4), ((6, 1), 3))
TWO_LAYERS: tuple[Shape, ...] = (((4, 6, 3), 5), ((3, 5, 1), 4), ((2, 7, 4), 3))
ANY_DEPTH: tuple[Shape, ...] = (((4, 5, 2, 6), 7), ((6, 5, 2, 7, 3), 9), ((3, 4, 1), 5))
BATCHES: tuple[Shape, ...] = (*ANY_DEPTH, ((2, 7, 4, 6, 8, 3), 40))
CLASSES: tuple[Shape, ...] = (((4, 6, 3), 7), ((5, 6, 4, 2), 8), ((3, 5), 30))
"""Layer sizes and batch size of each probe: pairwise different and none the number of layers; one output and several,
several depths. No single sample has two outputs, where 2/K would be 1."""

SQUARE: tuple[Shape, ...] = (((4, 4, 4, 4), 4),)
"""Where every product of matrices fits, so that a transposed one can be recognised by its values."""

SINGLE_LAYER: tuple[Shape, ...] = (((4, 4), 4),)
"""A network of one layer, where every product fits too: some right loops make one below the first layer, for nobody."""

NAMES = ("sigmoid", "tanh", "relu", "arctan")


@dataclass(frozen=True, eq=False)
class ChainCase:
    """A network, two sets of samples, and numbers for the functions around it; each case is equal to itself only.

    `weights[l]` is (in, out) of layer l + 1, as in the batched part; the part with one sample uses its transpose
    `single_weights[l]`, (out, in). `inputs` are (N, in) and `targets` (N, out), of which one sample is the first row.
    `labels` are one-hot, (N, out); `logits` and `whole` (integers) are (N, out). `activations` and
    `other_activations` name the functions of the first and the second call.
    """

    sizes: tuple[int, ...]
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    inputs: Array
    targets: Array
    other_inputs: Array
    other_targets: Array
    labels: Array
    logits: Array
    whole: Array
    activations: tuple[str, ...]
    other_activations: tuple[str, ...]
    rate: float
    epochs: int
    many: bool
    dtype: type[np.floating] = np.float64

    @property
    def single_weights(self) -> tuple[Array, ...]:
        """The weights as (out, in)."""
        return tuple(weight.T.copy() for weight in self.weights)

    @property
    def batch(self) -> int:
        """Number of samples N."""
        return len(self.inputs)

    @property
    def dimensions(self) -> dict[str, int]:
        """The sizes a mistaken factor may stand for, by their symbols."""
        return {"N": self.batch, "K": self.sizes[-1]} if self.many else {"K": self.sizes[-1]}

    def samples(self, call: int) -> tuple[Array, Array]:
        """Return inputs and targets of the first or the second call, all samples or one of them."""
        inputs, targets = ((self.inputs, self.targets), (self.other_inputs, self.other_targets))[call]
        return (inputs, targets) if self.many else (np.asarray(inputs[0]), np.asarray(targets[0]))

    def functions(self, call: int) -> tuple[list[Function], list[Function]]:
        """Return `activation_funcs` and `activation_ders` of the first or the second call."""
        names = (self.activations, self.other_activations)[call]
        return [ACTIVATIONS[name][0] for name in names], [ACTIVATIONS[name][1] for name in names]

    def __str__(self) -> str:
        sizes = "-".join(map(str, self.sizes))
        return f"a {sizes} network with {self.batch} samples" if self.many else f"a {sizes} network"

    def as_float32(self) -> Self:
        """Return the same case for code that only works in single precision."""
        return replace(self, dtype=np.float32)


def make_case(
    shape: Shape,
    seed: int,
    stream: int = 0,
    *,
    many: bool = False,
    kinds: Sequence[str] = NAMES,
    last: str = "",
) -> ChainCase:
    """Make a case; odd streams have large targets and logits, so that clipping shows.

    It is drawn again until the pre-activations of every layer have both signs where that is possible, and none is near
    the kink of ReLU. `last` names the activation of the last layer.
    """
    sizes, batch = shape
    for attempt in count():
        rng = np.random.default_rng([seed, stream, batch, int(many), attempt, *sizes])
        large = 60.0 if stream % 2 else 1.0
        depth, outputs = len(sizes) - 1, sizes[-1]

        def names(shift: int, depth: int = depth) -> tuple[str, ...]:
            chosen = [kinds[(layer + shift) % len(kinds)] for layer in range(depth)]
            return (*chosen[:-1], last or chosen[-1])

        def labels(samples: int, rng: np.random.Generator = rng, outputs: int = outputs) -> Array:
            return np.asarray(np.eye(outputs)[rng.permutation(np.arange(samples) % outputs)])

        def targets(samples: int, rng: np.random.Generator = rng, large: float = large) -> Array:
            if last == "softmax":
                return labels(samples)
            return np.asarray(large * rng.uniform(0.05, 0.95, size=(samples, sizes[-1])))

        case = ChainCase(
            sizes=sizes,
            weights=tuple(rng.normal(size=(n, m)) * 1.6 / np.sqrt(n) for n, m in pairwise(sizes)),
            biases=tuple(rng.uniform(0.2, 0.7, size=size) * rng.choice([-1.0, 1.0], size=size) for size in sizes[1:]),
            inputs=rng.normal(size=(batch, sizes[0])),
            targets=targets(batch),
            other_inputs=rng.normal(size=(batch + 1, sizes[0])),
            other_targets=targets(batch + 1),
            labels=labels(batch),
            logits=rng.normal(size=(batch, outputs)) * (3.0 if stream % 2 else 1.2),
            whole=rng.integers(-3, 4, size=(batch, outputs)),
            activations=names(stream),
            other_activations=names(stream + 1),
            rate=float(rng.uniform(0.15, 0.45)) * (5 if stream % 2 else 1),
            epochs=int(rng.integers(21, 25) if batch > 20 else rng.integers(3, 6)),  # once longer than a short patience
            many=many,
        )
        if _away_from_kinks(case) or attempt > 200:
            return case
    raise AssertionError("unreachable")


def _away_from_kinks(case: ChainCase) -> bool:
    """Tell whether pre-activations keep away from 0, have both signs and a size of about 1."""
    for call in range(2):
        activation = case.samples(call)[0]
        functions, _ = case.functions(call)
        for weight, bias, function in zip(case.weights, case.biases, functions, strict=True):
            z = activation @ weight + bias
            both = bool((z > 0).any() and (z < 0).any()) if z.size > 1 else z.item() > 0  # a single ReLU must be on
            away = 0.02 if case.many is False else 0.002
            if not both or abs(z).min() < away or not 0.15 < abs(z).mean() < 4:
                return False
            if z.ndim == 1 and z.size > 2 and min((z > 0).sum(), (z < 0).sum()) < 1:
                return False
            activation = function(z if function is not ACTIVATIONS["softmax"][0] else np.atleast_2d(z))
    return True


def _cases(shapes: Sequence[Shape], seed: int, *, many: bool = False, **options: object) -> tuple[ChainCase, ...]:
    return tuple(
        make_case(shape, seed, stream, many=many, **options)  # type: ignore[arg-type]
        for stream in range(2)
        for shape in shapes
    )


def _as_many_samples(cases: Sequence[ChainCase]) -> tuple[ChainCase, ...]:
    """Return the cases with as many samples in the second call as in the first."""
    return tuple(replace(c, other_inputs=c.other_inputs[1:], other_targets=c.other_targets[1:]) for c in cases)


@lru_cache(maxsize=16)
def one_layer(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of the functions of one layer, a sigmoid one."""
    return _cases(ONE_LAYER, seed, kinds=("sigmoid",))


@lru_cache(maxsize=16)
def several_samples(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of the functions that are right for vectors and for matrices."""
    return _cases(ONE_LAYER, seed, many=True, kinds=("sigmoid",))


@lru_cache(maxsize=16)
def two_layers(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of the functions of two sigmoid layers."""
    return _cases(TWO_LAYERS, seed, kinds=("sigmoid",))


@lru_cache(maxsize=16)
def any_depth(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of the functions for any depth, with one sample."""
    return _cases((*ANY_DEPTH, *SINGLE_LAYER), seed)


@lru_cache(maxsize=16)
def batches(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of the functions for any depth, with rows of samples."""
    return (*_cases(BATCHES, seed, many=True), *_as_many_samples(_cases(SINGLE_LAYER, seed, many=True)))


@lru_cache(maxsize=16)
def classes(seed: int) -> tuple[ChainCase, ...]:
    """Return the probes of classification and of training, with a softmax at the output."""
    *cases, last = _cases(CLASSES, seed, many=True, kinds=("sigmoid", "relu"), last="softmax")
    weights = tuple(6 * weight for weight in last.weights)  # a cost near 0 from the beginning, to stop early at
    best = np.argmax(last.inputs @ weights[0] + last.biases[0], axis=1)
    return (*cases, replace(last, weights=weights, targets=np.eye(last.sizes[-1])[best]))


@lru_cache(maxsize=16)
def square_one_layer(seed: int) -> tuple[ChainCase, ...]:
    """Return probes of one layer where every product fits, used when code raises."""
    return _cases((((4, 4), 4),), seed, kinds=("sigmoid",))


@lru_cache(maxsize=16)
def square_two_layers(seed: int) -> tuple[ChainCase, ...]:
    """Return probes of two layers where every product fits, used when code raises."""
    return _cases((((4, 4, 4), 4),), seed, kinds=("sigmoid",))


@lru_cache(maxsize=16)
def square_any_depth(seed: int) -> tuple[ChainCase, ...]:
    """Return probes of any depth where every product fits, used when code raises."""
    return _cases(SQUARE, seed)


@lru_cache(maxsize=16)
def square_batches(seed: int) -> tuple[ChainCase, ...]:
    """Return probes with as many samples as nodes, used when code raises."""
    return _as_many_samples(_cases(SQUARE, seed, many=True))


@lru_cache(maxsize=16)
def square_classes(seed: int) -> tuple[ChainCase, ...]:
    """Return probes with as many samples as classes, used when code raises."""
    return _cases(SQUARE, seed, many=True, kinds=("sigmoid", "relu"), last="softmax")
