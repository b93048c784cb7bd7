"""What a check is lent earns nothing, nor do numbers that leave no work: exercises 01 to 04, and the flagship."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from checks.observing.lending import answered
from course.building.build import write_notebook
from course.building.nbgrader_steps import generate_assignment
from course.building.sources import read_source
from course.grading.driver.autograding import GradedClass, autograde
from course.grading.judging.graded_checks import called_check, names_of_checks
from course.grading.judging.sealed import Hearings, judged
from course.grading.released import ReleasedCell, ReleasedNotebook
from course.layout import CONFIG, Layout
from tests.course.grading.judging.lent_answers import EXERCISES, LATER_FIRST, READS_AHEAD, Forgery

IN_ANOTHER_ORDER = "in-another-order"

NOT_YET = re.compile(r"^raise NotImplementedError\(\)$", re.MULTILINE)
"""What ends the cells in which numbers are typed."""

FORGERS = [(name, forger) for name, forgeries in EXERCISES.items() for forger in forgeries]


def _index(notebook: Any, grade_id: str) -> int:
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return ids.index(grade_id)


def _exercise(name: str) -> Any:
    return nbformat.read(Path("exercises", name, f"{name}.ipynb"), as_version=4)


def _course(root: Path, name: str) -> Layout:
    root.mkdir()
    shutil.copy(CONFIG, root)
    course = Layout(root)
    source = read_source(Path("source_notebooks", f"{name}.py"))
    write_notebook(source.notebook, course.nbgrader_source / name / f"{name}.ipynb")
    generate_assignment(course, name, root, course.gradebook_url)
    return course


def _hand_in(course: Layout, name: str, student: str, forgery: Forgery, first: str = "") -> None:
    """Hand in an exercise whose solutions are empty but for a forgery, perhaps with a check before the solutions."""
    notebook = _exercise(name)
    for grade_id, source in forgery.items():
        cell = notebook.cells[_index(notebook, grade_id)]
        cell.source = f"{NOT_YET.sub('', cell.source)}\n{source}"
    if first:
        moved = notebook.cells.pop(_index(notebook, first))
        solutions = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
        begin = notebook.cells.index(next(cell for cell in solutions if cell.cell_type == "code"))
        ahead = f"{READS_AHEAD}\n{first.removeprefix('check_')} = lambda *anything: None"
        notebook.cells[begin:begin] = [nbformat.v4.new_code_cell(ahead), moved]
    write_notebook(notebook, course.submitted / student / name / f"{name}.ipynb")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, GradedClass]:
    """The classes of forgers of all exercises."""
    scratch, found = tmp_path_factory.mktemp("sealed"), {}
    for name, (check, forgery) in LATER_FIRST.items():
        course = _course(scratch / name, name)
        for student, forged in EXERCISES.get(name, {}).items():
            _hand_in(course, name, student, forged)
        _hand_in(course, name, IN_ANOTHER_ORDER, forgery, check)
        found[name] = autograde(name, course_dir=course.root)
    return found


def _score(graded: GradedClass, student: str) -> float | None:
    [score] = [row.score for row in graded.rows if row.student == student]
    return score


@pytest.mark.parametrize(("name", "forger"), FORGERS)
def test_a_forgery_earns_what_an_empty_solution_earns(name: str, forger: str, graded: dict[str, GradedClass]) -> None:
    assert _score(graded[name], forger) == 0


@pytest.mark.parametrize("name", LATER_FIRST)
def test_what_a_later_check_is_lent_earns_nothing_in_an_earlier_one(name: str, graded: dict[str, GradedClass]) -> None:
    """Graded cells may stand in another order, which a person is told; points for it there are none."""
    assert _score(graded[name], IN_ANOTHER_ORDER) == 0


def _released(name: str) -> ReleasedNotebook:
    """Return the cells of an exercise that end in a check."""
    sources = [cell.source for cell in _exercise(name).cells if cell.cell_type == "code"]
    names = names_of_checks(sources)
    cells = [ReleasedCell(f"cell-{n}", "code", True, source, "", grade=True) for n, source in enumerate(sources)]
    cells = [cell for cell in cells if called_check(cell.source, names)]
    return ReleasedNotebook(name, None, tuple(cells), text=json.dumps(_exercise(name)))


def _lent(name: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the task of each graded cell, in order, and the tasks that are answered in what comes with the cell."""
    released = _released(name)
    hearings = Hearings(released, list(released.checks), "somebody", b"")
    for grade_id, check in released.checks.items():
        hearing = hearings.of(grade_id)
        assert hearing is not None
        assert hearing.looks
        parts = {part for look in hearing.looks.values() for part in look["lends"]}
        yield check.function.removeprefix("check_"), set().union(*map(answered, parts))


@pytest.mark.parametrize("name", LATER_FIRST)
def test_no_cell_comes_with_what_answers_its_task_or_a_later_one(name: str) -> None:
    lent = list(_lent(name))
    tasks = [task for task, _ in lent]
    assert len(tasks) >= 5
    early = {task: sorted(answers & set(tasks[number:])) for number, (task, answers) in enumerate(lent)}
    assert not {task: answered for task, answered in early.items() if answered}


@pytest.mark.parametrize(
    ("name", "task", "after"),
    [
        ("03_chain_rule", "feed_forward_one_layer", "feed_forward_saver"),
        ("03_chain_rule", "feed_forward_two_layers", "feed_forward_saver"),
        ("03_chain_rule", "feed_forward", "feed_forward_saver_batch"),
        ("03_chain_rule", "feed_forward_saver", "backpropagation_batch"),
        ("03_chain_rule", "gradients_one_layer", "train_network"),
        ("03_chain_rule", "gradients_layer_1", "train_network"),
        ("03_chain_rule", "backpropagation", "train_network"),
        ("04_layers_and_losses", "summed_gradients", "train_minibatch"),
    ],
)
def test_what_more_general_parts_have_answered_is_not_judged_after_them(name: str, task: str, after: str) -> None:
    """A batch may be of one sample, and a network of one layer; who has left out other cells is lent no less."""
    released = _released(name)
    cells = {check.function.removeprefix("check_"): grade_id for grade_id, check in released.checks.items()}
    hearings = Hearings(released, [cells[after], cells[task]], "somebody", b"")
    first, moved = hearings.of(cells[after]), hearings.of(cells[task])
    assert first is not None
    assert first.looks
    assert moved is not None
    assert not moved.looks


def test_a_check_that_there_is_not_is_no_end_of_a_submission() -> None:
    source = "from checks import check_backwards\ncheck_backwards(net, points=3)"
    cell = ReleasedCell("check_backwards", "code", True, source, "", grade=True, max_score=3)
    released = ReleasedNotebook("unknown", None, (cell,))
    notebook = new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": {"grade_id": cell.name}})])
    hearing = Hearings(released, [cell.name], "somebody", b"").of(cell.name)
    assert hearing is not None
    assert hearing.looks == {}
    assert hearing.next_look(None) is None
    assert "could not be judged" in judged(notebook, released, {cell.name: hearing})[cell.name].remark
