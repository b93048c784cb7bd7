"""Every check is what its description says: in an editor, in `help`, in a notebook, and when it is called wrongly."""

import inspect
import pickle
import pydoc
import traceback
from importlib import import_module

import pytest

from checks.check import CheckFailed
from checks.registry import Checks
from tests.checks.test_sides import EXERCISES

DESCRIBED = [
    pytest.param(getattr(import_module(name), f"check_{task}"), id=f"{name.removeprefix('checks.')}-{task}")
    for name in EXERCISES
    for task in import_module(name).CHECKS
]


@pytest.mark.parametrize("check", DESCRIBED)
def test_help_says_what_is_checked_what_it_takes_and_what_it_raises(check):
    subject, *others = inspect.signature(check).parameters.values()
    assert subject.annotation == "Any"
    assert subject.default is None
    assert [*map(str, others)] == ["points: 'float | None' = None", "seed: 'int' = 0"]
    assert others[1].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.signature(check).return_annotation == "float | None"
    told = pydoc.plain(pydoc.render_doc(check))
    assert f"{check.__name__}({subject.name}: 'Any' = None, points: 'float | None' = None, *, seed: 'int' = 0)" in told
    what, *_, last = inspect.getdoc(check).split("\n\n")
    assert what.startswith("Check ")
    assert last == "Raises:\n    CheckFailed: if it is not right; with `points` only if nothing was earned."


@pytest.mark.parametrize("check", DESCRIBED)
def test_it_is_a_function_of_its_exercise_that_can_be_sent_and_called_by_name(check):
    assert pickle.loads(pickle.dumps(check)) is check
    assert check is getattr(import_module(check.__module__), check.__name__)
    assert f"def {check.__name__}(" in inspect.getsource(check)
    with pytest.raises(TypeError, match=rf"^{check.__name__}\(\) got an unexpected keyword argument 'point'"):
        check(None, point=3)
    with pytest.raises(TypeError, match=rf"^{check.__name__}\(\) takes from 0 to 2 positional arguments"):
        check(None, 3, 5)


@pytest.mark.parametrize("exercise", [name for name in EXERCISES if "frameworks" not in name])
def test_the_first_argument_has_a_name_and_points_stand_second(exercise):
    for task in import_module(exercise).CHECKS:
        check = getattr(import_module(exercise), f"check_{task}")
        first = next(iter(inspect.signature(check).parameters))
        with pytest.raises(CheckFailed) as by_name:
            check(**{first: None})
        with pytest.raises(CheckFailed) as by_place:
            check(None, 3.0, seed=2)
        assert by_name.value.verdict.state is by_place.value.verdict.state, task


def test_a_failure_is_one_line_in_jupyter_and_shows_no_more_frames_than_it_needs():
    from checks.by_hand import check_E

    with pytest.raises(CheckFailed) as failed:
        check_E(E=7.0)
    ours = [frame.name for frame in traceback.extract_tb(failed.tb)][1:]
    assert ours == ["check_E", "__call__", "reported"]
    assert len(failed.value._render_traceback_()) == 1


def test_the_task_of_a_function_is_meant_where_one_is_given():
    from checks.by_hand import CHECKS, check_forward

    assert CHECKS["forward"].of_functions == "forward_pass"
    with pytest.raises(CheckFailed) as failed:
        check_forward(lambda x, W1, W2: None)
    assert failed.value.verdict.task == "forward_pass"
    with pytest.raises(CheckFailed) as failed:
        check_forward(dict)
    assert failed.value.verdict.task == "forward"


def test_a_description_that_takes_something_else_is_refused():
    def check_backward(net=None, *, seed=0):
        """Check it."""

    with pytest.raises(TypeError, match=r"check_backward .*\(X, points, \*, seed\)"):
        Checks("checks.by_hand").of(print)(check_backward)
