"""Draw a network as inline SVG: neurons as cards with numbers in them, weights as arrows with numbers on them.

Solid blue arrows have positive weights and dashed orange ones negative weights; what takes part is thick and outlined,
the rest steps back. Colours of text and paper follow JupyterLab's theme. There are no ids, so pictures never clash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

import numpy as np

from checks.drawing.network import Line, colour_of, lines, places
from checks.widgets.charts import GREEN, at

INK = "var(--jp-content-font-color1, var(--vscode-editor-foreground, #24292f))"
PAPER = "var(--jp-layout-color1, var(--vscode-editor-background, #fff))"
BORDER = "var(--jp-border-color2, #bbb)"

WIDTH = 680
CARD, SMALL, HEADER, ROW, GAP = 108, 40, 22, 20, 18
LABEL, CHARACTER = 18, 6.7
HIGHEST = 190
"""How far apart neurons may stand to make room for the numbers on arrows; beyond, only some of them are written."""


@dataclass(frozen=True)
class Written:
    """A number in the picture: its symbol, its value ("" while it is unknown), and whether it is the one of now."""

    symbol: str
    value: str
    now: bool = False


@dataclass(frozen=True)
class Neuron:
    """A neuron with its name and the numbers that are written in it; `part` outlines it."""

    name: str
    rows: tuple[Written, ...] = ()
    part: bool = False


@dataclass(frozen=True)
class Arrow:
    """A weight, whose sign gives the style, with the numbers on it; `part` makes it thick, `back` points it back."""

    weight: float
    rows: tuple[Written, ...] = ()
    part: bool = False
    back: bool = False


def network_svg(
    layers: Sequence[Sequence[Neuron]],
    arrows: Sequence[Sequence[Sequence[Arrow]]],
    captions: Sequence[str],
    described: str,
    foot: Written | None = None,
    room: int = 0,
) -> str:
    """Return the drawing of a fully connected network.

    `layers[l][j]` is neuron j of layer l, inputs first; `arrows[l][j][i]` leads to neuron j of layer l + 1 from neuron
    i of layer l. `captions` stand above the layers, `foot` below the last one; `described` says it all in words. Arrows
    are kept apart for `room` numbers on each, so that a picture that fills up does not move.
    """
    tallest = max(len(neuron.rows) for layer in layers for neuron in layer)
    width, height = (CARD, HEADER + ROW * tallest + 6) if tallest else (SMALL, SMALL)
    every = [arrow for gap in arrows for row in gap for arrow in row]
    room, busy = max([room, *(len(arrow.rows) for arrow in every)]), any(arrow.part for arrow in every)
    counts = [len(layer) for layer in layers]
    spots = [_furthest_apart(*pair) for pair in pairwise(counts)]
    pitch = max([height + GAP, *(min((LABEL * room + 3) / apart, HIGHEST) for _, apart in spots)])
    top, body = (30 if any(captions) else 6), height + (max(counts) - 1) * pitch + 8
    total = top + body + (34 if foot else 4)
    columns = np.linspace(width / 2 + 4, WIDTH - width / 2 - 4, len(layers))
    neurons = places(counts, columns, pitch, top + body / 2)
    parts = [_text(x, 18, caption, size=13, anchor="middle") for x, caption in zip(columns, captions, strict=True)]
    labels: list[str] = []
    for gap, between, (where, apart) in zip(arrows, lines(neurons, width / 2), spots, strict=True):
        drawn = [(gap[line.receiver][line.sender], line) for line in between]
        for arrow, line in sorted(drawn, key=lambda pair: (pair[0].part, pair[1].receiver)):  # what takes part on top
            parts.append(_arrow(arrow, line, faint=busy and not arrow.part))
            if arrow.rows and (arrow.part or apart * pitch >= LABEL * room):
                labels.append(_label(*line.at(where), arrow.rows, line.start[0] + 3))
    for column, layer in zip(neurons, layers, strict=True):
        labels += [_card(*place, width, neuron) for place, neuron in zip(column, layer, strict=True)]
    if foot:
        x, lowest = neurons[-1][-1]
        labels.append(_label(x, lowest + height / 2 + 20, (foot,)))
    return (
        f'<svg role="img" aria-label="{escape(described)}" viewBox="0 0 {WIDTH} {total:.0f}" width="{WIDTH}" '
        'style="max-width:100%;height:auto;display:block;font-family:var(--jp-content-font-family,system-ui,sans-serif)">'
        f"{''.join(parts)}{''.join(labels)}</svg>"
    )


@lru_cache(maxsize=64)
def _furthest_apart(senders: int, receivers: int) -> tuple[float, float]:
    """Return how far along the arrows between two layers their labels keep most distance, and that distance.

    The unit is the distance between neighbouring neurons.
    """
    best, widest = 0.5, 0.0
    starts, ends = (np.arange(count) - (count - 1) / 2 for count in (senders, receivers))
    for along in np.linspace(0.2, 0.8, 61):
        heights = np.sort(np.add.outer((1 - along) * starts, along * ends).ravel())
        apart = float(np.diff(heights).min(initial=1.0))
        if apart > widest + 1e-9:
            best, widest = float(along), apart
    return best, max(widest, 1e-6)


def _arrow(arrow: Arrow, line: Line, *, faint: bool) -> str:
    colour = colour_of(arrow.weight)
    dash = "" if arrow.weight > 0 else ' stroke-dasharray="7 5"' if arrow.weight < 0 else ' stroke-dasharray="2 4"'
    tail, tip = (np.array(end) for end in ((line.end, line.start) if arrow.back else (line.start, line.end)))
    along = (tip - tail) / np.linalg.norm(tip - tail)
    across, size = np.array([-along[1], along[0]]), 11 if arrow.part else 8
    base = tip - along * size
    corners = " ".join(f"{at(x)},{at(y)}" for x, y in (tip, base + across * size / 2.4, base - across * size / 2.4))
    return (
        f'<g opacity="{0.5 if faint else 1}"><line x1="{at(tail[0])}" y1="{at(tail[1])}" x2="{at(base[0])}" '
        f'y2="{at(base[1])}" stroke="{colour}" stroke-width="{4 if arrow.part else 1.6}"{dash}/>'
        f'<polygon points="{corners}" fill="{colour}"/></g>'
    )


def _label(x: float, y: float, rows: Sequence[Written], leftmost: float = 0.0) -> str:
    """Write numbers on paper of their own, centred at a point but not further left than `leftmost`."""
    said = [f"{row.symbol} {row.value or '·'}".strip() for row in rows]
    width = max(map(len, said)) * CHARACTER + 12
    x, height = max(x, leftmost + width / 2), LABEL * len(rows)
    stroke, thick = (GREEN, 2.5) if any(row.now for row in rows) else (BORDER, 0.75)
    box = (
        f'<rect x="{at(x - width / 2)}" y="{at(y - height / 2)}" width="{at(width)}" height="{height}" rx="5" '
        f'style="fill:{PAPER}" stroke="{stroke}" stroke-width="{thick}"/>'
    )
    texts = [
        _text(x, y - height / 2 + LABEL * index + 13, line, anchor="middle", bold=row.now)
        for index, (line, row) in enumerate(zip(said, rows, strict=True))
    ]
    return box + "".join(texts)


def _card(x: float, y: float, width: float, neuron: Neuron) -> str:
    height = HEADER + ROW * len(neuron.rows) + 6 if neuron.rows else width
    left, top = x - width / 2, y - height / 2
    stroke, thick = (INK, 3.5) if neuron.part else (BORDER, 1.5)
    outline, radius = f'style="fill:{PAPER};stroke:{stroke}" stroke-width="{thick}"', 10 if neuron.rows else height / 2
    parts = [f'<rect x="{at(left)}" y="{at(top)}" width="{width}" height="{height}" rx="{radius}" {outline}/>']
    header = top + 16 if neuron.rows else y + 4.5
    parts.append(_text(x, header, neuron.name, size=12 if neuron.rows else 13, anchor="middle", bold=neuron.part))
    for index, row in enumerate(neuron.rows):
        base = top + HEADER + ROW * index
        if row.now:
            parts.append(
                f'<rect x="{at(left + 5)}" y="{at(base)}" width="{width - 10}" height="{ROW - 1}" rx="5" '
                f'fill="none" stroke="{GREEN}" stroke-width="2.5"/>'
            )
        faint = not row.value
        parts.append(_text(left + 13, base + 14, row.symbol, faint=faint, bold=row.now))
        parts.append(_text(left + width - 13, base + 14, row.value or "·", anchor="end", faint=faint, bold=row.now))
    return "".join(parts)


def _text(
    x: float, y: float, text: str, *, size: float = 12.5, anchor: str = "start", bold: bool = False, faint: bool = False
) -> str:
    weight, opacity = (' font-weight="700"' if bold else ""), (' opacity="0.6"' if faint else "")
    return (
        f'<text x="{at(x)}" y="{at(y)}" font-size="{size}" text-anchor="{anchor}"{weight}{opacity} '
        f'style="fill:{INK}">{escape(text)}</text>'
    )
