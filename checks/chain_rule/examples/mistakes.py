"""Wrong ways to write every function, one cell per misconception or more, typed as learners type them.

A label with several ways of typing it has variants under "label/variant".

Longer than 400 lines because it is data: one cell for each mistake.
"""

from .mistakes_backward import BACKWARD
from .right_networks import _rows
from .signatures import all_cells

TWO = "(W1, b1), (W2, b2) = layers\n"
LOOP_ASSIGNED = "a = np.zeros(len(b))\nfor i in range(len(b)):\n    a[i] = sigmoid(np.sum(W[i] * x) + b[i])\nreturn a"

_FORWARD = {
    "bias-left-out": "a = input\nfor (W, b), f in zip(layers, activation_funcs):\n    a = f(W @ a)\nreturn a",
    "activation-left-out": "a = input\nfor W, b in layers:\n    a = W @ a + b\nreturn a",
    "hidden-activation-left-out": """
        a = input
        for W, b in layers:
            z = W @ a + b
            a = z
        return activation_funcs[-1](z)
    """,
    "output-activation-left-out": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            z = W @ a + b
            a = f(z)
        return z
    """,
    "weights-transposed": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W.T @ a + b)
        return a
    """,
    "sigmoid-in-every-layer": "a = input\nfor W, b in layers:\n    a = sigmoid(W @ a + b)\nreturn a",
    "first-activation-everywhere": "a = input\nfor W, b in layers:\n    a = activation_funcs[0](W @ a + b)\nreturn a",
    "last-layer-skipped": """
        a = input
        for l in range(len(layers) - 1):
            W, b = layers[l]
            a = activation_funcs[l](W @ a + b)
        return a
    """,
    "first-layer-only": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W @ a + b)
            return a
    """,
    "cast-to-float": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W @ a + b)
        return np.array([float(v) for v in a.ravel()]).reshape(a.shape)
    """,
    "assigned-into-an-array": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            z = np.zeros((W @ a + b).shape)
            z[:] = W @ a + b
            a = f(z)
        return a
    """,
    "unknown-to-autograd": """
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(len(a) * np.average(W * a, axis=1) + b)
        return a
    """,
}

_SAVE = """
    layer_inputs, zs, a = [], [], input
    for (W, b), f in zip(layers, activation_funcs):
        {before}
        z = {z}
        a_new = f(z)
        {after}
        a = a_new
    return {result}
"""


def _saver(
    before: str = "layer_inputs.append(a)",
    after: str = "zs.append(z)",
    result: str = "layer_inputs, zs, a",
    z: str = "W @ a + b",
) -> str:
    return _SAVE.format(before=before, after=after, result=result, z=z)


_SAVER = {
    "outputs-for-inputs": _saver("pass", "layer_inputs.append(a_new); zs.append(z)"),
    "prediction-among-the-inputs": _saver(result="layer_inputs + [a], zs, a"),
    "network-input-missing": _saver(result="layer_inputs[1:], zs, a"),
    "activations-for-zs": _saver(after="zs.append(a_new)"),
    "pre-activations-for-inputs": _saver(result="[input] + zs[:-1], zs, a"),
    "last-z-for-the-prediction": _saver(result="layer_inputs, zs, zs[-1]"),
    "inputs-and-zs-swapped": _saver(result="zs, layer_inputs, a"),
    "bias-left-out": _saver(z="W @ a"),
}
_CREATE = """
    layers = []
    size_in = network_input_size
    for size_out in layer_output_sizes{part}:
        layers.append(({W}, {b}))
        {step}
    return layers
"""


def _create(
    W: str = "rng.normal(size=(size_out, size_in))",
    b: str = "rng.normal(size=size_out)",
    step: str = "size_in = size_out",
    part: str = "",
) -> str:
    return _CREATE.format(W=W, b=b, step=step, part=part)


_CREATING = {
    "weight-shape-transposed": _create("rng.normal(size=(size_in, size_out))"),
    "network-input-for-every-layer": _create(step="pass"),
    "bias-as-large-as-the-input": _create(b="rng.normal(size=size_in)"),
    "bias-as-a-column": _create(b="rng.normal(size=(size_out, 1))"),
    "single-bias": _create(b="rng.normal(size=1)"),
    "weights-all-equal": _create("np.zeros((size_out, size_in))"),
    "weights-all-equal/ones": _create("np.ones((size_out, size_in))"),
    "last-layer-missing": _create(part="[:-1]"),
    "pair-swapped": _create("rng.normal(size=size_out)", "rng.normal(size=(size_out, size_in))"),
    "nodes-all-alike": _create("np.zeros((size_out, size_in)) + rng.normal(size=size_in)"),
}


def _creating_for_a_batch() -> dict[str, str]:
    swap = {"(size_out, size_in)": "(size_in, size_out)", "(size_in, size_out)": "(size_out, size_in)"}
    cells = {}
    for label, body in _CREATING.items():
        old = next((shape for shape in swap if shape in body), None)
        cells[label] = body.replace(old, swap[old]) if old else body
    cells["nodes-all-alike"] = cells["nodes-all-alike"].replace("normal(size=size_in)", "normal(size=(size_in, 1))")
    return cells


_TRAIN = """
    {start}
    for epoch in range({epochs}):
        {record}
        {gradients}
        layers = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(layers, gradients)]
    return {result}
"""
_COST = "losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))"
_BACK = "gradients = backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders{cost_der})"


def _train(
    epochs: str = "epochs",
    record: str = _COST,
    gradients: str = _BACK.format(cost_der=", cost_der"),
    result: str = "layers, losses",
    start: str = "losses = []",
) -> str:
    return _TRAIN.format(start=start, epochs=epochs, record=record, gradients=gradients, result=result)


MISTAKES = all_cells(
    {
        "feed_forward_one_layer": {
            "bias-left-out": "sigmoid(W @ x)",
            "bias-after-the-activation": "sigmoid(W @ x) + b",
            "activation-left-out": "W @ x + b",
            "activation-applied-twice": "a = sigmoid(W @ x + b)\nreturn sigmoid(a)",
            "weights-transposed": "sigmoid(W.T @ x + b)",
            "weights-transposed/row-form": "sigmoid(x @ W + b)",
            "cast-to-float": "z = W @ x + b\nreturn np.array([1 / (1 + np.exp(-float(v))) for v in z])",
            "assigned-into-an-array": LOOP_ASSIGNED,
            "unknown-to-autograd": "sigmoid(len(x) * np.average(W * x, axis=1) + b)",
        },
        "cost_one_layer": {
            "cost-summed": "np.sum((feed_forward_one_layer(W, b, x) - target) ** 2)",
            "cost-halved": "np.mean((feed_forward_one_layer(W, b, x) - target) ** 2) / 2",
            "cost-root": "np.sqrt(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2))",
            "cost-absolute": "np.mean(np.abs(feed_forward_one_layer(W, b, x) - target))",
            "cost-not-reduced": "(feed_forward_one_layer(W, b, x) - target) ** 2",
            "error-averaged-before-squaring": "np.mean(feed_forward_one_layer(W, b, x) - target) ** 2",
            "derivative-for-the-cost": "2 / len(b) * (feed_forward_one_layer(W, b, x) - target)",
            "cost-of-the-pre-activation": "np.mean((W @ x + b - target) ** 2)",
            "cast-to-float": "float(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2))",
            "cast-to-float/item": "np.mean((feed_forward_one_layer(W, b, x) - target) ** 2).item()",
            "assigned-into-an-array": """
                errors = np.zeros(len(target))
                a = feed_forward_one_layer(W, b, x)
                for k in range(len(target)):
                    errors[k] = (a[k] - target[k]) ** 2
                return np.mean(errors)
            """,
            "unknown-to-autograd": "np.average((feed_forward_one_layer(W, b, x) - target) ** 2)",
        },
        "gradients_by_autograd": {
            "pair-swapped": "grad(cost_one_layer, 1)(W, b, x, target), grad(cost_one_layer, 0)(W, b, x, target)",
            "weights-twice": "g = grad(cost_one_layer)\nreturn g(W, b, x, target), g(W, b, x, target)",
            "bias-twice": "g = grad(cost_one_layer, 1)\nreturn g(W, b, x, target), g(W, b, x, target)",
            "input-for-bias": "grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 2)(W, b, x, target)",
            "counted-from-one": "grad(cost_one_layer, 1)(W, b, x, target), grad(cost_one_layer, 2)(W, b, x, target)",
            "target-for-bias": "grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 3)(W, b, x, target)",
        },
        "mse_der": {
            "length-for-size": "2 / len(predict) * (predict - target)",
            "length-for-size/shape": "2 * (predict - target) / predict.shape[0]",
            "divided-by-the-outputs-only": "2 / predict.shape[-1] * (predict - target)",
            "mean-left-out": "2 * (predict - target)",
            "two-left-out": "(predict - target) / predict.size",
            "sign-flipped": "2 / predict.size * (target - predict)",
            "square-kept": "2 / predict.size * (predict - target) ** 2",
            "cost-for-its-derivative": "np.mean((predict - target) ** 2)",
            "derivative-summed": "np.sum(2 / predict.size * (predict - target))",
            "derivative-summed/averaged": "np.mean(2 * (predict - target))",
            "truncated-to-integers": """
                result = np.zeros_like(predict)
                result[...] = 2 / predict.size * (predict - target)
                return result
            """,
        },
        "sigmoid_der": {
            "sigmoid-for-its-derivative": "1 / (1 + np.exp(-z))",
            "z-taken-for-a": "z * (1 - z)",
            "taken-at-the-activation": "a = sigmoid(z)\nreturn sigmoid(a) * (1 - sigmoid(a))",
            "tanh-formula": "1 - sigmoid(z) ** 2",
            "factor-left-out": "1 - sigmoid(z)",
            "factor-left-out/quotient": "np.exp(-z) / (1 + np.exp(-z))",
            "sign-flipped": "sigmoid(z) * (sigmoid(z) - 1)",
            "truncated-to-integers": """
                result = np.zeros_like(z)
                for index in np.ndindex(z.shape):
                    result[index] = sigmoid(z[index]) * (1 - sigmoid(z[index]))
                return result
            """,
            "derivative-summed": "np.sum(sigmoid(z) * (1 - sigmoid(z)))",
        },
        "sigmoid_jacobian": {
            "diagonal-only": "sigmoid_der(z)",
            "sigmoid-on-the-diagonal": "np.diag(sigmoid(z))",
            "softmax-jacobian": "s = sigmoid(z)\nreturn np.diag(s) - np.outer(s, s)",
            "outer-product": "s = sigmoid(z)\nreturn np.outer(s, 1 - s)",
            "every-row-the-derivative": "np.array([sigmoid_der(z) for _ in z])",
            "identity": "np.eye(len(z))",
        },
        "dC_dz": {
            "derivative-left-out": "mse_der(sigmoid(z), target)",
            "cost-left-out": "sigmoid_der(z)",
            "cost-taken-at-z": "mse_der(z, target) * sigmoid_der(z)",
            "derivative-taken-at-the-activation": "a = sigmoid(z)\nreturn mse_der(a, target) * sigmoid_der(a)",
            "not-summed": "mse_der(sigmoid(z), target) * sigmoid_jacobian(z)",
            "sign-flipped": "mse_der(target, sigmoid(z)) * sigmoid_der(z)",
            "sigmoid-for-its-derivative": "mse_der(sigmoid(z), target) * sigmoid(z)",
        },
        "dz_dW": {
            "two-axes-only": "np.tile(x, (len(W), 1))",
            "own-row-not-singled-out": "np.ones((len(W), len(W), 1)) * x",
            "axes-out-in-out": "np.einsum('ij,k->ikj', np.eye(len(W)), x)",
            "axes-in-out-out": "np.tensordot(x, np.eye(len(W)), axes=0)",
            "weights-for-the-input": """
                result = np.zeros((len(W), len(W), len(x)))
                for i in range(len(W)):
                    result[i, i] = W[i]
                return result
            """,
            "derivative-by-the-input": "W",
            "ones-for-the-input": "np.eye(len(W))[:, :, None] * np.ones(len(x))",
        },
        "dz_db": {
            "ones-vector": "np.ones(len(b))",
            "single-one": "1",
            "ones-everywhere": "np.ones((len(b), len(b)))",
            "bias-on-the-diagonal": "np.diag(b)",
            "zeros": "np.zeros((len(b), len(b)))",
        },
        "feed_forward_two_layers": {
            "bias-left-out": "(W1, _), (W2, _) = layers\nreturn sigmoid(W2 @ sigmoid(W1 @ x))",
            "activation-left-out": TWO + "return W2 @ (W1 @ x + b1) + b2",
            "hidden-activation-left-out": TWO + "return sigmoid(W2 @ (W1 @ x + b1) + b2)",
            "output-activation-left-out": TWO + "return W2 @ sigmoid(W1 @ x + b1) + b2",
            "weights-transposed": TWO + "return sigmoid(W2.T @ sigmoid(W1.T @ x + b1) + b2)",
            "first-layer-only": "for W, b in layers:\n    a = sigmoid(W @ x + b)\n    return a",
            "cast-to-float": TWO + "a = sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2)\nreturn np.array(list(map(float, a)))",
            "assigned-into-an-array": TWO
            + "a1, a2 = np.zeros(len(b1)), np.zeros(len(b2))\na1[:] = sigmoid(W1 @ x + b1)\n"
            + "a2[:] = sigmoid(W2 @ a1 + b2)\nreturn a2",
            "unknown-to-autograd": TWO
            + "a1 = sigmoid(W1 @ x + b1)\nreturn sigmoid(len(a1) * np.average(W2 * a1, axis=1) + b2)",
        },
        "create_layers": _CREATING,
        "feed_forward": _FORWARD,
        "feed_forward_saver": _SAVER,
        "create_layers_batch": _creating_for_a_batch(),
        "feed_forward_batch": {
            **{label: _rows(body) for label, body in _FORWARD.items()},
            "bias-left-out": "a = inputs\nfor (W, b), f in zip(layers, activation_funcs):\n    a = f(a @ W)\nreturn a",
            "weights-transposed": """
                a = inputs
                for (W, b), f in zip(layers, activation_funcs):
                    a = f(a @ W.T + b)
                return a
            """,
            "unknown-to-autograd": """
                a = inputs
                for (W, b), f in zip(layers, activation_funcs):
                    a = f(len(W) * np.average(a[:, :, None] * W, axis=1) + b)
                return a
            """,
            "biases-as-a-column": "a = inputs\nfor (W, b), f in zip(layers, activation_funcs):\n"
            "    a = f(a @ W + b.reshape(-1, 1))\nreturn a",
        },
        "feed_forward_saver_batch": {
            label: _rows(body).replace("z = W @ a\n", "z = a @ W\n") for label, body in _SAVER.items()
        },
        **BACKWARD,
        "softmax": {
            "softmax-over-the-samples": "np.exp(z) / np.sum(np.exp(z), axis=0)",
            "softmax-over-everything": "np.exp(z) / np.sum(np.exp(z))",
            "keepdims-left-out": "e = np.exp(z)\nreturn e / np.sum(e, axis=1)",
            "stabilised-by-the-wrong-axis": """
                e = np.exp(z - np.max(z, axis=0))
                return e / np.sum(e, axis=1, keepdims=True)
            """,
            "not-normalised": "np.exp(z)",
            "exponential-left-out": "z / np.sum(z, axis=1, keepdims=True)",
            "sigmoid-for-softmax": "1 / (1 + np.exp(-z))",
            "log-softmax": "z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))",
            "truncated-to-integers": """
                result = np.empty_like(z)
                for n, row in enumerate(z):
                    result[n] = np.exp(row) / np.sum(np.exp(row))
                return result
            """,
            "cast-to-float": "np.array([[float(np.exp(v) / np.sum(np.exp(row))) for v in row] for row in z])",
            "assigned-into-an-array": """
                result = np.zeros(z.shape)
                for n in range(len(z)):
                    e = np.exp(z[n])
                    result[n] = e / np.sum(e)
                return result
            """,
            "unknown-to-autograd": """
                e = np.exp(z)
                return e / (z.shape[1] * np.average(e, axis=1).reshape(-1, 1))
            """,
        },
        "cross_entropy": {
            "cost-summed": "-np.sum(target * np.log(predict))",
            "mean-over-all-entries": "-np.mean(target * np.log(predict))",
            "minus-left-out": "np.sum(target * np.log(predict)) / len(predict)",
            "both-classes-counted": """
                return -np.sum(target * np.log(predict) + (1 - target) * np.log(1 - predict)) / len(predict)
            """,
            "logarithm-to-base-2": "-np.sum(target * np.log2(predict)) / len(predict)",
            "logarithm-to-base-10": "-np.sum(target * np.log10(predict)) / len(predict)",
            "one-cost-per-sample": "-np.sum(target * np.log(predict), axis=1)",
            "squared-error-for-cross-entropy": "np.mean((predict - target) ** 2)",
            "logarithm-of-the-mean": "-np.log(np.mean(np.sum(target * predict, axis=1)))",
            "cast-to-float": "float(-np.sum(target * np.log(predict)) / len(predict))",
            "assigned-into-an-array": """
                costs = np.zeros(len(predict))
                for n in range(len(predict)):
                    costs[n] = -np.sum(target[n] * np.log(predict[n]))
                return np.mean(costs)
            """,
            "unknown-to-autograd": "-np.average(np.sum(target * np.log(predict), axis=1))",
        },
        "softmax_cross_entropy_der": {
            "mean-left-out": "predict - target",
            "divided-by-all-entries": "(predict - target) / predict.size",
            "divided-by-the-classes": "(predict - target) / predict.shape[1]",
            "derivative-of-the-squared-error": "mse_der(predict, target)",
            "sign-flipped": "(target - predict) / len(predict)",
            "softmax-not-merged": "-(target / predict) / len(predict)",
            "diagonal-of-the-softmax-jacobian": "-target / predict * predict * (1 - predict) / len(predict)",
            "cost-derivative-times-softmax-diagonal": "(predict - target) * predict * (1 - predict) / len(predict)",
        },
        "train_network": {
            "network-not-updated": f"losses = []\nfor _ in range(epochs):\n    {_COST}\nreturn layers, losses",
            "ascent": _train().replace("W - ", "W + ").replace("b - ", "b + "),
            "learning-rate-left-out": _train().replace("learning_rate * ", ""),
            "bias-not-updated": _train().replace("b - learning_rate * db", "b"),
            "weights-not-updated": _train().replace("W - learning_rate * dW", "W"),
            "averaged-once-more": _train().replace("learning_rate *", "learning_rate / len(inputs) *"),
            "stale-gradients": _train(
                start="losses = []\n    " + _BACK.format(cost_der=", cost_der"), gradients="pass"
            ),
            "one-epoch-only": _train().replace("    return", "        return"),
            "one-epoch-too-few": _train("1, epochs"),
            "one-epoch-too-many": _train("epochs + 1"),
            "cost-der-ignored": _train(gradients=_BACK.format(cost_der="")),
            "softmax-cross-entropy-whatever-is-given": _train(
                gradients=_BACK.format(cost_der=", softmax_cross_entropy_der")
            ),
            "untrained-layers-returned": _train(start="losses, untrained = [], layers", result="untrained, losses"),
            "mean-squared-error-recorded": _train(
                record="losses.append(np.mean((feed_forward_batch(inputs, layers, activation_funcs) - targets) ** 2))"
            ),
            "losses-swapped": _train(result="losses, layers"),
            "layers-not-returned": _train(result="losses"),
            "losses-not-returned": _train(result="layers"),
        },
    }
)
"""Wrong cells by task and label."""
