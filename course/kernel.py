"""A kernel that is the running interpreter, whatever kernels are installed, and whose runs are repeatable."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CELL_TIMEOUT = 300  # seconds; the instructor's own cells, so only a hanging one gets there

REPEATABLE = {
    "PYTHONHASHSEED": "0",
    "CHECKS_STATIC": "1",  # widgets as pictures: their ids are random
}
DRAWING = "path.simplify: False\n"
"""matplotlib's settings: the last digit of a number would decide which points of a curve it leaves out."""


@contextmanager
def own_kernel(scratch: Path, import_from: Path) -> Iterator[None]:
    """Make `python3` mean the running interpreter, for every kernel started in this process within the block.

    The kernels import from `import_from` first and read nobody's IPython or matplotlib settings.
    """
    from ipykernel.kernelspec import get_kernel_dict

    spec = scratch / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (scratch / "matplotlibrc").write_text(DRAWING, encoding="utf-8")
    search_path = os.pathsep.join([str(import_from), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {
        **REPEATABLE,
        "PYTHONPATH": search_path,
        "IPYTHONDIR": str(scratch / "ipython"),
        "MATPLOTLIBRC": str(scratch / "matplotlibrc"),
    }
    description = {**get_kernel_dict(), "env": environment}
    description["argv"].append("--log-level=ERROR")  # its warnings would go to the user's terminal
    (spec / "kernel.json").write_text(json.dumps(description), encoding="utf-8")

    with _first_in("JUPYTER_PATH", scratch / "jupyter"), own_tools():
        yield


@contextmanager
def own_tools() -> Iterator[None]:
    """Let programs that belong to the running interpreter be found: nbgrader starts `alembic` by its name, which fails
    where the virtual environment is not activated."""
    with _first_in("PATH", Path(sys.executable).parent):
        yield


@contextmanager
def _first_in(variable: str, folder: Path) -> Iterator[None]:
    before = os.environ.get(variable)
    os.environ[variable] = os.pathsep.join([str(folder), *filter(None, [before])])
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


def executed(notebook: Any, folder: Path) -> Any:
    """Return a copy of `notebook` after running all its cells in `folder`, going on after errors as in grading."""
    from copy import deepcopy

    from nbclient import NotebookClient

    notebook = deepcopy(notebook)
    client = NotebookClient(
        notebook,
        allow_errors=True,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        shutdown_kernel="immediate",
        startup_timeout=CELL_TIMEOUT,
        timeout=CELL_TIMEOUT,
    )
    client.execute()
    return notebook
