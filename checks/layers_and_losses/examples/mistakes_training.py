"""Wrong training loops, each a student's whole cell that makes exactly the mistake of its label and no other."""

from checks.example_cells import changed

from .right import TRAIN_MINIBATCH as MINIBATCH
from .right import TRAIN_SGD as SGD

_SGD, _MINI = SGD["list"], MINIBATCH["slices"]
_UPDATE_W = "                    layer.weight -= learning_rate * layer.grad_weight\n"
_UPDATE_B = "                    layer.bias -= learning_rate * layer.grad_bias\n"
_UPDATE = (
    f"            for layer in network.layers:\n                if isinstance(layer, Linear):\n{_UPDATE_W}{_UPDATE_B}"
)
_AFTER = _UPDATE.replace("\n    ", "\n").removeprefix("    ")


def _shared(cell: str, labels: str) -> dict[str, str]:
    """Return the mistakes that both loops share, from a right cell and what it calls the labels of a step."""
    return {
        "network-not-updated": changed(cell, (_UPDATE, "")),
        "bias-not-updated": changed(cell, (_UPDATE_B, "")),
        "weight-not-updated": changed(cell, (_UPDATE_W, "")),
        "last-layer-only": changed(cell, ("in network.layers:", "in network.layers[2:]:")),
        "first-layer-only": changed(cell, ("in network.layers:", "in network.layers[:2]:")),
        "ascent": changed(cell, ("-= learning_rate", "+= learning_rate")),
        "learning-rate-left-out": changed(cell, ("-= learning_rate * ", "-= ")),
        "learning-rate-ignored": changed(cell, ("-= learning_rate * ", "-= 0.1 * ")),
        "no-epoch": changed(cell, ("range(epochs)", "range(epochs, 0)")),
        "no-epoch/returned-too-early": changed(cell, ("    losses = []\n", "    losses = []\n    return losses\n")),
        "one-epoch-only": changed(cell, ("    return losses", "        return losses")),
        "one-epoch-too-few": changed(cell, ("range(epochs)", "range(1, epochs)")),
        "one-epoch-too-many": changed(cell, ("range(epochs)", "range(epochs + 1)")),
        "updated-at-the-end-of-the-epoch": changed(cell, (_UPDATE, _AFTER)),
        "squared-error-built-in": changed(cell, (f"criterion.backward(p, {labels})", f"2 * (p - {labels})")),
        "prediction-and-label-swapped": changed(cell, (f"(p, {labels})", f"({labels}, p)")),
        "losses-not-averaged": changed(cell, ("total / len(x)", "total")),
        "losses-averaged-over-entries": changed(cell, ("total / len(x)", "total / y.size")),
        "last-loss-only": changed(
            cell,
            (f"total += criterion.forward(p, {labels})", f"loss = criterion.forward(p, {labels})"),
            ("total / len(x)", "loss"),
        ),
        "total-not-reset": changed(
            cell, ("    losses = []\n", "    losses = []\n    total = 0\n"), ("        total = 0\n", "")
        ),
        "all-losses-returned": changed(
            cell,
            (f"total += criterion.forward(p, {labels})", f"losses.append(criterion.forward(p, {labels}))"),
            ("        losses.append(total / len(x))\n", ""),
        ),
        "losses-of-all-epochs-added-up": changed(cell, ("return losses", "return sum(losses)")),
        "last-epoch-returned": changed(cell, ("losses.append(total / len(x))", "losses = [total / len(x)]")),
    }


TRAIN_SGD = {
    **_shared(_SGD, "y[i:i+1]"),
    "first-sample-again-and-again": changed(_SGD, ("[i:i+1]", "[:1]")),
    "last-sample-skipped": changed(_SGD, ("in range(len(x))", "in range(len(x) - 1)")),
    "first-sample-skipped": changed(_SGD, ("in range(len(x))", "in range(1, len(x))")),
}

_TOTAL = "total += criterion.forward(p, yb)"
_WHOLE = changed(_MINI, ("x[k:k+batch_size], y[k:k+batch_size]", "x, y"))

TRAIN_MINIBATCH = {
    **_shared(_MINI, "yb"),
    "last-batch-dropped": changed(
        _MINI, ("range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)")
    ),
    "last-batch-dropped/floor-division": changed(
        _MINI,
        ("for k in range(0, len(x), batch_size):", "for b in range(len(x) // batch_size):"),
        ("xb, yb =", "k = b * batch_size\n            xb, yb ="),
    ),
    "first-batch-again-and-again": changed(_MINI, ("[k:k+batch_size]", "[:batch_size]")),
    "overlapping-batches": changed(_MINI, ("range(0, len(x), batch_size)", "range(len(x))")),
    "whole-data-set": changed(_WHOLE, ("range(0, len(x), batch_size)", "range(1)")),
    "whole-data-set-in-every-step": _WHOLE,
    "one-sample-at-a-time": changed(_MINI, ("range(0, len(x), batch_size)", "range(len(x))"), ("k+batch_size", "k+1")),
    "batch-size-ignored": changed(_MINI, ("    losses = []\n", "    batch_size = 32\n    losses = []\n")),
    "gradient-averaged": changed(_MINI, ("learning_rate * ", "learning_rate / len(xb) * ")),
    "gradient-divided-by-batch-size": changed(_MINI, ("learning_rate * ", "learning_rate / batch_size * ")),
    "mean-of-batch-means": changed(
        _MINI,
        ("total = 0", "means = []"),
        (_TOTAL, "means.append(criterion.forward(p, yb) / len(xb))"),
        ("total / len(x)", "np.mean(means)"),
    ),
    "divided-by-the-number-of-batches": changed(
        _MINI,
        ("total = 0", "total = count = 0"),
        (_TOTAL, f"{_TOTAL}\n            count += 1"),
        ("total / len(x)", "total / count"),
    ),
    "divided-by-full-batches": changed(
        _MINI,
        ("total = 0", "total = count = 0"),
        (_TOTAL, f"{_TOTAL}\n            count += batch_size"),
        ("total / len(x)", "total / count"),
    ),
}
