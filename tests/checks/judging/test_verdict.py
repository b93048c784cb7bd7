"""A verdict is data that a program can read."""

import json

import pytest

from checks.judging.verdict import Cause, State, Verdict


@pytest.mark.parametrize(("cause", "said"), [(None, ("", "")), (Cause(("x",), "Yours.", 6, "(1)"), ("Yours.", "(1)"))])
def test_a_verdict_goes_through_json_as_it_is(cause, said):
    verdict = Verdict("t", State.WRONG, "h", "l", cause, "p", "e", ("n",), "next", 0.5, ("part",), labels=("x", "y"))
    data = verdict.as_data()
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "task": "t", "state": "wrong", "causes": ["x", "y"], "earned": 0.5, "headline": "h", "location": "l",
        "cause": said[0], "equation": said[1], "problem": "p", "evidence": "e", "notes": ["n"], "next_step": "next",
        "parts": ["part"],
    }  # fmt: skip


def test_a_task_stands_in_one_of_four_ways_which_have_words():
    assert list(map(str, State)) == ["right", "wrong", "not attempted", "blocked"]


def test_a_verdict_that_says_no_more_earns_nothing_and_is_complete():
    verdict = Verdict("t", State.WRONG, "h")
    assert (verdict.earned, verdict.incomplete, verdict.labels) == (0.0, False, ())
    assert Cause((), "").digits == 0
