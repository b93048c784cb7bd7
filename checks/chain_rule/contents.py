"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "chain_rule",
    {
        "predictions": Item(1, "Guess first"),
        "feed_forward_one_layer": Item(1, "The forward pass of one layer"),
        "cost_one_layer": Item(1, "The cost of one layer"),
        "gradients_by_autograd": Item(1, "Gradients without a formula", by_autodiff=True),
        "mse_der": Item(1, "The derivative of the cost"),
        "sigmoid_der": Item(0.5, "The derivative of the sigmoid"),
        "sigmoid_jacobian": Item(1, "The Jacobian of the activation"),
        "dC_dz": Item(1, "The two factors joined"),
        "dz_dW": Item(1, "How z depends on the weights"),
        "dz_db": Item(0.5, "How z depends on the bias"),
        "gradients_one_layer": Item(2, "The gradients of one layer"),
        "feed_forward_two_layers": Item(0.5, "The forward pass of two layers"),
        "gradients_layer_2": Item(1, "The second layer"),
        "gradients_layer_1": Item(2, "The first layer"),
        "create_layers": Item(0.5, "Create the layers"),
        "feed_forward": Item(0.5, "The forward pass"),
        "feed_forward_saver": Item(1, "The forward pass that remembers"),
        "backpropagation": Item(4, "Back-propagation"),
        "create_layers_batch": Item(0.5, "Create the layers"),
        "feed_forward_batch": Item(0.5, "The forward pass"),
        "feed_forward_saver_batch": Item(0.5, "The forward pass that remembers"),
        "backpropagation_batch": Item(4, "Back-propagation for a batch"),
        "softmax": Item(1, "Softmax"),
        "cross_entropy": Item(1, "Cross-entropy"),
        "softmax_cross_entropy_der": Item(1, "Two derivatives in one"),
        "train_network": Item(2, "Training"),
    },
    written=9,
    out_of_place=("torch",),
)
