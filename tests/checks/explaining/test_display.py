"""A report is shown in a notebook as text, HTML and data, and printed anywhere else."""

from checks.explaining.display import MIME, bundle, show, show_bundle
from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.verdict import State, Verdict

VERDICT = Verdict("half", State.WRONG, "half: wrong.", earned=0.5)


def test_a_notebook_is_given_text_html_and_data(shown):
    show(VERDICT, 4)
    [output] = shown
    assert output["data"] == bundle(VERDICT, 4)
    assert output["data"] == {
        "text/plain": as_text(VERDICT, 4),
        "text/html": as_html(VERDICT, 4),
        MIME: {**VERDICT.as_data(), "points": 4},
    }
    assert "2 of 4" in output["data"]["text/plain"]


def test_a_terminal_is_given_text(capsys):
    show(VERDICT, 4)
    assert capsys.readouterr().out == as_text(VERDICT, 4) + "\n"
    assert show_bundle({"text/plain": "here"}, updatable=True) is None


def test_what_is_shown_can_be_replaced_where_that_was_asked_for(shown):
    assert show_bundle({"text/plain": "first"}) is None
    update = show_bundle({"text/plain": "second"}, updatable=True)
    update({"text/plain": "third"})
    assert [output["data"]["text/plain"] for output in shown] == ["first", "second", "third"]
    assert [output["update"] for output in shown] == [False, False, True]
    assert shown[1]["transient"] == shown[2]["transient"]
