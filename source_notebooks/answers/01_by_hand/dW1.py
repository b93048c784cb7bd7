# %% frame
dW1 = ...

# %% right: lists
[[0.75, 1.5], [-0.1875, -0.375]]
# %% right: array
np.outer([1, 2], [0.75, -0.1875]).T
# %% right: another-way
np.einsum('j,i->ji', delta1, [1, 2])

# %% mistake: transposed
[[0.75, -0.1875], [1.5, -0.375]]
# %% mistake: positive-gradient
[[-0.75, -1.5], [0.1875, 0.375]]
# %% mistake: wrong-operand
[[0.75, 3], [-0.1875, -0.75]]
# %% mistake: entry-by-entry
[0.75, -0.375]
# %% mistake: row-times-column
0.375
# %% mistake: rounded
[[0.75, 1.5], [-0.19, -0.38]]

# %% unnamed: one-sign
[[0.75, 1.5], [-0.1875, 0.375]]
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: flat
[0.75, 1.5, -0.1875, -0.375]
# %% unnamed: slip
[[0.75, 1], [-0.1875, -0.375]]
# %% unnamed: delta-only
[0.75, -0.1875]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("dW1 = np.array([[0.75, 1.5], [-0.1875, -0.375]])", "dW1 = [[0.75, 1.5], [-0.1875, -0.375]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("dW1 = None", "pass"))
