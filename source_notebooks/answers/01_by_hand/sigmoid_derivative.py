# %% frame
def sigmoid_derivative(s):
    return ...

# %% right: value-first
o = sigmoid(s)
return o * (1 - o)

# %% right: exponentials
np.exp(-s) / (1 + np.exp(-s)) ** 2
# %% right: difference
sigmoid(s) - sigmoid(s) ** 2
# %% right: symmetry
sigmoid(s) * sigmoid(-s)
# %% right: cosh
1 / (4 * np.cosh(s / 2) ** 2)

# %% mistake: whole-jacobian
np.diagflat(sigmoid(s) * (1 - sigmoid(s)))
# %% mistake: of-the-output
s * (1 - s)
# %% mistake: constant-slope
0.25 * np.ones_like(s, dtype=float)
# %% mistake: value-for-slope
sigmoid(s)
# %% mistake: plus-for-minus
sigmoid(s) * (1 + sigmoid(s))
# %% mistake: sigmoid-applied-twice
sigmoid(sigmoid(s)) * (1 - sigmoid(sigmoid(s)))
# %% mistake: slope-of-tanh
1 - sigmoid(s) ** 2

# %% mistake: truncated
d = np.zeros_like(s)
d[:] = sigmoid(s) * (1 - sigmoid(s))
return d

# %% unnamed: squared
sigmoid(s) ** 2
# %% unnamed: of-tanh
1 - np.tanh(s) ** 2
# %% unnamed: rounded
np.round(sigmoid(s) * (1 - sigmoid(s)), 1)
# %% unnamed: exponential
np.exp(-s) / (1 + np.exp(-s))
# %% unnamed: summed
(sigmoid(s) * (1 - sigmoid(s))).sum()

# %% slips
"exponential", "value: 1 - o"
"rounded", "cut-off"
"squared", "value: o ⊙ o"

# %% written
o = activation
return value
