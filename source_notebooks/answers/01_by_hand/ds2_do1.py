# %% frame
ds2_do1 = ...

# %% right: lists
[[4, -1], [-2, 1 / 2]]
# %% right: array
np.array([[4, -2], [-1, 0.5]]).T
# %% right: another-way
np.reshape([4, -1, -2, 0.5], (2, 2))

# %% mistake: transposed
[[4, -2], [-1, 0.5]]
# %% mistake: weights-of-the-first-layer
[[-3, 2], [2, 1]]

# %% unnamed: signs-lost
[[4, 1], [2, 0.5]]
# %% unnamed: flat
[4, -1, -2, 0.5]
# %% unnamed: ones
np.ones((2, 2))
# %% unnamed: rows-swapped
[[-2, 0.5], [4, -1]]
# %% unnamed: decimal-slip
[[4, -1], [-2, 5]]

# %% slips
"rows-swapped", "another-order"

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("ds2_do1 = np.array([[4, -1], [-2, 0.5]])", "ds2_do1 = [[4, -1], [-2, 0.5]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("ds2_do1 = None", "pass"))
