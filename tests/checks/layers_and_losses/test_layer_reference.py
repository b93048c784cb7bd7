"""The references and the given parts are right: compared with torch's autograd and with complex steps."""

import numpy as np
import pytest
import torch

from checks.judging.reference import answer_with
from checks.layers_and_losses import CHECKS
from checks.layers_and_losses.case import (
    BIAS_AFTER,
    BIAS_GRADIENT,
    BY_DIFFERENCES,
    GRADIENT,
    LOSS,
    LOSSES,
    OUTPUT,
    PREDICTION_GRADIENT,
    WEIGHT_AFTER,
    WEIGHT_GRADIENT,
)
from checks.observing.quantity import SECOND


def tensor(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize(("name", "function"), [("ReLU", torch.relu), ("Tanh", torch.tanh)])
def test_layers_agree_with_torch(name, function):
    for case in CHECKS[name].cases(3):
        x = tensor(case.x)
        out = function(x)
        out.backward(torch.tensor(case.g))
        answer = answer_with(CHECKS[name].task().reference, (), case)
        np.testing.assert_allclose(answer[OUTPUT], out.detach(), atol=1e-14)
        np.testing.assert_allclose(answer[GRADIENT], x.grad, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "criterion"),
    [
        ("AbsCriterion", torch.nn.L1Loss(reduction="sum")),
        ("BCECriterion", torch.nn.BCELoss(reduction="sum")),
    ],
)
def test_criteria_agree_with_torch(name, criterion):
    for case in CHECKS[name].cases(3):
        p = tensor(case.second_p)
        loss = criterion(p, torch.tensor(case.second_y))
        loss.backward()
        answer = answer_with(CHECKS[name].task().reference, (), case)
        np.testing.assert_allclose(answer[LOSS.in_call(SECOND)], loss.item(), rtol=1e-13)
        np.testing.assert_allclose(answer[PREDICTION_GRADIENT.in_call(SECOND)], p.grad, rtol=1e-12)


def test_gradients_added_up_are_those_of_the_whole_batch():
    for case in CHECKS["summed_gradients"].cases(3):
        w, b = tensor(case.weight), tensor(case.bias)
        (torch.tensor(case.x) @ w + b).backward(torch.tensor(case.g))
        answer = answer_with(CHECKS["summed_gradients"].task().reference, (), case)
        for name, leaf in ((WEIGHT_GRADIENT, w), (BIAS_GRADIENT, b)):
            np.testing.assert_allclose(answer[name], leaf.grad, atol=1e-12)


def test_the_step_of_a_single_layer_agrees_with_torch():
    for case in CHECKS["single_layer_step"].cases(3):
        w, b = tensor(case.weight), tensor(case.bias)
        p = torch.sigmoid(torch.tensor(case.x) @ w + b)
        loss = ((p - torch.tensor(case.y)) ** 2).sum()
        loss.backward()
        torch.optim.SGD([w, b], lr=case.learning_rate).step()
        answer = answer_with(CHECKS["single_layer_step"].task().reference, (), case)
        np.testing.assert_allclose(answer[LOSS], loss.item(), rtol=1e-13)
        np.testing.assert_allclose(answer[WEIGHT_AFTER], w.detach(), atol=1e-13)
        np.testing.assert_allclose(answer[BIAS_AFTER], b.detach(), atol=1e-13)


def torch_network(case, parameters, x):
    w1, b1, w2, b2 = parameters
    z2 = torch.sigmoid(x @ w1 + b1) @ w2 + b2
    return torch.arctan(z2) if getattr(case, "output", "") == "arctan" else torch.sigmoid(z2)


def test_the_network_agrees_with_torch():
    for case in CHECKS["TwoLayerNetwork"].cases(3):
        parameters = [tensor(p) for p in case.parameters]
        x = tensor(case.x)
        out = torch_network(case, parameters, x)
        out.backward(torch.tensor(case.g))
        answer = answer_with(CHECKS["TwoLayerNetwork"].task().reference, (), case)
        names = [one._replace(layer=n) for n in (1, 2) for one in (WEIGHT_GRADIENT, BIAS_GRADIENT)]
        for name, parameter in zip(names, parameters, strict=True):
            np.testing.assert_allclose(answer[name], parameter.grad, atol=1e-13)
        np.testing.assert_allclose(answer[GRADIENT], x.grad, atol=1e-13)


def test_the_batched_linear_layer_agrees_with_torch():
    for case in CHECKS["BatchLinear"].cases(3):
        w, b, x = tensor(case.weight), tensor(case.bias), tensor(case.x)
        (x @ w + b).backward(torch.tensor(case.g))
        answer = answer_with(CHECKS["BatchLinear"].task().reference, (), case)
        for name, leaf in ((WEIGHT_GRADIENT, w), (BIAS_GRADIENT, b), (GRADIENT, x)):
            np.testing.assert_allclose(answer[name], leaf.grad, atol=1e-12)


@pytest.mark.parametrize("name", ["train_sgd", "train_minibatch"])
def test_training_agrees_with_torch(name):
    for case in CHECKS[name].cases(3):
        parameters = [tensor(p) for p in case.parameters]
        optimiser = torch.optim.SGD(parameters, lr=case.learning_rate)
        means = []
        for _ in range(case.epochs):
            total = 0.0
            for k in range(0, len(case.x), case.size):
                d = torch_network(case, parameters, torch.tensor(case.x[k : k + case.size])) - torch.tensor(
                    case.y[k : k + case.size]
                )
                loss = case.scale * (torch.exp(d) - d - 1).sum()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                total += loss.item()
            means.append(total / len(case.x))
        answer = answer_with(CHECKS[name].task().reference, (), case, {})
        np.testing.assert_allclose(answer[LOSSES], means, rtol=1e-10)
        for value, parameter in zip(list(answer.values())[:4], parameters, strict=True):
            np.testing.assert_allclose(value, parameter.detach(), rtol=1e-9, atol=1e-12)


def test_the_numerical_gradient_of_the_cases_is_close_to_autograd():
    for case in CHECKS["numerical_gradient"].cases(3):
        w = tensor(case.start)
        flat = w.reshape(-1)
        loss = (2 * torch.sin(torch.tensor(case.slopes) * w + torch.tensor(case.phases)) + w**3 / 9).sum()
        loss = loss + flat[:-1] @ flat[1:] / 4
        loss.backward()
        answer = answer_with(CHECKS["numerical_gradient"].task().reference, (), case)
        np.testing.assert_allclose(answer[BY_DIFFERENCES], w.grad, atol=1e-9)
        assert abs(answer[BY_DIFFERENCES.in_call(SECOND)] - w.grad.numpy()).max() > 1e-3
