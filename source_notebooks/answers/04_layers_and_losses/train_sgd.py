# %% frame
def train_sgd(network, criterion, x, y, learning_rate, epochs):
    ...

# %% right: list
losses = []
for epoch in range(epochs):
    total = 0
    for i in range(len(x)):
        p = network.forward(x[i:i+1])
        total += criterion.forward(p, y[i:i+1])
        network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))
        for layer in network.layers:
            if isinstance(layer, Linear):
                layer.weight -= learning_rate * layer.grad_weight
                layer.bias -= learning_rate * layer.grad_bias
    losses.append(total / len(x))
return losses

# %% right: array-and-rebinding
losses = np.zeros(epochs)
N, D = x.shape
for t in range(epochs):
    for n in range(N):
        xn, yn = x[n].reshape(1, -1), y[n].reshape(1, -1)
        out = network.forward(xn)
        losses[t] += criterion.forward(out, yn) / N
        network.backward(xn, criterion.backward(out, yn))
        for l in (network.layers[0], network.layers[2]):
            l.weight = l.weight - learning_rate * l.grad_weight
            l.bias = l.bias - learning_rate * l.grad_bias
return losses

# %% right: hasattr-and-zip
history = []
for _ in range(epochs):
    per_sample = []
    for sample, label in zip(x[:, None, :], y[:, None, :]):
        prediction = network.forward(sample)
        per_sample.append(criterion.forward(prediction, label))
        network.backward(sample, criterion.backward(prediction, label))
        for layer in network.layers:
            if hasattr(layer, "weight"):
                layer.weight += -learning_rate * layer.grad_weight
                layer.bias += -learning_rate * layer.grad_bias
    history.append(np.mean(per_sample))
return np.array(history)

# %% right: shuffled
rng = np.random.default_rng(0)
losses = []
for epoch in range(epochs):
    total = 0
    for i in rng.permutation(len(x)):
        p = network.forward(x[[i]])
        total += criterion.forward(p, y[[i]])
        network.backward(x[[i]], criterion.backward(p, y[[i]]))
        for layer in network.layers[::2]:
            layer.weight -= learning_rate * layer.grad_weight
            layer.bias -= learning_rate * layer.grad_bias
    losses.append(total / len(x))
return losses

# %% right: losses-after-each-epoch
losses = []
for epoch in range(epochs):
    for i in range(len(x)):
        p = network.forward(x[i:i+1])
        network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))
        for layer in network.layers[::2]:
            layer.weight -= learning_rate * layer.grad_weight
            layer.bias -= learning_rate * layer.grad_bias
    losses.append(criterion.forward(network.forward(x), y) / len(x))
return losses

# %% right: losses-before-each-epoch
changed("right: losses-after-each-epoch",
        ("(epochs):", "(epochs):\n        losses.append(criterion.forward(network.forward(x), y) / len(x))"),
        ("grad_bias\n        losses.append(criterion.forward(network.forward(x), y) / len(x))", "grad_bias"))

# %% right: losses-after-each-update
changed("right: losses-after-each-epoch", ("for i", "total = 0\n        for i"),
        ("p = network.forward(x[i:i+1])\n            network.backward(x[i:i+1], criterion.backward(p, y[i:i+1]))",
         "s, t = x[i:i+1], y[i:i+1]\n            network.backward(s, criterion.backward(network.forward(s), t))"),
        ("\n        losses.append(", "\n            total += "),
        ("(network.forward(x), y)", "(network.forward(s), t)\n        losses.append(total"))

# %% right: type-compared
losses = []
epoch = 0
while epoch < epochs:
    total = 0
    for i, (a, b) in enumerate(zip(x, y)):
        a, b = np.atleast_2d(a), np.atleast_2d(b)
        p = network.forward(a)
        total = total + criterion.forward(p, b)
        g = criterion.backward(p, b)
        network.backward(a, g)
        for layer in network.layers:
            if type(layer) is Linear:
                layer.weight -= learning_rate * layer.grad_weight
                layer.bias -= learning_rate * layer.grad_bias
    losses += [total / (i + 1)]
    epoch += 1
return losses

# %% mistake: network-not-updated
changed("right: list",
        ("            for layer in network.layers:\n                if isinstance(layer, Linear):\n                    layer.weight -= learning_rate * layer.grad_weight\n                    layer.bias -= learning_rate * layer.grad_bias\n",
         ""))

# %% mistake: bias-not-updated
changed("right: list", ("                    layer.bias -= learning_rate * layer.grad_bias\n", ""))
# %% mistake: weight-not-updated
changed("right: list", ("                    layer.weight -= learning_rate * layer.grad_weight\n", ""))
# %% mistake: last-layer-only
changed("right: list", ("in network.layers:", "in network.layers[2:]:"))
# %% mistake: first-layer-only
changed("right: list", ("in network.layers:", "in network.layers[:2]:"))
# %% mistake: ascent
changed("right: list", ("-= learning_rate", "+= learning_rate"))
# %% mistake: learning-rate-left-out
changed("right: list", ("-= learning_rate * ", "-= "))
# %% mistake: learning-rate-ignored
changed("right: list", ("-= learning_rate * ", "-= 0.1 * "))
# %% mistake: no-epoch
changed("right: list", ("range(epochs)", "range(epochs, 0)"))
# %% mistake: no-epoch/returned-too-early
changed("right: list", ("    losses = []\n", "    losses = []\n    return losses\n"))
# %% mistake: one-epoch-only
changed("right: list", ("    return losses", "        return losses"))
# %% mistake: one-epoch-too-few
changed("right: list", ("range(epochs)", "range(1, epochs)"))
# %% mistake: one-epoch-too-many
changed("right: list", ("range(epochs)", "range(epochs + 1)"))

# %% mistake: updated-at-the-end-of-the-epoch
changed("right: list",
        ("            for layer in network.layers:\n                if isinstance(layer, Linear):\n                    layer.weight -= learning_rate * layer.grad_weight\n                    layer.bias -= learning_rate * layer.grad_bias\n",
         "        for layer in network.layers:\n            if isinstance(layer, Linear):\n                layer.weight -= learning_rate * layer.grad_weight\n                layer.bias -= learning_rate * layer.grad_bias\n"))

# %% mistake: squared-error-built-in
changed("right: list", ("criterion.backward(p, y[i:i+1])", "2 * (p - y[i:i+1])"))
# %% mistake: prediction-and-label-swapped
changed("right: list", ("(p, y[i:i+1])", "(y[i:i+1], p)"))
# %% mistake: losses-not-averaged
changed("right: list", ("total / len(x)", "total"))
# %% mistake: losses-averaged-over-entries
changed("right: list", ("total / len(x)", "total / y.size"))

# %% mistake: last-loss-only
changed("right: list", ("total += criterion.forward(p, y[i:i+1])", "loss = criterion.forward(p, y[i:i+1])"),
        ("total / len(x)", "loss"))

# %% mistake: total-not-reset
changed("right: list", ("    losses = []\n", "    losses = []\n    total = 0\n"), ("        total = 0\n", ""))

# %% mistake: all-losses-returned
changed("right: list", ("total += criterion.forward(p, y[i:i+1])", "losses.append(criterion.forward(p, y[i:i+1]))"),
        ("        losses.append(total / len(x))\n", ""))

# %% mistake: losses-of-all-epochs-added-up
changed("right: list", ("return losses", "return sum(losses)"))
# %% mistake: last-epoch-returned
changed("right: list", ("losses.append(total / len(x))", "losses = [total / len(x)]"))
# %% mistake: first-sample-again-and-again
changed("right: list", ("[i:i+1]", "[:1]"))
# %% mistake: last-sample-skipped
changed("right: list", ("in range(len(x))", "in range(len(x) - 1)"))
# %% mistake: first-sample-skipped
changed("right: list", ("in range(len(x))", "in range(1, len(x))"))

# %% unnamed: gradients-clipped
changed("right: list", ("layer.grad_weight", "layer.grad_weight.clip(-0.1, 0.1)"))
# %% unnamed: weight-decay
changed("right: list", ("layer.grad_weight\n", "(layer.grad_weight + 0.1 * layer.weight)\n"))
# %% unnamed: learning-rate-decays
changed("right: list", ("        losses.append", "        learning_rate *= 0.9\n        losses.append"))
# %% unnamed: every-other-sample
changed("right: list", ("range(len(x))", "range(0, len(x), 2)"))
# %% unnamed: root-of-the-loss
changed("right: list", ("total / len(x)", "(total / len(x)) ** 0.5"))
# %% unnamed: input-scaled
changed("right: list", ("    losses = []\n", "    losses = []\n    x = x / x.max()\n"))
# %% unnamed: flat-samples
changed("right: list", ("x[i:i+1]", "x[i]"), ("y[i:i+1]", "y[i]"))
# %% unnamed: whole-data-set
changed("right: list", ("[i:i+1]", ""))
# %% unnamed: labels-of-the-next-sample
changed("right: list", ("y[i:i+1]", "y[i-1:i] if i else y[-1:]"))
# %% unnamed: nothing-returned
changed("right: list", ("    return losses", ""))
# %% unnamed: random-with-replacement
changed("right: list", ("for i in range(len(x)):", "for i in np.random.default_rng(0).integers(0, len(x), len(x)):"))
# %% unnamed: labels-not-shuffled
changed("right: shuffled", ("y[[i]]", "y[[len(x) - 1 - i]]"))
# %% unnamed: stops-early
changed("right: list", ("        losses.append", "        if epoch == 1:\n            break\n        losses.append"))

# %% slips
("every-other-sample", "batches: some left out")
("labels-not-shuffled", "labels_of: pairs broken")
("labels-of-the-next-sample", "labels_of: pairs broken")
("learning-rate-decays", "rate: shrinks by 0.9")
("random-with-replacement", "batches: some twice")
("root-of-the-loss", "recorded: root")

# %% equivalent: a TwoLayerNetwork ends with an activation, which has no parameters; a network that does not gets a note, as all code does that goes by the positions of layers
changed("solution", ("for layer in network.layers:", "for layer in list(network.layers)[:-1]:"))
# %% equivalent: the layers are updated independently of each other
changed("solution", ("for layer in network.layers:", "for layer in list(network.layers)[::-1]:"))

# %% equivalent: x and y have as many rows as each other
changed("solution", ("losses.append(total / len(x))", "losses.append(total / len(y))"))
changed("solution", ("for i in range(len(x)):", "for i in range(len(y)):"))

# %% equivalent: each sample has its turn once an epoch; any order of them is stochastic gradient descent, and gets a note
changed("solution", ("for i in range(len(x)):", "for i in list(range(len(x)))[::-1]:"))
