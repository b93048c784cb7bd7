# %% frame
@add_to_class(NeuralNetwork)
def forward(self, x):
    return ...

# %% right: loop
for layer in self.layers:
    x = layer.forward(x)
return x

# %% right: index-loop
out = self.layers[0].forward(x)
for i in range(1, len(self.layers)):
    out = self.layers[i].forward(out)
return out

# %% right: while-loop
changed("right: loop", ("for layer in self.layers", "i = 0\n    while i < len(self.layers)"),
        ("layer.forward(x)", "self.layers[i].forward(x)\n        i += 1"))

# %% right: reduce
from functools import reduce

@add_to_class(NeuralNetwork)
def forward(self, x):
    return reduce(lambda a, layer: layer.forward(a), self.layers, x)

# %% right: accumulate
from itertools import accumulate

@add_to_class(NeuralNetwork)
def forward(self, x):
    *_, y = accumulate(self.layers, lambda a, layer: layer.forward(a), initial=x)
    return y

# %% right: recursion
def output_of(l):
    return self.layers[l].forward(x if l == 0 else output_of(l - 1))

return output_of(len(self.layers) - 1)

# %% right: comprehension
[x := layer.forward(x) for layer in self.layers][-1]

# %% right: activations-in-a-list
activations = [x]
for layer in self.layers:
    activations.append(layer.forward(activations[-1]))
return activations[-1]

# %% right: hidden-and-output-apart
changed("right: loop", ("for layer", "*hidden, output = self.layers\n    for layer"), ("self.layers:", "hidden:"),
        ("return x", "return output.forward(x)"))

# %% right: last-remembered-output
self.layers[0].forward(x)
for before, layer in zip(self.layers, self.layers[1:]):
    layer.forward(before.last_zout)
return self.layers[-1].last_zout

# %% right: linear-and-activation-apart
for layer in self.layers:
    layer.last_input = x
    layer.last_zin = layer.linear.forward(x)
    layer.last_zout = layer.act.forward(layer.last_zin)
    x = layer.last_zout
return x

# %% right: formulas-by-hand
for l, layer in enumerate(self.layers):
    z = x @ layer.get_weight() + layer.get_bias()
    a = torch.sigmoid(z) if l == len(self.layers) - 1 else torch.tanh(z)
    layer.last_input, layer.last_zin, layer.last_zout = x, z, a
    x = a
return x

# %% right: exponentials-by-hand
a = x
for layer in self.layers:
    layer.last_input = a
    z = torch.einsum("ni,ik->nk", a, layer.linear.weight) + layer.linear.bias
    layer.last_zin = z
    if isinstance(layer.act, TanH):
        a = (torch.exp(z) - torch.exp(-z)) / (torch.exp(z) + torch.exp(-z))
    else:
        a = 1 / (1 + torch.exp(-z))
    layer.last_zout = a
return a

# %% right: numpy-array-returned
changed("right: loop", ("return x", "return x.detach().numpy()"))
# %% right: nested-list-returned
changed("right: loop", ("return x", "return x.tolist()"))
# %% right: float32-returned
changed("right: loop", ("return x", "return x.float()"))

# %% right: cloned
out = x.clone()
for layer in self.layers:
    out = layer.forward(out)
return out.clone()

# %% right: attached-to-a-graph
changed("right: cloned", ("x.clone()", "x.clone().requires_grad_(True)"), ("out.clone()", "out"))
# %% right: without-grad-mode
changed("right: loop", ("(NeuralNetwork)", "(NeuralNetwork)\n@torch.no_grad()"))

# %% mistake: activation-left-out
changed("right: loop", ("forward(x)", "linear.forward(x)"))
# %% mistake: activation-left-out/last-zin
changed("right: loop", ("x = layer.forward(x)", "layer.forward(x)\n        x = layer.last_zin"))
# %% mistake: activation-left-out/formula
changed("right: loop", ("layer.forward(x)", "x @ layer.get_weight() + layer.get_bias()"))

# %% mistake: hidden-activation-left-out
for layer in self.layers[:-1]:
    x = layer.linear.forward(x)
return self.layers[-1].forward(x)

# %% mistake: hidden-activation-left-out/applied-at-the-end
changed("right: loop", ("forward(x)", "linear.forward(x)"), ("return x", "return self.layers[-1].act.forward(x)"))
# %% mistake: output-activation-left-out
changed("right: loop", ("layers", "layers[:-1]"), ("return x", "return self.layers[-1].linear.forward(x)"))
# %% mistake: output-activation-left-out/last-zin
changed("right: loop", ("return x", "return self.layers[-1].last_zin"))
# %% mistake: bias-left-out
changed("right: loop", ("forward(x)", "act.forward(x @ layer.get_weight())"))
# %% mistake: bias-left-out/remembered
changed("right: linear-and-activation-apart", ("layer.linear", "torch.matmul(x, layer.linear"), ("forward(x", "weight"))
# %% mistake: tanh-at-the-output
changed("right: loop", ("layer.forward(x)", "torch.tanh(layer.linear.forward(x))"))

# %% mistake: tanh-at-the-output/remembered
changed("right: linear-and-activation-apart", ("(self, x):", "(self, x):\n    act = self.layers[0].act"),
        ("layer.act", "act"))

# %% mistake: sigmoid-in-hidden-layers
changed("right: loop", ("for layer", "sigmoid = Sigmoid()\n    for layer"),
        ("layer.forward(x)", "sigmoid.forward(layer.linear.forward(x))"))

# %% mistake: sigmoid-in-hidden-layers/remembered
changed("right: linear-and-activation-apart",
        ("layer.act.forward(layer.last_zin)", "1 / (1 + torch.exp(-layer.last_zin)"),
        ("(-layer.last_zin)", "(-layer.last_zin))"))

# %% mistake: softmax-at-the-output
changed("right: loop", ("return x", "return torch.softmax(self.layers[-1].last_zin, dim=1)"))

# %% mistake: softmax-at-the-output/linear
changed("mistake: hidden-activation-left-out", ("linear", "forward(x)\n    z = self.layers[-1].linear"),
        ("self.layers[-1].forward(x)", "torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True)"))

# %% mistake: activation-applied-twice
changed("right: loop", ("forward(x)", "act.forward(layer.forward(x))"))
# %% mistake: last-layer-skipped
changed("right: loop", ("layers", "layers[:-1]"))

# %% mistake: last-layer-skipped/range
changed("right: index-loop", ("self.layers[0].forward(x)", "x"), ("1, len", "len"),
        ("(self.layers)", "(self.layers) - 1"))

# %% mistake: last-layer-skipped/last-input
changed("right: loop", ("return x", "return self.layers[-1].last_input"))
# %% mistake: first-layer-only
changed("right: loop", ("\n    return", "\n        return"))
# %% mistake: pass-not-remembered
changed("right: loop", ("forward(x)", "act.forward(layer.linear.forward(x))"))

# %% mistake: pass-not-remembered/formulas
a = x
for layer in self.layers[:-1]:
    a = torch.tanh(a @ layer.get_weight() + layer.get_bias())
return torch.sigmoid(a @ self.layers[-1].get_weight() + self.layers[-1].get_bias())

# %% unnamed: relu-in-hidden-layers
changed("mistake: hidden-activation-left-out",
        ("x = layer.linear.forward(x)",
         "layer.forward(x)\n        x = torch.relu(layer.last_zin)\n        layer.last_zout = x"))

# %% unnamed: bias-subtracted
changed("right: linear-and-activation-apart", ("layer.linear.forward(x)", "x @ layer.get_weight() - layer.get_bias()"),
        ("layer.act", "x = layer.act"),
        ("\n        x = layer.last_zout", ""))

# %% unnamed: bias-added-twice
changed("right: linear-and-activation-apart", ("forward(x)", "forward(x) + layer.get_bias()"))
# %% unnamed: layers-in-reverse-order
changed("right: loop", ("self.layers", "reversed(self.layers)"))
# %% unnamed: rounded-to-labels
changed("right: loop", ("return x", "return torch.round(x)"))
# %% unnamed: rounded-to-three-digits
changed("right: loop", ("return x", "return (x * 1000).round() / 1000"))
# %% unnamed: input-standardised
changed("right: loop", ("(self, x):", "(self, x):\n    x = (x - x.mean(0)) / x.std(0)"))

# %% unnamed: dropout
changed("mistake: hidden-activation-left-out",
        ("linear.forward(x)", "forward(x) * (torch.rand(layer.last_zout.shape) > 0.5)"))

# %% unnamed: one-minus-the-output
changed("right: loop", ("return x", "return 1 - x"))
# %% unnamed: output-transposed
changed("right: loop", ("return x", "return x.T"))
# %% unnamed: output-of-one-column-flattened
changed("right: loop", ("return x", "return x.squeeze()"))
# %% unnamed: first-sample-only
changed("right: cloned", ("x.clone()", "x[:1]"), ("clone()", "expand(len(x), -1)"))

# %% unnamed: three-layers-assumed
h1 = self.layers[0].forward(x)
h2 = self.layers[1].forward(h1)
return self.layers[2].forward(h2)

# %% unnamed: zeros
changed("right: loop", ("return x", "return torch.zeros_like(x)"))
# %% unnamed: not-a-number
changed("right: loop", ("return x", "return torch.log(-x)"))

# %% hostile: infinite-loop
while True:
    for layer in self.layers:
        out = layer.forward(x)
return out

# %% hostile: infinite-recursion
self.forward(x)
# %% hostile: raises
self.layers[len(self.layers)].forward(x)
# %% hostile: exits
raise SystemExit
# %% hostile: prints-instead-of-returning
changed("right: loop", ("return x", "print(x)"))
# %% hostile: returns-the-method
changed("right: loop", ("return x", "return x.clone"))
# %% hostile: returns-a-string
changed("right: loop", ("return x", "return str(x)"))

# %% hostile: returns-a-ragged-list
changed("right: nested-list-returned", ("(self, x):", "(self, x):\n    activations = [x.tolist()]"),
        ("\n    return x.tolist()", "\n        activations.append(x.tolist())\n    return activations"))

# %% hostile: returns-complex-numbers
changed("right: loop", ("return x", "return x + 0.5j"))
# %% hostile: returns-a-lazy-generator
changed("right: loop", ("\n    return", "\n        yield"))
# %% hostile: right-but-changes-x
changed("right: cloned", ("return out.clone()", "x.zero_()\n    return out"))
# %% hostile: right-but-sets-the-default-dtype
changed("right: loop", ("(self, x):", "(self, x):\n    torch.set_default_dtype(torch.float16)"))

# %% hostile: right-but-writes-to-stderr
changed("right: loop", ("@add_to_class", "import sys\n\n@add_to_class"),
        ("return", 'sys.stderr.write(f"{x.shape}\\n")\n    return'))

# %% hostile: right-but-draws-random-numbers
changed("right: loop", ("(self, x):", "(self, x):\n    torch.rand(1000)"))
# %% hostile: changes-the-weights
changed("right: loop", ("x = layer", "layer.linear.weight += 0.1\n        x = layer"))
# %% hostile: wrong-number-of-arguments
changed("right: comprehension", ("self, x", "x"), ("[x := layer.forward(x) for layer in self.layers][-1]", "x"))

# %% slips
"bias-added-twice", "weighted_input: A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾ + b⁽ˡ⁾"
"bias-subtracted", "weighted_input: A⁽ˡ⁻¹⁾ W⁽ˡ⁾ - b⁽ˡ⁾"
"one-minus-the-output", "weighted_input: -(A⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾), at the output"
"output-transposed", "activation: φ(Z⁽ˡ⁾)ᵀ, at the output"
"relu-in-hidden-layers", "activation: relu(Z⁽ˡ⁾), in the hidden layers"
"rounded-to-labels", "activation: round(φ(Z⁽ˡ⁾)), at the output"

# %% alike: two layers: the first is the last but one
"last-layer-skipped", "first-layer-only"

# %% written
A, Z = [x], [x]
W = dict(enumerate((layer.get_weight() for layer in self.layers), 1))
b = dict(enumerate((layer.get_bias() for layer in self.layers), 1))
L = len(self.layers)
for l in layers_passed:
    layer = self.layers[l - 1]
    layer.last_input = A[-1]
    Z.append(weighted_input)
    A.append(activation)
    layer.last_zin, layer.last_zout = Z[-1], A[-1]
return A[-1]

# %% quantities
"np", "torch"
"layers_passed", "range(1, L + 1)"
"hidden", "l < L"
"output", "l == L"
"X", "x"
"φ", "self.layers[l - 1].act.forward(a)"
"φ'", "self.layers[l - 1].act.get_gradient(a)"
"A⁽ˡ⁻¹⁾", "A[l - 1]"
"A⁽ˡ⁾", "A[l]"
"Z⁽ˡ⁻¹⁾", "Z[l - 1]"
"Z⁽ˡ⁾", "Z[l]"
"W⁽ˡ⁾", "W[l]"
"W⁽ˡ⁺¹⁾", "W[l + 1]"
"b⁽ˡ⁾", "b[l]"
