"""What is counted of one mistake over a class, and the sentences that tell about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..kept_verdicts import KeptVerdict
from .markup import plain
from .wording import UNEXPLAINED

SECOND_PERSON = re.compile(r"^Yours is ")
MOST_TELLINGS = 40
"""How many different sentences are kept of one mistake: what a student's error says may differ for everybody."""


@dataclass(frozen=True)
class Telling:
    """How a verdict tells of a mistake; `together` says that it names others in the same sentence."""

    sentence: str
    equation: str
    where: str
    example: str
    together: bool = False


@dataclass
class Mistake:
    """One mistake in one task: how many students made it, and the points they lost where they made it."""

    task: str
    label: str
    students: int = 0
    lost: float = 0.0
    tellings: Counter[Telling] = field(default_factory=Counter)
    _examples: dict[Telling, str] = field(default_factory=dict)

    def add(self, verdict: KeptVerdict, student: str) -> None:
        """Count a verdict with this label; one that spells out its student's name is no example to show."""
        self.lost += max(verdict.points - verdict.earned, 0.0)
        telling = _telling(verdict)
        if telling not in self.tellings and len(self.tellings) >= MOST_TELLINGS:
            return
        self.tellings[telling] += 1
        example = plain(verdict.evidence, 400)
        if telling not in self._examples and not (len(student) > 1 and student.lower() in example.lower()):
            self._examples[telling] = example

    @property
    def usual(self) -> Telling:
        """How it is told most often, by a verdict that names nothing else if there is one."""
        alone = {telling: many for telling, many in self.tellings.items() if not telling.together} or self.tellings
        telling = max(alone, key=lambda one: (alone[one], bool(one.where), one.sentence))
        return Telling(
            telling.sentence, telling.equation, telling.where, self._examples.get(telling, ""), telling.together
        )

    @property
    def usually(self) -> tuple[int, int]:
        """How many of how many verdicts say the usual sentence."""
        said = self.usual.sentence
        same = sum(many for telling, many in self.tellings.items() if telling.sentence == said)
        return same, self.tellings.total()


def labels_of(verdict: KeptVerdict) -> tuple[str, ...]:
    """Return the mistakes that a verdict names; what is wrong without one is unexplained."""
    if verdict.state != "wrong":
        return ()
    labels = tuple(dict.fromkeys(plain(label, 80) for label in verdict.labels[:5] if label.strip()))
    return labels or (UNEXPLAINED,)


def _telling(verdict: KeptVerdict) -> Telling:
    cause = SECOND_PERSON.sub("Their result is ", verdict.cause.strip())
    headline = plain(verdict.headline.removeprefix(f"{verdict.task}: "), 240)
    location = plain(verdict.location, 300)
    return Telling(
        sentence=_sentence(plain(cause or verdict.problem, 400) or headline or "It is wrong"),
        equation=plain(verdict.equation, 80).rstrip("."),
        where=f"{_sentence(headline)} {location}".strip() if cause or verdict.problem else location,
        example="",
        together=len(verdict.labels) > 1,
    )


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
