# %% frame
do2_ds2 = ...

# %% right: lists
[[0.25, 0], [0, 0.25]]
# %% right: array
0.25 * np.eye(2)
# %% right: another-way
np.diag([1 / 4, 1 / 4])
# %% right: yet-another-way
np.diag(np.full(2, 0.25))

# %% mistake: diagonal-only
[0.25, 0.25]
# %% mistake: filled-up
[[0.25, 0.25], [0.25, 0.25]]
# %% mistake: outputs-for-slopes
0.5 * np.eye(2)
# %% mistake: slopes-of-relu
np.eye(2)

# %% unnamed: a-number
0.25
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: one-slope-wrong
[[0.25, 0], [0, 0.2]]
# %% unnamed: anti
[[0, 0.25], [0.25, 0]]
# %% unnamed: one-missing
[[0.25, 0], [0, None]]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("do2_ds2 = np.array([[0.25, 0], [0, 0.25]])", "do2_ds2 = [[0.25, 0], [0, 0.25]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("do2_ds2 = None", "pass"))
