"""A report in plain text says each thing once, most important first."""

import pytest

from checks.explaining.text import as_text, cause_sentence, earned_points, points_sentence, symbol
from checks.judging.verdict import Cause, State, Verdict

CAUSE = Cause(("a",), "It is doubled", 6, "Equation (3)", "One half, once.")
FULL = Verdict(
    "half",
    State.WRONG,
    "half: wrong.",
    "It starts here.",
    CAUSE,
    "It raises.",
    "Compared.",
    ("one", "two"),
    'hint("half")',
    0.5,
    ("x", "y", "z"),
)


def test_a_report_says_all_in_its_order():
    assert as_text(FULL, 4).splitlines() == [
        "✗ half: wrong.",
        "  It starts here.",
        "  It raises.",
        "  It is doubled. Your numbers agree with that to 6 digits or more. Equation (3). One half, once.",
        "  Compared.",
        "  Note: one",
        "  Note: two",
        "  Points so far: 2 of 4, for x, y and z.",
        '  Next: hint("half")',
    ]


def test_what_is_not_known_is_not_said():
    assert as_text(Verdict("half", State.RIGHT, "half is right.")) == "✓ half is right."
    assert cause_sentence(Verdict("half", State.WRONG, "")) == ""
    assert cause_sentence(Verdict("half", State.WRONG, "", cause=Cause((), "Doubled"))) == "Doubled."


def test_each_line_of_a_cause_is_a_paragraph():
    lines = as_text(Verdict("half", State.WRONG, "Wrong.", cause=Cause((), "One\nTwo"))).splitlines()
    assert lines[1:] == ["  One", "  Two."]


@pytest.mark.parametrize(
    ("earned", "points", "parts", "said"),
    [
        (0.5, 3, (), "1.5 of 3."),
        (0.5, 3, ("x",), "1.5 of 3, for x."),
        (1 / 3, 1, ("x", "y"), "0.33 of 1, for x and y."),
        (0.0, 3, (), ""),
        (1.0, 3, (), ""),
        (0.5, None, (), ""),
        (0.5, 0, (), ""),
    ],
)
def test_points_are_told_where_some_and_not_all_are_earned(earned, points, parts, said):
    sentence = points_sentence(Verdict("half", State.WRONG, "", earned=earned, parts=parts), points)
    assert sentence.removeprefix("Points so far: ") == said


def test_points_are_rounded_to_hundredths():
    assert earned_points(Verdict("half", State.WRONG, "", earned=2 / 3), 1) == 0.67


@pytest.mark.parametrize(
    ("state", "incomplete", "sign"),
    [
        (State.RIGHT, False, "✓"),
        (State.WRONG, False, "✗"),
        (State.WRONG, True, "○"),
        (State.NOT_ATTEMPTED, False, "○"),
        (State.BLOCKED, False, "○"),
    ],
)
def test_a_sign_tells_how_it_stands(state, incomplete, sign):
    assert symbol(Verdict("half", state, "", incomplete=incomplete)) == sign
