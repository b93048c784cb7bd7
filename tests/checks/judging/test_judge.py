"""The judge gives a right answer all points, a wrong one those of its right parts, and names only what it knows."""

from dataclasses import replace

import numpy as np
import pytest

from checks.judging.judge import ENDED_BY, RULED_OUT_LABEL, UNEXPLAINED, WRONG_SHAPE, judge
from checks.judging.reference import Variant
from checks.judging.task import Location, Probe
from checks.judging.verdict import Cause, State, Verdict
from checks.observing.observation import PUT_RIGHT, Note, Observation, Trouble
from checks.observing.quantity import Quantity
from tests.checks.judging.tiny_task import (
    CASES,
    CRASH,
    LOSS,
    NEGATED,
    NO_SHIFT,
    PRODUCT,
    STEEP,
    SUM,
    TABLE,
    TASK,
    Case,
    Fixed,
    compared,
    seen,
)

X, Y, Z = Quantity("x"), Quantity("y"), Quantity("z")


def alone(index, *probes):
    """Return right probes with one of others among them."""
    found = seen()
    found[index] = probes[index]
    return found


def test_a_right_answer_earns_everything_and_counts_its_cases():
    verdict = judge(TASK, seen())
    assert (verdict.state, verdict.earned, verdict.labels, verdict.notes) == (State.RIGHT, 1.0, (), ())
    assert "3 cases" in verdict.evidence
    assert "2 cases" in judge(TASK, seen(cases=CASES[:2])).evidence
    assert "case" not in judge(TASK, seen(cases=CASES[:1])).evidence


def test_a_wrong_answer_earns_its_right_parts_and_names_its_cause():
    verdict = judge(TASK, seen(NO_SHIFT.override))
    assert (verdict.state, verdict.labels, verdict.cause.labels) == (State.WRONG, ("no-shift",), ("no-shift",))
    assert verdict.earned == pytest.approx(1 / 3)
    assert verdict.parts == ("the products",)
    assert verdict.comparison.quantity == SUM
    assert verdict.cause.digits == 6
    assert verdict.next_step == 'hint("line")'
    assert "sum" in verdict.headline
    assert not verdict.incomplete


@pytest.mark.parametrize("index", range(3))
def test_what_is_wrong_on_one_case_alone_is_wrong_and_says_where_it_is_right(index):
    verdict = judge(TASK, alone(index, *seen(NO_SHIFT.override)))
    assert (verdict.state, verdict.parts) == (State.WRONG, ("the products",))
    assert f"Seen on {CASES[index]}; right on {CASES[index == 0]} and on 1 other case." in verdict.evidence


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({0, 1, 2, 3}, "Seen on the first case."),
        ({1, 2, 3}, "Seen on the second case; right on the first case."),
        ({1}, "Seen on the second case; right on the first case and on 2 other cases."),
    ],
)
def test_cases_are_counted_as_they_went(wrong, said):
    cases = [*CASES, replace(CASES[0], name="the fourth case")]
    right, bad = seen(cases=cases), seen(NO_SHIFT.override, cases=cases)
    assert said in judge(TASK, [(bad if i in wrong else right)[i] for i in range(4)]).evidence


def test_a_case_without_words_is_not_named():
    assert "Seen" not in judge(TASK, seen(NO_SHIFT.override, cases=[Case("")])).evidence


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Trouble.NOT_ATTEMPTED, State.NOT_ATTEMPTED),
        (Trouble.MISSING, State.NOT_ATTEMPTED),
        (Trouble.NEEDS, State.BLOCKED),
        *((trouble, State.WRONG) for trouble in ENDED_BY),
    ],
)
def test_some_problems_end_a_check_whatever_the_numbers_are(trouble, state):
    verdict = judge(TASK, seen(problems=[trouble]))
    assert (verdict.state, verdict.earned, verdict.problem) == (state, 0.0, f"What about {trouble}?")
    assert verdict.labels == ((str(trouble).replace(" ", "-"),) if state is State.WRONG else ())
    last = judge(TASK, alone(2, *seen(problems=[trouble])))
    assert (last.state, last.labels, last.earned) == (state, verdict.labels, 0.0)
    assert judge(TASK, seen(problems=[Trouble.CHANGED, trouble])).labels == verdict.labels


def test_what_cannot_be_checked_yet_comes_before_what_ends_a_check():
    assert judge(TASK, seen(problems=[Trouble.TOO_SLOW, Trouble.NEEDS])).state is State.BLOCKED


@pytest.mark.parametrize("trouble", [Trouble.CHANGED, Trouble.RAISED, Trouble.WRONG_TYPE])
def test_a_problem_beside_right_numbers_halves_what_they_earn(trouble):
    verdict = judge(TASK, alone(1, *seen(problems=[trouble])))
    assert (verdict.state, verdict.earned, verdict.cause) == (State.WRONG, 0.5, None)
    assert verdict.headline
    assert verdict.parts == ("the products", "the rest")
    assert verdict.labels == (str(trouble).replace(" ", "-"),)
    assert verdict.problem == f"What about {trouble}?"
    assert verdict.evidence == ("Seen on the first case." if trouble is Trouble.WRONG_TYPE else "")


def test_a_problem_beside_a_known_mistake_halves_too_and_leaves_the_cause():
    verdict = judge(TASK, seen(NO_SHIFT.override, problems=[Trouble.CHANGED]))
    assert verdict.earned == pytest.approx(1 / 6)
    assert (verdict.labels, verdict.problem) == (("no-shift",), "What about changed what it was given?")


def test_code_of_the_wrong_type_is_not_searched_for_a_cause():
    verdict = judge(TASK, seen(NO_SHIFT.override, problems=[Trouble.WRONG_TYPE, Trouble.CHANGED]))
    assert (verdict.cause, verdict.labels) == (None, ("wrong-type",))
    assert judge(TASK, seen(NO_SHIFT.override, problems=[Trouble.CHANGED, Trouble.WRONG_TYPE])).labels == ("no-shift",)
    assert "the first case" in verdict.evidence


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ([PRODUCT, TABLE, SUM, LOSS], ""),
        ([TABLE, SUM, LOSS], "the product of layer 1 is right"),
        ([SUM, LOSS], "2 of 4 arrays are right, up to table of layer 1"),
        ([PRODUCT, LOSS], "2 of 4 arrays are right."),
    ],
)
def test_where_code_stops_it_is_said_how_far_it_came(missing, said):
    verdict = judge(TASK, seen(problems=[Trouble.CHANGED, Trouble.RAISED], without=missing))
    assert "stops with an error" in verdict.headline
    assert verdict.problem == "What about raised?"
    assert said in verdict.location
    assert bool(said) == bool(verdict.location)
    assert verdict.labels == ("changed-what-it-was-given",)


def test_a_mistake_that_stops_is_named_without_digits():
    probes = [
        *seen(NO_SHIFT.override, cases=CASES[1:]),
        *seen(cases=CASES[:1], problems=[Trouble.RAISED], without=[SUM, LOSS]),
    ]
    stops = replace(
        NO_SHIFT,
        override=replace(
            NO_SHIFT.override,
            otherwise=lambda ref, right, product: CRASH.override.otherwise() if ref.case is CASES[0] else product,
        ),
    )
    verdict = judge(replace(TASK, misconceptions=(stops, STEEP)), probes)
    assert (verdict.cause.labels, verdict.cause.digits, verdict.labels) == (("no-shift",), 0, ("no-shift",))
    assert "stops with an error" in verdict.headline


def test_right_numbers_made_in_a_way_that_is_ruled_out_earn_nothing():
    def objection(case, observation, comparisons):
        assert observation.arrays.keys() == {c.quantity for c in comparisons}
        return "Not so." if case is CASES[2] else ""

    verdict = judge(replace(TASK, objection=objection), seen())
    assert (verdict.state, verdict.labels, verdict.problem, verdict.earned) == (
        State.WRONG,
        (RULED_OUT_LABEL,),
        "Not so.",
        0.0,
    )
    assert judge(replace(TASK, objection=objection), seen(NO_SHIFT.override)).labels == ("no-shift",)


def test_a_variant_is_right_with_its_note_if_every_case_agrees_with_it():
    task = replace(TASK, variants=(Variant("impossible", CRASH.override, ""), NEGATED))
    verdict = judge(task, seen(NEGATED.override))
    assert (verdict.state, verdict.earned, verdict.notes) == (State.RIGHT, 1.0, (NEGATED.note,))
    assert judge(task, alone(1, *seen(NEGATED.override))).state is State.WRONG
    assert judge(TASK, seen(NEGATED.override)).state is State.WRONG
    same = Variant("same", replace(NEGATED.override, otherwise=lambda ref, right: right()), "Unusual.")
    assert judge(replace(TASK, variants=(same,)), seen()).notes == ()
    assert judge(replace(TASK, variants=(same, NEGATED)), seen(NEGATED.override)).notes == (NEGATED.note,)


def test_a_variant_that_is_not_fit_blocks_unless_another_one_is_fit():
    unfit = replace(NEGATED, unfit=lambda cases: "Do this first." if len(cases) == 3 else "")
    twice = replace(unfit, unfit=lambda cases: "Do that first.")
    verdict = judge(replace(TASK, variants=(unfit, twice)), seen(NEGATED.override))
    assert (verdict.state, verdict.problem) == (State.BLOCKED, "Do this first.")
    assert judge(replace(TASK, variants=(unfit, NEGATED)), seen(NEGATED.override)).state is State.RIGHT
    assert judge(replace(TASK, variants=(unfit,)), seen()).state is State.RIGHT


def test_a_mistake_that_was_counted_before_does_not_count_again():
    task = replace(TASK, counted=lambda earlier: (NEGATED,) if "slope" in earlier else ())
    assert judge(task, seen(NEGATED.override), (), {"slope": Verdict("slope", State.WRONG, "")}).state is State.RIGHT
    assert judge(task, seen(NEGATED.override)).state is State.WRONG


def test_what_follows_from_a_probe_is_concluded_before_it_is_judged():
    def concluded(probe):
        return Probe(probe.case, probe.observation.followed_by(Observation({PRODUCT: probe.case.slope * probe.case.x})))

    assert judge(replace(TASK, concluded=concluded), seen(without=[PRODUCT])).state is State.RIGHT


@pytest.mark.parametrize(
    ("piece", "notes", "number"),
    [
        (Verdict("slope", State.WRONG, ""), (), 1),
        (Verdict("slope", State.WRONG, "", earned=0.5), (), 0),
        (Verdict("slope", State.NOT_ATTEMPTED, ""), (), 0),
        (Verdict("slope", State.WRONG, ""), [Note(PUT_RIGHT, "The slope was put right.", "slope")], 0),
        (Verdict("slope", State.WRONG, ""), [Note(PUT_RIGHT, "The shift was put right.", "shift")], 1),
        (Verdict("slope", State.WRONG, ""), [Note("other", "The slope.", "slope")], 1),
    ],
)
def test_a_wrong_piece_is_where_to_begin_unless_it_was_put_right(piece, notes, number):
    task = replace(TASK, pieces=("slope", "absent"))
    verdict = judge(task, seen(NO_SHIFT.override, notes=notes), (), {"slope": piece})
    assert sum("slope is not right yet" in note for note in verdict.notes) == number
    assert not any("absent" in note for note in verdict.notes)
    assert all(note.sentence in verdict.notes for note in notes)
    assert len(judge(task, seen(notes=notes), (), {"slope": piece}).notes) == len(notes)


def test_a_note_is_there_once_and_the_judges_own_has_its_place_whatever_was_observed():
    notes = [
        Note("single-precision", "Mine."),
        Note("single-precision", "Again."),
        Note("a", "One.", "1"),
        Note("a", "Two.", "2"),
    ]
    verdict = judge(TASK, seen(cases=[*CASES[:2], replace(CASES[2], precision=np.float32)], notes=notes))
    assert verdict.notes[:3] == ("Mine.", "One.", "Two.")
    assert len(verdict.notes) == 4
    assert "single precision" in verdict.notes[3]
    assert verdict.state is State.RIGHT


def test_single_precision_is_compared_less_strictly():
    def nearly(array):
        return array * (1 + 5e-5)

    single = [replace(case, precision=np.float32) for case in CASES]
    assert judge(TASK, seen(product=nearly)).state is State.WRONG
    assert judge(TASK, seen(product=nearly, cases=single)).state is State.RIGHT
    assert judge(TASK, seen(product=lambda a: nearly(a).astype(np.float32))).state is State.RIGHT


def test_a_column_fits_where_the_reference_says_so_and_is_noted_once():
    verdict = judge(TASK, seen(sum=lambda a: a[:, None]))
    assert (verdict.state, len(verdict.notes)) == (State.RIGHT, 1)
    assert judge(TASK, seen(product=lambda a: a[:, None])).labels == (WRONG_SHAPE,)


def test_a_wrong_form_has_its_own_label_only_if_it_is_all_that_is_known():
    def square(array):
        return np.outer(array, array)

    assert judge(TASK, seen(sum=square)).labels == (WRONG_SHAPE,)
    assert judge(TASK, seen(sum=square, problems=[Trouble.CHANGED])).labels == ("changed-what-it-was-given",)
    assert "sum" in judge(TASK, seen(sum=square)).evidence
    outer = replace(NO_SHIFT, override=replace(NO_SHIFT.override, otherwise=lambda ref, right, p: square(right(p))))
    assert judge(replace(TASK, misconceptions=(outer,)), seen(outer.override)).labels == ("no-shift",)


def test_rows_that_were_not_summed_are_told_by_the_number_of_samples():
    assert "each of the 3 samples" in judge(TASK, seen(loss=lambda a: np.full(3, a), cases=CASES[:1])).evidence


def test_what_nobody_knows_is_unexplained_and_not_guessed():
    verdict = judge(TASK, seen(sum=lambda a: a + 0.1))
    assert (verdict.labels, verdict.cause) == ((UNEXPLAINED,), None)
    assert verdict.earned == pytest.approx(1 / 3)
    assert "does not guess" in verdict.evidence
    for known in (seen(NO_SHIFT.override), seen(without=[SUM])):
        assert "does not guess" not in judge(TASK, known).evidence


def test_the_cause_is_looked_for_up_to_the_first_stage_that_is_wrong_on_any_case():
    """What comes after the first error follows from it, or from another one."""
    verdict = judge(TASK, seen(NO_SHIFT.override, loss=lambda a: a * 0 + 1234.5))
    assert verdict.labels == ("no-shift",)


def test_extra_cases_help_to_tell_mistakes_apart_and_cost_nothing():
    zero = [replace(case, slope=1.0) for case in CASES]  # squaring the slope changes nothing there, squaring x does
    other = replace(
        STEEP,
        label="square",
        override=replace(STEEP.override, otherwise=lambda ref, right: ref.case.slope * ref.case.x**2),
    )
    task = replace(TASK, misconceptions=(STEEP, other))
    assert judge(task, seen(STEEP.override, cases=zero)).labels == (UNEXPLAINED,)
    assert judge(task, seen(STEEP.override, cases=zero), seen(STEEP.override)).labels == ("steep",)
    assert judge(task, seen(), seen(STEEP.override)).state is State.RIGHT


@pytest.mark.parametrize(
    ("incomplete", "problems", "expected"), [(True, (), True), (True, [Trouble.CHANGED], False), (False, (), False)]
)
def test_what_is_only_missing_is_incomplete_and_not_searched_in_vain(incomplete, problems, expected):
    task = replace(TASK, locate=lambda comparisons: Location("here", "So it is.", numbers=False, incomplete=incomplete))
    verdict = judge(task, seen(table=lambda a: a + np.exp(a), problems=problems))
    assert verdict.incomplete is expected
    assert ("does not guess" in verdict.evidence) is not incomplete
    assert verdict.pictured is None
    assert "yours is" not in verdict.evidence


def test_what_an_error_means_is_not_said_beside_a_problem_unless_it_comes_first():
    task = replace(TASK, locate=lambda comparisons: Location("here", "So it is."))
    assert judge(task, seen(sum=lambda a: a + 0.1)).location == "So it is."
    assert judge(task, seen(sum=lambda a: a + 0.1, problems=[Trouble.CHANGED])).location == ""
    assert judge(task, seen(product=lambda a: a + 0.1, problems=[Trouble.CHANGED])).location == "So it is."


def test_a_task_may_name_its_mistakes_itself():
    def diagnose(comparisons):
        return Cause(("mine",), "Mine.") if not comparisons[0].right else None

    task = replace(TASK, diagnose=diagnose)
    assert judge(task, seen(STEEP.override)).labels == ("mine",)
    unnamed = judge(task, seen(NO_SHIFT.override))
    assert (unnamed.labels, unnamed.cause) == ((UNEXPLAINED,), None)
    assert "does not guess" not in unnamed.evidence


@pytest.mark.parametrize(
    ("wrong", "pictured"),
    [
        ({"product": -1, "table": -1}, TABLE),
        ({"product": -1}, None),
        ({"sum": -1}, None),
        ({"table": -1}, TABLE),
    ],
)
def test_a_wrong_matrix_of_the_layer_where_the_error_starts_is_pictured(wrong, pictured):
    changed = {kind: lambda a, by=by: a + by for kind, by in wrong.items()}
    verdict = judge(TASK, seen(**changed))
    assert (verdict.pictured and verdict.pictured.quantity) == pictured


@pytest.mark.parametrize(
    ("first", "matrix", "is_pictured"),
    [
        (X._replace(layer=1), Y._replace(layer=1, call=2), False),
        (X._replace(layer=1), Y._replace(layer=2), False),
        (X, Y._replace(call=2), True),
        (X, Y, True),
    ],
)
def test_a_matrix_is_pictured_of_the_same_call_unless_it_is_of_no_layer(first, matrix, is_pictured):
    verdict = compared({first: [1.0, 2.0], matrix: [[1.0, 2.0]]}, {first: [1.5, 2.0], matrix: [[1.5, 2.0]]})
    assert bool(verdict.pictured) is is_pictured


@pytest.mark.parametrize(
    ("right", "came", "said"),
    [
        ([1.0, 2.0, 8.0], [1.0, 3.0, 5.0], ["entry [2]", "yours is 5", "right is 8"]),
        ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [-30.0, 4.0]], ["entry [1, 0]", "right is 3"]),
        ([1.0, 10.0], [3.0, 10.0], ["entry [0]", "yours is 3", "by 10 %"]),
        (-1.0, 1e-15, ["yours is 0, right is -1"]),
        ([1.0, 2.0], [0.0, 0.0], ["yours is all zeros"]),
        (2.5, 3.5, ["X: yours is 3.5, right is 2.5."]),
        (2.0, 2.00001, ["yours is 2.00001, right is 2"]),
        (1.2367, 1.2344, ["yours is 1.234, right is 1.237"]),
    ],
)
def test_the_largest_error_is_shown_with_enough_digits_to_see_it(right, came, said):
    evidence = compared({Quantity("x"): right}, {Quantity("x"): came}).evidence
    assert all(words.lower() in evidence.lower() for words in said), evidence


def test_a_number_that_is_missing_is_named_as_missing():
    verdict = compared({X: 1.0, Y: 2.0}, {X: 1.0})
    assert "y is None" in verdict.evidence
    assert verdict.comparison.quantity == Y
    assert verdict.labels == (UNEXPLAINED,)


def test_a_reference_that_cannot_be_computed_is_no_verdict():
    with pytest.raises(ValueError, match="line cannot be computed"):
        judge(replace(TASK, reference=type("Broken", (Fixed,), {"answer": CRASH.override.otherwise})), seen())
