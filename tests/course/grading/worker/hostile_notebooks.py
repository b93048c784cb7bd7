"""Notebooks that are broken, or whose cells and settings were tampered with, each made from a right or wrong one."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.course.grading.plain_course import WRONG_TOTAL, Notebook, PlainCourse, cell_of
from tests.course.grading.worker.endings import FULL_MARKS, LOSES_THE_CELL, LOST, Ends, look

Make = Callable[[PlainCourse], Notebook | bytes]
HUGE = 200 << 20

NO_NOTEBOOK = look("notebook", "json", "read")
CHANGED_AND_WRONG = look("changed", "order", score=LOST)
CHANGED = look("changed")


def _of(change: Callable[[Notebook], Any], total: str | None = None) -> Make:
    """Return a maker of the solved notebook, with another answer to `total` if there is one, after a change."""

    def make(course: PlainCourse) -> Notebook:
        notebook = course.solved() if total is None else course.solved(total=total)
        change(notebook)
        return notebook

    return make


def _settings(cell: str, total: str | None = None, **settings: Any) -> Make:
    """Return a maker that changes some of a cell's nbgrader settings; None takes a setting away."""

    def change(notebook: Notebook) -> None:
        marks = cell_of(notebook, cell)["metadata"]["nbgrader"]
        marks.update(settings)
        for name in [name for name, value in settings.items() if value is None]:
            del marks[name]

    return _of(change, total)


def _in_cell(grade_id: str, total: str | None = None, **parts: Any) -> Make:
    """Return a maker that changes parts of a cell; None takes a part away."""

    def change(notebook: Notebook) -> None:
        cell = cell_of(notebook, grade_id)
        cell.update(parts)
        for name in [name for name, value in parts.items() if value is None]:
            del cell[name]

    return _of(change, total)


def _literally(old: str, new: str) -> Make:
    """Return a maker that replaces some of the notebook's JSON text, all but what json.dumps would write."""

    def make(course: PlainCourse) -> bytes:
        text = json.dumps(course.solved())
        assert old in text
        return text.replace(old, new, 1).encode()

    return make


def _tagged(tag: str) -> Make:
    return _of(lambda n: cell_of(n, "test_total")["metadata"].update(tags=[tag]), WRONG_TOTAL)


def _without(grade_id: str) -> Make:
    return _of(lambda n: n["cells"].remove(cell_of(n, grade_id)))


def _padded(course: PlainCourse) -> bytes:
    return json.dumps(course.solved()).encode() + b" " * HUGE


def _twice(grade_id: str) -> Make:
    def change(notebook: Notebook) -> None:
        again = deepcopy(cell_of(notebook, grade_id))
        again["id"] += "-again"
        notebook["cells"].insert(0, again)

    return _of(change)


def _test_first(notebook: Notebook) -> None:
    test = cell_of(notebook, "test_total")
    notebook["cells"].remove(test)
    notebook["cells"].insert(0, test)


def _swapped(notebook: Notebook) -> None:
    one, other = cell_of(notebook, "test_add"), cell_of(notebook, "test_total")
    one["metadata"]["nbgrader"]["grade_id"] = "test_total"
    other["metadata"]["nbgrader"]["grade_id"] = "test_add"


def _self_awarded(notebook: Notebook) -> None:
    own = {"grade": True, "solution": False, "locked": True, "points": 1000, "grade_id": "bonus", "schema_version": 3}
    cell = {"cell_type": "code", "metadata": {"nbgrader": own}, "source": "1000", "outputs": []}
    notebook["cells"].append({**cell, "execution_count": None, "id": "bonus"})


def _many_cells(notebook: Notebook) -> None:
    cell: dict[str, Any] = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    notebook["cells"] += [{**cell, "id": f"more-{number}"} for number in range(20_000)]


def _nested(depth: int) -> str:
    return "[" * depth + "]" * depth


OUTPUT = {"output_type": "stream", "name": "stdout", "text": ""}
EDITED_TEST = {"source": "assert True"}

BROKEN: dict[str, tuple[Make, Ends]] = {
    "not-json": (lambda course: b'{"cells": [', NO_NOTEBOOK),
    "an-empty-file": (lambda course: b"", NO_NOTEBOOK),
    "zeros": (lambda course: bytes(1000), NO_NOTEBOOK),
    "not-utf-8": (lambda course: json.dumps(course.solved()).encode("utf-16"), look()),
    "a-byte-order-mark": (lambda course: b"\xef\xbb\xbf" + json.dumps(course.solved()).encode(), FULL_MARKS),
    "absurdly-nested": (lambda course: b'{"cells":' + b"[" * 10**6, look()),
    "nested-metadata": (_literally('"metadata": {', f'"metadata": {{"deep": {_nested(900)}, '), look("nested")),
    "200-megabytes": (_padded, look("MB", "large", "big")),
    "a-list": (lambda course: b"[]", NO_NOTEBOOK),
    "null": (lambda course: b"null", NO_NOTEBOOK),
    "an-empty-object": (lambda course: b"{}", NO_NOTEBOOK),
    "cells-not-a-list": (_of(lambda n: n.update(cells={"0": 1})), look()),
    "cells-of-numbers": (_of(lambda n: n.update(cells=[1, 2, 3])), look()),
    "no-cells": (_of(lambda n: n.update(cells=[])), look("missing", "test_add")),
    "metadata-null": (_of(lambda n: n.update(metadata=None)), look()),
    "cell-metadata-null": (_of(lambda n: cell_of(n, "total").update(metadata=None)), look()),
    "cell-metadata-a-list": (_of(lambda n: cell_of(n, "total").update(metadata=[])), look()),
    "a-cell-without-source": (_in_cell("total", source=None), look()),
    "a-source-of-numbers": (_in_cell("total", source=[1, 2]), look()),
    "a-source-in-lines": (_in_cell("total", source=["def total(numbers):\n", "    return sum(numbers)"]), FULL_MARKS),
    "outputs-an-object": (_in_cell("total", outputs={"a": 1}), FULL_MARKS),
    "outputs-of-nothing": (_in_cell("total", outputs=[None, {}, {"output_type": "x"}]), FULL_MARKS),
    "no-outputs": (_in_cell("total", outputs=None), FULL_MARKS),
    "an-unknown-cell-type": (_in_cell("total", cell_type="secret"), look("cell")),
    "nbgrader-a-list": (_of(lambda n: cell_of(n, "test_total")["metadata"].update(nbgrader=[])), look("test_total")),
    "nbgrader-null": (_of(lambda n: cell_of(n, "test_total")["metadata"].update(nbgrader=None)), look("test_total")),
    "nbgrader-empty": (_of(lambda n: cell_of(n, "test_total")["metadata"].update(nbgrader={})), look("test_total")),
    "grade-id-a-number": (_settings("test_total", grade_id=5), look("test_total")),
    "grade-id-a-list": (_settings("test_total", grade_id=["test_total"]), look("test_total")),
    "nbformat-99": (_of(lambda n: n.update(nbformat=99)), look()),
    "nbformat-minor-99": (_of(lambda n: n.update(nbformat_minor=99)), FULL_MARKS),
    "nbformat-3": (_of(lambda n: n.update(nbformat=3)), look()),
    "nbformat-text": (_of(lambda n: n.update(nbformat="4")), NO_NOTEBOOK),
    "huge-integers": (_literally('"nbformat_minor": 5', '"nbformat_minor": 5, "n": 1' + "0" * 10**5), NO_NOTEBOOK),
    "a-huge-count": (_in_cell("total", execution_count=10**30), FULL_MARKS),
    "not-a-number": (_literally('"metadata": {', '"metadata": {"a": NaN, "b": Infinity, "c": 1e999, '), FULL_MARKS),
    "keys-twice": (_literally('{"cells": [', '{"cells": 5, "cells": ['), FULL_MARKS),
    "lone-surrogates": (_in_cell("total", source="name = '\ud800'"), LOSES_THE_CELL),
    "lone-surrogates-in-metadata": (_of(lambda n: n["metadata"].update(name="\udfff")), FULL_MARKS),
    "cell-ids-twice": (_of(lambda n: [cell.update(id="same") for cell in n["cells"]]), FULL_MARKS),
    "cell-ids-missing": (_of(lambda n: [cell.pop("id") for cell in n["cells"]]), FULL_MARKS),
    "cell-ids-impossible": (_of(lambda n: [cell.update(id="../" * 50) for cell in n["cells"]]), FULL_MARKS),
    "wrong-kernel": (_of(lambda n: n["metadata"].update(kernelspec={"name": "bash", "display_name": "b"})), FULL_MARKS),
    "no-kernel": (_of(lambda n: n["metadata"].pop("kernelspec")), FULL_MARKS),
    "kernel-a-list": (_of(lambda n: n["metadata"].update(kernelspec=["python3"])), FULL_MARKS),
    "many-keys": (_of(lambda n: n["metadata"].update({f"key {i}": i for i in range(10**5)})), FULL_MARKS),
    "many-outputs": (_in_cell("total", outputs=[OUTPUT] * 20_000), FULL_MARKS),
    "20000-cells": (_of(_many_cells), look("cells")),
}

TAMPERED: dict[str, tuple[Make, Ends]] = {
    "a-test-missing": (_without("test_total"), look("test_total", score=LOST)),
    "an-answer-missing": (_without("total"), look("total is missing", score=LOST)),
    "a-written-answer-missing": (_without("why"), look("why")),
    "a-test-twice": (_twice("test_total"), look("more than once")),
    "an-answer-twice": (_twice("total"), look("more than once")),
    "a-test-first": (_of(_test_first), CHANGED_AND_WRONG),
    "ids-swapped": (_of(_swapped), CHANGED_AND_WRONG),
    "an-id-for-the-terminal": (_settings("test_total", grade_id="\x1b[2J[red]\n"), look("test_total", score=LOST)),
    "an-unknown-id": (_settings("test_total", grade_id="test_other"), look("test_total", score=LOST)),
    "schema-version-0": (_settings("test_total", WRONG_TOTAL, schema_version=0), CHANGED_AND_WRONG),
    "schema-version-99": (_settings("test_total", WRONG_TOTAL, schema_version=99), CHANGED_AND_WRONG),
    "schema-version-missing": (_settings("test_total", WRONG_TOTAL, schema_version=None), CHANGED_AND_WRONG),
    "schema-version-x": (_settings("test_total", WRONG_TOTAL, schema_version="x"), CHANGED_AND_WRONG),
    "not-graded": (_settings("test_total", WRONG_TOTAL, grade=False), CHANGED_AND_WRONG),
    "not-graded-nor-locked": (_settings("test_total", WRONG_TOTAL, grade=False, locked=False), CHANGED_AND_WRONG),
    "graded-by-hand": (_settings("test_total", WRONG_TOTAL, solution=True), CHANGED_AND_WRONG),
    "a-task": (_settings("test_total", WRONG_TOTAL, task=True), CHANGED_AND_WRONG),
    "grade-a-text": (_settings("test_total", WRONG_TOTAL, grade="no"), CHANGED_AND_WRONG),
    "more-points": (_settings("test_add", points=1000), CHANGED),
    "points-a-text": (_settings("test_add", points="many"), CHANGED),
    "no-points": (_settings("test_add", points=None), CHANGED),
    "a-test-unlocked-and-edited": (
        _of(
            lambda n: (
                cell_of(n, "test_total").update(EDITED_TEST),
                cell_of(n, "test_total")["metadata"]["nbgrader"].update(locked=False),
            ),
            WRONG_TOTAL,
        ),
        LOSES_THE_CELL,
    ),
    "a-test-edited": (_in_cell("test_total", WRONG_TOTAL, **EDITED_TEST), LOSES_THE_CELL),
    "a-test-as-text": (_in_cell("test_total", WRONG_TOTAL, cell_type="markdown"), LOSES_THE_CELL),
    "a-test-as-raw": (_in_cell("test_total", WRONG_TOTAL, cell_type="raw"), LOSES_THE_CELL),
    "an-answer-as-text": (_in_cell("total", cell_type="markdown"), FULL_MARKS),
    "a-written-answer-as-code": (_in_cell("why", cell_type="code", source="1/0"), FULL_MARKS),
    "a-test-tagged-explore": (_tagged("explore"), LOSES_THE_CELL),
    "a-test-tagged-skip": (_tagged("skip-execution"), LOSES_THE_CELL),
    "a-test-that-may-raise": (_tagged("raises-exception"), LOSES_THE_CELL),
    "outputs-made-up": (
        _in_cell(
            "test_total",
            WRONG_TOTAL,
            outputs=[
                {"output_type": "execute_result", "data": {"text/plain": "3"}, "metadata": {}, "execution_count": 1}
            ],
        ),
        LOSES_THE_CELL,
    ),
    "points-for-a-cell-of-its-own": (_of(_self_awarded), look("bonus")),
    "a-checksum-made-up": (_settings("why", checksum="0" * 32), FULL_MARKS),
}
