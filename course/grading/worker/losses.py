"""What costs points although a student's answer may be right: words on stderr, a limit, an error that many have."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from nbgrader.utils import determine_grade, is_grade

from ...quoting import quoted
from ..sandbox.borders import Limits

LONGEST = 200
"""The most characters of an error's message that are compared and told."""

FEWEST = 2
"""So many submissions at least must fail alike, before that is said of the class."""

LIMITS = ("disk", "memory", "processes", "open_files")
"""The limits of which a cell may notice that it has met them."""


def limit_words(limit: str, limits: Limits) -> str:
    """Return a limit in words, with the setting that raises it."""
    most = getattr(limits, limit)
    words = {
        "disk": f"{most >> 20} MB of files",
        "memory": f"{most >> 20} MB of memory",
        "processes": f"{most} processes and threads",
        "open_files": f"{most} open files",
    }
    return f"the sandbox's limit of {words[limit]} (c.Sandbox.{limit})"


def grade_id_of(cell: Any) -> str:
    """Return a cell's name in the gradebook; an empty text if it has none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def error_in(cell: Any) -> tuple[str, str] | None:
    """Return the type and the message of the error that a cell has ended with; None if it has not."""
    for output in cell.get("outputs", ()):
        if output.output_type == "error":
            return str(output.ename)[:LONGEST], str(output.evalue)[:LONGEST]
    return None


def told(error: tuple[str, str]) -> str:
    """Return an error in one line, as a quotation."""
    name, message = error
    first = message.strip().partition("\n")[0]
    return quoted(f"{name}: {first}" if first else name, LONGEST)


def words_that_cost(cell: Any) -> str:
    """Return the last line that a graded cell has written on stderr, if that cost its points; else an empty text."""
    if not is_grade(cell) or cell.cell_type != "code":
        return ""
    outputs = cell.outputs
    written = [output for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    if not written:
        return ""
    score, _ = _graded(cell)
    cell.outputs = [output for output in outputs if output not in written]
    otherwise, _ = _graded(cell)
    cell.outputs = outputs
    lines = "".join(output.text for output in written).strip().splitlines()
    return (lines[-1] if lines else "nothing but blanks") if (otherwise or 0) > (score or 0) else ""


def _graded(cell: Any) -> tuple[float | None, float]:
    try:
        score, most = determine_grade(cell)
    except (ValueError, KeyError, TypeError):  # what is no grade counts 0
        return 0.0, 0.0
    return score, most


def notes(notebook: Any, limits_met: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each cell that lost points by words on stderr, and for each that met a limit."""
    for cell in notebook.cells:
        words = words_that_cost(cell)
        if words:
            yield f"the cell {grade_id_of(cell)} earns nothing, since something was written on stderr: {quoted(words)}"
    for label, limit in limits_met.items():
        yield f"the cell {label} met {limit}"


def errors_by_cell(notebook: Any, judged: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the errors of the cells that the gradebook knows, but for those that a verdict has put there."""
    found = {}
    for cell in notebook.cells:
        name, error = grade_id_of(cell), error_in(cell)
        if name and error and getattr(judged.get(name), "verdict", None) is None:
            found[name] = error
    return found


class CommonErrors:
    """Counts the errors of a class, to find those that have little to do with a student."""

    def __init__(self) -> None:
        self._submissions = 0
        self._found: Counter[tuple[str, str, tuple[str, str]]] = Counter()

    def add(self, notebooks: Mapping[str, Any]) -> None:
        """Count the errors of one submission, as the judge has told them."""
        self._submissions += 1
        for notebook, one in notebooks.items():
            self._found.update((notebook, cell, (name, said)) for cell, (name, said) in one["errors"].items())

    def as_data(self) -> list[dict[str, Any]]:
        """Return those that more than half of the submissions have, ready for JSON."""
        return [
            {"cell": f"{notebook}/{cell}", "error": error[0], "message": error[1], "submissions": many, "of": total}
            for (notebook, cell, error), many in self._found.most_common()
            for total in [self._submissions]
            if many >= FEWEST and 2 * many > total
        ]


def in_words(common: Mapping[str, Any]) -> str:
    """Return an entry of `CommonErrors.as_data` as a sentence."""
    many, total = common["submissions"], common["of"]
    who = f"all {total}" if many == total else f"{many} of {total}"
    error = told((common["error"], common["message"]))
    return (
        f"{common['cell']} fails with the same error in {who} submissions: {error}. Is it the cell, or what it needs?"
    )
