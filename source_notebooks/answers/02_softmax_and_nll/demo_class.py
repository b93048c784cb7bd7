# %% ada

# %% blaise
sigmoid = "right: with-tanh"
softmax = "right: columns-in-a-loop"
nllm = "right: clipped"
softmax_gradient = "right: outer"
updated_w1 = "right: inline"

# %% carl
softmax = "mistake: sum-over-everything"
nllm = "mistake: zero-times-log-zero"

# %% dorothy
nll_gradient = "mistake: negated"
softmax_gradient = "mistake: negated"

# %% emmy
sigmoid = "mistake: overflow"
softmax = "mistake: not-stabilised"
updated_w1 = "mistake: updated-w2-used"

# %% felix
sigmoid_derivative = "mistake: z-taken-for-a"
nllm = "mistake: one-argument-transposed"
hidden_activations = "mistake: hidden-bias-left-out"

# %% grace
gradient_step = "mistake: ascent"
updated_w2 = "mistake: x-for-a1"
updated_w1 = "mistake: relu-derivative-left-out"
output_after_step = "mistake: w1-gradient-after-w2"

# %% hypatia
predict = "mistake: softmax-of-a-row"
network_output = "mistake: relu-left-out"
output_after_step = "mistake: biases-updated"
