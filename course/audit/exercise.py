"""An exercise as the audit finds it: by its files alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..answers import Answers, Cells
from ..problems import CannotRun
from ..student_code import code_cells, namespace, subject

if TYPE_CHECKING:
    from checks.check import Check


@dataclass(frozen=True)
class Exercise:
    """The source notebook `NN_x.py`, the module `checks.x` with its CHECKS, and `answers/NN_x/`, what students type.

    Everything but the checks may be missing.
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
        """Let an exercise that does not fork well import what it needs; `scratch` is a folder that its trials share."""
        if not self.forks_well:
            from .without_forks import get_ready

            get_ready(self.module.get_ready, scratch)

    @property
    def checks(self) -> Mapping[str, Check]:
        """The checks by task."""
        checks: Mapping[str, Check] = self.module.CHECKS
        return checks

    @cached_property
    def answers(self) -> Answers:
        """What students type, as it is written."""
        return Answers(self.source)

    @cached_property
    def right(self) -> Cells:
        """Right solutions in other styles."""
        return self.answers.typed("right")

    @cached_property
    def mistakes(self) -> Cells:
        """Wrong solutions by the label of their mistake, or "label/variant"."""
        return self.answers.typed("mistake")

    @cached_property
    def unnamed(self) -> Cells:
        """Wrong solutions that make no registered mistake."""
        return self.answers.typed("unnamed")

    @property
    def slips(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The labels of the slips that name cells without a registered mistake: task -> cell -> labels."""
        return {task: found.slips for task, found in self.answers.by_task.items()}

    @cached_property
    def hostile(self) -> Cells:
        """Solutions that harm whoever runs them."""
        return self.answers.typed("hostile")

    @property
    def equivalent(self) -> Cells:
        """Mutants of the solution that are right all the same: task -> change -> reason."""
        return {task: found.equivalent for task, found in self.answers.by_task.items()}

    @property
    def alike(self) -> Mapping[str, Mapping[tuple[str, str], str]]:
        """Pairs of labels that a single case may leave alike: task -> pair -> reason."""
        return {task: found.alike for task, found in self.answers.by_task.items() if found.alike}

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
