"""Wrong solutions, each a student's whole cell that makes exactly the mistake of its label and no other.

Longer than 400 lines because it is data. `backward` has its own file, `mistakes_backward.py`; solutions that are wrong
for a reason without a label are in `unnamed.py`, those that attack or upset whoever runs them in `hostile.py`.
"""

from checks.example_cells import cells

from .mistakes_backward import BACKWARD

FORWARD: dict[str, str] = cells(
    {
        "activation-left-out": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.linear.forward(x)
            return x
    """,
        "activation-left-out/last-zin": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.forward(x)
                x = layer.last_zin
            return x
    """,
        "activation-left-out/formula": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = x @ layer.get_weight() + layer.get_bias()
            return x
    """,
        "hidden-activation-left-out": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                x = layer.linear.forward(x)
            return self.layers[-1].forward(x)
    """,
        "hidden-activation-left-out/applied-at-the-end": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.linear.forward(x)
            return self.layers[-1].act.forward(x)
    """,
        "output-activation-left-out": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                x = layer.forward(x)
            return self.layers[-1].linear.forward(x)
    """,
        "output-activation-left-out/last-zin": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return self.layers[-1].last_zin
    """,
        "bias-left-out": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.act.forward(x @ layer.get_weight())
            return x
    """,
        "bias-left-out/remembered": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = torch.matmul(x, layer.linear.weight)
                layer.last_zout = layer.act.forward(layer.last_zin)
                x = layer.last_zout
            return x
    """,
        "tanh-at-the-output": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = torch.tanh(layer.linear.forward(x))
            return x
    """,
        "tanh-at-the-output/remembered": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            act = self.layers[0].act
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = layer.linear.forward(x)
                layer.last_zout = act.forward(layer.last_zin)
                x = layer.last_zout
            return x
    """,
        "sigmoid-in-hidden-layers": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            sigmoid = Sigmoid()
            for layer in self.layers:
                x = sigmoid.forward(layer.linear.forward(x))
            return x
    """,
        "sigmoid-in-hidden-layers/remembered": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.last_input = x
                layer.last_zin = layer.linear.forward(x)
                layer.last_zout = 1 / (1 + torch.exp(-layer.last_zin))
                x = layer.last_zout
            return x
    """,
        "softmax-at-the-output": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return torch.softmax(self.layers[-1].last_zin, dim=1)
    """,
        "softmax-at-the-output/linear": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                x = layer.forward(x)
            z = self.layers[-1].linear.forward(x)
            return torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True)
    """,
        "activation-applied-twice": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.act.forward(layer.forward(x))
            return x
    """,
        "last-layer-skipped": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers[:-1]:
                x = layer.forward(x)
            return x
    """,
        "last-layer-skipped/range": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = x
            for i in range(len(self.layers) - 1):
                out = self.layers[i].forward(out)
            return out
    """,
        "last-layer-skipped/last-input": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return self.layers[-1].last_input
    """,
        "first-layer-only": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
                return x
    """,
        "pass-not-remembered": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.act.forward(layer.linear.forward(x))
            return x
    """,
        "pass-not-remembered/formulas": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            a = x
            for layer in self.layers[:-1]:
                a = torch.tanh(a @ layer.get_weight() + layer.get_bias())
            return torch.sigmoid(a @ self.layers[-1].get_weight() + self.layers[-1].get_bias())
    """,
    }
)

GET_LOSS: dict[str, str] = cells(
    {
        "loss-summed": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).sum()
    """,
        "loss-summed/norm": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.linalg.norm(self.forward(x) - y) ** 2
    """,
        "loss-halved": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return 0.5 * ((self.forward(x) - y) ** 2).mean()
    """,
        "loss-halved/loss-forward": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.loss.forward(y, self.forward(x)) / 2
    """,
        "loss-root": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return torch.sqrt(((self.forward(x) - y) ** 2).mean())
    """,
        "loss-root/loss-forward": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.loss.forward(y, self.forward(x)) ** 0.5
    """,
        "loss-mean-over-samples": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).sum() / len(y)
    """,
        "loss-mean-over-samples/mean-of-sums": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).sum(dim=1).mean()
    """,
        "loss-mean-over-outputs": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).sum() / y.shape[1]
    """,
        "loss-mean-over-outputs/samples-added": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            loss = 0
            for i in range(len(x)):
                loss += self.loss.forward(y[i:i + 1], self.forward(x[i:i + 1]))
            return loss
    """,
        "loss-absolute": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return (self.forward(x) - y).abs().mean()
    """,
        "loss-gradient-returned": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            y_pred = self.forward(x)
            return self.loss.get_gradient(y, y_pred)
    """,
        "loss-per-sample": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return ((self.forward(x) - y) ** 2).mean(dim=1)
    """,
        "loss-not-reduced": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return (self.forward(x) - y) ** 2
    """,
        "loss-not-reduced/numpy": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return np.square(y.numpy() - self.forward(x).numpy())
    """,
    }
)

APPLY_GRADIENTS: dict[str, str] = cells(
    {
        "learning-rate-left-out": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= layer.linear.weight_grad
                layer.linear.bias -= layer.linear.bias_grad
    """,
        "learning-rate-squared": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                step_weight = learning_rate * layer.linear.weight_grad
                step_bias = learning_rate * layer.linear.bias_grad
                layer.linear.weight -= learning_rate * step_weight
                layer.linear.bias -= learning_rate * step_bias
    """,
        "ascent": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight += learning_rate * layer.linear.weight_grad
                layer.linear.bias += learning_rate * layer.linear.bias_grad
    """,
        "ascent/two-minuses": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.sub_(layer.linear.weight_grad, alpha=-learning_rate)
                layer.linear.bias.sub_(layer.linear.bias_grad, alpha=-learning_rate)
    """,
        "bias-ascends": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias += learning_rate * layer.linear.bias_grad
    """,
        "learning-rate-left-out-for-biases": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= layer.linear.bias_grad
    """,
        "bias-not-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
    """,
        "bias-not-updated/local-name": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight = layer.get_weight() - learning_rate * layer.linear.weight_grad
                bias = layer.get_bias() - learning_rate * layer.linear.bias_grad
    """,
        "weights-not-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "last-layer-only-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            layer = self.layers[-1]
            layer.linear.weight -= learning_rate * layer.linear.weight_grad
            layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "last-layer-only-updated/loop-ended": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                w_grad, b_grad = layer.linear.weight_grad, layer.linear.bias_grad
            layer.linear.weight -= learning_rate * w_grad
            layer.linear.bias -= learning_rate * b_grad
    """,
        "first-layer-only-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            layer = self.layers[0]
            layer.linear.weight -= learning_rate * layer.linear.weight_grad
            layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "first-layer-only-updated/returned-too-early": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
                return self
    """,
        "last-layer-not-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for i in range(len(self.layers) - 1):
                self.layers[i].linear.weight -= learning_rate * self.layers[i].linear.weight_grad
                self.layers[i].linear.bias -= learning_rate * self.layers[i].linear.bias_grad
    """,
        "last-layer-not-updated/slice": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers[:-1]:
                layer.linear.weight = layer.get_weight() - learning_rate * layer.linear.weight_grad
                layer.linear.bias = layer.get_bias() - learning_rate * layer.linear.bias_grad
    """,
        "nothing-updated": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                weight = layer.get_weight()
                bias = layer.get_bias()
                weight = weight - learning_rate * layer.linear.weight_grad
                bias = bias - learning_rate * layer.linear.bias_grad
    """,
        "nothing-updated/result-dropped": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.sub(learning_rate * layer.linear.weight_grad)
                layer.linear.bias.sub(learning_rate * layer.linear.bias_grad)
    """,
        "nothing-updated/copy-changed": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                weight = layer.get_weight().clone()
                bias = layer.get_bias().clone()
                weight -= learning_rate * layer.linear.weight_grad
                bias -= learning_rate * layer.linear.bias_grad
    """,
        "nothing-updated/other-attribute": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.weight = layer.get_weight() - learning_rate * layer.linear.weight_grad
                layer.bias = layer.get_bias() - learning_rate * layer.linear.bias_grad
    """,
        "replaced-by-the-step": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight = learning_rate * layer.linear.weight_grad
                layer.linear.bias = learning_rate * layer.linear.bias_grad
    """,
        "replaced-by-minus-the-step": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight =- learning_rate * layer.linear.weight_grad
                layer.linear.bias =- learning_rate * layer.linear.bias_grad
    """,
        "bias-gradient-for-weight": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.bias_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "updated-twice": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
            for i in range(len(self.layers)):
                self.layers[i].linear.weight -= learning_rate * self.layers[i].linear.weight_grad
                self.layers[i].linear.bias -= learning_rate * self.layers[i].linear.bias_grad
    """,
        "updated-twice/getter-and-attribute": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                weight, bias = layer.get_weight(), layer.get_bias()
                weight -= learning_rate * layer.linear.weight_grad
                bias -= learning_rate * layer.linear.bias_grad
                layer.linear.weight = weight - learning_rate * layer.linear.weight_grad
                layer.linear.bias = bias - learning_rate * layer.linear.bias_grad
    """,
    }
)

TRAIN: dict[str, str] = cells(
    {
        "network-recreated": """
        def train(x, y, net, epochs, lr):
            net = NeuralNetwork(x.shape[1], y.shape[1], [5, 3])
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "network-recreated/each-epoch": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                net = NeuralNetwork(x.shape[1], y.shape[1], [5, 3])
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "copy-trained": """
        import copy

        def train(x, y, net, epochs, lr):
            trained = copy.deepcopy(net)
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = trained.get_loss(x, y)
                trained.backward(x, y)
                trained.apply_gradients(lr)
            return net, losses
    """,
        "network-not-updated": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
            return net, losses
    """,
        "network-not-updated/not-called": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients
            return net, losses
    """,
        "losses-recorded-after-training": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
            return net, losses
    """,
        "losses-recorded-after-training/filled": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
                losses[:] = net.get_loss(x, y)
            return net, losses
    """,
        "loss-recorded-once": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                loss = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            losses.append(loss)
            return net, torch.tensor(losses)
    """,
        "loss-recorded-once/scalar": """
        def train(x, y, net, epochs, lr):
            for epoch in range(epochs):
                losses = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "loss-recorded-once/after-the-loop": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
            losses.append(net.get_loss(x, y))
            return net, losses
    """,
        "losses-recorded-once": """
        def train(x, y, net, epochs, lr):
            loss = net.get_loss(x, y)
            losses = []
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
                losses.append(loss)
            return net, torch.tensor(losses)
    """,
        "first-loss-only": """
        def train(x, y, net, epochs, lr):
            losses = [net.get_loss(x, y)]
            for epoch in range(epochs):
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "one-epoch-only": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
                return net, torch.tensor(losses)
    """,
        "one-epoch-only/preallocated": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
                return net, losses
    """,
        "one-epoch-only/no-loop": """
        def train(x, y, net, epochs, lr):
            loss = net.get_loss(x, y)
            net.backward(x, y)
            net.apply_gradients(lr)
            return net, [loss]
    """,
        "one-loss-too-many": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            losses.append(net.get_loss(x, y))
            return net, torch.tensor(losses)
    """,
        "one-epoch-too-few": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(1, epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "one-epoch-too-few/last-loss-zero": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs - 1):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "one-epoch-too-few/first-loss-zero": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(1, epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "one-epoch-too-many": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs + 1):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "one-epoch-too-many/while": """
        def train(x, y, net, epochs, lr):
            losses = []
            epoch = 0
            while epoch <= epochs:
                losses.append(float(net.get_loss(x, y)))
                net.backward(x, y)
                net.apply_gradients(lr)
                epoch += 1
            return net, losses
    """,
        "learning-rate-ignored": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(0.25)
            return net, losses
    """,
        "learning-rate-ignored/reassigned": """
        def train(x, y, net, epochs, lr):
            lr = 0.25
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "one-sample-at-a-time": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                for i in range(len(x)):
                    net.backward(x[i:i + 1], y[i:i + 1])
                    net.apply_gradients(lr)
            return net, losses
    """,
        "one-sample-at-a-time/zip": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y).item())
                for x_n, y_n in zip(x, y):
                    net.backward(x_n.unsqueeze(0), y_n.unsqueeze(0))
                    net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "stale-gradients": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            net.backward(x, y)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "stale-gradients/only-in-the-first-epoch": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                if net.layers[0].linear.weight_grad is None or epoch == 0:
                    net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "losses-swapped": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return losses, net
    """,
        "losses-not-returned": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net
    """,
        "network-not-returned": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return losses
    """,
        "network-not-returned/list": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
            return losses
    """,
    }
)

MISTAKES: dict[str, dict[str, str]] = {
    "forward": FORWARD,
    "get_loss": GET_LOSS,
    "backward": BACKWARD,
    "apply_gradients": APPLY_GRADIENTS,
    "train": TRAIN,
}
