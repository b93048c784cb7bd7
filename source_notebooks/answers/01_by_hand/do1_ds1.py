# %% frame
do1_ds1 = ...

# %% right: lists
[[1, 0], [0, 1]]
# %% right: array
np.eye(2)
# %% right: another-way
np.identity(2, dtype=int)
# %% right: yet-another-way
np.diag([True, True])

# %% mistake: diagonal-only
[1, 1]
# %% mistake: filled-up
np.ones((2, 2))
# %% mistake: outputs-for-slopes
[[1, 0], [0, 4]]
# %% mistake: slopes-of-the-sigmoid
np.diag([np.exp(-s) / (1 + np.exp(-s)) ** 2 for s in (1, 4)])

# %% unnamed: a-number
1
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: one-off
[[1, 0], [0, 0]]
# %% unnamed: anti
[[0, 1], [1, 0]]
# %% unnamed: three
np.eye(3)

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("do1_ds1 = np.array([[1, 0], [0, 1]])", "do1_ds1 = [[1, 0], [0, 1]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("do1_ds1 = None", "pass"))
