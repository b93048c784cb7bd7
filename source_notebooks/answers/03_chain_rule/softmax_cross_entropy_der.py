# %% frame
def softmax_cross_entropy_der(predict, target):
    return ...

# %% right: over-len
(predict - target) / len(predict)
# %% right: over-shape
1 / predict.shape[0] * (predict - target)
# %% right: minus
-(target - predict) / target.shape[0]
# %% right: row-by-row
np.array([(p - t) / len(target) for p, t in zip(predict, target)])

# %% right: one-subtracted
d = predict.copy()
d[np.arange(len(d)), np.argmax(target, axis=1)] -= 1
return d / len(d)

# %% right: full-jacobian
rows = []
for p, t in zip(predict, target):
    jacobian_of_softmax = np.diag(p) - np.outer(p, p)
    rows.append((-t / p) @ jacobian_of_softmax)
return np.array(rows) / len(predict)

# %% mistake: mean-left-out
predict - target
# %% mistake: divided-by-all-entries
(predict - target) / predict.size
# %% mistake: divided-by-the-classes
(predict - target) / predict.shape[1]
# %% mistake: derivative-of-the-squared-error
mse_der(predict, target)
# %% mistake: sign-flipped
(target - predict) / len(predict)
# %% mistake: softmax-not-merged
-(target / predict) / len(predict)
# %% mistake: diagonal-of-the-softmax-jacobian
-target / predict * predict * (1 - predict) / len(predict)
# %% mistake: cost-derivative-times-softmax-diagonal
(predict - target) * predict * (1 - predict) / len(predict)

# %% unnamed: sign-only
np.sign(predict - target) / len(predict)
# %% unnamed: absolute
np.abs(predict - target) / len(predict)
# %% unnamed: rounded
np.round((predict - target) / len(predict), 3)
# %% unnamed: squared
(predict - target) ** 2 / len(predict)
# %% unnamed: logarithm
(np.log(predict) - target) / len(predict)
# %% unnamed: target-ignored
predict / len(predict)

# %% slips
"absolute", "merged_derivative: 1/N |P - T|"
"rounded", "merged_derivative: 1/N (P - T), rounded to 3 decimals"
"sign-only", "merged_derivative: 1/N sign(P - T)"
"squared", "merged_derivative: 1/N (P - T)²"
"target-ignored", "merged_derivative: 1/N P"

# %% equivalent: there are as many of the one as of the other
changed("solution", ("return (predict - target) / len(predict)", "return (predict - target) / len(target)"))
