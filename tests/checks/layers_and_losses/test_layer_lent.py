"""What is lent answers nothing that comes later, and gradients are seen as the student leaves them."""

from checks.judging.verdict import State
from checks.layers_and_losses import CHECKS


def test_the_layers_of_a_network_do_not_sum_over_the_samples(notebook):
    """They would answer BatchLinear, which comes later."""
    check = CHECKS["TwoLayerNetwork"]
    stored = []

    class Peeking(notebook["TwoLayerNetwork"]):  # type: ignore[name-defined]
        def backward(self, x, grad_output):
            returned = super().backward(x, grad_output)
            stored.append((len(x), self.layers[0].grad_weight, self.layers[0].grad_bias))
            return returned

    assert check.verdict(Peeking).state is State.RIGHT
    batches = [(n, len(weight), len(bias)) for n, weight, bias in stored if n > 1]
    assert batches
    assert all(len(set(sizes)) == 1 for sizes in batches)


def test_a_gradient_that_is_changed_after_it_was_stored_is_seen(notebook):
    class Averaging(notebook["TwoLayerNetwork"]):  # type: ignore[name-defined]
        def backward(self, x, grad_output):
            returned = super().backward(x, grad_output)
            for layer in self.layers[::2]:
                layer.grad_weight /= len(x)
                layer.grad_bias = layer.grad_bias / len(x)
            return returned

    seen = CHECKS["TwoLayerNetwork"].verdict(Averaging)
    assert seen.state is State.WRONG
    assert seen.parts == ("the outputs",)
