"""What every interactive picture shares: controls where there is a live page, the picture and its words elsewhere."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import Any

STATIC = "CHECKS_STATIC"
"""An environment variable that, set to anything, asks for pictures without controls, as when a release is built."""


def static() -> bool:
    """Tell whether somebody asked for pictures without controls, and so has the time to wait for them."""
    return STATIC in os.environ


def live() -> bool:
    """Tell whether controls make sense: in a Jupyter kernel, with ipywidgets, and nobody asked for static pictures."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None or not hasattr(shell, "kernel") or static() or "NBGRADER_EXECUTION" in os.environ:
        return False
    try:
        import ipywidgets  # noqa: F401
    except ImportError:
        return False
    return True


WITHOUT_DRAWINGS = (
    "This page leaves the drawings out. In JupyterLab, run this cell, or choose Trust Notebook in the command palette "
    "(Ctrl+Shift+C)."
)
"""What is read where SVG is taken out, as JupyterLab does in the outputs of a notebook that it does not trust."""


def _fit_to_be_taken_out(html: str) -> str:
    """Return a page that reads well with its SVG taken out, although the letters in it stay behind."""
    letters_hidden = re.sub(r"<svg.*?</svg>", r'<div style="font-size:0">\g<0></div>', html, flags=re.DOTALL)
    if letters_hidden == html:
        return html
    sentence = f'<svg style="display:none"><text>{WITHOUT_DRAWINGS}</text></svg>'  # seen as a remainder alone
    return f'<div style="font-style:italic">{sentence}</div>{letters_hidden}'


class Shown:
    """An interactive picture as a cell's last expression.

    `html` and `text` give the picture as it is now, as HTML with inline SVG and in words; `root` is the ipywidgets
    widget with its controls, or None where there is no live page. A front end that knows widgets takes the widget,
    any other one the HTML, a terminal the words.
    """

    def __init__(self, html: Callable[[], str], text: Callable[[], str], root: Any = None) -> None:
        self.html, self.text, self.root = html, text, root

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.text(), "text/html": _fit_to_be_taken_out(self.html())}
        if self.root is not None:
            widget = self.root._repr_mimebundle_() or {}
            bundle |= {mime: data for mime, data in widget.items() if "widget" in mime}
        return bundle

    def __repr__(self) -> str:
        return self.text()


def framed(html: str) -> str:
    """Return HTML in the font and colour of the page."""
    return (
        '<section style="font-family:var(--jp-content-font-family,system-ui,sans-serif);line-height:1.45;'
        f'color:var(--jp-content-font-color1,inherit)">{html}</section>'
    )
