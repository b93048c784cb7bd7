"""The kinds of slip that people make with functions, quotients, differences and columns; `kinds.py` has the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from checks.formulas.kinds import Kind, Spot, Variation
from checks.formulas.tree import Factor, Node, Number, Operation, Scaled, Symbol, scaled

ONE, ONCE = Number(1), 1

OTHERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "exp": ("power of two", "natural log", "square", "tanh", "σ"),
        "natural log": ("log2", "log10", "exp", "log of one minus", "log of one plus", "square"),
        "softmax": ("softmax of rows", "exp", "shifted exp", "log of softmax", "decision", "σ", "relu", "tanh"),
        "σ": ("tanh", "softmax", "relu", "relu'", "decision", "exp"),
        "relu": (
            *("relu'", "leaky relu", "leakier relu", "soft plus", "relu6", "clipped", "negative part", "abs"),
            *("σ", "tanh", "softmax", "decision"),
        ),
        "relu'": ("relu", "off", "ones", "leaky relu'", "leakier relu'", "sign", "σ'", "σ", "clipped"),
    }
)
"""By the name of a function what else people write for it."""

REDUCTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "column sum": ("sum", "row sum", "column mean", "column maximum", "first column's sum"),
        "row sum": ("sum", "column sum", "row mean", "row maximum", "sum over columns"),
        "column maximum": ("maximum", "row maximum", "column mean", "column minimum", "column sum"),
        "sum": ("over length", "over columns", "over width"),
    }
)
"""By the name of what makes one number of many what else people write for it."""


def _of(name: str, *arguments: Node) -> Operation:
    return Operation(name, arguments)


def _turned(node: Node) -> Node:
    """Return the transpose."""
    match node:
        case Operation("T", (inner,)):
            return inner
    return node.T


def other_functions(spot: Spot) -> Iterator[Variation]:
    """Another function than the right one, none, or the same twice."""
    match spot.node:
        case Operation(name, (inner,)) if name in OTHERS:
            think = f"Which function does the equation apply to {inner}, and how often?"
            yield Variation(inner, f"with {inner} for {spot.node}{spot.place}", think, "left out")
            twice = _of(name, spot.node)
            yield Variation(twice, f"when the function is applied twice, {twice}{spot.place}", think, "twice")
            bare = [inner.arguments[0]] if isinstance(inner, Operation) and inner.name == "-" else []
            for given in (inner, *bare):
                for other in OTHERS[name]:
                    says = f"with {_of(other, given)} for {spot.node}{spot.place}"
                    yield Variation(_of(other, given), says, think, f"function {other}", 2)
            for given in bare:
                yield Variation(given, f"with {given} for {spot.node}{spot.place}", think, "left out")
            for other in (one for one in ("relu", "softmax", "σ") if one != name):
                before = _of(name, _of(other, inner))
                yield Variation(before, f"with {before} for {spot.node}{spot.place}", think, "function before", 3)
                after = _of(other, spot.node)
                yield Variation(after, f"with {after} for {spot.node}{spot.place}", think, "function after", 3)
            slope = f"{name}'"
            if slope in OTHERS:
                yield Variation(_of(slope, inner), f"with {slope}({inner}), the derivative{spot.place}", think, "slope")
        case Operation(name, (inner,)) if name in REDUCTIONS:
            think = "Over which axis does it run, and is it that of the classes?"
            for other in REDUCTIONS[name]:
                says = f"with {_of(other, inner)} for {spot.node}{spot.place}"
                yield Variation(_of(other, inner), says, think, f"reduction {other}")


def arguments(spot: Spot) -> Iterator[Variation]:
    """The right function of something else: of the opposite sign, the size, the square, twice or half of it."""
    match spot.node:
        case Operation(name, (inner,)) if name in OTHERS:
            think = "What exactly stands in the brackets of the function?"
            bare = inner.inner if isinstance(inner, Scaled) and inner.factor == Factor(-1) else None
            others: list[tuple[Node, str, int]] = [(bare or -inner, "sign", 1)]
            for part, back in ((inner, ONCE),) if bare is None else ((bare, -1),):
                others += [(scaled(back * number)(part), words, 2) for number, words in ((2, "double"), (0.5, "half"))]
                for operation in ("square", "abs", "unit"):
                    put = _of(operation, part)
                    others.append((put if back == ONCE else -put, operation, 2))
            if bare is not None:
                others += [(_of("square", bare), "square", 2), (_of("abs", bare), "abs", 2)]
            for other, meaning, rank in others:
                says = f"with {_of(name, other)} for {spot.node}{spot.place}"
                yield Variation(_of(name, other), says, think, f"argument {meaning}", rank)


def too_early(spot: Spot) -> Iterator[Variation]:
    """A function that is applied to a part of what it belongs to."""
    match spot.node:
        case Operation(name, (inner,)) if name in OTHERS:
            think = f"What goes into the function: all of {inner}, or a part of it?"
            rest: Node | None = None
            whole = spot.expanded(inner)
            match whole:
                case Operation("+", (left, right)):
                    whole, rest = left, right
                    put = _of(name, left) + right
                    says = f"when {right} is added after the function, {put}{spot.place}"
                    yield Variation(put, says, think, "too early")
            match whole:
                case Operation("@", (left, right)):
                    for part in (
                        _of(name, left) @ right,
                        left @ _of(name, right),
                        _turned(_of(name, _turned(left))) @ right,
                    ):
                        put = part if rest is None else part + rest
                        says = f"when the function is applied too early, {put}{spot.place}"
                        yield Variation(put, says, think, "too early", 2)


def differences(spot: Spot) -> Iterator[Variation]:
    """An error of something else than a prediction: of a decision, of its function once more, of some samples only."""
    match spot.node:
        case Operation("-", (Symbol() as left, Symbol() as right)):
            think = f"What are {left} and {right}, and is their difference all that the equation has here?"
            put: Node
            for put, meaning, rank in (
                (_of("decision", left) - right, "decision", 1),
                (left - _of("decision", left), "decision for the label", 1),
                *((_of(name, left) - right, "function again", 1) for name in spot.activations),
                (-(left + right), "sign of both", 2),
                (left * right, "product", 2),
                (left / right, "quotient", 3),  # infinite where a label is 0: then the label itself comes out
                (right * spot.node, "only where the label is 1", 2),
                ((ONE - right) * spot.node, "only where the label is 0", 2),
                (spot.node * left * (ONE - left), "slope kept", 1),
                (spot.node * left, "half of the slope kept", 2),
                (spot.node * (ONE - left), "half of the slope kept", 2),
                (spot.node * _of("σ'", left), "slope kept", 2),
                (spot.node / (left * (ONE - left)), "slope divided out", 2),
            ):
                yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, meaning, rank)
            match spot.expanded(left):
                case Operation(_, (inner,)):
                    for slope in ("relu'", "σ'"):
                        put = spot.node * _of(slope, inner)
                        says = f"with an additional factor, {put}{spot.place}"
                        yield Variation(put, says, think, "slope kept", 2)


def quotients(spot: Spot) -> Iterator[Variation]:
    """A quotient without one of its parts, upside down, or without the brackets of its denominator."""
    match spot.node:
        case Operation("/", (left, right)):
            think = "What stands above the line, what below it, and which brackets does that need in code?"
            yield Variation(left, f"without the division by {right}{spot.place}", think, "left out")
            yield Variation(right, f"with {right} alone{spot.place}", think, "left out", 2)
            yield Variation(right / left, f"with {right / left}, upside down{spot.place}", think, "upside down", 2)
            yield Variation(left * right, f"with {left * right} for the quotient{spot.place}", think, "operator", 2)
            match right:
                case Operation("+", (first, second)):
                    put = (left / first) + second
                    says = f"without the brackets of the denominator, {put}{spot.place}"
                    yield Variation(put, says, think, "brackets")
        case Operation("*", (left, Operation("-", (first, second)))):
            put = (left * first) - second
            says = f"without the brackets, {put}{spot.place}"
            yield Variation(put, says, "Which of * and - does Python do first?", "brackets")
            put = _of("square", spot.node)
            yield Variation(put, f"with {put}{spot.place}", "What is it that is squared?", "square", 2)
    match spot.node:
        case Operation("*", (Symbol() as left, Operation("-", (Number(), Symbol() as right)) as rest)) if left == right:
            for put in (left * left, rest * rest):
                think = "What does each of the two factors have to be?"
                yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, "factors", 2)
        case Number(1) if not spot.root:
            for symbol in spot.symbols:
                says = f"with {symbol} where a 1 belongs{spot.place}"
                yield Variation(symbol, says, "What stands above the line?", "number", 2)
    if spot.root:
        for _, node in spot.node.nodes():
            if node is not spot.node and isinstance(node, Operation) and node.name in OTHERS:
                think = "What does the equation do with that?"
                yield Variation(node, f"with {node} alone as {spot.subject}", think, "left out", 2)


def partly(spot: Spot) -> Iterator[Variation]:
    """A quantity that is worked out otherwise in one of its places."""
    if isinstance(spot.node, Symbol) and not spot.root:
        whole = spot.expanded(spot.node)
        for path, node in whole.nodes() if whole != spot.node else ():
            match node:
                case Operation("+" | "-", (left, right)):
                    put = whole.edited(path, left)
                    think = f"Is {spot.node} the same in all places?"
                    yield Variation(
                        put, f"with {put} in one place only, without {right}{spot.place}", think, "partly", 2
                    )


def steps(spot: Spot) -> Iterator[Variation]:
    """What a step is made of: exchanged, without its sign, or of length one."""
    match spot.node:
        case Operation("-", (Symbol() as left, Operation("times", (rate, Symbol() as right)))):
            put = right - Operation("times", (rate, left))
            says = f"when {left} and {right} are exchanged, {put}{spot.place}"
            yield Variation(put, says, "From where does the step start, and in which direction?", "exchanged", 2)
        case Operation("times", (rate, inner)):
            for name, words in (
                ("abs", "the absolute value of"),
                ("unit", "the direction alone of"),
                ("square", "the square of"),
                ("sum", "the sum of"),
            ):
                put = Operation("times", (rate, _of(name, inner)))
                says = f"with {words} {inner}, {put}{spot.place}"
                yield Variation(put, says, f"What does the equation do with {inner}?", f"step {name}", 2)


def terms(spot: Spot) -> Iterator[Variation]:
    """A sum that counts what does not count, and terms of another kind."""
    match spot.node:
        case Operation("counted", (label, Operation("natural log", (given,)) as logarithm)):
            think = "Which entries does the loss count, and what is multiplied there?"
            put: Node
            for put, words, rank in (
                (label * logarithm, "where 0 times log 0 is nan", 1),
                (label.T * logarithm, "with one of them transposed", 1),
                (label.T @ logarithm, "as a matrix product", 1),
                (label @ logarithm.T, "as a matrix product", 1),
                (_of("counted", given, _of("natural log", label)), "with the two exchanged", 1),
                (given * _of("natural log", label), "with the two exchanged", 1),
                (logarithm, "without the label", 1),
                (_of("counted", given, _of("natural log", given)), "without the label", 2),
                (_of("first output alone", spot.node), "for the first column alone", 2),
                (_of("counted", _of("decision", given), logarithm), "for the likeliest class, not for the true one", 2),
                (label * _of("natural log", _of("softmax", given)), "with the softmax applied again", 2),
            ):
                says = f"with {put} for {spot.node}: {words}{spot.place}"
                yield Variation(put, says, think, f"terms {words}", rank)
            says = f"with the squared error {_of('square', given - label)} in the place of the logarithm"
            yield Variation(-_of("square", given - label), says, think, "squared error", 2)


def single_entries(spot: Spot) -> Iterator[Variation]:
    """The first entry of a term for all."""
    match spot.node:
        case Operation("+", (left, Symbol() as right)):
            put = left + _of("first entry", right)
            says = f"with the first entry of {right.described} for all{spot.place}"
            yield Variation(put, says, "Which entry belongs to which neuron?", "first entry", 2)


FUNCTION_KINDS: tuple[Kind, ...] = (
    other_functions,
    arguments,
    too_early,
    differences,
    quotients,
    partly,
    steps,
    terms,
    single_entries,
)
"""The kinds of this module."""


def roundings(spot: Spot) -> Iterator[Variation]:
    """A result that is rounded."""
    for name in ("rounded", *(f"rounded to {decimals}" for decimals in (1, 2, 3, 4)), "rounded down"):
        whole = not name[-1].isdigit()
        words = f"{name} to whole numbers" if whole else f"{name} decimal{'s' * (name[-1] != '1')}"
        says = f"with {spot.subject} {words}"
        yield Variation(_of(name, spot.node), says, "Who asks for a rounded result?", "rounded", 2)
