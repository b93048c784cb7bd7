"""Right ways to write the functions for any number of layers, one body per style."""

_LOOP = """
    gradients = [None] * len(layers)
    delta = cost_der(predict, target) * activation_ders[-1](zs[-1])
    for l in range(len(layers) - 1, -1, -1):
        gradients[l] = ({outer}, {bias})
        if l > 0:
            delta = {back} * activation_ders[l - 1](zs[l - 1])
    return gradients
"""
SAVED = "layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)"
SAVED_BATCH = "layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)"


def _single(outer: str, back: str, bias: str = "delta") -> str:
    from textwrap import dedent

    return SAVED + dedent(_LOOP).format(outer=outer, back=back, bias=bias)


def _batch(outer: str, bias: str, back: str) -> str:
    return SAVED_BATCH + _single(outer, back, bias).removeprefix(SAVED).replace(
        "(predict, target)", "(predict, targets)"
    )


NETWORKS: dict[str, dict[str, str]] = {
    "create_layers": {
        "loop": """
            layers = []
            i_size = network_input_size
            for layer_output_size in layer_output_sizes:
                W = np.random.randn(layer_output_size, i_size)
                b = np.random.randn(layer_output_size)
                layers.append((W, b))
                i_size = layer_output_size
            return layers
        """,
        "sizes-in-pairs": """
            sizes = [network_input_size] + list(layer_output_sizes)
            return [(rng.normal(size=(o, i)), np.zeros(o)) for i, o in zip(sizes[:-1], sizes[1:])]
        """,
        "glorot": """
            layers, n = [], network_input_size
            for m in layer_output_sizes:
                limit = np.sqrt(6 / (n + m))
                layers.append([np.random.uniform(-limit, limit, (m, n)), np.zeros(m)])
                n = m
            return layers
        """,
        "seeded": """
            generator = np.random.default_rng(1)
            n, layers = network_input_size, []
            for m in layer_output_sizes:
                layers.append((generator.standard_normal((m, n)) / np.sqrt(n), 0.1 * generator.standard_normal(m)))
                n = m
            return tuple(layers)
        """,
        "by-index": """
            sizes = np.concatenate([[network_input_size], layer_output_sizes]).astype(int)
            layers = []
            for l in range(1, len(sizes)):
                layers.append((np.random.rand(sizes[l], sizes[l - 1]) - 0.5, np.random.rand(sizes[l])))
            return layers
        """,
    },
    "feed_forward": {
        "zip": "a = input\nfor (W, b), f in zip(layers, activation_funcs):\n    a = f(W @ a + b)\nreturn a",
        "index": """
            a = input
            for l in range(len(layers)):
                W, b = layers[l]
                a = activation_funcs[l](np.dot(W, a) + b)
            return a
        """,
        "row-form": "for (W, b), f in zip(layers, activation_funcs):\n    input = f(input @ W.T + b)\nreturn input",
        "list-of-activations": """
            activations = [input]
            for layer, f in zip(layers, activation_funcs):
                activations.append(f(layer[0] @ activations[-1] + layer[1]))
            return activations[-1]
        """,
        "recursive": """
            if len(layers) == 0:
                return input
            W, b = layers[0]
            return feed_forward(activation_funcs[0](W @ input + b), layers[1:], activation_funcs[1:])
        """,
        "enumerate-einsum": """
            a = input
            for i, (W, b) in enumerate(layers):
                a = activation_funcs[i](np.einsum("ij,j->i", W, a) + b)
            return a
        """,
    },
    "feed_forward_saver": {
        "append": """
            layer_inputs, zs, a = [], [], input
            for (W, b), f in zip(layers, activation_funcs):
                layer_inputs.append(a)
                z = W @ a + b
                a = f(z)
                zs.append(z)
            return layer_inputs, zs, a
        """,
        "index": """
            layer_inputs = [input]
            zs = []
            for l in range(len(layers)):
                zs.append(layers[l][0] @ layer_inputs[l] + layers[l][1])
                layer_inputs.append(activation_funcs[l](zs[l]))
            return layer_inputs[:-1], zs, layer_inputs[-1]
        """,
        "filled-lists": """
            n = len(layers)
            layer_inputs, zs = [None] * n, [None] * n
            a = input
            for l, (W, b) in enumerate(layers):
                layer_inputs[l] = a
                zs[l] = np.dot(W, a) + b
                a = activation_funcs[l](zs[l])
            return [layer_inputs, zs, a]
        """,
        "prediction-from-feed-forward": """
            layer_inputs, zs, a = [], [], input
            for (W, b), f in zip(layers, activation_funcs):
                layer_inputs += [a]
                zs += [W @ a + b]
                a = f(zs[-1])
            return layer_inputs, zs, feed_forward(input, layers, activation_funcs)
        """,
        "tuples": """
            saved, a = [], input
            for (W, b), f in zip(layers, activation_funcs):
                saved.append((a, W @ a + b))
                a = f(saved[-1][1])
            layer_inputs, zs = zip(*saved)
            return layer_inputs, zs, a
        """,
    },
    "backpropagation": {
        "outer": _single("np.outer(delta, layer_inputs[l])", "(layers[l][0].T @ delta)"),
        "outer-transposed": _single("np.outer(layer_inputs[l], delta).T", "(delta @ layers[l][0])"),
        "broadcast": _single("delta[:, None] * layer_inputs[l][None, :]", "(layers[l][0].T @ delta)"),
        "reshaped": _single(
            "delta.reshape(-1, 1) @ layer_inputs[l].reshape(1, -1)", "np.dot(layers[l][0].T, delta)", "delta.copy()"
        ),
        "einsum": _single('np.einsum("i,j->ij", delta, layer_inputs[l])', 'np.einsum("ij,i->j", layers[l][0], delta)'),
        "tensordot-with-eye": _single(
            "np.tensordot(delta, np.tensordot(np.eye(len(delta)), layer_inputs[l], axes=0), axes=1)",
            "(delta @ layers[l][0])",
            "delta @ np.eye(len(delta))",
        ),
        "given-jacobians": _single(
            "np.tensordot(delta, dz_dW(layers[l][0], layer_inputs[l]), axes=1)",
            "(delta @ layers[l][0])",
            "delta @ dz_db(layers[l][1])",
        ),
        "diagonal-matrices": SAVED
        + """
layer_grads = [() for layer in layers]
for i in reversed(range(len(layers))):
    layer_input, z, activation_der = layer_inputs[i], zs[i], activation_ders[i]
    if i == len(layers) - 1:
        dC_da = cost_der(predict, target)
    else:
        (W, b) = layers[i + 1]
        dC_da = dC_dz @ W
    dC_dz = dC_da @ np.diag(activation_der(z))
    layer_grads[i] = (np.outer(dC_dz, layer_input), dC_dz)
return layer_grads
""",
        "read-back-from-the-gradients": SAVED
        + """
gradients = []
for l in range(len(layers) - 1, -1, -1):
    if l == len(layers) - 1:
        error = cost_der(predict, target)
    else:
        error = layers[l + 1][0].T @ gradients[0][1]
    d = error * activation_ders[l](zs[l])
    gradients.insert(0, (np.outer(d, layer_inputs[l]), d))
return gradients
""",
        "appended-and-reversed": SAVED
        + """
gradients, error = [], cost_der(predict, target)
for (W, b), a, z, der in zip(layers[::-1], layer_inputs[::-1], zs[::-1], activation_ders[::-1]):
    delta = error * der(z)
    gradients.append([np.outer(delta, a), delta])
    error = delta @ W
return gradients[::-1]
""",
        "own-forward-pass": """
            acts, zs = [input], []
            for (W, b), f in zip(layers, activation_funcs):
                zs.append(W @ acts[-1] + b)
                acts.append(f(zs[-1]))
            deltas = [cost_der(acts[-1], target) * activation_ders[-1](zs[-1])]
            for l in range(len(layers) - 2, -1, -1):
                deltas.insert(0, layers[l + 1][0].T @ deltas[0] * activation_ders[l](zs[l]))
            return [(np.outer(d, a), d) for d, a in zip(deltas, acts)]
        """,
        "matrices": SAVED
        + """
gradients, error = [], np.matrix(cost_der(predict, target))
for l in reversed(range(len(layers))):
    delta = error * np.asmatrix(np.diag(activation_ders[l](zs[l])))
    gradients.insert(0, (delta.T * np.matrix(layer_inputs[l]), np.asarray(delta).ravel()))
    error = delta * np.matrix(layers[l][0])
return gradients
""",
        "recursive": """
            def back(error, l):
                if l < 0:
                    return []
                delta = error * activation_ders[l](zs[l])
                return back(layers[l][0].T @ delta, l - 1) + [(np.outer(delta, layer_inputs[l]), delta)]

            layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
            return back(cost_der(predict, target), len(layers) - 1)
        """,
    },
    "backpropagation_batch": {
        "transpose": _batch("layer_inputs[l].T @ delta", "delta.sum(axis=0)", "(delta @ layers[l][0].T)"),
        "keepdims": _batch(
            "np.dot(layer_inputs[l].T, delta)", "np.sum(delta, axis=0, keepdims=True)", "np.dot(delta, layers[l][0].T)"
        ),
        "ones": _batch(
            "np.matmul(layer_inputs[l].transpose(), delta)", "np.ones(len(delta)) @ delta", "(delta @ layers[l][0].T)"
        ),
        "transposed-product": _batch(
            "(delta.T @ layer_inputs[l]).T", "np.ones((1, len(delta))) @ delta", "(layers[l][0] @ delta.T).T"
        ),
        "einsum": _batch(
            'np.einsum("ni,nj->ij", layer_inputs[l], delta)',
            'np.einsum("nj->j", delta)',
            'np.einsum("nj,ij->ni", delta, layers[l][0])',
        ),
        "tensordot": _batch(
            "np.tensordot(layer_inputs[l], delta, axes=(0, 0))",
            "sum(delta)",
            "np.tensordot(delta, layers[l][0], axes=(1, 1))",
        ),
        "broadcast-and-sum": _batch(
            "np.sum(layer_inputs[l][:, :, None] * delta[:, None, :], axis=0)",
            "np.array([column.sum() for column in delta.T])",
            "np.sum(delta[:, None, :] * layers[l][0][None, :, :], axis=2)",
        ),
        "per-sample-outer": _batch(
            "sum(np.outer(a_n, d_n) for a_n, d_n in zip(layer_inputs[l], delta))",
            "[sum(column) for column in delta.T]",
            "np.array([layers[l][0] @ d_n for d_n in delta])",
        ),
        "mean-times-n": _batch(
            "len(delta) * np.mean(np.array([np.outer(a, d) for a, d in zip(layer_inputs[l], delta)]), axis=0)",
            "len(delta) * np.mean(delta, axis=0)",
            "(delta @ layers[l][0].T)",
        ),
        "error-carried-along": SAVED_BATCH
        + """
gradients, error = [], cost_der(predict, targets)
for (W, b), a, z, der in zip(layers[::-1], layer_inputs[::-1], zs[::-1], activation_ders[::-1]):
    delta = error * der(z)
    gradients.append([a.T @ delta, delta.sum(0)])
    error = delta @ W.T
return gradients[::-1]
""",
        "per-sample-diagonal-matrices": SAVED_BATCH
        + """
gradients, error = [None] * len(layers), cost_der(predict, targets)
for l in reversed(range(len(layers))):
    W, b = layers[l]
    dW, db, below = np.zeros(W.shape), np.zeros(b.shape), []
    for e, z, a in zip(error, zs[l], layer_inputs[l]):
        delta = e @ np.diag(activation_ders[l](z))
        dW = dW + np.outer(a, delta)
        db = db + delta
        below.append(W @ delta)
    gradients[l] = (dW, db)
    error = np.array(below)
return gradients
""",
        "function-for-one-sample": """
            turned = [(W.T, b) for W, b in layers]
            errors = cost_der(feed_forward_batch(inputs, layers, activation_funcs), targets)
            total = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in layers]
            for x, t, error in zip(inputs, targets, errors):
                of_one = backpropagation(x, turned, activation_funcs, t, activation_ders, lambda p, t: error)
                total = [(W + dW.T, b + db) for (W, b), (dW, db) in zip(total, of_one)]
            return total
        """,
        "columns-of-samples": """
            acts, zs = [inputs.T], []
            for (W, b), f in zip(layers, activation_funcs):
                zs.append(W.T @ acts[-1] + b.reshape(-1, 1))
                acts.append(f(zs[-1]))
            error, gradients = cost_der(acts[-1].T, targets).T, []
            for l in range(len(layers) - 1, -1, -1):
                delta = error * activation_ders[l](zs[l])
                gradients.insert(0, (acts[l] @ delta.T, np.sum(delta, axis=1)))
                error = layers[l][0] @ delta
            return gradients
        """,
        "signals-in-a-list": SAVED_BATCH
        + """
deltas = [cost_der(predict, targets) * activation_ders[-1](zs[-1])]
for l in range(len(layers) - 1, 0, -1):
    deltas.insert(0, deltas[0] @ layers[l][0].T * activation_ders[l - 1](zs[l - 1]))
return [(a.T @ d, d.sum(axis=0)) for a, d in zip(layer_inputs, deltas)]
""",
        "own-forward-pass": """
            acts, zs = [inputs], []
            for (W, b), f in zip(layers, activation_funcs):
                zs.append(np.dot(acts[-1], W) + b)
                acts.append(f(zs[-1]))
            gradients = []
            for l in range(len(layers) - 1, -1, -1):
                if l == len(layers) - 1:
                    delta = cost_der(acts[-1], targets) * activation_ders[l](zs[l])
                else:
                    delta = delta @ layers[l + 1][0].T * activation_ders[l](zs[l])
                gradients = [(acts[l].T @ delta, np.sum(delta, 0))] + gradients
            return gradients
        """,
    },
}


def _rows(body: str) -> str:
    """Return the body of a function for one sample as it is for rows of samples."""
    for old, new in (
        ("W @ a + b", "a @ W + b"),
        ("np.dot(W, a) + b", "np.dot(a, W) + b"),
        ("W @ input + b", "input @ W + b"),
        ("input @ W.T + b", "input @ W + b"),
        ("layer[0] @ activations[-1]", "activations[-1] @ layer[0]"),
        ("layers[l][0] @ layer_inputs[l]", "layer_inputs[l] @ layers[l][0]"),
        ('"ij,j->i", W, a', '"ni,ij->nj", a, W'),
        ("feed_forward(", "feed_forward_batch("),
        ("size=(o, i)", "size=(i, o)"),
        ("randn(layer_output_size, i_size)", "randn(i_size, layer_output_size)"),
        ("limit, (m, n))", "limit, (n, m))"),
        ("standard_normal((m, n))", "standard_normal((n, m))"),
        ("rand(sizes[l], sizes[l - 1])", "rand(sizes[l - 1], sizes[l])"),
        ("np.zeros(m)]", "np.zeros((1, m))]"),
    ):
        body = body.replace(old, new)
    # "input" is the argument of one sample, "inputs" that of a batch
    import re

    return re.sub(r"\binput\b", "inputs", body)


for _task in ("create_layers", "feed_forward", "feed_forward_saver"):
    NETWORKS[f"{_task}_batch"] = {style: _rows(body) for style, body in NETWORKS[_task].items()}
