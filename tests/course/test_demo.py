"""`course demo` shows the whole road on a make-believe class: sealed grades, feedback, a report, and why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.answers import CLASS, Answers
from course.building.sources import read_source
from course.demo import Demo, demo
from course.demo_class import submissions
from course.problems import CannotRun
from course.terminal import Screen
from tests.course.grading.sandbox.no_borders import WITHOUT_BORDERS

REPOSITORY = Path(__file__).parents[2]
FLAGSHIP = REPOSITORY / "source_notebooks" / "05_neural_network.py"
NAME = "02_softmax_and_nll"
SOURCE = '''\
# %% nbgrader={"grade_id": "given", "locked": true}
import numpy as np

from checks.softmax_and_nll import check_sigmoid

# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(z):
    """Return the sigmoid of every entry of z."""
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid", "grade": true, "points": 5}
check_sigmoid(sigmoid, points=5)

# %% [markdown] nbgrader={"grade_id": "why", "grade": true, "solution": true, "points": 2}
# Why is it never 1?
#
# ### BEGIN SOLUTION
# The denominator is always larger than the numerator.
# ### END SOLUTION
'''


class Shown:
    """A demo of one task of exercise 02 with its class, and all that it said on the way and at the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "source_notebooks").mkdir(parents=True)
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)
        (root / "source_notebooks" / f"{NAME}.py").write_text(SOURCE, encoding="utf-8")
        shutil.copytree(FLAGSHIP.parent / "answers" / NAME, root / "source_notebooks" / "answers" / NAME)
        self.sentences: list[str] = []
        self.steps: list[str] = []
        self.demo: Demo = demo(
            root=root, say=self.sentences.append, tell=lambda name, step: self.steps.append(f"{name}: {step}")
        )

    def state(self, student: str) -> tuple[str, float]:
        """Return what a student's only verdict says, and the points that they earned."""
        [verdict] = self.demo.verdicts[student]
        return verdict.state, verdict.earned


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return Shown(tmp_path_factory.mktemp("demo") / "course")


@pytest.mark.nbgrader
class TestShown:
    def test_the_class_is_graded_in_a_sandbox_and_verdicts_are_made_outside_of_it(self, shown: Shown) -> None:
        graded = shown.demo.graded
        assert graded.status == 0
        assert {row.state for row in graded.rows} == {"graded"}
        assert graded.borders.hold
        assert not graded.unsealed
        assert not graded.exposed
        assert all(verdict.sealed for verdicts in shown.demo.verdicts.values() for verdict in verdicts)

    def test_it_tells_who_got_what_and_why(self, shown: Shown) -> None:
        assert shown.demo.tasks == {"sigmoid": 5}
        assert shown.state("perfect") == ("right", 5)
        assert shown.state("blaise") == ("right", 5)
        assert shown.state("untouched") == ("not attempted", 0)
        assert shown.state("syntax-error")[1] == 0
        assert shown.demo.verdicts["emmy"][0].labels == ("overflow",)

    def test_the_points_that_wait_for_a_person_are_told(self, shown: Shown) -> None:
        waiting = [row.student for row in shown.demo.graded.rows if row.waiting == 2]
        assert "perfect" in waiting
        assert "untouched" not in waiting, "of what was not written, nobody has to read anything"
        told = f"{2 * len(waiting)} points of {len(waiting)} submissions wait for a person to give them, in Formgrader."
        assert told in shown.demo.graded.sentences()

    def test_feedback_and_report_lie_where_it_says(self, shown: Shown) -> None:
        assert len(shown.demo.feedback.rows) == len(shown.demo.graded.rows)
        for student in shown.demo.verdicts:
            page = shown.root / shown.demo.feedback.place.replace("STUDENT", student) / f"{NAME}.html"
            assert page.is_file()
        assert shown.demo.report.page.is_file()
        assert shown.demo.report.students == len(shown.demo.verdicts)

    def test_stock_nbgrader_is_timed_beside_it(self, shown: Shown) -> None:
        assert shown.demo.stock_seconds > 0
        assert shown.demo.seconds_each > 0

    def test_each_step_begins_with_a_sentence(self, shown: Shown) -> None:
        for words in ("Building", "sandbox of its own", "stock nbgrader", "feedback", "report"):
            assert sum(words in sentence for sentence in shown.sentences) == 1, words
        assert f"{NAME}: grading {len(shown.demo.verdicts)} of {len(shown.demo.verdicts)}" in shown.steps

    def test_it_stays_in_its_folder(self, shown: Shown) -> None:
        assert not {path.name for path in shown.root.iterdir()} & {"submitted", "autograded", "feedback", "reports"}

    def test_the_table_names_each_mistake(self, shown: Shown, capsys: pytest.CaptureFixture[str]) -> None:
        Screen().demonstrated(shown.demo)
        printed = capsys.readouterr().out
        for words in (
            "emmy",
            "sigmoid: overflow",
            "of 5",
            "wait for a person",
            shown.demo.feedback.place,
            "Stock nbgrader",
        ):
            assert words in printed

    def test_where_no_sandbox_holds_it_says_so_and_goes_on(self, shown: Shown, tmp_path: Path) -> None:
        root = tmp_path / "course"
        shutil.copytree(shown.root, root)
        start = [sys.executable, "-c", "from course.command_line import main; main()"]
        ran = subprocess.run(
            [*WITHOUT_BORDERS, *start, "demo", "--course-dir", str(root)],
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "the sandbox does not hold on this system" in ran.stdout
        assert "graded without a sandbox" in ran.stdout
        assert "sigmoid: overflow" in ran.stdout
        assert "Report: " in ran.stdout


def test_a_folder_of_someone_else_is_not_cleared_away(released: Any) -> None:
    (released.root / "demo").mkdir()
    mine = released.root / "demo" / "mine.txt"
    mine.touch()
    with pytest.raises(CannotRun, match="demo/"):
        demo(root=released.root)
    assert mine.is_file()


def test_an_unknown_exercise_is_named(released: Any) -> None:
    with pytest.raises(CannotRun, match="did you mean"):
        demo("01_tyni", root=released.root)


def test_the_flagship_has_a_class_of_at_least_eight() -> None:
    source = read_source(FLAGSHIP)
    handed_in = dict(submissions(source, source.notebook, Answers(FLAGSHIP)))
    assert len(handed_in) >= 8
    assert {"perfect", "untouched", "syntax-error"} <= set(handed_in)


def test_a_class_is_picked_where_none_is_listed(tmp_path: Path) -> None:
    here = FLAGSHIP.parent / "answers" / FLAGSHIP.stem
    shutil.copytree(here, tmp_path / "answers" / FLAGSHIP.stem, ignore=shutil.ignore_patterns(f"{CLASS}.py"))
    source = read_source(FLAGSHIP)
    handed_in = dict(submissions(source, source.notebook, Answers(tmp_path / FLAGSHIP.name)))
    assert len(handed_in) == 8
    assert "other-style" in handed_in


def test_a_perfect_submission_shows_no_region_marks(released: Any) -> None:
    source = read_source(released.source)
    exercise = nbformat.read(released.exercise, as_version=4)
    perfect = dict(submissions(source, exercise, Answers(released.source)))["perfect"]
    text = "\n".join(cell.source for cell in perfect.cells)
    assert "twice_as_much = x + x" in text
    assert "SOLUTION" not in text
