"""The right functions of the exercise, lent to the checks of later ones: one module for each, of its name."""
