"""Example cells for every task: right styles, named mistakes, unnamed mistakes, and a class of students.

With them the audit and the tests prove the checks: what is right passes, a mistake gets its own name, and what has no
name gets none. EQUIVALENT lists the changes of a solution that leave it right.
"""

from checks.chain_rule.predictions import QUESTIONS
from checks.example_cells import add_predictions

from .demo_class import DEMO_CLASS
from .equivalent import EQUIVALENT
from .mistakes import MISTAKES
from .right import RIGHT
from .unnamed import UNNAMED

add_predictions(QUESTIONS, RIGHT, MISTAKES, UNNAMED, EQUIVALENT)

__all__ = ["DEMO_CLASS", "EQUIVALENT", "MISTAKES", "RIGHT", "UNNAMED"]
