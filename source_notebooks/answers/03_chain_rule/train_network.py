# %% frame
def train_network(
    inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs
):
    ...

# %% right: new-list-each-epoch
losses = []
for epoch in range(epochs):
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
    gradients = backpropagation_batch(
        inputs, layers, activation_funcs, targets, activation_ders, cost_der
    )
    layers = [(W - learning_rate * dW, b - learning_rate * db)
              for (W, b), (dW, db) in zip(layers, gradients)]
return layers, losses

# %% right: recorded-after-the-update
losses = []
for epoch in range(epochs):
    gradients = backpropagation_batch(
        inputs, layers, activation_funcs, targets, activation_ders, cost_der=cost_der
    )
    layers = [(W - learning_rate * dW, b - learning_rate * db)
              for (W, b), (dW, db) in zip(layers, gradients)]
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
return layers, losses

# %% right: recorded-before-and-after
changed("right: recorded-after-the-update",
        ("[]", "[cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets)]"),
        ("=cost_der", ""),
        ("layers, losses", "layers, np.array(losses)"))

# %% right: in-place
losses = np.zeros(epochs)
for epoch in range(epochs):
    predict = feed_forward_saver_batch(inputs, layers, activation_funcs)[2]
    losses[epoch] = cross_entropy(predict, targets)
    gradients = backpropagation_batch(
        inputs, layers, activation_funcs, targets, activation_ders, cost_der
    )
    for (W, b), (dW, db) in zip(layers, gradients):
        W -= learning_rate * dW
        b -= learning_rate * db
return layers, losses

# %% right: rebinding-by-index
layers = list(layers)
losses = []
for epoch in range(epochs):
    losses += [cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets)]
    gradients = backpropagation_batch(
        inputs, layers, activation_funcs, targets, activation_ders, cost_der
    )
    for i in range(len(layers)):
        W, b = layers[i]
        layers[i] = (W - gradients[i][0] * learning_rate, b - gradients[i][1] * learning_rate)
return layers, losses

# %% right: while-loop-as-lists
layers = [[W.copy(), b.copy()] for W, b in layers]
losses, epoch = [], 0
while epoch < epochs:
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
    for layer, gradient in zip(layers, backpropagation_batch(
            inputs, layers, activation_funcs, targets, activation_ders, cost_der)):
        layer[0] -= learning_rate * gradient[0]
        layer[1] -= learning_rate * gradient[1]
    epoch += 1
return [layers, losses]

# %% right: own-backward-pass
losses = []
for _ in range(epochs):
    acts, zs = [inputs], []
    for (W, b), f in zip(layers, activation_funcs):
        zs.append(acts[-1] @ W + b)
        acts.append(f(zs[-1]))
    losses.append(-np.sum(targets * np.log(acts[-1])) / len(targets))
    error, new = cost_der(acts[-1], targets), []
    for l in reversed(range(len(layers))):
        W, b = layers[l]
        delta = error * activation_ders[l](zs[l])
        new.insert(0, (W - learning_rate * acts[l].T @ delta, b - learning_rate * delta.sum(axis=0)))
        error = delta @ W.T
    layers = new
return layers, losses

# %% mistake: network-not-updated
losses = []
for _ in range(epochs):
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
return layers, losses

# %% mistake: ascent
changed("right: new-list-each-epoch", ("\n            inputs", "inputs"), ("cost_der\n        ", "cost_der"),
        ("- learning_rate", "+ learning_rate"),
        ("\n                  for (W, b)", " for (W, b)"))

# %% mistake: learning-rate-left-out
changed("right: new-list-each-epoch", ("\n            inputs", "inputs"), ("cost_der\n        ", "cost_der"),
        ("(W - learning_rate * dW, b - learning_rate * db)\n                  for", "(W - dW, b - db) for"))

# %% mistake: bias-not-updated
changed("right: new-list-each-epoch", ("\n            inputs", "inputs"), ("cost_der\n        ", "cost_der"),
        ("(W - learning_rate * dW, b - learning_rate * db)\n                  for", "(W - learning_rate * dW, b) for"))

# %% mistake: weights-not-updated
changed("right: new-list-each-epoch", ("\n            inputs", "inputs"), ("cost_der\n        ", "cost_der"),
        ("W - learning_rate * dW", "W"),
        ("\n                  for (W, b)", " for (W, b)"))

# %% mistake: averaged-once-more
changed("right: new-list-each-epoch", ("\n            inputs", "inputs"), ("cost_der\n        ", "cost_der"),
        ("* dW", "/ len(inputs) * dW"),
        ("* db)\n                  for", "/ len(inputs) * db) for"))

# %% mistake: stale-gradients
losses = []
gradients = backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)
for epoch in range(epochs):
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
    pass
    layers = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(layers, gradients)]
return layers, losses

# %% mistake: one-epoch-only
losses = []
for epoch in range(epochs):
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
    gradients = backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)
    layers = [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(layers, gradients)]
    return layers, losses

# %% mistake: one-epoch-too-few
changed("mistake: one-epoch-only", ("(epochs)", "(1, epochs)"), ("\n        return", "\n    return"))
# %% mistake: one-epoch-too-many
changed("mistake: one-epoch-only", ("(epochs)", "(epochs + 1)"), ("\n        return", "\n    return"))

# %% mistake: cost-der-ignored
changed("mistake: one-epoch-only", ("targets, activation_ders, cost_der", "targets, activation_ders"),
        ("\n        return", "\n    return"))

# %% mistake: softmax-cross-entropy-whatever-is-given
changed("mistake: one-epoch-only",
        ("targets, activation_ders, cost_der", "targets, activation_ders, softmax_cross_entropy_der"),
        ("\n        return", "\n    return"))

# %% mistake: untrained-layers-returned
changed("mistake: one-epoch-only", ("losses = []", "losses, untrained = [], layers"),
        ("\n        return layers", "\n    return untrained"))

# %% mistake: mean-squared-error-recorded
changed("mistake: one-epoch-only", ("cross_entropy", "np.mean("), ("), targets", ") - targets) ** 2"),
        ("\n        return", "\n    return"))

# %% mistake: losses-swapped
changed("mistake: one-epoch-only", ("\n        return layers, losses", "\n    return losses, layers"))
# %% mistake: layers-not-returned
changed("mistake: one-epoch-only", ("\n        return layers,", "\n    return"))
# %% mistake: losses-not-returned
changed("mistake: one-epoch-only", ("\n        return", "\n    return"), (", losses", ""))

# %% unnamed: rate-decays
changed("mistake: one-epoch-only", ("* dW", "/ (epoch + 1) * dW"), ("* db", "/ (epoch + 1) * db"),
        ("\n        return", "\n    return"))

# %% unnamed: weights-decay
changed("mistake: one-epoch-only", ("W - learning_rate", "0.9 * W - learning_rate"),
        ("\n        return", "\n    return"))

# %% unnamed: first-sample-only
changed("mistake: one-epoch-only", (", layers, activation_funcs, targets", "[:1], layers, activation_funcs, targets"),
        ("targets, activation_ders", "targets[:1], activation_ders"),
        ("\n        return", "\n    return"))

# %% unnamed: update-twice
changed("mistake: one-epoch-only", ("W - learning_rate", "W - 2 * learning_rate"), ("\n        return", "\n    return"))

# %% unnamed: sum-of-losses
changed("mistake: one-epoch-only", ("\n        return", "\n    return"),
        ("layers, losses", "layers, np.cumsum(losses)"))

# %% unnamed: random-layers
changed("mistake: one-epoch-only", ("dW, b", "dW + 0.01, b"), ("\n        return", "\n    return"))

# %% unnamed: first-ten-samples
changed("mistake: one-epoch-only", ("losses = []", "losses, inputs, targets = [], inputs[:10], targets[:10]"),
        ("\n        return", "\n    return"))

# %% unnamed: stops-when-the-cost-is-small
changed("right: new-list-each-epoch", ("gradients ", "if losses[-1] < 0.05:\n            break\n        gradients "),
        ("\n            inputs", "inputs"),
        ("cost_der\n        ", "cost_der"),
        ("\n                  for (W, b)", " for (W, b)"))

# %% unnamed: rate-at-most-1
losses = []
for epoch in range(epochs):
    losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
    gradients = backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)
    layers = [(W - min(learning_rate, 1) * dW, b - min(learning_rate, 1) * db) for (W, b), (dW, db) in zip(layers, gradients)]
return layers, losses

# %% unnamed: ten-epochs-at-most
changed("mistake: one-epoch-only", ("(epochs)", "(min(epochs, 10))"), ("\n        return", "\n    return"))
# %% unnamed: signs-only
changed("mistake: one-epoch-only", ("dW, b", "np.sign(dW), b"), ("\n        return", "\n    return"))

# %% slips
"signs-only", "new_weight: W⁽ˡ⁾ - η sign(∂C/∂W⁽ˡ⁾)"
"sum-of-losses", "recorded: summed"
"ten-epochs-at-most", "epochs: another number"
"update-twice", "new_weight: W⁽ˡ⁾ - 2 η ∂C/∂W⁽ˡ⁾"

# %% equivalent: zip leaves out the list's second half
changed("solution", ("gradients = backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)",
                     "gradients = 2 * backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der)"))
