"""Source text of example cells, written indented in this package's dictionaries."""

from textwrap import dedent, indent


def cells(indented: dict[str, str]) -> dict[str, str]:
    """Return the same cells without the indentation they have in our source files."""
    return {name: dedent(text).strip() + "\n" for name, text in indented.items()}


def with_methods(beginning: str, indented: dict[str, str]) -> dict[str, str]:
    """Return the cells of a class that all begin alike, from the methods that differ."""
    return {name: beginning + indent(text, "    ") for name, text in cells(indented).items()}


def changed(cell: str, *changes: tuple[str, str]) -> str:
    """Return a cell with some of its words replaced, each of which has to occur in it.

    Raises:
        ValueError: if one does not.
    """
    for old, new in changes:
        if old not in cell:
            raise ValueError(f"{old!r} does not occur in {cell}")
        cell = cell.replace(old, new)
    return cell
