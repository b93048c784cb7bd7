"""Right ways to write every function, one cell per style; a single line is what the function returns.

Longer than 400 lines because it is data: every style that a check has to accept.
"""

from .right_networks import NETWORKS
from .signatures import all_cells

RIGHT = all_cells(
    {
        "feed_forward_one_layer": {
            "matmul": "sigmoid(W @ x + b)",
            "dot": "sigmoid(np.dot(W, x) + b)",
            "broadcast": "sigmoid(np.sum(W * x, axis=1) + b)",
            "einsum": 'sigmoid(np.einsum("ij,j->i", W, x) + b)',
            "row-form": "sigmoid(x @ W.T + b)",
            "written-out": "z = np.matmul(W, x) + b\nreturn 1.0 / (1.0 + np.exp(-z))",
            "loop": "z = np.array([np.sum(W[i] * x) + b[i] for i in range(len(b))])\nreturn sigmoid(z)",
            "method": """
                class Layer:
                    def forward(self, W, b, x):
                        return sigmoid(W @ x + b)


                feed_forward_one_layer = Layer().forward
            """,
            "partly-applied": """
                from functools import partial


                def layer(activation, W, b, x):
                    return activation(W @ x + b)


                feed_forward_one_layer = partial(layer, sigmoid)
            """,
            "tanh-form": "0.5 * (1 + np.tanh((W @ x + b) / 2))",
        },
        "cost_one_layer": {
            "mean": "np.mean((feed_forward_one_layer(W, b, x) - target) ** 2)",
            "sum-over-size": "a = feed_forward_one_layer(W, b, x)\nreturn np.sum((a - target) ** 2) / a.size",
            "target-first": "np.mean((target - sigmoid(W @ x + b)) ** 2)",
            "square": "np.mean(np.square(feed_forward_one_layer(W, b, x) - target))",
            "dot": "d = feed_forward_one_layer(W, b, x) - target\nreturn d @ d / len(d)",
            "shape": "e = feed_forward_one_layer(W, b, x) - target\nreturn (e * e).sum() / e.shape[0]",
            "helper": """
                def mse(p, t):
                    return np.mean((p - t) ** 2)


                def cost_one_layer(W, b, x, target):
                    return mse(feed_forward_one_layer(W, b, x), target)
            """,
        },
        "gradients_by_autograd": {
            "two-grads": "grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 1)(W, b, x, target)",
            "both-at-once": "grad(cost_one_layer, (0, 1))(W, b, x, target)",
            "named": """
                gradient_func = grad(cost_one_layer, [0, 1])
                dC_dW, dC_db = gradient_func(W, b, x, target)
                return (dC_dW, dC_db)
            """,
            "lambda": """
                by_W = grad(lambda W: cost_one_layer(W, b, x, target))
                by_b = grad(lambda b: cost_one_layer(W, b, x, target))
                return by_W(W), by_b(b)
            """,
            "as-a-list": "[grad(cost_one_layer, i)(W, b, x, target) for i in range(2)]",
            "parameters-as-a-tuple": "grad(lambda p: cost_one_layer(p[0], p[1], x, target))((W, b))",
        },
        "mse_der": {
            "size": "2 / predict.size * (predict - target)",
            "np-size": "2 * (predict - target) / np.size(predict)",
            "minus-the-other-way": "-2 * (target - predict) / target.size",
            "prod-of-shape": "2 * (predict - target) / np.prod(np.shape(predict))",
            "mean-of-ones": "2 * (predict - target) * np.mean(np.ones_like(predict)) / predict.size",
            "subtract": "np.multiply(2.0 / np.size(target), np.subtract(predict, target))",
            "case-by-dimension": """
                if predict.ndim == 1:
                    return 2 / len(predict) * (predict - target)
                return 2 / (predict.shape[0] * predict.shape[1]) * (predict - target)
            """,
            "list-of-rows": """
                n = np.size(predict)
                return [2 * (p - t) / n for p, t in zip(predict, target)]
            """,
        },
        "sigmoid_der": {
            "s-times-1-minus-s": "s = sigmoid(z)\nreturn s * (1 - s)",
            "two-calls": "sigmoid(z) * (1 - sigmoid(z))",
            "exponentials": "np.exp(-z) / (1 + np.exp(-z)) ** 2",
            "positive-exponentials": "np.exp(z) / (1 + np.exp(z)) ** 2",
            "both-signs": "sigmoid(z) * sigmoid(-z)",
            "s-minus-square": "s = sigmoid(z)\nreturn s - s**2",
            "hyperbolic": "1 / (4 * np.cosh(z / 2) ** 2)",
            "vectorised": "np.vectorize(lambda u: sigmoid(u) * (1 - sigmoid(u)), otypes=[float])(z)",
            "loop-with-floats": """
                result = np.zeros(np.shape(z))
                for index, value in np.ndenumerate(z):
                    s = 1 / (1 + np.exp(-value))
                    result[index] = s * (1 - s)
                return result
            """,
        },
        "sigmoid_jacobian": {
            "diag": "np.diag(sigmoid_der(z))",
            "eye-times": "np.eye(len(z)) * sigmoid_der(z)",
            "own-formula": "s = sigmoid(z)\nreturn np.diag(s * (1 - s))",
            "loop": """
                jac = np.zeros((len(z), len(z)))
                for i in range(len(z)):
                    jac[i, i] = sigmoid_der(z[i])
                return jac
            """,
            "where": "np.where(np.eye(len(z)) == 1, sigmoid_der(z)[:, None], 0.0)",
            "diagflat": "np.diagflat(sigmoid_der(z))",
            "matrix-product": "np.diag(sigmoid(z)) @ (np.eye(z.size) - np.diag(sigmoid(z)))",
        },
        "dC_dz": {
            "jacobian": "mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)",
            "element-wise": "mse_der(sigmoid(z), target) * sigmoid_der(z)",
            "jacobian-transposed": "sigmoid_jacobian(z).T @ mse_der(sigmoid(z), target)",
            "written-out": "a = sigmoid(z)\nreturn 2 / len(z) * (a - target) * a * (1 - a)",
            "einsum": 'np.einsum("i,ij->j", mse_der(sigmoid(z), target), np.diag(sigmoid_der(z)))',
            "summed": "np.sum(mse_der(sigmoid(z), target)[:, None] * sigmoid_jacobian(z), axis=0)",
            "as-a-list": "[float(d) for d in mse_der(sigmoid(z), target) * sigmoid_der(z)]",
        },
        "dz_dW": {
            "tensordot": "np.tensordot(np.eye(len(W)), x, axes=0)",
            "loop": """
                result = np.zeros((W.shape[0], W.shape[0], W.shape[1]))
                for i in range(W.shape[0]):
                    result[i, i, :] = x
                return result
            """,
            "broadcast": "np.eye(W.shape[0])[:, :, None] * x",
            "einsum": 'np.einsum("ij,k->ijk", np.eye(W.shape[0]), x)',
            "stacked-rows": "np.stack([np.outer(row, x) for row in np.eye(len(W))])",
            "kron-reshaped": "np.kron(np.eye(len(W)), x).reshape(len(W), len(W), len(x))",
            "comprehension": """
                n = len(W)
                return [[x if i == j else np.zeros(len(x)) for j in range(n)] for i in range(n)]
            """,
            "outer-reshaped": "np.outer(np.eye(len(W)), x).reshape(len(W), *W.shape)",
        },
        "dz_db": {
            "eye": "np.eye(len(b))",
            "identity": "np.identity(b.shape[0])",
            "diag-of-ones": "np.diag(np.ones(b.size))",
            "integers": "np.eye(len(b), dtype=int)",
            "nested-list": "[[1 if i == j else 0 for j in range(len(b))] for i in range(len(b))]",
            "fill-diagonal": """
                result = np.zeros((len(b), len(b)))
                result[np.arange(len(b)), np.arange(len(b))] = 1
                return result
            """,
        },
        "gradients_one_layer": {
            "jacobians": """
                z = W @ x + b
                a = sigmoid(z)
                dC_da = mse_der(a, target)
                da_dz = sigmoid_jacobian(z)
                delta = dC_da @ da_dz
                dC_dW = np.tensordot(delta, dz_dW(W, x), axes=1)
                return dC_dW, delta @ dz_db(b)
            """,
            "outer": "delta = dC_dz(W @ x + b, target)\nreturn np.outer(delta, x), delta",
            "outer-transposed": "delta = dC_dz(W @ x + b, target)\nreturn np.outer(x, delta).T, delta",
            "reshaped": "d = dC_dz(W @ x + b, target)\nreturn d.reshape(-1, 1) @ x.reshape(1, -1), d",
            "broadcast": "d = dC_dz(W @ x + b, target)\nreturn d[:, None] * x[None, :], d",
            "einsum": """
                d = dC_dz(np.dot(W, x) + b, target)
                return np.einsum("i,ijk->jk", d, dz_dW(W, x)), np.einsum("i,ij->j", d, dz_db(b))
            """,
            "written-out": """
                a = feed_forward_one_layer(W, b, x)
                delta = 2 / a.size * (a - target) * a * (1 - a)
                return [delta[:, np.newaxis] * x, delta]
            """,
            "loop": """
                d = dC_dz(W @ x + b, target)
                dW = np.zeros(W.shape)
                for i in range(len(d)):
                    for j in range(len(x)):
                        dW[i, j] = d[i] * x[j]
                return dW, d
            """,
        },
        "feed_forward_two_layers": {
            "one-after-the-other": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1)
                return sigmoid(W2 @ a1 + b2)
            """,
            "with-the-function-for-one-layer": """
                W1, b1 = layers[0]
                W2, b2 = layers[1]
                return feed_forward_one_layer(W2, b2, feed_forward_one_layer(W1, b1, x))
            """,
            "loop": "a = x\nfor W, b in layers:\n    a = sigmoid(W @ a + b)\nreturn a",
            "star": "a1 = feed_forward_one_layer(*layers[0], x)\nreturn feed_forward_one_layer(*layers[1], a1)",
            "reduce": """
                from functools import reduce

                return reduce(lambda a, layer: sigmoid(np.dot(layer[0], a) + layer[1]), layers, x)
            """,
            "row-form": "for W, b in layers:\n    x = sigmoid(x @ W.T + b)\nreturn x",
        },
        "gradients_layer_2": {
            "outer": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1)
                delta2 = dC_dz(W2 @ a1 + b2, target)
                return np.outer(delta2, a1), delta2
            """,
            "as-one-layer": """
                W1, b1 = layers[0]
                W2, b2 = layers[1]
                a1 = feed_forward_one_layer(W1, b1, x)
                a2 = feed_forward_one_layer(W2, b2, a1)
                d = mse_der(a2, target) * a2 * (1 - a2)
                return d[:, None] * a1, d
            """,
            "jacobians": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1)
                z2 = W2 @ a1 + b2
                d = mse_der(sigmoid(z2), target) @ sigmoid_jacobian(z2)
                return np.tensordot(d, dz_dW(W2, a1), axes=1), d @ dz_db(b2)
            """,
            "einsum": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1)
                z2 = W2 @ a1 + b2
                d = mse_der(sigmoid(z2), target) * sigmoid_der(z2)
                return np.einsum("i,j->ij", d, a1), d
            """,
            "columns": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1).reshape(-1, 1)
                z2 = (W2 @ a1).ravel() + b2
                d = dC_dz(z2, target).reshape(-1, 1)
                return d @ a1.T, d.ravel()
            """,
            "prediction-from-the-forward-pass": """
                a1 = feed_forward_one_layer(*layers[0], x)
                a2 = feed_forward_two_layers(layers, x)
                d = mse_der(a2, target) * a2 * (1 - a2)
                return np.outer(a1, d).T, d
            """,
        },
        "gradients_layer_1": {
            "jacobians": """
                (W1, b1), (W2, b2) = layers
                z1 = W1 @ x + b1
                z2 = W2 @ sigmoid(z1) + b2
                delta1 = dC_dz(z2, target) @ W2 @ sigmoid_jacobian(z1)
                return np.tensordot(delta1, dz_dW(W1, x), axes=1), delta1 @ dz_db(b1)
            """,
            "element-wise": """
                (W1, b1), (W2, b2) = layers
                a1 = sigmoid(W1 @ x + b1)
                a2 = sigmoid(W2 @ a1 + b2)
                d2 = mse_der(a2, target) * a2 * (1 - a2)
                d1 = W2.T @ d2 * a1 * (1 - a1)
                return np.outer(d1, x), d1
            """,
            "from-the-right": """
                (W1, b1), (W2, b2) = layers
                z1 = W1 @ x + b1
                d2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
                d1 = (d2 @ W2) * sigmoid_der(z1)
                return d1[:, None] * x[None, :], d1
            """,
            "all-jacobians-first": """
                (W1, b1), (W2, b2) = layers
                z1 = W1 @ x + b1
                z2 = W2 @ sigmoid(z1) + b2
                dz2_dz1 = W2 @ sigmoid_jacobian(z1)
                dz2_dW1 = np.tensordot(dz2_dz1, dz_dW(W1, x), axes=1)
                d2 = dC_dz(z2, target)
                return np.tensordot(d2, dz2_dW1, axes=1), d2 @ dz2_dz1
            """,
            "einsum": """
                (W1, b1), (W2, b2) = layers
                z1 = W1 @ x + b1
                d2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
                d1 = np.einsum("k,ki,i->i", d2, W2, sigmoid_der(z1))
                return np.einsum("i,j->ij", d1, x), d1
            """,
            "loops": """
                (W1, b1), (W2, b2) = layers
                z1 = W1 @ x + b1
                d2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
                d1 = np.zeros(len(b1))
                for i in range(len(b1)):
                    for k in range(len(b2)):
                        d1[i] += d2[k] * W2[k, i]
                    d1[i] *= sigmoid_der(z1[i])
                return np.outer(x, d1).T, d1
            """,
            "read-back-from-the-second-layer": """
                (W1, b1), (W2, b2) = layers
                dW2, db2 = gradients_layer_2(layers, x, target)
                a1 = feed_forward_one_layer(W1, b1, x)
                d1 = db2 @ W2 * (a1 - a1**2)
                return np.outer(d1, x), d1
            """,
        },
        **NETWORKS,
        "softmax": {
            "stable": """
                e = np.exp(z - np.max(z, axis=1, keepdims=True))
                return e / np.sum(e, axis=1, keepdims=True)
            """,
            "plain": "np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)",
            "new-axis": "e = np.exp(z)\nreturn e / e.sum(axis=1)[:, None]",
            "reshaped": "e = np.exp(z)\nreturn e / np.sum(e, axis=-1).reshape(-1, 1)",
            "transposed": "e = np.exp(z.T)\nreturn (e / np.sum(e, axis=0)).T",
            "row-by-row": "np.array([np.exp(row) / np.sum(np.exp(row)) for row in z])",
            "logarithms": "np.exp(z - np.log(np.sum(np.exp(z), axis=1, keepdims=True)))",
            "shifted-by-the-greatest-of-all": "e = np.exp(z - np.max(z))\nreturn e / np.sum(e, 1, keepdims=True)",
        },
        "cross_entropy": {
            "sum-over-len": "-np.sum(target * np.log(predict)) / len(predict)",
            "mean-of-sums": "-np.mean(np.sum(target * np.log(predict), axis=1))",
            "right-class-first": "-np.mean(np.log(np.sum(predict * target, axis=1)))",
            "indexed": "-np.mean(np.log(predict[np.arange(len(target)), np.argmax(target, axis=1)]))",
            "loop": """
                total = 0.0
                for p, t in zip(predict, target):
                    total = total - np.sum(t * np.log(p))
                return total / len(target)
            """,
            "tiny-number-added": "-np.sum(target * np.log(predict + 1e-12)) / predict.shape[0]",
            "einsum": '-np.einsum("nk,nk->", target, np.log(predict)) / target.shape[0]',
        },
        "softmax_cross_entropy_der": {
            "over-len": "(predict - target) / len(predict)",
            "over-shape": "1 / predict.shape[0] * (predict - target)",
            "minus": "-(target - predict) / target.shape[0]",
            "row-by-row": "np.array([(p - t) / len(target) for p, t in zip(predict, target)])",
            "one-subtracted": """
                d = predict.copy()
                d[np.arange(len(d)), np.argmax(target, axis=1)] -= 1
                return d / len(d)
            """,
            "full-jacobian": """
                rows = []
                for p, t in zip(predict, target):
                    jacobian_of_softmax = np.diag(p) - np.outer(p, p)
                    rows.append((-t / p) @ jacobian_of_softmax)
                return np.array(rows) / len(predict)
            """,
        },
        "train_network": {
            "new-list-each-epoch": """
                losses = []
                for epoch in range(epochs):
                    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
                    gradients = backpropagation_batch(
                        inputs, layers, activation_funcs, targets, activation_ders, cost_der
                    )
                    layers = [(W - learning_rate * dW, b - learning_rate * db)
                              for (W, b), (dW, db) in zip(layers, gradients)]
                return layers, losses
            """,
            "recorded-after-the-update": """
                losses = []
                for epoch in range(epochs):
                    gradients = backpropagation_batch(
                        inputs, layers, activation_funcs, targets, activation_ders, cost_der=cost_der
                    )
                    layers = [(W - learning_rate * dW, b - learning_rate * db)
                              for (W, b), (dW, db) in zip(layers, gradients)]
                    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
                return layers, losses
            """,
            "recorded-before-and-after": """
                losses = [cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets)]
                for epoch in range(epochs):
                    gradients = backpropagation_batch(
                        inputs, layers, activation_funcs, targets, activation_ders, cost_der
                    )
                    layers = [(W - learning_rate * dW, b - learning_rate * db)
                              for (W, b), (dW, db) in zip(layers, gradients)]
                    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
                return layers, np.array(losses)
            """,
            "in-place": """
                losses = np.zeros(epochs)
                for epoch in range(epochs):
                    predict = feed_forward_saver_batch(inputs, layers, activation_funcs)[2]
                    losses[epoch] = cross_entropy(predict, targets)
                    gradients = backpropagation_batch(
                        inputs, layers, activation_funcs, targets, activation_ders, cost_der
                    )
                    for (W, b), (dW, db) in zip(layers, gradients):
                        W -= learning_rate * dW
                        b -= learning_rate * db
                return layers, losses
            """,
            "rebinding-by-index": """
                layers = list(layers)
                losses = []
                for epoch in range(epochs):
                    losses += [cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets)]
                    gradients = backpropagation_batch(
                        inputs, layers, activation_funcs, targets, activation_ders, cost_der
                    )
                    for i in range(len(layers)):
                        W, b = layers[i]
                        layers[i] = (W - gradients[i][0] * learning_rate, b - gradients[i][1] * learning_rate)
                return layers, losses
            """,
            "while-loop-as-lists": """
                layers = [[W.copy(), b.copy()] for W, b in layers]
                losses, epoch = [], 0
                while epoch < epochs:
                    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
                    for layer, gradient in zip(layers, backpropagation_batch(
                            inputs, layers, activation_funcs, targets, activation_ders, cost_der)):
                        layer[0] -= learning_rate * gradient[0]
                        layer[1] -= learning_rate * gradient[1]
                    epoch += 1
                return [layers, losses]
            """,
            "own-backward-pass": """
                losses = []
                for _ in range(epochs):
                    acts, zs = [inputs], []
                    for (W, b), f in zip(layers, activation_funcs):
                        zs.append(acts[-1] @ W + b)
                        acts.append(f(zs[-1]))
                    losses.append(-np.sum(targets * np.log(acts[-1])) / len(targets))
                    error, new = cost_der(acts[-1], targets), []
                    for l in reversed(range(len(layers))):
                        W, b = layers[l]
                        delta = error * activation_ders[l](zs[l])
                        new.insert(0, (W - learning_rate * acts[l].T @ delta, b - learning_rate * delta.sum(axis=0)))
                        error = delta @ W.T
                    layers = new
                return layers, losses
            """,
        },
    }
)
"""Right cells by task and style."""
