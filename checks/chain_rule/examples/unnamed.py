"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name."""

from .mistakes import _create, _saver, _train
from .mistakes_backward import _ROWS, _Backward, _first, _one, _second
from .right_networks import SAVED, _rows
from .signatures import all_cells

_SINGLE = _Backward(SAVED, "np.outer(delta, a)", "delta", "W.T @ delta")

_FORWARD = {
    "bias-subtracted": "a = input\nfor (W, b), f in zip(layers, activation_funcs):\n    a = f(W @ a - b)\nreturn a",
    "bias-added-twice": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W @ a + 2 * b)
        return a
    """,
    "bias-after": "a = input\nfor (W, b), f in zip(layers, activation_funcs):\n    a = f(W @ a) + b\nreturn a",
    "rounded": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W @ a + b)
        return np.round(a, 3)
    """,
    "zeros": "return np.zeros(layers[-1][1].shape)",
    "clipped": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(np.clip(W @ a + b, -0.5, 0.5))
        return a
    """,
}
_SAVING = {
    "bias-subtracted": _saver(z="W @ a - b"),
    "zs-reversed": _saver(result="layer_inputs, zs[::-1], a"),
    "inputs-reversed": _saver(result="layer_inputs[::-1], zs, a"),
    "rounded": _saver(result="layer_inputs, [np.round(z, 3) for z in zs], a"),
    "prediction-doubled": _saver(result="layer_inputs, zs, 2 * a"),
    "predict-twice": _saver(result="layer_inputs, zs + [a], a"),
}
_CREATING = {
    "one-node-too-many": _create("rng.normal(size=(size_out + 1, size_in))"),
    "flat-weights": _create("rng.normal(size=size_out * size_in)"),
    "infinite": _create("np.full((size_out, size_in), np.inf)"),
    "first-layer-missing": "layers = []\nreturn layers",
    "bias-is-a-number": _create(b="0.0"),
    "an-extra-layer": _create().replace("return layers", "return layers + layers[-1:]"),
}
_DEEP = {
    "gradients-rounded": _SINGLE(dW="np.round(np.outer(delta, a), 4)"),
    "derivative-squared": _SINGLE(der="der(z) ** 2"),
    "derivative-twice-in-hidden-layers": _SINGLE(back="(W.T @ delta) * der(z)[0]"),
    "bias-gradient-zero": _SINGLE(db="np.zeros(b.shape)"),
    "absolute-error": _SINGLE(back="abs(W.T @ delta)"),
    "clipped": _SINGLE("delta = np.clip(error * der(z), -0.1, 0.1)"),
    "ones-for-the-input": _SINGLE(dW="np.outer(delta, np.ones(len(a)))"),
    "single-layer-otherwise": "if len(layers) == 1:\n    d = cost_der(activation_funcs[0](layers[0][0] @ input + "
    "layers[0][1]), target)\n    return [(np.outer(d, input), d)]\n" + _SINGLE(),
    "one-layer-for-every-input": _SINGLE().replace("range(len(layers) - 1, -1, -1)", "reversed(range(len(input)))"),
    "one-too-many": _SINGLE(result="gradients + gradients[-1:]"),
    "weights-for-gradients": "return [(W, b) for W, b in layers]",
    "flat-list": _SINGLE(result="[g for pair in gradients for g in pair]"),
}
_BATCHED = {
    "gradients-rounded": _ROWS(dW="np.round(a.T @ delta, 4)"),
    "derivative-squared": _ROWS(der="der(z) ** 2"),
    "bias-gradient-zero": _ROWS(db="np.zeros(b.shape)"),
    "last-sample-left-out": _ROWS(dW="a[:-1].T @ delta[:-1]", db="np.sum(delta[:-1], axis=0)"),
    "median-for-sum": _ROWS(db="np.median(delta, axis=0)"),
    "maximum-for-sum": _ROWS(db="np.max(delta, axis=0)"),
    "first-32-samples": _ROWS(dW="a[:32].T @ delta[:32]", db="np.sum(delta[:32], axis=0)"),
    "clipped": _ROWS("delta = np.clip(error * der(z), -0.01, 0.01)"),
    "ones-for-the-input": _ROWS(dW="np.ones(a.shape).T @ delta"),
    "standardised-inputs": _ROWS(dW="(a - np.mean(a, axis=0)).T @ delta"),
    "shuffled-targets": _ROWS(cost="cost_der(predict, targets[::-1])"),
}

UNNAMED = all_cells(
    {
        "feed_forward_one_layer": {
            "bias-subtracted": "sigmoid(W @ x - b)",
            "tanh": "np.tanh(W @ x + b)",
            "rounded": "np.round(sigmoid(W @ x + b), 3)",
            "one-minus": "1 - sigmoid(W @ x + b)",
            "mean-of-products": "sigmoid(np.mean(W * x, axis=1) + b)",
            "clipped": "sigmoid(np.clip(W @ x + b, -0.5, 0.5))",
            "softmax": "e = np.exp(W @ x + b)\nreturn e / np.sum(e)",
        },
        "cost_one_layer": {
            "one-output-only": "(feed_forward_one_layer(W, b, x)[0] - target[0]) ** 2 + 0.0 * np.sum(W)",
            "cubed": "np.mean(np.abs(feed_forward_one_layer(W, b, x) - target) ** 3)",
            "maximum": "np.max((feed_forward_one_layer(W, b, x) - target) ** 2) + 0.1",
            "penalty-added": "np.mean((feed_forward_one_layer(W, b, x) - target) ** 2) + np.sum(W**2)",
            "variance": "np.var(feed_forward_one_layer(W, b, x) - target) + 0.1",
            "rounded": "np.round(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2), 2)",
        },
        "gradients_by_autograd": {
            "of-another-cost": """
                other = lambda W, b: np.sum((feed_forward_one_layer(W, b, x) - target) ** 4)
                return grad(other, 0)(W, b), grad(other, 1)(W, b)
            """,
            "functions-returned": "grad(cost_one_layer, 0), grad(cost_one_layer, 1)",
            "weights-only": "grad(cost_one_layer, 0)(W, b, x, target)",
            "at-another-point": "grad(cost_one_layer, (0, 1))(W + 1, b, x, target)",
            "zeros": "0 * W, 0 * b",
            "transposed": "grad(cost_one_layer, 0)(W, b, x, target).T, grad(cost_one_layer, 1)(W, b, x, target)",
        },
        "mse_der": {
            "absolute": "2 / predict.size * np.abs(predict - target)",
            "sign-only": "np.sign(predict - target) / predict.size",
            "clipped": "np.clip(2 / predict.size * (predict - target), -1, 1)",
            "rounded": "np.round(2 / predict.size * (predict - target), 2)",
            "sum-for-difference": "2 / predict.size * (predict + target)",
            "target-forgotten": "2 / predict.size * predict",
        },
        "sigmoid_der": {
            "constant": "0.25 * np.ones(np.shape(z))",
            "rounded": "np.round(sigmoid(z) * (1 - sigmoid(z)), 2)",
            "clipped": "s = np.clip(sigmoid(z), 0.2, 0.8)\nreturn s * (1 - s)",
            "s-plus": "s = sigmoid(z)\nreturn s * (1 + s)",
            "cubed": "s = sigmoid(z)\nreturn s**2 * (1 - s)",
            "relu": "relu_der(z)",
        },
        "sigmoid_jacobian": {
            "negative": "np.diag(sigmoid_der(z)) + 1",
            "rounded": "np.round(np.diag(sigmoid_der(z)), 2)",
            "anti-diagonal": "np.fliplr(np.diag(sigmoid_der(z))) + np.eye(len(z)) * 0.1",
            "squared": "np.diag(sigmoid_der(z) ** 2)",
            "zeros": "np.zeros((len(z), len(z)))",
            "one-too-large": "np.diag(sigmoid_der(np.append(z, 0.0)))",
        },
        "dC_dz": {
            "sum-for-product": "mse_der(sigmoid(z), target) + sigmoid_der(z)",
            "rounded": "np.round(mse_der(sigmoid(z), target) * sigmoid_der(z), 3)",
            "derivative-squared": "mse_der(sigmoid(z), target) * sigmoid_der(z) ** 2",
            "absolute": "np.abs(mse_der(sigmoid(z), target)) * sigmoid_der(z)",
            "zeros": "np.zeros(len(z))",
            "mean": "np.mean(mse_der(sigmoid(z), target)) * sigmoid_der(z) + 0.1",
        },
        "dz_dW": {
            "minus": "np.tensordot(np.eye(len(W)), -x, axes=0) + 1",
            "zeros": "np.zeros((len(W), len(W), len(x)))",
            "x-squared": "np.tensordot(np.eye(len(W)), x**2, axes=0)",
            "x-reversed": "np.tensordot(np.eye(len(W)), x[::-1], axes=0)",
            "x-itself": "x",
            "four-axes": "np.tensordot(np.eye(len(W)), np.eye(len(x)), axes=0)",
        },
        "dz_db": {
            "too-large": "np.eye(len(b) + 1)",
            "three-axes": "np.eye(len(b))[:, :, None]",
            "lower-triangle": "np.tril(np.ones((len(b), len(b)))) + 1",
            "diagonal-of-halves": "np.eye(len(b)) / 2 + 1",
            "b-itself": "b",
        },
        "gradients_one_layer": {
            "rounded": _one(result="np.round(np.outer(delta, x), 3), delta"),
            "bias-gradient-zero": _one(result="np.outer(delta, x), 0 * delta"),
            "absolute": _one("np.abs(mse_der(a, target)) * sigmoid_der(z)"),
            "ones-for-the-input": _one(result="np.outer(delta, np.ones(len(x))), delta"),
            "derivative-squared": _one("mse_der(a, target) * sigmoid_der(z) ** 2"),
            "weights-only": _one(result="np.outer(delta, x)"),
        },
        "feed_forward_two_layers": {
            "bias-subtracted": "for W, b in layers:\n    x = sigmoid(W @ x - b)\nreturn x",
            "tanh": "for W, b in layers:\n    x = np.tanh(W @ x + b)\nreturn x",
            "rounded": "for W, b in layers:\n    x = sigmoid(W @ x + b)\nreturn np.round(x, 2)",
            "sigmoid-once-more": "for W, b in layers:\n    x = sigmoid(W @ x + b)\nreturn sigmoid(x)",
            "both-outputs": "a = []\nfor W, b in layers:\n    x = sigmoid(W @ x + b)\n    a.append(x)\nreturn a",
            "relu-in-between": "(W1, b1), (W2, b2) = layers\nreturn sigmoid(W2 @ relu(W1 @ x + b1) + b2)",
        },
        "gradients_layer_2": {
            "rounded": _second(result="np.round(np.outer(d2, a1), 3), d2"),
            "bias-gradient-zero": _second(result="np.outer(d2, a1), 0 * d2"),
            "absolute": _second("np.abs(mse_der(a2, target)) * sigmoid_der(z2)"),
            "derivative-squared": _second("mse_der(a2, target) * sigmoid_der(z2) ** 2"),
            "ones-for-the-input": _second(result="np.outer(d2, np.ones(len(a1))), d2"),
            "weights-only": _second(result="np.outer(d2, a1)"),
        },
        "gradients_layer_1": {
            "rounded": _first(result="np.round(np.outer(d1, x), 3), d1"),
            "derivative-squared": _first(der=" * sigmoid_der(z1) ** 2"),
            "absolute": _first(back="np.abs(d2 @ W2)"),
            "bias-gradient-zero": _first(result="np.outer(d1, x), 0 * d1"),
            "ones-for-the-input": _first(result="np.outer(d1, np.ones(len(x))), d1"),
            "mean-of-the-weights": _first(back="d2 @ np.full(W2.shape, np.mean(W2))"),
        },
        "create_layers": _CREATING,
        "feed_forward": _FORWARD,
        "feed_forward_saver": _SAVING,
        "backpropagation": _DEEP,
        "create_layers_batch": {
            label: body.replace("(size_out + 1, size_in)", "(size_in + 1, size_out)").replace(
                "(size_out, size_in)", "(size_in, size_out)"
            )
            for label, body in _CREATING.items()
        },
        "feed_forward_batch": {
            label: _rows(body)
            .replace("W @ a - b", "a @ W - b")
            .replace("W @ a + 2", "a @ W + 2")
            .replace("f(W @ a)", "f(a @ W)")
            for label, body in _FORWARD.items()
        },
        "feed_forward_saver_batch": {
            label: _rows(body).replace("W @ a - b", "a @ W - b") for label, body in _SAVING.items()
        },
        "backpropagation_batch": _BATCHED,
        "softmax": {
            "base-2": "2**z / np.sum(2**z, axis=1, keepdims=True)",
            "squares": "z**2 / np.sum(z**2, axis=1, keepdims=True)",
            "temperature": "e = np.exp(z / 3)\nreturn e / np.sum(e, axis=1, keepdims=True)",
            "hardmax": "np.where(z == np.max(z, axis=1, keepdims=True), 1.0, 0.0) + 0.0 * z",
            "rounded": "np.round(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True), 2)",
            "divided-by-the-maximum": "np.exp(z) / np.max(np.exp(z), axis=1, keepdims=True)",
        },
        "cross_entropy": {
            "predict-and-target-swapped": "-np.sum(predict * np.log(target + 0.1)) / len(predict)",
            "log-plus-one": "-np.sum(target * np.log(1 + predict)) / len(predict)",
            "divided-by-n-minus-1": "-np.sum(target * np.log(predict)) / (len(predict) - 1)",
            "entropy-of-the-prediction": "-np.sum(predict * np.log(predict)) / len(predict)",
            "one-minus-p": "np.mean(1 - np.sum(target * predict, axis=1))",
            "target-ignored": "-np.sum(np.log(predict)) / len(predict)",
        },
        "softmax_cross_entropy_der": {
            "sign-only": "np.sign(predict - target) / len(predict)",
            "absolute": "np.abs(predict - target) / len(predict)",
            "rounded": "np.round((predict - target) / len(predict), 3)",
            "squared": "(predict - target) ** 2 / len(predict)",
            "logarithm": "(np.log(predict) - target) / len(predict)",
            "target-ignored": "predict / len(predict)",
        },
        "train_network": {
            "rate-decays": _train().replace("learning_rate *", "learning_rate / (epoch + 1) *"),
            "weights-decay": _train().replace("(W - ", "(0.9 * W - "),
            "first-sample-only": _train().replace(
                "backpropagation_batch(inputs, layers, activation_funcs, targets",
                "backpropagation_batch(inputs[:1], layers, activation_funcs, targets[:1]",
            ),
            "update-twice": _train().replace("learning_rate * dW", "2 * learning_rate * dW"),
            "sum-of-losses": _train(result="layers, np.cumsum(losses)"),
            "random-layers": _train().replace("W - learning_rate * dW", "W - learning_rate * dW + 0.01"),
            "first-ten-samples": _train(start="losses, inputs, targets = [], inputs[:10], targets[:10]"),
            "stops-when-the-cost-is-small": _train().replace(
                "        gradients", "        if losses[-1] < 0.05:\n            break\n        gradients"
            ),
            "rate-at-most-1": _train().replace("learning_rate *", "min(learning_rate, 1) *"),
            "ten-epochs-at-most": _train("min(epochs, 10)"),
            "signs-only": _train().replace("* dW", "* np.sign(dW)"),
        },
    }
)
"""Wrong cells without a name, by task."""
