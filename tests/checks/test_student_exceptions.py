"""What a student's objects raise, wherever they are looked at, ends in a verdict and is never our own control flow."""

from functools import partial
from pathlib import Path

import pytest

from checks.check import CheckFailed, Incomplete
from checks.judging.verdict import State
from checks.neural_network import CHECKS, check_forward
from checks.observing.arrays import NotAnArrayError
from checks.observing.observation import Trouble
from checks.observing.time_limit import TimeUp
from checks.observing.watch import Halt, watched
from course.audit.exercise import Exercise
from course.student_code import namespace

EXERCISES = [Exercise(path) for path in sorted(Path("source_notebooks").glob("0[1-6]_*.py"))]
TASKS = [(e, task) for e in EXERCISES for task in e.checks if task not in ("jax_grad", "flax_module")]
"""One task in JAX stands for all: what observes them is the same."""

OBJECTS = """
class Ours(BaseException):
    def __str__(self):
        raise error
    args = property(__str__)

def refuse(*arguments, **options):
    raise error

def refuse_twice(*arguments, **options):
    raise Ours

class Attributes:
    def __getattribute__(self, name):
        raise error

class Kind:
    __class__ = property(refuse)
    __call__ = refuse

class Meta(type):
    def __getattribute__(cls, name):
        raise error

class OfMeta(metaclass=Meta):
    pass

class Kept:
    __call__ = refuse
    __hash__ = refuse
    __eq__ = refuse
    __getattr__ = refuse
"""

ERRORS = (
    StopIteration(([], [])),
    GeneratorExit(),
    SystemExit(0),
    TimeUp(),
    Halt(Trouble.CHANGED, "Regraded by hand: full points."),
    CheckFailed("Full points."),
    Incomplete(),
    NotAnArrayError(),
)


def subjects(error):
    """Return objects whose every use raises an error, from the file of a cell."""
    names = {"error": error}
    exec(compile(OBJECTS, "<cell 1>", "exec"), names)
    made = [names[name]() for name in ("Attributes", "Kind", "Kept")]
    return [*made, names["refuse"], names["refuse_twice"], names["OfMeta"]]


@pytest.mark.parametrize(("exercise", "task"), [pytest.param(e, t, id=f"{e.name}-{t}") for e, t in TASKS])
def test_whatever_an_object_raises_ends_in_a_verdict(exercise, task):
    if task == "jax_numpy":
        pytest.importorskip("flax.linen")
    for number, error in enumerate(ERRORS):
        subject = subjects(error)[number % 6]
        assert exercise.checks[task].verdict(subject).earned == 0, (error, subject)


@pytest.fixture(scope="module")
def network():
    return namespace(Path("source_notebooks/05_neural_network.py"))["NeuralNetwork"]


@pytest.fixture
def forged(network):
    """A network whose layers end the looking by what was seen of a right one."""
    probes = CHECKS["forward"].probes(network(2, 1, [5, 3]))
    names = {"NeuralNetwork": network, "seen": probes}
    cell = """
class Forged(NeuralNetwork):
    def __init__(self, *sizes):
        pass
    loss = None
    @property
    def layers(self):
        raise StopIteration(seen)
"""
    exec(compile(cell, "<cell 1>", "exec"), names)
    return names["Forged"](2, 1, [5, 3])


def test_layers_that_raise_stop_iteration_earn_nothing(forged):
    verdict = CHECKS["forward"].verdict(forged)
    assert (verdict.state, verdict.earned) == (State.WRONG, 0)
    assert verdict.labels == ("raised",)
    with pytest.raises(CheckFailed):
        check_forward(forged, points=5)


def test_an_object_is_looked_at_within_the_limits(network, monkeypatch, capfd):
    cell = """
class Loud(NeuralNetwork):
    @property
    def loss(self):
        print("out loud")
        while True:
            pass
    @loss.setter
    def loss(self, value):
        pass
"""
    names = {"NeuralNetwork": network}
    exec(compile(cell, "<cell 1>", "exec"), names)
    monkeypatch.setattr("checks.neural_network.observe.watched", partial(watched, seconds=0.05))
    assert CHECKS["forward"].verdict(names["Loud"](2, 1, [5, 3])).labels == ("too-slow",)
    assert capfd.readouterr() == ("", "")
