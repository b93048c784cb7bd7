"""Source text of example cells: right ones, mistakes and hostile ones, as an exercise's `examples` write them."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.judging.predicting import Predictions

Change = tuple[str, str]
"""Words of a cell, and what stands in their place."""

_STATEMENTS = ("return", "raise", "pass", "print")


def cells(indented: dict[str, str]) -> dict[str, str]:
    """Return the same cells without the indentation they have in our source files."""
    return {name: dedent(text).strip() + "\n" for name, text in indented.items()}


def function_cells(signature: str, bodies: dict[str, str]) -> dict[str, str]:
    """Return whole cells that define a function such as "softmax(z)" with each body.

    A body of one expression is what the function returns; a text that defines the function itself is a cell already.
    """
    return {name: _function_cell(signature, text) for name, text in cells(bodies).items()}


def _function_cell(signature: str, body: str) -> str:
    name = signature.partition("(")[0]
    if f"def {name}(" in body or f"{name} =" in body:
        return body
    if body.count("\n") == 1 and not body.startswith(_STATEMENTS):
        body = f"return {body}"
    return f"def {signature}:\n{indent(body, '    ')}"


def method_cells(beginning: str, indented: dict[str, str]) -> dict[str, str]:
    """Return the cells of a class that all begin alike, from the methods that differ."""
    return {name: beginning + indent(text, "    ") for name, text in cells(indented).items()}


def changed(cell: str, *changes: Change) -> str:
    """Return a cell with some of its words replaced, each of which has to occur in it.

    Raises:
        ValueError: if one does not.
    """
    for old, new in changes:
        if old not in cell:
            raise ValueError(f"{old!r} does not occur in {cell}")
        cell = cell.replace(old, new)
    return cell


Cells = dict[str, dict[str, str]]


def add_predictions(predictions: Predictions, right: Cells, mistakes: Cells, unnamed: Cells, equivalent: Cells) -> None:
    """Add to the cells of an exercise those in which a student answers its questions before anything is computed."""
    answers = {key: question.answer for key, question in predictions.questions.items()}
    letters = {key: question.letters for key, question in predictions.questions.items()}
    first = next(iter(answers))
    right["predictions"] = {
        "as-asked": _predicted(answers),
        "in-other-forms": _predicted(
            {key: f"{answer.upper()})" if isinstance(answer, str) else f"{answer}" for key, answer in answers.items()}
        ),
        "with-an-unknown-key": _predicted(answers | {"nobody asked": 1}),
    }
    mistakes["predictions"] = {
        distractor.label: _predicted(answers | {key: distractor.answer})
        for key, question in predictions.questions.items()
        for distractor in question.distractors
    }
    unnamed["predictions"] = {
        "one-open": _predicted(answers | {first: None}),
        "one-alone": _predicted({first: answers[first]}),
        "a-list": f"predictions = {list(answers.values())!r}\n",
        "no-key-known": _predicted({"nobody asked": 1}),
        "words": _predicted(dict.fromkeys(answers, "I do not know")),
        **{f"another-kind-for-{key}": _predicted(answers | {key: _of_another_kind(letters[key])}) for key in answers},
    }
    untouched = _predicted(dict.fromkeys(answers)).strip()
    equivalent["predictions"] = {f"{untouched} → pass": "the answers are given below"}


def _predicted(answers: Mapping[str, object]) -> str:
    return f"predictions = {dict(answers)!r}\n"


def _of_another_kind(letters: str) -> object:
    return 1234.5 if letters else "b"
