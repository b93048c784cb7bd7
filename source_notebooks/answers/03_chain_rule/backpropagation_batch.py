# %% frame
def backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=mse_der):
    return ...

# %% right: line-by-line
layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
gradients = [None] * len(layers)
error = cost_der(predict, targets)
for l in range(len(layers) - 1, -1, -1):
    W, b = layers[l]
    f, der = activation_funcs[l], activation_ders[l]
    a, z = layer_inputs[l], zs[l]
    delta = error * der(z)
    dW = a.T @ delta
    gradients[l] = (dW, np.sum(delta, axis=0))
    error = delta @ W.T
return gradients

# %% right: transpose
layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
gradients = [None] * len(layers)
delta = cost_der(predict, targets) * activation_ders[-1](zs[-1])
for l in range(len(layers) - 1, -1, -1):
    gradients[l] = (layer_inputs[l].T @ delta, delta.sum(axis=0))
    if l > 0:
        delta = (delta @ layers[l][0].T) * activation_ders[l - 1](zs[l - 1])
return gradients

# %% right: keepdims
changed("right: transpose", ("layer_inputs[l]", "np.dot(layer_inputs[l]"),
        ("T @ delta, delta.sum(axis=0)", "T, delta), np.sum(delta, axis=0, keepdims=True)"),
        ("(delta @ layers[l][0].T)", "np.dot(delta, layers[l][0].T)"))

# %% right: ones
changed("right: transpose", ("layer_inputs[l]", "np.matmul(layer_inputs[l]"),
        ("T @ delta, delta.sum(axis=0)", "transpose(), delta), np.ones(len(delta)) @ delta"))

# %% right: transposed-product
changed("right: transpose",
        ("layer_inputs[l].T @ delta, delta.sum(axis=0)",
         "(delta.T @ layer_inputs[l]).T, np.ones((1, len(delta))) @ delta"),
        ("(delta @ layers[l][0].T)", "(layers[l][0] @ delta.T).T"))

# %% right: einsum
changed("right: transpose", ("layer_inputs[l]", 'np.einsum("ni,nj->ij", layer_inputs[l]'),
        ("[l].T @ delta, delta.sum(axis=0)", '[l], delta), np.einsum("nj->j", delta)'),
        ("(delta @ layers", 'np.einsum("nj,ij->ni", delta, layers'),
        ("[0].T", "[0]"))

# %% right: tensordot
changed("right: transpose", ("layer_inputs[l]", "np.tensordot(layer_inputs[l]"),
        ("[l].T @ delta, delta.sum(axis=0)", "[l], delta, axes=(0, 0)), sum(delta)"),
        ("(delta @ layers", "np.tensordot(delta, layers"),
        ("[0].T", "[0], axes=(1, 1)"))

# %% right: broadcast-and-sum
changed("right: transpose", ("layer_inputs[l]", "np.sum(layer_inputs[l]"),
        ("[l].T @ delta, delta.sum(axis=0)",
         "[l][:, :, None] * delta[:, None, :], axis=0), np.array([column.sum() for column in delta.T])"),
        ("(delta @ layers", "np.sum(delta[:, None, :] * layers"),
        ("[0].T", "[0][None, :, :], axis=2"))

# %% right: per-sample-outer
changed("right: transpose", ("layer_inputs[l]", "sum(np.outer(a_n, d_n) for a_n, d_n in zip(layer_inputs[l]"),
        ("[l].T @ delta, delta.sum(axis=0)", "[l], delta)), [sum(column) for column in delta.T]"),
        ("(delta @ layers[l][0].T)", "np.array([layers[l][0] @ d_n for d_n in delta])"))

# %% right: mean-times-n
changed("right: transpose",
        ("layer_inputs[l]", "len(delta) * np.mean(np.array([np.outer(a, d) for a, d in zip(layer_inputs[l]"),
        ("[l].T @ delta, delta.sum(axis=0)", "[l], delta)]), axis=0), len(delta) * np.mean(delta, axis=0)"))

# %% right: error-carried-along
layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
gradients, error = [], cost_der(predict, targets)
for (W, b), a, z, der in zip(layers[::-1], layer_inputs[::-1], zs[::-1], activation_ders[::-1]):
    delta = error * der(z)
    gradients.append([a.T @ delta, delta.sum(0)])
    error = delta @ W.T
return gradients[::-1]

# %% right: per-sample-diagonal-matrices
layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
gradients, error = [None] * len(layers), cost_der(predict, targets)
for l in reversed(range(len(layers))):
    W, b = layers[l]
    dW, db, below = np.zeros(W.shape), np.zeros(b.shape), []
    for e, z, a in zip(error, zs[l], layer_inputs[l]):
        delta = e @ np.diag(activation_ders[l](z))
        dW = dW + np.outer(a, delta)
        db = db + delta
        below.append(W @ delta)
    gradients[l] = (dW, db)
    error = np.array(below)
return gradients

# %% right: function-for-one-sample
turned = [(W.T, b) for W, b in layers]
errors = cost_der(feed_forward_batch(inputs, layers, activation_funcs), targets)
total = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in layers]
for x, t, error in zip(inputs, targets, errors):
    of_one = backpropagation(x, turned, activation_funcs, t, activation_ders, lambda p, t: error)
    total = [(W + dW.T, b + db) for (W, b), (dW, db) in zip(total, of_one)]
return total

# %% right: columns-of-samples
acts, zs = [inputs.T], []
for (W, b), f in zip(layers, activation_funcs):
    zs.append(W.T @ acts[-1] + b.reshape(-1, 1))
    acts.append(f(zs[-1]))
error, gradients = cost_der(acts[-1].T, targets).T, []
for l in range(len(layers) - 1, -1, -1):
    delta = error * activation_ders[l](zs[l])
    gradients.insert(0, (acts[l] @ delta.T, np.sum(delta, axis=1)))
    error = layers[l][0] @ delta
return gradients

# %% right: signals-in-a-list
layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
deltas = [cost_der(predict, targets) * activation_ders[-1](zs[-1])]
for l in range(len(layers) - 1, 0, -1):
    deltas.insert(0, deltas[0] @ layers[l][0].T * activation_ders[l - 1](zs[l - 1]))
return [(a.T @ d, d.sum(axis=0)) for a, d in zip(layer_inputs, deltas)]

# %% right: own-forward-pass
acts, zs = [inputs], []
for (W, b), f in zip(layers, activation_funcs):
    zs.append(np.dot(acts[-1], W) + b)
    acts.append(f(zs[-1]))
gradients = []
for l in range(len(layers) - 1, -1, -1):
    if l == len(layers) - 1:
        delta = cost_der(acts[-1], targets) * activation_ders[l](zs[l])
    else:
        delta = delta @ layers[l + 1][0].T * activation_ders[l](zs[l])
    gradients = [(acts[l].T @ delta, np.sum(delta, 0))] + gradients
return gradients

# %% mistake: derivative-left-out-at-the-output
changed("right: line-by-line", ("* der", "if l == len(layers) - 1 else error * der"))
# %% mistake: derivative-left-out-in-hidden-layers
changed("right: line-by-line", ("der(z)", "der(z) if l == len(layers) - 1 else error"))
# %% mistake: derivative-left-out-everywhere
changed("right: line-by-line", ("error * der(z)", "error"))
# %% mistake: derivative-at-the-activation
changed("right: line-by-line", ("der(z)", "der(f(z))"))
# %% mistake: derivative-at-the-activation-in-hidden-layers
changed("right: line-by-line", ("der(z)", "der(z if l == len(layers) - 1 else f(z))"))
# %% mistake: derivative-at-the-activation-at-the-output
changed("right: line-by-line", ("der(z)", "der(f(z) if l == len(layers) - 1 else z)"))
# %% mistake: activation-for-its-derivative
changed("right: line-by-line", ("der(z)", "f(z)"))
# %% mistake: derivative-of-the-layer-above
changed("right: line-by-line", ("der(z)", "activation_ders[min(l + 1, len(layers) - 1)](z)"))
# %% mistake: derivative-of-the-layer-below
changed("right: line-by-line", ("der(z)", "activation_ders[l - 1](z)"))
# %% mistake: last-derivative-in-every-layer
changed("right: line-by-line", ("der(z)", "activation_ders[-1](z)"))
# %% mistake: first-derivative-in-every-layer
changed("right: line-by-line", ("der(z)", "activation_ders[0](z)"))
# %% mistake: derivatives-in-reverse-order
changed("right: line-by-line", ("der(z)", "activation_ders[len(layers) - 1 - l](z)"))
# %% mistake: sigmoid-derivative-in-every-layer
changed("right: line-by-line", ("der(z)", "sigmoid_der(z)"))
# %% mistake: sigmoid-formula-in-every-layer
changed("right: line-by-line", ("der(z)", "f(z) * (1 - f(z))"))
# %% mistake: cost-taken-at-z
changed("right: line-by-line", ("predict, targets", "zs[-1], targets"))
# %% mistake: cost-arguments-swapped
changed("right: line-by-line", ("predict, targets", "targets, predict"))
# %% mistake: cost-der-ignored
changed("right: line-by-line", ("error = cost_der", "error = mse_der"))

# %% mistake: derivative-of-a-sum
changed("right: line-by-line",
        ("error = cost_der", "error = 2 * (predict - targets) if cost_der is mse_der else cost_der"))

# %% mistake: weight-gradient-transposed
changed("right: line-by-line", ("a.T @ delta", "(a.T @ delta).T"))
# %% mistake: own-output-for-input
changed("right: line-by-line", ("dW = a", "dW = f(z)"))
# %% mistake: weights-for-the-input
changed("right: line-by-line", ("a.T @ delta", "np.mean(delta, axis=0) * W"))
# %% mistake: z-for-the-activation
changed("right: line-by-line", ("dW = a", "dW = zs[l - 1].T @ delta if l > 0 else a"))
# %% mistake: network-input-for-the-layers-input
changed("right: line-by-line", ("dW = a", "dW = layer_inputs[0]"))
# %% mistake: bias-gradient-times-bias
changed("right: line-by-line", ("dW, np", "dW, (np"), ("(np.sum(delta, axis=0))", "(np.sum(delta, axis=0)) * b)"))
# %% mistake: pair-swapped
changed("right: line-by-line", ("dW, np", "np"), ("(delta, axis=0)", "(delta, axis=0), dW"))
# %% mistake: weights-transposed
changed("right: line-by-line", ("W.T", "W.T.T"))
# %% mistake: weights-of-the-wrong-layer
changed("right: line-by-line", ("delta @ W", "delta @ layers[l - 1][0]"))
# %% mistake: sum-of-the-rows-of-the-weights
changed("right: line-by-line", ("delta @ W.T", "np.outer(np.sum(delta, axis=1), np.sum(W, axis=1))"))
# %% mistake: weight-gradient-for-weights
changed("right: line-by-line", ("delta @ W", "delta @ dW"))
# %% mistake: raw-error-carried
changed("right: line-by-line", ("delta @ W", "error @ W"))
# %% mistake: gradients-negated
changed("right: line-by-line", ("return gradients", "return [(-W, -b) for W, b in gradients]"))
# %% mistake: order-reversed
changed("right: line-by-line", ("return gradients", "return gradients[::-1]"))
# %% mistake: last-layer-only
changed("right: line-by-line", ("return gradients", "return gradients[-1:]"))
# %% mistake: first-layer-left-out
changed("right: line-by-line", ("return gradients", "return gradients[1:]"))
# %% mistake: backpropagation-of-one-sample-called
backpropagation(inputs, layers, activation_funcs, targets, activation_ders, cost_der)
# %% mistake: saver-of-one-sample
changed("right: line-by-line", ("feed_forward_saver_batch", "feed_forward_saver"))

# %% mistake: saver-of-one-sample/own-forward-pass
acts, zs = [inputs], []
for (W, b), f in zip(layers, activation_funcs):
    zs.append(W @ acts[-1] + b)
    acts.append(f(zs[-1]))
error, gradients = cost_der(acts[-1], targets), []
for l in reversed(range(len(layers))):
    delta = error * activation_ders[l](zs[l])
    gradients.insert(0, (acts[l].T @ delta, np.sum(delta, axis=0)))
    error = delta @ layers[l][0].T
return gradients

# %% mistake: products-of-one-sample
changed("right: line-by-line", ("a.T @ delta", "np.outer(delta, a)"), ("np.sum(delta, axis=0)", "delta"),
        ("delta @ W.T", "W.T @ delta"))

# %% mistake: products-of-one-sample-from-the-right
changed("right: line-by-line", ("a.T @ delta", "np.outer(delta, a)"), ("np.sum(delta, axis=0)", "delta"), ("W.T", "W"))
# %% mistake: outer-product-of-matrices
changed("right: line-by-line", ("a.T @ delta", "np.outer(a, delta)"))
# %% mistake: bias-not-summed
changed("right: line-by-line", ("np.sum(delta, axis=0)", "delta"))
# %% mistake: bias-not-summed/eye-of-the-batch
changed("right: line-by-line", ("sum(delta, axis=0)", "eye(len(z)) @ delta"))
# %% mistake: bias-averaged
changed("right: line-by-line", ("np.sum", "np.mean"))
# %% mistake: bias-summed-over-the-nodes
changed("right: line-by-line", ("axis=0", "axis=1"))
# %% mistake: bias-summed-over-everything
changed("right: line-by-line", ("delta, axis=0", "delta"))
# %% mistake: bias-of-the-first-sample
changed("right: line-by-line", ("np.sum(delta, axis=0)", "delta[0]"))
# %% mistake: bias-times-batch-size
changed("right: line-by-line", ("dW, np", "dW, len(inputs) * np"))
# %% mistake: weight-averaged
changed("right: line-by-line", ("T @ delta", "T @ delta / len(inputs)"))
# %% mistake: averaged-twice
changed("right: line-by-line", ("T @ delta", "T @ delta / len(inputs)"), ("np.sum", "np.mean"))
# %% mistake: diagonal-of-a-matrix
changed("right: line-by-line", ("error * der", "error @ np.diag(der(z)) if l == len(layers) - 1 else error * der"))

# %% mistake: divided-by-the-samples-only
changed("right: line-by-line",
        ("error = cost_der", "error = 2 * (predict - targets) / len(predict) if cost_der is mse_der else cost_der"))

# %% mistake: one-target-for-all
changed("right: line-by-line", ("predict, targets", "predict, targets[0]"))

# %% mistake: cost-der-sample-by-sample
changed("right: line-by-line", ("error = cost_der", "error = np.array([cost_der(p, t) for p, t in zip"),
        ("predict, targets", "predict, targets)]) / len(inputs"))

# %% mistake: samples-summed-not-averaged
changed("right: line-by-line", ("error = cost_der", "error = np.array([cost_der(p, t) for p, t in zip"),
        ("predict, targets", "predict, targets)]"))

# %% unnamed: gradients-rounded
changed("right: line-by-line", ("a.T @ delta", "np.round(a.T @ delta, 4)"))
# %% unnamed: derivative-squared
changed("right: line-by-line", ("der(z)", "der(z) ** 2"))
# %% unnamed: bias-gradient-zero
changed("right: line-by-line", ("sum(delta, axis=0)", "zeros(b.shape)"))
# %% unnamed: last-sample-left-out
changed("right: line-by-line", ("a.T @ delta", "a[:-1].T @ delta[:-1]"), ("delta, axis", "delta[:-1], axis"))
# %% unnamed: median-for-sum
changed("right: line-by-line", ("np.sum", "np.median"))
# %% unnamed: maximum-for-sum
changed("right: line-by-line", ("np.sum", "np.max"))
# %% unnamed: first-32-samples
changed("right: line-by-line", ("a.T @ delta", "a[:32].T @ delta[:32]"), ("delta, axis", "delta[:32], axis"))
# %% unnamed: clipped
changed("right: line-by-line", ("error * der", "np.clip(error * der"), ("der(z)", "der(z), -0.01, 0.01)"))
# %% unnamed: ones-for-the-input
changed("right: line-by-line", ("dW = a", "dW = np.ones(a.shape)"))
# %% unnamed: standardised-inputs
changed("right: line-by-line", ("dW = a", "dW = (a - np.mean(a, axis=0))"))
# %% unnamed: shuffled-targets
changed("right: line-by-line", ("predict, targets", "predict, targets[::-1]"))

# %% slips
"derivative-squared", "activation_derivative: φ'(Z⁽ˡ⁾)²"
"last-sample-left-out", "loss_gradient: cost_der(P, T) with zeros in its last row"

# %% equivalent: there are as many of the one as of the other
changed("solution", ("for l in reversed(range(len(layers))):", "for l in reversed(range(len(activation_ders))):"))
changed("solution", ("for l in reversed(range(len(layers))):", "for l in reversed(range(len(activation_funcs))):"))
changed("solution", ("for l in reversed(range(len(layers))):", "for l in reversed(range(len(layer_inputs))):"))
changed("solution", ("for l in reversed(range(len(layers))):", "for l in reversed(range(len(zs))):"))
changed("solution", ("for l in reversed(range(len(layers))):", "for l in reversed(range(len(gradients))):"))
changed("solution", ("gradients = [None] * len(layers)", "gradients = [None] * len(activation_ders)"))
changed("solution", ("gradients = [None] * len(layers)", "gradients = [None] * len(activation_funcs)"))
changed("solution", ("gradients = [None] * len(layers)", "gradients = [None] * len(layer_inputs)"))
changed("solution", ("gradients = [None] * len(layers)", "gradients = [None] * len(zs)"))

# %% equivalent: (1, out) is accepted as the notebook says
changed("solution", ("gradients[l] = (layer_inputs[l].T @ delta, np.sum(delta, axis=0))",
                     "gradients[l] = (layer_inputs[l].T @ delta, np.sum(delta, axis=0, keepdims=True))"))
