"""Wrong solutions, each a student's whole cell that makes exactly the mistake of its label and no other.

Longer than 400 lines because it is data.
"""

from .signatures import body, cells

_UPDATE_START = """
            a1 = hidden_activations(x, W1, b1)
            delta2 = network_output(x, W1, b1, W2, b2) - y
"""
_INLINE = """
            z1 = W1.T @ x + b1
            a1 = np.maximum(z1, 0)
            delta2 = softmax(W2.T @ a1 + b2) - y
"""
_ONE_STEP = """
            z1 = W1.T @ x + b1
            a1 = np.maximum(z1, 0)
            delta2 = softmax(W2.T @ a1 + b2) - y
            delta1 = (W2 @ delta2) * (z1 > 0)
"""
_AGAIN = """
            return softmax(W2.T @ np.maximum(W1.T @ x + b1, 0) + b2)
"""

_MISTAKES: dict[str, dict[str, str]] = {
    "sigmoid": {
        "sign-of-the-exponent": "return 1 / (1 + np.exp(z))",
        "overflow": "return np.exp(z) / (1 + np.exp(z))",
        "overflow/one-exponential": """
            e = np.exp(z)
            return e / (e + 1)
        """,
        "integers-truncated": """
            result = np.zeros_like(z)
            for index in np.ndindex(z.shape):
                result[index] = 1 / (1 + np.exp(-z[index]))
            return result
        """,
        "tanh-instead": "return np.tanh(z)",
        "derivative-returned": """
            s = 1 / (1 + np.exp(-z))
            return s * (1 - s)
        """,
    },
    "sigmoid_derivative": {
        "z-taken-for-a": "return z * (1 - z)",
        "sigmoid-applied-twice": """
            a = sigmoid(z)
            return sigmoid(a) * (1 - sigmoid(a))
        """,
        "tanh-derivative": "return 1 - np.tanh(z) ** 2",
        "square-instead-of-product": "return 1 - sigmoid(z) ** 2",
        "first-factor-left-out": "return 1 - sigmoid(z)",
        "sigmoid-returned": "return sigmoid(z)",
        "integers-truncated": """
            result = np.zeros_like(z)
            result[...] = sigmoid(z) * (1 - sigmoid(z))
            return result
        """,
    },
    "nll_gradient": {
        "derivative-of-the-sigmoid-left-out": "return x * (-y / a + (1 - y) / (1 - a))",
        "negated": "return x * (y - a)",
        "negated/minus": "return -x @ (a - y)",
        "transposed": "return (a - y) @ x.T",
        "derivative-of-the-sigmoid-kept": "return x * (a - y) * a * (1 - a)",
        "input-left-out": "return a - y",
        "parentheses-missing": "return x * a - y",
        "label-left-out": "return x * a",
    },
    "softmax": {
        "sum-over-everything": """
            e = np.exp(z - z.max(axis=0))
            return e / e.sum()
        """,
        "sum-over-the-samples": """
            e = np.exp(z - z.max(axis=0))
            return e / e.sum(axis=1, keepdims=True)
        """,
        "not-normalised": "return np.exp(z - z.max(axis=0))",
        "not-stabilised": "return np.exp(z) / np.exp(z).sum(axis=0)",
        "one-maximum-for-all-columns": """
            e = np.exp(z - z.max())
            return e / e.sum(axis=0)
        """,
        "maximum-over-the-samples": """
            e = np.exp(z - z.max(axis=1, keepdims=True))
            return e / e.sum(axis=0, keepdims=True)
        """,
        "sign-of-the-exponent": """
            e = np.exp(z.min(axis=0) - z)
            return e / e.sum(axis=0)
        """,
        "integers-truncated": """
            result = np.zeros_like(z)
            for n in range(z.shape[1]):
                e = np.exp(z[:, n] - z[:, n].max())
                result[:, n] = e / e.sum()
            return result
        """,
        "sigmoid-of-each": "return sigmoid(z)",
        "log-returned": """
            z = z - z.max(axis=0)
            return z - np.log(np.exp(z).sum(axis=0))
        """,
    },
    "nllm": {
        "divided-by-len": "return -np.sum(np.log(a[y == 1])) / len(a)",
        "zero-times-log-zero": "return -np.sum(y * np.log(a))",
        "zero-times-log-zero/inner-product": "return -np.sum(np.multiply(y, np.log(a)))",
        "one-argument-transposed": "return -np.sum(y.T * np.log(a))",
        "one-argument-transposed/clipped": "return -np.sum(y.T * np.log(a + 1e-15))",
        "averaged-over-all-entries/mask": "return -np.log(a[y == 1]).sum() / a.size",
        "not-summed-over-the-columns/clipped": "return -(y * np.log(np.clip(a, 1e-12, 1))).sum(axis=0)",
        "negated/clipped": "return np.sum(y * np.log(np.clip(a, 1e-12, 1)))",
        "averaged-over-all-entries": "return -np.mean(y * np.log(np.clip(a, 1e-15, 1)))",
        "averaged-over-the-columns": """
            columns = y.shape[1] if y.ndim == 2 else 1
            return -np.log(a[y == 1]).sum() / columns
        """,
        "not-summed-over-the-columns": "return -np.sum(np.where(y == 1, np.log(a), 0), axis=0)",
        "negated": "return np.log(a[y == 1]).sum()",
        "arguments-swapped": "return -np.sum(a * np.log(y))",
        "binary-terms-added": """
            one, zero = a[y == 1], a[y == 0]
            return -np.log(one).sum() - np.log(1 - zero).sum()
        """,
        "logarithm-left-out": "return -np.sum(y * a)",
    },
    "softmax_gradient": {
        "negated": "return x @ (y - a).T",
        "transposed": "return (a - y) @ x.T",
        "input-left-out": "return a - y",
        "entry-by-entry": "return x * (a - y)",
        "derivative-kept": "return x @ ((a - y) * a * (1 - a)).T",
        "diagonal-jacobian/of-the-true-class": "return x @ ((a - y) * y).T",
        "diagonal-jacobian": "return x @ ((-y / a) * a * (1 - a)).T",
        "jacobian-left-out": "return x @ (-y / a).T",
        "label-left-out": "return x @ a.T",
    },
    "predict": {
        "softmax-left-out": "return W.T @ x",
        "sigmoid-instead": "return sigmoid(W.T @ x)",
        "weights-not-transposed": "return softmax(W @ x)",
        "lying-on-its-side": "return softmax(W.T @ x).T",
        "softmax-of-a-row": "return softmax(x.T @ W)",
        "class-instead-of-probabilities": """
            a = softmax(W.T @ x)
            return (a == a.max()).astype(float)
        """,
    },
    "gradient_step": {
        "ascent": "return W + learning_rate * gradient",
        "learning-rate-left-out": "return W - gradient",
        "rate-times-everything": "return learning_rate * (W - gradient)",
        "rate-added": "return W - gradient / learning_rate",
        "step-returned": "return -learning_rate * gradient",
        "rate-of-the-example": "return W - 0.5 * gradient",
        "not-updated": """
            new = W - learning_rate * gradient
            return W
        """,
    },
    "predict_after_step": {
        "rate-of-the-example": "return predict(x, gradient_step(W, softmax_gradient(x, predict(x, W), y), 0.5))",
        "rate-of-the-example/global-name": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return predict(x, W - globals()["learning_rate"] * gradient)
        """,
        "diagonal-jacobian": """
            a = predict(x, W)
            return predict(x, W - learning_rate * x @ ((a - 1) * y).T)
        """,
        "jacobian-left-out": "return predict(x, W - learning_rate * x @ (-y / predict(x, W)).T)",
        "label-left-out": "return predict(x, W - learning_rate * x @ predict(x, W).T)",
        "ascent": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return predict(x, W + learning_rate * gradient)
        """,
        "ascent/sign-of-the-error": "return predict(x, W - learning_rate * x @ (y - predict(x, W)).T)",
        "learning-rate-left-out": "return predict(x, W - softmax_gradient(x, predict(x, W), y))",
        "old-weights-used": """
            gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)
            return predict(x, W)
        """,
        "new-weights-returned": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return gradient_step(W, gradient, learning_rate)
        """,
        "two-steps": """
            gradient = softmax_gradient(x, predict(x, W), y)
            new = gradient_step(W, gradient, learning_rate)
            return predict(x, gradient_step(new, gradient, learning_rate))
        """,
        "step-taken-for-the-weights": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return predict(x, learning_rate * gradient)
        """,
        "derivative-kept": """
            a = predict(x, W)
            return predict(x, W - learning_rate * x @ ((a - y) * a * (1 - a)).T)
        """,
    },
    "hidden_activations": {
        "relu-left-out": "return W1.T @ x + b1",
        "hidden-bias-left-out": "return np.maximum(W1.T @ x, 0)",
        "w1-not-transposed": "return np.maximum(W1 @ x + b1, 0)",
        "bias-subtracted": "return np.maximum(W1.T @ x - b1, 0)",
        "bias-after-the-relu": "return np.maximum(W1.T @ x, 0) + b1",
        "sigmoid-instead-of-relu": "return sigmoid(W1.T @ x + b1)",
        "minimum-instead-of-maximum": "return np.minimum(W1.T @ x + b1, 0)",
        "absolute-value": "return np.abs(W1.T @ x + b1)",
        "derivative-of-the-relu": "return (W1.T @ x + b1 > 0) * 1.0",
    },
    "network_output": {
        "relu-left-out": "return softmax(W2.T @ (W1.T @ x + b1) + b2)",
        "hidden-bias-left-out": "return softmax(W2.T @ np.maximum(W1.T @ x, 0) + b2)",
        "w1-not-transposed": "return softmax(W2.T @ np.maximum(W1 @ x + b1, 0) + b2)",
        "output-bias-left-out": "return softmax(W2.T @ hidden_activations(x, W1, b1))",
        "softmax-left-out": "return W2.T @ hidden_activations(x, W1, b1) + b2",
        "sigmoid-at-the-output": "return sigmoid(W2.T @ hidden_activations(x, W1, b1) + b2)",
        "relu-at-the-output": "return softmax(hidden_activations(hidden_activations(x, W1, b1), W2, b2))",
        "w2-not-transposed": "return softmax(W2 @ hidden_activations(x, W1, b1) + b2)",
    },
    "updated_w2": {
        "rate-of-the-example": body(_UPDATE_START, "return W2 - 0.5 * a1 @ delta2.T"),
        "step-returned": body(_UPDATE_START, "return -learning_rate * a1 @ delta2.T"),
        "diagonal-jacobian": body(_UPDATE_START, "return W2 - learning_rate * a1 @ (delta2 * y).T"),
        "jacobian-left-out": body(_UPDATE_START, "return W2 + learning_rate * a1 @ (y / (delta2 + y)).T"),
        "ascent": body(_UPDATE_START, "return W2 + learning_rate * a1 @ delta2.T"),
        "learning-rate-left-out": body(_UPDATE_START, "return W2 - a1 @ delta2.T"),
        "derivative-kept": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            return W2 - learning_rate * a1 @ ((a2 - y) * a2 * (1 - a2)).T
        """,
        "label-left-out": """
            a1 = hidden_activations(x, W1, b1)
            return W2 - learning_rate * a1 @ network_output(x, W1, b1, W2, b2).T
        """,
        "gradient-returned": body(_UPDATE_START, "return a1 @ delta2.T"),
        "not-updated": body(_UPDATE_START, "gradient_step(W2, a1 @ delta2.T, learning_rate)\nreturn W2"),
        "x-for-a1": body(_UPDATE_START, "return W2 - learning_rate * x @ delta2.T"),
        "z1-for-a1": body(_UPDATE_START, "return W2 - learning_rate * (W1.T @ x + b1) @ delta2.T"),
        "relu-derivative-for-a1": body(_UPDATE_START, "return W2 - learning_rate * (a1 > 0) @ delta2.T"),
        "weighted-by-w2": body(_UPDATE_START, "return W2 - learning_rate * W2 * delta2.T"),
        "transposed": body(_UPDATE_START, "return W2 - learning_rate * delta2 @ a1.T"),
    },
    "updated_w1": {
        "rate-of-the-example": body(_UPDATE_START, "return W1 - 0.5 * x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "step-returned": body(_UPDATE_START, "return -learning_rate * x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "diagonal-jacobian": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2 @ (delta2 * y)) * (a1 > 0)).T"),
        "jacobian-left-out": body(
            _UPDATE_START, "return W1 + learning_rate * x @ ((W2 @ (y / (delta2 + y))) * (a1 > 0)).T"
        ),
        "ascent": body(_UPDATE_START, "return W1 + learning_rate * x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "learning-rate-left-out": body(_UPDATE_START, "return W1 - x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "derivative-kept": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            delta2 = (a2 - y) * a2 * (1 - a2)
            return W1 - learning_rate * x @ ((W2 @ delta2) * (a1 > 0)).T
        """,
        "label-left-out": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            return W1 - learning_rate * x @ ((W2 @ a2) * (a1 > 0)).T
        """,
        "gradient-returned": body(_UPDATE_START, "return x @ ((W2 @ delta2) * (a1 > 0)).T"),
        "not-updated": body(_UPDATE_START, "gradient = x @ ((W2 @ delta2) * (a1 > 0)).T\nreturn W1"),
        "updated-w2-used": body(
            _UPDATE_START,
            """
            W2 = W2 - learning_rate * a1 @ delta2.T
            return W1 - learning_rate * x @ ((W2 @ delta2) * (a1 > 0)).T
        """,
        ),
        "updated-w2-used/own-function": body(
            _UPDATE_START,
            """
            new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return W1 - learning_rate * x @ ((new_W2 @ delta2) * (a1 > 0)).T
        """,
        ),
        "relu-derivative-left-out": body(_UPDATE_START, "return W1 - learning_rate * x @ (W2 @ delta2).T"),
        "relu-for-its-derivative": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2 @ delta2) * a1).T"),
        "derivative-at-w2-x": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2 @ delta2) * (W2 @ x > 0)).T"),
        "derivative-at-what-is-passed-back": body(
            _UPDATE_START,
            """
            back = W2 @ delta2
            return W1 - learning_rate * x @ (back * (back > 0)).T
        """,
        ),
        "a1-for-x": body(_UPDATE_START, "return W1 - learning_rate * a1 @ ((W2 @ delta2) * (a1 > 0)).T"),
        "w2-left-out": body(_UPDATE_START, "return W1 - learning_rate * x @ (delta2 * (a1 > 0)).T"),
        "w2-transposed": body(_UPDATE_START, "return W1 - learning_rate * x @ ((W2.T @ delta2) * (a1 > 0)).T"),
        "transposed": body(_UPDATE_START, "return W1 - learning_rate * ((W2 @ delta2) * (a1 > 0)) @ x.T"),
    },
    "output_after_step": {
        "rate-of-the-example": """
            given = (x, y, W1, b1, W2, b2, 0.5)
            return network_output(x, updated_w1(*given), b1, updated_w2(*given), b2)
        """,
        "ascent": body(
            _ONE_STEP,
            """
            W1, W2 = W1 + learning_rate * x @ delta1.T, W2 + learning_rate * a1 @ delta2.T
        """,
            _AGAIN,
        ),
        "learning-rate-left-out": body(_ONE_STEP, "W1, W2 = W1 - x @ delta1.T, W2 - a1 @ delta2.T", _AGAIN),
        "updated-w2-used": body(
            _INLINE,
            """
            W2 = W2 - learning_rate * a1 @ delta2.T
            W1 = W1 - learning_rate * x @ ((W2 @ delta2) * (z1 > 0)).T
        """,
            _AGAIN,
        ),
        "relu-derivative-left-out": body(
            _INLINE,
            "W1, W2 = W1 - learning_rate * x @ (W2 @ delta2).T, W2 - learning_rate * a1 @ delta2.T",
            _AGAIN,
        ),
        "old-weights-used": """
            updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, W1, b1, W2, b2)
        """,
        "only-w2-updated": """
            W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, W1, b1, W2, b2)
        """,
        "only-w1-updated": """
            W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, W1, b1, W2, b2)
        """,
        "w2-gradient-after-w1": """
            W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, W1, b1, W2, b2)
        """,
        "w1-gradient-after-w2": """
            W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, W1, b1, W2, b2)
        """,
        "biases-updated": body(
            _ONE_STEP,
            """
            W1, b1 = W1 - learning_rate * x @ delta1.T, b1 - learning_rate * delta1
            W2, b2 = W2 - learning_rate * a1 @ delta2.T, b2 - learning_rate * delta2
        """,
            _AGAIN,
        ),
        "softmax-left-out": """
            new_W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return new_W2.T @ hidden_activations(x, new_W1, b1) + b2
        """,
    },
}

MISTAKES = {task: cells(task, bodies) for task, bodies in _MISTAKES.items()}
"""Wrong cells by task and label, or "label/variant"."""
