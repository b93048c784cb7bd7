"""Every trap that published versions of the exercise fall into is impossible here, or caught."""

import re

import numpy as np
import pytest

from checks.by_hand import CHECKS, PUBLISHED, practice
from checks.by_hand.cases import SCALES, SIZES, draw
from checks.by_hand.solution import solution
from checks.judging.verdict import State
from tests.checks.by_hand.conftest import dead_neurons
from tests.conftest import exercise_named

MISTAKES = exercise_named("by_hand").mistakes

X, T = np.array([[1.0], [2.0]]), np.array([[1.0], [0.0]])
W1, W2 = np.array([[-3.0, 2.0], [2.0, 1.0]]), np.array([[4.0, -1.0], [-2.0, 0.5]])


def at_the_published_point(names):
    """Run a student's functions on the notebook's network; return all results."""
    s1, o1, s2, o2 = names["forward_pass"](X, W1, W2)
    delta1, delta2 = names["backward_pass"](T, s1, s2, o2, W2)
    new = names["updated"](W2, delta2, o1, 1.0), names["updated"](W1, delta1, X, 1.0)
    return [*map(np.asarray, (s1, o1, s2, o2, delta1, delta2)), *new, np.asarray(names["squared_error"](o2, T))]


def hidden_at_the_published_point(source, notebook):
    """Yield the mistakes in functions that give all the right numbers on the notebook's network."""
    from course.student_code import namespace

    expected = at_the_published_point(notebook)
    for task in ("relu", "sigmoid", "relu_derivative", "sigmoid_derivative", "squared_error", "forward_pass"):
        yield from _hidden(namespace, source, task, expected)
    for task in ("backward_pass", "updated"):
        yield from _hidden(namespace, source, task, expected)


def _hidden(namespace, source, task, expected):
    for name, cell in MISTAKES[task].items():
        try:
            found = at_the_published_point(namespace(source, {task: cell}))
        except ValueError:
            continue
        if all(f.shape == e.shape and np.allclose(f, e) for f, e in zip(found, expected, strict=True)):
            yield task, name


def test_mistakes_that_the_published_point_hides_are_caught_and_named(source, notebook, student):
    hidden = list(hidden_at_the_published_point(source, notebook))
    assert {
        ("relu", "maximum-with-1"),
        ("sigmoid", "sign-of-the-exponent"),
        ("relu_derivative", "always-1"),
        ("sigmoid_derivative", "constant-slope"),
        ("squared_error", "mean"),
        ("forward_pass", "relu-left-out"),
        ("backward_pass", "hidden-slope-left-out"),
        ("updated", "learning-rate-left-out"),
    } <= set(hidden)
    assert len(hidden) >= 13
    for task, name in hidden:
        verdict = CHECKS[task].verdict(student(task, MISTAKES[task][name]))
        assert verdict.labels == (name.partition("/")[0],)


@pytest.mark.parametrize("seed", range(20))
def test_functions_are_checked_on_weighted_inputs_of_both_signs(seed):
    for case in (draw(sizes, seed, scale) for scale in SCALES for sizes in SIZES):
        assert case.values.min() < -0.1 < 0.1 < case.values.max()
        assert case.integers.min() < 0 < case.integers.max()
        assert case.s1.min() < 0 < case.s1.max()
        assert np.abs(np.concatenate([case.s1, case.s2])).min() > 0.1
        assert 0.01 < np.abs(case.values).min() < 0.05
        assert case.epsilon != 1
        hidden = case.W1 @ case.x
        assert hidden.min() < -0.1 < 0.1 < hidden.max()
        assert np.abs(hidden).min() > 0.1


def test_half_the_sum_and_the_mean_differ_because_outputs_are_not_always_two():
    assert {1, 2, 3, 7} == {sizes[2] for sizes in SIZES}


def test_no_weight_matrix_of_the_cases_is_symmetric_or_square():
    for sizes in SIZES:
        assert len(set(sizes)) == 3


def test_a_dead_unit_occurs_in_practice_and_dropping_its_slope_is_named(right_answers, with_earlier):
    exercise = next(exercise for seed in range(50) if dead_neurons((exercise := practice(seed)).problem))
    problem, answers = exercise.problem, right_answers(exercise.problem)
    (dead,) = dead_neurons(problem)
    signals = answers["error_signals"]
    assert signals[f"delta{dead}"] == 0
    back = problem.W2.T @ [signals[name] for name in problem.names.of("delta", 2)]
    signals[f"delta{dead}"] = back[problem.names.neurons(1).index(dead)]
    verdict = exercise.checks["error_signals"].verdict(with_earlier("error_signals", answers))
    assert verdict.labels == ("hidden-slope-left-out",)


def test_a_hidden_relu_left_out_is_named_in_practice(right_answers):
    exercise = next(exercise for seed in range(50) if dead_neurons((exercise := practice(seed)).problem))
    answers = right_answers(exercise.problem)["forward"]
    (dead,) = dead_neurons(exercise.problem)
    answers[f"o{dead}"] = answers[f"s{dead}"]
    assert exercise.checks["forward"].verdict(answers).labels == ("relu-left-out",)


def test_the_updated_weights_have_the_right_signs():
    """Published versions print w54 as +0.5 and w63 as +2.125."""
    right = solution(PUBLISHED)
    assert (float(right["w54"]), float(right["w63"])) == (-0.5, -2.125)


def test_the_notebook_prints_the_right_matrices(source):
    text = source.read_text(encoding="utf-8")
    assert r"\sigma'(s_5) & 0 \\ 0 & \sigma'(s_6)" in text
    assert r"\mathrm{relu}'(s_3) & 0 \\ 0 & \mathrm{relu}'(s_4)" in text
    assert r"w_{53} & w_{54} \\ w_{63} & w_{64}" in text
    assert '"w54": -0.5, "w63": -2.125' in text
    numbers = re.findall(r"\\tag\{(\d+)\}", text)
    assert numbers == [str(number) for number in range(1, 19)]


def test_a_product_without_brackets_is_right_for_columns(student):
    cell = """
def backward_pass(t, s1, s2, o2, W2):
    delta2 = (t - o2) * sigmoid_derivative(s2)
    return relu_derivative(s1) * W2.T @ delta2, delta2
"""
    assert CHECKS["backward_pass"].verdict(student("backward_pass", cell)).state is State.RIGHT


def test_wrong_element_functions_do_not_spoil_the_functions_that_call_them(source):
    from course.student_code import namespace, subject

    wrong = {task: next(iter(MISTAKES[task].values())) for task in ("relu", "sigmoid", "relu_derivative")}
    names = namespace(source, wrong)
    own = {task: names[task] for task in wrong}
    for task in ("forward_pass", "backward_pass"):
        assert CHECKS[task].verdict(subject(source, task, names)).earned == 1
    assert {task: names[task] for task in wrong} == own


def test_a_sign_flip_is_told_from_other_mistakes_loudly(right_answers, with_earlier):
    answers = right_answers(PUBLISHED)
    answers["error_signals"] = {name: -value for name, value in answers["error_signals"].items()}
    verdict = CHECKS["error_signals"].verdict(with_earlier("error_signals", answers))
    assert "positive gradient" in verdict.cause.sentence
    assert "δ = -∂E/∂s" in verdict.cause.sentence
