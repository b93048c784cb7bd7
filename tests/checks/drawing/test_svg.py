"""Drawings of networks: well-formed, small, described, and readable without colour."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from checks.drawing.svg import Arrow, Neuron, Written, network_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(sizes, rows=(), **changes):
    layers = [[Neuron(f"{layer}.{place}", rows) for place in range(size)] for layer, size in enumerate(sizes)]
    arrows = [
        [[Arrow(1.0 if (i + j) % 2 else -1.0, (Written("w", "1"),)) for i in range(sizes[k])] for j in range(size)]
        for k, size in enumerate(sizes[1:])
    ]
    for (layer, j, i), arrow in changes.pop("arrows", {}).items():
        arrows[layer][j][i] = arrow
    return ET.fromstring(network_svg(layers, arrows, [""] * len(sizes), "a <small> network", **changes))


@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 4, 3), (1, 1), (2, 5, 3, 1)])
def test_every_neuron_and_arrow_is_drawn_and_nothing_has_an_id(sizes):
    svg = drawn(sizes)
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == "a <small> network"
    assert len(list(svg.iter("line"))) == sum(a * b for a, b in pairwise(sizes))
    assert {f"{layer}.{place}" for layer, size in enumerate(sizes) for place in range(size)} <= {
        text.text for text in svg.iter("text")
    }
    assert not [node for node in svg.iter() if "id" in node.attrib]


def test_signs_are_told_apart_by_dashes_and_what_takes_part_by_width():
    arrows = {(0, 0, 0): Arrow(2.0, part=True), (0, 0, 1): Arrow(-2.0), (0, 1, 0): Arrow(0.0)}
    lines = list(drawn((2, 2), arrows=arrows).iter("line"))
    thick = [line for line in lines if float(line.attrib["stroke-width"]) > 3]
    assert len(thick) == 1
    assert "stroke-dasharray" not in thick[0].attrib
    assert len({line.attrib.get("stroke-dasharray") for line in lines}) == 3


def test_an_arrow_that_points_back_has_its_head_at_the_sender():
    forward, back = (drawn((1, 1), arrows={(0, 0, 0): Arrow(1.0, back=way)}) for way in (False, True))
    tip = [float(next(svg.iter("polygon")).attrib["points"].split(",")[0]) for svg in (forward, back)]
    assert tip[0] > tip[1]


def test_the_picture_does_not_grow_while_it_fills_up():
    empty, full = (drawn((2, 3, 2), (Written("s", value),), foot=Written("E", value), room=2) for value in ("", "1"))
    assert empty.attrib["viewBox"] == full.attrib["viewBox"]


def test_a_crowded_picture_writes_only_the_numbers_of_arrows_that_take_part():
    few = drawn((8, 8), (Written("s", "1"),), arrows={(0, 0, 0): Arrow(1.0, (Written("w", "7"),), part=True)}, room=2)
    texts = [text.text for text in few.iter("text")]
    assert "w 7" in texts
    assert "w 1" not in texts
