"""A formula reads as in the notebook, computes, and can be edited."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from checks.formulas.formula import Edit, Formula
from checks.formulas.operations import OPERATIONS
from checks.formulas.slips import Worked
from checks.formulas.tree import (
    UNKNOWN,
    Factor,
    Number,
    Symbol,
    over_samples,
    phi,
    scaled,
    slope,
    square,
    times,
    total,
)
from checks.judging.reference import with_overrides

A, B, W = Symbol("A")[0], Symbol("b")[0], Symbol("W")[0]
X, Y = Symbol("X", "the input"), Symbol("Y")


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (A[-1] @ W + B, "A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾"),
        ((A[1] @ W[1].T) * slope(A), "A⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ ⊙ φ'(A⁽ˡ⁾)"),
        ((A + B) @ W, "(A⁽ˡ⁾ + b⁽ˡ⁾) W⁽ˡ⁾"),
        ((A @ W).T, "(A⁽ˡ⁾ W⁽ˡ⁾)ᵀ"),
        (A - (B - W), "A⁽ˡ⁾ - (b⁽ˡ⁾ - W⁽ˡ⁾)"),
        (scaled(2, N=-1, K=-1)(X - Y), "2/(N K) (X - Y)"),
        (scaled(0.5)(square(X - Y)), "1/2 (X - Y)²"),
        (-(X - Y), "-(X - Y)"),
        (scaled(1, N=-1)(total(X)), "1/N Σ X"),
        (over_samples(A), "column sums of A⁽ˡ⁾"),
        (phi(phi(A)), "φ(φ(A⁽ˡ⁾))"),
        (times(UNKNOWN, X), "… X"),
        (times(Number(0.25), X), "0.25 X"),
    ],
)
def test_it_is_written_as_in_the_notebook(tree, written):
    assert str(tree) == written


def test_factors_multiply():
    assert Factor(2, (("N", -1),)).times(Factor(0.5, (("N", 1), ("K", 1)))) == Factor(1.0, (("K", 1),))
    assert Factor(3, (("N", -1), ("K", 2))).of({"N": 6, "K": 2}) == 2
    with pytest.raises(ValueError, match="no M"):
        Factor(1, (("M", 1),)).of({"N": 1})


class Line(Worked):
    """What W makes of X, less Y, in the layers 1 and 2."""

    symbols = (X, Y)
    steps = ("made", "left")
    inlined = frozenset({"made"})
    made = Formula("(1)", A, X @ W)
    left = Formula("(2)", B, A - Y)

    def activation_of(self, layer):
        return "tanh"

    def is_at(self, layer, where):
        return (layer == 2) == (where == "last")

    def by_layer(self):
        self.known = {("X", 0): np.arange(6.0).reshape(3, 2), ("Y", 0): np.ones((3, 1))}
        self.known |= {("W", layer): np.full((2, 1), float(layer)) for layer in (1, 2)}
        return [(self.make("made", layer), self.make("left", layer))[1].ravel().tolist() for layer in (1, 2)]


CASE = SimpleNamespace(dimensions={"N": 3})


def results(*edits):
    made: Any = with_overrides(Line, edits, CASE)
    return made.by_layer()


def test_a_step_computes_its_equation_and_says_it_with_what_others_make_written_out():
    assert results() == [[0, 4, 8], [1, 9, 17]]
    assert Line.formulas == {"made": ("(1)", "A⁽ˡ⁾ = X W⁽ˡ⁾"), "left": ("(2)", "b⁽ˡ⁾ = X W⁽ˡ⁾ - Y")}


def test_edits_compose_where_they_leave_each_other_something():
    negated, doubled = Edit("left", path=(0,), put=-A), Edit("left", path=(1,), put=Y + Y)
    assert results(negated, doubled) == results(doubled, negated) == [[-3, -7, -11], [-4, -12, -20]]
    with pytest.raises(ValueError, match="taken away"):
        results(Edit("left", put=A), negated)


def test_an_edit_may_concern_some_layers_alone_and_keeps_those_made_later():
    last = Edit("left", path=(1,), put=Y + Y, where="last")
    assert results(last) == [[0, 4, 8], [0, 8, 16]]
    assert results(last, Edit("left", path=(0,), put=-A)) == [[-2, -6, -10], [-4, -12, -20]]


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        ("outer", (2000,), (2000,)),
        ("sums multiplied", (2000, 1), (1, 2000)),
        ("means multiplied", (2000, 1), (1, 2000)),
    ],
)
def test_products_that_feed_on_each_other_are_refused_before_they_fill_the_memory(name, left, right):
    with pytest.raises(ValueError, match="too large"):
        OPERATIONS[name].compute(np.ones(left), np.ones(right))
    assert OPERATIONS["outer"].compute(np.ones(3), np.ones(4)).shape == (3, 4)


def test_a_quantity_that_a_layer_has_not_makes_no_number():
    with pytest.raises(ValueError, match="no W of layer 3"):
        results(Edit("made", path=(1,), put=W[1]))
