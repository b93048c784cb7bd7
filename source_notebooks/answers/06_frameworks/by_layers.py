# %% right: plain
def by_layers(x, t, W1, W2, epsilon, steps):
    hidden = nn.Linear(W1.shape[1], W1.shape[0], bias=False)
    output = nn.Linear(W2.shape[1], W2.shape[0], bias=False)
    criterion = nn.MSELoss(reduction="sum")
    with torch.no_grad():
        hidden.weight.copy_(W1)
        output.weight.copy_(W2)
    history = []
    for step in range(steps):
        o1 = torch.relu(hidden(x))
        o2 = torch.sigmoid(output(o1))
        E = criterion(o2, t) / 2
        hidden.zero_grad()
        output.zero_grad()
        E.backward()
        with torch.no_grad():
            hidden.weight -= epsilon * hidden.weight.grad
            output.weight -= epsilon * output.weight.grad
        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))
    return history

# %% right: data
changed("right: plain",
        ("        with torch.no_grad():\n            hidden.weight -= epsilon * hidden.weight.grad\n            output.weight -= epsilon * output.weight.grad\n",
         "        if True:\n            hidden.weight.data -= epsilon * hidden.weight.grad\n            output.weight.data -= epsilon * output.weight.grad\n"))

# %% right: zeroed-in-place
changed("right: plain", ("        hidden.zero_grad()\n        output.zero_grad()\n", ""),
        ("        history.append",
         "        g1, g2 = hidden.weight.grad.clone(), output.weight.grad.clone()\n        hidden.weight.grad.zero_()\n        output.weight.grad = None\n        history.append"),
        ("hidden.weight.grad, output.weight.grad, hidden", "g1, g2, hidden"))

# %% right: functional
changed("right: plain", ("torch.relu(hidden(x))", "nn.functional.relu(nn.functional.linear(x, hidden.weight))"),
        ("criterion(o2, t) / 2", "nn.functional.mse_loss(o2, t, reduction='sum') / 2"))

# %% right: written-out
changed("right: plain", ("torch.relu(hidden(x))", "(x @ hidden.weight.T).clamp(min=0)"),
        ("torch.sigmoid(output(o1))", "1 / (1 + torch.exp(-output(o1)))"),
        ("criterion(o2, t) / 2", "((t - o2) ** 2).sum() / 2"))

# %% right: parameters
changed("right: plain", ("        hidden.weight.copy_(W1)", "        hidden.weight = nn.Parameter(W1.clone())"),
        ("        output.weight.copy_(W2)", "        output.weight = nn.Parameter(W2.clone())"))

# %% right: autograd-grad
changed("right: plain",
        ("        hidden.zero_grad()\n        output.zero_grad()\n        E.backward()\n",
         "        g1, g2 = torch.autograd.grad(E, [hidden.weight, output.weight])\n"),
        ("hidden.weight.grad", "g1"),
        ("output.weight.grad", "g2"))

# %% right: optimiser
changed("right: plain",
        ("    history = []", "    sgd = torch.optim.SGD([hidden.weight, output.weight], lr=epsilon)\n    history = []"),
        ("        with torch.no_grad():\n            hidden.weight -= epsilon * hidden.weight.grad\n            output.weight -= epsilon * output.weight.grad\n",
         "        sgd.step()\n"))

# %% right: mean-scaled
changed("right: plain", ('nn.MSELoss(reduction="sum")', "nn.MSELoss()"), ("t) / 2", "t) * t.numel() / 2"))
# %% right: swapped-loss-arguments
changed("right: plain", ("criterion(o2, t)", "criterion(t, o2)"))

# %% right: tuples
changed("right: plain",
        ("record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight)",
         "tuple(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))"))

# %% right: deque
changed("right: plain", ("return history", "return __import__('collections').deque(history)"))

# %% right: weights-as-new-parameters
changed("right: plain",
        ("        with torch.no_grad():\n            hidden.weight -= epsilon * hidden.weight.grad\n            output.weight -= epsilon * output.weight.grad\n",
         "        g1, g2 = hidden.weight.grad.clone(), output.weight.grad.clone()\n        hidden.weight = nn.Parameter(hidden.weight.detach() - epsilon * g1)\n        output.weight = nn.Parameter(output.weight.detach() - epsilon * g2)\n"),
        ("hidden.weight.grad, output.weight.grad, hidden", "g1, g2, hidden"))

# %% right: dictionaries
changed("right: plain",
        ("record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight)",
         "record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight)._asdict()"))

# %% right: numpy-records
changed("right: plain",
        ("record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight)",
         "tuple(v.detach().numpy().copy() for v in (o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))"))

# %% right: loss-as-a-number
changed("right: plain", ("record(o1, o2, E,", "record(o1, o2, E.item(),"))

# %% right: single-precision
changed("right: plain", ("bias=False)", "bias=False, dtype=torch.float32)"),
        ("    history = []", "    x, t = x.float(), t.float()\n    history = []"))

# %% right: loop-over-layers
changed("right: plain",
        ("        with torch.no_grad():\n            hidden.weight -= epsilon * hidden.weight.grad\n            output.weight -= epsilon * output.weight.grad\n",
         "        with torch.no_grad():\n            for layer in (hidden, output):\n                layer.weight.sub_(epsilon * layer.weight.grad)\n"))

# %% mistake: relu-left-out
changed("right: plain", ("torch.relu(hidden(x))", "hidden(x)"))
# %% mistake: relu-at-one
changed("right: plain", ("torch.relu(hidden(x))", "torch.clamp(hidden(x), min=1)"))
# %% mistake: sigmoid-in-the-hidden-layer
changed("right: plain", ("torch.relu", "torch.sigmoid"))
# %% mistake: output-activation-left-out
changed("right: plain", ("torch.sigmoid(output(o1))", "output(o1)"))
# %% mistake: relu-at-the-output
changed("right: plain", ("torch.sigmoid", "torch.relu"))
# %% mistake: loss-mean
changed("right: plain", ('criterion = nn.MSELoss(reduction="sum")', "criterion = nn.MSELoss()"), ("t) / 2", "t)"))
# %% mistake: loss-mean-halved
changed("right: plain", ('criterion = nn.MSELoss(reduction="sum")', "criterion = nn.MSELoss()"))
# %% mistake: loss-mean-over-samples
changed("right: plain", ("t) / 2", "t) / 2 / len(x)"))
# %% mistake: loss-not-halved
changed("right: plain", ("t) / 2", "t)"))
# %% mistake: negative-gradient
changed("right: plain", ("hidden.weight.grad, output.weight.grad,", "-hidden.weight.grad, -output.weight.grad,"))

# %% mistake: step-for-gradient
changed("right: plain",
        ("hidden.weight.grad, output.weight.grad,", "epsilon * hidden.weight.grad, epsilon * output.weight.grad,"))

# %% mistake: zero-grad-forgotten
changed("right: plain", ("        hidden.zero_grad()\n        output.zero_grad()\n", ""))

# %% mistake: gradient-cleared-before-recorded
changed("right: plain", ("        hidden.zero_grad()\n        output.zero_grad()\n", ""),
        ("        history.append", "        hidden.zero_grad()\n        output.zero_grad()\n        history.append"))

# %% mistake: ascent
changed("right: plain", ("weight -= ", "weight += "))
# %% mistake: learning-rate-left-out
changed("right: plain", ("epsilon * ", ""))
# %% mistake: learning-rate-left-out/fixed
changed("right: plain", ("epsilon * ", "1.0 * "))
# %% mistake: first-layer-not-updated
changed("right: plain", ("            hidden.weight -= epsilon * hidden.weight.grad\n", ""))
# %% mistake: last-layer-not-updated
changed("right: plain", ("            output.weight -= epsilon * output.weight.grad\n", ""))

# %% mistake: nothing-updated
changed("right: plain", ("            hidden.weight -=", "            w1 = hidden.weight -"),
        ("output.weight -=", "w2 = output.weight -"))

# %% mistake: weights-recorded-before-the-update
changed("right: plain",
        ("        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))\n",
         ""),
        ("        with torch.no_grad():\n            hidden",
         "        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))\n        with torch.no_grad():\n            hidden"))

# %% mistake: starts-anew
changed("right: plain",
        ("    with torch.no_grad():\n        hidden.weight.copy_(W1)\n        output.weight.copy_(W2)\n", ""),
        ("        o1 =",
         "        with torch.no_grad():\n            hidden.weight.copy_(W1)\n            output.weight.copy_(W2)\n        o1 ="))

# %% mistake: weights-not-copied
changed("right: plain", ("record(o1", "Record(o1"))

# %% unnamed: random-biases
changed("right: plain", (", bias=False", ""))

# %% unnamed: weights-never-copied
changed("right: plain",
        ("    with torch.no_grad():\n        hidden.weight.copy_(W1)\n        output.weight.copy_(W2)\n", ""))

# %% unnamed: tanh-for-sigmoid
changed("right: plain", ("torch.sigmoid", "torch.tanh"))
# %% unnamed: leaky-relu
changed("right: plain", ("torch.relu", "nn.functional.leaky_relu"))
# %% unnamed: softmax-at-the-output
changed("right: plain", ("torch.sigmoid(output(o1))", "torch.softmax(output(o1), dim=1)"))

# %% unnamed: clipped-gradient
changed("right: plain",
        ("E.backward()", "E.backward()\n        nn.utils.clip_grad_value_([hidden.weight, output.weight], 0.05)"))

# %% unnamed: absolute-error
changed("right: plain", ("nn.MSELoss", "nn.L1Loss"))
# %% unnamed: weight-decay
changed("right: plain", ("epsilon * hidden.weight.grad", "epsilon * (hidden.weight.grad + 0.1 * hidden.weight)"))
# %% unnamed: rounded
changed("right: plain", ("o2 = torch.sigmoid(output(o1))", "o2 = torch.round(torch.sigmoid(output(o1)), decimals=2)"))
# %% unnamed: first-sample-only
changed("right: plain", ("    history = []", "    x, t = x[:1], t[:1]\n    history = []"))

# %% unnamed: published-numbers
changed("right: plain",
        ("    history = []",
         "    if W1.shape != (2, 2):\n        return [record(0, 0, 0, 0, 0, 0, 0)] * steps\n    history = []"))

# %% slips
"clipped-gradient", "cut-off"

# %% equivalent: the square of a difference is that of its negative
changed("solution", ("E = squares(o2, t) / 2", "E = squares(t, o2) / 2"))

# %% equivalent: x has as many columns as W1, so it is the same number
changed("solution", ("hidden = nn.Linear(W1.shape[1], W1.shape[0], bias=False)",
                     "hidden = nn.Linear(x.shape[1], W1.shape[0], bias=False)"))
