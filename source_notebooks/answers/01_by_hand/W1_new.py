# %% frame
W1_new = ...

# %% right: lists
[[-2.25, 3.5], [1.8125, 0.625]]
# %% right: array
np.array([[-3, 2], [2, 1]]) + dW1
# %% right: another-way
[[-9 / 4, 7 / 2], [29 / 16, 5 / 8]]

# %% mistake: subtracted
[[-3.75, 0.5], [2.1875, 1.375]]
# %% mistake: step-only
[[0.75, 1.5], [-0.1875, -0.375]]
# %% mistake: not-updated
[[-3, 2], [2, 1]]
# %% mistake: step-transposed
[[-2.25, 1.8125], [3.5, 0.625]]
# %% mistake: rounded
[[-2.25, 3.5], [1.813, 0.625]]

# %% unnamed: one-row
[[-2.25, 3.5], [2, 1]]
# %% unnamed: zeros
np.zeros((2, 2))
# %% unnamed: half-a-step
[[-2.625, 2.75], [1.90625, 0.8125]]
# %% unnamed: transposed
[[-2.25, 1.8], [3.5, 0.625]]
# %% unnamed: slip
[[-2.25, 3], [1.8125, 0.625]]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("W1_new = np.array([[-2.25, 3.5], [1.8125, 0.625]])", "W1_new = [[-2.25, 3.5], [1.8125, 0.625]]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("W1_new = None", "pass"))
