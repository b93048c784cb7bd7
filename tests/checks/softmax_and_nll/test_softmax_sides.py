"""Observing this exercise's functions needs nothing of the judging side, and importing its checks is light."""

import subprocess
import sys
import textwrap


def test_observing_works_where_the_judging_side_cannot_be_imported():
    code = """
        import sys
        from pathlib import Path

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                package = "checks.softmax_and_nll."
                judging = ("checks.judging", "checks.explaining",
                           *(package + part for part in ("reference", "misconceptions", "tasks", "examples")))
                if name.startswith(judging):
                    raise ImportError(f"{name} belongs to the judging side")

        sys.meta_path.insert(0, Refuse())
        from checks.softmax_and_nll import CHECKS
        print([name for name in ("torch", "matplotlib", "ipywidgets", "IPython") if name in sys.modules])
        from course.student_code import namespace, subject

        source = Path("source_notebooks/02_softmax_and_nll.py")
        names = namespace(source)
        for name, check in CHECKS.items():
            for case in check.cases(0):
                seen = check.observe(subject(source, name, names), case)
                assert seen.arrays and not seen.problems, (name, seen)
        print(len(CHECKS))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["[]", "14"]
