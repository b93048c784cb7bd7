"""Where a notebook is graded only the observing side is there, and what a check lends answers earlier tasks only."""

import json
import subprocess
import sys
import textwrap
from importlib import import_module

import pytest

from checks.by_hand import CHECKS, personal
from checks.by_hand.personal import CLASS_LIST, class_list
from checks.judging.verdict import State
from checks.observing.lending import look_as_wire
from checks.observing.wire import from_wire
from tests.conftest import ROOT

VISIBLE = {
    "checks.by_hand",
    *(f"checks.by_hand.{name}" for name in ("case", "numbers_check", "observe", "personal", "picture", "practice")),
}
SEED = 5


def run(code, *arguments, given=""):
    """Run a program in a fresh interpreter and return what it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT, input=given)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_checks_loads_the_observing_side_alone():
    loaded = run("import sys, checks.by_hand; print(*sys.modules)").split()
    assert {name for name in loaded if name.startswith("checks.by_hand")} == VISIBLE
    assert [name for name in loaded if name.startswith(("checks.judging", "checks.explaining"))] == []


@pytest.mark.parametrize("task", CHECKS)
def test_what_is_lent_answers_earlier_tasks_only(task):
    order = list(CHECKS)
    for module in CHECKS[task].lends:
        answers = import_module(module).ANSWERS
        assert set(answers) <= set(order[: order.index(task)])
    assert CHECKS[task].then is None


REFUSE = """
    import json, sys
    from pathlib import Path

    visible = sys.argv[2].split()

    class Refuse:
        def find_spec(self, name, path=None, target=None):
            judging = name.startswith(("checks.judging", "checks.explaining", "checks.widgets."))
            if judging or (name.startswith("checks.by_hand") and name not in visible):
                raise ImportError(f"{name} is hidden")

    sys.meta_path.insert(0, Refuse())
"""

OBSERVE = (
    REFUSE
    + """
    import checks.by_hand.lent
    from checks.by_hand import CHECKS
    from checks.observing.lending import look_from_wire
    from checks.observing.looking import Sight
    from checks.observing.wire import as_wire
    from course.student_code import namespace, subject

    source = Path(sys.argv[1])
    names, seen = namespace(source), {}
    for task, sent in json.load(sys.stdin).items():
        look = look_from_wire(sent, ())
        seen[task] = [as_wire(one) for one in Sight(CHECKS[task], subject(source, task, names)).at(look)]
        for name in look.lends:
            del sys.modules[name]
    print(json.dumps(seen))
"""
)

PERSONAL = (
    REFUSE
    + """
    from checks.by_hand import personal

    mine = personal("ada", sys.argv[1])
    check_forward, check_W1_new = mine.check_forward, mine.check_W1_new
    print(json.dumps([check_forward.name, check_W1_new.name, mine.sheet()]))
"""
)


@pytest.fixture(scope="module")
def verdicts(source):
    """Verdicts on the solution, observed with what was sent for each check, where everything else is refused."""
    looks = {task: check.looks(SEED) for task, check in CHECKS.items()}
    given = json.dumps({task: look_as_wire(next(look)) for task, look in looks.items()})
    seen = json.loads(run(OBSERVE, str(source), " ".join([*VISIBLE, "checks.by_hand.lent"]), given=given))
    found = {}
    for task, check in CHECKS.items():
        with pytest.raises(StopIteration) as end:
            looks[task].send([from_wire(one) for one in seen[task]])
        found[task] = check.judged(end.value.value)
    return found


@pytest.mark.parametrize("task", CHECKS)
def test_observing_needs_nothing_but_what_is_lent(verdicts, task):
    assert verdicts[task].state is State.RIGHT


def test_a_network_of_ones_own_needs_nothing_but_the_class_list(tmp_path):
    path = tmp_path / CLASS_LIST
    path.write_text(json.dumps(class_list(["ada"])))
    *names, sheet = json.loads(run(PERSONAL, str(path), " ".join(VISIBLE)))
    assert names == ["forward", "W1_new"]
    assert sheet == personal("ada", path).sheet()
