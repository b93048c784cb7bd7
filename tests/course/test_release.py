"""What `course release` builds, proves, skips, and leaves alone."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

from course.building.release import release
from course.problems import CannotRun
from tests.course import progress_lines

pytestmark = pytest.mark.nbgrader
SECRETS = ("twice_as_much", "x + x", "BEGIN SOLUTION", "Addition of a number")


def run(course: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an instructor does, in the course's folder; `stderr` is without the lines of progress."""
    repository = str(Path(__file__).parents[2])
    start = f"import sys; sys.path.insert(0, {repository!r}); from course.command_line import main; main()"
    command = [sys.executable, "-c", start, *arguments]
    ran = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    ran.stderr = progress_lines.without(ran.stderr)
    return ran


def failure(course: Any) -> str:
    """Release, expect a failure that leaves everything as it was, and return what it says."""
    before = course.everything()
    [result] = release(root=course.root)
    assert result.outcome == "failed"
    assert course.everything() == before
    return "\n".join(map(str, result.problems))


def _change_outputs(notebook: Path, kind: str, change: Callable[[str], str]) -> None:
    """Change what outputs of a kind say in a built notebook."""
    built = nbformat.read(notebook, as_version=4)
    for output in (output for cell in built.cells for output in cell.get("outputs", ())):
        for holder in (output, output.get("data", {})):
            if kind in holder:
                holder[kind] = change(holder[kind])
    notebook.write_text(nbformat.writes(built, version=4) + "\n", encoding="utf-8")


class TestWhatIsBuilt:
    def test_the_exercise_has_no_trace_of_a_solution(self, released: Any) -> None:
        for path in (released.exercise, released.script):
            assert not any(secret in path.read_text(encoding="utf-8") for secret in SECRETS)

    def test_the_exercise_is_paired_with_its_own_script_only(self, released: Any) -> None:
        notebook = nbformat.read(released.exercise, as_version=4)
        assert notebook.metadata["jupytext"] == {"formats": "ipynb,py:percent"}
        script = jupytext.read(released.script)
        assert [cell.source for cell in script.cells] == [cell.source for cell in notebook.cells]

    def test_the_solution_is_executed_and_not_paired(self, released: Any) -> None:
        notebook = nbformat.read(released.solution, as_version=4)
        assert "jupytext" not in notebook.metadata
        check = next(cell for cell in notebook.cells if cell.id == "check_double")
        assert check.outputs[-1].data["text/plain"] == "4.0"

    def test_nothing_of_this_machine_or_hour_is_in_it(self, released: Any) -> None:
        text = b"\n".join(released.built().values()).decode()
        assert str(released.root) not in text
        assert sys.prefix not in text
        assert "iopub" not in text
        assert " at 0x7" not in text

    def test_two_builds_are_byte_identical(self, released: Any, course: Any) -> None:
        release(root=course.root)
        assert course.built() == released.built()

    def test_missing_settings_are_filled_in(self, released: Any) -> None:
        cells = {cell.id: cell for cell in nbformat.read(released.exercise, as_version=4).cells}
        settings = cells["check_double"].metadata["nbgrader"]
        assert settings["schema_version"] == 3
        assert settings["locked"] is True
        assert settings["solution"] is False

    def test_the_gradebook_knows_the_exercise(self, released: Any) -> None:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{released.root}/gradebook.db", "backprop") as gradebook:
            assert gradebook.find_assignment("01_tiny").max_score == 6

    def test_nbgrader_source_holds_no_script(self, released: Any) -> None:
        there = released.root / ".nbgrader" / "source" / "01_tiny"
        assert [path.name for path in there.iterdir()] == ["01_tiny.ipynb"]

    def test_hidden_tests_are_taken_out_but_still_graded(self, course: Any) -> None:
        course.change(
            "check_double(double, points=4)",
            "### BEGIN HIDDEN TESTS\nassert double(1000) == 2000\n### END HIDDEN TESTS\ncheck_double(double, points=4)",
        )
        [result] = release(root=course.root)
        assert result.outcome == "built"
        assert "2000" not in course.exercise.read_text(encoding="utf-8")
        with closing(sqlite3.connect(course.root / "gradebook.db")) as gradebook:
            assert any("2000" in row[0] for row in gradebook.execute("SELECT source FROM source_cell"))

    def test_a_mark_scheme_is_taken_out(self, course: Any) -> None:
        header = '# %% [markdown] nbgrader={"grade_id": "essay", "task": true, "points": 3}\n'
        text = "# Write an essay.\n# ### BEGIN MARK SCHEME\n# One point per thought.\n# ### END MARK SCHEME\n"
        course.write(course.source.read_text(encoding="utf-8") + "\n" + header + text)
        [result] = release(root=course.root)
        assert result.outcome == "built", result.problems
        assert "per thought" not in course.exercise.read_text(encoding="utf-8")

    def test_what_is_for_the_solution_only_is_nowhere_else(self, course: Any) -> None:
        text = '\n# %% [markdown] tags=["solution-only"]\n# You should have seen an address.\n'
        course.write(course.source.read_text(encoding="utf-8") + text)
        [result] = release(root=course.root)
        assert result.outcome == "built", result.problems
        for path in (course.exercise, course.script):
            assert "an address" not in path.read_text(encoding="utf-8")
        assert "an address" in course.solution.read_text(encoding="utf-8")


class TestProofs:
    def test_a_solution_that_stands_in_the_metadata_too_is_found(self, course: Any) -> None:
        course.change('# %% tags=["explore"]', '# %% tags=["explore"] note="the answer: twice_as_much = x + x"')
        assert "what students must not see" in failure(course)

    def test_what_is_for_the_solution_only_is_found_where_nbgrader_is_not_told_of_it(self, course: Any) -> None:
        text = '\n# %% [markdown] tags=["solution-only"]\n# You should have seen an address.\n'
        course.write(course.source.read_text(encoding="utf-8") + text)
        config = course.root / "nbgrader_config.py"
        config.write_text(config.read_text(encoding="utf-8").replace("c.TagRemovePreprocessor", "c.Nothing"))
        assert "what students must not see" in failure(course)

    def test_a_check_that_passes_on_the_stub_is_found(self, course: Any) -> None:
        course.checks.write_text(course.checks.read_text().replace('"not attempted", []', '"right", []'))
        assert 'expected "not attempted"' in failure(course)

    def test_a_solution_that_fails_its_check_is_found(self, course: Any) -> None:
        course.change("x + x", "x + 1")
        assert '"check_double": the solution earns 0 of 4 points: double is wrong' in failure(course)

    def test_a_solution_that_writes_to_stderr_is_found(self, course: Any) -> None:
        course.change("print(object(), double)", "import sys; print('careful', file=sys.stderr)")
        assert "stderr" in failure(course)

    def test_a_cell_that_raises_is_found(self, course: Any) -> None:
        course.change("print(object(), double)", "1 / 0")
        assert "ZeroDivisionError" in failure(course)

    def test_a_cell_that_is_meant_to_raise_is_not(self, course: Any) -> None:
        course.change(
            '# %% tags=["explore"]\nprint(object(), double)', '# %% tags=["raises-exception"]\nraise KeyError(1)'
        )
        [result] = release(root=course.root)
        assert result.outcome == "built", result.problems

    def test_a_path_of_the_machine_in_an_output_is_found(self, course: Any) -> None:
        course.change("print(object(), double)", "import sys; print(sys.prefix)")
        assert "a path of this machine" in failure(course)

    def test_a_cell_that_ends_the_kernel_is_found(self, course: Any) -> None:
        course.change("print(object(), double)", "import os; os._exit(1)")
        assert "Kernel died" in failure(course)


class TestSkippingAndReplacing:
    def test_an_unchanged_exercise_is_skipped(self, released: Any) -> None:
        [result] = release(root=released.root)
        assert result.outcome == "unchanged"

    @pytest.mark.parametrize(
        "lost", ["exercises/01_tiny/01_tiny.py", ".nbgrader/source/01_tiny/01_tiny.ipynb", "gradebook.db"]
    )
    def test_what_is_lost_is_built_again(self, released: Any, lost: str) -> None:
        (released.root / lost).unlink()
        [result] = release(root=released.root)
        assert result.outcome == "built"
        assert (released.root / lost).is_file()

    def test_a_stray_file_in_a_built_folder_is_cleared_away(self, released: Any) -> None:
        stray = released.exercise.with_name("answers.txt")
        stray.write_text("twice_as_much = x + x")
        [result] = release(root=released.root)
        assert result.outcome == "built"
        assert not stray.exists()

    def test_a_changed_source_replaces_what_was_built(self, released: Any) -> None:
        released.change("# # Doubling", "# # Doubling a number")
        [result] = release(root=released.root)
        assert result.outcome == "built"
        assert "Doubling a number" in released.exercise.read_text(encoding="utf-8")

    def test_a_failed_build_leaves_everything_as_it_was(self, released: Any) -> None:
        released.change("x + x", "x + 1")
        assert "earns 0 of 4" in failure(released)

    def test_a_killed_build_leaves_everything_as_it_was(self, released: Any) -> None:
        released.change("print(object(), double)", "import time; time.sleep(60)")
        before = released.everything()
        repository = str(Path(__file__).parents[2])
        start = f"import sys; sys.path.insert(0, {repository!r}); from course.command_line import main; main()"
        process = subprocess.Popen([sys.executable, "-c", start, "release"], cwd=released.root, start_new_session=True)
        time.sleep(4)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert released.everything() == before


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
class TestGradebookWithSubmissions:
    @pytest.fixture
    def graded(self, released: Any) -> Any:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{released.root}/gradebook.db", "backprop") as gradebook:
            gradebook.add_student("ada")
            gradebook.add_submission("01_tiny", "ada")
        return released

    def test_an_exercise_with_the_same_cells_is_released_again(self, graded: Any) -> None:
        graded.change("# # Doubling", "# # Doubling a number")
        [result] = release(root=graded.root)
        assert result.outcome == "built", result.problems
        with closing(sqlite3.connect(graded.root / "gradebook.db")) as gradebook:
            assert gradebook.execute("SELECT count(*) FROM submitted_assignment").fetchone() == (1,)

    def test_an_exercise_with_other_cells_is_refused(self, graded: Any) -> None:
        graded.change('"grade_id": "given"', '"grade_id": "given_check"')
        assert "the gradebook has submissions" in failure(graded)


class TestUnpaired:
    def test_there_is_no_script_and_the_next_release_and_its_check_know(self, released: Any) -> None:
        ran = run(released, "release", "--unpaired")
        assert ran.returncode == 0, ran.stdout
        assert not released.script.exists()
        assert "jupytext" not in nbformat.read(released.exercise, as_version=4).metadata
        assert [release(root=released.root)[0].outcome] == ["unchanged"]
        assert release(root=released.root, check=True)[0].outcome == "as built"
        [compared] = release(root=released.root, check=True, paired=True)
        assert f"exercises/{released.name}/{released.script.name}: it is missing" in "\n".join(
            map(str, compared.problems)
        )


class TestCheck:
    def test_a_fresh_build_passes_and_nothing_is_written(self, released: Any) -> None:
        before = released.everything()
        [result] = release(root=released.root, check=True)
        assert result.outcome == "as built"
        assert released.everything() == before

    def test_a_clone_without_scratch_state_passes(self, released: Any) -> None:
        (released.root / "gradebook.db").unlink()
        before = released.everything()
        assert release(root=released.root, check=True)[0].outcome == "as built"
        assert released.everything() == before

    def test_a_stale_file_is_named_with_the_first_difference(self, released: Any) -> None:
        released.exercise.write_text(released.exercise.read_text().replace("# Doubling", "# Dubbling"))
        before = released.everything()
        ran = run(released, "release", "--check")
        assert ran.returncode == 1
        assert "exercises/01_tiny/01_tiny.ipynb" in ran.stdout
        assert "Dubbling" in ran.stdout
        assert released.everything() == before

    def test_a_stale_output_is_told_with_its_cell_its_line_and_both_texts(self, released: Any) -> None:
        _change_outputs(released.solution, "text/plain", lambda text: text.replace("4.0", "3.9"))
        [result] = release(root=released.root, check=True)
        [told] = map(str, result.problems)
        source = released.source.read_text(encoding="utf-8").splitlines()
        line = next(n for n, text in enumerate(source, start=1) if '"check_double"' in text)
        assert "solutions/01_tiny/01_tiny.ipynb" in told
        assert f'cell "check_double" (source_notebooks/01_tiny.py:{line})' in told
        assert [text.split()[-1] for text in told.splitlines()[1:]] == ["3.9", "4.0"]

    def test_of_a_long_text_only_what_surrounds_the_difference_is_shown(self, course: Any) -> None:
        course.change("print(object(), double)", "print('x' * 5000 + 'here' + 'y' * 5000)")
        release(root=course.root)
        _change_outputs(course.solution, "text", lambda text: text.replace("here", "HERE"))
        [result] = release(root=course.root, check=True)
        told = str(result.problems[0])
        assert "HERE" in told
        assert "here" in told
        assert len(told) < 1000

    def test_a_picture_that_differs_is_not_printed(self, course: Any) -> None:
        drawn = "aGVyZSBpcyBhIHBpY3R1cmU" * 20
        show = f"from IPython.display import display; display({{'image/png': '{drawn}'}}, raw=True)"
        course.change("print(object(), double)", show)
        release(root=course.root)
        _change_outputs(course.solution, "image/png", lambda text: text.replace("aGVyZ", "bGVyZ"))
        [result] = release(root=course.root, check=True)
        told = str(result.problems[0])
        assert "a picture differs" in told
        assert "GVyZ" not in told

    def test_missing_and_stray_files_are_named(self, released: Any) -> None:
        released.script.unlink()
        released.solution.with_name("notes.txt").touch()
        [result] = release(root=released.root, check=True)
        told = "\n".join(map(str, result.problems))
        assert "01_tiny.py: it is missing" in told
        assert "notes.txt: it is not part of the build" in told

    def test_a_built_exercise_without_a_source_is_named(self, released: Any) -> None:
        (released.root / "exercises" / "00_old").mkdir()
        results = release(root=released.root, check=True)
        assert [result.name for result in results if result.problems] == ["exercises/00_old"]


class TestCommandLine:
    def test_exit_status_0_when_all_is_well(self, released: Any) -> None:
        ran = run(released, "release")
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "unchanged" in ran.stdout

    def test_exit_status_1_for_a_problem_in_a_source(self, course: Any) -> None:
        course.change("points=4)", "points=5)")
        ran = run(course, "release")
        assert ran.returncode == 1
        assert 'cell "check_double"' in ran.stdout

    def test_exit_status_2_for_an_unknown_name(self, course: Any) -> None:
        ran = run(course, "release", "01_tyny")
        assert ran.returncode == 2
        assert 'did you mean "01_tiny"?' in ran.stderr
        assert "Traceback" not in ran.stderr

    def test_exit_status_2_outside_a_course(self, tmp_path: Path) -> None:
        with pytest.raises(CannotRun, match="not a course"):
            release(root=tmp_path)

    def test_a_name_may_be_typed_as_a_path(self, released: Any) -> None:
        assert run(released, "release", "source_notebooks/01_tiny.py").returncode == 0

    def test_help_does_not_load_nbgrader(self, course: Any) -> None:
        code = (
            "import sys, course.command_line, course.building.release; "
            "print('nbgrader' in sys.modules, 'rich' in sys.modules)"
        )
        command = [sys.executable, "-c", code]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        assert ran.stdout.split() == ["False", "False"]

    def test_a_broken_gradebook_is_one_sentence(self, released: Any) -> None:
        (released.root / "gradebook.db").write_text("not a database")
        ran = run(released, "release")
        assert ran.returncode == 2
        assert "gradebook.db" in ran.stderr
        assert "Traceback" not in ran.stderr


def test_the_built_notebook_is_valid_for_nbformat(released: Any) -> None:
    for path in (released.exercise, released.solution):
        nbformat.validate(json.loads(path.read_text(encoding="utf-8")))
