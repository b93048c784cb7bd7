"""Mistakes in the functions of one layer and in the factors of the chain rule that have a label of their own."""

from __future__ import annotations

from checks.chain_rule.misconceptions.mistake import STOPPING, truncated
from checks.chain_rule.reference import (
    DC_DA,
    JACOBIAN,
    ONE,
    SIGMOID,
    A,
    B,
    BiasJacobianReference,
    CostReference,
    ErrorSignalReference,
    JacobianReference,
    MseDerReference,
    OneLayerReference,
    P,
    SigmoidDerReference,
    T,
    W,
    WeightJacobianReference,
    X,
    Z,
    of,
    outer,
    sigmoid,
    sigmoid_slope,
)
from checks.formulas.slips import listed
from checks.formulas.tree import scaled, square, total
from checks.judging.reference import Misconception

FEED_FORWARD_ONE_LAYER = (
    *listed(
        OneLayerReference,
        "weighted_input",
        {
            "bias-left-out": W @ X,
            "weights-transposed": (
                W.T @ X + B,
                "with Wᵀ in the place of W",
                "W is (out, in) here. From which side does x, of shape (in,), fit?",
            ),
        },
    ),
    *listed(
        OneLayerReference,
        "activation",
        {
            "bias-after-the-activation": (
                sigmoid(W @ X) + B,
                "when the bias is added after the activation",
                "Is b part of z, or of a?",
            ),
            "activation-left-out": (
                Z,
                "without the activation: it is z, not a = σ(z)",
                "Between which two numbers must the output of a sigmoid lie, and does yours?",
            ),
            "activation-applied-twice": sigmoid(sigmoid(Z)),
        },
    ),
    *STOPPING,
)

_ERROR = A - T
COST_ONE_LAYER = (
    *listed(
        CostReference,
        "mean_squared_error",
        {
            "cost-summed": (
                total(square(_ERROR)),
                "when the squared errors are summed and not divided by their number K",
                "What does the M in MSE stand for?",
            ),
            "cost-halved": scaled(0.5, K=-1)(total(square(_ERROR))),
            "cost-root": of("root", CostReference.mean_squared_error.right),
            "cost-absolute": scaled(1, K=-1)(total(of("abs", _ERROR))),
            "cost-not-reduced": (
                square(_ERROR),
                "before the mean is taken: one squared error for every output",
                "Which operation turns many squared errors into one number?",
            ),
            "error-averaged-before-squaring": (
                square(of("mean", _ERROR)),
                "when the mean is taken first and squared afterwards, so that errors of opposite sign cancel",
                "Can the cost be zero although no output is right?",
            ),
            "derivative-for-the-cost": (
                scaled(2, K=-1)(_ERROR),
                "when the derivative of the cost is returned instead of the cost",
                "Should the cost be one number, or one for every output?",
            ),
        },
    ),
    *listed(
        CostReference,
        "activation",
        {
            "cost-of-the-pre-activation": (
                Z,
                "when z is compared with the target instead of a",
                "Which of z and a is the prediction of the layer?",
            )
        },
    ),
    *STOPPING,
)

_MEAN = MseDerReference.loss_gradient.right
_HOW_MANY = "The cost is a mean over all entries. For a matrix, how many are there: its length or its size?"
_PARTIAL = "How many partial derivatives does the cost have with respect to K predictions?"

MSE_DER = listed(
    MseDerReference,
    "loss_gradient",
    {
        "length-for-size": (
            scaled(2, length=-1)(P - T),
            "when p - t is divided by the length, which for a matrix is the number of its rows, not of its entries",
            _HOW_MANY,
        ),
        "divided-by-the-outputs-only": (
            scaled(2, columns=-1)(P - T),
            "when p - t is divided by the number of columns K, also for a matrix of N K entries",
            _HOW_MANY,
        ),
        "mean-left-out": (
            scaled(2)(P - T),
            "when 2 (p - t) is not divided at all: that is the derivative of a sum, not of a mean",
            "What is the derivative of (1/K) Σ (p_k - t_k)² with respect to one p_k?",
        ),
        "two-left-out": scaled(1, size=-1)(P - T),
        "sign-flipped": scaled(2, size=-1)(T - P),
        "square-kept": scaled(2, size=-1)(square(P - T)),
        "cost-for-its-derivative": (
            of("mean", square(P - T)),
            "when the cost itself is returned instead of its derivative",
            _PARTIAL,
        ),
        "derivative-summed": (
            total(_MEAN),
            "when the derivatives are summed to one number (the mean of 2 (p - t) is that sum)",
            _PARTIAL,
        ),
        "truncated-to-integers": truncated(_MEAN, P),
    },
)

_SLOPE = SigmoidDerReference.sigmoid_derivative.right

SIGMOID_DER = (
    *listed(
        SigmoidDerReference,
        "sigmoid",
        {
            "z-taken-for-a": (
                Z,
                "when z (1 - z) is returned: the formula s (1 - s) holds for s = σ(z)",
                "The argument is z. Which number is s?",
            ),
            "taken-at-the-activation": (
                sigmoid(sigmoid(Z)),
                "when the derivative is taken at σ(z) instead of at z",
                "At which point does the chain rule ask for σ'?",
            ),
        },
    ),
    *listed(
        SigmoidDerReference,
        "sigmoid_derivative",
        {
            "sigmoid-for-its-derivative": (
                SIGMOID,
                "when σ(z) itself is returned instead of its derivative",
                "What is the greatest value of σ', and what is that of yours?",
            ),
            "tanh-formula": (
                ONE - square(SIGMOID),
                "with the formula 1 - s², which belongs to tanh",
                "Whose derivative is 1 - s²?",
            ),
            "factor-left-out": ONE - SIGMOID,
            "sign-flipped": -_SLOPE,
            "truncated-to-integers": truncated(_SLOPE, Z),
            "derivative-summed": (
                total(_SLOPE),
                "when the derivatives are summed to one number",
                "σ works on each entry alone. How many derivatives are there?",
            ),
        },
    ),
)

_DIAGONAL = sigmoid_slope(Z)
_WHICH = "Entry (i, j) says how a_i changes when z_j moves. What is it for i ≠ j?"
_MOVES = "How does a_i change when z_i moves?"

SIGMOID_JACOBIAN = listed(
    JacobianReference,
    "jacobian",
    {
        "diagonal-only": _DIAGONAL,
        "sigmoid-on-the-diagonal": (
            of("diag", sigmoid(Z)),
            "with σ(z) on the diagonal instead of its derivative",
            _MOVES,
        ),
        "softmax-jacobian": (
            of("diag", sigmoid(Z)) - outer(sigmoid(Z), sigmoid(Z)),
            "with the Jacobian diag(s) - s sᵀ, which belongs to softmax",
            _WHICH,
        ),
        "outer-product": (
            outer(sigmoid(Z), ONE - sigmoid(Z)),
            "with an outer product: its entries off the diagonal are not zero",
            _WHICH,
        ),
        "every-row-the-derivative": of("in every row", _DIAGONAL),
        "identity": (
            of("identity", _DIAGONAL),
            "with the identity, which is the Jacobian of z + b with respect to b",
            _MOVES,
        ),
    },
)

DC_DZ = (
    *listed(
        ErrorSignalReference,
        "error_signal",
        {
            "derivative-left-out": DC_DA,
            "cost-left-out": _DIAGONAL,
            "not-summed": (
                DC_DA * JACOBIAN,
                "when the vector and the matrix are multiplied entry by entry: the products are not summed",
                "Should ∂C/∂z be a vector or a matrix?",
            ),
        },
    ),
    *listed(
        ErrorSignalReference,
        "loss_gradient",
        {
            "cost-taken-at-z": scaled(2, K=-1)(Z - T),
            "sign-flipped": scaled(2, K=-1)(T - A),
        },
    ),
    *listed(
        ErrorSignalReference,
        "jacobian",
        {
            "derivative-taken-at-the-activation": of("diag", sigmoid_slope(A)),
            "sigmoid-for-its-derivative": (
                of("diag", A),
                "with σ(z) in the place of its derivative",
                "Is ∂a/∂z made of σ or of σ'?",
            ),
        },
    ),
)

_X_OR_ROW = WeightJacobianReference.weight_jacobian.right
_AXES = "z has one axis and W has two. In which order do they come in ∂z_i/∂W_jk?"

DZ_DW = listed(
    WeightJacobianReference,
    "weight_jacobian",
    {
        "two-axes-only": (
            outer(of("as many ones", W), X),
            "when the axis of z is missing: the array is (out, in), with x in every row",
            _AXES,
        ),
        "own-row-not-singled-out": of("tensor product", of("all ones", W), X),
        "axes-out-in-out": of("axes 0 2 1", _X_OR_ROW),
        "axes-in-out-out": (of("axes 2 0 1", _X_OR_ROW), "with the axes (in, out, out)", _AXES),
        "weights-for-the-input": (
            of("rows on the diagonal", W),
            "with the weights in the place of the input: that is what a derivative with respect to x holds",
            "z_i = Σ_k W_ik x_k + b_i. What is left when you differentiate with respect to W_ik?",
        ),
        "derivative-by-the-input": (
            W,
            "with W, which is the derivative of z with respect to x",
            "In z = W x + b, which of W and x moves?",
        ),
        "ones-for-the-input": of("tensor product", of("identity", W), of("ones", X)),
    },
)

_SHAPE = "How many entries say how each of the outputs z_i depends on each b_j?"
_BY_ITSELF = "z_i = … + b_i. By how much does z_i grow if b_i grows by 1?"

DZ_DB = listed(
    BiasJacobianReference,
    "bias_jacobian",
    {
        "ones-vector": (of("as many ones", B), "with a vector of ones instead of a matrix", _SHAPE),
        "single-one": (ONE, "with a single 1 instead of a matrix", _SHAPE),
        "ones-everywhere": (of("all ones", B), "when every z_i depends on every b_j", "Does z_1 depend on b_2?"),
        "bias-on-the-diagonal": (of("diag", B), "with b on the diagonal instead of ones", _BY_ITSELF),
        "zeros": (of("all zeros", B), "with zeros everywhere, as if b were a constant", _BY_ITSELF),
    },
)

FACTORS: dict[str, tuple[Misconception, ...]] = {
    "feed_forward_one_layer": FEED_FORWARD_ONE_LAYER,
    "cost_one_layer": COST_ONE_LAYER,
    "mse_der": MSE_DER,
    "sigmoid_der": SIGMOID_DER,
    "sigmoid_jacobian": SIGMOID_JACOBIAN,
    "dC_dz": DC_DZ,
    "dz_dW": DZ_DW,
    "dz_db": DZ_DB,
}
"""Mistakes in the functions of Parts 1 and 2, by task."""
