# %% ada

# %% blaise
feed_forward_one_layer = "right: einsum"
dz_dW = "right: loop"
gradients_one_layer = "right: einsum"
backpropagation = "right: diagonal-matrices"
backpropagation_batch = "right: einsum"
train_network = "right: recorded-after-the-update"

# %% carl
cost_one_layer = "mistake: cast-to-float"
backpropagation = "right: recursive"
backpropagation_batch = "mistake: bias-not-summed"

# %% dorothy
mse_der = "mistake: length-for-size"
sigmoid_der = "right: exponentials"
backpropagation_batch = "mistake: diagonal-of-a-matrix"

# %% emmy
gradients_layer_1 = "mistake: sum-of-the-rows-of-the-weights"
backpropagation = "mistake: derivative-left-out-in-hidden-layers"
backpropagation_batch = "right: per-sample-outer"

# %% felix
dz_dW = "mistake: axes-out-in-out"
softmax = "mistake: softmax-over-the-samples"
backpropagation_batch = "mistake: bias-averaged"

# %% grace
sigmoid_jacobian = "mistake: diagonal-only"
backpropagation = "mistake: cost-der-ignored"
train_network = "mistake: stale-gradients"

# %% hypatia
create_layers = "mistake: network-input-for-every-layer"
feed_forward_saver = "mistake: activations-for-zs"
backpropagation = "mistake: derivative-at-the-activation"
softmax_cross_entropy_der = "mistake: mean-left-out"
