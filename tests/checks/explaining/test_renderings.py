"""One verdict, rendered as text, HTML, data and hints."""

from dataclasses import replace

import pytest

from checks import CheckFailed, by_hand, check_backward, hint
from checks.explaining.hints import give_hint, hints_for
from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.verdict import State, Verdict
from checks.neural_network import CHECKS
from checks.neural_network.contents import CONTENTS
from checks.session import SESSION
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes


@pytest.fixture(autouse=True)
def fresh_session():
    SESSION.attempts.clear()


def test_state_is_told_by_word_and_shape_not_by_colour_alone():
    for state, symbol, word in (
        (State.RIGHT, "✓", "Right"),
        (State.WRONG, "✗", "Not right yet"),
        (State.NOT_ATTEMPTED, "○", "Not attempted yet"),
    ):
        verdict = Verdict("backward", state, "backward: something.")
        assert as_text(verdict).startswith(symbol)
        assert symbol in as_html(verdict)
        assert word in as_html(verdict)


def test_what_a_student_wrote_cannot_inject_html():
    verdict = Verdict(
        "backward", State.WRONG, "backward: stops.", problem="raises <script>alert(1)</script> in `x < y`"
    )
    assert "<script>" not in as_html(verdict)
    assert "<code" in as_html(verdict)


def test_hints_come_in_three_levels_and_follow_the_mistake(student, capsys):
    with pytest.raises(CheckFailed):
        check_backward(student("backward", MISTAKES["backward"]["zin-for-zout"]))
    assert 'hint("backward")' in capsys.readouterr().out
    for level, expected in (
        ("1 of 3", "multiplied by Δ"),
        ("2 of 3", "Which array came in?"),
        ("3 of 3", "(8)"),
        ("1 of 3", "multiplied by Δ"),
    ):
        hint("backward")
        printed = capsys.readouterr().out
        assert level in printed
        assert expected in printed


def test_after_several_failed_attempts_a_hint_offers_the_section_to_reread(student, capsys):
    wrong = student("backward", MISTAKES["backward"]["zin-for-zout"])
    for offered in (False, False, True):
        with pytest.raises(CheckFailed):
            check_backward(wrong)
        capsys.readouterr()
        hint("backward")
        assert ('it may help to reread "The backward pass"' in capsys.readouterr().out) is offered


def test_running_an_untouched_stub_is_no_failed_attempt(student, capsys):
    stub = student(
        "get_loss", "@add_to_class(NeuralNetwork)\ndef get_loss(self, x, y):\n    raise NotImplementedError()"
    )
    for _ in range(4):
        with pytest.raises(CheckFailed):
            CHECKS["get_loss"](stub)
    hint("get_loss")
    assert "reread" not in capsys.readouterr().out


def test_a_hint_of_the_pen_and_paper_exercise_offers_practice(capsys):
    for _ in range(3):
        with pytest.raises(CheckFailed):
            by_hand.check_E(7)
    capsys.readouterr()
    by_hand.hint("E")
    assert "To practise: a fresh network such as practice(7)" in capsys.readouterr().out


def test_practice_does_not_count_as_progress(capsys):
    with pytest.raises(CheckFailed):
        by_hand.practice(7).check_E(100)
    assert ("by_hand", "E") not in SESSION.attempts


def test_a_hint_before_any_attempt_and_for_an_unknown_task(capsys):
    hint("get_loss")
    assert "get_loss, hint 1 of 3" in capsys.readouterr().out
    hint("bakward")
    assert 'Try one of hint("predictions"), hint("forward")' in capsys.readouterr().out


def test_a_task_may_have_as_many_hints_as_it_needs(capsys):
    task = replace(CHECKS["get_loss"].task(), hints=("Here.", "Think.", "Think again.", "Equation (3)."))
    for title in (
        "1 of 4 · Where to look: Here.",
        "2 of 4 · What to think of: Think.",
        "3 of 4 · What to think of: Think again.",
        "4 of 4 · The formula: Equation (3).",
        "1 of 4 · Where to look: Here.",
    ):
        give_hint("get_loss", {"get_loss": task}, CONTENTS)
        said = capsys.readouterr().out
        assert title in said
        assert ('Again hint("get_loss")' in said) is ("4 of 4" not in title)


@pytest.mark.parametrize("task", CHECKS)
def test_every_mistake_has_three_hints_and_none_is_code(task):
    known = CHECKS[task].task()
    for mistake in known.misconceptions:
        hints = hints_for(known, Verdict(task, State.WRONG, "", labels=(mistake.label,)))
        assert len({*hints}) == len(hints) >= 3
        assert all(text.strip() and ".T @" not in text and "\n" not in text for text in hints)
    assert len(known.hints) >= 3


@pytest.mark.parametrize("asked", [None, ["backward"], {}, 3, "x" * 5000])
def test_a_hint_for_what_is_no_task_names_the_tasks_and_stays_short(asked, capsys):
    hint(asked)
    said = capsys.readouterr().out
    assert 'Try one of hint("predictions"), hint("forward")' in said
    assert len(said) < 250


@pytest.mark.parametrize("asked", [by_hand.check_E, "check_E"])
def test_a_hint_may_be_asked_for_by_the_check(asked, capsys):
    SESSION.attempts.clear()
    by_hand.hint(asked)
    assert "E, hint 1 of 3" in capsys.readouterr().out


def test_nothing_is_said_of_points_where_there_are_none():
    verdict = Verdict("forward", State.WRONG, "forward: wrong.", earned=0.5)
    assert "Points" not in as_text(verdict, 0)
    assert "Points" not in as_html(verdict, 0)
