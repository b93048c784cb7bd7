"""Whatever holds real numbers is read; anything else is named."""

import numpy as np
import pytest
import torch

from checks.observing.arrays import NotAnArrayError, as_array


@pytest.mark.parametrize(
    "value",
    [
        [[1, 2], [3, 4]],
        ((1.0, 2.0), (3.0, 4.0)),
        np.array([[1, 2], [3, 4]]),
        torch.tensor([[1, 2], [3, 4]]),
        torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True),
        [torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor([3.0, 4.0])],
        torch.tensor([[1.0, 2.0], [3.0, 4.0]]).to_sparse(),
        torch.tensor([[1.0, 3.0], [2.0, 4.0]]).T,
    ],
)
def test_arrays_lists_and_tensors_are_read(value):
    assert as_array(value).tolist() == [[1, 2], [3, 4]]


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_is_read():
    assert as_array(np.matrix([[1, 2], [3, 4]])).tolist() == [[1, 2], [3, 4]]


def test_float32_stays_what_it_is_and_everything_else_becomes_float64():
    assert as_array(torch.ones(2, dtype=torch.float32)).dtype == np.float32
    assert as_array([1, 2]).dtype == np.float64
    assert as_array(torch.ones(2, dtype=torch.float16)).dtype == np.float64


def test_an_array_is_a_copy():
    original = np.ones(3)
    as_array(original)[0] = 5
    assert original[0] == 1


def test_truth_values_are_numbers_and_nothing_is_lost_of_a_number():
    assert as_array([True, False]).tolist() == [1, 0]
    assert as_array(3).shape == ()


class Refuses:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class Answer:
    pass


class Nameless:
    def __call__(self):
        return 1

    def __getattr__(self, name):
        raise RuntimeError("no")


class NamedByANumber:
    __name__ = 3

    def __call__(self):
        return 1


@pytest.mark.parametrize(
    ("value", "described"),
    [
        (None, "None"),
        ("abc", "the string 'abc'"),
        ("a" * 50, f"the string '{'a' * 40}'"),
        (1 + 2j, "complex"),
        (Refuses(), "a Refuses"),
        ([1, [2, 3]], "a list of 2 entries"),
        (object, "the class object"),
        (len, "the function len"),
        (lambda: 1, "the function <lambda>"),
        ({1: 2}, "a dict of 1 entry"),
        ({1, 2}, "a set of 2 entries"),
        (np.array([None, 1]), r"an array of objects, not numbers, of shape \(2,\)"),
        (np.array(["a"]), r"an array of shape \(1,\)"),
        (torch.ones(2, dtype=torch.complex64), r"complex numbers of shape \(2,\)"),
        (10**39, "the number 1000"),
        pytest.param(10**5000, "an integer of more than 40 digits", id="thousands of digits"),
        pytest.param(-(10**40), "an integer of more than 40 digits"),
        (Answer(), "an Answer"),
        (Answer, "the class Answer"),
        pytest.param(Nameless(), "a Nameless", id="nameless"),
        (NamedByANumber(), "a NamedByANumber"),
    ],
)
def test_what_is_no_array_of_numbers_is_described(value, described):
    with pytest.raises(NotAnArrayError, match=f"{described}$" if described.startswith("a") else described):
        as_array(value)
