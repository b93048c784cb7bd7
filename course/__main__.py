"""Where the `course` command begins, so that it can say what it lacks where only the student's part is installed."""

import atexit
import gc
import sys

from .problems import lacking


def main() -> None:
    """Run the `course` command; where a library is missing, say which and exit with status 2."""
    atexit.register(gc.freeze)  # or the last thing would be to look for garbage, three times, in all that there is
    try:
        from .command_line import main as run
    except ModuleNotFoundError as missing:
        if sentence := lacking(missing):
            print(sentence, file=sys.stderr)
            sys.exit(2)
        raise
    run()


if __name__ == "__main__":
    main()
