"""The kinds of slip: each a function from a node of a formula to what people write in its place, with words.

To add a kind, write a generator and put it into KINDS; it then serves every formula of every exercise. What it yields
for a node is tried on the cases; what gives the right numbers all the same is never named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from checks.formulas.operations import ACTIVATIONS
from checks.formulas.tree import UNKNOWN, Activation, Factor, Node, Operation, Scaled, Symbol, times


@dataclass(frozen=True)
class Spot:
    """A node of a formula: where the formula is about, what may stand there instead, whether it is the whole of it."""

    node: Node
    symbols: Sequence[Symbol]
    activations: Sequence[str]
    sizes: Sequence[str]
    makes: str
    root: bool
    expanded: Callable[[Node], Node] = lambda node: node
    addends: Sequence[Symbol] = ()

    @property
    def subject(self) -> str:
        """The node as the subject of a sentence."""
        return self.makes if self.root else str(self.node)

    @property
    def place(self) -> str:
        """Where it is, to be added to words that do not say so."""
        return f", in {self.makes}"


@dataclass(frozen=True)
class Variation:
    """What stands in the place of a node, and words: `says` completes "Yours is what comes out …"; `think` is a hint.

    `meaning` is the same for variations that are one mistake, and of several that give the same numbers, those of least
    `rank` are told.
    """

    node: Node
    says: str
    think: str
    meaning: str
    rank: int = 1


Kind = Callable[[Spot], Iterator[Variation]]


def another_quantity(spot: Spot) -> Iterator[Variation]:
    """Another quantity than the right one."""
    if isinstance(spot.node, Symbol):
        for other in spot.symbols:
            if other != spot.node:
                says = f"with {other.described} in the place of {spot.node.described}{spot.place}"
                near = other.name == spot.node.name or None in (other.offset, spot.node.offset)
                yield Variation(
                    other,
                    says,
                    f"Which array belongs where {spot.node} stands, and which one do you have there?",
                    "another quantity",
                    1 if near or other.offset == spot.node.offset else 2,
                )


def one_activation_more(spot: Spot) -> Iterator[Variation]:
    """An activation of what is to be taken as it is."""
    if isinstance(spot.node, Symbol) and not spot.root:
        for name in spot.activations:
            put = Activation(spot.node, of=name)
            says = f"with {put} in the place of {spot.node.described}{spot.place}"
            yield Variation(put, says, "What have you done to that array before?", "one too many", 2)


def transposes(spot: Spot) -> Iterator[Variation]:
    """Transposed once too often or not at all."""
    think = "Write the shapes of both factors below each other. Which of them must meet?"
    match spot.node:
        case Operation("T", (inner,)):
            yield Variation(inner, f"with {inner} for {spot.node}{spot.place}", think, "transpose")
            says = f"when {inner} is reshaped where it is to be transposed{spot.place}"
            yield Variation(Operation("turned", (inner,)), says, think, "reshaped", 2)
        case Operation("@", (left, right)):
            says = f"when {spot.subject} is transposed{'' if spot.root else spot.place}"
            yield Variation(_transposed(spot.node), says, think, "transpose")
            says = f"when {spot.subject} is reshaped where it is to be transposed{'' if spot.root else spot.place}"
            yield Variation(Operation("reshaped", (spot.node,)), says, think, "reshaped", 2)
            says = f"with {_transposed(left)} for {left} and {_transposed(right)} for {right}{spot.place}"
            yield Variation(_transposed(left) @ _transposed(right), says, think, "transpose", 2)
        case _ if spot.root:
            rank = 1 if isinstance(spot.node, Activation) else 2  # what is returned is looked at last
            yield Variation(spot.node.T, f"when {spot.subject} is transposed", think, "transpose", rank)
    match spot.node:
        case Symbol() if not spot.root:
            says = f"with {spot.node}, transposed and reshaped{spot.place}"
            yield Variation(Operation("reshaped", (spot.node,)), says, think, "reshaped", 2)
    match spot.node:
        case Symbol(offset=int()):
            yield Variation(spot.node.T, f"with {spot.node.T} for {spot.node}{spot.place}", think, "transpose", 2)


def products(spot: Spot) -> Iterator[Variation]:
    """Factors of a product exchanged, of another kind, left out, or bracketed otherwise."""
    match spot.node:
        case Operation("@", (left, right)):
            think = "In which order, and over which axis, does the equation multiply the two?"
            says = f"with {right @ left} for {left @ right}{spot.place}"
            yield Variation(right @ left, says, think, "order of factors")
            says = f"with the product {left * right}, entry by entry, for the matrix product {left @ right}{spot.place}"
            yield Variation(left * right, says, think, "kind of product")
            bare = [_untransposed(one) for one in (left, right)]
            says = f"with the product {bare[0] * bare[1]}, entry by entry, for {left @ right}{spot.place}"
            yield Variation(bare[0] * bare[1], says, think, "kind of product", 2)
            says = f"when {left} and {right} are summed first and multiplied then{spot.place}"
            yield Variation(Operation("sums multiplied", (left, right)), says, think, "summed first", 2)
            says = f"when {bare[0]} is averaged first and multiplied then{spot.place}"
            yield Variation(Operation("means multiplied", (left, right)), says, think, "summed first", 2)
            says = f"with the outer product of {bare[0]} and {bare[1]}, each as one long vector{spot.place}"
            yield Variation(Operation("outer", (bare[0], bare[1])), says, think, "kind of product", 2)
        case Operation("*", (left, right)):
            think = "In which order, and entry by entry or as matrices, does the equation multiply?"
            says = f"with a matrix product of {left} and {right}, where the product goes entry by entry{spot.place}"
            yield Variation(left @ right, says, think, "kind of product")
            says = f"with the sum {left + right} for the product{spot.place}"
            yield Variation(left + right, says, think, "operator", 2)
            match spot.expanded(left):
                case Operation("@", (first, second)):
                    for inner in (second * right, right * second):
                        says = f"with the bracket in another place, {first @ inner}{spot.place}"
                        yield Variation(first @ inner, says, "What is multiplied first?", "bracket", 2)
                    says = f"with the bracket in another place, {(first * right) @ second}{spot.place}"
                    yield Variation((first * right) @ second, says, "What is multiplied first?", "bracket", 2)
    match spot.node:
        case Operation("@" | "*" | "times", (left, right)):
            think = "Count the factors of the equation, then yours."
            for kept, lost in ((left, right), (right, left)):
                yield Variation(kept, f"without the factor {lost}{spot.place}", think, f"left out {lost}")
        case Operation("+" | "-" as sign, (left, right)):
            think = "Go through the terms of the equation one by one. Which signs have they?"
            yield Variation(left, f"without {right}{spot.place}", think, f"left out {right}")
            rest = right if sign == "+" else -right
            yield Variation(rest, f"without {left}{spot.place}", think, f"left out {left}")
            other = left - right if sign == "+" else left + right
            yield Variation(other, f"with {other} for {spot.node}{spot.place}", think, "sign")
            match right:
                case Operation("times", (factor, inner)):
                    bracket = times(factor, left + inner if sign == "+" else left - inner)
                    says = f"with the bracket in another place, {bracket}{spot.place}"
                    yield Variation(bracket, says, "What does the factor belong to?", "bracket", 2)
            if sign == "-":
                says = f"with {right - left} for {left - right}{spot.place}"
                yield Variation(right - left, says, think, "sign")


REDUCTIONS = {
    "sum over rows": "summed over the samples",
    "sum over samples": "summed over the samples",
    "sum over columns": "summed over the other axis",
    "sum": "summed over everything",
    "mean over rows": "averaged over the samples",
    "mean over columns": "averaged over the other axis",
    "mean": "averaged over everything",
    "first row": "taken from the first sample alone",
    "last row": "taken from the last sample alone",
    "sum everywhere": "summed over everything, and every entry gets that sum",
}


def reductions(spot: Spot) -> Iterator[Variation]:
    """Summed over another axis, averaged, or not at all."""
    match spot.node:
        case Operation(name, (inner,)) if name in REDUCTIONS:
            think = f"Which axis of {inner} should be gone afterwards, and is it a sum or a mean?"
            for other, words in REDUCTIONS.items():
                if words != REDUCTIONS[name]:
                    says = f"when {inner} is {words}, not {REDUCTIONS[name]}{spot.place}"
                    yield Variation(Operation(other, (inner,)), says, think, "reduction")
            yield Variation(inner, f"when {inner} is not {REDUCTIONS[name]}{spot.place}", think, "reduction")
            absolute = Operation(name, (Operation("abs", (inner,)),))
            yield Variation(absolute, f"with the absolute values of {inner}{spot.place}", think, "absolute", 2)


CONSTANTS = (1.0, 2.0, 0.5)
"""Numbers that stand in front of formulas."""


def factors(spot: Spot) -> Iterator[Variation]:
    """A constant missing, extra, or another one."""
    think = "Which constants belong in the equation, and how often does each of them come in?"
    if isinstance(spot.node, Scaled):
        for number, powers in product(CONSTANTS, product((0, -1), repeat=len(spot.sizes))):
            given = tuple((size, power) for size, power in zip(spot.sizes, powers, strict=True) if power)
            other = Factor(number, given)
            if other != spot.node.factor:
                instead = f"with the factor {other} for {spot.node.factor}" if str(other) != "1" else ""
                says = f"{instead or f'without the factor {spot.node.factor}'}{spot.place}"
                yield Variation(Scaled(other, spot.node.inner), says, think, "factor")
    inner = isinstance(spot.node, Operation) and spot.node.name == "times"
    if spot.root or inner:
        for factor, words in (
            *([] if inner else [(Factor(-1), "has the opposite sign")]),
            (Factor(0.5), "is halved"),
            (Factor(2), "is doubled"),
            *((Factor(1, ((size, -1),)), f"is divided by {size}{_again(spot.node, size)}") for size in spot.sizes),
            *((Factor(1, ((size, 1),)), f"is multiplied by {size}") for size in spot.sizes),
        ):
            meaning = "sign" if factor.number < 0 else "factor"
            says = f"when {spot.subject} {words}{'' if spot.root else spot.place}"
            yield Variation(Scaled(factor, spot.node), says, think, meaning, 1 if inner else 2)


def _again(node: Node, size: str) -> str:
    """Return the words for a second division, if a node is divided by a size already."""
    scaled = (one.factor.powers for _, one in node.nodes() if isinstance(one, Scaled))
    return " once more" if any((size, -1) in powers for powers in scaled) else ""


def numbers(spot: Spot) -> Iterator[Variation]:
    """A number of one's own: for a constant, for a quantity that is a single number, or as an extra term."""
    think = "Which numbers of your code are given as arguments, and which did you type?"
    match spot.node:
        case Scaled(factor, inner):
            says = f"with the fixed factor … for {factor}{spot.place}"
            yield Variation(times(UNKNOWN, inner), says, think, "number", 3)
        case Operation("times", (Symbol() as quantity, inner)):
            says = f"with the number … in the place of {quantity.described}, whatever that is{spot.place}"
            yield Variation(times(UNKNOWN, inner), says, think, "number", 2)
            twice = times(quantity, spot.node)
            says = f"with {quantity} multiplied in twice{spot.place}"
            yield Variation(twice, says, f"How often should {quantity} come in?", "factor")
            says = f"when {inner} is divided by {quantity}, where it is to be multiplied{spot.place}"
            yield Variation(inner / quantity, says, "Multiplied, or divided?", "factor")
            says = f"with only the sign of {inner}{spot.place}"
            signs = times(quantity, Operation("sign", (inner,)))
            yield Variation(signs, says, "Is the size of it of any importance?", "sign alone", 2)
            says = f"with the mean of {inner} in the place of its entries{spot.place}"
            means = times(quantity, Operation("mean", (inner,)))
            yield Variation(means, says, "Does every entry have its own?", "mean", 2)
            for addend in spot.addends:
                says = f"when {inner} is multiplied by {addend.described}, entry by entry{spot.place}"
                product = times(quantity, inner * addend)
                yield Variation(product, says, "Does the equation have such a factor?", "extra factor", 2)
                says = f"with … times {addend.described} added to {inner}{spot.place}"
                extra = times(quantity, inner + times(UNKNOWN, addend))
                yield Variation(extra, says, "Does the equation have such a term?", "extra term", 3)
    if spot.root:
        multiplied = times(UNKNOWN, spot.node)
        yield Variation(multiplied, f"when {spot.subject} is multiplied by …", think, "number", 3)
        for addend in spot.addends:
            says = f"with {addend.described} added{spot.place}"
            yield Variation(spot.node + addend, says, "Does the equation have such a term?", "extra term", 2)
            extra, says = spot.node + times(UNKNOWN, addend), f"with … times {addend.described} added{spot.place}"
            yield Variation(extra, says, "Does the equation have such a term?", "extra term", 3)


def shapes(spot: Spot) -> Iterator[Variation]:
    """Flattened, rounded."""
    match spot.node:
        case Operation("+" | "-", terms):
            for place, term in enumerate(terms):
                if isinstance(term, Symbol) and term.offset is None:
                    put = spot.node.edited((place,), Operation("squeezed", (term,)))
                    says = f"when {term.described} loses its axis of one entry and is stretched{spot.place}"
                    think = f"Which shape does {term} have, also where there is one output?"
                    yield Variation(put, says, think, "squeezed", 2)
    if isinstance(spot.node, Symbol) and spot.node.offset is None:
        says = f"with {spot.node.described} rounded to whole numbers{spot.place}"
        yield Variation(Operation("rounded", (spot.node,)), says, "Are whole numbers enough?", "rounded", 2)


def functions(spot: Spot) -> Iterator[Variation]:
    """Another function: of another layer, the value for the derivative, at another point."""
    node = spot.node
    if not isinstance(node, Activation):
        return
    z = node.inner
    if node.form == "value":
        think = f"Which function belongs to this layer, and how often is it applied to {z}?"
        yield Variation(z, f"without the activation{spot.place}", think, "left out")
        yield Variation(
            Activation(node, node.form, node.of), f"with the activation applied twice{spot.place}", think, "twice"
        )
        yield Variation(Activation(z, "slope"), f"with φ'({z}) for φ({z}){spot.place}", think, "slope for value")
        says = f"with 1 - φ({z}) for φ({z}){spot.place}"
        yield Variation(Operation("one minus", (node,)), says, think, "one minus", 2)
        for name in spot.activations:
            says = f"with one more {name} behind {node}{spot.place}"
            yield Variation(Activation(node, of=name), says, think, "one too many", 2)
        for name in (*spot.activations, "relu"):
            yield Variation(Activation(z, of=name), f"with {name} as the activation{spot.place}", think, "function", 2)
        return
    above = Activation(z, "slope", "above")
    think = "Whose derivative belongs to this layer?"
    yield Variation(
        above, f"with the derivative of the layer above, at the right {z}{spot.place}", think, "function", 2
    )
    think = f"Whose derivative is it, written for which variable, and taken at which point? Here it is φ'({z})."
    yield Variation(Activation(z), f"with the activation φ({z}) itself for its derivative{spot.place}", think, "value")
    for name in spot.activations:
        says = f"with the derivative of {name}, {name}'({z}), for that of the layer's own activation{spot.place}"
        yield Variation(Activation(z, "slope", name), says, think, "function")
        form = ACTIVATIONS[name][2]
        at_z = Activation(z, "slope from value", name)
        says = f"with {at_z} for φ'({z}): the formula {form} holds for the value a of {name}, not for z{spot.place}"
        yield Variation(at_z, says, think, "at z")
        of_value = Activation(Activation(z), "slope from value", name)
        says = f"with {form}, the formula of {name}, for the derivative of the layer's own activation{spot.place}"
        yield Variation(of_value, says, think, "formula")
        twice = Activation(Activation(z, of=name), "slope", name)
        yield Variation(twice, f"with the derivative taken at the activation a and not at {z}{spot.place}", think, "a")
    says = f"with 1 - a for the derivative φ'({z}){spot.place}"
    yield Variation(Operation("one minus", (Activation(z),)), says, think, "formula")
    says = f"with φ'({z}) squared{spot.place}"
    yield Variation(Operation("square", (node,)), says, think, "twice")


def powers(spot: Spot) -> Iterator[Variation]:
    """Absolute values for squares, a root too many, an exponent kept."""
    match spot.node:
        case Operation("square", (inner,)):
            think = "Which power does the equation have, and what is its derivative?"
            yield Variation(Operation("abs", (inner,)), f"with |{inner}| for its square{spot.place}", think, "power")
            yield Variation(inner, f"when {inner} is not squared{spot.place}", think, "power")
        case Operation("-", _):
            think = "Which power does the equation have here?"
            kept = Operation("square", (spot.node,))
            yield Variation(kept, f"when {spot.node} is still squared{spot.place}", think, "power")
            kept = Operation("abs", (spot.node,))
            yield Variation(kept, f"with |{spot.node}| for {spot.node}{spot.place}", think, "power")
            kept = Operation("sign", (spot.node,))
            yield Variation(kept, f"with only the sign of {spot.node}{spot.place}", think, "power", 2)
    if spot.root and isinstance(spot.node, Scaled | Operation):
        think = "Is the last operation part of the equation?"
        yield Variation(Operation("root", (spot.node,)), f"when the root of {spot.subject} is taken", think, "root", 3)


KINDS: tuple[Kind, ...] = (
    another_quantity,
    one_activation_more,
    transposes,
    products,
    reductions,
    factors,
    numbers,
    functions,
    powers,
    shapes,
)
"""All kinds of slip."""


def variations(spot: Spot) -> Iterator[Variation]:
    """Yield what may stand in the place of a node, by every kind."""
    for kind in KINDS:
        yield from kind(spot)


def _transposed(node: Node) -> Node:
    match node:
        case Operation("T", (inner,)):
            return inner
    return node.T


def _untransposed(node: Node) -> Node:
    match node:
        case Operation("T", (inner,)):
            return inner
    return node
