"""What a Dask worker is made ready with: it starts a zygote, imports what judges, and grades what it is sent."""

from __future__ import annotations

import atexit
import gc
import importlib
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Worker, WorkerPlugin, get_worker

from ...collecting import uncollected
from ...layout import importable
from ..sandbox.starting import Warmth
from . import zygotes

if TYPE_CHECKING:
    from . import pipeline

SWITCH_SECONDS = 0.0005
"""How long a worker's thread that judges keeps Python from one that has cells to send on."""

USUAL_SWITCH_SECONDS = sys.getswitchinterval()
"""The same as a worker had it before the first run, of which several may be there at the same time."""


def dask_setup(_: Worker) -> None:
    """Import in the background what every assignment needs, in a worker that starts before it is known which one."""
    atexit.register(gc.freeze)  # as in the driver, which waits for its workers
    threading.Thread(target=_import_pipeline, daemon=True).start()


def _import_pipeline() -> None:
    with uncollected("nbgrader"):
        importlib.import_module(".pipeline", __package__)


class Grading(WorkerPlugin):  # type: ignore[misc]
    """Makes every worker ready for an assignment, also one that joins or is started anew later."""

    def __init__(self, warmth: Warmth, assignment: bytes, root: Path, door: str | None) -> None:
        self.name = f"course-autograde-{warmth.digest}"
        self._warmth = warmth
        self._assignment = assignment
        self._root = root
        self._door = door

    def setup(self, worker: Worker) -> None:
        """Start the worker's zygote and import what judging needs, in the background."""
        self._scratch = Path(worker.local_directory)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._importable = ExitStack()
        self._importable.enter_context(importable(self._root))
        self._first = threading.Lock()
        for task in (self._start, self._get_ready):
            threading.Thread(target=task, daemon=True).start()

    def _start(self) -> None:
        with suppress(Exception):  # a submission that needs it will try again and say what is wrong
            zygotes.zygote_for(self._warmth, self._scratch, self._door)

    def _get_ready(self) -> None:
        from . import pipeline

        with suppress(Exception), uncollected(pipeline.JUDGING):  # as above
            pipeline.get_ready(self._assignment)

    def grade(self, submission: bytes) -> bytes:
        """Return the graded submission; after the first one, see to it that the others find everything imported.

        The first that comes is the instructor's version, if that is tried, which then need not run for that alone.
        """
        from . import pipeline

        imported: pipeline.Imported = {}
        first = self._first.acquire(blocking=False)
        try:
            return pipeline.grade(self._assignment, submission, self._scratch, imported)
        finally:
            if first:
                threading.Thread(target=self._warm_up, args=(imported,), daemon=True).start()

    def _warm_up(self, imported: pipeline.Imported) -> None:
        from . import pipeline

        with suppress(Exception):  # it only costs time not to have it
            pipeline.warm_up(self._assignment, self._scratch, imported)

    def teardown(self, worker: Worker) -> None:
        """Let the zygote go."""
        sys.setswitchinterval(USUAL_SWITCH_SECONDS)
        self._importable.close()
        zygotes.leave(self._warmth)


def grade(assignment: str, submission: bytes) -> bytes:
    """Grade a submission of the assignment that the worker was made ready for, by the name of its plugin."""
    answer: bytes = get_worker().plugins[assignment].grade(submission)
    return answer
