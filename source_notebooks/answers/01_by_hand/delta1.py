# %% frame
delta1 = ...

# %% right: lists
[3 / 4, -3 / 16]
# %% right: array
np.array([[0.75], [-0.1875]])
# %% right: another-way
np.array([[4, -1], [-2, 0.5]]).T @ [0.125, -0.125]

# %% mistake: weights-not-transposed
[0.625, -0.3125]
# %% mistake: weights-left-out
[0, 0]
# %% mistake: difference-passed-back
[3, -0.75]
# %% mistake: outputs-for-slopes
[0.75, -0.75]
# %% mistake: positive-gradient
[-0.75, 0.1875]
# %% mistake: rounded
[0.75, -0.188]

# %% unnamed: swapped
[-0.1875, 0.75]
# %% unnamed: one-sign
[0.75, 0.1875]
# %% unnamed: a-number
0.5625
# %% unnamed: three
[0.75, -0.1875, 0]
# %% unnamed: slip
[0.25, -0.1875]

# %% equivalent: a list of numbers is as good as an array
changed("solution", ("delta1 = np.array([0.75, -0.1875])", "delta1 = [0.75, -0.1875]"))
# %% equivalent: the numbers are assigned below
changed("solution", ("delta1 = None", "pass"))
