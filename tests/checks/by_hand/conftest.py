"""The source notebook of exercise 01 and students made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.by_hand.following import NEEDED
from checks.by_hand.problem import PASS_ONE, PASS_TWO
from checks.by_hand.reference import solution
from course import student_code

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def source():
    return ROOT / "source_notebooks" / "01_by_hand.py"


@pytest.fixture(scope="session")
def solved(source):
    return student_code.namespace(source)


@pytest.fixture(scope="session")
def student(source, solved):
    """Make what a check gets from a student who wrote one cell differently; the other cells are solved."""

    def made(task, cell):
        names = dict(solved)
        exec(student_code.compiled(cell), names)
        return student_code.subject(source, task, names)

    return made


@pytest.fixture(scope="session")
def right_answers():
    """Return the right answer to every question of a problem."""

    def answers(problem):
        right, found = solution(problem), {}
        for question in (*PASS_ONE, *PASS_TWO):
            if question in PASS_ONE and question != "E":
                found[question] = {name: float(right[name]) for name in problem.names.answers(question)}
            else:
                found[question] = right[question].tolist()
        return found

    return answers


@pytest.fixture(scope="session")
def with_earlier():
    """Return what a check cell hands over: an answer with the earlier ones that it follows from."""
    return lambda question, answers: {name: answers[name] for name in (question, *NEEDED[question])}
