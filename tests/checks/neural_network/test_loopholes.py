"""Ways to be wrong that look right, ways to be right that look wrong, and words that would mislead."""
# ruff: noqa: E501 - students' cells, as short as they can be shown

import pytest
import torch

from checks.judging.verdict import State
from checks.neural_network import CHECKS

BACKWARD = """
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    error = self.loss.get_gradient(y, self.forward(x))
    for layer in reversed(self.layers):
        delta = error * layer.act.get_gradient(layer.last_zin)
        layer.set_weight_gradient(layer.last_input.T @ delta)
        layer.set_bias_gradient(delta.sum(0))
        error = delta @ layer.get_weight().T
"""
TRAIN = """
def train(x, y, net, epochs, lr):
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        losses[epoch] = net.get_loss(x, y)
        net.backward(x, y)
        net.apply_gradients(lr)
    return net, losses
"""
FORWARD = """
@add_to_class(NeuralNetwork)
def forward(self, x):
    for layer in self.layers:
        x = layer.forward(x)
    return x
"""
GET_LOSS = """
@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    return self.loss.forward(y, self.forward(x))
"""
UPDATE = """
@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    for layer in self.layers:
        layer.linear.weight -= learning_rate * layer.linear.weight_grad
        layer.linear.bias -= learning_rate * layer.linear.bias_grad
"""
CELLS = {"backward": BACKWARD, "train": TRAIN, "forward": FORWARD, "get_loss": GET_LOSS, "apply_gradients": UPDATE}


@pytest.fixture(autouse=True)
def double_precision():
    """As in the notebook, whose first cell sets it."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def changed(task, *changes):
    cell = CELLS[task]
    for old, new in changes:
        assert old in cell
        cell = cell.replace(old, new)
    return cell


def after(task, *lines):
    return CELLS[task].rstrip() + "".join(f"\n    {line}" for line in lines) + "\n"


WRONG = {
    "the criterion is lost": (
        "get_loss",
        changed("get_loss", ("return ", "self.loss = "), ("(x))", "(x)); return self.loss")),
    ),
    "an activation is lost": ("forward", changed("forward", ("    return x", "    layer.act = None\n    return x"))),
    "the loss is lost in forward": (
        "forward",
        changed("forward", ("    return x", "    self.loss = None\n    return x")),
    ),
    "the update loses the criterion": ("apply_gradients", after("apply_gradients", "self.loss = None")),
    "train loses the criterion": ("train", changed("train", ("    return net", "    net.loss = None\n    return net"))),
    "train replaces forward": ("train", changed("train", ("    return net", "    net.forward = None\n    return net"))),
    "flat labels": ("train", changed("train", ("net.backward(x, y)", "net.backward(x, y.flatten())"))),
    "lists for tensors": ("train", changed("train", ("net.backward(x, y)", "net.backward(x.tolist(), y.tolist())"))),
    "single precision in forward": ("forward", changed("forward", ("layer.forward(x)", "layer.forward(x.float())"))),
    "a list through the setter": (
        "backward",
        changed("backward", ("(layer.last_input.T @ delta)", "(list(layer.last_input.T @ delta))")),
    ),
    "clipped error signal": (
        "backward",
        changed("backward", ("(layer.last_zin)\n", "(layer.last_zin)\n        delta = delta.clip(-1, 1)\n")),
    ),
    "clipped bias gradient": ("backward", changed("backward", ("delta.sum(0)", "delta.sum(0).clamp(-5, 5)"))),
    "clipped update": (
        "apply_gradients",
        changed("apply_gradients", ("layer.linear.bias_grad", "layer.linear.bias_grad.clamp(-5, 5)")),
    ),
    "learning rate at most 1": (
        "apply_gradients",
        changed("apply_gradients", ("learning_rate *", "min(learning_rate, 1) *")),
    ),
    "first ten samples": ("forward", changed("forward", ("    for", "    x = x[:10]\n    for"))),
    "stops when the loss is small": (
        "train",
        changed("train", ("        net.backward", "        if losses[epoch] < 1e-3: break\n        net.backward")),
    ),
    "stops when the loss rises": (
        "train",
        changed(
            "train",
            (
                "        net.backward",
                "        if epoch and losses[epoch] > losses[epoch - 1]: break\n        net.backward",
            ),
        ),
    ),
    "learning rate halved every 50 epochs": (
        "train",
        changed("train", ("        net.backward", "        if epoch % 50 == 49: lr *= 0.5\n        net.backward")),
    ),
    "mini-batches of eight": (
        "train",
        changed(
            "train",
            (
                "        net.backward(x, y)\n        net.apply_gradients(lr)",
                "        for i in range(0, len(x), 8):\n            net.backward(x[i:i+8], y[i:i+8])\n            net.apply_gradients(lr)",
            ),
        ),
    ),
    "two outputs at most": (
        "backward",
        changed(
            "backward",
            ("self.loss.get_gradient(y, self.forward(x))", "2 * (self.forward(x) - y) / (len(x) * min(y.shape[1], 2))"),
        ),
    ),
    "updates in the second call": (
        "backward",
        after(
            "backward",
            "if hasattr(self, 'n'):",
            "    for l in self.layers: l.linear.weight -= 0.1 * l.linear.weight_grad",
            "self.n = 1",
        ),
    ),
    "x becomes complex": ("train", changed("train", ("(lr)", "(lr)\n        x.data = x.data.to(torch.complex128)"))),
    "autodiff by hooks of its own": (
        "backward",
        """
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    parameters = [p.requires_grad_() for l in self.layers for p in (l.linear.weight, l.linear.bias)]
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: t):
        gradients = torch.autograd.grad(self.loss.forward(y, self.forward(x)), parameters)
    for i, layer in enumerate(self.layers):
        layer.set_weight_gradient(gradients[2 * i])
        layer.set_bias_gradient(gradients[2 * i + 1])
""",
    ),
    "autodiff in a thread": (
        "backward",
        """
import threading
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    parameters = [p.requires_grad_() for l in self.layers for p in (l.linear.weight, l.linear.bias)]
    loss, found = self.loss.forward(y, self.forward(x)), []
    thread = threading.Thread(target=lambda: found.extend(torch.autograd.grad(loss, parameters)))
    thread.start(); thread.join()
    for i, layer in enumerate(self.layers):
        layer.set_weight_gradient(found[2 * i])
        layer.set_bias_gradient(found[2 * i + 1])
""",
    ),
    "central differences": (
        "backward",
        """
@add_to_class(NeuralNetwork)
def backward(self, x, y, h=1e-5):
    for layer in self.layers:
        for p, store in ((layer.linear.weight, layer.set_weight_gradient), (layer.linear.bias, layer.set_bias_gradient)):
            flat, gradient = p.view(-1), torch.zeros(p.numel())
            for i in range(len(flat)):
                old = flat[i].item()
                flat[i] = old + h
                above = self.loss.forward(y, self.forward(x))
                flat[i] = old - h
                gradient[i] = (above - self.loss.forward(y, self.forward(x))) / (2 * h)
                flat[i] = old
            store(gradient.view(p.shape))
""",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_solutions_are_rejected(student, name):
    task, cell = WRONG[name]
    for seed in range(3):
        verdict = CHECKS[task].verdict(student(task, cell), seed)
        assert verdict.state is State.WRONG, verdict
        assert verdict.earned < 1


RIGHT = {
    "compared with a difference afterwards": (
        "backward",
        after(
            "backward",
            "w = self.layers[0].linear.weight",
            "w[0, 0] += 1e-5",
            "above = self.loss.forward(y, self.forward(x))",
            "w[0, 0] -= 2e-5",
            "w[0, 0] += 1e-5",
        ),
    ),
    "compared with autodiff afterwards": (
        "backward",
        after(
            "backward",
            "w = [l.linear.weight.clone().requires_grad_() for l in self.layers]",
            "a = x",
            "for l, v in zip(self.layers, w): a = l.act.forward(a @ v + l.linear.bias)",
            "for l, g in zip(self.layers, torch.autograd.grad(self.loss.forward(y, a), w)): assert torch.allclose(g, l.linear.weight_grad)",
        ),
    ),
    "train asks what the network is": (
        "train",
        changed("train", ("    losses =", "    assert isinstance(net, NeuralNetwork)\n    losses =")),
    ),
    "train looks at other points": (
        "train",
        changed(
            "train", ("        net.backward", "        net.forward(torch.zeros(50, x.shape[1]))\n        net.backward")
        ),
    ),
    "train looks at the last pass": (
        "train",
        changed("train", ("        net.backward", "        net.layers[-1].last_zout.shape\n        net.backward")),
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_solutions_pass(student, name):
    task, cell = RIGHT[name]
    assert CHECKS[task].verdict(student(task, cell)).state is State.RIGHT


def test_a_backward_that_relies_on_what_only_ones_own_forward_stores_is_right(source):
    from course.student_code import namespace, subject

    own = {
        "forward": """
@add_to_class(NeuralNetwork)
def forward(self, x, keep=True):
    self.outputs = [x]
    for layer in self.layers:
        self.outputs.append(layer.forward(self.outputs[-1]))
    return self.outputs[-1]
""",
        "backward": changed(
            "backward",
            ("self.forward(x)", "self.forward(x, keep=True)"),
            ("layer.last_input.T", "self.outputs[self.layers.index(layer)].T"),
        ),
    }
    names = namespace(source, own)
    for task in ("forward", "get_loss", "backward"):
        assert CHECKS[task].verdict(subject(source, task, names)).state is State.RIGHT


def labels(student, task, *changes):
    return CHECKS[task].verdict(student(task, changed(task, *changes)))


@pytest.mark.parametrize(
    "form", ["delta.sum(0, keepdim=True)", "delta.sum(0).reshape(-1, 1)", "delta.sum(0).squeeze()"]
)
def test_right_numbers_in_a_wrong_shape_are_not_called_a_factor(student, form):
    verdict = labels(student, "backward", ("delta.sum(0)", form))
    assert verdict.labels == ("wrong-shape",)
    assert "The numbers themselves are right" in verdict.evidence
    assert "times the right one" not in str(verdict)


def test_what_torch_has_not_implemented_is_not_called_not_attempted(student):
    verdict = labels(student, "backward", ("    error =", "    (x > 0) @ (x > 0).T\n    error ="))
    assert verdict.state is State.WRONG


def test_two_mistakes_that_cancel_are_no_explanation(student):
    verdict = labels(student, "backward", ("(layer.last_input.T @ delta)", "(len(x) * layer.last_input.T @ delta)"))
    assert verdict.labels == ("weight-times-batch-size",)


def test_swapped_setters_do_not_invent_samples(student):
    verdict = labels(
        student,
        "backward",
        ("set_weight_gradient", "SWAP"),
        ("set_bias_gradient", "set_weight_gradient"),
        ("SWAP", "set_bias_gradient"),
    )
    assert "samples; the rows" not in verdict.evidence


def test_a_gradient_that_was_never_set_is_not_said_to_be_made_wrongly(student):
    verdict = labels(student, "backward", ("        layer.set_bias_gradient(delta.sum(0))\n", ""))
    assert "never set" in verdict.headline
    assert "is made from it" not in verdict.location


def test_small_differences_can_be_read(student):
    verdict = labels(student, "backward", ("delta.sum(0)", "delta.sum(0) * 1.00001"))
    yours, expected = verdict.evidence.split("yours is ")[1].split(";")[0].split(" and right is ")
    assert yours != expected


def test_what_the_rest_of_the_notebook_stumbles_over_is_noted(student):
    verdict = labels(student, "forward", ("return x", "return x.numpy()"))
    assert verdict.state is State.RIGHT
    assert any("works with tensors" in note for note in verdict.notes)
