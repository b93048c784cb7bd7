"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "layers_and_losses",
    {
        "predictions": Item(1, "Guess first"),
        "summed_gradients": Item(2, "Two samples, one by one and stacked"),
        "single_layer_step": Item(3, "A single layer, step by step"),
        "TwoLayerNetwork": Item(4, "Two layers"),
        "train_sgd": Item(4, "Stochastic gradient descent"),
        "numerical_gradient": Item(4, "The numerical gradient"),
        "ReLU": Item(2, "ReLU"),
        "Tanh": Item(1, "Tanh"),
        "AbsCriterion": Item(1, "Absolute errors"),
        "BCECriterion": Item(2, "Binary cross-entropy"),
        "BatchLinear": Item(3, "A linear layer for batches"),
        "train_minibatch": Item(3, "Training in mini-batches"),
    },
)
