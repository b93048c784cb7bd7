"""A student's code that hangs is stopped, however it hangs."""

import signal
import threading
import time

import pytest

from checks.observing.time_limit import TimeUp, time_limit


def loops():
    while True:
        pass


def swallows():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def swallows_in_a_function():
    def deeper():
        try:
            loops()
        except BaseException:
            return

    while True:
        deeper()


def sleeps():
    time.sleep(60)


@pytest.mark.parametrize("hangs", [loops, swallows, swallows_in_a_function, sleeps])
def test_a_hanging_function_is_stopped(hangs):
    started = time.monotonic()
    with pytest.raises(TimeUp), time_limit(0.2):
        hangs()
    assert time.monotonic() - started < 20


def test_it_is_stopped_outside_the_main_thread_too():
    ended = []

    def run():
        try:
            with time_limit(0.2):
                loops()
        except TimeUp:
            ended.append("stopped")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20)
    assert ended == ["stopped"]


def test_a_quick_function_is_left_alone_and_the_alarm_handler_put_back():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(5):
        total = sum(range(10))
    assert total == 45
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
