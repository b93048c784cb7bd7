# %% frame
def softmax(z):
    return ...

# %% right: stable
e = np.exp(z - np.max(z, axis=1, keepdims=True))
return e / np.sum(e, axis=1, keepdims=True)

# %% right: plain
np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)

# %% right: new-axis
e = np.exp(z)
return e / e.sum(axis=1)[:, None]

# %% right: reshaped
e = np.exp(z)
return e / np.sum(e, axis=-1).reshape(-1, 1)

# %% right: transposed
e = np.exp(z.T)
return (e / np.sum(e, axis=0)).T

# %% right: row-by-row
np.array([np.exp(row) / np.sum(np.exp(row)) for row in z])
# %% right: logarithms
np.exp(z - np.log(np.sum(np.exp(z), axis=1, keepdims=True)))

# %% right: shifted-by-the-greatest-of-all
e = np.exp(z - np.max(z))
return e / np.sum(e, 1, keepdims=True)

# %% mistake: softmax-over-the-samples
np.exp(z) / np.sum(np.exp(z), axis=0)
# %% mistake: softmax-over-everything
np.exp(z) / np.sum(np.exp(z))
# %% mistake: keepdims-left-out
changed("right: reshaped", ("(e, axis=-1).reshape(-1, 1)", "(e, axis=1)"))
# %% mistake: stabilised-by-the-wrong-axis
changed("right: stable", ("z, axis=1, keepdims=True", "z, axis=0"))
# %% mistake: not-normalised
np.exp(z)
# %% mistake: exponential-left-out
z / np.sum(z, axis=1, keepdims=True)
# %% mistake: sigmoid-for-softmax
1 / (1 + np.exp(-z))
# %% mistake: log-softmax
z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))

# %% mistake: truncated-to-integers
result = np.empty_like(z)
for n, row in enumerate(z):
    result[n] = np.exp(row) / np.sum(np.exp(row))
return result

# %% mistake: cast-to-float
np.array([[float(np.exp(v) / np.sum(np.exp(row))) for v in row] for row in z])

# %% mistake: assigned-into-an-array
result = np.zeros(z.shape)
for n in range(len(z)):
    e = np.exp(z[n])
    result[n] = e / np.sum(e)
return result

# %% mistake: unknown-to-autograd
changed("right: new-axis", ("e.sum(axis=1)[:, None]", "(z.shape[1] * np.average(e, axis=1).reshape(-1, 1))"))

# %% unnamed: base-2
2**z / np.sum(2**z, axis=1, keepdims=True)
# %% unnamed: squares
z**2 / np.sum(z**2, axis=1, keepdims=True)
# %% unnamed: temperature
changed("right: stable", ("z - np.max(z, axis=1, keepdims=True)", "z / 3"))
# %% unnamed: hardmax
np.where(z == np.max(z, axis=1, keepdims=True), 1.0, 0.0) + 0.0 * z
# %% unnamed: rounded
np.round(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True), 2)
# %% unnamed: divided-by-the-maximum
np.exp(z) / np.max(np.exp(z), axis=1, keepdims=True)

# %% unnamed: cut-off-at-ten
def softmax(z):
    e = np.exp(np.clip(z, -10, 10))
    return e / np.sum(e, axis=1, keepdims=True)

# %% slips
"base-2", "exponentials: 2^(Z)"
"divided-by-the-maximum", "softmax: E / the maximum of each row of E"
"hardmax", "whole-numbers"
"rounded", "softmax: E / the sum of each row of E, rounded to 2 decimals"
"squares", "exponentials: Z²"

# %% equivalent: the same factor or shift in a whole row cancels; formula (30) is asked for, huge z get a note
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = -np.exp(z - np.max(z, axis=1, keepdims=True))"))
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = 2 * np.exp(z - np.max(z, axis=1, keepdims=True))"))
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = np.exp(z + np.max(z, axis=1, keepdims=True))"))

# %% equivalent: the last of two axes is axis 1
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = np.exp(z - np.max(z, axis=-1, keepdims=True))"))

# %% equivalent: the same factor or shift in a whole row cancels; formula (30) is asked for, huge z get a note
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = np.exp(z - np.max(z, keepdims=True))"))
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = np.exp(z - np.min(z, axis=1, keepdims=True))"))
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))",
                     "powers = np.exp(z - np.sum(z, axis=1, keepdims=True))"))
changed("solution", ("powers = np.exp(z - np.max(z, axis=1, keepdims=True))", "powers = np.exp(z)"))

# %% equivalent: the last of two axes is axis 1
changed("solution", ("return powers / np.sum(powers, axis=1, keepdims=True)",
                     "return powers / np.sum(powers, axis=-1, keepdims=True)"))
