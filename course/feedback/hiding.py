"""Keep the source of hidden tests from a student: cut it from the cells, and from whatever quotes it in an output.

nbgrader puts hidden tests back into a notebook when it grades, and shows them in its feedback.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

PLACE = "# Hidden tests ran here."
LINE_LEFT_OUT = "[left out: it quotes a hidden test]"
MESSAGE_LEFT_OUT = "its message is left out, for it quotes a hidden test"
CUT_SHORT = "This cell holds hidden tests, so where in it the error came up is not shown."

SHORTEST_LINE = 6
"""Signs, without spaces and quotes, from which on a line says something of the test that it is from."""

ANSI = re.compile(r"(?:\x1b|\\x1b|\\u001b|\\033|\\e)\[[0-9;:?]*[A-Za-z]|\x1b\][^\x07\x1b]*+\x07")
UNSAID = re.compile(r"[\s\"'\\`\u00ad\u200b-\u200f\u2060\ufeff]+")
TAGS = re.compile(r"<[^<>]*>")
STRINGS = re.compile(r"'''(.*?)'''|\"\"\"(.*?)\"\"\"|'((?:\\.|[^'\\\n])*+)'?|\"((?:\\.|[^\"\\\n])*+)\"?", re.DOTALL)
COMMENT = re.compile(r"#.*")
WORD = re.compile(r"[^\W\d]\w{2,}|\d[\d_]*\.?\d+(?:[eE][-+]?\d+)?")
FILLED_IN = re.compile(r"\{[^{}]*\}|%[-+ #0-9.]*[a-zA-Z]|\\.")
PICTURES = ("image/png", "image/jpeg")
EVERYDAY = frozenset(dir(builtins)) | frozenset(keyword.kwlist)


def plain(text: str) -> str:
    """Return text without the codes that colour it in a terminal."""
    return ANSI.sub("", text)


def squeezed(text: str) -> str:
    """Return text without colours, spaces, quotes and backslashes: a quotation stays findable however it is set."""
    return UNSAID.sub("", unescape(plain(text)))


@dataclass(frozen=True)
class Delimiters:
    """What a line holds that begins or ends a region of hidden tests."""

    begin: str = "BEGIN HIDDEN TESTS"
    end: str = "END HIDDEN TESTS"

    @classmethod
    def of(cls, config: Any) -> Delimiters:
        """Return those that a course has configured for nbgrader."""
        step = ClearHiddenTests(config=config)
        return cls(step.begin_test_delimeter, step.end_test_delimeter)

    def split(self, source: str) -> tuple[list[str], list[str]]:
        """Return the lines that a student may see, with a mark for each region, and the hidden ones.

        A region that is not closed goes to the end.
        """
        seen: list[str] = []
        hidden: list[str] = []
        inside = False
        for line in source.splitlines():
            if self.begin in line:
                if not inside:
                    seen.append(PLACE)
                inside = True
            elif self.end in line:
                inside = False
            else:
                (hidden if inside else seen).append(line)
        return seen, hidden


@dataclass(frozen=True)
class Hidden:
    """What must not be told: hidden `lines`, and the `words` and `strings` that occur in hidden tests only."""

    lines: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    strings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sources: Iterable[str], delimiters: Delimiters, students: Iterable[str] = ()) -> Hidden:
        """Return what the hidden tests among the sources of cells hold that the rest of them does not.

        In the sources of `students` nothing is hidden, whatever stands in them.
        """
        seen: list[str] = [line for source in students for line in source.splitlines()]
        hidden: list[str] = []
        for source in sources:
            shown, cut = delimiters.split(source)
            seen += shown
            hidden += cut
        open_lines = {line.strip() for line in seen}
        lines = {squeezed(line) for line in hidden if line.strip() not in open_lines}
        code, strings = _parts("\n".join(hidden))
        everything = "\n".join(seen)
        words = set(WORD.findall(code)) - set(WORD.findall(everything)) - EVERYDAY
        return cls(
            frozenset(line for line in lines if len(line) >= SHORTEST_LINE),
            frozenset(words),
            frozenset(squeezed(string) for string in strings if string not in everything),
        )

    def quoted_in(self, text: str) -> bool:
        """Tell whether a whole hidden line stands in a text, also one in colours or in HTML."""
        if not self.lines:
            return False
        forms = (squeezed(text), squeezed(TAGS.sub("", text)))
        return any(line in form for line in self.lines for form in forms)

    def hinted_at_in(self, text: str) -> bool:
        """Tell whether a text holds anything of hidden tests: a line, or a name, number or message of theirs."""
        bare, tight = plain(text), squeezed(text)
        return (
            self.quoted_in(text)
            or not self.words.isdisjoint(WORD.findall(bare))
            or any(string in tight for string in self.strings)
        )

    def without_quotations(self, text: str, *, strict: bool = False) -> str:
        """Return a text with a remark in place of each line that quotes hidden tests, if `strict` anything of them."""
        tells = self.hinted_at_in if strict else self.quoted_in
        if not tells(text):
            return text
        lines = [LINE_LEFT_OUT if tells(line) else line for line in text.splitlines()]
        kept = "\n".join(lines)
        return kept if not tells(kept) else LINE_LEFT_OUT  # a hidden line that was broken into several


def _parts(source: str) -> tuple[str, list[str]]:
    """Return code without its strings and comments, and what is said in its strings around what they fill in."""
    said: list[str] = []
    for groups in STRINGS.findall(source):
        said += [piece for piece in FILLED_IN.split("".join(groups)) if len(squeezed(piece)) >= 3]
    return COMMENT.sub("", STRINGS.sub(" ", source)), said


class HideHiddenTests(NbGraderPreprocessor):  # type: ignore[misc]
    """A preprocessor that takes the source of hidden tests out of a graded notebook, before nbgrader's own."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook without the source of hidden tests."""
        sheet = resources["feedback"]
        delimiters: Delimiters = sheet.delimiters
        tests = [_is_test(cell, sheet.kinds) for cell in nb.cells]
        by_teacher = [cell.source for cell, is_test in zip(nb.cells, tests, strict=True) if is_test]
        by_student = [cell.source for cell, is_test in zip(nb.cells, tests, strict=True) if not is_test]
        hidden = Hidden.of([*sheet.sources, *by_teacher], delimiters, by_student)
        for cell, is_test in zip(nb.cells, tests, strict=True):
            seen, cut = delimiters.split(cell.source) if is_test else ([], [])
            if cut:
                cell.source = "\n".join(seen)
            if cell.cell_type == "code":
                cell.outputs = [_shown(output, hidden, strict=bool(cut)) for output in cell.get("outputs", [])]
        sheet.hidden = hidden
        return nb, resources


def _is_test(cell: Any, kinds: Mapping[str, Mapping[str, bool]]) -> bool:
    """Tell by the gradebook whether a cell is a test, whose source grading has restored."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    kind = kinds.get(grade_id, {}) if isinstance(grade_id, str) else {}
    return kind.get("grade", False) and not kind.get("solution", False)


def _shown(output: Any, hidden: Hidden, *, strict: bool) -> Any:
    match output.output_type:
        case "stream":
            output.text = hidden.without_quotations(output.text, strict=strict)
        case "error":
            return _cut_short(output, hidden) if strict else _error(output, hidden)
        case _:
            return _bundle(output, hidden, strict=strict)
    return output


def _cut_short(output: Any, hidden: Hidden) -> Any:
    """Return the error of a cell with hidden tests: its name, its message if that tells nothing, and one sentence."""
    name = output.ename if not hidden.hinted_at_in(output.ename) else "Error"
    message = plain(output.evalue)
    if hidden.hinted_at_in(message):
        message = f"({MESSAGE_LEFT_OUT})"
    said = f"{name}: {message}" if message else name
    return new_output("error", ename=name, evalue=message, traceback=[said, CUT_SHORT])


def _error(output: Any, hidden: Hidden) -> Any:
    output.ename = hidden.without_quotations(output.ename)
    output.evalue = hidden.without_quotations(output.evalue)
    traceback = hidden.without_quotations("\n".join(output.traceback))
    output.traceback = traceback.splitlines()
    return output


def _bundle(output: Any, hidden: Hidden, *, strict: bool) -> Any:
    tells = hidden.hinted_at_in if strict else hidden.quoted_in
    for kind, value in list(output.data.items()):
        text = value if isinstance(value, str) else json.dumps(value)
        if kind not in PICTURES and tells(text):
            del output.data[kind]
    if tells(json.dumps(output.get("metadata", {}))):
        output.metadata = {}
    return output if output.data else new_output("stream", name="stdout", text=LINE_LEFT_OUT)
