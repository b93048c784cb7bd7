"""What each check says of a network that makes one mistake, and what the mistake does to gradients and training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from checks.judging.comparing import NEGLIGIBLE
from checks.judging.judge import judge
from checks.judging.reference import LAST_STAGE, answer_with
from checks.judging.task import Probe, Task
from checks.judging.verdict import State, Verdict
from checks.neural_network import CHECKS
from checks.neural_network.case import NetworkCase, weight
from checks.neural_network.reference import BackwardReference
from checks.neural_network.tasks import TASKS
from checks.neural_network.widgets.bug_training import EPOCHS, GRADIENT, UPDATE, WAY, Bug, Trial
from checks.numerals import numeral, settled
from checks.observing.observation import Array, Observation, Problem, Trouble

MOST_SAMPLES = 10
"""The check's own networks with more samples are left out, so that a verdict is there at once."""


def verdicts(bug: Bug) -> Iterator[tuple[str, Verdict]]:
    """Yield the verdict of each check on a network with a mistake, in the order of the notebook.

    The checks observe one task at a time and do the rest themselves, so the mistake is seen in its own task; what a
    student's code gives there is what the reference gives with that step done wrong.
    """
    for name in TASKS:
        yield name, verdict_of(name, bug if bug.task == name else None)


@lru_cache(maxsize=512)
def verdict_of(name: str, bug: Bug | None) -> Verdict:
    """Return what a check says of a network with a mistake in that task, or without one."""
    task, check = TASKS[name], CHECKS[name]
    probes = [_observed(task, case, bug) for case in check.cases(0) if case.batch < MOST_SAMPLES]
    more = []
    if any(probe.observation.raised for probe in probes):
        more = [_observed(task, case, bug) for case in check.more_cases(0)]
    with np.errstate(all="ignore"):
        return judge(task, probes, more)


def prepare(bug: Bug) -> Iterator[None]:
    """Compute, in small portions, what the judge of a mistake's task compares with, so that it answers at once."""
    task = TASKS[bug.task]
    cases = [case for case in CHECKS[bug.task].cases(0) if case.batch < MOST_SAMPLES]
    for case in cases:
        answer_with(task.reference, (), case)
        yield
        for variant in task.variants:
            answer_with(task.reference, [variant.override], case)
            yield
    stage = _first_wrong_stage(task, cases, bug)
    for mistake in task.misconceptions:
        for case in cases:
            answer_with(task.reference, [mistake.override], case, {}, stage)
            yield


def _first_wrong_stage(task: Task, cases: Sequence[NetworkCase], bug: Bug) -> int:
    """Return the stage up to which the judge compares: that of what goes wrong first."""
    stages = []
    for case in cases:
        right, observation = answer_with(task.reference, (), case) or {}, _observed(task, case, bug).observation
        if observation.raised:
            return LAST_STAGE
        came = observation.arrays
        stages += [
            task.stage(name)
            for name in right
            if name not in came or not np.array_equal(came[name], np.asarray(right[name]))
        ]
    return min(stages, default=LAST_STAGE)


def _observed(task: Task, case: NetworkCase, bug: Bug | None) -> Probe:
    overrides = [bug.mistake.override] if bug is not None else []
    own, problems = _changed_weights(case) if bug and bug.mistake.label == "updated-weights-used" else ({}, ())
    answer = answer_with(task.reference, overrides, case, own)
    if answer is None:  # the code raises: shapes do not fit, in the first call or in the second
        answer = answer_with(task.reference, overrides, case, own, 0) or {}
        sentence = f"{task.name} raised an error, because the shapes of two arrays do not fit together."
        problems = (Problem(Trouble.RAISED, sentence, "ValueError", "shapes do not fit"),)
    arrays = {name: np.asarray(value) for name, value in answer.items() if value is not None}
    return Probe(case, Observation({**arrays, **own}, problems))


def _changed_weights(case: NetworkCase) -> tuple[dict[str, Array], tuple[Problem, ...]]:
    """Return what a backward pass that updates as it goes makes of the weights, and the problem that it is."""
    own: dict[str, Array] = {}
    for _ in case.weights:  # each round gets one layer more right
        reference: Any = BackwardReference(case, own)
        gradients = reference.gradients(reference.forward(case.x), case.y)
        own = {
            f"{weight(layer)} afterwards": w - case.train_rate * gradients[f"weight gradient of layer {layer}"]
            for layer, w in enumerate(case.weights, start=1)
        }
    sentence = "Your code changes the weights. Updating is for apply_gradients; backward only stores."
    return own, (Problem(Trouble.CHANGED, sentence),)


def catching(found: dict[str, Verdict]) -> list[str]:
    """Return the checks that do not pass."""
    return [name for name, verdict in found.items() if verdict.state is not State.RIGHT]


# --- gradients -------------------------------------------------------------------------------------------------


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
    rows = {what: _side_by_side(right, trial, what) for what in wanted if what in trial.measured}
    different = (what for what in rows if not all(row.same for row in rows[what]))
    what = next(different, wanted[0])
    return what, rows.get(what, [])


def _side_by_side(right: Trial, trial: Trial, what: str) -> list[Compared]:
    pairs = zip(right.measured[what], trial.measured[what], strict=True)
    rows = [_compare(layer, np.asarray(ours), theirs) for layer, (ours, theirs) in enumerate(pairs, start=1)]
    return rows[::-1]


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
    first, last, best = right.losses[0], trial.losses[-1], right.losses[-1]
    numbers = f"After {EPOCHS} epochs the loss is {_short(last)}; without the mistake it is {_short(best)}."
    begun = trial.losses[0]
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
