"""Wrong functions of pass 3 by the label of their mistake."""


def _one_line(signature: str, **bodies: str) -> dict[str, str]:
    """Return cells that define a function of one line, by label with underscores for hyphens."""
    return {label.replace("_", "-"): f"def {signature}:\n    return {body}" for label, body in bodies.items()}


BACKWARD = """def backward_pass(t, s1, s2, o2, W2):
    delta2 = {delta2}
    delta1 = {delta1}
    return {returned}
"""


def _backward(
    delta2: str = "(t - o2) * sigmoid_derivative(s2)",
    delta1: str = "(W2.T @ delta2) * relu_derivative(s1)",
    returned: str = "delta1, delta2",
) -> str:
    return BACKWARD.format(delta2=delta2, delta1=delta1, returned=returned)


FORWARD = """def forward_pass(x, W1, W2):
    s1 = {s1}
    o1 = {o1}
    s2 = {s2}
    o2 = {o2}
    return s1, o1, s2, o2
"""


def _forward(s1: str = "W1 @ x", o1: str = "relu(s1)", s2: str = "W2 @ o1", o2: str = "sigmoid(s2)") -> str:
    return FORWARD.format(s1=s1, o1=o1, s2=s2, o2=o2)


FUNCTIONS: dict[str, dict[str, str]] = {
    "relu": _one_line(
        "relu(s)",
        type_of_the_first_entry="np.vectorize(lambda v: v if v > 0 else 0)(s)",
        maximum_with_1="np.maximum(1, s)",
        absolute_value="np.abs(s)",
        minimum_for_maximum="np.minimum(0, s)",
        nothing_cut_off="s",
        slope_for_value="np.where(s > 0, 1, 0)",
    ),
    "sigmoid": {
        **_one_line(
            "sigmoid(s)",
            sign_of_the_exponent="1 / (1 + np.exp(s))",
            tanh_for_sigmoid="np.tanh(s)",
            exponential_only="1 / np.exp(-s)",
            slope_for_value="1 / (1 + np.exp(-s)) * (1 - 1 / (1 + np.exp(-s)))",
        ),
        "truncated": "def sigmoid(s):\n    o = np.zeros_like(s)\n    o[:] = 1 / (1 + np.exp(-s))\n    return o",
        "truncated/copied": (
            "def sigmoid(s):\n    o = s.copy()\n    for i in range(len(s)):\n"
            "        o[i, 0] = 1 / (1 + np.exp(-s[i, 0]))\n    return o"
        ),
    },
    "relu_derivative": {
        **_one_line(
            "relu_derivative(s)",
            whole_jacobian="np.diag((s[:, 0] > 0) * 1.0)",
            always_1="np.ones(s.shape)",
            mask_inverted="(s < 0) * 1.0",
            value_for_slope="np.maximum(0, s)",
            sign="np.sign(s)",
        ),
        "sign/where": "def relu_derivative(s):\n    return np.where(s > 0, 1, -1)",
    },
    "sigmoid_derivative": {
        **_one_line(
            "sigmoid_derivative(s)",
            whole_jacobian="np.diagflat(sigmoid(s) * (1 - sigmoid(s)))",
            of_the_output="s * (1 - s)",
            constant_slope="0.25 * np.ones_like(s, dtype=float)",
            value_for_slope="sigmoid(s)",
            plus_for_minus="sigmoid(s) * (1 + sigmoid(s))",
            sigmoid_applied_twice="sigmoid(sigmoid(s)) * (1 - sigmoid(sigmoid(s)))",
            slope_of_tanh="1 - sigmoid(s) ** 2",
        ),
        "truncated": (
            "def sigmoid_derivative(s):\n    d = np.zeros_like(s)\n"
            "    d[:] = sigmoid(s) * (1 - sigmoid(s))\n    return d"
        ),
    },
    "squared_error": _one_line(
        "squared_error(y, t)",
        half_left_out="np.sum((t - y) ** 2)",
        mean="np.mean((t - y) ** 2)",
        half_the_mean="0.5 * np.mean((t - y) ** 2)",
        not_squared="np.sum(np.abs(t - y)) / 2",
        squared_after_the_sum="np.sum(t - y) ** 2 / 2",
        not_summed="(t - y) ** 2 / 2",
        root_taken="np.linalg.norm(t - y)",
    ),
    "forward_pass": {
        "weighted-inputs-returned-first": _forward().replace("return s1, o1, s2, o2", "return s1, s2, o1, o2"),
        "cut-off-in-place": _forward(o1="s1").replace("    s2 =", "    o1[o1 < 0] = 0\n    s2 ="),
        "weights-transposed": _forward(s1="W1.T @ x", s2="W2.T @ o1"),
        "relu-left-out": _forward(o1="s1"),
        "sigmoid-in-the-hidden-layer": _forward(o1="sigmoid(s1)"),
        "sigmoid-left-out": _forward(o2="s2"),
        "relu-at-the-output": _forward(o2="relu(s2)"),
        "weighted-input-passed-on": _forward(s2="W2 @ s1"),
    },
    "backward_pass": {
        "positive-gradient": _backward(delta2="(o2 - t) * sigmoid_derivative(s2)"),
        "output-slope-left-out": _backward(delta2="t - o2"),
        "slope-of-the-output": _backward(delta2="(t - o2) * sigmoid_derivative(o2)"),
        "constant-slope": _backward(delta2="(t - o2) * 0.25"),
        "factor-2-kept": _backward(delta2="2 * (t - o2) * sigmoid_derivative(s2)"),
        "hidden-slope-left-out": _backward(delta1="W2.T @ delta2"),
        "value-for-hidden-slope": _backward(delta1="relu(s1) * (W2.T @ delta2)"),
        "sigmoid-slope-in-the-hidden-layer": _backward(delta1="(W2.T @ delta2) * sigmoid_derivative(s1)"),
        "difference-passed-back": _backward(delta1="(W2.T @ (t - o2)) * relu_derivative(s1)"),
        "weights-not-transposed": _backward(delta1="(W2 @ delta2) * relu_derivative(s1)"),
        "order-swapped": _backward(returned="delta2, delta1"),
    },
    "updated": {
        **_one_line(
            "updated(W, delta, o, epsilon)",
            subtracted="W - epsilon * delta @ o.T",
            learning_rate_left_out="W + delta @ o.T",
            learning_rate_divides="W + delta @ o.T / epsilon",
            step_only="epsilon * delta @ o.T",
            nothing_updated="W",
            output_left_out="W + epsilon * delta",
            delta_left_out="W + epsilon * o.T",
            outer_product_turned="W + epsilon * o @ delta.T",
        ),
        "replaced-by-minus-the-step": (
            "def updated(W, delta, o, epsilon):\n    W =- epsilon * delta @ o.T\n    return W"
        ),
        "nothing-updated/local-name": (
            "def updated(W, delta, o, epsilon):\n    new = W + epsilon * delta @ o.T\n    return W"
        ),
    },
}
