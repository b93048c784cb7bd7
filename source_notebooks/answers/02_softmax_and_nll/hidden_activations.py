# %% frame
def hidden_activations(x, W1, b1):
    return ...

# %% right: maximum
np.maximum(0, W1.T @ x + b1)

# %% right: mask
z1 = W1.T @ x + b1
return z1 * (z1 > 0)

# %% right: where
z1 = np.dot(W1.T, x) + b1
return np.where(z1 > 0, z1, 0)

# %% right: copy-and-zero
a1 = (x.T @ W1).T + b1
a1[a1 < 0] = 0
return a1

# %% right: clip
np.clip(W1.T @ x + b1, 0, None)

# %% right: absolute-value
z1 = W1.T @ x + b1
return (z1 + abs(z1)) / 2

# %% right: einsum
np.einsum('mh,mk->hk', W1, x).__add__(b1).clip(min=0)
# %% right: comprehension
[[max(0.0, W1[:, j] @ x[:, 0] + b1[j, 0])] for j in range(W1.shape[1])]

# %% right: relu-defined
def relu(z):
    return np.maximum(z, 0)

def hidden_activations(x, W1, b1):
    return relu(W1.T @ x + b1)

# %% right: bias-as-a-weight
with_bias = np.vstack([W1, b1.T])
return np.maximum(with_bias.T @ np.vstack([x, [[1]]]), 0)

# %% mistake: relu-left-out
W1.T @ x + b1
# %% mistake: hidden-bias-left-out
np.maximum(W1.T @ x, 0)
# %% mistake: w1-not-transposed
np.maximum(W1 @ x + b1, 0)
# %% mistake: bias-subtracted
np.maximum(W1.T @ x - b1, 0)
# %% mistake: bias-after-the-relu
np.maximum(W1.T @ x, 0) + b1
# %% mistake: sigmoid-instead-of-relu
sigmoid(W1.T @ x + b1)
# %% mistake: minimum-instead-of-maximum
np.minimum(W1.T @ x + b1, 0)
# %% mistake: absolute-value
np.abs(W1.T @ x + b1)
# %% mistake: derivative-of-the-relu
(W1.T @ x + b1 > 0) * 1.0

# %% unnamed: leaky
changed("right: mask", ("z1 * (z1 > 0)", "np.where(z1 > 0, z1, 0.01 * z1)"))
# %% unnamed: relu6
np.clip(W1.T @ x + b1, 0, 6)
# %% unnamed: softplus
np.log1p(np.exp(W1.T @ x + b1))
# %% unnamed: tanh
np.tanh(W1.T @ x + b1)
# %% unnamed: squared
np.maximum(W1.T @ x + b1, 0) ** 2
# %% unnamed: flat
np.maximum(W1.T @ x + b1, 0).ravel()

# %% slips
("leaky", "relu: leaky relu(z1)")
("relu6", "relu: min(6, max(0, z1))")
("softplus", "relu: log(1 + exp(z1))")
("tanh", "relu: tanh(z1)")

# %% equivalent: the maximum is symmetric
changed("solution", ("return np.maximum(0, W1.T @ x + b1)", "return np.maximum(W1.T @ x + b1, 0)"))

# %% written
z1 = hidden_input
return relu
