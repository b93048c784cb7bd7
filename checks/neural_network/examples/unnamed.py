"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name.

Longer than 400 lines because it is data.
"""

from checks.example_cells import cells

FORWARD: dict[str, str] = cells(
    {
        "relu-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                layer.forward(x)
                x = torch.relu(layer.last_zin)
                layer.last_zout = x
            return self.layers[-1].forward(x)
    """,
        "bias-subtracted": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = x @ layer.get_weight() - layer.get_bias()
                layer.last_zout = x = layer.act.forward(layer.last_zin)
            return x
    """,
        "bias-added-twice": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = layer.linear.forward(x) + layer.get_bias()
                layer.last_zout = layer.act.forward(layer.last_zin)
                x = layer.last_zout
            return x
    """,
        "layers-in-reverse-order": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in reversed(self.layers):
                x = layer.forward(x)
            return x
    """,
        "rounded-to-labels": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return torch.round(x)
    """,
        "rounded-to-three-digits": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return (x * 1000).round() / 1000
    """,
        "input-standardised": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            x = (x - x.mean(0)) / x.std(0)
            for layer in self.layers:
                x = layer.forward(x)
            return x
    """,
        "dropout": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                x = layer.forward(x) * (torch.rand(layer.last_zout.shape) > 0.5)
            return self.layers[-1].forward(x)
    """,
        "one-minus-the-output": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return 1 - x
    """,
        "output-transposed": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.T
    """,
        "output-of-one-column-flattened": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.squeeze()
    """,
        "first-sample-only": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = x[:1]
            for layer in self.layers:
                out = layer.forward(out)
            return out.expand(len(x), -1)
    """,
        "three-layers-assumed": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            h1 = self.layers[0].forward(x)
            h2 = self.layers[1].forward(h1)
            return self.layers[2].forward(h2)
    """,
        "zeros": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return torch.zeros_like(x)
    """,
        "not-a-number": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return torch.log(-x)
    """,
    }
)

GET_LOSS: dict[str, str] = cells(
    {
        "cross-entropy": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x)
            return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
    """,
        "greatest-squared-error": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).max()
    """,
        "median-of-squared-errors": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).median()
    """,
        "square-of-the-mean-error": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return (self.forward(x) - y).mean() ** 2
    """,
        "variance-of-the-errors": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return (self.forward(x) - y).var()
    """,
        "cubed": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 3).mean()
    """,
        "error-rate": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) > 0.5) != (y > 0.5)).double().mean()
    """,
        "weight-decay-added": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            loss = self.loss.forward(y, self.forward(x))
            return loss + 0.01 * sum((layer.get_weight() ** 2).sum() for layer in self.layers)
    """,
        "labels-flattened": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x)
            return ((p[:, :1] - y[:, 0]) ** 2).mean()
    """,
        "always-zero": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.tensor(0.0)
    """,
        "figure-of-the-notebook": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.tensor(0.174)
    """,
        "parenthesis-misplaced": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return (self.forward(x) - y**2).mean()
    """,
    }
)

BACKWARD: dict[str, str] = cells(
    {
        "derivative-squared": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin) ** 2
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-added": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta + layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-of-relu": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    delta = (delta @ layer.get_weight().T) * (self.layers[l - 1].last_zin > 0)
    """,
        "derivative-left-out-in-the-first-layer": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                if l > 0:
                    delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "tanh-derivative-without-the-square": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p) * p * (1 - p)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    delta = (delta @ layer.get_weight().T) * (1 - layer.last_input)
    """,
        "sigmoid-derivative-with-a-plus": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p) * p * (1 + p)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    delta = (delta @ layer.get_weight().T) * (1 - layer.last_input**2)
    """,
        "activation-for-its-derivative": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.last_zout
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-averaged-over-the-batch": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin).mean(0)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "error-clipped": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = (delta * layer.act.get_gradient(layer.last_zin)).clip(-0.01, 0.01)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "error-of-unit-length": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                delta = delta / delta.norm(dim=1, keepdim=True)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "gradients-rounded": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((layer.last_input.T @ delta).round(decimals=3))
                layer.set_bias_gradient(delta.sum(0).round(decimals=3))
                delta = delta @ layer.get_weight().T
    """,
        "half-precision": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x)).half()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin).half()
                layer.set_weight_gradient(layer.last_input.half().T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().half().T
    """,
        "coarse-finite-differences": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            loss = float(self.loss.forward(y, self.forward(x)))
            for layer in self.layers:
                gradients = []
                for parameter in (layer.get_weight(), layer.get_bias()):
                    gradient = torch.zeros_like(parameter)
                    for i in range(parameter.numel()):
                        old = parameter.view(-1)[i].item()
                        parameter.view(-1)[i] = old + 0.01
                        gradient.view(-1)[i] = (float(self.loss.forward(y, self.forward(x))) - loss) / 0.01
                        parameter.view(-1)[i] = old
                    gradients.append(gradient)
                layer.set_weight_gradient(gradients[0])
                layer.set_bias_gradient(gradients[1])
    """,
        "wrong-only-for-one-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            if y.shape[1] == 1:
                delta = 2 * (p - y.squeeze()).mean(1, keepdim=True) / y.numel()
            else:
                delta = 2 * (p - y) / y.numel()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "squeezed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = (2 * (p - y) / y.numel()).squeeze()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin).squeeze()
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-only-for-one-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = (2 * (p - y) / y.numel())[:, 0].reshape(-1, 1)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "three-layers-assumed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            l1, l2, l3 = self.layers[0], self.layers[1], self.layers[2]
            d3 = self.loss.get_gradient(y, p) * l3.act.get_gradient(l3.last_zin)
            d2 = (d3 @ l3.get_weight().T) * l2.act.get_gradient(l2.last_zin)
            d1 = (d2 @ l2.get_weight().T) * l1.act.get_gradient(l1.last_zin)
            for layer, delta in [(l1, d1), (l2, d2), (l3, d3)]:
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "batch-of-five-assumed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = 2 * (p[:5] - y[:5]) / 5
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin[:5])
                layer.set_weight_gradient(layer.last_input[:5].T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "first-sample-only": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x[:1])
            delta = self.loss.get_gradient(y[:1], p)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "last-sample-only": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for i in range(len(x)):
                p = self.forward(x[i:i + 1])
                delta = self.loss.get_gradient(y[i:i + 1], p)
                for layer in reversed(self.layers):
                    delta = delta * layer.act.get_gradient(layer.last_zin)
                    layer.set_weight_gradient(layer.last_input.T @ delta)
                    layer.set_bias_gradient(delta.sum(0))
                    delta = delta @ layer.get_weight().T
    """,
        "product-of-means": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.outer(layer.last_input.mean(0), delta.sum(0)))
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "labels-in-another-order": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y.flip(0), self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "labels-forgotten": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.forward(x)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "absolute-weights": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T.abs()
    """,
        "weights-reshaped-for-transposed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                n_in, n_out = layer.get_weight().shape
                delta = delta @ layer.get_weight().reshape(n_out, n_in)
    """,
        "bias-added-to-the-error": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = (delta + layer.get_bias()) @ layer.get_weight().T
    """,
        "bias-by-the-greatest": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.max(dim=0).values)
                delta = delta @ layer.get_weight().T
    """,
        "bias-from-the-weight-gradient": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient((layer.last_input.T @ delta).sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "weight-gradients-times-a-learning-rate": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(0.27 * layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "weight-decay-added": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta + 0.01 * layer.get_weight())
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "momentum": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                old_w, old_b = layer.linear.weight_grad, layer.linear.bias_grad
                layer.set_weight_gradient(0.1 * layer.last_input.T @ delta + (0 if old_w is None else 0.9 * old_w))
                layer.set_bias_gradient(0.1 * delta.sum(0) + (0 if old_b is None else 0.9 * old_b))
                delta = delta @ layer.get_weight().T
    """,
        "signs-only": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.sign(layer.last_input.T @ delta))
                layer.set_bias_gradient(torch.sign(delta.sum(0)))
                delta = delta @ layer.get_weight().T
    """,
        "stored-in-the-wrong-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            gradients = []
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                gradients.append((layer.last_input.T @ delta, delta.sum(0)))
                delta = delta @ layer.get_weight().T
            for layer, (dW, db) in zip(self.layers, gradients):
                layer.linear.weight_grad = dW
                layer.linear.bias_grad = db
    """,
        "two-samples-exchanged-on-the-way": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta.roll(1, dims=0) @ layer.get_weight().T
    """,
        "input-centred": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            x = x - x.mean(0)
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "small-error": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x)) + 0.001
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "zeros": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for layer in self.layers:
                layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
                layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))
    """,
        "ones": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for layer in self.layers:
                layer.set_weight_gradient(torch.ones_like(layer.get_weight()))
                layer.set_bias_gradient(torch.ones_like(layer.get_bias()))
    """,
        "random-numbers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for layer in self.layers:
                layer.set_weight_gradient(torch.randn_like(layer.get_weight()))
                layer.set_bias_gradient(torch.randn_like(layer.get_bias()))
    """,
        "the-parameters-themselves": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for layer in self.layers:
                layer.set_weight_gradient(layer.get_weight().clone())
                layer.set_bias_gradient(layer.get_bias().clone())
    """,
        "not-a-number": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * torch.sqrt(-layer.act.get_gradient(layer.last_zin))
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
    }
)

APPLY_GRADIENTS: dict[str, str] = cells(
    {
        "gradients-of-unit-length": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                linear = layer.linear
                linear.weight -= learning_rate * linear.weight_grad / linear.weight_grad.norm()
                linear.bias -= learning_rate * linear.bias_grad / linear.bias_grad.norm()
    """,
        "signs-only": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * torch.sign(layer.linear.weight_grad)
                layer.linear.bias -= learning_rate * torch.sign(layer.linear.bias_grad)
    """,
        "gradients-clipped": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad.clip(-0.01, 0.01)
                layer.linear.bias -= learning_rate * layer.linear.bias_grad.clip(-0.01, 0.01)
    """,
        "weight-decay-added": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * (layer.linear.weight_grad + 0.01 * layer.linear.weight)
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "step-times-the-weight": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight *= 1 - learning_rate * layer.linear.weight_grad
                layer.linear.bias *= 1 - learning_rate * layer.linear.bias_grad
    """,
        "weights-for-gradients": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight
                layer.linear.bias -= learning_rate * layer.linear.bias
    """,
        "learning-rate-falls-with-depth": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
                learning_rate *= 0.9
    """,
        "divided-by-the-learning-rate": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= layer.linear.weight_grad / learning_rate
                layer.linear.bias -= layer.linear.bias_grad / learning_rate
    """,
        "first-row-only": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight[0] -= learning_rate * layer.linear.weight_grad[0]
                layer.linear.bias[0] -= learning_rate * layer.linear.bias_grad[0]
    """,
        "noise-added": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                noise = 0.01 * torch.randn_like(layer.linear.weight)
                layer.linear.weight -= learning_rate * layer.linear.weight_grad + noise
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "every-second-layer": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers[1::2] + self.layers[3:4]:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
                layer.linear.weight -= 0.5 * learning_rate * layer.linear.weight_grad
    """,
    }
)

TRAIN: dict[str, str] = cells(
    {
        "learning-rate-halved-each-epoch": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
                lr = lr / 2
            return net, losses
    """,
        "mini-batches-of-two": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                for i in range(0, len(x), 2):
                    net.backward(x[i:i + 2], y[i:i + 2])
                    net.apply_gradients(lr)
            return net, losses
    """,
        "every-second-epoch-updates": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                if epoch % 2 == 1:
                    net.backward(x, y)
                    net.apply_gradients(lr)
            return net, losses
    """,
        "two-updates-each-epoch": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "labels-in-another-order": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y.flip(0))
                net.apply_gradients(lr)
            return net, losses
    """,
        "losses-added-up": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            total = 0
            for epoch in range(epochs):
                total += net.get_loss(x, y)
                losses[epoch] = total
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "losses-per-sample": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y) / len(x)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "losses-rounded": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(round(float(net.get_loss(x, y)), 2))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "losses-in-reverse-order": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.insert(0, net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "outputs-recorded": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.forward(x).mean()
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "nothing-returned": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
    """,
    }
)

UNNAMED: dict[str, dict[str, str]] = {
    "forward": FORWARD,
    "get_loss": GET_LOSS,
    "backward": BACKWARD,
    "apply_gradients": APPLY_GRADIENTS,
    "train": TRAIN,
}

TRUE_NAMES = {
    "returned-not-stored": ("nothing-stored",),
    "stored-under-another-name": ("nothing-stored",),
    "copy-trained-original-returned": ("copy-trained",),
    "returned-in-the-first-epoch": ("one-epoch-only",),
}
"""What is true of some of them, although they were not written for it."""
