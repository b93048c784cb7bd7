"""nbgrader's sanitising preprocessors with the released cells at hand, where its own ask a database for every cell."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import CheckCellMetadata, NbGraderPreprocessor, OverwriteCells, OverwriteKernelspec

from ..released import ReleasedCell, ReleasedNotebook

MOST_REMEMBERED = 10_000


class ReleasedGradebook:
    """The released cells under the methods by which nbgrader's sanitising preprocessors ask the gradebook for them."""

    def __init__(self, notebook: ReleasedNotebook) -> None:
        self._notebook = notebook

    def find_notebook(self, name: str, assignment: str) -> ReleasedNotebook:
        """Return the released notebook."""
        return self._notebook

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> ReleasedCell:
        """Return a released cell, which exists: ids that do not were taken away before."""
        return self._notebook.cells[name]

    find_graded_cell = find_source_cell


class RestoreCells(OverwriteCells):  # type: ignore[misc]
    """nbgrader's `OverwriteCells`, with the released cells at hand instead of a database."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Restore locked cells."""
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id = names["notebook"], names["assignment"]
        self.gradebook = ReleasedGradebook(resources["released"])
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class RestoreKernelspec(OverwriteKernelspec):  # type: ignore[misc]
    """nbgrader's `OverwriteKernelspec`, likewise."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Restore the name of the kernel."""
        kernelspec = json.loads(resources["released"].kernelspec or "null")
        if kernelspec:
            nb.metadata["kernelspec"] = kernelspec
        return nb, resources


class RememberingValidator(MetadataValidator):  # type: ignore[misc]
    """nbgrader's check of cell metadata, which knows again what it has found valid: all of a class have the same."""

    def __init__(self) -> None:
        super().__init__()
        self._valid: set[str] = set()

    def validate_cell(self, cell: Any) -> None:
        """Check one cell's metadata. Raise nbgrader's errors if something is wrong with it."""
        key = json.dumps([cell.cell_type, cell.metadata.get("nbgrader")], sort_keys=True)
        if key not in self._valid:
            super().validate_cell(cell)
            if len(self._valid) > MOST_REMEMBERED:
                self._valid.clear()
            self._valid.add(key)


class CheckCells(CheckCellMetadata):  # type: ignore[misc]
    """nbgrader's `CheckCellMetadata`, likewise."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Check the metadata of all cells. Raise nbgrader's errors if something is wrong with it."""
        _validator().validate_nb(nb)
        return nb, resources


@cache
def _validator() -> RememberingValidator:
    """Return this process's validator: each reads nbgrader's schemas anew."""
    return RememberingValidator()


OURS: Mapping[type, type] = {
    OverwriteCells: RestoreCells,
    OverwriteKernelspec: RestoreKernelspec,
    CheckCellMetadata: CheckCells,
}
"""What takes the place of nbgrader's own in a course's list of preprocessors."""
