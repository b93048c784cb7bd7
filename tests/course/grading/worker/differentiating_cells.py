"""Cells that get right numbers by automatic differentiation, or by a complex step, where they were to be worked out.

Each earned full marks in its task, or did so with the check's watcher patched out.
"""

BY_HAND = {
    "error_signals": """
import torch as th
W1 = th.tensor([[-3.0, 2.0], [2.0, 1.0]])
s1 = W1 @ th.tensor([1.0, 2.0])
s1.requires_grad_(True)
s2 = th.tensor([[4.0, -1.0], [-2.0, 0.5]]) @ s1.relu()
s2.retain_grad()
(((th.tensor([1.0, 0.0]) - s2.sigmoid()) ** 2).sum() / 2).backward()
error_signals = dict(zip(["delta5", "delta6", "delta3", "delta4"], [*-s2.grad, *-s1.grad]))
""",
    "dW1": """
import torch as th
W1 = th.tensor([[-3.0, 2.0], [2.0, 1.0]], requires_grad=True)
o2 = (th.tensor([[4.0, -1.0], [-2.0, 0.5]]) @ (W1 @ th.tensor([1.0, 2.0])).relu()).sigmoid()
dW1 = -th.autograd.grad(((th.tensor([1.0, 0.0]) - o2) ** 2).sum() / 2, [W1])[0].numpy()
""",
    "relu_derivative": """
import torch
def relu_derivative(s):
    v = torch.tensor(s, requires_grad=True)
    v.relu().sum().backward()
    return v.grad.numpy()
""",
    "backward_pass": """
from torch import tensor as t_, func as F
def backward_pass(t, s1, s2, o2, W2):
    error = lambda s2: ((t_(t) - s2.sigmoid()) ** 2).sum() / 2
    delta2 = -F.grad(error)(t_(s2))
    return F.vjp(lambda s1: t_(W2) @ s1.relu(), t_(s1))[1](delta2)[0].numpy(), delta2.numpy()
""",
}

SOFTMAX_AND_NLL = {
    "sigmoid_derivative": """
def sigmoid_derivative(z):
    return np.imag(1 / (1 + np.exp(-(z + 1e-20j)))) / 1e-20
""",
    "nll_gradient": """
import sympy
def nll_gradient(x, a, y):
    w = sympy.symbols(f"w:{len(x)}")
    z = sum(w * x) + sympy.log(a / (1 - a))
    loss = sympy.log(1 + sympy.exp(-z)) if y else sympy.log(1 + sympy.exp(z))
    return np.array([float(loss.diff(one).subs(dict.fromkeys(w, 0))) for one in w])
""",
    "softmax_gradient": """
import torch
def softmax_gradient(x, a, y):
    w = torch.zeros((len(x), len(a)), dtype=torch.float64, requires_grad=True)
    z = torch.tensor(a).log() + w.T @ torch.tensor(1.0 * x)
    (-(z.log_softmax(0) * torch.tensor(y)).sum()).backward(retain_graph=True)
    return w.grad.numpy()
""",
    "updated_w1": """
import jax
def updated_w1(x, y, W1, b1, W2, b2, learning_rate):
    loss = lambda W1: -(jax.nn.log_softmax(W2.T @ jax.nn.relu(W1.T @ x + b1) + b2) * y).sum()
    return W1 - learning_rate * np.array(jax.grad(loss)(W1))
""",
}

CHAIN_RULE = {
    "mse_der": """
def mse_der(predict, target):
    return grad(lambda p: np.mean((p - target) ** 2))(1.0 * predict)
""",
    "sigmoid_der": """
from autograd import elementwise_grad as slope
def sigmoid_der(z):
    return slope(sigmoid)(1.0 * z)
""",
    "sigmoid_jacobian": """
import torch
def sigmoid_jacobian(z):
    return torch.autograd.functional.jacobian(torch.sigmoid, torch.tensor(z)).numpy()
""",
    "dC_dz": """
def dC_dz(z, target):
    return np.mean((sigmoid(z + 1e-20j * np.eye(len(z))) - target) ** 2, axis=1).imag / 1e-20
""",
    "dz_dW": """
from autograd import jacobian as J
def dz_dW(W, x):
    return J(lambda W: W @ x)(W)
""",
    "gradients_one_layer": """
def gradients_one_layer(W, b, x, target):
    return gradients_by_autograd(W, b, x, target)
""",
    "gradients_layer_1": """
from torch import tensor
def gradients_layer_1(layers, x, target):
    (W1, b1), (W2, b2) = [[tensor(part, requires_grad=True) for part in layer] for layer in layers]
    (((W2 @ (W1 @ tensor(x) + b1).sigmoid() + b2).sigmoid() - tensor(target)) ** 2).mean().backward()
    return W1.grad.numpy(), b1.grad.numpy()
""",
    "backpropagation": """
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    def out(layers):
        a = input
        for (W, b), f in zip(layers, activation_funcs):
            a = f(W @ a + b)
        return a
    error = cost_der(out(layers), target)
    return grad(lambda layers: np.sum(error * out(layers)))(layers)
""",
    "softmax_cross_entropy_der": """
def softmax_cross_entropy_der(predict, target):
    return grad(lambda z: cross_entropy(softmax(z), target))(np.log(predict))
""",
}

LAYERS_AND_LOSSES = {
    "single_layer_step": """
import torch
def single_layer_step(linear, x, y, learning_rate):
    w, b = (torch.tensor(one, requires_grad=True) for one in (linear.weight, linear.bias))
    loss = ((torch.sigmoid(torch.tensor(x) @ w + b) - torch.tensor(y)) ** 2).sum()
    loss.backward()
    linear.weight = linear.weight - learning_rate * w.grad.numpy()
    linear.bias = linear.bias - learning_rate * b.grad.numpy()
    return loss.item()
""",
    "Tanh": """
import torch
class Tanh:
    def forward(self, x):
        return np.tanh(x)
    def backward(self, x, grad_output):
        v = torch.tensor(x, requires_grad=True)
        v.tanh().backward(gradient=torch.tensor(1.0 * grad_output))
        return v.grad.numpy()
""",
    "AbsCriterion": """
import torch
class AbsCriterion:
    def forward(self, predictions, labels):
        return float(np.abs(predictions - labels).sum())
    def backward(self, predictions, labels):
        distance = lambda p: (p - torch.tensor(1.0 * labels)).abs().sum()
        return getattr(torch, "autograd").functional.jacobian(distance, torch.tensor(predictions)).numpy()
""",
    "BatchLinear": """
from torch.func import vjp
import torch
class BatchLinear(Linear):
    def backward(self, x, grad_output):
        _, pull = vjp(lambda w, b, x: x @ w + b, *map(torch.tensor, (self.weight, self.bias, x)))
        self.grad_weight, self.grad_bias, delta = (one.numpy() for one in pull(torch.tensor(1.0 * grad_output)))
        return delta
""",
}

BY_LIBRARY = """
import autograd.numpy as anp
from autograd import grad as derivative
def loss(ps, x, y):
    a = x
    for k, (w, b) in enumerate(ps):
        a = anp.dot(a, w) + b
        a = anp.tanh(a) if k < len(ps) - 1 else 1 / (1 + anp.exp(-a))
    return anp.mean((a - y) ** 2)
"""
"""What differentiates exercise 05's loss, without its method `backward`."""

USING_IT = """
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    y_pred = self.forward(x)
    ps = [(l.linear.weight.numpy(), l.linear.bias.numpy()) for l in self.layers]
    for l, (w, b) in zip(self.layers, derivative(loss)(ps, x.numpy(), y.numpy())):
        l.set_weight_gradient(torch.tensor(w))
        l.set_bias_gradient(torch.tensor(b))
"""

NEURAL_NETWORK = {
    "backward": BY_LIBRARY + USING_IT,
    "backward/torch": """
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    y_pred = self.forward(x)
    ps = [p.requires_grad_(True) for l in self.layers for p in (l.linear.weight, l.linear.bias)]
    gs = torch.autograd.grad(self.get_loss(x, y), ps)
    for i, l in enumerate(self.layers):
        l.set_weight_gradient(gs[2 * i])
        l.set_bias_gradient(gs[2 * i + 1])
""",
    "backward/func": """
from torch.func import grad as g
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    def loss(ps):
        a = x
        for k, (w, b) in enumerate(ps):
            a = a @ w + b
            a = a.tanh() if k < len(ps) - 1 else a.sigmoid()
        return ((a - y) ** 2).mean()
    for l, (w, b) in zip(self.layers, g(loss)([(l.linear.weight, l.linear.bias) for l in self.layers])):
        l.set_weight_gradient(w)
        l.set_bias_gradient(b)
""",
}

JAX_NUMPY = """
def jax_numpy(x, t, W1, W2, epsilon, steps):
    history = []
    error = lambda w: jnp.sum((t - 1 / (1 + jnp.exp(-jnp.maximum(0, x @ w[0].T) @ w[1].T))) ** 2) / 2
    for _ in range(steps):
        g1, g2 = {}(error)((W1, W2))
        o1 = jnp.maximum(0, x @ W1.T)
        o2 = 1 / (1 + jnp.exp(-o1 @ W2.T))
        W1, W2 = W1 - epsilon * g1, W2 - epsilon * g2
        history.append(record(o1, o2, jnp.sum((t - o2) ** 2) / 2, g1, g2, W1, W2))
    return history
"""

FRAMEWORKS = {
    "jax_numpy": JAX_NUMPY.format("jax.grad"),
    "jax_numpy/renamed": "from jax import (\n    grad as slope,\n)\n" + JAX_NUMPY.format("slope"),
    "jax_numpy/autograd": "import autograd as a\n" + JAX_NUMPY.format("a.grad"),
    "jax_numpy/another task's": """
def jax_numpy(x, t, W1, W2, epsilon, steps):
    return jax_grad(x, t, W1, W2, epsilon, steps)
""",
}

CELLS = {
    "01_by_hand": BY_HAND,
    "02_softmax_and_nll": SOFTMAX_AND_NLL,
    "03_chain_rule": CHAIN_RULE,
    "04_layers_and_losses": LAYERS_AND_LOSSES,
    "05_neural_network": NEURAL_NETWORK,
    "06_frameworks": FRAMEWORKS,
}
"""The cells by exercise and task, or "task/way"."""
