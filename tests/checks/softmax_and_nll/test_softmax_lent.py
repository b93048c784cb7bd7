"""Where only the observing side of the exercise exists, a check has what it needs, and no answer to its task."""

import subprocess
import sys
import textwrap
from importlib import import_module

import pytest

from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.case import ARGUMENTS
from tests.conftest import ROOT

PACKAGE = "checks.softmax_and_nll"
VISIBLE = {PACKAGE, *(f"{PACKAGE}.{name}" for name in ("case", "earlier", "observe"))}


def run(code: str) -> list[str]:
    """Run a program in a fresh interpreter and return the lines it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_importing_the_checks_loads_the_observing_side_alone():
    loaded = run(f"import sys, {PACKAGE}; print(*(n for n in sys.modules if n.startswith('{PACKAGE}')), sep='\\n')")
    assert set(loaded) == VISIBLE


def test_the_checks_come_in_the_order_of_the_notebook():
    assert list(CHECKS) == list(ARGUMENTS)


@pytest.mark.parametrize("task", CHECKS)
def test_a_check_lends_the_right_functions_of_earlier_tasks_alone(task):
    later = list(CHECKS)[list(CHECKS).index(task) :]
    for name in CHECKS[task].lends:
        assert not set(import_module(name).ANSWERS) & set(later), name
    assert CHECKS[task].then is None
    assert not CHECKS[task].then_lends


def test_a_lent_module_says_what_it_answers():
    for name in CHECKS["output_after_step"].lends:
        module = import_module(name)
        held = {value.__name__ for value in vars(module).values() if callable(value) and hasattr(value, "__code__")}
        assert held <= set(module.ANSWERS), name


def test_the_modules_that_a_check_lends_are_all_that_it_needs():
    printed = run(
        f"""
        import sys
        from importlib import import_module
        from pathlib import Path

        import checks.softmax_and_nll.lent
        from checks.softmax_and_nll import CHECKS
        from course.student_code import namespace, subject

        PACKAGE, VISIBLE = {PACKAGE!r}, {VISIBLE!r}
        cases = {{name: check.cases(3)[:2] for name, check in CHECKS.items()}}

        class Refuse:
            lent = ()

            def find_spec(self, name, path=None, target=None):
                hidden = name.startswith(PACKAGE + ".") and name not in VISIBLE and name not in self.lent
                if hidden or name.startswith(("checks.judging", "checks.explaining")):
                    raise ImportError(f"{{name}} is not there")

        sys.meta_path.insert(0, Refuse())
        source = Path("source_notebooks/02_softmax_and_nll.py")
        broken = "def {{0}}(*arguments):\\n    raise ValueError\\n".format
        for name, check in CHECKS.items():
            for module in [module for module in sys.modules if module.startswith(PACKAGE + ".lent.")]:
                del sys.modules[module]
            Refuse.lent = check.lends
            names = namespace(source, {{earlier: broken(earlier) for earlier in CHECKS if earlier != name}})
            for case in cases[name]:
                seen = check.observe(subject(source, name, names), case)
                assert seen.arrays and not seen.problems, (name, seen.problems)
        loaded = [m for m in sys.modules if m.startswith(("checks.judging", PACKAGE + ".reference"))]
        print(len(CHECKS), loaded)
        """
    )
    assert printed == [f"{len(CHECKS)} []"]
