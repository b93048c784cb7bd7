"""Stand-ins for what a student wrote in earlier cells while a later one is observed, so that a mistake costs once.

A function is found by its name in the notebook, a method on its class or its object. A stand-in is made from what it
stands for, the student's own, which it may ask or ignore.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from types import FunctionType, MethodType
from typing import Any

Maker = Callable[[Any], Callable[..., Any]]
"""Makes a stand-in from the student's own function or method; from None where there is none."""

_MISSING = object()


def functions_behind(student: Any) -> list[FunctionType]:
    """Return the functions behind a callable: wrapped, partly applied, vectorised, a method, an object's `__call__`."""
    found: list[FunctionType] = []
    waiting: list[Any] = [student]
    seen: set[int] = set()
    while waiting:
        candidate = waiting.pop()
        if candidate is None or id(candidate) in seen:
            continue
        seen.add(id(candidate))
        if isinstance(candidate, FunctionType):
            found.append(candidate)
        elif not isinstance(candidate, MethodType | partial):
            waiting += [vars(kind).get("__call__") for kind in type(candidate).__mro__]
        waiting += [getattr(candidate, name, None) for name in ("__wrapped__", "__func__", "func", "pyfunc")]
    return found


def notebook_of(student: Any) -> list[dict[str, Any]]:
    """Return the names that the functions behind a callable see, which are its notebook's; mostly one dictionary."""
    return list({id(one.__globals__): one.__globals__ for one in functions_behind(student)}.values())


@contextmanager
def standing_in(student: Any, makers: Mapping[str, Maker]) -> Iterator[None]:
    """Let `student`, and what it calls, find stand-ins for functions of earlier cells, whatever it calls them by.

    That is their names, other names that the notebook has for them, and default arguments. `student` itself stays.
    """
    with ExitStack() as stack:
        functions = functions_behind(student)
        for names in notebook_of(student):
            own = {name: names.get(name) for name in makers}
            own = {name: value if callable(value) else None for name, value in own.items() if value is not student}
            made = {name: makers[name](value) for name, value in own.items()}
            of = {id(value): made[name] for name, value in own.items() if value is not None}
            aliases = {key: of[id(value)] for key, value in names.items() if id(value) in of}
            stack.callback(_put_back, names, {key: names.get(key, _MISSING) for key in (*aliases, *made)})
            names.update(aliases | made)
            for function in functions:
                stack.callback(_set_defaults, function, function.__defaults__, function.__kwdefaults__)
                positional, keyed = function.__defaults__ or (), function.__kwdefaults__ or {}
                _set_defaults(
                    function,
                    tuple(of.get(id(value), value) for value in positional) or None,
                    {name: of.get(id(value), value) for name, value in keyed.items()} or None,
                )
        yield


@contextmanager
def method_standing_in(owner: Any, name: str, maker: Maker) -> Iterator[None]:
    """Let a method of a student's class, or of one object of it, be a stand-in; that of a class gets the object."""
    before = vars(owner).get(name, _MISSING)
    setattr(owner, name, maker(getattr(owner, name, None)))
    try:
        yield
    finally:
        if before is not _MISSING:
            setattr(owner, name, before)
        elif name in vars(owner):
            delattr(owner, name)


def _put_back(names: dict[str, Any], before: Mapping[str, Any]) -> None:
    for key, value in before.items():
        if value is _MISSING:
            names.pop(key, None)
        else:
            names[key] = value


def _set_defaults(function: FunctionType, positional: Any, keyed: Any) -> None:
    function.__defaults__, function.__kwdefaults__ = positional, keyed
