# %% ada
E = "right: formula"
relu = "right: where"
updated = "right: outer"

# %% blaise
forward = "right: dict-call"
dW2 = "right: array"
relu = "mistake: maximum-with-1"

# %% dorothy
error_signals = "mistake: positive-gradient"
backward_pass = "mistake: positive-gradient"

# %% emmy
error_signals = "mistake: slope-left-out"
sigmoid_derivative = "mistake: of-the-output"
backward_pass = "right: diagonal-jacobians"

# %% felix
forward = "mistake: weights-transposed"
backward_pass = "mistake: hidden-slope-left-out"

# %% grace
predictions = "mistake: slope-left-out"
E = "mistake: half-or-square-left-out"
squared_error = "mistake: mean"

# %% isaac
update = "mistake: subtracted"
W2_new = "mistake: subtracted"
updated = "mistake: learning-rate-left-out"

# %% karen
gradients = "mistake: indices-swapped"
dW2 = "mistake: transposed"
forward_pass = "right: loop"
