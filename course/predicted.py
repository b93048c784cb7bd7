"""What students answer to the questions that come before anything is computed: made from an exercise's questions."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from .answers import TaskAnswers

TASK = "predictions"


def predicted(exercise: str) -> TaskAnswers | None:
    """Return answers to the questions in `checks.x.predictions`, of the exercise NN_x; None if it has none."""
    module = f"checks.{exercise.split('_', 1)[-1]}.predictions"
    try:
        questions = import_module(module).QUESTIONS.questions
    except ModuleNotFoundError as missing:
        if missing.name is None or not module.startswith(missing.name):
            raise
        return None
    answers = {key: question.answer for key, question in questions.items()}
    first = next(iter(answers))
    found = TaskAnswers()
    found.typed["right"] = {
        "as-asked": _cell(answers),
        "in-other-forms": _cell(
            {key: f"{answer.upper()})" if isinstance(answer, str) else f"{answer}" for key, answer in answers.items()}
        ),
        "with-an-unknown-key": _cell(answers | {"nobody asked": 1}),
    }
    found.typed["mistake"] = {
        distractor.label: _cell(answers | {key: distractor.answer})
        for key, question in questions.items()
        for distractor in question.distractors
    }
    found.typed["unnamed"] = {
        "one-open": _cell(answers | {first: None}),
        "one-alone": _cell({first: answers[first]}),
        "a-list": f"{TASK} = {list(answers.values())!r}\n",
        "no-key-known": _cell({"nobody asked": 1}),
        "words": _cell(dict.fromkeys(answers, "I do not know")),
        **{
            f"another-kind-for-{key}": _cell(answers | {key: 1234.5 if question.letters else "b"})
            for key, question in questions.items()
        },
    }
    untouched = _cell(dict.fromkeys(answers)).strip()
    found.equivalent[f"{untouched} → pass"] = "the answers are given below"
    return found


def _cell(answers: Mapping[str, object]) -> str:
    return f"{TASK} = {dict(answers)!r}\n"
