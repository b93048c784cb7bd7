"""Where JAX and Flax are not installed: one sentence, and stand-ins that let the notebook run to its end."""

from __future__ import annotations

from importlib import import_module
from typing import Any

SENTENCE = (
    "JAX and Flax are not installed here, so the sections about them are skipped and cannot be checked; "
    'pip install "backprop-exercises[frameworks]" installs both.'
)
"""What is said instead of an error."""


def installed(*modules: str) -> bool:
    """Tell whether all these modules can be imported."""
    try:
        for module in modules:
            import_module(module)
    except ImportError:
        return False
    return True


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
    print(SENTENCE)
    return Absent
