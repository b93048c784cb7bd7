"""What notebooks find where they run: by this it is known whether the instructor's version has to be tried again."""

import hashlib
import os
import platform
import sys
from contextlib import suppress

from .. import __version__


def surroundings() -> str:
    """Return a digest of this process's interpreter, its system, and all that is installed for it."""
    installed = set()
    for place in sys.path:
        with suppress(OSError):
            installed |= {name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info"))}
    said = (sys.version, platform.platform(), __version__, sorted(installed))
    return hashlib.sha256(repr(said).encode()).hexdigest()
