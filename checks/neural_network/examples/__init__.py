"""Example cells for every task: right styles, named mistakes, unnamed mistakes, hostile code, and a class of students.

With them the audit and the tests prove the checks: what is right passes, a mistake gets its own name, what has no name
gets none, and nothing that a student's code does harms whoever runs it.
"""

from checks.example_cells import add_predictions
from checks.neural_network.predictions import QUESTIONS

from .demo_class import DEMO_CLASS
from .equivalent import ALIKE, EQUIVALENT
from .hostile import HOSTILE
from .mistakes import MISTAKES
from .right import RIGHT
from .unnamed import TRUE_NAMES, UNNAMED

add_predictions(QUESTIONS, RIGHT, MISTAKES, UNNAMED, EQUIVALENT)

__all__ = ["ALIKE", "DEMO_CLASS", "EQUIVALENT", "HOSTILE", "MISTAKES", "RIGHT", "TRUE_NAMES", "UNNAMED"]
