# %% frame
def sigmoid(s):
    return ...

# %% right: quotient
np.exp(s) / (1 + np.exp(s))
# %% right: tanh
(1 + np.tanh(s / 2)) / 2
# %% right: power
(1 + np.e ** -s) ** -1.0

# %% right: stable
small = np.exp(-np.abs(s))
return np.where(s > 0, 1 / (1 + small), small / (1 + small))

# %% right: math
import math

def sigmoid(s):
    return np.array([[1 / (1 + math.exp(-v)) for v in row] for row in s])

# %% right: float32
(1 / (1 + np.exp(-s))).astype(np.float32)

# %% mistake: sign-of-the-exponent
1 / (1 + np.exp(s))
# %% mistake: tanh-for-sigmoid
np.tanh(s)
# %% mistake: exponential-only
1 / np.exp(-s)
# %% mistake: slope-for-value
1 / (1 + np.exp(-s)) * (1 - 1 / (1 + np.exp(-s)))

# %% mistake: truncated
o = np.zeros_like(s)
o[:] = 1 / (1 + np.exp(-s))
return o

# %% mistake: truncated/copied
o = s.copy()
for i in range(len(s)):
    o[i, 0] = 1 / (1 + np.exp(-s[i, 0]))
return o

# %% unnamed: softmax
np.exp(s) / np.exp(s).sum()
# %% unnamed: hard
np.clip(0.2 * s + 0.5, 0, 1)
# %% unnamed: rounded
np.round(1 / (1 + np.exp(-s)), 2)
# %% unnamed: base-2
1 / (1 + 2.0 ** -s)
# %% unnamed: brackets
1 / 1 + np.exp(-s)
# %% unnamed: step
np.where(s > 0, 1, 0)

# %% slips
"base-2", "value: 1 / (1 + 2^(-s))"
"brackets", "value: (1 + exp(-s)) / 1"
"softmax", "value: softmax(s)"
"step", "value: round(1 / (1 + exp(-s)))"

# %% written
value
