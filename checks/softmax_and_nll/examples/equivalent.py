"""What the audit may let pass, each with its reason: the one place where that is reviewed."""

_ONE_EXPONENTIAL = "exponentials = np.exp(z - z.max(axis=0, keepdims=True))"
_ONE_SOFTMAX = "return exponentials / exponentials.sum(axis=0, keepdims=True)"
_ROW = "a row of n numbers broadcasts over the columns just as a matrix of one row does"

EQUIVALENT: dict[str, dict[str, str]] = {
    "sigmoid": {
        "return np.where(z >= 0, 1, small) / (1 + small) → return np.where(z > 0, 1, small) / (1 + small)": (
            "at z = 0 both branches are 1"
        ),
    },
    "nll_gradient": {
        "return x * (a - y) → return x @ (a - y)": "a - y is (1, 1): a column times one number",
    },
    "softmax": {
        f"{_ONE_EXPONENTIAL} → exponentials = -np.exp(z - z.max(axis=0, keepdims=True))": "the sign cancels",
        f"{_ONE_EXPONENTIAL} → exponentials = 2 * np.exp(z - z.max(axis=0, keepdims=True))": "the factor cancels",
        f"{_ONE_EXPONENTIAL} → exponentials = np.exp(z - z.max(axis=0))": _ROW,
        f"{_ONE_EXPONENTIAL} → exponentials = np.exp(z - z.max(axis=0, keepdims=False))": _ROW,
        f"{_ONE_SOFTMAX} → return exponentials / exponentials.sum(axis=0)": _ROW,
        f"{_ONE_SOFTMAX} → return exponentials / exponentials.sum(axis=0, keepdims=False)": _ROW,
    },
    "nllm": {
        "of_true_classes = a[y == 1] → of_true_classes = a[y >= 1]": "one-hot labels are 0 or 1",
        "return float(-np.sum(np.log(of_true_classes))) → return -np.sum(np.log(of_true_classes))": (
            "a NumPy number instead of a Python one"
        ),
    },
    "softmax_gradient": {
        "return x @ (a - y).T → return x * (a - y).T": "a column times a row broadcasts to their outer product",
    },
    "predict_after_step": {
        "return predict(x, gradient_step(W, gradient, learning_rate)) → "
        "return predict(x, gradient_step(W, learning_rate, gradient))": "the product of both commutes",
    },
    "hidden_activations": {
        "return np.maximum(0, W1.T @ x + b1) → return np.maximum(W1.T @ x + b1, 0)": "the maximum is symmetric",
    },
    "updated_w1": {
        "is_on = hidden_activations(x, W1, b1) > 0 → is_on = hidden_activations(x, W1, b1) != 0": (
            "a ReLU's output is never negative"
        ),
        "return W1 - learning_rate * x @ delta1.T → return W1 - learning_rate * x * delta1.T": (
            "a column times a row broadcasts to their outer product"
        ),
    },
    "updated_w2": {
        "return W2 - learning_rate * a1 @ delta2.T → return W2 - learning_rate * a1 * delta2.T": (
            "a column times a row broadcasts to their outer product"
        ),
    },
}
"""Mutants of the solution that are right all the same: task -> change -> reason."""
