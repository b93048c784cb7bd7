"""Mutants of the engine that no test can notice: module -> change -> why."""

EQUIVALENT: dict[str, dict[str, str]] = {}
