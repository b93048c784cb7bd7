"""What strangers send: any bytes, any JSON, and what is nearly right."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from course.grading.sandbox import frames

KEYS = (
    "arrays", "attachments", "buffers", "cells", "cell_type", "check", "content", "data", "ended", "evalue",
    "ename", "execution_count", "execution_state", "files", "folder", "grade", "grade_id", "id", "image/png",
    "kernelspec", "language_info", "locked", "metadata", "msg_type", "name", "nbformat", "nbformat_minor",
    "nbgrader", "notes", "outputs", "output_type", "payload", "points", "problems", "schema_version", "seen",
    "solution", "source", "status", "tags", "task", "text", "text/html", "text/latex", "text/markdown",
    "text/plain", "traceback", "transient", "type", "verdicts", "version", "worksheets",
)  # fmt: skip
PIECES = (
    "<script>", "</script>", "document.title = 'owned'", "<img src=x onerror=a()>", "<svg onload=a()>",
    "<a href=javascript:a()>", "<style>", "<iframe srcdoc=", "<math><mtext>", "<table><mglyph>", "<!--", "-->",
    "<![CDATA[", "<p style=position:fixed>", "</div></main></title>", "&lt;script&gt;", "![a](http://a.example/)",
    "[a](javascript:a())", "$x^2$", "$$x\\tag{1}$$", "\\(", "\\begin{align}", "\\end{align}",
    "\\href{javascript:a()}{x}", "\\text{<b>}", "```", "# ", "> ", "| ", "\x1b[31m", "\x1b]", "\0", "\ufeff",
    "\ud800", "### BEGIN HIDDEN TESTS\n", "### END HIDDEN TESTS\n", "def sigmoid(z):", "import checks",
    "from checks", "return ", "lambda: ", "([{", "\"\"\"", "'", "\"", "\\", "%", "!", "\t", "\n", "\r",
)  # fmt: skip

WORDS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=40),
    st.text(st.characters(codec=None), max_size=10),  # halves of surrogate pairs too
)
NUMBERS = st.one_of(
    st.integers(-3, 5), st.integers(), st.floats(), st.sampled_from([1 << 20, 1 << 31, 1 << 63, 10**400, -0.0])
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inside: st.one_of(
        st.lists(inside, max_size=5), st.dictionaries(st.one_of(st.sampled_from(KEYS), WORDS), inside, max_size=5)
    ),
    max_leaves=12,
)
"""Any JSON."""

Path = tuple[Any, ...]


@st.composite
def nearly(draw: Any, honest: Any) -> Any:
    """Draw an honest piece of JSON with up to three of its parts changed, left out or doubled."""
    sent = copy.deepcopy(honest)
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 1, 2, 3]))):
        *above, last = draw(st.sampled_from(list(_paths(sent))))
        if last is None:
            return draw(ANYTHING)
        holder = _at(sent, above)
        match draw(st.integers(0, 3)):
            case 0:
                del holder[last]
            case 1 if isinstance(holder, list):
                holder.insert(last, copy.deepcopy(holder[last]))
            case 2:
                holder[last] = copy.deepcopy(_at(sent, draw(st.sampled_from(list(_paths(sent))))))
            case _:
                holder[last] = draw(ANYTHING)
    return sent


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path or (None,)
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _paths(entry, (*path, key))


def _at(value: Any, path: Any) -> Any:
    for key in path:
        value = value if key is None else value[key]
    return value


@st.composite
def nearly_text(draw: Any, honest: Any) -> bytes:
    """Draw the bytes of what is nearly an honest piece of JSON, perhaps cut off, or with other bytes in it."""
    text = json.dumps(draw(nearly(honest))).encode()
    place, between = draw(st.integers(0, len(text))), draw(st.binary(max_size=8))
    return draw(st.sampled_from([text] * 18 + [text[:place], text[:place] + between + text[place:]]))


@st.composite
def frame(draw: Any, honest: Any) -> bytes:
    """Draw the bytes of a frame of JSON, most often a right one in form."""
    body = draw(nearly_text(honest))
    head = frames.LENGTH.pack(len(body))
    return draw(st.sampled_from([head] * 19 + [draw(st.binary(max_size=5))])) + body


@st.composite
def interrupted(draw: Any, honest: list[bytes]) -> list[bytes]:
    """Draw pieces of bytes with other bytes somewhere in one of them."""
    sent = list(honest)
    if sent:
        which = draw(st.integers(0, len(sent) - 1))
        place = draw(st.integers(0, len(sent[which])))
        sent[which] = sent[which][:place] + draw(st.binary(max_size=8)) + sent[which][place:]
    return sent
