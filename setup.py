"""What `pyproject.toml` cannot say: the wheel holds, beside the packages, what `course start` copies into a course."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class WithCourse(build_py):
    """Put the sources of the exercises and nbgrader's configuration into `course/template/`."""

    def run(self) -> None:
        """Build the packages, and the template unless an editable install finds it in the checkout."""
        super().run()
        if self.editable_mode:
            return
        for path in (ROOT / "nbgrader_config.py", *(ROOT / "source_notebooks").rglob("*.py")):
            place = Path(self.build_lib, "course", "template", path.relative_to(ROOT))
            self.mkpath(str(place.parent))
            self.copy_file(str(path), str(place))


setup(cmdclass={"build_py": WithCourse})
