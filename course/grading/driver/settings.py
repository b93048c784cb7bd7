"""What a course's configuration and the command line tell nbgrader: all of it is followed, or named."""

from __future__ import annotations

import fnmatch
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_path
from nbconvert.exporters import NotebookExporter
from nbconvert.writers import FilesWriter
from nbgrader.apps import AutogradeApp
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import TraitError
from traitlets.config import Config, Configurable
from traitlets.config.loader import (
    ConfigFileNotFound,
    DeferredConfig,
    DeferredConfigString,
    JSONFileConfigLoader,
    PyFileConfigLoader,
)

from ...problems import CannotRun, did_you_mean

CONFIG = "nbgrader_config"
SANDBOX = "Sandbox"

WORD = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)", re.DOTALL)

OF_A_KERNEL = {
    "enabled": "students' files would say themselves what their cells have shown",
    "extra_arguments": "cells run without a kernel's command line",
    "force_raise_errors": "a cell that fails ends nothing here",
    "kernel_manager_class": "cells run in the sandbox, in the place of any kernel",
    "kernel_name": "cells run in the sandbox, with this Python",
    "on_notebook_complete": "no kernel tells when",
    "on_notebook_error": "no kernel tells when",
    "on_notebook_start": "no kernel tells when",
}
"""What nbgrader's `Execute` is told that would decide on grades, and why it cannot be followed."""

SET_FOR_US = {"c.Exporter.default_preprocessors"}
"""What nbgrader's converter sets itself."""

_MADE_BY_ITSELF = (NotebookExporter, FilesWriter)
"""What nbgrader's autograde makes and writes notebooks with, and we do not."""


def read_config(root: Path, words: Sequence[str] = ()) -> Config:
    """Return the configuration of the nbgrader course in a folder, with `--Class.trait=value` of a command line.

    Raises:
        CannotRun: if it cannot be read, or such a word is none.
    """
    config = Config()
    for folder in (*reversed(jupyter_config_path()), str(root)):
        config.merge(_config_in(folder))
    elsewhere = Path(config.CourseDirectory.get("root") or root)
    if elsewhere.resolve() != root.resolve():  # nbgrader reads on there
        config.merge(_config_in(str(elsewhere)))
    for section, name, value in _told(words):
        config[section][name] = DeferredConfigString(value)
    try:
        return Config(AutogradeApp(config=config, log=quiet_log()).config)  # which gives outdated names their new ones
    except TraitError as problem:
        raise CannotRun(f"the configuration holds what nbgrader does not take: {problem}") from problem


def in_full(words: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Yield words of a command line as --Class.trait=value, as which some are that nbgrader has shorter names for.

    Raises:
        CannotRun: for one that is none, which may be meant as one of the `options`.
    """
    short = AutogradeApp()
    waiting = iter(words)
    for word in waiting:
        name, given, value = word.partition("=")
        known = name.removeprefix("--") if name.startswith("--") else ""
        trait = known if "." in known else short.aliases.get(known)
        if trait:
            if not given and (value := next(waiting, "")) == "":
                raise CannotRun(f"the option {word} needs a value: {word}=VALUE")
            yield f"--{trait}={value}"
        elif known in short.flags and not given:
            settings = short.flags[known][0].items()
            yield from (f"--{kind}.{one}={chosen}" for kind, told in settings for one, chosen in told.items())
        else:
            near = did_you_mean(word, options)
            raise CannotRun(f"there is no option {word}{near or '; `course autograde --help` lists what there is'}")


def _config_in(folder: str) -> Config:
    read = Config()
    for loader, name in ((JSONFileConfigLoader, f"{CONFIG}.json"), (PyFileConfigLoader, f"{CONFIG}.py")):
        try:
            read.merge(loader(name, path=folder).load_config())
        except ConfigFileNotFound:
            continue
        except Exception as problem:
            raise CannotRun(
                f"{name} cannot be read ({type(problem).__name__}: {problem}); correct it first"
            ) from problem
    return read


def _told(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield class, trait and value of such words. Raise `CannotRun` for one that sets nothing that there is."""
    kinds = {
        kind.__name__: kind for kind in _with_bases([*AutogradeApp().all_configurable_classes(), *_MADE_BY_ITSELF])
    }
    for word in words:
        match = WORD.fullmatch(word)
        if match is None:
            raise CannotRun(f"{word} is no option; expected one of `course autograde --help`, or --Class.trait=value")
        section, name, value = match.groups()
        if section not in (*kinds, SANDBOX):
            near = (
                did_you_mean(section, kinds) or "; what a plugin of your own is to know belongs into the configuration"
            )
            raise CannotRun(f"{word} is for no class of nbgrader's{near}")
        known = kinds[section].class_trait_names(config=True) if section in kinds else [name]
        if name not in known:
            raise CannotRun(f"nbgrader's {section} has no setting {name}{did_you_mean(name, known)}")
        yield section, name, value


@contextmanager
def course_log(config: Config) -> Iterator[logging.Logger]:
    """Give the log of nbgrader's steps: the course's logfile if it has one; what matters is told in the rows."""
    log = quiet_log()
    try:
        app = AutogradeApp(config=config, log=log)
        if app.logfile:
            log.setLevel(app.log_level)
            app.init_logging(logging.FileHandler, [app.logfile], color=False)
    except (TraitError, OSError) as problem:
        raise CannotRun(f"the configuration's log cannot be kept ({problem}); correct that first") from problem
    try:
        yield log
    finally:
        for handler in log.handlers:
            handler.close()


def not_followed(config: Config, kinds: Iterable[type]) -> list[str]:
    """Return as c.Class.trait what nbgrader's autograde would follow, with these preprocessors, and we do not.

    Raises:
        CannotRun: if something of that would change a grade, or something has a value that nbgrader does not take.
    """
    from ..doors import CourseAutograde

    kinds = [*kinds, Execute]
    heard, others = _with_bases([*kinds, Autograde, CourseDirectory]), _with_bases(_MADE_BY_ITSELF)
    known = {kind.__name__: kind for kind in (*others, *heard)}
    strange = _made(Autograde, config).exporter_class not in (NotebookExporter, CourseAutograde)
    named = ["c.Autograde.exporter_class"] if strange else []
    for section, told in config.items():
        kind: Any = known.get(section)
        for name, value in told.items() if kind is not None else ():
            full = f"c.{section}.{name}"
            if name in OF_A_KERNEL and issubclass(Execute, kind) and _differs(value, Execute, name):
                raise CannotRun(f"{full} cannot be followed ({OF_A_KERNEL[name]}); grade without it")
            if full not in SET_FOR_US and (kind not in heard or name not in kind.class_trait_names(config=True)):
                named.append(full)
    for one in kinds:
        _made(one, config)
    return sorted(named)


def _differs(value: Any, kind: Any, name: str) -> bool:
    """Tell whether a value is not what a setting is anyway."""
    trait = kind.class_traits()[name]
    return bool((value.get_value(trait) if isinstance(value, DeferredConfig) else value) != trait.default())


def _made(kind: Any, config: Config) -> Any:
    try:
        return kind(config=config, log=quiet_log())
    except TraitError as problem:
        raise CannotRun(f"the configuration holds what nbgrader does not take: {problem}") from problem


def _with_bases(kinds: Iterable[type]) -> list[Any]:
    """Return classes with their bases, as far as they can be configured."""
    return [base for kind in kinds for base in kind.__mro__ if issubclass(base, Configurable)]


def left_out(config: Config, notebooks: Iterable[str]) -> list[str]:
    """Return which notebooks of an assignment the configuration leaves out, which nbgrader calls `--notebook`.

    Raises:
        CannotRun: if it leaves out all.
    """
    pattern, known = _made(CourseDirectory, config).notebook_id, list(notebooks)
    found = [notebook for notebook in known if not fnmatch.fnmatchcase(notebook, pattern)]
    if len(found) == len(known):
        raise CannotRun(
            f"--notebook (c.CourseDirectory.notebook_id) is {pattern}, but the assignment has only {', '.join(known)}"
        )
    return found


def quiet_log() -> logging.Logger:
    """Return a logger for nbgrader's steps that keeps what they say to itself: what matters is told in the rows."""
    log = logging.Logger("nbgrader", logging.CRITICAL + 1)
    log.addHandler(logging.NullHandler())
    return log
