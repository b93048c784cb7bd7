"""Solutions that upset whoever runs them: they hang, exit, lie about numbers, or change what they were lent.

Each is a student's whole cell. Run them only where a hang, an exit or a changed global state does no harm.
"""

from course.answers import changed
from tests.conftest import exercise_named

_LINES = {
    "summed_gradients": "    return grad_weight, grad_bias\n",
    "single_layer_step": "    return loss\n",
    "TwoLayerNetwork": "        return x\n",
    "train_sgd": "    return losses\n",
    "numerical_gradient": "    return gradient\n",
    "ReLU": "        return np.maximum(0, x)\n",
    "Tanh": "        return np.tanh(x)\n",
    "AbsCriterion": "        return np.abs(predictions - labels).sum()\n",
    "BCECriterion": "        return (a - labels) / (a * (1 - a))\n",
    "BatchLinear": "        return grad_output @ self.weight.T\n",
    "train_minibatch": "    return losses\n",
}
"""For each task the line at which its first right cell comes to harm."""

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


def _cells(task: str, line: str) -> dict[str, str]:
    cell = next(iter(exercise_named("layers_and_losses").right[task].values()))
    indent = line[: len(line) - len(line.lstrip())]
    harmful = {name: changed(cell, (line, f"{indent}{deed}\n".replace("@", indent))) for name, deed in _DEEDS.items()}
    besides = {f"right-but-{name}": changed(cell, (line, f"{indent}{deed}\n{line}")) for name, deed in _BESIDES.items()}
    return harmful | besides


HOSTILE = {task: _cells(task, line) for task, line in _LINES.items()}
"""Hostile cells by task and name; those whose name starts with "right-but-" compute the right numbers all the same."""
