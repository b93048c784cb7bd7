"""`progress()`: what is done, and that it follows the checks."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from checks import CheckFailed, check_backward, check_forward, check_get_loss, progress
from checks.contents import Contents, Item
from checks.explaining.look import COLOURS
from checks.explaining.progress import progress_html, progress_text, rows, show_progress
from checks.judging.reference import Reference
from checks.judging.task import Task
from checks.judging.verdict import State, Verdict
from checks.neural_network.contents import CONTENTS
from checks.session import SESSION
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes


@pytest.fixture(autouse=True)
def fresh_session():
    SESSION.attempts.clear()
    SESSION.listeners.clear()
    yield
    SESSION.attempts.clear()
    SESSION.listeners.clear()


def test_before_any_check_every_task_is_listed_as_not_checked(capsys):
    progress()
    printed = capsys.readouterr().out
    assert "0 of 6 tasks right, 0 of 28 points" in printed
    assert printed.count("Not checked yet") == 6
    assert "12 more points are for written answers" in printed


def test_right_partly_right_and_not_attempted_are_told_apart(student, notebook, capsys):
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    partly = student("backward", MISTAKES["backward"]["derivative-left-out-in-hidden-layers"])
    assert 0 < check_backward(partly, points=12) < 12
    stub = "@add_to_class(NeuralNetwork)\ndef get_loss(self, x, y):\n    raise NotImplementedError()\n"
    with pytest.raises(CheckFailed):
        check_get_loss(student("get_loss", stub))
    assert [row.word for row in rows(CONTENTS)] == [
        "Not checked yet",
        "Right",
        "Not attempted yet",
        "Partly right",
        "Not checked yet",
        "Not checked yet",
    ]
    assert len({row.symbol for row in rows(CONTENTS)}) == 3
    assert "1 of 6 tasks right" in progress_text(CONTENTS)


def test_points_count_even_where_the_check_was_called_without_them(notebook, capsys):
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert "1 of 6 tasks right, 4 of 28 points" in progress_text(CONTENTS)


def test_in_a_notebook_the_table_follows_later_checks(notebook, monkeypatch):
    shown = []

    class Handle:
        def update(self, bundle, raw):
            shown.append(bundle["text/plain"])

    monkeypatch.setattr("IPython.get_ipython", lambda: InteractiveShell.instance())
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw, display_id=None: display_id and Handle())
    progress()
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert len(shown) == 1
    assert "1 of 6 tasks right" in shown[0]
    InteractiveShell.clear_instance()


def test_a_listener_that_fails_costs_nobody_a_verdict(notebook, capsys):
    def fails(attempts):
        raise RuntimeError("the page is gone")

    SESSION.listeners["fails"] = fails
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert "forward is right" in capsys.readouterr().out
    assert not SESSION.listeners


def test_the_html_has_headers_for_rows_and_columns_and_no_state_by_colour_alone():
    html = progress_html(CONTENTS)
    assert html.count('scope="row"') == 6
    assert html.count('scope="col"') == 4
    assert len(re.findall("Not checked yet", html)) == 6


TINY = Contents("tiny", {name: Item(4, f"Of <{name}>") for name in ("half", "third", "quarter")}, written=2)


def _checked(name, state, earned=0.0, exercise="tiny"):
    task = Task(name, Reference, (), "", ())
    SESSION.remember(exercise, task, Verdict(name, state, "", earned=earned))


def test_a_table_tells_how_each_task_stands():
    _checked("half", State.RIGHT, 1.0)
    _checked("third", State.WRONG, 0.5)
    _checked("quarter", State.RIGHT, 1.0, exercise="another")
    assert progress_text(TINY).splitlines() == [
        "Progress: 1 of 3 tasks right, 6 of 12 points",
        "  ✓ half        4 of 4    Right",
        "  ◐ third       2 of 4    Partly right",
        "  ○ quarter     0 of 4    Not checked yet",
        "2 more points are for written answers, which a person marks.",
    ]
    html = progress_html(TINY)
    assert "width:50.0%" in html
    assert [html.count(COLOURS[state]) for state in (State.RIGHT, State.WRONG, State.NOT_ATTEMPTED)] == [2, 1, 1]
    assert "Of &lt;half&gt;" in html
    assert "2 more points" in html


def test_what_is_wrong_and_earns_nothing_is_not_partly_right():
    _checked("half", State.WRONG)
    row, *_ = rows(TINY)
    assert (row.symbol, row.word) == ("✗", "Not right yet")


def test_where_nothing_is_written_or_nothing_is_worth_points_that_is_fine():
    free = Contents("tiny", {"half": Item(0, "Halves")})
    assert progress_text(free).splitlines()[1:] == ["  ○ half     0 of 0    Not checked yet"]
    assert "width:0.0%" in progress_html(free)
    assert "written answers" not in progress_html(free)


def test_the_table_follows_the_checks_of_its_exercise_only(shown):
    show_progress(TINY)
    _checked("half", State.RIGHT, 1.0)
    _checked("third", State.RIGHT, 1.0, exercise="another")
    show_progress(TINY)
    _checked("third", State.RIGHT, 1.0)
    assert [output["update"] for output in shown] == [False, True, False, True]
    assert "1 of 3" in shown[1]["data"]["text/plain"]
    assert "2 of 3" in shown[3]["data"]["text/html"]
