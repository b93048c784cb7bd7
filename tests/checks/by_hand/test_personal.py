"""A network of one's own: whose it is, and what is said when that cannot be told."""

import json

import pytest

from checks.by_hand.personal import CLASS_LIST, answer_sheet, class_list, fingerprint, personal
from checks.by_hand.practice import practice, sizes_of
from checks.by_hand.problem import PUBLISHED


@pytest.fixture
def notebook_folder(tmp_path, monkeypatch):
    folder = tmp_path / "ben" / "01_by_hand"
    folder.mkdir(parents=True)
    (folder / CLASS_LIST).write_text(json.dumps(class_list(["ada", "ben"])))
    monkeypatch.chdir(folder)
    return folder


def test_before_the_id_is_typed_it_is_the_example_and_says_so(notebook_folder):
    mine = personal(None)
    assert mine.problem is PUBLISHED
    assert "Type your id" in mine.sheet()


def test_blanks_and_capitals_do_not_matter(notebook_folder):
    assert personal(" Ada ").problem.given.tolist() == personal("ada").problem.given.tolist()


def test_two_students_have_two_networks_that_the_notebook_has_room_for(notebook_folder):
    ada, ben = personal("ada"), personal("ben")
    assert ada.problem.given.tolist() != ben.problem.given.tolist()
    assert ada.problem.names.sizes == ben.problem.names.sizes == (2, 2, 2)


def test_the_sheet_shows_the_numbers_and_asks_nothing(notebook_folder):
    sheet = personal("ada").sheet()
    assert "$w_{31} = " in sheet
    assert "(a)" not in sheet


def test_while_nbgrader_grades_the_folder_tells_whose_it_is(notebook_folder, monkeypatch):
    ben = personal("ben").problem.given.tolist()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert personal("ada").problem.given.tolist() == ben
    assert personal(None).problem.given.tolist() == ben


def test_an_unknown_id_is_told_in_one_sentence(notebook_folder):
    with pytest.raises(ValueError, match="'zoe' is not on the class list; type your id"):
        personal("zoe")


@pytest.mark.parametrize("student", [7, b"ada", ["ada"]])
def test_an_id_that_is_no_text_is_told_in_one_sentence(notebook_folder, student):
    with pytest.raises(ValueError, match="expected your id in quotes"):
        personal(student)


def test_a_missing_class_list_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="get the exercise again"):
        personal("ada")


@pytest.mark.parametrize("text", ["", "[]", '{"a": "b"}', "\x00"])
def test_a_damaged_class_list_is_told_in_one_sentence(notebook_folder, text):
    (notebook_folder / CLASS_LIST).write_text(text)
    with pytest.raises(ValueError, match="is damaged"):
        personal("ada")


def test_the_key_agrees_with_what_the_checks_hold_to_be_right(notebook_folder):
    seed = class_list(["ada"]).popitem()[1]
    key, mine = answer_sheet(seed), personal("ada")
    verdicts = mine.verdicts({name: key[name] for name in mine.blank})
    assert [verdict.state for verdict in verdicts] == ["right"] * 5


def test_a_class_of_300_has_300_networks():
    seeds = class_list(f"student{number}" for number in range(300))
    assert len({practice(seed).problem.given.tobytes() for seed in seeds.values()}) == 300


def test_an_accent_may_be_a_character_of_its_own():
    assert fingerprint("zo\u00e9") == fingerprint("zoe\u0301") == fingerprint("ZOE\u0301")


@pytest.mark.parametrize("seed", [-1, next(seed for seed in range(99) if sizes_of(seed) != (2, 2, 2)), float("inf")])
def test_a_class_list_with_a_network_that_nobody_was_given_is_damaged(notebook_folder, seed):
    (notebook_folder / CLASS_LIST).write_text(json.dumps({fingerprint("ada"): seed}))
    with pytest.raises(ValueError, match="is damaged; get the exercise again"):
        personal("ada")
