"""Play a run in short pieces on the kernel's event loop, so that pause works at once and the page stays responsive."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

BREATH = 0.01
"""Seconds between two pieces, in which the kernel answers messages."""


class Player:
    """Repeats `piece()` while it returns True; `alive()` tells whether anybody may still be watching.

    Everything runs in the thread of the loop in which the player was made: a front end may deliver its messages in
    another thread, and a student's code must not run beside a cell. Where no loop runs, actions are done at once and
    playing goes on to the end.
    """

    def __init__(self, piece: Callable[[], bool], alive: Callable[[], bool] = lambda: True) -> None:
        self._piece, self._alive = piece, alive
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        with contextlib.suppress(RuntimeError):
            self._loop = asyncio.get_running_loop()
        self.playing = False

    def post(self, action: Callable[[], Any]) -> None:
        """Do something in the thread of the loop."""
        if self._loop is None or self._loop.is_closed() or self._in_loop():
            action()
        else:
            self._loop.call_soon_threadsafe(action)

    def play(self) -> None:
        """Start or go on; to be called in the thread of the loop."""
        self.pause()
        self.playing = True
        if self._loop is not None and self._in_loop():
            self._task = self._loop.create_task(self._play())
            return
        while self.playing:
            self.playing = self._piece() and self.playing

    def pause(self) -> None:
        """Stop after the present piece; to be called in the thread of the loop."""
        self.playing = False
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _play(self) -> None:
        while self.playing and self._alive():
            if not self._piece():
                break
            await asyncio.sleep(BREATH)
        self.playing = False

    def _in_loop(self) -> bool:
        try:
            return asyncio.get_running_loop() is self._loop
        except RuntimeError:
            return False
