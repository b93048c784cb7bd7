"""What a class is asked is made once, and told apart where students have numbers of their own."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.observing.lending import look_from_wire
from checks.observing.looking import Sight
from checks.observing.wire import as_wire
from checks.softmax_and_nll import CHECKS
from course.grading.judging.sealed import Hearing
from course.grading.worker.execution import Client, Ended, _looked_further
from tests.conftest import exercise_named


@pytest.mark.parametrize(("personal", "times"), [(False, 1), (True, 3)], ids=["a class", "each student's own"])
def test_the_cases_of_a_seed_are_made_once(personal: bool, times: int) -> None:
    drawn: list[int] = []

    def cases(seed: int) -> Sequence[Any]:
        drawn.append(seed)
        return CHECKS["sigmoid"].cases(seed)

    check = replace(CHECKS["sigmoid"], cases=cases)
    look = CHECKS["sigmoid"].first_look(5)
    seen = [as_wire(one) for one in Sight(check, lambda z: 1 / (1 + np.exp(-z))).at(look)]
    for _ in range(3):
        hearing = Hearing({"sigmoid": check}, "", personal=personal, seed=5)
        assert hearing.next_look({"check": "sigmoid", "seen": seen}) is None
        assert hearing.verdict.earned == 1
    assert drawn == times * [5]


WRONG = """
def nll_gradient(x, a, y):
    error = a + y
    return x * error
"""


def lines_asked(cell: str) -> tuple[Hearing, Sight, dict[str, Any]]:
    """Return the hearing of a wrong answer when it asks for its lines, who can show them, and what it asks."""
    exercise = exercise_named("softmax_and_nll")
    check = exercise.checks["nll_gradient"]
    sight = Sight(check, exercise.student("nll_gradient", cell))
    hearing = Hearing({"nll_gradient": check}, "", personal=False, seed=5)
    sent: Any = {"check": "nll_gradient", "seen": [as_wire(one) for one in sight.at(check.first_look(5))]}
    while (look := hearing.next_look(sent)) is not None and not look["lines"]:
        sent = [as_wire(one) for one in sight.at(look_from_wire(look, check.cases(5)))]
    assert look is not None
    return hearing, sight, look


def test_a_wrong_answer_is_asked_for_its_lines_when_its_verdict_is_made() -> None:
    hearing, sight, look = lines_asked(WRONG)
    before = hearing.verdict
    assert before.margin is None
    assert hearing.next_look([as_wire(one) for one in sight.at(look_from_wire(look, ()))]) is None
    assert hearing.verdict.margin is not None
    assert "\n".join(hearing.verdict.margin.source) == WRONG
    assert replace(hearing.verdict, margin=None) == before


LINE = {"arrays": [], "problems": [], "notes": [["source", "def f():\x1b[2J\u202e\n    pass", "1"]]}
PLACE = ["what a line makes", 0, 1, "1,0,1,9", 1, []]
FORGED = {
    "nothing": None,
    "no list": {"a": 1},
    "no observation": [{"arrays": 3}],
    "no lines": [{"arrays": [], "problems": [], "notes": []}],
    "signs of a terminal": [LINE, LINE],
    "a place that is none": [{**LINE, "arrays": [[[*PLACE[:3], "9,9", 1, []], "float64", [], "AAAAAAAA4D8="]]}],
    "a place beyond": [{**LINE, "arrays": [[[*PLACE[:3], "99999,7,99999,9", 1, []], "float64", [1], "AAAAAAAA4D8="]]}],
    "what is no number": [{**LINE, "arrays": [[PLACE, "float64", [1], "AAAAAAAA+H8="]]}],
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_whatever_comes_of_the_lines_changes_nothing_but_the_margin(forged: Any) -> None:
    hearing, _, _ = lines_asked(WRONG)
    before = hearing.verdict
    assert hearing.next_look(forged) is None
    after = hearing.verdict
    assert replace(after, margin=None) == before
    assert all(line.isprintable() for line in (after.margin.source if after.margin else ()))
    assert as_html(after)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        "lines",
        [None],
        [{"arrays": [], "problems": [], "notes": []}] * 1000,
        [{"arrays": [[["what a line makes", 0, 0, "9,0,9,9", 1, []], "float64", [1], "AAAAAAAA+H8="]]}],
        [
            {
                "arrays": [[["what a line makes", 0, 0, "7,0,7,9", 1, []], "float64", [1], "AAAAAAAA+H8="]],
                "problems": [],
                "notes": [["source", "\x1b[2J<b>\u202e\n", "1"]],
            }
        ],
    ],
    ids=["nothing", "no list", "a text", "no observation", "very many", "parts missing", "nowhere"],
)
def test_what_is_sent_for_the_lines_changes_no_verdict(sent: Any) -> None:
    check = CHECKS["sigmoid"]
    seen = [as_wire(one) for one in Sight(check, lambda z: 1 / (1 + np.exp(z))).at(check.first_look(5))]
    hearing = Hearing({"sigmoid": check}, "", personal=False, seed=5)
    look = hearing.next_look({"check": "sigmoid", "seen": seen})
    while look is not None and not hearing.judged:
        look = hearing.next_look([])
    assert hearing.judged
    before = hearing.verdict
    assert hearing.next_look(sent) is None
    assert replace(hearing.verdict, margin=None) == replace(before, margin=None)
    assert "\x1b" not in as_text(hearing.verdict)
    assert "<b>" not in as_html(hearing.verdict)


def test_a_process_that_ends_while_its_lines_are_looked_at_has_answered_all_else() -> None:
    asked: list[int] = []

    class Dying:
        seen, sealed = None, 1

        async def look(self, look: Any, of: int) -> Any:
            asked.append(of)
            raise Ended("it is gone")

    class OfAVerdict:
        judged = True

        def next_look(self, sent: Any) -> dict[str, Any]:
            return {"lines": True}

    look, ended = asyncio.run(_looked_further(OfAVerdict(), cast(Client, Dying())))
    assert look == {"lines": True}
    assert ended is None
    assert not asked
