"""Make the probes of the chain rule's functions, from a seed alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from checks.chain_rule.case import ChainCase
from checks.chain_rule.lent import FUNCTIONS
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
SIGMOID = NAMES[:1]
HIDDEN = ("sigmoid", "relu")
"""Activation functions: all, that of the first parts of the notebook, and those below a softmax."""

MOST_ATTEMPTS = 200
"""After so many a layer is taken as it comes."""


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

    Each layer is drawn again until its pre-activations have both signs where that is possible, and none is near the
    kink of ReLU. `last` names the activation of the last layer.
    """
    sizes, batch = shape
    depth, outputs = len(sizes) - 1, sizes[-1]
    large = 60.0 if stream % 2 else 1.0
    rng = np.random.default_rng([seed, stream, batch, int(many), *sizes])

    def names(shift: int) -> tuple[str, ...]:
        chosen = [kinds[(layer + shift) % len(kinds)] for layer in range(depth)]
        return (*chosen[:-1], last or chosen[-1])

    def labels(samples: int) -> Array:
        return np.asarray(np.eye(outputs)[rng.permutation(np.arange(samples) % outputs)])

    def targets(samples: int) -> Array:
        if last == "softmax":
            return labels(samples)
        return np.asarray(large * rng.uniform(0.05, 0.95, size=(samples, outputs)))

    inputs, other_inputs = (rng.normal(size=(samples, sizes[0])) for samples in (batch, batch + 1))
    activations, other_activations = names(stream), names(stream + 1)
    layers = _layers(
        rng, sizes, [x if many else x[0] for x in (inputs, other_inputs)], (activations, other_activations), many=many
    )
    return ChainCase(
        sizes=sizes,
        weights=tuple(weight for weight, _ in layers),
        biases=tuple(bias for _, bias in layers),
        inputs=inputs,
        targets=targets(batch),
        other_inputs=other_inputs,
        other_targets=targets(batch + 1),
        labels=labels(batch),
        logits=rng.normal(size=(batch, outputs)) * (3.0 if stream % 2 else 1.2),
        whole=rng.integers(-3, 4, size=(batch, outputs)),
        activations=activations,
        other_activations=other_activations,
        rate=float(rng.uniform(0.15, 0.45)) * (5 if stream % 2 else 1),
        epochs=int(rng.integers(21, 25) if batch > 20 else rng.integers(3, 6)),  # once longer than a short patience
        many=many,
    )


def _layers(
    rng: np.random.Generator,
    sizes: Sequence[int],
    incoming: Sequence[Array],
    activations: Sequence[Sequence[str]],
    *,
    many: bool,
) -> list[tuple[Array, Array]]:
    """Draw the layers; each of several calls has its data and its activation functions."""
    layers: list[tuple[Array, Array]] = []
    for layer, (n, m) in enumerate(pairwise(sizes)):
        if layers:
            weight, bias = layers[-1]
            names = [functions[layer - 1] for functions in activations]
            incoming = [FUNCTIONS[name](a @ weight + bias) for name, a in zip(names, incoming, strict=True)]
        layers.append(_layer(rng, n, m, incoming, many=many))
    return layers


def _layer(rng: np.random.Generator, n: int, m: int, incoming: Sequence[Array], *, many: bool) -> tuple[Array, Array]:
    for _ in range(MOST_ATTEMPTS):
        weight = rng.normal(size=(n, m)) * 1.6 / np.sqrt(n)
        bias = rng.uniform(0.2, 0.7, size=m) * rng.choice([-1.0, 1.0], size=m)
        if all(_away_from_kinks(a @ weight + bias, many=many) for a in incoming):
            break
    return weight, bias


def _away_from_kinks(z: Array, *, many: bool) -> bool:
    """Tell whether pre-activations keep away from 0, have both signs and a size of about 1."""
    sizes = abs(z)
    if sizes.min() < (0.002 if many else 0.02) or not 0.15 < sizes.mean() < 4:
        return False
    return bool(z.max() > 0 and (z.min() < 0 or z.size == 1))  # a single ReLU must be on


def _cases(shapes: Sequence[Shape], seed: int, *, many: bool = False, **options: object) -> tuple[ChainCase, ...]:
    return tuple(
        make_case(shape, seed, stream, many=many, **options)  # type: ignore[arg-type]
        for stream in range(2)
        for shape in shapes
    )


def _as_many_samples(cases: Sequence[ChainCase]) -> tuple[ChainCase, ...]:
    """Return the cases with as many samples in the second call as in the first."""
    return tuple(replace(c, other_inputs=c.other_inputs[1:], other_targets=c.other_targets[1:]) for c in cases)


def _without_layers(cases: Sequence[ChainCase]) -> tuple[ChainCase, ...]:
    """Return the cases for code that is to create the layers."""
    return tuple(replace(c, weights=(), biases=()) for c in cases)


def _with_z(cases: Sequence[ChainCase]) -> tuple[ChainCase, ...]:
    """Return the cases for code that is given z of the first layer, for the first sample."""
    return tuple(replace(c, z=c.single_weights[0] @ c.inputs[0] + c.biases[0]) for c in cases)


def _with_probabilities(cases: Sequence[ChainCase]) -> tuple[ChainCase, ...]:
    """Return the cases for code that is given predictions whose rows sum to 1."""
    powers = [np.exp(0.4 * c.logits) for c in cases]  # none so small that a number added for safety would show
    return tuple(replace(c, predict=p / p.sum(axis=1, keepdims=True)) for c, p in zip(cases, powers, strict=True))


def _nearly_trained(case: ChainCase, seed: int) -> ChainCase:
    """Return a case of one layer whose cost is near 0 from the beginning, where stopping early shows."""
    weight = 6 * case.weights[0]
    inputs = np.random.default_rng([seed, case.batch]).normal(size=(20 * case.batch, case.sizes[0]))
    z = inputs @ weight + case.biases[0]
    second, first = np.sort(z, axis=1)[:, -2:].T
    chosen = np.argsort(first - second < 5, kind="stable")[: case.batch]
    targets = np.eye(case.sizes[-1])[z[chosen].argmax(axis=1)]
    return replace(case, weights=(weight,), inputs=inputs[chosen], targets=targets)


Cases = Callable[[int], tuple[ChainCase, ...]]
Change = Callable[[tuple[ChainCase, ...]], tuple[ChainCase, ...]]


def _probes(made: Cases, *changes: Change) -> list[Cases]:
    """Return the function of a seed that makes cases, and those that give what each change makes of them."""

    def changed(change: Change) -> Cases:
        return lru_cache(maxsize=16)(lambda seed: change(made(seed)))

    return [lru_cache(maxsize=16)(made), *map(changed, changes)]


one_layer, one_z = _probes(lambda seed: _cases(ONE_LAYER, seed, kinds=SIGMOID), _with_z)
"""The probes of the functions of the parameters of one layer, a sigmoid one, and of its z."""

_, several_samples = _probes(lambda seed: _cases(ONE_LAYER, seed, many=True, kinds=SIGMOID), _with_z)
"""The probes of the derivatives that are right for vectors and for matrices."""

[two_layers] = _probes(lambda seed: _cases(TWO_LAYERS, seed, kinds=SIGMOID))
"""The probes of the functions of two sigmoid layers."""

any_depth, sizes = _probes(lambda seed: _cases((*ANY_DEPTH, *SINGLE_LAYER), seed), _without_layers)
"""The probes of the functions for any depth, with one sample, and the sizes of layers to create."""

batches, sizes_for_batches = _probes(
    lambda seed: (*_cases(BATCHES, seed, many=True), *_as_many_samples(_cases(SINGLE_LAYER, seed, many=True))),
    _without_layers,
)
"""The probes of the functions for any depth, with rows of samples, and the sizes of layers to create."""


def _classes(seed: int) -> tuple[ChainCase, ...]:
    *cases, last = _cases(CLASSES, seed, many=True, kinds=HIDDEN, last="softmax")
    return (*cases, _nearly_trained(last, seed))


classes, probabilities = _probes(_classes, _with_probabilities)
"""The probes of softmax and of training, with a softmax at the output, and those of functions of probabilities."""

# --- the same where every product fits, used when code raises --------------------------------------------------

square_one_layer, square_one_z = _probes(lambda seed: _cases(SINGLE_LAYER, seed, kinds=SIGMOID), _with_z)
[square_two_layers] = _probes(lambda seed: _cases((((4, 4, 4), 4),), seed, kinds=SIGMOID))
square_any_depth, square_sizes = _probes(lambda seed: _cases(SQUARE, seed), _without_layers)
square_batches, square_sizes_for_batches = _probes(
    lambda seed: _as_many_samples(_cases(SQUARE, seed, many=True)), _without_layers
)
square_classes, square_probabilities = _probes(
    lambda seed: _cases(SQUARE, seed, many=True, kinds=HIDDEN, last="softmax"), _with_probabilities
)
