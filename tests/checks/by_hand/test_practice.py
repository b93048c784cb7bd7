"""Practice networks: nice numbers for every seed, question sheets, and marking with the same code."""

from fractions import Fraction

import numpy as np
import pytest

from checks import by_hand
from checks.by_hand import practice
from checks.by_hand.case import DIGITS, PASS_ONE, PASS_TWO, PUBLISHED
from checks.by_hand.nice_networks import GREATEST, written_down
from checks.by_hand.solution import solution
from checks.check import CheckFailed
from checks.judging.verdict import State
from checks.session import SESSION
from tests.checks.by_hand.conftest import dead_neurons

SEEDS = 1000


@pytest.fixture
def fresh_session(monkeypatch):
    monkeypatch.setattr(SESSION, "attempts", {})


@pytest.fixture(scope="module")
def exercises():
    return [practice(seed) for seed in range(SEEDS)]


def test_all_numbers_are_nice_for_1000_seeds(exercises):
    for exercise in exercises:
        problem, right = exercise.problem, solution(exercise.problem)
        written = [float(right[name]) for question in PASS_ONE for name in problem.names.answers(question)]
        for number in [*written, *problem.given]:
            assert abs(number) <= GREATEST, exercise.seed
            assert abs(number * 10**DIGITS - round(number * 10**DIGITS)) < 1e-7, (exercise.seed, number)
        assert all(abs(float(right[name])) < 1e-12 for name in problem.names.of("s", 2))
        assert (problem.W1 != 0).all()
        assert (problem.W2 != 0).all()
        assert (problem.x == np.round(problem.x)).all()
        assert problem.epsilon != 1
        assert problem.W1.shape[0] != problem.W1.shape[1] or (problem.W1 != problem.W1.T).any()
        hidden = np.array([float(right[name]) for name in problem.names.of("s", 1)])
        assert (hidden != 0).all()
        assert (hidden > 0).sum() >= 2


def test_a_dead_neuron_occurs_in_about_one_network_of_three(exercises):
    dead = [exercise for exercise in exercises if dead_neurons(exercise.problem)]
    assert 0.2 < len(dead) / SEEDS < 0.45
    for exercise in dead:
        right = solution(exercise.problem)
        assert len(dead_neurons(exercise.problem)) == 1
        for number in dead_neurons(exercise.problem):
            assert float(right[f"s{number}"]) < 0
            assert float(right[f"o{number}"]) == float(right[f"delta{number}"]) == 0


def test_networks_differ_and_are_the_same_for_the_same_seed(exercises):
    assert len({tuple(exercise.problem.given) for exercise in exercises}) > 0.99 * SEEDS
    assert {exercise.problem.names.sizes for exercise in exercises} >= {(2, 2, 2), (2, 3, 2), (3, 2, 2), (2, 3, 3)}
    for exercise in exercises[:20]:
        assert (practice(exercise.seed).problem.given == exercise.problem.given).all()


def test_right_answers_are_right_and_never_blocked(exercises, right_answers, with_earlier):
    for exercise in exercises[::8]:
        answers = right_answers(exercise.problem)
        for question in (*PASS_ONE, *PASS_TWO):
            verdict = exercise.checks[question].verdict(with_earlier(question, answers))
            assert verdict.state is State.RIGHT, (exercise.seed, question, verdict)


def test_a_sheet_is_marked_with_the_students_own_numbers(right_answers, capsys):
    exercise = practice(0)
    answers = right_answers(exercise.problem)
    sheet = exercise.blank
    assert [verdict.state for verdict in exercise.verdicts(sheet)] == [State.NOT_ATTEMPTED] * 5
    for question in PASS_ONE:
        sheet |= {"E": answers["E"]} if question == "E" else answers[question]
    assert [verdict.state for verdict in exercise.verdicts(sheet)] == [State.RIGHT] * 5
    exercise.mark(sheet)
    assert capsys.readouterr().out.count("✓") == 5
    first = exercise.problem.names.of("s", 1)[0]
    sheet[first] += 1
    states = [verdict.state for verdict in exercise.verdicts(sheet)]
    assert states[0] is State.WRONG
    assert states.count(State.RIGHT) >= 2


@pytest.mark.usefixtures("fresh_session")
def test_a_hint_follows_the_report_that_pointed_to_it(right_answers, capsys):
    """Solved in the notebook, then practised with a sign error: the hint is to that error."""
    by_hand.check_error_signals(right_answers(PUBLISHED)["error_signals"])
    by_hand.hint("error_signals")
    assert "nothing left to hint at" in capsys.readouterr().out
    exercise = practice(3)
    answers = right_answers(exercise.problem)
    sheet = {name: value for question in PASS_ONE[2:] for name, value in answers[question].items()}
    sheet |= answers["forward"] | {"E": answers["E"]}
    sheet |= {name: -value for name, value in answers["error_signals"].items()}
    exercise.mark(sheet)
    assert 'Next: hint("error_signals")' in capsys.readouterr().out
    by_hand.hint("error_signals")
    assert "hint 1 of 3 · Where to look: Look at the sign" in capsys.readouterr().out
    with pytest.raises(CheckFailed):
        by_hand.check_error_signals({"delta5": 0.5, "delta6": -0.5, "delta3": 3, "delta4": -0.75})
    capsys.readouterr()
    by_hand.hint("error_signals")
    assert "hint 1 of 3 · Where to look: Look at the step from the outputs back" in capsys.readouterr().out


@pytest.mark.usefixtures("fresh_session")
def test_a_hint_knows_the_mistakes_that_only_practice_shows(right_answers, capsys):
    exercise = next(practice(seed) for seed in range(100) if dead_neurons(practice(seed).problem))
    forward = right_answers(exercise.problem)["forward"]
    wrong = {f"o{number}": forward[f"s{number}"] for number in dead_neurons(exercise.problem)}
    with pytest.raises(CheckFailed):
        exercise.check_forward(forward | wrong)
    by_hand.hint("forward")
    assert "Where to look: Look at the hidden neurons with a negative weighted input." in capsys.readouterr().out


def test_checks_of_a_practice_network_are_found_under_their_names(right_answers):
    exercise = practice(4)
    assert exercise.check_forward(right_answers(exercise.problem)["forward"], points=2) == 2.0
    with pytest.raises(AttributeError):
        _ = exercise.check_nothing


def test_the_question_sheet_tells_all_that_is_given_and_asks_for_every_number():
    for seed in range(20):
        exercise = practice(seed)
        text = exercise._repr_markdown_()
        for number in exercise.problem.given:
            assert f"{number:g}" in text
        assert all(f"`{name}`" in text for name in exercise.blank)
        assert all(f"w_{{{name[1:]}}}" in text for name in exercise.problem.names.answers("update"))


@pytest.mark.parametrize("seed", [-1, 1.5, "7", None, True])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(ValueError, match="whole number from 0 up"):
        practice(seed)


def test_the_generator_computes_exactly_what_the_reference_computes(exercises):
    def exact(array):
        return [[Fraction(float(n)).limit_denominator(10**6) for n in row] for row in np.atleast_2d(array)]

    for exercise in exercises[::50]:
        p = exercise.problem
        (x,), (t,), w1, w2 = exact(p.x), exact(p.t), exact(p.W1), exact(p.W2)
        found = written_down(x, t, w1, w2, Fraction(p.epsilon))
        right = solution(p)
        (d2, d1), g2, g1, new2, new1 = found[2:]
        for name, value in (
            ("delta2", d2), ("delta1", d1), ("dW2", g2), ("dW1", g1), ("W2_new", new2), ("W1_new", new1),
        ):  # fmt: skip
            assert np.allclose(right[name], np.array(value, dtype=float), atol=1e-12)
        assert float(found[1][0][0]) == pytest.approx(float(right["E"]))
