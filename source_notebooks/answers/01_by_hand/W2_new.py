# %% frame
W2_new = ...

# %% right: lists
[[4.125, -0.5], [-2.125, 0.0]]
# %% right: array
np.array([[4, -1], [-2, 0.5]]) + np.outer([0.125, -0.125], [1, 4])
# %% right: another-way
[[33 / 8, -1 / 2], [-17 / 8, -0.0]]

# %% mistake: subtracted
[[3.875, -1.5], [-1.875, 1]]
# %% mistake: step-only
[[0.125, 0.5], [-0.125, -0.5]]
# %% mistake: not-updated
[[4, -1], [-2, 0.5]]
# %% mistake: step-transposed
[[4.125, -1.125], [-1.5, 0]]
# %% mistake: rounded
[[4.13, -0.5], [-2.13, 0]]

# %% unnamed: printed-sign
[[4.125, 0.5], [-2.125, 0]]
# %% unnamed: printed-sign-2
[[4.125, -0.5], [2.125, 0]]
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: half-a-step
[[4.0625, -0.75], [-2.0625, 0.25]]
# %% unnamed: flat
[4.125, -0.5, -2.125, 0]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("W2_new = np.array([[4.125, -0.5], [-2.125, 0]])", "W2_new = [[4.125, -0.5], [-2.125, 0]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("W2_new = None", "pass"))
