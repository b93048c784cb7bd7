"""Small pictures as SVG text: a heat map of a matrix and curves; they follow JupyterLab's theme and do without colour.

Every picture carries its description in words, and none uses an id, so that any number of them may share a page.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np

from checks.numerals import first_of_greatest, magnitude, numeral, settled
from checks.observing.observation import Array

BLUE, ORANGE, GREEN, NEUTRAL = "#0072b2", "#d55e00", "#009e73", "#a8b0b8"
"""Okabe and Ito's colours, which most colour-blind readers can tell apart."""

INK = "var(--jp-content-font-color1,#24292f)"
PAPER = "var(--jp-layout-color1,#fff)"
LINE = "var(--jp-border-color2,#bbb)"

MOST_COLUMNS_WITH_NUMBERS = 8
MOST_ROWS_WITH_NUMBERS = 16
MOST_CELLS_AS_SHAPES = 400

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def picture(width: float, height: float, body: str, description: str) -> str:
    """Return an SVG of a natural size in pixels, which shrinks with the page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(description)}" '
        'style="max-width:100%;height:auto;font-family:var(--jp-content-font-family,system-ui,sans-serif)">'
        f"<title>{escape(description)}</title>{body}</svg>"
    )


def at(coordinate: float) -> str:
    """Write a coordinate of a picture."""
    return numeral(coordinate, ".1f")


def words(x: float, y: float, text: str, *, size: float = 12, anchor: str = "start", more: str = "") -> str:
    """Return a text of an SVG in the theme's colour; `more` holds further attributes."""
    colour = "" if "fill=" in more else f' fill="{INK}"'
    place = f'x="{numeral(x, ".6g")}" y="{numeral(y, ".6g")}"'
    return f'<text {place} font-size="{size:g}" text-anchor="{anchor}"{colour} {more}>{escape(text)}</text>'


def row_of(pictures: Sequence[str], gap: str = "0.4em 1.6em") -> str:
    """Return pictures side by side, which wrap where the page is narrow."""
    return f'<div style="display:flex;flex-wrap:wrap;align-items:flex-start;gap:{gap}">{"".join(pictures)}</div>'


def minus(text: str) -> str:
    """Write a number's hyphen as a minus sign."""
    return text.replace("-", "−")


def diverging(value: float) -> str:
    """Return the colour of a value from -1 (blue) over 0 (white) to 1 (orange)."""
    red, green, blue = diverging_pixels(np.array([value]))[0]
    return f"#{red:02x}{green:02x}{blue:02x}"


def diverging_pixels(values: Array) -> Array:
    """Return the colours (..., 3) of values from -1 to 1 as bytes; what is not finite is grey."""
    finite = np.isfinite(values)
    strength = np.clip(np.where(finite, values, 0.0), -1, 1).round(9)[..., None]
    white = np.array([250.0, 250.0, 250.0])
    ends = np.where(strength < 0, np.array([0.0, 114.0, 178.0]), np.array([213.0, 94.0, 0.0]))
    colours = np.where(finite[..., None], white + (ends - white) * np.abs(strength), 160.0)
    return np.asarray(colours.round().astype(np.uint8))


def png(pixels: Array) -> str:
    """Return pixels (height, width, 3) of bytes as the data URI of a PNG."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    image = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    image += chunk(b"IDAT", zlib.compress(rows.tobytes(), 6)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(image).decode()


# --- a matrix --------------------------------------------------------------------------------------------------


def heat_map(
    matrix: Any, *, scale: float | None = None, title: str = "", rows: str = "row", columns: str = "column"
) -> str:
    """Return a picture of a matrix (rows, columns): orange for positive, blue for negative, white for zero.

    `scale` is the size that gets the full colour, so that several maps can share one; by default the largest here.
    A vector is drawn as one row, and None as an empty place. Small matrices show their numbers; in larger ones a bar
    marks what is negative. The largest entry is named below. `rows` and `columns` say what those stand for.

    Raises:
        ValueError: if it has more than two axes.
    """
    if matrix is None:
        return _empty_map(title, "nothing is stored")
    array = np.asarray(matrix, dtype=np.float64)
    if array.ndim > 2:
        raise ValueError(
            f"heat_map draws a vector or a matrix, but this has the shape {array.shape}; pass a part of it."
        )
    vector = array.ndim < 2
    array = array.reshape(1, -1) if vector else array
    if array.size == 0:
        return _empty_map(title, "no entries")
    largest = first_of_greatest(np.where(np.isfinite(array), np.abs(array), np.inf))  # what is not finite comes first
    scale = float(scale) if scale is not None and np.isfinite(scale) and scale > 0 else abs(array[largest])
    scale = scale if np.isfinite(scale) and scale > 0 else 1.0
    array = np.where(abs(array) <= 1e-12 * scale, 0.0, array)
    numbers = array.shape[1] <= MOST_COLUMNS_WITH_NUMBERS and array.shape[0] <= MOST_ROWS_WITH_NUMBERS
    exponent = magnitude(scale) if numbers and not -1 <= magnitude(scale) <= 2 else 0
    side = float(np.clip(round(240 / max(array.shape)), 3, 18))
    cell_width, cell_height = (50.0, 25.0) if numbers else (side, side)
    left, top = (4.0 if vector else 24.0), (40.0 if title else 20.0)
    width, height = array.shape[1] * cell_width, array.shape[0] * cell_height
    if array.size > MOST_CELLS_AS_SHAPES:
        cells = (
            f'<image x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" preserveAspectRatio="none" '
            f'style="image-rendering:pixelated" href="{png(diverging_pixels(array / scale))}"/>'
        )
    else:
        cells = _cells(array, scale, 10.0**-exponent, numbers, (left, top, cell_width, cell_height))
    named = _named(array, largest, vector, rows, columns)
    lines = [named, *([f"numbers in units of 10{str(exponent).translate(_SUPERSCRIPTS)}"] if exponent else [])]
    body = [words(0, 15, title, size=13, more='font-weight="600"') if title else "", cells]
    body.append(_indices(array.shape, vector, left, top, cell_width, cell_height))
    body += [words(0, top + height + 16 + 15 * k, line, size=11.5) for k, line in enumerate(lines)]
    room = max(left + width + 2, *(6.1 * len(line) for line in lines), 7.6 * len(title))
    size = f"{array.shape[1]} entries" if vector else f"{array.shape[0]} rows and {array.shape[1]} columns"
    return picture(room, top + height + 8 + 15 * len(lines), "".join(body), f"{title or 'matrix'}: {size}, {named}")


def _empty_map(title: str, why: str) -> str:
    body = words(0, 15, title, size=13, more='font-weight="600"')
    body += f'<rect x="1" y="30" width="128" height="36" fill="none" stroke="{LINE}" stroke-dasharray="4 3"/>'
    body += words(65, 52, why, anchor="middle", more='font-style="italic"')
    return picture(max(132.0, 7.6 * len(title)), 72, body, f"{title}: {why}")


def _named(array: Array, largest: tuple[int, ...], vector: bool, rows: str, columns: str) -> str:
    value = array[largest]
    where = f"{columns} {largest[1] + 1}" if vector else f"{rows} {largest[0] + 1}, {columns} {largest[1] + 1}"
    if not np.isfinite(value):
        return f"{np.count_nonzero(~np.isfinite(array))} not finite, first: {where}"
    return "all zero" if value == 0 else f"largest {minus(numeral(value, '.3g'))} ({where})"


def _cells(array: Array, scale: float, factor: float, numbers: bool, place: tuple[float, float, float, float]) -> str:
    left, top, width, height = place
    parts, bars = [], []
    for (row, column), value in np.ndenumerate(array):
        x, y = left + column * width, top + row * height
        colour = diverging(value / scale)
        parts.append(f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>')
        if numbers:
            ink = "#fff" if np.isfinite(value) and abs(value) > 0.62 * scale else "#1b1f24"
            parts.append(
                words(x + width / 2, y + height / 2 + 4, _entry(value * factor), anchor="middle", more=f'fill="{ink}"')
            )
        elif value < 0 or not np.isfinite(value):
            bars.append(f"M{x + width * 0.25:g} {y + height / 2:g}h{width / 2:g}")
            if not np.isfinite(value):
                bars.append(f"M{x + width / 2:g} {y + height * 0.25:g}v{height / 2:g}")
    if bars:
        parts.append(f'<path d="{"".join(bars)}" stroke="#1b1f24" stroke-width="1" opacity=".75"/>')
    rows, columns = array.shape
    frame = f'<rect x="{left:g}" y="{top:g}" width="{columns * width:g}" height="{rows * height:g}"'
    return f'{"".join(parts)}{frame} fill="none" stroke="{LINE}"/>'


def _entry(value: float) -> str:
    """Write a number with about three digits; exact zeros as 0."""
    if not np.isfinite(value):
        return "nan" if np.isnan(value) else minus("inf" if value > 0 else "-inf")
    if value == 0:
        return "0"
    size = abs(settled(value))
    if size >= 9999.5:
        return minus(numeral(value, ".0e"))
    text = numeral(value, f".{0 if size >= 999.5 else 1 if size >= 99.95 else 2}f")
    return "≈ 0" if float(text) == 0 else minus(text)


def _indices(shape: tuple[int, ...], vector: bool, left: float, top: float, width: float, height: float) -> str:
    """Number rows and columns from 1, leaving out what would not fit."""
    faint = 'opacity=".7"'
    across, down = max(1, int(np.ceil(18 / width))), max(1, int(np.ceil(12 / height)))
    parts = [
        words(left + (column + 0.5) * width, top - 5, str(column + 1), size=10, anchor="middle", more=faint)
        for column in range(0, shape[1], across)
    ]
    if not vector:
        parts += [
            words(left - 5, top + (row + 0.5) * height + 4, str(row + 1), size=10, anchor="end", more=faint)
            for row in range(0, shape[0], down)
        ]
    return "".join(parts)


# --- curves ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Curve:
    """A named curve of values at 0, 1, 2 …, told apart by its dashes as well as its colour."""

    name: str
    values: Sequence[float]
    colour: str = BLUE
    dashes: str = ""


def curves(
    drawn: Sequence[Curve], *, title: str, across: str, up: str, most: int, width: float = 380, height: float = 300
) -> str:
    """Return a picture of curves over 0 … `most`, with its vertical axis from 0; a dot marks where each one is now."""
    left, top, right, bottom = 52.0, 46.0, 14.0, 42.0
    values = [np.asarray(curve.values, dtype=np.float64) for curve in drawn]
    finite = np.concatenate([v[np.isfinite(v)] for v in values]) if values else np.zeros(0)
    highest = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    steps = ticks(highest * 1.05)
    highest = max(highest * 1.05, steps[-1])
    plane = (left, width - right, height - bottom, top)
    parts = [words(0, 15, title, size=13, more='font-weight="600"'), _axes(plane, most, highest, steps, across, up)]
    for number, (curve, points) in enumerate(zip(drawn, values, strict=True)):
        parts.append(_curve(curve, points, plane, most, highest))
        x = left + 4 + number * (width - left) / max(2, len(drawn))
        dash = f' stroke-dasharray="{curve.dashes}"' if curve.dashes else ""
        parts.append(f'<path d="M{x:g} 31h26" stroke="{curve.colour}" stroke-width="2"{dash}/>')
        parts.append(words(x + 31, 35, curve.name, size=11.5))
    now = "; ".join(
        f"{c.name} is at {numeral(v[-1], '.3g')} after {len(v) - 1}"
        for c, v in zip(drawn, values, strict=True)
        if len(v)
    )
    return picture(width, height, "".join(parts), f"{title}: {up} over {across}. {now}")


def ticks(highest: float) -> list[float]:
    """Return three to six round numbers from 0 to at most `highest`."""
    step = 10.0 ** magnitude(highest)
    step = next(step * factor for factor in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if highest / (step * factor) <= 5 + 1e-9)
    return [float(step * k) for k in range(int(highest / step + 1e-9) + 1)]


def _axes(
    plane: tuple[float, float, float, float], most: int, highest: float, steps: list[float], across: str, up: str
) -> str:
    left, right, bottom, top = plane
    parts = []
    for value in steps:
        y = bottom - value / highest * (bottom - top)
        parts.append(f'<path d="M{left:g} {at(y)}H{right:g}" stroke="{LINE}" opacity="{1 if value == 0 else 0.45}"/>')
        parts.append(words(left - 6, y + 4, numeral(value, ".4g"), size=11, anchor="end"))
    for value in ticks(max(most, 1)):
        if value == int(value):
            x = left + value / max(most, 1) * (right - left)
            parts.append(f'<path d="M{at(x)} {bottom:g}v4" stroke="{LINE}"/>')
            parts.append(words(x, bottom + 17, f"{value:g}", size=11, anchor="middle"))
    middle = (top + bottom) / 2
    parts.append(words((left + right) / 2, bottom + 34, across, anchor="middle"))
    parts.append(words(12, middle, up, anchor="middle", more=f'transform="rotate(-90 12 {middle:g})"'))
    return "".join(parts)


def _curve(curve: Curve, values: Array, plane: tuple[float, float, float, float], most: int, highest: float) -> str:
    left, right, bottom, top = plane
    if not len(values):
        return ""
    chosen = _telling(values)
    x = left + chosen / max(most, 1) * (right - left)
    y = bottom - np.clip(values[chosen] / highest, 0, 1.02) * (bottom - top)
    points = [(a, b) for a, b in zip(x, y, strict=True) if np.isfinite(b)]
    if not points:
        return ""
    line = " ".join(f"{at(a)},{at(b)}" for a, b in points)
    dash = f' stroke-dasharray="{curve.dashes}"' if curve.dashes else ""
    return (
        f'<polyline points="{line}" fill="none" stroke="{curve.colour}" stroke-width="2"{dash}/>'
        f'<circle cx="{at(points[-1][0])}" cy="{at(points[-1][1])}" r="3.5" fill="{curve.colour}"/>'
    )


def _telling(values: Array, pieces: int = 160) -> Array:
    """Return the indices of at most two values for each piece of a curve, its lowest and highest, and of both ends."""
    if len(values) <= 2 * pieces:
        return np.arange(len(values))
    chosen = {0, len(values) - 1}
    edges = np.linspace(0, len(values), pieces + 1).astype(int)
    for start, end in pairwise(edges):
        piece = np.nan_to_num(values[start:end], nan=np.inf)
        chosen |= {start + int(piece.argmin()), start + int(piece.argmax())}
    return np.array(sorted(chosen))
