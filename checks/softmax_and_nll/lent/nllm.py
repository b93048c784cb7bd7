"""The right `nllm`."""

from __future__ import annotations

import numpy as np

from checks.observing.observation import Array

ANSWERS: tuple[str, ...] = ("nllm",)


def nllm(a: Array, y: Array) -> float:
    """Return the loss."""
    return -float(np.log(a[y == 1]).sum())
