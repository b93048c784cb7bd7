"""What runs need and can keep between them: zygotes, workers, and a folder for what they put on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ...problems import CannotRun
from ..judging.graded_checks import uses_checks
from ..sandbox.borders import Borders, hoped, probe
from ..sandbox.cgroups import swept
from ..sandbox.scratch import scratch_folder
from ..sandbox.starting import Offers
from ..sandbox.surroundings import surroundings

if TYPE_CHECKING:
    from distributed import Client

    from ..released import Assignment
    from .cluster import Cluster

MOST_THREADS = 4
"""How many submissions one worker process has at a time at most: it mostly waits for the sandbox."""


class NoSandbox(CannotRun):
    """The sandbox does not hold on this system; the message says why, and what to do."""


class Workplace:
    """Where submissions are graded, `workers` at a time, or by those of a `scheduler`; warm from the second run on.

    Without `sandbox` it has no borders. It begins with zygotes for the modules of a guess. A context manager.
    """

    def __init__(
        self,
        *,
        sandbox: bool = True,
        workers: int | None = None,
        scheduler: str | None = None,
        guess: Sequence[str] = (),
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._sandbox, self._scheduler, self._guess = sandbox, scheduler, guess
        self._stack = ExitStack()
        self._client: Client | None = None
        self._ready: dict[str, tuple[Any, Cluster]] = {}

    def __enter__(self) -> Self:
        threads = max(threads for threads in range(1, MOST_THREADS + 1) if self.workers % threads == 0)
        processes = self.workers // threads
        with ExitStack() as stack:
            scratch = stack.enter_context(scratch_folder())
            stack.enter_context(swept())
            self._offers = stack.enter_context(Offers(scratch))
            background = stack.enter_context(ThreadPoolExecutor(1))
            elsewhere = self._scheduler is not None
            self._borders = background.submit(
                _prepared, self._sandbox, self._offers, self._guess, processes, elsewhere=elsewhere
            )

            from .cluster import Workers

            self._workers = stack.enter_context(Workers(processes, threads, self._scheduler, scratch))
            stack.callback(self._leave)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *how: Any) -> None:
        self._stack.__exit__(*how)

    @property
    def borders(self) -> Borders:
        """The layers of the sandbox.

        Raises:
            NoSandbox: if it does not hold.
        """
        return self._borders.result()

    @contextmanager
    def ready_for(self, assignment: Assignment, root: Path) -> Iterator[Cluster]:
        """Give the workers, ready for an assignment of the course in `root`; they are not after a block that raises.

        Raises:
            CannotRun: if they cannot be made ready.
        """
        import cloudpickle

        from .cluster import Cluster

        settings = {kind: told for kind, told in assignment.config.items() if kind != "CourseDirectory"}
        warmth = assignment.warmth
        around = surroundings(warmth.modules, warmth.environment)
        # settings as text, since lazy values are equal to none
        wanted = replace(assignment, config=None), repr(settings), around
        known, cluster = self._ready.pop(assignment.digest, (None, None))
        if cluster is None or known != wanted:
            if cluster is not None:
                cluster.close()
            if self._client is None:
                door = self._offers.door(
                    warmth.borders, warmth.modules, sealed=warmth.sealed, environment=warmth.environment
                )
                self._client = self._workers.client()
            else:
                door = None  # what was started ahead of time is with the workers
            if assignment.judges:
                assignment.kept_back  # noqa: B018  (worked out once, for all workers)
            cluster = Cluster(self._client, warmth, cloudpickle.dumps(assignment), root, door)
        try:
            yield cluster
        except BaseException:
            self._leave(cluster)
            raise
        self._ready[assignment.digest] = (wanted, cluster)

    def surroundings_of(self, cluster: Cluster) -> str:
        """Return what notebooks find around them where these workers run them."""
        return cluster.surroundings(here=self._workers.embedded)

    def _leave(self, *clusters: Cluster) -> None:
        """Leave workers that stay as they were."""
        if not self._workers.embedded:
            for cluster in clusters or [cluster for _, cluster in self._ready.values()]:
                cluster.close()


def _prepared(sandbox: bool, offers: Offers, guess: Sequence[str], processes: int, *, elsewhere: bool) -> Borders:
    """Try the borders and start the zygotes that are probably needed; return the borders.

    Where it may be that nothing is missing, zygotes start before it is tried. They run nothing of a student's, and end
    if it is otherwise.
    """
    sealed = uses_checks(guess)

    def start(borders: Borders) -> None:
        with suppress(OSError):  # it will be said when they are needed for certain
            offers.start(guess, borders, processes, sealed=sealed)

    if guess and sandbox and not elsewhere and (expected := hoped()).layers:
        start(expected)
    borders = _borders(sandbox, elsewhere)
    if guess:
        start(borders)
    return borders


def _borders(sandbox: bool, elsewhere: bool) -> Borders:
    if not sandbox:
        return Borders((), {"all": "switched off by --no-sandbox"})
    borders = probe(elsewhere=elsewhere)
    if not borders.hold:
        why = "; ".join(f"{layer}: {reason}" for layer, reason in borders.missing.items())
        raise NoSandbox(
            f"the sandbox does not hold on this system ({why}); put that right, or grade submissions that you trust "
            "with --no-sandbox"
        )
    return borders
