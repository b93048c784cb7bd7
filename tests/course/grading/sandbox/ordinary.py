"""An ordinary user of the machine: what to put in front of a command line to run it as one, wherever Python is.

`ordinary.py COMMAND...` becomes somebody whom no other program knows and who sees the whole file system.
"""

import os
import stat
import subprocess
import sys
from pathlib import Path

from course.grading.sandbox import system_calls

USER = 54321
AS_ORDINARY = (sys.executable, "-P", __file__) if os.geteuid() == 0 else ()
"""Nothing where the tests are run by an ordinary user."""


def become() -> None:
    """Become that user, with the file system as it is but for a way to the interpreter."""
    system_calls.new_namespaces(system_calls.NEW_MOUNTS)
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    for prefix in {os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix)}:
        closed = [folder for folder in reversed(Path(prefix).parents) if not folder.stat().st_mode & stat.S_IXOTH]
        if closed:
            subprocess.run(["mount", "--rbind", prefix, "/mnt"], check=True)
            subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", str(closed[0])], check=True)
            os.makedirs(prefix)
            subprocess.run(["mount", "--move", "/mnt", prefix], check=True)
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)


if __name__ == "__main__":
    become()
    os.execv(sys.argv[1], sys.argv[1:])
