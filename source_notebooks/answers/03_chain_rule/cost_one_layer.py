# %% frame
def cost_one_layer(W, b, x, target):
    return ...

# %% right: mean
np.mean((feed_forward_one_layer(W, b, x) - target) ** 2)

# %% right: sum-over-size
a = feed_forward_one_layer(W, b, x)
return np.sum((a - target) ** 2) / a.size

# %% right: target-first
np.mean((target - sigmoid(W @ x + b)) ** 2)
# %% right: square
np.mean(np.square(feed_forward_one_layer(W, b, x) - target))

# %% right: dot
d = feed_forward_one_layer(W, b, x) - target
return d @ d / len(d)

# %% right: shape
e = feed_forward_one_layer(W, b, x) - target
return (e * e).sum() / e.shape[0]

# %% right: helper
def mse(p, t):
    return np.mean((p - t) ** 2)


def cost_one_layer(W, b, x, target):
    return mse(feed_forward_one_layer(W, b, x), target)

# %% mistake: cost-summed
np.sum((feed_forward_one_layer(W, b, x) - target) ** 2)
# %% mistake: cost-halved
np.mean((feed_forward_one_layer(W, b, x) - target) ** 2) / 2
# %% mistake: cost-root
np.sqrt(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2))
# %% mistake: cost-absolute
np.mean(np.abs(feed_forward_one_layer(W, b, x) - target))
# %% mistake: cost-not-reduced
(feed_forward_one_layer(W, b, x) - target) ** 2
# %% mistake: error-averaged-before-squaring
np.mean(feed_forward_one_layer(W, b, x) - target) ** 2
# %% mistake: derivative-for-the-cost
2 / len(b) * (feed_forward_one_layer(W, b, x) - target)
# %% mistake: cost-of-the-pre-activation
np.mean((W @ x + b - target) ** 2)
# %% mistake: cast-to-float
float(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2))
# %% mistake: cast-to-float/item
np.mean((feed_forward_one_layer(W, b, x) - target) ** 2).item()

# %% mistake: assigned-into-an-array
errors = np.zeros(len(target))
a = feed_forward_one_layer(W, b, x)
for k in range(len(target)):
    errors[k] = (a[k] - target[k]) ** 2
return np.mean(errors)

# %% mistake: unknown-to-autograd
np.average((feed_forward_one_layer(W, b, x) - target) ** 2)

# %% unnamed: one-output-only
(feed_forward_one_layer(W, b, x)[0] - target[0]) ** 2 + 0.0 * np.sum(W)
# %% unnamed: cubed
np.mean(np.abs(feed_forward_one_layer(W, b, x) - target) ** 3)
# %% unnamed: maximum
np.max((feed_forward_one_layer(W, b, x) - target) ** 2) + 0.1
# %% unnamed: penalty-added
np.mean((feed_forward_one_layer(W, b, x) - target) ** 2) + np.sum(W**2)
# %% unnamed: variance
np.var(feed_forward_one_layer(W, b, x) - target) + 0.1
# %% unnamed: rounded
np.round(np.mean((feed_forward_one_layer(W, b, x) - target) ** 2), 2)

# %% slips
"one-output-only", "mean_squared_error: 1 Σ the first column of (a - t)²"
"rounded", "mean_squared_error: 1/K Σ (a - t)², rounded to 2 decimals"

# %% equivalent: the square has no sign
changed("solution", ("return np.mean((feed_forward_one_layer(W, b, x) - target) ** 2)",
                     "return np.mean((target - feed_forward_one_layer(W, b, x)) ** 2)"))
