"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "neural_network",
    {
        "predictions": Item(1, "Guess first"),
        "forward": Item(4, "The forward pass"),
        "get_loss": Item(2, "The loss"),
        "backward": Item(12, "The backward pass"),
        "apply_gradients": Item(4, "The update"),
        "train": Item(5, "Training"),
    },
    written=12,
)
