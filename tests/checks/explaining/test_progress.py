"""`progress()`: what is done, and that it follows the checks."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell

from checks import CheckFailed, check_backward, check_forward, check_get_loss, progress
from checks.explaining.progress import progress_html, progress_text, rows
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
