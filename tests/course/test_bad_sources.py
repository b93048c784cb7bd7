"""A source with a mistake in it is refused with its file, its cell and a sentence, and nothing is written."""

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[[], list[str]]

CHECK = '# %% nbgrader={"grade_id": "check_double", "grade": true, "points": 4}\ncheck_double(double, points=4)\n'
SECOND = '# %% nbgrader={"grade_id": "double", "solution": true}\n### BEGIN SOLUTION\n1\n### END SOLUTION\n'

# what is changed in the good source, into what, the cell that is named, and words that the sentence must have
MISTAKES = {
    "a duplicate grade_id": (CHECK, SECOND + CHECK, '"double"', "already"),
    "an unclosed solution region": ("    ### END SOLUTION\n", "", '"double"', "never ended"),
    "an unopened solution region": ("    ### BEGIN SOLUTION\n", "", '"double"', "never begun"),
    "a region inside a region": (
        "    twice_as_much",
        "    ### BEGIN SOLUTION\n    twice_as_much",
        '"double"',
        "inside",
    ),
    "a region in a cell that is no solution": (
        "from checks import check_double",
        "### BEGIN SOLUTION\nfrom checks import check_double\n### END SOLUTION",
        '"given"',
        "must stand in a solution cell",
    ),
    "a mark scheme in an answer": (
        "# Why is that so?",
        "# ### BEGIN MARK SCHEME\n# 1 point\n# ### END MARK SCHEME",
        '"why"',
        "task cell",
    ),
    "hidden tests that never end": (
        "check_double(double",
        "### BEGIN HIDDEN TESTS\ncheck_double(double",
        "",
        "never ended",
    ),
    "a solution line that was left outside": (
        "    ### BEGIN SOLUTION\n    twice_as_much = x + x\n",
        "    twice_as_much = x + x\n    ### BEGIN SOLUTION\n",
        '"double"',
        "`twice_as_much = x + x` stands outside",
    ),
    "a comment that splits a solution": (
        "    twice_as_much = x + x\n",
        "    # %% now double it\n    twice_as_much = x + x\n",
        "",
        "without the %%",
    ),
    "a comment that splits a region": (
        "    ### BEGIN SOLUTION\n",
        "    ### BEGIN SOLUTION\n# %% now double it\n",
        "",
        "without the %%",
    ),
    "tabs among blanks": ("    return twice", "\treturn twice", '"double"', "not Python"),
    "a solution cell without a region": (
        "    ### BEGIN SOLUTION\n    twice_as_much = x + x\n    return twice_as_much\n    ### END SOLUTION\n",
        "    return x + x\n",
        '"double"',
        "needs a SOLUTION region",
    ),
    "a check without its task": (
        '"grade_id": "double"',
        '"grade_id": "twice"',
        '"check_double"',
        'solution cell "double"',
    ),
    "a task without its check": (CHECK, "", '"double"', '"check_double"'),
    "a check that is not named after a task": (
        '"grade_id": "check_double"',
        '"grade_id": "test1"',
        '"test1"',
        "check_",
    ),
    "points that disagree": ("points=4", "points=5", '"check_double"', "4 points"),
    "points that are not passed on": (", points=4", "", '"check_double"', "points=4"),
    "points that are computed": ("points=4", "points=2 * 2", '"check_double"', "plain number"),
    "another check called": ("check_double(double, points=4)", "print(double, 4)", '"check_double"', "no"),
    "a check that is not the last line": ("points=4)\n", "points=4)\nprint()\n", '"check_double"', "last line"),
    "a check with a semicolon": ("points=4)\n", "points=4);\n", '"check_double"', "semicolon"),
    "a check that is not Python": ("points=4)\n", "points=4))\n", '"check_double"', "not Python"),
    "settings that are not JSON": ('"grade_id": "double",', '"grade_id": "double"', "number 3", "JSON"),
    "settings that stop half-way": ('"solution": true}\ndef', '"solution": true\ndef', "", "JSON"),
    "a misspelt setting": ('"locked"', '"loked"', '"given"', 'did you mean "locked"?'),
    "a setting of the wrong type": ('"locked": true', '"locked": "yes"', '"given"', "true or false"),
    "no points": (', "points": 2', "", '"why"', "points"),
    "negative points": ('"points": 2', '"points": -2', '"why"', "from 0 up"),
    "points on a cell that is not graded": ('"locked": true', '"locked": true, "points": 1', '"given"', "not graded"),
    "no name": ('"grade_id": "given", ', "", "number 2", "grade_id"),
    "an impossible name": ('"grade_id": "given"', '"grade_id": "ä b"', '"ä b"', "letters"),
    "no role": (', "locked": true', "", '"given"', "role"),
    "a task for the solution only": (
        '"solution": true}\ndef',
        '"solution": true} tags=["solution-only"]\ndef',
        '"double"',
        "no nbgrader",
    ),
    "an answer that is not graded": ('"grade": true, "solution": true', '"solution": true', '"why"', "both"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_source_is_named_with_its_cell(mistake: str, course: Any, problems_of: Told) -> None:
    old, new, cell, words = MISTAKES[mistake]
    course.change(old, new)
    told = problems_of()
    assert all(line.startswith("source_notebooks/01_tiny.py") for line in told)
    assert any(cell in line and words in line for line in told), told


def test_the_line_of_the_cell_is_given(course: Any, problems_of: Told) -> None:
    course.change("points=4)", "points=5)")
    line = course.source.read_text(encoding="utf-8").splitlines().index(CHECK.splitlines()[0]) + 1
    assert problems_of()[0].startswith(f'source_notebooks/01_tiny.py:{line}: cell "check_double":')


def test_a_line_that_is_not_python_is_given_as_the_sources_own(course: Any, problems_of: Told) -> None:
    course.change("    return twice_as_much", "    return twice as much")
    line = course.source.read_text(encoding="utf-8").splitlines().index("    return twice as much") + 1
    [told] = problems_of()
    assert told.startswith(f'source_notebooks/01_tiny.py:{line}: cell "double": it is not Python')


def test_a_comment_that_splits_a_cell_is_all_that_is_said(course: Any, problems_of: Told) -> None:
    course.change("    twice_as_much = x + x\n", "    # %% now double it\n    twice_as_much = x + x\n")
    [told] = problems_of()
    assert "# %%" in told


def test_a_byte_order_mark_does_no_harm(course: Any) -> None:
    from course.building.sources import read_source

    before = read_source(course.source)
    course.source.write_bytes("\ufeff".encode() + course.source.read_bytes())
    assert read_source(course.source).notebook == before.notebook


def test_the_points_of_a_check_stand_in_its_call_alone(course: Any) -> None:
    from course.building.sources import read_source

    before = read_source(course.source)
    course.change(', "points": 4', "")
    after = read_source(course.source)
    assert after.notebook == before.notebook
    assert [cell.nbgrader["points"] for cell in after.cells if cell.is_check] == [4]


def test_a_line_that_says_it_is_given_may_stand_outside_the_marks(course: Any) -> None:
    from course.building.sources import read_source

    line = "    twice_as_much = x + x\n"
    course.change("    ### BEGIN SOLUTION\n" + line, line.replace("\n", "  # given\n") + "    ### BEGIN SOLUTION\n")
    assert any("# given" in cell.source for cell in read_source(course.source).cells)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('{"double": Item(5, "Doubling")}, written=2', "5 points"),
        ('{"double": Item(4, "Doublin")}, written=2', '"Doublin"'),
        ('{"double": Item(4, "Doubling"), "halve": Item(1, "Halving")}, written=2', "check_halve"),
        ('{"double": Item(4, "Doubling")}', "written=0"),
    ],
)
def test_contents_that_say_other_than_the_notebook_are_named(
    said: str, words: str, course: Any, problems_of: Told
) -> None:
    contents = course.checks.parent / "tiny" / "contents.py"
    contents.parent.mkdir()
    contents.write_text(f'from checks.contents import Contents, Item\n\nCONTENTS = Contents("tiny", {said})\n')
    [told] = problems_of()
    assert words in told


def test_a_heading_says_the_points_below_it(course: Any, problems_of: Told) -> None:
    course.change("# # Doubling", "# # Doubling (7 points)")
    [told] = problems_of()
    assert "says 7 points, but its cells give 6" in told


def test_all_problems_are_listed_at_once(course: Any, problems_of: Told) -> None:
    course.change("    ### END SOLUTION\n", "")
    course.change("points=4)", "points=5)")
    course.change('"locked"', '"loked"')
    told = "\n".join(problems_of())
    assert all(word in told for word in ("never ended", "points=5", "loked"))


def test_a_name_is_suggested_for_a_check_whose_task_is_misspelt(course: Any, problems_of: Told) -> None:
    course.change('"grade_id": "double"', '"grade_id": "doubel"')
    assert any('did you mean "doubel"?' in line for line in problems_of())


def test_an_empty_source_is_refused(course: Any, problems_of: Told) -> None:
    course.write("")
    [told] = problems_of()
    assert "# %%" in told


def test_a_source_that_is_not_text_is_refused(course: Any, problems_of: Told) -> None:
    course.source.write_bytes(b"# %%\nname = '\xff'\n")
    [told] = problems_of()
    assert "01_tiny.py:2" in told
    assert "UTF-8" in told


def test_one_bad_source_does_not_keep_the_others_from_being_looked_at(course: Any) -> None:
    from course.building.release import release

    course.source.with_name("02_bad.py").write_text(SECOND)
    course.source.with_name("03_bad.py").write_text(CHECK)
    results = release(["02_bad", "03_bad"], root=course.root)
    assert [result.outcome for result in results] == ["failed", "failed"]
