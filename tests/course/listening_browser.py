"""A real browser for pages of strangers, and a server that hears whatever one of them tells anybody."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

DOMAIN = "example.org"
"""Where every name leads to our server, in this browser; all others lead nowhere."""

CLICKED = "document.querySelectorAll('a:not([href^=http]), details, div').forEach(element => element.click())"


class _Heard(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.paths.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    do_POST = do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.paths: list[str] = []


@dataclass(frozen=True)
class Visit:
    """What became of a visit to a page: its title at the end, what it asked the browser for, what the server heard."""

    title: str
    asked: list[str]
    heard: list[str]


class ListeningBrowser:
    """Chromium with a server that answers for every name in `DOMAIN`."""

    def __init__(self, browser: Any, server: _Server) -> None:
        self._browser, self._server = browser, server

    def visit(self, paths: Sequence[Path]) -> list[Visit]:
        """Open files, click on what does not lead elsewhere, and wait until each is at rest."""
        pages: list[tuple[Any, list[str], list[str]]] = []
        for path in paths:
            before = len(self._server.paths)
            page, asked = self._browser.new_page(), []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(path.as_uri())
            page.evaluate(CLICKED)
            page.mouse.move(200, 200)
            page.wait_for_load_state("networkidle")
            pages.append((page, asked, self._server.paths[before:]))
        visits = [Visit(page.title(), asked, heard) for page, asked, heard in pages]
        for page, _, _ in pages:
            page.close()
        return visits


@contextmanager
def listening_browser() -> Iterator[ListeningBrowser]:
    """Start the browser and its server; a test is skipped where there is no Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium")
    with _Server() as server, playwright.sync_playwright() as playing:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        rules = f"MAP *.{DOMAIN} 127.0.0.1:{server.server_address[1]}, MAP * ~NOTFOUND"
        running = playing.chromium.launch(
            executable_path=program, args=["--no-sandbox", f"--host-resolver-rules={rules}"]
        )
        yield ListeningBrowser(running, server)
        running.close()
        server.shutdown()
