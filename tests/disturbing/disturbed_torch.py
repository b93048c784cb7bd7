"""torch's own kernels, replaced where torch looks them up: below autograd, and whoever calls them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import torch
from disturbed_numpy import flip_last_bits

ROUNDED = (
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tanh", "sigmoid", "sigmoid_backward",
    "tanh_backward", "erf", "pow.Tensor_Scalar", "pow.Tensor_Tensor", "pow.Scalar", "_softmax", "_log_softmax",
    "_softmax_backward_data", "_log_softmax_backward_data", "logsumexp", "log_sigmoid_forward", "softplus",
    "mse_loss", "mse_loss_backward", "binary_cross_entropy", "binary_cross_entropy_backward", "addcmul", "addcdiv",
    "lerp.Scalar", "lerp.Tensor", "var.correction", "std.correction", "linalg_vector_norm", "norm.Scalar",
    "norm.ScalarOpt_dim", "native_layer_norm", "cumsum", "prod", "exp_", "log_", "tanh_", "sigmoid_", "sin_", "cos_",
    "addcmul_", "addcdiv_",
)  # fmt: skip
"""What is rounded otherwise on another processor; all of these are exact for arguments such as 0 where NumPy's are."""

PRODUCTS = {"mm": (0, 1), "bmm": (0, 1), "mv": (0, 1), "dot": (0, 1), "vdot": (0, 1)}
PRODUCTS |= {"addmm": (1, 2), "addmv": (1, 2), "baddbmm": (1, 2), "addmm_": (1, 2), "addmv_": (1, 2)}
"""Where the two factors stand among a product's arguments."""

SUMS = ("sum", "sum.dim_IntList", "mean", "mean.dim")

_library = torch.library.Library("aten", "IMPL")


def _flip(result: Any) -> Any:
    for tensor in result if isinstance(result, (tuple, list)) else (result,):
        if isinstance(tensor, torch.Tensor) and tensor.dtype in (torch.float32, torch.float64) and tensor.numel():
            flip_last_bits(tensor.detach().numpy())
    return result


def _turned(tensor: torch.Tensor, axes: Any) -> torch.Tensor:
    return torch.flip(tensor, [axis for axis in axes if tensor.ndim])


def _replace(name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    kernel = torch.library.get_kernel(f"aten::{name}", "CPU")
    keys = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
    replacement = make(lambda *arguments, **settings: kernel.call_boxed(keys, *arguments, **settings))
    _library.impl(name, replacement, "CPU")


def _flipped(original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *arguments, **settings: _flip(original(*arguments, **settings))


def _product(places: tuple[int, int]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def product(*arguments: Any, **settings: Any) -> Any:
            factors = list(arguments)
            first, second = places
            factors[first] = _turned(factors[first], [factors[first].ndim - 1])
            factors[second] = _turned(factors[second], [max(factors[second].ndim - 2, 0)])
            result = original(*factors, **settings)
            return _flip(result) if arguments[first].shape[-1] > 1 else result

        return product

    return make


def _sum(original: Callable[..., Any]) -> Callable[..., Any]:
    def total(tensor: torch.Tensor, *more: Any, **settings: Any) -> Any:
        axes = more[0] if more else None
        return original(_turned(tensor, axes or range(tensor.ndim)), *more, **settings)

    return total


def disturb() -> None:
    """Disturb torch's arithmetic on the processor in this process, for good."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that kernels are replaced is what is wanted
        for name in ROUNDED:
            _replace(name, _flipped)
        for name, places in PRODUCTS.items():
            _replace(name, _product(places))
        for name in SUMS:
            _replace(name, _sum)
