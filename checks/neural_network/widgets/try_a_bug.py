"""Switch on a typical mistake in exercise 05, predict which check will catch it, and see what it does."""

from __future__ import annotations

from difflib import get_close_matches
from html import escape
from typing import Any

from checks.neural_network.tasks import TASKS
from checks.neural_network.widgets import bug_report as show
from checks.neural_network.widgets.bug_effects import effect
from checks.neural_network.widgets.bug_training import EPOCHS, RATE, SIZES, Bug, Trial, trained
from checks.neural_network.widgets.bug_verdicts import verdicts
from checks.widgets.charts import row_of
from checks.widgets.shown import Shown, live

EXAMPLES = {
    "forward": ("hidden-activation-left-out", "bias-left-out", "output-activation-left-out"),
    "get_loss": ("loss-halved", "loss-mean-over-samples", "loss-per-sample"),
    "backward": ("derivative-left-out-in-hidden-layers", "sign-flipped", "loss-gradient-per-sample", "bias-averaged"),
    "apply_gradients": ("learning-rate-squared", "ascent", "bias-not-updated", "updated-twice"),
    "train": ("network-not-updated", "copy-trained", "losses-recorded-once", "stale-gradients"),
}
"""The mistakes that a page without controls shows, for each check."""

NETWORK = f"a {'-'.join(map(str, SIZES))} network on the five points, {EPOCHS} epochs, learning rate {RATE:g}"


def shown(check: Any) -> Shown:
    """Return the page of `try_a_bug`, with its controls where it is live.

    Raises:
        ValueError: if there is no such check.
    """
    task = _task(check)
    if not live():
        return Shown(lambda: _overview(task), lambda: _overview_in_words(task))
    controls = _Controls(_bugs(task))
    return Shown(controls.page, controls.text, controls.root)


def _task(check: Any) -> str:
    """Return the name of the task that is meant, or "all"."""
    import checks.neural_network as exercise

    for name in TASKS:
        if check is getattr(exercise, f"check_{name}") or check is exercise.CHECKS[name]:
            return name
    known = [*TASKS, "all"]
    name = check.removeprefix("check_") if isinstance(check, str) else ""
    if name in known:
        return name
    close = get_close_matches(name, known, 1, 0.5)
    meant = f'; did you mean try_a_bug("{close[0]}")?' if close else "."
    given = f'"{check:.40}"' if isinstance(check, str) else getattr(check, "__name__", None) or f"{check!r:.40}"
    choice = ", ".join(f'"{name}"' for name in known[:-1])
    raise ValueError(f'try_a_bug expects the name of a check, {choice} or "all", but it got {given}{meant}')


def _bugs(task: str) -> list[Bug]:
    names = list(TASKS) if task == "all" else [task]
    return [Bug(name, mistake) for name in names for mistake in TASKS[name].misconceptions]


# --- without a live page ---------------------------------------------------------------------------------------


def _examples(task: str) -> list[tuple[Bug, Trial]]:
    labels = [few[0] for few in EXAMPLES.values()] if task == "all" else EXAMPLES[task]
    return [(bug, trained(bug)) for bug in _bugs(task) if bug.mistake.label in labels]


def _overview(task: str) -> str:
    right, rows, pictures = trained(None), "", []
    cell = 'style="text-align:left;vertical-align:top"'
    for bug, trial in _examples(task):
        rows += (
            f"<tr><td {cell}>{show.with_code(show.sentence(bug))}</td>"
            f"<td {cell}><code>{show.caught_by(bug)}</code></td>"
            f"<td {cell}>{escape(effect(bug, right, trial))}</td></tr>"
        )
        pictures.append(show.loss_curves(right, trial, show.name_of(bug), width=320, height=230))
    return (
        f'<div style="{show.STYLE}"><p style="margin:0"><strong>What a mistake does</strong>: {escape(NETWORK)}.</p>'
        f'<table style="margin:.5em 0"><thead><tr><th {cell}>mistake</th><th {cell}>caught by</th>'
        f"<th {cell}>what it does to training</th></tr></thead><tbody>{rows}</tbody></table>{row_of(pictures)}</div>"
    )


def _overview_in_words(task: str) -> str:
    lines = [f"- {show.in_words(bug, trained(None), trial)}" for bug, trial in _examples(task)]
    return "\n".join([f"What a mistake does: {NETWORK}.", *lines])


# --- with controls ---------------------------------------------------------------------------------------------


class _Controls:
    """A choice of mistakes, a question, and what comes of it."""

    def __init__(self, bugs: list[Bug]):
        import ipywidgets

        several = len({bug.task for bug in bugs}) > 1
        names = [(f"{bug.task}: " if several else "") + show.name_of(bug) for bug in bugs]
        self._mistake = ipywidgets.Dropdown(
            options=list(zip(names, bugs, strict=True)),
            description="mistake",
            layout={"width": "34em", "max_width": "98%"},
        )
        self._guess = ipywidgets.RadioButtons(
            options=[(f"check_{name}", name) for name in TASKS] + [(show.NONE, show.NONE)],
            index=None,
            layout={"width": "16em"},
        )
        self._see = ipywidgets.Button(
            description="See", button_style="primary", tooltip="show what the checks say and what the mistake does"
        )
        self._said, self._result = ipywidgets.HTML(), ipywidgets.HTML()
        question = ipywidgets.HTML(
            f'<div style="{show.STYLE}"><strong>Predict first:</strong> which check will catch it?</div>'
        )
        self.root = ipywidgets.VBox([self._mistake, self._said, question, self._guess, self._see, self._result])
        self._mistake.observe(self._begin_anew, names="value")
        self._see.on_click(self._answer)
        self._begin_anew()

    @property
    def bug(self) -> Bug:
        """The mistake that is switched on."""
        chosen: Bug = self._mistake.value
        return chosen

    def page(self) -> str:
        """Return what is shown now as HTML."""
        return f"<div>{self._said.value}{self._result.value}</div>"

    def text(self) -> str:
        """Return what is switched on in words."""
        return f"{show.sentence(self.bug)} Which check will catch it? Choose one and press See."

    def _begin_anew(self, _: Any = None) -> None:
        self._said.value = f'<div style="{show.STYLE}">{show.paragraph(show.with_code(show.sentence(self.bug)))}</div>'
        self._guess.index = None
        self._result.value = ""

    def _answer(self, _: Any = None) -> None:
        guess = self._guess.value
        if guess is None:
            self._show("Take a guess first: choose a check above. A wrong guess teaches as much as a right one.")
            return
        self._show("The checks are looking at it …")
        try:
            self._reveal(self.bug, guess)
        except Exception as error:  # a page stays calm, and stderr empty
            said = f"This mistake could not be tried ({type(error).__name__}: {error}). Choose another one."
            self._show(escape(said))

    def _reveal(self, bug: Bug, guess: str) -> None:
        """Find out and show the verdicts, then the gradients and the training."""
        found = verdicts(bug)
        checks = show.prediction(guess, found) + show.verdict_rows(bug, found)
        self._show("Training …", checks)
        right, trial = trained(None), trained(bug)
        effects = show.gradients(bug, right, trial) + show.heading("Training")
        effects += show.paragraph(escape(effect(bug, right, trial)))
        effects += show.loss_curves(right, trial, width=480, height=290)
        self._show(f"<small>Trained and measured: {escape(NETWORK)}.</small>", checks + effects, "opacity:.8")

    def _show(self, last: str, before: str = "", style: str = "") -> None:
        """Show some HTML and below it a paragraph."""
        frame = f'<div role="status" style="{show.STYLE};margin-top:.4em">'
        self._result.value = f"{frame}{before}{show.paragraph(last, style)}</div>"
