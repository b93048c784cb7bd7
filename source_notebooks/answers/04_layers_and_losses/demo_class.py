# %% ada

# %% blaise
summed_gradients = "right: stacked"
single_layer_step = "right: written-out"
TwoLayerNetwork = "right: remembered-in-forward"
train_sgd = "right: shuffled"
numerical_gradient = "right: forward-difference"
ReLU = "right: copy-and-zero"
Tanh = "right: written-out"
AbsCriterion = "right: where"
BCECriterion = "right: small-number-added"
BatchLinear = "right: einsum"
train_minibatch = "right: ceil"

# %% dorothy
summed_gradients = "mistake: last-sample-only"
TwoLayerNetwork = "mistake: derivative-left-out-in-the-middle"
BatchLinear = "mistake: bias-not-summed"

# %% emmy
numerical_gradient = "mistake: two-left-out"
BatchLinear = "mistake: bias-not-summed/copied"
train_minibatch = "mistake: last-batch-dropped"

# %% felix
single_layer_step = "mistake: derivative-left-out"
BCECriterion = "mistake: minus-left-out"
Tanh = "mistake: input-for-output"
train_sgd = "mistake: bias-not-updated"

# %% grace
summed_gradients = "mistake: gradients-averaged"
single_layer_step = "mistake: output-for-input"
ReLU = "mistake: mask-from-grad-output"
BatchLinear = "mistake: bias-averaged"
train_minibatch = "mistake: mean-of-batch-means"

# %% hypatia
TwoLayerNetwork = "mistake: output-for-input"
numerical_gradient = "mistake: parameter-never-varied"
AbsCriterion = "mistake: difference-for-sign"
BCECriterion = "mistake: denominator-left-out"

# %% kurt
TwoLayerNetwork = "right: written-out"
train_sgd = "mistake: losses-not-averaged"
Tanh = "mistake: gradient-of-the-output-left-out"
AbsCriterion = "mistake: loss-averaged"
train_minibatch = "mistake: gradient-averaged"
