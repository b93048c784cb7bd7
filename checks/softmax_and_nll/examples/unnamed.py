"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name."""

from .signatures import body, cells

_UPDATE_START = """
            a1 = hidden_activations(x, W1, b1)
            delta2 = network_output(x, W1, b1, W2, b2) - y
"""

_UNNAMED: dict[str, dict[str, str]] = {
    "sigmoid": {
        "clipped-early": "return 1 / (1 + np.exp(-np.clip(z, -2, 2)))",
        "step": "return (z > 0) * 1.0",
        "hard-sigmoid": "return np.clip(0.25 * z + 0.5, 0, 1)",
        "minus-in-the-denominator": "return 1 / (1 - np.exp(-z))",
        "rounded": "return np.round(1 / (1 + np.exp(-z)), 3)",
        "first-column-only": "return 1 / (1 + np.exp(-np.ravel(z)[0])) * np.ones(np.shape(z))",
        "base-two": "return 1 / (1 + 2.0 ** (-np.abs(z)))",
    },
    "sigmoid_derivative": {
        "difference-quotient-too-wide": "return (sigmoid(z + 0.5) - sigmoid(z - 0.5))",
        "gaussian": "return np.exp(-(z**2) / 4) / 4",
        "rounded": "return np.round(sigmoid(z) * (1 - sigmoid(z)), 3)",
        "cubed": "return sigmoid(z) ** 2 * (1 - sigmoid(z))",
        "plus": "return sigmoid(z) * (1 + sigmoid(z))",
        "constant": "return np.full(np.shape(z), 0.25)",
    },
    "nll_gradient": {
        "absolute-error": "return x * abs(a - y)",
        "squared-error": "return x * (a - y) ** 2",
        "normalised": "return x * (a - y) / np.linalg.norm(x)",
        "loss-times-x": "return -x * (y * np.log(a) + (1 - y) * np.log(1 - a))",
        "rounded-activation": "return x * (np.round(a) - y)",
        "first-input-only": "return x[0, 0] * (a - y) * np.ones(x.shape)",
    },
    "softmax": {
        "powers-of-two": """
            e = 2.0 ** (z - z.max(axis=0))
            return e / e.sum(axis=0)
        """,
        "hard": "return (z == z.max(axis=0)).astype(float)",
        "first-column-for-all": """
            e = np.exp(z[:, :1] - z[:, :1].max())
            return np.repeat(e / e.sum(), z.shape[1], axis=1)
        """,
        "rounded": """
            e = np.exp(z - z.max(axis=0))
            return np.round(e / e.sum(axis=0), 2)
        """,
        "linear": """
            e = np.abs(z) + 1.0
            return e / e.sum(axis=0)
        """,
        "clipped-logits": """
            e = np.exp(np.clip(z, -100, 100))
            return e / e.sum(axis=0)
        """,
        "temperature": """
            e = np.exp((z - z.max(axis=0)) / 2)
            return e / e.sum(axis=0)
        """,
    },
    "nllm": {
        "squared-error": "return float(np.sum((a - y) ** 2))",
        "last-sample-only": "return -np.log(np.ravel(a.T)[np.ravel(y.T) == 1][-1])",
        "small-number-too-large": "return -np.sum(np.log(a[y == 1] + 0.01))",
        "log-one-plus": "return -np.sum(y * np.log1p(a))",
        "entropy": "return -np.sum(a * np.log(np.clip(a, 1e-15, 1)))",
        "clipped-early": "return -np.sum(y * np.log(np.clip(a, 0.01, 1)))",
        "hits-counted": "return float(np.sum(a[y == 1] < 0.5))",
    },
    "softmax_gradient": {
        "absolute-error": "return x @ np.abs(a - y).T",
        "squared-error": "return x @ ((a - y) ** 2).T",
        "other-classes-only": "return x @ ((a - y) * (1 - y)).T",
        "first-input-for-all": "return x[0, 0] * np.ones(x.shape) @ (a - y).T",
        "normalised": "return x @ (a - y).T / np.linalg.norm(a - y)",
        "rounded": "return np.round(x @ (a - y).T, 2)",
    },
    "predict": {
        "powers-of-two": """
            p = 2 ** (W.T @ x)
            return p / p.sum()
        """,
        "class-number": "return int(np.argmax(W.T @ x))",
        "rounded": "return np.round(softmax(W.T @ x), 2)",
        "flat": "return softmax(W.T @ x).ravel()",
        "bias-of-one": "return softmax(W.T @ x + np.arange(W.shape[1])[:, None])",
        "softmax-twice": "return softmax(softmax(W.T @ x))",
    },
    "gradient_step": {
        "sign-of-the-gradient": "return W - learning_rate * np.sign(gradient)",
        "clipped-gradient": "return W - learning_rate * np.clip(gradient, -1, 1)",
        "weight-decay": "return 0.99 * W - learning_rate * gradient",
        "normalised": "return W - learning_rate * gradient / np.linalg.norm(gradient)",
        "first-row-only": """
            new = W.copy()
            new[0] -= learning_rate * gradient[0]
            return new
        """,
        "squared-rate": "return W - learning_rate**2 * gradient",
    },
    "predict_after_step": {
        "other-classes-only": """
            gradient = softmax_gradient(x, predict(x, W), y) * (1 - y.T)
            return predict(x, gradient_step(W, gradient, learning_rate))
        """,
        "half-a-step": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return predict(x, gradient_step(W, gradient, learning_rate / 2))
        """,
        "second-gradient": """
            W = gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)
            W = gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)
            return predict(x, W)
        """,
        "average-of-before-and-after": """
            after = predict(x, gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate))
            return (after + predict(x, W)) / 2
        """,
        "signs": "return predict(x, W - learning_rate * np.sign(softmax_gradient(x, predict(x, W), y)))",
    },
    "hidden_activations": {
        "leaky": """
            z1 = W1.T @ x + b1
            return np.where(z1 > 0, z1, 0.01 * z1)
        """,
        "relu6": "return np.clip(W1.T @ x + b1, 0, 6)",
        "softplus": "return np.log1p(np.exp(W1.T @ x + b1))",
        "tanh": "return np.tanh(W1.T @ x + b1)",
        "squared": "return np.maximum(W1.T @ x + b1, 0) ** 2",
        "flat": "return np.maximum(W1.T @ x + b1, 0).ravel()",
    },
    "network_output": {
        "hidden-tanh": "return softmax(W2.T @ np.tanh(W1.T @ x + b1) + b2)",
        "rounded": "return np.round(softmax(W2.T @ hidden_activations(x, W1, b1) + b2), 2)",
        "biases-halved": "return softmax(W2.T @ hidden_activations(x, W1, b1) + b2 / 2)",
        "flat": "return softmax(W2.T @ hidden_activations(x, W1, b1) + b2).ravel()",
        "softmax-twice": "return softmax(softmax(W2.T @ hidden_activations(x, W1, b1) + b2))",
    },
    "updated_w2": {
        "absolute-error": body(_UPDATE_START, "return W2 - learning_rate * a1 @ abs(delta2).T"),
        "mean-of-the-error": body(_UPDATE_START, "return W2 - learning_rate * a1 @ (delta2 - delta2.max()).T"),
        "half-a-step": body(_UPDATE_START, "return W2 - learning_rate / 2 * a1 @ delta2.T"),
        "first-unit-only": body(
            _UPDATE_START,
            """
            new = W2.copy()
            new[0] -= learning_rate * a1[0] * delta2.ravel()
            return new
        """,
        ),
        "weight-decay": body(_UPDATE_START, "return 0.9 * W2 - learning_rate * a1 @ delta2.T"),
    },
    "updated_w1": {
        "half-a-step": body(_UPDATE_START, "return W1 - learning_rate / 2 * x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "mask-inverted": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2 @ delta2) * (a1 == 0)).T"),
        "absolute-error": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2 @ abs(delta2)) * (a1 > 0)).T"),
        "absolute-weights": body(_UPDATE_START, "return W1 - learning_rate * x @ ((abs(W2) @ delta2) * (a1 > 0)).T"),
        "reversed-units": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2[::-1] @ delta2) * (a1 > 0)).T"),
    },
    "output_after_step": {
        "half-a-step": """
            given = (x, y, W1, b1, W2, b2, learning_rate / 2)
            return network_output(x, updated_w1(*given), b1, updated_w2(*given), b2)
        """,
        "two-steps": """
            for _ in range(2):
                given = (x, y, W1, b1, W2, b2, learning_rate)
                W1, W2 = updated_w1(*given), updated_w2(*given)
            return network_output(x, W1, b1, W2, b2)
        """,
        "no-biases": """
            given = (x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, updated_w1(*given), 0 * b1, updated_w2(*given), 0 * b2)
        """,
        "rounded": """
            given = (x, y, W1, b1, W2, b2, learning_rate)
            return np.round(network_output(x, updated_w1(*given), b1, updated_w2(*given), b2), 3)
        """,
        "label-returned": "return y",
    },
}

UNNAMED = {task: cells(task, bodies) for task, bodies in _UNNAMED.items()}
"""Wrong cells without a name, by task."""
