"""Wrong solutions, each a student's whole cell that makes exactly the mistake of its label and no other.

Most are a right cell with the few words changed that the mistake consists of. Longer than 400 lines because it is data.
"""
# ruff: noqa: E501 - lines are as long as the words of a student's cell

from checks.example_cells import cells, changed, method_cells

from .mistakes_single_layer import STEP_MISTAKES, SUMMED_MISTAKES
from .mistakes_training import TRAIN_MINIBATCH, TRAIN_SGD
from .right import ABS_CRITERION, BATCH_LINEAR, BCE_CRITERION, NUMERICAL_GRADIENT, RELU, TANH
from .right import TWO_LAYER_NETWORK as NETWORKS

_LOOP = NETWORKS["inputs-recomputed"]
_WRITTEN = NETWORKS["written-out"]
_KEPT = NETWORKS["remembered-in-forward"]

TWO_LAYER_NETWORK = {
    "output-activation-left-out": changed(_WRITTEN, ("return self.layers[3].forward(z2)", "return z2")),
    "output-activation-left-out/loop": changed(
        _LOOP, ("for layer in self.layers:\n", "for layer in self.layers[:-1]:\n")
    ),
    "one-layer-only": changed(
        _LOOP, ("            x = layer.forward(x)\n        return x", "            return layer.forward(x)")
    ),
    "half-the-network": changed(_LOOP, ("for layer in self.layers:\n", "for layer in self.layers[:2]:\n")),
    "hidden-activation-left-out": changed(
        _WRITTEN,
        (
            "        z2 = self.layers[2].forward(a1)\n        return",
            "        z2 = self.layers[2].forward(z1)\n        return",
        ),
    ),
    "output-layer-replaced": changed(_WRITTEN, ("return self.layers[3].forward(z2)", "return Sigmoid().forward(z2)")),
    "output-layer-replaced/written-out": changed(
        _WRITTEN, ("return self.layers[3].forward(z2)", "return 1 / (1 + np.exp(-z2))")
    ),
    "activation-applied-twice": changed(
        _LOOP,
        (
            "            x = layer.forward(x)\n",
            "            x = layer.forward(x)\n            if not hasattr(layer, 'weight'):\n                x = layer.forward(x)\n",
        ),
    ),
    "derivative-left-out-at-the-output": changed(_WRITTEN, ("self.layers[3].backward(z2, grad_output)", "grad_output")),
    "derivative-left-out-at-the-output/loop": changed(
        _LOOP, ("zip(self.layers[::-1], inputs[::-1])", "zip(self.layers[2::-1], inputs[2::-1])")
    ),
    "derivative-left-out-in-the-middle": changed(_WRITTEN, ("self.layers[1].backward(z1, da1)", "da1")),
    "derivatives-left-out": changed(
        _WRITTEN,
        ("self.layers[3].backward(z2, grad_output)", "grad_output"),
        ("self.layers[1].backward(z1, da1)", "da1"),
    ),
    "output-for-input": changed(
        _WRITTEN,
        (
            "self.layers[3].backward(z2, grad_output)",
            "self.layers[3].backward(self.layers[3].forward(z2), grad_output)",
        ),
        ("self.layers[1].backward(z1, da1)", "self.layers[1].backward(a1, da1)"),
    ),
    "output-for-input-at-the-end": changed(
        _WRITTEN, ("self.layers[3].backward(z2, grad_output)", "self.layers[3].backward(self.forward(x), grad_output)")
    ),
    "output-derivative-replaced": changed(
        _WRITTEN, ("self.layers[3].backward(z2, grad_output)", "Sigmoid().backward(z2, grad_output)")
    ),
    "output-derivative-replaced/written-out": changed(
        _WRITTEN,
        (
            "        dz2 = self.layers[3].backward(z2, grad_output)",
            "        p = 1 / (1 + np.exp(-z2))\n        dz2 = grad_output * p * (1 - p)",
        ),
    ),
    "grad-output-left-out": changed(_WRITTEN, ("(z2, grad_output)", "(z2, np.ones_like(grad_output))")),
    "gradient-averaged": changed(_WRITTEN, ("(z2, grad_output)", "(z2, grad_output / len(x))")),
    "first-layer-left-out": changed(
        _WRITTEN, ("return self.layers[0].backward(x, dz1)", "return dz1 @ self.layers[0].weight.T")
    ),
    "returned-before-the-first-layer": changed(
        _WRITTEN, ("return self.layers[0].backward(x, dz1)", "self.layers[0].backward(x, dz1)\n        return dz1")
    ),
    "gradient-at-the-output-returned": changed(
        _WRITTEN, ("return self.layers[0].backward(x, dz1)", "self.layers[0].backward(x, dz1)\n        return dz2")
    ),
}

_CENTRAL = NUMERICAL_GRADIENT["ndindex"]
_NUDGED = NUMERICAL_GRADIENT["nudged-and-taken-back"]

NUMERICAL = {
    "two-left-out": changed(_CENTRAL, ("(2 * epsilon)", "epsilon")),
    "one-side-over-two-steps": changed(_CENTRAL, ("old - epsilon", "old")),
    "not-divided": changed(_CENTRAL, ("(up - down) / (2 * epsilon)", "up - down")),
    "parentheses-forgotten": changed(_CENTRAL, ("/ (2 * epsilon)", "/ 2 * epsilon")),
    "losses-not-in-parentheses": changed(_CENTRAL, ("(up - down) / (2", "up - down / (2")),
    "sign-flipped": changed(_CENTRAL, ("up - down", "down - up")),
    "losses-added": changed(_CENTRAL, ("up - down", "up + down")),
    "parameter-never-varied": changed(_CENTRAL, ("    for i", "    parameter = parameter.copy()\n    for i")),
    "parameter-never-varied/stale-loss": cells(
        {
            "cell": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros_like(parameter)
            value = loss()
            for i in np.ndindex(parameter.shape):
                old = parameter[i]
                parameter[i] = old + epsilon
                up = value
                parameter[i] = old - epsilon
                down = value
                parameter[i] = old
                gradient[i] = (up - down) / (2 * epsilon)
            return gradient
    """
        }
    )["cell"],
    "parameter-never-varied/flattened-copy": changed(
        NUMERICAL_GRADIENT["flat-view"], ("parameter.reshape(-1)", "parameter.flatten()")
    ),
    "all-entries-at-once": changed(
        _NUDGED, ("parameter[i] += epsilon", "parameter += epsilon"), ("parameter[i] -= 2", "parameter -= 2")
    ),
    "row-at-once": cells(
        {
            "cell": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros_like(parameter)
            for i in range(len(parameter)):
                parameter[i] += epsilon
                up = loss()
                parameter[i] -= 2 * epsilon
                down = loss()
                parameter[i] += epsilon
                gradient[i] = (up - down) / (2 * epsilon)
            return gradient
    """
        }
    )["cell"],
    "epsilon-ignored": changed(_CENTRAL, ("    gradient = np", "    epsilon = 1e-5\n    gradient = np")),
}

_RELU, _RELU_COPY = RELU["maximum-and-mask"], RELU["copy-and-zero"]

RELU_MISTAKES = {
    "absolute-value": changed(_RELU, ("np.maximum(0, x)", "np.abs(x)")),
    "minimum-for-maximum": changed(_RELU, ("np.maximum", "np.minimum")),
    "derivative-for-value": changed(_RELU, ("np.maximum(0, x)", "1.0 * (x > 0)")),
    "mask-from-grad-output": changed(_RELU, ("(x > 0)", "(grad_output > 0)")),
    "mask-from-grad-output/copy": changed(_RELU_COPY, ("g[x <= 0] = 0", "g[g <= 0] = 0")),
    "mask-of-both": changed(_RELU_COPY, ("g[x <= 0] = 0", "g[x <= 0] = 0\n        g[g < 0] = 0")),
    "mask-reversed": changed(_RELU, ("(x > 0)", "(x < 0)")),
    "mask-reversed/copy": changed(_RELU_COPY, ("g[x <= 0] = 0", "g[x > 0] = 0")),
    "integer-truncated": changed(
        _RELU,
        (
            "return grad_output * (x > 0)",
            "g = np.zeros_like(x)\n        g[x > 0] = grad_output[x > 0]\n        return g",
        ),
    ),
    "gradient-of-the-output-left-out": changed(_RELU, ("grad_output * (x > 0)", "1.0 * (x > 0)")),
    "derivative-left-out": changed(_RELU, ("grad_output * (x > 0)", "grad_output")),
    "value-for-derivative": changed(_RELU, ("grad_output * (x > 0)", "grad_output * self.forward(x)")),
    "sign-flipped": changed(_RELU, ("grad_output * (x > 0)", "-grad_output * (x > 0)")),
    "summed-over-the-samples": changed(_RELU, ("grad_output * (x > 0)", "(grad_output * (x > 0)).sum(axis=0)")),
}

_TANH, _TANH_OUT = TANH["np-tanh"], TANH["written-out"]
_SQUARE = "(1 - np.tanh(x) ** 2)"

TANH_MISTAKES = {
    "sigmoid-for-tanh": changed(_TANH, ("return np.tanh(x)", "return 1 / (1 + np.exp(-x))")),
    "quotient-upside-down": changed(
        _TANH_OUT,
        (
            "(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))",
            "(np.exp(x) + np.exp(-x)) / (np.exp(x) - np.exp(-x))",
        ),
    ),
    "exponent-not-doubled": changed(TANH["doubled-exponent"], ("np.exp(2 * x)", "np.exp(x)")),
    "derivative-for-value": changed(_TANH, ("return np.tanh(x)", f"return {_SQUARE}")),
    "integer-truncated": changed(
        _TANH, ("return np.tanh(x)", "y = np.zeros_like(x)\n        y[:] = np.tanh(x)\n        return y")
    ),
    "input-for-output": changed(_TANH, ("np.tanh(x) ** 2", "x ** 2")),
    "square-left-out": changed(_TANH, ("np.tanh(x) ** 2", "np.tanh(x)")),
    "sigmoid-derivative": changed(TANH["own-forward"], ("(1 - a * a)", "a * (1 - a)")),
    "derivative-at-the-output": changed(
        TANH["own-forward"], ("a = self.forward(x)", "a = self.forward(self.forward(x))")
    ),
    "gradient-of-the-output-left-out": changed(_TANH, (f"grad_output * {_SQUARE}", _SQUARE)),
    "derivative-left-out": changed(_TANH, (f"grad_output * {_SQUARE}", "grad_output")),
    "value-for-derivative": changed(_TANH, (_SQUARE, "np.tanh(x)")),
    "sign-flipped": changed(_TANH, (_SQUARE, "(np.tanh(x) ** 2 - 1)")),
    "summed-over-the-samples": changed(_TANH, (f"grad_output * {_SQUARE}", f"(grad_output * {_SQUARE}).sum(0)")),
}


def _shared(cell: str, loss: str, gradient: str) -> dict[str, str]:
    """Return the mistakes that both criteria share, from a right cell and its two results."""
    return {
        "loss-averaged": changed(cell, (f"return {loss}", f"return {loss} / predictions.size")),
        "loss-averaged-over-samples": changed(cell, (f"return {loss}", f"return {loss} / len(predictions)")),
        "loss-averaged-over-outputs": changed(cell, (f"return {loss}", f"return {loss} / predictions.shape[1]")),
        "loss-halved": changed(cell, (f"return {loss}", f"return {loss} / 2")),
        "gradient-averaged-over-outputs": changed(cell, (f"return {gradient}", f"return {gradient} / labels.shape[1]")),
        "gradient-halved": changed(cell, (f"return {gradient}", f"return 0.5 * {gradient}")),
        "gradient-averaged": changed(cell, (f"return {gradient}", f"return {gradient} / predictions.size")),
        "gradient-averaged-over-samples": changed(cell, (f"return {gradient}", f"return {gradient} / len(labels)")),
        "gradient-times-n": changed(cell, (f"return {gradient}", f"return len(labels) * {gradient}")),
        "sign-flipped": changed(cell, (f"return {gradient}", f"return -{gradient}")),
        "gradient-summed": changed(cell, (f"return {gradient}", f"return np.sum({gradient})")),
    }


_ABS = ABS_CRITERION["sign"]
_LOSS, _SIGN = "np.abs(predictions - labels).sum()", "np.sign(predictions - labels)"

ABS_MISTAKES = {
    "absolute-value-left-out": changed(_ABS, (_LOSS, "(predictions - labels).sum()")),
    "absolute-value-after-the-sum": changed(_ABS, (_LOSS, "abs((predictions - labels).sum())")),
    "squared": changed(_ABS, (_LOSS, "((predictions - labels) ** 2).sum()")),
    "not-summed": changed(_ABS, (_LOSS, "np.abs(predictions - labels)")),
    "summed-per-sample": changed(_ABS, (_LOSS, "np.abs(predictions - labels).sum(axis=1)")),
    "difference-for-sign": changed(_ABS, (_SIGN, "predictions - labels")),
    "gradient-of-the-squares": changed(_ABS, (_SIGN, "2 * (predictions - labels)")),
    "ones-everywhere": changed(_ABS, (_SIGN, "np.ones_like(predictions)")),
    **_shared(_ABS, _LOSS, _SIGN),
    "sign-flipped/labels-first": changed(_ABS, (_SIGN, "np.sign(labels - predictions)")),
    "loss-averaged/mean": changed(_ABS, (_LOSS, "np.abs(predictions - labels).mean()")),
}

_BCE = BCE_CRITERION["clipped"]
_SUM = "-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()"
_QUOTIENT = "(a - labels) / (a * (1 - a))"

BCE_MISTAKES = {
    "minus-left-out": changed(_BCE, (_SUM, _SUM[1:])),
    "second-term-left-out": changed(_BCE, (_SUM, "-(labels * np.log(a)).sum()")),
    "first-term-left-out": changed(_BCE, (_SUM, "-((1 - labels) * np.log(1 - a)).sum()")),
    "labels-reversed": changed(_BCE, (_SUM, "-((1 - labels) * np.log(a) + labels * np.log(1 - a)).sum()")),
    "terms-subtracted": changed(_BCE, (_SUM, "(-labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()")),
    "not-summed": changed(_BCE, (_SUM, _SUM.removesuffix(".sum()"))),
    "summed-per-sample": changed(_BCE, (_SUM, _SUM.replace("sum()", "sum(axis=1)"))),
    "denominator-left-out": changed(_BCE, (_QUOTIENT, "a - labels")),
    "denominator-halved": changed(_BCE, (_QUOTIENT, "(a - labels) / a")),
    "gradient-of-the-first-term": changed(_BCE, (_QUOTIENT, "-labels / a")),
    "parentheses-forgotten": changed(_BCE, (_QUOTIENT, "(a - labels) / a * (1 - a)")),
    **_shared(_BCE, _SUM, _QUOTIENT),
    "sign-flipped/labels-first": changed(_BCE, ("(a - labels)", "(labels - a)")),
}

_BATCH, _BATCH_LOOP = BATCH_LINEAR["matrix-product"], BATCH_LINEAR["outer-products-summed"]

BATCH_MISTAKES = {
    "bias-not-summed": changed(_BATCH, (".sum(axis=0)", "")),
    "bias-not-summed/copied": changed(_BATCH, ("grad_output.sum(axis=0)", "grad_output.copy()")),
    "bias-averaged": changed(_BATCH, (".sum(axis=0)", ".mean(axis=0)")),
    "bias-summed-over-outputs": changed(_BATCH, (".sum(axis=0)", ".sum(axis=1)")),
    "bias-one-number": changed(_BATCH, (".sum(axis=0)", ".sum()")),
    "bias-of-one-sample": changed(_BATCH, ("grad_output.sum(axis=0)", "grad_output[0]")),
    "bias-of-the-last-sample": changed(_BATCH_LOOP, ("self.grad_bias += g", "self.grad_bias = g")),
    "bias-times-n": changed(_BATCH, ("grad_output.sum(axis=0)", "len(x) * grad_output.sum(axis=0)")),
    "weight-averaged": changed(_BATCH, ("x.T @ grad_output\n", "x.T @ grad_output / len(x)\n")),
    "weight-transposed": changed(_BATCH, ("x.T @ grad_output\n", "grad_output.T @ x\n")),
    "weight-of-one-sample": changed(_BATCH, ("x.T @ grad_output\n", "x[:1].T @ grad_output[:1]\n")),
    "weight-of-the-last-sample": changed(_BATCH_LOOP, ("self.grad_weight += np", "self.grad_weight = np")),
    "weight-for-gradient": changed(_BATCH, ("x.T @ grad_output\n", "self.weight\n")),
    "gradients-accumulated": method_cells(
        "class BatchLinear(Linear):\n",
        {
            "cell": """
        def backward(self, x, grad_output):
            if self.grad_weight is None:
                self.grad_weight, self.grad_bias = 0, 0
            self.grad_weight = self.grad_weight + x.T @ grad_output
            self.grad_bias = self.grad_bias + grad_output.sum(axis=0)
            return grad_output @ self.weight.T
    """
        },
    )["cell"],
    "grad-output-returned": changed(_BATCH, ("return grad_output @ self.weight.T", "return grad_output")),
    "weight-gradient-returned": changed(_BATCH, ("return grad_output @ self.weight.T", "return self.grad_weight")),
}

MISTAKES = {
    "summed_gradients": SUMMED_MISTAKES,
    "single_layer_step": STEP_MISTAKES,
    "TwoLayerNetwork": TWO_LAYER_NETWORK,
    "train_sgd": TRAIN_SGD,
    "numerical_gradient": NUMERICAL,
    "ReLU": RELU_MISTAKES,
    "Tanh": TANH_MISTAKES,
    "AbsCriterion": ABS_MISTAKES,
    "BCECriterion": BCE_MISTAKES,
    "BatchLinear": BATCH_MISTAKES,
    "train_minibatch": TRAIN_MINIBATCH,
}
"""Wrong cells by task and label."""
