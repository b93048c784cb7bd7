"""Wrong solutions, each a student's whole cell that makes exactly the mistake of its label and no other.

Longer than 400 lines where it must be, because it is data.
"""

from checks.example_cells import Change

from .plain_cells import BY_LAYERS as LAYERS
from .plain_cells import FLAX_MODULE as FLAX
from .plain_cells import JAX_GRAD as GRAD
from .plain_cells import JAX_NUMPY as NUMPY
from .plain_cells import SEQUENTIAL as MODEL
from .plain_cells import varied

_SUM = 'criterion = nn.MSELoss(reduction="sum")'

_TORCH_LOSS: dict[str, list[Change]] = {
    "loss-mean": [(_SUM, "criterion = nn.MSELoss()"), ("t) / 2", "t)")],
    "loss-mean-halved": [(_SUM, "criterion = nn.MSELoss()")],
    "loss-mean-over-samples": [("t) / 2", "t) / 2 / len(x)")],
    "loss-not-halved": [("t) / 2", "t)")],
}

_LAYERS_UPDATE = """            hidden.weight -= epsilon * hidden.weight.grad
            output.weight -= epsilon * output.weight.grad
"""
_LAYERS_RECORD = (
    "        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))\n"
)
_LAYERS_COPY = "hidden.weight.copy_(W1)\n        output.weight.copy_(W2)\n"
_LAYERS_ZERO = "        hidden.zero_grad()\n        output.zero_grad()\n"

BY_LAYERS = varied(
    LAYERS,
    {
        "relu-left-out": [("torch.relu(hidden(x))", "hidden(x)")],
        "relu-at-one": [("torch.relu(hidden(x))", "torch.clamp(hidden(x), min=1)")],
        "sigmoid-in-the-hidden-layer": [("torch.relu", "torch.sigmoid")],
        "output-activation-left-out": [("torch.sigmoid(output(o1))", "output(o1)")],
        "relu-at-the-output": [("torch.sigmoid", "torch.relu")],
        **_TORCH_LOSS,
        "negative-gradient": [("hidden.weight.grad, output.weight.grad,", "-hidden.weight.grad, -output.weight.grad,")],
        "step-for-gradient": [
            ("hidden.weight.grad, output.weight.grad,", "epsilon * hidden.weight.grad, epsilon * output.weight.grad,")
        ],
        "zero-grad-forgotten": [(_LAYERS_ZERO, "")],
        "gradient-cleared-before-recorded": [
            (_LAYERS_ZERO, ""),
            ("        history.append", f"{_LAYERS_ZERO}        history.append"),
        ],
        "ascent": [("weight -= ", "weight += ")],
        "learning-rate-left-out": [("epsilon * ", "")],
        "learning-rate-left-out/fixed": [("epsilon * ", "1.0 * ")],
        "first-layer-not-updated": [("            hidden.weight -= epsilon * hidden.weight.grad\n", "")],
        "last-layer-not-updated": [("            output.weight -= epsilon * output.weight.grad\n", "")],
        "nothing-updated": [
            ("            hidden.weight -=", "            w1 = hidden.weight -"),
            ("output.weight -=", "w2 = output.weight -"),
        ],
        "weights-recorded-before-the-update": [
            (_LAYERS_RECORD, ""),
            (
                "        with torch.no_grad():\n            hidden",
                f"{_LAYERS_RECORD}        with torch.no_grad():\n            hidden",
            ),
        ],
        "starts-anew": [
            (f"    with torch.no_grad():\n        {_LAYERS_COPY}", ""),
            (
                "        o1 =",
                "        with torch.no_grad():\n            hidden.weight.copy_(W1)\n"
                "            output.weight.copy_(W2)\n        o1 =",
            ),
        ],
        "weights-not-copied": [("record(o1", "Record(o1")],
    },
)

_MODEL_RECORD = "model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight"

SEQUENTIAL = varied(
    MODEL,
    {
        "relu-left-out": [("nn.ReLU()", "nn.Identity()")],
        "relu-at-one": [("nn.ReLU()", "nn.Threshold(1, 1)")],
        "sigmoid-in-the-hidden-layer": [("nn.ReLU()", "nn.Sigmoid()")],
        "output-activation-left-out": [("nn.Sigmoid(),", "nn.Identity(),")],
        "output-activation-left-out/three-parts": [("        nn.Sigmoid(),\n", "")],
        "relu-at-the-output": [("nn.Sigmoid(),", "nn.ReLU(),")],
        **_TORCH_LOSS,
        "negative-gradient": [
            ("model[0].weight.grad, model[2].weight.grad,", "-model[0].weight.grad, -model[2].weight.grad,")
        ],
        "step-for-gradient": [
            (
                "model[0].weight.grad, model[2].weight.grad,",
                "epsilon * model[0].weight.grad, epsilon * model[2].weight.grad,",
            )
        ],
        "zero-grad-forgotten": [("        optimizer.zero_grad()\n", "")],
        "zero-grad-forgotten/before-the-loop": [
            ("        optimizer.zero_grad()\n", ""),
            ("    history = []", "    optimizer.zero_grad()\n    history = []"),
        ],
        "gradient-cleared-before-recorded": [("optimizer.step()", "optimizer.step()\n        optimizer.zero_grad()")],
        "ascent": [("lr=epsilon", "lr=epsilon, maximize=True")],
        "learning-rate-left-out": [("lr=epsilon", "lr=1")],
        "first-layer-not-updated": [
            ("model.parameters()", "model[2].parameters()"),
            ("optimizer.zero_grad", "model.zero_grad"),
        ],
        "last-layer-not-updated": [
            ("model.parameters()", "model[0].parameters()"),
            ("optimizer.zero_grad", "model.zero_grad"),
        ],
        "nothing-updated": [("        optimizer.step()\n", "")],
        "weights-recorded-before-the-update": [
            ("        optimizer.step()\n", ""),
            ("    return", "        optimizer.step()\n    return"),
        ],
        "starts-anew": [
            (
                "        optimizer.zero_grad()\n",
                "        optimizer.zero_grad()\n        with torch.no_grad():\n"
                "            model[0].weight.copy_(W1)\n            model[2].weight.copy_(W2)\n",
            )
        ],
        "momentum": [("lr=epsilon", "lr=epsilon, momentum=0.9")],
        "adam": [("optim.SGD", "optim.Adam")],
        "updated-twice": [("optimizer.step()", "optimizer.step()\n        optimizer.step()")],
        "updated-twice/once-by-hand": [
            (
                "optimizer.step()",
                "optimizer.step()\n        with torch.no_grad():\n            for p in model.parameters():\n"
                "                p -= epsilon * p.grad",
            )
        ],
        "weights-not-copied": [("record(o1", "Record(o1")],
        "model-not-trained": [
            ("    criterion", "    given = copy.deepcopy(model)\n    criterion"),
            ("return model", "return given"),
        ],
        "model-not-trained/records-of-the-section-before": [
            ("    history = []\n", "    history = by_layers(x, t, W1, W2, epsilon, steps)\n"),
            ("    for step in range(steps):\n", "    if False:\n"),
        ],
    },
)

_JAX_UPDATE: dict[str, list[Change]] = {
    "negative-gradient": [("record(o1, o2, E, g1, g2", "record(o1, o2, E, -g1, -g2")],
    "step-for-gradient": [("record(o1, o2, E, g1, g2", "record(o1, o2, E, epsilon * g1, epsilon * g2")],
    "ascent": [("W1 - epsilon", "W1 + epsilon"), ("W2 - epsilon", "W2 + epsilon")],
    "learning-rate-left-out": [("epsilon * g", "g")],
    "first-layer-not-updated": [("        W1 = W1 - epsilon * g1\n", "")],
    "last-layer-not-updated": [("        W2 = W2 - epsilon * g2\n", "")],
    "nothing-updated": [("        W1 = W1 -", "        W1 -"), ("        W2 = W2 -", "        W2 -")],
    "weights-recorded-before-the-update": [
        ("        W1 = W1 -", "        new1 = W1 -"),
        ("        W2 = W2 -", "        new2 = W2 -"),
        ("W1, W2))\n", "W1, W2))\n        W1, W2 = new1, new2\n"),
    ],
    "starts-anew": [
        ("        W1 = W1 -", "        new1 = W1 -"),
        ("        W2 = W2 -", "        new2 = W2 -"),
        ("W1, W2))\n", "new1, new2))\n"),
    ],
}

JAX_NUMPY = varied(
    NUMPY,
    {
        "relu-left-out": [("jnp.maximum(0, s1)", "s1")],
        "relu-at-one": [("jnp.maximum(0, s1)", "jnp.maximum(1, s1)")],
        "sigmoid-in-the-hidden-layer": [("jnp.maximum(0, s1)", "1 / (1 + jnp.exp(-s1))")],
        "output-activation-left-out": [
            ("1 / (1 + jnp.exp(-s2))", "s2"),
            ("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2"),
        ],
        "relu-at-the-output": [
            ("1 / (1 + jnp.exp(-s2))", "jnp.maximum(0, s2)"),
            ("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2"),
        ],
        "loss-mean": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2)")],
        "loss-mean-halved": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2) / 2")],
        "loss-mean-over-samples": [("** 2) / 2", "** 2) / (2 * len(x))")],
        "loss-not-halved": [("** 2) / 2", "** 2)")],
        **_JAX_UPDATE,
        "relu-derivative-left-out": [(" * (s1 > 0)", "")],
        "sigmoid-derivative-left-out": [(" * o2 * (1 - o2)", "")],
        "sigmoid-derivative-of-the-output": [("* o2 * (1 - o2)", "* jnp.exp(-o2) / (1 + jnp.exp(-o2)) ** 2")],
        "constant-slope": [("o2 * (1 - o2)", "0.25")],
        "error-signal-negated": [("(o2 - t)", "(t - o2)")],
        "weights-transposed": [("delta2 @ W2)", "delta2 @ W2.T)")],
        "updated-weights-used": [
            ("        delta1 =", "        g2 = delta2.T @ o1\n        W2 = W2 - epsilon * g2\n        delta1 ="),
            ("        g1 = delta1.T @ x\n        g2 = delta2.T @ o1\n", "        g1 = delta1.T @ x\n"),
            ("        W1 = W1 - epsilon * g1\n        W2 = W2 - epsilon * g2\n", "        W1 = W1 - epsilon * g1\n"),
        ],
    },
)

_VALUE_AND_GRAD = "jax.value_and_grad(energy)((W1, W2), x, t)"

JAX_GRAD = varied(
    GRAD,
    {
        "relu-left-out": [("jnp.maximum(0, x @ W1.T)", "x @ W1.T")],
        "relu-at-one": [("jnp.maximum(0, x @ W1.T)", "jnp.maximum(1, x @ W1.T)")],
        "sigmoid-in-the-hidden-layer": [("jnp.maximum(0, x @ W1.T)", "jax.nn.sigmoid(x @ W1.T)")],
        "output-activation-left-out": [("jax.nn.sigmoid(o1 @ W2.T)", "o1 @ W2.T")],
        "relu-at-the-output": [("jax.nn.sigmoid", "jax.nn.relu")],
        "loss-mean": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2)")],
        "loss-mean-halved": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2) / 2")],
        "loss-mean-over-samples": [("** 2) / 2", "** 2) / (2 * len(x))")],
        "loss-not-halved": [("** 2) / 2", "** 2)")],
        **_JAX_UPDATE,
        "energy-ignores-its-weights": [
            ("@jax.jit\n", ""),
            ("def energy(weights, x, t):\n    W1, W2 = weights\n", "def energy(weights, x, t, W1=None, W2=None):\n"),
            (
                "    history = []",
                "    first, second = W1, W2\n    closed = lambda w, x, t: energy(w, x, t, first, second)\n"
                "    history = []",
            ),
            ("value_and_grad(energy)", "value_and_grad(closed)"),
            ("return energy", "return closed"),
        ],
    },
)

FLAX_MODULE = varied(
    FLAX,
    {
        "relu-left-out": [("linen.relu(", "(")],
        "relu-at-one": [("linen.relu(", "jnp.maximum(1, ")],
        "sigmoid-in-the-hidden-layer": [("linen.relu(", "linen.sigmoid(")],
        "output-activation-left-out": [("linen.sigmoid(", "(")],
        "relu-at-the-output": [("linen.sigmoid(", "linen.relu(")],
        "loss-mean": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2)")],
        "loss-mean-halved": [("jnp.sum((t - o2) ** 2) / 2", "jnp.mean((t - o2) ** 2) / 2")],
        "loss-mean-over-samples": [("** 2) / 2", "** 2) / 2 / len(x)")],
        "loss-not-halved": [("** 2) / 2", "** 2)")],
        "negative-gradient": [("record(o1, o2, E, g1, g2", "record(o1, o2, E, -g1, -g2")],
        "step-for-gradient": [("record(o1, o2, E, g1, g2", "record(o1, o2, E, epsilon * g1, epsilon * g2")],
        "ascent": [("w - epsilon * g", "w + epsilon * g")],
        "learning-rate-left-out": [("w - epsilon * g", "w - g")],
        "first-layer-not-updated": [
            (", params, grads)\n", ', params, grads)\n        params["params"]["first"]["kernel"] = W1.T\n')
        ],
        "last-layer-not-updated": [
            (", params, grads)\n", ', params, grads)\n        params["params"]["second"]["kernel"] = W2.T\n')
        ],
        "nothing-updated": [("        params = jax.tree.map", "        jax.tree.map")],
        "weights-recorded-before-the-update": [
            ("        params = jax.tree.map", "        updated = jax.tree.map"),
            ("new1, new2))\n", "new1, new2))\n        params = updated\n"),
        ],
        "starts-anew": [
            (
                "    for step in range(steps):\n",
                "    start = params\n    for step in range(steps):\n        params = start\n",
            )
        ],
        "kernel-not-transposed": [
            ('["kernel"] = W1.T', '["kernel"] = W1'),
            ('["kernel"] = W2.T', '["kernel"] = W2'),
            ('["kernel"].T', '["kernel"]'),
        ],
        "gradient-not-transposed": [
            ('grads["params"]["first"]["kernel"].T', 'grads["params"]["first"]["kernel"]'),
            ('grads["params"]["second"]["kernel"].T', 'grads["params"]["second"]["kernel"]'),
        ],
        "weights-not-transposed": [
            ('= params["params"]["first"]["kernel"].T', '= params["params"]["first"]["kernel"]'),
            (', params["params"]["second"]["kernel"].T', ', params["params"]["second"]["kernel"]'),
        ],
        "biases-learned": [(", use_bias=False", "")],
        "model-not-trained": [
            ("    history = []", "    given = params\n    history = []"),
            ("return model, params,", "return model, given,"),
        ],
    },
)

MISTAKES = {
    "by_layers": BY_LAYERS,
    "sequential": SEQUENTIAL,
    "jax_numpy": JAX_NUMPY,
    "jax_grad": JAX_GRAD,
    "flax_module": FLAX_MODULE,
}
"""Wrong cells by task and label, or label and variant."""
