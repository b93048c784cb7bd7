"""Mistakes that only JAX code makes: derivatives by hand, functions that are not pure, kernels."""

from __future__ import annotations

from checks.frameworks.misconceptions.passing import Mistakes, mistake, ones, sigmoid_slope

# --- only in JAX -------------------------------------------------------------------------------------------------

BY_HAND: Mistakes = (
    mistake(
        "relu-derivative-left-out",
        "hidden_slope",
        lambda ref, right, o1, slope: ones(slope),
        "without the derivative of the hidden activation, relu'(s)",
        "Look at your hidden error signal.",
        "What passes backward through a neuron whose ReLU is off? In the network of this notebook none is.",
    ),
    mistake(
        "sigmoid-derivative-left-out",
        "output_slope",
        lambda ref, right, o2, slope: ones(slope),
        "without the derivative of the output activation, σ'(s)",
        "Look at your output error signal.",
        "The loss gives ∂E/∂o⁽²⁾. What turns it into ∂E/∂s⁽²⁾?",
    ),
    mistake(
        "sigmoid-derivative-of-the-output",
        "output_slope",
        lambda ref, right, o2, slope: sigmoid_slope(o2),
        "when the derivative of the sigmoid is taken at the output o⁽²⁾, not at the weighted input s⁽²⁾",
        "Look at what you hand to your sigmoid's derivative.",
        "o(1 - o) already is σ'(s). What would σ'(o) be?",
    ),
    mistake(
        "constant-slope",
        "output_slope",
        lambda ref, right, o2, slope: 0.25 * ones(slope),
        "with 1/4 for the derivative of the sigmoid, which it is only at s = 0, as in exercise 1",
        "Look at your output error signal.",
        "On what does σ'(s) depend?",
    ),
    mistake(
        "error-signal-negated",
        "output_error",
        lambda ref, right, o2, t, slope: -right(o2, t, slope),
        "with exercise 1's error signal, (T - O⁽²⁾) ⊙ σ'(S⁽²⁾), while the update subtracts: that climbs the loss",
        "Look at the signs of your output error signal and of your update together.",
        "Here the gradient is ∂E/∂w. What is the derivative of (t - o)²/2 with respect to o?",
    ),
    mistake(
        "weights-transposed",
        "passed_back",
        lambda ref, right, delta2, W2, o1: delta2 @ W2.T,
        "with W2ᵀ for W2 on the way back",
        "Look at the product of the error signal and W2.",
        "Which shape must the hidden error signal have, and which does your product have when all sizes differ?",
    ),
    mistake(
        "updated-weights-used",
        "passed_back",
        lambda ref, right, delta2, W2, o1: right(delta2, W2 - ref.case.epsilon * (delta2.T @ o1), o1),
        "when W2 is updated before the error signal is passed back through it",
        "Look at the order of your lines.",
        "Which W2 produced the outputs that you are correcting, the old one or the new one?",
    ),
)

ENERGY_IGNORES_ITS_WEIGHTS = mistake(
    "energy-ignores-its-weights",
    "depends_on_its_arguments",
    lambda ref, right: False,
    "when energy computes with W1 and W2 from outside, not with the weights it is given: their gradient is zero",
    "Look at which names your energy uses.",
    "jax.grad varies the argument of the function. Does the result depend on it?",
)

FLAX: Mistakes = (
    mistake(
        "kernel-not-transposed",
        "kernel",
        lambda ref, right, W: W,
        "when W itself is used as the kernel; a Flax layer computes x @ kernel, so its kernel is Wᵀ. In the network "
        "of this notebook W1 is symmetric, so there it cannot be seen",
        "Look at how the weights get into the parameters.",
        "Which shapes do W and the kernel of the layer have when all sizes differ?",
    ),
    mistake(
        "gradient-not-transposed",
        "recorded_gradient",
        lambda ref, right, gradients, epsilon: (gradients[0].T, gradients[1].T),
        "when the gradient of the kernel is recorded as it is; the kernel is Wᵀ, so its gradient is transposed",
        "Look at the shape of the gradients that you record.",
        "What has to be done to the kernel's gradient to compare it with that of W?",
    ),
    mistake(
        "weights-not-transposed",
        "recorded_weights",
        lambda ref, right, before, after: (after[0].T, after[1].T),
        "when the kernel is recorded as it is; the kernel is Wᵀ",
        "Look at the shape of the weights that you record.",
        "What has to be done to the kernel to compare it with W?",
    ),
)
