# %% frame
@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    ...

# %% right: loss-forward
return self.loss.forward(y, self.forward(x))

# %% right: arguments-swapped
y_pred = self.forward(x)
return self.loss.forward(y_pred, y)

# %% right: named-arguments
self.forward(x)
return self.loss.forward(y_true=y, y_pred=self.layers[-1].last_zout)

# %% right: mean-of-squares
return ((self.forward(x) - y) ** 2).mean()

# %% right: sum-over-numel
p = self.forward(x)
return torch.sum((y - p).pow(2)) / y.numel()

# %% right: sum-over-both-sizes
p = self.forward(x)
N, K = y.shape
return 1 / (N * K) * torch.square(p - y).sum()

# %% right: mean-of-means
errors = (self.forward(x) - y) ** 2
return errors.mean(dim=1).mean(dim=0)

# %% right: python-float
return float(self.loss.forward(y, self.forward(x)))

# %% right: item
y_pred = self.forward(x)
loss = self.loss.forward(y, y_pred)
return loss.item()

# %% right: numpy
changed("right: sum-over-numel", ("@add_to_class", "import numpy as np\n\n@add_to_class"),
        ("forward(x)", "forward(x).numpy()"),
        ("torch.sum((y - p).pow(2)) / y.numel()", "np.mean((p - y.numpy()) ** 2)"))

# %% right: loops
p = self.forward(x)
total = 0
for n in range(y.shape[0]):
    for k in range(y.shape[1]):
        total += (p[n, k] - y[n, k]) ** 2
return total / (y.shape[0] * y.shape[1])

# %% right: mean-of-the-samples-losses
losses = [self.loss.forward(y[i:i + 1], self.forward(x[i:i + 1])) for i in range(len(x))]
return sum(losses) / len(losses)

# %% right: norm-squared
return torch.linalg.norm(self.forward(x) - y) ** 2 / y.numel()

# %% right: dot-product
e = (self.forward(x) - y).flatten()
return e @ e / len(e)

# %% right: trace
e = self.forward(x) - y
return torch.trace(e.T @ e) / e.numel()

# %% right: torch-functional
return torch.nn.functional.mse_loss(self.forward(x), y)
# %% right: one-by-one-array
return ((self.forward(x) - y) ** 2).mean(0, keepdim=True).mean(1, keepdim=True)
# %% right: array-of-one
return torch.tensor([self.loss.forward(y, self.forward(x)).item()])
# %% right: float32
return self.loss.forward(y.float(), self.forward(x).float())

# %% mistake: loss-summed
return ((self.forward(x) - y) ** 2).sum()
# %% mistake: loss-summed/norm
return torch.linalg.norm(self.forward(x) - y) ** 2
# %% mistake: loss-halved
return 0.5 * ((self.forward(x) - y) ** 2).mean()
# %% mistake: loss-halved/loss-forward
return self.loss.forward(y, self.forward(x)) / 2
# %% mistake: loss-root
return torch.sqrt(((self.forward(x) - y) ** 2).mean())
# %% mistake: loss-root/loss-forward
return self.loss.forward(y, self.forward(x)) ** 0.5
# %% mistake: loss-mean-over-samples
return ((self.forward(x) - y) ** 2).sum() / len(y)
# %% mistake: loss-mean-over-samples/mean-of-sums
return ((self.forward(x) - y) ** 2).sum(dim=1).mean()
# %% mistake: loss-mean-over-outputs
return ((self.forward(x) - y) ** 2).sum() / y.shape[1]

# %% mistake: loss-mean-over-outputs/samples-added
loss = 0
for i in range(len(x)):
    loss += self.loss.forward(y[i:i + 1], self.forward(x[i:i + 1]))
return loss

# %% mistake: loss-absolute
return (self.forward(x) - y).abs().mean()
# %% mistake: loss-gradient-returned
changed("right: arguments-swapped", ("forward(y_pred, y)", "get_gradient(y, y_pred)"))
# %% mistake: loss-per-sample
return ((self.forward(x) - y) ** 2).mean(dim=1)
# %% mistake: loss-not-reduced
return (self.forward(x) - y) ** 2

# %% mistake: loss-not-reduced/numpy
changed("right: numpy", ("p = self", "return np.square(y.numpy() - self"),
        ("\n    return np.mean((p - y.numpy()) ** 2", ""))

# %% unnamed: cross-entropy
p = self.forward(x)
return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

# %% unnamed: greatest-squared-error
return ((self.forward(x) - y) ** 2).max()
# %% unnamed: median-of-squared-errors
return ((self.forward(x) - y) ** 2).median()
# %% unnamed: square-of-the-mean-error
return (self.forward(x) - y).mean() ** 2
# %% unnamed: variance-of-the-errors
return (self.forward(x) - y).var()
# %% unnamed: cubed
return ((self.forward(x) - y) ** 3).mean()
# %% unnamed: error-rate
return ((self.forward(x) > 0.5) != (y > 0.5)).double().mean()

# %% unnamed: weight-decay-added
loss = self.loss.forward(y, self.forward(x))
return loss + 0.01 * sum((layer.get_weight() ** 2).sum() for layer in self.layers)

# %% unnamed: labels-flattened
changed("right: sum-over-numel", ("torch.sum((y - p).pow(2)) / y.numel", "((p[:, :1] - y[:, 0]) ** 2).mean"))
# %% unnamed: always-zero
return torch.tensor(0.0)
# %% unnamed: figure-of-the-notebook
return torch.tensor(0.174)
# %% unnamed: parenthesis-misplaced
return (self.forward(x) - y**2).mean()

# %% hostile: infinite-loop
n = 0
while n < len(x):
    loss = self.loss.forward(y, self.forward(x))
return loss

# %% hostile: infinite-recursion
return self.get_loss(x, y)
# %% hostile: raises
return 1 / 0
# %% hostile: prints-instead-of-returning
print(self.loss.forward(y, self.forward(x)))
# %% hostile: returns-the-criterion
return self.loss
# %% hostile: returns-a-string
return f"{self.loss.forward(y, self.forward(x)):.4f}"

# %% hostile: returns-a-number-equal-to-everything
class Loss(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __hash__ = None

@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    return Loss(1.0)

# %% hostile: replaces-the-criterion
loss = self.loss.forward(y, self.forward(x))
self.loss = loss
return loss

# %% hostile: right-but-changes-y
changed("right: sum-over-numel", ("p = self", "y -= self"), ("torch.sum((y - p).pow(2)) / y.numel", "(y * y).mean"))

# %% hostile: right-but-warns
changed("right: loss-forward", ("@add_to_class", "import numpy as np\n\n@add_to_class"),
        ("return", "np.log(np.zeros(3))\n    return"))

# %% hostile: wrong-number-of-arguments
changed("right: loss-forward", ("self, x", "self"), ("self.forward(x)", "y"))

# %% slips
"cubed", "mean_squared_error: 1/(N K) Σ (Ŷ - Y)³"
"figure-of-the-notebook", "unmoved-by-the-data"
"square-of-the-mean-error", "mean_squared_error: (1/(N K) Σ (Ŷ - Y))²"

# %% equivalent: the squared error is symmetric
changed("solution", ("return self.loss.forward(y, self.forward(x))", "return self.loss.forward(self.forward(x), y)"))

# %% alike: one output: N K = N
"right", "loss-mean-over-samples"
# %% alike: one output: K = 1
"loss-summed", "loss-mean-over-outputs"

# %% written
prediction = self.forward(x)
return mean_squared_error

# %% quantities
"np", "torch"
"X", "x"
"Y", "y"
"Ŷ", "prediction"
"Z⁽ᴸ⁾", "self.layers[-1].last_zin"
"N", "len(x)"
"K", "y.shape[1]"
