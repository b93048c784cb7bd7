# %% frame
def mse_der(predict, target):
    return ...

# %% right: size
2 / predict.size * (predict - target)
# %% right: np-size
2 * (predict - target) / np.size(predict)
# %% right: minus-the-other-way
-2 * (target - predict) / target.size
# %% right: prod-of-shape
2 * (predict - target) / np.prod(np.shape(predict))
# %% right: mean-of-ones
2 * (predict - target) * np.mean(np.ones_like(predict)) / predict.size
# %% right: subtract
np.multiply(2.0 / np.size(target), np.subtract(predict, target))

# %% right: case-by-dimension
if predict.ndim == 1:
    return 2 / len(predict) * (predict - target)
return 2 / (predict.shape[0] * predict.shape[1]) * (predict - target)

# %% right: list-of-rows
n = np.size(predict)
return [2 * (p - t) / n for p, t in zip(predict, target)]

# %% mistake: length-for-size
2 / len(predict) * (predict - target)
# %% mistake: length-for-size/shape
2 * (predict - target) / predict.shape[0]
# %% mistake: divided-by-the-outputs-only
2 / predict.shape[-1] * (predict - target)
# %% mistake: mean-left-out
2 * (predict - target)
# %% mistake: two-left-out
(predict - target) / predict.size
# %% mistake: sign-flipped
2 / predict.size * (target - predict)
# %% mistake: square-kept
2 / predict.size * (predict - target) ** 2
# %% mistake: cost-for-its-derivative
np.mean((predict - target) ** 2)
# %% mistake: derivative-summed
np.sum(2 / predict.size * (predict - target))
# %% mistake: derivative-summed/averaged
np.mean(2 * (predict - target))

# %% mistake: truncated-to-integers
result = np.zeros_like(predict)
result[...] = 2 / predict.size * (predict - target)
return result

# %% unnamed: absolute
2 / predict.size * np.abs(predict - target)
# %% unnamed: sign-only
np.sign(predict - target) / predict.size
# %% unnamed: clipped
np.clip(2 / predict.size * (predict - target), -1, 1)
# %% unnamed: rounded
np.round(2 / predict.size * (predict - target), 2)
# %% unnamed: sum-for-difference
2 / predict.size * (predict + target)
# %% unnamed: target-forgotten
2 / predict.size * predict

# %% slips
"absolute", "loss_gradient: 2/size |p - t|"
"clipped", "cut-off"
"rounded", "loss_gradient: 2/size (p - t), rounded to 2 decimals"
"sum-for-difference", "loss_gradient: 2/size (p + t)"
"target-forgotten", "loss_gradient: 2/size p"

# %% equivalent: predict and target have the same shape
changed("solution", ("return 2 / np.size(predict) * (predict - target)",
                     "return 2 / np.size(target) * (predict - target)"))
