"""What a worker does with one submission: sanitise it, have its cells run in the sandbox, follow it up.

Bytes in, bytes out: nothing here touches the gradebook or the course's files, and nothing of a student runs here.
"""

import json
import logging
import pickle
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning
from nbgrader.preprocessors import ClearHiddenTests
from traitlets.config import Config

from ...quoting import quoted
from ..released import Assignment, ReleasedNotebook, packed
from ..sandbox import frames
from .execution import Client, Execute, NotebookRun
from .losses import errors_by_cell, notes
from .paired import other_answers
from .peeking import peeking
from .preprocessors import OURS
from .untrusted import Unreadable, few, restored
from .zygotes import Interruption, Zygote, zygote_for

TRIES = 3
"""How often a notebook is run anew if the zygote is lost under it."""


for kind in (DuplicateCellId, MissingIDFieldWarning):  # which nbformat prints about the notebooks it puts right
    warnings.filterwarnings("ignore", category=kind)

JUDGING = f"{__package__.rpartition('.')[0]}.judging.sealed"
"""The module that imports all of the judging side."""

SILENT = logging.Logger("nbgrader", logging.CRITICAL + 1)
"""What nbgrader's preprocessors log to: what matters of it is told in the answers."""

_MAKING = threading.Lock()


@lru_cache(maxsize=4)
def _unpacked(assignment: bytes) -> Assignment:
    loaded: Assignment = pickle.loads(assignment)  # made by the driver, whom a worker obeys anyway
    return loaded


Imported = dict[str, list[str]]
"""The modules that a run of the instructor's notebooks has imported, by notebook."""


def grade(assignment: bytes, submission: bytes, scratch: Path, imported: Imported | None = None) -> bytes:
    """Return the graded notebooks of a submission, as JSON; `scratch` is a folder for what is needed on the disk.

    `submission` is JSON: the `student`, the `notebooks` by name with their text, likewise the `scripts` that jupytext
    keeps beside them, a tar of the other `files`, and perhaps `seeds` by notebook and cell, for who wants the cases of
    another time. If it says that it is the `instructors`, its modules are put into `imported`.
    The answer has, by the same names, either the graded `text` with `remarks`, the `verdicts` of its checks, what
    `ended` it early, the limits that were met, `notes` on what cost points, and the `errors` of its cells; or why it is
    `unreadable`. And it has the `seconds` that it all took.
    """
    started = time.monotonic()
    known = _unpacked(assignment)
    asked = json.loads(submission)
    results = {}
    files = frames.unwrapped(asked["files"])
    for name, text in sorted(asked["notebooks"].items()):  # each finds what the one before has written
        script, seeds = asked.get("scripts", {}).get(name, ""), asked.get("seeds", {}).get(name, {})
        handed_in = _HandedIn(known.notebooks[name], asked["student"], text, script, seeds)
        trusted = imported if asked.get("instructors") else None
        results[name], files = _graded(known, handed_in, files, scratch, trusted)
    return json.dumps({"notebooks": results, "seconds": time.monotonic() - started}).encode()


def get_ready(assignment: bytes) -> None:
    """Import what the judging of an assignment's checks needs, before there is anything to judge."""
    for notebook in _unpacked(assignment).notebooks.values():
        if notebook.checks:
            from ..judging.sealed import get_ready

            get_ready(notebook)


def warm_up(assignment: bytes, scratch: Path, imported: Imported) -> None:
    """Let this process's zygote import what the instructor's notebooks import: those that are not among `imported`
    are run once for that.
    """
    known = _unpacked(assignment)
    zygote = zygote_for(known.warmth, scratch)
    modules = {*known.modules, *(module for each in imported.values() for module in each)}
    for notebook in known.notebooks.values():
        if notebook.text is not None and notebook.name not in imported:
            instructors = _HandedIn(notebook, "reference", notebook.text)
            nb = nbformat.reads(notebook.text, as_version=4)
            resources = instructors.resources(known)
            run = _run(known, instructors, zygote, nb, resources, known.files, ask=["modules"])
            modules.update(run.asked.get("modules", ()))
    zygote.preload(sorted(modules))


@dataclass(frozen=True)
class _HandedIn:
    """One notebook of a submission, the script beside it, and by cell the seeds that are not left to chance."""

    released: ReleasedNotebook
    student: str
    text: str
    script: str = ""
    seeds: Mapping[str, int] = field(default_factory=dict)

    def resources(self, assignment: Assignment) -> dict[str, Any]:
        """Return what nbgrader's preprocessors, and ours, want to know of it."""
        names = {"student": self.student, "assignment": assignment.name, "notebook": self.released.name, "db_url": ""}
        return {"nbgrader": names, "released": self.released, "metadata": {}, "outputs": {}}


def _graded(
    assignment: Assignment, handed_in: _HandedIn, files: bytes, scratch: Path, imported: Imported | None
) -> tuple[dict[str, Any], bytes]:
    """Return the graded notebook, or why it is unreadable, and the files as its cells have left them.

    Its modules are put into `imported`, if there is one.
    """
    released = handed_in.released
    ask = ["folder"] * (len(assignment.notebooks) > 1) + ["modules"] * (imported is not None)
    for attempt in range(1, TRIES + 1):
        try:
            in_order = restored(handed_in.text, released)
            resources = handed_in.resources(assignment)
            notebook = _through(assignment.before, in_order.notebook, resources, assignment.config)
        except Unreadable as why:
            return {"unreadable": str(why)}, files
        except Exception as problem:  # nbgrader refuses what the restoring has let pass
            return {"unreadable": f"nbgrader cannot sanitise it ({_brief(problem)})"}, files
        try:
            zygote = zygote_for(assignment.warmth, scratch)
            run = _run(assignment, handed_in, zygote, notebook, resources, files, ask=ask)
            break
        except Interruption as lost:
            if attempt == TRIES:
                return {"unreadable": f"it could not be run: {lost} ({TRIES} times)"}, files
    if imported is not None and "modules" in run.asked:
        imported[released.name] = run.asked["modules"]
    others = list(other_answers(notebook, handed_in.script, released))
    notebook.metadata.pop("jupytext", None)  # which would let a Jupyter with jupytext show the script
    judged = _judged(notebook, released, run.hearings) if released.checks else {}
    notebook = _through(assignment.after, notebook, resources, assignment.config)
    verdicts = _verdicts(notebook, released, judged) if released.checks else []
    remarks = [*in_order.remarks, *others, *(one.remark for one in judged.values() if one.remark)]
    if released.checks:
        remarks += (*few(peeking(notebook, assignment.kept_back)), *_differentiating(notebook, released))
    graded = {
        "text": nbformat.v4.writes(notebook),
        "remarks": remarks,
        "ended": run.ended,
        "verdicts": verdicts,
        "limits_met": run.limits_met,
        "notes": list(notes(notebook, run.limits_met)),
        "errors": errors_by_cell(notebook, judged),
    }
    return graded, run.asked.get("folder", files)


def _hearings(assignment: Assignment, handed_in: _HandedIn, notebook: Any) -> Callable[[str | None], Any]:
    """Return a function that gives what the judge asks of a graded cell's check, or None if it calls none."""
    if not handed_in.released.checks:
        return lambda grade_id: None
    from ..judging.sealed import Hearings  # here, since a course without our checks need not have them

    order = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return Hearings(handed_in.released, order, handed_in.student, assignment.files, handed_in.seeds).of


def _judged(notebook: Any, released: ReleasedNotebook, hearings: dict[str, Any]) -> dict[str, Any]:
    from ..judging.sealed import judged

    return dict(judged(notebook, released, hearings))


def _verdicts(notebook: Any, released: ReleasedNotebook, judged: dict[str, Any]) -> list[dict[str, Any]]:
    from ..judging.outcomes import kept_verdicts

    return [asdict(verdict) for verdict in kept_verdicts(notebook, released, judged)]


def _differentiating(notebook: Any, released: ReleasedNotebook) -> Iterator[str]:
    from .differentiating import differentiating

    return differentiating(notebook, released)


def _run(
    assignment: Assignment,
    handed_in: _HandedIn,
    zygote: Zygote,
    notebook: Any,
    resources: dict[str, Any],
    files: bytes,
    *,
    ask: Collection[str],
) -> NotebookRun:
    """Have the cells of a notebook run, which are changed, and return what came of it; preprocessors find it too."""
    limits = assignment.warmth.limits
    hearing = _hearings(assignment, handed_in, notebook)
    with zygote.forked(f"{handed_in.student}/{assignment.name}") as (talk, watch):
        lying = (files, _itself(notebook, assignment, handed_in.released))
        run = NotebookRun(
            lambda: Client(talk, watch, lying, lambda: zygote.importing, limits.start_seconds),
            limits=assignment.limits,
            full=assignment.full,
            hearing=hearing,
            ask=ask,
        )
        resources["run"] = run
        preprocessor(Execute, assignment.config).preprocess(notebook, resources)
    return run


def _itself(notebook: Any, assignment: Assignment, released: ReleasedNotebook) -> bytes:
    """Return a tar of a notebook as it lies beside what its cells read, without the hidden tests that will run."""
    lying = []
    hidden = preprocessor(ClearHiddenTests, assignment.config)
    for cell in notebook.cells:
        known = released.cells.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if known is not None and known.grade and not known.solution:
            cell = NotebookNode(cell)  # of which only the source changes
            try:
                hidden.preprocess_cell(cell, {}, 0)
            except RuntimeError:  # a region never ends
                cell.source = ""
        lying.append(cell)
    return packed({f"{released.name}.ipynb": nbformat.v4.writes(NotebookNode({**notebook, "cells": lying})).encode()})


def _through(preprocessors: tuple[type, ...], notebook: Any, resources: dict[str, Any], config: Config) -> Any:
    for kind in preprocessors:
        notebook, resources = preprocessor(OURS.get(kind, kind), config)(notebook, resources)
    return notebook


def preprocessor(kind: type, config: Config) -> Any:
    """Return a preprocessor, of which only one is made at a time: traitlets looks up a class's traits at its first."""
    with _MAKING:
        return kind(config=config, log=SILENT)


def _brief(problem: Exception) -> str:
    lines = str(problem).strip().splitlines()
    return f"{type(problem).__name__}: {quoted(lines[-1], 160)}" if lines else type(problem).__name__
