"""Asking torch for derivatives is noticed by whatever road; being able to ask is not asking."""

import pytest
import torch
from torch.autograd import grad as imported_before

from checks.observing.autodiff import autodiff_watched


def _x():
    return torch.tensor(3.0, requires_grad=True)


def _dual():
    with torch.autograd.forward_ad.dual_level():
        torch.autograd.forward_ad.make_dual(torch.tensor(1.0), torch.tensor(1.0))


ROADS = {
    "backward": lambda: (_x() ** 2).backward(),
    "autograd.backward": lambda: torch.autograd.backward(_x() ** 2),
    "autograd.grad": lambda: (lambda x: torch.autograd.grad(x**2, x))(_x()),
    "a name of the notebook's own": lambda: (lambda x: imported_before(x**2, x))(_x()),
    "jacobian": lambda: torch.autograd.functional.jacobian(lambda x: x**2, torch.tensor(3.0)),
    "forward mode": _dual,
}


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_every_road_to_a_derivative_is_noticed(road):
    used = []
    with autodiff_watched(lambda: used.append(True)):
        road()
    assert used


def test_torch_func_is_noticed_although_it_is_refused():
    used = []
    with pytest.raises(RuntimeError), autodiff_watched(lambda: used.append(True)):
        torch.func.grad(lambda x: x**2)(torch.tensor(3.0))
    assert used


def test_tensors_that_could_be_differentiated_and_errors_of_another_kind_are_fine():
    used = []
    with autodiff_watched(lambda: used.append(True)):
        assert (_x() ** 2).item() == 9
    with pytest.raises(RuntimeError), autodiff_watched(lambda: used.append(True)):
        torch.ones(2, 3) @ torch.ones(2, 3)
    assert not used


def test_derivatives_are_right_meanwhile_and_torch_is_as_before():
    before = torch.autograd.backward, torch.autograd.grad, torch.autograd.forward_ad.make_dual
    with autodiff_watched(lambda: None):
        x = _x()
        assert torch.autograd.grad(x**2, x)[0].item() == 6
    assert (torch.autograd.backward, torch.autograd.grad, torch.autograd.forward_ad.make_dual) == before
