"""Kinds of slip in what is made of single numbers: functions, quotients, brackets, quantities wherever they occur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from checks.formulas.kinds import REDUCTIONS, Kind, Spot, Variation
from checks.formulas.tree import UNKNOWN, Activation, Factor, Node, Operation, Scaled, Symbol, times, total

INSTEAD: Mapping[str, tuple[str, ...]] = {
    "positive part": ("negative part", "abs", "step", "leaky", "capped at 1", "capped at 6", "softplus", "sign"),
    "step": ("negative step", "sign", "above 1", "leaky step", "positive part", "abs"),
    "abs": ("square", "sign", "root"),
    "sign": ("step", "abs", "square", "negative step", "between -1 and 1"),
    "square": ("abs", "root", "cube", "exp"),
    "log": ("log2", "log10", "log1p", "exp", "root"),
    "exp": ("log", "square"),
    "tanh": ("tan", "arctan", "σ", "cosh", "between -1 and 1", "sine", "reciprocal tanh"),
    "cosh": ("tanh", "sine", "exp"),
    "one minus": ("one plus",),
}
"""Functions by name, and those that people take for each."""

ARGUMENTS = ("tanh", "σ", "exp")
"""Functions whose argument people double or halve."""


def _applied(name: str, node: Node) -> Node:
    return Operation(name, (node,))


def other_functions(spot: Spot) -> Iterator[Variation]:
    """Another function, none, one too many, or two functions in another order."""
    match spot.node:
        case Operation("*", (left, Operation("step", (inner,)))):
            elsewhere = Operation("where positive, else 1", (left, inner))
            says = f"with {elsewhere}, where it is to be 0{spot.place}"
            yield Variation(elsewhere, says, f"How much does the result change where {inner} is negative?", "elsewhere")
    if not isinstance(spot.node, Operation) or len(spot.node.arguments) != 1 or spot.node.name not in INSTEAD:
        return
    name, (inner,) = spot.node.name, spot.node.arguments
    think = f"What does the equation do with {inner}, and what do you do with it?"
    for other in INSTEAD[name]:
        put: Node = _applied(other, inner)
        yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, "function")
    yield Variation(inner, f"with {inner} for {spot.node}{spot.place}", think, "function left out")
    if name in ("abs", "square"):
        yield Variation(-inner, f"with {-inner} for {spot.node}{spot.place}", think, "function left out", 2)
    if name == "square":
        yield Variation(
            Scaled(Factor(2), inner), f"with {inner} doubled for {spot.node}{spot.place}", think, "function"
        )
    match inner:
        case Operation("+" | "-" as sign, (left, right)):
            put = Operation(sign, (_applied(name, left), _applied(name, right)))
            yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, "too early", 2)
    if name not in ("abs", "sign", "step", "positive part", "one minus"):
        twice = _applied(name, spot.node)
        yield Variation(twice, f"with {twice} for {spot.node}{spot.place}", think, "twice", 2)
    if name in ARGUMENTS:
        for factor in (2.0, 0.5):
            put = _applied(name, Scaled(Factor(factor), inner))
            yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, "argument", 2)
    if isinstance(inner, Operation) and len(inner.arguments) == 1:
        put = _applied(inner.name, _applied(name, inner.arguments[0]))
        says = f"with {put} for {spot.node}{spot.place}"
        yield Variation(put, says, "Which of the two comes first?", "order of functions")


def sums(spot: Spot) -> Iterator[Variation]:
    """A product of sums for a sum of products, a function of the sum, another measure of size."""
    match spot.node:
        case Operation(name, (Operation("row products" | "*" | "times" as kind, (left, right)),)) if name in REDUCTIONS:
            product = Operation(kind, (_applied(name, left), _applied(name, right)))
            says = f"when {left} and {right} are summed first and multiplied then{spot.place}"
            yield Variation(product, says, "Is a sum of products the product of the sums?", "summed first", 2)
        case Operation("sum", (Operation("abs" | "square" as of, (inner,)),)):
            think = "How does the equation make one number of many?"
            after = _applied(of, total(inner))
            says = (
                f"with {after} for {spot.node}: {'it is taken' if of == 'abs' else 'squared'} after the sum{spot.place}"
            )
            yield Variation(after, says, think, "after the sum")
            norm = _applied("root", total(_applied("square", inner)))
            yield Variation(norm, f"with the root of the summed squares{spot.place}", think, "norm", 2)
            largest = _applied("largest", _applied(of, inner))
            yield Variation(largest, f"with the largest alone{spot.place}", think, "largest", 2)
            columns = _applied("largest", _applied("sum over rows", spot.node.arguments[0]))
            yield Variation(columns, f"with the largest of the column sums{spot.place}", think, "largest", 2)


def means(spot: Spot) -> Iterator[Variation]:
    """A function of a mean for the mean of a function."""
    match spot.node:
        case Scaled(factor, Operation("sum", (Operation("abs" | "square" as of, (inner,)),))) if factor.powers:
            put = _applied(of, Scaled(factor, total(inner)))
            says = f"with {put} for {spot.node}{spot.place}"
            yield Variation(put, says, "How does the equation make one number of many?", "after the sum")


def quotients(spot: Spot) -> Iterator[Variation]:
    """A denominator left out, upside down, or without its bracket."""
    match spot.node:
        case Operation("/", (above, below)):
            think = "What stands above, what below, and which brackets does Python need?"
            yield Variation(above, f"without the denominator {below}{spot.place}", think, "left out below")
            says = f"with {Scaled(Factor(2), above)} for the quotient{spot.place}"
            yield Variation(Scaled(Factor(2), above), says, think, "left out below", 2)
            says = f"with the quotient upside down, {below / above}{spot.place}"
            yield Variation(below / above, says, think, "upside down")
            says = f"with the product of {above} and {below} for their quotient{spot.place}"
            yield Variation(Operation("times", (above, below)), says, think, "upside down", 2)
            says = f"with … times {above} for the quotient{spot.place}"
            yield Variation(times(UNKNOWN, above), says, f"What is it divided by, whatever {below} is?", "number", 3)
            open_above, open_below = _first_and_rest(above), list(_unbracketed_below(above, below))
            for put in open_below:
                says = f"with {put}, without the brackets around the denominator{spot.place}"
                yield Variation(put, says, "In which order does Python evaluate a / b * c?", "brackets")
            if open_above is not None:
                first, sign, rest = open_above
                for right in (rest / below, *_unbracketed_below(rest, below)):
                    match right:
                        case Operation("+" | "-" as then, (quotient, last)):
                            put = Operation(then, (Operation(sign, (first, quotient)), last))
                        case _:
                            put = Operation(sign, (first, right))
                    says = f"with {put}, without the brackets{spot.place}"
                    yield Variation(put, says, "What does Python evaluate first in a - b / c?", "brackets")
        case Operation("*" | "times" as kind, (left, Operation("one minus", (inner,)))):
            put = left - inner
            says = f"with {put}, without the brackets around 1 - {inner}{spot.place}"
            yield Variation(put, says, "What does Python evaluate first in a * 1 - b?", "brackets")
        case Operation("*", (left, right)):
            for twice in (left, right):
                says = f"with the factor {twice} twice{spot.place}"
                yield Variation(twice * spot.node, says, f"How often should {twice} come in?", "twice", 2)
    match spot.node:
        case Operation("*" | "times" as kind, (left, Operation("+" | "-" as sign, (first, second)))):
            put = Operation(sign, (Operation(kind, (left, first)), second))
            says = f"with {put}, without the brackets{spot.place}"
            yield Variation(put, says, "What does Python evaluate first in a * b - c?", "brackets")


def _first_and_rest(node: Node) -> tuple[Node, str, Node] | None:
    match node:
        case Operation("+" | "-" as sign, (first, rest)):
            return first, sign, rest
    return None


def _unbracketed_below(above: Node, below: Node) -> Iterator[Node]:
    """Yield what Python makes of above / below, where the denominator has no brackets."""
    match below:
        case Operation("*" | "times" as kind, (first, second)):
            yield Operation(kind, (above / first, second))
        case Operation("+" | "-" as sign, (first, second)):
            yield Operation(sign, (above / first, second))
        case Scaled(factor, inner) if not factor.powers:
            yield Operation("times", (Scaled(Factor(1 / factor.number), above), inner))


def _one_number(node: Node) -> bool:
    return isinstance(node, Operation) and node.name == "sum"


def _with_function(node: Node, name: str, other: str) -> Node:
    """Return a tree with another function wherever one occurs."""
    arguments = tuple(_with_function(one, name, other) for one in node.arguments)
    if isinstance(node, Operation) and node.name == name:
        return Operation(other, arguments)
    return node.with_arguments(arguments) if arguments else node


def throughout(spot: Spot) -> Iterator[Variation]:
    """A quantity changed wherever it occurs: exchanged, doubled, its complement, with an activation of its own."""
    if not spot.root:
        return
    occurring = [node for _, node in spot.node.nodes() if isinstance(node, Symbol)]
    several = list(dict.fromkeys(one for one in occurring if occurring.count(one) > 1))
    think = "Which array is which, and what have you done to it before?"
    for other in spot.symbols:
        if other.offset is None and not isinstance(spot.node, Symbol) and not _one_number(spot.node):
            says = f"with {other.described} itself for {spot.makes}"
            yield Variation(other, says, "Which equation makes it, and from what?", "another quantity", 2)
    for one, other in combinations(several, 2):
        says = f"with {one} and {other} exchanged{spot.place}"
        yield Variation(spot.node.renamed({one: other, other: one}), says, think, "exchanged")
    for one in several:
        for other in spot.symbols:
            if other != one:
                says = f"with {other.described} wherever {one.described} belongs{spot.place}"
                yield Variation(spot.node.renamed({one: other}), says, think, "another quantity", 2)
        for put in (Scaled(Factor(2), one), Scaled(Factor(0.5), one), _applied("one minus", one)):
            says = f"with {put} wherever {one} belongs{spot.place}"
            yield Variation(spot.node.renamed({one: put}), says, think, "argument", 2)
    functions = [node.name for _, node in spot.node.nodes() if isinstance(node, Operation) and node.name == "log"]
    for base in INSTEAD["log"] if len(functions) > 1 else ():
        put = _with_function(spot.node, "log", base)
        yield Variation(put, f"with {put}{spot.place}", "Which logarithm does the equation take?", "function")
    for one in several:
        for name in spot.activations:
            put = Activation(one, of=name)
            says = f"with {put} in the place of {one.described}{spot.place}"
            yield Variation(spot.node.renamed({one: put}), says, think, "one too many", 2)


AFTERWARDS = {
    "abs": "the absolute values of {}",
    "truncated": "the whole numbers of {}, without their digits",
    "rounded": "{} rounded to whole numbers",
    "root": "the root of {}",
    "share": "{} divided by its sum",
}


def afterwards(spot: Spot) -> Iterator[Variation]:
    """Something done to the result that is not asked for."""
    if spot.root:
        for name, words in AFTERWARDS.items():
            says = f"with {words.format(spot.makes)}"
            think = "What happens to the numbers after the equation, and which type has the array that you fill?"
            yield Variation(_applied(name, spot.node), says, think, f"afterwards {name}", 2)


KINDS: tuple[Kind, ...] = (other_functions, sums, means, quotients, throughout, afterwards)
"""The kinds of slip of this module."""
