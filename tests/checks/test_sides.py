"""Observing knows nothing of judging: where only its side exists, a check has what it needs and answers nothing."""

import json
import subprocess
import sys
import textwrap
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from checks.check import Check
from checks.judging.verdict import State
from checks.observing.lending import answered, look_as_wire
from checks.observing.looking import Look
from checks.observing.wire import from_wire
from course.grading.sandbox.observing_side import JUDGING_SIDE, copied, home, shown
from tests.conftest import ROOT

SOURCES = sorted((ROOT / "source_notebooks").glob("*.py"))

EXERCISES = [f"checks.{source.stem.split('_', 1)[1]}" for source in SOURCES]

KNOWING = ("reference", "misconceptions", "formulas", "tasks", "cases", "predictions", "widgets.")
"""What knows right answers, in the package of an exercise or beside it."""


def run(code: str, *arguments: str) -> list[str]:
    """Run a program in a fresh interpreter and return the words it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_observing_side_is_what_importing_the_exercises_loads_and_knows_no_answer():
    package = home()
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in shown(package)}
    loaded = run(f"import sys, checks.widgets, {', '.join(EXERCISES)}; print(*sys.modules)")
    assert {name for name in loaded if name.startswith("checks")} <= names
    assert not [name for name in names if any(f".{part}" in name for part in (*JUDGING_SIDE, *KNOWING))]
    assert not [name for name in names if name.endswith(".lent")]


CHECKS = [
    pytest.param(check, id=f"{name.removeprefix('checks.')}-{check.name}")
    for name in EXERCISES
    for check in import_module(name).CHECKS.values()
]


@pytest.mark.parametrize("check", CHECKS)
def test_what_a_check_lends_answers_earlier_tasks_only(check: Check):
    order = list(import_module(f"checks.{check.exercise}").CHECKS)
    earlier = order[: order.index(check.name)]
    for part in check.lends:
        assert answered(part) & set(order) <= set(earlier), part
    for part in check.then_lends:
        assert answered(part) & set(order) <= {*earlier, check.name}, part
    assert check.then is not None or not check.then_lends


OBSERVER = """
    import json, sys
    from pathlib import Path

    source, exercise, library = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    sys.path.insert(0, library)

    from importlib import import_module

    from checks.observing.lending import look_from_wire
    from checks.observing.looking import Sight
    from checks.observing.wire import as_wire

    checks = import_module(exercise).CHECKS
    from course.student_code import namespace, subject

    names, sight, known = namespace(source), None, ()
    for line in sys.stdin:
        task, sent = json.loads(line)
        look = look_from_wire(sent, known)
        known = look.cases
        sight = sight if look.second else Sight(checks[task], subject(source, task, names))
        seen = [as_wire(observation) for observation in sight.at(look)]
        lent = sys.modules.pop(f"{exercise}.lent", None)  # the next check has to bring its own
        print(json.dumps([seen, sorted(vars(lent)) if lent else []]), flush=True)
    print(*[name for name in sys.modules if name.startswith("checks")])
"""


MADE = {*vars(ModuleType("new")), "__builtins__", "__annotations__"}
"""What a module has before anything is lent."""


class Observer:
    """A process that has the observing side alone, with the solution of an exercise."""

    def __init__(self, source: Path, library: Path) -> None:
        arguments = [str(source), f"checks.{source.stem.split('_', 1)[1]}", str(library)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(OBSERVER), *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def at(self, task: str, look: Look) -> list:
        self._process.stdin.write(json.dumps([task, look_as_wire(look)]) + "\n")
        self._process.stdin.flush()
        seen, names = json.loads(self._process.stdout.readline())
        assert set(names) - MADE <= frozenset().union(*map(answered, look.lends)), task
        return [from_wire(entry) for entry in seen]

    def loaded(self) -> set[str]:
        """Let it end; return the modules of ours that it has imported."""
        out, _ = self._process.communicate(timeout=60)
        assert self._process.returncode == 0
        return set(out.split())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_observing_needs_nothing_but_what_is_lent(source: Path, tmp_path: Path):
    if "frameworks" in source.stem:
        pytest.importorskip("flax.linen")
    observer = Observer(source, copied(home(), tmp_path))
    for check in import_module(f"checks.{source.stem.split('_', 1)[1]}").CHECKS.values():
        probes = check.seen(partial(observer.at, check.name), 5)
        assert check.judged(probes).state is State.RIGHT, check.name
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in shown(home())}
    assert observer.loaded() <= names


@pytest.mark.parametrize(
    "module", ["checks", "checks.widgets", *(f"checks.{s.stem.split('_', 1)[1]}" for s in SOURCES)]
)
def test_importing_loads_no_heavy_library(module):
    heavy = ("torch", "jax", "sklearn", "autograd", "matplotlib", "ipywidgets", "IPython", "checks.judging")
    code = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    assert run(code) == []
