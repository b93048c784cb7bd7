"""Right solutions in many styles, each a student's whole cell: a check has to accept every one of them.

Longer than 400 lines because it is data.
"""

from .signatures import cells

_RIGHT: dict[str, dict[str, str]] = {
    "sigmoid": {
        "as-in-the-formula": "return 1 / (1 + np.exp(-z))",
        "negative-exponents-only": """
            small = np.exp(-np.abs(z))
            return np.where(z >= 0, 1 / (1 + small), small / (1 + small))
        """,
        "with-tanh": "return 0.5 * (1 + np.tanh(0.5 * z))",
        "clipped": "return 1 / (1 + np.exp(-np.clip(z, -500, 500)))",
        "masks": """
            z = np.asarray(z, dtype=float)
            result = np.empty_like(z)
            positive = z >= 0
            result[positive] = 1 / (1 + np.exp(-z[positive]))
            e = np.exp(z[~positive])
            result[~positive] = e / (1 + e)
            return result
        """,
        "logaddexp": "return np.exp(-np.logaddexp(0, -z))",
        "vectorize": """
            import math

            def of_a_number(t):
                if t < 0:
                    return math.exp(t) / (1 + math.exp(t))
                return 1 / (1 + math.exp(-t))

            return np.vectorize(of_a_number, otypes=[float])(z)
        """,
        "list": "return (1 / (1 + np.exp(-np.asarray(z)))).tolist()",
        "float32": "return (1 / (1 + np.exp(-np.asarray(z, dtype=np.float32)))).astype(np.float32)",
        "torch": """
            import torch

            return torch.sigmoid(torch.as_tensor(np.asarray(z, dtype=float)))
        """,
        "lambda": "sigmoid = lambda z: 1 / (1 + np.exp(-z))",
        "quiet": """
            with np.errstate(over="ignore"):
                return 1 / (1 + np.exp(-z))
        """,
        "reciprocal": "return np.reciprocal(1.0 + np.exp(-z))",
    },
    "sigmoid_derivative": {
        "of-the-sigmoid": """
            s = sigmoid(z)
            return s * (1 - s)
        """,
        "exponentials": "return np.exp(-z) / (1 + np.exp(-z)) ** 2",
        "two-sigmoids": "return sigmoid(z) * sigmoid(-z)",
        "difference-of-squares": """
            s = 1 / (1 + np.exp(-z))
            return s - s**2
        """,
        "hyperbolic": "return 1 / (4 * np.cosh(z / 2) ** 2)",
        "with-tanh": "return (1 - np.tanh(z / 2) ** 2) / 4",
        "list": """
            a = sigmoid(z)
            return np.multiply(a, 1 - a).tolist()
        """,
        "filled": """
            result = np.zeros(np.shape(z))
            for index in np.ndindex(result.shape):
                s = sigmoid(z[index])
                result[index] = s * (1 - s)
            return result
        """,
        "own-sigmoid-inside": """
            def s(t):
                return 1 / (1 + np.exp(-t))

            return s(z) * (1 - s(z))
        """,
    },
    "nll_gradient": {
        "broadcast": "return x * (a - y)",
        "matrix-product": "return x @ (a - y)",
        "dot": "return np.dot(x, a - y)",
        "number": "return (a - y).item() * x",
        "outer": "return np.outer(x, a - y)",
        "transposed-twice": "return ((a - y) @ x.T).T",
        "minus-the-negative": "return -x * (y - a)",
        "kron": "return np.kron(a - y, x)",
        "tensordot": "return np.tensordot(x, a - y, axes=1)",
        "chain-rule": """
            dL_da = -y / a + (1 - y) / (1 - a)
            da_dz = a * (1 - a)
            return x * dL_da * da_dz
        """,
        "loop": """
            gradient = np.zeros(x.shape)
            for i in range(len(x)):
                gradient[i, 0] = x[i, 0] * (a[0, 0] - y[0, 0])
            return gradient
        """,
        "comprehension": "return [[x_i[0] * (a[0, 0] - y[0, 0])] for x_i in x]",
        "matrix-type": "return np.matrix(x) * np.matrix(a - y)",
        "einsum": "return np.einsum('ij,jk->ik', x, a - y)",
    },
    "softmax": {
        "keepdims": """
            e = np.exp(z - z.max(axis=0, keepdims=True))
            return e / e.sum(axis=0, keepdims=True)
        """,
        "without-keepdims": """
            e = np.exp(z - np.max(z, axis=0))
            return e / np.sum(e, axis=0)
        """,
        "columns-in-a-loop": """
            result = np.zeros(z.shape)
            for n in range(z.shape[1]):
                e = np.exp(z[:, n] - z[:, n].max())
                result[:, n] = e / e.sum()
            return result
        """,
        "transposed": """
            rows = z.T
            e = np.exp(rows - rows.max(axis=1, keepdims=True))
            return (e / e.sum(axis=1, keepdims=True)).T
        """,
        "log-sum-exp": """
            m = z.max(axis=0)
            return np.exp(z - (m + np.log(np.exp(z - m).sum(axis=0))))
        """,
        "logaddexp": "return np.exp(z - np.logaddexp.reduce(np.asarray(z, dtype=float), axis=0))",
        "ones": """
            e = np.exp(z - z.max(axis=0))
            return e / (np.ones((1, len(z))) @ e)
        """,
        "differences": """
            z = np.asarray(z, dtype=float)
            with np.errstate(over="ignore"):
                return 1 / np.exp(z[None, :, :] - z[:, None, :]).sum(axis=1)
        """,
        "comprehension": """
            columns = [np.exp(c - max(c)) for c in z.T]
            return np.array([c / c.sum() for c in columns]).T
        """,
        "apply-along-axis": """
            def of_one(column):
                e = np.exp(column - column.max())
                return e / e.sum()

            return np.apply_along_axis(of_one, 0, z)
        """,
        "torch": """
            import torch

            return torch.softmax(torch.as_tensor(np.asarray(z, dtype=float)), dim=0)
        """,
        "list": """
            e = np.exp(z - z.max(axis=0))
            return (e / e.sum(axis=0)).tolist()
        """,
        "axis-argument": """
            def softmax(z, axis=0):
                e = np.exp(z - z.max(axis=axis, keepdims=True))
                return e / e.sum(axis=axis, keepdims=True)
        """,
        "float32": """
            z = np.asarray(z, dtype=np.float32)
            e = np.exp(z - z.max(axis=0))
            return e / e.sum(axis=0)
        """,
    },
    "nllm": {
        "mask": "return -np.log(a[y == 1]).sum()",
        "where": "return -np.sum(np.log(np.where(y == 1, a, 1)))",
        "where-outside": "return float(np.sum(np.where(y > 0, -y * np.log(a), 0)))",
        "clipped": "return -np.sum(y * np.log(np.clip(a, 1e-15, 1)))",
        "clipped-at-1e-7": "return -np.sum(y * np.log(np.clip(a, 1e-7, 1 - 1e-7)))",
        "small-number-added": "return -np.sum(y * np.log(a + 1e-12))",
        "nan-to-num": "return -np.sum(y * np.nan_to_num(np.log(a)))",
        "maximum": "return -(y * np.log(np.maximum(a, 1e-300))).sum()",
        "log-where": "return -np.sum(np.log(a, where=y == 1, out=np.zeros(a.shape)))",
        "loop": """
            loss = 0
            for p, label in zip(np.ravel(a), np.ravel(y)):
                if label == 1:
                    loss = loss - np.log(p)
            return loss
        """,
        "vdot": "return -np.vdot(y, np.log(np.clip(a, 1e-20, None)))",
        "einsum": "return -np.einsum('i,i', y.ravel(), np.log(a.ravel() + 1e-30))",
        "array-of-one": "return -np.sum(np.log(a[y == 1])).reshape(1, 1)",
        "nansum": "return -np.nansum(y * np.log(a))",
        "trace": """
            p, t = np.atleast_2d(a), np.atleast_2d(y)
            return -np.trace(t.T @ np.log(np.clip(p, 1e-12, None)))
        """,
    },
    "softmax_gradient": {
        "matrix-product": "return x @ (a - y).T",
        "outer": "return np.outer(x, a - y)",
        "outer-transposed": "return np.outer(a - y, x).T",
        "broadcast": "return x * (a - y).T",
        "reshaped": "return x.reshape(-1, 1) * (a - y).reshape(1, -1)",
        "einsum": "return np.einsum('ik,jk->ij', x, a - y)",
        "tensordot": "return np.tensordot(x, a - y, axes=(1, 1))",
        "kron": "return np.kron(x, (a - y).T)",
        "transposed": "return ((a - y) @ x.T).T",
        "per-sample": "return sum(np.outer(x[:, n], (a - y)[:, n]) for n in range(x.shape[1]))",
        "loops": """
            gradient = np.zeros((len(x), len(a)))
            for i in range(len(x)):
                for j in range(len(a)):
                    gradient[i, j] = x[i, 0] * (a[j, 0] - y[j, 0])
            return gradient
        """,
        "comprehension": "return [[x_i * delta for delta in (a - y).ravel()] for x_i in x.ravel()]",
        "full-jacobian": """
            jacobian = np.diag(a.ravel()) - a @ a.T
            delta = jacobian.T @ (-y / a)
            return x @ delta.T
        """,
        "jacobian-of-z": """
            m, n = len(x), len(a)
            delta = (a - y).T
            dz_dw = np.kron(x.T, np.eye(n))
            return (delta @ dz_dw).reshape(m, n)
        """,
        "matrix-type": "return np.matrix(x) * np.matrix(a - y).T",
        "float32": "return (x @ (a - y).T).astype(np.float32)",
    },
    "predict": {
        "own-softmax": "return softmax(W.T @ x)",
        "dot": "return softmax(np.dot(W.T, x))",
        "row-transposed": "return softmax((x.T @ W).T)",
        "einsum": "return softmax(np.einsum('mn,mk->nk', W, x))",
        "inline": """
            z = W.T @ x
            return np.exp(z) / np.sum(np.exp(z))
        """,
        "sum-of-rows": """
            z = (x * W).sum(axis=0)[:, None]
            return softmax(z)
        """,
        "axis-given": "return softmax(np.matmul(W.transpose(), x))",
        "list": "return softmax(W.T @ x).tolist()",
        "tensordot": "return softmax(np.tensordot(W, x, axes=(0, 0)))",
    },
    "gradient_step": {
        "formula": "return W - learning_rate * gradient",
        "in-place": """
            W -= learning_rate * gradient
            return W
        """,
        "negative-added": "return W + (-learning_rate) * gradient",
        "copy": """
            W_new = W.copy()
            W_new -= learning_rate * gradient
            return W_new
        """,
        "loops": """
            new = np.zeros(W.shape)
            for i in range(W.shape[0]):
                for j in range(W.shape[1]):
                    new[i, j] = W[i, j] - learning_rate * gradient[i, j]
            return new
        """,
        "subtract": "return np.subtract(W, np.multiply(learning_rate, gradient))",
        "list": "return (W - learning_rate * gradient).tolist()",
    },
    "predict_after_step": {
        "own-functions": """
            gradient = softmax_gradient(x, predict(x, W), y)
            return predict(x, gradient_step(W, gradient, learning_rate))
        """,
        "inline": """
            def layer(W):
                z = W.T @ x
                return np.exp(z) / np.exp(z).sum()

            return layer(W - learning_rate * x @ (layer(W) - y).T)
        """,
        "named-arguments": """
            a = predict(x=x, W=W)
            g = softmax_gradient(x=x, a=a, y=y)
            W_new = gradient_step(W=W, gradient=g, learning_rate=learning_rate)
            return predict(x=x, W=W_new)
        """,
        "own-softmax": """
            a = softmax(W.T @ x)
            new = W - learning_rate * np.outer(x, a - y)
            return softmax(new.T @ x)
        """,
        "logits-moved": """
            z = W.T @ x
            return softmax(z - learning_rate * (x.T @ x) * (softmax(z) - y))
        """,
        "rebinding": """
            W = gradient_step(W, softmax_gradient(x, predict(x, W), y), learning_rate)
            return predict(x, W)
        """,
    },
    "hidden_activations": {
        "maximum": "return np.maximum(0, W1.T @ x + b1)",
        "mask": """
            z1 = W1.T @ x + b1
            return z1 * (z1 > 0)
        """,
        "where": """
            z1 = np.dot(W1.T, x) + b1
            return np.where(z1 > 0, z1, 0)
        """,
        "copy-and-zero": """
            a1 = (x.T @ W1).T + b1
            a1[a1 < 0] = 0
            return a1
        """,
        "clip": "return np.clip(W1.T @ x + b1, 0, None)",
        "absolute-value": """
            z1 = W1.T @ x + b1
            return (z1 + abs(z1)) / 2
        """,
        "einsum": "return np.einsum('mh,mk->hk', W1, x).__add__(b1).clip(min=0)",
        "comprehension": "return [[max(0.0, W1[:, j] @ x[:, 0] + b1[j, 0])] for j in range(W1.shape[1])]",
        "relu-defined": """
            def relu(z):
                return np.maximum(z, 0)

            def hidden_activations(x, W1, b1):
                return relu(W1.T @ x + b1)
        """,
        "bias-as-a-weight": """
            with_bias = np.vstack([W1, b1.T])
            return np.maximum(with_bias.T @ np.vstack([x, [[1]]]), 0)
        """,
    },
    "network_output": {
        "own-functions": """
            a1 = hidden_activations(x, W1, b1)
            return softmax(W2.T @ a1 + b2)
        """,
        "inline": """
            a1 = np.maximum(W1.T @ x + b1, 0)
            z2 = W2.T @ a1 + b2
            e = np.exp(z2 - z2.max())
            return e / e.sum()
        """,
        "row-by-row": """
            a1 = hidden_activations(x, W1, b1).T
            return softmax((a1 @ W2).T + b2)
        """,
        "bias-as-a-weight": """
            a1 = np.vstack([hidden_activations(x, W1, b1), [[1.0]]])
            return predict(a1, np.vstack([W2, b2.T]))
        """,
        "einsum": "return softmax(np.einsum('hn,hk->nk', W2, hidden_activations(x, W1, b1)) + b2)",
    },
    "updated_w2": {
        "own-functions": """
            a1 = hidden_activations(x, W1, b1)
            delta2 = network_output(x, W1, b1, W2, b2) - y
            return W2 - learning_rate * a1 @ delta2.T
        """,
        "softmax-layer": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            return gradient_step(W2, softmax_gradient(a1, a2, y), learning_rate)
        """,
        "inline": """
            a1 = np.maximum(W1.T @ x + b1, 0)
            z2 = W2.T @ a1 + b2
            a2 = np.exp(z2) / np.exp(z2).sum()
            return W2 - learning_rate * np.outer(a1, a2 - y)
        """,
        "in-place": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            W2 -= learning_rate * np.outer(a1, a2 - y)
            return W2
        """,
        "plus-the-negative": """
            a1 = hidden_activations(x, W1, b1)
            error = y - network_output(x, W1, b1, W2, b2)
            return W2 + learning_rate * a1 @ error.T
        """,
        "full-jacobian": """
            a1 = hidden_activations(x, W1, b1)
            a2 = network_output(x, W1, b1, W2, b2)
            jacobian = np.diag(a2.ravel()) - a2 @ a2.T
            return W2 - learning_rate * a1 @ (jacobian @ (-y / a2)).T
        """,
    },
    "updated_w1": {
        "own-functions": """
            delta2 = network_output(x, W1, b1, W2, b2) - y
            delta1 = (W2 @ delta2) * (hidden_activations(x, W1, b1) > 0)
            return W1 - learning_rate * x @ delta1.T
        """,
        "sign": """
            a1 = hidden_activations(x, W1, b1)
            delta1 = np.sign(a1) * (W2 @ (network_output(x, W1, b1, W2, b2) - y))
            return W1 - learning_rate * np.outer(x, delta1)
        """,
        "inline": """
            z1 = W1.T @ x + b1
            a1 = np.maximum(z1, 0)
            z2 = W2.T @ a1 + b2
            a2 = np.exp(z2) / np.exp(z2).sum()
            relu_prime = np.where(z1 > 0, 1.0, 0.0)
            d1 = np.dot(W2, a2 - y) * relu_prime
            return W1 - learning_rate * np.dot(x, d1.T)
        """,
        "rows": """
            delta2 = (network_output(x, W1, b1, W2, b2) - y).T
            delta1 = delta2 @ W2.T
            delta1[(W1.T @ x + b1).T < 0] = 0
            return W1 - learning_rate * x @ delta1
        """,
        "diagonal-jacobian-of-the-relu": """
            z1 = W1.T @ x + b1
            d_relu = np.diag(np.heaviside(z1, 0.5).ravel())
            delta1 = d_relu @ W2 @ (network_output(x, W1, b1, W2, b2) - y)
            return W1 - learning_rate * np.outer(x, delta1)
        """,
        "in-place": """
            a1 = hidden_activations(x, W1, b1)
            d1 = W2 @ (network_output(x, W1, b1, W2, b2) - y)
            W1 -= learning_rate * x @ (d1 * (a1 != 0)).T
            return W1
        """,
        "gradient-step": """
            active = W1.T @ x + b1 >= 0
            delta1 = (W2 @ (network_output(x, W1, b1, W2, b2) - y)) * active
            return gradient_step(W1, x * delta1.T, learning_rate)
        """,
        "masked-weights": """
            alive = (hidden_activations(x, W1, b1) > 0).ravel()
            new = W1.copy()
            delta2 = network_output(x, W1, b1, W2, b2) - y
            new[:, alive] -= learning_rate * x @ (W2[alive] @ delta2).T
            return new
        """,
    },
    "output_after_step": {
        "own-functions": """
            new_W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
            new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, new_W1, b1, new_W2, b2)
        """,
        "one-expression": """
            given = (x, y, W1, b1, W2, b2, learning_rate)
            return network_output(x, updated_w1(*given), b1, updated_w2(*given), b2)
        """,
        "rebinding-together": """
            W1, W2 = (
                updated_w1(x, y, W1, b1, W2, b2, learning_rate),
                updated_w2(x, y, W1, b1, W2, b2, learning_rate),
            )
            return network_output(x, W1, b1, W2, b2)
        """,
        "inline": """
            z1 = W1.T @ x + b1
            a1 = np.maximum(z1, 0)
            delta2 = softmax(W2.T @ a1 + b2) - y
            delta1 = (W2 @ delta2) * (z1 > 0)
            W2 = W2 - learning_rate * a1 @ delta2.T
            W1 = W1 - learning_rate * x @ delta1.T
            return softmax(W2.T @ np.maximum(W1.T @ x + b1, 0) + b2)
        """,
        "named-arguments": """
            parameters = dict(x=x, W1=W1, b1=b1, W2=W2, b2=b2)
            step = dict(**parameters, y=y, learning_rate=learning_rate)
            parameters |= dict(W1=updated_w1(**step), W2=updated_w2(**step))
            return network_output(**parameters)
        """,
    },
}

RIGHT = {task: cells(task, bodies) for task, bodies in _RIGHT.items()}
"""Right cells by task and style."""
