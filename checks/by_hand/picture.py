"""The network as a picture on which a student's solved numbers appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.by_hand.case import PUBLISHED, Problem
from checks.drawing import draw_network
from checks.numerals import numeral

if TYPE_CHECKING:
    from matplotlib.figure import Figure


ALONG = (0.34, 0.28, 0.4, 0.46, 0.52, 0.58, 0.64, 0.7, 0.24)
"""Where on an arrow its number may stand, from its beginning to its end; the first place is preferred."""

CHARACTER, LINE_HEIGHT = 0.13, 0.2
"""The room that a number takes, in the units of the drawing."""


def draw(
    answers: Mapping[str, Any] | None = None, problem: Problem = PUBLISHED, *, error: Any = None, scale: float = 0.95
) -> Figure:
    """Return a figure of the network of a problem with the numbers that its question's answers hold.

    `answers` is one mapping of pass 1, told by the names in it: outputs o and error signals δ are written under their
    neurons, gradients g and new weights w on their arrows. Without it, or where numbers are missing, the network is
    drawn with what is given. The `error` E is written under the outputs.

    >>> figure = draw({"delta5": 0.375, "delta6": -0.625})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_text().startswith(("0.3", "-0.6"))]
    ['0.375', '-0.625']
    """
    names, numbers = problem.names, _numbers({**(answers if isinstance(answers, Mapping) else {}), "E": error})
    kinds = {name.rstrip("0123456789") for name in numbers}
    values: dict[tuple[int, int], float] = {}
    if "delta" not in kinds:
        values = {(0, position): float(value) for position, value in enumerate(problem.x)}
    for layer in (1, 2):
        for letter in ("o", "delta"):
            for position, name in enumerate(names.of(letter, layer)):
                if name in numbers:
                    values[layer, position] = numbers[name]
    weights, written = [problem.W1, problem.W2], ("W^{(1)}", "W^{(2)}")
    for letter in "gw":
        edges = [names.edges(letter, layer) for layer in (1, 2)]
        if all(name in numbers for group in edges for name in group):
            weights = [
                np.reshape([numbers[name] for name in group], old.shape)
                for group, old in zip(edges, weights, strict=True)
            ]
            sign = r"-\partial E/\partial " if letter == "g" else "\\mathrm{new}\\ "
            written = (f"{sign}W^{{(1)}}", f"{sign}W^{{(2)}}")
    labels = {(layer, i): f"{number}" for layer in range(3) for i, number in enumerate(names.neurons(layer))}
    figure = draw_network(
        names.sizes,
        labels=labels,
        values=values,
        weights=[matrix.T for matrix in weights],
        write_weights=True,
        layer_names=[
            "inputs",
            "hidden, ReLU",
            "outputs, sigmoid" + (f"\nE = {numeral(numbers['E'], '.6g')}" if "E" in numbers else ""),
        ],
        edge_names=[f"${text}$" for text in written],
        digits=4,
        scale=scale,
    )
    for text in figure.axes[0].texts:
        if re.fullmatch(r"-?\d+\.\d{4}", text.get_text()):
            text.set_text(f"{float(text.get_text()):g}")  # 0.5, not 0.5000
    _keep_weights_apart(figure)
    return figure


def _keep_weights_apart(figure: Figure) -> None:
    """Move the numbers on the arrows along them, so that none covers another; where there is room they stay."""
    (axes,) = figure.axes
    placed: list[tuple[float, float, float]] = []
    for line, text in zip(axes.lines, axes.texts, strict=False):  # each arrow with its number, which are drawn first
        (x0, x1), (y0, y1) = (np.asarray(data, dtype=float) for data in line.get_data())
        width = CHARACTER * len(text.get_text())
        spots = [(x0 + along * (x1 - x0), y0 + along * (y1 - y0)) for along in ALONG]
        free = [
            (x, y)
            for x, y in spots
            if all(abs(x - u) > (width + other) / 2 or abs(y - v) > LINE_HEIGHT for u, v, other in placed)
        ]
        x, y = (free or spots)[0]
        text.set_position((x, y))
        placed.append((x, y, width))


def _numbers(answers: Mapping[str, Any]) -> dict[str, float]:
    """Return what is a finite number among some answers; the rest is not solved yet."""
    found = {}
    for name, value in answers.items():
        try:
            number = float(value)
        except Exception:
            continue
        if np.isfinite(number):
            found[name] = number
    return found
