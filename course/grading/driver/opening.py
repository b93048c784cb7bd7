"""Open an nbgrader course of anybody's: its configuration, its gradebook, an assignment in it, its submissions."""

import fnmatch
import glob
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import sqlalchemy
from nbconvert.preprocessors import Preprocessor
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, Execute, SaveAutoGrades
from traitlets.config import Config, TraitError
from traitlets.utils.importstring import import_item

from ...layout import file_of, files_in
from ...problems import CannotRun, did_you_mean, meant
from ..imports import beside, code_in, needed
from ..judging.graded_checks import PACKAGE
from ..released import Assignment, ReleasedCell, ReleasedNotebook, labelled_cells, packed
from ..sandbox.borders import Borders, Limits
from .kernelspecs import environment_of
from .run_gradebook import RunGradebook
from .settings import CONFIG

PYTHON = "python"


def open_course(root: Path, config: Config, log: Any) -> CourseDirectory:
    """Return the nbgrader course in a folder.

    Raises:
        CannotRun: if the configuration holds what nbgrader does not take.
    """
    config.CourseDirectory.setdefault("root", str(root))
    try:
        return CourseDirectory(config=config, log=log)
    except TraitError as problem:
        raise CannotRun(f"a setting is nothing that nbgrader takes: {problem}") from problem


def open_gradebook(course: CourseDirectory) -> RunGradebook:
    """Return the course's gradebook.

    Raises:
        CannotRun: if there is none, or it cannot be read or written.
    """
    file = file_of(course.db_url)
    if file is not None and not file.is_file():
        raise CannotRun(
            f"there is no gradebook {file.name} yet: run `nbgrader generate_assignment {_meant(course)}` "
            "(in this project `course release`) first"
        )
    if file is not None and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        raise CannotRun(f"the gradebook {file.name} cannot be written; allow that, and run the same command again")
    try:
        gradebook = RunGradebook(course.db_url, course.course_id)
        empty = gradebook.is_empty
    except sqlalchemy.exc.ArgumentError as problem:  # which may hold a password
        raise CannotRun(
            "the gradebook (--db, c.CourseDirectory.db_url) is no database's address: expected one such as "
            f"sqlite:///{course.root}/gradebook.db"
        ) from problem
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as problem:
        raise CannotRun(f"the gradebook cannot be used: {said(problem)}") from problem
    if empty:
        raise CannotRun(f"the gradebook is empty: run `nbgrader generate_assignment {_meant(course)}` first")
    return gradebook


def _meant(course: CourseDirectory) -> str:
    """Return the name of the assignment that is meant, as its folder or its source is called."""
    folders = [Path(course.format_path(kind, ".", ".")) for kind in (course.source_directory, course.release_directory)]
    names = [path.name for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_dir()]
    names += [path.stem for path in (Path(course.root) / "source_notebooks").glob("*.py")]
    return meant(course.assignment_id, names) or str(course.assignment_id)


def said(problem: BaseException) -> str:
    """Return what a database said, in one line."""
    lines = str(getattr(problem, "orig", None) or problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__


def open_assignment(
    course: CourseDirectory, config: Config, gradebook: RunGradebook, borders: Borders, *, full: bool
) -> tuple[Assignment, tuple[type, ...]]:
    """Return the assignment for the workers, and the preprocessors that are left to the driver.

    Raises:
        CannotRun: if it is unknown, not released, or not for Python.
    """
    name = course.assignment_id
    with gradebook.transaction():
        try:
            found = gradebook.find_assignment(name)
        except MissingEntry:
            raise CannotRun(_unknown(course, [known.name for known in gradebook.assignments])) from None
        source = Path(course.format_path(course.source_directory, ".", name))
        files = {str(path.relative_to(source)): path for path in files_in(source, [*course.ignore, "*.ipynb"])}
        lying = beside(files)
        notebooks = {
            notebook.name: replace(_released(notebook, source), foreign=PACKAGE in lying)
            for notebook in found.notebooks
        }
    if not notebooks:
        raise CannotRun(f"{name} has no notebooks yet: run `nbgrader generate_assignment {name}` first")
    _check_same_course(course, notebooks)
    for notebook in notebooks.values():
        kernel = json.loads(notebook.kernelspec or "{}")
        language = kernel.get("language") or _language(notebook) or kernel.get("name") or PYTHON
        if not str(language).lower().startswith(PYTHON):
            raise CannotRun(
                f"{notebook.name}.ipynb is for the kernel {kernel.get('name')}, but this command runs Python only; "
                "use `nbgrader autograde`"
            )
    for shown, path in files.items():
        if not path.is_file():
            raise CannotRun(
                f"{shown} in the source of {name} is no file that can be copied (a link that leads nowhere, as editors "
                f"make, or a device): take it away, or leave it out with c.CourseDirectory.ignore in {CONFIG}.py"
            )
    before, after, last = _pipeline(config)
    kernels = {one.name: json.loads(one.kernelspec or "{}").get("name") for one in notebooks.values()}
    environment = environment_of(kernels, config)
    limits = _limits(config)
    _check_room(name, files.values(), limits)
    assignment = Assignment(
        name=name,
        notebooks=notebooks,
        config=config,
        before=before,
        after=after,
        files=packed(files),
        modules=needed(_cells(notebooks.values()), files),
        borders=borders,
        beside=lying,
        environment=environment,
        limits=limits,
        full=full,
    )
    return assignment, last


def _language(notebook: ReleasedNotebook) -> Any:
    return json.loads(notebook.text or "{}").get("metadata", {}).get("language_info", {}).get("name")


def _unknown(course: CourseDirectory, known: Sequence[str]) -> str:
    name = course.assignment_id
    listed = f"; it knows {', '.join(known)}" if known else ""
    if name in ("", ".", "..") or Path(name).name != name:  # such a folder is there
        return f"the gradebook knows no assignment {name!r}{listed}"
    if Path(course.format_path(course.release_directory, ".", name)).is_dir():
        return (
            f"the gradebook does not know {name}, although it was released: it belongs to another course or to an "
            f"earlier state of this one; restore the right one, or run `nbgrader generate_assignment {name}`"
        )
    if Path(course.format_path(course.source_directory, ".", name)).is_dir():
        return (
            f"there is no release of {name} yet: run `nbgrader generate_assignment {name}` "
            "(in this project `course release`) first"
        )
    return f"the gradebook knows no assignment {name}{did_you_mean(name, known) or listed}"


def _released(notebook: Any, source: Path) -> ReleasedNotebook:
    kinds: dict[str, dict[str, Any]] = {}
    for kind, listed in (("grade", "grade_cells"), ("solution", "solution_cells"), ("task", "task_cells")):
        for cell in getattr(notebook, listed):
            settings = kinds.setdefault(cell.name, {})
            settings[kind] = True
            if kind != "solution":
                settings["max_score"] = float(cell.max_score)
    text = source / f"{notebook.name}.ipynb"
    written = text.read_text(encoding="utf-8") if text.is_file() else None
    tags = {grade_id: tuple(cell["metadata"].get("tags", ())) for grade_id, cell in labelled_cells(written or "{}")}
    cells = [
        ReleasedCell(
            cell.name,
            cell.cell_type,
            cell.locked,
            cell.source,
            cell.checksum,
            **kinds.get(cell.name, {}),
            tags=tags.get(cell.name, ()),
        )
        for cell in notebook.source_cells
    ]
    order = {name: place for place, name in enumerate(tags)}
    cells.sort(key=lambda cell: order.get(cell.name, len(order)))
    return ReleasedNotebook(notebook.name, notebook.kernelspec, tuple(cells), written)


def _check_same_course(course: CourseDirectory, notebooks: dict[str, ReleasedNotebook]) -> None:
    """Refuse a gradebook whose cells are not those of the release."""
    folder = Path(course.format_path(course.release_directory, ".", course.assignment_id))
    released = {path.stem: path for path in folder.glob("*.ipynb")}
    strange = set(released) - set(notebooks)
    for name in set(released) & set(notebooks):
        known = {cell.name for cell in notebooks[name].source_cells}
        if not {grade_id for grade_id, _ in labelled_cells(released[name].read_text(encoding="utf-8"))} <= known:
            strange.add(name)
    if strange:
        raise CannotRun(
            f"the gradebook does not know the cells of {', '.join(sorted(strange))} as released: it belongs to another "
            f"course or to an earlier release; run `nbgrader generate_assignment {course.assignment_id}`, or restore "
            "the gradebook"
        )


def _limits(config: Config) -> Limits:
    """Return the limits of `c.Sandbox`."""
    known = {field.name for field in fields(Limits)}
    for name, value in config.Sandbox.items():
        if name not in known:
            more = did_you_mean(name, known) or f"; it has {', '.join(sorted(known))}"
            raise CannotRun(f"the sandbox has no setting c.Sandbox.{name}{more}")
        value = config.Sandbox[name] = int(value) if str(value).isdigit() else value  # a command line has text
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise CannotRun(f"c.Sandbox.{name} must be a whole number above 0, but it is {value!r}")
    return Limits(**config.Sandbox)


def _check_room(name: str, files: Collection[Path], limits: Limits) -> None:
    """Refuse files that would not fit on a submission's disk."""
    needed = sum(path.stat().st_size for path in files)
    if needed > limits.disk or len(files) > limits.files:
        room = f"{limits.disk >> 20} MB in {limits.files} files"
        raise CannotRun(
            f"the files of {name} have {needed >> 20} MB in {len(files)} files, but the disk of a submission has room "
            f"for {room}: set c.Sandbox.disk in {CONFIG}.py to at least {max(2 * needed, len(files) << 15)} (bytes)"
        )


def _pipeline(config: Config) -> tuple[tuple[type, ...], tuple[type, ...], tuple[type, ...]]:
    """Return the course's preprocessors before the cells run, those after, and those from the saving of grades on."""
    try:
        steps = Autograde(config=config)
    except TraitError as problem:
        raise CannotRun(f"a setting is nothing that nbgrader takes: {problem}") from problem
    sanitise = [_kind(step) for step in steps.sanitize_preprocessors]
    grade = [_kind(step) for step in steps.autograde_preprocessors]
    run = next((place for place, kind in enumerate(grade) if issubclass(kind, Execute)), None)
    save = next(
        (place for place, kind in enumerate(grade) if issubclass(kind, SaveAutoGrades | AssignLatePenalties)), None
    )
    if run is None or save is None or save < run:
        raise CannotRun("c.Autograde.autograde_preprocessors must hold Execute and, after it, SaveAutoGrades")
    if grade[run] is not Execute:
        raise CannotRun(
            f"c.Autograde.autograde_preprocessors has {grade[run].__name__} in the place of nbgrader's Execute, which "
            "cannot be followed: cells run in the sandbox, in the place of any kernel; grade without it"
        )
    return (*sanitise, *grade[:run]), tuple(grade[run + 1 : save]), tuple(grade[save:])


def _kind(step: Any) -> type[Preprocessor]:
    kind: type[Preprocessor] = import_item(step) if isinstance(step, str) else step
    return kind


def _cells(notebooks: Iterable[ReleasedNotebook]) -> Iterator[str]:
    for notebook in notebooks:
        written = code_in(notebook.text) if notebook.text else []
        yield from written or [cell.source for cell in notebook.source_cells]


def matching(student: str, everyone: Collection[str]) -> list[str]:
    """Return the students of an id, or else those whose ids a pattern such as "a*" matches."""
    return [student] if student in everyone else fnmatch.filter(everyone, student)


def submitted(course: CourseDirectory, students: Sequence[str]) -> dict[str, Path]:
    """Return the folders of the submissions by student: of all who handed something in, or of those asked for by their
    ids or patterns of them.

    Raises:
        CannotRun: if there are none, or one of those asked for has handed in nothing.
    """
    name = course.assignment_id
    pattern = re.compile(
        course.format_path(course.submitted_directory, "(?P<student_id>.*)", name, escape=True) + r"\Z", re.DOTALL
    )
    everyone = {}
    for path in glob.glob(course.format_path(course.submitted_directory, course.student_id, glob.escape(name))):
        match = pattern.match(path)
        if match:
            everyone[match["student_id"]] = Path(path)
    for excluded in course.student_id_exclude.split(","):
        everyone.pop(excluded, None)
    shown = os.path.relpath(course.format_path(course.submitted_directory, "STUDENT", name), course.root)
    if not everyone:
        others = {Path(path).name for path in glob.glob(course.format_path(course.submitted_directory, "*", "*"))}
        near = did_you_mean(name, others - {name})
        raise CannotRun(f"there are no submissions of {name}: expected them in {shown}/{near}")
    wanted: set[str] = set()
    for student in students or everyone:
        found = matching(student, everyone)
        if not found:
            near = did_you_mean(student, everyone)
            raise CannotRun(f"{student} has handed in nothing for {name}{near or f': expected a folder {shown}/'}")
        wanted.update(found)
    return {student: everyone[student] for student in sorted(wanted)}
