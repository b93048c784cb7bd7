# %% frame
def relu(s):
    return ...

# %% right: where
np.where(s > 0, s, 0)
# %% right: mask
s * (s > 0)

# %% right: copy-and-zero
o = s.copy()
o[s < 0] = 0
return o

# %% right: half-of-sum
(s + np.abs(s)) / 2
# %% right: clip
np.clip(s, 0, None)
# %% right: loop
np.array([[max(0.0, v) for v in row] for row in s])
# %% right: list
[[v if v > 0 else 0 for v in row] for row in s]
# %% right: vectorised
np.vectorize(lambda v: max(0.0, float(v)))(s)

# %% mistake: type-of-the-first-entry
np.vectorize(lambda v: v if v > 0 else 0)(s)
# %% mistake: maximum-with-1
np.maximum(1, s)
# %% mistake: absolute-value
np.abs(s)
# %% mistake: minimum-for-maximum
np.minimum(0, s)
# %% mistake: nothing-cut-off
s
# %% mistake: slope-for-value
np.where(s > 0, 1, 0)

# %% unnamed: leaky
np.where(s > 0, s, 0.01 * s)
# %% unnamed: clipped-at-1
np.clip(s, 0, 1)
# %% unnamed: softplus
np.log(1 + np.exp(s))
# %% unnamed: clipped-at-6
np.clip(s, 0, 6)
# %% unnamed: flattened
np.maximum(0, s).ravel()
# %% unnamed: changes-its-argument
changed("right: mask", ("return s * (s > 0)", "s[s < 0] = 0\n    return s"))
# %% unnamed: largest-only
max(0, s.max())

# %% slips
"clipped-at-1", "value: clip(s, 0, 1)"
"clipped-at-6", "value: clip(s, 0, 6)"
"leaky", "value: max(0.01 s, s)"
"softplus", "value: ln(1 + exp(s))"

# %% equivalent: the maximum is symmetric
changed("solution", ("return np.maximum(0, s)", "return np.maximum(s, 0)"))

# %% written
value
