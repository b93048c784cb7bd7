"""Example cells for every task: right styles, named mistakes, unnamed mistakes, and a class of students."""

from checks.example_cells import add_predictions
from checks.layers_and_losses.predictions import QUESTIONS

from .demo_class import DEMO_CLASS
from .equivalent import EQUIVALENT
from .hostile import HOSTILE
from .mistakes import MISTAKES
from .right import RIGHT
from .unnamed import UNNAMED

add_predictions(QUESTIONS, RIGHT, MISTAKES, UNNAMED, EQUIVALENT)

__all__ = ["DEMO_CLASS", "EQUIVALENT", "HOSTILE", "MISTAKES", "RIGHT", "UNNAMED"]
