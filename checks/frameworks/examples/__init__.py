"""Example cells for every task: right styles, named mistakes, unnamed mistakes, and a class of students.

With them the audit and the tests prove the checks: what is right passes, a mistake gets its own name, and what has no
name gets none.
"""

from checks.example_cells import add_predictions
from checks.frameworks.predictions import QUESTIONS

from .demo_class import DEMO_CLASS
from .equivalent import EQUIVALENT
from .forks import before_forks
from .mistakes import MISTAKES
from .right import RIGHT
from .unnamed import UNNAMED

add_predictions(QUESTIONS, RIGHT, MISTAKES, UNNAMED, EQUIVALENT)

__all__ = ["DEMO_CLASS", "EQUIVALENT", "MISTAKES", "RIGHT", "UNNAMED", "before_forks"]
