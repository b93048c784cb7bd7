"""Which graded cells are judged outside is read from the release: all that call a check, none that call another."""

from pathlib import Path

import nbformat
import pytest

from course.grading.judging.graded_checks import GradedCheck, called_check, names_of_checks, uses_our_package

EXERCISES = sorted(path.name for path in Path("exercises").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", EXERCISES)
def test_every_check_cell_of_an_exercise_is_found(name: str) -> None:
    cells = nbformat.read(f"exercises/{name}/{name}.ipynb", as_version=4).cells
    names = names_of_checks([cell.source for cell in cells if cell.cell_type == "code"])
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("points") and "check_" in cell.source]
    graded = [cell for cell in graded if cell.cell_type == "code" and not cell.metadata["nbgrader"]["solution"]]
    assert graded
    for cell in graded:
        found = called_check(cell.source, names)
        assert found is not None, cell.source
        assert f"{found.function}(" in cell.source


@pytest.mark.parametrize(
    ("imports", "cell", "expected"),
    [
        ("from checks import check_backward", "check_backward(net, points=3)", ("checks", "check_backward")),
        ("from checks.by_hand import check_E as e", "x = 1\ne(E, points=1)", ("checks.by_hand", "check_E")),
        ("import checks", "checks.check_train(train)", ("checks", "check_train")),
        ("from checks import by_hand as b", "b.check_E(E)", ("checks.by_hand", "check_E")),
    ],
)
def test_it_is_found_however_it_is_imported(imports: str, cell: str, expected: tuple[str, str]) -> None:
    assert called_check(cell, names_of_checks([imports])) == GradedCheck(*expected)


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ("from checks import check_backward", "assert check_backward(net)"),
        ("from checks import check_backward", "check_backward(net)\nx = 1"),
        ("from checks import check_backward", "print(net)"),
        ("from other import check_backward", "check_backward(net)"),
        ("from checks.by_hand import check_E\ncheck_E = lenient", "check_E(E)"),
        ("from checks.by_hand import check_E\nfor check_E in others: pass", "check_E(E)"),
        ("from checks.by_hand import personal\nmine = personal(a)\nmine = other(b)", "mine.check_E(E)"),
        ("from checks import hint", "hint('backward')"),
        ("", "check_backward("),
    ],
)
def test_what_ends_in_something_else_is_none(given: str, cell: str) -> None:
    assert called_check(cell, names_of_checks([given])) is None


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ("from checks.by_hand import check_E, personal\nmine = personal(None)\ncheck_E = mine.check_E", "check_E(E)"),
        ("from checks.by_hand import personal\na, b = personal(x), 1\nc, d = (a.check_E, 2)", "c(E, points=2)"),
        ("from checks.by_hand import personal\nmine = personal(None)", "mine.check_E(E)"),
        ("from checks import by_hand", "by_hand.personal(student).check_E(E)"),
    ],
)
def test_the_check_of_ones_own_network_is_found(given: str, cell: str) -> None:
    assert called_check(cell, names_of_checks([given])) == GradedCheck("checks.by_hand", "check_E", personal=True)


@pytest.mark.parametrize("cell", ["assert check_E(E) is None", "score = b.check_E(E)", "checks.check_train(train); 1"])
def test_another_use_of_a_check_is_seen(cell: str) -> None:
    names = names_of_checks(["from checks.by_hand import check_E\nimport checks\nfrom checks import by_hand as b"])
    assert called_check(cell, names) is None
    assert uses_our_package(cell, names)
    assert not uses_our_package("assert E == 3", names)
