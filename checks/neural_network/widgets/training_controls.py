"""The controls of `explore_training`: they change settings, play, pause, step, restart and keep a run."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checks.neural_network.widgets.player import Player
from checks.neural_network.widgets.training_run import INITIALISATIONS, MOST_EPOCHS, MOST_LAYERS, MOST_NEURONS, Settings

if TYPE_CHECKING:
    from checks.neural_network.widgets.explore_training import Explorer

RATES = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0, 1000.0)

SECONDS_BETWEEN_PICTURES = 0.2

SECONDS_OF_A_FILM = 5.0
"""How long a whole run plays if the computer is fast enough, so that there is something to watch."""


def with_controls(explorer: Explorer) -> Any:
    """Return the widget that shows an explorer below its controls."""
    return _Controls(explorer).root


class _Controls:
    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.player = Player(self._piece, lambda: self.root.comm is not None)
        self._shown_at = self._due_at = 0.0
        self._hurry = False
        self._build(explorer.run.settings)
        self._show()

    # --- what is on the page ---

    def _build(self, start: Settings) -> None:
        import ipywidgets as widgets

        def labelled(kind: Any, description: str, width: int, tooltip: str, **options: Any) -> Any:
            layout, style = (
                widgets.Layout(width=f"{width}px", margin="2px 14px 2px 0"),
                {"description_width": "initial"},
            )
            return kind(description=description, tooltip=tooltip, style=style, layout=layout, **options)

        def number(description: str, width: int, tooltip: str, value: int, least: int, most: int) -> Any:
            kind = widgets.BoundedIntText
            return labelled(kind, description, width, tooltip, value=value, min=least, max=most)

        def button(label: str, tooltip: str, action: Callable[[], None], **options: Any) -> Any:
            made = widgets.Button(description=label, tooltip=tooltip, layout=widgets.Layout(width="auto"), **options)
            made.on_click(lambda _: self._post(action))
            return made

        def row(*children: Any) -> Any:
            return widgets.HBox(children, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))

        self.depth = number("Hidden layers", 150, "How many hidden layers", len(start.hidden), 1, MOST_LAYERS)
        self.widths = []
        for layer in range(1, MOST_LAYERS + 1):
            name, width = (f"in layer {layer}", 148) if layer > 1 else ("Neurons in layer 1", 196)
            neurons, tooltip = (
                start.hidden[min(layer, len(start.hidden)) - 1],
                f"How many neurons hidden layer {layer} has",
            )
            self.widths.append(number(name, width, tooltip, neurons, 1, MOST_NEURONS))
        rates = [(f"{rate:g}", rate) for rate in sorted({*RATES, start.learning_rate})]
        tooltip = "How far each step goes against the gradient"
        self.rate = labelled(widgets.Dropdown, "Learning rate", 180, tooltip, options=rates, value=start.learning_rate)
        tooltip, known = "Which weights the network starts from", list(INITIALISATIONS)
        self.initialisation = labelled(
            widgets.Dropdown, "Start weights", 270, tooltip, options=known, value=start.initialisation
        )
        self.epochs = number("Epochs", 140, "When the run ends", start.epochs, 1, MOST_EPOCHS)
        self.epochs.step = 500
        self.seed = number("Seed", 120, "Another seed draws other start weights", start.seed, 0, 2**31)
        self.play = button("Play", "Train, or stop for a while", self._toggle, icon="play", button_style="primary")
        self.step = button("Step", "Train one epoch", self._step, icon="step-forward")
        self.finish = button(
            "To the end", "Train as fast as possible", lambda: self._play(hurry=True), icon="fast-forward"
        )
        self.restart = button("Restart", "Begin again with a fresh network", self._restart, icon="refresh")
        self.keep = button("Keep this run", "Freeze it beside the next one", self._keep, icon="thumb-tack")
        self.forget = button("Forget run A", "Show the present run alone", self.explorer.forget, icon="times")
        self.picture = widgets.HTML()
        for control in (self.depth, *self.widths, self.rate, self.initialisation, self.epochs, self.seed):
            control.observe(lambda _: self._post(self._changed), "value")
        buttons = self.play, self.step, self.finish, self.restart, self.keep, self.forget
        settings = (self.depth, *self.widths), (self.rate, self.initialisation), (self.epochs, self.seed)
        self.root = widgets.VBox([*(row(*controls) for controls in (*settings, buttons)), self.picture])

    def _show(self) -> None:
        run = self.explorer.run
        self.picture.value = self.explorer.html()
        playing = self.player.playing
        self.play.description, self.play.icon = ("Pause", "pause") if playing else ("Play", "play")
        self.play.disabled = self.step.disabled = self.finish.disabled = run.finished
        self.keep.disabled = not run.epoch
        self.forget.layout.display = None if self.explorer.kept is not None else "none"
        for number, width in enumerate(self.widths, start=1):
            width.layout.display = None if number <= self.depth.value else "none"
        self._shown_at = time.perf_counter()

    # --- what the controls do ---

    def _post(self, action: Callable[[], None]) -> None:
        def done_and_shown() -> None:
            try:
                action()
                self._show()
            except Exception as error:  # a page stays calm, and stderr empty
                self.player.pause()
                self.picture.value = f"<p>Something went wrong here ({type(error).__name__}). Run the cell again.</p>"

        self.player.post(done_and_shown)

    def _settings(self) -> Settings:
        hidden = tuple(width.value for width in self.widths[: self.depth.value])
        return Settings(hidden, self.rate.value, self.initialisation.value, self.epochs.value, self.seed.value)

    def _changed(self) -> None:
        """Begin a fresh run if a setting has changed; it plays on if the last one was playing or had ended."""
        if self._settings() == self.explorer.run.settings:
            return
        goes_on = self.player.playing or (self.explorer.run.finished and self.explorer.run.epoch > 0)
        self._restart()
        if goes_on and not self.explorer.run.finished:
            self._play(self._hurry)

    def _toggle(self) -> None:
        if self.player.playing:
            self.player.pause()
            self.explorer.look()
        elif not self.explorer.run.finished:
            self._play(hurry=False)

    def _play(self, hurry: bool) -> None:
        self._hurry, self._due_at = hurry, time.perf_counter()
        self.player.play()

    def _step(self) -> None:
        self.player.pause()
        self.explorer.run.advance(epochs=1)
        self.explorer.look()

    def _restart(self) -> None:
        self.player.pause()
        self.explorer.start(self._settings())

    def _keep(self) -> None:
        self.player.pause()
        self.explorer.keep()

    def _piece(self) -> bool:
        """Train for a moment; draw a few times a second and at the end."""
        run, now = self.explorer.run, time.perf_counter()
        due = math.ceil((now - self._due_at) / SECONDS_OF_A_FILM * run.settings.epochs)
        self._due_at = now
        more = run.advance(epochs=MOST_EPOCHS if self._hurry else due)
        if not more:
            self.player.playing = False
        if not more or time.perf_counter() - self._shown_at > SECONDS_BETWEEN_PICTURES:
            self.explorer.look()
            self._show()
        return more
