"""One training run of a student's network: settings, epochs in short pieces, and what there is to say about it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.numerals import numeral
from checks.observing.arrays import NotAnArrayError, as_array, described
from checks.observing.observation import Array, Trouble
from checks.observing.watch import Halt, Record, watched

INITIALISATIONS: dict[str, Callable[[Any], Any]] = {
    "Glorot": lambda weight: weight,
    "ten times Glorot": lambda weight: weight.mul_(10),
    "every weight 0.5": lambda weight: weight.fill_(0.5),
    "all zero": lambda weight: weight.zero_(),
}
"""What is done to the weights that a network was born with."""

MOST_LAYERS, MOST_NEURONS, MOST_EPOCHS = 5, 50, 20_000

SECONDS_OF_A_PIECE = 0.025
"""How long a piece of training may take, so that the page stays responsive."""

SECONDS_FOR_A_METHOD = 5.0
"""How long a student's code may keep one piece waiting before it is stopped."""

BEYOND_BOUNDS = 1e3
"""A weight of this size, or a loss this many times its start, counts as growing beyond bounds."""

METHODS = ("forward", "get_loss", "backward", "apply_gradients")


@dataclass(frozen=True)
class Settings:
    """What a run is started with; `hidden` holds the neurons of every hidden layer."""

    hidden: tuple[int, ...] = (5, 3)
    learning_rate: float = 0.25
    initialisation: str = "Glorot"
    epochs: int = 2500
    seed: int = 1

    def in_words(self) -> dict[str, str]:
        """Return every setting as a few words, by its name."""
        return {
            "hidden": f"hidden neurons {', '.join(map(str, self.hidden))}",
            "learning_rate": f"learning rate {self.learning_rate:g}",
            "initialisation": f"start weights: {self.initialisation}",
            "epochs": f"{self.epochs} epochs",
            "seed": f"seed {self.seed}",
        }

    def difference_from(self, other: Settings) -> str:
        """Return in words what is set otherwise than in `other`, or an empty string."""
        ours, theirs = self.in_words(), other.in_words()
        return ", ".join(text for name, text in ours.items() if text != theirs[name])


class Run:
    """A fresh network of the student's class on its way through the epochs.

    `losses[e]` is the loss before the update of epoch e + 1, so the last one is the loss now. `trouble` is the
    sentence why the run cannot go on, empty while it can; `diverged` tells whether that is a divergence.
    """

    def __init__(self, kind: type, x: Any, y: Any, settings: Settings) -> None:
        self.kind, self.x, self.y, self.settings = kind, x.clone(), y.clone(), settings
        self.net: Any = None
        self.losses: list[float] = []
        self.trouble = ""
        self.diverged = False
        self._calling = _Calling()
        self._stands_still = 0
        self._guarded(self._begin)

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return max(0, len(self.losses) - 1)

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to do."""
        return bool(self.trouble) or self.epoch >= self.settings.epochs

    def advance(self, seconds: float = SECONDS_OF_A_PIECE, epochs: int = MOST_EPOCHS) -> bool:
        """Train for some time or some epochs, whichever ends first; tell whether there is more to do."""
        if not self.finished:
            self._guarded(lambda: self._train(time.perf_counter() + seconds, self.epoch + epochs))
        return not self.finished

    def answers(self, points: Array) -> Array | None:
        """Return the network's outputs (n,) for points (n, 2), or None if it does not give that many numbers."""
        found: list[Array] = []

        def ask() -> None:
            import torch

            self._calling.method(self.kind, "forward")
            outputs = self.net.forward(torch.as_tensor(points, dtype=self.x.dtype))
            self.net.forward(self.x)  # so that the layers remember the samples again
            found.append(as_array(outputs).reshape(len(points)).astype(np.float64))

        if self.net is None:
            return None
        problem = self._problem(ask)
        return found[0] if found and not problem else None

    def _begin(self) -> None:
        import torch

        missing = [name for name in METHODS if not callable(getattr(self.kind, name, None))]
        if missing:
            names = " and ".join([", ".join(missing[:-1]), missing[-1]] if missing[1:] else missing)
            raise Halt(
                Trouble.MISSING,
                f"{self.kind.__name__} has no {names} yet. Write it and run its cell, then this one again.",
            )
        torch.manual_seed(self.settings.seed)  # the guard puts the generator back
        self._calling.method(self.kind, "__init__")
        self.net = self.kind(self.x.shape[1], 1, list(self.settings.hidden))
        for layer in self.net.layers:
            INITIALISATIONS[self.settings.initialisation](layer.linear.weight)
        precision = self.net.layers[0].linear.weight.dtype
        self.x, self.y = self.x.to(precision), self.y.to(precision)
        self._calling.method(self.kind, "forward")
        self._expect_predictions(self.net.forward(self.x))
        self._record_loss()

    def _expect_predictions(self, outputs: Any) -> None:
        if outputs is None:
            raise Halt(Trouble.WRONG_TYPE, "forward returned None; it should return the output of the last layer.")
        try:
            shape = as_array(outputs).shape
        except NotAnArrayError as problem:
            raise Halt(Trouble.WRONG_TYPE, f"forward returned {problem}; it should return a tensor (N, 1).") from None
        if shape != (len(self.x), 1):
            raise Halt(
                Trouble.WRONG_TYPE,
                f"forward should return one output per sample, of shape {(len(self.x), 1)}, but yours has {shape}. "
                "Run check_forward to see why.",
            )

    def _record_loss(self) -> None:
        self._calling.method(self.kind, "get_loss")
        loss = self.net.get_loss(self.x, self.y)
        try:
            if isinstance(loss, str):
                raise TypeError
            self.losses.append(float(loss))
        except (TypeError, ValueError, RuntimeError):
            raise Halt(
                Trouble.WRONG_TYPE, f"get_loss returned {described(loss)}; it should return a single number."
            ) from None

    def _train(self, until: float, last: int) -> None:
        last = min(last, self.settings.epochs)
        while self.epoch < last:
            self._calling.method(self.kind, "backward")
            self.net.backward(self.x, self.y)
            self._calling.method(self.kind, "apply_gradients")
            self.net.apply_gradients(self.settings.learning_rate)
            self._record_loss()
            now, start = self.losses[-1], self.losses[0]
            if not math.isfinite(now) or now > BEYOND_BOUNDS * (start + 1):
                break
            if time.perf_counter() >= until:
                break
        self._expect_bounds()

    def _expect_bounds(self) -> None:
        now, start = self.losses[-1], self.losses[0]
        weights = [as_array(layer.linear.weight) for layer in self.net.layers]
        largest = max((float(np.abs(w).max()) for w in weights if w.size), default=0.0)
        if not math.isfinite(now) or not math.isfinite(largest):
            what = f"after epoch {self.epoch} its numbers are not finite any more"
        elif now > BEYOND_BOUNDS * (start + 1):
            now_and_then = f"{numeral(now, '.3g')}, far above its start of {numeral(start, '.3g')}"
            what = f"after epoch {self.epoch} the loss is {now_and_then}"
        elif largest > BEYOND_BOUNDS * max(1.0, 10 * (self.settings.initialisation == "ten times Glorot")):
            what = f"after epoch {self.epoch} the largest weight is {numeral(largest, '.3g')} and growing beyond bounds"
        else:
            return
        self.diverged = True
        self.trouble = f"This run diverges: {what}, so it was stopped. {self._why_it_diverges()}"

    def _why_it_diverges(self) -> str:
        rate = self.settings.learning_rate
        if rate > 1:
            return (
                f"With learning rate {rate:g} the steps overshoot every valley. Try a much smaller one, such as 0.25."
            )
        return (
            f"A learning rate of {rate:g} is not too large for a right gradient here, so look at the gradients: "
            "does check_backward pass, and does apply_gradients step against the gradient?"
        )

    def _guarded(self, piece: Callable[[], None]) -> None:
        """Run a piece of the student's code; what goes wrong in it becomes the run's trouble."""
        self.trouble = self._problem(piece) or self.trouble

    def _problem(self, piece: Callable[[], None]) -> str:
        def run(record: Record) -> None:
            import torch

            torch.set_num_threads(1)  # more would wait for each other on arrays this small; the guard puts them back
            piece()

        observation = watched(run, self._calling, seconds=SECONDS_FOR_A_METHOD)
        if not observation.problems:
            return ""
        problem, name = observation.problems[0], self._calling.name
        if problem.trouble is Trouble.NOT_ATTEMPTED:
            return f"{name} is not written yet. Write it, run its cell and check_{name}, then this cell again."
        if problem.trouble is Trouble.NEEDS:
            return f"{name} cannot run yet. {problem.sentence}"
        if problem.trouble in (Trouble.RAISED, Trouble.TOO_SLOW):
            advice = f" check_{name} may say more." if name in METHODS else ""
            return f"The run stopped in {name}. {problem.sentence}{advice}"
        return problem.sentence


class _Calling:
    """Names the student's method that is being called, as a wrapper of it does, so that its line can be told."""

    name = ""
    __wrapped__: Any = None

    def method(self, kind: type, name: str) -> None:
        self.name, self.__wrapped__ = name, getattr(kind, name)
