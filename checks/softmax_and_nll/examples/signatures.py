"""Example cells, written as the bodies of one function for each task."""

from __future__ import annotations

from textwrap import dedent

from checks.example_cells import function_cells

SIGNATURES = {
    "sigmoid": "z",
    "sigmoid_derivative": "z",
    "nll_gradient": "x, a, y",
    "softmax": "z",
    "nllm": "a, y",
    "softmax_gradient": "x, a, y",
    "predict": "x, W",
    "gradient_step": "W, gradient, learning_rate",
    "predict_after_step": "x, y, W, learning_rate",
    "hidden_activations": "x, W1, b1",
    "network_output": "x, W1, b1, W2, b2",
    "updated_w2": "x, y, W1, b1, W2, b2, learning_rate",
    "updated_w1": "x, y, W1, b1, W2, b2, learning_rate",
    "output_after_step": "x, y, W1, b1, W2, b2, learning_rate",
}
"""The arguments of every task's function, in the order of the notebook."""


def cells(task: str, bodies: dict[str, str]) -> dict[str, str]:
    """Return whole cells that define the function of a task with each of the bodies."""
    return function_cells(f"{task}({SIGNATURES[task]})", bodies)


def body(*parts: str) -> str:
    """Join pieces of a function's body that are indented in this package as it happens."""
    return "\n".join(dedent(part).strip() for part in parts)
