"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was; also without JAX."""

import subprocess
import sys
import textwrap

import pytest
import torch

from checks import CheckFailed
from checks.frameworks import (
    CHECKS,
    check_by_layers,
    check_flax_module,
    check_jax_grad,
    check_jax_numpy,
    check_sequential,
)
from checks.judging.verdict import State
from checks.observing import watch
from course.answers import changed
from tests.conftest import exercise_named

BY_LAYERS, FLAX_MODULE, JAX_GRAD, SEQUENTIAL = (
    exercise_named("frameworks").right[task]["plain"] for task in ("by_layers", "flax_module", "jax_grad", "sequential")
)

ALL = [check_by_layers, check_sequential, check_jax_numpy, check_jax_grad, check_flax_module]


def failure(check, argument):
    with pytest.raises(CheckFailed) as caught:
        check(argument)
    message = str(caught.value)
    assert "Traceback" not in message
    assert "checks/" not in message
    return message


@pytest.mark.parametrize("check", ALL)
@pytest.mark.parametrize("argument", [None, 3, "by_layers", int])
def test_a_check_expects_the_function_itself(check, argument):
    name = check.__name__.removeprefix("check_")
    if name.startswith(("jax", "flax")):
        pytest.importorskip("flax.linen")
    assert f"expects your function {name}(x, t, W1, W2, epsilon, steps)" in failure(check, argument)


HISTORY = "    return history"
BAD = {
    "returns nothing": ((HISTORY, "    pass"), "returned None; it should return the history"),
    "prints": ((HISTORY, "    print(history)"), "prints its result and returns None"),
    "returns a number": ((HISTORY, "    return 7"), "the number 7"),
    "returns one record": ((HISTORY, "    return history[-1]"), "a single record"),
    "one record too few": ((HISTORY, "    return history[1:]"), "it should hold 2"),
    "one record too many": ((HISTORY, "    return history + history[-1:]"), "holds 3 records"),
    "two steps whatever is asked": (("range(steps)", "range(2)"), "holds 2 records, but it should hold 3"),
    "five values": (("history.append(record(", "history.append((lambda *v: v[:5])("), "Entry 0 of the history"),
    "strings": (("record(o1, ", "record('o1', "), "should be an array of numbers"),
    "raises": (("    history = []", "    raise ValueError('oh')"), "raises ValueError"),
    "nan": (("criterion(o2, t) / 2", "criterion(o2, t) / 2 * float('nan')"), "not finite"),
    "wrong number of arguments": (("epsilon, steps)", "epsilon)"), "TypeError"),
    "changes its weights": (("hidden.weight.copy_(W1)", "hidden.weight = nn.Parameter(W1)"), "changes W1"),
    "changes its inputs": (("    history = []", "    x.mul_(1.5)\n    history = []"), "changes x"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_results_are_named_in_one_sentence(student, name):
    change, expected = BAD[name]
    assert expected in failure(check_by_layers, student("by_layers", changed(BY_LAYERS, change)))


@pytest.mark.parametrize(
    ("task", "cell", "expected"),
    [
        ("sequential", changed(SEQUENTIAL, ("return model, history", "return history")), "the pair (model, history)"),
        (
            "sequential",
            changed(SEQUENTIAL, ("return model, history", "return 3, history")),
            "it should be an nn.Sequential",
        ),
        ("jax_grad", changed(JAX_GRAD, ("return energy, history", "return history")), "the pair (energy, history)"),
        ("jax_grad", changed(JAX_GRAD, ("return energy, history", "return 3.0, history")), "in the place of energy"),
        ("flax_module", changed(FLAX_MODULE, ("return model, params,", "return params,")), "the three (model, params"),
        ("flax_module", changed(FLAX_MODULE, ("return model,", "return 3,")), "linen.Module class"),
    ],
)
def test_what_is_missing_beside_the_history_is_named(student, task, cell, expected):
    if task != "sequential":
        pytest.importorskip("flax.linen")
    assert expected in failure({c.__name__: c for c in ALL}[f"check_{task}"], student(task, cell))


def test_a_function_that_hangs_is_stopped_and_nothing_is_disturbed(student, monkeypatch, capfd):
    from checks.frameworks import observe

    monkeypatch.setattr(observe, "SECONDS", 0.5)
    before = torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_rng_state().tolist()
    cell = changed(BY_LAYERS, ("    history = []", "    while True:\n        pass"))
    verdict = CHECKS["by_layers"].verdict(student("by_layers", cell))
    assert verdict.labels == ("too-slow",)
    noisy = changed(
        BY_LAYERS,
        (
            "    history = []",
            "    import sys, warnings\n    torch.manual_seed(5)\n"
            "    print('x', file=sys.stderr)\n    warnings.warn('w')\n    torch.set_default_dtype(torch.float32)\n"
            "    history = []",
        ),
    )
    CHECKS["by_layers"].verdict(student("by_layers", noisy))
    assert (torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_rng_state().tolist()) == before
    assert capfd.readouterr().err == ""
    assert vars(watch)["SECONDS"] == 10


def test_full_points_come_as_a_plain_float(notebook):
    full = check_by_layers(notebook["by_layers"], points=4)
    assert type(full) is float
    assert full == 4.0


WITHOUT_JAX = """
    import sys, warnings
    warnings.simplefilter("error")
    for module in sys.argv[2:]:
        sys.modules[module] = None  # as if it were not installed
    from pathlib import Path
    from course.student_code import namespace, subject
    from checks.frameworks import CHECKS
    path = Path(sys.argv[1])
    names = namespace(path)
    for task, check in CHECKS.items():
        given = subject(path, task, names)
        print(task, repr(check(given, 4)), repr(check(given)), check.verdict(given).state)
"""


@pytest.mark.parametrize("missing", [["jax", "jax.numpy", "flax", "flax.linen"], ["flax", "flax.linen"]])
def test_without_jax_or_flax_their_sections_are_skipped_in_one_sentence_without_error_or_points(source, missing):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(WITHOUT_JAX), str(source), *missing],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=source.parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    for task in ("by_layers", "sequential"):
        assert f"{task} 4.0 None right" in lines
    for task in ("jax_numpy", "jax_grad", "flax_module"):
        assert f"{task} 0.0 None {State.BLOCKED}" in lines
        assert lines.count(f"○ {task}: skipped, and so it could not be checked.") == 2
    assert '[frameworks]" installs' in done.stdout


def test_nbgrader_gives_no_points_for_a_skipped_section():
    from nbformat.v4 import new_code_cell, new_output
    from nbgrader.utils import determine_grade

    cell = new_code_cell("check_jax_grad(jax_grad, points=4)")
    cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 4, "grade_id": "check_jax_grad"}
    cell.outputs = [new_output("execute_result", {"text/plain": repr(0.0)})]
    assert determine_grade(cell) == (0.0, 4.0)
