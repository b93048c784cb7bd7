"""Audit all exercises on a machine with too much to do: every verdict must be what it is on an idle one.

Run as `python -m tests.benchmarks.busy_audit [NAME...]` from the repository; the options are those of `course audit`.
"""

import sys

from course.command_line import app
from tests.busy_machine import a_busy_machine

if __name__ == "__main__":
    with a_busy_machine():
        app(["audit", "--seeds", "1", *sys.argv[1:]])
