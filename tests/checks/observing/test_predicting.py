"""Answers are read however they are written; what is open is no answer, and what cannot be one is told."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import torch

from checks.observing.observation import Trouble
from checks.observing.predicting import Asked, observe_predictions
from checks.observing.quantity import Quantity

ASKED = Asked({"number": "", "letter": "abc"})


def _seen(predictions):
    return observe_predictions(predictions, ASKED)


def _read(seen):
    return {quantity.kind: array.tolist() for quantity, array in seen.arrays.items()}


@pytest.mark.parametrize(
    "number", [3, 3.0, "3", " 3e0 ", Decimal(3), Fraction(3), np.float32(3), np.array([[3]]), [3], torch.tensor(3)]
)
def test_a_number_is_one_however_it_is_written(number):
    assert _read(_seen({"number": number})) == {"number": 3.0}


@pytest.mark.parametrize("letter", ["b", "B", "b)", "(b)", " b. "])
def test_a_letter_is_its_place(letter):
    assert _read(_seen({"letter": letter})) == {"letter": 2.0}
    assert _read(_seen({"letter": "a"})) == {"letter": 1.0}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("number", value) for value in ("b", "", True, np.True_, [1, 2], print, float("nan"), "inf", 1j)),
        pytest.param("number", 10**5000, id="thousands of digits"),
        *(("letter", value) for value in ("d", "ab", "", 2, True, ["b"])),
    ],
)
def test_what_is_no_answer_does_not_count_and_is_told_once(key, value):
    seen = _seen({key: value})
    assert not seen.arrays
    assert not seen.problems
    assert [(note.kind, note.about) for note in seen.notes] == [("no-answer", key)]
    assert ("a, b, c" in seen.notes[0].sentence) is (key == "letter")


def test_an_answer_to_no_question_is_told_beside_the_others():
    seen = _seen({"number": 3, "nummer": 4, 5: 6})
    assert _read(seen) == {"number": 3.0}
    [note] = seen.notes
    assert note.kind == "no-question"
    assert "'nummer'" in note.sentence
    assert "number, letter" in note.sentence


@pytest.mark.parametrize("open_", [None, ..., {}, {"number": None, "letter": ...}])
def test_who_has_not_guessed_has_not_begun(open_):
    assert [problem.trouble for problem in _seen(open_).problems] == [Trouble.NOT_ATTEMPTED]


def test_who_has_only_answered_what_was_not_asked_has_begun():
    seen = _seen({"nummer": 3})
    assert not seen.problems
    assert [note.kind for note in seen.notes] == ["no-question"]


def test_what_is_open_is_absent():
    assert list(_seen({"number": ..., "letter": "c"}).arrays) == [Quantity("letter")]


@pytest.mark.parametrize("predictions", [3, "b", ["b"], ASKED])
def test_answers_come_by_the_names_of_their_questions(predictions):
    [problem] = _seen(predictions).problems
    assert problem.trouble is Trouble.UNUSABLE
    assert "'number': ..." in problem.sentence


def test_questions_are_the_same_in_every_precision():
    assert ASKED.as_float32() is ASKED
    assert ASKED.dtype().itemsize == 8
    assert str(ASKED) == ""
