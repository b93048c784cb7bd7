"""Students' cells, typed as students type them, run through the real checks."""

import os

import pytest

from checks.frameworks import CHECKS
from checks.frameworks.examples import DEMO_CLASS, MISTAKES, RIGHT, UNNAMED
from checks.judging.verdict import State
from course.student_code import code_cells, namespace, subject

SEEDS = {task: int(os.environ.get("SEEDS", "2" if task in ("by_layers", "sequential") else "1")) for task in CHECKS}
"""JAX compiles every cell anew, which takes a second or two."""


@pytest.fixture(autouse=True)
def needs_jax(request):
    name = request.node.callspec.params.get("task", "") if hasattr(request.node, "callspec") else ""
    if name.startswith(("jax", "flax")):
        pytest.importorskip("flax.linen")


@pytest.mark.parametrize(("task", "name"), [(task, name) for task in RIGHT for name in RIGHT[task]])
def test_a_right_solution_passes_in_any_style(student, task, name):
    subject = student(task, RIGHT[task][name])
    for seed in range(SEEDS[task]):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.state is State.RIGHT, verdict
        assert verdict.earned == 1


@pytest.mark.parametrize(("task", "name"), [(task, name) for task in MISTAKES for name in MISTAKES[task]])
def test_a_mistake_gets_its_own_name(student, task, name):
    subject = student(task, MISTAKES[task][name])
    for seed in range(SEEDS[task]):
        verdict = CHECKS[task].verdict(subject, seed)
        assert verdict.labels == (name.partition("/")[0],), verdict
        assert verdict.earned < 1


@pytest.mark.parametrize(("task", "name"), [(task, name) for task in UNNAMED for name in UNNAMED[task]])
def test_a_mistake_without_a_name_is_rejected_and_not_guessed_at(student, task, name):
    verdict = CHECKS[task].verdict(student(task, UNNAMED[task][name]))
    assert verdict.state is State.WRONG
    assert verdict.earned < 1
    assert verdict.cause is None


@pytest.mark.parametrize("task", CHECKS)
def test_every_registered_mistake_has_been_typed_by_a_student(task):
    assert {m.label for m in CHECKS[task].task().misconceptions} == {n.partition("/")[0] for n in MISTAKES[task]}
    assert len(UNNAMED[task]) >= 5


@pytest.mark.parametrize("task", CHECKS)
def test_the_solution_passes_and_the_stub_is_not_attempted(source, notebook, student, task):
    assert CHECKS[task].verdict(subject(source, task, notebook)).earned == 1
    cell = next(cell.source for cell in code_cells(source) if cell.name == task)
    stub, keep = [], True
    for line in cell.splitlines():
        if "BEGIN SOLUTION" in line:
            stub.append(line.partition("#")[0] + "raise NotImplementedError()")
            keep = False
        if keep:
            stub.append(line)
        keep = keep or "END SOLUTION" in line
    verdict = CHECKS[task].verdict(student(task, "\n".join(stub)))
    assert verdict.state is State.NOT_ATTEMPTED
    assert verdict.earned == 0


def test_the_demo_class_hands_in_cells_that_exist():
    kinds = {"right": RIGHT, "mistake": MISTAKES}
    assert len(DEMO_CLASS) == 8
    for choices in DEMO_CLASS.values():
        assert all(name in kinds[kind][task] for task, (kind, name) in choices.items())


def test_the_notebook_defines_what_its_checks_ask_for(source):
    assert set(CHECKS) <= set(namespace(source))
