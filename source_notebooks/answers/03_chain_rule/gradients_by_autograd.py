# %% frame
def gradients_by_autograd(W, b, x, target):
    return ...

# %% right: two-grads
grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 1)(W, b, x, target)
# %% right: both-at-once
grad(cost_one_layer, (0, 1))(W, b, x, target)

# %% right: named
gradient_func = grad(cost_one_layer, [0, 1])
dC_dW, dC_db = gradient_func(W, b, x, target)
return (dC_dW, dC_db)

# %% right: lambda
by_W = grad(lambda W: cost_one_layer(W, b, x, target))
by_b = grad(lambda b: cost_one_layer(W, b, x, target))
return by_W(W), by_b(b)

# %% right: as-a-list
[grad(cost_one_layer, i)(W, b, x, target) for i in range(2)]
# %% right: parameters-as-a-tuple
grad(lambda p: cost_one_layer(p[0], p[1], x, target))((W, b))

# %% mistake: pair-swapped
grad(cost_one_layer, 1)(W, b, x, target), grad(cost_one_layer, 0)(W, b, x, target)

# %% mistake: weights-twice
g = grad(cost_one_layer)
return g(W, b, x, target), g(W, b, x, target)

# %% mistake: bias-twice
changed("mistake: weights-twice", ("cost_one_layer", "cost_one_layer, 1"))
# %% mistake: input-for-bias
grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 2)(W, b, x, target)
# %% mistake: counted-from-one
grad(cost_one_layer, 1)(W, b, x, target), grad(cost_one_layer, 2)(W, b, x, target)
# %% mistake: target-for-bias
grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 3)(W, b, x, target)

# %% unnamed: of-another-cost
other = lambda W, b: np.sum((feed_forward_one_layer(W, b, x) - target) ** 4)
return grad(other, 0)(W, b), grad(other, 1)(W, b)

# %% unnamed: functions-returned
grad(cost_one_layer, 0), grad(cost_one_layer, 1)
# %% unnamed: weights-only
grad(cost_one_layer, 0)(W, b, x, target)
# %% unnamed: at-another-point
grad(cost_one_layer, (0, 1))(W + 1, b, x, target)
# %% unnamed: zeros
0 * W, 0 * b
# %% unnamed: transposed
grad(cost_one_layer, 0)(W, b, x, target).T, grad(cost_one_layer, 1)(W, b, x, target)

# %% slips
"transposed", "first: ∂C/∂Wᵀ"
