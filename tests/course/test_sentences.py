"""All that the checks can say stands in one text, which is fresh, and keeps to one word for each idea."""

import ast
import re
from collections.abc import Iterator

import pytest

from course.sentences import sentences
from tests.conftest import ROOT

PLACE = ROOT / "docs" / "sentences.md"


@pytest.fixture(scope="module")
def said() -> str:
    return sentences(root=ROOT)


def test_the_text_is_fresh(said: str) -> None:
    written = PLACE.read_text(encoding="utf-8")
    assert written == said, f"run: course sentences --out {PLACE.relative_to(ROOT)}"


@pytest.mark.parametrize(
    "word",
    [
        r"pre-activations?", r"net inputs?", r"(?<!linear )(?<!squared )units?(?! of the output)", r"nodes?",
        r"step size", r"on its side", r"initiali[sz]ation", r"hyperparameters?", r"delta\d", r"data points?",
    ],
)  # fmt: skip
def test_an_idea_has_one_word(said: str, word: str) -> None:
    """The notebooks say: neuron, weighted input, learning rate, start weights, sample, transposed, Δ with its layer."""
    names = r"`[^`\n]*`|\{[^{}\n]*\}|(?m:^(?:###|- points for:) .*)|\(delta1, delta2\)"
    without_code = re.sub(names, "", said)
    assert not re.findall(rf".*\b{word}\b.*", without_code)


@pytest.mark.parametrize("word", [r"pre-activations?", r"net inputs?", r"nodes?", r"step size", r"initial weights?"])
def test_the_widgets_have_the_same_words(word: str) -> None:
    """What they show is in strings with a space in them; a word alone may be a name in code."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "checks").glob("**/widgets/*.py"))]
    shown = [text for tree in trees for text in _strings(tree) if " " in text and re.search(rf"(?i)\b{word}\b", text)]
    assert not shown


def _strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module, but for its docstrings."""
    nodes = list(ast.walk(tree))
    alone = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield node.value


def test_registries_places_problems_and_notes_are_all_told(said: str) -> None:
    for told in (
        "- `positive-gradient` Yours is what comes out with the positive gradient",  # a mistake,
        "  - Equations (5) and (7): ",  # its formula,
        "- hint: Look at ",  # a task's own hint,
        "- accepted: Your losses are recorded after each update.",  # an unusual answer,
        "the error starts between ",  # where an error starts,
        "- It still raises NotImplementedError: replace that line by your code.",  # a problem,
        "It matches none of the mistakes this check knows",  # and what is said of none
    ):
        assert told in said
