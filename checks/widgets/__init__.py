"""Interactive pictures for the notebooks; each is a plain function that also works without a live page.

Importing this loads none of their libraries.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.widgets.explore_training import explore_training
    from checks.widgets.inspect_gradients import inspect_gradients
    from checks.widgets.step_through import step_through
    from checks.widgets.try_a_bug import try_a_bug

__all__ = ["explore_training", "inspect_gradients", "step_through", "try_a_bug"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'checks.widgets' has no attribute {name!r}")
    function = getattr(import_module(f"checks.widgets.{name}"), name)
    globals()[name] = function  # the import has put the module of that name here
    return function
