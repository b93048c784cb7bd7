"""The network as a picture on which a student's solved numbers appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.by_hand.case import PUBLISHED, Problem
from checks.drawing import draw_network, keep_weights_apart
from checks.numerals import numeral

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    keep_weights_apart(figure)
    return figure


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
