"""The traps of published versions: each is caught, although the famous numbers hide it."""

from dataclasses import replace

import numpy as np
import pytest

from checks import CheckFailed
from checks.frameworks import CHECKS, check_by_layers, check_jax_grad, check_sequential
from checks.frameworks.cases import cases, published_case
from checks.judging.judge import RULED_OUT_LABEL
from checks.judging.reference import answer_with
from course.answers import changed
from tests.conftest import exercise_named

MISTAKES = exercise_named("frameworks").mistakes
BY_LAYERS, JAX_GRAD, JAX_NUMPY, SEQUENTIAL = (
    exercise_named("frameworks").right[task]["plain"] for task in ("by_layers", "jax_grad", "jax_numpy", "sequential")
)


def hidden_by_exercise_1(task, label):
    """Whether one step on exercise 1's network cannot tell a mistake from the right answer, apart from the model."""
    judged = CHECKS[task].task()
    case = replace(published_case(), steps=1)
    mistake = next(m for m in judged.misconceptions if m.label == label)
    right, wrong = (answer_with(judged.reference, overrides, case) for overrides in ((), (mistake.override,)))
    return all(np.allclose(right[name], wrong[name]) for name in right if not name.aspect.startswith("of the model"))


@pytest.mark.parametrize(
    ("task", "label"),
    [
        ("by_layers", "loss-mean"),
        ("by_layers", "zero-grad-forgotten"),
        ("by_layers", "learning-rate-left-out"),
        ("by_layers", "starts-anew"),
        ("by_layers", "relu-left-out"),
        ("jax_numpy", "relu-at-one"),
        ("sequential", "momentum"),
        ("sequential", "model-not-trained"),
        ("jax_numpy", "relu-derivative-left-out"),
        ("jax_numpy", "constant-slope"),
        ("flax_module", "biases-learned"),
    ],
)
def test_what_one_step_on_exercise_1_hides_is_caught_all_the_same(student, task, label):
    assert hidden_by_exercise_1(task, label)
    if task in ("by_layers", "sequential"):
        assert CHECKS[task].verdict(student(task, MISTAKES[task][label])).labels == (label,)


def test_the_sequential_section_checks_the_model_that_was_trained(student):
    for name in MISTAKES["sequential"]:
        if name.startswith("model-not-trained"):
            with pytest.raises(CheckFailed, match="still has those that it was given"):
                check_sequential(student("sequential", MISTAKES["sequential"][name]))


def test_a_broken_model_beside_the_history_of_other_layers_is_caught(student):
    cell = changed(SEQUENTIAL, ("return model, history", "model[1] = nn.Tanh()\n    return model, history"))
    verdict = CHECKS["sequential"].verdict(student("sequential", cell))
    assert verdict.earned < 1
    assert "o2 of the model" in verdict.headline


@pytest.mark.parametrize("task", ["by_layers", "sequential"])
def test_gradients_recorded_as_their_negatives_are_named_and_cost_only_themselves(student, task):
    verdict = CHECKS[task].verdict(student(task, MISTAKES[task]["negative-gradient"]))
    assert verdict.labels == ("negative-gradient",)
    assert verdict.earned == 0.75
    assert "exercise 1" in verdict.cause.sentence


def test_mean_equals_half_the_sum_only_for_one_sample_and_two_outputs(student):
    verdict = CHECKS["by_layers"].verdict(student("by_layers", MISTAKES["by_layers"]["loss-mean"]))
    assert verdict.labels == ("loss-mean",)
    assert "right on the network of exercise 1" in verdict.evidence


def test_a_forgotten_zero_grad_shows_in_the_second_step(student):
    with pytest.raises(CheckFailed) as caught:
        check_by_layers(student("by_layers", MISTAKES["by_layers"]["zero-grad-forgotten"]))
    assert "dE/dW1 in step 2 is wrong" in str(caught.value)
    assert "not cleared" in str(caught.value)


@pytest.mark.parametrize(
    ("label", "expected"),
    [("ascent", 3.0), ("zero-grad-forgotten", 3.0), ("negative-gradient", 3.0), ("loss-mean", 2.0)],
)
def test_one_mistake_costs_once(student, label, expected):
    assert check_by_layers(student("by_layers", MISTAKES["by_layers"][label]), points=4) == expected


@pytest.mark.parametrize("gradient", ["torch.zeros_like(W1)", "torch.ones_like(W1)", "W1 * float('nan')"])
def test_following_from_degenerate_gradients_earns_nothing_for_the_update(student, gradient):
    cell = changed(
        BY_LAYERS,
        ("E.backward()", f"E.backward()\n        hidden.weight.grad = {gradient}"),
    )
    verdict = CHECKS["by_layers"].verdict(student("by_layers", cell))
    assert "the updated weights" not in verdict.parts


@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_weights_as_they_were_or_gradients_alone_are_no_update(student, size):
    cell = f"""
def by_layers(x, t, W1, W2, epsilon, steps):
    g1, g2 = ({size} * (1 + torch.arange(W.numel(), dtype=W.dtype).reshape(W.shape)) for W in (W1, W2))
    o1, o2 = torch.zeros(len(x), len(W1), dtype=x.dtype), torch.zeros_like(t)
    history = []
    for _ in range(steps):
        W1, W2 = W1 - epsilon * g1, W2 - epsilon * g2
        history.append(record(o1, o2, 0.0, g1, g2, W1, W2))
    return history
"""
    assert CHECKS["by_layers"].verdict(student("by_layers", cell)).earned == 0


def test_steps_that_start_from_weights_of_nothing_earn_nothing(student):
    update = "output.weight -= epsilon * output.weight.grad"
    wiped = f"{update}\n            hidden.weight.mul_(1e-30)\n            output.weight.mul_(1e-30)"
    cell = changed(BY_LAYERS, (update, wiped))
    assert CHECKS["by_layers"].verdict(student("by_layers", cell)).earned == 0


BY_HAND = (
    (
        "        E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)\n",
        "        E = energy((W1, W2), x, t)\n"
        "        d2 = (o2 - t) * o2 * (1 - o2)\n        d1 = (d2 @ W2) * (o1 > 0)\n"
        "        g1, g2 = d1.T @ x, d2.T @ o1\n",
    ),
)
RULED_OUT = {
    "torch gradients by hand": (
        "by_layers",
        changed(
            BY_LAYERS,
            (
                "E.backward()",
                "d2 = (o2 - t) * o2 * (1 - o2)\n        d1 = (d2 @ output.weight) * (o1 > 0)\n"
                "        hidden.weight.grad, output.weight.grad = (d1.T @ x).detach(), (d2.T @ o1).detach()",
            ),
        ),
    ),
    "no optimiser": (
        "sequential",
        changed(
            SEQUENTIAL,
            (
                "optimizer.step()",
                "\n        with torch.no_grad():\n            for p in model.parameters():\n"
                "                p -= epsilon * p.grad",
            ),
        ),
    ),
    "JAX gradients by hand": ("jax_grad", changed(JAX_GRAD, *BY_HAND)),
    "gradients from JAX in the section by hand": (
        "jax_numpy",
        changed(
            JAX_NUMPY,
            (
                "        g1 = delta1.T @ x\n        g2 = delta2.T @ o1\n",
                "        f = lambda A, B: jnp.sum((t - jax.nn.sigmoid(jax.nn.relu(x @ A.T) @ B.T)) ** 2) / 2\n"
                "        g1, g2 = jax.jit(jax.grad(f, (0, 1)))(W1, W2)\n",
            ),
        ),
    ),
    "NumPy for JAX": (
        "jax_numpy",
        changed(
            JAX_NUMPY,
            (
                "    history = []",
                "    import numpy as np\n    x, t, W1, W2 = map(np.asarray, (x, t, W1, W2))\n    history = []",
            ),
            ("jnp.", "np."),
        ),
    ),
}


@pytest.mark.parametrize("name", RULED_OUT)
def test_right_numbers_made_in_another_way_than_asked_are_refused(student, name):
    task, cell = RULED_OUT[name]
    if task.startswith("jax"):
        pytest.importorskip("jax")
    made = student(task, cell)
    for _ in range(2):  # compiled code is seen as well as fresh code
        assert CHECKS[task].verdict(made).labels == (RULED_OUT_LABEL,)


def test_energy_has_to_be_pure(student):
    pytest.importorskip("jax")
    with pytest.raises(CheckFailed, match="with W1 and W2 from outside"):
        check_jax_grad(student("jax_grad", MISTAKES["jax_grad"]["energy-ignores-its-weights"]))


def test_a_whole_check_of_several_seeds_uses_different_numbers():
    assert not np.allclose(cases(0)[0].x, cases(1)[0].x)


def test_a_jax_that_cannot_be_watched_rejects_nobody(notebook, monkeypatch):
    pytest.importorskip("jax")
    from checks.frameworks import running

    monkeypatch.setattr(running, "_differentiator", lambda: None)
    monkeypatch.setattr(running, "_DIFFERENTIATE", set())
    for task in ("jax_numpy", "jax_grad"):
        assert CHECKS[task].verdict(notebook[task]).earned == 1
