# %% frame
def nll_gradient(x, a, y):
    return ...

# %% right: broadcast
x * (a - y)
# %% right: matrix-product
x @ (a - y)
# %% right: dot
np.dot(x, a - y)
# %% right: number
(a - y).item() * x
# %% right: outer
np.outer(x, a - y)
# %% right: transposed-twice
((a - y) @ x.T).T
# %% right: minus-the-negative
-x * (y - a)
# %% right: kron
np.kron(a - y, x)
# %% right: tensordot
np.tensordot(x, a - y, axes=1)

# %% right: chain-rule
dL_da = -y / a + (1 - y) / (1 - a)
da_dz = a * (1 - a)
return x * dL_da * da_dz

# %% right: loop
gradient = np.zeros(x.shape)
for i in range(len(x)):
    gradient[i, 0] = x[i, 0] * (a[0, 0] - y[0, 0])
return gradient

# %% right: comprehension
[[x_i[0] * (a[0, 0] - y[0, 0])] for x_i in x]
# %% right: matrix-type
np.matrix(x) * np.matrix(a - y)
# %% right: einsum
np.einsum('ij,jk->ik', x, a - y)

# %% mistake: derivative-of-the-sigmoid-left-out
x * (-y / a + (1 - y) / (1 - a))
# %% mistake: negated
x * (y - a)
# %% mistake: negated/minus
-x @ (a - y)
# %% mistake: transposed
(a - y) @ x.T
# %% mistake: derivative-of-the-sigmoid-kept
x * (a - y) * a * (1 - a)
# %% mistake: input-left-out
a - y
# %% mistake: parentheses-missing
x * a - y
# %% mistake: label-left-out
x * a

# %% unnamed: absolute-error
x * abs(a - y)
# %% unnamed: squared-error
x * (a - y) ** 2
# %% unnamed: normalised
x * (a - y) / np.linalg.norm(x)
# %% unnamed: loss-times-x
-x * (y * np.log(a) + (1 - y) * np.log(1 - a))
# %% unnamed: rounded-activation
x * (np.round(a) - y)
# %% unnamed: first-input-only
x[0, 0] * (a - y) * np.ones(x.shape)

# %% slips
("absolute-error", "unit_error: |a - y|")
("squared-error", "unit_error: (a - y)²")
("rounded-activation", "unit_error: round(a - y)")
("first-input-only", "one-number-everywhere")

# %% equivalent: a - y is (1, 1): a column times one number
changed("solution", ("return x * (a - y)", "return x @ (a - y)"))

# %% written
error = unit_error
return unit_gradient

# %% quantities
"(a - y)", "error"
"m", "len(x)"
