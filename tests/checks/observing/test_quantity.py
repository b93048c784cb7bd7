"""A quantity knows its words."""

import pytest

from checks.observing.quantity import AFTER, Quantity, capitalised, named


@pytest.mark.parametrize(
    ("quantity", "beginning_a_sentence", "beginning_a_line"),
    [
        (Quantity("weight gradient", 3, 2), "The weight gradient of layer 3 (second call)", None),
        (Quantity("loss", aspect="at exactly 0"), "The loss at exactly 0", "Loss at exactly 0"),
        (Quantity("o1", step=2), "o1 in step 2", "o1 in step 2"),
        (Quantity("W1", step=2, aspect=AFTER), "W1 after step 2", "W1 after step 2"),
        (Quantity("w", neurons=(5, 3)), "w53", "w53"),
        (Quantity("dx"), "dx", "dx"),
        (Quantity("sum"), "The sum", "Sum"),
        (Quantity("Loss"), "Loss", "Loss"),
        (Quantity("y_hat"), "y_hat", "y_hat"),
    ],
)
def test_a_word_gets_an_article_and_a_capital_and_a_symbol_stays(quantity, beginning_a_sentence, beginning_a_line):
    assert named(quantity) == beginning_a_sentence
    assert capitalised(quantity) == (beginning_a_line or "Weight gradient of layer 3 (second call)")


def test_the_same_of_another_call_differs_in_nothing_else():
    quantity = Quantity("w", 1, 1, AFTER, 2, (3, 4))
    assert quantity.in_call(2) == Quantity("w", 1, 2, AFTER, 2, (3, 4))
