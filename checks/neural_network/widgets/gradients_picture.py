"""The pictures of `inspect_gradients`: where the error starts in the network, and a layer's gradients as heat maps."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import isfinite

import numpy as np

from checks.drawing.network import lines, places
from checks.judging.comparing import Comparison
from checks.neural_network.widgets.gradients_seen import Gradients, Seen, Standing
from checks.numerals import percent
from checks.observing.observation import Array
from checks.widgets.charts import GREEN, INK, NEUTRAL, ORANGE, PAPER, heat_map, picture, row_of, words

MOST_NEURONS = 6
"""Neurons of a layer that are drawn; more are an ellipsis."""

MARKS = {
    Standing.RIGHT: "✓ right",
    Standing.STARTS: "✗ the error starts here",
    Standing.WRONG: "✗ wrong as well",
    Standing.UNSET: "○ nothing is stored",
}
STYLES = {
    Standing.RIGHT: (GREEN, 1.4, ""),
    Standing.STARTS: (ORANGE, 2.6, "7 4"),
    Standing.WRONG: (ORANGE, 1.2, "2 4"),
    Standing.UNSET: (NEUTRAL, 1.2, "2 4"),
}


def network(seen: Seen, chosen: int | None = None) -> str:
    """Return a drawing of the network with every layer marked right or wrong, and the chosen one framed."""
    gaps = len(seen.sizes) - 1
    step = float(np.clip(620 / gaps, 120, 190))
    top, height, left = 34.0, 26.0 * min(MOST_NEURONS, max(seen.sizes)) + 6, 24.0
    columns = [left + step * k for k in range(gaps + 1)]
    neurons = places([min(size, MOST_NEURONS) for size in seen.sizes], columns, 26, top + height / 2)
    parts = []
    for gradients, drawn, (x0, x1) in zip(seen.layers, lines(neurons), pairwise(columns), strict=True):
        colour, width, dashes = STYLES[gradients.standing]
        path = "".join(f"M{x0:g} {line.start[1]:g}L{x1:g} {line.end[1]:g}" for line in drawn)
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{dash} fill="none" opacity=".8"/>')
        parts.append(_gap_label(gradients, x0, x1, top + height + 12, framed=gradients.layer == chosen))
    for x, column, size in zip(columns, neurons, seen.sizes, strict=True):
        parts += [
            f'<circle cx="{x:g}" cy="{y:g}" r="9" style="fill:{PAPER};stroke:{INK}" stroke-width="1.3"/>'
            for _, y in column
        ]
        if size > MOST_NEURONS:
            parts.append(words(x, top + height + 4, f"{size} neurons", size=11, anchor="middle"))
    end = columns[-1] + left
    parts.append(words(end / 2, 14, "the backward pass goes from right to left", size=11.5, anchor="middle"))
    parts.append(f'<path d="M{end / 2 + 128:g} 10h34m-34 0l6 -4m-6 4l6 4" stroke="{INK}" fill="none"/>')
    said = ", ".join(f"layer {g.layer}: {MARKS[g.standing][2:]}" for g in reversed(seen.layers))
    return picture(end, top + height + 54, "".join(parts), f"A {'-'.join(map(str, seen.sizes))} network; {said}")


def _gap_label(gradients: Gradients, x0: float, x1: float, y: float, *, framed: bool) -> str:
    middle, first = (x0 + x1) / 2, MARKS[gradients.standing]
    narrow = x1 - x0 < 150
    if narrow and gradients.standing is Standing.STARTS:
        first = "✗ starts here"
    bold = 'font-weight="700"' if gradients.standing is Standing.STARTS else ""
    parts = [
        words(middle, y + 14, f"layer {gradients.layer}", anchor="middle", more='font-weight="600"'),
        words(middle, y + 31, first, size=11 if narrow else 12, anchor="middle", more=bold),
    ]
    if framed:
        parts.append(
            f'<rect x="{x0 + 4:g}" y="{y - 2:g}" width="{x1 - x0 - 8:g}" height="40" rx="6" fill="none" '
            f'style="stroke:{INK}" stroke-width="1.4"/>'
        )
    return "".join(parts)


def layer_maps(gradients: Gradients) -> str:
    """Return yours, the reference and the difference of a layer's weight and bias gradient, as an HTML fragment."""
    return _maps(gradients.weight, "∇W", gradients.layer, "from", "to") + _maps(
        gradients.bias, "∇b", gradients.layer, "neuron", "neuron"
    )


def _maps(comparison: Comparison, symbol: str, layer: int, rows: str, columns: str) -> str:
    came = None if comparison.came is None or comparison.came.ndim > 2 else comparison.came
    scale, arrays = _common_scale(came, comparison.expected), {"yours": came, "reference": comparison.expected}
    if came is not None and came.shape == comparison.expected.shape:
        arrays["difference"] = came.astype(np.float64) - comparison.expected
    maps = [heat_map(array, scale=scale, title=title, rows=rows, columns=columns) for title, array in arrays.items()]
    name = f"{symbol}<sup>({layer})</sup>, the {escape(str(comparison.quantity))}"
    return (
        f'<div style="margin:.7em 0 0"><p style="margin:0 0 .4em">{_verdict_mark(comparison)} <strong>{name}</strong>'
        f"{escape(_sentence(comparison))}</p>{row_of(maps)}</div>"
    )


def _common_scale(came: Array | None, expected: Array) -> float | None:
    sizes = [np.abs(a[np.isfinite(a)]).max(initial=0.0) for a in (came, expected) if a is not None]
    return float(max(sizes)) or None


def _verdict_mark(comparison: Comparison) -> str:
    return "✓" if comparison.right else "○" if comparison.came is None else "✗"


def _sentence(comparison: Comparison) -> str:
    if comparison.came is None:
        return ": nothing is stored yet."
    return f". {comparison.remark}" if comparison.remark else f": {how_far(comparison)}."


def how_far(comparison: Comparison) -> str:
    """Say in words how far an array that came is from the right one."""
    if comparison.right:
        return "equal up to rounding"
    return f"differs by {percent(comparison.error)}" if isfinite(comparison.error) else "different"
