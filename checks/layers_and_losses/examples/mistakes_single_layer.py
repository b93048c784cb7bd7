"""Wrong solutions of the tasks with one layer, each a student's whole cell that makes exactly the mistake of its label."""
# ruff: noqa: E501 - lines are as long as the words of a student's cell

from checks.example_cells import changed

from .right_single_layer import SINGLE_LAYER_STEP, SUMMED_GRADIENTS

_LOOP, _STACKED = SUMMED_GRADIENTS["loop"], SUMMED_GRADIENTS["stacked"]

SUMMED_MISTAKES = {
    "last-sample-only": changed(_LOOP, ("weight += linear", "weight = linear"), ("bias += linear", "bias = linear")),
    "last-sample-only/nothing-kept": changed(
        _LOOP, ("return grad_weight, grad_bias", "return linear.grad_weight, linear.grad_bias")
    ),
    "first-sample-only": changed(_LOOP, ("    return grad_weight", "        return grad_weight")),
    "first-sample-again-and-again": changed(_LOOP, ("x[n : n + 1], grad_output[n : n + 1]", "x[:1], grad_output[:1]")),
    "last-sample-skipped": changed(_LOOP, ("range(len(x))", "range(len(x) - 1)")),
    "first-sample-skipped": changed(_LOOP, ("range(len(x))", "range(1, len(x))")),
    "gradients-averaged": changed(
        _LOOP, ("return grad_weight, grad_bias", "return grad_weight / len(x), grad_bias / len(x)")
    ),
    "gradients-averaged/stacked": changed(
        _STACKED, ("x.T @ grad_output, grad_output.sum", "x.T @ grad_output / len(x), grad_output.mean")
    ),
    "gradients-not-added": changed(
        SUMMED_GRADIENTS["lists"],
        ("np.sum(weights, axis=0).tolist(), np.sum(biases, axis=0).tolist()", "weights, biases"),
    ),
    "weight-averaged": changed(_STACKED, ("x.T @ grad_output,", "x.T @ grad_output / len(x),")),
    "bias-averaged": changed(_STACKED, ("grad_output.sum(", "grad_output.mean(")),
    "weight-of-the-last-sample": changed(_LOOP, ("weight += linear", "weight = linear")),
    "bias-of-the-last-sample": changed(_LOOP, ("bias += linear", "bias = linear")),
    "bias-of-one-sample": changed(_STACKED, ("grad_output.sum(axis=0)", "grad_output[0]")),
    "bias-not-summed": changed(_STACKED, ("grad_output.sum(axis=0)", "grad_output")),
    "bias-summed-over-outputs": changed(_STACKED, ("axis=0", "axis=1")),
    "bias-one-number": changed(_STACKED, ("sum(axis=0)", "sum()")),
    "weight-transposed": changed(_STACKED, ("x.T @ grad_output", "grad_output.T @ x")),
    "results-swapped": changed(_LOOP, ("return grad_weight, grad_bias", "return grad_bias, grad_weight")),
}

_PARTS, _WRITTEN = SINGLE_LAYER_STEP["the-three-parts"], SINGLE_LAYER_STEP["written-out"]
_BACK = "sigmoid.backward(z, criterion.backward(p, y))"

STEP_MISTAKES = {
    "bias-left-out": changed(_PARTS, ("linear.forward(x)", "x @ linear.weight")),
    "activation-left-out": changed(_PARTS, ("p = sigmoid.forward(z)", "p = z")),
    "activation-applied-twice": changed(_PARTS, ("p = sigmoid.forward(z)", "p = sigmoid.forward(sigmoid.forward(z))")),
    "derivative-left-out": changed(_PARTS, (_BACK, "criterion.backward(p, y)")),
    "output-for-input": changed(_PARTS, ("sigmoid.backward(z", "sigmoid.backward(p")),
    "value-for-derivative": changed(_WRITTEN, ("* p * (1 - p)", "* p")),
    "loss-averaged": changed(_WRITTEN, ("np.sum((p", "np.mean((p")),
    "loss-halved": changed(_PARTS, ("return loss", "return loss / 2")),
    "prediction-returned": changed(_PARTS, ("return loss", "return p")),
    "loss-after-the-step": changed(
        _PARTS, ("return loss", "return criterion.forward(sigmoid.forward(linear.forward(x)), y)")
    ),
    "two-left-out": changed(_WRITTEN, ("2 * (p - y)", "(p - y)")),
    "gradient-averaged": changed(_WRITTEN, ("2 * (p - y)", "2 * (p - y) / p.size")),
    "loss-for-its-gradient": changed(_PARTS, ("criterion.backward(p, y)", "loss")),
    "loss-gradient-left-out": changed(_PARTS, ("criterion.backward(p, y)", "1")),
    "ascent": changed(_PARTS, ("-= learning_rate", "+= learning_rate")),
    "ascent/labels-first": changed(_PARTS, ("criterion.backward(p, y)", "criterion.backward(y, p)")),
    "learning-rate-left-out": changed(_PARTS, ("learning_rate * linear", "linear")),
    "shortcut-of-another-loss": changed(_PARTS, (_BACK, "p - y")),
    "learning-rate-of-the-notebook": changed(_PARTS, ("learning_rate * linear", "0.5 * linear")),
    "learning-rate-ignored": changed(_PARTS, ("learning_rate * linear", "0.1 * linear")),
    "layer-not-updated": changed(
        _PARTS,
        ("    linear.weight -= learning_rate * linear.grad_weight\n", ""),
        ("    linear.bias -= learning_rate * linear.grad_bias\n", ""),
    ),
    "layer-not-updated/rebound": changed(
        _PARTS,
        ("    linear.weight -= learning_rate", "    weight = linear.weight - learning_rate"),
        ("    linear.bias -= learning_rate", "    bias = linear.bias - learning_rate"),
    ),
    "bias-not-updated": changed(_PARTS, ("    linear.bias -= learning_rate * linear.grad_bias\n", "")),
    "weight-not-updated": changed(_PARTS, ("    linear.weight -= learning_rate * linear.grad_weight\n", "")),
    "gradient-for-parameter": changed(
        _PARTS, ("-= learning_rate * linear.grad_weight", "= linear.grad_weight"),
        ("-= learning_rate * linear.grad_bias", "= linear.grad_bias"),
    ),
}  # fmt: skip
