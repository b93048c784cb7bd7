"""A student's own lines with marks: as text, where they line up, and as HTML, where they are read out."""

from checks.explaining.html import as_html
from checks.explaining.margin import FOLDED, as_figure, as_lines, shown
from checks.explaining.text import as_text
from checks.judging.verdict import Margin, Mark, State, Verdict, What

SOURCE = (
    "import numpy as np",
    "",
    "",
    "def f(self, x):",
    "    a = g(x)",
    "    return a < x @ self.w",
    "",
    "after = 1",
)
RIGHT = Mark(5, What.RIGHT, "Z⁽¹⁾", "(1)")
WRONG = Mark(6, What.WRONG, "A⁽¹⁾", "(2), (3)", begin=15, end_line=6, end=25)
STOPS = Mark(6, What.STOPS)
MARGIN = Margin(SOURCE, (RIGHT, WRONG))


def test_as_text_marks_stand_before_the_lines_and_what_is_wrong_is_underlined():
    assert as_lines(MARGIN) == [
        "In your own lines:",
        "       4  def f(self, x):",
        "✓ Z⁽¹⁾ 5      a = g(x)",
        "✗      6      return a < x @ self.w",
        "                         ^^^^^^^^^^",
        "✓ is right. ✗ is the first value that is not, on the way to A⁽¹⁾, equations (2) and (3); "
        "what comes after it is not judged.",
    ]


def test_in_a_class_the_lines_are_not_further_in():
    indented = tuple(f"    {line}" if line else "" for line in SOURCE)
    wrong = Mark(6, What.WRONG, begin=19, end_line=6, end=29)
    lines = as_lines(Margin(("class A:", *indented[1:]), (wrong,)))
    assert lines[1:5] == [
        "   4  def f(self, x):",
        "   5      a = g(x)",
        "✗  6      return a < x @ self.w",
        " " * 21 + "^" * 10,
    ]


def test_where_it_stops_is_a_sign_of_its_own():
    lines = as_lines(Margin(SOURCE, (STOPS,)))
    assert "■  6      return a < x @ self.w" in lines
    assert "^" not in "".join(lines)
    assert "✓" not in lines[-1]
    assert "✗" not in lines[-1]


def test_what_goes_on_in_the_next_line_is_underlined_to_the_end_of_its_first():
    wrong = Mark(6, What.WRONG, begin=11, end_line=7, end=3)
    assert as_lines(Margin(SOURCE, (wrong,)))[-2].strip() == "^" * len("a < x @ self.w")


def test_of_a_long_function_what_is_far_from_marks_is_left_out():
    source = ("def f(x):", *(f"    x = x + {n}" for n in range(60)), "    return x")
    lines = list(shown(Margin(source, (Mark(40, What.WRONG),))))
    assert lines[0] == (1, "def f(x):", None)
    assert [code for number, code, _ in lines if not number] == [FOLDED]
    assert len(lines) < 15
    assert any(mark for _, _, mark in lines)


def test_as_html_signs_are_read_out_and_code_is_escaped():
    html = as_figure(MARGIN)
    assert "a &lt; " in html
    assert ">x @ self.w</mark>" in html
    assert f'aria-label="{What.RIGHT}"' in html
    assert f'aria-label="{What.WRONG}"' in html
    assert "<script" not in as_figure(Margin(("def f():", "    '<script>'"), (Mark(2, What.STOPS),)))


def test_a_report_shows_the_margin_between_evidence_and_hint():
    verdict = Verdict("f", State.WRONG, "f is wrong.", evidence="Seen on a case.", next_step='hint("f")', margin=MARGIN)
    text = as_text(verdict)
    assert text.index("Seen on a case.") < text.index("In your own lines:") < text.index("Next:")
    html = as_html(verdict)
    assert html.index("Seen on a case.") < html.index("In your own lines:") < html.index("Next:")
