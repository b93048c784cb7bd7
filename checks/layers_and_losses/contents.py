"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "layers_and_losses",
    {
        "TwoLayerNetwork": Item(5, "Two layers"),
        "train_sgd": Item(4, "Stochastic gradient descent"),
        "numerical_gradient": Item(5, "The numerical gradient"),
        "ReLU": Item(2, "ReLU"),
        "Tanh": Item(2, "Tanh"),
        "AbsCriterion": Item(2, "Absolute errors"),
        "BCECriterion": Item(3, "Binary cross-entropy"),
        "BatchLinear": Item(3, "A linear layer for batches"),
        "train_minibatch": Item(4, "Training in mini-batches"),
    },
)
