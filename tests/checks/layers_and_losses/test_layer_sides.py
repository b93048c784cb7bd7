"""Observing works where the judging side does not exist, and importing the checks is light."""

import subprocess
import sys
import textwrap


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_observing_works_where_the_judging_side_cannot_be_imported():
    printed = run(
        """
        import sys
        from pathlib import Path

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                own = "checks.layers_and_losses."
                judging = ("checks.judging", "checks.explaining", own + "reference", own + "misconceptions",
                           own + "tasks", own + "examples")
                if name.startswith(judging):
                    raise ImportError(f"{name} belongs to the judging side")

        sys.meta_path.insert(0, Refuse())
        from checks.layers_and_losses import CHECKS
        from course.student_code import namespace, subject

        source = Path("source_notebooks/04_layers_and_losses.py")
        names = namespace(source)
        for name, check in CHECKS.items():
            for case in check.cases(0):
                seen = check.observe(subject(source, name, names), case)
                assert seen.arrays and not seen.problems, (name, seen)
        print(len(CHECKS))
        """
    )
    assert printed.strip() == "9"


def test_importing_the_checks_loads_numpy_only():
    printed = run(
        """
        import sys
        import checks.layers_and_losses
        print([name for name in ("torch", "matplotlib", "IPython", "checks.judging") if name in sys.modules])
        """
    )
    assert printed.strip() == "[]"
