"""Formulas as data, and the slips that people make with them: a mistake is an edit of the tree of an equation."""
