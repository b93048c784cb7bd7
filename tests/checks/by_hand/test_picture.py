"""The picture of a network can be read: every weight on its arrow, none on top of another."""

from itertools import combinations

import pytest

from checks.by_hand import draw, practice


@pytest.mark.parametrize("seed", range(25))
def test_no_weight_covers_another(seed):
    problem = practice(seed).problem
    (axes,) = practice(seed).draw().axes
    weights = axes.texts[: problem.W1.size + problem.W2.size]
    assert [float(text.get_text()) for text in weights] == [*problem.W1.T.ravel(), *problem.W2.T.ravel()]
    for one, other in combinations([text.get_position() for text in weights], 2):
        assert abs(one[0] - other[0]) > 0.15 or abs(one[1] - other[1]) > 0.15


def test_the_networks_of_the_notebook_keep_their_places():
    (axes,) = draw().axes
    starts = [line.get_xdata()[0] for line in axes.lines]
    ends = [line.get_xdata()[1] for line in axes.lines]
    places = [text.get_position()[0] for text in axes.texts[:8]]
    assert places == pytest.approx([a + 0.34 * (b - a) for a, b in zip(starts, ends, strict=True)])
