"""Mistakes that learners make, one tuple for each question and each function."""

from checks.by_hand.misconceptions.arrays import ARRAYS, ARRAYS_HIDDEN_HERE
from checks.by_hand.misconceptions.functions import FUNCTIONS
from checks.by_hand.misconceptions.numbers import NUMBERS, NUMBERS_HIDDEN_HERE
from checks.by_hand.misconceptions.words import SUBTRACTED

BY_TASK = {**NUMBERS, **ARRAYS, **FUNCTIONS}
"""The mistakes that the network of the notebook or the cases of a function can tell apart, by task."""

HIDDEN_HERE = {**NUMBERS_HIDDEN_HERE, **ARRAYS_HIDDEN_HERE}
"""The mistakes that the notebook's network hides and that practice networks show, by task."""

__all__ = ["BY_TASK", "HIDDEN_HERE", "SUBTRACTED"]
