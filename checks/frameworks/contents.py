"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "frameworks",
    {
        "by_layers": Item(4, "1 · PyTorch, layer by layer"),
        "sequential": Item(4, "2 · PyTorch as people write it"),
        "jax_numpy": Item(4, "3 · JAX as NumPy"),
        "jax_grad": Item(4, "4 · JAX as people write it"),
        "flax_module": Item(4, "5 · Flax: the parameters live outside"),
    },
)
