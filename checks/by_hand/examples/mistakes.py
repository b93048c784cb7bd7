"""Wrong solutions, each a student's whole cell that makes exactly the mistake of its label and no other."""

from checks.example_cells import cells

from .mistakes_functions import FUNCTIONS
from .typed_numbers import typed

JACOBIAN = {
    "diagonal-only": "[0.25, 0.25]",
    "filled-up": "[[0.25, 0.25], [0.25, 0.25]]",
    "outputs-for-slopes": "0.5 * np.eye(2)",
}

MISTAKES: dict[str, dict[str, str]] = {
    "forward": typed(
        "forward",
        {
            "weights-transposed": "1, 4, 1, 4, -4, 1, 1 / (1 + np.exp(4)), 1 / (1 + np.exp(-1))",
            "senders-swapped": "-4, 5, 0, 5, 20, -10, 1 / (1 + np.exp(-20)), 1 / (1 + np.exp(10))",
            "senders-swapped-at-the-output": "1, 4, 1, 4, 15, -7.5, 1 / (1 + np.exp(-15)), 1 / (1 + np.exp(7.5))",
            "weights-left-out": "3, 3, 3, 3, 6, 6, 1 / (1 + np.exp(-6)), 1 / (1 + np.exp(-6))",
            "minus-signs-lost": "7, 4, 7, 4, 32, 16, 1 / (1 + np.exp(-32)), 1 / (1 + np.exp(-16))",
            "minus-signs-lost/then-forgotten": "7, 4, 7, 4, 24, -12, 1 / (1 + np.exp(-24)), 1 / (1 + np.exp(12))",
            "layer-skipped": "1, 4, 1, 4, 2, -1, 1 / (1 + np.exp(-2)), 1 / (1 + np.exp(1))",
            "sigmoid-in-the-hidden-layer": (
                "1, 4, 1/(1+np.exp(-1)), 1/(1+np.exp(-4)), 4/(1+np.exp(-1)) - 1/(1+np.exp(-4)), "
                "-2/(1+np.exp(-1)) + 0.5/(1+np.exp(-4)), 1/(1+np.exp(-4/(1+np.exp(-1)) + 1/(1+np.exp(-4)))), "
                "1/(1+np.exp(2/(1+np.exp(-1)) - 0.5/(1+np.exp(-4))))"
            ),
            "no-sigmoid-at-the-output": "1, 4, 1, 4, 0, 0, 0, 0",
            "slope-for-the-sigmoid": "1, 4, 1, 4, 0, 0, 0.25, 0.25",
        },
    ),
    "E": typed(
        "E",
        {
            "half-or-square-left-out": "0.5",
            "halved-once-more": "0.125",
            "errors-cancel": "0",
            "sign-flipped": "-0.25",
            "root-taken": "0.5 ** 0.5",
            "added-for-subtracted": "1.25",
            "cross-entropy": "np.log(2)",
            "cross-entropy/of-both-outputs": "2 * np.log(2)",
        },
    ),
    "error_signals": typed(
        "error_signals",
        {
            "positive-gradient": "-0.125, 0.125, -0.75, 0.1875",
            "positive-gradient/at-the-outputs": "-0.125, 0.125, 0.75, -0.1875",
            "slope-left-out": "0.5, -0.5, 3, -0.75",
            "twice-too-large": "0.25, -0.25, 1.5, -0.375",
            "weights-transposed": "0.125, -0.125, 0.625, -0.3125",
            "weights-left-out": "0.125, -0.125, 0, 0",
            "difference-passed-back": "0.125, -0.125, 3, -0.75",
            "updated-weights-used": "0.125, -0.125, 0.78125, -0.0625",
            "sigmoid-slope-in-the-hidden-layer": (
                "0.125, -0.125, 0.75 * np.exp(-1) / (1 + np.exp(-1)) ** 2, -0.1875 * np.exp(-4) / (1 + np.exp(-4)) ** 2"
            ),
            "output-for-the-slope": "0.125, -0.125, 0.75, -0.75",
            "rounded": "0.13, -0.13, 0.78, -0.195",
            "rounded/three-decimals": "0.125, -0.125, 0.75, -0.188",
        },
    ),
    "gradients": typed(
        "gradients",
        {
            "positive-gradient": "-1/8, -1/2, 1/8, 1/2, -3/4, -3/2, 3/16, 3/8",
            "inputs-for-hidden-outputs": "1/8, 1/4, -1/8, -1/4, 3/4, 3/2, -3/16, -3/8",
            "hidden-outputs-for-inputs": "1/8, 1/2, -1/8, -1/2, 3/4, 3, -3/16, -3/4",
            "output-of-the-receiver": "1/16, 1/16, -1/16, -1/16, 3/4, 3/4, -3/4, -3/4",
            "indices-swapped": "1/8, -1/8, 1/2, -1/2, 3/4, -3/16, 3/2, -3/8",
            "output-left-out": "1/8, 1/8, -1/8, -1/8, 3/4, 3/4, -3/16, -3/16",
            "weight-for-the-output": "1/2, -1/8, 1/4, -1/16, -9/4, 3/2, -3/8, -3/16",
            "rounded": "0.125, 0.5, -0.125, -0.5, 0.75, 1.5, -0.188, -0.375",
            "rounded/two-decimals": "0.13, 0.5, -0.13, -0.5, 0.75, 1.5, -0.19, -0.38",
        },
    ),
    "update": typed(
        "update",
        {
            "subtracted": "3.875, -1.5, -1.875, 1, -3.75, 0.5, 2.1875, 1.375",
            "step-only": "1/8, 1/2, -1/8, -1/2, 3/4, 3/2, -3/16, -3/8",
            "hidden-layer-not-updated": "4.125, -0.5, -2.125, 0, -3, 2, 2, 1",
            "output-layer-not-updated": "4, -1, -2, 0.5, -2.25, 3.5, 1.8125, 0.625",
            "nothing-updated": "4, -1, -2, 0.5, -3, 2, 2, 1",
            "multiplied": "0.5, -0.5, 0.25, -0.25, -2.25, 3, -0.375, -0.375",
            "indices-swapped": "4.125, -1.125, -1.5, 0, -2.25, 1.8125, 3.5, 0.625",
            "signs-lost": "4.125, 0.5, 2.125, 0, 2.25, 3.5, 1.8125, 0.625",
            "rounded": "4.13, -0.5, -2.13, 0, -2.25, 3.5, 1.81, 0.63",
        },
    ),
    "do2_ds2": typed("do2_ds2", {**JACOBIAN, "slopes-of-relu": "np.eye(2)"}),
    "ds2_do1": typed(
        "ds2_do1", {"transposed": "[[4, -2], [-1, 0.5]]", "weights-of-the-first-layer": "[[-3, 2], [2, 1]]"}
    ),
    "do1_ds1": typed(
        "do1_ds1",
        {
            "diagonal-only": "[1, 1]",
            "filled-up": "np.ones((2, 2))",
            "outputs-for-slopes": "[[1, 0], [0, 4]]",
            "slopes-of-the-sigmoid": "np.diag([np.exp(-s) / (1 + np.exp(-s)) ** 2 for s in (1, 4)])",
        },
    ),
    "delta2": typed(
        "delta2",
        {
            "positive-gradient": "[-0.125, 0.125]",
            "slope-left-out": "[0.5, -0.5]",
            "twice-too-large": "[0.25, -0.25]",
            "rounded": "[0.13, -0.13]",
        },
    ),
    "delta1": typed(
        "delta1",
        {
            "weights-not-transposed": "[0.625, -0.3125]",
            "weights-left-out": "[0, 0]",
            "difference-passed-back": "[3, -0.75]",
            "outputs-for-slopes": "[0.75, -0.75]",
            "positive-gradient": "[-0.75, 0.1875]",
            "rounded": "[0.75, -0.188]",
        },
    ),
    "dW2": typed(
        "dW2",
        {
            "transposed": "[[0.125, -0.125], [0.5, -0.5]]",
            "positive-gradient": "[[-0.125, -0.5], [0.125, 0.5]]",
            "wrong-operand": "[[0.125, 0.25], [-0.125, -0.25]]",
            "entry-by-entry": "[0.125, -0.5]",
            "row-times-column": "-0.375",
            "rounded": "[[0.13, 0.5], [-0.13, -0.5]]",
        },
    ),
    "dW1": typed(
        "dW1",
        {
            "transposed": "[[0.75, -0.1875], [1.5, -0.375]]",
            "positive-gradient": "[[-0.75, -1.5], [0.1875, 0.375]]",
            "wrong-operand": "[[0.75, 3], [-0.1875, -0.75]]",
            "entry-by-entry": "[0.75, -0.375]",
            "row-times-column": "0.375",
            "rounded": "[[0.75, 1.5], [-0.19, -0.38]]",
        },
    ),
    "W2_new": typed(
        "W2_new",
        {
            "subtracted": "[[3.875, -1.5], [-1.875, 1]]",
            "step-only": "[[0.125, 0.5], [-0.125, -0.5]]",
            "not-updated": "[[4, -1], [-2, 0.5]]",
            "step-transposed": "[[4.125, -1.125], [-1.5, 0]]",
            "rounded": "[[4.13, -0.5], [-2.13, 0]]",
        },
    ),
    "W1_new": typed(
        "W1_new",
        {
            "subtracted": "[[-3.75, 0.5], [2.1875, 1.375]]",
            "step-only": "[[0.75, 1.5], [-0.1875, -0.375]]",
            "not-updated": "[[-3, 2], [2, 1]]",
            "step-transposed": "[[-2.25, 1.8125], [3.5, 0.625]]",
            "rounded": "[[-2.25, 3.5], [1.813, 0.625]]",
        },
    ),
    **{task: cells(examples) for task, examples in FUNCTIONS.items()},
}
