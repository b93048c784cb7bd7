"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was."""

import numpy as np
import pytest

import checks.by_hand as by_hand
from checks import CheckFailed
from checks.by_hand import CHECKS
from checks.by_hand.case import PASS_ONE, PASS_TWO
from checks.judging.verdict import State
from checks.observing import watch

MAPPINGS = ("forward", "error_signals", "gradients", "update")
FUNCTIONS = tuple(name for name in CHECKS if name not in ("predictions", *PASS_ONE, *PASS_TWO))


def failure(task, argument):
    with pytest.raises(CheckFailed) as caught:
        getattr(by_hand, f"check_{task}")(argument)
    message = str(caught.value)
    assert "checks/" not in message
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize("task", CHECKS)
@pytest.mark.parametrize("untouched", [None, ...])
def test_untouched_stubs_are_not_attempted(task, untouched):
    assert f"○ {task}: not attempted yet." in failure(task, untouched)


@pytest.mark.parametrize("task", CHECKS)
def test_a_check_called_without_its_argument_is_not_attempted(task):
    with pytest.raises(CheckFailed, match="not attempted"):
        getattr(by_hand, f"check_{task}")()


@pytest.mark.parametrize("task", MAPPINGS)
def test_a_mapping_of_untouched_numbers_is_not_attempted(task):
    names = by_hand.PUBLISHED.names.answers(task)
    for value in (None, ...):
        assert "not attempted yet" in failure(task, dict.fromkeys(names, value))
    assert "not attempted yet" in failure(task, {})


@pytest.mark.parametrize("task", PASS_TWO)
@pytest.mark.parametrize("array", [[None, None], [[None, None], [None, None]], [[..., ...], [..., ...]], []])
def test_an_array_of_untouched_numbers_is_not_attempted(task, array):
    assert "not attempted yet" in failure(task, array)
    assert "not attempted yet" in failure(task, np.array(array, dtype=object))


@pytest.mark.parametrize("task", MAPPINGS)
@pytest.mark.parametrize("argument", [3.5, "text", dict, [1, 2]])
def test_what_is_no_mapping_is_named(task, argument):
    assert f"check_{task} expects your numbers by their names" in failure(task, argument)


@pytest.mark.parametrize("task", ["E", *PASS_TWO])
@pytest.mark.parametrize("argument", [int, {"a": 1}, len])
def test_what_is_no_array_is_named(task, argument):
    assert f"check_{task} expects" in failure(task, argument)


@pytest.mark.parametrize("task", ["E", *PASS_TWO])
@pytest.mark.parametrize("argument", ["0.25", 1j, [[1, "two"], [3, 4]], object(), [[1, 2], [3]]])
def test_what_holds_no_numbers_is_named(task, argument):
    kind = "a number" if task == "E" else "an array of numbers"
    assert f"{task} should be {kind}, but it is" in failure(task, argument)


def test_a_number_in_quotation_marks_is_named():
    assert "s3 should be a number, but it is the string '1'. Type it without quotation marks." in failure(
        "forward", {**dict.fromkeys(by_hand.PUBLISHED.names.answers("forward"), 4), "s3": "1"}
    )


@pytest.mark.parametrize("value", ["1", [1, 2], 1j, object(), float("nan"), float("inf"), 10**400, np.ones((2, 2))])
def test_a_single_bad_number_costs_itself_and_what_it_has_to_lead_to(value):
    numbers = {"s3": value, "s4": 4, "o3": 1, "o4": 4, "s5": 0, "s6": 0, "o5": 0.5, "o6": 0.5}
    assert "s3" in failure("forward", numbers)
    assert CHECKS["forward"].verdict(numbers).earned < 1


def test_an_unknown_name_is_noted():
    numbers = {"s3": 1, "s4": 4, "o3": 1, "o4": 4, "s5": 0, "s6": 0, "o5": 0.5, "o6": 0.5, "s7": 1}
    verdict = CHECKS["forward"].verdict(numbers)
    assert verdict.state is State.RIGHT
    assert "'s7'" in verdict.notes[0]


@pytest.mark.parametrize("task", FUNCTIONS)
@pytest.mark.parametrize("argument", [3, "relu", int, np.ones(3)])
def test_function_checks_expect_the_function_itself(task, argument):
    assert f"check_{task} expects your function {task}(" in failure(task, argument)


@pytest.mark.parametrize("task", FUNCTIONS)
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: lambda *given: None, "returned None"),
        (lambda: lambda *given: print("0.5"), "prints its result and returns None"),
        (lambda: lambda *given: 1 / 0, "ZeroDivisionError"),
        (lambda: lambda *given: exec("raise SystemExit"), "tries to end Python"),
        (lambda: lambda: 1, "TypeError"),
        (lambda: lambda *given: "text", "returned the string"),
        (lambda: lambda *given: {"s1": 1}, "returned a dict"),
        (lambda: lambda *given: float("nan"), ""),
        (lambda: lambda *given: given[0].fill(0.5) or given[0], "changes|wrong|shape|returned"),
        (lambda: lambda *given: (_ for _ in ()).throw(NotImplementedError("later")), "NotImplementedError"),
    ],
)
def test_bad_functions_are_described(task, make, expected, capfd):
    import re

    assert re.search(expected, failure(task, make()))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("task", FUNCTIONS)
def test_a_function_that_never_ends_is_stopped(task, monkeypatch):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 0.3)

    def endless(*given):
        while True:
            pass

    assert "never ends" in failure(task, endless)


def test_a_stub_is_not_attempted_and_a_missing_helper_blocks():
    def relu(s):
        raise NotImplementedError()

    assert CHECKS["relu"].verdict(relu).state is State.NOT_ATTEMPTED

    def sigmoid_derivative(s):
        return relu(s)

    assert CHECKS["sigmoid_derivative"].verdict(sigmoid_derivative).state is State.BLOCKED


def test_an_update_that_changes_its_argument_is_right_with_a_note():
    def updated(W, delta, o, epsilon):
        W += epsilon * delta @ o.T
        return W

    verdict = CHECKS["updated"].verdict(updated)
    assert verdict.state is State.RIGHT
    assert "also changes the W" in verdict.notes[0]


def test_functions_with_the_names_of_pass_1_are_checked_as_functions(notebook):
    assert by_hand.check_forward(notebook["forward_pass"], points=1.5) == 1.5
    assert by_hand.check_error_signals(notebook["backward_pass"], points=2) == 2
    assert by_hand.check_update(notebook["updated"], points=1) == 1


def test_answers_that_explode_when_they_are_read_end_in_a_verdict():
    class Bomb:
        def __array__(self, *given, **named):
            raise RuntimeError("boom")

        def __float__(self):
            raise RuntimeError("boom")

    for task in ("E", "dW2"):
        assert CHECKS[task].verdict(Bomb()).earned == 0
    assert CHECKS["forward"].verdict({"s3": Bomb()}).earned == 0
    assert CHECKS["E"].verdict({"E": 0.25, "forward": {"o5": Bomb(), "o6": 0.5}}).state is State.BLOCKED
