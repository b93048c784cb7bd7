"""Hints come one at a time, about the mistake that was found, and start anew with another mistake."""

from dataclasses import replace
from typing import ClassVar

import pytest

from checks.contents import Contents, Item
from checks.explaining.hints import BETWEEN, FIRST, LAST, give_hint, hints_for
from checks.judging.diagnosis import FACTOR
from checks.judging.predicting import NAME as GUESSES
from checks.judging.reference import Misconception, Override, Reference
from checks.judging.task import Task
from checks.judging.verdict import State, Verdict


class Halves(Reference):
    """Halves a number."""

    formulas: ClassVar = {"half": ("(3)", "y = x / 2")}


def _mistake(label, step):
    return Misconception(label, Override(step, lambda ref, right: 4 * right()), "…", f"Look at {label}.", "Think.")


MISTAKES = (_mistake("doubled", "half"), _mistake("unnumbered", "whole"))
TASK = Task("half", Halves, MISTAKES, "Halved", ("Where?", "What <is> it?", "y is half of x."))
CONTENTS = Contents("tiny", {"half": Item(2, "Halves", practice="practice(1)"), GUESSES: Item(1, "Guess first")})
UNNAMED, DOUBLED = (Verdict("half", State.WRONG, "", labels=labels, next_step="x") for labels in ((), ("doubled",)))


def _hint(capsys, asked="half", task=TASK, **options):
    give_hint(asked, {"half": task}, CONTENTS, **options)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("labels", "hints"),
    [
        ((), TASK.hints),
        (("unknown",), TASK.hints),
        (("doubled",), ("Look at doubled.", "Think.", "Equation (3): y = x / 2.")),
        (("unnumbered",), ("Look at unnumbered.", "Think.", "y is half of x.")),
        (("unnumbered", "doubled"), ("Look at doubled.", "Think.", "Equation (3): y = x / 2.")),
        ((FACTOR,), TASK.hints),
    ],
)
def test_hints_are_about_the_first_mistake_that_was_found_or_else_about_the_task(labels, hints):
    assert hints_for(TASK, Verdict("half", State.WRONG, "", labels=labels)) == hints


def test_before_any_verdict_hints_are_about_the_task_and_of_a_factor_about_the_convention():
    assert hints_for(TASK, None) == TASK.hints
    told = replace(TASK, convention="One half, once.")
    assert hints_for(told, Verdict("half", State.WRONG, "", labels=(FACTOR,)))[-1] == "One half, once."
    assert hints_for(told, DOUBLED)[0] == "Look at doubled."


def test_one_hint_follows_the_other_and_after_the_last_comes_the_first(session, capsys):
    for number, about in ((1, FIRST), (2, BETWEEN), (3, LAST), (1, FIRST)):
        said = _hint(capsys)
        assert f"half, hint {number} of 3 · {about}" in said
        assert TASK.hints[number - 1] in said
        assert ('hint("half") for the next one' in said) is (number < 3)


def test_another_mistake_starts_its_hints_anew_and_the_same_one_goes_on(session, capsys):
    for verdict, number in ((UNNAMED, 1), (UNNAMED, 2), (DOUBLED, 1), (DOUBLED, 2), (UNNAMED, 1)):
        session.keep("tiny", TASK, verdict)
        assert f"hint {number} of 3" in _hint(capsys)


def test_to_what_is_right_there_is_no_hint(session, capsys):
    session.keep("tiny", TASK, Verdict("half", State.RIGHT, "", earned=1))
    assert "half is right" in _hint(capsys)


def test_who_has_failed_three_times_in_a_row_is_offered_more(session, capsys):
    right, stub = Verdict("half", State.RIGHT, "", earned=1), Verdict("half", State.NOT_ATTEMPTED, "")
    missing = replace(UNNAMED, incomplete=True)
    for verdict, offered in (
        (UNNAMED, False),
        (UNNAMED, False),
        (right, False),
        (UNNAMED, False),
        (stub, False),
        (missing, False),
        (DOUBLED, False),
        (UNNAMED, True),
        (UNNAMED, True),
    ):
        failed = session.keep("tiny", TASK, verdict).failed
        said = _hint(capsys)
        assert ("of 3" in said) is (verdict is not right)
        assert ("practice(1)" in said and '"Halves"' in said and f"After {failed} attempts" in said) is offered


def test_where_there_is_nothing_to_practise_a_section_is_offered_alone(session, capsys):
    for _ in range(3):
        session.keep("tiny", TASK, UNNAMED)
    give_hint("half", {"half": TASK}, replace(CONTENTS, tasks={"half": Item(2, "Halves")}))
    said = capsys.readouterr().out
    assert '"Halves"' in said
    assert "practise" not in said


def test_of_what_is_practised_elsewhere_the_last_report_counts(session, capsys):
    session.keep("tiny", TASK, UNNAMED)
    session.keep("practice", TASK, DOUBLED)
    assert "Look at doubled." in _hint(capsys, practised=("practice",))
    session.keep("tiny", TASK, UNNAMED)
    assert "Where?" in _hint(capsys, practised=("practice",))


def test_guesses_are_answered_by_the_notebook_and_not_by_their_section(session, capsys):
    task = replace(TASK, name=GUESSES)
    for _ in range(3):
        session.keep("tiny", task, replace(UNNAMED, task=GUESSES))
    said = []
    for _ in range(3):
        give_hint(GUESSES, {GUESSES: task}, CONTENTS)
        said.append(capsys.readouterr().out)
    assert ["Where the answers are" in one for one in said] == [False, False, True]
    assert not any("Guess first" in one or "The formula" in one for one in said)


def check_half():
    """Stand for the check of the task."""


@pytest.mark.parametrize("asked", ["half", "check_half", check_half])
def test_a_task_is_named_by_its_name_or_its_check(session, asked, capsys):
    assert "half, hint 1 of 3" in _hint(capsys, asked)


class Nameless:
    """Something whose name is no text."""

    __name__ = 3


@pytest.mark.parametrize("asked", [None, 3, ["half"], Nameless(), "halb", "x" * 500])
def test_what_is_no_task_is_answered_with_those_that_are(session, asked, capsys):
    said = _hint(capsys, asked)
    assert 'hint("half")' in said
    assert len(said) < 200
    assert not session.attempts


def test_in_a_notebook_a_hint_is_html_in_which_nothing_is_markup_but_its_own(session, shown):
    for _ in range(2):
        give_hint("half", {"half": TASK}, CONTENTS)
    first, second = (output["data"]["text/html"] for output in shown)
    assert "What &lt;is&gt; it?" in second
    assert "hint(&quot;half&quot;)" in first
    assert shown[1]["data"]["text/plain"].startswith("half, hint 2 of 3")
