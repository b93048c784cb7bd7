"""Heat maps and curves: what they show, in shapes and in words."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from checks.widgets.charts import Curve, curves, diverging, heat_map, ticks


def test_a_small_matrix_shows_its_numbers_and_names_the_largest():
    drawn = heat_map(np.array([[0.5, -2.0], [0.0, 1.25]]), title="yours")
    ElementTree.fromstring(drawn)
    for text in ("0.50", "−2.00", "1.25", ">0<", "largest −2 (row 1, column 2)", "yours: 2 rows and 2 columns"):
        assert text in drawn
    assert " id=" not in drawn


def test_maps_with_one_scale_give_one_value_one_colour():
    small, large = heat_map([[1.0]], scale=4.0), heat_map([[1.0, 4.0]], scale=4.0)
    assert diverging(0.25) in small
    assert diverging(0.25) in large
    assert diverging(1.0) not in small


def test_small_numbers_have_a_common_unit():
    drawn = heat_map([[0.0012, -0.0004, 1e-9]])
    assert "numbers in units of 10⁻³" in drawn
    assert "1.20" in drawn
    assert "−0.40" in drawn
    assert "≈ 0" in drawn


@pytest.mark.parametrize("shape", [(3, 9), (30, 20), (300, 400), (1, 1), (5,)])
def test_a_matrix_of_any_size_is_a_small_picture(shape):
    drawn = heat_map(np.random.default_rng(0).normal(size=shape))
    ElementTree.fromstring(drawn)
    assert len(drawn) < 500_000 if shape == (300, 400) else len(drawn) < 60_000


def test_negative_entries_without_numbers_are_marked():
    assert "<path" in heat_map(-np.ones((3, 12)))
    assert "<path" not in heat_map(np.ones((3, 12)))


@pytest.mark.parametrize(("matrix", "words"), [(None, "nothing is stored"), (np.zeros((0, 2)), "no entries")])
def test_nothing_to_draw_is_said(matrix, words):
    assert words in heat_map(matrix, title="yours")


def test_what_is_not_finite_is_named():
    drawn = heat_map([[np.nan, 1.0], [np.inf, -np.inf]])
    assert "3 not finite, first: row 1, column 1" in drawn
    assert "nan" in drawn
    assert "−inf" in drawn


def test_zeros_and_three_axes():
    assert "all zero" in heat_map(np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"shape \(2, 2, 2\)"):
        heat_map(np.zeros((2, 2, 2)))


def test_curves_have_names_and_dashes_and_stay_small():
    values = np.random.default_rng(0).random(20_000)
    drawn = curves(
        [Curve("A", values, dashes="6 4"), Curve("B", values / 2)], title="Loss", across="epoch", up="loss", most=20_000
    )
    ElementTree.fromstring(drawn)
    assert len(drawn) < 30_000
    assert drawn.count("stroke-dasharray") == 2
    assert "A is at" in drawn


def test_curves_draw_what_is_finite():
    drawn = curves([Curve("A", [1.0, np.inf, np.nan])], title="Loss", across="epoch", up="loss", most=2)
    assert "nan" not in re.sub(r"<title>.*?</title>|aria-label=\"[^\"]*\"", "", drawn)
    ElementTree.fromstring(curves([Curve("A", [])], title="Loss", across="epoch", up="loss", most=0))


@pytest.mark.parametrize("highest", [1e-9, 0.26, 1, 6, 9.99, 2500, 1e12])
def test_ticks_are_a_few(highest):
    steps = ticks(highest)
    assert steps[0] == 0
    assert 2 <= len(steps) <= 11
    assert steps[-1] <= highest * (1 + 1e-9)
