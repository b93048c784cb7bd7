# %% frame
def train(x, y, net, epochs, lr):
    ...

# %% right: preallocated
losses = torch.zeros(epochs)
for epoch in range(epochs):
    losses[epoch] = net.get_loss(x, y)
    net.backward(x, y)
    net.apply_gradients(lr)
return net, losses

# %% right: preallocated-empty-and-detached
changed("right: preallocated", ("zeros(epochs)", "empty(epochs, dtype=torch.float64)"), ("epoch in", "i in"),
        ("[epoch]", "[i]"),
        ("get_loss(x, y)", "get_loss(x, y).detach()"))

# %% right: tensor-of-a-list
changed("right: preallocated", ("torch.zeros(epochs)", "[]"), ("[epoch] = net", ".append(net"),
        ("get_loss(x, y)", "get_loss(x, y))"),
        ("net, losses", "net, torch.tensor(losses)"))

# %% right: list-of-tensors
changed("right: preallocated", ("torch.zeros(epochs)", "[]"), ("epoch in", "_ in"), ("losses[epoch]", "loss"),
        ("(lr)", "(lr)\n        losses.append(loss)"))

# %% right: list-of-floats
changed("right: preallocated", ("torch.zeros(epochs)", "[]"), ("[epoch] = net", ".append(float(net"),
        ("get_loss(x, y)", "get_loss(x, y)))"))

# %% right: stack
changed("right: preallocated", ("torch.zeros(epochs)", "[]"), ("[epoch] = net", " += [net"),
        ("get_loss(x, y)", "get_loss(x, y)]"),
        ("net, losses", "net, torch.stack(losses)"))

# %% right: concatenated
changed("right: preallocated", ("zeros(epochs)", "tensor([])"),
        ("losses[epoch] = net", "losses = torch.cat([losses, torch.as_tensor(net"),
        ("get_loss(x, y)", "get_loss(x, y)).reshape(1)])"))

# %% right: numpy-array
changed("right: preallocated", ("def train", "import numpy as np\n\ndef train"), ("torch", "np"),
        ("net.get_loss", "float(net.get_loss"),
        ("get_loss(x, y)", "get_loss(x, y))"))

# %% right: backward-before-the-loss
changed("right: preallocated", ("losses[epoch]", "net.backward(x, y)\n        losses[epoch]"),
        ("backward(x, y)\n        net.", ""))

# %% right: recorded-after-the-update
changed("right: preallocated",
        ("losses[epoch]", "net.backward(x, y)\n        net.apply_gradients(lr)\n        losses[epoch]"),
        ("(x, y)\n        net.backward(x, y)\n        net.apply_gradients(lr)", "(x, y)"))

# %% right: loss-from-a-forward-pass
changed("right: preallocated", ("losses[epoch]", "y_pred = net.forward(x)\n        losses[epoch]"),
        ("get_loss(x, y)", "loss.forward(y, y_pred)"))

# %% right: loss-by-its-formula
changed("right: preallocated", ("net.get_loss(x, y)", "((net.forward(x) - y) ** 2).mean()"))

# %% right: loss-from-the-pass-of-backward
losses = []
for epoch in range(epochs):
    net.backward(x, y)
    losses.append(net.loss.forward(y, net.layers[-1].last_zout).item())
    net.apply_gradients(lr)
return net, torch.tensor(losses)

# %% right: update-by-hand
losses = torch.zeros(epochs)
for epoch in range(epochs):
    losses[epoch] = net.get_loss(x, y)
    net.backward(x, y)
    for layer in net.layers:
        layer.linear.weight -= lr * layer.linear.weight_grad
        layer.linear.bias -= lr * layer.linear.bias_grad
return net, losses

# %% right: update-by-hand-rebinding
changed("right: update-by-hand", ("weight -= lr", "weight = layer.get_weight() - lr"),
        ("bias -= lr", "bias = layer.get_bias() - lr"))

# %% right: while-loop
losses = []
epoch = 0
while epoch < epochs:
    losses.append(net.get_loss(x, y))
    net.backward(x, y)
    net.apply_gradients(lr)
    epoch += 1
return net, torch.tensor(losses)

# %% right: comprehension-with-a-step
def step(x, y, net, lr):
    loss = net.get_loss(x, y)
    net.backward(x, y)
    net.apply_gradients(lr)
    return loss

def train(x, y, net, epochs, lr):
    return net, torch.tensor([step(x, y, net, lr) for _ in range(epochs)])

# %% right: printing
changed("right: preallocated", ("losses[epoch]", "loss"),
        ("net.backward", "losses[epoch] = loss\n        net.backward"),
        ("(lr)", '(lr)\n        if epoch % 2 == 0:\n            print(f"epoch {epoch}: loss {float(loss):.4f}")'))

# %% right: named-arguments-and-a-list-returned
changed("right: preallocated", ("(x, y)", "(x=x, y=y)"), ("(lr)", "(learning_rate=lr)"),
        ("net, losses", "[net, losses]"))

# %% mistake: network-recreated
changed("right: preallocated",
        ("(x, y, net, epochs, lr):",
         "(x, y, net, epochs, lr):\n    net = NeuralNetwork(x.shape[1], y.shape[1], [5, 3])"))

# %% mistake: network-recreated/each-epoch
changed("right: preallocated",
        ("losses[epoch]", "net = NeuralNetwork(x.shape[1], y.shape[1], [5, 3])\n        losses[epoch]"))

# %% mistake: copy-trained
changed("right: loss-by-its-formula", ("def train", "import copy\n\ndef train"),
        ("(x, y, net, epochs, lr):", "(x, y, net, epochs, lr):\n    trained = copy.deepcopy(net)"),
        ("((net.forward(x) - y) ** 2).mean()\n        net", "trained.get_loss(x, y)\n        trained"),
        ("net.", "trained."))

# %% mistake: network-not-updated
changed("right: preallocated", ("\n        net.apply_gradients(lr)", ""))
# %% mistake: network-not-updated/not-called
changed("right: preallocated", ("(lr)", ""))
# %% mistake: losses-recorded-after-training
changed("right: recorded-after-the-update", ("(lr)", "(lr)\n    for epoch in range(epochs):"))
# %% mistake: losses-recorded-after-training/filled
changed("right: recorded-after-the-update", ("[epoch]", "[:]"))

# %% mistake: loss-recorded-once
changed("right: preallocated", ("torch.zeros(epochs)", "[]"), ("losses[epoch]", "loss"),
        ("return net, losses", "losses.append(loss)\n    return net, torch.tensor(losses)"))

# %% mistake: loss-recorded-once/scalar
changed("right: preallocated", ("losses = torch.zeros(epochs)\n    ", ""), ("[epoch]", ""))

# %% mistake: loss-recorded-once/after-the-loop
changed("right: list-of-floats", ("losses.append(float(net.get_loss(x, y)))\n        ", ""),
        ("return", "losses.append(net.get_loss(x, y))\n    return"))

# %% mistake: losses-recorded-once
changed("right: tensor-of-a-list", ("losses = []", "loss = net.get_loss(x, y)\n    losses = []"),
        ("losses.append(net.get_loss(x, y))\n        ", ""),
        ("(lr)", "(lr)\n        losses.append(loss)"))

# %% mistake: first-loss-only
changed("right: tensor-of-a-list", ("[]", "[net.get_loss(x, y)]"), ("losses.append(net.get_loss(x, y))\n        ", ""))
# %% mistake: one-epoch-only
changed("right: tensor-of-a-list", ("(lr)\n    ", "(lr)\n        "))
# %% mistake: one-epoch-only/preallocated
changed("right: preallocated", ("(lr)\n    ", "(lr)\n        "))

# %% mistake: one-epoch-only/no-loop
loss = net.get_loss(x, y)
net.backward(x, y)
net.apply_gradients(lr)
return net, [loss]

# %% mistake: one-loss-too-many
changed("right: tensor-of-a-list", ("return", "losses.append(net.get_loss(x, y))\n    return"))
# %% mistake: one-epoch-too-few
changed("right: tensor-of-a-list", ("(epochs)", "(1, epochs)"))
# %% mistake: one-epoch-too-few/last-loss-zero
changed("right: preallocated", ("(epochs):", "(epochs - 1):"))
# %% mistake: one-epoch-too-few/first-loss-zero
changed("right: preallocated", ("(epochs):", "(1, epochs):"))
# %% mistake: one-epoch-too-many
changed("right: tensor-of-a-list", ("(epochs)", "(epochs + 1)"))

# %% mistake: one-epoch-too-many/while
changed("right: list-of-floats", ("for epoch in range(epochs)", "epoch = 0\n    while epoch <= epochs"),
        ("(lr)", "(lr)\n        epoch += 1"))

# %% mistake: learning-rate-ignored
changed("right: preallocated", ("(lr)", "(0.25)"))
# %% mistake: learning-rate-ignored/reassigned
changed("right: tensor-of-a-list", ("(x, y, net, epochs, lr):", "(x, y, net, epochs, lr):\n    lr = 0.25"))

# %% mistake: one-sample-at-a-time
changed("right: preallocated", ("net.backward", "for i in range(len(x)):\n            net.backward"),
        ("(x, y)\n        net", "(x[i:i + 1], y[i:i + 1])\n            net"))

# %% mistake: one-sample-at-a-time/zip
losses = []
for epoch in range(epochs):
    losses.append(net.get_loss(x, y).item())
    for x_n, y_n in zip(x, y):
        net.backward(x_n.unsqueeze(0), y_n.unsqueeze(0))
        net.apply_gradients(lr)
return net, torch.tensor(losses)

# %% mistake: stale-gradients
changed("right: preallocated", ("zeros(epochs)", "zeros(epochs)\n    net.backward(x, y)"),
        ("backward(x, y)\n        net.", ""))

# %% mistake: stale-gradients/only-in-the-first-epoch
changed("right: tensor-of-a-list",
        ("net.backward", "if net.layers[0].linear.weight_grad is None or epoch == 0:\n            net.backward"))

# %% mistake: losses-swapped
changed("right: preallocated", ("net, losses", "losses, net"))
# %% mistake: losses-not-returned
changed("right: preallocated", ("net, losses", "net"))
# %% mistake: network-not-returned
changed("right: preallocated", ("net, losses", "losses"))
# %% mistake: network-not-returned/list
changed("right: tensor-of-a-list", ("net, torch.tensor(losses)", "losses"))

# %% unnamed: learning-rate-halved-each-epoch
changed("right: preallocated", ("(lr)", "(lr)\n        lr = lr / 2"))

# %% unnamed: mini-batches-of-two
changed("right: preallocated", ("net.backward", "for i in range(0, len(x), 2):\n            net.backward"),
        ("(x, y)\n        net", "(x[i:i + 2], y[i:i + 2])\n            net"))

# %% unnamed: every-second-epoch-updates
changed("right: preallocated", ("net.backward", "if epoch % 2 == 1:\n            net.backward"),
        ("(x, y)\n        net", "(x, y)\n            net"))

# %% unnamed: two-updates-each-epoch
changed("right: preallocated", ("(lr)", "(lr)\n        net.backward(x, y)\n        net.apply_gradients(lr)"))
# %% unnamed: labels-in-another-order
changed("right: preallocated", ("backward(x, y)", "backward(x, y.flip(0))"))

# %% unnamed: losses-added-up
changed("right: preallocated", ("for epoch", "total = 0\n    for epoch"), ("losses[epoch] = net", "total += net"),
        ("net.backward", "losses[epoch] = total\n        net.backward"))

# %% unnamed: losses-per-sample
changed("right: preallocated", ("get_loss(x, y)", "get_loss(x, y) / len(x)"))
# %% unnamed: losses-rounded
changed("right: list-of-floats", ("float", "round(float"), ("(net.get_loss(x, y))", "(net.get_loss(x, y)), 2)"))
# %% unnamed: losses-in-reverse-order
changed("right: tensor-of-a-list", ("append(net.get_loss(x, y))", "insert(0, net.get_loss(x, y))"))
# %% unnamed: outputs-recorded
changed("right: preallocated", ("get_loss(x, y)", "forward(x).mean()"))
# %% unnamed: nothing-returned
changed("right: preallocated", ("\n    return net, losses", ""))

# %% hostile: infinite-loop
changed("right: while-loop", ("losses.append(net", "loss = net"), ("(x, y))", "(x, y)"), ("\n        epoch += 1", ""))

# %% hostile: infinite-loop-filling-memory
losses = [1.0]
for loss in losses:
    losses.append(net.get_loss(x, y))
return net, losses

# %% hostile: infinite-loop-swallowing-exceptions
while True:
    try:
        net.backward(x, y)
    except:
        continue

# %% hostile: always-2500-epochs
changed("right: preallocated", ("(x, y, net, epochs, lr):", "(x, y, net, epochs, lr):\n    epochs = 2500"))

# %% hostile: infinite-recursion
net.backward(x, y)
net.apply_gradients(lr)
return train(x, y, net, epochs, lr)

# %% hostile: raises
changed("right: preallocated", ("(epochs):", "(epochs + 1):"))
# %% hostile: exits
quit()

# %% hostile: prints-instead-of-returning
for epoch in range(epochs):
    print(epoch, net.get_loss(x, y))
    net.backward(x, y)
    net.apply_gradients(lr)

# %% hostile: returns-strings
changed("right: list-of-floats", ("float", "str"))
# %% hostile: returns-three-things
changed("right: preallocated", ("net, losses", "net, losses, epochs"))
# %% hostile: right-but-changes-x
changed("right: preallocated", ("return", "x += 1\n    return"))
# %% hostile: right-but-changes-y
changed("right: preallocated", ("return", "y[0] = 1 - y[0]\n    return"))

# %% hostile: right-but-progress-on-stderr
changed("right: preallocated", ("def train", "import sys\n\ndef train"),
        ("(lr)", '(lr)\n        sys.stderr.write(f"\\r{epoch + 1}/{epochs}")'))

# %% hostile: right-but-seeds-the-generator
changed("right: preallocated", ("(x, y, net, epochs, lr):", "(x, y, net, epochs, lr):\n    torch.manual_seed(42)"))

# %% hostile: right-but-disables-grad
changed("right: preallocated",
        ("(x, y, net, epochs, lr):", "(x, y, net, epochs, lr):\n    torch.set_grad_enabled(False)"))

# %% hostile: right-but-wraps-the-network
class Proxy:
    def __init__(self, net):
        self.net = net

    def __getattr__(self, name):
        return getattr(self.__dict__["net"], name)

def train(x, y, net, epochs, lr):
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        losses[epoch] = net.get_loss(x, y)
        net.backward(x, y)
        net.apply_gradients(lr)
    return Proxy(net), losses

# %% hostile: replaces-the-method-get-loss
changed("right: preallocated",
        ("(x, y, net, epochs, lr):",
         "(x, y, net, epochs, lr):\n    NeuralNetwork.get_loss = lambda self, x, y: torch.tensor(0.0)"))

# %% hostile: wrong-number-of-arguments
changed("right: preallocated", ("net, epochs, lr", "net"), ("epochs", "2500"), ("(lr)", "(0.25)"))
# %% hostile: arguments-in-another-order
changed("right: preallocated", ("x, y, net, epochs, lr", "net, x, y, lr, epochs"))

# %% slips
"losses-added-up", "recorded: summed"
"losses-in-reverse-order", "recorded: reversed"
"losses-per-sample", "recorded: divided by N"

# %% alike: training that has arrived: one more update changes nothing
"one-loss-too-many", "one-epoch-too-many"
