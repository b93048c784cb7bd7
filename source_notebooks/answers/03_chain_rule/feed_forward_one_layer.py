# %% frame
def feed_forward_one_layer(W, b, x):
    return ...

# %% right: matmul
sigmoid(W @ x + b)
# %% right: dot
sigmoid(np.dot(W, x) + b)
# %% right: broadcast
sigmoid(np.sum(W * x, axis=1) + b)
# %% right: einsum
sigmoid(np.einsum("ij,j->i", W, x) + b)
# %% right: row-form
sigmoid(x @ W.T + b)

# %% right: written-out
z = np.matmul(W, x) + b
return 1.0 / (1.0 + np.exp(-z))

# %% right: loop
z = np.array([np.sum(W[i] * x) + b[i] for i in range(len(b))])
return sigmoid(z)

# %% right: method
class Layer:
    def forward(self, W, b, x):
        return sigmoid(W @ x + b)


feed_forward_one_layer = Layer().forward

# %% right: partly-applied
from functools import partial


def layer(activation, W, b, x):
    return activation(W @ x + b)


feed_forward_one_layer = partial(layer, sigmoid)

# %% right: tanh-form
0.5 * (1 + np.tanh((W @ x + b) / 2))

# %% mistake: bias-left-out
sigmoid(W @ x)
# %% mistake: bias-after-the-activation
sigmoid(W @ x) + b
# %% mistake: activation-left-out
W @ x + b

# %% mistake: activation-applied-twice
a = sigmoid(W @ x + b)
return sigmoid(a)

# %% mistake: weights-transposed
sigmoid(W.T @ x + b)
# %% mistake: weights-transposed/row-form
sigmoid(x @ W + b)

# %% mistake: cast-to-float
z = W @ x + b
return np.array([1 / (1 + np.exp(-float(v))) for v in z])

# %% mistake: assigned-into-an-array
a = np.zeros(len(b))
for i in range(len(b)):
    a[i] = sigmoid(np.sum(W[i] * x) + b[i])
return a

# %% mistake: unknown-to-autograd
sigmoid(len(x) * np.average(W * x, axis=1) + b)

# %% unnamed: bias-subtracted
sigmoid(W @ x - b)
# %% unnamed: tanh
np.tanh(W @ x + b)
# %% unnamed: rounded
np.round(sigmoid(W @ x + b), 3)
# %% unnamed: one-minus
1 - sigmoid(W @ x + b)
# %% unnamed: mean-of-products
sigmoid(np.mean(W * x, axis=1) + b)
# %% unnamed: clipped
sigmoid(np.clip(W @ x + b, -0.5, 0.5))

# %% unnamed: softmax
e = np.exp(W @ x + b)
return e / np.sum(e)

# %% slips
"bias-subtracted", "weighted_input: W x - b"
"one-minus", "activation: σ(-z)"
"rounded", "activation: σ(z), rounded to 3 decimals"
"softmax", "activation: softmax(z)"
"tanh", "activation: tanh(z)"

# %% equivalent: a vector is its own transpose
changed("solution", ("return sigmoid(W @ x + b)", "return sigmoid(W @ x.T + b)"))
