"""Wrong ways to write `backward`, one cell per misconception, typed as learners type them.

Longer than 400 lines because it is data. A label with several ways of typing it has variants under "label/variant".
Some raise, with sizes that are pairwise different, because shapes do not fit or a setter refuses the gradient.
"""

from checks.example_cells import cells

BACKWARD: dict[str, str] = cells(
    {
        # the derivative of the activation
        "derivative-left-out-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            output = self.layers[-1]
            delta = self.loss.get_gradient(y, output.last_zout) * output.act.get_gradient(output.last_zin)
            for layer in reversed(self.layers):
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-left-out-at-the-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    before = self.layers[l - 1]
                    delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
    """,
        "derivative-left-out-everywhere": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-at-zout-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            output = self.layers[-1]
            delta = self.loss.get_gradient(y, output.last_zout) * output.act.get_gradient(output.last_zin)
            output.set_weight_gradient(output.last_input.T @ delta)
            output.set_bias_gradient(delta.sum(0))
            for l in range(len(self.layers) - 2, -1, -1):
                layer = self.layers[l]
                delta = delta @ self.layers[l + 1].get_weight().T * layer.act.get_gradient(layer.last_zout)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "derivative-at-zout-at-the-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p) * self.layers[-1].act.get_gradient(p)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    before = self.layers[l - 1]
                    delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
    """,
        "derivative-at-zout-everywhere": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zout)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-at-zout-everywhere/next-input": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            activations = [x]
            for layer in self.layers:
                activations.append(layer.forward(activations[-1]))
            delta = self.loss.get_gradient(y, activations[-1])
            for l in reversed(range(len(self.layers))):
                delta = delta * self.layers[l].act.get_gradient(activations[l + 1])
                self.layers[l].set_weight_gradient(activations[l].T @ delta)
                self.layers[l].set_bias_gradient(delta.sum(0))
                delta = delta @ self.layers[l].get_weight().T
    """,
        "tanh-derivative-at-the-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * (1 - torch.tanh(layer.last_zin) ** 2)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "tanh-derivative-at-the-output/class": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            tanh = TanH()
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * tanh.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "tanh-formula-at-the-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * (1 - layer.last_zout**2)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sigmoid-derivative-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                s = torch.sigmoid(layer.last_zin)
                delta = delta * s * (1 - s)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sigmoid-derivative-in-hidden-layers/output-act": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            act = self.layers[-1].act
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sigmoid-formula-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.last_zout * (1 - layer.last_zout)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        # what the error signal is passed back through
        "weights-transposed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    delta = delta @ layer.get_weight()
    """,
        "weights-transposed/columns": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
            last.set_weight_gradient(last.last_input.T @ delta)
            last.set_bias_gradient(delta.sum(0))
            for l in range(len(self.layers) - 2, -1, -1):
                layer = self.layers[l]
                delta = (self.layers[l + 1].get_weight().T @ delta.T).T * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "weights-of-the-wrong-layer": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
            last.set_weight_gradient(last.last_input.T @ delta)
            last.set_bias_gradient(delta.sum(0))
            for layer in reversed(self.layers[:-1]):
                delta = (delta @ layer.get_weight().T) * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "updated-weights-used": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                layer.linear.weight -= 0.25 * layer.linear.weight_grad
                layer.linear.bias -= 0.25 * layer.linear.bias_grad
                delta = delta @ layer.get_weight().T
    """,
        "updated-weights-used/rebinding": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y, lr=0.1):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                dW = layer.last_input.T @ delta
                db = delta.sum(0)
                layer.set_weight_gradient(dW)
                layer.set_bias_gradient(db)
                layer.linear.weight = layer.linear.weight - lr * dW
                layer.linear.bias = layer.linear.bias - lr * db
                delta = delta @ layer.linear.weight.T
    """,
        "weight-gradient-for-weights": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                grad_weight = layer.last_input.T @ delta
                layer.set_weight_gradient(grad_weight)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ grad_weight.T
    """,
        "weight-gradient-for-weights/stored": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
            last.set_weight_gradient(last.last_input.T @ delta)
            last.set_bias_gradient(delta.sum(0))
            for l in range(len(self.layers) - 2, -1, -1):
                layer = self.layers[l]
                delta = delta @ self.layers[l + 1].linear.weight_grad.T * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "raw-error-carried": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            error = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = error @ layer.get_weight().T
    """,
        # the weight gradient
        "zin-for-zout": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                delta = delta * layer.act.get_gradient(layer.last_zin)
                inputs = self.layers[l - 1].last_zin if l > 0 else x
                layer.set_weight_gradient(inputs.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "network-input-for-hidden-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(x.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "network-input-for-hidden-output/assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = x.T @ delta
                layer.linear.bias_grad = delta.sum(0)
                delta = delta @ layer.linear.weight.T
    """,
        "own-output-for-input": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_zout.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "own-output-for-input/assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = layer.last_zout.T @ delta
                layer.linear.bias_grad = delta.sum(0)
                delta = delta @ layer.linear.weight.T
    """,
        "weight-gradient-transposed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(delta.T @ layer.last_input)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "weight-gradient-transposed/assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = torch.einsum("nk,ni->ki", delta, layer.last_input)
                layer.linear.bias_grad = delta.sum(0)
                delta = delta @ layer.linear.weight.T
    """,
        "weight-averaged": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            n = x.shape[0]
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta / n)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "weight-averaged/mean-of-products": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((layer.last_input.unsqueeze(2) * delta.unsqueeze(1)).mean(0))
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        # the bias gradient
        "bias-not-summed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta)
                delta = delta @ layer.get_weight().T
    """,
        "bias-not-summed/assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = layer.last_input.T @ delta
                layer.linear.bias_grad = delta
                delta = delta @ layer.linear.weight.T
    """,
        "bias-not-summed/numpy": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout).numpy()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin).numpy()
                layer.linear.weight_grad = np.dot(layer.last_input.numpy().T, delta)
                layer.linear.bias_grad = delta
                delta = np.dot(delta, layer.get_weight().numpy().T)
    """,
        "bias-averaged": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.mean(dim=0))
                delta = delta @ layer.get_weight().T
    """,
        "bias-averaged/divided": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(1 / len(x) * torch.sum(delta, 0))
                delta = delta @ layer.get_weight().T
    """,
        "bias-times-batch-size": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            n = len(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(n * delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "bias-times-batch-size/matrix-of-ones": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            ones = torch.ones((len(x), len(x)), dtype=delta.dtype)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient((ones @ delta).sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "bias-summed-over-the-wrong-axis": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(dim=1))
                delta = delta @ layer.get_weight().T
    """,
        "bias-summed-over-the-wrong-axis/assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = layer.last_input.T @ delta
                layer.linear.bias_grad = delta.sum(-1)
                delta = delta @ layer.linear.weight.T
    """,
        "bias-summed-over-everything": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum())
                delta = delta @ layer.get_weight().T
    """,
        # the gradient of the loss
        "averaged-twice": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout) / len(x)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "averaged-twice/both-gradients": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            m = x.shape[0]
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta / m)
                layer.set_bias_gradient(delta.mean(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-gradient-without-2": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = (y_pred - y) / y.numel()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-gradient-per-sample": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = 2 * (y_pred - y) / len(y)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-gradient-per-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = 2 / y.shape[1] * (y_pred - y)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-gradient-per-output/per-sample-gradients-added": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
                layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))
            for i in range(len(x)):
                y_pred = self.forward(x[i:i + 1])
                delta = self.loss.get_gradient(y[i:i + 1], y_pred)
                for layer in reversed(self.layers):
                    delta = delta * layer.act.get_gradient(layer.last_zin)
                    layer.linear.weight_grad += layer.last_input.T @ delta
                    layer.linear.bias_grad += delta.sum(0)
                    delta = delta @ layer.get_weight().T
    """,
        "loss-gradient-summed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = 2 * (y_pred - y)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sign-flipped": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = 2 * (y - y_pred) / y.numel()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sign-flipped/arguments-swapped": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = self.loss.get_gradient(y_pred, y)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "sign-flipped/negative-gradients": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = self.loss.get_gradient(y, y_pred)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(-layer.last_input.T @ delta)
                layer.set_bias_gradient(-delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-for-its-gradient": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = self.loss.forward(y, y_pred)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "loss-for-its-gradient/get-loss": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.get_loss(x, y) * last.act.get_gradient(last.last_zin)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    before = self.layers[l - 1]
                    delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
    """,
        "squared-error-for-its-gradient": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = (y_pred - y) ** 2
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "mean-squared-error-for-its-gradient": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = (y_pred - y) ** 2 / y.numel()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        # what is stored
        "nothing-stored": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            gradients = []
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                gradients.append((layer.last_input.T @ delta, delta.sum(0)))
                delta = delta @ layer.get_weight().T
            return gradients
    """,
        "nothing-stored/another-name": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.weight_grad = layer.last_input.T @ delta
                layer.bias_grad = delta.sum(0)
                delta = delta @ layer.get_weight().T
    """,
        "last-layer-only": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            layer = self.layers[-1]
            delta = self.loss.get_gradient(y, layer.last_zout) * layer.act.get_gradient(layer.last_zin)
            layer.set_weight_gradient(layer.last_input.T @ delta)
            layer.set_bias_gradient(delta.sum(0))
    """,
        "last-layer-only/returned-too-early": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
                return delta
    """,
        "first-layer-left-out": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for l in range(len(self.layers) - 1, 0, -1):
                layer = self.layers[l]
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "stale-pass": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "gradients-accumulated": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                if layer.linear.weight_grad is None:
                    layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
                    layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))
                layer.linear.weight_grad += layer.last_input.T @ delta
                layer.linear.bias_grad += delta.sum(0)
                delta = delta @ layer.get_weight().T
    """,
        "gradients-accumulated/through-the-setters": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                dW, db = layer.last_input.T @ delta, delta.sum(0)
                if layer.linear.weight_grad is not None:
                    dW = layer.linear.weight_grad + dW
                    db = layer.linear.bias_grad + db
                layer.set_weight_gradient(dW)
                layer.set_bias_gradient(db)
                delta = delta @ layer.get_weight().T
    """,
        "cross-entropy-error-signal": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.forward(x) - y
            for l in reversed(range(len(self.layers))):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    below = self.layers[l - 1]
                    delta = (delta @ layer.get_weight().T) * below.act.get_gradient(below.last_zin)
    """,
        "cross-entropy-error-signal-averaged": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = (self.forward(x) - y) / len(x)
            for l in reversed(range(len(self.layers))):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    below = self.layers[l - 1]
                    delta = (delta @ layer.get_weight().T) * below.act.get_gradient(below.last_zin)
    """,
        "weight-times-batch-size": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            error = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(len(x) * layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
        "weight-gradient-negated": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            error = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(-layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
        "bias-gradient-negated": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            error = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(-delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
    }
)
