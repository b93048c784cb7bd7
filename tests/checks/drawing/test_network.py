"""Where neurons and lines are, for every drawing alike."""

from itertools import pairwise

import pytest

from checks.drawing.network import colour_of, lines, places


def test_neurons_are_in_columns_around_the_middle():
    one, three = places((1, 3), (0.0, 10.0), 4.0, middle=7.0)
    assert one == [(0.0, 7.0)]
    assert three == [(10.0, 3.0), (10.0, 7.0), (10.0, 11.0)]


@pytest.mark.parametrize("sizes", [(1, 1), (2, 3), (3, 2, 4)])
def test_a_line_leads_from_every_sender_to_every_receiver(sizes):
    neurons = places(sizes, range(len(sizes)), 1.0)
    for layer, (gap, (senders, receivers)) in enumerate(zip(lines(neurons), pairwise(sizes), strict=True)):
        assert [(line.sender, line.receiver) for line in gap] == [
            (i, j) for i in range(senders) for j in range(receivers)
        ]
        assert all(line.start == neurons[layer][line.sender] for line in gap)
        assert all(line.end == neurons[layer + 1][line.receiver] for line in gap)


def test_a_line_keeps_away_from_cards_and_has_places_along_it():
    [[line]] = lines(places((1, 1), (0.0, 10.0), 1.0), reach=2.0)
    assert (line.at(0.0), line.at(0.5), line.at(1.0)) == ((2.0, 0.0), (5.0, 0.0), (8.0, 0.0))


def test_signs_have_three_colours():
    assert len({colour_of(weight) for weight in (1.0, 0.0, -1.0)}) == 3
