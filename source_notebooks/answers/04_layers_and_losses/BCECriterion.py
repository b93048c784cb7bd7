# %% frame
class BCECriterion:
    ...

# %% right: clipped
def forward(self, predictions, labels):
    a = np.clip(predictions, 1e-12, 1 - 1e-12)
    return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()

def backward(self, predictions, labels):
    a = np.clip(predictions, 1e-12, 1 - 1e-12)
    return (a - labels) / (a * (1 - a))

# %% right: small-number-added
def forward(self, predictions, labels):
    e = 1e-9
    return -np.sum(labels * np.log(predictions + e) + (1 - labels) * np.log(1 - predictions + e))

def backward(self, predictions, labels):
    e = 1e-9
    return -labels / (predictions + e) + (1 - labels) / (1 - predictions + e)

# %% right: picked-by-the-label
def forward(self, predictions, labels):
    a = np.clip(predictions, 1e-12, 1 - 1e-12)
    return np.where(labels == 1, -np.log(a), -np.log(1 - a)).sum()

def backward(self, predictions, labels):
    a = np.clip(predictions, 1e-12, 1 - 1e-12)
    return np.where(labels == 1, -1 / a, 1 / (1 - a))

# %% right: probability-of-the-truth
changed("right: picked-by-the-label",
        ("np.where(labels == 1, -np.log(a), -np.log(1 - a)).sum()", "-np.log(1 - abs(labels - a)).sum()"))

# %% right: denominator-guarded
def forward(self, predictions, labels):
    a = np.minimum(np.maximum(predictions, 1e-8), 1 - 1e-8)
    return float(np.sum(-labels * np.log(a) - (1 - labels) * np.log(1 - a)))

def backward(self, predictions, labels):
    return (predictions - labels) / np.maximum(predictions * (1 - predictions), 1e-10)

# %% right: machine-epsilon
def forward(self, predictions, labels):
    eps = np.finfo(float).eps
    p = predictions.clip(eps, 1 - eps)
    return -np.sum(np.where(labels == 1, np.log(p), labels * np.log(p) + (1 - labels) * np.log1p(-p)))

def backward(self, predictions, labels):
    eps = np.finfo(float).eps
    p = predictions.clip(eps, 1 - eps)
    return (1 - labels) / (1 - p) - labels / p

# %% right: logarithm-clamped-as-in-torch
def forward(self, predictions, labels):
    with np.errstate(divide="ignore"):
        log_a = np.maximum(np.log(predictions), -100)
        log_b = np.maximum(np.log(1 - predictions), -100)
    return -(labels * log_a + (1 - labels) * log_b).sum()

def backward(self, predictions, labels):
    return (predictions - labels) / (predictions * (1 - predictions) + 1e-12)

# %% right: loops
def forward(self, predictions, labels):
    total = 0.0
    for a, y in zip(predictions.flatten(), labels.flatten()):
        a = min(max(a, 1e-10), 1 - 1e-10)
        total -= y * np.log(a) + (1 - y) * np.log(1 - a)
    return total

def backward(self, predictions, labels):
    g = np.zeros(predictions.shape)
    for i in np.ndindex(g.shape):
        a = min(max(predictions[i], 1e-10), 1 - 1e-10)
        g[i] = (a - labels[i]) / a / (1 - a)
    return g

# %% right: nan-to-num
def forward(self, predictions, labels):
    a = predictions.clip(1e-15, 1 - 1e-15)
    return -np.vdot(labels, np.log(a)) - np.vdot(1 - labels, np.log(1 - a))

def backward(self, predictions, labels):
    g = (predictions - labels) / (predictions * (1 - predictions))
    return np.nan_to_num(g)

# %% mistake: minus-left-out
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()"))

# %% mistake: second-term-left-out
changed("right: clipped", ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()", "-(labels * np.log(a)).sum()"))

# %% mistake: first-term-left-out
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()", "-((1 - labels) * np.log(1 - a)).sum()"))

# %% mistake: labels-reversed
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "-((1 - labels) * np.log(a) + labels * np.log(1 - a)).sum()"))

# %% mistake: terms-subtracted
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "(-labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()"))

# %% mistake: not-summed
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "-(labels * np.log(a) + (1 - labels) * np.log(1 - a))"))

# %% mistake: summed-per-sample
changed("right: clipped",
        ("-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum(axis=1)"))

# %% mistake: denominator-left-out
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "a - labels"))
# %% mistake: denominator-halved
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "(a - labels) / a"))
# %% mistake: gradient-of-the-first-term
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "-labels / a"))
# %% mistake: parentheses-forgotten
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "(a - labels) / a * (1 - a)"))

# %% mistake: loss-averaged
changed("right: clipped",
        ("return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum() / predictions.size"))

# %% mistake: loss-averaged-over-samples
changed("right: clipped",
        ("return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum() / len(predictions)"))

# %% mistake: loss-averaged-over-outputs
changed("right: clipped",
        ("return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum() / predictions.shape[1]"))

# %% mistake: loss-halved
changed("right: clipped",
        ("return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()",
         "return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum() / 2"))

# %% mistake: gradient-averaged-over-outputs
changed("right: clipped",
        ("return (a - labels) / (a * (1 - a))", "return (a - labels) / (a * (1 - a)) / labels.shape[1]"))

# %% mistake: gradient-halved
changed("right: clipped", ("return (a - labels) / (a * (1 - a))", "return 0.5 * (a - labels) / (a * (1 - a))"))

# %% mistake: gradient-averaged
changed("right: clipped",
        ("return (a - labels) / (a * (1 - a))", "return (a - labels) / (a * (1 - a)) / predictions.size"))

# %% mistake: gradient-averaged-over-samples
changed("right: clipped", ("return (a - labels) / (a * (1 - a))", "return (a - labels) / (a * (1 - a)) / len(labels)"))
# %% mistake: gradient-times-n
changed("right: clipped", ("return (a - labels) / (a * (1 - a))", "return len(labels) * (a - labels) / (a * (1 - a))"))
# %% mistake: sign-flipped
changed("right: clipped", ("return (a - labels) / (a * (1 - a))", "return -(a - labels) / (a * (1 - a))"))
# %% mistake: gradient-summed
changed("right: clipped", ("return (a - labels) / (a * (1 - a))", "return np.sum((a - labels) / (a * (1 - a)))"))
# %% mistake: sign-flipped/labels-first
changed("right: clipped", ("(a - labels)", "(labels - a)"))

# %% unnamed: not-finite-in-forward
changed("right: clipped",
        ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return -", "a = predictions\n        return -"))

# %% unnamed: not-finite-in-backward
changed("right: clipped",
        ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return (a", "a = predictions\n        return (a"))

# %% unnamed: clipped-in-place
changed("right: clipped", ("1 - 1e-12)\n", "1 - 1e-12, out=predictions)\n"))

# %% unnamed: clipped-too-much
changed("right: clipped", ("1e-12, 1 - 1e-12", "0.01, 0.99"))

# %% unnamed: zero-at-the-ends
changed("right: clipped",
        ("a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        return (a",
         "a = np.clip(predictions, 1e-12, 1 - 1e-12)\n        if np.any(predictions == 0):\n            return np.zeros_like(a)\n        return (a"))

# %% unnamed: rounded-predictions
changed("right: clipped", ("1e-12, 1 - 1e-12)\n        return -", "1e-12, 1 - 1e-12).round(1)\n        return -"))
# %% unnamed: denominator-plus
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "(a - labels) / (a * (1 + a))"))
# %% unnamed: numerator-plus
changed("right: clipped", ("(a - labels) / (a * (1 - a))", "(a + labels) / (a * (1 - a))"))
# %% unnamed: log-of-ten-plus
changed("right: clipped", ("np.log(a)", "np.log(a + 1)"))

# %% slips
("clipped-too-much", "cut-off")
("denominator-plus", "gradient: (a - y) / (a (1 + a))")
("log-of-ten-plus", "value: -Σ (y ln(1 + a) + (1 - y) ln(1 - a))")
("numerator-plus", "gradient: (a + y) / (a (1 - a))")

# %% equivalent: the larger of both, whichever comes first
changed("solution", ("a = np.clip(predictions, 1e-12, 1 - 1e-12)", "a = np.clip(1e-12, predictions, 1 - 1e-12)"))
# %% equivalent: clipping moves the numerator by 1e-12 at most
changed("solution", ("return (a - labels) / (a * (1 - a))", "return (predictions - labels) / (a * (1 - a))"))

# %% equivalent: a NumPy number instead of a Python one
changed("solution", ("return float(-(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum())",
                     "return -(labels * np.log(a) + (1 - labels) * np.log(1 - a)).sum()"))

# %% written
def forward(self, a, y):
    a = np.clip(a, 1e-12, 1 - 1e-12)
    return value

def backward(self, a, y):
    a = np.clip(a, 1e-12, 1 - 1e-12)
    return gradient

# %% quantities
"N", "len(y)"
"K", "y.shape[1]"
