"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

PRACTICE = "a fresh network such as practice(7), and its checks, such as practice(7).check_forward({...})"

CONTENTS = Contents(
    "by_hand",
    {
        "predictions": Item(1, "Guess first"),
        "forward": Item(2, "(a) The forward pass", PRACTICE),
        "E": Item(1, "(b) The error", PRACTICE),
        "error_signals": Item(2, "(c) Error signals and gradients", PRACTICE),
        "gradients": Item(1, "(c) Error signals and gradients", PRACTICE),
        "update": Item(1, "(d) The update", PRACTICE),
        "do2_ds2": Item(0.5, "The three Jacobians"),
        "ds2_do1": Item(0.5, "The three Jacobians"),
        "do1_ds1": Item(0.5, "The three Jacobians"),
        "delta2": Item(0.5, "The error signals"),
        "delta1": Item(1, "The error signals"),
        "dW2": Item(0.5, "Gradients and update"),
        "dW1": Item(0.5, "Gradients and update"),
        "W2_new": Item(0.5, "Gradients and update"),
        "W1_new": Item(0.5, "Gradients and update"),
        "relu": Item(0.5, "Activation functions and their slopes"),
        "sigmoid": Item(0.5, "Activation functions and their slopes"),
        "relu_derivative": Item(0.5, "Activation functions and their slopes"),
        "sigmoid_derivative": Item(0.5, "Activation functions and their slopes"),
        "squared_error": Item(0.5, "The error"),
        "forward_pass": Item(1.5, "The forward pass"),
        "backward_pass": Item(2, "The error signals"),
        "updated": Item(1, "The update"),
    },
)
