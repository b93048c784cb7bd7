# %% frame
delta2 = ...

# %% right: lists
[1 / 8, -1 / 8]
# %% right: array
np.array([[0.125], [-0.125]])
# %% right: another-way
[[0.125, -0.125]]
# %% right: yet-another-way
0.25 * np.array([0.5, -0.5])
# %% right: one-more-way
np.array([0.125, -0.125], dtype=np.float32)

# %% mistake: positive-gradient
[-0.125, 0.125]
# %% mistake: slope-left-out
[0.5, -0.5]
# %% mistake: twice-too-large
[0.25, -0.25]
# %% mistake: rounded
[0.13, -0.13]

# %% unnamed: both-positive
[0.125, 0.125]
# %% unnamed: zeros
[0, 0]
# %% unnamed: a-number
0.125
# %% unnamed: square
[[0.125, -0.125], [0.125, -0.125]]
# %% unnamed: slip
[0.125, -0.5]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("delta2 = np.array([0.125, -0.125])", "delta2 = [0.125, -0.125]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("delta2 = None", "pass"))
