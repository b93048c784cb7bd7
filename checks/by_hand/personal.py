"""A network of one's own for every student of a class, chosen by `course release --personal`.

Everybody gets the same notebook and, beside it, the same class list, which says what is given in the network of each
student. The list holds fingerprints instead of names. While nbgrader grades, the folder tells whose submission it is,
so nobody gains by solving another one's network.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict
from unicodedata import normalize

import numpy as np

from checks.by_hand.case import PASS_ONE, PUBLISHED, Problem
from checks.by_hand.practice import Practice

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLASS_LIST = "class.json"
"""The file beside the notebook that says which network is whose."""

SIZES = (2, 2, 2)
"""Inputs, hidden neurons and outputs of a personal network: those that the notebook has room for."""


class Entry(TypedDict):
    """What the class list says of a student: the number of the practice network, and what is given in it, in a row."""

    seed: int
    given: list[float]


class Personal(Practice):
    """A student's own network, with its question sheet and its checks; `greeting` says whose it is."""

    greeting: str = ""
    counts_for: ClassVar[str] = "by_hand"

    def sheet(self) -> str:
        """Return the question sheet as Markdown: what is given, without the questions of the notebook."""
        given = super().sheet().partition("\n\n")[2].partition("- **(a)**")[0]
        return f"**{self.greeting}**\n\n{given}"

    def draw(self, answers: Mapping[str, Any] | None = None, *, error: Any = None) -> Figure:
        """Return a figure of the network, with the numbers that `answers` holds and the `error` under the outputs."""
        from checks.by_hand.picture import draw

        return draw(answers, self.problem, error=error)


def personal(student: str | None = None, class_list: str | Path = CLASS_LIST) -> Personal:
    """Return the network of a student, or the example of the notebook if `student` is None.

    While nbgrader grades, it is the network of whoever handed the notebook in.

    Raises:
        ValueError: if the class list is missing or unreadable, or the student is not on it.
    """
    graded = os.environ.get("NBGRADER_EXECUTION") == "autograde"
    handed_in_by = Path.cwd().parent.name if graded else None
    if student is None and handed_in_by is None:
        return _example("This is an example. Type your id into the cell above, and run both cells again.")
    if student is not None and not isinstance(student, str):
        raise ValueError(f'expected your id in quotes, as in student = "ada", but it is {student!r}.')
    path = Path(class_list)
    return network_of(str(student) if handed_in_by is None else handed_in_by, _content(path), path.name)


def network_of(student: str, content: str | bytes, name: str = CLASS_LIST) -> Personal:
    """Return the network of a student by the content of a class list; if nobody is on it, the example of the notebook.

    `name` is what messages call the list.

    Raises:
        ValueError: if the list is no class list, or the student is not on it.
    """
    entries = _entries(content, name)
    if not entries:
        return _example("The class list is empty, so this is the example.")
    entry = entries.get(fingerprint(student))
    if entry is None:
        raise ValueError(
            f"{student!r:.80} is not on the class list; type your id as your teacher wrote it, "
            "or ask to be put on the list."
        )
    if entry["seed"] < 0 or not np.isfinite(entry["given"]).all():
        raise ValueError(_damaged(name))
    try:
        problem = Problem.from_given(SIZES, entry["given"], "your own network")
    except ValueError:
        raise ValueError(_damaged(name)) from None
    return _own(entry["seed"], problem, f"This is the network of {student}.")


def _example(greeting: str) -> Personal:
    return _own(-1, PUBLISHED, greeting)


def _own(seed: int, problem: Problem, greeting: str) -> Personal:
    network = Personal(seed, problem)
    object.__setattr__(network, "greeting", greeting)
    return network


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ValueError(
            f"expected the class list {path.name} in the notebook's folder, but it is not there; "
            "get the exercise again, with all its files."
        ) from None
    except OSError:
        raise ValueError(_damaged(path.name)) from None


def _entries(content: str | bytes, name: str) -> Mapping[str, Entry]:
    try:
        return {
            str(key): Entry(seed=int(entry["seed"]), given=[float(number) for number in entry["given"]])
            for key, entry in json.loads(content).items()
        }
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        raise ValueError(_damaged(name)) from None


def _damaged(name: str) -> str:
    return f"the class list {name} is damaged; get the exercise again, with all its files."


def fingerprint(student: str) -> str:
    """Return what stands on the class list for a student's id.

    Blanks around it and capitals do not matter, nor whether an accent is a character of its own, as in macOS's folders.

    >>> fingerprint(" Ada") == fingerprint("ada")
    True
    """
    return hashlib.sha256(plain(student).encode(errors="surrogatepass")).hexdigest()[:16]


def plain(student: str) -> str:
    """Return an id in the spelling that all its spellings share."""
    return normalize("NFC", normalize("NFC", student.strip()).casefold())


def class_list(students: Iterable[str]) -> dict[str, Entry]:
    """Return every student's network by fingerprint; no two students have the same numbers.

    A student's network depends on the id and on who stands higher on the list only, so a latecomer at its end changes
    nobody else's.
    """
    from checks.by_hand.nice_networks import network, sizes_of

    entries: dict[str, Entry] = {}
    taken = {PUBLISHED.given.tobytes()}
    for student in students:
        name = fingerprint(student)
        for seed in (number for number in count(int(name[:8], 16)) if sizes_of(number) == SIZES):
            given = network(seed).given
            if given.tobytes() not in taken:
                taken.add(given.tobytes())
                entries[name] = Entry(seed=seed, given=given.tolist())
                break
    return entries


def answer_sheet(seed: int) -> dict[str, float]:
    """Return what is given in the network of a seed and all right answers by name, for the teacher's key."""
    from checks.by_hand.nice_networks import network
    from checks.by_hand.solution import solution

    problem = network(seed)
    names, right = problem.names, solution(problem)
    given: dict[str, Any] = {}
    for letter, values in (("x", problem.x), ("t", problem.t)):
        given |= {f"{letter}{index}": float(value) for index, value in enumerate(values, start=1)}
    for layer in (2, 1):
        edges = names.edges("w", layer)
        given |= {f"given {edge}": float(w) for edge, w in zip(edges, problem.weights(layer).ravel(), strict=True)}
    given["learning rate"] = problem.epsilon
    answers = {name: float(right[name]) for question in PASS_ONE for name in names.answers(question)}
    return {name: round(number, 6) + 0.0 for name, number in (given | answers).items()}
