"""What an instructor runs: release, audit, autograde, feedback, report, demo."""
