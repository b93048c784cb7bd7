"""Formulas are drawn by the browser alone, and whatever a student writes as one, the page is made."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from course.bounds import LONGEST_FORMULA
from course.feedback.formulas import draw_formulas
from course.feedback.soup import parsed

EXERCISES = sorted(Path(__file__).parents[3].glob("solutions/*/*.ipynb"))
NUMBER = re.compile(r"\((\w+)\)")


def drawn(html: str, part: str = "rendered_html") -> Any:
    """Return a part of a page with its formulas drawn."""
    soup = parsed(f'<div class="{part}">{html}</div>')
    draw_formulas(soup)
    return BeautifulSoup(str(soup), "html.parser")


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_every_formula_of_the_exercises_is_drawn(path: Path) -> None:
    texts = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    page = drawn("\n".join(markdown2html_mistune(text.replace("attachment:", "")) for text in texts))
    tags = [tag for text in texts for tag in re.findall(r"\\tag\{(\w+)\}", text)]
    assert [match[1] for text in page.find_all("mtext") if (match := NUMBER.fullmatch(text.get_text()))] == tags
    for code in page.find_all(["code", "pre"]):
        code.decompose()
    assert not re.findall(r"\$|\\\w+", page.get_text())


@pytest.mark.parametrize(
    ("html", "formulas"),
    [
        ("<p>If $a &lt; b$ then \\(c\\)</p>", 2),
        ("<p>$$\\frac{1}{2}$$ and \\[x \\tag{7a}\\]</p>", 2),
        ("<p>\\begin{align}a &amp;= b\\\\ c &amp;= d\\end{align}</p>", 1),
        ("<p>It costs 5$.</p><p>Or 6$.</p>", 0),
        ("<p>\\$5 and \\$6</p>", 0),
        ("<code>$x$</code><pre>$y$</pre>", 0),
        ("<p>$\\unheard{x}$, then $y$</p>", 1),
    ],
)
def test_what_is_a_formula_is_drawn_and_what_is_none_stays(html: str, formulas: int) -> None:
    page = drawn(html)
    assert len(page.find_all("math")) == formulas
    if not formulas:
        assert page.div.decode_contents() == html


def test_one_that_cannot_be_drawn_stays_to_read() -> None:
    assert drawn("<p>See $\\unheard{x}$ and $a &lt; b$.</p>").p.get_text() == "See $\\unheard{x}$ and a<b."


def test_code_and_other_parts_of_a_page_are_left_alone() -> None:
    assert not drawn("<p>$x$</p>", part="panel-heading").find("math")


DEEP = [(r"{", ""), (r"\frac", ""), (r"\sqrt", ""), (r"\left(", r"\right)"), ("a^{", "}"), (r"\begin{matrix}", "")]
GROWING = [r"\newcommand{\a}{" + r"\sqrt" * 20 + "}" + r"\a" * 300, r"\def\a{\a\a}\a", "\ud800", "\0"]
LENGTHS = LONGEST_FORMULA // 20, LONGEST_FORMULA, 10**5
WILD = [opening * times + closing * times for opening, closing in DEEP for times in LENGTHS]


@pytest.mark.parametrize("formula", [*WILD, *GROWING], ids=range(22))
def test_neither_depth_nor_macros_end_the_process(formula: str) -> None:
    assert "x" in [math.get_text() for math in drawn(f"${formula}$ and $x$").find_all("math")]


@pytest.mark.parametrize("formula", [r"\text{&lt;img src=x&gt;}", r"\href{javascript:a}{x}", r"\style{a:b}{x}"])
def test_no_formula_brings_elements_or_attributes_of_its_own(formula: str) -> None:
    page = drawn(f"${formula}$")
    assert not page.find_all(["img", "a"])
    assert not [element for element in page.div.find_all(True) if {"style", "href", "src"} & set(element.attrs)]


def test_openings_that_nothing_closes_cost_time_in_proportion() -> None:
    def cost(times: int) -> float:
        soup = parsed('<p class="rendered_html">.</p>')
        soup.p.string = r"\begin{align*} \( \[ \begin{cases} " * times
        begun = process_time()
        draw_formulas(soup)
        return process_time() - begun

    small, large = (min(cost(times) for _ in range(3)) for times in (5_000, 40_000))
    assert large < 24 * small, "8 times the text must not take 64 times as long"
