# %% frame
def summed_gradients(linear, x, grad_output):
    return ...

# %% right: loop
grad_weight = np.zeros_like(linear.weight)
grad_bias = np.zeros_like(linear.bias)
for n in range(len(x)):
    linear.backward(x[n : n + 1], grad_output[n : n + 1])
    grad_weight += linear.grad_weight
    grad_bias += linear.grad_bias
return grad_weight, grad_bias

# %% right: from-zero
weight, bias = 0, 0
for row, g in zip(x, grad_output):
    linear.backward(row[None, :], g[None, :])
    weight = weight + linear.grad_weight
    bias = bias + linear.grad_bias
return weight, bias

# %% right: outer-products
weight = sum(np.outer(row, g) for row, g in zip(x, grad_output))
bias = sum(g for g in grad_output)
return [weight, bias]

# %% right: stacked
x.T @ grad_output, grad_output.sum(axis=0)

# %% right: bias-in-a-row
weight = np.zeros(linear.weight.shape)
bias = np.zeros((1, len(linear.bias)))
for n in range(x.shape[0]):
    weight = weight + x[n : n + 1].T @ grad_output[n : n + 1]
    bias = bias + grad_output[n : n + 1]
return weight, bias

# %% right: lists
weights, biases = [], []
for n, _ in enumerate(x):
    linear.backward(x[[n]], grad_output[[n]])
    weights.append(linear.grad_weight)
    biases.append(linear.grad_bias)
return np.sum(weights, axis=0).tolist(), np.sum(biases, axis=0).tolist()

# %% right: first-sample-first
linear.backward(x[:1], grad_output[:1])
weight, bias = linear.grad_weight.copy(), linear.grad_bias.copy()
for n in range(1, len(x)):
    linear.backward(x[n : n + 1], grad_output[n : n + 1])
    weight += linear.grad_weight
    bias += linear.grad_bias
return weight, bias

# %% right: einsum
np.einsum("ni,no->io", x, grad_output), np.einsum("no->o", grad_output)

# %% right: asks-for-the-class
assert isinstance(linear, Linear)
return x.T @ grad_output, np.add.reduce(grad_output)

# %% right: kept-in-the-layer
weight, bias = np.zeros(linear.weight.shape), np.zeros(linear.bias.shape)
for n in reversed(range(len(x))):
    linear.backward(x[n].reshape(1, -1), grad_output[n].reshape(1, -1))
    weight, bias = weight + linear.grad_weight, bias + linear.grad_bias
linear.grad_weight, linear.grad_bias = weight, bias
return linear.grad_weight, linear.grad_bias

# %% mistake: last-sample-only
changed("right: loop", ("weight += linear", "weight = linear"), ("bias += linear", "bias = linear"))
# %% mistake: last-sample-only/nothing-kept
changed("right: loop", ("return grad_weight, grad_bias", "return linear.grad_weight, linear.grad_bias"))
# %% mistake: first-sample-only
changed("right: loop", ("    return grad_weight", "        return grad_weight"))
# %% mistake: first-sample-again-and-again
changed("right: loop", ("x[n : n + 1], grad_output[n : n + 1]", "x[:1], grad_output[:1]"))
# %% mistake: last-sample-skipped
changed("right: loop", ("range(len(x))", "range(len(x) - 1)"))
# %% mistake: first-sample-skipped
changed("right: loop", ("range(len(x))", "range(1, len(x))"))
# %% mistake: gradients-averaged
changed("right: loop", ("return grad_weight, grad_bias", "return grad_weight / len(x), grad_bias / len(x)"))
# %% mistake: gradients-averaged/stacked
x.T @ grad_output / len(x), grad_output.mean(axis=0)
# %% mistake: gradients-not-added
changed("right: lists", ("np.sum(weights, axis=0).tolist(), np.sum(biases, axis=0).tolist()", "weights, biases"))
# %% mistake: weight-averaged
x.T @ grad_output / len(x), grad_output.sum(axis=0)
# %% mistake: bias-averaged
x.T @ grad_output, grad_output.mean(axis=0)
# %% mistake: weight-of-the-last-sample
changed("right: loop", ("weight += linear", "weight = linear"))
# %% mistake: bias-of-the-last-sample
changed("right: loop", ("bias += linear", "bias = linear"))
# %% mistake: bias-of-one-sample
x.T @ grad_output, grad_output[0]
# %% mistake: bias-not-summed
x.T @ grad_output, grad_output
# %% mistake: bias-summed-over-outputs
x.T @ grad_output, grad_output.sum(axis=1)
# %% mistake: bias-one-number
x.T @ grad_output, grad_output.sum()
# %% mistake: weight-transposed
grad_output.T @ x, grad_output.sum(axis=0)
# %% mistake: results-swapped
changed("right: loop", ("return grad_weight, grad_bias", "return grad_bias, grad_weight"))

# %% unnamed: every-other-sample
changed("right: loop", ("range(len(x))", "range(0, len(x), 2)"))
# %% unnamed: begins-with-the-weight
changed("right: loop", ("np.zeros_like(linear.weight)", "linear.weight.copy()"))
# %% unnamed: gradients-of-the-next-sample
changed("right: loop", ("grad_output[n : n + 1]", "grad_output[n - 1 : n] if n else grad_output[-1:]"))
# %% unnamed: absolute-values
changed("right: loop", ("+= linear.grad_bias", "+= abs(linear.grad_bias)"))
# %% unnamed: clipped
changed("right: loop", ("+= linear.grad_weight", "+= linear.grad_weight.clip(-0.5, 0.5)"))
# %% unnamed: whole-batch
changed("right: loop", ("[n : n + 1]", ""))
# %% unnamed: flat-samples
changed("right: loop", ("[n : n + 1]", "[n]"))
# %% unnamed: the-weight-only
changed("right: loop", ("return grad_weight, grad_bias", "return grad_weight"))
# %% unnamed: updates-too
changed("right: loop", ("    return", "    linear.weight = linear.weight - grad_weight\n    return"))

# %% slips
("absolute-values", "bias_sum: Σ |gₙ|")
("begins-with-the-weight", "weight_sum: Σ xₙᵀ gₙ + W")
("every-other-sample", "samples: every other")
("gradients-of-the-next-sample", "gradients_of: gradient before")

# %% equivalent: a sum is the same in any order
changed("solution", ("for n in range(len(x)):", "for n in list(range(len(x)))[::-1]:"))
# %% equivalent: there are as many gradients as samples
changed("solution", ("for n in range(len(x)):", "for n in range(len(grad_output)):"))
