"""An exercise as the audit finds it: by its files alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import CannotRun
from ..student_code import code_cells, namespace, subject

if TYPE_CHECKING:
    from checks.check import Check

Cells = Mapping[str, Mapping[str, str]]
"""Student's cells by task and name."""


@dataclass(frozen=True)
class Exercise:
    """The source notebook `NN_x.py` and the module `checks.x` with its CHECKS.

    What students may write is found in the module or in its `examples`: RIGHT, MISTAKES, UNNAMED, TRUE_NAMES, the names
    that are true of some of these, EQUIVALENT, the mutants that are right although they were changed, and ALIKE, the
    pairs of mistakes that a single case may leave alike, the last two with reasons. Everything but the checks may be
    missing.
    """

    source: Path

    @property
    def name(self) -> str:
        """The name of the exercise, such as 05_neural_network."""
        return self.source.stem

    @cached_property
    def module(self) -> Any:
        """The module of the exercise's checks.

        Raises:
            CannotRun: if there is none, or it has no CHECKS.
        """
        name = f"checks.{self.name.split('_', 1)[-1]}"
        if find_spec(name) is None:
            raise CannotRun(
                f"{self.source.name} has no checks: expected {name.replace('.', '/')}.py or a package of that name"
            )
        module = import_module(name)
        if not hasattr(module, "CHECKS"):
            raise CannotRun(f"{name} has no CHECKS: expected a mapping from the name of each task to its Check")
        return module

    @property
    def forks_well(self) -> bool:
        """Whether a process that has run the exercise's code can be forked; JAX, with its threads, says no."""
        return bool(getattr(self.module, "FORKS_WELL", True))

    def before_forks(self, scratch: Path) -> None:
        """Let an exercise that does not fork well import what it needs; `scratch` is a folder that its trials share.

        It says how in a function `before_forks(scratch)` of its examples, which must not start any thread.
        """
        get_ready = self._examples("before_forks")
        if get_ready:
            get_ready(scratch)

    @property
    def checks(self) -> Mapping[str, Check]:
        """The checks by task."""
        checks: Mapping[str, Check] = self.module.CHECKS
        return checks

    def _examples(self, name: str) -> Any:
        package = f"{self.module.__name__}.examples"
        has_package = hasattr(self.module, "__path__") and find_spec(package) is not None
        return getattr(import_module(package) if has_package else self.module, name, {})

    @property
    def right(self) -> Cells:
        """Right solutions in other styles."""
        cells: Cells = self._examples("RIGHT")
        return cells

    @property
    def mistakes(self) -> Cells:
        """Wrong solutions by the label of their mistake, or "label/variant"."""
        cells: Cells = self._examples("MISTAKES")
        return cells

    @property
    def unnamed(self) -> Cells:
        """Wrong solutions that make no registered mistake."""
        cells: Cells = self._examples("UNNAMED")
        return cells

    @property
    def true_names(self) -> Mapping[str, Sequence[str]]:
        """The labels of cells in `unnamed` for which a name has been found true all the same."""
        found: Mapping[str, Sequence[str]] = self._examples("TRUE_NAMES")
        return found

    @property
    def equivalent(self) -> Cells:
        """Mutants of the solution that are right all the same: task -> change -> reason."""
        cells: Cells = self._examples("EQUIVALENT")
        return cells

    @property
    def alike(self) -> Mapping[str, Mapping[tuple[str, str], str]]:
        """Pairs of labels that a single case may leave alike: task -> pair -> reason."""
        found: Mapping[str, Mapping[tuple[str, str], str]] = self._examples("ALIKE")
        return found

    def solution(self, task: str) -> str:
        """Return the solution cell of a task."""
        return next(
            (cell.source for cell in code_cells(self.source) if cell.kind == "solution" and cell.name == task), ""
        )

    @cached_property
    def stubs(self) -> Mapping[str, str]:
        """What students get for each task, as nbgrader makes it from the solution."""
        import nbformat
        from nbgrader.preprocessors import ClearSolutions

        stubs = {}
        for task in self.checks:
            cell = nbformat.v4.new_code_cell(self.solution(task))
            cell.metadata["nbgrader"] = {"solution": True, "grade": False, "grade_id": task, "schema_version": 3}
            cleared, _ = ClearSolutions().preprocess_cell(cell, {"language": "python"}, 0)
            stubs[task] = cleared.source
        return stubs

    def student(self, task: str, cell: str) -> Any:
        """Return what a task's check gets from a student who wrote `cell` for it, everything else being right."""
        return subject(self.source, task, namespace(self.source, {task: cell}))
