"""One run over an assignment's submissions: which are to be graded, what became of each."""

import errno
import json
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy

from ...bounds import LARGEST_SCRIPT
from ...kept_verdicts import KeptVerdict
from ...problems import CannotRun
from ...quoting import quoted
from ..released import Assignment
from ..sandbox import frames
from ..worker.losses import CommonErrors
from ..worker.untrusted import Unreadable
from . import records
from .instructor import Graders, Trial
from .opening import said
from .recording import Recorder
from .run_gradebook import RunGradebook
from .submissions import Submission, read_submission

LONGEST_REASON = 300

DISK_TROUBLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE}
"""What is wrong with the disk or this process, not with a submission."""

AHEAD = 2
"""How many submissions are read ahead for every one that is being graded."""

Tell = Callable[[int, int], None]

Seeds = Mapping[str, Mapping[str, int]]
"""From which seeds to make cases, by notebook and cell, where that is not left to chance."""


@dataclass(frozen=True)
class Row:
    """What became of one submission: `state` is "graded", "unchanged" or "needs a look", then for these `reasons`.

    `notes` say what cost points that may have little to do with the answers, `because` what has changed since it was
    graded before. `score` is what the gradebook holds, None if nothing; of it, `waiting` points are still to be given
    by a person. One that was `refused` was not graded in this run.
    """

    student: str
    state: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    seconds: float = 0.0
    score: float | None = None
    max_score: float = 0.0
    waiting: float = 0.0
    refused: bool = False


class Run:
    """One run over an assignment's submissions; `rows` are what became of them so far.

    Of the notebooks the `others` are left as they are.
    """

    def __init__(
        self,
        assignment: Assignment,
        recorder: Recorder,
        gradebook: RunGradebook,
        course: Any,
        trial: Trial,
        *,
        others: Collection[str],
        force: bool,
        seeds: Seeds,
    ) -> None:
        self.rows: dict[str, Row] = {}
        self.common_errors = CommonErrors()
        self._trial = trial
        self._assignment, self._recorder, self._course = assignment, recorder, course
        self._force, self._seeds = force, seeds
        self._chosen = [notebook for notebook in assignment.notebooks if notebook not in others]
        self._others = set(others)
        self._because: dict[str, tuple[str, ...]] = {}
        self._kept = recorder.not_overwritten(assignment.name)
        self._known = gradebook.submission_ids(assignment.name)
        self._reading: dict[str, Submission] = {}

    def sorted_out(self, folders: Mapping[str, Path]) -> dict[str, Path]:
        """Return the submissions that are to be graded; the others get their rows."""
        todo = {}
        for student, folder in folders.items():
            graded = self._graded_folder(student)
            records.settle(graded)
            record = records.Record.read(graded)
            changed = self._changed(student, record, folder)
            if changed or self._force or record is None:
                todo[student] = folder
                self._because[student] = changed
            else:
                self._add(student, "needs a look" if record.reasons else "unchanged", record.reasons, record.notes)
        return todo

    def grade(self, todo: Mapping[str, Path], cluster: Graders, tell: Tell) -> None:
        """Have submissions graded and write their grades down as they come back."""
        waiting = iter(todo.items())
        total, done = len(todo), 0
        tell(done, total)
        more = True
        while more or cluster.in_flight:
            while more and cluster.in_flight < AHEAD * cluster.slots + 1:
                student, folder = next(waiting, (None, None))
                if student is None or folder is None:
                    more = False
                elif not self._send(student, folder, cluster):
                    done += 1
                    tell(done, total)
            if cluster.in_flight:
                self._take(*cluster.next())
                done += 1
                tell(done, total)

    def _graded_folder(self, student: str) -> Path:
        return Path(self._course.format_path(self._course.autograded_directory, student, self._assignment.name))

    def _changed(self, student: str, record: records.Record | None, folder: Path) -> tuple[str, ...]:
        """Return what a record does not hold for any more, or that there is none."""
        if record is None:
            return ("new",)
        submission = ""
        with suppress(Unreadable, OSError):
            submission = self._read(student, folder).digest
        graded, there = record.files, records.digests(self._graded_folder(student))
        if self._others:
            graded, there = (records.of_notebooks(files, self._chosen) for files in (graded, there))
        parts = {
            "submission": record.submission == submission,
            "release": record.assignment == self._assignment.digest,
            "checks": record.judges == self._assignment.judges,
            "gradebook": record.row == self._known.get(student),
            "files": graded == there,
            "notebooks": not set(record.left_out) & set(self._chosen),
        }
        return tuple(part for part, holds in parts.items() if not holds)

    def _read(self, student: str, folder: Path) -> Submission:
        root = Path(self._course.format_path(self._course.submitted_directory, ".", ".")).resolve()
        assignment, ignored = self._assignment, self._course.ignore
        left = assignment.limits.disk - sum(assignment.sizes.values())
        given = set(assignment.sizes) - set(self._kept)
        return read_submission(student, folder, root, ignored, left, assignment.notebooks, given).fitting(
            assignment.files
        )

    def _send(self, student: str, folder: Path, cluster: Graders) -> bool:
        """Send a submission to the workers; return whether there was something to send."""
        try:
            if not student.isprintable():  # among others, what stands for bytes that are no UTF-8
                raise Unreadable("the name of its folder has characters that no id has")
            submission = self._read(student, folder)
            texts = dict(self._texts(submission))
            if texts.keys() <= self._others:
                wanted = ", ".join(f"{notebook}.ipynb" for notebook in self._chosen)
                raise Unreadable(f"it has no notebook of this assignment ({wanted}); {submission.what_is_there()}")
        except (Unreadable, OSError) as why:
            self._refuse(student, str(why))
            return False
        files = frames.wrapped(submission.with_files(self._assignment.files, self._kept))
        beside = {name: submission.files.get(f"{name}.py", b"") for name in texts}
        scripts = {name: one.decode(errors="replace") for name, one in beside.items() if len(one) <= LARGEST_SCRIPT}
        self._reading[student] = submission
        sent = {"student": student, "notebooks": texts, "scripts": scripts, "files": files, "seeds": self._seeds}
        cluster.send(student, json.dumps(sent).encode())
        return True

    def _texts(self, submission: Submission) -> Iterator[tuple[str, str]]:
        """Yield the notebooks that are to be graded, and others before them, which may write what those read."""
        for name, content in submission.notebooks.items():
            if name in self._others:
                with suppress(Unreadable):
                    if name < max(self._chosen):  # in the order in which they run
                        yield name, _text(name, content)
            else:
                yield name, _text(name, content)

    def _take(self, student: str, answer: bytes | BaseException) -> None:
        """Write down what came back."""
        submission = self._reading.pop(student)
        if isinstance(answer, BaseException):
            self._refuse(student, f"it could not be graded ({type(answer).__name__}: {quoted(str(answer), 200)})")
            return
        result = json.loads(answer)
        graded = {name: one for name, one in result["notebooks"].items() if name not in self._others}
        unreadable = [f"{name}.ipynb: {one['unreadable']}" for name, one in graded.items() if "unreadable" in one]
        if unreadable:
            self._refuse(student, "; ".join(unreadable))
            return
        texts = {name: one["text"] for name, one in graded.items()}
        verdicts = {name: list(map(KeptVerdict.from_data, one["verdicts"])) for name, one in graded.items()}
        reasons = list(submission.remarks)
        notes = [*self._trial.notes, *submission.lacks(self._chosen)]
        for name, one in graded.items():
            where = f"{name}.ipynb: " if len(texts) > 1 else ""
            reasons += [where + remark for remark in one["remarks"]]
            notes += [where + note for note in one["notes"]]
            if one["ended"]:
                reasons.append(f"{where}{one['ended']}; the cells from there on earn nothing")
        before = records.strangeness(self._graded_folder(student), self._others)
        again = (f"graded again: {before}",) if before else ()
        self.common_errors.add(graded)
        record = records.Record(
            submission.digest, self._assignment.digest, "", tuple(reasons), tuple(notes), self._assignment.judges,
            left_out=self._left_out(student),
        )  # fmt: skip
        try:
            record = self._recorder.record(submission, texts, verdicts, record)
        except sqlalchemy.exc.SQLAlchemyError as problem:
            raise CannotRun(
                f"the gradebook cannot be written ({said(problem)}); what was graded until now is kept: "
                "put that right and run the same command again"
            ) from problem
        except OSError as problem:
            recorded = isinstance(problem, records.NotInPlace)
            if problem.errno not in DISK_TROUBLE and not recorded:  # such as a name that is too long
                self._refuse(student, f"its files cannot be written ({problem.strerror})")
                return
            raise CannotRun(
                f"the autograded folder cannot be written ({problem.strerror}); what was graded until now is kept: "
                "put that right and run the same command again"
            ) from problem
        except Exception as problem:  # nbgrader refuses this student, or a preprocessor of the course's own fails
            self._refuse(student, f"its grades cannot be saved ({type(problem).__name__}: {quoted(str(problem), 200)})")
            return
        state = "needs a look" if record.reasons else "graded"
        self._add(student, state, record.reasons, (*record.notes, *again), result["seconds"])

    def _left_out(self, student: str) -> tuple[str, ...]:
        """Return which of the other notebooks are to be graded when all are: of which no record holds, or says more."""
        record = records.Record.read(self._graded_folder(student))
        if record is None or record.reasons or record.notes or {*self._because[student]} - {"files", "notebooks"}:
            return tuple(self._others)
        return tuple(self._others.intersection(record.left_out))

    def _refuse(self, student: str, why: str) -> None:
        """Make the row of a submission that was not graded; an earlier grade stands."""
        reasons = [f"not graded: {why}"]
        if self._graded_folder(student).exists():
            before = records.strangeness(self._graded_folder(student))
            reasons.append(f"the grade of the submission before stands{f', but {before}' if before else ''}")
        self._add(student, "needs a look", tuple(reasons), refused=True)

    def _add(
        self,
        student: str,
        state: str,
        reasons: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        seconds: float = 0.0,
        *,
        refused: bool = False,
    ) -> None:
        reasons, notes = tuple(map(_one_line, reasons)), tuple(map(_one_line, notes))
        self.rows[student] = Row(
            student, state, reasons, notes, self._because.get(student, ()), seconds, refused=refused
        )


def _one_line(reason: str) -> str:
    """Return a reason without what a student may have put into it to upset a terminal."""
    plain = "".join(character if character.isprintable() else " " for character in reason)
    return textwrap.shorten(plain, LONGEST_REASON, placeholder=" ...")


def _text(notebook: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{notebook}.ipynb is no text in UTF-8") from problem
