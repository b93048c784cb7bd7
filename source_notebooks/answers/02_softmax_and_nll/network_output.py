# %% frame
def network_output(x, W1, b1, W2, b2):
    return ...

# %% right: own-functions
a1 = hidden_activations(x, W1, b1)
return softmax(W2.T @ a1 + b2)

# %% right: inline
a1 = np.maximum(W1.T @ x + b1, 0)
z2 = W2.T @ a1 + b2
e = np.exp(z2 - z2.max())
return e / e.sum()

# %% right: row-by-row
a1 = hidden_activations(x, W1, b1).T
return softmax((a1 @ W2).T + b2)

# %% right: bias-as-a-weight
a1 = np.vstack([hidden_activations(x, W1, b1), [[1.0]]])
return predict(a1, np.vstack([W2, b2.T]))

# %% right: einsum
softmax(np.einsum('hn,hk->nk', W2, hidden_activations(x, W1, b1)) + b2)

# %% mistake: relu-left-out
softmax(W2.T @ (W1.T @ x + b1) + b2)
# %% mistake: hidden-bias-left-out
softmax(W2.T @ np.maximum(W1.T @ x, 0) + b2)
# %% mistake: w1-not-transposed
softmax(W2.T @ np.maximum(W1 @ x + b1, 0) + b2)
# %% mistake: output-bias-left-out
softmax(W2.T @ hidden_activations(x, W1, b1))
# %% mistake: softmax-left-out
W2.T @ hidden_activations(x, W1, b1) + b2
# %% mistake: sigmoid-at-the-output
sigmoid(W2.T @ hidden_activations(x, W1, b1) + b2)
# %% mistake: relu-at-the-output
softmax(hidden_activations(hidden_activations(x, W1, b1), W2, b2))
# %% mistake: w2-not-transposed
softmax(W2 @ hidden_activations(x, W1, b1) + b2)

# %% unnamed: hidden-tanh
softmax(W2.T @ np.tanh(W1.T @ x + b1) + b2)
# %% unnamed: rounded
np.round(softmax(W2.T @ hidden_activations(x, W1, b1) + b2), 2)
# %% unnamed: biases-halved
softmax(W2.T @ hidden_activations(x, W1, b1) + b2 / 2)
# %% unnamed: flat
softmax(W2.T @ hidden_activations(x, W1, b1) + b2).ravel()
# %% unnamed: softmax-twice
softmax(softmax(W2.T @ hidden_activations(x, W1, b1) + b2))

# %% slips
("hidden-tanh", "relu: tanh(z1)")
("rounded", "output: softmax(z2), rounded to 2 decimals")
("softmax-twice", "output: softmax(softmax(z2))")

# %% written
z1 = hidden_input
a1 = relu
z2 = output_input
return output
