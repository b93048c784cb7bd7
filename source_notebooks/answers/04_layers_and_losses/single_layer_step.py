# %% frame
def single_layer_step(linear, x, y, learning_rate):
    ...

# %% right: the-three-parts
sigmoid, criterion = Sigmoid(), MSECriterion()
z = linear.forward(x)
p = sigmoid.forward(z)
loss = criterion.forward(p, y)
linear.backward(x, sigmoid.backward(z, criterion.backward(p, y)))
linear.weight -= learning_rate * linear.grad_weight
linear.bias -= learning_rate * linear.grad_bias
return loss

# %% right: written-out
p = 1 / (1 + np.exp(-(x @ linear.weight + linear.bias)))
delta = 2 * (p - y) * p * (1 - p)
linear.weight = linear.weight - learning_rate * x.T @ delta
linear.bias = linear.bias - learning_rate * delta[0]
return np.sum((p - y) ** 2)

# %% right: half-and-half
z = linear.forward(x)
p = Sigmoid().forward(z)
g = 2 * (p - y)
g = g * p * (1 - p)
linear.backward(x, g)
for name in ("weight", "bias"):
    step = learning_rate * getattr(linear, "grad_" + name)
    setattr(linear, name, getattr(linear, name) - step)
return ((y - p) ** 2).sum()

# %% right: one-by-one-array
layers = [linear, Sigmoid()]
inputs = [x]
for layer in layers:
    inputs.append(layer.forward(inputs[-1]))
g = MSECriterion().backward(inputs[-1], y)
for layer, received in zip(layers[::-1], inputs[-2::-1]):
    g = layer.backward(received, g)
linear.weight += -learning_rate * linear.grad_weight
linear.bias += -learning_rate * linear.grad_bias
return ((inputs[-1] - y) ** 2).sum(keepdims=True)

# %% right: asks-for-the-class
layers, criterion = [linear, Sigmoid()], MSECriterion()
z = linear.forward(x)
p = layers[1].forward(z)
linear.backward(x, layers[1].backward(z, criterion.backward(p, y)))
for layer in layers:
    if isinstance(layer, Linear):
        layer.weight -= learning_rate * layer.grad_weight
        layer.bias -= learning_rate * layer.grad_bias
return criterion.forward(p, y)

# %% right: loops
n_in, n_out = linear.weight.shape
loss = 0
for k in range(n_out):
    z = linear.bias[k]
    for i in range(n_in):
        z = z + x[0, i] * linear.weight[i, k]
    p = 1 / (1 + np.exp(-z))
    loss += (p - y[0, k]) ** 2
    g = 2 * (p - y[0, k]) * p * (1 - p)
    for i in range(n_in):
        linear.weight[i, k] -= learning_rate * g * x[0, i]
    linear.bias[k] -= learning_rate * g
return loss

# %% right: flat
p = Sigmoid().forward(linear.forward(x)).ravel()
error = p - y.ravel()
delta = 2 * error * p * (1 - p)
linear.weight -= learning_rate * np.outer(x.ravel(), delta)
linear.bias -= learning_rate * delta
return float(error @ error)

# %% mistake: bias-left-out
changed("right: the-three-parts", ("linear.forward(x)", "x @ linear.weight"))
# %% mistake: activation-left-out
changed("right: the-three-parts", ("p = sigmoid.forward(z)", "p = z"))
# %% mistake: activation-applied-twice
changed("right: the-three-parts", ("p = sigmoid.forward(z)", "p = sigmoid.forward(sigmoid.forward(z))"))
# %% mistake: derivative-left-out
changed("right: the-three-parts", ("sigmoid.backward(z, criterion.backward(p, y))", "criterion.backward(p, y)"))
# %% mistake: output-for-input
changed("right: the-three-parts", ("sigmoid.backward(z", "sigmoid.backward(p"))
# %% mistake: value-for-derivative
changed("right: written-out", ("* p * (1 - p)", "* p"))
# %% mistake: loss-averaged
changed("right: written-out", ("np.sum((p", "np.mean((p"))
# %% mistake: loss-halved
changed("right: the-three-parts", ("return loss", "return loss / 2"))
# %% mistake: prediction-returned
changed("right: the-three-parts", ("return loss", "return p"))
# %% mistake: loss-after-the-step
changed("right: the-three-parts", ("return loss", "return criterion.forward(sigmoid.forward(linear.forward(x)), y)"))
# %% mistake: two-left-out
changed("right: written-out", ("2 * (p - y)", "(p - y)"))
# %% mistake: gradient-averaged
changed("right: written-out", ("2 * (p - y)", "2 * (p - y) / p.size"))
# %% mistake: loss-for-its-gradient
changed("right: the-three-parts", ("criterion.backward(p, y)", "loss"))
# %% mistake: loss-gradient-left-out
changed("right: the-three-parts", ("criterion.backward(p, y)", "1"))
# %% mistake: ascent
changed("right: the-three-parts", ("-= learning_rate", "+= learning_rate"))
# %% mistake: ascent/labels-first
changed("right: the-three-parts", ("criterion.backward(p, y)", "criterion.backward(y, p)"))
# %% mistake: learning-rate-left-out
changed("right: the-three-parts", ("learning_rate * linear", "linear"))
# %% mistake: shortcut-of-another-loss
changed("right: the-three-parts", ("sigmoid.backward(z, criterion.backward(p, y))", "p - y"))
# %% mistake: learning-rate-of-the-notebook
changed("right: the-three-parts", ("learning_rate * linear", "0.5 * linear"))
# %% mistake: learning-rate-ignored
changed("right: the-three-parts", ("learning_rate * linear", "0.1 * linear"))

# %% mistake: layer-not-updated
changed("right: the-three-parts", ("    linear.weight -= learning_rate * linear.grad_weight\n", ""),
        ("    linear.bias -= learning_rate * linear.grad_bias\n", ""))

# %% mistake: layer-not-updated/rebound
changed("right: the-three-parts", ("    linear.weight -= learning_rate", "    weight = linear.weight - learning_rate"),
        ("    linear.bias -= learning_rate", "    bias = linear.bias - learning_rate"))

# %% mistake: bias-not-updated
changed("right: the-three-parts", ("    linear.bias -= learning_rate * linear.grad_bias\n", ""))
# %% mistake: weight-not-updated
changed("right: the-three-parts", ("    linear.weight -= learning_rate * linear.grad_weight\n", ""))

# %% mistake: gradient-for-parameter
changed("right: the-three-parts", ("-= learning_rate * linear.grad_weight", "= linear.grad_weight"),
        ("-= learning_rate * linear.grad_bias", "= linear.grad_bias"))

# %% unnamed: root-of-the-loss
changed("right: the-three-parts", ("return loss", "return loss ** 0.5"))
# %% unnamed: gradients-clipped
changed("right: the-three-parts", ("* linear.grad_weight", "* linear.grad_weight.clip(-0.1, 0.1)"))
# %% unnamed: weight-decay
changed("right: the-three-parts", ("linear.grad_weight\n", "(linear.grad_weight + 0.1 * linear.weight)\n"))
# %% unnamed: tanh-at-the-end
changed("right: the-three-parts", ("sigmoid.forward(z)", "np.tanh(z)"))
# %% unnamed: two-steps
changed("right: the-three-parts", ("learning_rate * linear", "2 * learning_rate * linear"))
# %% unnamed: nothing-returned
changed("right: the-three-parts", ("    return loss", ""))
# %% unnamed: flat-sample
changed("right: the-three-parts", ("linear.forward(x)", "linear.forward(x[0])"))
# %% unnamed: labels-rounded
changed("right: the-three-parts", ("backward(p, y)", "backward(p, y.round())"))
# %% unnamed: rounded-loss
changed("right: the-three-parts", ("return loss", "return round(loss, 2)"))

# %% slips
"labels-rounded", "loss_gradient: 2 (p - round(y))"
"root-of-the-loss", "loss: √Σ (p - y)²"
"tanh-at-the-end", "activation: tanh(z)"
"two-steps", "new_weight: W - 2 η ∂L/∂W, and likewise in new_bias"
"weight-decay", "weight_gradient: xᵀ ∂L/∂z + … W"

# %% equivalent: the squared error is symmetric
changed("solution", ("loss = criterion.forward(p, y)", "loss = criterion.forward(y, p)"))

# %% written
W, b = linear.weight, linear.bias
z = weighted_input
p = activation
L = loss
dp = loss_gradient
slope = activation_derivative
dz = error_signal
dW = weight_gradient
db = bias_gradient
linear.weight = new_weight
changed_bias = new_bias
linear.bias = changed_bias[0] if changed_bias.shape == (1, y.size) else changed_bias
return L

# %% quantities
"η", "learning_rate"
"K", "y.size"
"∂L/∂p", "dp"
"∂L/∂z", "dz"
"∂L/∂W", "dW"
"∂L/∂b", "db"
"σ'(z)", "slope"
