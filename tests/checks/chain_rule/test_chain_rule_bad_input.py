"""Whatever a check is given, it answers with one clear sentence and leaves everything as it was."""

import numpy as np
import pytest

from checks import CheckFailed, chain_rule
from checks.chain_rule import CHECKS
from checks.judging.verdict import State
from checks.observing import watch
from tests.conftest import exercise_named
from tests.function_cells import function_cell, signatures

MISTAKES = exercise_named("chain_rule").mistakes
SIGNATURES = signatures("chain_rule")


def failure(task, argument):
    with pytest.raises(CheckFailed) as caught:
        getattr(chain_rule, f"check_{task}")(argument)
    message = str(caught.value)
    assert "checks/" not in message
    assert "Traceback" not in message
    return message


@pytest.mark.parametrize("task", SIGNATURES)
@pytest.mark.parametrize(
    "argument", [None, 3, "text", int, np.ones(3)], ids=["None", "number", "text", "class", "array"]
)
def test_a_check_expects_the_function_itself(task, argument):
    assert f"expects your function {task}(" in failure(task, argument)


@pytest.mark.parametrize("task", SIGNATURES)
def test_a_check_called_without_its_argument_says_what_it_wants(task):
    with pytest.raises(CheckFailed, match="expects your function"):
        getattr(chain_rule, f"check_{task}")()


BODIES = {
    "nothing returned": ("pass", "None"),
    "printed": ("print(1.5)", "prints its result and returns None"),
    "raises": ("raise KeyError('weights')", "KeyError"),
    "a text": ("return 'text'", "text"),
    "a function": ("return print", "print"),
    "a dictionary": ("return {'a': 1}", "dict"),
    "ends Python": ("raise SystemExit", "tries to end Python"),
    "calls itself": ("return {call}", "calls itself without end"),
    "a complex number": ("return 1j", ""),
    "nan": ("return np.nan", ""),
    "nan in an array": ("return np.array([[np.nan]])", ""),
    "an empty list": ("return []", ""),
    "ragged lists": ("return [[1.0], [1.0, 2.0]]", ""),
    "pairs of None": ("return [(None, None)]", ""),
    "a pair of None": ("return None, None", ""),
    "three things": ("return 1, 2, 3", ""),
}


@pytest.mark.parametrize("task", SIGNATURES)
@pytest.mark.parametrize("name", BODIES)
def test_what_is_no_answer_is_wrong_with_a_sentence(student, capfd, task, name):
    body, expected = BODIES[name]
    call = SIGNATURES[task].replace("=mse_der", "")
    message = failure(task, student(task, function_cell(SIGNATURES[task], body.replace("{call}", call))))
    assert expected in message
    assert len(message) < 1500
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("task", SIGNATURES)
def test_code_that_hangs_is_stopped(student, monkeypatch, task):
    monkeypatch.setitem(watch.watched.__kwdefaults__, "seconds", 0.2)
    cell = function_cell(SIGNATURES[task], "while True:\n    pass")
    assert "never ends" in failure(task, student(task, cell))


CHANGES = {
    "feed_forward_one_layer": "x *= 1\nx += 1",
    "mse_der": "predict -= target\nreturn 2 / predict.size * predict",
    "sigmoid_der": "z[...] = 1\nreturn sigmoid(z)",
    "gradients_layer_1": "layers[0][0][0, 0] = 9\nreturn gradients_layer_2(layers, x, target)",
    "backpropagation": "layers[0][1][0] += 1",
    "backpropagation_batch": "inputs[0, 0] = 5",
    "softmax": "z -= np.max(z, axis=1, keepdims=True)\nreturn np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)",
    "train_network": "inputs += 1",
    "create_layers": "layer_output_sizes.insert(0, network_input_size)",
}


@pytest.mark.parametrize("task", CHANGES)
def test_code_that_changes_its_arguments_is_told_so(student, task):
    verdict = CHECKS[task].verdict(student(task, function_cell(SIGNATURES[task], CHANGES[task])))
    assert verdict.earned < 1
    assert verdict.state is State.WRONG
    if task in ("mse_der", "softmax"):
        assert "changes" in verdict.problem


def test_the_students_notebook_is_as_it_was(notebook):
    before = dict(notebook)
    defaults = notebook["backpropagation"].__defaults__
    state = np.random.get_state()[1].tolist()
    for task, check in CHECKS.items():
        assert check.verdict(notebook[task]).earned == 1
    assert notebook == before
    assert notebook["backpropagation"].__defaults__ is defaults
    assert np.random.get_state()[1].tolist() == state


def test_earlier_mistakes_cost_once(source):
    from course.student_code import namespace

    wrong = {
        "feed_forward_one_layer": "bias-left-out",
        "mse_der": "two-left-out",
        "sigmoid_der": "tanh-formula",
        "dC_dz": "derivative-left-out",
        "dz_dW": "ones-for-the-input",
        "feed_forward_saver": "activations-for-zs",
        "feed_forward_saver_batch": "activations-for-zs",
        "feed_forward_batch": "bias-left-out",
        "cross_entropy": "cost-summed",
        "softmax_cross_entropy_der": "mean-left-out",
        "backpropagation_batch": "bias-not-summed",
    }
    names = namespace(source, {task: MISTAKES[task][label] for task, label in wrong.items()})
    for task, check in CHECKS.items():
        if task in wrong:
            assert check.verdict(names[task]).labels == (wrong[task],)
        else:
            assert check.verdict(names[task]).earned == 1, task


def test_points_come_as_a_plain_float(notebook, student):
    check = chain_rule.check_backpropagation_batch
    assert check(notebook["backpropagation_batch"]) is None
    full = check(notebook["backpropagation_batch"], points=4)
    assert type(full) is float
    assert full == 4.0
    part = check(student("backpropagation_batch", MISTAKES["backpropagation_batch"]["cost-der-ignored"]), points=4)
    assert part == 3.0
    with pytest.raises(CheckFailed):
        check(student("backpropagation_batch", MISTAKES["backpropagation_batch"]["sigmoid-derivative-in-every-layer"]))


def test_a_second_call_shows_what_is_left_over(student):
    cell = """
kept = []
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    if not kept:
        kept.append(feed_forward_saver(input, layers, activation_funcs))
    layer_inputs, zs, predict = kept[0]
    return [(np.outer(b, a), b) for (W, b), a in zip(layers, layer_inputs)]
"""
    assert CHECKS["backpropagation"].verdict(student("backpropagation", cell)).earned < 1


def test_hints_are_three_and_follow_the_mistake(student, capsys):
    chain_rule.hint("nothing")
    assert "There is no task" in capsys.readouterr().out
    with pytest.raises(CheckFailed):
        chain_rule.check_dz_db(student("dz_db", MISTAKES["dz_db"]["ones-vector"]))
    capsys.readouterr()
    for _ in range(3):
        chain_rule.hint("dz_db")
    said = capsys.readouterr().out
    assert "hint 3 of 3" in said
    assert "(11)" in said
