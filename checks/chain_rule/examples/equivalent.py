"""What the audit may let pass, each with its reason: the one place where that is reviewed."""

_VECTOR = "a vector is its own transpose"
_SYMMETRIC = "the Jacobian is diagonal, so it is its own transpose, and its product with a vector commutes"
_IDENTITY = "∂z/∂b is the identity, of the size that b, target and delta share"
_AS_MANY = "there are as many of the one as of the other"
_CANCELS = "the same factor or shift in a whole row cancels; formula (30) is asked for, huge z get a note"

_SAVED = ("activation_ders", "activation_funcs", "layer_inputs", "zs")
_WALK = "for l in reversed(range(len(layers))):"
_LIST = "gradients = [None] * len(layers)"
_LOOPS = {
    **{f"{_WALK} → for l in reversed(range(len({name}))):": _AS_MANY for name in (*_SAVED, "gradients")},
    **{f"{_LIST} → gradients = [None] * len({name})": _AS_MANY for name in _SAVED},
}

_DC_DZ = "return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)"
_DELTA_1 = "delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)"
_BIAS = "dC_db = delta @ dz_db(b)"
_POWERS = "powers = np.exp(z - np.max(z, axis=1, keepdims=True))"
_ROWS = "return powers / np.sum(powers, axis=1, keepdims=True)"
_TRAINED = "backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)"

EQUIVALENT: dict[str, dict[str, str]] = {
    "feed_forward_one_layer": {
        "return sigmoid(W @ x + b) → return sigmoid(W @ x.T + b)": _VECTOR,
    },
    "cost_one_layer": {
        "return np.mean((feed_forward_one_layer(W, b, x) - target) ** 2) → "
        "return np.mean((target - feed_forward_one_layer(W, b, x)) ** 2)": "the square has no sign",
    },
    "mse_der": {
        "return 2 / np.size(predict) * (predict - target) → return 2 / np.size(target) * (predict - target)": (
            "predict and target have the same shape"
        ),
    },
    "dC_dz": {
        f"{_DC_DZ} → {_DC_DZ}.T": _SYMMETRIC,
        f"{_DC_DZ} → return mse_der(sigmoid(z), target).T @ sigmoid_jacobian(z)": _VECTOR,
        f"{_DC_DZ} → return sigmoid_jacobian(z) @ mse_der(sigmoid(z), target)": _SYMMETRIC,
    },
    "dz_dW": {
        "return np.tensordot(np.eye(len(W)), x, axes=0) → return np.tensordot(np.eye(len(W)), x, axes=-1)": (
            "NumPy takes a negative number of axes for none"
        ),
    },
    "dz_db": {
        "return np.eye(len(b)) → return np.eye(len(b)).round()": "zeros and ones are round",
    },
    "gradients_one_layer": {
        f"{_BIAS} → dC_db = delta": _IDENTITY,
        f"{_BIAS} → {_BIAS}.T": _IDENTITY,
        f"{_BIAS} → dC_db = delta.T @ dz_db(b)": _VECTOR,
        f"{_BIAS} → dC_db = dz_db(b) @ delta": _IDENTITY,
        f"{_BIAS} → dC_db = delta @ dz_db(delta)": _IDENTITY,
        f"{_BIAS} → dC_db = delta @ dz_db(target)": _IDENTITY,
        "delta = dC_dz(W @ x + b, target) → delta = dC_dz(W @ x.T + b, target)": _VECTOR,
        "return (dC_dW, dC_db) → return (dC_dW, delta)": _IDENTITY,
    },
    "gradients_layer_2": {
        "delta2 = dC_dz(W2 @ a1 + b2, target) → delta2 = dC_dz(W2 @ a1.T + b2, target)": _VECTOR,
    },
    "gradients_layer_1": {
        "z1 = W1 @ x + b1 → z1 = W1 @ x.T + b1": _VECTOR,
        "delta2 = dC_dz(W2 @ sigmoid(z1) + b2, target) → delta2 = dC_dz(W2 @ sigmoid(z1).T + b2, target)": _VECTOR,
        f"{_DELTA_1} → delta1 = delta2.T @ W2 @ sigmoid_jacobian(z1)": _VECTOR,
        f"{_DELTA_1} → delta1 = (delta2 @ W2).T @ sigmoid_jacobian(z1)": _VECTOR,
        f"{_DELTA_1} → {_DELTA_1}.T": _SYMMETRIC,
        f"{_DELTA_1} → delta1 = sigmoid_jacobian(z1) @ (delta2 @ W2)": _SYMMETRIC,
    },
    "feed_forward": {
        "a = activation_func(W @ a + b) → a = activation_func(W @ a.T + b)": _VECTOR,
    },
    "feed_forward_saver": {
        "z = W @ a + b → z = W @ a.T + b": _VECTOR,
    },
    "backpropagation": {
        **_LOOPS,
        "dC_da = W.T @ delta → dC_da = W.T @ delta.T": _VECTOR,
    },
    "backpropagation_batch": {
        **_LOOPS,
        "gradients[l] = (layer_inputs[l].T @ delta, np.sum(delta, axis=0)) → "
        "gradients[l] = (layer_inputs[l].T @ delta, np.sum(delta, axis=0, keepdims=True))": (
            "(1, out) is accepted as the notebook says"
        ),
    },
    "softmax": {
        f"{_POWERS} → powers = -np.exp(z - np.max(z, axis=1, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = 2 * np.exp(z - np.max(z, axis=1, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = np.exp(z + np.max(z, axis=1, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = np.exp(z - np.max(z, axis=-1, keepdims=True))": "the last of two axes is axis 1",
        f"{_POWERS} → powers = np.exp(z - np.max(z, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = np.exp(z - np.min(z, axis=1, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = np.exp(z - np.sum(z, axis=1, keepdims=True))": _CANCELS,
        f"{_POWERS} → powers = np.exp(z)": _CANCELS,
        f"{_ROWS} → return powers / np.sum(powers, axis=-1, keepdims=True)": "the last of two axes is axis 1",
    },
    "cross_entropy": {
        "return -np.sum(target * np.log(predict)) / len(predict) → "
        "return -np.sum(target * np.log(predict)) / len(target)": _AS_MANY,
    },
    "softmax_cross_entropy_der": {
        "return (predict - target) / len(predict) → return (predict - target) / len(target)": _AS_MANY,
    },
    "train_network": {
        f"gradients = {_TRAINED} → gradients = 2 * {_TRAINED}": "zip leaves out the list's second half",
    },
}
"""Mutants of the solution that are right all the same: task -> change -> reason."""
