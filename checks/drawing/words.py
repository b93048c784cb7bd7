"""Figures on a page: sharp on every screen, and with words for those who cannot see them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from checks.numerals import numeral

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def sharp_pictures() -> None:
    """Let this notebook show Matplotlib's figures sharp on every screen, each with an alternative text."""
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib.figure import Figure
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("retina")  # type: ignore[no-untyped-call]
    InteractiveShell.instance().display_formatter.formatters["text/html"].for_type(Figure, as_image)


def as_image(figure: Figure) -> str | None:
    """Return a figure as `<img alt=...>`, or None if nothing is on it."""
    from IPython.core.pylabtools import retina_figure

    drawn = retina_figure(figure, base64=True)
    if drawn is None:
        return None
    data, size = drawn
    words = getattr(figure, "described", "") or described(figure)
    return (
        f'<img alt="{escape(words)}" width="{size["width"]}" height="{size["height"]}" '
        f'src="data:image/png;base64,{data.strip()}">'
    )


def described(figure: Figure) -> str:
    """Return in words what the axes of a figure show: their names, and where each line begins and ends."""
    return " ".join(("Picture.", *map(_axes_described, figure.axes)))


def plain(text: str) -> str:
    """Return a caption without the marks of mathtext."""
    return re.sub(r"[${}\\]", "", text).replace("\n", ", ")


def _axes_described(axes: Axes) -> str:
    from matplotlib.collections import PathCollection

    names = (("", axes.get_title()), ("Horizontal: ", axes.get_xlabel()), ("Vertical: ", axes.get_ylabel()))
    told = [f"{where}{plain(name)}" for where, name in names if name]
    for line in axes.lines:
        name = _name(line.get_label(), "A line")
        heights = np.asarray(line.get_ydata(orig=False))
        if not heights.size:  # a history that no training has filled yet
            told.append(f"{name}: no points")
        elif not line.get_transform().contains_branch_seperately(axes.transData)[1]:
            told.append(f"{name}: vertical")  # its heights are fractions of the axes
        else:
            first, last = (numeral(float(height), ".3g") for height in heights[[0, -1]])
            told.append(f"{name}: from {first} to {last}")
    for points in axes.collections:
        if isinstance(points, PathCollection):
            count = len(np.asarray(points.get_offsets()))
            told.append(f"{_name(points.get_label(), 'Points')}: {count} {'point' if count == 1 else 'points'}")
    if written := [plain(text.get_text()) for text in axes.texts if text.get_text()]:
        told.append(f"Written on it: {', '.join(written)}")
    return "".join(f"{each}. " for each in told).strip()


def _name(label: object, unnamed: str) -> str:
    """Return the name of what is drawn; Matplotlib's own names begin with a line."""
    return unnamed if str(label).startswith("_") else plain(str(label))
