"""What a mistake does to gradients and training, measured on a run with it beside the right run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checks.judging.comparing import NEGLIGIBLE
from checks.neural_network.widgets.bug_training import EPOCHS, GRADIENT, UPDATE, WAY, Bug, Trial, Vectors
from checks.numerals import numeral, settled
from checks.observing.observation import Array


@dataclass(frozen=True)
class Compared:
    """A vector of one layer, right and mistaken: their lengths and the angle between them in degrees.

    `words` says why there is no mistaken one; `angle` is None where a vector is zero.
    """

    layer: int
    right: float
    mistaken: float | None
    angle: float | None
    words: str = ""

    @property
    def same(self) -> bool:
        """Whether the two agree."""
        close = self.mistaken is not None and abs(self.mistaken - self.right) <= 1e-9 * max(self.right, 1e-12)
        return close and (self.angle or 0.0) < 1e-3


def compared(bug: Bug, right: Trial, trial: Trial) -> tuple[str, list[Compared]]:
    """Return what was compared layer by layer, the last layer first, and how it differs."""
    wanted = {"train": (WAY,), "apply_gradients": (UPDATE,)}.get(bug.task, GRADIENT)
    runs = right.measured, trial.measured
    rows = {what: _side_by_side(*(run[what] for run in runs)) for what in wanted if what in trial.measured}
    what = next((what for what in rows if not all(row.same for row in rows[what])), wanted[0])
    return what, rows.get(what, [])


def _side_by_side(right: Vectors, mistaken: Vectors) -> list[Compared]:
    pairs = zip(right, mistaken, strict=True)
    return [_compare(layer, np.asarray(ours), theirs) for layer, (ours, theirs) in enumerate(pairs, start=1)][::-1]


def _compare(layer: int, right: Array, mistaken: Array | str) -> Compared:
    length = float(np.linalg.norm(right))
    if isinstance(mistaken, str):
        return Compared(layer, length, None, None, mistaken)
    other = float(np.linalg.norm(mistaken))
    if not np.isfinite(other):
        return Compared(layer, length, None, None, "not finite")
    if min(length, other) <= NEGLIGIBLE * max(length, other):
        return Compared(layer, settled(length, other), settled(other, length), None)
    between = np.linalg.norm(mistaken / other - right / length), np.linalg.norm(mistaken / other + right / length)
    return Compared(layer, length, other, float(np.degrees(2 * np.arctan2(*between))))


# --- training --------------------------------------------------------------------------------------------------

RISES, STILL, CLOSE, SLOWER, MEAN, NEAR = 1.1, 0.98, 1.5, 0.75, 0.16, 0.015
"""The rules of `effect`: shares of the first loss, of the right one's last loss and of the way down; then the loss of
always answering the mean label, and what counts as near it."""


def effect(bug: Bug, right: Trial, trial: Trial) -> str:
    """Say in one or two sentences what a mistake does to training, by rules on the first and last losses.

    In this order: it stops; it is not finite or ends above 1.1 times the first loss; it ends above 0.98 of the first
    loss; it ends as the right one does (within a factor of 1.5, or below); it is within 0.015 of the loss of the mean
    label, 0.16; it has come less than three quarters of the way; otherwise it is slower.
    """
    if trial.stopped:
        return f"Training stops with an error in the first epoch: {trial.stopped}."
    first, begun, last, best = right.losses[0], trial.losses[0], trial.losses[-1], right.losses[-1]
    numbers = f"After {EPOCHS} epochs the loss is {_short(last)}; without the mistake it is {_short(best)}."
    if not np.isfinite(last) or last > RISES * begun:
        return f"The loss rises. {numbers}" if np.isfinite(last) else "The loss grows beyond all numbers: it diverges."
    if bug.task == "train" and np.isclose(last, first) and trial.recorded and trial.recorded[-1] < STILL * first:
        return f"The curve looks perfect, but the network that you hold has learnt nothing: its loss is {_short(last)}."
    if last > STILL * begun:
        return f"It learns nothing. {numbers}"
    if last <= CLOSE * best:
        return _as_well(bug, right, trial, numbers)
    if abs(last - MEAN) < NEAR:
        mean = "answering about the mean of the labels to every question"
        return f"It hardly learns: in {EPOCHS} epochs it gets no further than {mean}, a loss of 0.16. {numbers}"
    if last > begun - SLOWER * (begun - best):
        return f"It learns a little, but not enough. {numbers}"
    return f"It still learns, only slower. {numbers}"


def _as_well(bug: Bug, right: Trial, trial: Trial, numbers: str) -> str:
    if trial.form:
        kind = "train returns" if bug.task == "train" else "get_loss gives"
        return f"The network learns as it should, but {kind} {trial.form}, and whoever uses that stumbles."
    recorded = trial.recorded or []
    different = len(recorded) != EPOCHS or not np.allclose(recorded, right.curve, rtol=1e-6)
    if different and _agree(trial.losses, right.losses):
        return "The network learns exactly as well; only the losses that are written down are not what they should be."
    if not different:
        return "It learns exactly as well: here nobody would notice without a check."
    if trial.losses[-1] < right.losses[-1] / CLOSE:
        return (
            "Here it even learns faster. That is luck, not proof: nobody would notice the mistake without a check. "
            f"{numbers}"
        )
    return f"It learns almost as well: nobody would notice without a check. {numbers}"


def _agree(losses: Sequence[float], others: Sequence[float]) -> bool:
    """Tell whether two curves are the same as far as both go, and nearly as long."""
    common = min(len(losses), len(others))
    return abs(len(losses) - len(others)) <= 1 and np.allclose(losses[:common], others[:common], rtol=1e-9)


def _short(loss: float) -> str:
    return numeral(loss, ".2g" if settled(loss) < 0.1 else ".2f")
