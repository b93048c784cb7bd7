"""The audit finds what is wrong with a check, whatever the exercise, and survives whatever a mutant does."""

import os
import sys
import textwrap
import time
from pathlib import Path

import pytest

import checks
from course.audit import audit
from course.audit.exercise import Exercise
from course.audit.forks import Outcome, run_forked
from course.audit.matrix import draw_matrix
from course.audit.mutants import mutants
from course.audit.trials import Answer, trials
from course.command_line import app
from course.problems import CannotRun

CHECK = '''
"""Exercise 07, made for a test: doubling. One file, as small as an exercise can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from checks.check import Check
from checks.judging.reference import Misconception, Override, Reference
from checks.judging.task import Location, Task
from checks.observing.observation import Observation
from checks.observing.quantity import Quantity
from checks.observing.watch import missing_function, watched


@dataclass(frozen=True, eq=False)
class Case:
    x: np.ndarray
    dtype: type = np.float64
    dimensions: ClassVar[dict] = {}

    def as_float32(self):
        return replace(self, dtype=np.float32)

    def __str__(self):
        return f"{len(self.x)} numbers"


def cases(seed):
    rng = np.random.default_rng(seed)
    return [Case(rng.normal(size=n)) for n in (3, 5)]


def observe_double(double, case):
    problem = missing_function(double, "double", "x")
    if problem:
        return Observation(problems=(problem,))

    def run(record):
        record.returned(Quantity("double"), double(case.x.copy()), "double", "an array like x")

    return watched(run, double)


class DoubleReference(Reference):
    formulas: ClassVar = {"doubled": ("(1)", "y = 2 x")}

    def doubled(self, x):
        return 2 * x

    def answer(self):
        return {Quantity("double"): self.doubled(self.case.x)}


TASKS = {
    "double": Task(
        name="double",
        reference=DoubleReference,
        misconceptions=(
            Misconception("squared", Override("doubled", lambda ref, right, x: x**2), "squared", "Look.", "Think."),
        ),
        praise="The numbers agree",
        hints=("Look at x.", "Think of sums.", "Equation (1): y = 2 x"),
        locate=lambda comparisons: Location("the numbers are wrong."),
    )
}
CHECKS = {"double": Check("double", observe_double, cases, "checks.doubling:TASKS")}


def check_double(double=None, points=None, *, seed=0):
    return CHECKS["double"](double, points, seed)
'''

SOURCE = '''
# %% nbgrader={"grade_id": "given", "locked": true}
from checks.doubling import check_double

# %% nbgrader={"grade_id": "double", "solution": true}
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_double", "grade": true, "points": 4}
check_double(double, points=4)
'''


ANSWERS = """
# %% right: product
def double(x):
    return 2 * x

# %% mistake: squared
changed("right: product", ("2 * x", "x * x"))
"""

OTHER = """
# %% unnamed: power
def double(x):
    return x**2
"""


class Seventh:
    """A course with one exercise that was added by its files alone."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        self.root, self.module = root, root / "more" / "doubling.py"
        self.source = root / "source_notebooks" / "07_doubling.py"
        self.answers = root / "source_notebooks" / "answers" / "07_doubling" / "double.py"
        self.answers.parent.mkdir(parents=True)
        self.module.parent.mkdir()
        (root / "nbgrader_config.py").write_text("c = get_config()\n")
        self.write(CHECK, SOURCE)
        monkeypatch.setattr(checks, "__path__", [*checks.__path__, str(self.module.parent)])
        monkeypatch.delitem(sys.modules, "checks.doubling", raising=False)

    def write(self, module: str = CHECK, source: str = SOURCE, answers: str = ANSWERS) -> None:
        self.module.write_text(textwrap.dedent(module))
        self.source.write_text(source.lstrip())
        self.answers.write_text(answers)

    def faults(self, **options) -> list[str]:
        sys.modules.pop("checks.doubling", None)
        (result,) = audit(root=self.root, **options)
        return result.faults


@pytest.fixture
def seventh(tmp_path, monkeypatch):
    return Seventh(tmp_path, monkeypatch)


def test_a_new_exercise_is_audited_by_its_files_alone(seventh):
    (result,) = audit(root=seventh.root, seeds=2)
    assert result.faults == []
    assert result.confusion == {"double": {"squared": {"squared": 2}}}
    assert result.counts["mutant"] >= 5
    assert result.mutants["survived"] == 0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    return 2 * x\n\n", "    return 2 * x + 1\n\n", "a right solution is rejected"),
        ('"x * x"', '"x**3"', "mistake squared: gets"),
        ("mistake: squared", "mistake: cubed", "is made, but not registered"),
        ("for n in (3, 5)]", "for n in (0, 0)]", "survives"),
        ("Case(rng.normal(size=n))", "Case(np.full(n, 2.0))", "look alike"),
        ('"Look.", "Think."', '"Look.", ""', "three hints"),
        ("\n# %% mistake", f"{OTHER}\n# %% mistake", "power: is called ['squared']"),
    ],
    ids=["right style", "mistake", "registry", "blind cases", "degenerate cases", "hints", "a guess"],
)
def test_what_is_wrong_with_a_check_is_found(seventh, old, new, expected):
    assert old in CHECK + ANSWERS
    seventh.write(CHECK.replace(old, new), answers=ANSWERS.replace(old, new))
    faults = seventh.faults(seeds=1)
    assert any(expected in fault for fault in faults), faults


def test_a_mistake_that_earns_by_chance_is_found(seventh):
    sys.modules.pop("checks.doubling", None)
    [mistake] = [trial for trial in trials(Exercise(seventh.source), 2) if trial.kind == "mistake"]
    wrong = Answer("wrong", ["squared"], 0.5, explained=True, seed=0)
    assert mistake.judge(Outcome("done", [wrong, wrong._replace(seed=1)])) == ""
    assert "earns 0.0 or 0.5" in mistake.judge(Outcome("done", [wrong, wrong._replace(seed=1, earned=0.0)]))


def test_a_solution_that_its_own_check_rejects_is_found(seventh):
    seventh.write(source=SOURCE.replace("return x + x", "return x + x + 1"))
    assert any("a right solution is rejected" in fault for fault in seventh.faults(seeds=1))


def test_answers_to_a_task_that_there_is_not_are_found(seventh):
    seventh.answers.with_name("dubble.py").write_text(ANSWERS)
    assert [fault for fault in seventh.faults(seeds=1) if fault.startswith("dubble: ")]


def test_points_that_disagree_are_found(seventh):
    seventh.write(source=SOURCE.replace("points=4)", "points=3)"))
    assert any("points" in fault for fault in seventh.faults(seeds=1))


BY_ONE = """
# %% equivalent: division by one
changed("solution", ("x = x * 1", "x = x / 1"))
"""


def test_an_equivalent_mutant_must_be_declared_and_must_exist(seventh):
    source = SOURCE.replace("    return x + x\n", "    x = x * 1\n    return x + x\n")
    seventh.write(source=source)
    change = "x = x * 1 → x = x / 1"
    assert any(change in fault and "survives" in fault for fault in seventh.faults(seeds=1))
    no_such_line = '\n# %% equivalent: there is no such line\nchanged("solution", ("return 7", "return 8"))\n'
    seventh.write(source=source, answers=ANSWERS + BY_ONE + no_such_line)
    faults = seventh.faults(seeds=1)
    assert not any(change in fault for fault in faults)
    assert any("no such mutant" in fault for fault in faults)


def test_one_reason_serves_all_places_of_the_same_change(seventh):
    source = SOURCE.replace("    return x + x\n", "    x = x * 1\n    y = x\n    x = x * 1\n    return x + y\n")
    seventh.write(source=source)
    assert sum("x = x / 1" in fault for fault in seventh.faults(seeds=1)) == 2
    seventh.write(source=source, answers=ANSWERS + BY_ONE)
    assert not any("x = x / 1" in fault for fault in seventh.faults(seeds=1))


IN_GROUPS = """
FORKS_WELL = False
READY = []
get_ready = READY.append
"""

NOT_EVEN_DEFINED = """
# %% unnamed: cannot be defined
def double(x):
    return x
1 / 0

# %% unnamed: incremented
changed("right: product", ("2 * x", "x + 1"))
"""


def test_an_exercise_that_does_not_fork_well_gets_ready_itself_and_is_tried_in_groups(seventh):
    (apart,) = audit(root=seventh.root, seeds=1)
    seventh.write(CHECK + IN_GROUPS, answers=ANSWERS + NOT_EVEN_DEFINED)
    sys.modules.pop("checks.doubling", None)
    (together,) = audit(root=seventh.root, seeds=1)
    assert sys.modules["checks.doubling"].READY == ["torch"], "what JAX needs is left to a process of its own"
    why = "ZeroDivisionError('division by zero')"
    assert together.faults == [f"double, unnamed cannot be defined: ends in a crash ({why})"]
    assert together.counts == apart.counts | {"unnamed": 2}
    assert sum(together.mutants.values()) == sum(apart.mutants.values())
    seventh.write((CHECK + IN_GROUPS).replace("for n in (3, 5)]", "for n in (0, 0)]"))
    assert any("survives" in fault for fault in seventh.faults(seeds=1))


def test_an_exercise_without_checks_is_named(seventh):
    seventh.module.unlink()
    sys.modules.pop("checks.doubling", None)
    with pytest.raises(CannotRun, match="has no checks"):
        audit(root=seventh.root)


def test_hanging_and_crashing_jobs_end_as_such_and_the_others_go_on():
    def crash():
        os._exit(3)

    def loop() -> None:
        while True:
            pass

    jobs = [lambda: time.sleep(600), loop, crash, lambda: 1 / 0, lambda: [1, 2]]
    outcomes = dict(run_forked(jobs, processes=2, seconds=[0.2, 0.2, *[60.0] * 3]))
    assert [outcomes[i].status for i in range(5)] == ["timeout", "timeout", "crash", "crash", "done"]
    assert outcomes[4].value == [1, 2]


def test_mutants_cover_what_learners_do_wrong():
    cell = (
        "def backward(self, x, y):\n"
        "    for i in range(len(x)):\n"
        "        delta = (x - y) * 2\n"
        "        self.w -= delta.sum(dim=0) @ x.T\n"
        "    return delta\n"
    )
    changes = "\n".join(mutant.change for mutant in mutants(cell))
    for expected in (
        "delta = (x + y) * 2",
        "delta = (x - y) * 3",
        "delta = (y - x) * 2",
        "delta.sum(dim=1)",
        "delta.mean(dim=0)",
        "dim=0, keepdims=True",
        "delta @ x.T",
        "@ x\n",
        "x.T @ delta.sum(dim=0)",
        "self.w += ",
        "range(len(x) - 1)",
        "return -delta",
        "→ pass",
        "break",
        "half()",
    ):
        assert expected in changes + "\n", expected


def test_the_confusion_matrix_is_drawn_and_printed_as_json(seventh, capsys, tmp_path):
    (result,) = audit(root=seventh.root, seeds=1)
    draw_matrix(result, tmp_path / "matrix.png")
    assert (tmp_path / "matrix.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(SystemExit) as ended:
        app(["audit", "--json", "--seeds", "1", "--course-dir", str(seventh.root)])
    assert ended.value.code == 0
    assert '"squared": 1' in capsys.readouterr().out
