"""What two gradings of one class have to agree on: every row of the gradebook and every cell of the notebooks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Base
from sqlalchemy import Connection, Table, create_engine, inspect, select, text
from sqlalchemy.schema import UniqueConstraint

VERSION_TABLE = "alembic_version"

VARIES = (
    # Objects lie where they lie.
    (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x..."),
    # ipykernel names a cell's code after its process, in the folder for temporary files.
    (re.compile(r"/[\w/.-]*/ipykernel_\d+/\d+\.py"), "<cell>"),
    # A command names the interpreter that it was installed with, which a link to its folder gives another path.
    (re.compile(r"~?/[\w/.-]*/site-packages/"), "<installed>/"),
    # ipywidgets and IPython draw ids at random.
    (re.compile(r"\b[0-9a-f]{32}\b"), "<id>"),
    # IPython writes the home directory as ~, and a sandbox has another.
    (re.compile(rf"{re.escape(str(Path.home()))}(?=/)"), "~"),
    # A stack that runs full has room for more calls of the student's if there are fewer below it.
    (re.compile(r"\(\d+ times\)"), "(N times)"),
)


def rows(db_url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row and column of a gradebook by table, sorted, ids replaced by what they stand for.

    A row is a tuple of (column, value); an id becomes the names that make it unique, such as (student, assignment).
    Raises `AssertionError` if the database has a table or column that nbgrader's own model does not know.
    """
    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            tables = Base.metadata.tables
            there = inspect(connection)
            assert set(there.get_table_names()) == {*tables, VERSION_TABLE}
            for name, table in tables.items():
                assert {column["name"] for column in there.get_columns(name)} == set(table.columns.keys()), name
            names = _Names(connection)
            found = {name: sorted(map(names.row, *_all(connection, table)), key=repr) for name, table in tables.items()}
            version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars()
            return found | {VERSION_TABLE: [("version_num", number) for number in version]}
    finally:
        engine.dispose()


def _all(connection: Connection, table: Table) -> tuple[list[Table], list[dict[str, Any]]]:
    """Return all rows of a table, each with its table."""
    found = [dict(row) for row in connection.execute(select(table)).mappings()]
    return [table] * len(found), found


class _Names:
    """What the ids of a gradebook stand for."""

    def __init__(self, connection: Connection) -> None:
        self._rows = {
            name: {row["id"]: row for row in _all(connection, table)[1]} for name, table in Base.metadata.tables.items()
        }

    def row(self, table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple((column, self._value(table, column, row)) for column in sorted(row))

    def _value(self, table: Table, column: str, row: dict[str, Any]) -> Any:
        value = row[column]
        if value is None:
            return None
        for foreign in table.columns[column].foreign_keys:
            return self._key(foreign.column.table, value)
        return self._key(table, value) if column == "id" else value

    def _key(self, table: Table, identifier: str) -> Any:
        """Return the values of the columns that make a row unique besides its id; of a student or course, the id."""
        unique = [list(rule.columns.keys()) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
        columns = next((names for names in unique if "id" not in names), None)
        if columns is None:
            return identifier
        row = self._rows[table.name][identifier]
        return tuple(self._value(table, column, row) for column in columns)


def cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of `STUDENT/ASSIGNMENT/NOTEBOOK.ipynb` without what differs from one run to the next."""
    notebook = nbformat.read(path, as_version=4)
    student, assignment = path.parent.parts[-2:]
    return [_settled(dict(cell), f"{student}/{assignment}") for cell in notebook.cells]


def heading(path: Path) -> dict[str, Any]:
    """Return the metadata of a graded notebook itself, its widgets' ids and its pairing with a script aside."""
    metadata: Any = nbformat.read(path, as_version=4).metadata
    metadata.pop("jupytext", None)
    widgets = metadata.pop("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    kinds = sorted(model["model_name"] for model in widgets.values())
    return {**json.loads(json.dumps(metadata)), "widgets": kinds}


def _settled(cell: dict[str, Any], folder: str) -> dict[str, Any]:
    metadata = dict(cell["metadata"])
    metadata.pop("execution", None)  # when each step happened
    settled = {**cell, "metadata": metadata}
    if "outputs" in cell:
        settled["outputs"] = [_normal(dict(output), folder) for output in _joined(cell["outputs"])]
    plain: dict[str, Any] = json.loads(json.dumps(settled))
    return plain


def _joined(outputs: list[Any]) -> list[Any]:
    """Join what was written between two shown things into one text to each stream: ipykernel empties the buffers of
    stdout and stderr a fifth of a second after something came, so the order of pieces is a matter of timing."""
    joined: list[Any] = []
    pieces: dict[str, str] = {}
    for output in [*outputs, None]:
        if output is not None and output["output_type"] == "stream":
            pieces[output["name"]] = pieces.get(output["name"], "") + output["text"]
            continue
        joined += [{"output_type": "stream", "name": name, "text": pieces[name]} for name in sorted(pieces)]
        pieces = {}
        if output is not None:
            joined.append(output)
    return joined


def _normal(value: Any, folder: str) -> Any:
    if isinstance(value, str):
        if folder in value:  # the search is slow in the text of a picture
            value = re.sub(rf"~?/[\w/.-]*{re.escape(folder)}\b", "<folder>", value)
        for pattern, put in VARIES:
            value = pattern.sub(put, value)
        return value
    if isinstance(value, dict):
        return {key: _normal(content, folder) for key, content in value.items()}
    if isinstance(value, list):
        return [_normal(content, folder) for content in value]
    return value
