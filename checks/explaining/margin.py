"""A student's own lines with marks beside them: which are right, and which is the first that is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from checks.explaining.look import COLOURS, FONT, SYMBOLS
from checks.judging.verdict import Margin, Mark, State, What

TITLE = "In your own lines"

SIGNS = {What.RIGHT: SYMBOLS[State.RIGHT], What.WRONG: SYMBOLS[State.WRONG], What.STOPS: "■"}
"""Signs of marks, which do without colour."""

_COLOURS = {What.RIGHT: COLOURS[State.RIGHT], What.WRONG: COLOURS[State.WRONG], What.STOPS: COLOURS[State.WRONG]}

UNMARKED = 5
"""How many lines without a mark are shown in a row."""

FOLDED = "⋯"


def shown(margin: Margin) -> Iterator[tuple[int, str, Mark | None]]:
    """Yield the lines to show, each with its number and its mark, if it has one; number 0 stands for some left out.

    They begin with the function of the first mark and end after the last one.
    """
    marks = {mark.line: mark for mark in margin.marks}
    lines = range(_function_of(margin, min(marks)), min(max(marks) + 1, len(margin.source)) + 1)
    bare = [line for line in lines if not margin.source[line - 1].strip()]
    kept = [line for line in lines if line not in bare]
    near = {line + step for line in (lines[0], *marks) for step in range(-UNMARKED // 2, UNMARKED // 2 + 1)}
    folded = False
    for line in kept:
        if len(kept) > 3 * UNMARKED and line not in near:
            if not folded:
                yield 0, FOLDED, None
            folded = True
            continue
        folded = False
        yield line, margin.source[line - 1], marks.get(line)


def _function_of(margin: Margin, line: int) -> int:
    """Return the line with which the function begins that a line belongs to."""
    for number in range(line, 0, -1):
        if margin.source[number - 1].lstrip().startswith(("def ", "async def ")):
            return number
    return line


def legend(margin: Margin) -> str:
    """Say in a sentence or two what the marks mean."""
    by_kind = {mark.what: mark for mark in margin.marks}
    said = []
    if What.RIGHT in by_kind:
        said.append(f"{SIGNS[What.RIGHT]} is right.")
    if wrong := by_kind.get(What.WRONG):
        to = f", on the way to {_made(wrong)}" if wrong.quantity else ""
        said.append(f"{SIGNS[What.WRONG]} is the first value that is not{to}; what comes after it is not judged.")
    if What.STOPS in by_kind:
        said.append(f"{SIGNS[What.STOPS]} is where it stops; the reason may lie before.")
    return " ".join(said)


def _made(mark: Mark) -> str:
    """Write what a line makes, or should make, with its equations."""
    numbers = mark.equation.replace(", ", " and ")
    return f"{mark.quantity}, equation{'s' * (' and ' in numbers)} {numbers}" if numbers else mark.quantity


def _beside(mark: Mark | None) -> str:
    return mark.quantity if mark and mark.what is What.RIGHT else ""


def _underlined(mark: Mark | None, line: str) -> tuple[int, int]:
    """Return the columns of a wrong expression; (0, 0) where nothing is to be underlined."""
    if mark is None or mark.what is not What.WRONG:
        return 0, 0
    return mark.begin, min(mark.end if mark.end_line == mark.line else len(line), len(line))


def as_lines(margin: Margin) -> list[str]:
    """Return the marked lines as plain text."""
    lines = list(shown(margin))
    indent = _indent(lines)
    width = len(str(max(number for number, _, _ in lines)))
    margins = max(len(_beside(mark)) for _, _, mark in lines)
    told = [f"{TITLE}:"]
    for number, code, mark in lines:
        sign, text = SIGNS[mark.what] if mark else " ", code[indent:] if number else code
        told.append(f"{sign} {_beside(mark):<{margins}} {number or '':>{width}}  {text}".rstrip())
        begin, end = _underlined(mark, code)
        if end > begin:
            told.append(" " * (margins + width + 5 + begin - indent) + "^" * (end - begin))
    return [*told, legend(margin)]


def _indent(lines: Sequence[tuple[int, str, Mark | None]]) -> int:
    return min(len(code) - len(code.lstrip()) for number, code, _ in lines if number)


def as_figure(margin: Margin) -> str:
    """Return the marked lines as an HTML fragment with its styles inline."""
    lines = list(shown(margin))
    rows = "".join(_row(*line, _indent(lines)) for line in lines)
    return (
        f'<figure role="group" aria-label="{TITLE}" style="margin:.5em 0 0;{FONT}">'
        f'<p style="margin:0 0 .2em">{TITLE}:</p>'
        f'<table style="border-collapse:collapse;margin:0;font-size:.9em;width:auto"><tbody>{rows}</tbody></table>'
        f'<figcaption style="opacity:.8;margin-top:.3em">{escape(legend(margin))}</figcaption></figure>'
    )


def _row(number: int, code: str, mark: Mark | None, indent: int) -> str:
    begin, end = _underlined(mark, code)
    first = len(code) - len(code.lstrip())
    parts = [escape(code[first : begin or None]), escape(code[begin:end]), escape(code[end:])]
    hanging = f"padding-left:{max(0, first - indent) + 2}ch;text-indent:-2ch"  # what is wrapped goes on further in
    line = f"text-decoration:underline wavy {_COLOURS[What.WRONG]};text-underline-offset:.2em"
    wrong = f'<mark style="background:transparent;color:inherit;{line}">{parts[1]}</mark>{parts[2]}' if end else ""
    cell = "padding:0 .5em 0 0;border:0;text-align:left;vertical-align:top;line-height:1.5"
    font = "font-family:var(--jp-code-font-family,ui-monospace,monospace)"
    return (
        f'<tr style="background:transparent"><td style="{cell};white-space:nowrap">{_sign(mark)}</td>'
        f'<td style="{cell};white-space:nowrap;opacity:.8" title="{escape(_made(mark)) if mark else ""}">'
        f"{escape(_beside(mark))}</td>"
        f'<td style="{cell};opacity:.6;text-align:right;{font}">{number or ""}</td>'
        f'<td style="{cell};{hanging};white-space:pre-wrap;overflow-wrap:anywhere;{font}">{parts[0]}{wrong}</td></tr>'
    )


def _sign(mark: Mark | None) -> str:
    if mark is None:
        return ""
    style = f"color:{_COLOURS[mark.what]};font-weight:700"
    return f'<span role="img" aria-label="{mark.what}" style="{style}">{SIGNS[mark.what]}</span>'
