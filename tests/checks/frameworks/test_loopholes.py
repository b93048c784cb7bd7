"""What clever and confused students try: each is refused with a sentence that helps, or accepted as it should be."""

import pytest

from checks.explaining.text import as_text
from checks.frameworks import CHECKS
from checks.judging.judge import RULED_OUT_LABEL
from course.answers import changed
from tests.conftest import exercise_named

PLAIN = {task: next(iter(styles.values())) for task, styles in exercise_named("frameworks").right.items()}
BY_HAND_AS_WELL = (
    "optimizer.step()",
    "optimizer.step()\n        with torch.no_grad():\n            for p in model.parameters():\n"
    "                p -= epsilon * p.grad",
)


@pytest.fixture
def verdict(student):
    """Return the verdict on a plain cell with changes, and its report."""

    def given(task, *changes):
        if task.startswith(("jax", "flax")):
            pytest.importorskip("flax.linen")
        judged = CHECKS[task].verdict(student(task, changed(PLAIN[task], *changes)))
        return judged, as_text(judged, 4)

    return given


@pytest.mark.parametrize(
    "name", ["Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW", "Adamax", "ASGD", "Muon", "NAdam", "RAdam", "RMSprop"]
)
def test_every_other_optimiser_gives_other_numbers_and_is_told_by_its_name(verdict, name):
    judged, report = verdict("sequential", ("optim.SGD", f"optim.{name}"))
    assert judged.earned == 0.75
    assert set(judged.labels) <= {"unexplained", "adam"}
    assert f"Your steps are made by {name}" in report


@pytest.mark.parametrize("setting", ["momentum=0.5", "weight_decay=0.001"])
def test_settings_of_sgd_beyond_the_learning_rate_are_told(verdict, setting):
    judged, report = verdict("sequential", ("lr=epsilon", f"lr=epsilon, {setting}"))
    assert judged.earned == 0.75
    assert f"SGD with {setting}" in report


def test_an_optimiser_whose_learning_rate_is_0_makes_no_steps(verdict):
    judged, _ = verdict("sequential", ("lr=epsilon", "lr=0.0"), BY_HAND_AS_WELL)
    assert judged.labels == (RULED_OUT_LABEL,)


def test_gradients_from_torch_are_no_gradients_by_hand_in_jax(verdict):
    judged, _ = verdict(
        "jax_numpy",
        (
            "        g1 = delta1.T @ x\n        g2 = delta2.T @ o1\n",
            "        import numpy as np\n"
            "        X, T, A, B = (torch.tensor(np.asarray(a)) for a in (x, t, W1, W2))\n"
            "        A.requires_grad_(), B.requires_grad_()\n"
            "        (((T - torch.sigmoid(torch.relu(X @ A.T) @ B.T)) ** 2).sum() / 2).backward()\n"
            "        g1, g2 = jnp.asarray(A.grad.numpy()), jnp.asarray(B.grad.numpy())\n",
        ),
    )
    assert judged.labels == (RULED_OUT_LABEL,)


def test_a_helper_that_was_mended_counts_although_its_caller_was_seen_before(notebook):
    pytest.importorskip("jax")
    from course.student_code import compiled

    names = dict(notebook)
    cell = changed(
        PLAIN["jax_numpy"], ("delta1.T @ x\n        g2 = delta2.T @ o1", "gradients(W1, W2, x, t, delta1, delta2, o1)")
    )
    exec(compiled(cell.replace("        g1 = ", "        g1, g2 = ")), names)
    by_jax = "jax.grad(lambda w: jnp.sum((t - jax.nn.sigmoid(jax.nn.relu(x @ w[0].T) @ w[1].T)) ** 2) / 2)((W1, W2))"
    for result, label in ((by_jax, (RULED_OUT_LABEL,)), ("(delta1.T @ x, delta2.T @ o1)", ())):
        exec(compiled(f"def gradients(W1, W2, x, t, delta1, delta2, o1):\n    return {result}\n"), names)
        assert CHECKS["jax_numpy"].verdict(names["jax_numpy"]).labels == label


NNX = (
    "def flax_module(x, t, W1, W2, epsilon, steps):\n",
    "from flax import nnx\n\n\nclass New(nnx.Module):\n    def __init__(self):\n        self.size = 2\n\n\n"
    "def flax_module(x, t, W1, W2, epsilon, steps):\n",
)


@pytest.mark.parametrize(
    ("task", "changes", "expected"),
    [
        ("by_layers", [("        E.backward()\n", "")], "a .grad is None until E.backward() has filled it"),
        ("by_layers", [("criterion(o2, t)", "criterion(o2.detach(), t)")], "cut it off"),
        (
            "by_layers",
            [("with torch.no_grad():\n            hidden", "if True:\n            hidden")],
            "torch.no_grad():",
        ),
        ("by_layers", [("torch.relu(hidden(x))", "hidden(x) + 1")], "So the error is in the first layer"),
        ("by_layers", [("    history = []", "    x += 1\n    history = []")], "Work on a copy, such as x.clone()"),
        ("sequential", [(", bias=False", "")], "Your model has biases"),
        (
            "jax_grad",
            [
                ("def energy(weights, x, t):\n    W1, W2 = weights\n", "def energy(W1, W2, x, t):\n"),
                ("value_and_grad(energy)((W1, W2), x", "value_and_grad(energy, (0, 1))(W1, W2, x"),
            ],
            "energy should take the arguments (weights, x, t)",
        ),
        ("jax_grad", [("return jnp.sum((t - o2) ** 2) / 2", "return float(jnp.sum((t - o2) ** 2))")], "Stay with jnp"),
        ("jax_grad", [("return energy,", "return E,")], "a JAX array of shape ()"),
        ("flax_module", [NNX, ("return model,", "return New(),")], "not about flax.nnx"),
        ("flax_module", [("return model, params,", "return model, None,")], "the tree of trained parameters"),
    ],
)
def test_the_report_says_what_to_do(verdict, task, changes, expected):
    judged, report = verdict(task, *changes)
    assert judged.earned < 1
    assert expected in report
