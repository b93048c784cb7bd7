"""nbgrader's feedback page with a summary of the tasks at its top: one file that loads nothing and runs nothing."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

from ..page_policy import FIRST_IN_HEAD
from .cleaning import clean_html
from .formulas import draw_formulas
from .pictures import take_in_pictures
from .sheet import Sheet, explanation, points_of, state_of
from .soup import elements, first, parsed

LONGEST_KEPT = 20_000
"""Signs of a text up to which it is kept in mind, in case that the next page has it too."""

UNFIT = ("applet", "audio", "base", "embed", "form", "frame", "frameset", "iframe", "input", "link", "object",
         "picture", "script", "source", "svg", "track", "video")  # fmt: skip
"""Elements that load, run or send something; what nbgrader's template or the cleaning lets through of them goes."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

LOADED = re.compile(r"@font-face\s*+\{[^}]*+\}?|@import[^;]*+;?")
"""What loads something in the styles of nbgrader's template: fonts that no page has beside it."""

STYLE = """
a { color: #1a56b0; }
h1 { font-size: 1.7em; margin: .3em 0 .6em; overflow-wrap: anywhere; }
h2 { font-size: 1.45em; }
h3 { font-size: 1.25em; }
h4, h5, h6 { font-size: 1.1em; }
h2.feedback { font-size: 1.25em; margin: 1em 0 .4em; }
table.feedback { width: 100%; border-collapse: collapse; background: white; }
table.feedback caption { caption-side: top; text-align: left; color: #333; padding: 0 0 .4em; }
table.feedback th, table.feedback td { border: 1px solid #8a8f98; padding: .4em .6em; vertical-align: top;
  text-align: left; }
table.feedback th[scope=row] { font-weight: 600; overflow-wrap: break-word; }
table.feedback td:nth-child(2), table.feedback td:nth-child(3) { white-space: nowrap; }
table.feedback p { margin: 0 0 .3em; overflow-wrap: anywhere; }
.rendered_html th, .rendered_html td { padding: .2em .6em; }
.rendered_html, .output_latex, .output_html section { overflow-x: auto; }
math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; }
math[display=block] { margin: .5em 0; }
li.late-penalty { color: #a3261b; }
div.nbgrader_cell .panel-heading { height: auto; overflow: auto; }
div.nbgrader_cell .panel-heading a { color: white; text-decoration: underline; }
a:focus-visible { outline: 3px solid #1a56b0; outline-offset: 2px; }
@media (max-width: 700px) {
  div.container, div#notebook-container { padding: 0 6px; }
  div.prompt { min-width: 0; text-align: left; }
  div.input, div.output_area, div.text_cell { flex-direction: column; display: block; }
  div.panel-body { padding: 6px; overflow-x: auto; }
  div.output_area pre, div.input_area pre { overflow-x: auto; }
  img { max-width: 100%; height: auto; }
  table.feedback { font-size: .9em; }
  table.feedback th, table.feedback td { padding: .3em; }
  table.feedback td:nth-child(2) { white-space: normal; }
}
"""


class FeedbackPage(HTMLExporter):  # type: ignore[misc]
    """nbconvert's HTML exporter, whose result is checked, made accessible and headed by the summary."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.embed_images = False  # it would read what a student's text names from the teacher's disk
        self.exclude_anchor_links = True
        self.skip_svg_encoding = False  # in an <img>, an SVG's scripts do not run

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return written text as HTML without programs."""
        html = super().markdown2html(context, source)
        return _clean_again(html) if len(html) <= LONGEST_KEPT else clean_html(html)

    def from_notebook_node(self, nb: Any, resources: Any = None, **more: Any) -> tuple[str, Any]:
        """Return the page and its resources, the sheet filled in.

        This does what nbconvert's exporter does to it, but for a second parsing of the page, which takes longer than
        all the rest.
        """
        resources = self._init_resources(resources)
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name"))
        self.register_filter("highlight_code", partial(_highlighted, lexer))
        widgets = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", widgets)
        html, resources = TemplateExporter.from_notebook_node(self, nb, resources, **more)
        soup = parsed(html)
        _disarm(soup)
        take_in_pictures(soup, resources["beside"])
        draw_formulas(soup)
        _make_accessible(soup)
        _insert_summary(soup, resources["feedback"])
        _set_policy(soup)
        return str(soup), resources


_clean_again = lru_cache(maxsize=256)(clean_html)
"""What the exercise's author wrote is the same on the page of every student."""


def _highlighted(lexer: Any, source: str, language: Any = None, metadata: Any = None) -> str:
    """Return code as HTML in colours; `metadata`, that of its cell, says nothing here of its language."""
    return (_highlight_again if len(source) <= LONGEST_KEPT else _highlight)(lexer, source, language)


def _highlight(lexer: Any, source: str, language: Any) -> str:
    return str(Highlight2HTML(pygments_lexer=lexer)(source, language))


_highlight_again = lru_cache(maxsize=512)(_highlight)
"""As above."""


def _disarm(soup: Any) -> None:
    """Take out what could still run or load, whatever template or filter let it through."""
    for element in [*elements(soup, *UNFIT), *(e for e in elements(soup, "meta") if e.has_attr("http-equiv"))]:
        element.extract()
    for style in list(elements(soup, "style")):
        style.string = LOADED.sub("", style.get_text())
    for element in elements(soup):
        for name in [name for name in element.attrs if name.startswith("on") or name in ("srcdoc", "srcset", "ping")]:
            del element[name]


def _make_accessible(soup: Any) -> None:
    """Give the page a language, a main part and headings in order; its title is the only one of the first level."""
    page = first(soup, "html")
    if page is not None and not page.get("lang"):
        page["lang"] = "en"
    main = next((e for e in elements(soup, "div") if e.parent.name == "body" and "container" in _classes(e)), None)
    if main is not None and first(soup, "main") is None:
        main.name = "main"
    title = _title(soup)
    within: list[int] = []
    for heading in list(elements(soup, *HEADINGS)):
        if heading is title:
            heading.name = "h1"
            continue
        written = int(heading.name[1])
        while within and within[-1] >= written:
            within.pop()
        within.append(written)
        heading.name = f"h{min(len(within) + 1, 6)}"
    for image in elements(soup, "img"):
        image.attrs.setdefault("alt", "No description has been provided for this image")  # as nbconvert says


def _classes(element: Any) -> list[str]:
    return str(element.get("class", "")).split()


def _title(soup: Any) -> Any:
    headings = list(elements(soup, *HEADINGS[:4]))
    named = (one for one in headings if one.name == "h4" and "panel-heading" in _classes(one.parent))
    return next(named, next(iter(headings), None))


def _insert_summary(soup: Any, sheet: Sheet) -> None:
    title = first(soup, "h1")
    contents = next((element for element in elements(soup) if element.get("id") == "toc"), None)
    if contents is not None:
        contents.insert_before(parsed(f'<h2 class="feedback">All scores</h2>{_still_unread(sheet)}'))
        titles = {f"#{cell.grade_id}": cell.title for cell in sheet.cells}
        for link in list(elements(contents, "a")):
            link.string = titles.get(link.get("href"), link.get_text())
    if title is not None and sheet.verdicts:
        names = {anchor.get("name") for anchor in elements(soup, "a")}
        title.insert_after(parsed(summary(sheet, {str(name) for name in names if name})))
    head = first(soup, "head")
    if head is not None:
        head.append(parsed(f"<style>{STYLE}</style>"))
        if not any(element.get("name") == "viewport" for element in elements(head, "meta")):
            head.append(parsed('<meta name="viewport" content="width=device-width, initial-scale=1">'))


def _still_unread(sheet: Sheet) -> str:
    if not sheet.unread:
        return ""
    unread = [cell for cell in sheet.cells if cell.grade_id in sheet.unread]
    links = ", ".join(f'<a href="#{escape(cell.grade_id)}">{escape(cell.title)}</a>' for cell in unread)
    points = sum(cell.points for cell in unread)
    return f"<p>{points:g} points wait for a person to grade them: {links}.</p>"


def summary(sheet: Sheet, anchors: set[str]) -> str:
    """Return the table of the tasks as HTML; a task is a link where `anchors` has its cell."""
    rows = []
    for verdict, cell in sheet.tasks():
        symbol, words, colour = state_of(verdict)
        task = escape(verdict.task or verdict.grade_id)
        if verdict.grade_id in anchors:
            task = f'<a href="#{escape(verdict.grade_id)}">{task}</a>'
        said = "".join(f"<p>{_with_code(escape(sentence))}</p>" for sentence in explanation(verdict))
        rows.append(
            f'<tr><th scope="row">{task}</th><td><span aria-hidden="true" style="color:{colour};font-weight:700">'
            f"{symbol}</span> {words}</td><td>{points_of(verdict, cell)}</td><td>{said}</td></tr>"
        )
    columns = "".join(f'<th scope="col">{name}</th>' for name in ("Task", "Result", "Points", "What the check found"))
    return (
        '<h2 class="feedback" id="your-tasks">Your tasks</h2><table class="feedback">'
        "<caption>What became of each task. Its name leads to its cell.</caption>"
        f"<thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _with_code(text: str) -> str:
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return text
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))


def _set_policy(soup: Any) -> None:
    """Have the browser, too, load and run nothing."""
    head = first(soup, "head")
    for place, attributes in enumerate(FIRST_IN_HEAD):
        head.insert(place, soup.new_tag("meta", attrs=attributes))
