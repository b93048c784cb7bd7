"""Right solutions in many styles, each a student's whole cell: a check has to accept every one of them.

Longer than 400 lines because it is data.
"""

from checks.example_cells import cells, method_cells

from .right_single_layer import SINGLE_LAYER_STEP, SUMMED_GRADIENTS

CONSTRUCTOR = """\
class TwoLayerNetwork:
    def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
        rng = np.random.default_rng(seed)
        self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

"""
"""The beginning of every cell of TwoLayerNetwork, as the notebook gives it."""

TWO_LAYER_NETWORK = method_cells(
    CONSTRUCTOR,
    {
        "inputs-recomputed": """
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, x, grad_output):
            inputs = [x]
            for layer in self.layers[:-1]:
                inputs.append(layer.forward(inputs[-1]))
            for layer, received in zip(self.layers[::-1], inputs[::-1]):
                grad_output = layer.backward(received, grad_output)
            return grad_output
    """,
        "remembered-in-forward": """
        def forward(self, x):
            self.inputs = []
            for layer in self.layers:
                self.inputs.append(x)
                x = layer.forward(x)
            return x

        def backward(self, x, grad_output):
            for layer, received in zip(reversed(self.layers), reversed(self.inputs)):
                grad_output = layer.backward(received, grad_output)
            return grad_output
    """,
        "written-out": """
        def forward(self, x):
            z1 = self.layers[0].forward(x)
            a1 = self.layers[1].forward(z1)
            z2 = self.layers[2].forward(a1)
            return self.layers[3].forward(z2)

        def backward(self, x, grad_output):
            z1 = self.layers[0].forward(x)
            a1 = self.layers[1].forward(z1)
            z2 = self.layers[2].forward(a1)
            dz2 = self.layers[3].backward(z2, grad_output)
            da1 = self.layers[2].backward(a1, dz2)
            dz1 = self.layers[1].backward(z1, da1)
            return self.layers[0].backward(x, dz1)
    """,
        "attributes": """
        def forward(self, x):
            l1, s1, l2, s2 = self.layers
            self.z1 = l1.forward(x)
            self.a1 = s1.forward(self.z1)
            self.z2 = l2.forward(self.a1)
            self.out = s2.forward(self.z2)
            return self.out

        def backward(self, x, grad_output):
            l1, s1, l2, s2 = self.layers
            g = s2.backward(self.z2, grad_output)
            g = l2.backward(self.a1, g)
            g = s1.backward(self.z1, g)
            return l1.backward(x, g)
    """,
        "recursion": """
        def forward(self, x):
            from functools import reduce
            return reduce(lambda a, layer: layer.forward(a), self.layers, x)

        def backward(self, x, grad_output):
            def back(k, received):
                layer = self.layers[k]
                if k == len(self.layers) - 1:
                    return layer.backward(received, grad_output)
                return layer.backward(received, back(k + 1, layer.forward(received)))
            return back(0, x)
    """,
        "one-nested-call": """
        def forward(self, x):
            a, b, c, d = self.layers
            return d.forward(c.forward(b.forward(a.forward(x))))

        def backward(self, x, grad_output):
            self.forward(x)
            h = [x]
            for k in range(3):
                h.append(self.layers[k].forward(h[k]))
            for k in range(3, -1, -1):
                grad_output = self.layers[k].backward(h[k], grad_output)
            return grad_output
    """,
    },
)

TRAIN_SGD = cells(
    {
        "list": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = []
            for epoch in range(epochs):
                total = 0
                for i in range(len(x)):
                    p = network.forward(x[i:i+1])
                    total += criterion.forward(p, y[i:i+1])
                    network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))
                    for layer in network.layers:
                        if isinstance(layer, Linear):
                            layer.weight -= learning_rate * layer.grad_weight
                            layer.bias -= learning_rate * layer.grad_bias
                losses.append(total / len(x))
            return losses
    """,
        "array-and-rebinding": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = np.zeros(epochs)
            N, D = x.shape
            for t in range(epochs):
                for n in range(N):
                    xn, yn = x[n].reshape(1, -1), y[n].reshape(1, -1)
                    out = network.forward(xn)
                    losses[t] += criterion.forward(out, yn) / N
                    network.backward(xn, criterion.backward(out, yn))
                    for l in (network.layers[0], network.layers[2]):
                        l.weight = l.weight - learning_rate * l.grad_weight
                        l.bias = l.bias - learning_rate * l.grad_bias
            return losses
    """,
        "hasattr-and-zip": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            history = []
            for _ in range(epochs):
                per_sample = []
                for sample, label in zip(x[:, None, :], y[:, None, :]):
                    prediction = network.forward(sample)
                    per_sample.append(criterion.forward(prediction, label))
                    network.backward(sample, criterion.backward(prediction, label))
                    for layer in network.layers:
                        if hasattr(layer, "weight"):
                            layer.weight += -learning_rate * layer.grad_weight
                            layer.bias += -learning_rate * layer.grad_bias
                history.append(np.mean(per_sample))
            return np.array(history)
    """,
        "shuffled": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            rng = np.random.default_rng(0)
            losses = []
            for epoch in range(epochs):
                total = 0
                for i in rng.permutation(len(x)):
                    p = network.forward(x[[i]])
                    total += criterion.forward(p, y[[i]])
                    network.backward(x[[i]], criterion.backward(p, y[[i]]))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                losses.append(total / len(x))
            return losses
    """,
        "losses-after-each-epoch": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = []
            for epoch in range(epochs):
                for i in range(len(x)):
                    p = network.forward(x[i:i+1])
                    network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                losses.append(criterion.forward(network.forward(x), y) / len(x))
            return losses
    """,
        "losses-before-each-epoch": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = []
            for epoch in range(epochs):
                losses.append(criterion.forward(network.forward(x), y) / len(x))
                for i in range(len(x)):
                    p = network.forward(x[i:i+1])
                    network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
            return losses
    """,
        "losses-after-each-update": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = []
            for epoch in range(epochs):
                total = 0
                for i in range(len(x)):
                    s, t = x[i:i+1], y[i:i+1]
                    network.backward(s, criterion.backward(network.forward(s), t))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                    total += criterion.forward(network.forward(s), t)
                losses.append(total / len(x))
            return losses
    """,
        "type-compared": """
        def train_sgd(network, criterion, x, y, learning_rate, epochs):
            losses = []
            epoch = 0
            while epoch < epochs:
                total = 0
                for i, (a, b) in enumerate(zip(x, y)):
                    a, b = np.atleast_2d(a), np.atleast_2d(b)
                    p = network.forward(a)
                    total = total + criterion.forward(p, b)
                    g = criterion.backward(p, b)
                    network.backward(a, g)
                    for layer in network.layers:
                        if type(layer) is Linear:
                            layer.weight -= learning_rate * layer.grad_weight
                            layer.bias -= learning_rate * layer.grad_bias
                losses += [total / (i + 1)]
                epoch += 1
            return losses
    """,
    }
)

NUMERICAL_GRADIENT = cells(
    {
        "ndindex": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros(parameter.shape)
            for i in np.ndindex(*parameter.shape):
                old = parameter[i]
                parameter[i] = old + epsilon
                up = loss()
                parameter[i] = old - epsilon
                down = loss()
                parameter[i] = old
                gradient[i] = (up - down) / (2 * epsilon)
            return gradient
    """,
        "nudged-and-taken-back": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.empty_like(parameter)
            for i in np.ndindex(parameter.shape):
                parameter[i] += epsilon
                up = loss()
                parameter[i] -= 2 * epsilon
                down = loss()
                parameter[i] += epsilon
                gradient[i] = (up - down) / 2 / epsilon
            return gradient
    """,
        "flat-view": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            flat = parameter.reshape(-1)
            slopes = []
            for k in range(flat.size):
                kept = flat[k]
                flat[k] = kept + epsilon
                up = loss()
                flat[k] = kept - epsilon
                slopes.append((up - loss()) / (2 * epsilon))
                flat[k] = kept
            return np.array(slopes).reshape(parameter.shape)
    """,
        "nditer": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            grad = np.zeros_like(parameter)
            it = np.nditer(parameter, flags=["multi_index"], op_flags=["readwrite"])
            while not it.finished:
                i = it.multi_index
                v = parameter[i]
                parameter[i] = v + epsilon
                l1 = loss()
                parameter[i] = v - epsilon
                l2 = loss()
                parameter[i] = v
                grad[i] = (l1 - l2) / (2 * epsilon)
                it.iternext()
            return grad
    """,
        "whole-array-replaced-in-place": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            original = parameter.copy()
            grad = np.zeros_like(original)
            for i in range(parameter.size):
                step = np.zeros(parameter.size)
                step[i] = epsilon
                step = step.reshape(parameter.shape)
                parameter[...] = original + step
                up = loss()
                parameter[...] = original - step
                down = loss()
                grad.flat[i] = (up - down) / (2 * epsilon)
            parameter[...] = original
            return grad
    """,
        "forward-difference": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros_like(parameter)
            here = loss()
            for i in np.ndindex(parameter.shape):
                old = parameter[i]
                parameter[i] = old + epsilon
                gradient[i] = (loss() - here) / epsilon
                parameter[i] = old
            return gradient
    """,
        "backward-difference": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros_like(parameter)
            for i in np.ndindex(parameter.shape):
                old = parameter[i]
                here = loss()
                parameter[i] = old - epsilon
                gradient[i] = (here - loss()) / epsilon
                parameter[i] = old
            return gradient
    """,
        "half-step": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            gradient = np.zeros_like(parameter)
            for i in np.ndindex(parameter.shape):
                old = parameter[i]
                parameter[i] = old + epsilon / 2
                up = loss()
                parameter[i] = old - epsilon / 2
                gradient[i] = (up - loss()) / epsilon
                parameter[i] = old
            return gradient
    """,
        "five-points": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            def at(i, value):
                old = parameter[i]
                parameter[i] = value
                result = loss()
                parameter[i] = old
                return result
            gradient = np.zeros_like(parameter)
            for i in np.ndindex(parameter.shape):
                w = parameter[i]
                near = at(i, w + epsilon) - at(i, w - epsilon)
                far = at(i, w + 2 * epsilon) - at(i, w - 2 * epsilon)
                gradient[i] = (8 * near - far) / (12 * epsilon)
            return gradient
    """,
        "nested-lists": """
        def numerical_gradient(loss, parameter, epsilon=1e-5):
            def slope(i):
                parameter[i] += epsilon
                up = loss()
                parameter[i] -= 2 * epsilon
                down = loss()
                parameter[i] += epsilon
                return (up - down) / (2 * epsilon)
            if parameter.ndim == 1:
                return [slope(i) for i in range(len(parameter))]
            return [[slope((i, j)) for j in range(parameter.shape[1])] for i in range(parameter.shape[0])]
    """,
    }
)

RELU = method_cells(
    "class ReLU:\n",
    {
        "maximum-and-mask": """
        def forward(self, x):
            return np.maximum(0, x)

        def backward(self, x, grad_output):
            return grad_output * (x > 0)
    """,
        "where-and-one-at-zero": """
        def forward(self, x):
            return np.where(x > 0, x, 0)

        def backward(self, x, grad_output):
            return np.where(x >= 0, grad_output, 0)
    """,
        "sign-of-the-output": """
        def forward(self, x):
            return x * (x > 0)

        def backward(self, x, grad_output):
            return np.sign(self.forward(x)) * grad_output
    """,
        "copy-and-zero": """
        def forward(self, x):
            y = x.copy()
            y[y < 0] = 0
            return y

        def backward(self, x, grad_output):
            g = grad_output.copy()
            g[x <= 0] = 0
            return g
    """,
        "half-at-zero": """
        def forward(self, x):
            return (x + abs(x)) / 2

        def backward(self, x, grad_output):
            return grad_output * (np.sign(x) + 1) / 2
    """,
        "heaviside": """
        def forward(self, x):
            return x.clip(min=0)

        def backward(self, x, grad_output):
            return grad_output * np.heaviside(x, 0.5)
    """,
        "loops-and-lists": """
        def forward(self, x):
            return [[max(0, v) for v in row] for row in x]

        def backward(self, x, grad_output):
            return [[g if v > 0 else 0 for v, g in zip(r, s)] for r, s in zip(x, grad_output)]
    """,
        "remembered-mask": """
        def forward(self, x):
            self.mask = x > 0
            return x * self.mask

        def backward(self, x, grad_output):
            return grad_output * self.mask
    """,
        "diag-jacobian": """
        def forward(self, x):
            return np.maximum(x, 0)

        def backward(self, x, grad_output):
            return np.stack([np.diag((r > 0).astype(float)) @ g for r, g in zip(x, grad_output)])
    """,
        "single-precision": """
        def forward(self, x):
            return np.maximum(x, 0).astype(np.float32)

        def backward(self, x, grad_output):
            return (grad_output * (x > 0)).astype(np.float32)
    """,
    },
)

TANH = method_cells(
    "class Tanh:\n",
    {
        "np-tanh": """
        def forward(self, x):
            return np.tanh(x)

        def backward(self, x, grad_output):
            return grad_output * (1 - np.tanh(x) ** 2)
    """,
        "own-forward": """
        def forward(self, x):
            return np.tanh(x)

        def backward(self, x, grad_output):
            a = self.forward(x)
            return (1 - a * a) * grad_output
    """,
        "written-out": """
        def forward(self, x):
            return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

        def backward(self, x, grad_output):
            return grad_output * 4 / (np.exp(x) + np.exp(-x)) ** 2
    """,
        "doubled-exponent": """
        def forward(self, x):
            e = np.exp(2 * x)
            return (e - 1) / (e + 1)

        def backward(self, x, grad_output):
            return grad_output / np.cosh(x) ** 2
    """,
        "by-the-sigmoid": """
        def forward(self, x):
            return 2 * Sigmoid().forward(2 * x) - 1

        def backward(self, x, grad_output):
            return 2 * Sigmoid().backward(2 * x, 2 * grad_output)
    """,
        "remembered-output": """
        def forward(self, x):
            self.a = np.tanh(x)
            return self.a

        def backward(self, x, grad_output):
            return grad_output * (1 - self.a ** 2)
    """,
        "factored": """
        def forward(self, x):
            return np.sinh(x) / np.cosh(x)

        def backward(self, x, grad_output):
            t = np.tanh(x)
            return grad_output * (1 + t) * (1 - t)
    """,
        "lists": """
        def forward(self, x):
            return np.tanh(x).tolist()

        def backward(self, x, grad_output):
            return (grad_output * (1 - np.square(np.tanh(x)))).tolist()
    """,
        "einsum": """
        def forward(self, x):
            return np.tanh(x)

        def backward(self, x, grad_output):
            return np.einsum("nk,nk->nk", grad_output, 1 - np.tanh(x) ** 2)
    """,
    },
)

ABS_CRITERION = method_cells(
    "class AbsCriterion:\n",
    {
        "sign": """
        def forward(self, predictions, labels):
            return np.abs(predictions - labels).sum()

        def backward(self, predictions, labels):
            return np.sign(predictions - labels)
    """,
        "where": """
        def forward(self, predictions, labels):
            return float(np.sum(abs(labels - predictions)))

        def backward(self, predictions, labels):
            return np.where(predictions > labels, 1, -1)
    """,
        "difference-over-absolute": """
        def forward(self, predictions, labels):
            d = predictions - labels
            return np.sum(np.sqrt(d * d))

        def backward(self, predictions, labels):
            return 1.0 * (predictions > labels) - 1.0 * (predictions < labels)
    """,
        "loops": """
        def forward(self, predictions, labels):
            total = 0
            for p, y in zip(predictions.ravel(), labels.ravel()):
                total += abs(p - y)
            return total

        def backward(self, predictions, labels):
            g = np.ones_like(predictions)
            g[predictions < labels] = -1
            return g
    """,
        "norm": """
        def forward(self, predictions, labels):
            return np.linalg.norm((predictions - labels).ravel(), 1)

        def backward(self, predictions, labels):
            return -np.sign(labels - predictions)
    """,
        "one-by-one-array": """
        def forward(self, predictions, labels):
            return np.abs(predictions - labels).sum(keepdims=True)

        def backward(self, predictions, labels):
            return np.sign(predictions - labels).tolist()
    """,
    },
)

BCE_CRITERION = method_cells(
    "class BCECriterion:\n",
    {
        "clipped": """
        def forward(self, predictions, labels):
            a = np.clip(predictions, 1e-12, 1 - 1e-12)
            return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()

        def backward(self, predictions, labels):
            a = np.clip(predictions, 1e-12, 1 - 1e-12)
            return (a - labels) / (a * (1 - a))
    """,
        "small-number-added": """
        def forward(self, predictions, labels):
            e = 1e-9
            return -np.sum(labels * np.log(predictions + e) + (1 - labels) * np.log(1 - predictions + e))

        def backward(self, predictions, labels):
            e = 1e-9
            return -labels / (predictions + e) + (1 - labels) / (1 - predictions + e)
    """,
        "denominator-guarded": """
        def forward(self, predictions, labels):
            a = np.minimum(np.maximum(predictions, 1e-8), 1 - 1e-8)
            return float(np.sum(-labels * np.log(a) - (1 - labels) * np.log(1 - a)))

        def backward(self, predictions, labels):
            return (predictions - labels) / np.maximum(predictions * (1 - predictions), 1e-10)
    """,
        "machine-epsilon": """
        def forward(self, predictions, labels):
            eps = np.finfo(float).eps
            p = predictions.clip(eps, 1 - eps)
            return -np.sum(np.where(labels == 1, np.log(p), labels * np.log(p) + (1 - labels) * np.log1p(-p)))

        def backward(self, predictions, labels):
            eps = np.finfo(float).eps
            p = predictions.clip(eps, 1 - eps)
            return (1 - labels) / (1 - p) - labels / p
    """,
        "logarithm-clamped-as-in-torch": """
        def forward(self, predictions, labels):
            with np.errstate(divide="ignore"):
                log_a = np.maximum(np.log(predictions), -100)
                log_b = np.maximum(np.log(1 - predictions), -100)
            return -(labels * log_a + (1 - labels) * log_b).sum()

        def backward(self, predictions, labels):
            return (predictions - labels) / (predictions * (1 - predictions) + 1e-12)
    """,
        "loops": """
        def forward(self, predictions, labels):
            total = 0.0
            for a, y in zip(predictions.flatten(), labels.flatten()):
                a = min(max(a, 1e-10), 1 - 1e-10)
                total -= y * np.log(a) + (1 - y) * np.log(1 - a)
            return total

        def backward(self, predictions, labels):
            g = np.zeros(predictions.shape)
            for i in np.ndindex(g.shape):
                a = min(max(predictions[i], 1e-10), 1 - 1e-10)
                g[i] = (a - labels[i]) / a / (1 - a)
            return g
    """,
        "nan-to-num": """
        def forward(self, predictions, labels):
            a = predictions.clip(1e-15, 1 - 1e-15)
            return -np.vdot(labels, np.log(a)) - np.vdot(1 - labels, np.log(1 - a))

        def backward(self, predictions, labels):
            g = (predictions - labels) / (predictions * (1 - predictions))
            return np.nan_to_num(g)
    """,
    },
)

BATCH_LINEAR = method_cells(
    "class BatchLinear(Linear):\n",
    {
        "matrix-product": """
        def backward(self, x, grad_output):
            self.grad_weight = x.T @ grad_output
            self.grad_bias = grad_output.sum(axis=0)
            return grad_output @ self.weight.T
    """,
        "keepdims": """
        def backward(self, x, grad_output):
            self.grad_weight = np.dot(x.T, grad_output)
            self.grad_bias = grad_output.sum(axis=0, keepdims=True)
            return np.dot(grad_output, self.weight.T)
    """,
        "ones": """
        def backward(self, x, grad_output):
            self.grad_weight = (grad_output.T @ x).T
            self.grad_bias = np.ones(len(x)) @ grad_output
            return (self.weight @ grad_output.T).T
    """,
        "einsum": """
        def backward(self, x, grad_output):
            self.grad_weight = np.einsum("ni,no->io", x, grad_output)
            self.grad_bias = np.einsum("no->o", grad_output)
            return np.einsum("no,io->ni", grad_output, self.weight)
    """,
        "outer-products-summed": """
        def backward(self, x, grad_output):
            self.grad_weight = np.zeros_like(self.weight)
            self.grad_bias = np.zeros_like(self.bias)
            rows = []
            for a, g in zip(x, grad_output):
                self.grad_weight += np.outer(a, g)
                self.grad_bias += g
                rows.append(self.weight @ g)
            return np.array(rows)
    """,
        "single-samples-by-super": """
        def backward(self, x, grad_output):
            weight, bias, rows = 0, 0, []
            for n in range(len(x)):
                rows.append(super().backward(x[n : n + 1], grad_output[n : n + 1]))
                weight = weight + self.grad_weight
                bias = bias + self.grad_bias
            self.grad_weight, self.grad_bias = weight, bias
            return np.vstack(rows)
    """,
        "broadcast-product": """
        def backward(self, x, grad_output):
            self.grad_weight = (x[:, :, None] * grad_output[:, None, :]).sum(0)
            self.grad_bias = np.array([grad_output[:, j].sum() for j in range(grad_output.shape[1])])
            return np.tensordot(grad_output, self.weight, axes=(1, 1))
    """,
        "outer-transposed": """
        def backward(self, x, grad_output):
            self.grad_weight = sum(np.outer(g, a).T for a, g in zip(x, grad_output))
            self.grad_bias = np.add.reduce(grad_output)
            return np.stack([g @ self.weight.T for g in grad_output])
    """,
        "ones-as-a-row": """
        def backward(self, x, grad_output):
            self.grad_weight = np.matmul(np.transpose(x), grad_output)
            self.grad_bias = np.ones((1, x.shape[0])) @ grad_output
            return np.matmul(grad_output, np.transpose(self.weight))
    """,
        "matrix-type": """
        def backward(self, x, grad_output):
            self.grad_weight = np.asmatrix(x).T * np.asmatrix(grad_output)
            self.grad_bias = grad_output.sum(0)
            return np.asmatrix(grad_output) * np.asmatrix(self.weight).T
    """,
        "lists": """
        def backward(self, x, grad_output):
            self.grad_weight = (x.T @ grad_output).tolist()
            self.grad_bias = list(grad_output.sum(0))
            return (grad_output @ self.weight.T).tolist()
    """,
        "torch-tensors": """
        def backward(self, x, grad_output):
            import torch
            x, g = torch.as_tensor(x), torch.as_tensor(grad_output)
            self.grad_weight = x.T @ g
            self.grad_bias = g.sum(dim=0)
            return g @ torch.as_tensor(self.weight).T
    """,
        "single-precision": """
        def backward(self, x, grad_output):
            x, g = x.astype(np.float32), grad_output.astype(np.float32)
            self.grad_weight = x.T @ g
            self.grad_bias = g.sum(0)
            return g @ self.weight.astype(np.float32).T
    """,
    },
)

TRAIN_MINIBATCH = cells(
    {
        "slices": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = []
            for epoch in range(epochs):
                total = 0
                for k in range(0, len(x), batch_size):
                    xb, yb = x[k:k+batch_size], y[k:k+batch_size]
                    p = network.forward(xb)
                    total += criterion.forward(p, yb)
                    network.backward(xb, criterion.backward(p, yb))
                    for layer in network.layers:
                        if isinstance(layer, Linear):
                            layer.weight -= learning_rate * layer.grad_weight
                            layer.bias -= learning_rate * layer.grad_bias
                losses.append(total / len(x))
            return losses
    """,
        "ceil": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = np.zeros(epochs)
            batches = int(np.ceil(len(x) / batch_size))
            for t in range(epochs):
                for b in range(batches):
                    rows = slice(b * batch_size, min((b + 1) * batch_size, len(x)))
                    p = network.forward(x[rows])
                    losses[t] += criterion.forward(p, y[rows])
                    network.backward(x[rows], criterion.backward(p, y[rows]))
                    for layer in network.layers:
                        if isinstance(layer, BatchLinear):
                            layer.weight = layer.weight - learning_rate * layer.grad_weight
                            layer.bias = layer.bias - learning_rate * layer.grad_bias
            return losses / len(x)
    """,
        "array-split": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            cuts = np.arange(batch_size, len(x), batch_size)
            losses = []
            for _ in range(epochs):
                total = 0
                for xb, yb in zip(np.split(x, cuts), np.split(y, cuts)):
                    p = network.forward(xb)
                    total += criterion.forward(p, yb)
                    network.backward(xb, criterion.backward(p, yb))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                losses.append(total / x.shape[0])
            return losses
    """,
        "shuffled": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = []
            for epoch in range(epochs):
                order = np.random.permutation(len(x))
                total = 0
                for k in range(0, len(x), batch_size):
                    rows = order[k : k + batch_size]
                    p = network.forward(x[rows])
                    total += criterion.forward(p, y[rows])
                    network.backward(x[rows], criterion.backward(p, y[rows]))
                    for layer in network.layers:
                        if hasattr(layer, "weight"):
                            layer.weight -= learning_rate * layer.grad_weight
                            layer.bias -= learning_rate * layer.grad_bias
                losses.append(total / len(x))
            return losses
    """,
        "while-loop": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = []
            for epoch in range(epochs):
                start, total = 0, 0.0
                while start < len(x):
                    stop = start + batch_size
                    p = network.forward(x[start:stop])
                    total += criterion.forward(p, y[start:stop])
                    network.backward(x[start:stop], criterion.backward(p, y[start:stop]))
                    for l in [network.layers[0], network.layers[2]]:
                        l.weight -= learning_rate * l.grad_weight
                        l.bias -= learning_rate * l.grad_bias
                    start = stop
                losses.append(total / len(x))
            return losses
    """,
        "weighted-means": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = []
            for epoch in range(epochs):
                means, sizes = [], []
                for k in range(0, len(x), batch_size):
                    xb, yb = x[k:k+batch_size], y[k:k+batch_size]
                    p = network.forward(xb)
                    means.append(criterion.forward(p, yb) / len(xb))
                    sizes.append(len(xb))
                    network.backward(xb, criterion.backward(p, yb))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                losses.append(np.average(means, weights=sizes))
            return losses
    """,
        "losses-after-each-epoch": """
        def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
            losses = []
            for epoch in range(epochs):
                for k in range(0, len(x), batch_size):
                    xb, yb = x[k:k+batch_size], y[k:k+batch_size]
                    p = network.forward(xb)
                    network.backward(xb, criterion.backward(p, yb))
                    for layer in network.layers[::2]:
                        layer.weight -= learning_rate * layer.grad_weight
                        layer.bias -= learning_rate * layer.grad_bias
                losses.append(criterion.forward(network.forward(x), y) / len(x))
            return losses
    """,
    }
)

RIGHT = {
    "summed_gradients": SUMMED_GRADIENTS,
    "single_layer_step": SINGLE_LAYER_STEP,
    "TwoLayerNetwork": TWO_LAYER_NETWORK,
    "train_sgd": TRAIN_SGD,
    "numerical_gradient": NUMERICAL_GRADIENT,
    "ReLU": RELU,
    "Tanh": TANH,
    "AbsCriterion": ABS_CRITERION,
    "BCECriterion": BCE_CRITERION,
    "BatchLinear": BATCH_LINEAR,
    "train_minibatch": TRAIN_MINIBATCH,
}
"""Right cells by task and style."""
