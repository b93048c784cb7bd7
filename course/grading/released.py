"""An assignment as it was released: what its cells must be, taken from the gradebook once and sent to every worker."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .imports import code_in
from .judging.digest import digest_of_judges
from .judging.graded_checks import GradedCheck, called_check, names_of_checks, uses_checks, uses_our_package
from .sandbox.borders import Borders, Limits
from .sandbox.observing_side import kept_back
from .sandbox.starting import Warmth
from .sandbox.surroundings import helpers


@dataclass(frozen=True)
class ReleasedCell:
    """One cell as the gradebook knows it, under the names that nbgrader's own objects have."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str
    grade: bool = False
    solution: bool = False
    task: bool = False
    max_score: float = 0.0
    tags: tuple[str, ...] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """What the cell's nbgrader metadata must say; who changed it is listed."""
        kinds = {"grade": self.grade, "solution": self.solution, "task": self.task}
        return {"schema_version": 3, **kinds, **({"points": self.max_score} if self.grade or self.task else {})}


@dataclass(frozen=True)
class ReleasedNotebook:
    """One notebook of an assignment; `text` is the instructor's version, for a reference run.

    `foreign` says that `checks` is another module there than ours.
    """

    name: str
    kernelspec: str | None
    source_cells: tuple[ReleasedCell, ...]
    text: str | None = None
    foreign: bool = False

    @cached_property
    def cells(self) -> Mapping[str, ReleasedCell]:
        """Every cell that has a grade_id, by that."""
        return {cell.name: cell for cell in self.source_cells}

    @property
    def grade_cells(self) -> list[ReleasedCell]:
        """The cells that a grade is kept for, but for tasks."""
        return [cell for cell in self.source_cells if cell.grade]

    @property
    def solution_cells(self) -> list[ReleasedCell]:
        """The cells that students fill in."""
        return [cell for cell in self.source_cells if cell.solution]

    @property
    def task_cells(self) -> list[ReleasedCell]:
        """The cells that describe a task which is graded by hand."""
        return [cell for cell in self.source_cells if cell.task]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What stands in the cells for things of our checks; see `names_of_checks`."""
        if self.foreign:
            return {}
        return names_of_checks(code_in(self.text) if self.text else [cell.source for cell in self.source_cells])

    @cached_property
    def checks(self) -> Mapping[str, GradedCheck]:
        """The graded cells that call a check of ours, by grade_id."""
        called = {cell.name: called_check(cell.source, self.names) for cell in self._test_cells}
        return {name: check for name, check in called.items() if check is not None}

    @property
    def _test_cells(self) -> list[ReleasedCell]:
        return [cell for cell in self.grade_cells if not cell.solution and cell.cell_type == "code"]

    @property
    def unsealed(self) -> list[str]:
        """The cells, by grade_id, whose scores are made where they run: other tests than a check at a cell's end."""
        return [cell.name for cell in self._test_cells if cell.name not in self.checks]

    @cached_property
    def judged_inside(self) -> tuple[str, ...]:
        """Those of them that use checks of ours all the same, in another way."""
        return tuple(name for name in self.unsealed if uses_our_package(self.cells[name].source, self.names))


@dataclass(frozen=True)
class Assignment:
    """Everything that a worker needs to know about an assignment.

    `config` is the course's traitlets configuration; `before` and `after` are nbgrader's preprocessors in the course's
    order: those that come before the cells run, and those that follow up to the saving of grades, which is the
    driver's. `files` is a tar of the assignment's other files, `beside` the modules among them, and `modules` what
    notebooks and files import from elsewhere. `environment` are the variables that their kernels set.
    """

    name: str
    notebooks: Mapping[str, ReleasedNotebook]
    config: Any
    before: tuple[type, ...]
    after: tuple[type, ...]
    files: bytes
    modules: tuple[str, ...]
    borders: Borders
    beside: frozenset[str] = frozenset()
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    full: bool = False

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many bytes each of its files has."""
        with tarfile.open(fileobj=io.BytesIO(self.files)) as tar:
            return {member.name: member.size for member in tar}

    @property
    def warmth(self) -> Warmth:
        """What a zygote for this assignment is made for."""
        first, environment = tuple(sorted(self.beside)), tuple(sorted(self.environment.items()))
        digest = hashlib.sha256(repr((self.digest, environment)).encode()).hexdigest() if environment else self.digest
        return Warmth(digest, self.modules, self.borders, self.limits, self.sealed, first, environment)

    @cached_property
    def sealed(self) -> bool:
        """Whether all graded cells that use our checks are judged outside the sandbox."""
        return uses_checks(self.modules) and not any(notebook.judged_inside for notebook in self.notebooks.values())

    @property
    def unsealed(self) -> list[str]:
        """The graded cells, as NOTEBOOK/GRADE_ID, whose scores are made in the student's process."""
        return [f"{notebook.name}/{cell}" for notebook in self.notebooks.values() for cell in notebook.unsealed]

    @property
    def exposed(self) -> list[str]:
        """Those of them, likewise, that use our checks, so that the sandbox has to hold what judges."""
        return [f"{notebook.name}/{cell}" for notebook in self.notebooks.values() for cell in notebook.judged_inside]

    @cached_property
    def kept_back(self) -> frozenset[str]:
        """The modules of our checks that no notebook should name, which a worker need not work out for itself."""
        return kept_back()

    @cached_property
    def digest(self) -> str:
        """What tells this assignment from an earlier release of it: its cells and files."""
        cells = {name: notebook.source_cells for name, notebook in sorted(self.notebooks.items())}
        return hashlib.sha256(repr((self.name, cells)).encode() + self.files).hexdigest()

    @cached_property
    def judges(self) -> str:
        """What tells from earlier ones the checks and helper modules that judge it; an empty text where none does."""
        judged = [one for one in self.notebooks.values() if one.checks or one.judged_inside]
        ours = digest_of_judges(frozenset(name for one in judged for name in one.names.values()))
        helping = [(name, held) for name, _, held in helpers(self.modules, self.warmth.environment)]
        return ours + (hashlib.sha256(repr(helping).encode()).hexdigest() if helping else "")


def labelled_cells(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the cells of a notebook of the instructor's that have a grade_id, in order."""
    for cell in json.loads(text).get("cells", []):
        grade_id = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        if grade_id:
            yield grade_id, cell


def packed(files: Mapping[str, Path | bytes]) -> bytes:
    """Return a tar of regular files, given as paths or by what they hold, by the names that they shall have."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, given in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(given) if isinstance(given, bytes) else given.stat().st_size
            info.mode = 0o644
            with io.BytesIO(given) if isinstance(given, bytes) else given.open("rb") as file:
                tar.addfile(info, file)
    return buffer.getvalue()
