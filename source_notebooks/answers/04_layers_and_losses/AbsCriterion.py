# %% right: sign
class AbsCriterion:
    def forward(self, predictions, labels):
        return np.abs(predictions - labels).sum()

    def backward(self, predictions, labels):
        return np.sign(predictions - labels)

# %% right: where
changed("right: sign", ("np.abs(predictions - labels).sum()", "float(np.sum(abs(labels - predictions)))"),
        ("sign", "where"),
        ("- labels", "> labels, 1, -1"))

# %% right: difference-over-absolute
changed("right: sign", ("return np.abs(", "d = "), (").sum()", "\n        return np.sum(np.sqrt(d * d))"),
        ("np.sign", "1.0 * "),
        ("(predictions - labels)", "(predictions > labels) - 1.0 * (predictions < labels)"))

# %% right: loops
class AbsCriterion:
    def forward(self, predictions, labels):
        total = 0
        for p, y in zip(predictions.ravel(), labels.ravel()):
            total += abs(p - y)
        return total

    def backward(self, predictions, labels):
        g = np.ones_like(predictions)
        g[predictions < labels] = -1
        return g

# %% right: norm
changed("right: sign", ("np.abs", "np.linalg.norm("), ("sum(", "ravel(), 1"),
        ("np.sign(predictions - labels)", "-np.sign(labels - predictions)"))

# %% right: one-by-one-array
changed("right: sign", ("sum()", "sum(keepdims=True)"),
        ("sign(predictions - labels)", "sign(predictions - labels).tolist()"))

# %% mistake: absolute-value-left-out
changed("right: sign", ("np.abs(predictions - labels).sum()", "(predictions - labels).sum()"))
# %% mistake: absolute-value-after-the-sum
changed("right: sign", ("np.abs(predictions - labels).sum()", "abs((predictions - labels).sum())"))
# %% mistake: squared
changed("right: sign", ("np.abs(predictions - labels).sum()", "((predictions - labels) ** 2).sum()"))
# %% mistake: not-summed
changed("right: sign", ("np.abs(predictions - labels).sum()", "np.abs(predictions - labels)"))
# %% mistake: summed-per-sample
changed("right: sign", ("np.abs(predictions - labels).sum()", "np.abs(predictions - labels).sum(axis=1)"))
# %% mistake: difference-for-sign
changed("right: sign", ("np.sign(predictions - labels)", "predictions - labels"))
# %% mistake: gradient-of-the-squares
changed("right: sign", ("np.sign(predictions - labels)", "2 * (predictions - labels)"))
# %% mistake: ones-everywhere
changed("right: sign", ("np.sign(predictions - labels)", "np.ones_like(predictions)"))

# %% mistake: loss-averaged
changed("right: sign",
        ("return np.abs(predictions - labels).sum()", "return np.abs(predictions - labels).sum() / predictions.size"))

# %% mistake: loss-averaged-over-samples
changed("right: sign",
        ("return np.abs(predictions - labels).sum()", "return np.abs(predictions - labels).sum() / len(predictions)"))

# %% mistake: loss-averaged-over-outputs
changed("right: sign",
        ("return np.abs(predictions - labels).sum()",
         "return np.abs(predictions - labels).sum() / predictions.shape[1]"))

# %% mistake: loss-halved
changed("right: sign", ("return np.abs(predictions - labels).sum()", "return np.abs(predictions - labels).sum() / 2"))

# %% mistake: gradient-averaged-over-outputs
changed("right: sign",
        ("return np.sign(predictions - labels)", "return np.sign(predictions - labels) / labels.shape[1]"))

# %% mistake: gradient-halved
changed("right: sign", ("return np.sign(predictions - labels)", "return 0.5 * np.sign(predictions - labels)"))

# %% mistake: gradient-averaged
changed("right: sign",
        ("return np.sign(predictions - labels)", "return np.sign(predictions - labels) / predictions.size"))

# %% mistake: gradient-averaged-over-samples
changed("right: sign", ("return np.sign(predictions - labels)", "return np.sign(predictions - labels) / len(labels)"))
# %% mistake: gradient-times-n
changed("right: sign", ("return np.sign(predictions - labels)", "return len(labels) * np.sign(predictions - labels)"))
# %% mistake: sign-flipped
changed("right: sign", ("return np.sign(predictions - labels)", "return -np.sign(predictions - labels)"))
# %% mistake: gradient-summed
changed("right: sign", ("return np.sign(predictions - labels)", "return np.sum(np.sign(predictions - labels))"))
# %% mistake: sign-flipped/labels-first
changed("right: sign", ("np.sign(predictions - labels)", "np.sign(labels - predictions)"))
# %% mistake: loss-averaged/mean
changed("right: sign", ("np.abs(predictions - labels).sum()", "np.abs(predictions - labels).mean()"))

# %% unnamed: largest-error
changed("right: sign", (".sum()", ".max()"))
# %% unnamed: rooted
changed("right: sign", ("np.abs(predictions - labels).sum()", "np.sqrt(((predictions - labels) ** 2).sum())"))
# %% unnamed: huber
changed("right: sign", ("np.abs(predictions - labels).sum()", "np.minimum(abs(predictions - labels), 0.3).sum()"))
# %% unnamed: nan-at-zero
changed("right: sign", ("np.sign(predictions - labels)", "(predictions - labels) / abs(predictions - labels)"))
# %% unnamed: first-sample-only
changed("right: sign", ("(predictions - labels).sum()", "(predictions[0] - labels[0]).sum()"))
# %% unnamed: sign-of-the-prediction
changed("right: sign", ("np.sign(predictions - labels)", "np.sign(predictions - 0.5)"))
# %% unnamed: boolean
changed("right: sign", ("np.sign(predictions - labels)", "predictions > labels"))

# %% unnamed: two-at-zero
changed("right: sign",
        ("np.sign(predictions - labels)", "np.where(predictions == labels, 2, np.sign(predictions - labels))"))

# %% slips
("boolean", "gradient: [p - y > 0]")
("largest-error", "value: largest of |p - y|")
("rooted", "value: √Σ (p - y)²")
("two-at-zero", "shifted")

# %% equivalent: the absolute value is symmetric
changed("solution", ("return float(np.abs(predictions - labels).sum())",
                     "return float(np.abs(labels - predictions).sum())"))

# %% equivalent: a NumPy number instead of a Python one
changed("solution", ("return float(np.abs(predictions - labels).sum())", "return np.abs(predictions - labels).sum()"))
# %% equivalent: signs are integers
changed("solution", ("return np.sign(predictions - labels)", "return np.sign(predictions - labels).round()"))

# %% written
class AbsCriterion:
    def forward(self, p, y):
        L = value
        return L

    def backward(self, p, y):
        return gradient

# %% quantities
"N", "len(y)"
"K", "y.shape[1]"
