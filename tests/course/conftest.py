"""A course with one exercise of two graded cells, built in seconds."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import Once

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]

TINY_SOURCE = '''\
# %% [markdown]
# # Doubling

# %% nbgrader={"grade_id": "given", "locked": true}
from checks import check_double

# %% nbgrader={"grade_id": "double", "solution": true}
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    twice_as_much = x + x
    return twice_as_much
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_double", "grade": true, "points": 4}
check_double(double, points=4)

# %% [markdown] nbgrader={"grade_id": "why", "grade": true, "solution": true, "points": 2}
# Why is that so?
#
# ### BEGIN SOLUTION
# Addition of a number to itself doubles it.
# ### END SOLUTION

# %% tags=["explore"]
print(object(), double)
'''


@pytest.fixture(scope="session", autouse=True)
def asked_once() -> Iterator[None]:
    """Ask alembic once which version nbgrader's tables have: for every new gradebook it would think for seconds."""
    from nbgrader import api

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "get_alembic_version", cache(api.get_alembic_version))
        yield


class Course:
    """A course directory of its own, for one test."""

    name = "01_tiny"

    def __init__(self, root: Path) -> None:
        self.root = root
        if not root.exists():
            (root / "source_notebooks").mkdir(parents=True)
            shutil.copy(REPOSITORY / "nbgrader_config.py", root)
            self.checks.parent.mkdir()
            shutil.copy(HERE / "tiny_checks.py", self.checks)
            self.write(TINY_SOURCE)

    @property
    def source(self) -> Path:
        return self.root / "source_notebooks" / f"{self.name}.py"

    @property
    def checks(self) -> Path:
        return self.root / "checks" / "__init__.py"

    @property
    def exercise(self) -> Path:
        return self.root / "exercises" / self.name / f"{self.name}.ipynb"

    @property
    def script(self) -> Path:
        return self.exercise.with_suffix(".py")

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / self.name / f"{self.name}.ipynb"

    def write(self, text: str) -> None:
        self.source.write_text(text, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        text = self.source.read_text(encoding="utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def built(self) -> dict[str, bytes]:
        """Return all that is in exercises/ and solutions/, by path."""
        return {path: text for path, text in self.everything().items() if path.startswith(("exercises", "solutions"))}

    def everything(self) -> dict[str, bytes]:
        """Return every file of the course but caches and the lock, by path."""
        files = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in files
            if "__pycache__" not in path.parts and path.name != ".lock"
        }


@pytest.fixture(scope="session")
def _empty_gradebook(once: Once) -> Path:
    from nbgrader.api import Gradebook

    from course.kernel import own_tools

    def made(folder: Path) -> Path:
        path = folder / "gradebook.db"
        with own_tools(), Gradebook(f"sqlite:///{path}", "backprop"):
            return path

    path: Path = once("empty-gradebook", made)
    return path


@pytest.fixture
def course(tmp_path: Path, _empty_gradebook: Path) -> Course:
    """A course that has not been built. Its gradebook is there but empty, since making one takes seconds."""
    made = Course(tmp_path / "course")
    shutil.copy(_empty_gradebook, made.root)
    return made


@pytest.fixture(scope="session")
def _released_once(once: Once) -> Course:
    from course.building.release import release

    def made(folder: Path) -> Course:
        course = Course(folder / "course")
        [result] = release(root=course.root)
        assert result.outcome == "built", result.problems
        return course

    course: Course = once("tiny-released", made)
    return course


@pytest.fixture
def released(_released_once: Course, tmp_path: Path) -> Course:
    """A course whose exercise is built, proven and in the gradebook."""
    shutil.copytree(_released_once.root, tmp_path / "released")
    return Course(tmp_path / "released")


@pytest.fixture
def problems_of(course: Course) -> Callable[[], list[str]]:
    """Return what `course release` says is wrong with the source, and see to it that it leaves nothing behind."""
    from course.building.release import release

    def told() -> list[str]:
        before = course.everything()
        [result] = release(root=course.root)
        assert result.outcome == "failed"
        assert course.everything() == before, "a failed build must leave nothing behind"
        return [str(problem) for problem in result.problems]

    return told
