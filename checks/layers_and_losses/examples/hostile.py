"""Solutions that upset whoever runs them: they hang, exit, lie about numbers, or change what they were lent.

Each is a student's whole cell. Run them only where a hang, an exit or a changed global state does no harm.
"""

from checks.example_cells import changed

from .right import (
    ABS_CRITERION,
    BATCH_LINEAR,
    BCE_CRITERION,
    NUMERICAL_GRADIENT,
    RELU,
    TANH,
    TRAIN_MINIBATCH,
    TRAIN_SGD,
    TWO_LAYER_NETWORK,
)
from .right_single_layer import SINGLE_LAYER_STEP, SUMMED_GRADIENTS

_RIGHT = {
    "summed_gradients": (SUMMED_GRADIENTS["loop"], "    return grad_weight, grad_bias\n"),
    "single_layer_step": (SINGLE_LAYER_STEP["the-three-parts"], "    return loss\n"),
    "TwoLayerNetwork": (TWO_LAYER_NETWORK["inputs-recomputed"], "        return x\n"),
    "train_sgd": (TRAIN_SGD["list"], "    return losses\n"),
    "numerical_gradient": (NUMERICAL_GRADIENT["ndindex"], "    return gradient\n"),
    "ReLU": (RELU["maximum-and-mask"], "        return np.maximum(0, x)\n"),
    "Tanh": (TANH["np-tanh"], "        return np.tanh(x)\n"),
    "AbsCriterion": (ABS_CRITERION["sign"], "        return np.abs(predictions - labels).sum()\n"),
    "BCECriterion": (BCE_CRITERION["clipped"], "        return (a - labels) / (a * (1 - a))\n"),
    "BatchLinear": (BATCH_LINEAR["matrix-product"], "        return grad_output @ self.weight.T\n"),
    "train_minibatch": (TRAIN_MINIBATCH["slices"], "    return losses\n"),
}
"""For each task a right cell and the line at which it comes to harm."""

_DEEDS = {
    "loops-for-ever": "while True: pass",
    "loops-for-ever-and-swallows": "while True:\n@    try:\n@        while True: pass\n@    except BaseException: pass",
    "sleeps": "import time; time.sleep(1e6)",
    "exits": "raise SystemExit(0)",
    "interrupts-the-recursion-limit": "import sys; sys.setrecursionlimit(60)\n@(lambda f: f(f))(lambda f: f(f))",
    "complex-numbers": "return 1j",
    "objects": "return np.array([None, 'a'], dtype=object)",
    "huge": "return np.full((2000, 2000), 1e308)",
    "nan": "return np.float64('nan')",
    "generator": "return (number for number in range(3))",
    "deep-lists": "return [[[[1.0]]], [2.0]]",
    "array-that-refuses": "return type('Evil', (), {'__array__': lambda self, *a, **k: 1 / 0})()",
}
"""What is done instead of returning the result; "@" stands for the indentation."""

_BESIDES = {
    "seeds-and-prints": "import random, sys; np.random.seed(0); random.seed(0); print('x' * 1000); "
    "print('e', file=sys.stderr)",
    "error-state": "np.seterr(all='raise'); np.set_printoptions(precision=1)",
    "warns": "import warnings; warnings.simplefilter('error'); np.log(np.zeros(1) + 1)",
}
"""What is done besides returning the right result."""


def _cells(task: str) -> dict[str, str]:
    cell, line = _RIGHT[task]
    indent = line[: len(line) - len(line.lstrip())]
    harmful = {name: changed(cell, (line, f"{indent}{deed}\n".replace("@", indent))) for name, deed in _DEEDS.items()}
    besides = {f"right-but-{name}": changed(cell, (line, f"{indent}{deed}\n{line}")) for name, deed in _BESIDES.items()}
    return harmful | besides


HOSTILE = {task: _cells(task) for task in _RIGHT}
"""Hostile cells by task and name; those whose name starts with "right-but-" compute the right numbers all the same."""
