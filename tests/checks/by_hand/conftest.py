"""Students of exercise 01, and right answers by question."""

from __future__ import annotations

import pytest

from checks.by_hand.case import PASS_ONE, PASS_TWO
from checks.by_hand.following import NEEDED
from checks.by_hand.solution import solution
from course import student_code


@pytest.fixture(scope="module")
def student(source, notebook):
    """Make what a check gets from a student who wrote one cell differently; the other cells are solved."""

    def made(task, cell):
        names = dict(notebook)
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


def dead_neurons(problem):
    """Return the numbers of the hidden neurons that ReLU switches off."""
    return [number for number in problem.names.neurons(1) if solution(problem)[f"o{number}"] == 0]
