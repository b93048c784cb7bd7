"""The report tells what a class got wrong: the numbers, the sentences, and what to talk about."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from course.kept_verdicts import KeptVerdict
from course.report import report
from tests.course.report import made_up_class
from tests.course.report.made_up_class import (
    NAME,
    OUT_OF,
    POINTS,
    MadeUpClass,
    all_right,
    attempt,
    no_verdict,
    right,
    typical_class,
    unexplained,
    untouched,
    wrong,
)
from tests.course.report.reading_pages import PageReader, read_page

LEFT_OUT = "derivative-left-out-in-hidden-layers"  # the first of backward's registry
MONDAY = datetime(2025, 11, 3, 9, tzinfo=UTC)


def page_of(made: MadeUpClass, **options: bool) -> PageReader:
    return read_page(report(NAME, course_dir=made.root, **options).page)


def table_of(made: MadeUpClass, name: str, **options: bool) -> list[dict[str, str]]:
    folder = report(NAME, course_dir=made.root, **options).page.parent
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def but(*verdicts: KeptVerdict) -> list[KeptVerdict]:
    """Return the verdicts on somebody who has all right but some."""
    others = {verdict.task: verdict for verdict in verdicts}
    return [others.get(task, right(task)) for task in POINTS]


def test_headline_has_the_size_of_the_class_and_the_mean(made: MadeUpClass) -> None:
    made.grade("ada", all_right())
    made.grade("bob", but(wrong("backward", 0, earned=3)))
    written = report(NAME, course_dir=made.root)
    assert (written.students, written.mean, written.out_of) == (2, OUT_OF - 4.5, OUT_OF)
    text = read_page(written.page).text
    assert "2 students" in text
    assert "22.5 of the checks' 27 points on average (83 %)" in text


def test_what_to_talk_about_are_the_three_mistakes_that_cost_most_points(made: MadeUpClass) -> None:
    made.grade("ada", but(wrong("backward", 0), wrong("train", 0)))
    made.grade("bob", but(wrong("forward", 0), wrong("apply_gradients", 0), wrong("train", 0)))
    made.grade("cyd", but(wrong("forward", 0), wrong("get_loss", 0)))
    page = page_of(made)
    talk = [text for level, text in page.headings if level == 3]
    assert [heading.split(":")[0] for heading in talk] == ["1. backward", "2. train", "3. forward"]
    assert "derivative left out in hidden layers" in talk[0]
    assert "1 of 3 students, 12 points lost" in page.text
    assert "2 of 3 students, 10 points lost" in page.text


def test_a_mistake_comes_with_its_sentence_equation_place_and_example(made: MadeUpClass) -> None:
    made.grade("ada", but(wrong("backward", 0)))
    text = page_of(made).text
    assert "without the derivative of the activation, tanh'(z), in the hidden layers. Equation (7)." in text
    assert "the error starts between delta3 and delta2" in text
    assert "greatest difference is 0.83" in text


def test_points_lost_are_what_was_not_earned_where_the_mistake_was_made(made: MadeUpClass) -> None:
    made.grade("ada", but(wrong("backward", 0, earned=5)))
    made.grade("bob", but(wrong("backward", 0), untouched("train")))
    [mistake] = table_of(made, "mistakes")
    assert (mistake["mistake"], mistake["students"], mistake["points lost"]) == (LEFT_OUT, "2", "19.0")


def test_an_answer_with_two_mistakes_counts_for_both_but_each_is_told_by_its_own_sentence(made: MadeUpClass) -> None:
    made.grade("ada", but(wrong("backward", 0, 1)))
    made.grade("bob", but(wrong("backward", 0, 1)))
    made.grade("cyd", but(wrong("backward", 0)))
    mistakes = {row["mistake"]: row for row in table_of(made, "mistakes")}
    assert [row["students"] for row in mistakes.values()] == ["3", "2"]
    assert "σ'(z), at the output" not in mistakes[LEFT_OUT]["explanation"]


def test_what_no_known_mistake_explains_is_told_apart(made: MadeUpClass) -> None:
    made.grade("ada", but(unexplained("backward")))
    page = page_of(made)
    assert not [text for level, text in page.headings if level == 3]
    assert "Another 12 points were lost where no known mistake explains the answer (backward)" in page.text


def test_pass_rate_of_each_task_with_how_the_others_stand(made: MadeUpClass) -> None:
    made.grade("ada", all_right())
    made.grade("bob", but(wrong("backward", 0)))
    made.grade("cyd", but(untouched("backward")))
    made.grade("dan", but(no_verdict("backward")))
    task = next(row for row in table_of(made, "tasks") if row["task"] == "backward")
    states = ("right", "wrong", "not attempted", "blocked", "no verdict")
    assert [task[state] for state in states] == ["1", "1", "1", "0", "1"]
    assert (task["pass rate"], task["mean points"]) == ("25 %", "3.0")
    assert page_of(made).row("backward")[1] == "25 %"


def test_a_check_that_a_notebook_has_no_verdict_on_counts_as_none(made: MadeUpClass) -> None:
    made.grade("ada", all_right())
    made.grade("bob", all_right()[:2])
    rows = {row["task"]: row for row in table_of(made, "tasks")}
    assert rows["train"]["no verdict"] == "1"
    assert [*rows] == [*POINTS]


def test_almost_all_is_not_all(made: MadeUpClass) -> None:
    for number in range(299):
        made.grade(f"s{number}", [right("train")])
    made.grade("last", [wrong("train", 0)])
    assert table_of(made, "tasks")[0]["pass rate"] == "99 %"


def test_students_are_numbered_by_their_points_and_no_id_is_anywhere(made: MadeUpClass) -> None:
    made.grade("alice", but(wrong("backward", 0)))
    made.grade("zelda", all_right())
    folder = report(NAME, course_dir=made.root).page.parent
    everything = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "alice" not in everything
    assert "zelda" not in everything
    rows = table_of(made, "students")
    assert [(row["student"], row["total"]) for row in rows] == [("student 1", "27.0"), ("student 2", "15.0")]


def test_who_swaps_ids_gets_the_same_report(tmp_path: Path) -> None:
    """Between equal totals, too, the order depends on nothing but the results."""
    works = (but(untouched("forward")), but(wrong("apply_gradients", 0)), all_right())
    tables = []
    for place, students in enumerate((("ada", "bob", "cyd"), ("cyd", "ada", "bob"))):
        made = made_up_class.course(tmp_path / str(place))
        for student, work in zip(students, works, strict=True):
            made.grade(student, work)
        tables.append(table_of(made, "students"))
    assert tables[0] == tables[1]


def test_an_example_that_spells_out_a_students_id_is_not_shown(made: MadeUpClass) -> None:
    telling = replace(wrong("backward", 0), evidence="File /home/alice/net.py differs.")
    made.grade("alice", but(telling))
    assert "alice" not in page_of(made).text


def test_names_are_shown_when_asked_for(made: MadeUpClass) -> None:
    made.grade("alice", but(wrong("backward", 0)))
    assert table_of(made, "students", names=True)[0]["student"] == "alice"
    assert page_of(made, names=True).row("alice")[1] == "15"


def test_matrix_shows_sign_word_and_points(made: MadeUpClass) -> None:
    made.grade("ada", but(wrong("backward", 0, earned=5), untouched("train")))
    cells = page_of(made).row("student 1")
    assert cells[4] == "✗wrong 5"
    assert cells[5] == "✓right 4"
    assert cells[6] == "○not attempted 0"


def test_a_large_class_is_told_by_same_results_and_in_full_as_csv(made: MadeUpClass) -> None:
    for number in range(200):
        made.grade(f"a{number}", all_right() if number % 4 else but(wrong("backward", 0)))
    page = page_of(made)
    assert page.row("150 students")[1] == "27"
    assert page.row("50 students")[4] == "✗wrong 0"
    assert len(table_of(made, "students")) == 200


@pytest.mark.parametrize("size", [1, 5, 160])
def test_classes_of_any_size_make_a_page_that_is_well_formed(tmp_path: Path, size: int) -> None:
    page = page_of(typical_class(tmp_path / "course", size))
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_class_without_a_mistake_is_told_so(made: MadeUpClass) -> None:
    for student in ("ada", "bob"):
        made.grade(student, all_right())
    page = page_of(made)
    assert "everything that was attempted is right" in page.text
    assert "Mistakes by frequency" not in page.text
    assert table_of(made, "mistakes") == []


def test_a_class_that_left_everything_untouched_is_told_so(made: MadeUpClass) -> None:
    for student in ("ada", "bob"):
        made.grade(student, [untouched(task) for task in POINTS])
    text = page_of(made).text
    assert "2 have not started" in text
    assert "Nobody has attempted anything" in text


def test_without_logs_there_is_no_section_about_them(made: MadeUpClass) -> None:
    made.grade("ada", all_right())
    assert "When the class worked" not in page_of(made).text


def test_logs_give_a_time_line_and_the_attempts_until_right(made: MadeUpClass) -> None:
    for student, tries in (("ada", 3), ("bob", 1), ("cyd", 2)):
        made.grade(student, all_right())
        times = [MONDAY + timedelta(days=day) for day in range(tries)]
        untried = attempt("backward", "not attempted", MONDAY)
        tried = [attempt("backward", "right" if at is times[-1] else "wrong", at) for at in times]
        made.log(student, [untried, *tried, attempt("backward", "wrong", times[-1])])
    made.grade("dan", all_right())
    page = page_of(made)
    assert "3 of 4 students kept a log: 9 attempts, of which 33 % were right" in page.text
    assert [row for row in page.rows if row[0] == "backward"][-1] == ["backward", "2", "3", "0"]
    assert "Attempts per day; the highest column is 4" in page.text


def test_a_clock_that_is_years_off_does_not_squeeze_the_time_line(made: MadeUpClass) -> None:
    made.grade("ada", all_right())
    lines = [attempt("train", "wrong", MONDAY + timedelta(minutes=number)) for number in range(300)]
    made.log("ada", [attempt("train", "wrong", MONDAY - timedelta(days=2000)), *lines])
    text = page_of(made).text
    assert "Attempts per hour" in text
    assert "1 attempt long before or after" in text


def test_verdicts_that_are_not_sealed_are_told(made: MadeUpClass) -> None:
    made.grade("ada", [*all_right()[1:], replace(right("forward"), sealed=False)])
    assert "1 of 5 verdicts were made inside" in page_of(made).text
