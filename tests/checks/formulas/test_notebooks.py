"""The equations of the notebooks are those of the references: LaTeX against formulas, number by number."""

import re
from importlib import import_module
from string import ascii_lowercase, ascii_uppercase

import pytest

from checks.formulas.slips import Worked, expanded
from course.layout import find_course

SIGNS = {
    "leftarrow": "=",
    "approx": "=",
    "partial": "∂",
    "nabla": "∇",
    "Delta": "Δ",
    "delta": "δ",
    "eta": "η",
    "varepsilon": "ε",
    "sigma": "σ",
    "varphi": "φ",
    "odot": "⊙",
    "sum": "Σ",
    "top": "ᵀ",
    "prime": "'",
    "lvert": "|",
    "rvert": "|",
    "log": "ln",
    "bar L": "mean loss",
}
LETTERS = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Single samples are written small and batches with capitals, and the formulas are for both."""

RAISED, LOWERED = str.maketrans("lLk+-1()2", "ˡˡᵏ⁺⁻¹⁽⁾²"), str.maketrans("12in", "₁₂ᵢₙ")
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
OF_ENTRIES = r"(?:nk|nj|ij|j)"


def translated(latex):
    """Return LaTeX in the plain text that formulas are written in, without spaces; indices of single entries go."""
    text = re.sub(r"\\(?:text|mathrm)\{(\w+)\}", r"\1", latex)
    text = re.sub(r"\\(?:left(?!arrow)|right(?!arrow)|[Bb]ig|[!,; ])", "", text)
    for name, sign in SIGNS.items():
        text = text.replace(f"\\{name}", sign)
    text = re.sub(r"\\(\w+)", r"\1", text)
    text = re.sub(r"hat\{(.)\}", lambda m: {"y": "ŷ", "Y": "Ŷ"}[m[1]], text)
    text = re.sub(r"Σ_\{n=1\}\^\{N\} (\S+)_\{nj\}", r"columnsumsof\1", text)
    text = re.sub(r"(?:Σ(?:_\{[^}]*\})?(?:\^\{?\w\}?)? *)+", "Σ", text)
    text = re.sub(rf"_(?:\{{{OF_ENTRIES}\}}|j)", "", text)
    text = re.sub(r"e\^\{([^}]*)\}", r"exp(\1)", text)
    text = re.sub(r"\^\{(\(\w(?:[+-]1)?\))(['ᵀ]?)\}", lambda m: m[1].translate(RAISED) + m[2], text)
    text = re.sub(r"\^(ᵀ|2)", lambda m: m[1].translate(RAISED), text)
    text = re.sub(r"tanh²(\(\w\))", r"tanh\1²", text)
    text = re.sub(r"([δxg]|(?<=L|w|e))_([12in])", lambda m: m[1] + m[2].translate(LOWERED), text)
    text = re.sub(r"([zaWbL])_([12n])", lambda m: m[1] + (m[2] if m[2] in "12" else "ₙ"), text)
    text = re.sub(rf"frac{GROUP}{GROUP}", _fraction, text)
    return compact(text).strip(".,")


def compact(text):
    """Return text without spaces, in small letters, without brackets that nothing needs, and any layer for the last."""
    small = text.replace(" ", "").replace("ᴸ", "ˡ").replace("Ŷ", "ŷ").translate(LETTERS)
    small = re.sub(r"\(([^()+-]*)\)⊙", r"\1⊙", small.replace("log", "ln"))
    return re.sub(r"ln(\w)", r"ln(\1)", small)


def _fraction(match):
    above, below = (part.strip() for part in match.groups())
    if "∂" in above or (above.isdigit() and re.fullmatch(r"\w( \w)*", below)):
        return f"{above}/{below}" if " " not in below or "∂" in above else f"{above}/({below})"
    return "/".join(part if re.fullmatch(r"\w", part) else f"({part})" for part in (above, below))


def equations(name):
    """Return the numbered equations of a notebook, each as the parts that stand side by side."""
    source = find_course().source(name).read_text(encoding="utf-8")
    found = re.findall(r"^# \$\$(.*?)\\tag\{(\w+)\}\$\$$", source, re.MULTILINE)
    return {f"({number})": [translated(part) for part in re.split(r",? *\\q?quad", latex)] for latex, number in found}


NOTEBOOKS = {name: equations(name) for name in ("02_softmax_and_nll", "04_layers_and_losses", "05_neural_network")}
FORMULAS = {
    f"{name[:2]}-{task}-{step}": (name, check.task().reference, step)
    for name in NOTEBOOKS
    for task, check in import_module(f"checks.{name[3:]}").CHECKS.items()
    if issubclass(check.task().reference, Worked)
    for step in check.task().reference.steps
}


def plain(reference, step):
    """Return a formula as it is written, and with what is worked out before written out as well."""
    formula = getattr(reference, step)
    forms = (compact(f"{formula.left} = {right}") for right in (formula.right, expanded(reference, formula.right)))
    return {re.sub(r"φ('?)\(", r"φ⁽ˡ⁾\1(", form.removeprefix("new")) for form in forms}


def is_in_its_notebook(name, reference, step):
    numbers = re.findall(r"\(\w+\)", getattr(reference, step).number)
    parts = [part for number in numbers for part in NOTEBOOKS[name][number]]
    return any(part == form or part.startswith(f"{form}=") for part in parts for form in plain(reference, step))


PART = "it is a part of the equation of its number"
OTHER_LETTER = "the notebook writes it for other letters"
WORDS = "the notebook says it with words or methods"
EXCEPTIONS = {
    "02-sigmoid_derivative-activation": OTHER_LETTER,
    "02-sigmoid_derivative-sigmoid_derivative": "of single numbers, whose product needs no sign",
    "02-nll_gradient-unit_error": PART,
    "02-softmax-shift": WORDS,
    "02-softmax-exponentials": PART,
    "02-softmax-normalised": "the notebook writes it for one entry",
    "02-nllm-terms": PART,
    "02-nllm-total": "it is that of the terms",
    "02-updated_w1-relu_derivative": PART,
    "02-output_after_step-relu_derivative": PART,
    "04-single_layer_step-activation": OTHER_LETTER,
    "04-single_layer_step-activation_derivative": PART,
    "04-single_layer_step-error_signal": "the notebook writes the derivative of the sigmoid out",
    "04-single_layer_step-weight_gradient": OTHER_LETTER,
    "04-single_layer_step-bias_gradient": OTHER_LETTER,
    "04-TwoLayerNetwork-linear": OTHER_LETTER,
    "04-TwoLayerNetwork-activation": WORDS,
    "04-TwoLayerNetwork-activation_derivative": WORDS,
    "04-TwoLayerNetwork-weight_gradient": WORDS,
    "04-TwoLayerNetwork-bias_gradient": WORDS,
    "04-TwoLayerNetwork-passed_back": WORDS,
    "04-train_sgd-new_bias": "the notebook writes it for any parameter",
    "04-train_minibatch-new_bias": "the notebook writes it for any parameter",
    "04-train_minibatch-mean_loss": OTHER_LETTER,
    "04-ReLU-gradient": "the notebook tells the cases apart",
    "05-backward-activation_derivative": PART,
    "05-train-moved": "it is that of all parameters at once",
}
"""The formulas that do not stand in their notebooks as they are, and why."""


@pytest.mark.parametrize("key", FORMULAS)
def test_a_formula_is_the_equation_of_its_number(key):
    assert is_in_its_notebook(*FORMULAS[key]) != (key in EXCEPTIONS)


def test_exceptions_are_of_formulas_that_there_are():
    assert EXCEPTIONS.keys() <= FORMULAS.keys()


@pytest.mark.parametrize(
    ("latex", "plain_text"),
    [
        (r"\Delta^{(l)} = \left(\Delta^{(l+1)}\, W^{(l+1)\top}\right) \odot z", "Δ⁽ˡ⁾=Δ⁽ˡ⁺¹⁾w⁽ˡ⁺¹⁾ᵀ⊙z"),
        (r"\nabla b^{(l)}_j = \sum_{n=1}^{N} \Delta^{(l)}_{nj}", "∇b⁽ˡ⁾=columnsumsofΔ⁽ˡ⁾"),
        (r"\frac{a - y}{a\,(1 - a)}.", "(a-y)/(a(1-a))"),
    ],
)
def test_latex_is_translated_sign_by_sign(latex, plain_text):
    assert translated(latex) == plain_text
