"""Before anybody is graded the instructor's version earns full marks in the sandbox, or nobody is graded."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from course.grading.driver.autograding import autograde
from course.grading.driver.instructor import PLACE, InstructorFirst, Trial
from course.grading.driver.workplace import Workplace
from course.grading.sandbox.limits_met import limit_met
from course.grading.sandbox.surroundings import surroundings
from course.problems import CannotRun
from tests.course.grading.driver.test_bad_input import contents
from tests.course.grading.plain_course import FULL, NAME, Grade, PlainCourse, cell_of
from tests.course.grading.worker.test_world import write

OWN = {
    "less than full marks": ("add", "def add(a, b):\n    return a - b", "cell test_add", "AssertionError"),
    "too few points": ("mean", "def mean(numbers):\n    return 3", "cell score_mean", "0 of 2 points"),
    "words on stderr": ("add", "def add(a, b):\n    import sys\n    print('slow', file=sys.stderr)\n    return a + b",
                        "cell test_add", "stderr"),
    "a cell without a grade": ("total", "import nothing_of_that_name\ndef total(numbers):\n    return sum(numbers)",
                               "cell total", "nothing_of_that_name"),
    "the disk": ("add", "def add(a, b):\n    open('big', 'wb').write(bytes(300 << 20))\n    return a + b",
                 "cell test_add", "c.Sandbox.disk"),
    "files": ("add", "def add(a, b):\n    few = [open('/dev/null') for _ in range(999)]\n    return a + b",
              "cell test_add", "c.Sandbox.open_files"),
    "threads": ("add", "def add(a, b):\n    import threading, time\n    for _ in range(100):\n"
                       "        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n    return a + b",
                "cell test_add", "processes"),
    "a file above the folder": ("add", "open('../shared.csv')\ndef add(a, b):\n    return a + b",
                                "cell add", "../shared.csv"),
    "the end of the process": ("total", "import os\nos._exit(3)", "cell total", "exit status 3"),
}  # fmt: skip


@pytest.fixture
def course(plain_released: PlainCourse, tmp_path: Path) -> PlainCourse:
    course = plain_released.copy(tmp_path / "course")
    course.hand_in("ada", course.solved())
    course.hand_in("ben", course.solved(add="def add(a, b):\n    return a - b"))
    return course


def _write(course: PlainCourse, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the instructor's notebook, after its release."""
    notebook = json.loads(course.source().read_text(encoding="utf-8"))
    change(notebook)
    course.source().write_text(json.dumps(notebook), encoding="utf-8")


def _answering(name: str, answer: str) -> Callable[[dict[str, Any]], Any]:
    return lambda notebook: cell_of(notebook, name).update(source=answer)


@pytest.mark.parametrize("what", OWN)
def test_what_fails_for_the_instructor_ends_the_run_and_is_named(what: str, course: PlainCourse, grade: Grade) -> None:
    name, answer, *named = OWN[what]
    _write(course, _answering(name, answer))
    before = contents(course.root)
    ran = grade(course)
    assert (ran.status, ran.stdout) == (2, ""), ran.stdout + ran.stderr
    [sentence] = ran.stderr.strip().splitlines()
    assert all(word in sentence for word in (*named, f"{NAME}.ipynb", "--anyway")), sentence
    assert contents(course.root) == before, "nobody is graded"


def test_without_the_trial_a_class_is_graded_where_the_instructor_fails(
    course: PlainCourse, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: everybody gets a grade, and nothing is said."""
    _write(course, _answering("add", OWN["less than full marks"][1]))
    monkeypatch.setattr(Trial, "needed", lambda *_: False)
    ran = grade(course)
    assert (ran.status, set(ran.states.values())) == (0, {"graded"})


def test_anyway_goes_on_and_says_so_in_every_row(course: PlainCourse, grade: Grade) -> None:
    _write(course, _answering("add", "def add(a, b):\n    return a - b"))
    ran = grade(course, "--anyway")
    assert ran.status == 0, ran.stderr
    assert ran.report["instructor"]["state"] == "failed"
    assert all("test_add" in note for row in ran.rows.values() for note in row["notes"][:1])
    again = grade(course)
    assert all(row["state"] == "unchanged" and "test_add" in row["notes"][0] for row in again.rows.values())
    assert not (course.root / PLACE).exists(), "what failed is tried again"


def test_what_passed_is_tried_again_only_when_something_has_changed(course: PlainCourse, grade: Grade) -> None:
    assert grade(course).report["instructor"] == {"state": "passed", "faults": [], "without": {}}
    assert grade(course).report["instructor"]["state"] == "not needed", "nobody was to be graded"
    assert grade(course, "--force").report["instructor"]["state"] == "passed before"
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Sandbox.disk = 200 << 20\n")
    assert grade(course, "--force").report["instructor"]["state"] == "passed"


@pytest.mark.parametrize("lacking", ["source", "answers"])
def test_without_an_instructors_version_the_summary_says_so(lacking: str, course: PlainCourse, grade: Grade) -> None:
    if lacking == "source":
        shutil.rmtree(course.root / "source")
    else:
        released = (course.root / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
        course.source().write_text(released, encoding="utf-8")
    ran = grade(course)
    told = ran.report["instructor"]
    assert (told["state"], list(told["without"])) == ("missing", [NAME])
    assert lacking in told["without"][NAME]
    assert set(ran.states.values()) == {"graded"}


def test_the_solution_stands_in_for_a_source_that_is_not_there(course: PlainCourse, grade: Grade) -> None:
    solution = course.root / "solution" / NAME
    shutil.copytree(course.source().parent, solution)
    course.source().unlink()
    ran = grade(course)
    assert (ran.status, ran.report["instructor"]["state"]) == (0, "passed"), ran.stderr
    assert ran.rows["ada"]["score"] == FULL


def test_an_error_that_shows_something_and_cells_for_a_person_do_not_count(course: PlainCourse, grade: Grade) -> None:
    meant = {"cell_type": "code", "id": "meant", "metadata": {"tags": ["raises-exception"]}, "outputs": [],
             "execution_count": None, "source": "1 / 0"}  # fmt: skip
    also = {**meant, "id": "also", "metadata": {}}
    _write(course, lambda notebook: notebook["cells"].extend([meant, also]))
    assert grade(course).report["instructor"]["state"] == "passed"


class _Graders:
    """Graders whose answers come in an order that is given; the instructor's version has an empty name."""

    slots = 2

    def __init__(self, *order: str) -> None:
        self._order, self.sent = list(order), list[str]()

    @property
    def in_flight(self) -> int:
        return len(self.sent)

    def send(self, student: str, submission: bytes) -> None:
        self.sent.append(student)

    def next(self) -> tuple[str, bytes]:
        student = next(one for one in self._order if one in self.sent)
        self.sent.remove(student)
        return student, student.encode()


class _Heard:
    """A trial that notes when it hears an answer, and may end the run."""

    def __init__(self, *, fails: bool) -> None:
        self.heard, self._fails = False, fails

    def submission(self) -> bytes:
        return b""

    def hear(self, answer: bytes | BaseException) -> None:
        self.heard = True
        if self._fails:
            raise CannotRun("it fails")


@pytest.mark.parametrize("order", [("", "ada", "ben"), ("ada", "", "ben"), ("ben", "ada", "")])
def test_no_answer_is_given_before_the_instructors_in_whatever_order_they_come(order: tuple[str, ...]) -> None:
    for fails in (False, True):
        trial, passed = _Heard(fails=fails), list[bool]()
        graders = InstructorFirst(_Graders(*order), cast(Trial, trial), lambda passed=passed: passed.append(True))
        for student in ("ada", "ben"):
            graders.send(student, b"")
        assert graders.in_flight == 2, "the instructor's version is nobody's submission"
        if fails:
            with pytest.raises(CannotRun):
                graders.next()
            assert passed == []
            continue
        given = []
        while graders.in_flight:
            given.append(graders.next()[0])
            assert trial.heard
        assert given == [student for student in order if student]
        assert passed == [True]


# --- what a row and the summary say -----------------------------------------------------------------------------------


def test_a_row_says_which_cell_lost_its_points_by_words_on_stderr_and_which_limit_was_met(
    course: PlainCourse, grade: Grade
) -> None:
    course.hand_in("ada", course.solved(add=OWN["words on stderr"][1]))
    course.hand_in("ben", course.solved(add=OWN["the disk"][1]))
    course.hand_in("cy", course.solved(add="import sys\nsys.stderr.write('harmless')\nadd = int.__add__"))
    rows = grade(course).rows
    assert [row["state"] for row in rows.values()] == ["graded"] * 3
    [ada], [ben] = rows["ada"]["notes"], rows["ben"]["notes"]
    assert "test_add" in ada
    assert "“slow”" in ada
    assert "c.Sandbox.disk" in ben
    assert rows["cy"]["notes"] == []


def test_a_row_says_whose_cell_took_too_long(course: PlainCourse, grade: Grade) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.Execute.timeout = 1\n")
    course.hand_in("ben", course.solved(add="def add(a, b):\n    while True:\n        pass"))
    rows = grade(course).rows
    assert rows["ada"]["notes"] == []
    [note] = rows["ben"]["notes"]
    assert "test_add" in note
    assert "c.Execute.timeout" in note


def test_the_same_error_in_more_than_half_of_the_class_is_said(course: PlainCourse, grade: Grade) -> None:
    missing = "import nothing_of_that_name\ntotal = sum"
    for student in ("ada", "cy"):
        course.hand_in(student, course.solved(total=missing))
    common = grade(course).report["common_errors"]
    assert common == [
        {
            "cell": f"{NAME}/total",
            "error": "ModuleNotFoundError",
            "message": "No module named 'nothing_of_that_name'",
            "submissions": 2,
            "of": 3,
        }
    ] + [one for one in common if one["cell"] != f"{NAME}/total"]
    assert {one["cell"] for one in common} == {f"{NAME}/total", f"{NAME}/test_total"}


class _Disguised(OSError):
    """What a student may make of an error."""

    errno = "any"  # type: ignore[assignment]

    @property
    def __class__(self) -> type:  # type: ignore[override]
        raise SystemExit

    @property
    def __cause__(self) -> BaseException:  # type: ignore[override]
        raise SystemExit


def _led_to_another(error: BaseException) -> BaseException:
    other = ValueError()
    other.__context__ = error
    return other


@pytest.mark.parametrize(
    ("failed", "limit"),
    [
        (lambda: OSError(errno.ENOSPC, "full"), "disk"),
        (lambda: _led_to_another(OSError(errno.ENOSPC, "full")), "disk"),
        (lambda: _Disguised(errno.EMFILE, "many"), "open_files"),
        (lambda: _led_to_another(_Disguised(errno.EMFILE, "many")), "open_files"),
        (lambda: _Disguised(), None),
        (MemoryError, "memory"),
        (lambda: RuntimeError("can't start new thread"), None),
        (lambda: "no error", None),
        (lambda: None, None),
    ],
)
def test_which_limit_was_met_is_found_without_asking_what_a_student_has_made(
    failed: Callable[[], Any], limit: str | None
) -> None:
    assert limit_met(failed()) == limit


# --- what notebooks find where they run -------------------------------------------------------------------------------

HELPED = "def add(a, b):\n    import lab\n    return lab.add(a, b)"
LAB = {"lab.py": "from lab_parts import add\n", "lab_parts/__init__.py": "def add(a, b):\n    return a + b\n"}


def test_another_helper_module_is_what_the_warm_workers_of_the_next_run_find(
    course: PlainCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "lib", LAB)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"), prepend=os.pathsep)
    monkeypatch.syspath_prepend(tmp_path / "lib")
    _write(course, _answering("add", HELPED))
    with Workplace(workers=1) as workplace:
        assert autograde(NAME, course_dir=course.root, workplace=workplace).instructor["state"] == "passed"
        again = autograde(NAME, course_dir=course.root, workplace=workplace, force=True)
        assert again.instructor["state"] == "passed before"
        (tmp_path / "lib" / "lab_parts" / "__init__.py").write_text("def add(a, b):\n    return 0\n")
        with pytest.raises(CannotRun, match="test_add"):
            autograde(NAME, course_dir=course.root, workplace=workplace, force=True)


def test_what_a_kernel_sets_and_what_a_helper_holds_are_surroundings_and_what_is_installed_is_as_it_is(
    tmp_path: Path,
) -> None:
    write(tmp_path, LAB)
    modules, path = ("json", "lab", "numpy"), ("PYTHONPATH", str(tmp_path))
    first = surroundings(modules, (path,))
    assert surroundings(modules, (path,)) == first
    assert surroundings(modules, (path, ("SET_BY", "its kernel"))) != first
    (tmp_path / "lab_parts" / "__init__.py").touch()
    assert surroundings(modules, (path,)) == first
    (tmp_path / "lab_parts" / "__init__.py").write_text("add = max\n")
    assert surroundings(modules, (path,)) != first
