"""What an instructor and a grader run: start, release, audit, autograde, feedback, report, demo."""

import sys

# With it jsonschema compiles a grammar for a second, in every process, to check a format that no notebook has.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

__version__ = "0.1.0"
