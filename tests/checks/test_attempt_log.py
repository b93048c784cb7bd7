"""The attempt log: opt-in, one line for each check, nothing that identifies anybody."""

import json

import pytest

from checks import CheckFailed, check_backward, check_forward, log_attempts
from checks.session import SESSION
from tests.conftest import exercise_named

MISTAKES = exercise_named("neural_network").mistakes


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    SESSION.listeners.clear()
    yield
    SESSION.listeners.clear()


def test_it_is_off_unless_asked_for(tmp_path, notebook, capsys):
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert not list(tmp_path.iterdir())


def test_it_says_what_it_stores_and_stores_just_that(tmp_path, notebook, student, capsys):
    log_attempts()
    said = capsys.readouterr().out
    assert "attempts.jsonl" in said
    assert "log_attempts(False)" in said
    with pytest.raises(CheckFailed):
        check_backward(student("backward", MISTAKES["backward"]["derivative-left-out-in-hidden-layers"]))
    check_forward(notebook["NeuralNetwork"](2, 1, [3]), points=4)
    wrong, right = map(json.loads, (tmp_path / "attempts.jsonl").read_text().splitlines())
    assert list(wrong) == list(right) == ["time", "exercise", "check", "state", "labels", "earned"]
    assert (wrong["check"], wrong["labels"]) == ("backward", ["derivative-left-out-in-hidden-layers"])
    assert (right["exercise"], right["check"], right["state"]) == ("neural_network", "forward", "right")


def test_it_stops_when_asked(tmp_path, notebook, capsys):
    log_attempts()
    log_attempts(False)
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert (tmp_path / "attempts.jsonl").read_text() == ""


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path, notebook, capsys):
    log_attempts(file=tmp_path / "nowhere" / "log.jsonl")
    assert "Checks are not logged: log.jsonl cannot be written (No such file or directory)." in capsys.readouterr().out
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))


def test_nothing_is_logged_while_nbgrader_grades(tmp_path, monkeypatch, notebook, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    log_attempts()
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert capsys.readouterr().out.startswith("✓")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("file", [None, 3, "a\0b", "x" * 5000, "."])
def test_a_file_that_cannot_be_is_told_in_one_short_sentence_and_nothing_is_logged(file, tmp_path, notebook, capsys):
    log_attempts()
    capsys.readouterr()
    log_attempts(file=file)
    said = capsys.readouterr().out
    assert said.startswith("Checks are not logged")
    assert len(said) < 150
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    assert (tmp_path / "attempts.jsonl").read_text() == ""


def test_a_log_whose_folder_goes_away_is_told_once_and_costs_no_verdict(tmp_path, notebook, capsys):
    (tmp_path / "logs").mkdir()
    log_attempts(file="logs/log.jsonl")
    assert "logs/log.jsonl" in capsys.readouterr().out
    (tmp_path / "logs" / "log.jsonl").unlink()
    (tmp_path / "logs").rmdir()
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    check_forward(notebook["NeuralNetwork"](2, 1, [3]))
    said, complained = capsys.readouterr()
    assert said.count("Checks are not logged: log.jsonl cannot be written") == 1
    assert said.count("forward is right") == 2
    assert complained == ""


def test_a_file_name_in_place_of_on_is_no_silent_yes(tmp_path, capsys):
    log_attempts("my.jsonl")
    assert "log_attempts(file=" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
