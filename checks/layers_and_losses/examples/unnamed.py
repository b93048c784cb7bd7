"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name.

Each is a right cell with a few words changed; the lines are as long as those words.
"""
# ruff: noqa: E501

from checks.example_cells import changed

from .right import (
    ABS_CRITERION,
    BATCH_LINEAR,
    BCE_CRITERION,
    NUMERICAL_GRADIENT,
    RELU,
    TANH,
    TRAIN_MINIBATCH,
    TRAIN_SGD,
    TWO_LAYER_NETWORK,
)
from .right_single_layer import SINGLE_LAYER_STEP, SUMMED_GRADIENTS

_NET, _OUT = TWO_LAYER_NETWORK["inputs-recomputed"], TWO_LAYER_NETWORK["written-out"]
_SGD, _MINI, _NUM = TRAIN_SGD["list"], TRAIN_MINIBATCH["slices"], NUMERICAL_GRADIENT["ndindex"]
_RELU, _TANH = RELU["maximum-and-mask"], TANH["np-tanh"]
_ABS, _BCE, _BATCH = ABS_CRITERION["sign"], BCE_CRITERION["clipped"], BATCH_LINEAR["matrix-product"]
_SUMMED, _STEP = SUMMED_GRADIENTS["loop"], SINGLE_LAYER_STEP["the-three-parts"]
_MASK, _SLOPE = "grad_output * (x > 0)", "grad_output * (1 - np.tanh(x) ** 2)"
_QUOTIENT, _BIAS = "(a - labels) / (a * (1 - a))", "grad_output.sum(axis=0)"

UNNAMED = {
    "summed_gradients": {
        "every-other-sample": changed(_SUMMED, ("range(len(x))", "range(0, len(x), 2)")),
        "begins-with-the-weight": changed(_SUMMED, ("np.zeros_like(linear.weight)", "linear.weight.copy()")),
        "gradients-of-the-next-sample": changed(_SUMMED, ("grad_output[n : n + 1]", "grad_output[n - 1 : n] if n else grad_output[-1:]")),
        "absolute-values": changed(_SUMMED, ("+= linear.grad_bias", "+= abs(linear.grad_bias)")),
        "clipped": changed(_SUMMED, ("+= linear.grad_weight", "+= linear.grad_weight.clip(-0.5, 0.5)")),
        "whole-batch": changed(_SUMMED, ("[n : n + 1]", "")),
        "flat-samples": changed(_SUMMED, ("[n : n + 1]", "[n]")),
        "the-weight-only": changed(_SUMMED, ("return grad_weight, grad_bias", "return grad_weight")),
        "updates-too": changed(_SUMMED, ("    return", "    linear.weight = linear.weight - grad_weight\n    return")),
    },
    "single_layer_step": {
        "root-of-the-loss": changed(_STEP, ("return loss", "return loss ** 0.5")),
        "gradients-clipped": changed(_STEP, ("* linear.grad_weight", "* linear.grad_weight.clip(-0.1, 0.1)")),
        "weight-decay": changed(_STEP, ("linear.grad_weight\n", "(linear.grad_weight + 0.1 * linear.weight)\n")),
        "tanh-at-the-end": changed(_STEP, ("sigmoid.forward(z)", "np.tanh(z)")),
        "two-steps": changed(_STEP, ("learning_rate * linear", "2 * learning_rate * linear")),
        "nothing-returned": changed(_STEP, ("    return loss", "")),
        "flat-sample": changed(_STEP, ("linear.forward(x)", "linear.forward(x[0])")),
        "labels-rounded": changed(_STEP, ("backward(p, y)", "backward(p, y.round())")),
        "rounded-loss": changed(_STEP, ("return loss", "return round(loss, 2)")),
    },
    "TwoLayerNetwork": {
        "output-rounded": changed(_NET, ("        return x\n", "        return np.round(x, 3)\n")),
        "input-normalised": changed(_NET, ("        for layer in self.layers:\n", "        x = x / 2\n        for layer in self.layers:\n")),
        "layers-in-reverse": changed(_NET, ("for layer in self.layers:\n", "for layer in self.layers[::-1]:\n")),
        "network-input-everywhere": changed(_NET, ("layer.backward(received, grad_output)", "layer.backward(x, grad_output)")),
        "way-back-forwards": changed(_NET, ("zip(self.layers[::-1], inputs[::-1])", "zip(self.layers, inputs)")),
        "gradients-clipped": changed(_OUT, ("(a1, dz2)", "(a1, dz2.clip(-0.1, 0.1))")),
        "returns-nothing": changed(_OUT, ("return self.layers[0].backward", "self.layers[0].backward")),
        "updates-too": changed(_OUT, ("        return self.layers[0].backward(x, dz1)", "        self.layers[0].weight = self.layers[0].weight * 0.9\n        return self.layers[0].backward(x, dz1)")),
        "tanh-in-the-middle": changed(_OUT, ("a1 = self.layers[1].forward(z1)\n        z2 = self.layers[2].forward(a1)\n        return", "a1 = np.tanh(z1)\n        z2 = self.layers[2].forward(a1)\n        return")),
    },
    "train_sgd": {
        "gradients-clipped": changed(_SGD, ("layer.grad_weight", "layer.grad_weight.clip(-0.1, 0.1)")),
        "weight-decay": changed(_SGD, ("layer.grad_weight\n", "(layer.grad_weight + 0.1 * layer.weight)\n")),
        "learning-rate-decays": changed(_SGD, ("        losses.append", "        learning_rate *= 0.9\n        losses.append")),
        "every-other-sample": changed(_SGD, ("range(len(x))", "range(0, len(x), 2)")),
        "root-of-the-loss": changed(_SGD, ("total / len(x)", "(total / len(x)) ** 0.5")),
        "input-scaled": changed(_SGD, ("    losses = []\n", "    losses = []\n    x = x / x.max()\n")),
        "flat-samples": changed(_SGD, ("x[i:i+1]", "x[i]"), ("y[i:i+1]", "y[i]")),
        "whole-data-set": changed(_SGD, ("[i:i+1]", "")),
        "labels-of-the-next-sample": changed(_SGD, ("y[i:i+1]", "y[i-1:i] if i else y[-1:]")),
        "nothing-returned": changed(_SGD, ("    return losses", "")),
        "random-with-replacement": changed(_SGD, ("for i in range(len(x)):", "for i in np.random.default_rng(0).integers(0, len(x), len(x)):")),
        "labels-not-shuffled": changed(TRAIN_SGD["shuffled"], ("y[[i]]", "y[[len(x) - 1 - i]]")),
        "stops-early": changed(_SGD, ("        losses.append", "        if epoch == 1:\n            break\n        losses.append")),
    },
    "numerical_gradient": {
        "absolute-values": changed(_NUM, ("(up - down)", "abs(up - down)")),
        "flat": changed(_NUM, ("return gradient", "return gradient.ravel()")),
        "rounded": changed(_NUM, ("return gradient", "return gradient.round(3)")),
        "not-put-back": changed(_NUM, ("        parameter[i] = old\n", "")),
        "put-back-wrongly": changed(NUMERICAL_GRADIENT["nudged-and-taken-back"], ("        parameter[i] += epsilon\n        gradient", "        parameter[i] += 2 * epsilon\n        gradient")),
        "relative-step": changed(_NUM, ("old + epsilon", "old * (1 + epsilon)"), ("old - epsilon", "old * (1 - epsilon)")),
        "first-entry-only": changed(_NUM, ("    return gradient", "        break\n    return gradient")),
        "loss-called-with-the-parameter": changed(_NUM, ("loss()", "loss(parameter)")),
        "returned-inside-the-loop": changed(_NUM, ("    return gradient", "        return gradient")),
        "three-epsilon": changed(_NUM, ("old + epsilon", "old + 2 * epsilon"), ("(2 * epsilon)", "(3 * epsilon)")),
    },
    "ReLU": {
        "leaky": changed(_RELU, ("np.maximum(0, x)", "np.maximum(0.01 * x, x)")),
        "capped-at-six": changed(_RELU, ("np.maximum(0, x)", "np.clip(x, 0, 6)")),
        "softplus": changed(_RELU, ("np.maximum(0, x)", "np.log1p(np.exp(x))")),
        "leaky-gradient": changed(_RELU, (_MASK, "np.where(x > 0, grad_output, 0.01 * grad_output)")),
        "threshold-at-one": changed(_RELU, ("(x > 0)", "(x > 1)")),
        "nan-at-zero": changed(_RELU, (_MASK, "grad_output * np.maximum(x, 0) / x")),
        "gradient-clipped": changed(_RELU, (_MASK, f"np.clip({_MASK}, -5, 5)")),
        "changes-x": changed(_RELU, ("return np.maximum(0, x)", "x[x < 0] = 0\n        return x")),
        "changes-grad-output": changed(_RELU, (f"return {_MASK}", "grad_output[x <= 0] = 0\n        return grad_output")),
        "two-at-zero": changed(_RELU, (_MASK, f"{_MASK} + 2 * grad_output * (x == 0)")),
        "maximum-of-everything": changed(_RELU, ("np.maximum(0, x)", "max(0, x.max())")),
        "returns-nothing": changed(_RELU, (f"return {_MASK}", _MASK)),
        "a-string": changed(_RELU, (f"return {_MASK}", "return 'done'")),
    },
    "Tanh": {
        "arctan": changed(_TANH, ("return np.tanh(x)", "return np.arctan(x)")),
        "clipped": changed(_TANH, ("return np.tanh(x)", "return np.clip(x, -1, 1)")),
        "tan": changed(_TANH, ("return np.tanh(x)", "return np.tan(x)")),
        "overflows-at-20": changed(_TANH, ("return np.tanh(x)", "e = np.exp(50 * abs(x))\n        return np.tanh(x) * (e / e)")),
        "derivative-plus": changed(_TANH, ("(1 - np.tanh(x) ** 2)", "(1 + np.tanh(x) ** 2)")),
        "cosh-not-squared": changed(_TANH, (_SLOPE, "grad_output / np.cosh(x)")),
        "mask": changed(_TANH, (_SLOPE, "grad_output * (abs(x) < 1)")),
        "gradient-clipped": changed(_TANH, (_SLOPE, f"np.clip({_SLOPE}, -5, 5)")),
        "flattened": changed(_TANH, (_SLOPE, f"({_SLOPE}).ravel()")),
    },
    "AbsCriterion": {
        "largest-error": changed(_ABS, (".sum()", ".max()")),
        "rooted": changed(_ABS, ("np.abs(predictions - labels).sum()", "np.sqrt(((predictions - labels) ** 2).sum())")),
        "huber": changed(_ABS, ("np.abs(predictions - labels).sum()", "np.minimum(abs(predictions - labels), 0.3).sum()")),
        "nan-at-zero": changed(_ABS, ("np.sign(predictions - labels)", "(predictions - labels) / abs(predictions - labels)")),
        "first-sample-only": changed(_ABS, ("(predictions - labels).sum()", "(predictions[0] - labels[0]).sum()")),
        "sign-of-the-prediction": changed(_ABS, ("np.sign(predictions - labels)", "np.sign(predictions - 0.5)")),
        "boolean": changed(_ABS, ("np.sign(predictions - labels)", "predictions > labels")),
        "two-at-zero": changed(_ABS, ("np.sign(predictions - labels)", "np.where(predictions == labels, 2, np.sign(predictions - labels))")),
    },
    "BCECriterion": {
        "not-finite-in-forward": changed(_BCE, ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return -", "a = predictions\n        return -")),
        "not-finite-in-backward": changed(_BCE, ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return (a", "a = predictions\n        return (a")),
        "clipped-too-much": changed(_BCE, ("1e-12, 1 - 1e-12", "0.01, 0.99")),
        "zero-at-the-ends": changed(_BCE, ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return (a", "a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        if np.any(predictions == 0):\n            return np.zeros_like(a)\n        return (a")),
        "rounded-predictions": changed(_BCE, ("1e-12, 1 - 1e-12)\n        return -", "1e-12, 1 - 1e-12).round(1)\n        return -")),
        "denominator-plus": changed(_BCE, (_QUOTIENT, "(a - labels) / (a * (1 + a))")),
        "numerator-plus": changed(_BCE, (_QUOTIENT, "(a + labels) / (a * (1 - a))")),
        "log-of-ten-plus": changed(_BCE, ("np.log(a)", "np.log(a + 1)")),
    },
    "BatchLinear": {
        "bias-of-the-weight": changed(_BATCH, (_BIAS, "self.grad_weight.sum(axis=0)")),
        "bias-itself": changed(_BATCH, (_BIAS, "self.bias.copy()")),
        "gradients-clipped": changed(_BATCH, ("x.T @ grad_output\n", "(x.T @ grad_output).clip(-1, 1)\n")),
        "weight-not-transposed": changed(_BATCH, ("self.weight.T", "self.weight")),
        "returns-nothing": changed(_BATCH, ("return grad_output @", "grad_output @")),
        "updates-at-once": changed(_BATCH, ("        return", "        self.weight = self.weight - 0.1 * self.grad_weight\n        return")),
        "biases-largest": changed(_BATCH, (".sum(axis=0)", ".max(axis=0)")),
        "absolute-x": changed(_BATCH, ("x.T @", "abs(x).T @")),
        "nothing-stored": changed(_BATCH, ("self.grad_weight", "grad_weight"), ("self.grad_bias", "grad_bias")),
    },
    "train_minibatch": {
        "gradients-clipped": changed(_MINI, ("layer.grad_weight", "layer.grad_weight.clip(-0.1, 0.1)")),
        "overlap-by-one": changed(_MINI, ("k+batch_size", "k+batch_size+1")),
        "every-other-batch": changed(_MINI, ("len(x), batch_size)", "len(x), 2 * batch_size)")),
        "learning-rate-decays": changed(_MINI, ("        losses.append", "        learning_rate *= 0.9\n        losses.append")),
        "last-row-of-each-batch": changed(_MINI, ("xb, yb = x[k:k+batch_size], y[k:k+batch_size]", "xb, yb = x[k:k+batch_size][-1:], y[k:k+batch_size][-1:]")),
        "random-batches": changed(_MINI, ("xb, yb =", "k = np.random.default_rng(k).integers(len(x))\n            xb, yb =")),
        "momentum": changed(_MINI, ("layer.bias -= learning_rate * layer.grad_bias", "layer.bias -= learning_rate * layer.grad_bias + 0.1 * layer.bias")),
        "labels-not-shuffled": changed(TRAIN_MINIBATCH["shuffled"], ("y[rows]", "y[k : k + batch_size]")),
        "nothing-returned": changed(_MINI, ("    return losses", "")),
        "rounded-losses": changed(_MINI, ("total / len(x)", "round(total / len(x), 2)")),
    },
}  # fmt: skip
"""Wrong cells by task; the names are for people, no check knows them."""
