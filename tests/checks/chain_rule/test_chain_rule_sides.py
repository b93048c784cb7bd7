"""Observing knows nothing of judging, and importing the package is light."""

import subprocess
import sys
import textwrap


def run(code):
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
                judging = ("checks.judging", "checks.explaining", "checks.chain_rule.reference",
                           "checks.chain_rule.misconceptions", "checks.chain_rule.tasks",
                           "checks.chain_rule.examples")
                if name.startswith(judging):
                    raise ImportError(f"{name} belongs to the judging side")

        sys.meta_path.insert(0, Refuse())
        from checks.chain_rule import CHECKS
        from course.student_code import namespace, subject

        source = Path("source_notebooks/03_chain_rule.py")
        names = namespace(source)
        for name, check in CHECKS.items():
            for case in check.cases(0):
                seen = check.observe(subject(source, name, names), case)
                assert seen.arrays and not seen.problems, (name, seen)
        print(len(CHECKS), [name for name in sys.modules if name.startswith("checks.judging")])
        """
    )
    assert printed.split() == ["25", "[]"]


def test_importing_the_checks_loads_no_heavy_library():
    printed = run(
        """
        import sys
        import checks.chain_rule
        print([name for name in ("torch", "matplotlib", "sklearn", "autograd", "IPython") if name in sys.modules])
        """
    )
    assert printed.strip() == "[]"
