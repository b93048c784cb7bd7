"""Source text of example cells: a plain right cell for each task, and others that differ from it in a few places."""

from checks.example_cells import Change, changed

BY_LAYERS = """\
def by_layers(x, t, W1, W2, epsilon, steps):
    hidden = nn.Linear(W1.shape[1], W1.shape[0], bias=False)
    output = nn.Linear(W2.shape[1], W2.shape[0], bias=False)
    criterion = nn.MSELoss(reduction="sum")
    with torch.no_grad():
        hidden.weight.copy_(W1)
        output.weight.copy_(W2)
    history = []
    for step in range(steps):
        o1 = torch.relu(hidden(x))
        o2 = torch.sigmoid(output(o1))
        E = criterion(o2, t) / 2
        hidden.zero_grad()
        output.zero_grad()
        E.backward()
        with torch.no_grad():
            hidden.weight -= epsilon * hidden.weight.grad
            output.weight -= epsilon * output.weight.grad
        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))
    return history
"""

SEQUENTIAL = """\
def sequential(x, t, W1, W2, epsilon, steps):
    model = nn.Sequential(
        nn.Linear(W1.shape[1], W1.shape[0], bias=False),
        nn.ReLU(),
        nn.Linear(W2.shape[1], W2.shape[0], bias=False),
        nn.Sigmoid(),
    )
    with torch.no_grad():
        model[0].weight.copy_(W1)
        model[2].weight.copy_(W2)
    criterion = nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=epsilon)
    history = []
    for step in range(steps):
        optimizer.zero_grad()
        o1 = model[:2](x)
        o2 = model(x)
        E = criterion(o2, t) / 2
        E.backward()
        optimizer.step()
        history.append(record(o1, o2, E, model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight))
    return model, history
"""

JAX_NUMPY = """\
def jax_numpy(x, t, W1, W2, epsilon, steps):
    history = []
    for step in range(steps):
        s1 = x @ W1.T
        o1 = jnp.maximum(0, s1)
        s2 = o1 @ W2.T
        o2 = 1 / (1 + jnp.exp(-s2))
        E = jnp.sum((t - o2) ** 2) / 2
        delta2 = (o2 - t) * o2 * (1 - o2)
        delta1 = (delta2 @ W2) * (s1 > 0)
        g1 = delta1.T @ x
        g2 = delta2.T @ o1
        W1 = W1 - epsilon * g1
        W2 = W2 - epsilon * g2
        history.append(record(o1, o2, E, g1, g2, W1, W2))
    return history
"""

JAX_GRAD = """\
@jax.jit
def energy(weights, x, t):
    W1, W2 = weights
    o1 = jnp.maximum(0, x @ W1.T)
    o2 = jax.nn.sigmoid(o1 @ W2.T)
    return jnp.sum((t - o2) ** 2) / 2


def jax_grad(x, t, W1, W2, epsilon, steps):
    history = []
    for step in range(steps):
        o1 = jnp.maximum(0, x @ W1.T)
        o2 = jax.nn.sigmoid(o1 @ W2.T)
        E, (g1, g2) = jax.value_and_grad(energy)((W1, W2), x, t)
        W1 = W1 - epsilon * g1
        W2 = W2 - epsilon * g2
        history.append(record(o1, o2, E, g1, g2, W1, W2))
    return energy, history
"""

FLAX_MODULE = """\
class Perceptron(linen.Module):
    features_1: int
    features_2: int

    @linen.compact
    def __call__(self, x):
        o1 = linen.relu(linen.Dense(self.features_1, use_bias=False, name="first")(x))
        o2 = linen.sigmoid(linen.Dense(self.features_2, use_bias=False, name="second")(o1))
        return o1, o2


@partial(jax.jit, static_argnums=0)
def energy_of(model, params, x, t):
    o1, o2 = model.apply(params, x)
    return jnp.sum((t - o2) ** 2) / 2, (o1, o2)


def flax_module(x, t, W1, W2, epsilon, steps):
    model = Perceptron(W1.shape[0], W2.shape[0])
    params = model.init(jax.random.key(0), x)
    params["params"]["first"]["kernel"] = W1.T
    params["params"]["second"]["kernel"] = W2.T
    history = []
    for step in range(steps):
        (E, (o1, o2)), grads = jax.value_and_grad(energy_of, argnums=1, has_aux=True)(model, params, x, t)
        params = jax.tree.map(lambda w, g: w - epsilon * g, params, grads)
        g1, g2 = grads["params"]["first"]["kernel"].T, grads["params"]["second"]["kernel"].T
        new1, new2 = params["params"]["first"]["kernel"].T, params["params"]["second"]["kernel"].T
        history.append(record(o1, o2, E, g1, g2, new1, new2))
    return model, params, history
"""


def varied(cell: str, variations: dict[str, list[Change]]) -> dict[str, str]:
    """Return a cell in several variations by name."""
    return {name: changed(cell, *changes) for name, changes in variations.items()}
