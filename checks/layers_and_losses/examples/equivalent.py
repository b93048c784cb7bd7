"""What the audit may let pass, each with its reason: the one place where that is reviewed."""

_POSITIONS = (
    "a TwoLayerNetwork ends with an activation, which has no parameters; a network that does not gets a note, as all "
    "code does that goes by the positions of layers"
)
_INDEPENDENT = "the layers are updated independently of each other"
_AS_MANY = "x and y have as many rows as each other"
_PLAIN = "a NumPy number instead of a Python one"
_LOOP = "for layer in network.layers:"

_TRAINING = {
    f"{_LOOP} → for layer in list(network.layers)[:-1]:": _POSITIONS,
    f"{_LOOP} → for layer in list(network.layers)[::-1]:": _INDEPENDENT,
    "losses.append(total / len(x)) → losses.append(total / len(y))": _AS_MANY,
}
"""What both training functions share."""

_CLIPPED = "a = np.clip(predictions, 1e-12, 1 - 1e-12)"
_ABS = "np.abs(predictions - labels).sum()"
_BCE = "-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()"

EQUIVALENT: dict[str, dict[str, str]] = {
    "summed_gradients": {
        "for n in range(len(x)): → for n in list(range(len(x)))[::-1]:": "a sum is the same in any order",
        "for n in range(len(x)): → for n in range(len(grad_output)):": "there are as many gradients as samples",
    },
    "single_layer_step": {
        "loss = criterion.forward(p, y) → loss = criterion.forward(y, p)": "the squared error is symmetric",
    },
    "TwoLayerNetwork": {
        "inputs = [x] → inputs = 2 * [x]": "zip pairs from the end and leaves the first of the two copies out",
    },
    "train_sgd": {
        **_TRAINING,
        "for i in range(len(x)): → for i in range(len(y)):": _AS_MANY,
        "for i in range(len(x)): → for i in list(range(len(x)))[::-1]:": (
            "each sample has its turn once an epoch; any order of them is stochastic gradient descent, and gets a note"
        ),
    },
    "numerical_gradient": {
        "for index in np.ndindex(parameter.shape): → for index in list(np.ndindex(parameter.shape))[::-1]:": (
            "the entries are independent of each other"
        ),
        "for index in np.ndindex(parameter.shape): → for index in np.ndindex(gradient.shape):": (
            "the gradient has the shape of the parameter"
        ),
    },
    "ReLU": {
        "return np.maximum(0, x) → return np.maximum(x, 0)": "the maximum is symmetric",
        "return grad_output * (x > 0) → return grad_output * (x >= 0)": "at x = 0 any slope from 0 to 1 is right",
    },
    "AbsCriterion": {
        f"return float({_ABS}) → return float(np.abs(labels - predictions).sum())": "the absolute value is symmetric",
        f"return float({_ABS}) → return {_ABS}": _PLAIN,
        "return np.sign(predictions - labels) → return np.sign(predictions - labels).round()": "signs are integers",
    },
    "BCECriterion": {
        f"{_CLIPPED} → a = np.clip(1e-12, predictions, 1 - 1e-12)": "the larger of both, whichever comes first",
        "return (a - labels) / (a * (1 - a)) → return (predictions - labels) / (a * (1 - a))": (
            "clipping moves the numerator by 1e-12 at most"
        ),
        f"return float({_BCE}) → return {_BCE}": _PLAIN,
    },
    "BatchLinear": {
        "self.grad_bias = grad_output.sum(axis=0) → self.grad_bias = grad_output.sum(axis=0, keepdims=True)": (
            "one row of numbers: accepted with a note"
        ),
    },
    "train_minibatch": {
        **_TRAINING,
        "for start in range(0, len(x), batch_size): → for start in range(0, len(y), batch_size):": _AS_MANY,
    },
}
"""Mutants of the solution that are right all the same: task -> change -> reason."""
