"""Try other inputs each time, for as long as one likes. The exit status is 1 if one was not answered or refused."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from tests.fuzzing.targets import TARGETS
from tests.fuzzing.trying import attempt


def main() -> int:
    """Try all targets in turn, or those named, until the time is up."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)} (default: all)")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; expected one of {', '.join(TARGETS)}")
    bad: set[str] = set()
    until = time.monotonic() + 60 * asked.minutes
    while time.monotonic() < until and (left := [name for name in asked.targets or TARGETS if name not in bad]):
        for name in left:
            try:
                attempt(TARGETS[name], times=5, same=False)
            except Exception as problem:  # it says what was fed
                traceback.print_exception(problem, limit=-6)
                bad.add(name)
            if time.monotonic() > until:
                break
    print(f"Not answered as it should be: {', '.join(sorted(bad))}." if bad else "Everything was answered or refused.")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
