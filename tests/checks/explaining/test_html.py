"""A report in HTML says what the text says, and draws the numbers where that helps."""

import re
from dataclasses import replace

import numpy as np
import pytest

from checks.explaining.html import as_html
from checks.explaining.look import COLOURS, INCOMPLETE, WORDS
from checks.judging.comparing import compare
from checks.judging.verdict import Cause, State, Verdict
from checks.observing.quantity import Quantity
from tests.checks.explaining.test_text import FULL

MATRIX = np.arange(6.0).reshape(2, 3)
PICTURED = compare(Quantity("a <b>"), MATRIX, MATRIX + 1, tolerance=1e-6)
WRONG = Verdict("half", State.WRONG, "half: wrong.", pictured=PICTURED)


def _texts(html):
    return [re.sub("<[^>]*>", "", paragraph) for paragraph in re.findall("<p .*?</p>", html)]


def test_a_report_says_all_in_its_order():
    assert _texts(as_html(FULL, 4)) == [
        "✗ Not right yet · half: wrong.",
        "It starts here.",
        "It raises.",
        "It is doubled. Your numbers agree with that to 6 digits or more. Equation (3). One half, once.",
        "Compared.",
        "Note: one",
        "Note: two",
        "Points so far: 2 of 4, for x, y and z.",
        "Next: hint(&quot;half&quot;)",
    ]
    assert '<code style="background:transparent">hint(&quot;half&quot;)</code>' in as_html(FULL)


def test_what_is_not_known_is_not_said():
    assert _texts(as_html(Verdict("half", State.RIGHT, "half is right."))) == ["✓ Right · half is right."]


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_word_and_its_colour(state):
    html = as_html(Verdict("half", state, ""))
    assert f'aria-label="half: {WORDS[state]}"' in html
    assert set(re.findall("#[0-9a-f]{6}", html)) == {COLOURS[state]}


def test_what_only_lacks_something_looks_as_if_not_attempted():
    html = as_html(Verdict("half", State.WRONG, "", incomplete=True))
    assert f'aria-label="half: {INCOMPLETE}"' in html
    assert set(re.findall("#[0-9a-f]{6}", html)) == {COLOURS[State.NOT_ATTEMPTED]}
    assert WORDS[State.WRONG] not in html


def test_right_and_wrong_and_neither_are_told_apart():
    assert len({COLOURS[state] for state in (State.RIGHT, State.WRONG, State.NOT_ATTEMPTED)}) == 3
    assert len({*WORDS.values(), INCOMPLETE}) == len(State) + 1


def test_numbers_are_unfolded_where_no_sentence_names_the_mistake():
    assert "<details" in as_html(WRONG)
    assert " open>" in as_html(WRONG)
    assert " open>" not in as_html(replace(WRONG, cause=Cause((), "Doubled")))
    assert "a &lt;b&gt; in numbers" in as_html(WRONG)


def test_numbers_that_say_no_more_than_a_sentence_are_not_drawn():
    vector = compare(Quantity("v"), np.ones(3), np.zeros(3), tolerance=1e-6)
    assert "<details" not in as_html(replace(WRONG, pictured=vector))


@pytest.mark.parametrize(("text", "codes"), [("`x` to `y`", ["x", "y"]), ("a ` alone", []), ("`<x>`", ["&lt;x&gt;"])])
def test_what_stands_between_backticks_is_code(text, codes):
    html = as_html(Verdict("half", State.WRONG, "", problem=text))
    assert re.findall("<code[^>]*>(.*?)</code>", html) == codes
    assert ("`" in html) is (not codes)
