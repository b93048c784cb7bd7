"""The feedback page of a graded notebook, and what a real browser finds in it that may not be there."""

from __future__ import annotations

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from course.feedback.page import UNFIT
from course.feedback.pages import Pages
from course.feedback.sheet import Sheet
from course.page_policy import POLICY

CHROMIUM = shutil.which("chromium")

UNSAFE = """
([html, unfit]) => {
  const found = [], page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll("*")) {
    if (unfit.includes(element.localName) || (element.localName === "style" && !page.head.contains(element)))
      found.push(element.localName);
    for (const {name, value} of element.attributes) {
      const address = value.replace(/[\\u0000-\\u0020]/g, "").toLowerCase();
      if (name.startsWith("on") || ["srcdoc", "srcset", "ping", "action", "formaction", "background"].includes(name))
        found.push(name);
      if (name.endsWith("href") && /^(javascript|vbscript|data|file|blob):/.test(address)) found.push(value);
      if (name === "src" && !address.startsWith("data:image/")) found.push(value);
      if (name === "style" && /url\\(|image\\(|expression|position|@import/.test(address)) found.push(value);
    }
  }
  return found;
}
"""


@cache
def _maker() -> Pages:
    config = Config()
    config.GenerateFeedback.preprocessors = [CSSHTMLHeaderPreprocessor]  # the scores are in no gradebook
    return Pages(CourseDirectory(config=config), config, logging.Logger("quiet", logging.CRITICAL + 1), ())


def page_of(graded: str, notebook: str, sources: tuple[str, ...], kinds: dict[str, dict[str, bool]]) -> str:
    """Return the feedback page of a graded notebook's text."""
    maker = _maker()
    scores = {"score": 1.0, "max_score": 7.0, "late_penalty": 0.0, "notebook": notebook}
    sheet = Sheet("eve", notebook, notebook, sources, kinds, (), maker.delimiters)
    resources = {"feedback": sheet, "nbgrader": scores, "beside": Path(), "metadata": {"name": notebook}}
    page, _ = maker.exporter.from_notebook_node(nbformat.reads(graded, as_version=4), resources)
    assert POLICY in page
    return str(page)


_browsing = ThreadPoolExecutor(max_workers=1)
"""Playwright's event loop has a thread of its own, since grading runs loops in this one. It ends with the process."""


@cache
def _tab() -> Any:
    from playwright.sync_api import sync_playwright

    chromium = sync_playwright().start().chromium
    return chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()


def unsafe(page: str) -> list[str]:
    """Return what of a page, as Chromium reads it, loads, runs or sends something."""
    found: list[str] = _browsing.submit(lambda: _tab().evaluate(UNSAFE, [page, list(UNFIT)])).result()
    return found
