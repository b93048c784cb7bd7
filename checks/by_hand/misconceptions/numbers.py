"""Mistakes in the numbers of pass 1; only those that the notebook's own figures can tell apart have a name there.

Longer than 400 lines because it is data.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.by_hand.lent import sigmoid, sigmoid_derivative
from checks.by_hand.misconceptions.words import ROUNDED, matching, mistake
from checks.observing.observation import Array


def _of_outputs(ref: Any) -> Array | None:
    found = [ref.typed(name) for name in ref.case.names.of("delta", 2)]
    return None if any(v is None or v.size != 1 for v in found) else np.array([v.item() for v in found])


FORWARD = (
    mistake(
        "weights-transposed",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: (
            right(layer, weights.T, incoming)
            if weights.shape[0] == weights.shape[1]
            else right(layer, weights, incoming)
        ),
        "when every weight is read the wrong way round, w_ij for w_ji",
        "Look at the two indices of each weight that you used.",
        "The first index of a weight is the receiver, the second the sender. Which arrows end in the first output?",
    ),
    mistake(
        "senders-swapped",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: right(layer, weights, incoming[::-1]),
        "when the outputs of the senders are taken in the opposite order",
        "Look at which weight multiplies which output.",
        "A weight multiplies the output of the neuron that its arrow comes from. Which one is that?",
    ),
    mistake(
        "senders-swapped-at-the-output",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: right(layer, weights, incoming[::-1] if layer == 2 else incoming),
        "when the output layer takes the hidden outputs in the opposite order",
        "Look at which weight multiplies which output.",
        "A weight multiplies the output of the neuron that its arrow comes from. Which one is that?",
    ),
    mistake(
        "weights-left-out",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: right(layer, np.ones_like(weights), incoming),
        "when the incoming outputs are added without their weights",
        "Look at what you add up.",
        "What does a weight do to what passes along its arrow?",
    ),
    mistake(
        "minus-signs-lost",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: right(layer, np.abs(weights), incoming),
        "when the minus signs of the weights are lost",
        "Look at the signs of the weights in the figure.",
        "Dashed arrows have negative weights. Did all of them stay negative in your sum?",
    ),
    mistake(
        "layer-skipped",
        "weighted_input",
        lambda ref, right, layer, weights, incoming: (
            right(layer, weights, ref.case.x)
            if layer == 2 and len(ref.case.x) == weights.shape[1]
            else right(layer, weights, incoming)
        ),
        "when the output layer receives the inputs instead of the hidden outputs",
        "Look at what the output neurons receive.",
        "Follow an arrow into an output backwards. Where does it start?",
    ),
    mistake(
        "sigmoid-in-the-hidden-layer",
        "hidden_output",
        lambda ref, right, s: sigmoid(s),
        "with the sigmoid in the hidden layer, where ReLU belongs",
        "Look at the activation of the hidden neurons.",
        "Which of the two activations belongs to which layer?",
    ),
    mistake(
        "no-sigmoid-at-the-output",
        "output",
        lambda ref, right, s: s,
        "without the sigmoid at the output (ReLU and tanh leave a 0 as it is, too)",
        "Look at how the outputs are made from their weighted inputs.",
        "What is σ(0)? An output of the sigmoid is never 0.",
    ),
    mistake(
        "slope-for-the-sigmoid",
        "output",
        lambda ref, right, s: sigmoid_derivative(s),
        "with the slope of the sigmoid for the sigmoid itself",
        "Look at how the outputs are made from their weighted inputs.",
        "The forward pass needs values, no derivatives. What is σ(0)?",
    ),
)
"""Mistakes in the forward pass."""

ERROR = (
    mistake(
        "half-or-square-left-out",
        "error",
        lambda ref, right, t, y: matching(ref.typed("E"), ((t - y) ** 2).sum(), np.abs(t - y).sum() / 2),
        "without the factor 1/2, or with the absolute errors in place of their squares",
        "Look at what stands in front of the sum, and at what is summed.",
        "Three things happen to each difference: squared, summed, halved. Which is missing?",
    ),
    mistake(
        "halved-once-more",
        "error",
        lambda ref, right, t, y: matching(ref.typed("E"), ((t - y) ** 2).mean() / 2, (t - y)[0] ** 2 / 2),
        "when the sum is also divided by the number of outputs, as a mean is, or when only one output counts",
        "Look at how many outputs there are, and how often you divide.",
        "Formula (4) sums over the outputs and takes half of that sum. Is it a mean?",
    ),
    mistake(
        "errors-cancel",
        "error",
        lambda ref, right, t, y: matching(ref.typed("E"), (t - y).sum() / 2, (t - y).sum(), (t - y).sum() ** 2 / 2),
        "when the errors t - y are added as they are, so that they cancel",
        "Look at what is squared.",
        "Square each difference first, then add. What would an error of +1 and one of -1 be together?",
    ),
    mistake(
        "sign-flipped",
        "error",
        lambda ref, right, t, y: -right(t, y),
        "with the opposite sign",
        "Look at the sign of your result.",
        "Can a sum of squares be negative? Only the gradient carries a minus sign here, not the error.",
    ),
    mistake(
        "root-taken",
        "error",
        lambda ref, right, t, y: np.sqrt(((t - y) ** 2).sum()),
        "when a square root is taken, which gives the length of t - y",
        "Look at the last thing that you do.",
        "Formula (4) has squares, but does it have a root?",
    ),
    mistake(
        "added-for-subtracted",
        "error",
        lambda ref, right, t, y: right(t, -y),
        "when target and output are added instead of subtracted",
        "Look at the bracket of formula (4).",
        "What should the error be where the output equals its target?",
    ),
    mistake(
        "cross-entropy",
        "error",
        lambda ref, right, t, y: matching(
            ref.typed("E"), -(t * np.log(y)).sum(), -(t * np.log(y) + (1 - t) * np.log(1 - y)).sum()
        ),
        "with the cross-entropy in place of the squared error",
        "Look at which error this exercise uses.",
        "Exercise 2 uses logarithms. What does formula (4) use?",
    ),
)
"""Mistakes in the error."""

ERROR_SIGNALS = (
    mistake(
        "positive-gradient",
        "output_error_signal",
        lambda ref, right, t, y, slope: -right(t, y, slope),
        "with the positive gradient, ∂E/∂s, where the error signal is the negative one, δ = -∂E/∂s",
        "Look at the sign of your output error signals.",
        "If an output should become larger, which sign does its error signal have? δ says where to go.",
        "Equations (5) and (6)",
    ),
    mistake(
        "slope-left-out",
        "output_error_signal",
        lambda ref, right, t, y, slope: t - y,
        "without the slope of the sigmoid, σ'(s)",
        "Look at the step from the outputs back to their weighted inputs.",
        "E depends on y, and y on s through the sigmoid. Which factor does the chain rule add?",
        "Equations (6) and (7)",
    ),
    mistake(
        "twice-too-large",
        "output_error_signal",
        lambda ref, right, t, y, slope: matching(_of_outputs(ref), 2 * right(t, y, slope), (t - y) * y),
        "with the factor 2 of the square kept (the 1/2 cancels it), or with σ(s) for its slope",
        "Look at the factors of your output error signals.",
        "What is the derivative of 1/2 (t - y)²? And is σ'(0) equal to σ(0)?",
        "Equations (6) and (7)",
    ),
    mistake(
        "weights-transposed",
        "passed_back",
        lambda ref, right, weights, delta, difference: (
            right(weights.T, delta, difference)
            if weights.shape[0] == weights.shape[1]
            else right(weights, delta, difference)
        ),
        "when the way back uses w_jk for w_kj (the weights of a row, not of a column)",
        "Look at the weights that you used on the way back.",
        "Which arrows leave a hidden neuron? Its error signal is collected along these.",
    ),
    mistake(
        "weights-left-out",
        "passed_back",
        lambda ref, right, weights, delta, difference: right(np.ones_like(weights), delta, difference),
        "when the error signals are added without the weights on the way back",
        "Look at what is added up for a hidden neuron.",
        "A weight scales what passes forwards. What does it do to what passes backwards?",
    ),
    mistake(
        "difference-passed-back",
        "passed_back",
        lambda ref, right, weights, delta, difference: right(weights, difference, difference),
        "when t - y is passed back to the hidden layer instead of the error signals δ",
        "Look at what you send back through the weights.",
        "Formula (8) collects δ_k. Which factor of δ_k is missing in t_k - y_k?",
    ),
    mistake(
        "updated-weights-used",
        "passed_back",
        lambda ref, right, weights, delta, difference: right(
            weights + ref.case.epsilon * np.outer(delta, ref.hidden_outputs()), delta, difference
        ),
        "when the weights of the output layer are updated first and then used on the way back",
        "Look at which weights you used on the way back.",
        "All derivatives belong to the network as it was in the forward pass. Which weights did it have?",
    ),
    mistake(
        "sigmoid-slope-in-the-hidden-layer",
        "hidden_slope",
        lambda ref, right, s, o: sigmoid_derivative(s),
        "with the slope of the sigmoid in the hidden layer, where that of ReLU belongs",
        "Look at the slope of the hidden neurons.",
        "Hidden neurons use ReLU. How steep is it at a positive s?",
    ),
    mistake(
        "output-for-the-slope",
        "hidden_slope",
        lambda ref, right, s, o: o,
        "when the output of a hidden neuron is used in place of its slope, relu(s) for relu'(s)",
        "Look at the factor of each hidden error signal.",
        "relu(4) is 4. How steep is ReLU there?",
    ),
    ROUNDED,
)
"""Mistakes in the error signals."""


GRADIENTS = (
    mistake(
        "positive-gradient",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: -right(layer, delta, incoming, outgoing),
        "with the positive gradient ∂E/∂w, where the negative one is asked for",
        "Look at the sign of your gradients.",
        "Each g is δ times an output. Do the signs of your g fit those of your δ?",
        "Equations (5) and (10)",
    ),
    mistake(
        "inputs-for-hidden-outputs",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: (
            right(layer, delta, ref.case.x, outgoing)
            if layer == 2 and len(ref.case.x) == len(incoming)
            else right(layer, delta, incoming, outgoing)
        ),
        "when the weights of the output layer are multiplied by the inputs x instead of the hidden outputs",
        "Look at the sender of each weight of the output layer.",
        "Such a weight leads from a hidden neuron. Whose output multiplies the δ of its receiver?",
    ),
    mistake(
        "hidden-outputs-for-inputs",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: (
            right(layer, delta, outgoing, outgoing)
            if layer == 1 and len(outgoing) == len(incoming)
            else right(layer, delta, incoming, outgoing)
        ),
        "when the weights of the hidden layer are multiplied by the hidden outputs instead of the inputs x",
        "Look at the sender of each weight of the hidden layer.",
        "Such a weight leads from an input. Whose output multiplies the δ of its receiver?",
    ),
    mistake(
        "output-of-the-receiver",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: (delta * outgoing)[:, None] * np.ones_like(incoming),
        "with the output of the receiver instead of that of the sender",
        "Look at whose output multiplies each δ.",
        "A weight has a sender and a receiver. The error signal comes from one, the output from the other.",
    ),
    mistake(
        "indices-swapped",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: (
            right(layer, delta, incoming, outgoing).T
            if len(delta) == len(incoming)
            else right(layer, delta, incoming, outgoing)
        ),
        "with the two indices of each weight swapped",
        "Look at the order of the indices.",
        "The first index is the receiver, the second the sender. Which δ and which output does each g need?",
    ),
    mistake(
        "output-left-out",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: right(layer, delta, np.ones_like(incoming), outgoing),
        "without the output of the sender",
        "Look at the factors of each gradient.",
        "How much does the weighted input of the receiver change when the weight does? What flows through it decides.",
    ),
    mistake(
        "weight-for-the-output",
        "weight_gradient",
        lambda ref, right, layer, delta, incoming, outgoing: delta[:, None] * ref.case.weights(layer),
        "with the weight itself in place of the sender's output",
        "Look at the second factor of each gradient.",
        "Differentiate w·o with respect to w. What is left?",
    ),
    ROUNDED,
)
"""Mistakes in the gradients."""

UPDATE = (
    mistake(
        "subtracted",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: 2 * weights - right(layer, weights, gradient, positive),
        "when the negative gradient is subtracted, which climbs the error instead of descending it",
        "Look at the sign of the step.",
        "Your g already points downhill, since it is the negative gradient. What does subtracting it do?",
    ),
    mistake(
        "step-only",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: right(layer, 0 * weights, gradient, positive),
        "when the step replaces the weight instead of changing it",
        "Look at what a new weight is made of.",
        "Where does the old weight enter the new one?",
    ),
    mistake(
        "hidden-layer-not-updated",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: (
            weights if layer == 1 else right(layer, weights, gradient, positive)
        ),
        "when the weights of the hidden layer stay as they are",
        "Look at which weights changed.",
        "Both layers learn. Which gradients have you not used?",
    ),
    mistake(
        "output-layer-not-updated",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: (
            weights if layer == 2 else right(layer, weights, gradient, positive)
        ),
        "when the weights of the output layer stay as they are",
        "Look at which weights changed.",
        "Both layers learn. Which gradients have you not used?",
    ),
    mistake(
        "nothing-updated",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: weights,
        "when all weights stay as they are",
        "Look at which weights changed.",
        "Formula (11) adds a step to each weight. Which step did you add?",
    ),
    mistake(
        "multiplied",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: weights * gradient,
        "when weight and gradient are multiplied",
        "Look at the operation of the update.",
        "Formula (11) moves a weight by a step. What should a step of 0 do?",
    ),
    mistake(
        "indices-swapped",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: (
            right(layer, weights, gradient.T, positive)
            if gradient.shape[0] == gradient.shape[1]
            else right(layer, weights, gradient, positive)
        ),
        "when a weight gets the step of its mirror image, g_ij for g_ji",
        "Look at the indices of weight and gradient.",
        "Do both indices agree, in the same order?",
    ),
    mistake(
        "signs-lost",
        "new_weights",
        lambda ref, right, layer, weights, gradient, positive: np.abs(right(layer, weights, gradient, positive)),
        "when the minus signs of the new weights are lost",
        "Look at the signs of the weights that were negative.",
        "A step is added to -1. Which side of 0 does it end on?",
    ),
    ROUNDED,
)
"""Mistakes in the update."""

NUMBERS = {
    "forward": FORWARD,
    "E": ERROR,
    "error_signals": ERROR_SIGNALS,
    "gradients": GRADIENTS,
    "update": UPDATE,
}

NUMBERS_HIDDEN_HERE = {
    "forward": (
        mistake(
            "relu-left-out",
            "hidden_output",
            lambda ref, right, s: s,
            "without ReLU in the hidden layer",
            "Look at the hidden neurons with a negative weighted input.",
            "What does ReLU make of a negative number?",
        ),
    ),
    "error_signals": (
        mistake(
            "hidden-slope-left-out",
            "hidden_slope",
            lambda ref, right, s, o: np.ones_like(s),
            "without the slope of ReLU, relu'(s)",
            "Look at the hidden neurons with a negative weighted input.",
            "How much does a neuron's output change with s when ReLU has switched it off?",
        ),
    ),
    "gradients": (
        mistake(
            "weighted-input-for-output",
            "weight_gradient",
            lambda ref, right, layer, delta, incoming, outgoing: (
                right(layer, delta, ref.hidden_inputs(), outgoing)
                if layer == 2
                else right(layer, delta, incoming, outgoing)
            ),
            "with the weighted input s of the sender in place of its output o",
            "Look at the hidden neurons with a negative weighted input.",
            "What does such a neuron send on, s or o?",
        ),
    ),
    "update": (
        mistake(
            "learning-rate-left-out",
            "new_weights",
            lambda ref, right, layer, weights, gradient, positive: weights + gradient,
            "without the learning rate",
            "Look at the learning rate of this network.",
            "What should change if the learning rate is halved?",
        ),
    ),
}
"""Mistakes that the notebook's network hides: both hidden neurons are active and the learning rate is 1."""
