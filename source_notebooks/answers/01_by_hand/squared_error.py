# %% frame
def squared_error(y, t):
    return ...

# %% right: other-order
0.5 * ((y - t) ** 2).sum()
# %% right: product
(t - y).T @ (t - y) / 2
# %% right: norm
np.linalg.norm(t - y) ** 2 / 2

# %% right: loop
total = 0
for k in range(len(t)):
    total += (t[k, 0] - y[k, 0]) ** 2
return total / 2

# %% right: mean-times-number
np.mean((t - y) ** 2) * t.size / 2
# %% right: column-sum
np.sum((t - y) ** 2, axis=0) / 2

# %% right: swapped-arguments
def squared_error(t, y):
    return np.sum((t - y) ** 2) / 2

# %% right: vdot
0.5 * np.vdot(t - y, t - y)

# %% mistake: half-left-out
np.sum((t - y) ** 2)
# %% mistake: mean
np.mean((t - y) ** 2)
# %% mistake: half-the-mean
0.5 * np.mean((t - y) ** 2)
# %% mistake: not-squared
np.sum(np.abs(t - y)) / 2
# %% mistake: squared-after-the-sum
np.sum(t - y) ** 2 / 2
# %% mistake: not-summed
(t - y) ** 2 / 2
# %% mistake: root-taken
np.linalg.norm(t - y)

# %% unnamed: cross-entropy
-np.sum(t * np.log(y))
# %% unnamed: largest
np.max((t - y) ** 2) / 2
# %% unnamed: cubed
np.sum(np.abs(t - y) ** 3) / 2
# %% unnamed: first-output-only
(t[0] - y[0]) ** 2 / 2
# %% unnamed: flat-against-column
np.sum((t.ravel() - y) ** 2) / 2
# %% unnamed: added
np.sum((t + y) ** 2) / 2

# %% slips
"added", "error: 1/2 Σ (t + y)²"
"first-output-only", "error: 1/2 the first row of (t - y)²"
"flat-against-column", "error: 1/2 Σ (t squeezed - y)²"
"largest", "error: 1/2 largest of (t - y)²"

# %% equivalent: a square does not see the sign
changed("solution", ("return np.sum((t - y) ** 2) / 2", "return np.sum((y - t) ** 2) / 2"))

# %% alike: half the sum is the mean for two outputs; other cases have one, three and seven
"right", "mean"
# %% alike: a mean over one output is no division; other cases have more
"right", "half-the-mean"
# %% alike: with one output there is nothing to add; other cases have more
"right", "squared-after-the-sum"
# %% alike: with one output, sum and mean are the same; other cases have more
"half-left-out", "mean"
# %% alike: with one output, both are right; other cases have more
"half-the-mean", "squared-after-the-sum"

# %% written
error

# %% quantities
"K", "len(t)"
