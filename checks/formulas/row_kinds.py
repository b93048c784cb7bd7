"""The kinds of slip in formulas of one sample, whose products are outer ones and Jacobians, and of given functions."""

from __future__ import annotations

from collections.abc import Iterator

from checks.formulas.kinds import Kind, Spot, Variation
from checks.formulas.tree import Called, Node, Operation, Symbol


def _of(name: str, *arguments: Node) -> Operation:
    return Operation(name, arguments)


def outer_products(spot: Spot) -> Iterator[Variation]:
    """A product of two vectors that is of another kind, or lacks a factor."""
    match spot.node:
        case Operation("column by row", (left, right)):
            think = f"How many entries has the product of {left} and {right}, and which two numbers make each of them?"
            for put, words, meaning, rank in (
                (left * right, f"the product {left * right}, entry by entry,", "kind of product", 1),
                (left @ right, "the sum of the products of their entries", "kind of product", 2),
                (left, f"{left} alone", f"left out {right}", 1),
                (right, f"{right} alone", f"left out {left}", 1),
                (_of("column by row", left, _of("ones", right)), f"{left} in every column", "ones", 2),
                (_of("column by row", _of("ones", left), right), f"{right} in every row", "ones", 2),
                (left + right, f"the sum {left + right}", "operator", 3),
            ):
                says = f"with {words} for the outer product of {left} and {right}{spot.place}"
                yield Variation(put, says, think, meaning, rank)
            for number, factor in enumerate((left, right)):
                if isinstance(factor, Symbol):
                    for name in ("reversed", "square", "abs"):
                        put = spot.node.edited((number,), _of(name, factor))
                        says = f"with {put.arguments[number]} in the place of {factor.described}{spot.place}"
                        yield Variation(put, says, think, name, 2)


def jacobians(spot: Spot) -> Iterator[Variation]:
    """A matrix that is to be zero off its diagonal, and is not, or is no matrix."""
    think = "Entry (i, j) says how output i moves with what stands at j. What is it for i = j, and what for the others?"
    match spot.node:
        case Operation("diag", (inner,)):
            for put, words, meaning, rank in (
                (inner, f"the vector {inner} for the matrix that has it on its diagonal", "no matrix", 1),
                (_of("in every row", inner), f"{inner} in every row, also off the diagonal", "off the diagonal", 1),
                (
                    _of("in every column", inner),
                    f"{inner} in every column, also off the diagonal",
                    "off the diagonal",
                    1,
                ),
                (_of("column by row", inner, inner), f"the outer product of {inner} with itself", "outer", 2),
                (_of("reversed", spot.node), "its rows in reverse order", "reversed", 2),
                (_of("one minus", spot.node), f"{_of('one minus', spot.node)}", "one minus", 2),
                (_of("diag", _of("square", inner)), f"{inner} squared on the diagonal", "square", 2),
                (_of("identity", inner), "ones on the diagonal", "identity", 1),
                (_of("all zeros", inner), "zeros", "zeros", 1),
            ):
                yield Variation(put, f"with {words}{spot.place}", think, meaning, rank)
        case Operation("identity", (inner,)):
            for name, words, rank in (
                ("as many ones", "a vector of ones", 1),
                ("all ones", "ones everywhere, also off the diagonal,", 1),
                ("all zeros", "zeros everywhere", 1),
                ("lower triangle", "ones on and below the diagonal", 2),
                ("one size too large", "a row and a column too many", 2),
                ("diag", f"{inner} on the diagonal", 1),
            ):
                says = f"with {words} for the identity{spot.place}"
                yield Variation(_of(name, inner), says, think, name, rank)
        case Operation("tensor product", (left, right)):
            think = "Which axes has what is differentiated, which has what moves, and in which order do they come?"
            for put, words, meaning, rank in (
                (_of("axes 0 2 1", spot.node), "when the last two axes are exchanged", "axes", 1),
                (_of("axes 2 0 1", spot.node), "when the last axis comes first", "axes", 1),
                (left, f"without the factor {right}", f"left out {right}", 1),
                (right, f"with {right} alone", f"left out {left}", 1),
                (_of("tensor product", left, _of("ones", right)), f"with ones in the place of {right}", "ones", 1),
                (_of("tensor product", left, _of("square", right)), f"with {right} squared", "square", 2),
                (_of("tensor product", left, _of("reversed", right)), f"with {right} in reverse order", "reversed", 2),
                (_of("tensor product", left, -right), f"with -{right} in the place of {right}", "sign", 2),
                (_of("tensor product", left, _of("identity", right)), "with one axis too many", "axes", 2),
            ):
                yield Variation(put, f"{words}{spot.place}", think, meaning, rank)


def given_functions(spot: Spot) -> Iterator[Variation]:
    """A function that the code is given, and that gets its arguments in another order or is not called."""
    match spot.node:
        case Called(name, (first, second)):
            think = f"In which order does {name} take its arguments, and what does it return?"
            put: Node = Called(name, (second, first))
            says = f"when {first} and {second} are handed to {name} the other way round{spot.place}"
            yield Variation(put, says, think, "arguments exchanged")
            for put, rank in ((first - second, 1), (second - first, 2), (first, 2)):
                yield Variation(put, f"with {put} for {spot.node}{spot.place}", think, f"not called: {put}", rank)


ROW_KINDS: tuple[Kind, ...] = (outer_products, jacobians, given_functions)
"""The kinds of this module."""
