"""Example cells for every task: right styles, named mistakes, unnamed mistakes, equivalent mutants, and a class.

With them the audit and the tests prove the checks: what is right passes, a mistake gets its own name, and what has no
name gets none.
"""

from checks.by_hand.predictions import QUESTIONS
from checks.example_cells import add_predictions

from .demo_class import DEMO_CLASS
from .equivalent import ALIKE, EQUIVALENT
from .mistakes import MISTAKES
from .right import RIGHT
from .unnamed import UNNAMED

add_predictions(QUESTIONS, RIGHT, MISTAKES, UNNAMED, EQUIVALENT)

__all__ = ["ALIKE", "DEMO_CLASS", "EQUIVALENT", "MISTAKES", "RIGHT", "UNNAMED"]
