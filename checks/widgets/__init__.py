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

    In JupyterLab it has controls: play, pause, step, restart, and a run can be kept beside the next one. Elsewhere it
    trains for two seconds at most and shows where that led.

    Raises:
        TypeError, ValueError: if an argument makes no sense; the message says what was expected.
    """
    needs("torch")
    from checks.neural_network.widgets.explore_training import shown

    return shown(NeuralNetwork, x, y, hidden, learning_rate, initialisation, epochs, seed)


@not_while_graded
def inspect_gradients(net: Any, x: Any, y: Any) -> Shown:
    """Show what `net.backward(x, y)` stores beside the right gradients, for samples x (N, in) and labels y (N, out).

    The network is not changed. In JupyterLab a row of buttons chooses the layer; elsewhere all layers are shown.

    Raises:
        TypeError: if `net` is no network.
        ValueError: if the data do not fit it.
    """
    needs("torch")
    from checks.neural_network.widgets.inspect_gradients import shown

    return shown(net, x, y)


@not_while_graded
def step_through(problem: Any = None) -> Shown:
    """Show the forward pass, backward pass and update of a small network, one number at a time.

    `problem` is the network of the notebook by default, or a practice network, as in `step_through(practice(3))`.
    Where there is no live page, the finished picture and the list of all steps are shown.

    Raises:
        TypeError: if `problem` is no such network.
        ValueError: if a layer has more than 8 neurons, or a given number is not finite.
    """
    from checks.by_hand.widgets.step_through import shown

    return shown(problem)


@not_while_graded
def try_a_bug(check: str | Callable[..., Any] = "backward") -> Shown:
    """Let a student switch on a mistake, predict which check catches it, and see what it does to learning.

    `check` chooses whose mistakes: "forward", "get_loss", "backward", "apply_gradients", "train", "all" of them, or
    the check itself, as in `try_a_bug(check_backward)`. Where there is no live page, a few mistakes are shown.

    Raises:
        ValueError: if there is no such check.
    """
    needs("torch")
    from checks.neural_network.widgets.try_a_bug import shown

    return shown(check)
