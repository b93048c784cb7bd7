# %% right: plain
def sequential(x, t, W1, W2, epsilon, steps):
    model = nn.Sequential(
        nn.Linear(W1.shape[1], W1.shape[0], bias=False),
        nn.ReLU(),
        nn.Linear(W2.shape[1], W2.shape[0], bias=False),
        nn.Sigmoid(),
    )
    with torch.no_grad():
        model[0].weight.copy_(W1)
        model[2].weight.copy_(W2)
    criterion = nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=epsilon)
    history = []
    for step in range(steps):
        optimizer.zero_grad()
        o1 = model[:2](x)
        o2 = model(x)
        E = criterion(o2, t) / 2
        E.backward()
        optimizer.step()
        history.append(record(o1, o2, E, model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight))
    return model, history

# %% right: zero-grad-before-backward
changed("right: plain", ("        optimizer.zero_grad()\n", ""),
        ("        E.backward()", "        optimizer.zero_grad()\n        E.backward()"))

# %% right: zero-grad-of-the-model
changed("right: plain", ("optimizer.zero_grad()", "model.zero_grad()"))

# %% right: zero-grad-at-the-end
changed("right: plain", ("        optimizer.zero_grad()\n", ""),
        ("    return model", "        optimizer.zero_grad()\n    return model"))

# %% right: pair-swapped
changed("right: plain", ("return model, history", "return history, model"))

# %% right: ordered-dict
changed("right: plain", ("nn.Sequential(\n", "nn.Sequential(__import__('collections').OrderedDict(hidden="),
        ("        nn.ReLU()", "        relu=nn.ReLU()"),
        ("        nn.Linear(W2", "        output=nn.Linear(W2"),
        ("        nn.Sigmoid(),\n    )", "        sigmoid=nn.Sigmoid(),\n    ))"))

# %% right: hidden-from-a-hook
changed("right: plain",
        ("    history = []",
         "    seen = []\n    model[1].register_forward_hook(lambda m, i, o: seen.append(o))\n    history = []"),
        ("o1 = model[:2](x)", "seen.clear()"),
        ("record(o1,", "record(seen[0],"))

# %% right: layers-called-in-turn
changed("right: plain", ("o1 = model[:2](x)", "o1 = model[1](model[0](x))"),
        ("o2 = model(x)", "o2 = model[3](model[2](o1))"))

# %% right: lists-of-parameters
changed("right: plain",
        ("model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight",
         "*[p.grad for p in model.parameters()], *model.parameters()"))

# %% right: state-dict
changed("right: plain",
        ("    with torch.no_grad():\n        model[0].weight.copy_(W1)\n        model[2].weight.copy_(W2)\n",
         "    model.load_state_dict({'0.weight': W1, '2.weight': W2})\n"))

# %% right: closure
changed("right: plain", ("        optimizer.step()", "        optimizer.step(lambda: E)"))
# %% right: own-optimiser-class
changed("right: plain", ("torch.optim.SGD(", "type('Mine', (torch.optim.SGD,), {})("))

# %% right: nested
changed("right: plain",
        ("    criterion", "    model = nn.Sequential(model[0], model[1], model[2], model[3])\n    criterion"))

# %% mistake: relu-left-out
changed("right: plain", ("nn.ReLU()", "nn.Identity()"))
# %% mistake: relu-at-one
changed("right: plain", ("nn.ReLU()", "nn.Threshold(1, 1)"))
# %% mistake: sigmoid-in-the-hidden-layer
changed("right: plain", ("nn.ReLU()", "nn.Sigmoid()"))
# %% mistake: output-activation-left-out
changed("right: plain", ("nn.Sigmoid(),", "nn.Identity(),"))
# %% mistake: output-activation-left-out/three-parts
changed("right: plain", ("        nn.Sigmoid(),\n", ""))
# %% mistake: relu-at-the-output
changed("right: plain", ("nn.Sigmoid(),", "nn.ReLU(),"))
# %% mistake: loss-mean
changed("right: plain", ('criterion = nn.MSELoss(reduction="sum")', "criterion = nn.MSELoss()"), ("t) / 2", "t)"))
# %% mistake: loss-mean-halved
changed("right: plain", ('criterion = nn.MSELoss(reduction="sum")', "criterion = nn.MSELoss()"))
# %% mistake: loss-mean-over-samples
changed("right: plain", ("t) / 2", "t) / 2 / len(x)"))
# %% mistake: loss-not-halved
changed("right: plain", ("t) / 2", "t)"))

# %% mistake: negative-gradient
changed("right: plain",
        ("model[0].weight.grad, model[2].weight.grad,", "-model[0].weight.grad, -model[2].weight.grad,"))

# %% mistake: step-for-gradient
changed("right: plain",
        ("model[0].weight.grad, model[2].weight.grad,",
         "epsilon * model[0].weight.grad, epsilon * model[2].weight.grad,"))

# %% mistake: zero-grad-forgotten
changed("right: plain", ("        optimizer.zero_grad()\n", ""))

# %% mistake: zero-grad-forgotten/before-the-loop
changed("right: plain", ("        optimizer.zero_grad()\n", ""),
        ("    history = []", "    optimizer.zero_grad()\n    history = []"))

# %% mistake: gradient-cleared-before-recorded
changed("right: plain", ("optimizer.step()", "optimizer.step()\n        optimizer.zero_grad()"))
# %% mistake: ascent
changed("right: plain", ("lr=epsilon", "lr=epsilon, maximize=True"))
# %% mistake: learning-rate-left-out
changed("right: plain", ("lr=epsilon", "lr=1"))
# %% mistake: first-layer-not-updated
changed("right: plain", ("model.parameters()", "model[2].parameters()"), ("optimizer.zero_grad", "model.zero_grad"))
# %% mistake: last-layer-not-updated
changed("right: plain", ("model.parameters()", "model[0].parameters()"), ("optimizer.zero_grad", "model.zero_grad"))
# %% mistake: nothing-updated
changed("right: plain", ("        optimizer.step()\n", ""))
# %% mistake: weights-recorded-before-the-update
changed("right: plain", ("        optimizer.step()\n", ""), ("    return", "        optimizer.step()\n    return"))

# %% mistake: starts-anew
changed("right: plain",
        ("        optimizer.zero_grad()\n",
         "        optimizer.zero_grad()\n        with torch.no_grad():\n            model[0].weight.copy_(W1)\n            model[2].weight.copy_(W2)\n"))

# %% mistake: momentum
changed("right: plain", ("lr=epsilon", "lr=epsilon, momentum=0.9"))
# %% mistake: adam
changed("right: plain", ("optim.SGD", "optim.Adam"))
# %% mistake: updated-twice
changed("right: plain", ("optimizer.step()", "optimizer.step()\n        optimizer.step()"))

# %% mistake: updated-twice/once-by-hand
changed("right: plain",
        ("optimizer.step()",
         "optimizer.step()\n        with torch.no_grad():\n            for p in model.parameters():\n                p -= epsilon * p.grad"))

# %% mistake: weights-not-copied
changed("right: plain", ("record(o1", "Record(o1"))

# %% mistake: model-not-trained
changed("right: plain", ("    criterion", "    given = copy.deepcopy(model)\n    criterion"),
        ("return model", "return given"))

# %% mistake: model-not-trained/records-of-the-section-before
changed("right: plain", ("    history = []\n", "    history = by_layers(x, t, W1, W2, epsilon, steps)\n"),
        ("    for step in range(steps):\n", "    if False:\n"))

# %% unnamed: random-biases
changed("right: plain", (", bias=False", ""))

# %% unnamed: weights-never-copied
changed("right: plain",
        ("    with torch.no_grad():\n        model[0].weight.copy_(W1)\n        model[2].weight.copy_(W2)\n", ""))

# %% unnamed: nesterov
changed("right: plain", ("lr=epsilon", "lr=epsilon, momentum=0.5, nesterov=True"))
# %% unnamed: weight-decay
changed("right: plain", ("lr=epsilon", "lr=epsilon, weight_decay=0.01"))
# %% unnamed: rmsprop
changed("right: plain", ("optim.SGD", "optim.RMSprop"))
# %% unnamed: gelu
changed("right: plain", ("nn.ReLU()", "nn.GELU()"))
# %% unnamed: adamw
changed("right: plain", ("optim.SGD", "optim.AdamW"))
# %% unnamed: averaged-sgd
changed("right: plain", ("optim.SGD", "optim.ASGD"))
# %% unnamed: momentum-dampened
changed("right: plain", ("lr=epsilon", "lr=epsilon, momentum=0.9, dampening=0.9"))

# %% unnamed: trained-on-after-the-last-record
changed("right: plain",
        ("    return model",
         "    optimizer.zero_grad()\n    (criterion(model(x), t) / 2).backward()\n    optimizer.step()\n    return model"))

# %% unnamed: dropout
changed("right: plain", ("nn.ReLU()", "nn.Sequential(nn.ReLU(), nn.Dropout(0.5))"))
# %% unnamed: huber-loss
changed("right: plain", ("nn.MSELoss", "nn.HuberLoss"))
# %% unnamed: other-model-returned
changed("right: plain", ("return model", "return nn.Sequential(nn.Linear(W1.shape[1], W2.shape[0]))"))

# %% equivalent: the square of a difference is that of its negative
changed("solution", ("E = squares(o2, t) / 2", "E = squares(t, o2) / 2"))

# %% equivalent: x has as many columns as W1, so it is the same number
changed("solution", ("model = nn.Sequential(nn.Linear(W1.shape[1], W1.shape[0], bias=False), nn.ReLU(), nn.Linear(W2.shape[1], W2.shape[0], bias=False), nn.Sigmoid())",
                     "model = nn.Sequential(nn.Linear(x.shape[1], W1.shape[0], bias=False), nn.ReLU(), nn.Linear(W2.shape[1], W2.shape[0], bias=False), nn.Sigmoid())"))
