"""The judge believes nobody about typed numbers: what was sent is looked over there, whoever has observed it."""

import numpy as np
import pytest

from checks.by_hand import CHECKS, PUBLISHED, practice
from checks.by_hand.case import GIVEN, PASS_ONE, PASS_TWO, taken_along
from checks.by_hand.following import NEEDED
from checks.by_hand.solution import solution
from checks.judging.judge import UNEXPLAINED
from checks.judging.task import Probe
from checks.judging.verdict import State
from checks.observing.observation import Observation, Problem, Trouble

RIGHT = {name: np.asarray(value, dtype=float) for name, value in solution(PUBLISHED).items()}
FOLLOWING = [question for question, needed in NEEDED.items() if needed]


def observed(arrays):
    """Return arrays by what their names stand for; some are told by that already."""
    quantity = PUBLISHED.names.quantity
    return {quantity(name) if isinstance(name, str) else name: array for name, array in arrays.items()}


def judged(question, arrays, given=PUBLISHED.given, problems=()):
    """Return the verdict on an observation that somebody has made up."""
    arrays = observed({name: np.asarray(value, dtype=float) for name, value in arrays.items()}) | {GIVEN: given}
    if given is None:
        del arrays[GIVEN]
    return CHECKS[question].judged(([Probe(PUBLISHED, Observation(arrays, tuple(problems)))], []))


def earlier(question, value=None):
    """Return the earlier answers that a question takes up: the right ones, or one value everywhere."""
    names = [name for source in NEEDED[question] for name in PUBLISHED.names.answers(source)]
    return {name: RIGHT[name] if value is None else np.full(RIGHT[name].shape, value) for name in names}


def answers(question):
    return {name: RIGHT[name] for name in PUBLISHED.names.answers(question)}


@pytest.mark.parametrize("question", [*PASS_ONE, *PASS_TWO])
@pytest.mark.parametrize("marked", [False, True])
def test_right_numbers_are_right(question, marked):
    marks = {taken_along(source): 1.0 for source in NEEDED[question]} if marked else {}
    assert judged(question, earlier(question) | answers(question) | marks).state is State.RIGHT
    assert judged(question, answers(question)).state is State.RIGHT


@pytest.mark.parametrize("question", FOLLOWING)
@pytest.mark.parametrize("value", [0.0, 1.0, 0.5, -2.0, 1e-12, np.nan, np.inf])
@pytest.mark.parametrize("typed", ["right", "zeros"])
def test_degenerate_earlier_numbers_earn_nothing_whatever_follows(question, value, typed):
    answer = {name: number * (typed == "right") for name, number in answers(question).items()}
    verdict = judged(question, earlier(question, value) | answer)
    assert verdict.state is State.BLOCKED
    assert verdict.problem.startswith("Put ")
    assert "right first" in verdict.problem
    assert verdict.earned == 0


@pytest.mark.parametrize("question", FOLLOWING)
def test_earlier_numbers_that_are_only_said_to_be_there_are_missing(question):
    source = NEEDED[question][0]
    verdict = judged(question, answers(question) | {taken_along(source): 1.0})
    assert verdict.state is State.BLOCKED
    assert "is missing" in verdict.problem


@pytest.mark.parametrize(
    ("question", "forged", "says"),
    [
        ("E", {"o5": 1.0, "o6": 1e-12, "E": 0.0}, "Put forward right first: o5 is 1"),
        ("E", {"o5": 0.3, "E": 0.25}, "Put forward right first: o6 is missing"),
        ("error_signals", earlier("error_signals") | {"s3": -1.0}, "s3 is -1, which leaves its neuron no slope"),
        ("update", earlier("update") | {"g31": 0.0}, "Put gradients right first: g31 is 0"),
        (
            "do1_ds1",
            earlier("do1_ds1") | {"s3": -1.0, "s4": -4.0, "do1_ds1": np.zeros((2, 2))},
            "leaves its neuron no slope",
        ),
        ("dW1", {"delta1": [[0.0, 0.0]], "dW1": np.zeros((2, 2))}, "delta1 has the shape (1, 2)"),
        ("delta1", earlier("delta1") | {"ds2_do1": np.zeros((2, 2))}, "Put ds2_do1 right first"),
        ("W2_new", {"dW2": np.ones((2, 2)), "W2_new": PUBLISHED.W2 + 1}, "dW2 is the same number everywhere"),
    ],
)
def test_earlier_numbers_that_trivialise_what_follows_are_named(question, forged, says):
    verdict = judged(question, answers(question) | forged)
    assert (verdict.state, verdict.earned) == (State.BLOCKED, 0)
    assert says in verdict.problem


@pytest.mark.parametrize("shape", [(0,), (3,), (2, 2, 2), (1, 1, 1)])
@pytest.mark.parametrize("question", FOLLOWING)
def test_earlier_numbers_of_any_shape_end_in_a_verdict_and_follow_nothing(question, shape):
    forged = {name: np.full(shape, 7.0) + np.arange(np.prod(shape)).reshape(shape) for name in earlier(question)}
    wrong = {name: number + 0.7 for name, number in answers(question).items()}
    assert judged(question, forged | wrong).earned == 0


@pytest.mark.parametrize("question", [*PASS_ONE, *PASS_TWO])
@pytest.mark.parametrize("given", [None, PUBLISHED.given + 1, PUBLISHED.given[:-1], practice(3).problem.given])
def test_numbers_of_another_network_earn_nothing(question, given):
    verdict = judged(question, answers(question), given)
    assert (verdict.state, verdict.earned) == (State.WRONG, 0)
    assert "another network" in verdict.problem


@pytest.mark.parametrize("size", [1e-8, 1e-5, 1e7])
@pytest.mark.parametrize(("question", "source"), [("update", "gradients"), ("W2_new", "dW2"), ("W1_new", "dW1")])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_gradients_that_leave_the_weights_as_they_are_or_alone_earn_no_update(question, source, size, dtype):
    shapes = {name: RIGHT[name].shape for name in PUBLISHED.names.answers(source)}
    forged = {
        name: size * (1 + number + np.arange(np.prod(shape, dtype=int)).reshape(shape))
        for number, (name, shape) in enumerate(shapes.items())
    }
    weights = (
        [PUBLISHED.weights(int(question[1]))] if question != "update" else [*PUBLISHED.W2.flat, *PUBLISHED.W1.flat]
    )
    copied = {
        name: np.asarray(weight if size < 1 else gradient, dtype=dtype)
        for name, weight, gradient in zip(answers(question), weights, forged.values(), strict=True)
    }
    observation = Observation(observed({**forged, **copied, GIVEN: PUBLISHED.given}))
    assert CHECKS[question].judged(([Probe(PUBLISHED, observation)], [])).earned == 0


def test_single_precision_is_no_excuse_for_typed_numbers():
    answer = {"E": np.asarray(0.25001, dtype=np.float32), GIVEN: PUBLISHED.given}
    probe = Probe(PUBLISHED.as_float32(), Observation(observed(answer)))
    assert CHECKS["E"].judged(([probe], [])).state is State.WRONG


def test_an_answer_that_cannot_be_used_is_told_before_the_earlier_ones():
    unusable = Problem(Trouble.UNUSABLE, "check_E expects a number.")
    verdict = judged("E", earlier("E", 0.0), None, [unusable])
    assert verdict.problem == unusable.sentence
    not_typed = Problem(Trouble.NOT_ATTEMPTED, "Nothing is typed for E yet.")
    assert judged("E", earlier("E", 0.0), None, [not_typed]).state is State.NOT_ATTEMPTED


def test_earlier_answers_come_before_what_cannot_be_read_of_this_one(right_answers):
    found = right_answers(PUBLISHED)
    broken = {"E": "0.25", "forward": found["forward"] | {"o5": 0}}
    assert CHECKS["E"].verdict(broken).state is State.BLOCKED


def test_names_of_single_numbers_are_no_answers_to_a_question():
    verdict = CHECKS["E"].verdict({"E": 0.0, "o5": 1.0, "o6": 0.0})
    assert verdict.labels == (UNEXPLAINED,) or verdict.state is State.WRONG
    assert verdict.earned == 0
