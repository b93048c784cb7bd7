# The answers to one task are one file; this task is the largest of the course, and the file is longer than 400 lines as data.

# %% frame
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    ...

# %% right: layer-by-layer
self.forward(x)
delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    delta = delta @ layer.get_weight().T

# %% right: forward-inside
changed("right: layer-by-layer", ("self.forward(x)\n    ", ""), ("layers[-1].last_zout", "forward(x)"))
# %% right: error-carried-along
changed("right: layer-by-layer", ("self.forward", "y_pred = self.forward"), ("self.layers[-1].last_zout", "y_pred"))

# %% right: output-layer-apart
self.forward(x)
output = self.layers[-1]
delta = self.loss.get_gradient(y, output.last_zout) * output.act.get_gradient(output.last_zin)
output.set_weight_gradient(output.last_input.T @ delta)
output.set_bias_gradient(delta.sum(dim=0))
for l in range(len(self.layers) - 2, -1, -1):
    layer = self.layers[l]
    next_layer = self.layers[l + 1]
    delta = (delta @ next_layer.get_weight().T) * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(dim=0))

# %% right: enumerate-and-index-arithmetic
self.forward(x)
L = len(self.layers)
delta = None
for i, layer in enumerate(self.layers[::-1]):
    l = L - 1 - i
    if i == 0:
        error = self.loss.get_gradient(y, layer.last_zout)
    else:
        error = delta @ self.layers[l + 1].get_weight().T
    delta = error * layer.act.get_gradient(layer.last_zin)
    a_prev = x if l == 0 else self.layers[l - 1].last_zout
    layer.set_weight_gradient(a_prev.T @ delta)
    layer.set_bias_gradient(delta.sum(0))

# %% right: error-signals-in-a-list
self.forward(x)
last = self.layers[-1]
deltas = [self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)]
for l in range(len(self.layers) - 1, 0, -1):
    prev = self.layers[l - 1]
    deltas.insert(0, deltas[0] @ self.layers[l].get_weight().T * prev.act.get_gradient(prev.last_zin))
for layer, delta in zip(self.layers, deltas):
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(axis=0))

# %% right: error-signal-kept-on-the-layer
self.forward(x)
for l in reversed(range(len(self.layers))):
    layer = self.layers[l]
    if l == len(self.layers) - 1:
        layer.delta = self.loss.get_gradient(y, layer.last_zout)
    else:
        layer.delta = self.layers[l + 1].delta @ self.layers[l + 1].linear.weight.T
    layer.delta = layer.delta * layer.act.get_gradient(layer.last_zin)
for layer in self.layers:
    layer.set_weight_gradient(layer.last_input.T @ layer.delta)
    layer.set_bias_gradient(layer.delta.sum(0))

# %% right: torch-matmul
self.forward(x)
error = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in self.layers[::-1]:
    delta = torch.mul(error, layer.act.get_gradient(layer.last_zin))
    layer.set_weight_gradient(torch.matmul(torch.transpose(layer.last_input, 0, 1), delta))
    layer.set_bias_gradient(torch.sum(delta, dim=0))
    error = torch.matmul(delta, layer.get_weight().transpose(0, 1))

# %% right: torch-mm
out = self.forward(x)
delta = self.loss.get_gradient(y, out)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(torch.mm(layer.last_input.t(), delta))
    layer.set_bias_gradient(delta.sum(0))
    delta = torch.mm(delta, layer.get_weight().t())

# %% right: einsum
delta = self.loss.get_gradient(y, self.forward(x))
for layer in reversed(self.layers):
    delta = torch.einsum("nk,nk->nk", delta, layer.act.get_gradient(layer.last_zin))
    layer.set_weight_gradient(torch.einsum("ni,nk->ik", layer.last_input, delta))
    layer.set_bias_gradient(torch.einsum("nk->k", delta))
    delta = torch.einsum("nk,ik->ni", delta, layer.get_weight())

# %% right: tensordot
delta = self.loss.get_gradient(y, self.forward(x))
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(torch.tensordot(layer.last_input, delta, dims=([0], [0])))
    layer.set_bias_gradient(delta.sum(0))
    delta = torch.tensordot(delta, layer.get_weight(), dims=([1], [1]))

# %% right: outer-products-summed
delta = self.loss.get_gradient(y, self.forward(x))
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    dW = torch.zeros_like(layer.get_weight())
    db = torch.zeros_like(layer.get_bias())
    for a_n, delta_n in zip(layer.last_input, delta):
        dW += torch.outer(a_n, delta_n)
        db += delta_n
    layer.set_weight_gradient(dW)
    layer.set_bias_gradient(db)
    delta = torch.stack([layer.get_weight() @ delta_n for delta_n in delta])

# %% right: outer-transposed
delta = self.loss.get_gradient(y, self.forward(x))
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))
    layer.set_weight_gradient(dW)
    layer.set_bias_gradient(sum(delta))
    delta = delta @ layer.get_weight().T

# %% right: broadcast-products-summed
changed("right: tensordot", ("(torch.tensordot", "("),
        ("(layer.last_input, delta, dims=([0], [0]))", "(layer.last_input[:, :, None] * delta[:, None, :]).sum(0)"),
        ("torch.tensordot(delta, layer", "(delta[:, None, :] * layer"),
        ("(), dims=([1], [1])", "()[None, :, :]).sum(-1"))

# %% right: batched-matrix-products
changed("right: tensordot", ("tensordot(layer", "bmm(layer"),
        ("(layer.last_input, delta, dims=([0], [0]))", "(layer.last_input.unsqueeze(2), delta.unsqueeze(1)).sum(0)"),
        ("torch.tensordot(delta, layer", "(layer"),
        ("(layer.get_weight(), dims=([1], [1]))", "(layer.get_weight() @ delta.unsqueeze(2)).squeeze(2)"))

# %% right: columns-are-samples
self.forward(x)
delta = self.loss.get_gradient(y, self.layers[-1].last_zout).T
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin).T
    layer.set_weight_gradient((delta @ layer.last_input).T)
    layer.set_bias_gradient(delta.sum(1))
    delta = layer.get_weight() @ delta

# %% right: weights-first
changed("right: tensordot", ("torch.tensordot(layer", "(delta.T @ layer"),
        ("(delta.T @ layer.last_input, delta, dims=([0], [0]))", "(delta.T @ layer.last_input).T"),
        ("torch.tensordot(delta, layer", "(layer"),
        ("(layer.get_weight(), dims=([1], [1]))", "(layer.get_weight() @ delta.T).T"))

# %% right: bias-by-a-row-of-ones
changed("right: outer-transposed",
        ("dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))",
         "ones = torch.ones((1, x.shape[0]), dtype=delta.dtype)"),
        ("(dW)", "(layer.last_input.T @ delta)"),
        ("sum(delta)", "(ones @ delta).reshape(-1)"))

# %% right: bias-by-ones-of-the-default-dtype
changed("right: layer-by-layer", ("self.forward(x)\n    ", ""), ("layers[-1].last_zout", "forward(x)"),
        ("delta.sum(0)", "torch.ones(len(x)) @ delta"))

# %% right: bias-as-the-weight-of-a-constant-input
changed("right: outer-transposed",
        ("dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))",
         "a = torch.cat([layer.last_input, torch.ones_like(x[:, :1])], dim=1)\n        gradient = a.T @ delta"),
        ("(dW)", "(gradient[:-1])"),
        ("sum(delta)", "gradient[-1]"))

# %% right: bias-keepdim-squeezed
changed("right: layer-by-layer", ("self.forward(x)\n    ", ""), ("layers[-1].last_zout", "forward(x)"),
        ("sum(0)", "sum(dim=0, keepdim=True).squeeze(0)"))

# %% right: bias-keepdim-reshaped
changed("right: outer-transposed",
        ("dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))\n        ", ""),
        ("(dW)", "((layer.last_input.T @ delta).reshape(layer.get_weight().shape))"),
        ("sum(delta)", "delta.sum(0, keepdim=True).view(layer.get_bias().shape)"))

# %% right: bias-mean-times-batch-size
changed("right: layer-by-layer", ("self.forward(x)", "n = x.shape[0]"),
        ("(y, self.layers[-1].last_zout)", "(y, self.forward(x)) * n"),
        ("T @ delta", "T @ delta / n"),
        ("sum(0)", "mean(0)"))

# %% right: derivative-from-the-output
self.forward(x)
p = self.layers[-1].last_zout
delta = self.loss.get_gradient(y, p) * p * (1 - p)
for l in range(len(self.layers) - 1, -1, -1):
    layer = self.layers[l]
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    if l > 0:
        a = self.layers[l - 1].last_zout
        delta = delta @ layer.get_weight().T * (1 - a**2)

# %% right: derivative-written-out
self.forward(x)
error = self.loss.get_gradient(y, self.layers[-1].last_zout)
for i, layer in reversed(list(enumerate(self.layers))):
    z = layer.last_zin
    if i == len(self.layers) - 1:
        derivative = torch.sigmoid(z) * (1 - torch.sigmoid(z))
    else:
        derivative = 1 - torch.tanh(z) ** 2
    delta = error * derivative
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    error = delta @ layer.get_weight().T

# %% right: derivative-by-exponentials
self.forward(x)
error = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    z = layer.last_zin
    if isinstance(layer.act, Sigmoid):
        delta = error * torch.exp(-z) / (1 + torch.exp(-z)) ** 2
    else:
        delta = error * 4 / (torch.exp(z) + torch.exp(-z)) ** 2
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    error = delta @ layer.get_weight().T

# %% right: derivative-by-the-class
self.forward(x)
output = self.layers[-1]
delta = self.loss.get_gradient(y, output.last_zout) * Sigmoid().get_gradient(output.last_zin)
output.set_weight_gradient(output.last_input.T @ delta)
output.set_bias_gradient(delta.sum(0))
for before, after in zip(self.layers[-2::-1], self.layers[:0:-1]):
    delta = (delta @ after.get_weight().T) * TanH().get_gradient(before.last_zin)
    before.set_weight_gradient(before.last_input.T @ delta)
    before.set_bias_gradient(delta.sum(0))

# %% right: jacobians-as-diagonal-matrices
changed("right: layer-by-layer", ("self.forward(x)\n    ", ""), ("layers[-1].last_zout", "forward(x)"),
        ("delta = delta * layer", "jacobian = torch.diag_embed(layer"),
        ("(layer.last_zin)", "(layer.last_zin))\n        delta = (delta[:, None, :] @ jacobian)[:, 0, :]"))

# %% right: constants-merged
p = self.forward(x)
delta = 2 / y.numel() * (p - y) * p * (1 - p)
for layer, before in zip(self.layers[::-1], self.layers[-2::-1] + [None]):
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    if before is not None:
        delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)

# %% right: divided-at-the-end
changed("right: layer-by-layer", ("self.forward", "p = self.forward"),
        ("delta = self.loss.get_gradient(y, self.layers[-1].last_zout)", "N, K = y.shape\n    delta = 2 * (p - y)"),
        ("T @ delta", "T @ delta / (N * K)"),
        ("sum(0)", "sum(0) / (N * K)"))

# %% right: numpy-throughout
import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    self.forward(x)
    p = self.layers[-1].last_zout.numpy()
    delta = 2 * (p - y.numpy()) / p.size * p * (1 - p)
    for l in range(len(self.layers) - 1, -1, -1):
        layer = self.layers[l]
        layer.set_weight_gradient(torch.from_numpy(layer.last_input.numpy().T @ delta))
        layer.set_bias_gradient(torch.from_numpy(np.sum(delta, axis=0)))
        if l > 0:
            z = self.layers[l - 1].last_zin.numpy()
            delta = np.dot(delta, layer.get_weight().numpy().T) * (1 - np.tanh(z) ** 2)

# %% right: numpy-arrays-through-the-setters
import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    p = self.forward(x)
    delta = self.loss.get_gradient(y, p).numpy()
    for layer in reversed(self.layers):
        delta = delta * np.array(layer.act.get_gradient(layer.last_zin))
        layer.set_weight_gradient(np.array(layer.last_input).T @ delta)
        layer.set_bias_gradient(delta.sum(0))
        delta = delta @ np.array(layer.get_weight()).T

# %% right: numpy-arrays-assigned
import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    p = self.forward(x)
    delta = self.loss.get_gradient(y, p).numpy()
    for layer in reversed(self.layers):
        delta = np.multiply(delta, layer.act.get_gradient(layer.last_zin).numpy())
        layer.linear.weight_grad = np.einsum("ni,nk->ik", layer.last_input.numpy(), delta)
        layer.linear.bias_grad = np.add.reduce(delta)
        delta = np.matmul(delta, layer.linear.weight.numpy().T)

# %% right: numpy-matrix
import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    p = self.forward(x)
    error = np.matrix(self.loss.get_gradient(y, p).numpy())
    for layer in reversed(self.layers):
        delta = np.multiply(error, np.matrix(layer.act.get_gradient(layer.last_zin).numpy()))
        layer.set_weight_gradient(np.matrix(layer.last_input.numpy()).T * delta)
        layer.set_bias_gradient(delta.sum(axis=0).A1)
        error = delta * np.matrix(layer.get_weight().numpy()).T

# %% right: lists-assigned
p = self.forward(x)
delta = self.loss.get_gradient(y, p)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.linear.weight_grad = (layer.last_input.T @ delta).tolist()
    layer.linear.bias_grad = [column.sum().item() for column in delta.T]
    delta = delta @ layer.linear.weight.T

# %% right: assigned-without-the-setters
self.forward(x)
error = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    delta = error * layer.act.get_gradient(layer.last_zin)
    layer.linear.weight_grad = layer.last_input.T @ delta
    layer.linear.bias_grad = delta.sum(0)
    error = delta @ layer.linear.weight.T

# %% right: requires-grad-then-detached
changed("right: layer-by-layer", ("(self, x, y):", "(self, x, y):\n    x = x.clone().requires_grad_(True)"),
        ("layer.last_input", "(layer.last_input"),
        ("(layer.last_input.T @ delta)", "(layer.last_input.T @ delta).detach())"),
        ("sum(0)", "sum(0).detach()"))

# %% right: still-attached-to-a-graph
changed("right: layer-by-layer", ("(self, x, y):", "(self, x, y):\n    x = x.clone().requires_grad_(True)"))

# %% right: without-grad-mode
with torch.no_grad():
    delta = self.loss.get_gradient(y, self.forward(x)).clone()
    for layer in self.layers[::-1]:
        delta *= layer.act.get_gradient(layer.last_zin)
        layer.set_weight_gradient(layer.last_input.T.mm(delta))
        layer.set_bias_gradient(delta.sum(0))
        delta = delta.mm(layer.get_weight().T)

# %% right: pure-python-loops
p = self.forward(x)
N = x.shape[0]
error = self.loss.get_gradient(y, p)
for layer in reversed(self.layers):
    W = layer.get_weight()
    n_in, n_out = W.shape
    derivative = layer.act.get_gradient(layer.last_zin)
    delta = torch.zeros(N, n_out)
    dW = torch.zeros(n_in, n_out)
    db = torch.zeros(n_out)
    for n in range(N):
        for k in range(n_out):
            delta[n, k] = error[n, k] * derivative[n, k]
            db[k] += delta[n, k]
            for i in range(n_in):
                dW[i, k] += layer.last_input[n, i] * delta[n, k]
    layer.set_weight_gradient(dW)
    layer.set_bias_gradient(db)
    error = torch.zeros(N, n_in)
    for n in range(N):
        for i in range(n_in):
            for k in range(n_out):
                error[n, i] += delta[n, k] * W[i, k]

# %% right: list-comprehensions
p = self.forward(x)
error = self.loss.get_gradient(y, p).tolist()
for layer in reversed(self.layers):
    slope = layer.act.get_gradient(layer.last_zin).tolist()
    delta = [[e * s for e, s in zip(es, ss)] for es, ss in zip(error, slope)]
    columns = list(zip(*delta))
    inputs = list(zip(*layer.last_input.tolist()))
    dW = [[sum(a * d for a, d in zip(a_i, d_k)) for d_k in columns] for a_i in inputs]
    layer.set_weight_gradient(torch.tensor(dW))
    layer.set_bias_gradient(torch.tensor([sum(d_k) for d_k in columns]))
    error = [[sum(w * d for w, d in zip(w_i, d_n)) for w_i in layer.get_weight().tolist()] for d_n in delta]

# %% right: recursion-over-layers
self.forward(x)

def error_at_the_output_of(l):
    if l == len(self.layers) - 1:
        return self.loss.get_gradient(y, self.layers[l].last_zout)
    return delta_of(l + 1) @ self.layers[l + 1].get_weight().T

def delta_of(l):
    return error_at_the_output_of(l) * self.layers[l].act.get_gradient(self.layers[l].last_zin)

for l, layer in enumerate(self.layers):
    delta = delta_of(l)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))

# %% right: recursion-by-a-helper
def backward_through(layers, error):
    if not layers:
        return
    *before, layer = layers
    delta = error * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    backward_through(before, delta @ layer.get_weight().T)

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    backward_through(self.layers, self.loss.get_gradient(y, self.forward(x)))

# %% right: neighbours-zipped
self.forward(x)
last = self.layers[-1]
delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
for before, layer in reversed(list(zip(self.layers[:-1], self.layers[1:]))):
    layer.set_weight_gradient(before.last_zout.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
self.layers[0].set_weight_gradient(x.T @ delta)
self.layers[0].set_bias_gradient(delta.sum(0))

# %% right: layers-popped-from-a-copy
error = self.loss.get_gradient(y, self.forward(x))
todo = list(self.layers)
while todo:
    layer = todo.pop()
    delta = error * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    error = delta @ layer.get_weight().T

# %% right: float32-throughout
p = self.forward(x).float()
delta = self.loss.get_gradient(y.float(), p)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin.float())
    layer.set_weight_gradient(layer.last_input.float().T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    delta = delta @ layer.get_weight().float().T

# %% right: float64-throughout
changed("right: float32-throughout", ("(x).float", "(x).double"), ("float", "double"))

# %% right: one-forward-pass-per-sample
dW = [torch.zeros_like(layer.get_weight()) for layer in self.layers]
db = [torch.zeros_like(layer.get_bias()) for layer in self.layers]
for i in range(len(x)):
    p = self.forward(x[i:i + 1])
    delta = self.loss.get_gradient(y[i:i + 1], p) / len(x)
    for l in range(len(self.layers) - 1, -1, -1):
        layer = self.layers[l]
        delta = delta * layer.act.get_gradient(layer.last_zin)
        dW[l] += layer.last_input.T @ delta
        db[l] += delta[0]
        delta = delta @ layer.get_weight().T
for l, layer in enumerate(self.layers):
    layer.set_weight_gradient(dW[l])
    layer.set_bias_gradient(db[l])

# %% right: one-vector-per-sample
for layer in self.layers:
    layer.linear.weight_grad = torch.zeros_like(layer.linear.weight)
    layer.linear.bias_grad = torch.zeros_like(layer.linear.bias)
self.forward(x)
for n in range(x.shape[0]):
    p = self.layers[-1].last_zout[n]
    delta = 2 * (p - y[n]) / y.numel() * p * (1 - p)
    for l in range(len(self.layers) - 1, -1, -1):
        layer = self.layers[l]
        layer.linear.weight_grad += layer.last_input[n].unsqueeze(1) * delta
        layer.linear.bias_grad += delta
        if l > 0:
            a = layer.last_input[n]
            delta = layer.get_weight() @ delta * (1 - a * a)

# %% right: own-forward-pass
zs, activations = [], [x]
for layer in self.layers:
    zs.append(activations[-1] @ layer.get_weight() + layer.get_bias())
    activations.append(layer.act.forward(zs[-1]))
delta = 2 * (activations[-1] - y) / y.numel()
for l in reversed(range(len(self.layers))):
    delta = delta * self.layers[l].act.get_gradient(zs[l])
    self.layers[l].set_weight_gradient(activations[l].T @ delta)
    self.layers[l].set_bias_gradient(delta.sum(0))
    delta = delta @ self.layers[l].get_weight().T

# %% right: returns-the-gradients-too
gradients = []
delta = self.loss.get_gradient(y, self.forward(x))
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    gradients.append((layer.last_input.T @ delta, delta.sum(0)))
    layer.set_weight_gradient(gradients[-1][0])
    layer.set_bias_gradient(gradients[-1][1])
    delta = delta @ layer.get_weight().T
return gradients[::-1]

# %% mistake: derivative-left-out-in-hidden-layers
changed("right: layer-by-layer", ("delta = self", "output = self.layers[-1]\n    delta = self"),
        ("(y, self.layers[-1].last_zout)", "(y, output.last_zout) * output.act.get_gradient(output.last_zin)"),
        ("delta = delta * layer.act.get_gradient(layer.last_zin)\n        ", ""))

# %% mistake: derivative-left-out-at-the-output
changed("right: layer-by-layer", ("layer in reversed", "l in range(len"),
        (":\n        delta = delta * layer.act.get_gradient(layer.last_zin)",
         " - 1, -1, -1):\n        layer = self.layers[l]"),
        ("delta = delta", "if l > 0:\n            before = self.layers[l - 1]\n            delta = (delta"),
        ("().T", "().T) * before.act.get_gradient(before.last_zin)"))

# %% mistake: derivative-left-out-everywhere
changed("right: layer-by-layer", ("delta = delta * layer.act.get_gradient(layer.last_zin)\n        ", ""))

# %% mistake: derivative-at-zout-in-hidden-layers
self.forward(x)
output = self.layers[-1]
delta = self.loss.get_gradient(y, output.last_zout) * output.act.get_gradient(output.last_zin)
output.set_weight_gradient(output.last_input.T @ delta)
output.set_bias_gradient(delta.sum(0))
for l in range(len(self.layers) - 2, -1, -1):
    layer = self.layers[l]
    delta = delta @ self.layers[l + 1].get_weight().T * layer.act.get_gradient(layer.last_zout)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))

# %% mistake: derivative-at-zout-at-the-output
p = self.forward(x)
delta = self.loss.get_gradient(y, p) * self.layers[-1].act.get_gradient(p)
for l in range(len(self.layers) - 1, -1, -1):
    layer = self.layers[l]
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    if l > 0:
        before = self.layers[l - 1]
        delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)

# %% mistake: derivative-at-zout-everywhere
changed("right: layer-by-layer", ("last_zin", "last_zout"))

# %% mistake: derivative-at-zout-everywhere/next-input
activations = [x]
for layer in self.layers:
    activations.append(layer.forward(activations[-1]))
delta = self.loss.get_gradient(y, activations[-1])
for l in reversed(range(len(self.layers))):
    delta = delta * self.layers[l].act.get_gradient(activations[l + 1])
    self.layers[l].set_weight_gradient(activations[l].T @ delta)
    self.layers[l].set_bias_gradient(delta.sum(0))
    delta = delta @ self.layers[l].get_weight().T

# %% mistake: tanh-derivative-at-the-output
changed("right: layer-by-layer", ("layer.act.get_gradient", "(1 - torch.tanh"),
        ("(layer.last_zin)", "(layer.last_zin) ** 2)"))

# %% mistake: tanh-derivative-at-the-output/class
changed("right: layer-by-layer", ("forward(x)", "forward(x)\n    tanh = TanH()"), ("layer.act", "tanh"))
# %% mistake: tanh-formula-at-the-output
changed("right: layer-by-layer", ("layer.act.get_gradient(layer.last_zin)", "(1 - layer.last_zout**2)"))

# %% mistake: sigmoid-derivative-in-hidden-layers
changed("right: layer-by-layer", ("delta = delta *", "s = torch.sigmoid(layer.last_zin)\n        delta = delta *"),
        ("layer.act.get_gradient(layer.last_zin)", "s * (1 - s)"))

# %% mistake: sigmoid-derivative-in-hidden-layers/output-act
changed("right: layer-by-layer", ("forward(x)", "forward(x)\n    act = self.layers[-1].act"), ("layer.act", "act"))
# %% mistake: sigmoid-formula-in-hidden-layers
changed("right: layer-by-layer", ("act.get_gradient(layer.last_zin)", "last_zout * (1 - layer.last_zout)"))

# %% mistake: weights-transposed
changed("right: layer-by-layer", ("layer in reversed", "l in range(len"),
        ("(self.layers):", "(self.layers) - 1, -1, -1):\n        layer = self.layers[l]"),
        ("delta = delta @ layer", "if l > 0:\n            delta = delta @ layer"),
        ("().T", "()"))

# %% mistake: weights-transposed/columns
self.forward(x)
last = self.layers[-1]
delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
last.set_weight_gradient(last.last_input.T @ delta)
last.set_bias_gradient(delta.sum(0))
for l in range(len(self.layers) - 2, -1, -1):
    layer = self.layers[l]
    delta = (self.layers[l + 1].get_weight().T @ delta.T).T * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))

# %% mistake: weights-of-the-wrong-layer
changed("mistake: weights-transposed/columns",
        ("l in range(len(self.layers) - 2, -1, -1):\n        layer = self.layers[l]",
         "layer in reversed(self.layers[:-1]):"),
        ("self.layers[l + 1]", "delta @ layer"),
        ("(delta @ layer.get_weight().T @ delta.T).T", "(delta @ layer.get_weight().T)"))

# %% mistake: updated-weights-used
self.forward(x)
delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    layer.linear.weight -= 0.25 * layer.linear.weight_grad
    layer.linear.bias -= 0.25 * layer.linear.bias_grad
    delta = delta @ layer.get_weight().T

# %% mistake: updated-weights-used/rebinding
@add_to_class(NeuralNetwork)
def backward(self, x, y, lr=0.1):
    self.forward(x)
    delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
    for layer in reversed(self.layers):
        delta = delta * layer.act.get_gradient(layer.last_zin)
        dW = layer.last_input.T @ delta
        db = delta.sum(0)
        layer.set_weight_gradient(dW)
        layer.set_bias_gradient(db)
        layer.linear.weight = layer.linear.weight - lr * dW
        layer.linear.bias = layer.linear.bias - lr * db
        delta = delta @ layer.linear.weight.T

# %% mistake: weight-gradient-for-weights
changed("right: layer-by-layer", ("layer.set_weight_gradient(layer", "grad_weight = layer"),
        ("delta)", "delta\n        layer.set_weight_gradient(grad_weight)"),
        ("layer.get_weight()", "grad_weight"))

# %% mistake: weight-gradient-for-weights/stored
changed("mistake: weights-transposed/columns", ("delta = (self", "delta = delta @ self"),
        ("get_weight().T @ delta.T)", "linear.weight_grad"))

# %% mistake: raw-error-carried
changed("right: layer-by-layer", ("delta = self", "error = self"), ("delta * layer", "error * layer"),
        ("delta = delta", "error = error"))

# %% mistake: zin-for-zout
changed("right: layer-by-layer", ("layer in reversed", "l in range(len"),
        ("(self.layers):", "(self.layers) - 1, -1, -1):\n        layer = self.layers[l]"),
        ("layer.set_weight_gradient",
         "inputs = self.layers[l - 1].last_zin if l > 0 else x\n        layer.set_weight_gradient"),
        ("layer.last_input", "inputs"))

# %% mistake: network-input-for-hidden-output
changed("right: layer-by-layer", ("layer.last_input", "x"))
# %% mistake: network-input-for-hidden-output/assigned
changed("right: assigned-without-the-setters", ("error", "delta"), ("layer.last_input", "x"))
# %% mistake: own-output-for-input
changed("right: layer-by-layer", ("last_input", "last_zout"))
# %% mistake: own-output-for-input/assigned
changed("right: assigned-without-the-setters", ("error", "delta"), ("last_input", "last_zout"))
# %% mistake: weight-gradient-transposed
changed("right: layer-by-layer", ("layer.last_input.T @ delta", "delta.T @ layer.last_input"))

# %% mistake: weight-gradient-transposed/assigned
changed("right: assigned-without-the-setters", ("error", "delta"),
        ("layer.last_input", 'torch.einsum("nk,ni->ki", delta, layer.last_input'),
        (".T @ delta", ")"))

# %% mistake: weight-averaged
changed("right: layer-by-layer", ("forward(x)", "forward(x)\n    n = x.shape[0]"), ("T @ delta", "T @ delta / n"))

# %% mistake: weight-averaged/mean-of-products
changed("right: layer-by-layer", ("layer.last_input", "(layer.last_input"),
        ("T @ delta", "unsqueeze(2) * delta.unsqueeze(1)).mean(0)"))

# %% mistake: bias-not-summed
changed("right: layer-by-layer", ("delta.sum(0)", "delta"))

# %% mistake: bias-not-summed/assigned
changed("right: assigned-without-the-setters", ("error = self", "delta = self"), ("delta = error", "delta = delta"),
        ("delta.sum(0)\n        error", "delta\n        delta"))

# %% mistake: bias-not-summed/numpy
import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    self.forward(x)
    delta = self.loss.get_gradient(y, self.layers[-1].last_zout).numpy()
    for layer in reversed(self.layers):
        delta = delta * layer.act.get_gradient(layer.last_zin).numpy()
        layer.linear.weight_grad = np.dot(layer.last_input.numpy().T, delta)
        layer.linear.bias_grad = delta
        delta = np.dot(delta, layer.get_weight().numpy().T)

# %% mistake: bias-averaged
changed("right: layer-by-layer", ("sum(0)", "mean(dim=0)"))
# %% mistake: bias-averaged/divided
changed("right: layer-by-layer", ("delta.sum(0)", "1 / len(x) * torch.sum(delta, 0)"))
# %% mistake: bias-times-batch-size
changed("right: layer-by-layer", ("forward", "forward(x)\n    n = len"), ("delta.sum", "n * delta.sum"))

# %% mistake: bias-times-batch-size/matrix-of-ones
changed("right: error-carried-along", ("y_pred = self", "self"),
        ("(y, y_pred)", "(y, self.layers[-1].last_zout)\n    ones = torch.ones((len(x), len(x)), dtype=delta.dtype)"),
        ("delta.sum", "(ones @ delta).sum"))

# %% mistake: bias-summed-over-the-wrong-axis
changed("right: layer-by-layer", ("sum(0)", "sum(dim=1)"))

# %% mistake: bias-summed-over-the-wrong-axis/assigned
changed("right: assigned-without-the-setters", ("error = self", "delta = self"), ("delta = error", "delta = delta"),
        ("(0)\n        error", "(-1)\n        delta"))

# %% mistake: bias-summed-over-everything
changed("right: layer-by-layer", ("sum(0)", "sum()"))
# %% mistake: averaged-twice
changed("right: layer-by-layer", ("(y, self.layers[-1].last_zout)", "(y, self.layers[-1].last_zout) / len(x)"))

# %% mistake: averaged-twice/both-gradients
changed("right: layer-by-layer", ("forward(x)", "forward(x)\n    m = x.shape[0]"), ("T @ delta", "T @ delta / m"),
        ("sum(0)", "mean(0)"))

# %% mistake: loss-gradient-without-2
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "(y_pred - y) / y.numel()"))
# %% mistake: loss-gradient-per-sample
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "2 * (y_pred - y) / len(y)"))
# %% mistake: loss-gradient-per-output
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "2 / y.shape[1] * (y_pred - y)"))

# %% mistake: loss-gradient-per-output/per-sample-gradients-added
for layer in self.layers:
    layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
    layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))
for i in range(len(x)):
    y_pred = self.forward(x[i:i + 1])
    delta = self.loss.get_gradient(y[i:i + 1], y_pred)
    for layer in reversed(self.layers):
        delta = delta * layer.act.get_gradient(layer.last_zin)
        layer.linear.weight_grad += layer.last_input.T @ delta
        layer.linear.bias_grad += delta.sum(0)
        delta = delta @ layer.get_weight().T

# %% mistake: loss-gradient-summed
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "2 * (y_pred - y)"))
# %% mistake: sign-flipped
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "2 * (y - y_pred) / y.numel()"))
# %% mistake: sign-flipped/arguments-swapped
changed("right: error-carried-along", ("y, y_pred", "y_pred, y"))
# %% mistake: sign-flipped/negative-gradients
changed("right: error-carried-along", ("layer.last_input", "-layer.last_input"), ("delta.sum", "-delta.sum"))
# %% mistake: loss-for-its-gradient
changed("right: error-carried-along", ("loss.get_gradient", "loss.forward"))

# %% mistake: loss-for-its-gradient/get-loss
changed("mistake: derivative-at-zout-at-the-output", ("p = self", "self"),
        ("delta = self.loss.get_gradient(y, p) * self", "last = self"),
        ("[-1]", "[-1]\n    delta = self.get_loss(x, y) * last"),
        ("(p)", "(last.last_zin)"))

# %% mistake: squared-error-for-its-gradient
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "(y_pred - y) ** 2"))
# %% mistake: mean-squared-error-for-its-gradient
changed("right: error-carried-along", ("self.loss.get_gradient(y, y_pred)", "(y_pred - y) ** 2 / y.numel()"))

# %% mistake: nothing-stored
changed("right: returns-the-gradients-too",
        ("layer.set_weight_gradient(gradients[-1][0])\n        layer.set_bias_gradient(gradients[-1][1])\n        ",
         ""),
        ("[::-1]", ""))

# %% mistake: nothing-stored/another-name
changed("right: forward-inside", ("set_weight_gradient(layer", "weight_grad = layer"), ("delta)", "delta"),
        ("set_bias_gradient(delta.sum(0))", "bias_grad = delta.sum(0)"))

# %% mistake: last-layer-only
self.forward(x)
layer = self.layers[-1]
delta = self.loss.get_gradient(y, layer.last_zout) * layer.act.get_gradient(layer.last_zin)
layer.set_weight_gradient(layer.last_input.T @ delta)
layer.set_bias_gradient(delta.sum(0))

# %% mistake: last-layer-only/returned-too-early
changed("right: layer-by-layer", ("().T", "().T\n        return delta"))

# %% mistake: first-layer-left-out
changed("right: layer-by-layer", ("layer in reversed", "l in range(len"),
        ("(self.layers):", "(self.layers) - 1, 0, -1):\n        layer = self.layers[l]"))

# %% mistake: stale-pass
changed("right: forward-inside", ("forward(x)", "layers[-1].last_zout"))

# %% mistake: gradients-accumulated
self.forward(x)
delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    if layer.linear.weight_grad is None:
        layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
        layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))
    layer.linear.weight_grad += layer.last_input.T @ delta
    layer.linear.bias_grad += delta.sum(0)
    delta = delta @ layer.get_weight().T

# %% mistake: gradients-accumulated/through-the-setters
self.forward(x)
delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    dW, db = layer.last_input.T @ delta, delta.sum(0)
    if layer.linear.weight_grad is not None:
        dW = layer.linear.weight_grad + dW
        db = layer.linear.bias_grad + db
    layer.set_weight_gradient(dW)
    layer.set_bias_gradient(db)
    delta = delta @ layer.get_weight().T

# %% mistake: cross-entropy-error-signal
delta = self.forward(x) - y
for l in reversed(range(len(self.layers))):
    layer = self.layers[l]
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    if l > 0:
        below = self.layers[l - 1]
        delta = (delta @ layer.get_weight().T) * below.act.get_gradient(below.last_zin)

# %% mistake: cross-entropy-error-signal-averaged
changed("mistake: cross-entropy-error-signal", ("delta = self", "delta = (self"), ("(x) - y", "(x) - y) / len(x)"))

# %% mistake: cross-entropy-error-signal-averaged-over-all
changed("mistake: cross-entropy-error-signal-averaged", ("len(x)", "y.numel()"))

# %% mistake: gradients-swapped
changed("right: forward-inside", ("set_weight_gradient", "set_other"), ("set_bias_gradient", "set_weight_gradient"),
        ("set_other", "set_bias_gradient"))

# %% mistake: weight-times-batch-size
changed("right: forward-inside", ("delta = self", "error = self"), ("delta * layer", "error * layer"),
        ("layer.last_input", "len(x) * layer.last_input"),
        ("delta = delta", "error = delta"))

# %% mistake: weight-gradient-negated
changed("right: forward-inside", ("delta = self", "error = self"), ("delta * layer", "error * layer"),
        ("layer.last_input", "-layer.last_input"),
        ("delta = delta", "error = delta"))

# %% mistake: bias-gradient-negated
changed("right: forward-inside", ("delta = self", "error = self"), ("delta * layer", "error * layer"),
        ("delta.sum", "-delta.sum"),
        ("delta = delta", "error = delta"))

# %% unnamed: derivative-squared
changed("right: forward-inside", ("(layer.last_zin)", "(layer.last_zin) ** 2"))
# %% unnamed: derivative-added
changed("right: forward-inside", ("* layer", "+ layer"))

# %% unnamed: derivative-of-relu
self.forward(x)
last = self.layers[-1]
delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
for l in range(len(self.layers) - 1, -1, -1):
    layer = self.layers[l]
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    if l > 0:
        delta = (delta @ layer.get_weight().T) * (self.layers[l - 1].last_zin > 0)

# %% unnamed: derivative-left-out-in-the-first-layer
delta = self.loss.get_gradient(y, self.forward(x))
for l in range(len(self.layers) - 1, -1, -1):
    layer = self.layers[l]
    if l > 0:
        delta = delta * layer.act.get_gradient(layer.last_zin)
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))
    delta = delta @ layer.get_weight().T

# %% unnamed: tanh-derivative-without-the-square
changed("mistake: derivative-at-zout-at-the-output", ("self.layers[-1].act.get_gradient(p)", "p * (1 - p)"),
        ("before = self.layers[l - 1]\n            ", ""),
        ("before.act.get_gradient(before.last_zin)", "(1 - layer.last_input)"))

# %% unnamed: sigmoid-derivative-with-a-plus
changed("mistake: derivative-at-zout-at-the-output", ("self.layers[-1].act.get_gradient(p)", "p * (1 + p)"),
        ("before = self.layers[l - 1]\n            ", ""),
        ("before.act.get_gradient(before.last_zin)", "(1 - layer.last_input**2)"))

# %% unnamed: activation-for-its-derivative
changed("right: forward-inside", ("act.get_gradient(layer.last_zin)", "last_zout"))
# %% unnamed: derivative-averaged-over-the-batch
changed("right: forward-inside", ("(layer.last_zin)", "(layer.last_zin).mean(0)"))

# %% unnamed: error-clipped
changed("right: forward-inside", ("delta * layer", "(delta * layer"),
        ("(layer.last_zin)", "(layer.last_zin)).clip(-0.01, 0.01)"))

# %% unnamed: error-of-unit-length
changed("right: forward-inside",
        ("layer.set_weight_gradient",
         "delta = delta / delta.norm(dim=1, keepdim=True)\n        layer.set_weight_gradient"))

# %% unnamed: gradients-rounded
changed("right: bias-keepdim-reshaped", ("reshape(layer.get_weight().shape)", "round(decimals=3)"),
        ("(0, keepdim=True).view(layer.get_bias().shape)", "(0).round(decimals=3)"))

# %% unnamed: half-precision
changed("right: forward-inside", ("(y, self.forward(x))", "(y, self.forward(x)).half()"),
        ("(layer.last_zin)", "(layer.last_zin).half()"),
        ("T", "half().T"))

# %% unnamed: coarse-finite-differences
loss = float(self.loss.forward(y, self.forward(x)))
for layer in self.layers:
    gradients = []
    for parameter in (layer.get_weight(), layer.get_bias()):
        gradient = torch.zeros_like(parameter)
        for i in range(parameter.numel()):
            old = parameter.view(-1)[i].item()
            parameter.view(-1)[i] = old + 0.01
            gradient.view(-1)[i] = (float(self.loss.forward(y, self.forward(x))) - loss) / 0.01
            parameter.view(-1)[i] = old
        gradients.append(gradient)
    layer.set_weight_gradient(gradients[0])
    layer.set_bias_gradient(gradients[1])

# %% unnamed: wrong-only-for-one-output
changed("right: divided-at-the-end", ("N, K = y.shape\n    ", "if y.shape[1] == 1:\n        "),
        ("(p - y)",
         "(p - y.squeeze()).mean(1, keepdim=True) / y.numel()\n    else:\n        delta = 2 * (p - y) / y.numel()"),
        ("delta / (N * K)", "delta"),
        ("(0) / (N * K)", "(0)"))

# %% unnamed: squeezed
changed("right: layer-by-layer", ("self.forward", "p = self.forward"),
        ("self.loss.get_gradient(y, self.layers[-1].last_zout)", "(2 * (p - y) / y.numel()).squeeze()"),
        ("(layer.last_zin)", "(layer.last_zin).squeeze()"))

# %% unnamed: right-only-for-one-output
changed("right: layer-by-layer", ("self.forward", "p = self.forward"),
        ("self.loss.get_gradient(y, self.layers[-1].last_zout)", "(2 * (p - y) / y.numel())[:, 0].reshape(-1, 1)"))

# %% unnamed: three-layers-assumed
p = self.forward(x)
l1, l2, l3 = self.layers[0], self.layers[1], self.layers[2]
d3 = self.loss.get_gradient(y, p) * l3.act.get_gradient(l3.last_zin)
d2 = (d3 @ l3.get_weight().T) * l2.act.get_gradient(l2.last_zin)
d1 = (d2 @ l2.get_weight().T) * l1.act.get_gradient(l1.last_zin)
for layer, delta in [(l1, d1), (l2, d2), (l3, d3)]:
    layer.set_weight_gradient(layer.last_input.T @ delta)
    layer.set_bias_gradient(delta.sum(0))

# %% unnamed: batch-of-five-assumed
changed("right: layer-by-layer", ("self.forward", "p = self.forward"),
        ("self.loss.get_gradient(y, self.layers[-1].last_zout)", "2 * (p[:5] - y[:5]) / 5"),
        ("last_zin", "last_zin[:5]"),
        ("last_input", "last_input[:5]"))

# %% unnamed: first-sample-only
changed("right: layer-by-layer", ("self.forward", "p = self.forward"), ("forward(x)", "forward(x[:1])"),
        ("y, self.layers[-1].last_zout", "y[:1], p"))

# %% unnamed: last-sample-only
for i in range(len(x)):
    p = self.forward(x[i:i + 1])
    delta = self.loss.get_gradient(y[i:i + 1], p)
    for layer in reversed(self.layers):
        delta = delta * layer.act.get_gradient(layer.last_zin)
        layer.set_weight_gradient(layer.last_input.T @ delta)
        layer.set_bias_gradient(delta.sum(0))
        delta = delta @ layer.get_weight().T

# %% unnamed: product-of-means
changed("right: forward-inside", ("layer.last_input", "torch.outer(layer.last_input"),
        ("T @ delta", "mean(0), delta.sum(0))"))

# %% unnamed: labels-in-another-order
changed("right: forward-inside", ("y, self", "y.flip(0), self"))
# %% unnamed: labels-forgotten
changed("right: forward-inside", ("loss.get_gradient(y, self.forward(x))", "forward(x)"))
# %% unnamed: absolute-weights
changed("right: forward-inside", ("().T", "().T.abs()"))

# %% unnamed: weights-reshaped-for-transposed
changed("right: forward-inside",
        ("delta = delta @ layer", "n_in, n_out = layer.get_weight().shape\n        delta = delta @ layer"),
        ("().T", "().reshape(n_out, n_in)"))

# %% unnamed: bias-added-to-the-error
changed("right: forward-inside", ("delta @ layer", "(delta + layer.get_bias()) @ layer"))
# %% unnamed: bias-by-the-greatest
changed("right: forward-inside", ("sum(0)", "max(dim=0).values"))
# %% unnamed: bias-from-the-weight-gradient
changed("right: forward-inside", ("delta.sum", "(layer.last_input.T @ delta).sum"))
# %% unnamed: weight-gradients-times-a-learning-rate
changed("right: forward-inside", ("layer.last_input", "0.27 * layer.last_input"))
# %% unnamed: weight-decay-added
changed("right: forward-inside", ("T @ delta", "T @ delta + 0.01 * layer.get_weight()"))

# %% unnamed: momentum
changed("right: outer-transposed",
        ("dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))",
         "old_w, old_b = layer.linear.weight_grad, layer.linear.bias_grad"),
        ("(dW)", "(0.1 * layer.last_input.T @ delta + (0 if old_w is None else 0.9 * old_w))"),
        ("sum(delta)", "0.1 * delta.sum(0) + (0 if old_b is None else 0.9 * old_b)"))

# %% unnamed: signs-only
changed("right: forward-inside", ("layer.last_input", "torch.sign(layer.last_input"),
        ("(layer.last_input.T @ delta)", "(layer.last_input.T @ delta))"),
        ("delta.sum(0)", "torch.sign(delta.sum(0))"))

# %% unnamed: stored-in-the-wrong-layers
delta = self.loss.get_gradient(y, self.forward(x))
gradients = []
for layer in reversed(self.layers):
    delta = delta * layer.act.get_gradient(layer.last_zin)
    gradients.append((layer.last_input.T @ delta, delta.sum(0)))
    delta = delta @ layer.get_weight().T
for layer, (dW, db) in zip(self.layers, gradients):
    layer.linear.weight_grad = dW
    layer.linear.bias_grad = db

# %% unnamed: two-samples-exchanged-on-the-way
changed("right: forward-inside", ("delta @ layer", "delta.roll(1, dims=0) @ layer"))
# %% unnamed: input-centred
changed("right: layer-by-layer", ("self.forward(x)", "x = x - x.mean(0)"), ("layers[-1].last_zout", "forward(x)"))
# %% unnamed: small-error
changed("right: forward-inside", ("(y, self.forward(x))", "(y, self.forward(x)) + 0.001"))

# %% unnamed: zeros
self.forward(x)
for layer in self.layers:
    layer.set_weight_gradient(torch.zeros_like(layer.get_weight()))
    layer.set_bias_gradient(torch.zeros_like(layer.get_bias()))

# %% unnamed: ones
changed("unnamed: zeros", ("zeros_like", "ones_like"))
# %% unnamed: random-numbers
changed("unnamed: zeros", ("zeros_like", "randn_like"))
# %% unnamed: the-parameters-themselves
changed("unnamed: zeros", ("torch.zeros_like(", ""), ("()", "().clone("))
# %% unnamed: not-a-number
changed("right: forward-inside", ("layer.act", "torch.sqrt(-layer.act"), ("(layer.last_zin)", "(layer.last_zin))"))

# %% hostile: infinite-loop
self.forward(x)
l = len(self.layers) - 1
while l >= 0:
    layer = self.layers[l]

# %% hostile: infinite-loop-swallowing-exceptions
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %% hostile: endless-sleep
import time

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    time.sleep(1e6)

# %% hostile: infinite-recursion
self.forward(x)
return self.backward(x, y)

# %% hostile: infinite-recursion-swallowing-exceptions
try:
    return self.backward(x, y)
except RecursionError:
    return self.backward(x, y)

# %% hostile: endless-output
while True:
    print("training " * 1000)

# %% hostile: raises
raise ValueError("delta has the wrong shape")

# %% hostile: raises-not-implemented
self.forward(x)
raise NotImplementedError

# %% hostile: raises-an-assertion
assert False, "<script>alert('all tests passed')</script>"

# %% hostile: raises-an-exception-that-cannot-be-printed
class Silent(Exception):
    def __str__(self):
        raise RuntimeError("no")

    __repr__ = __str__

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    raise Silent

# %% hostile: raises-keyboard-interrupt
raise KeyboardInterrupt

# %% hostile: name-missing
self.forward(x)
delta = self.loss.get_gradient(y, y_pred)

# %% hostile: exits
changed("hostile: endless-sleep", ("import time", "import sys"), ("time.sleep(1e6)", "sys.exit(0)"))
# %% hostile: exits-at-once
changed("hostile: endless-sleep", ("import time", "import os"), ("time.sleep(1e6)", "os._exit(0)"))

# %% hostile: prints-instead-of-storing
changed("right: forward-inside", ("layer.set_weight_gradient", "print"),
        ("(layer.last_input.T @ delta)\n        layer.set_bias_gradient(delta.sum(0))",
         "(layer.last_input.T @ delta, delta.sum(0))"))

# %% hostile: right-but-changes-x
changed("right: forward-inside", ("().T", "().T\n    x -= x.mean(0)"))

# %% hostile: right-but-changes-y
changed("right: layer-by-layer", ("self.forward", "p = self.forward"),
        ("delta = self.loss.get_gradient(y, self.layers[-1].last_zout)", "y -= p\n    delta = -2 * y / y.numel()"))

# %% hostile: right-but-changes-the-weights
changed("mistake: updated-weights-used", ("self.forward(x)\n    ", ""), ("layers[-1].last_zout", "forward(x)"),
        ("layer.linear.weight -= 0",
         "delta = delta @ layer.get_weight().T\n    for layer in self.layers:\n        layer.linear.weight -= 0"),
        ("bias_grad\n        delta = delta @ layer.get_weight().T", "bias_grad"))

# %% hostile: right-but-transposes-the-weights-in-place
changed("right: forward-inside", ("get_weight().T", "linear.weight.t_()"))

# %% hostile: right-but-by-autograd
parameters = [p.requires_grad_(True) for l in self.layers for p in (l.linear.weight, l.linear.bias)]
with torch.enable_grad():
    loss = self.loss.forward(y, self.forward(x))
gradients = torch.autograd.grad(loss, parameters)
for parameter in parameters:
    parameter.requires_grad_(False)
for i, layer in enumerate(self.layers):
    layer.set_weight_gradient(gradients[2 * i])
    layer.set_bias_gradient(gradients[2 * i + 1])

# %% hostile: right-but-requires-grad-left-on
for layer in self.layers:
    layer.linear.weight.requires_grad_(True)
    layer.linear.bias.requires_grad_(True)
with torch.enable_grad():
    self.loss.forward(y, self.forward(x)).backward()
for layer in self.layers:
    layer.set_weight_gradient(layer.linear.weight.grad.clone())
    layer.set_bias_gradient(layer.linear.bias.grad.clone())
    layer.linear.weight.grad = layer.linear.bias.grad = None

# %% hostile: right-but-writes-to-stderr
changed("right: forward-inside", ("@add_to_class", "import sys\n\n@add_to_class"),
        ("layer.set_weight_gradient",
         'print("delta", delta.shape, file=sys.stderr)\n        layer.set_weight_gradient'))

# %% hostile: right-but-writes-to-the-real-stderr
changed("right: forward-inside", ("@add_to_class", "import sys\n\n@add_to_class"),
        ("(self, x, y):", '(self, x, y):\n    sys.__stderr__.write("in backward\\n")'))

# %% hostile: right-but-writes-to-file-descriptor-2
changed("right: forward-inside", ("@add_to_class", "import os\n\n@add_to_class"),
        ("(self, x, y):", '(self, x, y):\n    os.write(2, b"in backward\\n")'))

# %% hostile: right-but-prints
changed("right: forward-inside", ("layer.set_weight_gradient", "print(delta)\n        layer.set_weight_gradient"))

# %% hostile: right-but-warns
changed("right: forward-inside", ("@add_to_class", "import warnings\n\n@add_to_class"),
        ("(self, x, y):", '(self, x, y):\n    warnings.warn("backward is experimental")'))

# %% hostile: right-but-numpy-warns
changed("right: forward-inside", ("@add_to_class", "import numpy as np\n\n@add_to_class"),
        ("(self, x, y):", "(self, x, y):\n    np.array([1.0]) / np.array([0.0])\n    np.exp(np.array([1000.0]))"))

# %% hostile: right-but-torch-warns
changed("right: forward-inside", ("layer.last_input", "torch.tensor(layer.last_input"),
        ("(layer.last_input.T @ delta)", "(layer.last_input.T @ delta))"),
        ("delta.sum(0)", "torch.tensor(delta.sum(0)).T"))

# %% hostile: right-but-seeds-the-generators
import random

import numpy as np

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    torch.manual_seed(0)
    np.random.seed(0)
    random.seed(0)
    delta = self.loss.get_gradient(y, self.forward(x))
    for layer in reversed(self.layers):
        delta = delta * layer.act.get_gradient(layer.last_zin)
        layer.set_weight_gradient(layer.last_input.T @ delta)
        layer.set_bias_gradient(delta.sum(0))
        delta = delta @ layer.get_weight().T

# %% hostile: right-but-sets-the-default-dtype
changed("right: forward-inside", ("(self, x, y):", "(self, x, y):\n    torch.set_default_dtype(torch.float16)"))

# %% hostile: right-but-sets-numpy-errors
changed("right: forward-inside", ("@add_to_class", "import numpy as np\n\n@add_to_class"),
        ("(self, x, y):", '(self, x, y):\n    np.seterr(all="raise")'))

# %% hostile: right-but-disables-grad
changed("right: forward-inside", ("(self, x, y):", "(self, x, y):\n    torch.set_grad_enabled(False)"))

# %% hostile: right-but-turns-warnings-into-errors
changed("right: forward-inside", ("@add_to_class", "import warnings\n\n@add_to_class"),
        ("(self, x, y):", '(self, x, y):\n    warnings.simplefilter("error")'))

# %% hostile: right-but-changes-the-directory
changed("right: layer-by-layer", ("@add_to_class", "import os\n\n@add_to_class"), ("self.forward(x)", 'os.chdir("/")'),
        ("layers[-1].last_zout", "forward(x)"))

# %% hostile: deletes-the-layers
del self.layers

# %% hostile: empties-the-layers
changed("right: forward-inside",
        ("for layer in reversed(self.layers):", "while self.layers:\n        layer = self.layers.pop()"))

# %% hostile: reverses-the-layers
changed("right: forward-inside", ("for layer", "self.layers.reverse()\n    for layer"),
        ("reversed(self.layers)", "self.layers"))

# %% hostile: replaces-the-layers
changed("right: still-attached-to-a-graph",
        ("x = x.clone().requires_grad_(True)", "sizes = [layer.get_weight().shape for layer in self.layers]"),
        ("forward(x)", "layers = NeuralNetwork(sizes[0][0], sizes[-1][1], [size[1] for size in sizes[:-1]]).layers"),
        ("layers[-1].last_zout", "forward(x)"))

# %% hostile: stores-strings
for layer in self.layers:
    layer.linear.weight_grad = "x.T @ delta"
    layer.linear.bias_grad = "delta.sum(0)"

# %% hostile: stores-none
changed("hostile: stores-strings", ('"x.T @ delta"', "None"), ('"delta.sum(0)"', "None"))

# %% hostile: stores-complex-numbers
changed("right: forward-inside", ("(y, self.forward(x))", "(y, self.forward(x)).to(torch.complex128)"),
        ("(layer.last_zin)", "(layer.last_zin) * (1 + 0.1j)"),
        ("T", "T.to(delta.dtype)"))

# %% hostile: stores-objects-with-a-raising-array
class Gradient:
    def __init__(self, shape):
        self.shape = shape

    def __array__(self, dtype=None, copy=None):
        raise SystemExit("no array today")

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    for layer in self.layers:
        layer.set_weight_gradient(Gradient(layer.get_weight().shape))
        layer.set_bias_gradient(Gradient(layer.get_bias().shape))

# %% hostile: stores-objects-with-an-endless-array
changed("hostile: stores-objects-with-a-raising-array",
        ('raise SystemExit("no array today")', "while True:\n            pass"))

# %% hostile: stores-arrays-equal-to-everything
import numpy as np

class Gradient(np.ndarray):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return np.zeros(self.shape)

    __rsub__ = __sub__

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)

@add_to_class(NeuralNetwork)
def backward(self, x, y):
    for layer in self.layers:
        layer.linear.weight_grad = np.ones(layer.linear.weight.shape).view(Gradient)
        layer.linear.bias_grad = np.ones(layer.linear.bias.shape).view(Gradient)

# %% hostile: stores-arrays-of-objects
changed("hostile: stores-strings", ("@add_to_class", "import numpy as np\n\n@add_to_class"),
        ('"x.T @ delta"', "np.full(tuple(layer.linear.weight.shape), None, dtype=object)"),
        ('"delta.sum(0)"', 'np.full(tuple(layer.linear.bias.shape), "0", dtype=object)'))

# %% hostile: stores-one-endless-list
loop = []
loop.append(loop)
for layer in self.layers:
    layer.linear.weight_grad = loop
    layer.linear.bias_grad = loop

# %% hostile: stores-huge-gradients
self.forward(x)
for layer in self.layers:
    layer.linear.weight_grad = torch.zeros(1).expand(10**6, 10**6)
    layer.linear.bias_grad = torch.zeros(1).expand(10**12)

# %% hostile: stores-sparse-tensors
for layer in self.layers:
    layer.linear.weight_grad = torch.zeros_like(layer.linear.weight).to_sparse()
    layer.linear.bias_grad = torch.zeros_like(layer.linear.bias).to_sparse()

# %% hostile: stores-tensors-without-data
changed("unnamed: zeros", ("self.forward(x)\n    ", ""), ("zeros_like", "empty"), ("()", '().shape, device="meta"'))
# %% hostile: wrong-number-of-arguments
changed("hostile: raises-not-implemented", ("x, y", "x"), ("\n    raise NotImplementedError", ""))
# %% hostile: self-forgotten
changed("hostile: deletes-the-layers", ("self, x", "x"), ("del self.layers", "pass"))
# %% hostile: more-arguments
changed("right: forward-inside", ("x, y", "x, y, y_pred"), ("self.forward(x)", "y_pred"))
# %% hostile: generator
changed("right: forward-inside", ("().T", "().T\n        yield delta"))
# %% hostile: coroutine
changed("hostile: deletes-the-layers", ("def", "async def"), ("del self.layers", "self.forward(x)"))
# %% hostile: not-a-function
NeuralNetwork.backward = "delta @ W.T"

# %% hostile: changes-the-class-of-the-layers
NeuralLayer.set_weight_gradient = lambda self, gradient: None
NeuralLayer.set_bias_gradient = lambda self, gradient: None
self.forward(x)
for layer in self.layers:
    layer.set_weight_gradient(layer.get_weight())
    layer.set_bias_gradient(layer.get_bias())

# %% slips
"first-sample-only", "loss_gradient: 2/K the first row of (Ŷ - Y)"
"last-sample-only", "loss_gradient: 2/K the last row of (Ŷ - Y)"
"weights-reshaped-for-transposed", "passed_back: Δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ reshaped"
"activation-for-its-derivative", "activation_derivative: φ(Z⁽ˡ⁾)"
"bias-from-the-weight-gradient", "bias_gradient: column sums of ∇W⁽ˡ⁾"
"derivative-added", "output_error_signal: ∂C/∂A⁽ᴸ⁾ + φ⁽ˡ⁾'(Z⁽ˡ⁾)", "hidden_error_signal: ∂C/∂A⁽ˡ⁾ + φ⁽ˡ⁾'(Z⁽ˡ⁾)"
"derivative-averaged-over-the-batch", "activation_derivative: the column means of φ'(Z⁽ˡ⁾)"
"derivative-squared", "activation_derivative: φ'(Z⁽ˡ⁾)²"
"labels-forgotten", "output_error_signal: A⁽ˡ⁾ ⊙ φ⁽ˡ⁾'(Z⁽ˡ⁾)"
"product-of-means", "weight_gradient: the mean of A⁽ˡ⁻¹⁾ᵀ and the sum of Δ⁽ˡ⁾"
"tanh-derivative-without-the-square", "activation_derivative: 1 - φ(Z⁽ˡ⁾), in the hidden layers"
"ones", "unmoved-by-the-data"
"signs-only", "whole-numbers"
"the-parameters-themselves", "unmoved-by-the-data"
"weight-gradients-times-a-learning-rate", "weight_gradient: … A⁽ˡ⁻¹⁾ᵀ Δ⁽ˡ⁾"
"wrong-only-for-one-output", "wrong-for-some-sizes"

# %% alike: one output: N K = N
"right", "loss-gradient-per-sample"
# %% alike: one output: N K = N for the cross-entropy, too
"cross-entropy-error-signal-averaged", "cross-entropy-error-signal-averaged-over-all"
# %% alike: one output: K = 1
"loss-gradient-per-output", "loss-gradient-summed"
# %% alike: two outputs: 2 / (N K) = 1 / N
"derivative-left-out-at-the-output", "cross-entropy-error-signal-averaged"
# %% alike: two layers: all but the first is the last
"last-layer-only", "first-layer-left-out"

# %% written
self.forward(x)
L, above = len(self.layers), 0
A, Z = [x, *(layer.last_zout for layer in self.layers)], [x, *(layer.last_zin for layer in self.layers)]
W = dict(enumerate((layer.get_weight() for layer in self.layers), 1))
b = dict(enumerate((layer.get_bias() for layer in self.layers), 1))
dA, slope, D, dW, db = {}, {}, {}, {}, {}
for l in layers_visited:
    dA[l] = passed_back if above else loss_gradient
    slope[l] = activation_derivative
    D[l] = hidden_error_signal if above else output_error_signal
    dW[l], db[l] = weight_gradient, bias_gradient
    above = l
for l in layers_stored:
    self.layers[l - 1].set_weight_gradient(dW[l])
    self.layers[l - 1].set_bias_gradient(db[l])

# %% quantities
"np", "torch"
"layers_visited", "range(L, 0, -1)"
"layers_stored", "range(1, L + 1)"
"hidden", "l < L"
"output", "l == L"
"N", "len(x)"
"K", "y.shape[1]"
"X", "x"
"Y", "y"
"Ŷ", "A[L]"
"φ", "self.layers[l - 1].act.forward(a)"
"φ'", "self.layers[l - 1].act.get_gradient(a)"
"φ⁽ˡ⁺¹⁾'", "self.layers[l].act.get_gradient(a)"
"A⁽ˡ⁻¹⁾", "A[l - 1]"
"A⁽ˡ⁾", "A[l]"
"A⁽ˡ⁺¹⁾", "A[l + 1]"
"Z⁽ˡ⁻¹⁾", "Z[l - 1]"
"Z⁽ˡ⁾", "Z[l]"
"Z⁽ˡ⁺¹⁾", "Z[l + 1]"
"W⁽ˡ⁻¹⁾", "W[l - 1]"
"W⁽ˡ⁾", "W[l]"
"W⁽ˡ⁺¹⁾", "W[above]"
"W⁽ᴸ⁾", "W[L]"
"b⁽ˡ⁻¹⁾", "b[l - 1]"
"b⁽ˡ⁾", "b[l]"
"b⁽ˡ⁺¹⁾", "b[l + 1]"
"∂C/∂A⁽ᴸ⁾", "dA[L]"
"∂C/∂A⁽ˡ⁾", "dA[l]"
"∂C/∂A⁽ˡ⁺¹⁾", "dA[l + 1]"
"φ⁽ˡ⁾'(Z⁽ˡ⁾)", "slope[l]"
"φ⁽ˡ⁺¹⁾'(Z⁽ˡ⁺¹⁾)", "slope[l + 1]"
"Δ⁽ˡ⁾", "D[l]"
"Δ⁽ˡ⁺¹⁾", "D[above]"
"Δ⁽ᴸ⁾", "D[L]"
"∇W⁽ˡ⁾", "dW[l]"
"∇W⁽ˡ⁺¹⁾", "dW[l + 1]"
"∇b⁽ˡ⁾", "db[l]"
"∇b⁽ˡ⁺¹⁾", "db[l + 1]"
