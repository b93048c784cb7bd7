"""What the notebook holds: each task's points and section, in the notebook's order."""

from checks.contents import Contents, Item

CONTENTS = Contents(
    "softmax_and_nll",
    {
        "predictions": Item(5, "Guess first"),
        "sigmoid": Item(5, "The sigmoid"),
        "sigmoid_derivative": Item(2.5, "Its derivative"),
        "nll_gradient": Item(5, "The loss of one neuron, and its gradient"),
        "softmax": Item(7.5, "The softmax"),
        "nllm": Item(7.5, "The loss for several classes"),
        "softmax_gradient": Item(5, "The gradient in code"),
        "predict": Item(2.5, "The prediction"),
        "gradient_step": Item(5, "One step of gradient descent"),
        "predict_after_step": Item(5, "Has it learnt anything?"),
        "hidden_activations": Item(7.5, "The hidden layer"),
        "network_output": Item(7.5, "The output"),
        "updated_w2": Item(10, "The weights of the output layer"),
        "updated_w1": Item(10, "The weights of the hidden layer"),
        "output_after_step": Item(5, "The network after its lesson"),
    },
    written=10,
)
