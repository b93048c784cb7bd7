# %% frame
def sigmoid_derivative(z):
    return ...

# %% right: of-the-sigmoid
s = sigmoid(z)
return s * (1 - s)

# %% right: exponentials
np.exp(-z) / (1 + np.exp(-z)) ** 2
# %% right: two-sigmoids
sigmoid(z) * sigmoid(-z)

# %% right: difference-of-squares
s = 1 / (1 + np.exp(-z))
return s - s**2

# %% right: hyperbolic
1 / (4 * np.cosh(z / 2) ** 2)
# %% right: with-tanh
(1 - np.tanh(z / 2) ** 2) / 4

# %% right: list
a = sigmoid(z)
return np.multiply(a, 1 - a).tolist()

# %% right: filled
result = np.zeros(np.shape(z))
for index in np.ndindex(result.shape):
    s = sigmoid(z[index])
    result[index] = s * (1 - s)
return result

# %% right: own-sigmoid-inside
changed("right: of-the-sigmoid", ("s = sigmoid(z)", "def s(t):\n        return 1 / (1 + np.exp(-t))\n"),
        ("s * (1 - s)", "s(z) * (1 - s(z))"))

# %% mistake: z-taken-for-a
z * (1 - z)
# %% mistake: sigmoid-applied-twice
changed("right: list", ("np.multiply(a, 1 - a).tolist()", "sigmoid(a) * (1 - sigmoid(a))"))
# %% mistake: tanh-derivative
1 - np.tanh(z) ** 2
# %% mistake: square-instead-of-product
1 - sigmoid(z) ** 2
# %% mistake: first-factor-left-out
1 - sigmoid(z)
# %% mistake: sigmoid-returned
sigmoid(z)

# %% mistake: integers-truncated
result = np.zeros_like(z)
result[...] = sigmoid(z) * (1 - sigmoid(z))
return result

# %% unnamed: difference-quotient-too-wide
(sigmoid(z + 0.5) - sigmoid(z - 0.5))
# %% unnamed: gaussian
np.exp(-(z**2) / 4) / 4
# %% unnamed: rounded
np.round(sigmoid(z) * (1 - sigmoid(z)), 3)
# %% unnamed: cubed
sigmoid(z) ** 2 * (1 - sigmoid(z))
# %% unnamed: plus
sigmoid(z) * (1 + sigmoid(z))
# %% unnamed: constant
np.full(np.shape(z), 0.25)

# %% slips
("cubed", "sigmoid_derivative: a ⊙ (a ⊙ (1 - a))")
("rounded", "sigmoid_derivative: a ⊙ (1 - a), rounded to 3 decimals")
("plus", "sigmoid_derivative: a ⊙ (1 + a)")

# %% written
a = activation
return sigmoid_derivative
