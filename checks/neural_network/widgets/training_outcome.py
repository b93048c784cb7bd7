"""What there is to say about a training run, in a sentence or two."""

from __future__ import annotations

import numpy as np

from checks.neural_network.widgets.training_run import Run
from checks.numerals import numeral, settled
from checks.observing.observation import Array
from checks.widgets.charts import minus

LEARNT = 0.01
"""A mean squared error below which every answer is close to its label."""


def progress(run: Run) -> str:
    """Say where the run is: epoch and loss."""
    if not run.losses:
        return "Nothing is trained yet."
    return f"Epoch {run.epoch} of {run.settings.epochs}, loss {number(run.losses[-1])}"


def number(value: float) -> str:
    """Write a loss with three significant digits."""
    return minus(numeral(value, ".3g"))


def right_side(answers: Array | None, labels: Array) -> str:
    """Say how many samples lie on the side of the boundary that their label asks for."""
    if answers is None or not np.isfinite(answers).all():
        return ""
    right = int(((answers.round(9) > 0.5) == (labels > 0.5)).sum())
    every = "All" if right == len(labels) else f"{right} of"
    return f"{every} {len(labels)} points lie on the side of their label."


def outcome(run: Run, answers: Array | None) -> str:
    """Say what became of a run that has ended, or an empty string while it goes on; `answers` are for the samples."""
    if run.trouble:
        return run.trouble
    if not run.finished:
        return ""
    losses = np.asarray(run.losses)
    recent = losses[-max(2, len(losses) // 5) :]
    rises = int((np.diff(recent) > 0.02 * recent[:-1] + 1e-6).sum())
    if losses[-1] < LEARNT:
        return "The network has learnt its points."
    if rises > len(recent) // 20 + 1:
        return (
            f"The loss jumps up and down ({rises} rises in the last {len(recent)} epochs): the steps are too long to "
            f"settle in a valley. Try a smaller learning rate than {run.settings.learning_rate:g}."
        )
    if losses[-1] > losses[0] * 1.02:
        return "The loss ends higher than it began. Does check_backward pass, and does apply_gradients step downhill?"
    if recent[0] - recent[-1] > 0.02 * recent[0]:
        return "The loss is still falling: more epochs would help."
    return f"The loss rests at {number(losses[-1])}. {_why_it_rests(run, answers)}".strip()


def _why_it_rests(run: Run, answers: Array | None) -> str:
    if answers is None or np.ptp(answers) > 0.02:
        return "Another seed, more neurons or another learning rate may get further."
    same = float(answers.mean())
    about = f"Every answer is about {number(round(settled(same), 2))}:"
    if min(same, 1 - same) < 0.02:
        return (
            f"{about} the output neuron is saturated, its derivative is nearly "
            "zero, and hardly anything moves any more. Long first steps do that."
        )
    return f"{about} so far the network tells no point from another."
