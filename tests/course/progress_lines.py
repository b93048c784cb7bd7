"""The lines by which a command says on stderr how far it is where there is no terminal: on a slow machine they come."""

import re

LINE = re.compile(r" *\d+ s  .+\n")


def without(stderr: str) -> str:
    """Return what a command has said besides."""
    return "".join(line for line in stderr.splitlines(keepends=True) if not LINE.fullmatch(line))
