"""What all commands have in common: how much they say of what they do, and names that a shell completes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from .problems import CannotRun

Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but what comes out.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say each step as it begins.")]


def command_of(app: typer.Typer, **settings: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command, which can be told how much to say of what it does."""

    def registered(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def with_volume(*arguments: Any, quiet: bool, verbose: bool, **options: Any) -> None:
            from .terminal import Screen, Volume

            Screen.volume = Volume(verbose - quiet)
            function(*arguments, **options)

        more = {"quiet": Quiet, "verbose": Verbose}
        kinds = [Parameter(name, Parameter.KEYWORD_ONLY, default=False, annotation=kind) for name, kind in more.items()]
        known = signature(function)
        with_volume.__signature__ = known.replace(parameters=[*known.parameters.values(), *kinds])  # type: ignore[attr-defined]
        with_volume.__annotations__ = {**function.__annotations__, **more}
        app.command(**settings)(with_volume)
        return function

    return registered


def exercises(typed: str) -> list[str]:
    """Return the exercises of the course here, for a shell that completes a name."""
    from .layout import find_course

    with suppress(CannotRun):
        return [name for name in find_course().names() if name.startswith(typed)]
    return []


def handed_in(typed: str) -> list[str]:
    """Return the assignments that were handed in to the course here, for a shell that completes a name."""
    from .grading.driver.autograding import find_root
    from .grading.driver.opening import open_course
    from .grading.driver.settings import quiet_log, read_config

    with suppress(CannotRun):
        root = find_root(None)
        course = open_course(root, read_config(root), quiet_log())
        found = Path(course.format_path(course.submitted_directory, ".", ".")).glob("*/*")
        return sorted({path.name for path in found if path.is_dir() and path.name.startswith(typed)})
    return []
