"""Right solutions of the tasks with one layer in many styles, each a student's whole cell."""

from checks.example_cells import cells, function_cells

SUMMED_GRADIENTS = function_cells(
    "summed_gradients(linear, x, grad_output)",
    {
        "loop": """
        grad_weight = np.zeros_like(linear.weight)
        grad_bias = np.zeros_like(linear.bias)
        for n in range(len(x)):
            linear.backward(x[n : n + 1], grad_output[n : n + 1])
            grad_weight += linear.grad_weight
            grad_bias += linear.grad_bias
        return grad_weight, grad_bias
    """,
        "from-zero": """
        weight, bias = 0, 0
        for row, g in zip(x, grad_output):
            linear.backward(row[None, :], g[None, :])
            weight = weight + linear.grad_weight
            bias = bias + linear.grad_bias
        return weight, bias
    """,
        "outer-products": """
        weight = sum(np.outer(row, g) for row, g in zip(x, grad_output))
        bias = sum(g for g in grad_output)
        return [weight, bias]
    """,
        "stacked": """
        return x.T @ grad_output, grad_output.sum(axis=0)
    """,
        "bias-in-a-row": """
        weight = np.zeros(linear.weight.shape)
        bias = np.zeros((1, len(linear.bias)))
        for n in range(x.shape[0]):
            weight = weight + x[n : n + 1].T @ grad_output[n : n + 1]
            bias = bias + grad_output[n : n + 1]
        return weight, bias
    """,
        "lists": """
        weights, biases = [], []
        for n, _ in enumerate(x):
            linear.backward(x[[n]], grad_output[[n]])
            weights.append(linear.grad_weight)
            biases.append(linear.grad_bias)
        return np.sum(weights, axis=0).tolist(), np.sum(biases, axis=0).tolist()
    """,
        "first-sample-first": """
        linear.backward(x[:1], grad_output[:1])
        weight, bias = linear.grad_weight.copy(), linear.grad_bias.copy()
        for n in range(1, len(x)):
            linear.backward(x[n : n + 1], grad_output[n : n + 1])
            weight += linear.grad_weight
            bias += linear.grad_bias
        return weight, bias
    """,
        "einsum": """
        return np.einsum("ni,no->io", x, grad_output), np.einsum("no->o", grad_output)
    """,
        "asks-for-the-class": """
        assert isinstance(linear, Linear)
        return x.T @ grad_output, np.add.reduce(grad_output)
    """,
        "kept-in-the-layer": """
        weight, bias = np.zeros(linear.weight.shape), np.zeros(linear.bias.shape)
        for n in reversed(range(len(x))):
            linear.backward(x[n].reshape(1, -1), grad_output[n].reshape(1, -1))
            weight, bias = weight + linear.grad_weight, bias + linear.grad_bias
        linear.grad_weight, linear.grad_bias = weight, bias
        return linear.grad_weight, linear.grad_bias
    """,
    },
)

SINGLE_LAYER_STEP = cells(
    {
        "the-three-parts": """
        def single_layer_step(linear, x, y, learning_rate):
            sigmoid, criterion = Sigmoid(), MSECriterion()
            z = linear.forward(x)
            p = sigmoid.forward(z)
            loss = criterion.forward(p, y)
            linear.backward(x, sigmoid.backward(z, criterion.backward(p, y)))
            linear.weight -= learning_rate * linear.grad_weight
            linear.bias -= learning_rate * linear.grad_bias
            return loss
    """,
        "written-out": """
        def single_layer_step(linear, x, y, learning_rate):
            p = 1 / (1 + np.exp(-(x @ linear.weight + linear.bias)))
            delta = 2 * (p - y) * p * (1 - p)
            linear.weight = linear.weight - learning_rate * x.T @ delta
            linear.bias = linear.bias - learning_rate * delta[0]
            return np.sum((p - y) ** 2)
    """,
        "half-and-half": """
        def single_layer_step(linear, x, y, learning_rate):
            z = linear.forward(x)
            p = Sigmoid().forward(z)
            g = 2 * (p - y)
            g = g * p * (1 - p)
            linear.backward(x, g)
            for name in ("weight", "bias"):
                step = learning_rate * getattr(linear, "grad_" + name)
                setattr(linear, name, getattr(linear, name) - step)
            return ((y - p) ** 2).sum()
    """,
        "one-by-one-array": """
        def single_layer_step(linear, x, y, learning_rate):
            layers = [linear, Sigmoid()]
            inputs = [x]
            for layer in layers:
                inputs.append(layer.forward(inputs[-1]))
            g = MSECriterion().backward(inputs[-1], y)
            for layer, received in zip(layers[::-1], inputs[-2::-1]):
                g = layer.backward(received, g)
            linear.weight += -learning_rate * linear.grad_weight
            linear.bias += -learning_rate * linear.grad_bias
            return ((inputs[-1] - y) ** 2).sum(keepdims=True)
    """,
        "asks-for-the-class": """
        def single_layer_step(linear, x, y, learning_rate):
            layers, criterion = [linear, Sigmoid()], MSECriterion()
            z = linear.forward(x)
            p = layers[1].forward(z)
            linear.backward(x, layers[1].backward(z, criterion.backward(p, y)))
            for layer in layers:
                if isinstance(layer, Linear):
                    layer.weight -= learning_rate * layer.grad_weight
                    layer.bias -= learning_rate * layer.grad_bias
            return criterion.forward(p, y)
    """,
        "loops": """
        def single_layer_step(linear, x, y, learning_rate):
            n_in, n_out = linear.weight.shape
            loss = 0
            for k in range(n_out):
                z = linear.bias[k]
                for i in range(n_in):
                    z = z + x[0, i] * linear.weight[i, k]
                p = 1 / (1 + np.exp(-z))
                loss += (p - y[0, k]) ** 2
                g = 2 * (p - y[0, k]) * p * (1 - p)
                for i in range(n_in):
                    linear.weight[i, k] -= learning_rate * g * x[0, i]
                linear.bias[k] -= learning_rate * g
            return loss
    """,
        "flat": """
        def single_layer_step(linear, x, y, learning_rate):
            p = Sigmoid().forward(linear.forward(x)).ravel()
            error = p - y.ravel()
            delta = 2 * error * p * (1 - p)
            linear.weight -= learning_rate * np.outer(x.ravel(), delta)
            linear.bias -= learning_rate * delta
            return float(error @ error)
    """,
    }
)
