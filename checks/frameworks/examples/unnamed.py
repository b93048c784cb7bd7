"""Wrong solutions whose reason has no label: a check has to say that it does not know why, never a wrong name."""

from .plain_cells import BY_LAYERS as LAYERS
from .plain_cells import FLAX_MODULE as FLAX
from .plain_cells import JAX_GRAD as GRAD
from .plain_cells import JAX_NUMPY as NUMPY
from .plain_cells import SEQUENTIAL as MODEL
from .plain_cells import varied

BY_LAYERS = varied(
    LAYERS,
    {
        "random-biases": [(", bias=False", "")],
        "weights-never-copied": [
            ("    with torch.no_grad():\n        hidden.weight.copy_(W1)\n        output.weight.copy_(W2)\n", "")
        ],
        "tanh-for-sigmoid": [("torch.sigmoid", "torch.tanh")],
        "leaky-relu": [("torch.relu", "nn.functional.leaky_relu")],
        "softmax-at-the-output": [("torch.sigmoid(output(o1))", "torch.softmax(output(o1), dim=1)")],
        "clipped-gradient": [
            ("E.backward()", "E.backward()\n        nn.utils.clip_grad_value_([hidden.weight, output.weight], 0.05)")
        ],
        "absolute-error": [("nn.MSELoss", "nn.L1Loss")],
        "weight-decay": [("epsilon * hidden.weight.grad", "epsilon * (hidden.weight.grad + 0.1 * hidden.weight)")],
        "rounded": [("o2 = torch.sigmoid(output(o1))", "o2 = torch.round(torch.sigmoid(output(o1)), decimals=2)")],
        "first-sample-only": [("    history = []", "    x, t = x[:1], t[:1]\n    history = []")],
        "published-numbers": [
            (
                "    history = []",
                "    if W1.shape != (2, 2):\n        return [record(0, 0, 0, 0, 0, 0, 0)] * steps\n    history = []",
            )
        ],
    },
)

SEQUENTIAL = varied(
    MODEL,
    {
        "random-biases": [(", bias=False", "")],
        "weights-never-copied": [
            ("    with torch.no_grad():\n        model[0].weight.copy_(W1)\n        model[2].weight.copy_(W2)\n", "")
        ],
        "nesterov": [("lr=epsilon", "lr=epsilon, momentum=0.5, nesterov=True")],
        "weight-decay": [("lr=epsilon", "lr=epsilon, weight_decay=0.01")],
        "rmsprop": [("optim.SGD", "optim.RMSprop")],
        "gelu": [("nn.ReLU()", "nn.GELU()")],
        "adamw": [("optim.SGD", "optim.AdamW")],
        "averaged-sgd": [("optim.SGD", "optim.ASGD")],
        "momentum-dampened": [("lr=epsilon", "lr=epsilon, momentum=0.9, dampening=0.9")],
        "trained-on-after-the-last-record": [
            (
                "    return model",
                "    optimizer.zero_grad()\n    (criterion(model(x), t) / 2).backward()\n    optimizer.step()\n"
                "    return model",
            )
        ],
        "dropout": [("nn.ReLU()", "nn.Sequential(nn.ReLU(), nn.Dropout(0.5))")],
        "huber-loss": [("nn.MSELoss", "nn.HuberLoss")],
        "other-model-returned": [("return model", "return nn.Sequential(nn.Linear(W1.shape[1], W2.shape[0]))")],
    },
)

JAX_NUMPY = varied(
    NUMPY,
    {
        "tanh-for-sigmoid": [("1 / (1 + jnp.exp(-s2))", "jnp.tanh(s2)")],
        "leaky-slope": [("(s1 > 0)", "jnp.where(s1 > 0, 1, 0.01)")],
        "slope-of-the-wrong-side": [("(s1 > 0)", "(s1 < 0)")],
        "absolute-error": [("jnp.sum((t - o2) ** 2) / 2", "jnp.sum(jnp.abs(t - o2)) / 2")],
        "gradient-of-one-sample": [("delta1.T @ x", "jnp.outer(delta1[0], x[0])")],
        "sigmoid-of-the-opposite": [("jnp.exp(-s2)", "jnp.exp(s2)")],
        "clipped": [("W1 - epsilon * g1", "W1 - epsilon * jnp.clip(g1, -0.05, 0.05)")],
        "flattened": [("g1 = delta1.T @ x", "g1 = jnp.ravel(delta1.T @ x)")],
    },
)

JAX_GRAD = varied(
    GRAD,
    {
        "gradient-of-the-inputs": [
            (
                "jax.value_and_grad(energy)((W1, W2), x, t)",
                "energy((W1, W2), x, t), (jax.grad(energy, 1)((W1, W2), x, t),) * 2",
            )
        ],
        "another-energy-returned": [("return energy, history", "return (lambda *given: 2 * energy(*given)), history")],
        "gradient-of-the-first-step-only": [
            (
                "        E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)\n",
                "        E = energy((W1, W2), x, t)\n",
            ),
            ("    history = []", "    g1, g2 = jax.grad(energy)((W1, W2), x, t)\n    history = []"),
        ],
        "weights-swapped": [("W1, W2 = weights", "W2, W1 = weights"), ("energy)((W1, W2)", "energy)((W2, W1)")],
        "stopped-gradient": [("x @ W1.T)\n    o2", "x @ jax.lax.stop_gradient(W1).T)\n    o2")],
        "regularised": [("** 2) / 2", "** 2) / 2 + 0.1 * jnp.sum(W1**2)")],
        "mean-of-targets": [("(t - o2) ** 2", "(t.mean() - o2) ** 2")],
        "per-sample-energy": [
            ("    return jnp.sum((t - o2) ** 2) / 2", "    return jnp.sum((t - o2) ** 2, axis=1) / 2")
        ],
        "converted-to-float": [
            ("    return jnp.sum((t - o2) ** 2) / 2", "    return float(jnp.sum((t - o2) ** 2)) / 2")
        ],
    },
)

FLAX_MODULE = varied(
    FLAX,
    {
        "random-weights": [
            ('    params["params"]["first"]["kernel"] = W1.T\n    params["params"]["second"]["kernel"] = W2.T\n', "")
        ],
        "tanh-for-sigmoid": [("linen.sigmoid", "linen.tanh")],
        "gelu": [("linen.relu", "linen.gelu")],
        "one-layer": [
            (
                'o2 = linen.sigmoid(linen.Dense(self.features_2, use_bias=False, name="second")(o1))',
                "o2 = linen.sigmoid(o1)",
            )
        ],
        "weight-decay": [("w - epsilon * g", "0.99 * w - epsilon * g")],
        "sign-descent": [("w - epsilon * g", "w - epsilon * jnp.sign(g)")],
    },
)

UNNAMED = {
    "by_layers": BY_LAYERS,
    "sequential": SEQUENTIAL,
    "jax_numpy": JAX_NUMPY,
    "jax_grad": JAX_GRAD,
    "flax_module": FLAX_MODULE,
}
"""Wrong cells by task, named for the reader only."""
