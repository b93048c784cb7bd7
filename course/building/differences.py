"""What `course release --check` says: where what is in place differs from a fresh build, by file, cell and text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..layout import SCRATCH, Layout
from ..problems import Problem
from .build import Build
from .sources import Source

MOST_CELLS = 5
"""Differing cells of one file that are shown; more are counted."""

BEFORE, SHOWN = 40, 120
"""Characters of a text that are shown before its first difference, and in all."""

REMEDY = "run `course release`"
BASE64 = re.compile(r'(?:(?<=;base64,)|(?<="image/png": "))[A-Za-z0-9+/=\s]{40,}')

Parts = dict[str, str]


def differences(course: Layout, source: Source, build: Build) -> Iterator[Problem]:
    """Yield where what is in place differs from a fresh build."""
    for built, place in build.places(course, source.name)[1:]:
        fresh = {path.name for path in built.iterdir()}
        there = {path.name for path in place.iterdir() if path.name not in SCRATCH} if place.is_dir() else set()
        for file in sorted(fresh | there):
            shown = course.shown(place / file)
            if file not in there:
                yield Problem(shown, f"it is missing; {REMEDY}")
            elif file not in fresh:
                yield Problem(shown, f"it is not part of the build; delete it, or {REMEDY}")
            elif (place / file).read_bytes() != (built / file).read_bytes():
                yield from _of_file(source, shown, place / file, built / file)


def _of_file(source: Source, shown: str, old: Path, new: Path) -> Iterator[Problem]:
    """Yield the differences of a file cell by cell where both are notebooks with the same cells, else the first one."""
    before, after = _cells(old), _cells(new)
    if before is None or after is None or list(before) != list(after) or before == after:
        texts = (path.read_text(encoding="utf-8", errors="replace") for path in (old, new))
        yield Problem(shown, f"it differs from a fresh build; {REMEDY}\n{_both(*texts)}")
        return
    lines = dict(zip((cell.id for cell in source.notebook.cells), (cell.line for cell in source.cells), strict=True))
    differing = [name for name in before if before[name] != after[name]]
    for name in differing[:MOST_CELLS]:
        what = next(part for part in {**after[name], **before[name]} if before[name].get(part) != after[name].get(part))
        texts = (parts.get(what, "") for parts in (before[name], after[name]))
        line = lines.get(name)
        place = f'"{name}"' if line is None else f'"{name}" ({source.shown}:{line})'
        yield Problem(shown, f"its {what} differs from a fresh build; {REMEDY}\n{_both(*texts)}", cell=place)
    if len(differing) > MOST_CELLS:
        yield Problem(shown, f"{len(differing) - MOST_CELLS} more cells differ from a fresh build; {REMEDY}")


def _cells(path: Path) -> dict[str, Parts] | None:
    """Return the parts of each cell of a notebook by its id, or None if it is none that can be read."""
    try:
        return {cell["id"]: dict(_parts(cell)) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _parts(cell: Any) -> Iterator[tuple[str, str]]:
    """Yield the parts of a cell, such as its source or one representation of an output, each as a text."""
    yield "source", _text(cell["source"])
    for number, output in enumerate(cell.get("outputs", ()), start=1):
        which = f"output {number}" if len(cell["outputs"]) > 1 else "output"
        for kind, content in output.get("data", {}).items():
            yield f"{which} ({kind})", f";base64,{_text(content)}" if kind.startswith("image/p") else _text(content)
        yield which, _text({key: value for key, value in output.items() if key != "data"})
    yield "metadata", _text({key: value for key, value in cell.items() if key not in ("source", "outputs")})


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        return "".join(content)
    return json.dumps(content, ensure_ascii=False, indent=1)


def _both(old: str, new: str) -> str:
    """Return both texts around their first difference, each on a line of its own."""
    before, after = (BASE64.sub("…", text) for text in (old, new))
    if before == after:
        return "  a picture differs, in what cannot be read as text"
    start = next((i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(before), len(after)) if start is None else start
    return "\n".join(
        f"  {name:12} {_around(text, start)}" for name, text in (("in place:", before), ("fresh build:", after))
    )


def _around(text: str, start: int) -> str:
    """Return the line on which `start` lies, or what of it is near."""
    first = max(text.rfind("\n", 0, start) + 1, start - BEFORE)
    end = text.find("\n", start)
    last = min(len(text) if end < 0 else end, first + SHOWN)
    cut_before, cut_after = first > 0 and text[first - 1] != "\n", last < len(text) and text[last] != "\n"
    return f"{'…' * cut_before}{text[first:last]}{'…' * cut_after}" or "(nothing)"
