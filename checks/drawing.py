"""Draw a fully connected network as columns of circles: the picture beside the formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np

from checks.numerals import numeral

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Node = tuple[int, int]

# Okabe and Ito's palette, which stays apart for colour-blind readers; ink on white reads on a light and on a dark page.
INK, PAPER = "#24292f", "#ffffff"
POSITIVE, NEGATIVE, NEUTRAL = "#0072b2", "#d55e00", "#a8b0b8"
INPUT_FILL, HIDDEN_FILL, OUTPUT_FILL = "#e3edf5", "#fdf3df", "#e0f2ea"

COLUMN_GAP, RADIUS = 2.0, 0.33
ROW_GAP, ROW_GAP_WITH_NUMBERS = 0.95, 1.5
LINE = 0.34  # height of a line of text


def draw_network(
    sizes: Sequence[int],
    *,
    labels: Mapping[Node, str] | None = None,
    values: Mapping[Node, float] | None = None,
    weights: Sequence[Any] | None = None,
    write_weights: bool = False,
    layer_names: Sequence[str] | None = None,
    edge_names: Sequence[str] | None = None,
    digits: int = 2,
    scale: float = 0.62,
) -> Figure:
    """Return a figure of a fully connected network whose layers have `sizes` nodes, the input layer first.

    A node is named by `(layer, position)`, both counted from 0, position 0 at the top.

    labels: text inside a node, as `{(0, 0): "$x_1$"}`; may hold mathtext.
    values: a number under a node, as `{(2, 0): 0.73}`, written with `digits` decimals.
    weights: one matrix of shape (n_in, n_out) for each pair of neighbouring layers, rows are the sending nodes. An edge
        is wide where its weight is large, solid blue where it is positive and dashed orange where it is negative.
    write_weights: also write each weight on its edge (readable up to about four nodes per layer).
    layer_names: one caption under each layer.
    edge_names: one caption above each gap between two layers.
    scale: inches per unit of the drawing.

    Raises ValueError where a layer is empty, a matrix has another shape, or a node or caption has no place.
    The figure is closed in pyplot, so a notebook shows it once: where it is a cell's last expression.

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

    import matplotlib.pyplot as plt

    row_gap = ROW_GAP_WITH_NUMBERS if values or write_weights else ROW_GAP
    places = {
        (layer, position): (layer * COLUMN_GAP, ((size - 1) / 2 - position) * row_gap)
        for layer, size in enumerate(sizes)
        for position in range(size)
    }
    tallest = (max(sizes) - 1) * row_gap
    below = RADIUS + 0.1 + (LINE if values else 0.0) + _height(layer_names)
    above = RADIUS + 0.1 + _height(edge_names)
    left, right = -0.85, (len(sizes) - 1) * COLUMN_GAP + 0.85
    bottom, top = -tallest / 2 - below, tallest / 2 + above

    figure: Figure = plt.figure(figsize=((right - left) * scale, (top - bottom) * scale), facecolor=PAPER)
    plt.close(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes.set_axis_off()

    text_size = 17 * scale
    for gap in range(len(sizes) - 1):
        ends = [[places[layer, position] for position in range(sizes[layer])] for layer in (gap, gap + 1)]
        _draw_edges(axes, ends, None if matrices is None else matrices[gap], write_weights, digits, text_size)
    for node, place in places.items():
        fill = INPUT_FILL if node[0] == 0 else OUTPUT_FILL if node[0] == len(sizes) - 1 else HIDDEN_FILL
        value = numeral(values[node], f".{digits}f") if values and node in values else ""
        _draw_node(axes, place, fill, (labels or {}).get(node, ""), value, text_size)
    caption: dict[str, Any] = {"ha": "center", "color": INK, "fontsize": text_size}
    for layer, name in enumerate(layer_names or ()):
        axes.text(layer * COLUMN_GAP, bottom + 0.12, name, va="bottom", **caption)
    for gap, name in enumerate(edge_names or ()):
        axes.text((gap + 0.5) * COLUMN_GAP, top - 0.08, name, va="top", **caption)
    return figure


def _height(captions: Sequence[str] | None) -> float:
    return 0.2 + LINE * max(caption.count("\n") + 1 for caption in captions) if captions else 0.0


def _draw_edges(axes: Axes, ends: Any, matrix: Any, write_weights: bool, digits: int, text_size: float) -> None:
    greatest = 0.0 if matrix is None else float(np.max(np.abs(matrix)))
    for (sender, (x0, y0)), (receiver, (x1, y1)) in product(enumerate(ends[0]), enumerate(ends[1])):
        if matrix is None:
            axes.plot([x0, x1], [y0, y1], color=NEUTRAL, linewidth=0.9, zorder=1)
            continue
        weight = float(matrix[sender, receiver])
        colour, style = (NEGATIVE, (0, (4, 1.5))) if weight < 0 else (POSITIVE, "-")
        width = 0.5 + (2.2 * abs(weight) / greatest if greatest else 0.0)
        axes.plot([x0, x1], [y0, y1], color=colour, linestyle=style, linewidth=width, zorder=1)
        if write_weights:
            # A third of the way along, two crossing edges have not met yet, so their numbers stay apart.
            x, y = x0 + 0.34 * (x1 - x0), y0 + 0.34 * (y1 - y0)
            box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}
            style_of_text: dict[str, Any] = {
                "ha": "center",
                "va": "center",
                "color": colour,
                "fontsize": 0.8 * text_size,
                "bbox": box,
            }
            axes.text(x, y, numeral(weight, f".{digits}f"), zorder=3, **style_of_text)


def _draw_node(axes: Axes, place: tuple[float, float], fill: str, label: str, value: str, text_size: float) -> None:
    from matplotlib.patches import Circle

    x, y = place
    axes.add_patch(Circle(place, RADIUS, facecolor=fill, edgecolor=INK, linewidth=1.1, zorder=2))
    if label:
        axes.text(x, y - 0.02, label, ha="center", va="center", color=INK, fontsize=text_size, zorder=4)
    if value:
        axes.text(x, y - RADIUS - 0.04, value, ha="center", va="top", color=INK, fontsize=0.85 * text_size, zorder=4)


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
