"""Right solutions in many styles, each a student's whole cell: a check has to accept every one of them."""

from checks.example_cells import cells

from .typed_numbers import typed

ARRAYS = {
    "do2_ds2": ("[[0.25, 0], [0, 0.25]]", "0.25 * np.eye(2)", "np.diag([1 / 4, 1 / 4])", "np.diag(np.full(2, 0.25))"),
    "ds2_do1": ("[[4, -1], [-2, 1 / 2]]", "np.array([[4, -2], [-1, 0.5]]).T", "np.reshape([4, -1, -2, 0.5], (2, 2))"),
    "do1_ds1": ("[[1, 0], [0, 1]]", "np.eye(2)", "np.identity(2, dtype=int)", "np.diag([True, True])"),
    "delta2": (
        "[1 / 8, -1 / 8]",
        "np.array([[0.125], [-0.125]])",
        "[[0.125, -0.125]]",
        "0.25 * np.array([0.5, -0.5])",
        "np.array([0.125, -0.125], dtype=np.float32)",
    ),
    "delta1": (
        "[3 / 4, -3 / 16]",
        "np.array([[0.75], [-0.1875]])",
        "np.array([[4, -1], [-2, 0.5]]).T @ [0.125, -0.125]",
    ),
    "dW2": (
        "[[0.125, 0.5], [-0.125, -0.5]]",
        "np.outer([0.125, -0.125], [1, 4])",
        "np.array([[0.125], [-0.125]]) * np.array([1, 4])",
        "np.matrix([[0.125, 0.5], [-0.125, -0.5]])",
    ),
    "dW1": (
        "[[0.75, 1.5], [-0.1875, -0.375]]",
        "np.outer([1, 2], [0.75, -0.1875]).T",
        "np.einsum('j,i->ji', delta1, [1, 2])",
    ),
    "W2_new": (
        "[[4.125, -0.5], [-2.125, 0.0]]",
        "np.array([[4, -1], [-2, 0.5]]) + np.outer([0.125, -0.125], [1, 4])",
        "[[33 / 8, -1 / 2], [-17 / 8, -0.0]]",
    ),
    "W1_new": (
        "[[-2.25, 3.5], [1.8125, 0.625]]",
        "np.array([[-3, 2], [2, 1]]) + dW1",
        "[[-9 / 4, 7 / 2], [29 / 16, 5 / 8]]",
    ),
}

STYLES = ("lists", "array", "another-way", "yet-another-way", "one-more-way")

RIGHT: dict[str, dict[str, str]] = {
    "forward": typed(
        "forward", {"floats": "1.0, 4.0, 1.0, 4.0, 0.0, 0.0, 0.5, 0.5", "fractions": "1, 4, 1, 4, 0, -0.0, 1/2, 2/4"}
    )
    | cells(
        {
            "dict-call": "forward = dict(s3=1, s4=4, o3=1, o4=4, s5=0, s6=0, o5=0.5, o6=0.5)",
            "filled-one-by-one": """
            forward = dict.fromkeys(["s3", "s4", "o3", "o4", "s5", "s6", "o5", "o6"])
            forward["s3"], forward["s4"] = -3 * 1 + 2 * 2, 2 * 1 + 1 * 2
            forward["o3"], forward["o4"] = forward["s3"], forward["s4"]
            forward["s5"], forward["s6"] = 4 * 1 - 1 * 4, -2 * 1 + 0.5 * 4
            forward["o5"] = forward["o6"] = 1 / (1 + np.exp(0))
            """,
            "numpy-scalars": """
            s1 = np.array([[-3, 2], [2, 1]]) @ [1, 2]
            s2 = np.array([[4, -1], [-2, 0.5]]) @ s1
            forward = {"s3": s1[0], "s4": s1[1], "o3": s1[:1], "o4": s1[1:]}
            forward |= {"s5": s2[0], "s6": s2[1], "o5": 0.5, "o6": 0.5}
            """,
        }
    ),
    "E": typed(
        "E",
        {
            "fraction": "1 / 4",
            "formula": "0.5 * ((1 - 0.5) ** 2 + (0 - 0.5) ** 2)",
            "numpy-scalar": "np.sum(np.array([0.5, -0.5]) ** 2) / 2",
            "array-of-one": "np.array([[0.25]])",
        },
    )
    | cells({"exact": "from fractions import Fraction\n\nE = Fraction(1, 4)"}),
    "error_signals": typed(
        "error_signals", {"fractions": "1/8, -1/8, 3/4, -3/16", "formulas": "0.5*0.25, -0.5*0.25, 4/8+2/8, -1/8-0.5/8"}
    )
    | cells(
        {
            "decimals": """
            from decimal import Decimal as D

            error_signals = dict(delta5=D("0.125"), delta6=-0.125, delta3=0.75, delta4=D("-0.1875"))
            """
        }
    ),
    "gradients": typed("gradients", {"fractions": "1/8, 1/2, -1/8, -1/2, 3/4, 3/2, -3/16, -3/8"})
    | cells(
        {
            "comprehension": """
            d = error_signals
            sent = {1: 1, 2: 2, 3: 1, 4: 4}
            edges = [(5, 3), (5, 4), (6, 3), (6, 4), (3, 1), (3, 2), (4, 1), (4, 2)]
            gradients = {f"g{j}{i}": d[f"delta{j}"] * sent[i] for j, i in edges}
            """
        }
    ),
    "update": typed("update", {"fractions": "33/8, -1/2, -17/8, 0, -9/4, 7/2, 29/16, 5/8"})
    | cells(
        {
            "from-gradients": """
            old = dict(w53=4, w54=-1, w63=-2, w64=0.5, w31=-3, w32=2, w41=2, w42=1)
            update = {name: weight + gradients["g" + name[1:]] for name, weight in old.items()}
            """
        }
    ),
    **{name: typed(name, dict(zip(STYLES, values, strict=False))) for name, values in ARRAYS.items()},
    "relu": cells(
        {
            "where": "def relu(s):\n    return np.where(s > 0, s, 0)",
            "mask": "def relu(s):\n    return s * (s > 0)",
            "copy-and-zero": "def relu(s):\n    o = s.copy()\n    o[s < 0] = 0\n    return o",
            "half-of-sum": "def relu(s):\n    return (s + np.abs(s)) / 2",
            "clip": "def relu(s):\n    return np.clip(s, 0, None)",
            "loop": """
            def relu(s):
                return np.array([[max(0.0, v) for v in row] for row in s])
            """,
            "list": "def relu(s):\n    return [[v if v > 0 else 0 for v in row] for row in s]",
            "vectorised": "def relu(s):\n    return np.vectorize(lambda v: max(0.0, float(v)))(s)",
        }
    ),
    "sigmoid": cells(
        {
            "quotient": "def sigmoid(s):\n    return np.exp(s) / (1 + np.exp(s))",
            "tanh": "def sigmoid(s):\n    return (1 + np.tanh(s / 2)) / 2",
            "power": "def sigmoid(s):\n    return (1 + np.e ** -s) ** -1.0",
            "stable": """
            def sigmoid(s):
                small = np.exp(-np.abs(s))
                return np.where(s > 0, 1 / (1 + small), small / (1 + small))
            """,
            "math": """
            import math

            def sigmoid(s):
                return np.array([[1 / (1 + math.exp(-v)) for v in row] for row in s])
            """,
            "float32": "def sigmoid(s):\n    return (1 / (1 + np.exp(-s))).astype(np.float32)",
        }
    ),
    "relu_derivative": cells(
        {
            "mask": "def relu_derivative(s):\n    return s > 0",
            "as-float": "def relu_derivative(s):\n    return (s >= 0).astype(float)",
            "sign": "def relu_derivative(s):\n    return np.sign(relu(s))",
            "heaviside": "def relu_derivative(s):\n    return np.heaviside(s, 0.5)",
            "copy": "def relu_derivative(s):\n    d = s.copy()\n    d[s > 0] = 1\n    d[s <= 0] = 0\n    return d",
        }
    ),
    "sigmoid_derivative": cells(
        {
            "value-first": "def sigmoid_derivative(s):\n    o = sigmoid(s)\n    return o * (1 - o)",
            "exponentials": "def sigmoid_derivative(s):\n    return np.exp(-s) / (1 + np.exp(-s)) ** 2",
            "difference": "def sigmoid_derivative(s):\n    return sigmoid(s) - sigmoid(s) ** 2",
            "symmetry": "def sigmoid_derivative(s):\n    return sigmoid(s) * sigmoid(-s)",
            "cosh": "def sigmoid_derivative(s):\n    return 1 / (4 * np.cosh(s / 2) ** 2)",
        }
    ),
    "squared_error": cells(
        {
            "other-order": "def squared_error(y, t):\n    return 0.5 * ((y - t) ** 2).sum()",
            "product": "def squared_error(y, t):\n    return (t - y).T @ (t - y) / 2",
            "norm": "def squared_error(y, t):\n    return np.linalg.norm(t - y) ** 2 / 2",
            "loop": """
            def squared_error(y, t):
                total = 0
                for k in range(len(t)):
                    total += (t[k, 0] - y[k, 0]) ** 2
                return total / 2
            """,
            "mean-times-number": "def squared_error(y, t):\n    return np.mean((t - y) ** 2) * t.size / 2",
            "column-sum": "def squared_error(y, t):\n    return np.sum((t - y) ** 2, axis=0) / 2",
            "swapped-arguments": "def squared_error(t, y):\n    return np.sum((t - y) ** 2) / 2",
            "vdot": "def squared_error(y, t):\n    return 0.5 * np.vdot(t - y, t - y)",
        }
    ),
    "forward_pass": cells(
        {
            "dot": """
            def forward_pass(x, W1, W2):
                s1 = np.dot(W1, x)
                o1 = np.maximum(s1, 0)
                s2 = np.dot(W2, o1)
                return s1, o1, s2, 1 / (1 + np.exp(-s2))
            """,
            "list-returned": """
            def forward_pass(x, W1, W2):
                s1 = W1.dot(x)
                s2 = W2.dot(relu(s1))
                return [s1, relu(s1), s2, sigmoid(s2)]
            """,
            "sums": """
            def forward_pass(x, W1, W2):
                s1 = (W1 * x.T).sum(axis=1, keepdims=True)
                o1 = s1 * (s1 > 0)
                s2 = np.einsum("kj,jn->kn", W2, o1)
                return s1, o1, s2, sigmoid(s2)
            """,
            "from-the-left": """
            def forward_pass(x, W1, W2):
                s1 = (x.T @ W1.T).T
                o1 = relu(s1)
                s2 = (o1.T @ W2.T).T
                return s1, o1, s2, sigmoid(s2)
            """,
            "loop": """
            def forward_pass(x, W1, W2):
                results, o = [], x
                for W, activation in [(W1, relu), (W2, sigmoid)]:
                    s = W @ o
                    o = activation(s)
                    results += [s, o]
                return tuple(results)
            """,
        }
    ),
    "backward_pass": cells(
        {
            "output-slope-from-o": """
            def backward_pass(t, s1, s2, o2, W2):
                delta2 = (t - o2) * o2 * (1 - o2)
                return relu_derivative(s1) * (W2.T @ delta2), delta2
            """,
            "without-brackets": """
            def backward_pass(t, s1, s2, o2, W2):
                delta2 = sigmoid_derivative(s2) * (t - o2)
                delta1 = relu_derivative(s1) * W2.T @ delta2
                return delta1, delta2
            """,
            "diagonal-jacobians": """
            def backward_pass(t, s1, s2, o2, W2):
                do2_ds2 = np.diag(sigmoid_derivative(s2)[:, 0])
                do1_ds1 = np.diagflat(relu_derivative(s1))
                delta2 = do2_ds2.T @ (t - o2)
                delta1 = do1_ds1.T @ W2.T @ delta2
                return delta1, delta2
            """,
            "rows": """
            def backward_pass(t, s1, s2, o2, W2):
                delta2 = -(o2 - t) * sigmoid_derivative(s2)
                delta1 = (delta2.T @ W2).T * (s1 > 0)
                return delta1, delta2
            """,
            "sums": """
            def backward_pass(t, s1, s2, o2, W2):
                delta2 = np.multiply(t - o2, sigmoid_derivative(s2))
                delta1 = np.where(s1 > 0, (W2 * delta2).sum(axis=0)[:, None], 0)
                return [delta1, delta2]
            """,
        }
    ),
    "updated": cells(
        {
            "outer": "def updated(W, delta, o, epsilon):\n    return W + epsilon * np.outer(delta, o)",
            "broadcast": "def updated(W, delta, o, epsilon):\n    return W + epsilon * delta * o.T",
            "turned": "def updated(W, delta, o, epsilon):\n    return (W.T + epsilon * o @ delta.T).T",
            "in-place": "def updated(W, delta, o, epsilon):\n    W += epsilon * delta @ o.T\n    return W",
            "minus-minus": "def updated(W, delta, o, epsilon):\n    return W - epsilon * (-delta @ o.T)",
            "einsum": "def updated(W, delta, o, epsilon):\n    return W + epsilon * np.einsum('jn,in->ji', delta, o)",
            "loop": """
            def updated(W, delta, o, epsilon):
                new = W.copy()
                for j in range(W.shape[0]):
                    for i in range(W.shape[1]):
                        new[j, i] += epsilon * delta[j, 0] * o[i, 0]
                return new
            """,
        }
    ),
}
