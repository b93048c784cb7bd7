"""What is right, or cannot be told, all the same: mutants of the solution, and mistakes on a single case."""

# ruff: noqa: E501 - the changes are keys as the audit writes them

EQUIVALENT: dict[str, dict[str, str]] = {
    "forward": {
        "forward = {'s3': None, 's4': None, 'o3': None, 'o4': None, 's5': None, 's6': None, 'o5': None, 'o6': None} → pass": "the numbers are assigned below",
    },
    "E": {
        "E = None → pass": "the numbers are assigned below",
    },
    "error_signals": {
        "error_signals = {'delta5': None, 'delta6': None, 'delta3': None, 'delta4': None} → pass": "the numbers are assigned below",
    },
    "gradients": {
        "gradients = {'g53': None, 'g54': None, 'g63': None, 'g64': None, 'g31': None, 'g32': None, 'g41': None, 'g42': None} → pass": "the numbers are assigned below",
    },
    "update": {
        "update = {'w53': None, 'w54': None, 'w63': None, 'w64': None, 'w31': None, 'w32': None, 'w41': None, 'w42': None} → pass": "the numbers are assigned below",
    },
    "do2_ds2": {
        "do2_ds2 = np.array([[0.25, 0], [0, 0.25]]) → do2_ds2 = [[0.25, 0], [0, 0.25]]": "a list of numbers is as good as an array",
        "do2_ds2 = None → pass": "the numbers are assigned below",
    },
    "ds2_do1": {
        "ds2_do1 = np.array([[4, -1], [-2, 0.5]]) → ds2_do1 = [[4, -1], [-2, 0.5]]": "a list of numbers is as good as an array",
        "ds2_do1 = None → pass": "the numbers are assigned below",
    },
    "do1_ds1": {
        "do1_ds1 = np.array([[1, 0], [0, 1]]) → do1_ds1 = [[1, 0], [0, 1]]": "a list of numbers is as good as an array",
        "do1_ds1 = None → pass": "the numbers are assigned below",
    },
    "delta2": {
        "delta2 = np.array([0.125, -0.125]) → delta2 = [0.125, -0.125]": "a list of numbers is as good as an array",
        "delta2 = None → pass": "the numbers are assigned below",
    },
    "delta1": {
        "delta1 = np.array([0.75, -0.1875]) → delta1 = [0.75, -0.1875]": "a list of numbers is as good as an array",
        "delta1 = None → pass": "the numbers are assigned below",
    },
    "dW2": {
        "dW2 = np.array([[0.125, 0.5], [-0.125, -0.5]]) → dW2 = [[0.125, 0.5], [-0.125, -0.5]]": "a list of numbers is as good as an array",
        "dW2 = None → pass": "the numbers are assigned below",
    },
    "dW1": {
        "dW1 = np.array([[0.75, 1.5], [-0.1875, -0.375]]) → dW1 = [[0.75, 1.5], [-0.1875, -0.375]]": "a list of numbers is as good as an array",
        "dW1 = None → pass": "the numbers are assigned below",
    },
    "W2_new": {
        "W2_new = np.array([[4.125, -0.5], [-2.125, 0]]) → W2_new = [[4.125, -0.5], [-2.125, 0]]": "a list of numbers is as good as an array",
        "W2_new = None → pass": "the numbers are assigned below",
    },
    "W1_new": {
        "W1_new = np.array([[-2.25, 3.5], [1.8125, 0.625]]) → W1_new = [[-2.25, 3.5], [1.8125, 0.625]]": "a list of numbers is as good as an array",
        "W1_new = None → pass": "the numbers are assigned below",
    },
    "relu": {
        "return np.maximum(0, s) → return np.maximum(s, 0)": "the maximum is symmetric",
    },
    "relu_derivative": {
        "return np.where(s > 0, 1.0, 0.0) → return np.where(s >= 0, 1.0, 0.0)": "the slope at exactly 0 may be 0 or 1",
        "return np.where(s > 0, 1.0, 0.0) → return np.where(1.0, s > 0, 0.0)": "the mask itself is the slope",
        "return np.where(s > 0, 1.0, 0.0) → return np.where(s > 0, 1.0, 0.0).round()": "the slopes are whole numbers",
    },
    "squared_error": {
        "return np.sum((t - y) ** 2) / 2 → return np.sum((y - t) ** 2) / 2": "a square does not see the sign",
    },
    "updated": {
        "return W + epsilon * delta @ o.T → return W + epsilon * delta * o.T": "a column times a row broadcasts to the outer product",
    },
}
"""Mutants that are right although they were changed: task -> change -> reason."""

ALIKE: dict[str, dict[tuple[str, str], str]] = {
    "squared_error": {
        ("right", "mean"): "half the sum is the mean for two outputs; other cases have one, three and seven",
        ("right", "half-the-mean"): "a mean over one output is no division; other cases have more",
        ("right", "squared-after-the-sum"): "with one output there is nothing to add; other cases have more",
        ("half-left-out", "mean"): "with one output, sum and mean are the same; other cases have more",
        ("half-the-mean", "squared-after-the-sum"): "with one output, both are right; other cases have more",
    },
}
"""Pairs of mistakes that a single case may leave alike: task -> pair -> reason."""
