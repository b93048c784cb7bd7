# %% frame
@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    ...

# %% right: in-place
for layer in self.layers:
    layer.linear.weight -= learning_rate * layer.linear.weight_grad
    layer.linear.bias -= learning_rate * layer.linear.bias_grad

# %% right: in-place-through-the-getters
changed("right: in-place",
        ("layer.linear.weight ", "weight = layer.get_weight()\n        bias = layer.get_bias()\n        weight "),
        ("layer.linear.bias ", "bias "))

# %% right: in-place-by-slices
changed("right: in-place", ("linear.weight -=", "get_weight()[:] = layer.get_weight() -"),
        ("linear.bias -=", "get_bias()[:] = layer.get_bias() -"))

# %% right: sub
for layer in self.layers:
    layer.get_weight().sub_(learning_rate * layer.linear.weight_grad)
    layer.get_bias().sub_(learning_rate * layer.linear.bias_grad)

# %% right: add-with-alpha
for layer in self.layers:
    layer.linear.weight.add_(layer.linear.weight_grad, alpha=-learning_rate)
    layer.linear.bias.add_(layer.linear.bias_grad, alpha=-learning_rate)

# %% right: copy
for layer in self.layers:
    lin = layer.linear
    lin.weight.copy_(lin.weight - learning_rate * lin.weight_grad)
    lin.bias.copy_(lin.bias - learning_rate * lin.bias_grad)

# %% right: rebinding
changed("right: in-place", ("weight -=", "weight = layer.linear.weight -"), ("bias -=", "bias = layer.linear.bias -"))

# %% right: plus-the-negative-step
for l in range(len(self.layers) - 1, -1, -1):
    linear = self.layers[l].linear
    step_w, step_b = -learning_rate * linear.weight_grad, -learning_rate * linear.bias_grad
    linear.weight += step_w
    linear.bias += step_b

# %% right: without-grad-mode
changed("right: in-place", ("for layer", "with torch.no_grad():\n        for layer"),
        ("\n        layer", "\n            layer"))

# %% right: data
for layer in self.layers:
    layer.linear.weight.data -= learning_rate * layer.linear.weight_grad.data
    layer.linear.bias.data -= learning_rate * layer.linear.bias_grad.data

# %% right: data-replaced
changed("right: in-place", ("weight -=", "weight.data = layer.linear.weight -"),
        ("bias -=", "bias.data = layer.linear.bias -"))

# %% right: numpy-assigned
import numpy as np

@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    for layer in self.layers:
        lin = layer.linear
        weight = lin.weight.numpy() - learning_rate * np.asarray(lin.weight_grad)
        bias = lin.bias.numpy() - learning_rate * np.asarray(lin.bias_grad)
        lin.weight = torch.from_numpy(weight)
        lin.bias = torch.from_numpy(bias)

# %% right: numpy-view
for layer in self.layers:
    weight, bias = layer.get_weight().numpy(), layer.get_bias().numpy()
    weight -= learning_rate * layer.linear.weight_grad.numpy()
    bias -= learning_rate * layer.linear.bias_grad.numpy()

# %% right: element-loops
for layer in self.layers:
    W, b = layer.get_weight(), layer.get_bias()
    for k in range(W.shape[1]):
        for i in range(W.shape[0]):
            W[i, k] = W[i, k] - learning_rate * layer.linear.weight_grad[i, k]
        b[k] -= learning_rate * layer.linear.bias_grad[k]

# %% right: setattr
for layer in self.layers:
    for name in ("weight", "bias"):
        value = getattr(layer.linear, name)
        setattr(layer.linear, name, value - learning_rate * getattr(layer.linear, name + "_grad"))

# %% right: pairs
pairs = [(layer.linear.weight, layer.linear.weight_grad) for layer in self.layers]
pairs += [(layer.linear.bias, layer.linear.bias_grad) for layer in self.layers]
for parameter, gradient in pairs:
    parameter -= learning_rate * gradient

# %% right: float32
for layer in self.layers:
    layer.linear.weight -= (learning_rate * layer.linear.weight_grad).float()
    layer.linear.bias -= (learning_rate * layer.linear.bias_grad).float()

# %% right: returns-the-network
for linear in [layer.linear for layer in self.layers]:
    linear.weight = torch.sub(linear.weight, linear.weight_grad, alpha=learning_rate)
    linear.bias = torch.sub(linear.bias, linear.bias_grad, alpha=learning_rate)
return self

# %% mistake: learning-rate-left-out
changed("right: in-place", ("learning_rate * layer", "layer"))

# %% mistake: learning-rate-squared
for layer in self.layers:
    step_weight = learning_rate * layer.linear.weight_grad
    step_bias = learning_rate * layer.linear.bias_grad
    layer.linear.weight -= learning_rate * step_weight
    layer.linear.bias -= learning_rate * step_bias

# %% mistake: ascent
changed("right: in-place", ("-= learning_rate", "+= learning_rate"))
# %% mistake: ascent/two-minuses
changed("right: add-with-alpha", ("weight.add_", "weight.sub_"), ("bias.add_", "bias.sub_"))
# %% mistake: bias-ascends
changed("right: in-place", ("bias -=", "bias +="))
# %% mistake: learning-rate-left-out-for-biases
changed("right: in-place", ("bias -= learning_rate * layer", "bias -= layer"))

# %% mistake: bias-not-updated
for layer in self.layers:
    layer.linear.weight -= learning_rate * layer.linear.weight_grad

# %% mistake: bias-not-updated/local-name
changed("right: in-place-by-slices", ("get_weight()[:]", "linear.weight"), ("layer.get_bias()[:]", "bias"))
# %% mistake: weights-not-updated
changed("mistake: bias-not-updated", ("weight", "bias"))

# %% mistake: last-layer-only-updated
layer = self.layers[-1]
layer.linear.weight -= learning_rate * layer.linear.weight_grad
layer.linear.bias -= learning_rate * layer.linear.bias_grad

# %% mistake: last-layer-only-updated/loop-ended
for layer in self.layers:
    w_grad, b_grad = layer.linear.weight_grad, layer.linear.bias_grad
layer.linear.weight -= learning_rate * w_grad
layer.linear.bias -= learning_rate * b_grad

# %% mistake: first-layer-only-updated
changed("mistake: last-layer-only-updated", ("[-1]", "[0]"))
# %% mistake: first-layer-only-updated/returned-too-early
changed("right: in-place", ("bias_grad", "bias_grad\n        return self"))

# %% mistake: last-layer-not-updated
for i in range(len(self.layers) - 1):
    self.layers[i].linear.weight -= learning_rate * self.layers[i].linear.weight_grad
    self.layers[i].linear.bias -= learning_rate * self.layers[i].linear.bias_grad

# %% mistake: last-layer-not-updated/slice
for layer in self.layers[:-1]:
    layer.linear.weight = layer.get_weight() - learning_rate * layer.linear.weight_grad
    layer.linear.bias = layer.get_bias() - learning_rate * layer.linear.bias_grad

# %% mistake: nothing-updated
changed("right: in-place-through-the-getters", ("weight -=", "weight = weight -"), ("bias -=", "bias = bias -"))
# %% mistake: nothing-updated/result-dropped
changed("right: data", ("data -= ", "sub("), (".data", ")"))
# %% mistake: nothing-updated/copy-changed
changed("right: in-place-through-the-getters", ("()", "().clone()"))
# %% mistake: nothing-updated/other-attribute
changed("right: in-place-by-slices", ("get_weight()[:]", "weight"), ("get_bias()[:]", "bias"))
# %% mistake: replaced-by-the-step
changed("right: float32", ("-= (", "= "), (").float()", ""))
# %% mistake: replaced-by-minus-the-step
changed("right: float32", ("-= (", "=- "), (").float()", ""))
# %% mistake: bias-gradient-for-weight
changed("right: in-place", ("weight_grad", "bias_grad"))

# %% mistake: updated-twice
for layer in self.layers:
    layer.linear.weight -= learning_rate * layer.linear.weight_grad
    layer.linear.bias -= learning_rate * layer.linear.bias_grad
for i in range(len(self.layers)):
    self.layers[i].linear.weight -= learning_rate * self.layers[i].linear.weight_grad
    self.layers[i].linear.bias -= learning_rate * self.layers[i].linear.bias_grad

# %% mistake: updated-twice/getter-and-attribute
for layer in self.layers:
    weight, bias = layer.get_weight(), layer.get_bias()
    weight -= learning_rate * layer.linear.weight_grad
    bias -= learning_rate * layer.linear.bias_grad
    layer.linear.weight = weight - learning_rate * layer.linear.weight_grad
    layer.linear.bias = bias - learning_rate * layer.linear.bias_grad

# %% unnamed: gradients-of-unit-length
for layer in self.layers:
    linear = layer.linear
    linear.weight -= learning_rate * linear.weight_grad / linear.weight_grad.norm()
    linear.bias -= learning_rate * linear.bias_grad / linear.bias_grad.norm()

# %% unnamed: signs-only
changed("right: float32", ("(learning_rate", "learning_rate"), ("* layer", "* torch.sign(layer"), (".float()", ""))
# %% unnamed: gradients-clipped
changed("right: float32", ("(learning_rate", "learning_rate"), (").float()", ".clip(-0.01, 0.01)"))

# %% unnamed: weight-decay-added
changed("right: in-place", ("layer.linear.weight_grad", "(layer.linear.weight_grad"),
        ("weight_grad", "weight_grad + 0.01 * layer.linear.weight)"))

# %% unnamed: step-times-the-weight
changed("right: float32", ("-= (", "*= 1 - "), (").float()", ""))
# %% unnamed: weights-for-gradients
changed("right: in-place", ("weight_grad", "weight"), ("bias_grad", "bias"))
# %% unnamed: learning-rate-falls-with-depth
changed("right: in-place", ("bias_grad", "bias_grad\n        learning_rate *= 0.9"))
# %% unnamed: divided-by-the-learning-rate
changed("right: float32", ("(learning_rate * layer", "layer"), (").float()", " / learning_rate"))
# %% unnamed: first-row-only
changed("right: data", (".data", "[0]"))

# %% unnamed: noise-added
for layer in self.layers:
    noise = 0.01 * torch.randn_like(layer.linear.weight)
    layer.linear.weight -= learning_rate * layer.linear.weight_grad + noise
    layer.linear.bias -= learning_rate * layer.linear.bias_grad

# %% unnamed: every-second-layer
changed("right: in-place", ("layers", "layers[1::2] + self.layers[3:4]"),
        ("bias_grad", "bias_grad\n        layer.linear.weight -= 0.5 * learning_rate * layer.linear.weight_grad"))

# %% hostile: infinite-loop
changed("right: without-grad-mode", ("with torch.no_grad()", "while learning_rate > 0"))
# %% hostile: raises
changed("mistake: bias-not-updated", ("linear.", ""))

# %% hostile: raises-half-way
for l in range(len(self.layers) + 1):
    linear = self.layers[l].linear
    linear.weight -= learning_rate * linear.weight_grad
    linear.bias -= learning_rate * linear.bias_grad

# %% hostile: raises-on-a-leaf
changed("mistake: bias-not-updated", ("weight ", "weight.requires_grad_(True)\n        layer.linear.weight "))
# %% hostile: right-but-leaves-parameters
changed("right: copy", ("weight.copy_", "weight = torch.nn.Parameter"), ("bias.copy_", "bias = torch.nn.Parameter"))

# %% hostile: right-but-clears-the-gradients
changed("right: in-place",
        ("bias_grad", "bias_grad\n        layer.linear.weight_grad = None\n        layer.linear.bias_grad = None"))

# %% hostile: right-but-scales-the-gradients-in-place
for layer in self.layers:
    layer.linear.weight_grad *= learning_rate
    layer.linear.bias_grad *= learning_rate
    layer.linear.weight -= layer.linear.weight_grad
    layer.linear.bias -= layer.linear.bias_grad

# %% hostile: replaces-the-layers
self.layers = [layer.linear.weight - learning_rate * layer.linear.weight_grad for layer in self.layers]

# %% hostile: weights-of-another-shape
for layer in self.layers:
    layer.linear.weight = (layer.linear.weight - learning_rate * layer.linear.weight_grad).T
    layer.linear.bias = (layer.linear.bias - learning_rate * layer.linear.bias_grad).unsqueeze(0)

# %% hostile: weights-as-strings
changed("mistake: bias-not-updated", ("-= learning_rate * layer.linear.weight_grad", '= "w - lr * g"'))
# %% hostile: wrong-number-of-arguments
changed("right: in-place", ("self, learning_rate", "self"), ("learning_rate", "0.25"))

# %% slips
"gradients-of-unit-length", "new_weight: W⁽ˡ⁾ - η (∇W⁽ˡ⁾ / its length), and likewise in new_bias"
"divided-by-the-learning-rate", "new_weight: W⁽ˡ⁾ - ∇W⁽ˡ⁾ / η, and likewise in new_bias"
"signs-only", "new_weight: W⁽ˡ⁾ - η sign(∇W⁽ˡ⁾), and likewise in new_bias"
"step-times-the-weight", "new_weight: W⁽ˡ⁾ - η (∇W⁽ˡ⁾ ⊙ W⁽ˡ⁾), and likewise in new_bias"
"weight-decay-added", "new_weight: W⁽ˡ⁾ - η (∇W⁽ˡ⁾ + … W⁽ˡ⁾)"
"weights-for-gradients", "new_weight: W⁽ˡ⁾ - η W⁽ˡ⁾, and likewise in new_bias"
"every-second-layer", "unmoved-by-the-data"

# %% equivalent: the layers are independent of each other
changed("solution", ("for layer in self.layers:", "for layer in list(self.layers)[::-1]:"))

# %% alike: two layers: all but the last is the first
"first-layer-only-updated", "last-layer-not-updated"

# %% written
L = len(self.layers)
W = dict(enumerate((layer.get_weight() for layer in self.layers), 1))
b = dict(enumerate((layer.get_bias() for layer in self.layers), 1))
dW = dict(enumerate((layer.linear.weight_grad for layer in self.layers), 1))
db = dict(enumerate((layer.linear.bias_grad for layer in self.layers), 1))
W |= {l: new_weight for l in weights_updated}
b |= {l: new_bias for l in biases_updated}
for l, layer in enumerate(self.layers, 1):
    layer.linear.weight, layer.linear.bias = W[l], b[l]

# %% quantities
"np", "torch"
"weights_updated", "range(1, L + 1)"
"biases_updated", "range(1, L + 1)"
"L", "L"
"η", "learning_rate"
"W⁽ˡ⁻¹⁾", "W[l - 1]"
"W⁽ˡ⁾", "W[l]"
"W⁽ˡ⁺¹⁾", "W[l + 1]"
"b⁽ˡ⁻¹⁾", "b[l - 1]"
"b⁽ˡ⁾", "b[l]"
"b⁽ˡ⁺¹⁾", "b[l + 1]"
"∇W⁽ˡ⁻¹⁾", "dW[l - 1]"
"∇W⁽ˡ⁾", "dW[l]"
"∇W⁽ˡ⁺¹⁾", "dW[l + 1]"
"∇b⁽ˡ⁻¹⁾", "db[l - 1]"
"∇b⁽ˡ⁾", "db[l]"
"∇b⁽ˡ⁺¹⁾", "db[l + 1]"
