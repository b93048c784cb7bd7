"""What Python runs first in every process that finds this folder on its PYTHONPATH: arithmetic as on another processor.

With the environment's DISTURBED_SEED set, NumPy, torch and JAX add up in another order, and what they have rounded
differs in its last bits. What is exact (1.5 + 0.25, exp(0)) stays exact, as it does on every processor. Kernels that
run an untouched exercise are left alone: of what they compute nothing is built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any


class Afterwards(MetaPathFinder):
    """Do something to a module right after it is imported for the first time."""

    def __init__(self, name: str, act: Callable[[], None]) -> None:
        self.name, self.act = name, act

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return None
        execute, act = spec.loader.exec_module, self.act

        def execute_and_act(module: ModuleType) -> None:
            execute(module)
            act()

        loader: Loader = spec.loader
        loader.exec_module = execute_and_act  # type: ignore[method-assign]
        return spec


def _numpy() -> None:
    import disturbed_numpy

    disturbed_numpy.disturb()


def _torch() -> None:
    import disturbed_torch

    disturbed_torch.disturb()


def _jax() -> None:
    import disturbed_jax

    disturbed_jax.disturb()


UNTOUCHED = "untouched"
"""The folder in which a build runs the exercise as students get it."""

if os.environ.get("DISTURBED_SEED") and Path.cwd().name != UNTOUCHED:
    sys.meta_path[:0] = [Afterwards("numpy", _numpy), Afterwards("torch", _torch), Afterwards("jax", _jax)]
