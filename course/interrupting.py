"""What Ctrl-C does: one sentence, and an end soon after it, whatever still runs."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SECONDS = 1.5
"""How long what runs has to clear up. After that it ends as a killed run does, which loses nothing either."""

STATUS = 130
"""The exit status of what SIGINT has ended, as shells have it."""


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C, and was told."""


@contextmanager
def ending_soon(sentence: str) -> Iterator[None]:
    """Let Ctrl-C say `sentence` and raise `Interrupted`; `SECONDS` later this process ends, however far it is."""

    def stop(*_: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print(f"\ncourse: {sentence}", file=sys.stderr, flush=True)
        timer = threading.Timer(SECONDS, os._exit, (STATUS,))
        timer.daemon = True
        timer.start()
        raise Interrupted

    if threading.current_thread() is not threading.main_thread():  # which alone hears signals
        yield
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
