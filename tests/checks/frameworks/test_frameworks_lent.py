"""What observing needs of this exercise computes no answer, and observing needs nothing else of it."""

import json
import subprocess
import sys
import textwrap

import pytest

from checks import frameworks, sealing
from checks.frameworks import CHECKS, getting_ready, observe
from checks.frameworks.case import JAX_SHAPES, PUBLISHED_SHAPE
from checks.frameworks.cases import jax_cases
from checks.judging.verdict import State
from checks.observing.lending import look_as_wire
from checks.observing.wire import from_wire
from tests.conftest import ROOT

VISIBLE = {
    "checks.frameworks",
    *(f"checks.frameworks.{name}" for name in ("case", "getting_ready", "observe", "running", "skipping")),
}
HIDDEN_PARTS = ("checks.judging", "checks.explaining", "checks.widgets")
SEED = 5


def run(code, *arguments, given=""):
    """Run a program in a fresh interpreter and return what it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT, input=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_checks_loads_the_observing_side_alone():
    loaded = run("import sys, checks.frameworks; print(*sys.modules)").split()
    assert {name for name in loaded if name.startswith("checks.frameworks")} == VISIBLE
    assert [name for name in loaded if name.startswith(HIDDEN_PARTS)] == []


def test_nothing_is_lent():
    for check in CHECKS.values():
        assert (check.lends, check.then, check.then_lends) == ((), None, ())


OBSERVE = """
    import json, sys
    from pathlib import Path

    source, visible, parts = Path(sys.argv[1]), sys.argv[2].split(), tuple(sys.argv[3].split())

    class Refuse:
        def find_spec(self, name, path=None, target=None):
            if name.startswith(parts) or (name.startswith("checks.frameworks") and name not in visible):
                raise ImportError(f"{name} is hidden")

    sys.meta_path.insert(0, Refuse())
    from checks.frameworks import CHECKS
    from checks.observing.lending import look_from_wire
    from checks.observing.looking import Sight
    from checks.observing.wire import as_wire
    from course.student_code import namespace, subject

    names = namespace(source)
    looks = {task: look_from_wire(sent, ()) for task, sent in json.load(sys.stdin).items()}
    seen = {task: Sight(CHECKS[task], subject(source, task, names)).at(look) for task, look in looks.items()}
    print(json.dumps({task: [as_wire(one) for one in observed] for task, observed in seen.items()}))
"""


def judged(check, looks, sent):
    """Return the verdict on what a first look has seen elsewhere."""
    with pytest.raises(StopIteration) as end:
        looks.send([from_wire(one) for one in sent])
    return check.judged(end.value.value)


@pytest.fixture(scope="module")
def verdicts(source):
    """Verdicts on the solution, observed on cases that were sent to where everything hidden is refused."""
    looks = {task: check.looks(SEED) for task, check in CHECKS.items()}
    given = json.dumps({task: look_as_wire(next(look)) for task, look in looks.items()})
    seen = json.loads(run(OBSERVE, str(source), " ".join(VISIBLE), " ".join(HIDDEN_PARTS), given=given))
    return {task: judged(check, looks[task], seen[task]) for task, check in CHECKS.items()}


@pytest.mark.parametrize("task", CHECKS)
def test_observing_needs_no_hidden_module(verdicts, task):
    if task.startswith(("jax", "flax")):
        pytest.importorskip("flax.linen")
    assert verdicts[task].state is State.RIGHT


def test_where_jax_is_missing_a_check_hands_that_over(notebook, monkeypatch):
    check, looks = CHECKS["jax_grad"], CHECKS["jax_grad"].looks(SEED)
    seal = sealing.Seal({"jax_grad": look_as_wire(next(looks))})
    monkeypatch.setattr(sealing, "SEAL", seal)
    for module in (frameworks, observe):
        monkeypatch.setattr(module, "installed", lambda *modules: False)
    assert frameworks.check_jax_grad(notebook["jax_grad"], points=4) is None
    verdict = judged(check, looks, seal.seen)
    assert (verdict.state, verdict.earned) == (State.BLOCKED, 0)


def test_what_is_compiled_beforehand_has_the_shapes_of_the_cases_and_runs():
    pytest.importorskip("flax.linen")
    for seed in (0, SEED):
        shapes = [(case.sizes, len(case.x), case.steps, bool(case.t.max() > 10)) for case in jax_cases(seed)]
        assert shapes == [*JAX_SHAPES, PUBLISHED_SHAPE]
    getting_ready._READY["jax"]()  # get_ready itself keeps what it raises
