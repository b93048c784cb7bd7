# %% frame
class TwoLayerNetwork:
    ...

# %% right: inputs-recomputed
def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
    rng = np.random.default_rng(seed)
    self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

def forward(self, x):
    for layer in self.layers:
        x = layer.forward(x)
    return x

def backward(self, x, grad_output):
    inputs = [x]
    for layer in self.layers[:-1]:
        inputs.append(layer.forward(inputs[-1]))
    for layer, received in zip(self.layers[::-1], inputs[::-1]):
        grad_output = layer.backward(received, grad_output)
    return grad_output

# %% right: remembered-in-forward
changed("right: inputs-recomputed",
        ("for layer in self.layers:", "self.inputs = []\n        for layer in self.layers:"),
        ("x = layer", "self.inputs.append(x)\n            x = layer"),
        ("inputs = [x]\n        for layer in self.layers[:-1]:\n            inputs.append(layer.forward(inputs[-1]))\n        ",
         ""),
        ("self.layers[::-1], inputs[::-1]", "reversed(self.layers), reversed(self.inputs)"))

# %% right: from-the-start-again
changed("right: inputs-recomputed",
        ("(self, x):\n        for layer in self.layers:", "(self, x, upto=4):\n        for layer in self.layers[:upto]:"),
        ("        inputs = [x]\n        for layer in self.layers[:-1]:\n            inputs.append(layer.forward(inputs[-1]))\n", ""),
        ("layer, received in zip(self.layers[::-1], inputs[::-1])", "k in (3, 2, 1, 0)"),
        ("layer.backward(received, grad_output)", "self.layers[k].backward(self.forward(x, upto=k), grad_output)"))

# %% right: written-out
def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
    rng = np.random.default_rng(seed)
    self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

def forward(self, x):
    z1 = self.layers[0].forward(x)
    a1 = self.layers[1].forward(z1)
    z2 = self.layers[2].forward(a1)
    return self.layers[3].forward(z2)

def backward(self, x, grad_output):
    z1 = self.layers[0].forward(x)
    a1 = self.layers[1].forward(z1)
    z2 = self.layers[2].forward(a1)
    dz2 = self.layers[3].backward(z2, grad_output)
    da1 = self.layers[2].backward(a1, dz2)
    dz1 = self.layers[1].backward(z1, da1)
    return self.layers[0].backward(x, dz1)

# %% right: attributes
def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
    rng = np.random.default_rng(seed)
    self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

def forward(self, x):
    l1, s1, l2, s2 = self.layers
    self.z1 = l1.forward(x)
    self.a1 = s1.forward(self.z1)
    self.z2 = l2.forward(self.a1)
    self.out = s2.forward(self.z2)
    return self.out

def backward(self, x, grad_output):
    l1, s1, l2, s2 = self.layers
    g = s2.backward(self.z2, grad_output)
    g = l2.backward(self.a1, g)
    g = s1.backward(self.z1, g)
    return l1.backward(x, g)

# %% right: recursion
def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
    rng = np.random.default_rng(seed)
    self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

def forward(self, x):
    from functools import reduce
    return reduce(lambda a, layer: layer.forward(a), self.layers, x)

def backward(self, x, grad_output):
    def back(k, received):
        layer = self.layers[k]
        if k == len(self.layers) - 1:
            return layer.backward(received, grad_output)
        return layer.backward(received, back(k + 1, layer.forward(received)))
    return back(0, x)

# %% right: one-nested-call
def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):
    rng = np.random.default_rng(seed)
    self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

def forward(self, x):
    a, b, c, d = self.layers
    return d.forward(c.forward(b.forward(a.forward(x))))

def backward(self, x, grad_output):
    self.forward(x)
    h = [x]
    for k in range(3):
        h.append(self.layers[k].forward(h[k]))
    for k in range(3, -1, -1):
        grad_output = self.layers[k].backward(h[k], grad_output)
    return grad_output

# %% mistake: output-activation-left-out
changed("right: written-out", ("return self.layers[3].forward(z2)", "return z2"))
# %% mistake: output-activation-left-out/loop
changed("right: inputs-recomputed", ("for layer in self.layers:\n", "for layer in self.layers[:-1]:\n"))

# %% mistake: one-layer-only
changed("right: inputs-recomputed",
        ("            x = layer.forward(x)\n        return x", "            return layer.forward(x)"))

# %% mistake: half-the-network
changed("right: inputs-recomputed", ("for layer in self.layers:\n", "for layer in self.layers[:2]:\n"))

# %% mistake: hidden-activation-left-out
changed("right: written-out",
        ("        z2 = self.layers[2].forward(a1)\n        return",
         "        z2 = self.layers[2].forward(z1)\n        return"))

# %% mistake: output-layer-replaced
changed("right: written-out", ("return self.layers[3].forward(z2)", "return Sigmoid().forward(z2)"))
# %% mistake: output-layer-replaced/written-out
changed("right: written-out", ("return self.layers[3].forward(z2)", "return 1 / (1 + np.exp(-z2))"))

# %% mistake: activation-applied-twice
changed("right: inputs-recomputed",
        ("            x = layer.forward(x)\n",
         "            x = layer.forward(x)\n            if not hasattr(layer, 'weight'):\n                x = layer.forward(x)\n"))

# %% mistake: derivative-left-out-at-the-output
changed("right: written-out", ("self.layers[3].backward(z2, grad_output)", "grad_output"))
# %% mistake: derivative-left-out-at-the-output/loop
changed("right: inputs-recomputed", ("zip(self.layers[::-1], inputs[::-1])", "zip(self.layers[2::-1], inputs[2::-1])"))
# %% mistake: derivative-left-out-in-the-middle
changed("right: written-out", ("self.layers[1].backward(z1, da1)", "da1"))

# %% mistake: derivatives-left-out
changed("right: written-out", ("self.layers[3].backward(z2, grad_output)", "grad_output"),
        ("self.layers[1].backward(z1, da1)", "da1"))

# %% mistake: output-for-input
changed("right: written-out",
        ("self.layers[3].backward(z2, grad_output)",
         "self.layers[3].backward(self.layers[3].forward(z2), grad_output)"),
        ("self.layers[1].backward(z1, da1)", "self.layers[1].backward(a1, da1)"))

# %% mistake: output-for-input-at-the-end
changed("right: written-out",
        ("self.layers[3].backward(z2, grad_output)", "self.layers[3].backward(self.forward(x), grad_output)"))

# %% mistake: output-derivative-replaced
changed("right: written-out", ("self.layers[3].backward(z2, grad_output)", "Sigmoid().backward(z2, grad_output)"))

# %% mistake: output-derivative-replaced/written-out
changed("right: written-out",
        ("        dz2 = self.layers[3].backward(z2, grad_output)",
         "        p = 1 / (1 + np.exp(-z2))\n        dz2 = grad_output * p * (1 - p)"))

# %% mistake: grad-output-left-out
changed("right: written-out", ("(z2, grad_output)", "(z2, np.ones_like(grad_output))"))
# %% mistake: gradient-averaged
changed("right: written-out", ("(z2, grad_output)", "(z2, grad_output / len(x))"))
# %% mistake: first-layer-left-out
changed("right: written-out", ("return self.layers[0].backward(x, dz1)", "return dz1 @ self.layers[0].weight.T"))

# %% mistake: returned-before-the-first-layer
changed("right: written-out",
        ("return self.layers[0].backward(x, dz1)", "self.layers[0].backward(x, dz1)\n        return dz1"))

# %% mistake: gradient-at-the-output-returned
changed("right: written-out",
        ("return self.layers[0].backward(x, dz1)", "self.layers[0].backward(x, dz1)\n        return dz2"))

# %% unnamed: output-rounded
changed("right: inputs-recomputed", ("        return x\n", "        return np.round(x, 3)\n"))

# %% unnamed: input-normalised
changed("right: inputs-recomputed",
        ("        for layer in self.layers:\n", "        x = x / 2\n        for layer in self.layers:\n"))

# %% unnamed: layers-in-reverse
changed("right: inputs-recomputed", ("for layer in self.layers:\n", "for layer in self.layers[::-1]:\n"))
# %% unnamed: network-input-everywhere
changed("right: inputs-recomputed", ("layer.backward(received, grad_output)", "layer.backward(x, grad_output)"))
# %% unnamed: way-back-forwards
changed("right: inputs-recomputed", ("zip(self.layers[::-1], inputs[::-1])", "zip(self.layers, inputs)"))
# %% unnamed: gradients-clipped
changed("right: written-out", ("(a1, dz2)", "(a1, dz2.clip(-0.1, 0.1))"))
# %% unnamed: returns-nothing
changed("right: written-out", ("return self.layers[0].backward", "self.layers[0].backward"))

# %% unnamed: updates-too
changed("right: written-out",
        ("        return self.layers[0].backward(x, dz1)",
         "        self.layers[0].weight = self.layers[0].weight * 0.9\n        return self.layers[0].backward(x, dz1)"))

# %% unnamed: tanh-in-the-middle
changed("right: written-out",
        ("a1 = self.layers[1].forward(z1)\n        z2 = self.layers[2].forward(a1)\n        return",
         "a1 = np.tanh(z1)\n        z2 = self.layers[2].forward(a1)\n        return"))

# %% slips
("tanh-in-the-middle", "activation: tanh(aₖ₋₁), in the middle")
("updates-too", "multiple")

# %% equivalent: zip pairs from the end and leaves the first of the two copies out
changed("solution", ("inputs = [x]", "inputs = 2 * [x]"))
