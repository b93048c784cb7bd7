"""Where a notebook is graded, only the observing side is there, and what is lent answers nothing that comes later."""

import json
import subprocess
import sys
import textwrap
from importlib import import_module

import pytest

from checks.judging.verdict import State
from checks.layers_and_losses import CHECKS
from checks.observing.lending import look_as_wire
from checks.observing.looking import Sight
from checks.observing.wire import from_wire
from tests.conftest import ROOT

EXERCISE = "checks.layers_and_losses"
MODULES = ("case", "concluding_check", "observe", "observe_gradient", "observe_network", "observe_training")
VISIBLE = {EXERCISE, *(f"{EXERCISE}.{name}" for name in MODULES)}
SEED = 5
ORDER = list(CHECKS)


def run(code, *arguments, given=""):
    """Run a program in a fresh interpreter and return what it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT, input=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_checks_loads_the_observing_side_alone():
    loaded = run(f"import sys, {EXERCISE}; print(*sys.modules)").split()
    assert {name for name in loaded if name.startswith(EXERCISE)} == VISIBLE
    assert [name for name in loaded if name.startswith(("checks.judging", "checks.explaining"))] == []


@pytest.mark.parametrize("task", ORDER)
def test_what_is_lent_answers_earlier_tasks_only(task):
    check, earlier = CHECKS[task], ORDER[: ORDER.index(task)]
    assert {answer for name in check.lends for answer in import_module(name).ANSWERS} <= set(earlier)
    then = {answer for name in check.then_lends for answer in import_module(name).ANSWERS}
    assert then <= {*earlier, task}
    assert check.then is not None or not then


def test_the_layers_of_a_network_do_not_sum_over_the_samples(notebook):
    """They would answer BatchLinear, which comes later."""
    check = CHECKS["TwoLayerNetwork"]
    stored = []

    class Peeking(notebook["TwoLayerNetwork"]):
        def backward(self, x, grad_output):
            returned = super().backward(x, grad_output)
            stored.append((len(x), self.layers[0].grad_weight, self.layers[0].grad_bias))
            return returned

    assert check.verdict(Peeking).state is State.RIGHT
    batches = [(n, len(weight), len(bias)) for n, weight, bias in stored if n > 1]
    assert batches
    assert all(len(set(sizes)) == 1 for sizes in batches)


def test_a_gradient_that_is_changed_after_it_was_stored_is_seen(notebook):
    class Averaging(notebook["TwoLayerNetwork"]):
        def backward(self, x, grad_output):
            returned = super().backward(x, grad_output)
            for layer in self.layers[::2]:
                layer.grad_weight /= len(x)
                layer.grad_bias = layer.grad_bias / len(x)
            return returned

    seen = CHECKS["TwoLayerNetwork"].verdict(Averaging)
    assert seen.state is State.WRONG
    assert seen.parts == ("outputs",)


OBSERVE = """
    import json, sys
    from pathlib import Path

    source, visible = Path(sys.argv[1]), sys.argv[2].split()

    class Refuse:
        def find_spec(self, name, path=None, target=None):
            judging = name.startswith(("checks.judging", "checks.explaining", "checks.widgets"))
            if judging or (name.startswith(visible[0]) and name not in visible):
                raise ImportError(f"{name} is hidden")

    sys.meta_path.insert(0, Refuse())
    import checks.layers_and_losses.lent
    from checks.layers_and_losses import CHECKS
    from checks.observing.lending import look_from_wire
    from checks.observing.looking import Sight
    from checks.observing.wire import as_wire
    from course.student_code import namespace, subject

    names, seen = namespace(source), {}
    for task, sent in json.load(sys.stdin).items():
        sight, cases, seen[task] = Sight(CHECKS[task], subject(source, task, names)), (), []
        for one in sent:
            look = look_from_wire(one, cases)
            cases = look.cases
            seen[task].append([as_wire(observation) for observation in sight.at(look)])
        for name in look.lends:
            del sys.modules[name]
    print(json.dumps(seen))
"""


def looks_at(check, subject):
    """Return the looks that a check takes at a subject, ready for the wire."""
    looks, sight = check.looks(SEED), Sight(check, subject)
    sent, look = [], next(looks)
    while True:
        sent.append(look_as_wire(look))
        try:
            look = looks.send(sight.at(look))
        except StopIteration:
            return sent


@pytest.fixture(scope="module")
def seen_afar(source, notebook):
    """What is seen of the solution, look by look, where everything is refused but what is lent for a look."""
    given = json.dumps({task: looks_at(check, notebook[task]) for task, check in CHECKS.items()})
    return json.loads(run(OBSERVE, str(source), " ".join((EXERCISE, f"{EXERCISE}.lent", *VISIBLE)), given=given))


def probes_from(looks, seen):
    """Return what a check makes of what was seen, look by look."""
    next(looks)
    try:
        for observations in seen:
            looks.send([from_wire(one) for one in observations])
    except StopIteration as end:
        return end.value
    raise AssertionError("another look is wanted")


@pytest.mark.parametrize("task", ORDER)
def test_observing_needs_nothing_but_what_is_lent(seen_afar, task):
    check, seen = CHECKS[task], seen_afar[task]
    assert check.judged(probes_from(check.looks(SEED), seen)).state is State.RIGHT
    assert len(seen) == 1 + (check.then is not None)
