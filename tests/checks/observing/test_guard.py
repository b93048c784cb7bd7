"""What a student's code prints, warns, seeds or sets does not outlive its observation."""

import builtins
import os
import random
import sys
import warnings

import numpy as np
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

from checks.judging import comparing
from checks.observing.guard import undisturbed


def test_nothing_reaches_stdout_or_stderr_and_both_are_reported(capfd):
    with undisturbed() as trace:
        print("from Python")
        print("complaint", file=sys.stderr)
        os.write(1, b"from C\n")
        os.write(2, b"from C too\n")
        os.system("echo from a child >&2")
        warnings.warn("careful", stacklevel=1)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")
    assert "from Python" in trace.printed
    assert "from C\n" in trace.printed
    assert "complaint" in trace.complained
    assert "from a child" in trace.complained
    assert trace.warned == ["UserWarning: careful"]


def test_random_generators_modes_and_filters_are_as_before():
    state = random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()
    modes = torch.get_default_dtype(), torch.is_grad_enabled(), np.geterr(), list(warnings.filters)
    with undisturbed():
        random.seed(1)
        np.random.seed(1)
        torch.manual_seed(1)
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)
        np.seterr(all="ignore")
        warnings.simplefilter("error")
    assert (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist()) == state
    assert (torch.get_default_dtype(), torch.is_grad_enabled(), np.geterr(), list(warnings.filters)) == modes


def test_everything_is_put_back_after_an_exception_too(capfd):
    try:
        with undisturbed():
            torch.set_default_dtype(torch.float64)
            os.write(2, b"noise")
            raise ValueError
    except ValueError:
        pass
    assert torch.get_default_dtype() == torch.float32
    assert capfd.readouterr().err == ""


def test_functions_of_numpy_and_torch_that_are_assigned_anew_are_put_back():
    exp, norm, tanh = np.exp, np.linalg.norm, torch.tanh
    with undisturbed():
        np.exp = np.linalg.norm = torch.tanh = np.sin
    assert (np.exp, np.linalg.norm, torch.tanh) == (exp, norm, tanh)


def test_functions_are_put_back_each_time_whatever_takes_their_place():
    class Alike:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    exp, norm = np.exp, np.linalg.norm
    for _ in range(2):
        with undisturbed():
            np.exp = Alike()
            del np.linalg.norm
            np.added_by_a_student = 1
        assert np.exp is exp
        assert np.linalg.norm is norm
    del np.added_by_a_student


def test_what_a_notebook_itself_assigns_stays(monkeypatch):
    monkeypatch.setattr(np, "exp", np.exp)  # which puts it back after this test
    for own in (np.sin, np.cos):
        np.exp = own
        with undisturbed():
            np.exp = np.tan
        assert np.exp is own


def test_what_judges_cannot_be_assigned_anew_by_what_is_judged():
    right, everything = comparing.relative_error, all
    with undisturbed():
        comparing.relative_error = lambda came, expected: 0.0
        builtins.all = lambda _: True
    assert comparing.relative_error is right
    assert builtins.all is everything
    with pytest.raises(TypeError):
        comparing.TOLERANCE["float64"] = 1.0


def test_a_widgets_message_that_arrives_meanwhile_is_not_lost():
    shell = InteractiveShell.instance()
    try:
        with undisturbed():
            shell.display_pub.set_parent({"header": {}})
    finally:
        InteractiveShell.clear_instance()
