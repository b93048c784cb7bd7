"""Pictures that lie beside a notebook become part of its page; of one from elsewhere the page has a link."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..bounds import LARGEST_PICTURES
from .soup import elements

KINDS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp", ".svg": "svg+xml"}


def take_in_pictures(soup: Any, folder: Path) -> None:
    """Put the pictures of a folder that a page shows into the page; every other is named, and loaded by nobody."""
    left = LARGEST_PICTURES
    for image in list(elements(soup, "img")):
        source = str(image.get("src", ""))
        if source.startswith("data:"):
            continue
        found = _find(folder, source, left)
        if found is not None:
            content = found.read_bytes()
            left -= len(content)
            image["src"] = f"data:image/{KINDS[found.suffix.lower()]};base64,{base64.b64encode(content).decode()}"
            continue
        described = f"{image['alt']}: " if image.get("alt") else ""
        name = f"[picture that is not in this page: {described}{source}]"
        if source.lower().startswith(("http:", "https:")) and image.find_parent("a") is None:
            image.replace_with(soup.new_tag("a", href=source, string=name))
        else:
            image.replace_with(name)


def _find(folder: Path, source: str, left: int) -> Path | None:
    """Return the picture in the folder that a page names, if there is one of at most `left` bytes."""
    try:
        path = (folder / unquote(source)).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.suffix.lower() in KINDS
        return path if inside and path.is_file() and path.stat().st_size <= left else None
    except (OSError, ValueError):
        return None
