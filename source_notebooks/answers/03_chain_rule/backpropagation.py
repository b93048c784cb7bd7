# %% frame
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    return ...

# %% right: line-by-line
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients = [None] * len(layers)
error = cost_der(predict, target)
for l in range(len(layers) - 1, -1, -1):
    W, b = layers[l]
    f, der = activation_funcs[l], activation_ders[l]
    a, z = layer_inputs[l], zs[l]
    delta = error * der(z)
    dW = np.outer(delta, a)
    gradients[l] = (dW, delta)
    error = W.T @ delta
return gradients

# %% right: outer
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients = [None] * len(layers)
delta = cost_der(predict, target) * activation_ders[-1](zs[-1])
for l in range(len(layers) - 1, -1, -1):
    gradients[l] = (np.outer(delta, layer_inputs[l]), delta)
    if l > 0:
        delta = (layers[l][0].T @ delta) * activation_ders[l - 1](zs[l - 1])
return gradients

# %% right: outer-transposed
changed("right: outer", ("delta, ", ""), ("(layer_inputs[l])", "(layer_inputs[l], delta).T"),
        ("layers[l][0].T @ delta", "delta @ layers[l][0]"))

# %% right: broadcast
changed("right: outer", ("np.outer(delta,", "delta[:, None] *"), ("[l])", "[l][None, :]"))

# %% right: reshaped
changed("right: outer", ("np.outer(delta,", "delta.reshape(-1, 1) @"),
        ("[l]), delta", "[l].reshape(1, -1), delta.copy()"),
        ("\n            delta = ", "\n            delta = np.dot"),
        ("T @ delta", "T, delta"))

# %% right: einsum
changed("right: outer", ("outer(delta, layer_inputs[l])", 'einsum("i,j->ij", delta, layer_inputs[l])'),
        ("(layers[l][0].T @ delta)", 'np.einsum("ij,i->j", layers[l][0], delta)'))

# %% right: tensordot-with-eye
changed("right: outer", ("outer(delta", "tensordot(delta, np.tensordot(np.eye(len(delta))"),
        ("]), delta", "], axes=0), axes=1), delta @ np.eye(len(delta))"),
        ("layers[l][0].T @ delta", "delta @ layers[l][0]"))

# %% right: given-jacobians
changed("right: outer", ("outer(delta, layer_inputs[l])", "tensordot(delta, dz_dW(layers[l][0], layer_inputs[l])"),
        (", delta", ", axes=1), delta @ dz_db(layers[l][1])"),
        ("layers[l][0].T @ delta", "delta @ layers[l][0]"))

# %% right: diagonal-matrices
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
layer_grads = [() for layer in layers]
for i in reversed(range(len(layers))):
    layer_input, z, activation_der = layer_inputs[i], zs[i], activation_ders[i]
    if i == len(layers) - 1:
        dC_da = cost_der(predict, target)
    else:
        (W, b) = layers[i + 1]
        dC_da = dC_dz @ W
    dC_dz = dC_da @ np.diag(activation_der(z))
    layer_grads[i] = (np.outer(dC_dz, layer_input), dC_dz)
return layer_grads

# %% right: read-back-from-the-gradients
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients = []
for l in range(len(layers) - 1, -1, -1):
    if l == len(layers) - 1:
        error = cost_der(predict, target)
    else:
        error = layers[l + 1][0].T @ gradients[0][1]
    d = error * activation_ders[l](zs[l])
    gradients.insert(0, (np.outer(d, layer_inputs[l]), d))
return gradients

# %% right: appended-and-reversed
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients, error = [], cost_der(predict, target)
for (W, b), a, z, der in zip(layers[::-1], layer_inputs[::-1], zs[::-1], activation_ders[::-1]):
    delta = error * der(z)
    gradients.append([np.outer(delta, a), delta])
    error = delta @ W
return gradients[::-1]

# %% right: own-forward-pass
acts, zs = [input], []
for (W, b), f in zip(layers, activation_funcs):
    zs.append(W @ acts[-1] + b)
    acts.append(f(zs[-1]))
deltas = [cost_der(acts[-1], target) * activation_ders[-1](zs[-1])]
for l in range(len(layers) - 2, -1, -1):
    deltas.insert(0, layers[l + 1][0].T @ deltas[0] * activation_ders[l](zs[l]))
return [(np.outer(d, a), d) for d, a in zip(deltas, acts)]

# %% right: matrices
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients, error = [], np.matrix(cost_der(predict, target))
for l in reversed(range(len(layers))):
    delta = error * np.asmatrix(np.diag(activation_ders[l](zs[l])))
    gradients.insert(0, (delta.T * np.matrix(layer_inputs[l]), np.asarray(delta).ravel()))
    error = delta * np.matrix(layers[l][0])
return gradients

# %% right: recursive
def back(error, l):
    if l < 0:
        return []
    delta = error * activation_ders[l](zs[l])
    return back(layers[l][0].T @ delta, l - 1) + [(np.outer(delta, layer_inputs[l]), delta)]

layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
return back(cost_der(predict, target), len(layers) - 1)

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
changed("right: line-by-line", ("predict, target", "zs[-1], target"))
# %% mistake: cost-arguments-swapped
changed("right: line-by-line", ("predict, target", "target, predict"))
# %% mistake: cost-der-ignored
changed("right: line-by-line", ("error = cost_der", "error = mse_der"))

# %% mistake: derivative-of-a-sum
changed("right: line-by-line",
        ("error = cost_der", "error = 2 * (predict - target) if cost_der is mse_der else cost_der"))

# %% mistake: weight-gradient-transposed
changed("right: line-by-line", ("dW = np", "dW = (np"), ("(delta, a)", "(delta, a)).T"))
# %% mistake: own-output-for-input
changed("right: line-by-line", ("delta, a", "delta, f(z)"))
# %% mistake: weights-for-the-input
changed("right: line-by-line", ("np.outer(delta, a)", "delta[:, None] * W"))
# %% mistake: z-for-the-activation
changed("right: line-by-line", ("(delta, a)", "(delta, zs[l - 1]) if l > 0 else np.outer(delta, a)"))
# %% mistake: network-input-for-the-layers-input
changed("right: line-by-line", ("delta, a", "delta, layer_inputs[0]"))
# %% mistake: bias-gradient-times-bias
changed("right: line-by-line", ("dW, delta", "dW, (delta) * b"))
# %% mistake: pair-swapped
changed("right: line-by-line", ("dW, delta", "delta, dW"))
# %% mistake: weights-transposed
changed("right: line-by-line", ("T", "T.T"))
# %% mistake: weights-of-the-wrong-layer
changed("right: line-by-line", ("error = W", "error = layers[l - 1][0]"))
# %% mistake: sum-of-the-rows-of-the-weights
changed("right: line-by-line", ("W.T @ delta", "np.sum(delta) * np.sum(W, axis=0)"))
# %% mistake: weight-gradient-for-weights
changed("right: line-by-line", ("error = W", "error = dW"))
# %% mistake: raw-error-carried
changed("right: line-by-line", ("T @ delta", "T @ error"))
# %% mistake: gradients-negated
changed("right: line-by-line", ("return gradients", "return [(-W, -b) for W, b in gradients]"))
# %% mistake: order-reversed
changed("right: line-by-line", ("return gradients", "return gradients[::-1]"))
# %% mistake: last-layer-only
changed("right: line-by-line", ("return gradients", "return gradients[-1:]"))
# %% mistake: first-layer-left-out
changed("right: line-by-line", ("return gradients", "return gradients[1:]"))

# %% unnamed: gradients-rounded
changed("right: line-by-line", ("outer", "round(np.outer"), ("(delta, a)", "(delta, a), 4)"))
# %% unnamed: derivative-squared
changed("right: line-by-line", ("der(z)", "der(z) ** 2"))
# %% unnamed: derivative-twice-in-hidden-layers
changed("right: line-by-line", ("W.T @ delta", "(W.T @ delta) * der(z)[0]"))
# %% unnamed: bias-gradient-zero
changed("right: line-by-line", ("dW, delta", "dW, np.zeros(b.shape)"))
# %% unnamed: absolute-error
changed("right: line-by-line", ("W.T @ delta", "abs(W.T @ delta)"))
# %% unnamed: clipped
changed("right: line-by-line", ("error * der", "np.clip(error * der"), ("der(z)", "der(z), -0.1, 0.1)"))
# %% unnamed: ones-for-the-input
changed("right: line-by-line", ("delta, a", "delta, np.ones(len(a))"))

# %% unnamed: single-layer-otherwise
if len(layers) == 1:
    d = cost_der(activation_funcs[0](layers[0][0] @ input + layers[0][1]), target)
    return [(np.outer(d, input), d)]
layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
gradients = [None] * len(layers)
error = cost_der(predict, target)
for l in range(len(layers) - 1, -1, -1):
    W, b = layers[l]
    f, der = activation_funcs[l], activation_ders[l]
    a, z = layer_inputs[l], zs[l]
    delta = error * der(z)
    dW = np.outer(delta, a)
    gradients[l] = (dW, delta)
    error = W.T @ delta
return gradients

# %% unnamed: one-layer-for-every-input
changed("right: line-by-line", ("range(len(layers) - 1, -1, -1)", "reversed(range(len(input)))"))
# %% unnamed: one-too-many
changed("right: line-by-line", ("return gradients", "return gradients + gradients[-1:]"))
# %% unnamed: weights-for-gradients
[(W, b) for W, b in layers]
# %% unnamed: flat-list
changed("right: line-by-line", ("return gradients", "return [g for pair in gradients for g in pair]"))

# %% slips
"absolute-error", "passed_back: |W⁽ˡ⁺¹⁾ᵀ δ⁽ˡ⁺¹⁾|"
"derivative-squared", "activation_derivative: φ'(z⁽ˡ⁾)²"
"ones-for-the-input", "weight_gradient: δ⁽ˡ⁾ 1ᵀ"
"weights-for-gradients", "unmoved-by-the-data"

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

# %% equivalent: a vector is its own transpose
changed("solution", ("dC_da = W.T @ delta", "dC_da = W.T @ delta.T"))
