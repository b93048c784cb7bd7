"""The pictures of a training run: the plane of answers with its decision boundary, and the loss curve."""

from __future__ import annotations

from html import escape

import numpy as np

from checks.numerals import magnitude, numeral
from checks.observing.observation import Array
from checks.widgets.charts import BLUE, LINE, NEUTRAL, ORANGE, at, diverging_pixels, picture, png, ticks, words

RASTER = 64
"""Points of the raster along each side of the plane."""


class Plane:
    """The square of the plane that is shown: `centre` (2,) and half its side, chosen around the samples (N, 2)."""

    def __init__(self, samples: Array) -> None:
        lowest, highest = samples.min(axis=0), samples.max(axis=0)
        self.centre = (lowest + highest) / 2
        half = float((highest - lowest).max()) / 2 or 1.0
        step = 0.5 * 10.0 ** magnitude(half)
        self.half = float(np.ceil(1.6 * half / step - 1e-9) * step)

    def raster(self) -> Array:
        """Return the points of the raster (RASTER², 2), row by row from the top."""
        side = (np.arange(RASTER) + 0.5) / RASTER * 2 - 1
        across, up = np.meshgrid(side, -side)
        return np.asarray(self.centre + self.half * np.stack([across.ravel(), up.ravel()], axis=1))

    def placed(self, points: Array, left: float, top: float, side: float) -> Array:
        """Return points (n, 2) in the coordinates of a picture whose plane has a corner at (left, top)."""
        unit = (points - self.centre) / (2 * self.half)
        return np.stack([left + side * (unit[:, 0] + 0.5), top + side * (0.5 - unit[:, 1])], axis=1)


def boundary(plane: Plane, answers: Array | None, samples: Array, labels: Array, *, title: str, says: str) -> str:
    """Return a picture of the answers on the plane's raster, the samples on it, and a line where the answer is 0.5.

    `answers` is (RASTER²,), or None where there are none; `says` describes the run to who cannot see it.
    """
    left, top, side = 34.0, 46.0, 250.0
    parts = [words(0, 15, title, size=13, more='font-weight="600"'), _legend(left)]
    frame = f'<rect x="{left:g}" y="{top:g}" width="{side:g}" height="{side:g}"'
    if answers is None:
        parts.append(f'{frame} fill="{NEUTRAL}" opacity=".25"/>')
        crossed = "no answers yet"
    else:
        grid = answers.reshape(RASTER, RASTER).round(9)
        parts.append(
            f'<image x="{left:g}" y="{top:g}" width="{side:g}" height="{side:g}" preserveAspectRatio="none" '
            f'decoding="sync" href="{png(diverging_pixels(np.round((grid * 2 - 1) * 100) / 125))}"/>'
        )
        line = contour(grid - 0.5)
        crossed = "the boundary crosses the plane" if line else "there is no boundary in this part of the plane"
        scale = side / RASTER
        parts.append(
            f'<path d="{line}" transform="translate({left:g} {top:g}) scale({scale:g})" fill="none" stroke="#000" '
            f'stroke-width="{2 / scale:.3g}" stroke-linecap="round"/>'
        )
    parts += [f'{frame} fill="none" stroke="{LINE}"/>', _axes(plane, left, top, side)]
    parts += [
        star(x, y) if label > 0.5 else f'<circle cx="{at(x)}" cy="{at(y)}" r="6" {SAMPLE}/>'
        for (x, y), label in zip(plane.placed(samples, left, top, side), labels, strict=True)
    ]
    return picture(left + side + 10, top + side + 40, "".join(parts), f"{title}: {crossed}. {says}")


SAMPLE = 'fill="#fff" stroke="#000" stroke-width="1.5"'


def star(x: float, y: float, size: float = 9.5) -> str:
    """Return a star with five points as an SVG polygon."""
    angles = np.pi / 5 * np.arange(10) - np.pi / 2
    reach = size * np.where(np.arange(10) % 2, 0.45, 1.0)
    points = " ".join(f"{at(x + r * np.cos(a))},{at(y + r * np.sin(a))}" for a, r in zip(angles, reach, strict=True))
    return f'<polygon points="{points}" {SAMPLE}/>'


def _legend(left: float) -> str:
    parts = [
        star(left + 7, 31, 8),
        words(left + 18, 35, "label 1", size=11.5),
        f'<circle cx="{left + 76:g}" cy="31" r="5.5" {SAMPLE}/>',
        words(left + 86, 35, "label 0", size=11.5),
        f'<rect x="{left + 136:g}" y="24" width="26" height="14" rx="3" fill="#dfe6ec"/>'
        f'<path d="M{left + 138:g} 31h22" stroke="#000" stroke-width="2"/>',
        words(left + 167, 35, "answer 0.5", size=11.5),
    ]
    return "".join(parts)


def _axes(plane: Plane, left: float, top: float, side: float) -> str:
    parts = []
    step = ticks(plane.half)[1]
    for axis in (0, 1):
        lowest = plane.centre[axis] - plane.half
        first = int(np.ceil(lowest / step - 1e-9))
        for k in range(first, first + 20):
            place = (k * step - lowest) / (2 * plane.half)
            if place > 1 + 1e-9:
                break
            if k % 2 and step < plane.half / 2:
                continue
            text = numeral(k * step, ".6g").replace("-", "−")
            if axis == 0:
                parts.append(words(left + side * place, top + side + 15, text, size=11, anchor="middle"))
            else:
                parts.append(words(left - 6, top + side * (1 - place) + 4, text, size=11, anchor="end"))
    parts.append(words(left + side / 2, top + side + 32, "x₁", anchor="middle"))
    parts.append(words(10, top + side / 2 + 4, "x₂", anchor="middle"))
    return "".join(parts)


def contour(grid: Array) -> str:
    """Return the path on which a grid (n, n) of values at the middles of unit cells is zero, by marching squares."""
    grid = np.where(np.isfinite(grid), grid, 1.0)
    grid = np.where(grid == 0, 1e-12, grid)
    upper, lower = grid[:-1], grid[1:]
    corners = [upper[:, :-1], upper[:, 1:], lower[:, 1:], lower[:, :-1]]  # clockwise from the upper left
    places = [(0, 0), (1, 0), (1, 1), (0, 1)]
    mixed = np.argwhere(np.abs(sum(np.sign(corner) for corner in corners)) < 4)
    path = []
    for row, column in mixed:
        values = [float(corner[row, column]) for corner in corners]
        crossings = []
        for k in range(4):
            a, b = values[k], values[(k + 1) % 4]
            if a * b < 0:
                (x0, y0), (x1, y1), share = places[k], places[(k + 1) % 4], a / (a - b)
                crossings.append((column + 0.5 + x0 + share * (x1 - x0), row + 0.5 + y0 + share * (y1 - y0)))
        for (x0, y0), (x1, y1) in zip(crossings[::2], crossings[1::2], strict=True):
            start, end = (f"{numeral(x, '.2f')} {numeral(y, '.2f')}" for x, y in ((x0, y0), (x1, y1)))
            path.append(f"M{start}L{end}")
    return "".join(path)


def colour_key() -> str:
    """Return the line of HTML that explains the shades."""
    swatch = "display:inline-block;width:1.1em;height:.8em;border:1px solid #888;vertical-align:-.05em;background:"
    return (
        f'<span><span style="{swatch}{ORANGE}"></span> {escape("answer near 1")}, '
        f'<span style="{swatch}{BLUE}"></span> {escape("answer near 0")}, '
        f'<span style="{swatch}#fafafa"></span> undecided</span>'
    )
