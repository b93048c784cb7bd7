# %% frame
def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
    ...

# %% right: slices
losses = []
for epoch in range(epochs):
    total = 0
    for k in range(0, len(x), batch_size):
        xb, yb = x[k:k+batch_size], y[k:k+batch_size]
        p = network.forward(xb)
        total += criterion.forward(p, yb)
        network.backward(xb, criterion.backward(p, yb))
        for layer in network.layers:
            if isinstance(layer, Linear):
                layer.weight -= learning_rate * layer.grad_weight
                layer.bias -= learning_rate * layer.grad_bias
    losses.append(total / len(x))
return losses

# %% right: ceil
losses = np.zeros(epochs)
batches = int(np.ceil(len(x) / batch_size))
for t in range(epochs):
    for b in range(batches):
        rows = slice(b * batch_size, min((b + 1) * batch_size, len(x)))
        p = network.forward(x[rows])
        losses[t] += criterion.forward(p, y[rows])
        network.backward(x[rows], criterion.backward(p, y[rows]))
        for layer in network.layers:
            if isinstance(layer, BatchLinear):
                layer.weight = layer.weight - learning_rate * layer.grad_weight
                layer.bias = layer.bias - learning_rate * layer.grad_bias
return losses / len(x)

# %% right: array-split
cuts = np.arange(batch_size, len(x), batch_size)
losses = []
for _ in range(epochs):
    total = 0
    for xb, yb in zip(np.split(x, cuts), np.split(y, cuts)):
        p = network.forward(xb)
        total += criterion.forward(p, yb)
        network.backward(xb, criterion.backward(p, yb))
        for layer in network.layers[::2]:
            layer.weight -= learning_rate * layer.grad_weight
            layer.bias -= learning_rate * layer.grad_bias
    losses.append(total / x.shape[0])
return losses

# %% right: shuffled
losses = []
for epoch in range(epochs):
    order = np.random.permutation(len(x))
    total = 0
    for k in range(0, len(x), batch_size):
        rows = order[k : k + batch_size]
        p = network.forward(x[rows])
        total += criterion.forward(p, y[rows])
        network.backward(x[rows], criterion.backward(p, y[rows]))
        for layer in network.layers:
            if hasattr(layer, "weight"):
                layer.weight -= learning_rate * layer.grad_weight
                layer.bias -= learning_rate * layer.grad_bias
    losses.append(total / len(x))
return losses

# %% right: while-loop
losses = []
for epoch in range(epochs):
    start, total = 0, 0.0
    while start < len(x):
        stop = start + batch_size
        p = network.forward(x[start:stop])
        total += criterion.forward(p, y[start:stop])
        network.backward(x[start:stop], criterion.backward(p, y[start:stop]))
        for l in [network.layers[0], network.layers[2]]:
            l.weight -= learning_rate * l.grad_weight
            l.bias -= learning_rate * l.grad_bias
        start = stop
    losses.append(total / len(x))
return losses

# %% right: weighted-means
losses = []
for epoch in range(epochs):
    means, sizes = [], []
    for k in range(0, len(x), batch_size):
        xb, yb = x[k:k+batch_size], y[k:k+batch_size]
        p = network.forward(xb)
        means.append(criterion.forward(p, yb) / len(xb))
        sizes.append(len(xb))
        network.backward(xb, criterion.backward(p, yb))
        for layer in network.layers[::2]:
            layer.weight -= learning_rate * layer.grad_weight
            layer.bias -= learning_rate * layer.grad_bias
    losses.append(np.average(means, weights=sizes))
return losses

# %% right: losses-after-each-epoch
changed("right: weighted-means", ("\n        means, sizes = [], []", ""),
        ("means.append(criterion.forward(p, yb) / len(xb))\n            sizes.append(len(xb))\n            ", ""),
        ("np.average(means, weights=sizes)", "criterion.forward(network.forward(x), y) / len(x)"))

# %% mistake: network-not-updated
changed("right: slices",
        ("            for layer in network.layers:\n                if isinstance(layer, Linear):\n                    layer.weight -= learning_rate * layer.grad_weight\n                    layer.bias -= learning_rate * layer.grad_bias\n",
         ""))

# %% mistake: bias-not-updated
changed("right: slices", ("                    layer.bias -= learning_rate * layer.grad_bias\n", ""))
# %% mistake: weight-not-updated
changed("right: slices", ("                    layer.weight -= learning_rate * layer.grad_weight\n", ""))
# %% mistake: last-layer-only
changed("right: slices", ("in network.layers:", "in network.layers[2:]:"))
# %% mistake: first-layer-only
changed("right: slices", ("in network.layers:", "in network.layers[:2]:"))
# %% mistake: ascent
changed("right: slices", ("-= learning_rate", "+= learning_rate"))
# %% mistake: learning-rate-left-out
changed("right: slices", ("-= learning_rate * ", "-= "))
# %% mistake: learning-rate-ignored
changed("right: slices", ("-= learning_rate * ", "-= 0.1 * "))
# %% mistake: no-epoch
changed("right: slices", ("range(epochs)", "range(epochs, 0)"))
# %% mistake: no-epoch/returned-too-early
changed("right: slices", ("    losses = []\n", "    losses = []\n    return losses\n"))
# %% mistake: one-epoch-only
changed("right: slices", ("    return losses", "        return losses"))
# %% mistake: one-epoch-too-few
changed("right: slices", ("range(epochs)", "range(1, epochs)"))
# %% mistake: one-epoch-too-many
changed("right: slices", ("range(epochs)", "range(epochs + 1)"))

# %% mistake: updated-at-the-end-of-the-epoch
changed("right: slices",
        ("            for layer in network.layers:\n                if isinstance(layer, Linear):\n                    layer.weight -= learning_rate * layer.grad_weight\n                    layer.bias -= learning_rate * layer.grad_bias\n",
         "        for layer in network.layers:\n            if isinstance(layer, Linear):\n                layer.weight -= learning_rate * layer.grad_weight\n                layer.bias -= learning_rate * layer.grad_bias\n"))

# %% mistake: squared-error-built-in
changed("right: slices", ("criterion.backward(p, yb)", "2 * (p - yb)"))
# %% mistake: prediction-and-label-swapped
changed("right: slices", ("(p, yb)", "(yb, p)"))
# %% mistake: losses-not-averaged
changed("right: slices", ("total / len(x)", "total"))
# %% mistake: losses-averaged-over-entries
changed("right: slices", ("total / len(x)", "total / y.size"))

# %% mistake: last-loss-only
changed("right: slices", ("total += criterion.forward(p, yb)", "loss = criterion.forward(p, yb)"),
        ("total / len(x)", "loss"))

# %% mistake: total-not-reset
changed("right: slices", ("    losses = []\n", "    losses = []\n    total = 0\n"), ("        total = 0\n", ""))

# %% mistake: all-losses-returned
changed("right: slices", ("total += criterion.forward(p, yb)", "losses.append(criterion.forward(p, yb))"),
        ("        losses.append(total / len(x))\n", ""))

# %% mistake: losses-of-all-epochs-added-up
changed("right: slices", ("return losses", "return sum(losses)"))
# %% mistake: last-epoch-returned
changed("right: slices", ("losses.append(total / len(x))", "losses = [total / len(x)]"))
# %% mistake: last-batch-dropped
changed("right: slices", ("range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)"))

# %% mistake: last-batch-dropped/floor-division
changed("right: slices", ("for k in range(0, len(x), batch_size):", "for b in range(len(x) // batch_size):"),
        ("xb, yb =", "k = b * batch_size\n            xb, yb ="))

# %% mistake: first-batch-again-and-again
changed("right: slices", ("[k:k+batch_size]", "[:batch_size]"))
# %% mistake: overlapping-batches
changed("right: slices", ("range(0, len(x), batch_size)", "range(len(x))"))
# %% mistake: whole-data-set
changed("right: slices", ("0, len(x), batch_size", "1"), ("x[k:k+batch_size], y[k:k+batch_size]", "x, y"))
# %% mistake: whole-data-set-in-every-step
changed("right: slices", ("x[k:k+batch_size], y[k:k+batch_size]", "x, y"))
# %% mistake: one-sample-at-a-time
changed("right: slices", ("range(0, len(x), batch_size)", "range(len(x))"), ("k+batch_size", "k+1"))
# %% mistake: batch-size-ignored
changed("right: slices", ("    losses = []\n", "    batch_size = 32\n    losses = []\n"))
# %% mistake: gradient-averaged
changed("right: slices", ("learning_rate * ", "learning_rate / len(xb) * "))
# %% mistake: gradient-divided-by-batch-size
changed("right: slices", ("learning_rate * ", "learning_rate / batch_size * "))

# %% right: batches-shuffled
changed("right: slices", ("for k in range(0, len(x), batch_size):",
                          "for k in np.random.default_rng(epoch).permutation(range(0, len(x), batch_size)):"))

# %% mistake: mean-of-batch-means
changed("right: slices", ("total = 0", "means = []"),
        ("total += criterion.forward(p, yb)", "means.append(criterion.forward(p, yb) / len(xb))"),
        ("total / len(x)", "np.mean(means)"))

# %% mistake: divided-by-the-number-of-batches
changed("right: slices", ("total = 0", "total = count = 0"),
        ("total += criterion.forward(p, yb)", "total += criterion.forward(p, yb)\n            count += 1"),
        ("total / len(x)", "total / count"))

# %% mistake: divided-by-full-batches
changed("right: slices", ("total = 0", "total = count = 0"),
        ("total += criterion.forward(p, yb)", "total += criterion.forward(p, yb)\n            count += batch_size"),
        ("total / len(x)", "total / count"))

# %% unnamed: gradients-clipped
changed("right: slices", ("layer.grad_weight", "layer.grad_weight.clip(-0.1, 0.1)"))
# %% unnamed: overlap-by-one
changed("right: slices", ("k+batch_size", "k+batch_size+1"))
# %% unnamed: one-sample-left-over
changed("right: slices", ("range(0, len(x), batch_size)", "range(0, len(x) - 1, batch_size)"))
# %% unnamed: every-other-batch
changed("right: slices", ("len(x), batch_size)", "len(x), 2 * batch_size)"))
# %% unnamed: learning-rate-decays
changed("right: slices", ("        losses.append", "        learning_rate *= 0.9\n        losses.append"))

# %% unnamed: last-row-of-each-batch
changed("right: slices",
        ("xb, yb = x[k:k+batch_size], y[k:k+batch_size]", "xb, yb = x[k:k+batch_size][-1:], y[k:k+batch_size][-1:]"))

# %% unnamed: random-batches
changed("right: slices", ("xb, yb =", "k = np.random.default_rng(k).integers(len(x))\n            xb, yb ="))

# %% unnamed: momentum
changed("right: slices",
        ("layer.bias -= learning_rate * layer.grad_bias",
         "layer.bias -= learning_rate * layer.grad_bias + 0.1 * layer.bias"))

# %% unnamed: labels-not-shuffled
changed("right: shuffled", ("y[rows]", "y[k : k + batch_size]"))
# %% unnamed: nothing-returned
changed("right: slices", ("    return losses", ""))
# %% unnamed: rounded-losses
changed("right: slices", ("total / len(x)", "round(total / len(x), 2)"))

# %% slips
("every-other-batch", "batches: some left out")
("labels-not-shuffled", "labels_of: pairs broken")
("last-row-of-each-batch", "batches: some left out")
("learning-rate-decays", "rate: shrinks by 0.9")
("one-sample-left-over", "batches: some left out")
("overlap-by-one", "batches: some twice")
("random-batches", "batches: some twice")

# %% equivalent: a TwoLayerNetwork ends with an activation, which has no parameters; a network that does not gets a note, as all code does that goes by the positions of layers
changed("solution", ("for layer in network.layers:", "for layer in list(network.layers)[:-1]:"))
# %% equivalent: the layers are updated independently of each other
changed("solution", ("for layer in network.layers:", "for layer in list(network.layers)[::-1]:"))

# %% equivalent: x and y have as many rows as each other
changed("solution", ("losses.append(total / len(x))", "losses.append(total / len(y))"))
changed("solution", ("for start in range(0, len(x), batch_size):", "for start in range(0, len(y), batch_size):"))

# %% equivalent: the mini-batches may have their turns in any order, the smaller one as well
changed("solution", ("for start in range(0, len(x), batch_size):", "for start in list(range(0, len(x), batch_size))[::-1]:"))
