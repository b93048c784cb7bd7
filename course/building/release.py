"""`course release`: build exercises and solutions from their sources, prove them, and only then put them in place."""

import fcntl
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from ..layout import SCRATCH, Layout, file_of, find_course
from ..problems import CannotRun, Problem, ProblemsFound
from .freshness import ingredients, is_fresh, stamp, was_paired
from .gradebook import GradebookCopy, copy_of
from .personal import ClassList, chosen_for, read_roster

if TYPE_CHECKING:
    from .build import Build
    from .sources import Source

Outcome = Literal["built", "unchanged", "as built", "failed"]
Tell = Callable[[str, str], None]
ARRIVING = ".arriving"
ATTEMPTS = 5  # at the gradebook, while others write into it


@dataclass(frozen=True)
class Released:
    """What became of one exercise; `problems` is empty unless the outcome is "failed"."""

    name: str
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def release(
    names: Iterable[str] = (),
    *,
    check: bool = False,
    paired: bool | None = None,
    personal: Path | None = None,
    answers: Path | None = None,
    root: Path | None = None,
    tell: Tell = lambda name, step: None,
) -> list[Released]:
    """Build the named exercises (all, if none is named) and return what became of each.

    With `personal`, the roster of a class, the exercises that have one are built in their personal edition, in which
    every student gets numbers of their own; the right ones are written to `answers`, a CSV file, if it is given.

    Students get a script beside the notebook if it is `paired`; None is as it was built before, with one at first.

    An exercise whose build fails or is killed leaves what was built before it as it was. With `check`, nothing is
    written: what is in place is compared with a fresh build. `tell` is called with a name and what is being done.
    Raises `CannotRun` for a name without a source, for a roster that cannot be used, or if `root` (None: where you
    are) is not in a course.
    """
    names = list(names)
    course = find_course(root)
    students = read_roster(personal) if personal else None
    chosen = chosen_for(course, names) if students else course.chosen(names)
    if answers is not None and (students is None or len(chosen) != 1):
        raise CannotRun("answers belong to one exercise and one roster; give --personal ROSTER.csv and one name")
    if answers is not None and not answers.absolute().parent.is_dir():
        raise CannotRun(f"there is no folder {answers.parent} for the answers; make it first")
    with nullcontext() if check else _taking_turns(course):
        results = [_released(course, name, students, check, paired, tell) for name in chosen]
    if answers is not None and students is not None and not check and not results[0].problems:
        students.write_answers(chosen[0], answers)
    if not names and not students:
        sentence = "it was built from a source that is gone; delete the folder, or restore the source"
        results += [Released(p, "failed", (Problem(p, sentence),)) for p in course.without_source()]
    return results


@contextmanager
def _taking_turns(course: Layout) -> Iterator[None]:
    course.stamps.mkdir(parents=True, exist_ok=True)
    with (course.stamps / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _released(
    course: Layout, name: str, students: ClassList | None, check: bool, paired: bool | None, tell: Tell
) -> Released:
    started = time.perf_counter()
    paired = was_paired(course, name) if paired is None else paired
    outcome: Outcome = "as built" if check else "built"
    problems: tuple[Problem, ...] = ()
    try:
        if not check and is_fresh(course, name, students, paired):
            outcome = "unchanged"
        elif check:
            with _fresh_build(course, name, students, paired, tell) as (source, build, _):
                from .differences import differences

                problems = tuple(differences(course, source, build))
        else:
            made_of = ingredients(course, name, students)
            with _fresh_build(course, name, students, paired, tell) as (_, build, gradebook):
                tell(name, "moving into place")
                _place(course, name, build, gradebook)
            stamp(course, name, made_of, paired)
    except ProblemsFound as found:
        problems = found.problems
    return Released(name, "failed" if problems else outcome, problems, time.perf_counter() - started)


@contextmanager
def _fresh_build(
    course: Layout, name: str, students: ClassList | None, paired: bool, tell: Tell
) -> "Iterator[tuple[Source, Build, GradebookCopy]]":
    """Build an exercise aside, on a copy of the gradebook."""
    from .sources import read_source

    tell(name, "reading the source")
    edition = "personal" if students else "published"
    source = read_source(course.source(name), course.shown(course.source(name)), edition)
    source = replace(source, paired=paired, files=students.files(name) if students else source.files)

    from .build import build

    with TemporaryDirectory(prefix="course-release-") as folder:
        scratch = Path(folder).resolve()
        with copy_of(course.gradebook_url, scratch / "gradebook.db") as copy:
            yield source, build(course, source, scratch, copy.url, lambda step: tell(name, step)), copy


def _place(course: Layout, name: str, build: "Build", gradebook: GradebookCopy) -> None:
    """Put a build in place of the one before. All that can fail comes first; what is left then are renames."""
    moves: list[tuple[Path, Path]] = []
    strays: list[Path] = []
    try:
        for built, place in build.places(course, name):
            place.mkdir(parents=True, exist_ok=True)
            expected = sorted(path.name for path in built.iterdir())
            for file in expected:
                arriving = place / f".{file}{ARRIVING}"
                moves.append((arriving, place / file))
                shutil.copyfile(built / file, arriving)
            strays += [path for path in place.iterdir() if path.name not in (*expected, *SCRATCH)]
        _register(course, name, build, gradebook)
        for arriving, file_in_place in moves:
            arriving.replace(file_in_place)
    finally:
        for arriving, _ in moves:
            arriving.unlink(missing_ok=True)
    for stray in strays:
        if stray.is_dir() and not stray.is_symlink():
            shutil.rmtree(stray)
        else:
            stray.unlink(missing_ok=True)


def _register(course: Layout, name: str, build: "Build", gradebook: GradebookCopy) -> None:
    """Let the gradebook know the exercise's cells, as nbgrader noted them in the copy. If others have written into the
    gradebook meanwhile, let nbgrader do its step again on what is there now; a server's database has it done there."""
    from .nbgrader_steps import generate_assignment

    if gradebook.take_over():
        return
    for attempt in range(ATTEMPTS):
        with TemporaryDirectory(prefix="course-release-") as folder:
            root = Path(folder).resolve()
            shutil.copytree(build.nbgrader_source, root / course.nbgrader_source.relative_to(course.root) / name)
            if file_of(course.gradebook_url) is None:
                generate_assignment(course, name, root, course.gradebook_url)
                return
            with copy_of(course.gradebook_url, root / "gradebook.db") as again:
                generate_assignment(course, name, root, again.url)
                if again.take_over():
                    return
        time.sleep(attempt)
    raise CannotRun("the gradebook is being written to all the time; wait until grading is done, then run this again")
