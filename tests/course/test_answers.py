"""What students type is read as it is written, and what cannot be read is named with its cell."""

from pathlib import Path

import pytest

from course.answers import Answers
from course.problems import CannotRun

DOUBLE = """
# %% right: product
def double(x):
    return 2 * x

# %% mistake: squared
changed("right: product", ("2 * x", "x * x"))
# %% mistake: squared/power
changed("mistake: squared", ("x * x", "x**2"), ("x)", "x: float)"))

# %% hostile: exits
import sys

def double(x):
    sys.exit(0)

# %% equivalent: two is two
changed("solution", ("return x + x", "return 1 * x + x"))
changed("solution", ("return x + x", "return x + 1 * x"))

# %% alike: two is the same as two squared
"right", "squared"
"""

FRAMED = """
# %% frame
@timed
def double(x):
    return ...

# %% right: product
2 * x
# %% right: two-lines
(
    x
    + x
)

# %% right: in-a-loop
for _ in range(2):
    x = x * 2 ** 0.5
return x

# %% right: another-way
double = lambda x: 2 * x
# %% right: of-a-class
Numbers.double = Numbers.twice
"""


def answers(folder: Path, **files: str) -> Answers:
    place = folder / "answers" / "07_doubling"
    place.mkdir(parents=True)
    for task, text in files.items():
        (place / f"{task}.py").write_text(text, encoding="utf-8")
    return Answers(folder / "07_doubling.py")


def test_a_cell_is_what_stands_below_its_header_or_another_one_with_words_changed(tmp_path: Path) -> None:
    found = answers(tmp_path, double=DOUBLE)
    assert found.typed("right") == {"double": {"product": "def double(x):\n    return 2 * x\n"}}
    assert found.typed("mistake")["double"] == {
        "squared": "def double(x):\n    return x * x\n",
        "squared/power": "def double(x: float):\n    return x**2\n",
    }
    assert found.typed("hostile")["double"]["exits"] == "import sys\n\ndef double(x):\n    sys.exit(0)\n"
    assert found.typed("unnamed") == {}


def test_what_is_declared_has_its_reason(tmp_path: Path) -> None:
    task = answers(tmp_path, double=DOUBLE).by_task["double"]
    assert task.equivalent == {
        "return x + x → return 1 * x + x": "two is two",
        "return x + x → return x + 1 * x": "two is two",
    }
    assert task.alike == {("right", "squared"): "two is the same as two squared"}


def test_a_frame_is_filled_by_what_does_not_define_its_name(tmp_path: Path) -> None:
    head = "@timed\ndef double(x):\n"
    assert answers(tmp_path, double=FRAMED).typed("right")["double"] == {
        "product": f"{head}    return 2 * x\n",
        "two-lines": f"{head}    return (\n        x\n        + x\n    )\n",
        "in-a-loop": f"{head}    for _ in range(2):\n        x = x * 2 ** 0.5\n    return x\n",
        "another-way": "double = lambda x: 2 * x\n",
        "of-a-class": "Numbers.double = Numbers.twice\n",
    }


def test_a_frame_with_several_gaps_takes_an_expression_for_each(tmp_path: Path) -> None:
    text = "# %% frame\nboth = {'a': ..., 'b': ...}\n\n# %% right: it\n1 / (2 + 3), max(4, 5)\n"
    found = answers(tmp_path, both=text)
    assert found.typed("right") == {"both": {"it": "both = {'a': 1 / (2 + 3), 'b': max(4, 5)}\n"}}


def test_who_hands_in_what_stands_beside_the_tasks(tmp_path: Path) -> None:
    found = answers(tmp_path, demo_class='# %% ada\n\n# %% emmy\ndouble = "mistake: squared/power"\n')
    assert found.students() == {"ada": {}, "emmy": {"double": ("mistake", "squared/power")}}
    assert found.by_task == {}


def test_an_exercise_without_answers_has_none(tmp_path: Path) -> None:
    found = Answers(tmp_path / "07_doubling.py")
    assert (found.by_task, found.students()) == ({}, {})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("# %% wrong: squared\nx\n", "expected one of right, mistake"),
        ("# %% right\nx\n", "expected one of right, mistake"),
        ("# %% right: product\nx\n", "has not been given yet"),
        ('# %% right: it\nchanged("right: sum", ("a", "b"))\n', "there is no 'right: sum'"),
        ('# %% right: it\nchanged("right: product", ("3 * x", "b"))\n', "'3 * x' does not occur"),
        ('# %% right: it\nchanged("right: product", words)\n', "malformed"),
        ("# %% right: it\ndef double(x)\n", "expected ':'"),
        ("# %% equivalent: it\nx = 1\n", "line 1 is none"),
        ("# %% equivalent: it\nx + 1\n", "expected changed("),
        ('# %% right: it\nchanged("right: product", ("2 * x", "x", "y"))\n', "expected changed("),
        ('# %% right: it\nchanged("right: product", ("2 * x", "x"), every=1)\n', "expected changed("),
        ('# %% right: it\nchanged("right: product", ("x", "x"))\n', "expected changed("),
        ('# %% right: it\nchanged("right: product", ("", "x"))\n', "expected changed("),
        ('# %% right: it\nchanged("right: product")\n', "expected changed("),
        ("# %% right: it\nchanged()\n", "expected changed("),
        ('# %% right: it\nchanged(7, ("2", "3"))\n', "expected changed("),
        ("# %% right: it\n\n", "nothing stands below it"),
        ("# %% right: it", "nothing stands below it"),
        ("# %% frame\na = ..., ...\n\n# %% right: it\n1, 2, 3\n", "there are 3"),
    ],
)
def test_what_cannot_be_read_is_named_with_file_and_cell(tmp_path: Path, cell: str, expected: str) -> None:
    header = cell.splitlines()[-2].removeprefix("# %% ") if "frame" in cell else cell.splitlines()[0][5:]
    with pytest.raises(CannotRun) as why:
        answers(tmp_path, double=f"{DOUBLE}\n{cell}").by_task  # noqa: B018
    assert f"07_doubling/double.py, cell '{header}': " in str(why.value)
    assert expected in str(why.value)


def test_a_student_hands_in_cells_by_name_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="emmy: expected lines such as"):
        answers(tmp_path, demo_class="# %% emmy\ndouble = 3\n").students()


@pytest.mark.parametrize(
    "text", ["\ufeff" + DOUBLE.lstrip(), DOUBLE.replace("# %%", "#%%"), DOUBLE.replace("\n", "\r\n")]
)
def test_how_an_editor_writes_it_makes_no_difference(tmp_path: Path, text: str) -> None:
    (tmp_path / "other").mkdir()
    assert answers(tmp_path / "other", double=text).by_task == answers(tmp_path, double=DOUBLE).by_task


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"# by hand\ndef double(x):\n    return 2 * x\n", "above 'def double(x):'"),
        (b"# %% right: it\nx = '\xe9'\n", "expected UTF-8"),
    ],
)
def test_nothing_is_left_out_in_silence(tmp_path: Path, written: bytes, expected: str) -> None:
    found = answers(tmp_path, double="")
    (tmp_path / "answers" / "07_doubling" / "double.py").write_bytes(written)
    with pytest.raises(CannotRun, match=r"^07_doubling/double\.py: ") as refused:
        _ = found.by_task
    assert expected in str(refused.value)
