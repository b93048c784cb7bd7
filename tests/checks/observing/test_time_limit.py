"""A student's code that hangs is stopped, however it hangs; a busy machine stops nothing."""

import _thread
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from checks.observing import time_limit as limiting
from checks.observing.observation import Trouble
from checks.observing.quantity import Quantity
from checks.observing.time_limit import Clock, TimeUp, time_limit
from checks.observing.watch import watched
from tests.busy_machine import a_busy_machine
from tests.conftest import ROOT


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


def recurses():
    try:
        return recurses()
    except RecursionError:
        return recurses()


def sleeps():
    time.sleep(60)


def computes(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


@pytest.fixture(params=["signals", "a thread"])
def limited_by(request, monkeypatch):
    if request.param == "a thread":  # Windows has no such timer
        monkeypatch.delattr(signal, "setitimer")


@pytest.mark.usefixtures("limited_by")
@pytest.mark.parametrize("hangs", [loops, sleeps])
def test_a_hanging_function_is_stopped(hangs):
    with pytest.raises(TimeUp), time_limit(0.2):
        hangs()


@pytest.mark.parametrize("by", ["signals", "a thread"])
def test_code_that_uses_up_the_recursion_limit_is_stopped(by):
    code = f"""
import signal
if {by == "a thread"}:
    del signal.setitimer
from checks.observing.time_limit import TimeUp, time_limit
from tests.checks.observing.test_time_limit import recurses
try:
    with time_limit(0.2):
        recurses()
except TimeUp:
    print("stopped")
"""  # in a process of its own: what is thrown into a thread may hit pytest's hooks for destructors
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout == "stopped\n", ran.stderr


@pytest.mark.parametrize("hangs", [swallows, swallows_in_a_function])
def test_a_loop_that_swallows_everything_is_stopped(hangs):
    with pytest.raises(TimeUp), time_limit(0.2):
        hangs()


@pytest.mark.parametrize("hangs", [loops, sleeps])
def test_it_is_stopped_outside_the_main_thread_too(hangs):
    ended = []

    def run():
        try:
            with time_limit(0.2):
                hangs()
        except TimeUp:
            ended.append("stopped")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(50)
    assert ended == ["stopped"]


@pytest.mark.usefixtures("limited_by")
def test_only_what_computes_itself_is_limited():
    with a_busy_machine(), time_limit(2.0) as clock:  # it may get a hundredth of a processor
        computes(0.2)
    assert 0.2 <= clock.computed < 2.0


@pytest.mark.usefixtures("limited_by")
def test_waiting_is_not_computing():
    with time_limit(0.2) as clock:
        time.sleep(0.5)
    assert clock.computed < 0.2 < 0.5 <= clock.elapsed


def test_what_child_processes_compute_counts():
    def starts_children():
        while True:
            subprocess.run([sys.executable, "-c", "for _ in range(10**6): pass"], check=True)

    with pytest.raises(TimeUp), time_limit(0.5):
        starts_children()


@pytest.mark.usefixtures("limited_by")
@pytest.mark.parametrize(("hangs", "trouble"), [(loops, Trouble.TOO_SLOW), (sleeps, Trouble.WAITS)])
def test_computing_and_waiting_are_told_apart(hangs, trouble):
    seen = watched(lambda record: hangs(), None, seconds=0.2)
    assert [problem.trouble for problem in seen.problems] == [trouble]


def test_a_loop_is_a_loop_on_a_busy_machine_too():
    with a_busy_machine():
        seen = watched(lambda record: loops(), None, seconds=0.5)
    assert [problem.trouble for problem in seen.problems] == [Trouble.TOO_SLOW]


def test_nobody_answers_input():
    seen = watched(lambda record: record.quantity(Quantity("answer"), float(input("x? "))), None)
    assert [problem.trouble for problem in seen.problems] == [Trouble.WAITS]
    assert "input()" in seen.problems[0].sentence


def test_where_no_thread_can_be_started_there_is_no_limit(monkeypatch):
    def refused(*arguments, **options):
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer")
    for name in ("start_new_thread", "start_joinable_thread"):
        if hasattr(_thread, name):
            monkeypatch.setattr(_thread, name, refused)
    for name in ("_start_new_thread", "_start_joinable_thread"):
        if hasattr(threading, name):
            monkeypatch.setattr(threading, name, refused)
    seen = watched(lambda record: record.quantity(Quantity("sum"), sum(range(10))), None, seconds=1e-9)
    assert seen.arrays[Quantity("sum")] == 45
    assert not seen.problems


@pytest.mark.usefixtures("limited_by")
def test_a_quick_function_is_left_alone_and_all_put_back():
    handler, sleep, threads = signal.getsignal(signal.SIGALRM), time.sleep, threading.active_count()
    with time_limit(5):
        total = sum(range(10))
    assert total == 45
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert time.sleep is sleep
    assert threading.active_count() == threads


@pytest.fixture
def told_clock(monkeypatch):
    """A clock of two seconds, and what it is told that its thread has computed and that has passed."""
    told = SimpleNamespace(computed=5.0, passed=100.0)
    monkeypatch.setattr(limiting, "time", SimpleNamespace(monotonic=lambda: told.passed))
    return Clock(2.0, lambda: told.computed), told


@pytest.mark.parametrize(
    ("computed", "passed", "left", "waited"),
    [
        (0.0, 0.0, 2.0, True),
        (0.125, 1.0, 1.875, True),
        (0.25, 1.0, 1.75, False),
        (1.5, 19.75, 0.25, False),
        (3.0, 4.0, 0.0, False),
        (0.0, 21.0, 0.0, True),
    ],
)
def test_a_clock_tells_what_was_taken_and_what_is_left(told_clock, computed, passed, left, waited):
    clock, told = told_clock
    told.computed += computed
    told.passed += passed
    assert (clock.computed, clock.elapsed, clock.left) == pytest.approx((computed, passed, left))
    assert clock.waited is waited
    clock.stop()
    told.computed = told.passed = 1000.0
    assert (clock.computed, clock.elapsed) == pytest.approx((computed, passed))


@pytest.mark.usefixtures("limited_by")
def test_sleeping_takes_as_long_as_ever_and_less_than_nothing_is_refused():
    with time_limit(5):
        begun = time.monotonic()
        time.sleep(0.12)
        assert time.monotonic() - begun >= 0.12
        with pytest.raises(ValueError, match="non-negative"):
            time.sleep(-1)


def test_an_alarm_that_rings_while_the_block_is_left_is_off_afterwards():
    code = """
import signal
from checks.observing import time_limit as limits
limits.AGAIN = 0.0001
for number in range(60_000):
    try:
        with limits.time_limit(0.0001):
            for _ in range(number % 100 * 10):
                pass
    except limits.TimeUp:
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
print("off")
"""  # in a process of its own, which an alarm that goes on would end
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout == "off\n", ran.stderr
