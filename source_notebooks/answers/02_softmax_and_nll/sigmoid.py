# %% frame
def sigmoid(z):
    return ...

# %% right: as-in-the-formula
1 / (1 + np.exp(-z))

# %% right: negative-exponents-only
small = np.exp(-np.abs(z))
return np.where(z >= 0, 1 / (1 + small), small / (1 + small))

# %% right: with-tanh
0.5 * (1 + np.tanh(0.5 * z))
# %% right: clipped
1 / (1 + np.exp(-np.clip(z, -500, 500)))

# %% right: masks
z = np.asarray(z, dtype=float)
result = np.empty_like(z)
positive = z >= 0
result[positive] = 1 / (1 + np.exp(-z[positive]))
e = np.exp(z[~positive])
result[~positive] = e / (1 + e)
return result

# %% right: logaddexp
np.exp(-np.logaddexp(0, -z))

# %% right: vectorize
import math

def of_a_number(t):
    if t < 0:
        return math.exp(t) / (1 + math.exp(t))
    return 1 / (1 + math.exp(-t))

return np.vectorize(of_a_number, otypes=[float])(z)

# %% right: list
(1 / (1 + np.exp(-np.asarray(z)))).tolist()
# %% right: float32
(1 / (1 + np.exp(-np.asarray(z, dtype=np.float32)))).astype(np.float32)

# %% right: torch
import torch

return torch.sigmoid(torch.as_tensor(np.asarray(z, dtype=float)))

# %% right: lambda
sigmoid = lambda z: 1 / (1 + np.exp(-z))

# %% right: quiet
with np.errstate(over="ignore"):
    return 1 / (1 + np.exp(-z))

# %% right: reciprocal
np.reciprocal(1.0 + np.exp(-z))

# %% mistake: sign-of-the-exponent
1 / (1 + np.exp(z))
# %% mistake: overflow
np.exp(z) / (1 + np.exp(z))

# %% mistake: overflow/one-exponential
e = np.exp(z)
return e / (e + 1)

# %% mistake: integers-truncated
result = np.zeros_like(z)
for index in np.ndindex(z.shape):
    result[index] = 1 / (1 + np.exp(-z[index]))
return result

# %% mistake: tanh-instead
np.tanh(z)

# %% mistake: derivative-returned
s = 1 / (1 + np.exp(-z))
return s * (1 - s)

# %% unnamed: clipped-early
1 / (1 + np.exp(-np.clip(z, -2, 2)))
# %% unnamed: step
(z > 0) * 1.0
# %% unnamed: hard-sigmoid
np.clip(0.25 * z + 0.5, 0, 1)
# %% unnamed: minus-in-the-denominator
1 / (1 - np.exp(-z))
# %% unnamed: rounded
np.round(1 / (1 + np.exp(-z)), 3)
# %% unnamed: first-column-only
1 / (1 + np.exp(-np.ravel(z)[0])) * np.ones(np.shape(z))
# %% unnamed: base-two
1 / (1 + 2.0 ** (-np.abs(z)))

# %% slips
("step", "sigmoid: round(1 / (1 + exp(-z)))")
("minus-in-the-denominator", "sigmoid: 1 / (1 - exp(-z))")
("rounded", "sigmoid: 1 / (1 + exp(-z)), rounded to 3 decimals")
("first-column-only", "one-number-everywhere")

# %% equivalent: at z = 0 both branches are 1
changed("solution", ("return np.where(z >= 0, 1, small) / (1 + small)",
                     "return np.where(z > 0, 1, small) / (1 + small)"))

# %% written
sigmoid
