"""NumPy's own inner loops, replaced: so whatever computes (an operator, a method, another library) is disturbed."""

from __future__ import annotations

import ctypes
import gc
import math
import os
import sys
from collections.abc import Callable, Sequence
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

KINDS = {kind: np.dtype(kind).str for kind in ("d", "f", np.uint64, np.uint32)}

Loop = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4)
"""An inner loop, called for nearly every operation: the addresses of its arguments' addresses, sizes and strides come
as plain numbers, which costs least."""

KeepingTheLock = ctypes.PYFUNCTYPE(None, *[ctypes.c_void_p] * 4)

_number_at: Callable[[int], ctypes.c_ssize_t] = ctypes.c_ssize_t.from_address
STEP = ctypes.sizeof(ctypes.c_void_p)
Three, Nine = ctypes.c_ssize_t * 3, ctypes.c_ssize_t * 9
ONE: dict[str, tuple[Any, ...]] = {
    kind: (number.from_address, *map(int, BITS[kind][1:]), 2 ** (8 * ctypes.sizeof(number)) - 1)
    for kind, number in (("d", ctypes.c_uint64), ("f", ctypes.c_uint32))
}
_alive: list[Any] = []
_libm = ctypes.CDLL(find_library("m"))


def flip_last_bits(values: np.ndarray[Any, Any]) -> None:
    """Move about half of the numbers that were rounded to a neighbour, which depends on number and seed alone.

    A number whose last bits are all zero is taken for exact.
    """
    _flip(np.atleast_1d(values).view(BITS[values.dtype.char][0]), values.dtype.char)


def _flip(bits: np.ndarray[Any, Any], kind: str) -> None:
    _, last, factor, shift = BITS[kind]
    changed = bits * factor
    changed >>= shift
    np.minimum(changed, bits & last, out=changed)
    if SEED % 3:
        bits += changed
    else:
        bits -= changed


def _flip_one(address: int, kind: str) -> None:
    """Do the same to one number, without NumPy, which takes ten times as long for that."""
    at, last, factor, shift, mask = ONE[kind]
    bits = at(address)
    number = bits.value
    if number & last and (number * factor & mask) >> shift:
        bits.value = number + (1 if SEED % 3 else -1)


def _numbers(address: int, count: int) -> Sequence[int]:
    return (ctypes.c_ssize_t * count).from_address(address)  # type: ignore[return-value]


class _At:
    """An array of NumPy's at an address, by NumPy's own interface for that."""

    def __init__(self, address: int, shape: tuple[int, ...], strides: tuple[int, ...], kind: str) -> None:
        description = {"data": (address, False), "shape": shape, "strides": strides, "typestr": kind, "version": 3}
        self.__array_interface__ = description


def _view(address: int, shape: tuple[int, ...], strides: tuple[int, ...], kind: Any) -> np.ndarray[Any, Any]:
    return np.asarray(_At(address, shape, strides, KINDS[kind]))


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
    original = KeepingTheLock(old.value)
    made.append(make(original, kind))
    _alive.append((loop, original))


def _flipped(ufunc: np.ufunc) -> Callable[[Any, str], Callable[..., None]]:
    last = ufunc.nin
    place = last * STEP

    def make(original: Any, kind: str) -> Callable[..., None]:
        unsigned = BITS[kind][0]

        def loop(arguments: int, sizes: int, strides: int, data: int) -> None:
            original(arguments, sizes, strides, data)
            count, result = _number_at(sizes).value, _number_at(arguments + place).value
            if count == 1:
                _flip_one(result, kind)
            elif count:
                flags = _libm.fetestexcept(0x3F)  # such as overflow, from which NumPy makes its warnings
                _flip(_view(result, (count,), (_number_at(strides + place).value,), unsigned), kind)
                _libm.feraiseexcept(flags)

        return loop

    return make


def _added_backwards(original: Any, kind: str) -> Callable[..., None]:
    def loop(arguments: int, sizes: int, strides: int, data: int) -> None:
        count = _number_at(sizes).value
        if count > 1 and _number_at(strides).value == 0 and _number_at(strides + 2 * STEP).value == 0:
            first, second, total = _numbers(arguments, 3)
            if first == total:  # a reduction
                step = _number_at(strides + STEP).value
                turned = Three(first, second + (count - 1) * step, total), Three(0, -step, 0)
                original(ctypes.addressof(turned[0]), sizes, ctypes.addressof(turned[1]), data)
                return
        original(arguments, sizes, strides, data)

    return loop


def _multiplied_backwards(original: Any, kind: str) -> Callable[..., None]:
    """Return a loop for `matmul`, whose sizes are (how many, m, n, p) and whose strides are those of the stack, then of
    the first factor's rows and columns, and so on."""

    def loop(arguments: int, sizes: int, strides: int, data: int) -> None:
        many, m, n, p = _numbers(sizes, 4)
        if n < 2:
            original(arguments, sizes, strides, data)
        elif FUSED and n <= LONGEST_FUSED and many * m * p <= 512:
            original(arguments, sizes, strides, data)  # for its floating-point flags
            flags = _libm.fetestexcept(0x3F)
            _fused(_numbers(arguments, 3), (many, m, n, p), _numbers(strides, 9), kind)
            _libm.feraiseexcept(flags)
        else:
            first, second, result = _numbers(arguments, 3)
            steps = _numbers(strides, 9)
            ends = Three(first + (n - 1) * steps[4], second + (n - 1) * steps[5], result)
            turned = Nine(*steps[0:4], -steps[4], -steps[5], *steps[6:9])
            original(ctypes.addressof(ends), sizes, ctypes.addressof(turned), data)

    return loop


def _fused(arguments: Sequence[int], sizes: Sequence[int], strides: Sequence[int], kind: str) -> None:
    many, m, n, p = sizes
    # With the summed axis first, so that what goes into one sum is computed by few operations.
    first = _view(arguments[0], (n, many, m, 1), (strides[4], strides[0], strides[3], 0), kind)
    second = _view(arguments[1], (n, many, 1, p), (strides[5], strides[1], 0, strides[6]), kind)
    result = _view(arguments[2], (many, m, p), (strides[2], strides[7], strides[8]), kind)
    wide = np.longdouble if kind == "d" else np.float64
    with np.errstate(all="ignore"):
        products = first.astype(wide) * second
        total = first[-1] * second[-1]
        for k in range(n - 2, -1, -1):
            total = (total + products[k]).astype(kind)
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
