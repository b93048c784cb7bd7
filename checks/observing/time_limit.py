"""Stop a student's code that computes too much or waits too long, even if it swallows exceptions.

What is limited is the processor time that the code uses, which other programs on the machine do not change. The time
on the clock is limited as well, by much more, for code that sleeps or waits.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

SECONDS = 10.0
"""How much processor time one run of a student's code may take: a right solution needs a few milliseconds."""

PATIENCE = 10
"""How many times as long it may take on the clock."""

AGAIN = 0.05
"""Seconds after which code that has swallowed `TimeUp` gets the next one."""

SLICE = 0.05
"""Seconds that code sleeps at a time where nothing could wake it."""


class TimeUp(BaseException):
    """Raised inside a student's code when its time is up."""


class Clock:
    """What a block of a student's code has taken, in seconds.

    `computed` is processor time: that of a thread, as `thread_time` tells it, and of child processes that have ended.
    `elapsed` is the time on the clock. Both stand still after `stop`.
    """

    def __init__(self, seconds: float, thread_time: Callable[[], float] = time.thread_time) -> None:
        self._seconds = seconds
        self._thread_time = thread_time
        self._computed, self._elapsed = self._processor(), time.monotonic()
        self._stopped: tuple[float, float] | None = None

    def _processor(self) -> float:
        used = os.times()
        return self._thread_time() + used.children_user + used.children_system

    @property
    def computed(self) -> float:
        """Processor time in seconds."""
        return self._stopped[0] if self._stopped else self._processor() - self._computed

    @property
    def elapsed(self) -> float:
        """Time on the clock in seconds."""
        return self._stopped[1] if self._stopped else time.monotonic() - self._elapsed

    @property
    def left(self) -> float:
        """How many seconds pass at least until the time is up; 0 if it is."""
        return max(0.0, min(self._seconds - self.computed, PATIENCE * self._seconds - self.elapsed))

    @property
    def waited(self) -> bool:
        """Whether the block had hardly computed: on a machine so busy that it could not, it would be none the less."""
        return self.computed * PATIENCE < self._seconds

    def stop(self) -> None:
        """Keep what was taken until now."""
        self._stopped = self.computed, self.elapsed


def _for_all_threads() -> Callable[[], float]:
    """Return a clock of this thread's processor time that any thread can read, or else one of the whole process."""
    if not hasattr(time, "pthread_getcpuclockid"):  # macOS, Windows
        return time.process_time
    clock = time.pthread_getcpuclockid(threading.get_ident())
    return lambda: time.clock_gettime(clock)


@contextlib.contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[Clock]:
    """Raise `TimeUp` in the block when it has computed for `seconds`, or taken `PATIENCE` times that on the clock.

    It is raised again and again until the block ends. In the main thread an alarm signal interrupts sleeping and
    waiting too, and a loop that swallows the exception is left by raising anew on every line that it executes.
    Elsewhere (and on Windows) a watchdog thread can only interrupt between two bytecodes and in `time.sleep`, and a
    loop that swallows everything may get away for long. Where no thread can be started, there is no limit. A single
    call of C code that never returns cannot be interrupted.

    Raises:
        TimeUp: when the time is up.
    """
    signals = _can_use_signals()
    clock = Clock(seconds) if signals else Clock(seconds, _for_all_threads())
    previous = sys.gettrace()
    try:
        with _alarm(clock) if signals else _watchdog(clock):
            yield clock
    finally:
        clock.stop()
        if sys.gettrace() is not previous:
            sys.settrace(previous)


def _can_use_signals() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def _alarm(clock: Clock) -> Iterator[None]:
    fired = False

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal fired
        if frame is not None and frame.f_code in AT_ITS_BORDERS:
            return
        if fired:
            _raise_on_every_line(frame)
        elif left := clock.left:
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001), AGAIN)
            return
        fired = True
        raise TimeUp

    handler = signal.signal(signal.SIGALRM, ring)
    # It repeats from the first on: `ring` itself fails where the code has used up Python's recursion limit.
    remaining, interval = signal.setitimer(signal.ITIMER_REAL, clock.left, AGAIN)
    try:
        yield
    finally:
        # The repeating alarm may ring once more before it is switched off.
        while True:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, handler)
                break
            except TimeUp:
                continue
        if remaining:
            signal.setitimer(signal.ITIMER_REAL, remaining, interval)


def _raise_on_every_line(frame: FrameType | None) -> None:
    """Trace all frames from `frame` up to this module's block, so that the next line of each raises."""

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            raise TimeUp
        return trace

    sys.settrace(lambda *_: None)
    while frame is not None and frame.f_code.co_filename != contextlib.__file__:
        if frame.f_globals.get("__name__", "").startswith("checks.observing"):
            break
        frame.f_trace = trace
        frame = frame.f_back


@contextlib.contextmanager
def _watchdog(clock: Clock) -> Iterator[None]:
    ident = threading.get_ident()
    thread = ctypes.c_ulong(ident)
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    time_up = ctypes.py_object(TimeUp)
    finished = False
    running = threading.Lock()  # an Event's set() could be interrupted while it holds the lock that it needs again
    running.acquire()

    def watch() -> None:
        while left := clock.left:
            if running.acquire(timeout=max(left, 0.001)):
                return
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)  # so that the next one is raised while the last one is being swallowed
        try:
            # No other thread runs between the look at the frames and the raising: Python switches after calls only.
            for frames in iter(sys._current_frames, None):
                if finished:
                    break
                if frames[ident].f_code not in AT_ITS_BORDERS:
                    raise_in(thread, time_up)
        finally:
            sys.setswitchinterval(interval)

    watcher = threading.Thread(target=watch, daemon=True)
    if not _started(watcher):
        yield
        return
    sleep: Any = time.sleep
    time.sleep = _sleeping_in_slices(sleep)
    try:
        yield
    finally:
        while True:
            try:
                time.sleep = sleep
                finished = True
                if running.locked():
                    running.release()
                watcher.join()
                raise_in(thread, None)
                break
            except TimeUp:
                continue


AT_ITS_BORDERS = {
    contextlib._GeneratorContextManager.__enter__.__code__,
    contextlib._GeneratorContextManager.__exit__.__code__,
    *(manager.__wrapped__.__code__ for manager in (time_limit, _alarm, _watchdog)),  # type: ignore[union-attr]
}
"""What runs when the block begins or has ended: raising there would keep the limit from being called off."""


def _started(thread: threading.Thread) -> bool:
    """Start a thread; return whether the platform has any, which a browser has not."""
    try:
        thread.start()
    except RuntimeError:
        return False
    return True


def _sleeping_in_slices(sleep: Callable[[float], None]) -> Any:
    """Return a `time.sleep` that can be interrupted between two slices."""

    def sleeping(seconds: float, /) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > SLICE:
            sleep(SLICE)
        sleep(max(left, 0.0) if seconds >= 0 else seconds)

    return sleeping
