"""When Python looks for garbage."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(importing: str) -> Iterator[None]:
    """Look for no garbage while a block imports a large module, and never in what is there at its end.

    Looking takes a sixth of the time that imports take, and finds nothing. A block that finds the module imported, as
    in a process that stays, changes nothing: what was frozen with every call would never be free.
    """
    if importing in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
