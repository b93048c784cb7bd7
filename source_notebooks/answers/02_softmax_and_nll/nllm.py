# %% frame
def nllm(a, y):
    return ...

# %% right: mask
-np.log(a[y == 1]).sum()
# %% right: where
-np.sum(np.log(np.where(y == 1, a, 1)))
# %% right: where-outside
float(np.sum(np.where(y > 0, -y * np.log(a), 0)))
# %% right: clipped
-np.sum(y * np.log(np.clip(a, 1e-15, 1)))
# %% right: clipped-at-1e-7
-np.sum(y * np.log(np.clip(a, 1e-7, 1 - 1e-7)))
# %% right: small-number-added
-np.sum(y * np.log(a + 1e-12))
# %% right: nan-to-num
-np.sum(y * np.nan_to_num(np.log(a)))
# %% right: maximum
-(y * np.log(np.maximum(a, 1e-300))).sum()
# %% right: log-where
-np.sum(np.log(a, where=y == 1, out=np.zeros(a.shape)))

# %% right: loop
loss = 0
for p, label in zip(np.ravel(a), np.ravel(y)):
    if label == 1:
        loss = loss - np.log(p)
return loss

# %% right: vdot
-np.vdot(y, np.log(np.clip(a, 1e-20, None)))
# %% right: einsum
-np.einsum('i,i', y.ravel(), np.log(a.ravel() + 1e-30))
# %% right: array-of-one
-np.sum(np.log(a[y == 1])).reshape(1, 1)
# %% right: nansum
-np.nansum(y * np.log(a))

# %% right: trace
p, t = np.atleast_2d(a), np.atleast_2d(y)
return -np.trace(t.T @ np.log(np.clip(p, 1e-12, None)))

# %% mistake: divided-by-len
-np.sum(np.log(a[y == 1])) / len(a)
# %% mistake: zero-times-log-zero
-np.sum(y * np.log(a))
# %% mistake: zero-times-log-zero/inner-product
-np.sum(np.multiply(y, np.log(a)))
# %% mistake: one-argument-transposed
-np.sum(y.T * np.log(a))
# %% mistake: one-argument-transposed/clipped
-np.sum(y.T * np.log(a + 1e-15))
# %% mistake: averaged-over-all-entries/mask
-np.log(a[y == 1]).sum() / a.size
# %% mistake: not-summed-over-the-columns/clipped
-(y * np.log(np.clip(a, 1e-12, 1))).sum(axis=0)
# %% mistake: negated/clipped
np.sum(y * np.log(np.clip(a, 1e-12, 1)))
# %% mistake: averaged-over-all-entries
-np.mean(y * np.log(np.clip(a, 1e-15, 1)))

# %% mistake: averaged-over-the-columns
columns = y.shape[1] if y.ndim == 2 else 1
return -np.log(a[y == 1]).sum() / columns

# %% mistake: not-summed-over-the-columns
-np.sum(np.where(y == 1, np.log(a), 0), axis=0)
# %% mistake: negated
np.log(a[y == 1]).sum()
# %% mistake: arguments-swapped
-np.sum(a * np.log(y))

# %% mistake: binary-terms-added
one, zero = a[y == 1], a[y == 0]
return -np.log(one).sum() - np.log(1 - zero).sum()

# %% mistake: logarithm-left-out
-np.sum(y * a)

# %% unnamed: squared-error
float(np.sum((a - y) ** 2))
# %% unnamed: last-sample-only
-np.log(np.ravel(a.T)[np.ravel(y.T) == 1][-1])
# %% unnamed: small-number-too-large
-np.sum(np.log(a[y == 1] + 0.01))
# %% unnamed: log-one-plus
-np.sum(y * np.log1p(a))
# %% unnamed: entropy
-np.sum(a * np.log(np.clip(a, 1e-15, 1)))
# %% unnamed: clipped-early
-np.sum(y * np.log(np.clip(a, 0.01, 1)))
# %% unnamed: hits-counted
float(np.sum(a[y == 1] < 0.5))

# %% slips
("squared-error", "terms: -(-(a - y)²)")
("log-one-plus", "terms: -y log(1 + a)")
("entropy", "terms: -a log(a)")
("hits-counted", "unmoved-by-the-data")

# %% equivalent: one-hot labels are 0 or 1
changed("solution", ("of_true_classes = a[y == 1]", "of_true_classes = a[y >= 1]"))
# %% equivalent: a NumPy number instead of a Python one
changed("solution", ("return float(-np.sum(np.log(of_true_classes)))", "return -np.sum(np.log(of_true_classes))"))
