"""Interactive pictures for the notebooks; each is a plain function that also works without a live page.

A notebook imports them at its top, so nothing is loaded before one is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checks.libraries import needs
from checks.sealing import not_while_graded

if TYPE_CHECKING:
    from checks.widgets.shown import Shown

__all__ = ["explore_training", "inspect_gradients", "step_through", "try_a_bug"]


@not_while_graded
def explore_training(
    NeuralNetwork: type,
    x: Any,
    y: Any,
    *,
    hidden: tuple[int, ...] = (5, 3),
    learning_rate: float = 0.25,
    initialisation: str = "Glorot",
    epochs: int = 2500,
    seed: int = 1,
) -> Shown:
    """Show a network of the student's class as it learns the samples x (N, 2) with labels y (N, 1), each 0 or 1.

    Raises:
        TypeError, ValueError: if an argument makes no sense; the message says what was expected.
    """
    needs("torch")
    from checks.widgets import training

    return training.explore_training(
        NeuralNetwork,
        x,
        y,
        hidden=hidden,
        learning_rate=learning_rate,
        initialisation=initialisation,
        epochs=epochs,
        seed=seed,
    )


@not_while_graded
def inspect_gradients(net: Any, x: Any, y: Any) -> Shown:
    """Show the gradients that the student's network finds on x (N, in) and y (N, out) beside the right ones.

    Raises:
        TypeError, ValueError: if an argument makes no sense; the message says what was expected.
    """
    needs("torch")
    from checks.widgets import gradients

    return gradients.inspect_gradients(net, x, y)


@not_while_graded
def step_through(problem: Any = None) -> Shown:
    """Show the forward pass, backward pass and update of a small network, one number at a time.

    `problem` is that of exercise 01 (None), one that `practice(seed)` makes, or one's own.

    Raises:
        TypeError, ValueError: if it is none of these, or too large to draw.
    """
    from checks.widgets import steps

    return steps.step_through(problem)


@not_while_graded
def try_a_bug(check: str | Callable[..., Any] = "backward") -> Shown:
    """Show what a typical mistake in exercise 05 does to gradients and training, and which check catches it.

    `check` chooses the mistakes: the name of a task, its check, or "all".

    Raises:
        TypeError, ValueError: if there is no such check.
    """
    needs("torch")
    from checks.widgets import bugs

    return bugs.try_a_bug(check)
