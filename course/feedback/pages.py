"""Make the feedback pages of one submission at a time with nbgrader's `GenerateFeedback`, and put them in place."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbconvert.writers import FilesWriter
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

from ..bounds import LARGEST_SHOWN_FILE
from ..grading.driver import records
from ..kept_verdicts import SUFFIX, verdicts_file
from ..layout import files_in
from .cleaning import MakeSafe
from .hiding import Delimiters, Hidden, HideHiddenTests
from .page import FeedbackPage
from .sheet import CollectScores, Sheet
from .text import as_text

NOT_FOR_STUDENTS = ("*.ipynb", f"*{SUFFIX}", records.RECORD)
"""Graded notebooks hold hidden tests, kept verdicts the cases of the checks."""

NO_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class Pages(GenerateFeedback):  # type: ignore[misc]
    """nbgrader's `GenerateFeedback`, for one submission at a time, whose pages take their place when all are made."""

    def __init__(self, course: CourseDirectory, config: Any, log: Any, sources: Sequence[str]) -> None:
        super().__init__(coursedir=course, config=config, log=log)
        self.delimiters = Delimiters.of(config)
        self._hidden = Hidden.of(sources, self.delimiters)
        self._staged: Path | None = None
        self._sheets: dict[str, Sheet] = {}
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = FeedbackPage(parent=self, config=self.config)
        for step in (HideHiddenTests, MakeSafe, *self.preprocessors, CollectScores):
            self.exporter.register_preprocessor(step, enabled=True)

    def _format_dest(self, assignment_id: str, student_id: str, escape: bool = False) -> str:
        if self._staged is not None and not escape:
            return str(self._staged)
        return str(super()._format_dest(assignment_id, student_id, escape))

    def folders(self, student: str) -> tuple[Path, Path]:
        """Return where a student's graded notebooks lie, and where their feedback does."""
        name = self.coursedir.assignment_id
        return Path(self._format_source(name, student)), Path(self._format_dest(name, student))

    def is_current(self, student: str, notebooks: Sequence[str]) -> bool:
        """Tell whether a student's pages are all there and newer than what they are made from.

        nbgrader goes by the time of handing in alone, and would leave a page as it is after a second grading. A page
        without our text beside it is nbgrader's own, in which the hidden tests can be read.
        """
        graded, made = self.folders(student)
        handed_in, shown = (self.coursedir.get_existing_timestamp(str(folder)) for folder in (graded, made))
        if handed_in is not None and shown is not None and handed_in > shown:
            return False
        for notebook in notebooks:
            results = [made / f"{notebook}{ending}" for ending in (".html", ".txt")]
            sources = [graded / f"{notebook}.ipynb", verdicts_file(graded, notebook)]
            if not all(path.is_file() for path in results):
                return False
            oldest = min(path.stat().st_mtime_ns for path in results)
            if any(path.is_file() and path.stat().st_mtime_ns > oldest for path in sources):
                return False
        return True

    def make(self, student: str, sheets: Mapping[str, Sheet]) -> str:
        """Make the pages of a submission, one for each sheet; return "" or the reason why they could not be made.

        Where they could not, there are none afterwards, as with nbgrader. Raises `OSError` if the disk is full.
        """
        graded, place = self.folders(student)
        self._sheets = dict(sheets)
        self.notebooks = [str(graded / f"{notebook}.ipynb") for notebook in sheets]
        self._staged = records.staging(place)
        try:
            self._make(student)
            fresh, self._staged = self._staged, None
            records.put_in_place(fresh, place)
        except Exception as problem:
            if isinstance(problem, OSError) and problem.errno in NO_DISK:
                raise
            shutil.rmtree(place, ignore_errors=True)
            return _reason(problem)
        finally:
            if self._staged is not None:
                shutil.rmtree(self._staged, ignore_errors=True)
            self._staged = None
        return ""

    def given_up(self, student: str, why: str) -> str:
        """Clear up after a `make` that was ended; return the reason why there are no pages."""
        _, place = self.folders(student)
        for left in (records.staging(place), place):
            shutil.rmtree(left, ignore_errors=True)
        return f"its graded notebook is not turned into a page: {why}; look at it by hand"

    def _make(self, student: str) -> None:
        name = self.coursedir.assignment_id
        self.run_pre_convert_hook()
        self.init_assignment(name, student)
        for notebook in self.notebooks:
            self.convert_single_notebook(notebook)
        self.set_permissions(name, student)
        self.run_post_convert_hook()

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Copy the files beside the notebooks, but none that tells what is not for students."""
        source, target = Path(self._format_source(assignment_id, student_id)), self._staged
        assert target is not None
        for path in files_in(source, [*self.coursedir.ignore, *NOT_FOR_STUDENTS]):
            if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_SHOWN_FILE:
                continue
            content = path.read_bytes()
            if not self._hidden.quoted_in(content.decode(errors="ignore")):
                place = target / path.relative_to(source)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """Return nbgrader's resources for a notebook with its sheet and the folder of the files beside its page."""
        resources: dict[str, Any] = super().init_single_notebook_resources(notebook_filename)
        resources["beside"] = self._staged
        resources["feedback"] = self._sheets[Path(notebook_filename).stem]
        return resources

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write the page and, beside it, the same as text."""
        super().write_single_notebook(output, resources)
        assert self._staged is not None
        sheet: Sheet = resources["feedback"]
        (self._staged / f"{sheet.notebook}.txt").write_text(as_text(sheet), encoding="utf-8")


def _reason(problem: Exception) -> str:
    lines = str(problem).strip().splitlines()
    what = f"{type(problem).__name__}: {lines[0][:200]}" if lines else type(problem).__name__
    return f"its graded notebook could not be turned into a page ({what}); grade it again with --force"
