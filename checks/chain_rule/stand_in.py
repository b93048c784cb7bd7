"""Put stand-ins in the place of what a student wrote in earlier cells, so that a mistake there costs once.

While one function is observed, the earlier ones that it may call are replaced. The stand-ins live in modules that are
lent; those that differentiate ask autograd, so that nothing there shows how it is done by hand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from types import FunctionType, MethodType
from typing import Any

from checks.chain_rule import lent

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


@contextlib.contextmanager
def standing_in(student: Any, names: tuple[str, ...]) -> Iterator[None]:
    """Replace functions that `student` calls by their stand-ins, in its globals and in its default arguments."""
    stand_ins = {name: stand_in(name) for name in names}
    functions = _functions_in(student)
    owners = list({id(function.__globals__): function.__globals__ for function in functions}.values())
    before = [{name: owner[name] for name in names if name in owner} for owner in owners]
    defaults = [(function.__defaults__, function.__kwdefaults__) for function in functions]
    swapped = {id(value): stand_ins[name] for known in before for name, value in known.items()}
    for owner in owners:
        owner.update(stand_ins)
    for function in functions:
        function.__defaults__ = function.__defaults__ and tuple(
            swapped.get(id(value), value) for value in function.__defaults__
        )
        function.__kwdefaults__ = function.__kwdefaults__ and {
            name: swapped.get(id(value), value) for name, value in function.__kwdefaults__.items()
        }
    try:
        yield
    finally:
        for function, (positional, keyed) in zip(functions, defaults, strict=True):
            function.__defaults__, function.__kwdefaults__ = positional, keyed
        for owner, known in zip(owners, before, strict=True):
            for name in names:
                if name in known:
                    owner[name] = known[name]
                else:
                    owner.pop(name, None)


def _functions_in(student: Any) -> list[FunctionType]:
    """Return the functions behind a callable: wrapped, partly applied, a method, or an object with `__call__`."""
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
        waiting += [getattr(candidate, name, None) for name in ("__wrapped__", "__func__", "func")]
    return found
