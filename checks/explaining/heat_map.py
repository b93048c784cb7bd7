"""Three small tables of numbers on coloured ground: expected, yours, and the difference."""

from __future__ import annotations

from html import escape

import numpy as np

from checks.explaining.look import FONT
from checks.judging.comparing import Comparison, tolerance_for
from checks.numerals import magnitude, numeral, settled
from checks.observing.observation import Array

GREATEST = 10
"""Rows and columns up to which a matrix can be taken in at a glance."""

LARGEST = 1e100
"""Size of a number up to which differences and colours can be computed."""

MINUS = "\N{MINUS SIGN}"
POSITIVE, NEGATIVE = "0,114,178", "213,94,0"  # Okabe and Ito's blue and vermilion


def helps(comparison: Comparison) -> bool:
    """Tell whether looking at a matrix may show what a sentence cannot: where in it the difference lies."""
    if comparison.came is None or comparison.remark:
        return False
    expected, came = comparison.expected, comparison.came
    return (
        expected.ndim == 2
        and expected.shape == came.shape
        and 2 <= min(expected.shape) <= max(expected.shape) <= GREATEST
        and max(abs(expected).max(), abs(came).max()) <= LARGEST
    )


def as_tables(comparison: Comparison) -> str:
    """Return expected, yours and difference as HTML tables beside each other, with signs and colours."""
    expected, came = np.asarray(comparison.expected, float), np.asarray(comparison.came, float)
    difference = came - expected
    scale = float(max(abs(expected).max(), abs(came).max())) or 1.0
    agrees = abs(difference) <= tolerance_for(comparison.came, False) * (abs(expected) + scale)
    shown = np.where(agrees, 0.0, difference)
    tables = (
        _table("expected", expected, scale),
        _table("yours", came, scale),
        _table(f"yours {MINUS} expected", shown, float(abs(shown).max()) or 1.0, zero="·"),
    )
    right = int(agrees.sum())
    where = f"{right} of {agrees.size} entries agree (·)" if right else "No entry agrees"
    return (
        f'<figure role="group" aria-label="{escape(str(comparison.quantity))}: expected, yours and difference" '
        f'style="margin:.5em 0 0;{FONT}">'
        f'<div style="display:flex;flex-wrap:wrap;gap:.4em 1.6em">{"".join(tables)}</div>'
        f'<figcaption style="opacity:.8;margin-top:.3em">{where}.</figcaption></figure>'
    )


def _table(title: str, matrix: Array, scale: float, zero: str = "") -> str:
    decimals = 2 - magnitude(scale)
    rows = "".join(
        f'<tr style="background:transparent">{"".join(_cell(float(v), scale, decimals, zero) for v in row)}</tr>'
        for row in matrix
    )
    return (
        '<table style="border-collapse:collapse;margin:0;font-size:.8em;width:auto">'
        '<caption style="caption-side:top;text-align:left;padding:0 0 .2em;color:inherit;white-space:nowrap">'
        f"{title}</caption><tbody>{rows}</tbody></table>"
    )


def _cell(value: float, scale: float, decimals: int, zero: str) -> str:
    value = settled(value, scale)
    strength = 0.55 * min(abs(value) / scale, 1.0) ** 0.7
    ground = f"rgba({POSITIVE if value > 0 else NEGATIVE},{numeral(strength, '.2f')})"
    written = zero if zero and not value else _number(value, decimals)
    return (
        f'<td style="background:{ground};padding:.15em .4em;text-align:right;border:1px solid rgba(128,128,128,.35);'
        f'font-variant-numeric:tabular-nums;white-space:nowrap">{written}</td>'
    )


def _number(value: float, decimals: int) -> str:
    """Write a number with as many decimals as its neighbours, in powers of ten only where that would get long."""
    return numeral(value, f".{decimals}f" if 0 <= decimals <= 6 else ".2g").replace("-", MINUS)
