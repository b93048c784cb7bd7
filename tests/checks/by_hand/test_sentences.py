"""What reports and hints say of a network is true of it: every practice and personal network is another one."""

import re
from collections import Counter
from itertools import chain

import numpy as np
import pytest

from checks.by_hand import practice
from checks.by_hand.case import DIGITS, PASS_ONE, PASS_TWO
from checks.by_hand.solution import solution
from checks.explaining.hints import hints_for
from checks.explaining.text import as_text
from checks.judging.reference import answer_with
from checks.judging.verdict import State, Verdict
from tests.checks.by_hand.conftest import dead_neurons

NETWORKS = 200

NAME = re.compile(r"\b(?:delta\d+|[sog]\d+|w\d\d+|(?:[Nn]euron|[Oo]utput|[Ii]nput) \d+)\b")
"""What names one neuron, weight or number of a network."""

FIGURE = re.compile(r"\d")
NO_FIGURE = re.compile(r"\(\d+\)( to \(\d+\))?|⁽[¹²]⁾|[Ee]xercise \d|[²³]")
"""Numbers that say nothing of a network: those of equations, layers and exercises, and powers."""


def right_names(problem, letter, layer):
    return np.array([float(solution(problem)[name]) for name in problem.names.of(letter, layer)])


CLAIMS = {
    "hidden neurons with a negative weighted input": lambda p: dead_neurons(p),
    "at most four decimals": lambda p: all(
        abs(value * 10**DIGITS - round(value * 10**DIGITS)) < 1e-7
        for value in chain(*map(np.ravel, solution(p).values()))
    ),
    "Dashed arrows have negative weights": lambda p: (p.W1 < 0).any() or (p.W2 < 0).any(),
    "the weights that were negative": lambda p: (p.W1 < 0).any() or (p.W2 < 0).any(),
    "the minus signs of the weights are lost": lambda p: (p.W1 < 0).any() or (p.W2 < 0).any(),
    "the learning rate of this network": lambda p: p.epsilon != 1,
    "without the learning rate": lambda p: p.epsilon != 1,
    "σ(0)": lambda p: (abs(right_names(p, "s", 2)) < 1e-12).all(),
    "at s = 0": lambda p: (abs(right_names(p, "s", 2)) < 1e-12).all(),
    "leave a 0 as it is": lambda p: (abs(right_names(p, "s", 2)) < 1e-12).all(),
    "divided by the number of outputs": lambda p: len(p.t) > 1,
}
"""What sentences take for granted of a network, by words of theirs."""

TRUE_OF_ALL = (
    "max(0, s_j)", "1 / (1 + exp(-s_j))", "E = 1/2 Σ_k (t_k - y_k)", "the factor 1/2", "1/2 (t - y)", "the 1/2 cancels",
    "relu'(s) is 1 for s > 0 and 0 for s < 0", "0 elsewhere", "relu(4) is 4", "an error of +1 and one of -1",
    "a step of 0", "added to -1", "on the right of 0", "never 0", "with 1 for every slope", "0 to 1",
)  # fmt: skip
"""Figures of formulas and examples, which no network changes."""


def sentences(task):
    """Return all that a task of typed numbers can say of a mistake, and its own hints."""
    told = [*task.hints, task.praise, *(variant.note for variant in task.variants)]
    for mistake in task.misconceptions:
        told += [mistake.says, *hints_for(task, Verdict(task.name, State.WRONG, "", labels=(mistake.label,)))]
    return dict.fromkeys(told)


@pytest.fixture(scope="module")
def tasks():
    return {question: check.task() for question, check in practice(0).checks.items()}


@pytest.mark.parametrize("question", [*PASS_ONE, *PASS_TWO])
def test_no_hint_names_a_neuron_or_takes_a_figure_of_one_network_for_granted(tasks, question):
    for sentence in sentences(tasks[question]):
        assert not NAME.search(sentence), sentence
        if FIGURE.search(NO_FIGURE.sub("", sentence)):
            assert any(words in sentence for words in (*CLAIMS, *TRUE_OF_ALL)), sentence


def mistaken(exercise, question, mistake):
    """Return what somebody types who makes a mistake and has everything before it right; None if it is no mistake."""
    task, problem = exercise.checks[question].task(), exercise.problem
    answer = answer_with(task.reference, (mistake.override,), problem)
    if answer is None:
        return None
    numbers = {name: answer.get(problem.names.quantity(name)) for name in problem.names.answers(question)}
    if any(number is None for number in numbers.values()):
        return None
    if question in PASS_ONE and question != "E":
        return {name: float(number) for name, number in numbers.items()}
    return np.asarray(numbers[question]).tolist()


def test_reports_and_hints_fit_each_of_200_networks():
    told = Counter()
    for seed in range(NETWORKS):
        exercise = practice(seed)
        problem, right = exercise.problem, solution(exercise.problem)
        for question in (*PASS_ONE, *PASS_TWO):
            task = exercise.checks[question].task()
            mistake = task.misconceptions[seed % len(task.misconceptions)]
            typed = mistaken(exercise, question, mistake)
            if typed is None:
                continue
            verdict = exercise.checks[question].verdict({question: typed})
            said = "\n".join([as_text(verdict, 1), *(hints_for(task, verdict) if verdict.state is State.WRONG else ())])
            known = {question, *chain(*map(problem.names.answers, PASS_ONE))}
            assert set(NAME.findall(said)) <= known, (seed, said)
            for words, holds in CLAIMS.items():
                assert words not in said or holds(problem), (seed, said)
            told.update(verdict.labels)
            if verdict.state is not State.WRONG or not isinstance(typed, dict):
                continue
            wrong = re.search(r"\A✗ \w+: (\w+) is wrong\.", said)
            yours = re.search(r"Yours is (-?[\d.e-]+)\.(?=\s)", said)
            assert wrong
            assert yours
            assert float(yours[1]) == pytest.approx(typed[wrong[1]], rel=1e-5, abs=1e-12)
            assert abs(typed[wrong[1]] - float(right[wrong[1]])) > 1e-9
    assert len(told) > 30
