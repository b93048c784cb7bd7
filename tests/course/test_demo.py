"""`course demo` grades a make-believe class with nbgrader and tells what each student got and why."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.demo import GradedClass, GradedStudent, demo
from course.demo_class import Examples, submissions
from course.problems import CannotRun
from course.sources import read_source

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.nbgrader
def test_a_class_is_graded(released: Any) -> None:
    graded = demo(root=released.root)
    students = {student.name: student for student in graded.students}
    assert graded.tasks == {"double": 4}
    assert graded.by_hand == 2
    assert students["perfect"] == GradedStudent("perfect", {"double": 4}, ())
    assert students["untouched"] == GradedStudent("untouched", {"double": 0}, (("double", "not attempted"),))
    assert students["syntax-error"].total == 0
    page = released.root / graded.feedback.replace("STUDENT", "perfect")
    assert page.is_file()
    assert (released.root / "gradebook.db").is_file()
    assert not (released.root / "submitted").exists(), "the demo must stay in demo/"


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
    pytest.importorskip("checks.neural_network.examples")
    source = read_source(REPOSITORY / "source_notebooks" / "05_neural_network.py")
    handed_in = dict(submissions(source, source.notebook, Examples("05_neural_network")))
    assert len(handed_in) >= 8
    assert {"perfect", "untouched", "syntax-error"} <= set(handed_in)


def test_a_class_is_picked_where_none_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = pytest.importorskip("checks.neural_network.examples")
    monkeypatch.delattr(listed, "DEMO_CLASS", raising=False)
    source = read_source(REPOSITORY / "source_notebooks" / "05_neural_network.py")
    handed_in = dict(submissions(source, source.notebook, Examples("05_neural_network")))
    assert len(handed_in) == 8
    assert "other-style" in handed_in


def test_a_perfect_submission_shows_no_region_marks(released: Any) -> None:
    source = read_source(released.source)
    exercise = nbformat.read(released.exercise, as_version=4)
    perfect = dict(submissions(source, exercise, Examples("01_tiny")))["perfect"]
    text = "\n".join(cell.source for cell in perfect.cells)
    assert "twice_as_much = x + x" in text
    assert "SOLUTION" not in text


def test_the_table_names_each_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    from course.terminal import Screen

    student = GradedStudent("ada", {"double": 1.5}, (("double", "squared"),))
    Screen().graded(GradedClass("01_tiny", {"double": 4}, 2, (student,), "demo/feedback/STUDENT/x.html"))
    printed = capsys.readouterr().out
    for words in ("ada", "1.5", "double: squared", "of 4", "2 more points", "demo/feedback/STUDENT/x.html"):
        assert words in printed
