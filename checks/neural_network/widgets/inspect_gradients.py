"""See a network's gradients layer by layer: yours, the reference and the difference, and where the error starts."""

from __future__ import annotations

from html import escape
from typing import Any

from checks.explaining.html import as_html
from checks.explaining.text import as_text
from checks.judging.verdict import State, Verdict
from checks.neural_network import CHECKS
from checks.neural_network.widgets.gradients_picture import MARKS, how_far, layer_maps, network
from checks.neural_network.widgets.gradients_seen import Seen, Standing, gradients_seen
from checks.widgets.shown import Shown, framed, live


def shown(net: Any, x: Any, y: Any) -> Shown:
    """Return the page of `inspect_gradients`, with a row of buttons where it is live.

    Raises:
        TypeError, ValueError: if `net` is no network, or the data do not fit it.
    """
    inspector = Inspector(net, x, y)
    return Shown(inspector.html, inspector.text, _with_tabs(inspector) if live() else None)


class Inspector:
    """The verdict on `backward`, the gradients on the student's data, and what is shown of them."""

    def __init__(self, net: Any, x: Any, y: Any) -> None:
        self.seen: Seen = gradients_seen(net, x, y)
        self.verdict: Verdict = CHECKS["backward"].verdict(net)

    def on_this_data(self) -> str:
        """Say how the gradients stand on the data that were given."""
        layers = self.seen.layers
        if all(g.standing is Standing.UNSET for g in layers):
            return self._nothing_stored()
        if all(g.standing is Standing.RIGHT for g in layers):
            if self.verdict.state is State.RIGHT:
                return "On your data, every gradient agrees with the reference."
            return (
                "On your data, every gradient agrees with the reference. The check tries other networks and batches "
                "too, and what it says above happens there."
            )
        above = [g.layer for g in reversed(layers) if g.layer > self.seen.start]
        fine = f" {_listed(above)} right." if above else ""
        sizes = "-".join(map(str, self.seen.sizes))
        return f"In your {sizes} network, on your data, the error starts in layer {self.seen.start}.{fine}"

    def _nothing_stored(self) -> str:
        why = f" {self.seen.problem}" if self.seen.problem and self.verdict.state is not State.NOT_ATTEMPTED else ""
        return (
            f"Nothing is stored as a gradient yet.{why} Below is what the gradients of this network are on your data, "
            "for comparing later."
        )

    def text(self) -> str:
        """Return verdict and layers in words."""
        lines = [as_text(self.verdict), self.on_this_data()]
        for gradients in reversed(self.seen.layers):
            errors = ", ".join(
                f"{c.quantity} {'not set' if c.came is None else how_far(c)}"
                for c in (gradients.weight, gradients.bias)
            )
            lines.append(f"layer {gradients.layer}: {MARKS[gradients.standing]} ({errors})")
        return "\n".join(lines)

    def html(self) -> str:
        """Return everything as HTML, with the layers to be opened one by one."""
        opened = self.seen.start
        layers = "".join(
            f'<details{" open" if g.layer == opened else ""}><summary style="cursor:pointer;margin:.4em 0">'
            f"layer {g.layer}: {MARKS[g.standing]}</summary>{layer_maps(g)}</details>"
            for g in reversed(self.seen.layers)
        )
        return framed(f"{self.head()}{network(self.seen)}{layers}")

    def head(self) -> str:
        """Return the verdict and the sentence on the given data."""
        return f'{as_html(self.verdict)}<p style="margin:.6em 0;max-width:52em">{escape(self.on_this_data())}</p>'

    def layer_html(self, layer: int) -> str:
        """Return the drawing with one layer framed, and its heat maps."""
        return framed(network(self.seen, layer) + layer_maps(self.seen.layers[layer - 1]))


def _listed(layers: list[int]) -> str:
    if len(layers) == 1:
        return f"Layer {layers[0]} is"
    return f"Layers {', '.join(map(str, layers[:-1]))} and {layers[-1]} are"


def _with_tabs(inspector: Inspector) -> Any:
    """Return the widget: a button for every layer, the last one first, above its pictures."""
    import ipywidgets as widgets

    options = [(f"layer {g.layer} {MARKS[g.standing][0]}", g.layer) for g in reversed(inspector.seen.layers)]
    tabs = widgets.ToggleButtons(
        options=options,
        value=inspector.seen.start,
        description="Show",
        tooltips=[f"the gradients of layer {number}" for _, number in options],
        style={"button_width": "auto", "description_width": "initial"},
    )
    pictures = widgets.HTML(inspector.layer_html(inspector.seen.start))

    def show(change: Any) -> None:
        pictures.value = inspector.layer_html(change["new"])

    tabs.observe(show, "value")
    return widgets.VBox([widgets.HTML(framed(inspector.head())), tabs, pictures])
