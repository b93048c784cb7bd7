"""Looks as plain data for the process that observes: their cases, and the modules that are lent.

Only who judges sends them, so they are trusted; what comes back is not, see `wire.py`.
"""

from __future__ import annotations

import base64
import marshal
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np

from checks.observing.looking import Look


def look_as_wire(look: Look) -> dict[str, Any]:
    """Return a look as what JSON can hold; the cases of a second one are known already."""
    packed = _Packed()
    cases = None if look.second else [packed.value(case) for case in look.cases]
    return {
        "cases": cases,
        "arrays": base64.b64encode(b"".join(packed.parts)).decode(),
        "lends": {name: _code(name) for name in look.lends},
        "second": look.second,
        "single": look.single,
    }


def look_from_wire(sent: Mapping[str, Any], known: Sequence[Any]) -> Look:
    """Return the look that was sent; `known` are the cases of the one before. The modules that it lends are there."""
    lend(sent["lends"])
    data = base64.b64decode(sent["arrays"])
    cases = known if sent["second"] else [_unpacked(case, data) for case in sent["cases"]]
    return Look(cases, tuple(sent["lends"]), sent["second"], sent["single"])


# --- cases -----------------------------------------------------------------------------------------------------


class _Packed:
    """Turns values into what JSON can hold, and collects the bytes of their arrays."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._size = 0

    def value(self, value: Any) -> Any:
        """Return a case, or anything that one may hold, as a tagged list; text, numbers and None as they are."""
        match value:
            case None | bool() | str():
                return value
            case np.ndarray():
                return self._array(value)
            case np.generic():
                return self._array(np.asarray(value))
            case int() | float():
                return value
            case type() if issubclass(value, np.generic):
                return ["dtype", np.dtype(value).str]
            case tuple() | list() | frozenset():
                return [type(value).__name__, *map(self.value, value)]
            case Mapping():
                return ["dict", *([self.value(key), self.value(entry)] for key, entry in value.items())]
        if not is_dataclass(value) or isinstance(value, type):
            raise TypeError(f"a case cannot hold {type(value).__name__}")
        kind = type(value)
        entries = {field.name: self.value(getattr(value, field.name)) for field in fields(value) if field.init}
        return ["case", kind.__module__, kind.__qualname__, entries]

    def _array(self, array: Any) -> list[Any]:
        data = np.ascontiguousarray(array).tobytes()
        if array.dtype.hasobject:
            raise TypeError("a case cannot hold an array of objects")
        begin, self._size = self._size, self._size + len(data)
        self.parts.append(data)
        return ["array", array.dtype.str, list(array.shape), begin]


_SEQUENCES = {"tuple": tuple, "list": list, "frozenset": frozenset}


def _unpacked(value: Any, data: bytes) -> Any:
    if not isinstance(value, list):
        return value
    match value[0]:
        case "array":
            _, kind, shape, begin = value
            return np.frombuffer(data, kind, math.prod(shape), begin).reshape(shape).copy()
        case "dtype":
            return np.dtype(value[1]).type
        case "dict":
            return {_unpacked(key, data): _unpacked(entry, data) for key, entry in value[1:]}
        case "case":
            _, module, name, entries = value
            kind = getattr(sys.modules.get(module) or import_module(module), name)
            return kind(**{key: _unpacked(entry, data) for key, entry in entries.items()})
    return _SEQUENCES[value[0]](_unpacked(entry, data) for entry in value[1:])


# --- modules ---------------------------------------------------------------------------------------------------


@lru_cache
def _code(name: str) -> str:
    """Return a module's code as bytes that the same interpreter can load."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"there is no module {name} to lend")
    source = spec.loader.get_source(name)  # type: ignore[attr-defined]
    code = compile(source, f"<frozen {name}>", "exec")  # a name that tells no path, and is no student's
    return base64.b64encode(marshal.dumps(code)).decode()


def lend(modules: Mapping[str, str]) -> None:
    """Make modules from their code, in this order, unless they are there."""
    for name, code in modules.items():
        if name in sys.modules:
            continue
        package, _, short = name.rpartition(".")
        sys.modules[name] = module = ModuleType(name)
        module.__package__ = package
        exec(marshal.loads(base64.b64decode(code)), module.__dict__)
        setattr(import_module(package), short, module)
