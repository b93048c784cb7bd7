# %% frame
def updated(W, delta, o, epsilon):
    return ...

# %% right: outer
W + epsilon * np.outer(delta, o)
# %% right: broadcast
W + epsilon * delta * o.T
# %% right: turned
(W.T + epsilon * o @ delta.T).T

# %% right: in-place
W += epsilon * delta @ o.T
return W

# %% right: minus-minus
W - epsilon * (-delta @ o.T)
# %% right: einsum
W + epsilon * np.einsum('jn,in->ji', delta, o)

# %% right: loop
new = W.copy()
for j in range(W.shape[0]):
    for i in range(W.shape[1]):
        new[j, i] += epsilon * delta[j, 0] * o[i, 0]
return new

# %% mistake: subtracted
W - epsilon * delta @ o.T
# %% mistake: learning-rate-left-out
W + delta @ o.T
# %% mistake: learning-rate-divides
W + delta @ o.T / epsilon
# %% mistake: step-only
epsilon * delta @ o.T
# %% mistake: nothing-updated
W
# %% mistake: output-left-out
W + epsilon * delta
# %% mistake: delta-left-out
W + epsilon * o.T
# %% mistake: outer-product-turned
W + epsilon * o @ delta.T
# %% mistake: replaced-by-minus-the-step
changed("right: in-place", ("W += epsilon", "W =- epsilon"))
# %% mistake: nothing-updated/local-name
changed("right: in-place", ("W += epsilon", "new = W + epsilon"))

# %% unnamed: rate-squared
W + epsilon ** 2 * delta @ o.T
# %% unnamed: weight-decay
0.99 * W + epsilon * delta @ o.T
# %% unnamed: clipped
W + np.clip(epsilon * delta @ o.T, -1, 1)
# %% unnamed: multiplied
W * (epsilon * delta @ o.T)
# %% unnamed: signs-only
W + epsilon * np.sign(delta @ o.T)

# %% unnamed: rate-of-the-first-call
def updated(W, delta, o, epsilon, rates=[]):
    rates.append(epsilon)
    return W + rates[0] * delta @ o.T

# %% slips
"rate-of-the-first-call", "new_matrix: W + … δ oᵀ"
"rate-squared", "new_matrix: W + ε (ε δ oᵀ)"
"signs-only", "new_matrix: W + ε sign(δ oᵀ)"
"weight-decay", "new_matrix: W + ε δ oᵀ + … W"

# %% equivalent: a column times a row broadcasts to the outer product
changed("solution", ("return W + epsilon * delta @ o.T", "return W + epsilon * delta * o.T"))

# %% written
gradient = matrix_gradient
return new_matrix

# %% quantities
"δ oᵀ", "gradient"
"δ", "delta"
"ε", "epsilon"
