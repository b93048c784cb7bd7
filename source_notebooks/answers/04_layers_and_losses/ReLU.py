# %% right: maximum-and-mask
class ReLU:
    def forward(self, x):
        return np.maximum(0, x)

    def backward(self, x, grad_output):
        return grad_output * (x > 0)

# %% right: where-and-one-at-zero
changed("right: maximum-and-mask", ("maximum(0, x)", "where(x > 0, x, 0)"),
        ("grad_output * (x > 0)", "np.where(x >= 0, grad_output, 0)"))

# %% right: sign-of-the-output
changed("right: maximum-and-mask", ("np.maximum(0, x)", "x * (x > 0)"),
        ("grad_output * (x > 0)", "np.sign(self.forward(x)) * grad_output"))

# %% right: copy-and-zero
changed("right: maximum-and-mask", ("return np.maximum(0, x)", "y = x.copy()\n        y[y < 0] = 0\n        return y"),
        ("return grad_output * (x > 0)", "g = grad_output.copy()\n        g[x <= 0] = 0\n        return g"))

# %% right: half-at-zero
changed("right: maximum-and-mask", ("np.maximum(0, x)", "(x + abs(x)) / 2"), ("(x > 0)", "(np.sign(x) + 1) / 2"))
# %% right: heaviside
changed("right: maximum-and-mask", ("np.maximum(0, x)", "x.clip(min=0)"), ("(x > 0)", "np.heaviside(x, 0.5)"))

# %% right: loops-and-lists
changed("right: maximum-and-mask", ("np.maximum(0, x)", "[[max(0, v) for v in row] for row in x]"),
        ("grad_output * (x > 0)", "[[g if v > 0 else 0 for v, g in zip(r, s)] for r, s in zip(x, grad_output)]"))

# %% right: remembered-mask
changed("right: maximum-and-mask", ("return np.maximum(0, x)", "self.mask = x > 0\n        return x * self.mask"),
        ("(x > 0)", "self.mask"))

# %% right: diag-jacobian
changed("right: maximum-and-mask", ("0, x", "x, 0"),
        ("grad_output * (x > 0)", "np.stack([np.diag((r > 0).astype(float)) @ g for r, g in zip(x, grad_output)])"))

# %% right: single-precision
changed("right: maximum-and-mask", ("(0, x)", "(x, 0).astype(np.float32)"),
        ("return grad_output", "return (grad_output"),
        ("(x > 0)", "(x > 0)).astype(np.float32)"))

# %% mistake: absolute-value
changed("right: maximum-and-mask", ("np.maximum(0, x)", "np.abs(x)"))
# %% mistake: minimum-for-maximum
changed("right: maximum-and-mask", ("np.maximum", "np.minimum"))
# %% mistake: derivative-for-value
changed("right: maximum-and-mask", ("np.maximum(0, x)", "1.0 * (x > 0)"))
# %% mistake: mask-from-grad-output
changed("right: maximum-and-mask", ("(x > 0)", "(grad_output > 0)"))
# %% mistake: mask-from-grad-output/copy
changed("right: copy-and-zero", ("g[x <= 0] = 0", "g[g <= 0] = 0"))
# %% mistake: mask-of-both
changed("right: copy-and-zero", ("g[x <= 0] = 0", "g[x <= 0] = 0\n        g[g < 0] = 0"))
# %% mistake: mask-reversed
changed("right: maximum-and-mask", ("(x > 0)", "(x < 0)"))
# %% mistake: mask-reversed/copy
changed("right: copy-and-zero", ("g[x <= 0] = 0", "g[x > 0] = 0"))

# %% mistake: integer-truncated
changed("right: maximum-and-mask",
        ("return grad_output * (x > 0)",
         "g = np.zeros_like(x)\n        g[x > 0] = grad_output[x > 0]\n        return g"))

# %% mistake: gradient-of-the-output-left-out
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "1.0 * (x > 0)"))
# %% mistake: derivative-left-out
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "grad_output"))
# %% mistake: value-for-derivative
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "grad_output * self.forward(x)"))
# %% mistake: sign-flipped
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "-grad_output * (x > 0)"))
# %% mistake: summed-over-the-samples
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "(grad_output * (x > 0)).sum(axis=0)"))

# %% unnamed: leaky
changed("right: maximum-and-mask", ("np.maximum(0, x)", "np.maximum(0.01 * x, x)"))
# %% unnamed: capped-at-six
changed("right: maximum-and-mask", ("np.maximum(0, x)", "np.clip(x, 0, 6)"))
# %% unnamed: softplus
changed("right: maximum-and-mask", ("np.maximum(0, x)", "np.log1p(np.exp(x))"))
# %% unnamed: leaky-gradient
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "np.where(x > 0, grad_output, 0.01 * grad_output)"))
# %% unnamed: tiny-inputs-cut
changed("right: maximum-and-mask", ("np.maximum(0, x)", "np.where(x > 0.005, x, 0)"))
# %% unnamed: threshold-at-one
changed("right: maximum-and-mask", ("(x > 0)", "(x > 1)"))
# %% unnamed: nan-at-zero
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "grad_output * np.maximum(x, 0) / x"))
# %% unnamed: gradient-clipped
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "np.clip(grad_output * (x > 0), -5, 5)"))
# %% unnamed: changes-x
changed("right: maximum-and-mask", ("return np.maximum(0, x)", "x[x < 0] = 0\n        return x"))

# %% unnamed: changes-grad-output
changed("right: maximum-and-mask",
        ("return grad_output * (x > 0)", "grad_output[x <= 0] = 0\n        return grad_output"))

# %% unnamed: two-at-zero
changed("right: maximum-and-mask", ("grad_output * (x > 0)", "grad_output * (x > 0) + 2 * grad_output * (x == 0)"))
# %% unnamed: maximum-of-everything
changed("right: maximum-and-mask", ("np.maximum(0, x)", "max(0, x.max())"))
# %% unnamed: returns-nothing
changed("right: maximum-and-mask", ("return grad_output * (x > 0)", "grad_output * (x > 0)"))
# %% unnamed: a-string
changed("right: maximum-and-mask", ("return grad_output * (x > 0)", "return 'done'"))

# %% slips
("capped-at-six", "value: clip(x, 0, 6)")
("leaky-gradient", "gradient: g ⊙ (1 or 0.01 by [x > 0])")
("leaky", "value: max(0.01 x, x)")
("softplus", "value: ln(1 + exp(x))")
("threshold-at-one", "gradient: g ⊙ [x > 1]")
("two-at-zero", "shifted")

# %% equivalent: the maximum is symmetric
changed("solution", ("return np.maximum(0, x)", "return np.maximum(x, 0)"))
# %% equivalent: at x = 0 any slope from 0 to 1 is right
changed("solution", ("return grad_output * (x > 0)", "return grad_output * (x >= 0)"))

# %% written
class ReLU:
    def forward(self, x):
        return value

    def backward(self, x, g):
        return gradient

# %% quantities
"N", "len(x)"
