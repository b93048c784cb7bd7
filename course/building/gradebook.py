"""The gradebook, from the release's side: a copy to build with, and taking over what nbgrader wrote into the copy."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ..layout import file_of
from ..problems import CannotRun

CELLS = """
    SELECT source_cell.name, source_cell.cell_type, source_cell.locked, source_cell.source, source_cell.checksum
    FROM source_cell JOIN notebook ON source_cell.notebook_id = notebook.id
    JOIN assignment ON notebook.assignment_id = assignment.id
    WHERE assignment.name = ? ORDER BY source_cell.name
"""


def cells_known(url: str, name: str) -> str | None:
    """Return a digest of the cells that the gradebook knows for an exercise, or None if it knows none.
    A database server is taken to know what was once put into it."""
    path = file_of(url)
    if path is None:
        return "on a server"
    if not path.is_file():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            rows = connection.execute(CELLS, (name,)).fetchall()
        except sqlite3.DatabaseError:
            return None
    return hashlib.sha256(repr(rows).encode()).hexdigest() if rows else None


@contextmanager
def copy_of(url: str, copy: Path) -> Iterator["GradebookCopy"]:
    """Copy the gradebook to the file `copy`, so that nbgrader can write there first."""
    original = file_of(url)
    if original is None or not original.is_file():
        yield GradebookCopy(copy, original, None)
        return
    try:
        with closing(sqlite3.connect(original, timeout=30, isolation_level=None)) as connection:
            version = _version(connection)
            with closing(sqlite3.connect(copy)) as target:
                connection.backup(target)
            yield GradebookCopy(copy, original, (connection, version))
    except sqlite3.DatabaseError as problem:
        raise CannotRun(
            f"the gradebook {original.name} cannot be used ({problem}); restore a backup of it"
        ) from problem


class GradebookCopy:
    """A copy of the gradebook at one moment."""

    def __init__(self, path: Path, original: Path | None, opened: tuple[sqlite3.Connection, int] | None) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"
        self._original = original
        self._opened = opened

    def take_over(self) -> bool:
        """Make the gradebook equal to the copy, in one transaction. Return False, and change nothing, if someone
        else has written into the gradebook since it was copied, or if it is on a server."""
        if self._original is None:
            return False
        if self._opened is None:
            return self._become_the_first()
        connection, version = self._opened
        connection.execute("ATTACH DATABASE ? AS copy", (str(self.path),))
        try:
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) != version:
                connection.execute("ROLLBACK")
                return False
            tables = "SELECT name, sql FROM {}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            there = dict(connection.execute(tables.format("main")))
            for table, definition in connection.execute(tables.format("copy")).fetchall():
                if table not in there:
                    connection.execute(definition)
                connection.execute(f'DELETE FROM main."{table}"')
                connection.execute(f'INSERT INTO main."{table}" SELECT * FROM copy."{table}"')
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("DETACH DATABASE copy")
        return True

    def _become_the_first(self) -> bool:
        assert self._original is not None
        arriving = self._original.with_name(self._original.name + ".new")
        arriving.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as connection, closing(sqlite3.connect(arriving)) as target:
            connection.backup(target)
        try:
            self._original.hardlink_to(arriving)  # unlike a rename, this never replaces one that has just appeared
        except FileExistsError:
            return False
        finally:
            arriving.unlink()
        return True


def _version(connection: sqlite3.Connection) -> int:
    """Return a number that changes when another connection writes into the database."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
