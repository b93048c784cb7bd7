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
from checks.observing.guard import Trace, undisturbed


def test_nothing_reaches_stdout_or_stderr_and_both_are_reported(capfd):
    with undisturbed() as trace:
        print("from Python")
        print("complaint", file=sys.stderr)
        os.write(1, b"from C\n")
        os.write(2, b"from C too\n")
        os.system("echo from a child >&2")
        warnings.warn("careful", stacklevel=1)
    os.write(1, b"later")
    os.write(2, b"later still")
    assert capfd.readouterr() == ("later", "later still")
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


@pytest.mark.parametrize("drawn", range(4))
def test_numpy_goes_on_with_the_number_that_would_have_come(drawn):
    np.random.seed(7)
    with undisturbed():
        np.random.normal()
    expected = np.random.RandomState(7).normal(size=9).tolist()
    came = np.random.normal(size=drawn).tolist()  # of which every other one was kept since the one before
    with undisturbed():
        np.random.normal(size=3)
        np.random.seed(1)
    assert came + np.random.normal(size=9 - drawn).tolist() == expected


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
            np.added_by_a_student = 1  # type: ignore[attr-defined]
        assert np.exp is exp
        assert np.linalg.norm is norm
    del np.added_by_a_student  # type: ignore[attr-defined]


def test_what_a_notebook_itself_assigns_stays(monkeypatch):
    monkeypatch.setattr(np, "exp", np.exp)  # which puts it back after this test
    for own in (np.sin, np.cos):
        np.exp = own
        with undisturbed():
            np.exp = np.tan
        assert np.exp is own  # type: ignore[comparison-overlap]


def test_what_judges_cannot_be_assigned_anew_by_what_is_judged():
    right, everything = comparing.relative_error, all
    with undisturbed():
        comparing.relative_error = lambda came, expected: 0.0
        builtins.all = lambda _: True
    assert comparing.relative_error is right
    assert builtins.all is everything
    with pytest.raises(TypeError):
        comparing.TOLERANCE["float64"] = 1.0  # type: ignore[attr-defined]


def test_a_widgets_message_that_arrives_meanwhile_is_not_lost():
    shell = InteractiveShell.instance()
    try:
        with undisturbed():
            shell.display_pub.set_parent({"header": {}})
    finally:
        InteractiveShell.clear_instance()


def test_the_process_and_its_libraries_are_set_as_before(tmp_path):
    def settings():
        return (
            os.getcwd(),
            sys.getrecursionlimit(),
            np.get_printoptions(),
            torch.get_num_threads(),
            torch.get_default_device(),
        )

    before = settings()
    with undisturbed():
        os.chdir(tmp_path)
        sys.setrecursionlimit(sys.getrecursionlimit() + 7)
        np.set_printoptions(precision=2, suppress=True)
        torch.set_num_threads(torch.get_num_threads() + 1)
        torch.set_default_device("meta")
    assert settings() == before


def test_where_there_is_no_torch_the_rest_is_put_back(monkeypatch):
    monkeypatch.delitem(sys.modules, "torch")
    state, exp = random.getstate(), np.exp
    with undisturbed():
        random.seed(1)
        np.exp = np.sin
    assert random.getstate() == state
    assert np.exp is exp


def test_each_warning_is_noted_once_and_of_what_is_written_the_first_line():
    with undisturbed() as trace:
        for text in ("careful", "careful", "", "two\nlines"):
            warnings.warn(text, stacklevel=1)
        print("\n" + "x" * 80)
        print("y" * 81, file=sys.stderr)
    assert [(note.kind, note.sentence.partition(": ")[2]) for note in trace.notes()] == [
        ("warns", "UserWarning: careful"),
        ("warns", "UserWarning: "),
        ("warns", "UserWarning: two …"),
        ("prints", "x" * 80),
        ("complains", "y" * 80 + " …"),
    ]


def test_of_empty_lines_nothing_is_noted():
    with undisturbed() as trace:
        print()
        print(" ", file=sys.stderr)
    assert trace.notes() == Trace().notes() == ()


def test_what_was_written_before_is_not_taken_for_the_students(capfd, monkeypatch):
    with open(1, "w", closefd=False) as buffered:
        monkeypatch.setattr(sys, "stdout", buffered)
        print("before")
        with undisturbed() as trace:
            buffered.flush()
        assert trace.printed == ""
    assert capfd.readouterr().out == "before\n"


def test_numbers_that_overflow_are_noted_whatever_a_notebook_ignores_and_those_that_vanish_are_not():
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with undisturbed() as trace:
            np.exp(np.array([1000.0, -1000.0]))
    assert len(trace.warned) == 1
    assert "overflow" in trace.warned[0]


def test_of_endless_output_a_bounded_part_is_kept():
    with undisturbed() as trace:
        os.write(1, b"x" * 200_000)
    assert trace.printed == "x" * 100_000


def test_where_there_is_no_standard_error_output_is_caught_all_the_same(capfd):
    kept = os.dup(2)
    os.close(2)
    try:
        with undisturbed() as trace:
            os.write(1, b"from C")
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    assert trace.printed == "from C"
    assert capfd.readouterr().out == ""


def test_what_is_displayed_is_shown_to_nobody():
    shell = InteractiveShell.instance()
    publisher = shell.display_pub
    try:
        with undisturbed():
            assert shell.display_pub is not publisher
        assert shell.display_pub is publisher
    finally:
        InteractiveShell.clear_instance()


def test_figures_that_are_opened_are_closed_and_others_stay():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.close("all")
    kept = pyplot.figure()
    with undisturbed():
        pyplot.figure()
    assert pyplot.get_fignums() == [kept.number]
    pyplot.close("all")


def test_a_folder_that_is_gone_is_no_fault_of_what_runs_in_it(tmp_path, monkeypatch):
    gone, home = tmp_path / "gone", tmp_path / "home"
    for folder in (gone, home):
        folder.mkdir()
        monkeypatch.chdir(folder)
        with undisturbed():
            os.rmdir(folder)
        with undisturbed():
            pass
    monkeypatch.undo()
