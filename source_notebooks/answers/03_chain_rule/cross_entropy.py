# %% frame
def cross_entropy(predict, target):
    return ...

# %% right: sum-over-len
-np.sum(target * np.log(predict)) / len(predict)
# %% right: mean-of-sums
-np.mean(np.sum(target * np.log(predict), axis=1))
# %% right: right-class-first
-np.mean(np.log(np.sum(predict * target, axis=1)))
# %% right: indexed
-np.mean(np.log(predict[np.arange(len(target)), np.argmax(target, axis=1)]))

# %% right: loop
total = 0.0
for p, t in zip(predict, target):
    total = total - np.sum(t * np.log(p))
return total / len(target)

# %% right: tiny-number-added
-np.sum(target * np.log(predict + 1e-12)) / predict.shape[0]
# %% right: einsum
-np.einsum("nk,nk->", target, np.log(predict)) / target.shape[0]

# %% mistake: cost-summed
-np.sum(target * np.log(predict))
# %% mistake: mean-over-all-entries
-np.mean(target * np.log(predict))
# %% mistake: minus-left-out
np.sum(target * np.log(predict)) / len(predict)
# %% mistake: both-classes-counted
-np.sum(target * np.log(predict) + (1 - target) * np.log(1 - predict)) / len(predict)
# %% mistake: logarithm-to-base-2
-np.sum(target * np.log2(predict)) / len(predict)
# %% mistake: logarithm-to-base-10
-np.sum(target * np.log10(predict)) / len(predict)
# %% mistake: one-cost-per-sample
-np.sum(target * np.log(predict), axis=1)
# %% mistake: squared-error-for-cross-entropy
np.mean((predict - target) ** 2)
# %% mistake: logarithm-of-the-mean
-np.log(np.mean(np.sum(target * predict, axis=1)))
# %% mistake: cast-to-float
float(-np.sum(target * np.log(predict)) / len(predict))

# %% mistake: assigned-into-an-array
costs = np.zeros(len(predict))
for n in range(len(predict)):
    costs[n] = -np.sum(target[n] * np.log(predict[n]))
return np.mean(costs)

# %% mistake: unknown-to-autograd
-np.average(np.sum(target * np.log(predict), axis=1))

# %% unnamed: predict-and-target-swapped
-np.sum(predict * np.log(target + 0.1)) / len(predict)
# %% unnamed: log-plus-one
-np.sum(target * np.log(1 + predict)) / len(predict)
# %% unnamed: divided-by-n-minus-1
-np.sum(target * np.log(predict)) / (len(predict) - 1)
# %% unnamed: entropy-of-the-prediction
-np.sum(predict * np.log(predict)) / len(predict)
# %% unnamed: one-minus-p
np.mean(1 - np.sum(target * predict, axis=1))
# %% unnamed: target-ignored
-np.sum(np.log(predict)) / len(predict)

# %% slips
"entropy-of-the-prediction", "cross_entropy: -1/N Σ (P ln(P))"
"log-plus-one", "cross_entropy: -1/N Σ (T ln(1 + P))"
"target-ignored", "cross_entropy: -1/N Σ ln(P)"

# %% equivalent: there are as many of the one as of the other
changed("solution", ("return -np.sum(target * np.log(predict)) / len(predict)",
                     "return -np.sum(target * np.log(predict)) / len(target)"))
