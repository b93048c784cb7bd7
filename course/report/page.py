"""The report as one page that needs nothing else: the headline, then section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..page_policy import FIRST_IN_HEAD
from .activity import activity
from .attempt_logs import LARGEST, LONGEST_LINE, MOST_LINES, Attempts
from .folders import LeftOut
from .markup import Html, joined, plain, tag, with_code
from .matrix import matrix
from .mistakes import Mistake
from .style import STYLE
from .tables import bar, figure, heading_of_figures, legend, row, table
from .tally import Tally
from .wording import SYMBOLS, UNEXPLAINED, WORDS, count, listed, number, percent, points, readable

if TYPE_CHECKING:
    from ..grading.driver.roster import Missing

MOST_TALKED_ABOUT = 3
MOST_MISTAKES = 40
"""How many mistakes the page lists; the table in CSV has them all."""

MOST_LISTED = 200
"""How many students who are left out the page names one by one."""


def page(
    name: str,
    tally: Tally,
    attempts: Attempts,
    left_out: Sequence[LeftOut],
    missing: Sequence[Missing],
    called: Sequence[str],
    *,
    names: bool,
) -> str:
    """Return the page on a class; `called` are what its students are called, in the order of `tally.ordered()`."""
    title = f"What the class got wrong: {plain(name, 80)}"
    sections = [
        _headline(title, tally),
        _talk_about(tally),
        _pass_rates(tally),
        _mistakes(tally),
        matrix(tally, called),
        activity(tally, attempts),
        _left_out(name, tally, attempts, left_out, names),
        _missing(missing, names),
    ]
    head = tag(
        "head",
        *(tag("meta", **attributes) for attributes in FIRST_IN_HEAD),
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    body = tag("body", tag("main", *filter(None, sections)), _footer(tally))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _headline(title: str, tally: Tally) -> Html:
    size = tally.size
    untouched = sum(all(cell.state == "not attempted" for cell in one.cells.values()) for one in tally.rows)
    all_right = sum(
        len(one.cells) == len(tally.tasks) and all(cell.state == "right" for cell in one.cells.values())
        for one in tally.rows
    )
    figures = [
        (str(size), "student" if size == 1 else "students"),
        (number(tally.mean), f"of the checks' {points(tally.out_of)} on average ({percent(tally.mean, tally.out_of)})"),
        (str(all_right), f"{'has' if all_right == 1 else 'have'} everything right"),
    ]
    if untouched:
        figures.append((str(untouched), f"{'has' if untouched == 1 else 'have'} not started"))
    entries = (tag("li", tag("b", value), tag("span", words)) for value, words in figures)
    return joined(tag("h1", title), tag("ul", *entries, class_="figures"))


def _talk_about(tally: Tally) -> Html:
    chosen = tally.costliest[:MOST_TALKED_ABOUT]
    parts = [tag("h2", "What to talk about")]
    if not chosen:
        parts.append(tag("p", _nothing_to_talk_about(tally)))
    else:
        which = "The mistake" if len(chosen) == 1 else f"The {('two', 'three')[len(chosen) - 2]} mistakes"
        parts.append(tag("p", f"{which} that cost the class most points.", class_="soft"))
        parts.append(
            tag("ol", *(_talk(place, mistake, tally) for place, mistake in enumerate(chosen, 1)), class_="talk")
        )
    unexplained = [one for one in tally.by_label.values() if one.label == UNEXPLAINED and one.lost > 0]
    if unexplained:
        lost = sum(one.lost for one in unexplained)
        names = {one.task for one in unexplained}
        tasks = listed(list(dict.fromkeys(task.name for task in tally.tasks.values() if task.name in names)))
        parts.append(
            tag(
                "p",
                f"Another {points(lost)} were lost where no known mistake explains the answer ({tasks}). "
                "A look into some of these notebooks may tell more.",
            )
        )
    return tag("section", *parts)


def _nothing_to_talk_about(tally: Tally) -> str:
    states: Counter[str] = sum((tally.states(task) for task in tally.tasks.values()), Counter())
    if not states["right"] + states["wrong"]:
        return "Nobody has attempted anything that a check can judge, so there are no mistakes to talk about yet."
    if states["wrong"]:
        return "No mistake has a name here: what is wrong matches none of those that the checks know."
    return "No mistakes: everything that was attempted is right. That is worth telling the class."


def _talk(place: int, mistake: Mistake, tally: Tally) -> Html:
    usual = mistake.usual
    same, of = mistake.usually
    share = f"{percent(mistake.lost, tally.lost)} of all points that were lost"
    who = f"{mistake.students} of {count(tally.size, 'student')}"
    facts = [("Where it starts", usual.where), ("For example", usual.example)]
    if same < of:
        told = f"So in {same} of {of} answers; the others differ in detail or have another mistake as well."
        facts.append(("How often", told))
    equation = f" {usual.equation}." if usual.equation else ""
    return tag(
        "li",
        tag("h3", f"{place}. {mistake.task}: {readable(mistake.label)}"),
        tag("p", f"{who}, {points(mistake.lost)} lost, {share}."),
        tag("p", with_code(f"{usual.sentence}{equation}"), class_="says"),
        tag("dl", *(joined(tag("dt", term), tag("dd", with_code(fact))) for term, fact in facts if fact)),
    )


def _pass_rates(tally: Tally) -> Html:
    all_states = {key: tally.states(task) for key, task in tally.tasks.items()}
    seen = [state for state in SYMBOLS if any(states[state] for states in all_states.values())]
    rows = (
        row(
            tally.titles[key],
            figure(percent(states["right"], tally.size)),
            tag("td", bar(states, tally.size), class_="bar-cell"),
            *(figure(str(states[state])) for state in seen),
            figure(f"{number(tally.tasks[key].earned / tally.size)} of {number(tally.tasks[key].points)}"),
        )
        for key, states in all_states.items()
    )
    header = [
        "task",
        heading_of_figures("pass rate"),
        tag("th", tag("span", "as a bar", class_="hidden"), scope="col"),
        *(heading_of_figures(WORDS[state]) for state in seen),
        heading_of_figures("mean points"),
    ]
    return tag(
        "section",
        tag("h2", "How each task went"),
        legend(seen),
        table("Students per task: how many have it right, and how the others stand.", header, rows),
    )


def _mistakes(tally: Tally) -> Html | None:
    found = tally.mistakes
    if not found:
        return None
    rows = (
        row(
            joined(readable(one.label), tag("span", one.task, class_="soft")),
            figure(f"{one.students} ({percent(one.students, tally.size)})"),
            figure(number(one.lost)),
            tag("td", with_code(_explained(one)), class_="says-cell"),
        )
        for one in found[:MOST_MISTAKES]
    )
    header = [
        "mistake",
        *map(heading_of_figures, ("students", "points lost")),
        tag("th", "what explains it", scope="col"),
    ]
    more = len(found) - MOST_MISTAKES
    return tag(
        "section",
        tag("h2", "Mistakes by frequency"),
        table("Every mistake that was found, the most frequent first.", header, rows),
        tag("p", f"And {count(more, 'rarer one')}, in mistakes.csv.") if more > 0 else "",
        tag("p", "An answer with two mistakes counts for both.", class_="soft") if _composed(tally) else "",
    )


def _composed(tally: Tally) -> bool:
    return any(len(cell.labels) > 1 for one in tally.rows for cell in one.cells.values())


def _explained(mistake: Mistake) -> str:
    usual = mistake.usual
    if mistake.label == UNEXPLAINED:
        return f"No known mistake gives these answers. Most often: {usual.sentence} {usual.where}"
    return f"{usual.sentence}{f' {usual.equation}.' if usual.equation else ''}"


def _left_out(name: str, tally: Tally, attempts: Attempts, left_out: Sequence[LeftOut], names: bool) -> Html:
    parts = [tag("h2", "What was left out")]
    if left_out:
        command = tag("code", f"course autograde {name} --force")
        again = ("To have them in, grade them again with ", command, ", and make this report anew.")
        refused = all(one.refused for one in left_out)
        without = f"The numbers above are without {count(len(left_out), 'student')}. "
        parts.append(tag("p", without, *(() if refused else again)))
        parts.append(_reasons(left_out) if not names else _named(left_out))
    remarks = list(_remarks_on_logs(attempts))
    if remarks:
        parts.append(tag("p", "Of the logs of attempts, these were left out:"))
        parts.append(tag("ul", *(tag("li", remark) for remark in remarks)))
    if not left_out and not remarks:
        parts.append(tag("p", f"Nothing: all verdicts on {count(tally.size, 'student')} are in this report."))
    return tag("section", *parts)


def _missing(missing: Sequence[Missing], names: bool) -> Html | None:
    """Say how many have handed in nothing, and with names who and what is there instead."""
    if not missing:
        return None
    said = (
        f"{count(len(missing), 'student')} of the gradebook {'has' if len(missing) == 1 else 'have'} handed in nothing."
    )
    rows = (row(plain(one.student, 80), tag("td", plain(one.there, 200))) for one in missing[:MOST_LISTED])
    listing = table("Who has handed in nothing, and what is there instead.", ["student", "there"], rows, class_="")
    return tag("section", tag("h2", "Nothing handed in"), tag("p", said), listing if names else "")


def _reasons(left_out: Sequence[LeftOut]) -> Html:
    reasons = Counter(map(str, left_out)).most_common(MOST_LISTED)
    rows = (row(reason, figure(str(many))) for reason, many in reasons)
    listing = table("Why they are left out.", ["reason", heading_of_figures("students")], rows, class_="")
    return joined(listing, tag("p", "The command that made this page names them; --names does so here.", class_="soft"))


def _named(left_out: Sequence[LeftOut]) -> Html:
    rows = (row(plain(one.student, 80), tag("td", str(one))) for one in left_out[:MOST_LISTED])
    more = len(left_out) - MOST_LISTED
    listing = table("Who is left out, and why.", ["student", "reason"], rows, class_="")
    return joined(listing, tag("p", f"And {more} more.") if more > 0 else "")


def _remarks_on_logs(attempts: Attempts) -> Iterator[str]:
    if attempts.bad_lines:
        yield f"{count(attempts.bad_lines, 'line')} that {_is(attempts.bad_lines)} not as the log writes them " + (
            f"(or longer than {LONGEST_LINE} bytes, or of another time)"
        )
    if attempts.lines_too_many:
        yield f"{count(attempts.lines_too_many, 'line')} beyond the {MOST_LINES} that are read of one student"
    if attempts.elsewhere:
        yield f"{count(attempts.elsewhere, 'line')} about checks that are not graded here"
    for reason, many in attempts.unusable.most_common(10):
        yield f"{count(many, 'log')}: {plain(reason, 80)} (up to {LARGEST >> 20} MB are read)"


def _is(many: int) -> str:
    return "is" if many == 1 else "are"


def _footer(tally: Tally) -> Html:
    inside = tally.verdicts - tally.sealed
    sealed = (
        "Every verdict was made outside the students' own processes."
        if not inside
        else f"{inside} of {count(tally.verdicts, 'verdict')} were made inside the student's own process (not sealed)."
    )
    return tag(
        "footer",
        tag("p", f"Made on {datetime.now():%d %B %Y} from the verdicts kept with the grades. {sealed} "),
        tag(
            "p",
            "Points are those of the checks; what a person grades is not in them. The same numbers are in tasks.csv, "
            "mistakes.csv and students.csv beside this page.",
        ),
    )
