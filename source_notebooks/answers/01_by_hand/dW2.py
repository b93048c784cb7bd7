# %% frame
dW2 = ...

# %% right: lists
[[0.125, 0.5], [-0.125, -0.5]]
# %% right: array
np.outer([0.125, -0.125], [1, 4])
# %% right: another-way
np.array([[0.125], [-0.125]]) * np.array([1, 4])
# %% right: yet-another-way
np.matrix([[0.125, 0.5], [-0.125, -0.5]])

# %% mistake: transposed
[[0.125, -0.125], [0.5, -0.5]]
# %% mistake: positive-gradient
[[-0.125, -0.5], [0.125, 0.5]]
# %% mistake: wrong-operand
[[0.125, 0.25], [-0.125, -0.25]]
# %% mistake: entry-by-entry
[0.125, -0.5]
# %% mistake: row-times-column
-0.375
# %% mistake: rounded
[[0.13, 0.5], [-0.13, -0.5]]

# %% unnamed: one-sign
[[0.125, 0.5], [-0.125, 0.5]]
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: flat
[0.125, 0.5, -0.125, -0.5]
# %% unnamed: rows-swapped
[[-0.125, -0.5], [0.125, 0.4]]
# %% unnamed: delta-only
[0.125, -0.125]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("dW2 = np.array([[0.125, 0.5], [-0.125, -0.5]])", "dW2 = [[0.125, 0.5], [-0.125, -0.5]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("dW2 = None", "pass"))
