"""Numbers as people read them: nothing is shown, and nothing chosen, that the last bits of a rounding decide.

Another processor adds up in another order and rounds exp otherwise, so of a number that was computed twelve digits are
the same everywhere. All that is written or compared for being the greatest starts from these.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np

from checks.observing.observation import Array

DIGITS = 12
"""Significant digits of a computed number that are the same on every processor."""


def settled(value: float, beside: float = 0.0) -> float:
    """Return a number without its last digits, which rounding decides; what is nothing `beside` a size is 0.

    >>> settled(0.1 + 0.2), settled(-1e-17, beside=1.0)
    (0.3, 0.0)
    """
    value = float(value)
    if not math.isfinite(value):
        return value
    return 0.0 if abs(value) <= 10.0**-DIGITS * beside else float(f"{value:.{DIGITS - 1}e}") + 0.0


def numeral(value: float, form: str, beside: float = 0.0) -> str:
    """Write a number in a form of `format` such as ".3g", ".2f" or ".1e"; a tie goes to the even digit, and 0 has no
    sign. What is nothing `beside` a size is 0.

    >>> numeral(1.0625 - 2e-16, ".4g"), numeral(1.0625 + 2e-16, ".4g"), numeral(-0.001, ".2f")
    ('1.062', '1.062', '0.00')
    """
    digits, kind = int(form[1:-1]), form[-1]
    value = settled(value, beside)
    if not math.isfinite(value):
        return format(value, form)
    exact = Decimal(repr(value))
    if kind == "f":
        rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN, Context(prec=400))
    else:
        rounded = Context(prec=max(digits + (kind == "e"), 1), rounding=ROUND_HALF_EVEN).create_decimal(exact)
    return format(float(rounded) + 0.0, form)


def magnitude(value: float) -> int:
    """Return the power of ten of a number's first digit.

    >>> magnitude(1000.0 - 1e-13), magnitude(0.02)
    (3, -2)
    """
    return Decimal(repr(settled(value))).adjusted()


def first_of_greatest(sizes: Array) -> tuple[int, ...]:
    """Return the index of the first of the greatest numbers, which are 0 or above; a billionth is no difference.

    >>> first_of_greatest(np.array([[0.0, 2.0], [2.0 + 4e-16, 1.0]]))
    (0, 1)
    """
    position = int(np.argmax(sizes >= sizes.max() * (1 - 1e-9)))
    return tuple(int(i) for i in np.unravel_index(position, sizes.shape))


RAISED = str.maketrans("0123456789+-()lL", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˡᴸ")


def of_layer(symbol: str, layer: int) -> str:
    """Write a symbol with its layer as the notebooks do.

    >>> of_layer("Δ", 4)
    'Δ⁽⁴⁾'
    """
    return f"{symbol}{f'({layer})'.translate(RAISED)}"


def percent(share: float) -> str:
    """Write a share as a whole percentage, or with one digit where it is less than one."""
    number = 100 * settled(share)
    return f"{numeral(number, '.0f' if number >= 1 else '.1g')} %"
