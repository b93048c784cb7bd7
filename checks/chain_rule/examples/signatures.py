"""Example cells, written as the bodies of one function for each task."""

from checks.example_cells import function_cells

SIGNATURES = {
    "feed_forward_one_layer": "feed_forward_one_layer(W, b, x)",
    "cost_one_layer": "cost_one_layer(W, b, x, target)",
    "gradients_by_autograd": "gradients_by_autograd(W, b, x, target)",
    "mse_der": "mse_der(predict, target)",
    "sigmoid_der": "sigmoid_der(z)",
    "sigmoid_jacobian": "sigmoid_jacobian(z)",
    "dC_dz": "dC_dz(z, target)",
    "dz_dW": "dz_dW(W, x)",
    "dz_db": "dz_db(b)",
    "gradients_one_layer": "gradients_one_layer(W, b, x, target)",
    "feed_forward_two_layers": "feed_forward_two_layers(layers, x)",
    "gradients_layer_2": "gradients_layer_2(layers, x, target)",
    "gradients_layer_1": "gradients_layer_1(layers, x, target)",
    "create_layers": "create_layers(network_input_size, layer_output_sizes)",
    "feed_forward": "feed_forward(input, layers, activation_funcs)",
    "feed_forward_saver": "feed_forward_saver(input, layers, activation_funcs)",
    "backpropagation": "backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der)",
    "create_layers_batch": "create_layers_batch(network_input_size, layer_output_sizes)",
    "feed_forward_batch": "feed_forward_batch(inputs, layers, activation_funcs)",
    "feed_forward_saver_batch": "feed_forward_saver_batch(inputs, layers, activation_funcs)",
    "backpropagation_batch": (
        "backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=mse_der)"
    ),
    "softmax": "softmax(z)",
    "cross_entropy": "cross_entropy(predict, target)",
    "softmax_cross_entropy_der": "softmax_cross_entropy_der(predict, target)",
    "train_network": (
        "train_network(\n"
        "    inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs\n"
        ")"
    ),
}
"""The first line of every function, by task."""


def all_cells(written: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return whole cells for every task."""
    return {task: function_cells(signature, written[task]) for task, signature in SIGNATURES.items()}
