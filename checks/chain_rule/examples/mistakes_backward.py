"""Wrong ways to write the functions that return gradients, one body per misconception."""

from .right_networks import SAVED, SAVED_BATCH

# --- one layer and two layers ----------------------------------------------------------------------------------

_ONE = """
z = W @ x + b
a = sigmoid(z)
delta = {delta}
return {result}
"""


def _one(delta: str = "mse_der(a, target) * sigmoid_der(z)", result: str = "np.outer(delta, x), delta") -> str:
    return _ONE.format(delta=delta, result=result)


_TWO = """
(W1, b1), (W2, b2) = layers
z1 = W1 @ x + b1
a1 = sigmoid(z1)
z2 = W2 @ a1 + b2
a2 = sigmoid(z2)
d2 = {delta}
{rest}
"""
_D2 = "mse_der(a2, target) * sigmoid_der(z2)"


def _second(delta: str = _D2, result: str = "np.outer(d2, a1), d2") -> str:
    return _TWO.format(delta=delta, rest=f"return {result}")


def _first(delta: str = _D2, back: str = "d2 @ W2", der: str = " * sigmoid_der(z1)", result: str = "") -> str:
    rest = f"d1 = {back}{der}\nreturn " + (result or "np.outer(d1, x), d1")
    return _TWO.format(delta=delta, rest=rest)


GRADIENTS_ONE_LAYER = {
    "derivative-left-out-at-the-output": _one("mse_der(a, target)"),
    "derivative-at-the-activation": _one("mse_der(a, target) * sigmoid_der(a)"),
    "activation-for-its-derivative": _one("mse_der(a, target) * sigmoid(z)"),
    "cost-taken-at-z": _one("mse_der(z, target) * sigmoid_der(z)"),
    "cost-arguments-swapped": _one("mse_der(target, a) * sigmoid_der(z)"),
    "weight-gradient-transposed": _one(result="np.outer(x, delta), delta"),
    "own-output-for-input": _one(result="np.outer(delta, a), delta"),
    "weights-for-the-input": _one(result="delta[:, None] * W, delta"),
    "bias-gradient-times-bias": _one(result="np.outer(delta, x), delta * b"),
    "pair-swapped": _one(result="delta, np.outer(delta, x)"),
    "bias-left-out": "delta = dC_dz(W @ x, target)\nreturn np.outer(delta, x), delta",
    "output-handed-on-as-z": "a = feed_forward_one_layer(W, b, x)\ndelta = dC_dz(a, target)\n"
    "return np.outer(delta, x), delta",
}
GRADIENTS_LAYER_2 = {
    "derivative-left-out-at-the-output": _second("mse_der(a2, target)"),
    "derivative-at-the-activation": _second("mse_der(a2, target) * sigmoid_der(a2)"),
    "activation-for-its-derivative": _second("mse_der(a2, target) * a2"),
    "cost-taken-at-z": _second("mse_der(z2, target) * sigmoid_der(z2)"),
    "cost-arguments-swapped": _second("mse_der(target, a2) * sigmoid_der(z2)"),
    "weight-gradient-transposed": _second(result="np.outer(a1, d2), d2"),
    "own-output-for-input": _second(result="np.outer(d2, a2), d2"),
    "weights-for-the-input": _second(result="d2[:, None] * W2, d2"),
    "bias-gradient-times-bias": _second(result="np.outer(d2, a1), d2 * b2"),
    "pair-swapped": _second(result="d2, np.outer(d2, a1)"),
    "z-for-the-activation": _second(result="np.outer(d2, z1), d2"),
    "network-input-for-the-layers-input": _second(result="np.outer(d2, x), d2"),
    "bias-left-out": _second().replace(" + b1", "").replace(" + b2", ""),
    "output-handed-on-as-z": _second("dC_dz(a2, target)"),
    "hidden-activation-left-out": _second().replace("a1 = sigmoid(z1)", "a1 = z1"),
}
GRADIENTS_LAYER_1 = {
    "derivative-left-out-at-the-output": _first("mse_der(a2, target)"),
    "derivative-at-the-activation": _first("mse_der(a2, target) * sigmoid_der(a2)", der=" * sigmoid_der(a1)"),
    "activation-for-its-derivative": _first("mse_der(a2, target) * sigmoid(z2)", der=" * sigmoid(z1)"),
    "cost-taken-at-z": _first("mse_der(z2, target) * sigmoid_der(z2)"),
    "cost-arguments-swapped": _first("mse_der(target, a2) * sigmoid_der(z2)"),
    "weight-gradient-transposed": _first(result="np.outer(x, d1), d1"),
    "own-output-for-input": _first(result="np.outer(d1, a1), d1"),
    "weights-for-the-input": _first(result="d1[:, None] * W1, d1"),
    "bias-gradient-times-bias": _first(result="np.outer(d1, x), d1 * b1"),
    "pair-swapped": _first(result="d1, np.outer(d1, x)"),
    "derivative-left-out-in-hidden-layers": _first(der=""),
    "derivative-left-out-everywhere": _first("mse_der(a2, target)", der=""),
    "weights-transposed": _first(back="W2 @ d2"),
    "weights-of-the-wrong-layer": _first(back="d2 @ W1"),
    "sum-of-the-rows-of-the-weights": _first(back="np.sum(d2) * np.sum(W2, axis=0)"),
    "weight-gradient-for-weights": _first(back="d2 @ np.outer(d2, a1)"),
    "bias-left-out": _first().replace(" + b1", "").replace(" + b2", ""),
    "output-handed-on-as-z": _first("dC_dz(a2, target)"),
    "hidden-activation-left-out": _first().replace("W2 @ a1 + b2", "W2 @ z1 + b2"),
    "derivative-at-the-activation-in-hidden-layers": _first(der=" * sigmoid_der(a1)"),
}

# --- any depth -------------------------------------------------------------------------------------------------

_LOOP = """
gradients = [None] * len(layers)
error = {cost}
for l in range(len(layers) - 1, -1, -1):
    W, b = layers[l]
    f, der = activation_funcs[l], activation_ders[l]
    a, z = layer_inputs[l], zs[l]
    {delta}
    dW = {dW}
    gradients[l] = ({pair})
    {back}
return {result}
"""
_OUTPUT = "l == len(layers) - 1"


class _Backward:
    """The loop of a backward pass with one of its lines written otherwise."""

    def __init__(self, saved: str, outer: str, bias: str, back: str):
        self.saved, self.outer, self.bias, self.back = saved, outer, bias, back

    def __call__(
        self,
        delta: str = "delta = error * der(z)",
        dW: str = "",
        db: str = "",
        back: str = "",
        cost: str = "cost_der(predict, target)",
        pair: str = "dW, db",
        result: str = "gradients",
        der: str = "",
    ) -> str:
        if der:
            delta = f"delta = error * {der}"
        pair = pair.replace("dW, db", f"dW, {db or self.bias}").replace("db, dW", f"{db or self.bias}, dW")
        text = self.saved + _LOOP.format(
            cost=cost,
            delta=delta,
            dW=(dW or self.outer),
            pair=pair,
            back="error = " + (back or self.back),
            result=result,
        )
        return text.replace(", target)", ", targets)") if "_batch" in self.saved else text


def _shared(backward: _Backward, outer: str, back: str, weights: str, rows: str) -> dict[str, str]:
    """Return the mistakes that are typed alike for one sample and for a batch.

    `outer` is the weight gradient with {} for the layer's input, `back` the way back with {} for the weights.
    """
    return {
        "derivative-left-out-at-the-output": backward(f"delta = error if {_OUTPUT} else error * der(z)"),
        "derivative-left-out-in-hidden-layers": backward(f"delta = error * der(z) if {_OUTPUT} else error"),
        "derivative-left-out-everywhere": backward("delta = error"),
        "derivative-at-the-activation": backward(der="der(f(z))"),
        "derivative-at-the-activation-in-hidden-layers": backward(der=f"der(z if {_OUTPUT} else f(z))"),
        "derivative-at-the-activation-at-the-output": backward(der=f"der(f(z) if {_OUTPUT} else z)"),
        "activation-for-its-derivative": backward(der="f(z)"),
        "derivative-of-the-layer-above": backward(der="activation_ders[min(l + 1, len(layers) - 1)](z)"),
        "derivative-of-the-layer-below": backward(der="activation_ders[l - 1](z)"),
        "last-derivative-in-every-layer": backward(der="activation_ders[-1](z)"),
        "first-derivative-in-every-layer": backward(der="activation_ders[0](z)"),
        "derivatives-in-reverse-order": backward(der="activation_ders[len(layers) - 1 - l](z)"),
        "sigmoid-derivative-in-every-layer": backward(der="sigmoid_der(z)"),
        "sigmoid-formula-in-every-layer": backward(der="f(z) * (1 - f(z))"),
        "cost-taken-at-z": backward(cost="cost_der(zs[-1], target)"),
        "cost-arguments-swapped": backward(cost="cost_der(TARGET, predict)"),
        "cost-der-ignored": backward(cost="mse_der(predict, target)"),
        "derivative-of-a-sum": backward(
            cost="2 * (predict - TARGET) if cost_der is mse_der else cost_der(predict, target)"
        ),
        "weight-gradient-transposed": backward(dW=f"({outer.format('a')}).T"),
        "own-output-for-input": backward(dW=outer.format("f(z)")),
        "weights-for-the-input": backward(dW=weights),
        "z-for-the-activation": backward(dW=outer.format("zs[l - 1]") + " if l > 0 else " + outer.format("a")),
        "network-input-for-the-layers-input": backward(dW=outer.format("layer_inputs[0]")),
        "bias-gradient-times-bias": backward(db=f"({backward.bias}) * b"),
        "pair-swapped": backward(pair="db, dW"),
        "weights-transposed": backward(back=back.format("W.T")),
        "weights-of-the-wrong-layer": backward(back=back.format("layers[l - 1][0]")),
        "sum-of-the-rows-of-the-weights": backward(back=rows),
        "weight-gradient-for-weights": backward(back=back.format("dW")),
        "raw-error-carried": backward(back=back.format("W").replace("delta", "error")),
        "order-reversed": backward(result="gradients[::-1]"),
        "last-layer-only": backward(result="gradients[-1:]"),
        "first-layer-left-out": backward(result="gradients[1:]"),
    }


def _finished(cells: dict[str, str], target: str) -> dict[str, str]:
    return {label: body.replace("TARGET", target) for label, body in cells.items()}


BACKPROPAGATION = _finished(
    _shared(
        _Backward(SAVED, "np.outer(delta, a)", "delta", "W.T @ delta"),
        "np.outer(delta, {})",
        "{}.T @ delta",
        "delta[:, None] * W",
        "np.sum(delta) * np.sum(W, axis=0)",
    ),
    "target",
)
_ROWS = _Backward(SAVED_BATCH, "a.T @ delta", "np.sum(delta, axis=0)", "delta @ W.T")
BACKPROPAGATION_BATCH = {
    **_finished(
        _shared(
            _ROWS,
            "{}.T @ delta",
            "delta @ {}.T",
            "np.mean(delta, axis=0) * W",
            "np.outer(np.sum(delta, axis=1), np.sum(W, axis=1))",
        ),
        "targets",
    ),
    "backpropagation-of-one-sample-called": (
        "return backpropagation(inputs, layers, activation_funcs, targets, activation_ders, cost_der)"
    ),
    "saver-of-one-sample": _ROWS().replace("feed_forward_saver_batch", "feed_forward_saver"),
    "saver-of-one-sample/own-forward-pass": """
        acts, zs = [inputs], []
        for (W, b), f in zip(layers, activation_funcs):
            zs.append(W @ acts[-1] + b)
            acts.append(f(zs[-1]))
        error, gradients = cost_der(acts[-1], targets), []
        for l in reversed(range(len(layers))):
            delta = error * activation_ders[l](zs[l])
            gradients.insert(0, (acts[l].T @ delta, np.sum(delta, axis=0)))
            error = delta @ layers[l][0].T
        return gradients
    """,
    "products-of-one-sample": _ROWS(dW="np.outer(delta, a)", db="delta", back="W.T @ delta"),
    "products-of-one-sample-from-the-right": _ROWS(dW="np.outer(delta, a)", db="delta", back="delta @ W"),
    "outer-product-of-matrices": _ROWS(dW="np.outer(a, delta)"),
    "bias-not-summed": _ROWS(db="delta"),
    "bias-not-summed/eye-of-the-batch": _ROWS(db="np.eye(len(z)) @ delta"),
    "bias-averaged": _ROWS(db="np.mean(delta, axis=0)"),
    "bias-summed-over-the-nodes": _ROWS(db="np.sum(delta, axis=1)"),
    "bias-summed-over-everything": _ROWS(db="np.sum(delta)"),
    "bias-of-the-first-sample": _ROWS(db="delta[0]"),
    "bias-times-batch-size": _ROWS(db="len(inputs) * np.sum(delta, axis=0)"),
    "weight-averaged": _ROWS(dW="a.T @ delta / len(inputs)"),
    "averaged-twice": _ROWS(dW="a.T @ delta / len(inputs)", db="np.mean(delta, axis=0)"),
    "diagonal-of-a-matrix": _ROWS(f"delta = error @ np.diag(der(z)) if {_OUTPUT} else error * der(z)"),
    "divided-by-the-samples-only": _ROWS(
        cost="2 * (predict - targets) / len(predict) if cost_der is mse_der else cost_der(predict, targets)"
    ),
    "one-target-for-all": _ROWS(cost="cost_der(predict, targets[0])"),
    "cost-der-sample-by-sample": _ROWS(
        cost="np.array([cost_der(p, t) for p, t in zip(predict, targets)]) / len(inputs)"
    ),
    "samples-summed-not-averaged": _ROWS(cost="np.array([cost_der(p, t) for p, t in zip(predict, targets)])"),
}

BACKWARD = {
    "gradients_one_layer": GRADIENTS_ONE_LAYER,
    "gradients_layer_2": GRADIENTS_LAYER_2,
    "gradients_layer_1": GRADIENTS_LAYER_1,
    "backpropagation": BACKPROPAGATION,
    "backpropagation_batch": BACKPROPAGATION_BATCH,
}
