"""What is asked before anything is computed: forgiven forms, a sentence for a known mistake, never a made-up cause."""

from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec

import jupytext
import numpy as np
import pytest

from checks.check import CheckFailed
from checks.judging.predicting import Predictions, Question
from checks.judging.verdict import State, Verdict
from tests.conftest import ROOT

SOURCES = {
    f"checks.{path.stem.split('_', 1)[1]}": path for path in sorted((ROOT / "source_notebooks").glob("0[1-6]_*.py"))
}
EXERCISES = [name for name in SOURCES if find_spec(f"{name}.predictions")]
EVERY_QUESTION = [
    pytest.param(name, key, id=f"{name.removeprefix('checks.')}-{key}")
    for name in EXERCISES
    for key in import_module(f"{name}.predictions").QUESTIONS.questions
]


def asked(exercise: str) -> Predictions:
    return import_module(f"{exercise}.predictions").QUESTIONS


def judged(exercise: str, **answers: object) -> Verdict:
    """Return the verdict on the right answers, but for those that are given."""
    right = {key: question.answer for key, question in asked(exercise).questions.items()}
    return import_module(exercise).CHECKS["predictions"].verdict(right | answers)


def no_answer(question: Question) -> object:
    """Return an answer that is neither right nor a known mistake, None if there is none."""
    if not question.letters:
        return 1234.5
    taken = {question.answer, *(distractor.answer for distractor in question.distractors)}
    return next((letter for letter in question.letters if letter not in taken), None)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_there_are_three_to_five_questions_and_the_notebook_asks_each_of_them(exercise: str) -> None:
    questions = asked(exercise).questions
    assert 3 <= len(questions) <= 5
    cells = jupytext.read(SOURCES[exercise]).cells
    place = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells].index("predictions")
    text = cells[place - 1].source
    for key, question in questions.items():
        assert f"`{key}`" in text
        _, _, rest = text.partition(f"`{key}`")
        assert all(f"**{letter})**" in rest for letter in question.letters), key


@pytest.mark.parametrize(("exercise", "key"), EVERY_QUESTION)
def test_a_known_mistake_is_explained_and_another_answer_gets_no_cause(exercise: str, key: str) -> None:
    question = asked(exercise).questions[key]
    assert len(question.distractors) >= 1
    for distractor in question.distractors:
        verdict = judged(exercise, **{key: distractor.answer})
        assert verdict.labels == (distractor.label,)
        assert distractor.says.removesuffix(".") in verdict.cause.sentence
        assert 0 < verdict.earned < 1
    other = no_answer(question)
    if other is not None:
        verdict = judged(exercise, **{key: other})
        assert verdict.cause is None
        assert f"after {question.after}" in verdict.location


@pytest.mark.parametrize(("exercise", "key"), EVERY_QUESTION)
def test_forms_that_mean_the_same_are_forgiven(exercise: str, key: str) -> None:
    question = asked(exercise).questions[key]
    right = question.answer
    letters = [f"{right}".upper(), f"{right})", f" ({right}) "]
    forms = letters if question.letters else [float(right), str(right), [right], Decimal(str(right))]
    assert all(judged(exercise, **{key: form}).state is State.RIGHT for form in forms)


@pytest.mark.parametrize(("exercise", "key"), EVERY_QUESTION)
def test_an_answer_of_another_kind_leaves_the_question_open_and_says_what_is_wanted(exercise: str, key: str) -> None:
    numbers = ("b", True, np.True_, [1, 2], print, 10**400, np.timedelta64(1, "D"), float("nan"), 1j)
    for other in (3, "zz", ["a"], {}) if asked(exercise).questions[key].letters else numbers:
        verdict = judged(exercise, **{key: other})
        assert verdict.headline.endswith(f"{key} is missing.")
        assert verdict.incomplete
        assert key in verdict.notes[0]
        assert verdict.cause is None


@pytest.mark.parametrize("exercise", EXERCISES)
def test_untouched_answers_are_not_attempted_and_no_right_one_is_told(exercise: str) -> None:
    check, questions = import_module(exercise).CHECKS["predictions"], asked(exercise).questions
    for untouched in (None, dict.fromkeys(questions), {}):
        assert check.verdict(untouched).state is State.NOT_ATTEMPTED
    sent = check.cases(0)
    assert [dict(case.questions) for case in sent] == [{key: question.letters for key, question in questions.items()}]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_last_hint_says_where_the_answers_are_and_none_sends_back_to_the_questions(
    exercise: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module = import_module(exercise)
    wrong = {key: q.distractors[0].answer for key, q in asked(exercise).questions.items()}
    for _ in range(4):
        with pytest.raises(CheckFailed):
            module.check_predictions(wrong)
    capsys.readouterr()
    for _ in range(3):
        module.hint("predictions")
    told = capsys.readouterr().out
    assert "Where the answers are: The notebook answers every question" in told
    assert "reread" not in told


def test_what_is_near_enough_counts_as_the_answer() -> None:
    near = Predictions({"share": Question(0.25, "Part 1", "Draw it.", (), tolerance=0.05)})
    task, (case,) = near.tasks["predictions"], near.cases(0)
    from checks.judging.judge import judge
    from checks.judging.task import Probe
    from checks.observing.predicting import observe_predictions

    states = [
        judge(task, [Probe(case, observe_predictions({"share": guess}, case))]).state for guess in (0.2, 0.3, 0.31)
    ]
    assert states == [State.RIGHT, State.RIGHT, State.WRONG]
