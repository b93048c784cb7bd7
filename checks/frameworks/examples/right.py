"""Right solutions in many styles, each a student's whole cell: a check has to accept every one of them."""

from .plain_cells import BY_LAYERS as LAYERS
from .plain_cells import FLAX_MODULE as FLAX
from .plain_cells import JAX_GRAD as GRAD
from .plain_cells import JAX_NUMPY as NUMPY
from .plain_cells import SEQUENTIAL as MODEL
from .plain_cells import varied

_ZERO = "        hidden.zero_grad()\n        output.zero_grad()\n"
_RECORD = "record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight)"
_UPDATE = """        with torch.no_grad():
            hidden.weight -= epsilon * hidden.weight.grad
            output.weight -= epsilon * output.weight.grad
"""

BY_LAYERS = varied(
    LAYERS,
    {
        "plain": [],
        "data": [
            (_UPDATE, _UPDATE.replace("with torch.no_grad()", "if True").replace(".weight -=", ".weight.data -="))
        ],
        "zeroed-in-place": [
            (_ZERO, ""),
            (
                "        history.append",
                "        g1, g2 = hidden.weight.grad.clone(), output.weight.grad.clone()\n"
                "        hidden.weight.grad.zero_()\n        output.weight.grad = None\n        history.append",
            ),
            ("hidden.weight.grad, output.weight.grad, hidden", "g1, g2, hidden"),
        ],
        "functional": [
            ("torch.relu(hidden(x))", "nn.functional.relu(nn.functional.linear(x, hidden.weight))"),
            ("criterion(o2, t) / 2", "nn.functional.mse_loss(o2, t, reduction='sum') / 2"),
        ],
        "written-out": [
            ("torch.relu(hidden(x))", "(x @ hidden.weight.T).clamp(min=0)"),
            ("torch.sigmoid(output(o1))", "1 / (1 + torch.exp(-output(o1)))"),
            ("criterion(o2, t) / 2", "((t - o2) ** 2).sum() / 2"),
        ],
        "parameters": [
            ("        hidden.weight.copy_(W1)", "        hidden.weight = nn.Parameter(W1.clone())"),
            ("        output.weight.copy_(W2)", "        output.weight = nn.Parameter(W2.clone())"),
        ],
        "autograd-grad": [
            (
                _ZERO + "        E.backward()\n",
                "        g1, g2 = torch.autograd.grad(E, [hidden.weight, output.weight])\n",
            ),
            ("hidden.weight.grad", "g1"),
            ("output.weight.grad", "g2"),
        ],
        "optimiser": [
            (
                "    history = []",
                "    sgd = torch.optim.SGD([hidden.weight, output.weight], lr=epsilon)\n    history = []",
            ),
            (_UPDATE, "        sgd.step()\n"),
        ],
        "mean-scaled": [('nn.MSELoss(reduction="sum")', "nn.MSELoss()"), ("t) / 2", "t) * t.numel() / 2")],
        "swapped-loss-arguments": [("criterion(o2, t)", "criterion(t, o2)")],
        "tuples": [(_RECORD, f"tuple({_RECORD})")],
        "deque": [("return history", "return __import__('collections').deque(history)")],
        "weights-as-new-parameters": [
            (
                _UPDATE,
                "        g1, g2 = hidden.weight.grad.clone(), output.weight.grad.clone()\n"
                "        hidden.weight = nn.Parameter(hidden.weight.detach() - epsilon * g1)\n"
                "        output.weight = nn.Parameter(output.weight.detach() - epsilon * g2)\n",
            ),
            ("hidden.weight.grad, output.weight.grad, hidden", "g1, g2, hidden"),
        ],
        "dictionaries": [(_RECORD, f"{_RECORD}._asdict()")],
        "numpy-records": [
            (
                _RECORD,
                _RECORD.replace("record(", "tuple(v.detach().numpy().copy() for v in (").replace("weight)", "weight))"),
            )
        ],
        "loss-as-a-number": [("record(o1, o2, E,", "record(o1, o2, E.item(),")],
        "single-precision": [
            ("bias=False)", "bias=False, dtype=torch.float32)"),
            ("    history = []", "    x, t = x.float(), t.float()\n    history = []"),
        ],
        "loop-over-layers": [
            (
                _UPDATE,
                "        with torch.no_grad():\n            for layer in (hidden, output):\n"
                "                layer.weight.sub_(epsilon * layer.weight.grad)\n",
            ),
        ],
    },
)

_MODEL_RECORD = "model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight"

SEQUENTIAL = varied(
    MODEL,
    {
        "plain": [],
        "zero-grad-before-backward": [
            ("        optimizer.zero_grad()\n", ""),
            ("        E.backward()", "        optimizer.zero_grad()\n        E.backward()"),
        ],
        "zero-grad-of-the-model": [("optimizer.zero_grad()", "model.zero_grad()")],
        "zero-grad-at-the-end": [
            ("        optimizer.zero_grad()\n", ""),
            ("    return model", "        optimizer.zero_grad()\n    return model"),
        ],
        "pair-swapped": [("return model, history", "return history, model")],
        "ordered-dict": [
            ("nn.Sequential(\n", "nn.Sequential(__import__('collections').OrderedDict(hidden="),
            ("        nn.ReLU()", "        relu=nn.ReLU()"),
            ("        nn.Linear(W2", "        output=nn.Linear(W2"),
            ("        nn.Sigmoid(),\n    )", "        sigmoid=nn.Sigmoid(),\n    ))"),
        ],
        "hidden-from-a-hook": [
            (
                "    history = []",
                "    seen = []\n    model[1].register_forward_hook(lambda m, i, o: seen.append(o))\n    history = []",
            ),
            ("o1 = model[:2](x)", "seen.clear()"),
            ("record(o1,", "record(seen[0],"),
        ],
        "layers-called-in-turn": [
            ("o1 = model[:2](x)", "o1 = model[1](model[0](x))"),
            ("o2 = model(x)", "o2 = model[3](model[2](o1))"),
        ],
        "lists-of-parameters": [
            (_MODEL_RECORD, "*[p.grad for p in model.parameters()], *model.parameters()"),
        ],
        "state-dict": [
            (
                "    with torch.no_grad():\n        model[0].weight.copy_(W1)\n        model[2].weight.copy_(W2)\n",
                "    model.load_state_dict({'0.weight': W1, '2.weight': W2})\n",
            )
        ],
        "closure": [
            ("        optimizer.step()", "        optimizer.step(lambda: E)"),
        ],
        "own-optimiser-class": [("torch.optim.SGD(", "type('Mine', (torch.optim.SGD,), {})(")],
        "nested": [
            ("    criterion", "    model = nn.Sequential(model[0], model[1], model[2], model[3])\n    criterion"),
        ],
    },
)

JAX_NUMPY = varied(
    NUMPY,
    {
        "plain": [],
        "relu-by-where": [("jnp.maximum(0, s1)", "jnp.where(s1 > 0, s1, 0.0)")],
        "library-functions": [
            ("jnp.maximum(0, s1)", "jax.nn.relu(s1)"),
            ("1 / (1 + jnp.exp(-s2))", "jax.nn.sigmoid(s2)"),
        ],
        "slope-from-the-exponential": [("o2 * (1 - o2)", "jnp.exp(-s2) / (1 + jnp.exp(-s2)) ** 2")],
        "einsum": [
            ("delta1.T @ x", "jnp.einsum('nh,ni->hi', delta1, x)"),
            ("delta2.T @ o1", "jnp.einsum('no,nh->oh', delta2, o1)"),
        ],
        "outer-products": [
            ("delta1.T @ x", "sum(jnp.outer(d, v) for d, v in zip(delta1, x))"),
            ("delta2.T @ o1", "sum(jnp.outer(d, v) for d, v in zip(delta2, o1))"),
        ],
        "columns": [
            ("x @ W1.T", "(W1 @ x.T).T"),
            ("(delta2 @ W2)", "(W2.T @ delta2.T).T"),
        ],
        "negative-error-signals": [
            ("(o2 - t) *", "(t - o2) *"),
            ("delta1.T @", "-delta1.T @"),
            ("delta2.T @", "-delta2.T @"),
        ],
        "scan": [
            (
                "    history = []\n    for step in range(steps):\n",
                "    def one(weights, _):\n        W1, W2 = weights\n",
            ),
            (
                "        history.append(record(o1, o2, E, g1, g2, W1, W2))\n    return history",
                "        return (W1, W2), (o1, o2, E, g1, g2, W1, W2)\n\n"
                "    _, all_steps = jax.lax.scan(one, (W1, W2), None, length=steps)\n"
                "    return [record(*(values[step] for values in all_steps)) for step in range(steps)]",
            ),
        ],
        "at-set": [("W1 = W1 - epsilon * g1", "W1 = W1.at[:].add(-epsilon * g1)")],
        "sign": [("(s1 > 0)", "jnp.sign(o1)")],
        "one-at-zero": [("(s1 > 0)", "(s1 >= 0)")],
        "tuples": [("record(o1, o2, E, g1, g2, W1, W2)", "(o1, o2, E, g1, g2, W1, W2)")],
    },
)

JAX_GRAD = varied(
    GRAD,
    {
        "plain": [],
        "not-compiled": [("@jax.jit\n", "")],
        "grad-and-value-apart": [
            (
                "E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
                "E = energy((W1, W2), x, t)\n        g1, g2 = jax.grad(energy)((W1, W2), x, t)",
            )
        ],
        "compiled-once": [
            ("@jax.jit\n", ""),
            ("\n\ndef jax_grad", "\n\nboth = jax.jit(jax.value_and_grad(energy))\n\n\ndef jax_grad"),
            ("jax.value_and_grad(energy)((W1", "both((W1"),
        ],
        "defined-inside": [
            (
                "    history = []",
                "    def inner(weights, x, t):\n        return energy(weights, x, t)\n\n    history = []",
            ),
            ("jax.value_and_grad(energy)", "jax.value_and_grad(inner)"),
            ("return energy, history", "return inner, history"),
        ],
        "imported": [
            ("@jax.jit\n", "from jax import grad, jit, vmap\n\n\n@jit\n"),
            (
                "E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
                "E = energy((W1, W2), x, t)\n        g1, g2 = grad(energy)((W1, W2), x, t)",
            ),
        ],
        "vjp": [
            (
                "E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)",
                "E, back = jax.vjp(lambda w: energy(w, x, t), (W1, W2))\n        ((g1, g2),) = back(jnp.ones_like(E))",
            )
        ],
        "list-of-weights": [("W1, W2 = weights", "W1, W2 = list(weights)")],
        "tree-map": [
            ("        W1 = W1 - epsilon * g1\n", ""),
            ("W2 = W2 - epsilon * g2", "W1, W2 = jax.tree.map(lambda w, g: w - epsilon * g, (W1, W2), (g1, g2))"),
        ],
        "not-returned-itself": [("return energy, history", "return (lambda w, x, t: energy(w, x, t)), history")],
        "argnums": [
            (
                "jax.value_and_grad(energy)((W1, W2), x, t)",
                "jax.value_and_grad(lambda a, b: energy((a, b), x, t), argnums=(0, 1))(W1, W2)",
            )
        ],
        "pair-swapped": [("return energy, history", "return history, energy")],
    },
)

FLAX_MODULE = varied(
    FLAX,
    {
        "plain": [],
        "not-compiled": [("@partial(jax.jit, static_argnums=0)\n", "")],
        "other-names": [('"first"', '"z_hidden"'), ('"second"', '"a_output"')],
        "no-names": [
            (', name="first"', ""),
            (', name="second"', ""),
            ('"first"', '"Dense_0"'),
            ('"second"', '"Dense_1"'),
        ],
        "params-written-down": [
            (
                '    params["params"]["first"]["kernel"] = W1.T\n    params["params"]["second"]["kernel"] = W2.T\n',
                '    params = {"params": {"first": {"kernel": W1.T}, "second": {"kernel": W2.T}}}\n',
            )
        ],
        "inner-params-returned": [("return model, params, history", 'return model, params["params"], history')],
        "tree-util": [("jax.tree.map", "jax.tree_util.tree_map")],
        "loss-in-the-loop": [
            (
                "jax.value_and_grad(energy_of, argnums=1, has_aux=True)(model, params, x, t)",
                "jax.value_and_grad(lambda p: energy_of(model, p, x, t), has_aux=True)(params)",
            )
        ],
        "setup": [
            (
                "    @linen.compact\n    def __call__",
                "    def setup(self):\n"
                "        self.first = linen.Dense(self.features_1, use_bias=False)\n"
                "        self.second = linen.Dense(self.features_2, use_bias=False)\n\n    def __call__",
            ),
            ('linen.Dense(self.features_1, use_bias=False, name="first")(x)', "self.first(x)"),
            ('linen.Dense(self.features_2, use_bias=False, name="second")(o1)', "self.second(o1)"),
        ],
        "outputs-only": [
            ("return o1, o2\n\n\n@partial", "return o2\n\n\n@partial"),
            (
                "o1, o2 = model.apply(params, x)",
                'o2 = model.apply(params, x)\n    o1 = linen.relu(x @ params["params"]["first"]["kernel"])',
            ),
        ],
    },
)

RIGHT = {
    "by_layers": BY_LAYERS,
    "sequential": SEQUENTIAL,
    "jax_numpy": JAX_NUMPY,
    "jax_grad": JAX_GRAD,
    "flax_module": FLAX_MODULE,
}
"""Right cells by task and style."""
