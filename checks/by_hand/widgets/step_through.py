"""One learning step of the small network of exercise 01, one number at a time, forwards and backwards."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import numpy as np

from checks.by_hand.case import PUBLISHED, Problem
from checks.by_hand.personal import Personal
from checks.by_hand.widgets.learning_step import CHAPTERS, steps, written
from checks.drawing.svg import Arrow, Neuron, Written, network_svg
from checks.explaining.look import FONT
from checks.widgets.charts import GREEN
from checks.widgets.shown import Shown, live

WIDEST = 8
"""Neurons in a layer that can still be drawn readably."""


def shown(problem: Any = None) -> Shown:
    """Return the page of `step_through`, with its controls where it is live.

    Raises:
        TypeError, ValueError: if `problem` is no such network, or cannot be drawn.
    """
    walk = _Walk(_usable(problem))
    if not live():
        return Shown(walk.everything, walk.text)
    controls = _Controls(walk)
    return Shown(lambda: walk.page(controls.position), walk.text, controls.root)


def _usable(problem: Any) -> Problem:
    if isinstance(problem, Personal):
        raise ValueError("step_through does not give away a network of your own; try another one: practice(3).")
    found = PUBLISHED if problem is None else getattr(problem, "problem", problem)
    if not isinstance(found, Problem):
        raise TypeError(
            "step_through expects nothing, or a network of exercise 1 as in step_through(practice(3)), "
            f"but it got {problem!r:.60}; leave it out to see the network of the notebook."
        )
    if max(found.names.sizes) > WIDEST:
        raise ValueError(
            f"step_through can draw at most {WIDEST} neurons in a layer, but this network has "
            f"{max(found.names.sizes)}; give it a smaller one, such as practice(3)."
        )
    if not np.isfinite(found.given).all():
        raise ValueError("step_through expects finite numbers, but a given one is not; give it another network.")
    return found


class _Walk:
    """The pictures and words of a problem after each number of steps."""

    def __init__(self, problem: Problem):
        self.problem, self.steps = problem, steps(problem)

    @property
    def last(self) -> int:
        """The number of steps."""
        return len(self.steps)

    def heading(self, position: int) -> str:
        """Return where one is."""
        if not position:
            return "Start"
        return f"Step {position} of {self.last} · {CHAPTERS[self.steps[position - 1].chapter]}"

    def picture(self, position: int, *, marked: bool = True) -> str:
        """Return the network as SVG with the numbers of the first `position` steps, the last of them marked."""
        now = self.steps[position - 1] if position and marked else None
        known = {step.name: written(step.value) for step in self.steps[:position]}
        names, problem = self.problem.names, self.problem

        def row(name: str, symbol: str | None = None, value: str | None = None) -> Written:
            text = known.get(name, "") if value is None else value
            is_now = now is not None and now.name == name
            return Written(_typeset(name if symbol is None else symbol), _typeset(text), is_now)

        def neuron(layer: int, place: int, number: int) -> Neuron:
            given = {0: ("x", problem.x), 2: ("t", problem.t)}.get(layer)
            rows = [row(f"{letter}{number}") for letter in ("s", "o", "delta") if layer]
            if given:
                name, values = given
                rows.insert(2, row(f"{name}{number}", value=written(values[place])))
            return Neuron(f"neuron {number}", tuple(rows), now is not None and number in now.neurons)

        def arrow(to: int, sender: int, weight: float) -> Arrow:
            edge, text = f"w{to}{sender}", written(weight)
            rows = [row(edge, "", f"{text} → {known[edge]}") if edge in known else row(edge, value=text)]
            rows += [row(gradient) for gradient in (f"g{to}{sender}",) if gradient in known]
            part = now is not None and (to, sender) in now.arrows
            return Arrow(weight, tuple(rows), part, part and now is not None and now.back)

        layers = [[neuron(layer, *place) for place in enumerate(names.neurons(layer))] for layer in range(3)]
        arrows = [
            [
                [arrow(to, sender, float(w)) for sender, w in zip(names.neurons(layer - 1), weights, strict=True)]
                for to, weights in zip(names.neurons(layer), problem.weights(layer), strict=True)
            ]
            for layer in (1, 2)
        ]
        described = f"Network {'-'.join(map(str, names.sizes))}. " + (
            f"New is {now.formula}." if now else f"Known so far: {', '.join(f'{n} = {v}' for n, v in known.items())}."
        )
        return network_svg(layers, arrows, ("inputs", "hidden, ReLU", "outputs, sigmoid"), described, row("E"), room=2)

    def words(self, position: int) -> str:
        """Return heading, sentence, formula and equations of a step as HTML."""
        if not position:
            t = ", ".join(map(written, self.problem.t))
            lines = [
                f"Everything that is given: inputs, weights, the target t = ({escape(t)}) and the learning rate "
                f"ε = {written(self.problem.epsilon)}. A dot stands for a number that is not known yet.",
                "Press <em>next</em>, and watch where each number comes from.",
            ]
            said = "".join(_paragraph(line) for line in lines)
        else:
            step, wide = self.steps[position - 1], f"font-size:1.1em;border-left:4px solid {GREEN};padding-left:.6em"
            said = _paragraph(_html(step.sentence)) + _paragraph(_html(step.formula), f";{wide}")
            said += _paragraph(_html(step.equations), ";opacity:.8")
        return (
            f'<div role="status" style="max-width:52em;min-height:9.5em;{FONT}">'
            f'<p style="margin:0"><strong>{self.heading(position)}</strong></p>{said}</div>'
        )

    def page(self, position: int) -> str:
        """Return words and picture after a number of steps."""
        return f"<div>{self.words(position)}{self.picture(position)}</div>"

    def everything(self) -> str:
        """Return the finished picture and the list of all steps, for pages without controls."""
        groups = []
        for chapter, heading in CHAPTERS.items():
            chosen = [(number, step) for number, step in enumerate(self.steps, start=1) if step.chapter == chapter]
            items = "".join(
                f"<li>{_html(step.formula)}<br><small>{_html(step.sentence)}</small></li>" for _, step in chosen
            )
            equations = dict.fromkeys(line for _, step in chosen for line in step.equations.split("; "))
            groups.append(
                f'<details style="margin:.3em 0"><summary>{heading}: {_html(", ".join(s.name for _, s in chosen))}'
                f'</summary><p style="margin:.3em 0 0 1em;opacity:.8">{"<br>".join(map(_html, equations))}</p>'
                f'<ol start="{chosen[0][0]}" style="margin:.3em 0">{items}</ol></details>'
            )
        return (
            f'<div style="max-width:52em;{FONT}">'
            f'<p style="margin:0"><strong>One learning step of {escape(str(self.problem))}</strong>, '
            f"all {self.last} numbers. {LEGEND}</p>{self.picture(self.last, marked=False)}{''.join(groups)}</div>"
        )

    def text(self) -> str:
        """Return all steps in plain words."""
        lines = [f"One learning step of {self.problem}, number by number:"]
        for number, step in enumerate(self.steps, start=1):
            if number == 1 or step.chapter != self.steps[number - 2].chapter:
                lines.append(f"{CHAPTERS[step.chapter]}:")
            lines.append(f"{number:4}. {step.formula}")
        return "\n".join(lines)


LEGEND = "Solid blue arrows have positive weights, dashed orange ones negative weights."

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _typeset(text: str) -> str:
    """Write names with subscripts, δ for delta, and a minus sign as long as a plus."""
    named = re.sub(r"\b(delta|[sotxgw])(\d+)\b", lambda m: m[1] + m[2].translate(SUBSCRIPTS), text)
    return re.sub(r"-(?=[\d(∂ ])", "−", named.replace("delta", "δ"))


def _html(text: str) -> str:
    """Return text as HTML with its names typeset, also those with letters for subscripts, such as w_ji."""
    return re.sub(r"(?<=\w)_([a-z]+)\b", r'<sub style="line-height:0">\1</sub>', escape(_typeset(text), quote=False))


def _paragraph(html: str, style: str = "") -> str:
    return f'<p style="margin:.35em 0 0{style}">{html}</p>'


class _Controls:
    """Buttons and a slider above the picture."""

    def __init__(self, walk: _Walk):
        import ipywidgets

        self.walk = walk
        look = {"layout": {"width": "22em"}, "style": {"description_width": "3em"}}
        self._slider = ipywidgets.IntSlider(0, min=0, max=walk.last, description="step", **look)
        self._buttons = {}
        for name, tooltip in (
            ("first", "go to the start: what is given"),
            ("back", "one number back"),
            ("next", "compute the next number"),
            ("last", "go to the end: every number"),
        ):
            button = ipywidgets.Button(description=name, tooltip=tooltip, layout={"width": "5em"})
            button.on_click(self._go)
            self._buttons[name] = button
        self._buttons["next"].button_style = "primary"
        self._picture, self._words = ipywidgets.HTML(), ipywidgets.HTML()
        legend = ipywidgets.HTML(f'<div style="{FONT};font-size:.85em">{LEGEND} Thick: what takes part.</div>')
        row = ipywidgets.HBox([*self._buttons.values(), self._slider], layout={"flex_flow": "row wrap"})
        self.root = ipywidgets.VBox([row, self._words, self._picture, legend])
        self._slider.observe(self._show, names="value")
        self._show()

    @property
    def position(self) -> int:
        """How many steps are done."""
        return int(self._slider.value)

    def _go(self, button: Any) -> None:
        move = {"first": 0, "back": self.position - 1, "next": self.position + 1, "last": self.walk.last}
        self._slider.value = min(max(move[button.description], 0), self.walk.last)

    def _show(self, _: Any = None) -> None:
        self._words.value = self.walk.words(self.position)
        self._picture.value = self.walk.picture(self.position)
        for name, end in (("first", 0), ("back", 0), ("next", self.walk.last), ("last", self.walk.last)):
            self._buttons[name].disabled = self.position == end
