"""Train the student's network live: change depth, width, learning rate or start, and watch boundary and loss."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from checks.neural_network.widgets.decision_boundary import Plane, boundary, colour_key
from checks.neural_network.widgets.given_arrays import numbers_in
from checks.neural_network.widgets.training_outcome import outcome, progress, right_side
from checks.neural_network.widgets.training_run import (
    INITIALISATIONS,
    MOST_EPOCHS,
    MOST_LAYERS,
    MOST_NEURONS,
    Run,
    Settings,
)
from checks.numerals import numeral
from checks.observing.arrays import as_array, described
from checks.observing.observation import Array
from checks.widgets.charts import BLUE, ORANGE, Curve, curves, row_of
from checks.widgets.shown import Shown, framed, live, static

MOST_SAMPLES, FARTHEST = 1000, 1e100
"""How many samples can be drawn in a small picture, and how far from the origin."""

SECONDS_WITHOUT_PAGE = 2.0
"""How long a picture without controls trains at most, unless a release is built, which must come out the same."""


def shown(NeuralNetwork: Any, x: Any, y: Any, *settings: Any) -> Shown:
    """Return the page of `explore_training`, trained to its end or for two seconds where it has no controls.

    Raises:
        TypeError, ValueError: if an argument makes no sense; the message says what was expected.
    """
    if not isinstance(NeuralNetwork, type):
        raise TypeError(
            "explore_training makes fresh networks, so it expects the class itself, as in "
            f"explore_training(NeuralNetwork, x, y); it got {described(NeuralNetwork)}."
        )
    given = _settings(*settings)
    explorer = Explorer(NeuralNetwork, *_data(x, y), given)
    if live():
        from checks.neural_network.widgets.training_controls import with_controls

        return Shown(explorer.html, explorer.text, with_controls(explorer))
    explorer.train_for(math.inf if static() else SECONDS_WITHOUT_PAGE)
    return Shown(explorer.html, explorer.text)


def _settings(hidden: Any, learning_rate: Any, initialisation: Any, epochs: Any, seed: Any) -> Settings:
    """Return the settings of the first run.

    Raises:
        TypeError, ValueError: if one makes no sense.
    """
    sizes = tuple(hidden) if isinstance(hidden, list | tuple) else ()
    if not 1 <= len(sizes) <= MOST_LAYERS or not all(_whole(n, 1, MOST_NEURONS) for n in sizes):
        raise ValueError(
            f"hidden should list the neurons of one to {MOST_LAYERS} hidden layers, each from 1 to {MOST_NEURONS}, "
            f"such as (5, 3); it is {hidden!r}."
        )
    number = isinstance(learning_rate, int | float) and not isinstance(learning_rate, bool)
    if not number or not 0 < learning_rate < 1e308:
        raise ValueError(f"learning_rate should be a number above 0, such as 0.25; it is {learning_rate!r:.40}.")
    if not isinstance(initialisation, str) or initialisation not in INITIALISATIONS:
        raise ValueError(f"initialisation should be one of {', '.join(INITIALISATIONS)}; it is {initialisation!r}.")
    if not _whole(epochs, 1, MOST_EPOCHS):
        raise ValueError(f"epochs should be a whole number from 1 to {MOST_EPOCHS}; it is {epochs!r}.")
    if not _whole(seed, 0, 2**31):
        raise ValueError(f"seed should be a whole number, 0 or above; it is {seed!r}.")
    return Settings(tuple(int(n) for n in sizes), float(learning_rate), initialisation, int(epochs), int(seed))


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and bool(least <= value <= most)


def _data(x: Any, y: Any) -> tuple[Any, Any]:
    """Return samples and labels as tensors of the notebook's precision, copies of their own.

    Raises:
        ValueError: if they are not (N, 2) finite numbers and (N, 1) labels of 0 or 1.
    """
    import torch

    samples, labels = numbers_in("x", x), numbers_in("y", y)
    if samples.ndim != 2 or samples.shape[1] != 2 or not len(samples) or not np.isfinite(samples).all():
        raise ValueError(
            "x should hold points of the plane, finite numbers of shape (N, 2), so that they can be drawn; "
            f"it has shape {samples.shape}."
        )
    farthest = float(np.abs(samples).max())
    if len(samples) > MOST_SAMPLES or farthest > FARTHEST:
        raise ValueError(
            f"x should hold at most {MOST_SAMPLES} points, none farther out than {FARTHEST:g}, so that they can be "
            f"drawn; it holds {len(samples)}, and the farthest coordinate is {numeral(farthest, '.3g')}."
        )
    if labels.shape != (len(samples), 1):
        raise ValueError(
            f"y should have shape {(len(samples), 1)}, one row per sample, but it has {labels.shape}. "
            "Labels of shape (N,) become (N, 1) with y.reshape(-1, 1)."
        )
    if not np.isin(labels, (0.0, 1.0)).all():
        raise ValueError("y should hold labels that are 0 or 1, so that each sample can be drawn by its label.")
    dtype = x.dtype if isinstance(x, torch.Tensor) and x.is_floating_point() else torch.get_default_dtype()
    return torch.tensor(samples, dtype=dtype), torch.tensor(labels, dtype=dtype)


@dataclass(frozen=True)
class Seen:
    """A run as it was when it was last looked at: `plane` holds the answers on the raster, `at_samples` the others."""

    settings: Settings
    losses: tuple[float, ...]
    plane: Array | None
    at_samples: Array | None


class Explorer:
    """The present run, the one that was kept, and what is drawn and said of them."""

    def __init__(self, kind: type, x: Any, y: Any, settings: Settings) -> None:
        self.kind, self.x, self.y = kind, x, y
        self.samples, self.labels = as_array(x), as_array(y)[:, 0]
        self.plane = Plane(self.samples)
        self._points = np.concatenate([self.plane.raster(), self.samples])
        self.kept: Seen | None = None
        self.remark = ""
        self.start(settings)

    def start(self, settings: Settings) -> None:
        """Begin a fresh run, and look at it."""
        self.run = Run(self.kind, self.x, self.y, settings)
        self.look()

    def look(self) -> None:
        """Ask the network for its answers as it is now."""
        answers = self.run.answers(self._points)
        plane, at_samples = (None, None) if answers is None else np.split(answers, [-len(self.samples)])
        self.seen = Seen(self.run.settings, tuple(self.run.losses), plane, at_samples)

    def train_for(self, seconds: float) -> None:
        """Train for some time, and look at what came of it."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until and self.run.advance():
            pass
        if not self.run.finished:
            self.remark = f"This picture was made in {seconds:g} seconds of training; in JupyterLab you can play on."
        self.look()

    def keep(self) -> None:
        """Freeze the present run as A, and begin a fresh one beside it."""
        self.look()
        self.kept = self.seen
        self.start(self.run.settings)

    def forget(self) -> None:
        """Drop the run that was kept."""
        self.kept = None

    def said(self) -> list[str]:
        """Return where the run is and what became of it, as sentences."""
        said = [f"{progress(self.run)}.", right_side(self.seen.at_samples, self.labels)] if self.run.losses else []
        said += [outcome(self.run, self.seen.at_samples), self.remark]
        return [sentence for sentence in said if sentence]

    def text(self) -> str:
        """Return the picture in words."""
        lines = [", ".join(self.run.settings.in_words().values()), *self.said()]
        if self.kept is not None:
            lines.append(f"Kept beside it: {', '.join(self.kept.settings.in_words().values())}.")
        return "\n".join(lines)

    def html(self) -> str:
        """Return words and pictures as an HTML fragment."""
        first, *others = self.said()
        mark = "✗ " if self.run.trouble else ""
        sentences = f"<strong>{escape(first)}</strong> {escape(' '.join(others))}"
        return framed(
            f'<p style="margin:.3em 0 .6em;min-height:2.9em;max-width:52em">{mark}{sentences}</p>'
            f'{row_of(self._pictures())}<p style="margin:.5em 0 0;font-size:.92em">{"<br>".join(self._captions())}</p>'
        )

    def _pictures(self) -> list[str]:
        says = " ".join(self.said())
        now, title = self.seen, "Answers in the plane" if self.kept is None else "B, now: answers in the plane"
        planes = [boundary(self.plane, now.plane, self.samples, self.labels, title=title, says=says)]
        drawn, most, (width, height) = [Curve("this run", now.losses, BLUE)], now.settings.epochs, (330, 336)
        if self.kept is not None:
            kept, title = self.kept, "A, kept: answers in the plane"
            says = f"It stands at epoch {len(kept.losses) - 1}."
            planes.insert(0, boundary(self.plane, kept.plane, self.samples, self.labels, title=title, says=says))
            drawn = [Curve("A, kept", kept.losses, ORANGE, "6 4"), Curve("B, now", now.losses, BLUE)]
            most, (width, height) = max(most, kept.settings.epochs), (600, 240)
        return [*planes, curves(drawn, title="Loss", across="epoch", up="loss", most=most, width=width, height=height)]

    def _captions(self) -> list[str]:
        captions = [colour_key()]
        if self.kept is None:
            return captions
        captions.append(f"A: {escape(', '.join(self.kept.settings.in_words().values()))}")
        difference = self.run.settings.difference_from(self.kept.settings)
        captions.append(f"B: {escape(difference or 'the same settings as A, so far')}")
        return captions
