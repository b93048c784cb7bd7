"""A system whose kernel forbids every border: what to put in front of a command line to run it there."""

import sys

FORBIDDING = """
import os, sys
import pyseccomp
from course.grading import layers

filter = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
refused = pyseccomp.ERRNO(1)
LANDLOCK_CREATE_RULESET = 444
for call in ("unshare", "setns", LANDLOCK_CREATE_RULESET):
    filter.add_rule(refused, call)
filter.add_rule(pyseccomp.ERRNO(38), "clone3")
for flag in (layers.NEW_MOUNTS, layers.NEW_USER, layers.NEW_PIDS, layers.NEW_NETWORK):
    filter.add_rule(refused, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
filter.load()
os.execv(sys.argv[1], sys.argv[1:])
"""
WITHOUT_BORDERS = (sys.executable, "-c", FORBIDDING)
