"""Right solutions in many styles, each a student's whole cell: a check has to accept every one of them.

Longer than 400 lines because it is data. `backward` has its own file, `right_backward.py`.
"""

from checks.example_cells import cells

from .right_backward import BACKWARD

FORWARD: dict[str, str] = cells(
    {
        "loop": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x
    """,
        "index-loop": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = self.layers[0].forward(x)
            for i in range(1, len(self.layers)):
                out = self.layers[i].forward(out)
            return out
    """,
        "while-loop": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            i = 0
            while i < len(self.layers):
                x = self.layers[i].forward(x)
                i += 1
            return x
    """,
        "reduce": """
        from functools import reduce

        @add_to_class(NeuralNetwork)
        def forward(self, x):
            return reduce(lambda a, layer: layer.forward(a), self.layers, x)
    """,
        "accumulate": """
        from itertools import accumulate

        @add_to_class(NeuralNetwork)
        def forward(self, x):
            *_, y = accumulate(self.layers, lambda a, layer: layer.forward(a), initial=x)
            return y
    """,
        "recursion": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            def output_of(l):
                return self.layers[l].forward(x if l == 0 else output_of(l - 1))

            return output_of(len(self.layers) - 1)
    """,
        "comprehension": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            return [x := layer.forward(x) for layer in self.layers][-1]
    """,
        "activations-in-a-list": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            activations = [x]
            for layer in self.layers:
                activations.append(layer.forward(activations[-1]))
            return activations[-1]
    """,
        "hidden-and-output-apart": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            *hidden, output = self.layers
            for layer in hidden:
                x = layer.forward(x)
            return output.forward(x)
    """,
        "last-remembered-output": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            self.layers[0].forward(x)
            for before, layer in zip(self.layers, self.layers[1:]):
                layer.forward(before.last_zout)
            return self.layers[-1].last_zout
    """,
        "linear-and-activation-apart": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = layer.linear.forward(x)
                layer.last_zout = layer.act.forward(layer.last_zin)
                x = layer.last_zout
            return x
    """,
        "formulas-by-hand": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for l, layer in enumerate(self.layers):
                z = x @ layer.get_weight() + layer.get_bias()
                a = torch.sigmoid(z) if l == len(self.layers) - 1 else torch.tanh(z)
                layer.last_input, layer.last_zin, layer.last_zout = x, z, a
                x = a
            return x
    """,
        "exponentials-by-hand": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            a = x
            for layer in self.layers:
                layer.last_input = a
                z = torch.einsum("ni,ik->nk", a, layer.linear.weight) + layer.linear.bias
                layer.last_zin = z
                if isinstance(layer.act, TanH):
                    a = (torch.exp(z) - torch.exp(-z)) / (torch.exp(z) + torch.exp(-z))
                else:
                    a = 1 / (1 + torch.exp(-z))
                layer.last_zout = a
            return a
    """,
        "numpy-array-returned": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.detach().numpy()
    """,
        "nested-list-returned": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.tolist()
    """,
        "float32-returned": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.float()
    """,
        "cloned": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = x.clone()
            for layer in self.layers:
                out = layer.forward(out)
            return out.clone()
    """,
        "attached-to-a-graph": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = x.clone().requires_grad_(True)
            for layer in self.layers:
                out = layer.forward(out)
            return out
    """,
        "without-grad-mode": """
        @add_to_class(NeuralNetwork)
        @torch.no_grad()
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x
    """,
    }
)

GET_LOSS: dict[str, str] = cells(
    {
        "loss-forward": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.loss.forward(y, self.forward(x))
    """,
        "arguments-swapped": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            y_pred = self.forward(x)
            return self.loss.forward(y_pred, y)
    """,
        "named-arguments": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            self.forward(x)
            return self.loss.forward(y_true=y, y_pred=self.layers[-1].last_zout)
    """,
        "mean-of-squares": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).mean()
    """,
        "sum-over-numel": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x)
            return torch.sum((y - p).pow(2)) / y.numel()
    """,
        "sum-over-both-sizes": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x)
            N, K = y.shape
            return 1 / (N * K) * torch.square(p - y).sum()
    """,
        "mean-of-means": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            errors = (self.forward(x) - y) ** 2
            return errors.mean(dim=1).mean(dim=0)
    """,
        "python-float": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return float(self.loss.forward(y, self.forward(x)))
    """,
        "item": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            y_pred = self.forward(x)
            loss = self.loss.forward(y, y_pred)
            return loss.item()
    """,
        "numpy": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x).numpy()
            return np.mean((p - y.numpy()) ** 2)
    """,
        "loops": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            p = self.forward(x)
            total = 0
            for n in range(y.shape[0]):
                for k in range(y.shape[1]):
                    total += (p[n, k] - y[n, k]) ** 2
            return total / (y.shape[0] * y.shape[1])
    """,
        "mean-of-the-samples-losses": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            losses = [self.loss.forward(y[i:i + 1], self.forward(x[i:i + 1])) for i in range(len(x))]
            return sum(losses) / len(losses)
    """,
        "norm-squared": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.linalg.norm(self.forward(x) - y) ** 2 / y.numel()
    """,
        "dot-product": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            e = (self.forward(x) - y).flatten()
            return e @ e / len(e)
    """,
        "trace": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            e = self.forward(x) - y
            return torch.trace(e.T @ e) / e.numel()
    """,
        "torch-functional": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.nn.functional.mse_loss(self.forward(x), y)
    """,
        "one-by-one-array": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).mean(0, keepdim=True).mean(1, keepdim=True)
    """,
        "array-of-one": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.tensor([self.loss.forward(y, self.forward(x)).item()])
    """,
        "float32": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.loss.forward(y.float(), self.forward(x).float())
    """,
    }
)

APPLY_GRADIENTS: dict[str, str] = cells(
    {
        "in-place": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "in-place-through-the-getters": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                weight = layer.get_weight()
                bias = layer.get_bias()
                weight -= learning_rate * layer.linear.weight_grad
                bias -= learning_rate * layer.linear.bias_grad
    """,
        "in-place-by-slices": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.get_weight()[:] = layer.get_weight() - learning_rate * layer.linear.weight_grad
                layer.get_bias()[:] = layer.get_bias() - learning_rate * layer.linear.bias_grad
    """,
        "sub": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.get_weight().sub_(learning_rate * layer.linear.weight_grad)
                layer.get_bias().sub_(learning_rate * layer.linear.bias_grad)
    """,
        "add-with-alpha": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.add_(layer.linear.weight_grad, alpha=-learning_rate)
                layer.linear.bias.add_(layer.linear.bias_grad, alpha=-learning_rate)
    """,
        "copy": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                lin = layer.linear
                lin.weight.copy_(lin.weight - learning_rate * lin.weight_grad)
                lin.bias.copy_(lin.bias - learning_rate * lin.bias_grad)
    """,
        "rebinding": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight = layer.linear.weight - learning_rate * layer.linear.weight_grad
                layer.linear.bias = layer.linear.bias - learning_rate * layer.linear.bias_grad
    """,
        "plus-the-negative-step": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for l in range(len(self.layers) - 1, -1, -1):
                linear = self.layers[l].linear
                step_w, step_b = -learning_rate * linear.weight_grad, -learning_rate * linear.bias_grad
                linear.weight += step_w
                linear.bias += step_b
    """,
        "without-grad-mode": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            with torch.no_grad():
                for layer in self.layers:
                    layer.linear.weight -= learning_rate * layer.linear.weight_grad
                    layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "data": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.data -= learning_rate * layer.linear.weight_grad.data
                layer.linear.bias.data -= learning_rate * layer.linear.bias_grad.data
    """,
        "data-replaced": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.data = layer.linear.weight - learning_rate * layer.linear.weight_grad
                layer.linear.bias.data = layer.linear.bias - learning_rate * layer.linear.bias_grad
    """,
        "numpy-assigned": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                lin = layer.linear
                weight = lin.weight.numpy() - learning_rate * np.asarray(lin.weight_grad)
                bias = lin.bias.numpy() - learning_rate * np.asarray(lin.bias_grad)
                lin.weight = torch.from_numpy(weight)
                lin.bias = torch.from_numpy(bias)
    """,
        "numpy-view": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                weight, bias = layer.get_weight().numpy(), layer.get_bias().numpy()
                weight -= learning_rate * layer.linear.weight_grad.numpy()
                bias -= learning_rate * layer.linear.bias_grad.numpy()
    """,
        "element-loops": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                W, b = layer.get_weight(), layer.get_bias()
                for k in range(W.shape[1]):
                    for i in range(W.shape[0]):
                        W[i, k] = W[i, k] - learning_rate * layer.linear.weight_grad[i, k]
                    b[k] -= learning_rate * layer.linear.bias_grad[k]
    """,
        "setattr": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                for name in ("weight", "bias"):
                    value = getattr(layer.linear, name)
                    setattr(layer.linear, name, value - learning_rate * getattr(layer.linear, name + "_grad"))
    """,
        "pairs": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            pairs = [(layer.linear.weight, layer.linear.weight_grad) for layer in self.layers]
            pairs += [(layer.linear.bias, layer.linear.bias_grad) for layer in self.layers]
            for parameter, gradient in pairs:
                parameter -= learning_rate * gradient
    """,
        "float32": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= (learning_rate * layer.linear.weight_grad).float()
                layer.linear.bias -= (learning_rate * layer.linear.bias_grad).float()
    """,
        "returns-the-network": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for linear in [layer.linear for layer in self.layers]:
                linear.weight = torch.sub(linear.weight, linear.weight_grad, alpha=learning_rate)
                linear.bias = torch.sub(linear.bias, linear.bias_grad, alpha=learning_rate)
            return self
    """,
    }
)

TRAIN: dict[str, str] = cells(
    {
        "preallocated": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "preallocated-empty-and-detached": """
        def train(x, y, net, epochs, lr):
            losses = torch.empty(epochs, dtype=torch.float64)
            for i in range(epochs):
                losses[i] = net.get_loss(x, y).detach()
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "tensor-of-a-list": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "list-of-tensors": """
        def train(x, y, net, epochs, lr):
            losses = []
            for _ in range(epochs):
                loss = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
                losses.append(loss)
            return net, losses
    """,
        "list-of-floats": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(float(net.get_loss(x, y)))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "stack": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses += [net.get_loss(x, y)]
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.stack(losses)
    """,
        "concatenated": """
        def train(x, y, net, epochs, lr):
            losses = torch.tensor([])
            for epoch in range(epochs):
                losses = torch.cat([losses, torch.as_tensor(net.get_loss(x, y)).reshape(1)])
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "numpy-array": """
        import numpy as np

        def train(x, y, net, epochs, lr):
            losses = np.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = float(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "backward-before-the-loss": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                net.backward(x, y)
                losses[epoch] = net.get_loss(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "recorded-after-the-update": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
                losses[epoch] = net.get_loss(x, y)
            return net, losses
    """,
        "loss-from-a-forward-pass": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                y_pred = net.forward(x)
                losses[epoch] = net.loss.forward(y, y_pred)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "loss-by-its-formula": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = ((net.forward(x) - y) ** 2).mean()
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "loss-from-the-pass-of-backward": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                net.backward(x, y)
                losses.append(net.loss.forward(y, net.layers[-1].last_zout).item())
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "update-by-hand": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                for layer in net.layers:
                    layer.linear.weight -= lr * layer.linear.weight_grad
                    layer.linear.bias -= lr * layer.linear.bias_grad
            return net, losses
    """,
        "update-by-hand-rebinding": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                for layer in net.layers:
                    layer.linear.weight = layer.get_weight() - lr * layer.linear.weight_grad
                    layer.linear.bias = layer.get_bias() - lr * layer.linear.bias_grad
            return net, losses
    """,
        "while-loop": """
        def train(x, y, net, epochs, lr):
            losses = []
            epoch = 0
            while epoch < epochs:
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
                epoch += 1
            return net, torch.tensor(losses)
    """,
        "comprehension-with-a-step": """
        def step(x, y, net, lr):
            loss = net.get_loss(x, y)
            net.backward(x, y)
            net.apply_gradients(lr)
            return loss

        def train(x, y, net, epochs, lr):
            return net, torch.tensor([step(x, y, net, lr) for _ in range(epochs)])
    """,
        "printing": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                loss = net.get_loss(x, y)
                losses[epoch] = loss
                net.backward(x, y)
                net.apply_gradients(lr)
                if epoch % 2 == 0:
                    print(f"epoch {epoch}: loss {float(loss):.4f}")
            return net, losses
    """,
        "named-arguments-and-a-list-returned": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x=x, y=y)
                net.backward(x=x, y=y)
                net.apply_gradients(learning_rate=lr)
            return [net, losses]
    """,
    }
)

RIGHT: dict[str, dict[str, str]] = {
    "forward": FORWARD,
    "get_loss": GET_LOSS,
    "backward": BACKWARD,
    "apply_gradients": APPLY_GRADIENTS,
    "train": TRAIN,
}
