"""Python's own parser, where other threads may parse too."""

import ast
import threading
from contextlib import suppress

_ONE_AT_A_TIME = threading.Lock()

TRIES = 20
"""How often a source is parsed anew; it is rare that it must be once."""


def parse(source: str) -> ast.Module:
    """Do what `ast.parse` does, in one thread at a time: Python 3.11's fails where another one does it meanwhile.

    What the thread of a library disturbs, which does not ask for its turn, is done again.
    """
    with _ONE_AT_A_TIME:
        for _ in range(TRIES):
            with suppress(SystemError):
                return ast.parse(source)
        return ast.parse(source)
