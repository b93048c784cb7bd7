# %% frame
class BatchLinear(Linear):
    ...

# %% right: matrix-product
def backward(self, x, grad_output):
    self.grad_weight = x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weight.T

# %% right: keepdims
def backward(self, x, grad_output):
    self.grad_weight = np.dot(x.T, grad_output)
    self.grad_bias = grad_output.sum(axis=0, keepdims=True)
    return np.dot(grad_output, self.weight.T)

# %% right: ones
def backward(self, x, grad_output):
    self.grad_weight = (grad_output.T @ x).T
    self.grad_bias = np.ones(len(x)) @ grad_output
    return (self.weight @ grad_output.T).T

# %% right: einsum
def backward(self, x, grad_output):
    self.grad_weight = np.einsum("ni,no->io", x, grad_output)
    self.grad_bias = np.einsum("no->o", grad_output)
    return np.einsum("no,io->ni", grad_output, self.weight)

# %% right: outer-products-summed
def backward(self, x, grad_output):
    self.grad_weight = np.zeros_like(self.weight)
    self.grad_bias = np.zeros_like(self.bias)
    rows = []
    for a, g in zip(x, grad_output):
        self.grad_weight += np.outer(a, g)
        self.grad_bias += g
        rows.append(self.weight @ g)
    return np.array(rows)

# %% right: single-samples-by-super
def backward(self, x, grad_output):
    weight, bias, rows = 0, 0, []
    for n in range(len(x)):
        rows.append(super().backward(x[n : n + 1], grad_output[n : n + 1]))
        weight = weight + self.grad_weight
        bias = bias + self.grad_bias
    self.grad_weight, self.grad_bias = weight, bias
    return np.vstack(rows)

# %% right: broadcast-product
def backward(self, x, grad_output):
    self.grad_weight = (x[:, :, None] * grad_output[:, None, :]).sum(0)
    self.grad_bias = np.array([grad_output[:, j].sum() for j in range(grad_output.shape[1])])
    return np.tensordot(grad_output, self.weight, axes=(1, 1))

# %% right: outer-transposed
def backward(self, x, grad_output):
    self.grad_weight = sum(np.outer(g, a).T for a, g in zip(x, grad_output))
    self.grad_bias = np.add.reduce(grad_output)
    return np.stack([g @ self.weight.T for g in grad_output])

# %% right: ones-as-a-row
def backward(self, x, grad_output):
    self.grad_weight = np.matmul(np.transpose(x), grad_output)
    self.grad_bias = np.ones((1, x.shape[0])) @ grad_output
    return np.matmul(grad_output, np.transpose(self.weight))

# %% right: matrix-type
changed("right: matrix-product", ("x.T @ grad_output", "np.asmatrix(x).T * np.asmatrix(grad_output)"), ("axis=0", "0"),
        ("grad_output @ self.weight", "np.asmatrix(grad_output) * np.asmatrix(self.weight)"))

# %% right: lists
def backward(self, x, grad_output):
    self.grad_weight = (x.T @ grad_output).tolist()
    self.grad_bias = list(grad_output.sum(0))
    return (grad_output @ self.weight.T).tolist()

# %% right: torch-tensors
def backward(self, x, grad_output):
    import torch
    x, g = torch.as_tensor(x), torch.as_tensor(grad_output)
    self.grad_weight = x.T @ g
    self.grad_bias = g.sum(dim=0)
    return g @ torch.as_tensor(self.weight).T

# %% right: single-precision
def backward(self, x, grad_output):
    x, g = x.astype(np.float32), grad_output.astype(np.float32)
    self.grad_weight = x.T @ g
    self.grad_bias = g.sum(0)
    return g @ self.weight.astype(np.float32).T

# %% mistake: bias-not-summed
changed("right: matrix-product", (".sum(axis=0)", ""))
# %% mistake: bias-not-summed/copied
changed("right: matrix-product", ("grad_output.sum(axis=0)", "grad_output.copy()"))
# %% mistake: bias-averaged
changed("right: matrix-product", (".sum(axis=0)", ".mean(axis=0)"))
# %% mistake: bias-summed-over-outputs
changed("right: matrix-product", (".sum(axis=0)", ".sum(axis=1)"))
# %% mistake: bias-one-number
changed("right: matrix-product", (".sum(axis=0)", ".sum()"))
# %% mistake: bias-of-one-sample
changed("right: matrix-product", ("grad_output.sum(axis=0)", "grad_output[0]"))
# %% mistake: bias-of-the-last-sample
changed("right: outer-products-summed", ("self.grad_bias += g", "self.grad_bias = g"))
# %% mistake: bias-times-n
changed("right: matrix-product", ("grad_output.sum(axis=0)", "len(x) * grad_output.sum(axis=0)"))
# %% mistake: weight-averaged
changed("right: matrix-product", ("x.T @ grad_output\n", "x.T @ grad_output / len(x)\n"))
# %% mistake: weight-transposed
changed("right: matrix-product", ("x.T @ grad_output\n", "grad_output.T @ x\n"))
# %% mistake: weight-of-one-sample
changed("right: matrix-product", ("x.T @ grad_output\n", "x[:1].T @ grad_output[:1]\n"))
# %% mistake: weight-of-the-last-sample
changed("right: outer-products-summed", ("self.grad_weight += np", "self.grad_weight = np"))
# %% mistake: weight-for-gradient
changed("right: matrix-product", ("x.T @ grad_output\n", "self.weight\n"))

# %% mistake: gradients-accumulated
def backward(self, x, grad_output):
    if self.grad_weight is None:
        self.grad_weight, self.grad_bias = 0, 0
    self.grad_weight = self.grad_weight + x.T @ grad_output
    self.grad_bias = self.grad_bias + grad_output.sum(axis=0)
    return grad_output @ self.weight.T

# %% mistake: grad-output-returned
changed("right: matrix-product", ("return grad_output @ self.weight.T", "return grad_output"))
# %% mistake: weight-gradient-returned
changed("right: matrix-product", ("return grad_output @ self.weight.T", "return self.grad_weight"))

# %% unnamed: bias-of-the-weight
changed("right: matrix-product", ("grad_output.sum(axis=0)", "self.grad_weight.sum(axis=0)"))
# %% unnamed: bias-itself
changed("right: matrix-product", ("grad_output.sum(axis=0)", "self.bias.copy()"))
# %% unnamed: gradients-clipped
changed("right: matrix-product", ("x.T @ grad_output\n", "(x.T @ grad_output).clip(-1, 1)\n"))
# %% unnamed: weight-not-transposed
changed("right: matrix-product", ("self.weight.T", "self.weight"))
# %% unnamed: returns-nothing
changed("right: matrix-product", ("return grad_output @", "grad_output @"))

# %% unnamed: updates-at-once
changed("right: matrix-product",
        ("        return", "        self.weight = self.weight - 0.1 * self.grad_weight\n        return"))

# %% unnamed: biases-largest
changed("right: matrix-product", (".sum(axis=0)", ".max(axis=0)"))
# %% unnamed: absolute-x
changed("right: matrix-product", ("x.T @", "abs(x).T @"))
# %% unnamed: nothing-stored
changed("right: matrix-product", ("self.grad_weight", "grad_weight"), ("self.grad_bias", "grad_bias"))

# %% slips
("bias-itself", "bias_gradient: b")
("bias-of-the-weight", "bias_gradient: column sums of ∂L/∂W")
("gradients-clipped", "cut-off")

# %% equivalent: one row of numbers: accepted with a note
changed("solution", ("self.grad_bias = grad_output.sum(axis=0)",
                     "self.grad_bias = grad_output.sum(axis=0, keepdims=True)"))

# %% written
def backward(self, x, grad_output):
    self.grad_weight = weight_gradient
    self.grad_bias = bias_gradient
    return passed_back

# %% quantities
"X", "x"
"G", "grad_output"
"W", "self.weight"
"b", "self.bias"
"z", "self.forward(x)"
"N", "len(x)"
"K", "grad_output.shape[1]"
