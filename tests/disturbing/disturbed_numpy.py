"""NumPy's own inner loops, replaced: so whatever computes (an operator, a method, another library) is disturbed."""

from __future__ import annotations

import ctypes
import gc
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes.util import find_library
from typing import Any

import numpy as np

SEED = int(os.environ.get("DISTURBED_SEED") or 0)
FUSED = SEED % 2 == 1
"""Whether a product and the sum that it goes into are rounded once, as fused multiply-add does."""

LONGEST_FUSED = 4
"""Terms up to which a sum of products is fused; longer ones are only added up from their other end, which is fast."""

ROUNDED = (
    np.exp, np.exp2, np.expm1, np.log, np.log2, np.log10, np.log1p, np.sin, np.cos, np.tan, np.arcsin, np.arccos,
    np.arctan, np.sinh, np.cosh, np.tanh, np.arcsinh, np.arccosh, np.arctanh, np.cbrt, np.power, np.float_power,
    np.arctan2, np.hypot, np.logaddexp, np.logaddexp2,
)  # fmt: skip
"""Functions that no two mathematical libraries round alike."""

BITS = {
    "d": (np.uint64, np.uint64(2**20 - 1), np.uint64(0x9E3779B97F4A7C15 ^ SEED << 7), np.uint64(63)),
    "f": (np.uint32, np.uint32(2**7 - 1), np.uint32(0x9E3779B1 ^ SEED << 7), np.uint32(31)),
}
"""How to look at numbers as bits: as what, which of them are the last ones, and how to draw a bit from all of them."""

Loop = ctypes.CFUNCTYPE(
    None,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.POINTER(ctypes.c_ssize_t),
    ctypes.POINTER(ctypes.c_ssize_t),
    ctypes.c_void_p,
)
_alive: list[Any] = []
_libm = ctypes.CDLL(find_library("m"))


def flip_last_bits(values: np.ndarray[Any, Any]) -> None:
    """Move about half of the numbers that were rounded to a neighbour, which depends on number and seed alone.

    A number whose last bits are all zero is taken for exact.
    """
    unsigned, last, factor, shift = BITS[values.dtype.char]
    bits = np.atleast_1d(values).view(unsigned)
    changed = bits * factor
    changed >>= shift
    changed *= (bits & last) != 0
    if SEED % 3:
        bits += changed
    else:
        bits -= changed


@contextmanager
def _flags_kept() -> Iterator[None]:
    """Leave the processor's floating-point flags, such as overflow, from which NumPy makes its warnings."""
    flags = _libm.fetestexcept(0x3F)
    try:
        yield
    finally:
        _libm.feraiseexcept(flags)


def _view(pointer: int, count: int, stride: int, kind: str) -> np.ndarray[Any, Any]:
    size = np.dtype(kind).itemsize
    if stride == size or count == 1:
        return np.frombuffer((ctypes.c_char * (count * size)).from_address(pointer), kind)  # type: ignore[call-overload]
    base = np.frombuffer((ctypes.c_char * size).from_address(pointer), kind)  # type: ignore[call-overload]
    return np.lib.stride_tricks.as_strided(base, (count,), (stride,))


def _replace(ufunc: np.ufunc, kind: str, make: Callable[[Any, str], Callable[..., None]]) -> None:
    """Put another inner loop into `ufunc` for arguments and results of one kind."""
    from numpy._core import _multiarray_umath

    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    table = ctypes.cast(pointer(_multiarray_umath._UFUNC_API, None), ctypes.POINTER(ctypes.c_void_p))
    replace_by_signature = ctypes.PYFUNCTYPE(
        ctypes.c_int, ctypes.py_object, ctypes.c_void_p, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_void_p)
    )(table[30])  # PyUFunc_ReplaceLoopBySignature, part of NumPy's stable C interface
    signature = (ctypes.c_int * (ufunc.nin + ufunc.nout))(*[np.dtype(kind).num] * (ufunc.nin + ufunc.nout))
    old = ctypes.c_void_p()
    made: list[Callable[..., None]] = []
    loop = Loop(lambda *arguments: made[0](*arguments))
    if replace_by_signature(ufunc, ctypes.cast(loop, ctypes.c_void_p), signature, ctypes.byref(old)):
        raise RuntimeError(f"{ufunc} has no loop for {kind}")
    original = Loop(old.value)
    made.append(make(original, kind))
    _alive.append((loop, original))


def _flipped(ufunc: np.ufunc) -> Callable[[Any, str], Callable[..., None]]:
    last = ufunc.nin

    def make(original: Any, kind: str) -> Callable[..., None]:
        def loop(arguments: Any, sizes: Any, strides: Any, data: Any) -> None:
            original(arguments, sizes, strides, data)
            if sizes[0]:
                with _flags_kept():
                    flip_last_bits(_view(arguments[last], sizes[0], strides[last], kind))

        return loop

    return make


def _added_backwards(original: Any, kind: str) -> Callable[..., None]:
    def loop(arguments: Any, sizes: Any, strides: Any, data: Any) -> None:
        count = sizes[0]
        if count > 1 and arguments[0] == arguments[2] and strides[0] == strides[2] == 0:  # a reduction
            arguments = (ctypes.c_void_p * 3)(arguments[0], arguments[1] + (count - 1) * strides[1], arguments[2])
            strides = (ctypes.c_ssize_t * 3)(0, -strides[1], 0)
        original(arguments, sizes, strides, data)

    return loop


def _multiplied_backwards(original: Any, kind: str) -> Callable[..., None]:
    """Return a loop for `matmul`, whose sizes are (how many, m, n, p) and whose strides are those of the stack, then of
    the first factor's rows and columns, and so on."""

    def loop(arguments: Any, sizes: Any, strides: Any, data: Any) -> None:
        many, m, n, p = sizes[0:4]
        if n < 2:
            original(arguments, sizes, strides, data)
            return
        if FUSED and n <= LONGEST_FUSED and many * m * p <= 512:
            original(arguments, sizes, strides, data)  # for its floating-point flags
            with _flags_kept():
                _fused(arguments, (many, m, n, p), strides[0:9], kind)
        else:
            ends = arguments[0] + (n - 1) * strides[4], arguments[1] + (n - 1) * strides[5], arguments[2]
            turned = [*strides[0:4], -strides[4], -strides[5], *strides[6:9]]
            original((ctypes.c_void_p * 3)(*ends), sizes, (ctypes.c_ssize_t * 9)(*turned), data)

    return loop


def _fused(arguments: Any, sizes: Sequence[int], strides: Sequence[int], kind: str) -> None:
    many, m, n, p = sizes
    base = [np.frombuffer((ctypes.c_char * np.dtype(kind).itemsize).from_address(arguments[i]), kind) for i in range(3)]  # type: ignore[call-overload]
    view = np.lib.stride_tricks.as_strided
    first = view(base[0], (many, m, n), (strides[0], strides[3], strides[4]))
    second = view(base[1], (many, n, p), (strides[1], strides[5], strides[6]))
    result = view(base[2], (many, m, p), (strides[2], strides[7], strides[8]))
    wide = np.longdouble if kind == "d" else np.float64
    with np.errstate(all="ignore"):
        total = first[:, :, -1, None] * second[:, None, -1]
        for k in range(n - 2, -1, -1):
            product = first[:, :, k, None].astype(wide) * second[:, None, k]
            total = (total + product).astype(kind)
        result[...] = total


def _flip_results(function: Callable[..., Any]) -> Callable[..., Any]:
    def flip(result: Any) -> Any:
        if isinstance(result, np.ndarray) and result.dtype.char in BITS and result.flags.writeable:
            flip_last_bits(result)
        elif isinstance(result, np.floating) and result.dtype.char in BITS:
            number = np.array(result)
            flip_last_bits(number)
            return number[()]
        elif isinstance(result, tuple):
            changed = [flip(part) for part in result]
            return type(result)(*changed) if hasattr(result, "_fields") else tuple(changed)
        return result

    def flipped(*arguments: Any, **settings: Any) -> Any:
        return flip(function(*arguments, **settings))

    return _as(function, flipped)


def _as(original: Callable[..., Any], replacement: Callable[..., Any]) -> Callable[..., Any]:
    for attribute in ("__name__", "__qualname__", "__module__", "__doc__"):
        setattr(replacement, attribute, getattr(original, attribute, None))
    return replacement


def _through_matmul(original: Callable[..., Any]) -> Callable[..., Any]:
    """`dot` and its kin, which call a BLAS themselves."""

    def product(a: Any, b: Any, *more: Any, **settings: Any) -> Any:
        first, second = np.asarray(a), np.asarray(b)
        kinds = {first.dtype.char, second.dtype.char}
        same = type(a) is type(b) is np.ndarray and kinds <= set(BITS)
        if more or settings or not same or not 1 <= min(first.ndim, second.ndim) <= max(first.ndim, second.ndim) <= 2:
            return original(a, b, *more, **settings)
        return np.matmul(first, second)

    return _as(original, product)


def _turned(array: Any, axis: Any) -> Any:
    """Return an array whose summed axes, but for the last one, which the inner loop turns, run backwards."""
    if type(array) is not np.ndarray or array.dtype.char not in BITS:
        return array
    axes = range(array.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    turned = tuple(i for i in axes if i % array.ndim != array.ndim - 1) if array.ndim else ()
    return np.flip(array, turned).copy() if turned else array


def _from_the_other_end(original: Callable[..., Any]) -> Callable[..., Any]:
    """The sum over an axis, which NumPy makes row by row unless it is the last one."""

    def total(a: Any, axis: Any = None, *more: Any, **settings: Any) -> Any:
        return original(_turned(a, axis), axis, *more, **settings)

    return _as(original, total)


def _everywhere(old: Any, new: Any) -> None:
    """Put `new` in the place of `old` in every module of NumPy."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "numpy":
            for key, value in list(vars(module).items()):
                if value is old:
                    setattr(module, key, new)


def disturb() -> None:
    """Disturb NumPy's arithmetic and Python's `math` in this process, for good."""
    from numpy._core import _methods, fromnumeric

    for kind in BITS:
        for ufunc in ROUNDED:
            if kind * ufunc.nin + "->" + kind in ufunc.types:
                _replace(ufunc, kind, _flipped(ufunc))
        _replace(np.add, kind, _added_backwards)
        _replace(np.matmul, kind, _multiplied_backwards)

    dot_method = np.ndarray.dot
    [of_arrays] = gc.get_referents(np.ndarray.__dict__)
    of_arrays["dot"] = _through_matmul(dot_method)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(np.ndarray))
    _everywhere(np.dot, _through_matmul(np.dot))
    _everywhere(np.vdot, _flip_results(np.vdot))
    _everywhere(np.inner, _flip_results(np.inner))
    _everywhere(np.einsum, _flip_results(np.einsum))
    for name in ("svd", "solve", "inv", "pinv", "lstsq", "eigh", "eig", "qr", "det", "cholesky"):
        _everywhere(getattr(np.linalg, name), _flip_results(getattr(np.linalg, name)))

    _methods.umr_sum = _from_the_other_end(_methods.umr_sum)
    reduction = fromnumeric._wrapreduction  # type: ignore[attr-defined]

    def _wrapreduction(obj: Any, ufunc: Any, method: str, axis: Any, *more: Any, **settings: Any) -> Any:
        return reduction(_turned(obj, axis) if ufunc is np.add else obj, ufunc, method, axis, *more, **settings)

    fromnumeric._wrapreduction = _wrapreduction  # type: ignore[attr-defined]
    for name in ("exp", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "tanh", "sinh", "cosh", "pow"):
        setattr(math, name, _flip_number(getattr(math, name)))


def _flip_number(function: Callable[..., float]) -> Callable[..., float]:
    def flipped(*arguments: Any) -> float:
        number = np.array(function(*arguments))
        flip_last_bits(number)
        return float(number)

    return _as(function, flipped)
