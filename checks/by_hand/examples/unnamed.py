"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name."""

from checks.example_cells import cells

from .mistakes_functions import _backward, _forward
from .typed_numbers import typed

UNNAMED: dict[str, dict[str, str]] = {
    "forward": typed(
        "forward",
        {
            "slip-in-s3": "2, 4, 2, 4, 4, -2, 1 / (1 + np.exp(-4)), 1 / (1 + np.exp(2))",
            "slip-in-s6": "1, 4, 1, 4, 0, 1, 0.5, 1 / (1 + np.exp(-1))",
            "one-missing": "1, 4, 1, 4, 0, 0, 0.5, None",
            "not-a-number": "1, 4, 1, 4, 0, 0, 0.5, float('nan')",
            "all-the-same": "1, 1, 1, 1, 1, 1, 1, 1",
            "all-zero": "0, 0, 0, 0, 0, 0, 0, 0",
            "all-one-half": "0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5",
            "a-string": "'1', 4, 1, 4, 0, 0, 0.5, 0.5",
        },
    ),
    "E": typed(
        "E",
        {
            "one": "1",
            "rounded": "0.3",
            "seven": "7",
            "nan": "float('nan')",
            "two-numbers": "[0.125, 0.125]",
            "three-eighths": "0.375",
        },
    ),
    "error_signals": typed(
        "error_signals",
        {
            "slip-in-delta3": "0.125, -0.125, 0.7, -0.1875",
            "both-the-same": "0.125, 0.125, 0.25, -0.0625",
            "all-zero": "0, 0, 0, 0",
            "all-the-same": "0.125, 0.125, 0.125, 0.125",
            "two-missing": "0.125, -0.125, None, None",
            "infinite": "float('inf'), -0.125, 0.75, -0.1875",
        },
    ),
    "gradients": typed(
        "gradients",
        {
            "slip-in-g31": "1/8, 1/2, -1/8, -1/2, 0.7, 3/2, -3/16, -3/8",
            "sign-lost": "1/8, 1/2, -1/8, 1/2, 3/4, 3/2, -3/16, -3/8",
            "layers-swapped": "3/4, 3/2, -3/16, -3/8, 1/8, 1/2, -1/8, -1/2",
            "one-missing": "1/8, 1/2, -1/8, -1/2, 3/4, 3/2, None, -3/8",
            "all-zero": "0, 0, 0, 0, 0, 0, 0, 0",
        },
    ),
    "update": typed(
        "update",
        {
            "printed-sign-w54": "4.125, 0.5, -2.125, 0, -2.25, 3.5, 1.8125, 0.625",
            "printed-sign-w63": "4.125, -0.5, 2.125, 0, -2.25, 3.5, 1.8125, 0.625",
            "slip": "4.125, -0.5, -2.125, 0, -2.25, 3.5, 1.8, 0.5",
            "one-missing": "4.125, None, -2.125, 0, -2.25, 3.5, 1.8125, 0.625",
            "all-one": "1, 1, 1, 1, 1, 1, 1, 1",
        },
    ),
    "do2_ds2": typed(
        "do2_ds2",
        {
            "a-number": "0.25",
            "zeros": "np.zeros((2, 2))",
            "one-slope-wrong": "[[0.25, 0], [0, 0.2]]",
            "anti": "[[0, 0.25], [0.25, 0]]",
            "one-missing": "[[0.25, 0], [0, None]]",
        },
    ),
    "ds2_do1": typed(
        "ds2_do1",
        {
            "signs-lost": "[[4, 1], [2, 0.5]]",
            "flat": "[4, -1, -2, 0.5]",
            "ones": "np.ones((2, 2))",
            "rows-swapped": "[[-2, 0.5], [4, -1]]",
            "decimal-slip": "[[4, -1], [-2, 5]]",
        },
    ),
    "do1_ds1": typed(
        "do1_ds1",
        {
            "a-number": "1",
            "zeros": "np.zeros((2, 2))",
            "one-off": "[[1, 0], [0, 0]]",
            "anti": "[[0, 1], [1, 0]]",
            "three": "np.eye(3)",
        },
    ),
    "delta2": typed(
        "delta2",
        {
            "both-positive": "[0.125, 0.125]",
            "zeros": "[0, 0]",
            "a-number": "0.125",
            "square": "[[0.125, -0.125], [0.125, -0.125]]",
            "slip": "[0.125, -0.5]",
        },
    ),
    "delta1": typed(
        "delta1",
        {
            "swapped": "[-0.1875, 0.75]",
            "one-sign": "[0.75, 0.1875]",
            "a-number": "0.5625",
            "three": "[0.75, -0.1875, 0]",
            "slip": "[0.25, -0.1875]",
        },
    ),
    "dW2": typed(
        "dW2",
        {
            "one-sign": "[[0.125, 0.5], [-0.125, 0.5]]",
            "zeros": "np.zeros((2, 2))",
            "flat": "[0.125, 0.5, -0.125, -0.5]",
            "rows-swapped": "[[-0.125, -0.5], [0.125, 0.4]]",
            "delta-only": "[0.125, -0.125]",
        },
    ),
    "dW1": typed(
        "dW1",
        {
            "one-sign": "[[0.75, 1.5], [-0.1875, 0.375]]",
            "zeros": "np.zeros((2, 2))",
            "flat": "[0.75, 1.5, -0.1875, -0.375]",
            "slip": "[[0.75, 1], [-0.1875, -0.375]]",
            "delta-only": "[0.75, -0.1875]",
        },
    ),
    "W2_new": typed(
        "W2_new",
        {
            "printed-sign": "[[4.125, 0.5], [-2.125, 0]]",
            "printed-sign-2": "[[4.125, -0.5], [2.125, 0]]",
            "zeros": "np.zeros((2, 2))",
            "half-a-step": "[[4.0625, -0.75], [-2.0625, 0.25]]",
            "flat": "[4.125, -0.5, -2.125, 0]",
        },
    ),
    "W1_new": typed(
        "W1_new",
        {
            "one-row": "[[-2.25, 3.5], [2, 1]]",
            "zeros": "np.zeros((2, 2))",
            "half-a-step": "[[-2.625, 2.75], [1.90625, 0.8125]]",
            "transposed": "[[-2.25, 1.8], [3.5, 0.625]]",
            "slip": "[[-2.25, 3], [1.8125, 0.625]]",
        },
    ),
    "relu": cells(
        {
            "leaky": "def relu(s):\n    return np.where(s > 0, s, 0.01 * s)",
            "clipped-at-1": "def relu(s):\n    return np.clip(s, 0, 1)",
            "softplus": "def relu(s):\n    return np.log(1 + np.exp(s))",
            "clipped-at-6": "def relu(s):\n    return np.clip(s, 0, 6)",
            "flattened": "def relu(s):\n    return np.maximum(0, s).ravel()",
            "changes-its-argument": "def relu(s):\n    s[s < 0] = 0\n    return s",
            "largest-only": "def relu(s):\n    return max(0, s.max())",
        }
    ),
    "sigmoid": cells(
        {
            "softmax": "def sigmoid(s):\n    return np.exp(s) / np.exp(s).sum()",
            "hard": "def sigmoid(s):\n    return np.clip(0.2 * s + 0.5, 0, 1)",
            "rounded": "def sigmoid(s):\n    return np.round(1 / (1 + np.exp(-s)), 2)",
            "base-2": "def sigmoid(s):\n    return 1 / (1 + 2.0 ** -s)",
            "brackets": "def sigmoid(s):\n    return 1 / 1 + np.exp(-s)",
            "step": "def sigmoid(s):\n    return np.where(s > 0, 1, 0)",
        }
    ),
    "relu_derivative": cells(
        {
            "leaky": "def relu_derivative(s):\n    return np.where(s > 0, 1, 0.01)",
            "half": "def relu_derivative(s):\n    return 0.5 + 0.25 * np.sign(s)",
            "greater-than-1": "def relu_derivative(s):\n    return s > 1",
            "zeros": "def relu_derivative(s):\n    return np.zeros_like(s)",
            "sigmoid": "def relu_derivative(s):\n    return 1 / (1 + np.exp(-s))",
        }
    ),
    "sigmoid_derivative": cells(
        {
            "squared": "def sigmoid_derivative(s):\n    return sigmoid(s) ** 2",
            "of-tanh": "def sigmoid_derivative(s):\n    return 1 - np.tanh(s) ** 2",
            "rounded": "def sigmoid_derivative(s):\n    return np.round(sigmoid(s) * (1 - sigmoid(s)), 1)",
            "exponential": "def sigmoid_derivative(s):\n    return np.exp(-s) / (1 + np.exp(-s))",
            "summed": "def sigmoid_derivative(s):\n    return (sigmoid(s) * (1 - sigmoid(s))).sum()",
        }
    ),
    "squared_error": cells(
        {
            "cross-entropy": "def squared_error(y, t):\n    return -np.sum(t * np.log(y))",
            "largest": "def squared_error(y, t):\n    return np.max((t - y) ** 2) / 2",
            "cubed": "def squared_error(y, t):\n    return np.sum(np.abs(t - y) ** 3) / 2",
            "first-output-only": "def squared_error(y, t):\n    return (t[0] - y[0]) ** 2 / 2",
            "flat-against-column": "def squared_error(y, t):\n    return np.sum((t.ravel() - y) ** 2) / 2",
            "added": "def squared_error(y, t):\n    return np.sum((t + y) ** 2) / 2",
        }
    ),
    "forward_pass": {
        "tanh-at-the-output": _forward(o2="np.tanh(s2)"),
        "leaky": _forward(o1="np.where(s1 > 0, s1, 0.1 * s1)"),
        "bias-added": _forward(s1="W1 @ x + 1"),
        "flat": _forward(s1="(W1 @ x).ravel()"),
        "rounded-o1": _forward(o1="np.round(relu(s1), 1)"),
        "one-result": "def forward_pass(x, W1, W2):\n    return sigmoid(W2 @ relu(W1 @ x))\n",
        "published-numbers": (
            "def forward_pass(x, W1, W2):\n    return [[1], [4]], [[1], [4]], [[0], [0]], [[0.5], [0.5]]\n"
        ),
    },
    "backward_pass": {
        "delta1-negative": _backward(delta1="-(W2.T @ delta2) * relu_derivative(s1)"),
        "leaky": _backward(delta1="(W2.T @ delta2) * np.where(s1 > 0, 1, 0.1)"),
        "absolute-weights": _backward(delta1="(abs(W2).T @ delta2) * relu_derivative(s1)"),
        "slope-squared": _backward(delta2="(t - o2) * sigmoid_derivative(s2) ** 2"),
        "tanh-slope": _backward(delta2="(t - o2) * (1 - o2 ** 2)"),
        "delta2-only": _backward(returned="delta2"),
    },
    "updated": cells(
        {
            "rate-squared": "def updated(W, delta, o, epsilon):\n    return W + epsilon ** 2 * delta @ o.T",
            "weight-decay": "def updated(W, delta, o, epsilon):\n    return 0.99 * W + epsilon * delta @ o.T",
            "clipped": "def updated(W, delta, o, epsilon):\n    return W + np.clip(epsilon * delta @ o.T, -1, 1)",
            "multiplied": "def updated(W, delta, o, epsilon):\n    return W * (epsilon * delta @ o.T)",
            "signs-only": "def updated(W, delta, o, epsilon):\n    return W + epsilon * np.sign(delta @ o.T)",
            "rate-of-the-first-call": (
                "def updated(W, delta, o, epsilon, rates=[]):\n    rates.append(epsilon)\n"
                "    return W + rates[0] * delta @ o.T"
            ),
        }
    ),
}
