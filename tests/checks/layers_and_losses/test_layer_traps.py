"""The traps that published versions of this exercise fall into are impossible here, or caught."""

import numpy as np
import pytest

from checks.layers_and_losses import CHECKS, check_BatchLinear
from checks.layers_and_losses.conclusions import BUGS, RIGHT_PASSES, planted, with_verdicts_on_layers
from tests.conftest import exercise_named

MISTAKES = exercise_named("layers_and_losses").mistakes
RIGHT = exercise_named("layers_and_losses").right


def verdict(student, task, label):
    return CHECKS[task].verdict(student(task, MISTAKES[task][label]))


def test_the_mse_backward_is_not_multiplied_by_the_number_of_samples(notebook):
    p, y = np.random.default_rng(0).normal(size=(2, 7, 3))
    criterion, gradient = notebook["MSECriterion"](), np.zeros((7, 3))
    for i in np.ndindex(7, 3):
        nudged = p.astype(complex)
        nudged[i] += 1e-20j
        gradient[i] = ((nudged - y) ** 2).sum().imag / 1e-20
    np.testing.assert_allclose(criterion.backward(p, y), gradient, rtol=1e-14)
    assert criterion.forward(p, y) == pytest.approx(((p - y) ** 2).sum())


@pytest.mark.parametrize("task", ["AbsCriterion", "BCECriterion"])
def test_a_criterion_whose_gradient_is_multiplied_by_the_number_of_samples_is_named(student, task):
    assert verdict(student, task, "gradient-times-n").labels == ("gradient-times-n",)


def test_a_bias_gradient_that_is_copied_instead_of_summed_is_named(student):
    seen = verdict(student, "BatchLinear", "bias-not-summed/copied")
    assert seen.labels == ("bias-not-summed",)
    assert "not summed over the batch" in seen.cause.sentence


def test_a_bias_cannot_grow_silently_in_the_given_layer(notebook):
    with pytest.raises(ValueError, match="single sample"):
        notebook["Linear"](2, 3).backward(np.ones((4, 2)), np.ones((4, 3)))


def test_the_given_sigmoid_has_a_plus_in_its_denominator(notebook):
    import torch

    x = torch.linspace(-8, 8, 33, dtype=torch.float64, requires_grad=True)
    out = torch.sigmoid(x)
    out.sum().backward()
    sigmoid = notebook["Sigmoid"]()
    np.testing.assert_allclose(sigmoid.forward(x.detach().numpy()), out.detach(), rtol=1e-14)
    np.testing.assert_allclose(sigmoid.backward(x.detach().numpy(), 1.0), x.grad, rtol=1e-11)


def test_cross_entropy_without_its_minus_sign_is_named(student):
    assert verdict(student, "BCECriterion", "minus-left-out").labels == ("minus-left-out",)


def test_a_forward_difference_is_accepted_with_a_note_on_its_cost(student):
    seen = CHECKS["numerical_gradient"].verdict(
        student("numerical_gradient", RIGHT["numerical_gradient"]["forward-difference"])
    )
    assert seen.earned == 1
    assert any("like ε²" in note for note in seen.notes)


@pytest.mark.parametrize("label", ["parameter-never-varied", "parameter-never-varied/stale-loss"])
def test_a_gradient_check_that_reads_stale_values_is_named(student, label):
    assert verdict(student, "numerical_gradient", label).labels == ("parameter-never-varied",)


@pytest.mark.parametrize(
    ("task", "style"),
    [("TwoLayerNetwork", "remembered-in-forward"), ("ReLU", "remembered-mask"), ("Tanh", "remembered-output")],
)
def test_a_backward_that_could_read_stale_values_gets_a_note(student, task, style):
    seen = CHECKS[task].verdict(student(task, RIGHT[task][style]))
    assert seen.earned == 1
    assert any("stale" in note for note in seen.notes)


def test_a_planted_bug_must_be_found_and_right_layers_must_pass(student):
    subject = student("numerical_gradient", RIGHT["numerical_gradient"]["ndindex"])
    right = with_verdicts_on_layers(CHECKS["numerical_gradient"].probes(subject)[0][1]).observation
    verdicts = {one: float(right.arrays[one]) for one in (RIGHT_PASSES, *map(planted, BUGS))}
    assert [one for one, value in verdicts.items() if value] == [RIGHT_PASSES]


def test_a_misprint_passes_a_gradient_check_if_its_backward_belongs_to_it(notebook, capsys):
    class Misprint(notebook["Sigmoid"]):  # type: ignore[name-defined]
        def forward(self, x):
            return 1 / (1 - np.exp(-x))

    network = notebook["TwoLayerNetwork"](4, 5, 3, output=Misprint, seed=1)
    x, y = notebook["x"][:1] / 6, notebook["y"][:1]
    notebook["check_layers"](network, notebook["MSECriterion"](), x, y)
    said = capsys.readouterr().out
    assert said.count("below 1e-6") == 4
    assert "look here" not in said
    assert ((network.forward(x) < 0) | (network.forward(x) > 1)).all()


def test_the_relative_difference_of_two_zeros_is_no_nan(notebook):
    zero, one = np.zeros(3), np.ones(3)
    difference = notebook["relative_difference"]
    assert (difference(zero, zero), difference(one, zero), difference(one, -one)) == (0, 1, 1)


def test_a_single_layer_ends_far_above_the_floor(notebook):
    x, y = notebook["x"], notebook["y"]
    layer = notebook["Linear"](4, 3)
    step = notebook["single_layer_step"]
    losses = [sum(step(layer, x[i : i + 1], y[i : i + 1], 0.1) for i in range(len(x))) / len(x) for _ in range(3)]
    floor = (np.minimum(y, 0) ** 2).sum(axis=1).mean()
    assert losses[0] > losses[-1] > 1.9 * floor
    assert losses[-1] < (y**2).sum(axis=1).mean()


def test_labels_below_the_range_of_the_sigmoid_leave_a_floor_that_tanh_breaks_through(notebook):
    x, y = notebook["x"], notebook["y"]
    np.testing.assert_allclose(y[:, 0], np.sin(x.sum(axis=1)))
    np.testing.assert_allclose(y[:, 1], np.sin(6 * x[:, 1]))
    np.testing.assert_allclose(y[:, 2], np.sin(x[:, 1] + x[:, 3]))
    assert x.shape == (1000, 4)
    assert 0 <= x.min() < 0.1 < 5.9 < x.max() < 6
    floor = (np.minimum(y, 0) ** 2).sum(axis=1).mean()
    losses = {}
    for name, rate in (("Sigmoid", 0.02), ("Tanh", 0.005)):
        network = notebook["TwoLayerNetwork"](4, 50, 3, linear=notebook["BatchLinear"], output=notebook[name])
        notebook["start_spread_out"](network, x)
        losses[name] = notebook["train_minibatch"](network, notebook["MSECriterion"](), x, y, rate, 150, 32)
    assert min(losses["Sigmoid"]) > floor
    assert losses["Tanh"][-1] < floor


def test_a_wrong_forward_does_not_spoil_backward(student):
    cell = MISTAKES["Tanh"]["sigmoid-for-tanh"].replace(
        "grad_output * (1 - np.tanh(x) ** 2)", "grad_output * (1 - self.forward(x) ** 2)"
    )
    seen = CHECKS["Tanh"].verdict(student("Tanh", cell))
    assert seen.parts == ("the backward method",)
    assert seen.earned == 0.5


def test_a_method_that_is_still_missing_leaves_the_points_of_the_other(student):
    cell = "class ReLU:\n    def forward(self, x):\n        return np.maximum(0, x)\n\n    def backward(self, x, grad_output):\n        raise NotImplementedError()\n"  # noqa: E501
    seen = CHECKS["ReLU"].verdict(student("ReLU", cell))
    assert seen.earned == 0.5
    assert "gives nothing yet" in seen.headline


def test_a_bias_gradient_of_one_row_is_accepted_with_a_note(student):
    seen = CHECKS["BatchLinear"].verdict(student("BatchLinear", RIGHT["BatchLinear"]["keepdims"]))
    assert seen.earned == 1
    assert any("(1, 2)" in note for note in seen.notes)


def test_part_of_the_points_comes_as_a_plain_float(student):
    earned = check_BatchLinear(student("BatchLinear", MISTAKES["BatchLinear"]["bias-not-summed"]), points=3)
    assert type(earned) is float
    assert earned == 2.0
