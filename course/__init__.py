"""What an instructor runs: release, demo."""
