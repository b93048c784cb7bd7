"""Where JAX and Flax are not installed: one sentence, and stand-ins that let the notebook run to its end."""

from __future__ import annotations

from typing import Any

from checks.libraries import advice

JAX = ("jax", "flax.linen")
"""The modules that sections 3 to 5 work with."""


class _AbsentType(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class Absent(metaclass=_AbsentType):
    """Stands for a module that is not installed: all its attributes are this class again, and calling it gives it.

    So a cell with `@jax.jit` or `class Perceptron(linen.Module)` still runs; its check says that it was skipped.

    >>> Absent.numpy.sum(1) is Absent
    True
    """

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        """Return the class itself, or make a class that is derived from it an ordinary object."""
        return Absent if cls is Absent else object.__new__(cls)

    def __class_getitem__(cls, item: Any) -> Any:
        return cls


def skipped() -> type[Absent]:
    """Say in one sentence that the sections are skipped, and return a stand-in for the modules."""
    print(advice(*JAX, so="the sections about them are skipped and cannot be checked"))
    return Absent
