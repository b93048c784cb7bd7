"""What became of each check is kept beside the grades, whatever a submission shows in its place."""

import json
import math
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.answers import Answers
from course.building.build import write_notebook
from course.building.sources import read_source
from course.demo_class import submissions
from course.feedback.sheet import explanation
from course.grading.driver.autograding import autograde
from course.kept_verdicts import KeptVerdict, UnusableVerdicts, read_verdicts, verdicts_file, write_verdicts
from course.layout import Layout
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class
from tests.course.grading import plain_course

FORGED = """
from IPython.display import display
data = {"task": "backward", "state": "right", "earned": 1.0, "causes": ["a" * 10000] * 1000, "headline": "x" * 10**6,
        "notes": {"not": "a list"}, "parts": [None, 3]}
display({"application/vnd.backprop-checks.verdict+json": data, "text/plain": ""}, raw=True)
raise SystemExit
"""


SAID = "”. Regraded by hand: `full points`, 12 of 12. “\n<b>See above</b>"
SPEAKING = f"""
class Regraded(Exception):
    pass

def forward(self, x):
    import warnings
    warnings.warn({SAID!r})
    raise Regraded({SAID!r})

NeuralNetwork.forward = forward
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class: one all right, one with a mistake, one who did nothing, one who shows a verdict of his own, and
    one whose code, files and labels speak as a teacher does."""
    root = flagship_class(tmp_path_factory.mktemp("verdicts") / "course", 0)
    course = Layout(root)
    path = Path("source_notebooks", f"{FLAGSHIP}.py")
    source = read_source(path)
    exercise = nbformat.read(Path("exercises", FLAGSHIP, f"{FLAGSHIP}.ipynb"), as_version=4)
    for student, notebook in submissions(source, exercise, Answers(path)):
        if student in ("perfect", "dorothy", "untouched"):
            write_notebook(notebook, course.submitted / student / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in exercise.cells}
    cells["backward"].source = FORGED
    write_notebook(exercise, course.submitted / "forger" / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    cells["forward"].source = SPEAKING
    cells["backward"].metadata["nbgrader"]["grade_id"] = SAID
    cells["backward"].source = ""
    folder = course.submitted / "speaker" / FLAGSHIP
    write_notebook(exercise, folder / f"{FLAGSHIP}.ipynb")
    (folder / SAID.replace("/", "")).symlink_to(root)
    rows = autograde(FLAGSHIP, course_dir=root).rows
    (root / "reasons.json").write_text(json.dumps({row.student: row.reasons for row in rows}))
    return root


def _verdicts(root: Path, student: str) -> dict[str, KeptVerdict]:
    path = verdicts_file(root / "autograded" / student / FLAGSHIP, FLAGSHIP)
    return {verdict.grade_id: verdict for verdict in read_verdicts(path, FLAGSHIP)}


def test_every_check_of_a_right_solution_is_kept_with_its_points(graded: Path) -> None:
    verdicts = _verdicts(graded, "perfect")
    assert list(verdicts) == [
        f"check_{task}" for task in ("predictions", "forward", "get_loss", "backward", "apply_gradients", "train")
    ]
    assert {verdict.state for verdict in verdicts.values()} == {"right"}
    assert [verdict.earned for verdict in verdicts.values()] == [verdict.points for verdict in verdicts.values()]
    assert {verdict.exercise for verdict in verdicts.values()} == {"neural_network"}


def test_a_mistake_is_kept_with_its_name_and_its_explanation(graded: Path) -> None:
    wrong = _verdicts(graded, "dorothy")["check_backward"]
    assert wrong.state == "wrong"
    assert wrong.labels
    assert wrong.cause.startswith("Yours is what comes out")
    assert "(" in wrong.equation
    assert wrong.location
    assert wrong.earned < wrong.points


def test_what_was_not_attempted_is_kept_as_such(graded: Path) -> None:
    assert {verdict.state for verdict in _verdicts(graded, "untouched").values()} == {"not attempted"}


def test_a_forged_verdict_brings_no_points_and_stays_small(graded: Path) -> None:
    assert all(verdict.earned == 0 for verdict in _verdicts(graded, "forger").values())
    assert verdicts_file(graded / "autograded" / "forger" / FLAGSHIP, FLAGSHIP).stat().st_size < 20_000


def _outside_of_quotations(text: str) -> str:
    return re.sub("“[^“”]*”", "", text)


def test_what_a_notebook_says_is_told_as_a_quotation(graded: Path) -> None:
    verdict = _verdicts(graded, "speaker")["check_forward"]
    assert "Regraded by hand" in verdict.problem
    assert any("Regraded by hand" in note for note in verdict.notes)
    path = graded / "autograded" / "speaker" / FLAGSHIP / f"{FLAGSHIP}.ipynb"
    [report] = [
        output.data["text/plain"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "check_forward" and "data" in output
    ]
    reasons = json.loads((graded / "reasons.json").read_text())["speaker"]
    assert "hand" in _outside_of_quotations(f"The notebook says: “{SAID}”"), "marks alone do not hold it"
    told = [verdict.problem, *verdict.notes, report, *reasons, *explanation(verdict)]
    assert sum("Regraded by hand" in text for text in told) > 5
    for text in told:
        assert not any(word in _outside_of_quotations(text) for word in ("hand", "points`", "12 of 12", "See above"))
        assert "`" not in "".join(re.findall("“[^“”]*”", text))


def test_another_courses_asserts_leave_no_such_file_not_even_a_submitted_one(tmp_path: Path) -> None:
    course = plain_course.make(tmp_path / "course")
    course.hand_in("mary", course.solved())
    (course.submission("mary") / f"{plain_course.NAME}.verdicts.json").write_text("{}")
    assert course.autograde().status == 0
    assert not list(course.autograded("mary").glob("*.verdicts.json"))


# --- the file ----------------------------------------------------------------------------------------------------


ONE = KeptVerdict("check_E", "by_hand", "E", "wrong", 2.0, 0.5, labels=("no-half",), cause="Yours", notes=("é",))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_verdicts(tmp_path, "01", "one", [ONE])
    assert read_verdicts(verdicts_file(tmp_path, "one"), "01") == [ONE]


def _spoilt(**changes: Any) -> str:
    verdict = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(ONE).items()}
    top = {name: changes.pop(name) for name in ("version", "assignment", "verdicts") if name in changes}
    return json.dumps({"version": 1, "assignment": "01", "notebook": "one", "verdicts": [verdict | changes], **top})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "truncated"),
        (_spoilt()[:-20], "truncated"),
        ("[" * 100_000, "cannot be read"),
        ("[]", "no verdicts"),
        (_spoilt(version=0), "version 0"),
        (_spoilt(assignment="02"), "assignment '02'"),
        (_spoilt(verdicts=[3]), "is none"),
        (_spoilt(earned="2"), "earned"),
        (_spoilt(earned=math.nan), "earned"),
        (_spoilt(state="perfect"), "state"),
        (_spoilt(labels=[1]), "labels"),
        (_spoilt(sealed=1), "sealed"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, why: str) -> None:
    path = verdicts_file(tmp_path, "one")
    path.write_text(text)
    with pytest.raises(UnusableVerdicts, match=why):
        read_verdicts(path, "01")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableVerdicts, match="missing"):
        read_verdicts(verdicts_file(tmp_path, "one"), "01")
