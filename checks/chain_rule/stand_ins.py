"""What stands in for the functions of earlier cells; that differentiates by autograd, which shows nothing by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from typing import Any

from checks.chain_rule import lent
from checks.observing.standing_in import standing_in

PLACES: Mapping[str, str] = {
    "feed_forward_one_layer": "one_layer",
    "cost_one_layer": "cost",
    "mse_der": "derivatives",
    "sigmoid_der": "derivatives",
    "sigmoid_jacobian": "jacobian",
    "dC_dz": "factors",
    "dz_dW": "factors",
    "dz_db": "factors",
    "feed_forward_two_layers": "two_layers",
    "feed_forward": "forward",
    "feed_forward_saver": "saver",
    "backpropagation": "backward",
    "feed_forward_batch": "forward_batch",
    "feed_forward_saver_batch": "saver_batch",
    "backpropagation_batch": "backward_batch",
    "cross_entropy": "real_task",
    "softmax_cross_entropy_der": "real_task",
}
"""The lent modules of the stand-ins by the names of the functions they stand for, in the order of the notebook."""


def stand_in(name: str) -> Callable[..., Any]:
    """Return what stands in for a function of the notebook."""
    function: Callable[..., Any] = getattr(import_module(f"{lent.__name__}.{PLACES[name]}"), name)
    return function


def earlier_standing_in(student: Any, names: tuple[str, ...]) -> AbstractContextManager[None]:
    """Replace functions that `student` calls by their stand-ins."""
    return standing_in(student, {name: partial(_instead, stand_in(name)) for name in names})


def _instead(right: Callable[..., Any], own: Any) -> Callable[..., Any]:
    return right
