"""Observing knows nothing of judging, and importing the checks of an exercise is light."""

import subprocess
import sys
import textwrap

import pytest

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "source_notebooks").glob("*.py"))

EXERCISES = [f"checks.{source.stem.split('_', 1)[1]}" for source in SOURCES]


def run(code: str, *arguments: str) -> list[str]:
    """Run a program in a fresh interpreter and return the words it prints."""
    command = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_observing_works_where_the_judging_side_cannot_be_imported(source):
    printed = run(
        """
        import sys
        from importlib import import_module
        from pathlib import Path

        source, exercise = Path(sys.argv[1]), f"checks.{sys.argv[2]}"

        class Refuse:
            def find_spec(self, name, path=None, target=None):
                sides = ("reference", "misconceptions", "tasks", "examples")
                judging = ("checks.judging", "checks.explaining", *(f"{exercise}.{side}" for side in sides))
                if name.startswith(judging):
                    raise ImportError(f"{name} belongs to the judging side")

        sys.meta_path.insert(0, Refuse())
        checks = import_module(exercise).CHECKS
        from course.student_code import namespace, subject

        names = namespace(source)
        seen = {name: check.observe(subject(source, name, names), check.cases(0)[0]) for name, check in checks.items()}
        print(*[name for name, observation in seen.items() if observation.problems or not observation.arrays])
        print("judging" if any(name.startswith("checks.judging") for name in sys.modules) else "observed", len(seen))
        """,
        str(source),
        source.stem.split("_", 1)[1],
    )
    assert printed[0] == "observed", printed
    assert int(printed[1]) >= 5


@pytest.mark.parametrize(
    "module", ["checks", "checks.widgets", *(f"checks.{s.stem.split('_', 1)[1]}" for s in SOURCES)]
)
def test_importing_loads_no_heavy_library(module):
    heavy = ("torch", "jax", "sklearn", "autograd", "matplotlib", "ipywidgets", "IPython", "checks.judging")
    code = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    assert run(code) == []
