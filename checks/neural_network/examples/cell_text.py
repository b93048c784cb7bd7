"""Source text of example cells, written indented in this package's dictionaries."""

from textwrap import dedent


def cells(indented: dict[str, str]) -> dict[str, str]:
    """Return the same cells without the indentation they have in our source files."""
    return {name: dedent(text).strip() + "\n" for name, text in indented.items()}
