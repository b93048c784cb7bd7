"""The picture of a network: what is on it, and that it leaves no trace outside itself."""

import io
import subprocess
import sys
import warnings
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

from checks.drawing import draw_network
from checks.drawing.words import as_image


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_node_and_every_edge_is_drawn():
    axes = draw_network([2, 5, 3, 1]).axes[0]
    assert len(axes.patches) == 2 + 5 + 3 + 1
    assert len(axes.lines) == 2 * 5 + 5 * 3 + 3 * 1


def test_labels_values_and_captions_appear():
    figure = draw_network(
        [2, 1],
        labels={(0, 1): "$x_2$"},
        values={(1, 0): 0.734},
        layer_names=["input", "output"],
        edge_names=["$W$"],
    )
    assert sorted(texts(figure)) == sorted(["$x_2$", "0.73", "input", "output", "$W$"])


def test_weights_are_written_where_asked():
    weights = [np.array([[0.5, -1.25]])]
    assert texts(draw_network([1, 2], weights=weights)) == []
    assert sorted(texts(draw_network([1, 2], weights=weights, write_weights=True))) == ["-1.25", "0.50"]


def test_what_is_to_be_seen_is_told_in_words_where_a_page_shows_it():
    figure: Any = draw_network(
        [1, 2],
        labels={(1, 0): "$z_0$"},
        values={(1, 0): 3.0},
        weights=[[[0.5, -1.25]]],
        write_weights=True,
        layer_names=["input\n$x$", "softmax"],
        edge_names=["$W$"],
    )
    assert "1 input (input, x), 2 neurons (softmax)" in figure.described
    assert "Under the neurons: z_0: 3." in figure.described
    assert "On the arrows to z_0 (W): 0.5." in figure.described
    assert "On the arrows to neuron 2 of layer 1 (W): -1.25." in figure.described
    assert f'alt="{figure.described}"' in figure._repr_html_()


def test_a_plot_is_told_in_words_where_a_page_shows_it():
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    figure, axes = plt.subplots()
    plt.close(figure)
    axes.plot([3.0, 1.0, 2.0], label="$x_1$")
    axes.plot([0.5, 0.25])
    axes.plot([], label="losses")
    axes.axvline(1, label="now")
    axes.scatter([1, 2], [3, 4], label="label 1")
    axes.text(0, 0, "here")
    axes.set(xlabel="epoch", ylabel="loss")
    told = (
        "Picture. Horizontal: epoch. Vertical: loss. x_1: from 3 to 2. A line: from 0.5 to 0.25. losses: no points. "
        "now: vertical. label 1: 2 points. Written on it: here."
    )
    assert f'alt="{told}"' in str(as_image(figure))
    assert as_image(Figure()) is None


def test_a_box_takes_in_the_whole_last_layer():
    figure = draw_network([2, 3], box="softmax", box_outputs=["$a_0$", "$a_1$", "$a_2$"])
    assert texts(figure) == ["softmax", "$a_0$", "$a_1$", "$a_2$"]
    assert "softmax" in figure.described  # type: ignore[attr-defined]


@pytest.mark.parametrize("sizes", [(2, 3), (2, 4, 2), (3, 3, 2)])
def test_the_numbers_on_arrows_keep_apart(sizes):
    weights = [np.ones(pair) for pair in pairwise(sizes)]
    figure = draw_network(sizes, weights=weights, write_weights=True, digits=0)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_sign_of_a_weight_is_told_by_colour_and_by_dashes():
    positive, negative = draw_network([1, 2], weights=[[[1.0, -1.0]]]).axes[0].lines
    assert positive.get_color() != negative.get_color()
    assert positive.get_linestyle() != negative.get_linestyle()


def test_torch_tensors_are_welcome_as_weights():
    torch = pytest.importorskip("torch")
    assert len(draw_network([2, 3], weights=[torch.zeros(2, 3)]).axes[0].lines) == 6


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"sizes": [3]}, "at least two layers"),
        ({"sizes": [2, 0, 1]}, "at least one neuron"),
        ({"sizes": [2, 3], "weights": [np.ones((3, 2))]}, r"\(2, 3\)"),
        ({"sizes": [2, 3], "labels": {(1, 3): "h"}}, r"\(1, 3\)"),
        ({"sizes": [2, 3], "values": {(2, 0): 1.0}}, r"\(2, 0\)"),
        ({"sizes": [2, 3], "layer_names": ["input"]}, "layer_names"),
        ({"sizes": [2, 3], "edge_names": []}, "edge_names"),
        ({"sizes": [2, 3], "box": "softmax", "box_outputs": ["a"]}, "box_outputs"),
    ],
)
def test_what_has_no_place_is_refused_with_its_name(arguments, named):
    with pytest.raises(ValueError, match=named):
        draw_network(**arguments)


def test_drawing_leaves_no_open_figure_and_no_warning():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw_network([4, 1], labels={(0, 0): r"$\delta_1^{(1)}$"}, layer_names=["in", "out"])
        figure.savefig(io.BytesIO(), format="png")
    assert plt.get_fignums() == before


def test_importing_it_does_not_import_matplotlib():
    code = "import sys, checks.drawing; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
