"""Run notebooks' cells in a shell of IPython, without what Windows lacks; told and answered in JSON.

This file runs in the environment under test, where there are no kernels.
"""

import json
import os
import signal
import sys
from contextlib import suppress

ABSENT_MODULES = ("fcntl", "pwd", "resource", "termios")
ABSENT_FUNCTIONS = ((signal, "setitimer"), (os, "fork"))


def take_away_what_windows_lacks() -> None:
    """Only for our code: Python's own modules and the libraries have looked at the system when they were imported."""
    import IPython.terminal.interactiveshell  # noqa: F401
    import ipywidgets  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import sklearn.datasets  # noqa: F401

    with suppress(ImportError):
        import torch  # noqa: F401
    for name in ABSENT_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, name in ABSENT_FUNCTIONS:
        delattr(module, name)


def main() -> None:
    take_away_what_windows_lacks()
    assert not any(name.partition(".")[0] == "checks" for name in sys.modules)

    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance(colors="NoColor")
    told = []
    for cell in json.load(sys.stdin):
        with capture_output(display=False) as shown:
            done = shell.run_cell(cell)
        error = done.error_before_exec or done.error_in_exec
        told.append(
            {
                "value": done.result if isinstance(done.result, float | int) else None,
                "error": f"{type(error).__name__}: {error}" if error else "",
                "state": str(getattr(getattr(error, "verdict", None), "state", "")),
                "shown": shown.stdout,
                "complained": shown.stderr,
            }
        )
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
