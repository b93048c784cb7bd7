"""A network of one's own: whose it is, and what is said when that cannot be told."""

import json

import pytest

from checks.by_hand.case import PASS_ONE, PASS_TWO, PUBLISHED
from checks.by_hand.personal import CLASS_LIST, answer_sheet, class_list, fingerprint, network_of, personal
from checks.by_hand.practice import practice


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
    seed = class_list(["ada"])[fingerprint("ada")]["seed"]
    key, mine = answer_sheet(seed), personal("ada")
    verdicts = mine.verdicts({name: key[name] for name in mine.blank})
    assert [verdict.state for verdict in verdicts] == ["right"] * 5


def test_a_class_of_300_has_300_networks():
    entries = class_list(f"student{number}" for number in range(300)).values()
    assert len({tuple(entry["given"]) for entry in entries}) == 300
    for entry in list(entries)[::50]:
        assert entry["given"] == practice(entry["seed"]).problem.given.tolist()


def test_an_accent_may_be_a_character_of_its_own():
    assert fingerprint("zo\u00e9") == fingerprint("zoe\u0301") == fingerprint("ZOE\u0301")


@pytest.mark.parametrize(
    "change",
    [
        {"seed": -1},
        {"seed": float("inf")},
        {"given": [1.0] * 12},
        {"given": [1.0] * 16},  # as many as a wider network has
        {"given": [float("inf")] * 13},
        {"given": ["one"] * 13},
        {"given": None},
    ],
)
def test_a_class_list_with_a_network_that_nobody_was_given_is_damaged(notebook_folder, change):
    entry = class_list(["ada"])[fingerprint("ada")] | change
    (notebook_folder / CLASS_LIST).write_text(json.dumps({fingerprint("ada"): entry}))
    with pytest.raises(ValueError, match="is damaged; get the exercise again"):
        personal("ada")


def test_the_content_of_the_list_and_the_id_are_all_that_it_takes(
    notebook_folder, monkeypatch, tmp_path, right_answers
):
    mine, content = personal("ada"), (notebook_folder / CLASS_LIST).read_bytes()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for same in (network_of("ada", content), network_of(" ADA ", content.decode())):
        assert (same.seed, same.problem.given.tolist()) == (mine.seed, mine.problem.given.tolist())
        assert list(same.checks) == [*PASS_ONE, *PASS_TWO]
        assert {check.exercise for check in same.checks.values()} == {"by_hand"}
        answers = right_answers(same.problem)
        assert all(check.verdict(answers[question]).earned == 1 for question, check in same.checks.items())
    with pytest.raises(ValueError, match="'zoe' is not on the class list"):
        network_of("zoe", content)


def test_a_list_with_nobody_on_it_has_the_example():
    assert network_of("ada", "{}").problem is PUBLISHED
