# %% frame
def relu_derivative(s):
    return ...

# %% right: mask
s > 0
# %% right: as-float
(s >= 0).astype(float)
# %% right: sign
np.sign(relu(s))
# %% right: heaviside
np.heaviside(s, 0.5)

# %% right: copy
d = s.copy()
d[s > 0] = 1
d[s <= 0] = 0
return d

# %% mistake: whole-jacobian
np.diag((s[:, 0] > 0) * 1.0)
# %% mistake: always-1
np.ones(s.shape)
# %% mistake: mask-inverted
(s < 0) * 1.0
# %% mistake: value-for-slope
np.maximum(0, s)
# %% mistake: sign
np.sign(s)
# %% mistake: sign/where
np.where(s > 0, 1, -1)

# %% unnamed: leaky
np.where(s > 0, 1, 0.01)
# %% unnamed: half
0.5 + 0.25 * np.sign(s)
# %% unnamed: greater-than-1
s > 1
# %% unnamed: zeros
np.zeros_like(s)
# %% unnamed: sigmoid
1 / (1 + np.exp(-s))

# %% slips
"greater-than-1", "value: [s > 1]"
"half", "cut-off"
"leaky", "value: (1 or 0.01 by [s > 0])"

# %% equivalent: the slope at exactly 0 may be 0 or 1
changed("solution", ("return np.where(s > 0, 1.0, 0.0)", "return np.where(s >= 0, 1.0, 0.0)"))
# %% equivalent: the mask itself is the slope
changed("solution", ("return np.where(s > 0, 1.0, 0.0)", "return np.where(1.0, s > 0, 0.0)"))
# %% equivalent: the slopes are whole numbers
changed("solution", ("return np.where(s > 0, 1.0, 0.0)", "return np.where(s > 0, 1.0, 0.0).round()"))

# %% written
value
