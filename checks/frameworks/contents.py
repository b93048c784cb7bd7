"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "frameworks",
    {
        "predictions": Item(1, "Guess first"),
        "by_layers": Item(4, "1 · PyTorch, layer by layer", by_autodiff=True),
        "sequential": Item(3, "2 · PyTorch as people write it", by_autodiff=True),
        "jax_numpy": Item(4, "3 · JAX as NumPy"),
        "jax_grad": Item(4, "4 · JAX as people write it", by_autodiff=True),
        "flax_module": Item(4, "5 · Flax: the parameters live outside", by_autodiff=True),
    },
    at_home=("jax", "flax"),
    out_of_place=("torch",),
)
