"""The kernels that an assignment's notebooks are for: what they set is honoured, another interpreter is refused."""

import os
import shutil
import sys
from collections.abc import Mapping
from string import Template
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_core.paths import jupyter_path
from traitlets.config import Config

from ...problems import CannotRun

OWN_NAMES = ("python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}")
"""What Jupyter takes for the interpreter that it runs in."""


class InstalledKernels(KernelSpecManager):  # type: ignore[misc]
    """Jupyter's search for kernels, which does not import IPython to learn where its oldest versions kept theirs."""

    def _kernel_dirs_default(self) -> list[str]:
        oldest = os.path.expanduser(os.environ.get("IPYTHONDIR") or "~/.ipython")
        return [*jupyter_path("kernels"), os.path.join(oldest, "kernels")]


def environment_of(kernels: Mapping[str, str | None], config: Config) -> dict[str, str]:
    """Return the environment variables that the kernels of an assignment set, given the kernel of each notebook.

    Raises:
        CannotRun: if one of them starts another interpreter, or two set a variable to different values.
    """
    known = InstalledKernels(config=config)
    found: dict[str, str] = {}
    for notebook, kernel in kernels.items():
        spec = _spec(known, kernel)
        if spec is None:
            continue
        if not spec.argv or not _is_this(spec.argv[0]):
            raise CannotRun(
                f"{notebook}.ipynb is for the kernel {kernel}, which starts {' '.join(spec.argv[:1]) or 'nothing'}, "
                f"but this command runs notebooks with {sys.executable}: install it beside that interpreter and start "
                "it there, or use `nbgrader autograde`"
            )
        for variable, value in spec.env.items():
            value = Template(value).safe_substitute(os.environ)
            if found.setdefault(variable, value) != value:
                raise CannotRun(
                    f"{notebook}.ipynb is for the kernel {kernel}, which sets {variable} to {value!r}, but another "
                    f"notebook's to {found[variable]!r}: use the same kernel for all notebooks of an assignment"
                )
    return found


def _spec(known: KernelSpecManager, kernel: str | None) -> Any:
    """Return a kernel's specification; None if it is not installed, as one of a student's machine may be."""
    try:
        return known.get_kernel_spec(kernel) if kernel else None
    except NoSuchKernel:
        return None


def _is_this(program: str) -> bool:
    """Return whether a program is the running interpreter, in the same environment."""
    if program in OWN_NAMES:
        return True
    there = shutil.which(program)
    if there is None:
        return False
    same_folder = os.path.realpath(os.path.dirname(there)) == os.path.realpath(os.path.dirname(sys.executable))
    return same_folder and os.path.realpath(there) == os.path.realpath(sys.executable)
