"""Stand-ins are found wherever a student's code finds an earlier function, and leave no trace."""

from functools import lru_cache, partial

import numpy as np
import pytest

from checks.observing.standing_in import method_standing_in, standing_in

NOTEBOOK = """
def half(x):
    return "the student's"

alias = half

def by_name(x):
    return half(x)

def by_alias(x):
    return alias(x)

def by_default(x, f=half, *, g=half):
    return f(x) if f(x) == g(x) else "two functions"

def of_one_that_is_missing(x):
    return missing(x)

def through_another(x):
    return by_name(x)

class Callable:
    def __call__(self, x):
        return half(x)
"""


@pytest.fixture
def notebook():
    names = {}
    exec(NOTEBOOK, names)
    return names


def _callables(notebook):
    """Yield the ways in which a student's function may be handed over."""
    for name in ("by_name", "by_alias", "by_default", "of_one_that_is_missing", "through_another"):
        yield name, notebook[name]
    yield "callable object", notebook["Callable"]()
    yield "method", notebook["Callable"]().__call__
    yield "partly applied", partial(notebook["by_name"], 1)
    yield "cached", lru_cache(notebook["by_name"])
    yield "vectorised", np.vectorize(notebook["by_name"])


MAKERS = {"half": lambda own: lambda x: "stands in", "missing": lambda own: lambda x: "stands in"}


def _state(notebook):
    function = notebook["by_default"]
    return dict(notebook), function.__defaults__, function.__kwdefaults__, dict(vars(np.lib))


def test_whatever_the_student_calls_it_by_and_then_all_is_as_it_was(notebook):
    for how, student in _callables(notebook):
        before = _state(notebook)
        with standing_in(student, MAKERS):
            came = student() if how == "partly applied" else student(1)
        assert came == "stands in", how
        assert _state(notebook) == before, how


def test_all_is_as_it_was_where_the_student_raises(notebook):
    before = _state(notebook)
    with pytest.raises(ZeroDivisionError), standing_in(notebook["by_default"], MAKERS):
        raise ZeroDivisionError
    assert _state(notebook) == before


def test_a_stand_in_is_made_from_the_students_own_and_never_takes_its_own_place(notebook):
    with standing_in(notebook["by_name"], {"half": lambda own: lambda x: own(x).upper()}):
        assert notebook["by_name"](1) == "THE STUDENT'S"
    with standing_in(notebook["half"], MAKERS):
        assert notebook["half"](1) == "the student's"


class _Base:
    def forward(self, x):
        return x


class _Derived(_Base):
    def backward(self):
        return self.forward(2)


@pytest.mark.parametrize("owner", [_Base, _Derived])
def test_a_method_of_a_class_stands_in_for_its_own_or_an_inherited_one(owner):
    before = dict(vars(owner))
    with method_standing_in(owner, "forward", lambda own: lambda self, x: 10 * own(self, x)):
        assert _Derived().backward() == 20
    assert dict(vars(owner)) == before
    assert _Derived().backward() == 2


def test_a_method_of_one_object_leaves_the_others_alone():
    one, other = _Derived(), _Derived()
    with method_standing_in(one, "forward", lambda own: lambda x: 10 * own(x)):
        assert (one.backward(), other.backward()) == (20, 2)
    assert vars(one) == {}
