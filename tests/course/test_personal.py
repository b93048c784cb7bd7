"""Numbers of one's own for every student: `course release --personal`, then plain nbgrader on what comes back."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from checks.by_hand.personal import class_list, fingerprint
from course.building.nbgrader_steps import autograde
from course.building.personal import read_roster
from course.building.release import release
from course.building.reported import is_check, read_verdict
from course.grading.driver.autograding import autograde as course_autograde
from course.layout import Layout
from course.problems import CannotRun

NAME = "01_by_hand"
REPOSITORY = Path(__file__).parents[2]
STUDENTS = ("ada", "ben", "cleo")
NUMBERS = ("forward", "E", "error_signals", "gradients", "update")

pytestmark = pytest.mark.nbgrader


class PersonalCourse:
    """A course of its own with the personal edition of the real exercise, and the teacher's key to it."""

    def __init__(self, root: Path) -> None:
        self.layout = Layout(root)
        (root / "source_notebooks").mkdir()
        shutil.copy(REPOSITORY / "nbgrader_config.py", root)
        shutil.copy(REPOSITORY / "source_notebooks" / f"{NAME}.py", root / "source_notebooks")
        shutil.copytree(REPOSITORY / "checks", root / "checks", ignore=shutil.ignore_patterns("__pycache__"))
        self.roster = root / "roster.csv"
        self.roster.write_text("id,first_name\n" + "".join(f"{student},\n" for student in STUDENTS), encoding="utf-8")
        self.key_file = root / "key.csv"

    @property
    def release_folder(self) -> Path:
        return self.layout.exercises / NAME

    def key(self) -> dict[str, dict[str, float]]:
        with self.key_file.open(encoding="utf-8", newline="") as file:
            rows = {row.pop("id"): row for row in csv.DictReader(file)}
        return {student: {name: float(number) for name, number in row.items()} for student, row in rows.items()}

    def hand_in(self, student: str, typed_id: str, key: dict[str, float], forged_list: str = "") -> None:
        """Hand in what a student wrote who typed an id and the right numbers of a key, and perhaps forged the list."""
        notebook = nbformat.read(self.release_folder / f"{NAME}.ipynb", as_version=4)
        groups = {
            "forward": "s3 s4 o3 o4 s5 s6 o5 o6",
            "error_signals": "delta5 delta6 delta3 delta4",
            "gradients": "g53 g54 g63 g64 g31 g32 g41 g42",
            "update": "w53 w54 w63 w64 w31 w32 w41 w42",
        }
        for cell in notebook.cells:
            if cell.source.startswith("student = None"):
                cell.source = f"student = {typed_id!r}"
            elif cell.id == "E":
                cell.source = f"E = {key['E']}"
            elif cell.id in groups:
                cell.source = f"{cell.id} = { ({name: key[name] for name in groups[cell.id].split()})!r}"
        folder = self.layout.submitted / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NAME}.ipynb")
        if forged_list:
            (folder / "class.json").write_text(forged_list, encoding="utf-8")
        autograde(self.layout, NAME, student)

    def verdicts(self, student: str) -> dict[str, str]:
        """Return what the checks of the typed numbers said."""
        notebook = nbformat.read(self.layout.autograded / student / NAME / f"{NAME}.ipynb", as_version=4)
        said = {cell.id.removeprefix("check_"): read_verdict(cell) for cell in notebook.cells if is_check(cell)}
        return {name: verdict.state if verdict else "no verdict" for name, verdict in said.items() if name in NUMBERS}


@pytest.fixture(scope="module")
def personal(tmp_path_factory: Any) -> PersonalCourse:
    course = PersonalCourse(tmp_path_factory.mktemp("personal"))
    [released] = release([NAME], personal=course.roster, answers=course.key_file, root=course.layout.root)
    assert released.outcome == "built", released.problems
    return course


@pytest.fixture(scope="module")
def compared(personal: PersonalCourse) -> str:
    """What became of comparing it with a fresh build, a key being asked for."""
    key = personal.layout.root / "another key.csv"
    [compared] = release([NAME], check=True, personal=personal.roster, answers=key, root=personal.layout.root)
    assert not key.exists()
    return compared.outcome


def test_everybody_gets_other_numbers_and_the_key_has_them(personal: PersonalCourse) -> None:
    key = personal.key()
    assert set(key) == set(STUDENTS)
    assert len({tuple(numbers.values()) for numbers in key.values()}) == len(STUDENTS)


def test_no_id_stands_in_what_students_get(personal: PersonalCourse) -> None:
    for file in personal.release_folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not any(f'"{student}"' in text for student in STUDENTS if student != "ada")
    assert "ada" not in (personal.release_folder / "class.json").read_text(encoding="utf-8")


def test_it_is_built_once_and_compared_like_any_release(personal: PersonalCourse, compared: str) -> None:
    [again] = release(personal=personal.roster, root=personal.layout.root)
    assert (again.outcome, compared) == ("unchanged", "as built")


def test_plain_nbgrader_marks_a_student_with_the_students_own_numbers(personal: PersonalCourse) -> None:
    personal.hand_in("ada", "ada", personal.key()["ada"])
    assert personal.verdicts("ada") == dict.fromkeys(NUMBERS, "right")


def test_solving_another_students_network_earns_nothing_even_with_the_others_id_or_a_forged_list(
    personal: PersonalCourse,
) -> None:
    forged = json.dumps({fingerprint("ben"): class_list(["ada"])[fingerprint("ada")]})
    personal.hand_in("ben", "ada", personal.key()["ada"], forged)
    assert set(personal.verdicts("ben").values()) <= {"wrong", "cannot be checked", "blocked"}


def test_a_forgotten_id_costs_nothing_when_graded(personal: PersonalCourse) -> None:
    personal.hand_in("cleo", "", personal.key()["cleo"])
    assert personal.verdicts("cleo") == dict.fromkeys(NUMBERS, "right")


def test_course_autograde_knows_whose_numbers_are_whose_as_well(personal: PersonalCourse) -> None:
    graded_by_nbgrader = {student: personal.verdicts(student) for student in STUDENTS}
    graded = course_autograde(NAME, course_dir=personal.layout.root, students=STUDENTS, force=True)
    assert [row.state for row in graded.rows] == ["graded"] * len(STUDENTS)
    assert {student: personal.verdicts(student) for student in STUDENTS} == graded_by_nbgrader


def test_a_latecomer_at_the_end_of_the_list_changes_nobody_elses_numbers() -> None:
    first = class_list(["ada", "ben"])
    assert {**class_list(["ada", "ben", "zoe"]), **first} == class_list(["ada", "ben", "zoe"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name\nada\n", "no column `id`"),
        ("id\n", "no students"),
        ("id\nada\nAda\n", "again on line 3"),
        ("id,email\n,a@b.c\nada,\n", "line 2"),
        ("id;email\nada;a@b.c\n", "separate columns by commas"),
        ('id\nada\n"ben\ncleo\n', "line 4"),
        ("id\nada\n\n\n..\n", "line 5"),
        ("id\n" + "x" * 300 + "\n", "line 2"),
        ("id\nzo\u00e9\nzoe\u0301\n", "again on line 3"),
    ],
)
def test_a_roster_that_cannot_be_used_is_told_in_one_sentence(
    personal: PersonalCourse, tmp_path: Path, text: str, word: str
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun, match=word):
        release(personal=roster, root=personal.layout.root)


def test_a_roster_may_come_from_a_spreadsheet(tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_bytes('\ufeff\r\nid,remark\r\nada,"on\r\nleave"\r\n\r\n žofie ,\r\n"ben o\'neil",x\r\n'.encode())
    assert read_roster(roster).students == ("ada", "žofie", "ben o'neil")


def test_an_exercise_without_a_personal_edition_is_named(course: Any, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id\nada\n", encoding="utf-8")
    with pytest.raises(CannotRun, match="no personal edition"):
        release([course.name], personal=roster, root=course.root)


def test_comparing_writes_no_key_and_a_missing_folder_is_told_before_anything_is_built(
    personal: PersonalCourse, compared: str, tmp_path: Path
) -> None:
    assert compared == "as built"  # and there is no key
    with pytest.raises(CannotRun, match="there is no folder"):
        release([NAME], personal=personal.roster, answers=tmp_path / "no" / "key.csv", root=personal.layout.root)
