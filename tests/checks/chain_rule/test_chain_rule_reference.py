"""The references themselves are right: by the complex step, and by autograd; and the cases hide nothing."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from checks.chain_rule import cases as made
from checks.chain_rule.case import BIAS_GRADIENT, COST, DC_DZ, DC_DZ_ROWS, DZ_DW, WEIGHT_GRADIENT
from checks.chain_rule.lent import FUNCTIONS_IN_TRAINING, softmax
from checks.chain_rule.observe_networks import own_cost_der
from checks.chain_rule.reference import (
    ErrorSignalReference,
    FirstLayerReference,
    OneLayerGradientsReference,
    SecondLayerReference,
    WeightJacobianReference,
)
from checks.chain_rule.reference_networks import BatchGradientsReference, GradientsReference
from checks.chain_rule.reference_training import CrossEntropyReference, MergedDerivativeReference, TrainReference
from checks.chain_rule.tasks import TASKS
from checks.explaining.hints import formula
from checks.observing.quantity import SECOND, Quantity

COMPLEX = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "arctan": np.arctan,
}


def complex_step(cost, layers):
    """Return (dC/dW, dC/db) of every layer."""
    gradients = []
    for layer in range(len(layers)):
        pair = []
        for part in range(2):
            gradient = np.empty(layers[layer][part].shape)
            for index in np.ndindex(gradient.shape):
                moved = [[p.astype(complex) for p in pair] for pair in layers]
                moved[layer][part][index] += 1e-30j
                gradient[index] = cost(moved).imag / 1e-30
            pair.append(gradient)
        gradients.append(pair)
    return gradients


@pytest.mark.parametrize("many", [False, True], ids=["one sample", "rows of samples"])
def test_gradients_agree_with_the_complex_step(many):
    for case in made.batches(3) if many else made.any_depth(3):
        if case.batch > 10:
            continue
        x, target = case.samples(0)

        def cost(layers, case=case, x=x, target=target):
            a = x
            for (weight, bias), name in zip(layers, case.activations, strict=True):
                a = COMPLEX[name](a @ weight + bias)
            return ((a - target) ** 2).mean()

        expected = complex_step(cost, list(zip(case.weights, case.biases, strict=True)))
        answer = (BatchGradientsReference if many else GradientsReference)(case).answer()
        for layer, (weight, bias) in enumerate(expected, start=1):
            came = answer[Quantity(WEIGHT_GRADIENT, layer)]
            np.testing.assert_allclose(came, weight if many else weight.T, rtol=1e-9, atol=1e-13)
            np.testing.assert_allclose(answer[Quantity(BIAS_GRADIENT, layer)], bias, rtol=1e-9, atol=1e-13)


def test_another_cost_der_is_followed_as_autograd_follows_it():
    """A linear functional with own_cost_der as its coefficients has the same gradients."""
    for case in made.batches(1):
        x, target = case.samples(1)
        functions = [FUNCTIONS_IN_TRAINING[name] for name in case.functions(1)]

        def predict(layers, x=x, functions=functions):
            for (weight, bias), function in zip(layers, functions, strict=True):
                x = function(anp.dot(x, weight) + bias)
            return x

        layers = list(zip(case.weights, case.biases, strict=True))
        fixed = own_cost_der(predict(layers), target)
        expected = autograd.grad(lambda layers, p=predict, fixed=fixed: anp.sum(p(layers) * fixed))(layers)
        answer = BatchGradientsReference(case).answer()
        for layer, pair in enumerate(expected, start=1):
            for part, value in zip(("dC/dW", "dC/db"), pair, strict=True):
                np.testing.assert_allclose(answer[Quantity(part, layer, SECOND)], value, rtol=1e-9, atol=1e-12)


def test_one_and_two_layers_agree_with_autograd():
    def cost(layers, x, target):
        for weight, bias in layers:
            x = 1 / (1 + anp.exp(-(anp.dot(weight, x) + bias)))
        return anp.mean((x - target) ** 2)

    for case in (*made.one_layer(0), *made.two_layers(0)):
        layers = list(zip(case.single_weights, case.biases, strict=True))
        expected = autograd.grad(cost)(layers, *case.samples(0))
        references = [OneLayerGradientsReference] if len(layers) == 1 else [FirstLayerReference, SecondLayerReference]
        for reference, pair in zip(references, expected, strict=True):
            for came, value in zip(reference(case).answer().values(), pair, strict=True):
                np.testing.assert_allclose(came, value, rtol=1e-10, atol=1e-14)


def test_factors_agree_with_autograd():
    for case in made.one_z(2):
        weight, x = case.single_weights[0], case.inputs[0]
        expected = autograd.jacobian(lambda w, x=x: anp.dot(w, x))(weight)
        np.testing.assert_allclose(WeightJacobianReference(case).answer()[DZ_DW], expected)
        z = weight @ x + case.biases[0]
        assert ErrorSignalReference(case).answer()[DC_DZ].shape == z.shape


def test_the_merged_derivative_is_that_of_softmax_and_cross_entropy_together():
    for case in made.probabilities(0):
        z, target = 0.4 * case.logits, case.labels
        expected = autograd.grad(lambda z, t=target: -anp.sum(t * anp.log(softmax(z))) / len(t))(z)
        np.testing.assert_allclose(MergedDerivativeReference(case).answer()[DC_DZ_ROWS], expected, atol=1e-15)
        assert CrossEntropyReference(case).answer()[COST] > 0


def test_training_stays_finite():
    for seed in range(20):
        for case in made.classes(seed):
            assert all(np.isfinite(value).all() for value in TrainReference(case).answer().values())


def test_cases_hide_nothing():
    for shapes in (made.ONE_LAYER, made.TWO_LAYERS, made.ANY_DEPTH, made.BATCHES, made.CLASSES):
        for sizes, batch in shapes:
            assert len({*sizes, batch}) == len(sizes) + 1, "sizes and batch are pairwise different"
            assert batch >= 3
    for shapes in (made.ONE_LAYER, made.TWO_LAYERS, made.ANY_DEPTH, made.BATCHES):
        assert {sizes[-1] == 1 for sizes, _ in shapes} == {True, False}, "one output and several"
    for shapes in (made.ANY_DEPTH, made.BATCHES, made.CLASSES):
        assert len({len(sizes) for sizes, _ in shapes}) >= 2, "at least two depths"
    for seed in range(20):
        for case in (*made.any_depth(seed), *made.batches(seed)):
            assert all((abs(bias) > 0.1).all() for bias in case.biases)
            assert case.rate not in (0, 1)
            for call in range(2):
                a = case.samples(call)[0]
                for weight, bias, name in zip(case.weights, case.biases, case.functions(call), strict=True):
                    z = a @ weight + bias
                    assert abs(z).min() > 1e-3, "away from kinks"
                    assert z.size == 1 or ((z > 0).any() and (z < 0).any()), "both signs"
                    a = FUNCTIONS_IN_TRAINING[name](z)


def test_the_formula_that_a_hint_ends_with_is_no_known_mistake():
    """2/K (p - t) is right for one sample, and for a batch it is the mistake divided-by-the-outputs-only."""
    task = TASKS["mse_der"]
    assert all("2/size (p - t)" in formula(task, mistake) for mistake in task.misconceptions)
