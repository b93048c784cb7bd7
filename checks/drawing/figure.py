"""Draw a network as a figure, columns of circles on white paper: the picture beside the formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.drawing.network import NEUTRAL, Line, Place, colour_of, lines, places
from checks.drawing.words import as_image, plain
from checks.numerals import numeral, settled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Node = tuple[int, int]

INK, PAPER = "#24292f", "#ffffff"
"""Ink on white, which reads on a light and on a dark page."""

INPUT_FILL, HIDDEN_FILL, OUTPUT_FILL = "#e3edf5", "#fdf3df", "#e0f2ea"

COLUMN_GAP, RADIUS = 2.0, 0.33
ROW_GAP, ROW_GAP_WITH_NUMBERS = 0.95, 1.5
LINE = 0.34  # height of a line of text
ALONG = (0.34, 0.28, 0.4, 0.46, 0.52, 0.58, 0.64, 0.7, 0.24)
"""Where on an arrow its number may stand, from its beginning to its end; the first place is preferred."""

CHARACTER, LINE_HEIGHT = 0.13, 0.2
"""The room that a number takes, in the units of the drawing."""

BOX_GAP, BOX_WIDTH = 0.95, 0.5


def draw_network(
    sizes: Sequence[int],
    *,
    labels: Mapping[Node, str] | None = None,
    values: Mapping[Node, float] | None = None,
    weights: Sequence[Any] | None = None,
    write_weights: bool = False,
    layer_names: Sequence[str] | None = None,
    edge_names: Sequence[str] | None = None,
    box: str = "",
    box_outputs: Sequence[str] | None = None,
    digits: int = 2,
    scale: float = 0.62,
) -> Figure:
    """Return a figure of a fully connected network whose layers have `sizes` nodes, the input layer first.

    A node is named by `(layer, position)`, both counted from 0, position 0 at the top.

    labels: text inside a node, as `{(0, 0): "$x_1$"}`; may hold mathtext.
    values: a number under a node, as `{(2, 0): 0.73}`, written with `digits` decimals.
    weights: one matrix of shape (n_in, n_out) for each pair of neighbouring layers, rows are the sending nodes. An edge
        is wide where its weight is large, solid blue where it is positive, dashed orange where it is negative, and grey
        where it is zero.
    write_weights: also write each weight on its edge (readable up to about four nodes per layer).
    layer_names: one caption under each layer.
    edge_names: one caption above each gap between two layers.
    box: what takes in the whole last layer at once, such as "softmax", written on a box to the right of it.
    box_outputs: one text for each number that comes out of the box.
    scale: inches per unit of the drawing.

    Raises ValueError where a layer is empty, a matrix has another shape, or a node or caption has no place.
    The figure is closed in pyplot, so a notebook shows it once: where it is a cell's last expression. There it says
    what is to be seen in words as well, its attribute `described`, to those who listen.

    >>> figure = draw_network([2, 3, 1], labels={(0, 0): "$x_1$"}, layer_names=["input", "hidden", "output"])
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['$x_1$', 'input', 'hidden', 'output']
    """
    sizes = _checked_sizes(sizes)
    matrices = _checked_weights(sizes, weights)
    for given in (labels, values):
        _check_nodes(sizes, given or {})
    _check_count("layer_names", layer_names, len(sizes))
    _check_count("edge_names", edge_names, len(sizes) - 1)
    _check_count("box_outputs", box_outputs, sizes[-1] if box else 0)

    import matplotlib.pyplot as plt

    row_gap = ROW_GAP_WITH_NUMBERS if values or write_weights else ROW_GAP
    neurons = places(sizes, [layer * COLUMN_GAP for layer in range(len(sizes))], -row_gap)
    tallest = (max(sizes) - 1) * row_gap
    below = RADIUS + 0.1 + (LINE if values else 0.0) + _height(layer_names)
    above = RADIUS + 0.1 + _height(edge_names)
    left, right = -0.85, (len(sizes) - 1) * COLUMN_GAP + 0.85 + (BOX_GAP + BOX_WIDTH if box else 0.0)
    bottom, top = -tallest / 2 - below, tallest / 2 + above

    size = ((right - left) * scale, (top - bottom) * scale)
    drawing: Any = plt.figure(figsize=size, facecolor=PAPER, FigureClass=_drawing())
    figure: Figure = drawing
    plt.close(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()

    text_size = 17 * scale
    caption: dict[str, Any] = {"ha": "center", "color": INK, "fontsize": text_size}
    for drawn, matrix in zip(lines(neurons), matrices or [None] * (len(sizes) - 1), strict=True):
        _draw_arrows(axes, drawn, matrix, digits if write_weights else None, caption)
    fills = [INPUT_FILL, *[HIDDEN_FILL] * (len(sizes) - 2), OUTPUT_FILL]
    for layer, (column, fill) in enumerate(zip(neurons, fills, strict=True)):
        for position, place in enumerate(column):
            node = (layer, position)
            value = numeral(values[node], f".{digits}f") if values and node in values else ""
            _draw_node(axes, place, fill, (labels or {}).get(node, ""), value, caption)
    if write_weights:
        keep_weights_apart(figure)
    for layer, name in enumerate(layer_names or ()):
        axes.text(layer * COLUMN_GAP, bottom + 0.12, name, va="bottom", **caption)
    for gap, name in enumerate(edge_names or ()):
        axes.text((gap + 0.5) * COLUMN_GAP, top - 0.08, name, va="top", **caption)
    if box:
        _draw_box(axes, neurons[-1], box, box_outputs, caption)
    shown = matrices if write_weights else None
    drawing.described = _described(sizes, labels or {}, values or {}, layer_names, edge_names, shown, digits, box)
    return figure


@cache
def _drawing() -> Any:
    """Return the class of figures that can tell what is to be seen on them."""
    from matplotlib.figure import Figure

    class Drawing(Figure):
        """A picture with the words for it, as `<img alt=...>` where a page shows HTML."""

        described: str = ""

        def _repr_html_(self) -> str | None:
            return as_image(self)

    return Drawing


def _described(
    sizes: Sequence[int],
    labels: Mapping[Node, str],
    values: Mapping[Node, float],
    layer_names: Sequence[str] | None,
    edge_names: Sequence[str] | None,
    matrices: Sequence[Any] | None,
    digits: int,
    box: str,
) -> str:
    """Return in words what a drawing shows: its layers and, where they are written on it, its numbers."""

    def name(layer: int, position: int) -> str:
        kind = "neuron" if layer else "input"
        return plain(labels.get((layer, position), "")) or f"{kind} {position + 1} of layer {layer}"

    def written(number: float) -> str:
        text = numeral(number, f".{digits}f")
        return text.rstrip("0").rstrip(".") if "." in text else text

    counted = [f"{size} {'input' if layer == 0 else 'neuron'}{'s' * (size > 1)}" for layer, size in enumerate(sizes)]
    if layer_names:
        counted = [f"{count} ({plain(caption)})" for count, caption in zip(counted, layer_names, strict=True)]
    sentences = [f"Drawing of a network, from left to right: {', '.join(counted)}{f', {box}' if box else ''}."]
    if values:
        under = ", ".join(f"{name(*node)}: {written(float(value))}" for node, value in sorted(values.items()))
        sentences.append(f"Under the neurons: {under}.")
    for layer, matrix in enumerate(matrices or (), start=1):
        what = plain(edge_names[layer - 1]) if edge_names else "weights"
        for receiver, column in enumerate(matrix.T):
            numbers = ", ".join(written(float(weight)) for weight in column)
            sentences.append(f"On the arrows to {name(layer, receiver)} ({what}): {numbers}.")
    return " ".join(sentences)


def keep_weights_apart(figure: Figure) -> None:
    """Move the numbers on the arrows along them, so that none covers another number or another arrow."""
    (axes,) = figure.axes
    placed: list[tuple[float, float, float]] = []
    arrows = [np.transpose(np.asarray(line.get_data(), dtype=float)) for line in axes.lines]
    for arrow, text in zip(arrows, axes.texts, strict=False):  # each arrow with its number, which are drawn first
        width = CHARACTER * len(text.get_text())
        others = [other for other in arrows if other is not arrow and other[0, 0] == arrow[0, 0]]
        spots = [arrow[0] + along * (arrow[1] - arrow[0]) for along in ALONG]
        free = [
            spot
            for spot in spots
            if all(abs(spot[0] - u) > (width + w) / 2 or abs(spot[1] - v) > LINE_HEIGHT for u, v, w in placed)
        ]
        room = [min([LINE_HEIGHT, *(_distance(spot, other) for other in others)]) for spot in free or spots]
        x, y = (free or spots)[int(np.argmax(room))]
        text.set_position((x, y))
        placed.append((x, y, width))


def _distance(point: Any, arrow: Any) -> float:
    """Return how far a point is from the straight line through the two ends of an arrow."""
    (dx, dy), (x, y) = arrow[1] - arrow[0], point - arrow[0]
    return settled(abs(dx * y - dy * x) / np.hypot(dx, dy))


def _height(captions: Sequence[str] | None) -> float:
    return 0.2 + LINE * max(caption.count("\n") + 1 for caption in captions) if captions else 0.0


def _draw_arrows(
    axes: Axes, drawn: Sequence[Line], matrix: Any, digits: int | None, caption: Mapping[str, Any]
) -> None:
    """Draw the arrows of a gap, and on each its weight if it is to be written with some `digits`."""
    greatest = 0.0 if matrix is None else float(np.max(np.abs(matrix)))
    for line in drawn:
        look: dict[str, Any] = {"color": NEUTRAL, "linewidth": 0.9}
        if matrix is not None:
            weight = float(matrix[line.sender, line.receiver])
            width = 0.5 + (2.2 * abs(weight) / greatest if greatest else 0.0)
            style = (0, (4, 1.5)) if weight < 0 else "-"
            look = {"color": colour_of(weight), "linestyle": style, "linewidth": width}
        axes.plot(*zip(line.start, line.end, strict=True), zorder=1, **look)
        if matrix is not None and digits is not None:
            words = {**caption, "color": look["color"] if weight else INK, "fontsize": 0.8 * caption["fontsize"]}
            box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
            axes.text(*line.at(ALONG[0]), numeral(weight, f".{digits}f"), va="center", zorder=3, bbox=box, **words)


def _draw_box(
    axes: Axes, ends: Sequence[Place], name: str, outputs: Sequence[str] | None, caption: Mapping[str, Any]
) -> None:
    from matplotlib.patches import FancyBboxPatch

    left = ends[0][0] + BOX_GAP - BOX_WIDTH / 2
    (_, highest), (_, lowest) = ends[0], ends[-1]
    corner, width, height = (left, lowest - RADIUS), BOX_WIDTH, highest - lowest + 2 * RADIUS
    style: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.12", "facecolor": OUTPUT_FILL, "edgecolor": INK}
    axes.add_patch(FancyBboxPatch(corner, width, height, linewidth=1.1, zorder=2, **style))
    middle = (left + BOX_WIDTH / 2, (highest + lowest) / 2)
    axes.text(*middle, name, rotation=90, va="center", zorder=4, **caption)
    for (x, y), text in zip(ends, outputs or [""] * len(ends), strict=True):
        axes.plot([x, left + BOX_WIDTH + 0.14], [y, y], color=NEUTRAL, linewidth=0.9, zorder=1)
        axes.text(left + BOX_WIDTH + 0.2, y - 0.02, text, va="center", zorder=4, **{**caption, "ha": "left"})


def _draw_node(axes: Axes, place: Place, fill: str, label: str, value: str, caption: Mapping[str, Any]) -> None:
    from matplotlib.patches import Circle

    x, y = place
    axes.add_patch(Circle(place, RADIUS, facecolor=fill, edgecolor=INK, linewidth=1.1, zorder=2))
    if label:
        axes.text(x, y - 0.02, label, va="center", zorder=4, **caption)
    if value:
        smaller = {**caption, "fontsize": 0.85 * caption["fontsize"]}
        axes.text(x, y - RADIUS - 0.04, value, va="top", zorder=4, **smaller)


def _checked_sizes(sizes: Sequence[int]) -> list[int]:
    checked = [int(size) for size in sizes]
    if len(checked) < 2 or min(checked) < 1:
        raise ValueError(f"a network has at least two layers of at least one neuron each, but sizes is {checked}.")
    return checked


def _checked_weights(sizes: Sequence[int], weights: Sequence[Any] | None) -> list[Any] | None:
    if weights is None:
        return None
    matrices = [np.asarray(matrix, dtype=float) for matrix in weights]
    expected = list(pairwise(sizes))
    found = [matrix.shape for matrix in matrices]
    if found != expected:
        raise ValueError(f"layers of {list(sizes)} neurons have weights of shapes {expected}, but these have {found}.")
    return matrices


def _check_nodes(sizes: Sequence[int], given: Mapping[Node, Any]) -> None:
    for layer, position in given:
        if not (0 <= layer < len(sizes) and 0 <= position < sizes[layer]):
            raise ValueError(f"layers of {list(sizes)} neurons have no neuron {(layer, position)}; both count from 0.")


def _check_count(name: str, given: Sequence[str] | None, expected: int) -> None:
    if given is not None and len(given) != expected:
        raise ValueError(f"{name} has {len(given)} captions, but this network has room for {expected}.")
