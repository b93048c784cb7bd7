# %% ada

# %% blaise
forward = "right: reduce"
get_loss = "right: mean-of-squares"
backward = "right: einsum"
apply_gradients = "right: rebinding"
train = "right: list-of-floats"

# %% carl
forward = "right: activations-in-a-list"
get_loss = "right: item"
backward = "right: numpy-throughout"
apply_gradients = "right: numpy-assigned"
train = "right: recorded-after-the-update"

# %% dorothy
forward = "right: hidden-and-output-apart"
backward = "mistake: derivative-left-out-in-hidden-layers"

# %% emmy
get_loss = "right: sum-over-numel"
backward = "mistake: bias-not-summed/assigned"
apply_gradients = "right: sub"

# %% felix
backward = "mistake: bias-averaged"
apply_gradients = "mistake: bias-not-updated"
train = "right: tensor-of-a-list"

# %% grace
backward = "mistake: updated-weights-used"
train = "right: while-loop"

# %% hypatia
forward = "mistake: sigmoid-in-hidden-layers/remembered"
get_loss = "mistake: loss-summed"
backward = "mistake: loss-gradient-summed"

# %% isaac
forward = "mistake: pass-not-remembered"
apply_gradients = "mistake: ascent"
train = "mistake: one-epoch-too-many"

# %% johanna
forward = "mistake: output-activation-left-out/last-zin"
get_loss = "mistake: loss-mean-over-samples"
backward = "mistake: derivative-left-out-in-hidden-layers"
apply_gradients = "mistake: nothing-updated"
train = "mistake: network-recreated"

# %% karen
backward = "mistake: last-layer-only"

# %% kurt
backward = "mistake: sign-flipped"
apply_gradients = "mistake: learning-rate-left-out"
train = "mistake: losses-swapped"

# %% leonhard
backward = "right: outer-products-summed"
train = "mistake: stale-gradients"
