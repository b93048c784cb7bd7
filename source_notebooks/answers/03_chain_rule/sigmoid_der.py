# %% frame
def sigmoid_der(z):
    return ...

# %% right: s-times-1-minus-s
s = sigmoid(z)
return s * (1 - s)

# %% right: two-calls
sigmoid(z) * (1 - sigmoid(z))
# %% right: exponentials
np.exp(-z) / (1 + np.exp(-z)) ** 2
# %% right: positive-exponentials
np.exp(z) / (1 + np.exp(z)) ** 2
# %% right: both-signs
sigmoid(z) * sigmoid(-z)

# %% right: s-minus-square
s = sigmoid(z)
return s - s**2

# %% right: hyperbolic
1 / (4 * np.cosh(z / 2) ** 2)
# %% right: vectorised
np.vectorize(lambda u: sigmoid(u) * (1 - sigmoid(u)), otypes=[float])(z)

# %% right: loop-with-floats
result = np.zeros(np.shape(z))
for index, value in np.ndenumerate(z):
    s = 1 / (1 + np.exp(-value))
    result[index] = s * (1 - s)
return result

# %% mistake: sigmoid-for-its-derivative
1 / (1 + np.exp(-z))
# %% mistake: z-taken-for-a
z * (1 - z)
# %% mistake: taken-at-the-activation
changed("right: s-minus-square", ("s = sigmoid", "a = sigmoid"), ("s - s**2", "sigmoid(a) * (1 - sigmoid(a))"))
# %% mistake: tanh-formula
1 - sigmoid(z) ** 2
# %% mistake: factor-left-out
1 - sigmoid(z)
# %% mistake: factor-left-out/quotient
np.exp(-z) / (1 + np.exp(-z))
# %% mistake: sign-flipped
sigmoid(z) * (sigmoid(z) - 1)

# %% mistake: truncated-to-integers
result = np.zeros_like(z)
for index in np.ndindex(z.shape):
    result[index] = sigmoid(z[index]) * (1 - sigmoid(z[index]))
return result

# %% mistake: derivative-summed
np.sum(sigmoid(z) * (1 - sigmoid(z)))

# %% unnamed: constant
0.25 * np.ones(np.shape(z))
# %% unnamed: rounded
np.round(sigmoid(z) * (1 - sigmoid(z)), 2)
# %% unnamed: clipped
changed("right: s-times-1-minus-s", ("sigmoid(z)", "np.clip(sigmoid(z), 0.2, 0.8)"))
# %% unnamed: s-plus
changed("right: s-times-1-minus-s", ("1 - s", "1 + s"))
# %% unnamed: cubed
changed("right: s-times-1-minus-s", ("return s", "return s**2"))
# %% unnamed: relu
relu_der(z)

# %% slips
"cubed", "sigmoid_derivative: σ(z) ⊙ (σ(z) ⊙ (1 - σ(z)))"
"rounded", "sigmoid_derivative: σ(z) ⊙ (1 - σ(z)), rounded to 2 decimals"
"s-plus", "sigmoid_derivative: σ(z) ⊙ (1 + σ(z))"
