"""Start a JupyterLab of its own on a folder, and drive it in Chromium as a student would."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PATIENCE = 180
"""Seconds that anything may take where the machine has other things to do."""

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def jupyterlab(root: Path, settings: Path, *, dark: bool = False) -> Iterator[str]:
    """Serve `root` with JupyterLab, its settings kept in `settings`; yield its address."""
    appearance = settings / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    appearance.mkdir(parents=True, exist_ok=True)
    theme = {"theme": f"JupyterLab {'Dark' if dark else 'Light'}"}
    (appearance / "themes.jupyterlab-settings").write_text(json.dumps(theme))
    (appearance / "notification.jupyterlab-settings").write_text(json.dumps({"fetchNews": "false"}))
    address = f"http://127.0.0.1:{(port := _free_port())}"
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=", f"--ServerApp.root_dir={root}"]
    if os.geteuid() == 0:
        options.append("--allow-root")
    with (settings / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(settings)},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: float = PATIENCE) -> None:
    give_up = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < give_up:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=PATIENCE)
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start within {seconds} seconds")


class NotebookPage:
    """An open notebook: type into a cell, run it, and look at what it shows."""

    def __init__(self, page: Any, address: str, path: str):
        self.page = page
        page.goto(f"{address}/lab/tree/{path}?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        page.wait_for_selector("text=/Python 3.*Idle/")
        page.keyboard.press("Control+b")  # hide the file browser

    def cell(self, text: str) -> Any:
        """Return the code cell whose source contains `text`, scrolled into view.

        JupyterLab keeps only the cells near the view on the page, so the notebook is scrolled until it turns up.
        """
        cells = self.page.locator(".jp-CodeCell").filter(has=self.page.locator(".jp-InputArea-editor", has_text=text))
        scroller = self.page.locator(".jp-WindowedPanel-outer").first
        scroller.evaluate("element => element.scrollTop = 0")
        for _ in range(80):
            self.page.wait_for_timeout(150)
            if cells.count():
                cells.first.scroll_into_view_if_needed()
                return cells.first
            scroller.evaluate("element => element.scrollBy(0, 600)")
        raise LookupError(f"no cell contains {text!r}")

    def type_into(self, text: str, source: str) -> None:
        """Replace the source of the cell that contains `text`."""
        editor = self.cell(text).locator(".cm-content").first
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def insert_below(self, text: str, source: str) -> None:
        """Put a new cell with `source` below the cell that contains `text`."""
        self.cell(text).locator(".cm-content").first.click()
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        self.page.keyboard.press("Enter")
        self.page.keyboard.insert_text(source)

    def output(self, text: str) -> str:
        """Return what is shown below the cell that contains `text`, as text."""
        shown: str = self.cell(text).locator(".jp-Cell-outputArea").inner_text()
        return shown

    def save(self) -> None:
        """Save the notebook, and wait until JupyterLab has done so."""
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(300)
        self.page.locator(".jp-Document .jp-mod-dirty").first.wait_for(state="detached")
        self.page.wait_for_timeout(700)

    def validate(self) -> str:
        """Press nbgrader's Validate button and return what its dialog says."""
        self.page.get_by_text("Validate", exact=True).first.click()
        dialog = self.page.locator(".jp-Dialog")
        dialog.wait_for()
        said: str = dialog.inner_text()
        dialog.get_by_role("button").last.click()
        return said

    def run(self, text: str) -> Any:
        """Run the cell that contains `text` and return it when it is done."""
        cell = self.cell(text)
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_timeout(100)
        done = cell.locator(".jp-InputPrompt").filter(has_text="[")
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            prompt = done.first.inner_text()
            if any(digit.isdigit() for digit in prompt):
                return cell
            self.page.wait_for_timeout(50)
        raise TimeoutError(f"the cell with {text!r} did not finish")


@contextlib.contextmanager
def chromium(width: int = 1280, height: int = 1000, scale: float = 2.0) -> Iterator[Any]:
    """Open a page in Chromium.

    Raises:
        RuntimeError: if there is no Chromium on this machine.
    """
    from playwright.sync_api import expect, sync_playwright

    if CHROMIUM is None:
        raise RuntimeError("there is no Chromium on this machine; install Debian's package chromium")
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        try:
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
            page.set_default_timeout(1000 * PATIENCE)
            yield page
        finally:
            browser.close()
