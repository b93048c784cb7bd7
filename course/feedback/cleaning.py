"""Make a graded notebook safe to show: what a student wrote or printed is text and pictures, never a program.

nbconvert's `sanitize_html` does not reach far enough: nbgrader's feedback template passes by it in written answers, and
its list of tags takes the tables and reports apart.
"""

from __future__ import annotations

import re
from typing import Any

import bleach  # type: ignore[import-untyped]
from bleach.css_sanitizer import (  # type: ignore[import-untyped]
    ALLOWED_CSS_PROPERTIES,
    CSSSanitizer,
)
from bs4 import BeautifulSoup
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from ..bounds import LARGEST_HTML

TOO_LARGE = "[left out: more than 2 MB of HTML]"

TAGS = (
    "a abbr b blockquote br caption center cite code col colgroup dd del details div dl dt em figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td "
    "tfoot th thead tr u ul var"
)
ATTRIBUTES = {
    "*": ["style", "title", "role", "dir", "lang", "aria-label", "aria-hidden"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
    "tr": ["align"],
    "table": ["border"],
    "details": ["open"],
    "ol": ["start"],
}
PROPERTIES = (
    "background border border-left border-right border-top border-bottom caption-side flex-wrap font-variant-numeric "
    "gap margin margin-top margin-bottom margin-left margin-right max-width min-width opacity padding padding-top "
    "padding-bottom padding-left padding-right"
)
PROGRAMS = ("script", "style", "iframe", "object", "embed", "template", "noscript", "title", "head")
"""Elements whose contents, too, are not for reading."""

A_PROGRAM = re.compile(rf"<({'|'.join(PROGRAMS)})\b", re.IGNORECASE)

UNFIT_STYLE = re.compile(r"url|image|@|\\|expression|calc|clamp|m(?:in|ax)\(|[:\s,(]-[\d.]", re.IGNORECASE)
HIGHLIGHT = re.compile(r"highlight( hl-\w+)?|[a-z]{1,3}\d?|dataframe|output_\w+")
SCHEMES = ("http", "https", "mailto", "data")
EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
NAME = re.compile(r"[\w+#. -]{1,40}")

SHOWN = ("text/html", "text/markdown", "text/latex", "text/plain", "image/svg+xml", "image/png", "image/jpeg")
ATTACHED = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")


def clean_html(html: str) -> str:
    """Return HTML without programs, without styles that load or cover something, and without targets for links."""
    if A_PROGRAM.search(html):
        soup = BeautifulSoup(html, "html.parser")
        for element in soup(list(PROGRAMS)):
            element.decompose()
        html = str(soup)
    css = CSSSanitizer(allowed_css_properties=ALLOWED_CSS_PROPERTIES | set(PROPERTIES.split()))
    cleaned: str = bleach.clean(
        html, tags=set(TAGS.split()), attributes=_is_fit, protocols=SCHEMES, css_sanitizer=css, strip=True
    )
    return cleaned


def _is_fit(tag: str, name: str, value: str) -> bool:
    match name:
        case "class":
            return HIGHLIGHT.fullmatch(value) is not None
        case "style":
            return UNFIT_STYLE.search(value) is None
        case "href":
            return not value.strip().lower().startswith("data")
        case "src" if ":" in value.split("/")[0]:
            return bool(EMBEDDED.match(value)) or value.lower().startswith(("https:", "http:"))
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())


class MakeSafe(NbGraderPreprocessor):  # type: ignore[misc]
    """A preprocessor that leaves of a notebook what is for reading, and of its metadata what nbgrader needs."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with nothing in it that a page would run or take for its own."""
        language = nb.metadata.get("language_info", {})
        known = {key: language.get(key) for key in ("name", "pygments_lexer")}
        kept = {key: value for key, value in known.items() if isinstance(value, str) and NAME.fullmatch(value)}
        nb.metadata.clear()
        nb.metadata["language_info"] = kept or {"name": "python"}
        kinds = resources["feedback"].kinds
        nb.cells = [self._cell(cell, kinds) for cell in nb.cells if cell.cell_type in ("code", "markdown", "raw")]
        return nb, resources

    def _cell(self, cell: Any, kinds: Any) -> Any:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.metadata.clear()
        if isinstance(grade_id, str) and grade_id in kinds:
            cell.metadata["nbgrader"] = {"grade_id": grade_id, "schema_version": 3, **kinds[grade_id]}
        if cell.cell_type == "code":
            cell.execution_count = _count(cell)
            cell.outputs = [_output(output) for output in cell.get("outputs", [])]
        for name, bundle in list(cell.get("attachments", {}).items()):
            cell.attachments[name] = {kind: data for kind, data in bundle.items() if kind in ATTACHED}
        return cell


def _count(cell: Any) -> int | None:
    count = cell.get("execution_count")
    return count if isinstance(count, int) else None


def _output(output: Any) -> Any:
    if "data" not in output:
        return output
    data = {kind: value for kind, value in output.data.items() if kind in SHOWN and isinstance(value, str)}
    if "text/html" in data:
        fits = len(data["text/html"]) <= LARGEST_HTML
        data["text/html"] = clean_html(data["text/html"]) if fits else TOO_LARGE
        if not data["text/html"].strip():  # it was all program
            del data["text/html"]
    if output.output_type == "execute_result":
        return new_output("execute_result", data, execution_count=_count(output), metadata=_metadata(output))
    return new_output("display_data", data, metadata=_metadata(output))


def _metadata(output: Any) -> dict[str, Any]:
    """Return the sizes and descriptions of pictures, which the template writes into the page as they are."""
    kept: dict[str, Any] = {}
    for kind, settings in output.get("metadata", {}).items():
        if kind in SHOWN and isinstance(settings, dict):
            sizes = {key: settings.get(key) for key in ("width", "height")}
            kept[kind] = {key: value for key, value in sizes.items() if isinstance(value, int | float)}
            if isinstance(settings.get("alt"), str):
                kept[kind]["alt"] = settings["alt"]
    return kept
