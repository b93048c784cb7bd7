# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4 · Layers and losses: a deep-learning library of your own
#
# Behind every deep-learning library stands one small idea. A **layer** is an object that can do two things: compute its
# output, and pass a gradient back. A **criterion** turns predictions and labels into a loss, and starts the way back.
# Whoever has a box of such parts can plug them together into any network. In this notebook you build the box, you train
# with it, and you build the tool that tells you whether a part is broken.
#
# **What you need.** The chain rule and matrix products, as in exercises 1 to 3, and Python classes: you should know what
# `self` is. NumPy is the only library.
#
# **How long it takes.** About four hours. The parts can be done on different days.
#
# | part | what you write | points | time |
# |---|---|---|---|
# | – | five guesses, before you know | 1 | 10 min |
# | 1 | `summed_gradients`, `single_layer_step`, `TwoLayerNetwork`, and `train_sgd` to train it | 13 | 95 min |
# | 2 | `numerical_gradient`, which finds bugs | 4 | 35 min |
# | 3 | two more layers, `ReLU` and `Tanh` | 3 | 25 min |
# | 4 | two more criteria, `AbsCriterion` and `BCECriterion` | 3 | 30 min |
# | 5 | `BatchLinear`, and `train_minibatch` for many samples at once | 6 | 45 min |

# %% [markdown]
# ## How to work
#
# 1. Write your code where a cell says `# YOUR CODE HERE`, and delete the lines that raise `NotImplementedError`.
# 2. Run the cell, then run the **check cell** right below it. It tries your code on data of other sizes and reports what
#    it found: what is right, where the first error starts, and its cause where that can be told.
# 3. Stuck? Type `hint("Tanh")` in a new cell, with the name of the task. There are three hints for each task.
#
# You may run a check as often as you like. Every formula has a number, and the reports use the same numbers. Each class
# and each function is checked on its own, so a mistake in one of them costs nothing in the next.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "d0a074eda68a6c0025a5e78df00aef82", "grade": false, "grade_id": "given_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from checks.layers_and_losses import (
    check_AbsCriterion,
    check_BatchLinear,
    check_BCECriterion,
    check_numerical_gradient,
    check_predictions,
    check_ReLU,
    check_single_layer_step,
    check_summed_gradients,
    check_Tanh,
    check_train_minibatch,
    check_train_sgd,
    check_TwoLayerNetwork,
    hint,
    progress,
)

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# ## Guess first (1 point)
#
# Five questions, before you have seen anything. A guess that turns out wrong is remembered better than a sentence that was
# only read, so guess, run the check, and come back when you know more.
#
# 1. `batch`: For one bias, four samples have the gradients 1, 2, 3 and 6. The loss of the four is the **sum** of their losses.
#    How large is its gradient with respect to this bias?
# 2. `size`: A linear layer turns 4 inputs into 3 outputs, and 7 samples go through it at once. How many numbers does the
#    gradient of its weight hold?
# 3. `relu`: A ReLU has received 3. On the way back, the gradient at its output is $-5$. What does it hand on?
# 4. `floor`: A network ends with a sigmoid. For one sample its label is $-0.5$, and the loss is the squared error. How small
#    can training make the loss of this sample, at best?
# 5. `tool`: You change a weight a little, watch the loss, and find the very gradient that your `backward` computes. What do
#    you know then?
#    - **a)** `forward` and `backward` compute what they should
#    - **b)** `backward` is the derivative of `forward`, whatever that computes
#    - **c)** `forward` computes what it should

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "f9da046000385b786166ab896d4823df", "grade": false, "grade_id": "predictions", "locked": false, "schema_version": 3, "solution": true, "task": false}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"batch": None, "size": None, "relu": None, "floor": None, "tool": None}
# YOUR CODE HERE
raise NotImplementedError()

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "39f496730114c3cceec6d18dc5619e38", "grade": true, "grade_id": "check_predictions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_predictions(predictions, points=1)


# %% [markdown]
# ## The rules of the box
#
# > **Convention.** Samples are **rows**: inputs have shape $(N, \text{in})$, and a single sample has shape
# > $(1, \text{in})$. A loss is the **plain sum** over all its entries, without a mean and without a factor ½. So the
# > gradient of a batch is the **sum** of the gradients of its samples. Other libraries take means; their gradients
# > differ from ours by a constant factor.
#
# Every **layer** has two methods:
#
# - `forward(x)` returns the layer's output,
# - `backward(x, grad_output)` is given the same input `x` and $g$, the gradient of the loss with respect to the layer's
#   **output**. It returns the gradient of the loss with respect to the layer's **input**, which has the shape of `x`.
#
# Every **criterion** has two methods:
#
# - `forward(predictions, labels)` returns the loss $L$, one number,
# - `backward(predictions, labels)` returns the gradient of $L$ with respect to the predictions.
#
# So $g$ is what travels backwards. A layer does not know what loss it comes from, or what other layers there are.
#
# > **What is new here.** The error signal $\delta$ of the earlier exercises belongs to the **weighted input** of a layer. Here
# > the linear part and its activation function are two layers, and $g$ is always the gradient with respect to an **output**.
# > Where that output is a weighted input, the two are the same: the `backward` of an activation layer makes $\delta$ out of
# > $g$. The sign is that of the gradient, $+\partial L$, and the update subtracts; exercise 1 carried $-\partial E$ and added. The
# > table at the end of this notebook says what holds where.
#
# Three parts are already in the box. The first is the linear layer,
#
# $$z = x\, W + b. \tag{1}$$
#
# For **one** sample, its gradients are
#
# $$\frac{\partial L}{\partial x} = g\, W^\top \tag{2}$$
#
# $$\frac{\partial L}{\partial W} = x^\top g \tag{3}$$
#
# $$\frac{\partial L}{\partial b} = g. \tag{4}$$
#
# `backward` **returns** (2), because the layer below needs it, and **stores** (3) and (4), because the update needs them.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4a80d24e84571e7cc57c29f41664d8f1", "grade": false, "grade_id": "given_linear", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Linear:
    """The linear layer (1); its backward is for a single sample."""

    def __init__(self, in_features, out_features, rng=None):
        """Draw the weight (in, out) from Glorot's uniform distribution; the bias (out,) is zero."""
        rng = np.random.default_rng(0) if rng is None else rng
        limit = (6 / (in_features + out_features)) ** 0.5
        self.weight = rng.uniform(-limit, limit, size=(in_features, out_features))
        self.bias = np.zeros(out_features)
        self.grad_weight = None  # (in, out) after the first backward
        self.grad_bias = None  # (out,) after the first backward

    def forward(self, x):
        """Return the outputs (N, out) for inputs x of shape (N, in)."""
        if np.ndim(x) != 2:
            raise ValueError(
                f"x must have one row per sample, shape (N, in), but it has shape {np.shape(x)}. "
                "A single sample is x[i : i + 1], not x[i]."
            )
        return x @ self.weight + self.bias

    def backward(self, x, grad_output):
        """Store grad_weight and grad_bias, and return the gradient with respect to x, shape (1, in)."""
        if len(x) != 1:
            raise ValueError(
                f"Linear.backward is for a single sample, x of shape (1, in), but x has {len(x)} rows. "
                "A batch is for BatchLinear."
            )
        self.grad_weight = x.T @ grad_output
        self.grad_bias = grad_output[0].copy()
        return grad_output @ self.weight.T


# %% [markdown]
# The second is the sigmoid, entry by entry. It has no parameters, so its `backward` only returns something:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}} \tag{5}$$
#
# $$\frac{\partial L}{\partial x} = g \odot \sigma(x)\,\big(1 - \sigma(x)\big) \tag{6}$$
#
# The symbol $\odot$ is the product entry by entry, `*` in code.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "32abf6ae3cf907b05f4f9e001088a2a3", "grade": false, "grade_id": "given_sigmoid", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Sigmoid:
    """The sigmoid (5), which maps any number into (0, 1)."""

    def forward(self, x):
        """Return the sigmoid of every entry; same shape as x."""
        return 1 / (1 + np.exp(-x))

    def backward(self, x, grad_output):
        """Return the gradient with respect to x; same shape as x."""
        a = self.forward(x)
        return grad_output * a * (1 - a)


# %% [markdown]
# The third is a criterion, the sum of the squared errors:
#
# $$L = \sum_{n,k} (p_{nk} - y_{nk})^2 \tag{7}$$
#
# $$\frac{\partial L}{\partial p} = 2\,(p - y) \tag{8}$$
#
# There is no $N$ in (8): a sum has none. `MSECriterion` refuses predictions and labels of different shapes. Without that,
# NumPy would stretch $(N, 1)$ and $(N,)$ to $(N, N)$ and compare every prediction with every label.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "534e93827fb24c644fcfda16cf249919", "grade": false, "grade_id": "given_mse", "locked": true, "schema_version": 3, "solution": false, "task": false}
class MSECriterion:
    """The sum of squared errors (7) and its gradient (8)."""

    def forward(self, predictions, labels):
        """Return the loss of predictions (N, K) against labels (N, K) as a number."""
        return float((self._difference(predictions, labels) ** 2).sum())

    def backward(self, predictions, labels):
        """Return the gradient with respect to the predictions, shape (N, K)."""
        return 2 * self._difference(predictions, labels)

    @staticmethod
    def _difference(predictions, labels):
        if np.shape(predictions) != np.shape(labels):
            raise ValueError(
                f"the predictions have shape {np.shape(predictions)}, but the labels have shape {np.shape(labels)}. "
                "Both must be (N, K), one row per sample."
            )
        return predictions - labels


# %% [markdown]
# # Part 1 · A network, and how it learns
#
# ## Two samples, one by one and stacked (2 points)
#
# Here are two samples, and a layer with three outputs. Send each of them through the layer, and then both at once, as the
# two rows of one matrix $X$.

# %% tags=["explore"]
first, second = np.array([[1.0, 2.0, 0.0, -1.0]]), np.array([[0.5, -1.0, 3.0, 2.0]])  # (1, 4) each
both = np.vstack([first, second])  # (2, 4)
layer = Linear(4, 3)

print("one by one, two products:")
print(layer.forward(first).round(3))
print(layer.forward(second).round(3))
print("stacked, one product:")
print(layer.forward(both).round(3))


# %% [markdown]
# These are the same numbers, because row $n$ of $X W$ is made from row $n$ of $X$ and no other. So what is gained? No
# multiplication: there are $2 \cdot 4 \cdot 3 = 24$ of them either way. But Python starts one operation instead of two, the
# weight is fetched from memory once instead of twice, and a processor works on several rows at the same time. Compare
# `%timeit layer.forward(first)` with `%timeit layer.forward(both)`, each in a new cell. Then try it with 1000 rows.

# %% [markdown]
# The gradients are just as simple. The loss of both samples is the sum $L = L_1 + L_2$, the same $W$ and the same $b$ are in
# either of them, and the derivative of a sum is the sum of the derivatives. With $x_n$ for sample number $n$ and $g_n$ for the
# gradient at its output, both rows,
#
# $$\frac{\partial L}{\partial W} = \sum_{n=1}^{N} x_n^\top g_n \tag{3a}$$
#
# $$\frac{\partial L}{\partial b} = \sum_{n=1}^{N} g_n. \tag{4a}$$
#
# Only (2) needs no sum: $x_n$ has no influence on any loss but its own.
#
# The given `Linear.backward` takes a single sample, and what it stored for the sample before is gone. Let the samples have
# their turn one after the other, and add up. (In Part 5, each of the two sums becomes one operation.)

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "c5d93a2c8abf3aa6ae2608e25dc6ef29", "grade": false, "grade_id": "summed_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def summed_gradients(linear, x, grad_output):
    """Return the pair (grad_weight, grad_bias): the sums (3a), shape (in, out), and (4a), shape (out,).

    linear is a layer such as Linear(in, out), whose weight and bias stay as they are; x has shape (N, in),
    grad_output has shape (N, out).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "bc412e906e8c4f1aee6f22957ba0789f", "grade": true, "grade_id": "check_summed_gradients", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_summed_gradients(summed_gradients, points=2)


# %% [markdown]
# ## A single layer, step by step (3 points)
#
# The smallest network that learns is one linear layer, one sigmoid and one criterion, one after the other:
#
# $$z = x\,W + b, \qquad p = \sigma(z), \qquad L = \sum_k (p_k - y_k)^2$$
#
# On the way back the criterion begins with (8), and the sigmoid follows with (6). Together that is
#
# $$\frac{\partial L}{\partial z} = 2\,(p - y) \odot \sigma(z)\,\big(1 - \sigma(z)\big), \tag{8a}$$
#
# the error signal of this layer. With it as $g$, the linear layer finds its gradients, (3) and (4). One **step** of learning
# then goes a little downhill, with a learning rate $\eta$:
#
# $$W \leftarrow W - \eta\, \frac{\partial L}{\partial W}, \qquad b \leftarrow b - \eta\, \frac{\partial L}{\partial b} \tag{8b}$$
#
# All parts are in the box. Mind what each `backward` is given first: what this part **received** on the way there.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "295ac1c577069212ff3f35765a9ba0fa", "grade": false, "grade_id": "single_layer_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def single_layer_step(linear, x, y, learning_rate):
    """Make one step (8b): change linear.weight and linear.bias, and return the loss (7) before the step.

    linear is a layer such as Linear(in, out), a Sigmoid follows it; x has shape (1, in), its label y (1, out).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "f89f7d8dc2d901e8a051aea7e364bedf", "grade": true, "grade_id": "check_single_layer_step", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check_single_layer_step(single_layer_step, points=3)

# %% [markdown]
# Before you trust any class, look at all numbers of one step. The gradients are read from what the step has changed.

# %% tags=["explore"]
layer, label = Linear(4, 3), np.array([[1.0, 0.0, 1.0]])
weight, bias = layer.weight.copy(), layer.bias.copy()
loss = single_layer_step(layer, first, label, learning_rate=0.5)

numbers = {"x": first, "W": weight, "b": bias, "p": Sigmoid().forward(first @ weight + bias), "y": label}
numbers["gradient of W"] = (weight - layer.weight) / 0.5
numbers["gradient of b"] = (bias - layer.bias) / 0.5
for name, value in numbers.items():
    print(f"{name}:\n{value.round(3)}")
print(f"loss {loss:.4f}")

for step in range(2, 7):
    print(f"step {step}: loss {single_layer_step(layer, first, label, learning_rate=0.5):.4f}")


# %% [markdown]
# One row of the gradient of $W$ is zero, one is twice the first one, and one is its opposite. Which number in $x$ tells you
# so? And where in the list do you find the error signal (8a)?

# %% [markdown]
# ## A task for the network
#
# 1000 samples, each with four inputs drawn uniformly from $[0, 6)$, and three labels that are sines of them. With the
# columns counted from 0, as in Python:
#
# $$y_0 = \sin(x_0 + x_1 + x_2 + x_3), \qquad y_1 = \sin(6\, x_1), \qquad y_2 = \sin(x_1 + x_3)$$

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "a026a84dc0286af649abb65c3a36ff53", "grade": false, "grade_id": "given_data", "locked": true, "schema_version": 3, "solution": false, "task": false}
def make_data(samples=1000, seed=4):
    """Return inputs x of shape (samples, 4) and labels y of shape (samples, 3)."""
    x = np.random.default_rng(seed).uniform(0, 6, size=(samples, 4))
    y = np.stack([np.sin(x.sum(axis=1)), np.sin(6 * x[:, 1]), np.sin(x[:, 1] + x[:, 3])], axis=1)
    return x, y


x, y = make_data()


def start_spread_out(network, x, seed=0):
    """Make the hidden neurons steep, and centre each on a sample, so that together they cover the data."""
    first = network.layers[0]
    centres = np.random.default_rng(seed).choice(x, size=len(first.bias))  # (hidden, 4)
    first.weight *= 3
    first.bias = -(centres * first.weight.T).sum(axis=1)
    return network


# %% [markdown]
# ### The baseline
#
# Your single layer has the first try: 50 epochs, that is, 50 times all 1000 samples, one step for each of them.

# %% tags=["explore"]
baseline, baseline_losses = Linear(4, 3), []
for epoch in range(50):
    losses = [single_layer_step(baseline, x[i : i + 1], y[i : i + 1], learning_rate=0.1) for i in range(len(x))]
    baseline_losses.append(sum(losses) / len(x))

for epoch in (1, 10, 30, 50):
    print(f"mean loss of epoch {epoch:2}: {baseline_losses[epoch - 1]:.3f}")
print(f"always answering 0 would cost {(y**2).sum(axis=1).mean():.3f}")

# %% [markdown]
# The loss falls, and then it hardly falls any more. It ends only a little below that of somebody who always answers 0. No
# learning rate will change this: a single layer can only go up, or only go down, along one direction for each output, and a
# sine does both, again and again. So 50 epochs of a single layer are the **baseline**. A larger network has to earn its
# parameters by getting below it.

# %% [markdown]
# ## Two layers (4 points)
#
# A network is itself a layer: it has the same two methods. Ours is a chain of four parts, Linear, Sigmoid, Linear,
# Sigmoid. On the way there, each hands its output $a_k$ to the next:
#
# $$a_0 = x, \qquad a_k = \text{layer}_k\text{.forward}(a_{k-1}), \qquad p = a_4 \tag{9}$$
#
# On the way back, each gets the gradient at its output, and hands on that at its input:
#
# $$g_4 = \text{grad\_output}, \qquad g_{k-1} = \text{layer}_k\text{.backward}(a_{k-1},\, g_k) \tag{10}$$
#
# Look closely at the first argument in (10): each layer needs what **it** received, not what the network received.

# %% tags=["explore"]
from checks.drawing import draw_network, sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

draw_network(
    [4, 6, 3],
    layer_names=["input\n$a_0 = x$", "Sigmoid\n$a_2$", "Sigmoid\n$a_4 = p$"],
    edge_names=["Linear\n$W, b$ of layer 1", "Linear\n$W, b$ of layer 2"],
)


# %% [markdown]
# The constructor is given. `linear` and `output` say which classes to build the network from, so that later you can put
# other parts in. Let every layer of `self.layers` do its own work, whatever class it is of.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "26e737065655a9dc69af71b480aecec5", "grade": false, "grade_id": "TwoLayerNetwork", "locked": false, "schema_version": 3, "solution": true, "task": false}
class TwoLayerNetwork:
    """Linear, Sigmoid, Linear and an output layer, one after the other."""

    def __init__(self, in_features, hidden, out_features, linear=Linear, output=Sigmoid, seed=0):  # given
        """Make the four layers; `linear` and `output` are classes of layers."""
        rng = np.random.default_rng(seed)
        self.layers = [linear(in_features, hidden, rng), Sigmoid(), linear(hidden, out_features, rng), output()]

    def forward(self, x):
        """Return the outputs (N, out) for inputs x of shape (N, in), formula (9)."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self, x, grad_output):
        """Let every layer store its gradients, formula (10); return the gradient with respect to x, shape (N, in).

        grad_output is the gradient with respect to the outputs, shape (N, out).
        """
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "cd960c8aeca88b080026d4d30f9ae465", "grade": true, "grade_id": "check_TwoLayerNetwork", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_TwoLayerNetwork(TwoLayerNetwork, points=4)


# %% [markdown]
# ## Stochastic gradient descent (4 points)
#
# **Stochastic gradient descent** takes one sample at a time: forward, loss, backward, and right away a small step
# downhill, as in (8b), now for every weight and every bias of **every** layer,
#
# $$w \leftarrow w - \eta\, \frac{\partial L}{\partial w}, \tag{11}$$
#
# where $\eta$ is the learning rate. When all $N$ samples have had their turn, an **epoch** is over. Its mean loss
#
# $$\bar L = \frac{1}{N} \sum_{n=1}^{N} L_n \tag{12}$$
#
# adds up the losses $L_n$ that the steps have computed anyway, each before its own update. (You may also compute
# them in forward passes of their own, at another moment of the epoch. That only costs time.)
#
# The parameters are in the `Linear` layers of `network.layers`. Two ways to recognise these: `isinstance(layer, Linear)`,
# or `hasattr(layer, "weight")`. Go through the samples in order; a fresh shuffle in every epoch is fine, too. Mind
# the shape of a single sample: `x[i]` is flat, `x[i : i + 1]` is a row.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "312c3f108a53cb63be18b9b7d47a4d71", "grade": false, "grade_id": "train_sgd", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_sgd(network, criterion, x, y, learning_rate, epochs):
    """Train the network one sample at a time; return the mean loss (12) of each epoch, a list of length epochs.

    x has shape (N, in), y has shape (N, out); criterion is an object such as MSECriterion().
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "7ce2cfa1855f5449f6c8ee4abde6bc61", "grade": true, "grade_id": "check_train_sgd", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_train_sgd(train_sgd, points=4)

# %% [markdown]
# ### Two layers on the same task
#
# The learning rate is 0.1, as for the single layer. The exercise that this data set comes from trains for 400 epochs. We take
# 50: that is 50 000 steps, and each of them is a few dozen of NumPy's operations, which cost you some seconds. The hidden neurons
# begin spread out over the data, with `start_spread_out`.

# %% tags=["explore"]
sigmoid_network = start_spread_out(TwoLayerNetwork(4, 50, 3), x)
sigmoid_losses = train_sgd(sigmoid_network, MSECriterion(), x, y, learning_rate=0.1, epochs=50)

print(f"mean loss of the first epoch {sigmoid_losses[0]:.3f}, of the last {sigmoid_losses[-1]:.3f}")
print(f"the single layer ended at {baseline_losses[-1]:.3f}, after as many steps: {50 * len(x)}")

# %% [markdown]
# It is below the baseline, but not by much. Is the learning rate wrong? Are there too few neurons? Before you turn any knob, look
# at what the network **can** answer. Its last layer is a sigmoid: every output lies between 0 and 1. The labels lie
# between $-1$ and 1. Wherever a label is negative, the best possible answer is 0, and it still costs $y^2$. The sum of
# these costs is a **floor** under the loss that no training can break through:

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "ce64dad71194f3c0144b07a125eca563", "grade": false, "grade_id": "given_pictures", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["explore"]
import matplotlib.pyplot as plt

floor = (np.minimum(y, 0) ** 2).sum(axis=1).mean()  # the loss of the best answers in [0, 1]


def plot_losses(curves, floor=None):
    """Draw one loss curve for each name in `curves`, and the floor as a dashed line; return the figure."""
    figure, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
    plt.close(figure)  # the notebook shows the returned figure; an open one would appear twice
    for (name, losses), colour in zip(curves.items(), ["#5e3c99", "#e08214", "#1b7837"]):
        ax.plot(np.arange(1, len(losses) + 1), losses, color=colour, label=name)
    if floor is not None:
        ax.axhline(floor, color="black", linestyle="--", linewidth=1, label=f"floor of the sigmoid, {floor:.2f}")
    ax.set(xlabel="epoch", ylabel="mean loss", ylim=(0, None))
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    return figure


def plot_answers(networks, x, y, column=2):
    """Draw each network's answers against the labels of one output; return the figure."""
    figure, axes = plt.subplots(1, len(networks), figsize=(3.6 * len(networks), 3.4), layout="constrained",
                                squeeze=False, sharey=True)
    plt.close(figure)
    for ax, (name, network) in zip(axes[0], networks.items()):
        ax.scatter(y[:, column], network.forward(x)[:, column], s=6, color="#5e3c99", alpha=0.5)
        ax.plot([-1, 1], [-1, 1], color="black", linewidth=1)
        ax.set(xlabel=f"label $y_{column}$", title=name, aspect="equal", xlim=(-1.1, 1.1), ylim=(-1.1, 1.1))
        ax.grid(alpha=0.3)
    axes[0, 0].set_ylabel("answer of the network")
    return figure


# %% tags=["explore"]
plot_losses({"single layer": baseline_losses, "two layers, sigmoid at the end": sigmoid_losses}, floor)

# %% [markdown]
# Here are the answers for the third label, $y_2$. Perfect answers would lie on the diagonal line. The left half of the
# line is out of reach.

# %% tags=["explore"]
plot_answers({"sigmoid at the end": sigmoid_network}, x, y)

# %% [markdown]
# Hold on to that picture. In Part 3 you build the layer that fixes it.

# %% [markdown]
# # Part 2 · A tool that finds bugs
#
# ## The numerical gradient (4 points)
#
# You will write several more `backward` methods. How do you know that one is right, without a check cell? Change one
# entry $w_i$ of a parameter by a tiny $\varepsilon$, up and down, and watch the loss. The **central difference**
#
# $$\frac{\partial L}{\partial w_i} \approx \frac{L(w + \varepsilon\, e_i) - L(w - \varepsilon\, e_i)}{2\,\varepsilon} \tag{13}$$
#
# needs no formula for the derivative at all. ($e_i$ is 1 at entry $i$ and 0 elsewhere: one entry moves, the others
# rest.) It is far too slow for training, one entry costs two whole forward passes. For testing it is perfect.
#
# In code, `loss` is a function **without arguments**. It computes the loss with the parameter's present values. So you
# change `parameter` in place, call `loss()`, and put every entry back before you go on.
#
# Why both directions? The forward difference $\big(L(w + \varepsilon) - L(w)\big)/\varepsilon$ has an error that shrinks
# like $\varepsilon$; here the error shrinks like $\varepsilon^2$. For $\varepsilon = 10^{-5}$ that is the difference
# between five right digits and ten, as for the slope of $e^w$ at $w = 0$, which is 1:

# %% tags=["explore"]
w, epsilon = 0.0, 1e-5
print(f"forward   {(np.exp(w + epsilon) - np.exp(w)) / epsilon:.9f}")
print(f"central   {(np.exp(w + epsilon) - np.exp(w - epsilon)) / (2 * epsilon):.9f}")


# %% deletable=false nbgrader={"cell_type": "code", "checksum": "99df65df230e834d2b59755419f4ad05", "grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(loss, parameter, epsilon=1e-5):
    """Return the central differences (13) for every entry of parameter: an array of its shape.

    loss() takes no argument and returns a number. parameter has any number of axes; it is left as it was.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# The check below does more than compare numbers. It uses your function as a test: layers that are right have to pass,
# and layers into which a bug was planted must not.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "c17e125c62c029bf39b14341a91ec4c6", "grade": true, "grade_id": "check_numerical_gradient", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_numerical_gradient(numerical_gradient, points=4)


# %% [markdown]
# ### The tool at work
#
# Two gradients $g$ and $n$ are compared by their **relative difference**
#
# $$\frac{\lVert g - n \rVert}{\lVert g \rVert + \lVert n \rVert}, \tag{14}$$
#
# which is tiny for a right gradient, far below $10^{-6}$. For two large arrays of random numbers, which have nothing to do with each
# other, it is about $1/\sqrt{2}$, and it is 1 if one of the two is zero or the opposite of the other. Two zeros agree,
# and count as 0. A difference without the norms, `g - n < 1e-6`, is a test that every negative difference passes. Measure it
# with the norms.
#
# `check_layers` compares the gradients of both linear layers, weights and biases. Note that it runs `forward` and
# `backward` **first** and keeps copies: a test that reads gradients or outputs left over from some other call compares
# stale numbers, and finds either nothing or phantoms.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "f4a87bc7ec92a5ce48907e5b86303696", "grade": false, "grade_id": "given_check_layers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def relative_difference(g, n):
    """Return the relative difference (14) of two arrays of the same shape; that of two zeros is 0."""
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return np.linalg.norm(g - n) / size if size > 0 else 0.0


def check_layers(network, criterion, x, y):
    """Print how well the gradients of all weights and biases agree with numerical ones."""
    predictions = network.forward(x)
    network.backward(x, criterion.backward(predictions, y))
    linear = [layer for layer in network.layers if hasattr(layer, "weight")]
    gradients = [(layer.grad_weight.copy(), layer.grad_bias.copy()) for layer in linear]

    for number, (layer, both) in enumerate(zip(linear, gradients), start=1):
        for name, parameter, gradient in zip(("weight", "bias"), (layer.weight, layer.bias), both):
            numerical = numerical_gradient(lambda: criterion.forward(network.forward(x), y), parameter)
            if gradient.shape != numerical.shape:
                print(f"layer {number}, {name:6}: shape {gradient.shape} for {numerical.shape}   <-- look here")
                continue
            difference = relative_difference(gradient, numerical)
            verdict = f"{difference:.1e}   <-- look here" if difference > 1e-6 else "below 1e-6"
            print(f"layer {number}, {name:6}: {verdict}")


# %% tags=["explore"]
g, n = np.random.default_rng(0).normal(size=(2, 1000))
print(f"random         {relative_difference(g, n):.2f}")
print(f"opposite       {relative_difference(g, -g):.2f}")
print(f"one is zero    {relative_difference(g, 0 * g):.2f}")
print(f"both are zero  {relative_difference(0 * g, 0 * g):.2f}")

# %% [markdown]
# Now for the network. Are its four gradients right?

# %% tags=["explore"]
check_layers(TwoLayerNetwork(4, 5, 3, seed=1), MSECriterion(), x[:1] / 6, y[:1])


# %% [markdown]
# And now with a planted bug. The formula $1/(1 - e^{-x})$, a sigmoid with a minus where the plus belongs, can be found in
# print. Here its `backward` is the one of the real sigmoid. Does the tool notice?

# %% tags=["explore"]
class WrongSigmoid(Sigmoid):
    """A sigmoid with a misprint."""

    def forward(self, x):
        """Return the misprint, entry by entry."""
        return 1 / (1 - np.exp(-x))

    def backward(self, x, grad_output):
        """Return what would be right for the real sigmoid."""
        a = 1 / (1 + np.exp(-x))
        return grad_output * a * (1 - a)


check_layers(TwoLayerNetwork(4, 5, 3, output=WrongSigmoid, seed=1), MSECriterion(), x[:1] / 6, y[:1])


# %% [markdown]
# All four alarms ring, because the wrong layer is the last one and everything before it inherits the error. Plant a bug
# of your own: what if only the hidden layer's `backward` is wrong? Which lines stay quiet, and what does that tell you?

# %% [markdown]
# ### What the tool cannot see
#
# And now the same misprint once more, but with the `backward` that it inherits. That one asks the layer's **own** `forward`
# for $a$, and takes $a\,(1 - a)$. What do you expect?

# %% tags=["explore"]
class ConsistentMisprint(Sigmoid):
    """The misprint again; its `backward` is inherited, and asks this very `forward`."""

    def forward(self, x):
        """Return the misprint, entry by entry."""
        return 1 / (1 - np.exp(-x))


network = TwoLayerNetwork(4, 5, 3, output=ConsistentMisprint, seed=1)
check_layers(network, MSECriterion(), x[:1] / 6, y[:1])
print("its outputs:", network.forward(x[:1] / 6).round(3))


# %% [markdown]
# Not one alarm. The function $h(x) = 1/(1 - e^{-x})$ obeys $h' = h\,(1 - h)$, just as $\sigma$ does (take its derivative and
# see). So this `backward` is exactly right, for a `forward` that nobody wanted: outputs of a "sigmoid" above 1 and below 0. A
# gradient check compares `backward` with `forward`, and never `forward` with what you had in mind. Test that on its own, with
# an input whose output you know. What is $\sigma(0)$, and what does the misprint say there?

# %% [markdown]
# # Part 3 · Two more layers
#
# ## ReLU (2 points)
#
# The rectified linear unit lets positive numbers pass and stops the others:
#
# $$\text{ReLU}(x) = \max(0, x) \tag{15}$$
#
# $$\frac{\partial L}{\partial x} = \begin{cases} g & x > 0 \\ 0 & x < 0 \end{cases} \tag{16}$$
#
# Its slope jumps at 0, where any number between 0 and 1 will do. The question in (16) is always about $x$, the layer's
# **input**. The gradient $g$ itself may well be negative, and passes all the same.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "42bab3cdff32e785316485d7ba5dc2d1", "grade": false, "grade_id": "ReLU", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ReLU:
    """The rectified linear unit, entry by entry."""

    def forward(self, x):
        """Return (15) for every entry of x; same shape as x."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self, x, grad_output):
        """Return the gradient (16) with respect to x; x and grad_output have the same shape."""
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "76b77a5838b24e22c0a7476c78bf9f73", "grade": true, "grade_id": "check_ReLU", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_ReLU(ReLU, points=2)


# %% [markdown]
# ## Tanh (1 point)
#
# The hyperbolic tangent looks like a sigmoid that was stretched to reach from $-1$ to 1:
#
# $$\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} \tag{17}$$
#
# $$\frac{\partial L}{\partial x} = g \odot \big(1 - \tanh^2(x)\big) \tag{18}$$
#
# `np.tanh` is welcome. If you prefer to write out (17), make sure that it works for $|x| \le 20$.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "58155252370830da0467e07711e31e11", "grade": false, "grade_id": "Tanh", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Tanh:
    """The hyperbolic tangent, entry by entry."""

    def forward(self, x):
        """Return (17) for every entry of x; same shape as x."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self, x, grad_output):
        """Return the gradient (18) with respect to x; x and grad_output have the same shape."""
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "5d178918864713b1aee6f967906b0af5", "grade": true, "grade_id": "check_Tanh", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_Tanh(Tanh, points=1)

# %% [markdown]
# ### Through the floor
#
# Back to the three sines. One part of the network changes: it ends with your `Tanh`, which reaches down to $-1$. Since
# $\tanh(x) = 2\,\sigma(2x) - 1$, it is four times as steep as the sigmoid, so the learning rate must be smaller, too.

# %% tags=["explore"]
tanh_network = start_spread_out(TwoLayerNetwork(4, 50, 3, output=Tanh), x)
tanh_losses = train_sgd(tanh_network, MSECriterion(), x, y, learning_rate=0.015, epochs=50)

print(f"mean loss of the last epoch: {sigmoid_losses[-1]:.3f} with the sigmoid, {tanh_losses[-1]:.3f} with tanh")
plot_losses({"sigmoid at the end": sigmoid_losses, "tanh at the end": tanh_losses}, floor)

# %% tags=["explore"]
plot_answers({"sigmoid at the end": sigmoid_network, "tanh at the end": tanh_network}, x, y)


# %% [markdown]
# The bug was never in the code. Every gradient was right, and no check would have complained: the network was asked for
# numbers that it cannot say. When a loss refuses to fall, compare the range of your labels with the range of your last
# layer first. It costs one line.
#
# Which of the three sines is still hard? Try `column=0` and `column=1` in `plot_answers`, and think about how often each
# of them goes up and down in the data.

# %% [markdown]
# # Part 4 · Two more criteria
#
# ## Absolute errors (1 point)
#
# Squares punish large errors hard, so one wild label can spoil a whole fit. Absolute values are milder:
#
# $$L = \sum_{n,k} \lvert p_{nk} - y_{nk} \rvert \tag{19}$$
#
# $$\frac{\partial L}{\partial p} = \text{sign}(p - y) \tag{20}$$
#
# Where $p = y$ the slope jumps, and any number from $-1$ to 1 will do.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "45d51e301648d978c7a23dc60a761dcf", "grade": false, "grade_id": "AbsCriterion", "locked": false, "schema_version": 3, "solution": true, "task": false}
class AbsCriterion:
    """The sum of absolute errors."""

    def forward(self, predictions, labels):
        """Return the loss (19), a number; predictions and labels have shape (N, K)."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self, predictions, labels):
        """Return the gradient (20) with respect to the predictions, shape (N, K)."""
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "cfee679cecb9239f9e035ab44e28c046", "grade": true, "grade_id": "check_AbsCriterion", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_AbsCriterion(AbsCriterion, points=1)


# %% [markdown]
# ## Binary cross-entropy (2 points)
#
# For labels 0 and 1, a prediction $a$ is a probability: how sure is the network that the label is 1? The criterion is
# the negative logarithm of the probability that it gave to the truth,
#
# $$L = -\sum_{n,k} \Big( y_{nk} \log a_{nk} + (1 - y_{nk}) \log(1 - a_{nk}) \Big) \tag{21}$$
#
# $$\frac{\partial L}{\partial a} = \frac{a - y}{a\,(1 - a)}. \tag{22}$$
#
# The logarithm of a probability is never positive, so mind the minus sign in front. And $a$ may be exactly 0 or 1: a
# sigmoid rounds to 1 from 37 on. There, both formulas must stay **finite**, in `forward` and in `backward`. Keep
# $a$ away from 0 and 1 by something tiny, such as $10^{-12}$.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "6ce491d57e8cb805151735bbf520292f", "grade": false, "grade_id": "BCECriterion", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BCECriterion:
    """The binary cross-entropy, summed."""

    def forward(self, predictions, labels):
        """Return the loss (21), a finite number; predictions in [0, 1] and labels have shape (N, K)."""
        # YOUR CODE HERE
        raise NotImplementedError()

    def backward(self, predictions, labels):
        """Return the gradient (22) with respect to the predictions, finite numbers, shape (N, K)."""
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "5df7ce644e122212f20cecc1b5ef8cd9", "grade": true, "grade_id": "check_BCECriterion", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_BCECriterion(BCECriterion, points=2)

# %% [markdown]
# Now the sigmoid is the right ending: ask only whether $y_2$ is positive, a yes-or-no question. Here is `Sigmoid` with
# `BCECriterion` after ten epochs, and your numerical gradient has a word on the criterion as well.

# %% tags=["explore"]
is_positive = (y[:, 2:] > 0).astype(float)  # (1000, 1)
check_layers(TwoLayerNetwork(4, 5, 1, seed=1), BCECriterion(), x[:1] / 6, is_positive[:1])

classifier = start_spread_out(TwoLayerNetwork(4, 50, 1), x)
train_sgd(classifier, BCECriterion(), x, is_positive, learning_rate=0.1, epochs=10)
right = (classifier.forward(x) > 0.5) == (is_positive == 1)
print(f"{right.mean():.1%} of the answers are right")
print("the sigmoid of 36 and 37 is exactly 1:", *(Sigmoid().forward(np.array([36.0, 37.0])) == 1))

# %% [markdown]
# # Part 5 · Many samples at once
#
# ## A linear layer for batches (3 points)
#
# With arrays as small as ours, NumPy spends most of its time on starting each operation. It is much faster to push a whole
# **mini-batch** $X$ of shape $(N, \text{in})$ through the network. `forward` can do that already: (1) works row by row. In
# `backward` you know the sums from Part 1, (3a) and (4a). Stack the $x_n$ in $X$ and the $g_n$ in $G$, of shape
# $(N, \text{out})$, and each of them is one operation:
#
# $$\frac{\partial L}{\partial W} = X^\top G \tag{23}$$
#
# $$\frac{\partial L}{\partial b_j} = \sum_{n=1}^{N} G_{nj} \tag{24}$$
#
# and (2) stays as it is, one row for each sample. Equation (24) is where most batched code goes wrong. A bias gradient
# that is copied instead of summed has shape $(N, \text{out})$. The update `bias -= ...` refuses it. But
# `bias = bias - ...` stretches the bias to that shape without a word, and from then on every row of the batch has a bias of
# its own. It crashes at the first batch of another size. If all are of the same size, it never does:

# %% tags=["explore"]
copied = np.ones((32, 3))  # a bias gradient that was not summed, for a layer with 3 outputs
bias = np.zeros(3)
try:
    bias -= 0.1 * copied
except ValueError:
    print("bias -= ...         refused, the shapes do not fit")
bias = bias - 0.1 * copied
print("bias = bias - ...   the bias now has the shape", bias.shape)
try:
    np.zeros((8, 3)) + bias
except ValueError:
    print("a batch of 8        refused, the shapes do not fit")


# %% deletable=false nbgrader={"cell_type": "code", "checksum": "a95ef718c4f2d5a41fd45875a27a1af0", "grade": false, "grade_id": "BatchLinear", "locked": false, "schema_version": 3, "solution": true, "task": false}
class BatchLinear(Linear):
    """The linear layer for any number of samples at once; `forward` is inherited."""

    def backward(self, x, grad_output):
        """Store grad_weight (23), shape (in, out), and grad_bias (24), shape (out,); return (2), shape (N, in).

        x has shape (N, in), grad_output has shape (N, out).
        """
        # YOUR CODE HERE
        raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "8c0489579cc75c0b0668174fa0cd1d28", "grade": true, "grade_id": "check_BatchLinear", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check_BatchLinear(BatchLinear, points=3)

# %% [markdown]
# Your tool from Part 2 agrees, now with seven samples at once:

# %% tags=["explore"]
check_layers(TwoLayerNetwork(4, 5, 3, linear=BatchLinear, output=Tanh, seed=1), MSECriterion(), x[:7] / 6, y[:7])


# %% [markdown]
# ## Training in mini-batches (3 points)
#
# An epoch now takes `batch_size` rows at a time, in order, with one update (11) after each mini-batch. If the number of
# samples is not a multiple of `batch_size`, the last mini-batch is smaller: 1000 samples in batches of 32 make 31 full
# ones and one of 8. Every sample counts the same in the mean loss of the epoch, so add up the losses and divide once by
# the number of **samples** $N$:
#
# $$\bar L = \frac{1}{N} \sum_{\text{batches } B} L_B \tag{25}$$
#
# The gradient of a batch is a sum, so one step with 32 samples is about as long as 32 steps with one. Do not divide it
# by anything; whoever calls the function chooses a smaller learning rate.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "eb2aef2d647e77d6a02b7913ab3ff057", "grade": false, "grade_id": "train_minibatch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_minibatch(network, criterion, x, y, learning_rate, epochs, batch_size):
    """Train the network in mini-batches; return the mean loss (25) of each epoch, a list of length epochs.

    x has shape (N, in), y has shape (N, out); the last mini-batch of an epoch may be smaller than batch_size.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4c884b542aaf5e2336eeca725d9023c0", "grade": true, "grade_id": "check_train_minibatch", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check_train_minibatch(train_minibatch, points=3)

# %% [markdown]
# ### What it buys
#
# Mini-batches of 32, and for once all the 400 epochs:

# %% tags=["explore"]
batch_network = start_spread_out(TwoLayerNetwork(4, 50, 3, linear=BatchLinear, output=Tanh), x)
batch_losses = train_minibatch(batch_network, MSECriterion(), x, y, learning_rate=0.003, epochs=400, batch_size=32)

print(f"400 epochs, mean loss of the last one {batch_losses[-1]:.3f}")
plot_losses({"tanh at the end, mini-batches of 32": batch_losses}, floor)

# %% [markdown]
# Things to try, without points:
#
# - **Batch sizes.** 1, 8, 128 and 1000. How must the learning rate change, and which one is done first by the clock?
# - **Learning rates.** 0.1 with a batch size of 32: what does the loss do, and which line of this notebook explains it?
# - **Parts.** Put a `ReLU` in the middle with `network.layers[1] = ReLU()`, or use `AbsCriterion`. Nothing else changes.
# - **A wild label.** Set `y[0] = 100` in a copy of the labels, and compare the two criteria.
# - **New data.** `make_data(seed=5)` draws samples that no network has seen. How large is the loss there, and why?

# %% [markdown]
# ## Conventions of the six exercises
#
# Books differ in their conventions, and so do these exercises, so that you can read them all. The same table stands in
# each of them. Nothing in it is more right than its neighbour, as long as you do not mix two columns.
#
# | | 1 | 2 | 3, Parts 1 to 4 | 3, Parts 5 and 6 | 4 | 5 | 6 |
# |:--|:--|:--|:--|:--|:--|:--|:--|
# | a sample is | a column | a column | a flat vector | a row | a row | a row | a row |
# | shape of $W$ | (to, from) | (from, to) | (to, from) | (from, to) | (from, to) | (from, to) | (to, from) |
# | **weighted input** | $s = W o$ | $z = W^\top x + b$ | $z = W a + b$ | $Z = A W + b$ | $x\,W + b$ | $Z = A W + b$ | $S = O W^\top$ |
# | **output** | $o$ | $a$ | $a$ | $A$ | $a$ | $A$ | $O$ |
# | should be | target $t$ | label $y$ | target $t$ | target $T$ | label $y$ | label $Y$ | target $T$ |
# | **loss** | $E$, "error" | $L$ | $C$, "cost" | $C$, "cost" | $L$ | $C$ | $E$ |
# | over outputs | half the sum | sum | mean | mean (Part 6: sum) | sum | mean | half the sum |
# | over samples | – | sum | – | mean | sum | mean | sum |
# | **error signal** | $\delta = -\frac{\partial E}{\partial s}$ | $\delta = +\frac{\partial L}{\partial z}$ | $\delta = +\frac{\partial C}{\partial z}$ | $\Delta = +\frac{\partial C}{\partial Z}$ | $g = +\frac{\partial L}{\partial \text{output}}$ | $\Delta = +\frac{\partial C}{\partial Z}$ | $\Delta = +\frac{\partial E}{\partial S}$ |
# | change of $W$ | $+\varepsilon\, \delta\, o^\top$ | $-\eta\, x\, \delta^\top$ | $-\eta\, \delta\, a^\top$ | $-\eta\, A^\top \Delta$ | $-\eta\, x^\top g$ | $-\eta\, A^\top \Delta$ | $-\varepsilon\, \Delta^\top O$ |
#
# One word for each idea: a **neuron** (elsewhere also *unit* or *node*) adds up its **weighted input** (*pre-activation*,
# *net input*; in front of a softmax *logit*), and its activation function turns that into its **output** (*activation*).
# The **loss** (*error*, *cost*, *objective*) says how bad all outputs are together, and the **error signal** (*delta*, *local
# gradient*) of a neuron says how the loss depends on its weighted input. In the last row, $o$, $x$, $a$, $A$ and $O$ are what
# the layer received.

# %% [markdown]
# ## What you can do now
#
# - You can write a layer or a criterion as two small methods, and plug it into any network.
# - You know what a single layer can learn and what it cannot, and you measure a network against a baseline.
# - You can test any `backward` with a numerical gradient. You have seen it find a bug, and you know the kind that it cannot
#   find.
# - You know what summing over a batch means for weights and biases, and what happens to a bias that is not summed.
# - You check the range of the last layer against the range of the labels before you blame the learning rate.
#
# **Where next?** In `05_neural_network` you derive the equations of a network of any depth on paper, turn them into four
# methods, and watch the network find its way between five points. Keep the numerical gradient at hand.

# %% [markdown]
# ## Further reading
#
# - David Rumelhart, Geoffrey Hinton and Ronald Williams, *Learning representations by back-propagating errors*, Nature 323 (1986),
#   533–536, [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0). Four pages, with the gradient descent of Part 1.
# - Yann LeCun, Léon Bottou, Genevieve Orr and Klaus-Robert Müller, *Efficient BackProp*, in Neural Networks: Tricks of the Trade,
#   Springer (2012), 9–48, [doi:10.1007/978-3-642-35289-8_3](https://doi.org/10.1007/978-3-642-35289-8_3). Networks as boxes with two methods, the
#   stochastic gradient against the batch, and why tanh is often better than the sigmoid.
# - Léon Bottou, Frank Curtis and Jorge Nocedal, *Optimization methods for large-scale machine learning*, SIAM Review 60 (2018),
#   223–311,
#   [doi:10.1137/16M1080173](https://doi.org/10.1137/16M1080173). When single samples, mini-batches or everything at once?
# - Jorge Nocedal and Stephen Wright, *Numerical Optimization*, 2nd edition, Springer (2006), chapter 8 on difference quotients and their
#   errors, [doi:10.1007/978-0-387-40065-5](https://doi.org/10.1007/978-0-387-40065-5).
# - Xavier Glorot and Yoshua Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS (2010),
#   249–256,
#   [proceedings.mlr.press/v9/glorot10a](https://proceedings.mlr.press/v9/glorot10a.html). Where the start weights of `Linear`
#   come from.
