"""What is missing, broken or hostile is left out and said, and never harms the page or the tables."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from course.kept_verdicts import KeptVerdict
from course.page_policy import POLICY
from course.problems import CannotRun
from course.report import report
from tests.course import progress_lines
from tests.course.feedback.nosy import ALERT, LOADED
from tests.course.listening_browser import listening_browser
from tests.course.report.made_up_class import (
    NAME,
    MadeUpClass,
    all_right,
    attempt,
    right,
    unexplained,
    wrong,
)
from tests.course.report.reading_pages import PageReader, read_page

COURSE = Path(sys.executable).parent / "course"
SCRIPT = "<script>alert(1)</script>"
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)


def run(made: MadeUpClass, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return typed(NAME, "--course-dir", made.root, *options)


def typed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run([COURSE, "report", *words], capture_output=True, text=True, timeout=300, check=False)
    ran.stderr = progress_lines.without(ran.stderr)
    return ran


def page_of(made: MadeUpClass, **options: bool) -> PageReader:
    return read_page(report(NAME, course_dir=made.root, **options).page)


def spoil(made: MadeUpClass, **fields: object) -> None:
    """Change fields of bob's file of verdicts."""
    data = json.loads(made.verdicts("bob").read_text())
    made.verdicts("bob").write_text(json.dumps({**data, **fields}))


@pytest.fixture
def graded(made: MadeUpClass) -> MadeUpClass:
    """Ada and Bob are graded."""
    for student in ("ada", "bob"):
        made.grade(student, all_right())
    return made


# --- who is left out -------------------------------------------------------------------------------------------


def test_the_command_says_where_the_report_is(graded: MadeUpClass) -> None:
    ran = run(graded)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "2 students, 27 of the checks' 27 points on average" in ran.stdout
    assert ran.stdout.rstrip().endswith(f"reports/{NAME}/report.html")


def test_a_missing_verdict_file_is_left_out_and_named(graded: MadeUpClass) -> None:
    graded.verdicts("bob").unlink()
    ran = run(graded)
    assert ran.returncode == 1
    assert "! bob is left out" in ran.stdout
    assert "it is missing" in ran.stdout
    assert "1 student," in ran.stdout


def test_a_truncated_verdict_file_is_left_out_and_named(graded: MadeUpClass) -> None:
    file = graded.verdicts("bob")
    file.write_text(file.read_text()[:300])
    [left_out] = report(NAME, course_dir=graded.root).left_out
    assert left_out.student == "bob"
    assert "truncated" in left_out.reason


def test_an_old_verdict_file_is_left_out_and_named(graded: MadeUpClass) -> None:
    spoil(graded, version=0)
    [left_out] = report(NAME, course_dir=graded.root).left_out
    assert left_out.student == "bob"
    assert "version 0" in left_out.reason


@pytest.mark.parametrize("points", [float("inf"), -3.0, 1e300, 10**400])
def test_points_that_nobody_can_reckon_with_are_left_out(graded: MadeUpClass, points: float) -> None:
    verdict = {**vars(right("train")), "earned": points}
    spoil(graded, verdicts=[verdict])
    written = report(NAME, course_dir=graded.root)
    assert [one.student for one in written.left_out] == ["bob"]
    assert written.mean == written.out_of


def test_a_verdict_file_that_is_a_link_or_a_pipe_is_left_out(graded: MadeUpClass) -> None:
    graded.verdicts("bob").unlink()
    os.mkfifo(graded.verdicts("bob"))
    graded.grade("cyd", None)
    graded.verdicts("cyd").symlink_to(graded.verdicts("ada"))
    written = report(NAME, course_dir=graded.root)
    assert {one.student: one.reason for one in written.left_out} == dict.fromkeys(
        ("bob", "cyd"), "it is no regular file"
    )


def test_who_handed_in_but_is_not_graded_is_named(graded: MadeUpClass) -> None:
    graded.folder("cyd", "submitted").mkdir(parents=True)
    [left_out] = report(NAME, course_dir=graded.root).left_out
    assert (left_out.student, str(left_out)) == ("cyd", "handed in, but not graded yet")


def test_a_notebook_for_which_nobody_has_verdicts_is_no_reason_to_leave_anybody_out(graded: MadeUpClass) -> None:
    for student in ("ada", "bob"):
        (graded.folder(student) / "essay.ipynb").write_text("{}")
        graded.record(student)
    assert report(NAME, course_dir=graded.root).left_out == ()


def test_the_page_says_what_was_left_out_and_names_it_when_asked(graded: MadeUpClass) -> None:
    spoil(graded, version=0)
    hidden = page_of(graded)
    assert "without 1 student" in hidden.text
    assert "version 0" in hidden.text
    assert "bob" not in hidden.text
    assert "version 0" in page_of(graded, names=True).row("bob")[1]


def test_who_handed_in_nothing_is_told_by_the_gradebook(graded: MadeUpClass) -> None:
    from nbgrader.api import Gradebook

    from course.kernel import own_tools

    with own_tools(), Gradebook(f"sqlite:///{graded.root}/gradebook.db", "made-up") as gradebook:
        gradebook.add_assignment(NAME)
        for student in ("ada", "bob", "zacharias"):
            gradebook.add_student(student)
    for student in ("ada", "bob"):
        graded.folder(student, "submitted").mkdir(parents=True)
    graded.folder("zacharias", "submitted").with_name("05_neural_netwrk").mkdir(parents=True)
    written = report(NAME, course_dir=graded.root)
    assert [(one.student, one.likely) for one in written.missing] == [
        ("zacharias", "submitted/zacharias/05_neural_netwrk")
    ]
    assert written.status == 0
    assert any("zacharias" in line and "05_neural_netwrk" in line for line in written.lines())
    hidden = page_of(graded)
    assert "1 student of the gradebook has handed in nothing" in hidden.text
    assert "zacharias" not in hidden.text
    assert "05_neural_netwrk" in page_of(graded, names=True).row("zacharias")[1]


# --- where there is nothing to report --------------------------------------------------------------------------


def test_an_unknown_assignment_is_one_sentence(graded: MadeUpClass) -> None:
    ran = typed("05_neural_netwrk", "--course-dir", graded.root)
    assert ran.returncode == 2
    assert ran.stderr == f'course: the course has no assignment 05_neural_netwrk; did you mean "{NAME}"?\n'


@pytest.mark.parametrize("name", ["", "..", "../secret", "a/b", ".hidden"])
def test_a_name_that_leads_elsewhere_is_refused(graded: MadeUpClass, name: str) -> None:
    with pytest.raises(CannotRun, match="name of an assignment"):
        report(name, course_dir=graded.root)


def test_nothing_graded_yet_is_one_sentence(made: MadeUpClass) -> None:
    with pytest.raises(CannotRun, match=r"nothing of .* is graded yet.*run `course autograde"):
        report(NAME, course_dir=made.root)


def test_no_usable_verdicts_at_all_is_one_sentence(made: MadeUpClass) -> None:
    made.grade("ada", [])
    made.verdicts("ada").unlink()
    with pytest.raises(CannotRun, match=r"no verdicts on .* can be used .*--force"):
        report(NAME, course_dir=made.root)


@pytest.mark.parametrize("kept", [None, []])
def test_an_assignment_without_checks_is_one_sentence(kept: list[KeptVerdict] | None, made: MadeUpClass) -> None:
    made.grade("ada", kept)
    with pytest.raises(CannotRun, match=r"no graded cell of .* is a check"):
        report(NAME, course_dir=made.root)


def test_a_place_that_cannot_be_written_is_one_sentence(graded: MadeUpClass, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    ran = run(graded, "--out", tmp_path / "file")
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "--out" in ran.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_a_report_that_cannot_be_finished_leaves_the_old_files_and_nothing_half(
    graded: MadeUpClass, tmp_path: Path
) -> None:
    folder = report(NAME, course_dir=graded.root, out=tmp_path / "out").page.parent
    (folder / "report.html").unlink()
    (folder / "report.html").mkdir()
    with pytest.raises(CannotRun, match="cannot be written"):
        report(NAME, course_dir=graded.root, out=folder)
    names = ["mistakes.csv", "report.html", "students.csv", "tasks.csv"]
    assert sorted(path.name for path in folder.iterdir()) == names


# --- text from strangers ---------------------------------------------------------------------------------------


def hostile(task: str) -> list[object]:
    """Return a wrong verdict every text of which tries to be HTML, a formula, and much too long."""
    long = f"{SCRIPT}\u202e\ud800\x00" + '"><img src=x onerror=alert(1)>' * 2000
    texts = ("headline", "location", "cause", "equation", "problem", "evidence", "next_step")
    verdict = {**vars(wrong(task, 0)), **dict.fromkeys(texts, long)}
    return [{**verdict, "labels": [f"={SCRIPT}", long], "task": f"+{SCRIPT}", "grade_id": f"-{long[:300]}"}]


def test_hostile_text_is_shown_as_text_and_cut(graded: MadeUpClass) -> None:
    spoil(graded, verdicts=hostile("backward"))
    written = report(NAME, course_dir=graded.root)
    page = read_page(written.page)
    assert not {"script", "img", "a", "iframe", "link"} & {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert SCRIPT in page.text
    assert written.page.stat().st_size < 100_000


@pytest.mark.browser
def test_nothing_on_the_page_loads_or_runs(graded: MadeUpClass, tmp_path: Path) -> None:
    attack = f"<script>{ALERT}</script>" + LOADED["img"] + LOADED["stylesheet"]
    texts = dict.fromkeys(("headline", "location", "cause", "equation", "problem", "next_step"), attack)
    spoil(graded, verdicts=[{**vars(wrong("backward", 0)), **texts, "labels": [attack], "task": attack}])
    page = report(NAME, course_dir=graded.root, names=True).page
    written = page.read_text(encoding="utf-8")
    believed, free = tmp_path / "believed.html", tmp_path / "free.html"
    believed.write_text(unescape(written), encoding="utf-8")
    free.write_text(unescape(written).replace(POLICY, ""), encoding="utf-8")
    with listening_browser() as browser:
        ours, policy_alone, neither = browser.visit([page, believed, free])
    assert ours.asked == [page.as_uri()]
    assert ours.title == policy_alone.title != neither.title == "owned"
    assert not ours.heard + policy_alone.heard
    assert {"/img", "/stylesheet"} <= set(neither.heard)


def test_ids_are_shown_as_text_too(made: MadeUpClass) -> None:
    student = '=cmd|"<b>'
    made.grade(student, all_right())
    assert page_of(made, names=True).row(student)[1] == "27"
    with (made.root / "reports" / NAME / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["student"] == f"'{student}"


PARTED = {**vars(unexplained("forward")), "labels": ["a;=1+1"], "headline": "a;=1+1", "grade_id": "parted"}


def test_no_cell_of_a_table_is_a_formula(graded: MadeUpClass) -> None:
    spoil(graded, verdicts=[*hostile("backward"), {**vars(unexplained("train")), "headline": " @SUM(A1)"}, PARTED])
    folder = report(NAME, course_dir=graded.root).page.parent
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for field in row for cell in field.split(";")]  # as Excel may
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_the_page_needs_nothing_else_and_no_script(graded: MadeUpClass) -> None:
    graded.log("ada", [attempt("train", "right", MONDAY)])
    page = page_of(graded)
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not {"src", "href", "srcset"} & {name for _, attributes in page.tags for name in attributes}
    policy = [attributes["content"] for tag, attributes in page.tags if "http-equiv" in attributes]
    assert POLICY in policy
    assert "url(" not in (graded.root / "reports" / NAME / "report.html").read_text(encoding="utf-8")


def test_tables_are_tables_with_captions_and_headings(graded: MadeUpClass) -> None:
    page = page_of(graded)
    tags = [tag for tag, _ in page.tags]
    assert tags.count("main") == 1
    assert ("html", {"lang": "en"}) in page.tags
    assert tags.count("caption") == tags.count("table") > 0
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th")


# --- logs of attempts ------------------------------------------------------------------------------------------

BAD_LINES = (
    "no json",
    "[]",
    "3",
    "{}",
    "[" * 1900,
    attempt("train", "sleeping", MONDAY),
    attempt("train", "right", MONDAY + timedelta(days=365_000)),
    attempt("train", "right", MONDAY).replace("2025", "1825"),
    attempt("train", "right", MONDAY).replace('"train"', '["train"]'),
    attempt("train", "right", MONDAY).replace('"right"', "1e999"),
    attempt("train" * 1000, "right", MONDAY),
)


def test_bad_lines_of_a_log_are_skipped_and_counted(graded: MadeUpClass) -> None:
    graded.log("ada", [*BAD_LINES, attempt("train", "right", MONDAY), attempt("other", "right", MONDAY)])
    text = page_of(graded).text
    assert "1 of 2 students kept a log: 1 attempt," in text
    assert f"{len(BAD_LINES)} lines that are not as the log writes them" in text
    assert "1 line about checks that are not graded here" in text


def test_a_log_that_is_no_log_is_left_out_and_said(graded: MadeUpClass, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(attempt("train", "right", MONDAY))
    graded.log("ada", []).unlink()
    (graded.folder("ada", "submitted") / "attempts.jsonl").symlink_to(secret)
    graded.log("bob", []).write_text("x" * (2 << 20))
    text = page_of(graded).text
    assert "kept a log" not in text
    assert "it has more than 1 MB" in text
    assert text.count("1 log:") == 2


def test_of_an_endless_log_only_the_beginning_counts(graded: MadeUpClass) -> None:
    graded.log("ada", ["{}"] * 6000)
    graded.log("bob", [attempt("train", "wrong", MONDAY)] * 5500)
    text = page_of(graded).text
    assert "5000 attempts" in text
    assert "1500 lines beyond the 5000" in text
