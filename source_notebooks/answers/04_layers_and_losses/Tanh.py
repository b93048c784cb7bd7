# %% right: np-tanh
class Tanh:
    def forward(self, x):
        return np.tanh(x)

    def backward(self, x, grad_output):
        return grad_output * (1 - np.tanh(x) ** 2)

# %% right: own-forward
changed("right: np-tanh",
        ("return grad_output * (1 - np.tanh(x) ** 2)", "a = self.forward(x)\n        return (1 - a * a) * grad_output"))

# %% right: written-out
changed("right: np-tanh", ("return np.tanh(x)", "return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))"),
        ("(1 - np.tanh(x) ** 2)", "4 / (np.exp(x) + np.exp(-x)) ** 2"))

# %% right: doubled-exponent
changed("right: np-tanh", ("return np.tanh(x)", "e = np.exp(2 * x)\n        return (e - 1) / (e + 1)"),
        ("* (1 - np.tanh(x) ** 2)", "/ np.cosh(x) ** 2"))

# %% right: by-the-sigmoid
changed("right: np-tanh", ("return np.tanh(x)", "return 2 * Sigmoid().forward(2 * x) - 1"),
        ("grad_output * (1 - np.tanh(x) ** 2)", "2 * Sigmoid().backward(2 * x, 2 * grad_output)"))

# %% right: remembered-output
changed("right: np-tanh", ("return np.tanh(x)", "self.a = np.tanh(x)\n        return self.a"),
        ("- np.tanh(x)", "- self.a"))

# %% right: factored
changed("right: np-tanh", ("return np.tanh", "return np.sinh(x) / np.cosh"),
        ("return grad_output", "t = np.tanh(x)\n        return grad_output"),
        ("(1 - np.tanh(x) ** 2)", "(1 + t) * (1 - t)"))

# %% right: lists
changed("right: np-tanh", ("return np.tanh(x)", "return np.tanh(x).tolist()"),
        ("return grad_output", "return (grad_output"),
        ("tanh(x) ** 2", "square(np.tanh(x)))).tolist("))

# %% right: einsum
changed("right: np-tanh",
        ("grad_output * (1 - np.tanh(x) ** 2)", 'np.einsum("nk,nk->nk", grad_output, 1 - np.tanh(x) ** 2)'))

# %% mistake: sigmoid-for-tanh
changed("right: np-tanh", ("return np.tanh(x)", "return 1 / (1 + np.exp(-x))"))

# %% mistake: quotient-upside-down
changed("right: written-out",
        ("(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))", "(np.exp(x) + np.exp(-x)) / (np.exp(x) - np.exp(-x))"))

# %% mistake: exponent-not-doubled
changed("right: doubled-exponent", ("np.exp(2 * x)", "np.exp(x)"))
# %% mistake: derivative-for-value
changed("right: np-tanh", ("return np.tanh(x)", "return (1 - np.tanh(x) ** 2)"))
# %% mistake: integer-truncated
changed("right: np-tanh", ("return np.tanh(x)", "y = np.zeros_like(x)\n        y[:] = np.tanh(x)\n        return y"))
# %% mistake: input-for-output
changed("right: np-tanh", ("np.tanh(x) ** 2", "x ** 2"))
# %% mistake: square-left-out
changed("right: np-tanh", ("np.tanh(x) ** 2", "np.tanh(x)"))
# %% mistake: sigmoid-derivative
changed("right: own-forward", ("(1 - a * a)", "a * (1 - a)"))
# %% mistake: derivative-at-the-output
changed("right: own-forward", ("a = self.forward(x)", "a = self.forward(self.forward(x))"))
# %% mistake: gradient-of-the-output-left-out
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "(1 - np.tanh(x) ** 2)"))
# %% mistake: derivative-left-out
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "grad_output"))
# %% mistake: value-for-derivative
changed("right: np-tanh", ("(1 - np.tanh(x) ** 2)", "np.tanh(x)"))
# %% mistake: sign-flipped
changed("right: np-tanh", ("(1 - np.tanh(x) ** 2)", "(np.tanh(x) ** 2 - 1)"))
# %% mistake: summed-over-the-samples
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "(grad_output * (1 - np.tanh(x) ** 2)).sum(0)"))

# %% unnamed: arctan
changed("right: np-tanh", ("return np.tanh(x)", "return np.arctan(x)"))
# %% unnamed: clipped
changed("right: np-tanh", ("return np.tanh(x)", "return np.clip(x, -1, 1)"))
# %% unnamed: tan
changed("right: np-tanh", ("return np.tanh(x)", "return np.tan(x)"))
# %% unnamed: overflows-at-20
changed("right: np-tanh", ("return np.tanh(x)", "e = np.exp(50 * abs(x))\n        return np.tanh(x) * (e / e)"))
# %% unnamed: derivative-plus
changed("right: np-tanh", ("(1 - np.tanh(x) ** 2)", "(1 + np.tanh(x) ** 2)"))
# %% unnamed: cosh-not-squared
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "grad_output / np.cosh(x)"))
# %% unnamed: mask
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "grad_output * (abs(x) < 1)"))

# %% unnamed: gradient-clipped
changed("right: np-tanh",
        ("grad_output * (1 - np.tanh(x) ** 2)", "np.clip(grad_output * (1 - np.tanh(x) ** 2), -5, 5)"))

# %% unnamed: flattened
changed("right: np-tanh", ("grad_output * (1 - np.tanh(x) ** 2)", "(grad_output * (1 - np.tanh(x) ** 2)).ravel()"))

# %% slips
("arctan", "value: arctan(x)")
("clipped", "value: clip(x, -1, 1)")
("cosh-not-squared", "gradient: g / |cosh(x)|")
("derivative-plus", "gradient: g ⊙ (1 + tanh(x)²)")
("tan", "value: tan(x)")

# %% written
class Tanh:
    def forward(self, x):
        return value

    def backward(self, x, g):
        return gradient

# %% quantities
"N", "len(x)"
