"""The `course` command: a thin layer over one importable function per command."""

import json
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from . import __version__
from .commands import command_of, exercises, handed_in
from .layout import of_another_version
from .problems import CannotRun, ProblemsFound, lacking, printable

app = typer.Typer(
    help="Build the exercises, prove them, and try them on a class.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


command = partial(command_of, app)

CourseDir = Annotated[
    Path | None, typer.Option("--course-dir", help="The course's folder, or one inside it.", show_default="here")
]


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"course {__version__}")
        raise typer.Exit


@app.callback()
def commands(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Build the exercises, prove them, and try them on a class."""


@command()
def start(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new, or empty.")],
) -> None:
    """Make a course: the sources of the exercises, nbgrader's configuration, a README. It needs what is installed only.

    Exit status: 0 it is made, 2 it could not be made, and nothing was changed.
    """
    from .start import start as make_course

    print(f"Made a course in {make_course(folder)}; its README.md says how to go on.")


@command()
def release(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises; all if none.", autocompletion=exercises)
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if anything built is stale.")] = False,
    paired: Annotated[
        bool | None,
        typer.Option(
            "--paired/--unpaired",
            help="With or without a script beside each notebook, which jupytext keeps equal to it.",
            show_default="as before; at first with one",
        ),
    ] = None,
    personal: Annotated[
        Path | None,
        typer.Option("--personal", metavar="ROSTER.csv", help="Give every student of a class other numbers."),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar="FILE.csv", help="With --personal: write the right numbers.")
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Build exercises/ and solutions/ from source_notebooks/, and prove that nothing leaks and every check works.

    Exit status: 0 all is well, 1 problems were found (each is listed), 2 it could not run.
    """
    _tell(of_another_version(course_dir))
    from .building.release import release as build_release
    from .terminal import Screen

    with Screen() as screen:
        results = build_release(
            names or (),
            check=check,
            paired=paired,
            personal=personal,
            answers=answers,
            root=course_dir,
            tell=screen.step,
        )
        for result in results:
            screen.released(result)
    raise typer.Exit(1 if any(result.problems for result in results) else 0)


@command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def autograde(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An assignment of the course.", autocompletion=handed_in)],
    course_dir: CourseDir = None,
    student: Annotated[
        list[str] | None,
        typer.Option("--student", metavar="ID", help='Only this student, or these ("a*"); may be repeated.'),
    ] = None,
    database: Annotated[str | None, typer.Option("--db", metavar="URL", help="Another gradebook.")] = None,
    notebook: Annotated[
        str | None,
        typer.Option("--notebook", metavar="NAME", help='Only this notebook, or these ("p*"); the others stay.'),
    ] = None,
    no_execute: Annotated[bool, typer.Option("--no-execute", hidden=True)] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="How many at a time.", show_default="one per core")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A running Dask cluster, as tls://host:8786.")
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Allow a scheduler on another machine without TLS (tls://).")
    ] = False,
    force: Annotated[bool, typer.Option("--force", "-f", help="Grade again what is graded and unchanged.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Run the cells for exploring too.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing: tell which scores would change, and why.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Grade although the instructor's version does not earn full marks here.")
    ] = False,
    no_sandbox: Annotated[
        bool, typer.Option("--no-sandbox", help="Run the students' code on your account, as nbgrader does.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Grade a class's submissions in any nbgrader course: in parallel, in a sandbox, resuming where a run was cut off.

    nbgrader's settings are those of the course, and what is given as --Class.trait=value.

    Exit status: 0 all are graded, 1 some need a look (each is listed), 2 it could not run.
    """
    _tell(of_another_version(course_dir))
    from .grading.driver.autograding import autograde as grade_class
    from .terminal import Screen

    words = _settings(context)
    words += [f"--CourseDirectory.db_url={database}"] if database is not None else []
    words += [f"--CourseDirectory.notebook_id={notebook}"] if notebook is not None else []
    words += ["--Execute.enabled=False"] if no_execute else []

    with Screen(quiet=as_json) as screen:
        graded = grade_class(
            name,
            course_dir=course_dir,
            students=student or (),
            workers=workers,
            scheduler=scheduler,
            insecure=insecure,
            force=force,
            full=full,
            anyway=anyway,
            dry_run=dry_run,
            sandbox=not no_sandbox,
            settings=words,
            tell=screen.counting("grading"),
        )
        if as_json:
            print(json.dumps(graded.as_data(), indent=2))
        else:
            screen.autograded(graded)
    raise typer.Exit(graded.status)


@command()
def report(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="An assignment that `course autograde` graded.", autocompletion=handed_in),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write it.", show_default="reports/NAME")
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Name the students instead of numbering them.")] = False,
    course_dir: CourseDir = None,
) -> None:
    """Tell what a class got wrong and what to talk about, from the kept verdicts: one page, and tables as CSV.

    Exit status: 0 it is written, 1 it is written and somebody was left out (each is listed), 2 it could not run.
    """
    from .report import report as write_report
    from .terminal import Screen

    with Screen() as screen:
        written = write_report(name, out=out, names=names, course_dir=course_dir, tell=screen.step)
        for line in written.lines():
            screen.console.print(line, markup=False, soft_wrap=True)
    raise typer.Exit(written.status)


@command()
def explain(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="An assignment that `course autograde` graded.", autocompletion=handed_in),
    ],
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Whose grade.")],
    task: Annotated[str | None, typer.Argument(metavar="TASK", help="A task or a grade_id; all if none.")] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Observe it again in the sandbox, on the same cases; nothing is written.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Tell why a student has these points: each verdict as the student sees it, and on which cases it was made.

    Exit status: 0 it is told, 1 observed again it is judged otherwise or cannot be, 2 it could not run.
    """
    from .explain import explain as explain_grade
    from .terminal import Screen

    with Screen() as screen:
        explained = explain_grade(
            name, student, task, replayed=replay, course_dir=course_dir, tell=screen.counting("observing")
        )
    for line in explained.lines():
        print(printable(line))
    raise typer.Exit(explained.status)


@command()
def feedback(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An assignment of the course.", autocompletion=handed_in)],
    course_dir: CourseDir = None,
    student: Annotated[
        list[str] | None,
        typer.Option("--student", metavar="ID", help='Only this student, or these ("a*"); may be repeated.'),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make again what is there and unchanged.")] = False,
) -> None:
    """Make the page that each student gets back: what every check found, scores, comments, and no hidden test.

    Exit status: 0 all are made, 1 some could not be made (each is listed), 2 it could not run.
    """
    from .feedback import feedback as give_feedback
    from .terminal import Screen

    with Screen() as screen:
        given = give_feedback(name, course_dir=course_dir, students=student or (), force=force, tell=screen.step)
    for line in given.lines():
        print(printable(line))
    raise typer.Exit(given.status)


@command()
def demo(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="An exercise; the flagship if none.", autocompletion=exercises)
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Build an exercise, make a class of submissions, grade them, give feedback and report: see what each got and why.

    Exit status: 0 all is well, 1 something needs a look (each is listed), 2 it could not run.
    """
    from .demo import demo as grade_a_class
    from .terminal import Screen

    with Screen() as screen:
        shown = grade_a_class(name, root=course_dir, say=screen.say, tell=screen.step)
        screen.demonstrated(shown)
    raise typer.Exit(shown.status)


@command()
def audit(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises; all if none.", autocompletion=exercises)
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many sets of random cases to try.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    pictures: Annotated[bool, typer.Option("--pictures", help="Draw the confusion matrices anew in docs/.")] = False,
    course_dir: CourseDir = None,
) -> None:
    """Prove that the checks are right: right solutions pass, every mistake gets its own name, every mutant is rejected.

    Exit status: 0 all is well, 1 something is wrong with a check (each thing is listed), 2 it could not run.
    """
    _tell(of_another_version(course_dir))
    from .audit import audit as audit_exercises
    from .terminal import Screen

    with Screen(quiet=as_json) as screen:
        results = audit_exercises(names or (), seeds=seeds, root=course_dir, tell=screen.counting("auditing"))
        if as_json:
            print(json.dumps([result.as_data() for result in results], indent=2))
        else:
            for result in results:
                screen.audited(result)
    if pictures:
        from .audit.matrix import draw_matrix
        from .layout import find_course

        for result in results:
            draw_matrix(result, find_course(course_dir).root / "docs" / f"audit_{result.name}.png")
    raise typer.Exit(1 if any(result.faults for result in results) else 0)


@command()
def sentences(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Exercises; all if none.", autocompletion=exercises)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.md", help="Write them there.", show_default="the terminal")
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Write down every sentence that the checks can say: hints, mistakes, where an error starts, notes.

    Exit status: 0 they are written, 2 it could not run.
    """
    from .sentences import sentences as all_sentences

    text = all_sentences(names or (), root=course_dir)
    if out is None:
        print(text)
    else:
        out.write_text(text, encoding="utf-8")


def main() -> None:
    """Run the `course` command."""
    from .interrupting import STATUS, Interrupted, ending_soon

    stopped = "stopped; what was done until now is kept, nothing is half-written: run the same command again to go on"
    try:
        with ending_soon(stopped):
            app()
    except Interrupted:
        sys.exit(STATUS)
    except CannotRun as reason:
        sys.exit(_said(f"course: {reason}", 2))
    except ProblemsFound as found:
        sys.exit(_said(str(found), 1))
    except OSError as problem:
        sys.exit(_said(f"course: {problem}; nothing was left half-written", 2))
    except Exception as problem:  # a library is missing; or a defect of ours, which must not look like a finding
        sys.exit(_said(lacking(problem) or traceback.format_exc(), 2))


def _settings(context: typer.Context) -> list[str]:
    """Return what a command line has beside its options as --Class.trait=value. Raise `CannotRun` for what is none."""
    words = list(context.args)
    if all("." in name and given for name, given, _ in (word.partition("=") for word in words)):
        return words
    from .grading.driver.settings import in_full  # which takes a while

    return [*in_full(words, [option for parameter in context.command.params for option in parameter.opts])]


def _tell(sentence: str) -> None:
    if sentence:
        print(sentence, file=sys.stderr)


def _said(message: str, status: int) -> int:
    print("\n".join(map(printable, message.split("\n"))), file=sys.stderr)
    return status
