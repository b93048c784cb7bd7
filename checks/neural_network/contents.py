"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "neural_network",
    {
        "forward": Item(4, "The forward pass"),
        "get_loss": Item(3, "The loss"),
        "backward": Item(12, "The backward pass"),
        "apply_gradients": Item(4, "The update"),
        "train": Item(5, "Training"),
    },
    written=12,
)
