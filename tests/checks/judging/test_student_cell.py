"""A student's cell is read, whatever it is."""

import pytest

from checks.judging.student_cell import Place, assigns, handed_over, picks

MARKS = "\u0316\u0301"
"""Marks below and above a letter, which Python sorts."""


@pytest.mark.parametrize(
    ("code", "text", "picked"),
    [
        ("a = b.c", "b.c", True),
        ("a = b[0]", "b[0]", False),
        ("for i in c:\n    a = b[i]", "b[i]", True),
        ("a = [b[i] for i in b[0]]", "b[0]", True),
        ("a = (b + c).T", "(b + c).T", False),
        ("a = f(b)", "f(b)", False),
        ("ä = ö.ü", "ö.ü", True),
    ],
)
def test_what_only_says_where_a_value_is_kept_is_told(code, text, picked):
    lines = code.split("\n")
    number = next(n for n, line in enumerate(lines, start=1) if text in line)
    begin = lines[number - 1].index(text)
    assert picks(lines, Place(number, begin, number, begin + len(text))) is picked


@pytest.mark.parametrize(
    "code", ["(" * 10_000, f"a{MARKS[1] * 20_000}{MARKS[0] * 20_000} = 1", "-" * 50_000 + "a", "\0"]
)
def test_nothing_is_said_of_code_that_cannot_be_read(code):
    assert not picks([code], Place(1, 0, 1, len(code)))
    assert not handed_over((code,), Place(1, 0, 1, len(code)))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("    a = b", {"a"}),
        ("a[l], b[l] = x @ W[l], c", {"a[l]", "b[l]"}),
        ("a += b", {"a"}),
        ("a @= b", {"a"}),
        ("f(a)", set()),
        ("return a", set()),
    ],
)
def test_the_names_that_a_line_gives_values_to_are_told(line, names):
    assert {name for name in ("a", "b", "c", "a[l]", "b[l]", "W[l]") if assigns(line, name)} == names
