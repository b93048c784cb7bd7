"""What an instructor and a grader run: start, release, audit, autograde, feedback, report, demo."""

__version__ = "0.1.0"
