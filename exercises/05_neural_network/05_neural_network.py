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
# # 5 · A neural network, from its equations to its picture
#
# In this notebook you build a neural network that learns, and nothing in it is hidden from you. First you derive
# back-propagation on paper. Then you turn it into four methods and one function. At the end you watch your network find
# its way between five points.
#
# **What you need.** The chain rule for several variables, matrix products, and a little Python. Exercises 1 to 4 are a
# good warm-up. PyTorch serves as an array library only: no automatic differentiation, no ready-made layers.
#
# **How long it takes.** About three and a half hours, and the parts can be done on different days.
#
# | part | what you do | points | time |
# |---|---|---|---|
# | – | five guesses, before you know | 1 | 10 min |
# | 1 | derive the equations | 12 | 85 min |
# | 2 | write `forward`, `get_loss`, `backward`, `apply_gradients`, `train` | 27 | 75 min |
# | 3 | play with depth, width, learning rate and start weights | – | 40 min |

# %% [markdown]
# ## How to work
#
# 1. Write your code where a cell says `# YOUR CODE HERE`, and delete the line that raises `NotImplementedError`.
# 2. Run the cell, then run the **check cell** right below it. It tries your code on networks of other sizes and reports
#    what it found: what is right, where the first error starts, and its cause where that can be told.
# 3. Stuck? Type `hint("backward")` in a new cell, with the name of the task. There are three hints for each task. Ask
#    again for the next one, and none of them will spoil the fun by showing you code.
#
# You may run a check as often as you like. Every formula has a number, and the reports use the same numbers.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "efaac3f75c011deb78e088069c037517", "grade": false, "grade_id": "given_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from checks import (
    check_apply_gradients,
    check_backward,
    check_forward,
    check_get_loss,
    check_predictions,
    check_train,
    hint,
    needs,
    progress,
)
from checks.widgets import explore_training, inspect_gradients, try_a_bug

needs("torch")  # where it is missing, this says how to install it
import torch

# Double precision makes comparisons sharp: two right gradients agree to about 15 digits.
torch.set_default_dtype(torch.float64)

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# ## Guess first (1 point)
#
# Five questions, before the first equation. A guess that turns out wrong is remembered better than a sentence that was only
# read, so guess, run the check, and come back when you know more.
#
# 1. `parameters`: A network has 2 inputs, hidden layers of 5 and 3 neurons, and 1 output. All neighbouring layers are fully
#    connected, and every neuron but the inputs has a bias. How many numbers can it learn?
# 2. `constant`: Five samples have the labels 1, 0, 0, 0, 0, and a network answers 0.2 to each of them. How large is the mean
#    squared error?
# 3. `broadcast`: `y_pred` has the shape `(5, 1)` and `y` the shape `(5,)`. What does PyTorch make of `y_pred - y`?
#    - **a)** an error
#    - **b)** five differences, of shape `(5, 1)`
#    - **c)** 25 differences, of shape `(5, 5)`
# 4. `zero`: A network with tanh in its hidden layers and the sigmoid at its end starts with all weights and biases at 0, and
#    meets the five samples of question 2. Which of its gradients differ from 0 in the first step?
#    - **a)** none
#    - **b)** that of the last layer's bias alone
#    - **c)** those of the last layer's weight and bias
#    - **d)** all
# 5. `scale`: You copy every sample ten times, so that the data set has 50 rows instead of 5. The loss is the mean over all
#    entries. What becomes of the gradients?
#    - **a)** ten times as large
#    - **b)** the same
#    - **c)** a tenth

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "cd39851f347f606e4aec4fccf695b716", "grade": false, "grade_id": "predictions", "locked": false, "schema_version": 3, "solution": true, "task": false}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"parameters": None, "constant": None, "broadcast": None, "zero": None, "scale": None}
# YOUR CODE HERE
raise NotImplementedError()

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "39f496730114c3cceec6d18dc5619e38", "grade": true, "grade_id": "check_predictions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_predictions(predictions, points=1)

# %% [markdown]
# ## The task
#
# Five points in the plane: one at the origin with label 1, and four around it with label 0. No straight line separates
# the one from the four, so a network without a hidden layer has no chance.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "87f173f1ecf23182f35054cfdb7fad34", "grade": false, "grade_id": "given_data", "locked": true, "schema_version": 3, "solution": false, "task": false}
x = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]])  # (5, 2)
y = torch.tensor([[1.0], [0.0], [0.0], [0.0], [0.0]])  # (5, 1): one row per sample

# %% [markdown]
# This is the network: two inputs, hidden layers of five and three neurons with tanh, one output with the sigmoid.

# %% tags=["explore"]
from checks.drawing import draw_network, sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

draw_network(
    [2, 5, 3, 1],
    labels={(0, 0): "$x_1$", (0, 1): "$x_2$", (3, 0): r"$\hat{y}$"},
    layer_names=["input\n$A^{(0)} = X$", "tanh\n$A^{(1)}$", "tanh\n$A^{(2)}$", "sigmoid\n$A^{(3)}$"],
    edge_names=["$W^{(1)}, b^{(1)}$", "$W^{(2)}, b^{(2)}$", "$W^{(3)}, b^{(3)}$"],
)


# %% [markdown]
# ## The network in symbols
#
# There are $L$ layers. A number in brackets, as in $W^{(2)}$, names a layer; it is not a power. Layer $l$ turns the row
# vector $a^{(l-1)}$ into $a^{(l)}$ in two steps: a weighted input, then an activation function applied to each entry.
#
# $$z^{(l)} = a^{(l-1)}\, W^{(l)} + b^{(l)} \tag{1}$$
#
# $$a^{(l)} = \varphi^{(l)}\!\left(z^{(l)}\right) \tag{2}$$
#
# The first input is the sample, $a^{(0)} = x$, and the last output is the prediction, $a^{(L)} = \hat{y}$. Every layer may have
# an activation function $\varphi^{(l)}$ of its own. In the network that you will write it is $\tanh$ in the hidden layers and
# the sigmoid $\sigma$ in the last one; the equations hold for any that can be differentiated.
#
# A whole **batch** of $N$ samples goes through at once. Stack the samples as the rows of a matrix, write capital letters
# $X, Z, A, \hat{Y}$, and (1) and (2) stay as they are; $b^{(l)}$ is then added to every row.
#
# With $K$ outputs, the loss is the mean squared error
#
# $$C = \frac{1}{N K} \sum_{n=1}^{N} \sum_{k=1}^{K} \left(\hat{y}_{nk} - y_{nk}\right)^2 \tag{3}$$
#
# and its derivative with respect to the outputs $A^{(L)} = \hat{Y}$ is the **loss gradient**
#
# $$\frac{\partial C}{\partial A^{(L)}} = \frac{2}{N K} \left(\hat{Y} - Y\right). \tag{4}$$
#
# > **Convention.** The loss is the mean over **all** $N \cdot K$ entries, without a factor ½. Exercise 4 had the plain sum.
# > Other books divide by $N$ only, or by $2N$; their gradients differ from ours by a constant factor.
# >
# > **The sign.** Error signals and gradients point **uphill**, as in exercises 2 to 4: they are $+\partial C$, and the update
# > subtracts. Exercise 1 carried $-\partial E$ and added. The table at the end of this notebook says what holds where.

# %% [markdown]
# ### Symbols and their names in the code
#
# Layer $l$ has $n_l$ neurons, and $n_0$ is the number of inputs. In code it is `layer = net.layers[l - 1]`, because Python
# counts from 0. After a forward pass, a layer remembers what went in and what came out.
#
# | symbol | meaning | in code | shape |
# |:--|:--|:--|:--|
# | $X,\; Y$ | inputs and labels | `x`, `y` | $(N, n_0),\; (N, K)$ |
# | $A^{(l-1)}$ | what the layer received | `layer.last_input` | $(N, n_{l-1})$ |
# | $Z^{(l)}$ | weighted input ("z in") | `layer.last_zin` | $(N, n_l)$ |
# | $A^{(l)}$ | output ("z out") | `layer.last_zout` | $(N, n_l)$ |
# | $W^{(l)}$ | weights | `layer.get_weight()` | $(n_{l-1}, n_l)$ |
# | $b^{(l)}$ | bias | `layer.get_bias()` | $(n_l,)$ |
# | $\varphi^{(l)\prime}(z)$ | derivative of the activation at $z$ | `layer.act.get_gradient(z)` | shape of $z$ |
# | $\nabla W^{(l)}$ | gradient of $C$ with respect to $W^{(l)}$ | `layer.set_weight_gradient(g)` stores it | $(n_{l-1}, n_l)$ |
# | $\nabla b^{(l)}$ | gradient of $C$ with respect to $b^{(l)}$ | `layer.set_bias_gradient(g)` stores it | $(n_l,)$ |
# | $\eta$ | learning rate | `learning_rate`, `lr` | a number |
#
# A weight $W^{(l)}_{ij}$ leads **from** neuron $i$ of layer $l-1$ **to** neuron $j$ of layer $l$. The symbol $\odot$ is the
# product entry by entry, `*` in code; the matrix product is `@`.

# %% [markdown]
# # Part 1 · Derivations
#
# Take one sample for now, and let $C$ be any differentiable function of its output $a^{(L)}$. The hero of the story is
# the **error signal** of neuron $j$ in layer $l$: how much the loss changes when that neuron's weighted input moves,
#
# $$\delta^{(l)}_j = \frac{\partial C}{\partial z^{(l)}_j}. \tag{D}$$
#
# Let the activation functions be any that work entry by entry and have a derivative, $\varphi^{(l)\prime}$. Which ones they are
# matters in Question 6 only. Six short questions lead from (D) to code. Each tells you the result, so marks are for the
# **steps**: name the rule you use, and say why a sum appears or disappears. LaTeX between dollar signs is welcome, and so is
# plain text. A missing derivation does not block the code: all results are listed again after the last question.

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "0ef766ae2a6dfba5adf1920273fe88c2", "grade": false, "grade_id": "ask_output_error", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 1 · The error signal of the last layer (1 point)
#
# Start from (D) and (2), and show that for every output $k$
#
# $$\delta^{(L)}_k = \frac{\partial C}{\partial a^{(L)}_k}\; \varphi^{(L)\prime}\!\left(z^{(L)}_k\right). \tag{5a}$$

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "44a7e1954b1035147ddc24369c3e32e0", "grade": true, "grade_id": "derive_output_error", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "70dddb2f9e85df63824c2ca5d2e6b2b9", "grade": false, "grade_id": "ask_weight_gradients", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 2 · The gradients of the weights and of the bias (2 points)
#
# Suppose that you know the error signal of layer $l$. Use (1) to show that
#
# $$\frac{\partial C}{\partial W^{(l)}_{ij}} = a^{(l-1)}_i\, \delta^{(l)}_j \tag{8a}$$
#
# $$\frac{\partial C}{\partial b^{(l)}_j} = \delta^{(l)}_j. \tag{9a}$$

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "a86c06dd0ddd46935be792ddad41f6b2", "grade": true, "grade_id": "derive_weight_gradients", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "ae8201d6e1fd7f8c1af26c2b74dcc165", "grade": false, "grade_id": "ask_hidden_error", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 3 · One layer back (3 points)
#
# Now the step that gave back-propagation its name. Layer $l$ is a hidden layer, and the error signal of the layer above
# it, $\delta^{(l+1)}$, is known. Show that
#
# $$\delta^{(l)}_i = \Big( \sum_j W^{(l+1)}_{ij}\, \delta^{(l+1)}_j \Big)\, \varphi^{(l)\prime}\!\left(z^{(l)}_i\right). \tag{7a}$$

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "2846a41188a13bced72b016940b49991", "grade": true, "grade_id": "derive_hidden_error", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "88063f8b91118e6b849e6dce79d6bdf1", "grade": false, "grade_id": "ask_single_sample", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 4 · Away with the indices (2 points)
#
# Still one sample. Read $a^{(l)}$, $z^{(l)}$ and $\delta^{(l)}$ as **rows** of shape $(1, n_l)$. Show that your
# results so far say the same as
#
# $$\delta^{(L)} = \frac{\partial C}{\partial a^{(L)}} \odot \varphi^{(L)\prime}\!\left(z^{(L)}\right) \tag{5b}$$
#
# $$\delta^{(l)} = \left(\delta^{(l+1)}\, W^{(l+1)\top}\right) \odot \varphi^{(l)\prime}\!\left(z^{(l)}\right) \tag{7b}$$
#
# $$\nabla W^{(l)} = a^{(l-1)\top} \delta^{(l)} \tag{8b}$$
#
# $$\nabla b^{(l)} = \delta^{(l)}. \tag{9b}$$
#
# Give the shape of each product.

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "c575922aefc23fdc6d8309b8824ec597", "grade": true, "grade_id": "derive_single_sample", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "4062e1b8dd00452aac9d3dd7dcedea76", "grade": false, "grade_id": "ask_batch", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 5 · A whole batch (3 points)
#
# Now $N$ samples at once. $\Delta^{(l)}$ is the matrix of shape $(N, n_l)$ with the entries
# $\Delta^{(l)}_{nj} = \partial C / \partial Z^{(l)}_{nj}$, where $C$ is the loss (3) of the whole batch. Derive the
# batched equations (5), (7), (8) and (9), which stand in the next section. Explain three things:
#
# - why (5) and (7) still treat every sample on its own,
# - why (8) and (9) sum over the samples,
# - where the factor $\frac{1}{NK}$ of the loss comes in, and why (8) and (9) do not contain it once more.

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "5a42d9d3e30de272ed507d74cf7c1f91", "grade": true, "grade_id": "derive_batch", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "e57d3ba454b26b7dde79f29a0f760cb4", "grade": false, "grade_id": "ask_activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 6 · Two examples: tanh and the sigmoid (1 point)
#
# So far $\varphi^{(l)}$ could be anything. Take $\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}$ in the hidden layers and
# $\sigma(z) = \frac{1}{1 + e^{-z}}$ at the output. Show that
#
# $$\tanh'(z) = 1 - \tanh^2(z), \qquad \sigma'(z) = \sigma(z)\,\big(1 - \sigma(z)\big). \tag{E}$$
#
# What do (5a) and (7a) look like then, if you write all derivatives with the outputs $a$ alone?

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "fed8ece82188a0afc6d85222f42d7706", "grade": true, "grade_id": "derive_activations", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# ## What the code needs
#
# These are the equations of the backward pass, for a batch. Whatever happened in Part 1, you may use them as facts.
#
# **Output error signal**
#
# $$\Delta^{(L)} = \frac{\partial C}{\partial A^{(L)}} \odot \varphi^{(L)\prime}\!\left(Z^{(L)}\right) \tag{5}$$
#
# **Error passed back through the weights**
#
# $$\frac{\partial C}{\partial A^{(l)}} = \Delta^{(l+1)}\, W^{(l+1)\top} \tag{6}$$
#
# **Hidden error signal**
#
# $$\Delta^{(l)} = \left(\Delta^{(l+1)}\, W^{(l+1)\top}\right) \odot \varphi^{(l)\prime}\!\left(Z^{(l)}\right) \tag{7}$$
#
# **Weight gradient**
#
# $$\nabla W^{(l)} = A^{(l-1)\top} \Delta^{(l)} \tag{8}$$
#
# **Bias gradient**: the column sums of $\Delta^{(l)}$, that is, its sum over the samples
#
# $$\nabla b^{(l)}_j = \sum_{n=1}^{N} \Delta^{(l)}_{nj} \tag{9}$$
#
# **Update** with learning rate $\eta$
#
# $$W^{(l)} \leftarrow W^{(l)} - \eta\, \nabla W^{(l)}, \qquad b^{(l)} \leftarrow b^{(l)} - \eta\, \nabla b^{(l)} \tag{10}$$
#
# Look at (5) and (7) side by side: both take the derivative of the loss with respect to a layer's output and multiply it
# by the derivative of **that layer's** activation, $\sigma'$ in the last layer and $\tanh'$ below. In code each layer knows its
# own: `layer.act.get_gradient(z)`. It pays to notice this before you write `backward`.

# %% [markdown]
# # Part 2 · The code
#
# The next five cells are given. Read them once from top to bottom: they are short, and you will call nearly all of it.
#
# A `Linear` object holds the parameters of one layer and computes (1).

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "124c46de8190c74f8628c771da802695", "grade": false, "grade_id": "given_linear", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Linear:
    """The weighted input x W + b of one layer, formula (1), with its parameters and gradients."""

    def __init__(self, in_features, out_features):
        """Draw a weight (in, out) from Glorot's uniform distribution; the bias (out,) is zero."""
        limit = (6 / (in_features + out_features)) ** 0.5
        self.weight = torch.empty(in_features, out_features).uniform_(-limit, limit)
        self.bias = torch.zeros(out_features)
        self.weight_grad = None  # (in, out) after the first backward pass
        self.bias_grad = None  # (out,) after the first backward pass

    def forward(self, x):
        """Return the weighted inputs, shape (N, out), of inputs x of shape (N, in)."""
        return x @ self.weight + self.bias


# %% [markdown]
# An activation function works entry by entry, so `get_gradient` returns one derivative per entry of z.
# Note its argument: it wants the weighted input z, not the output a.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "116d95b528a7db621897d72dc8b2aa0c", "grade": false, "grade_id": "given_activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
class Sigmoid:
    """The sigmoid 1 / (1 + exp(-z)), which maps any number into (0, 1)."""

    def forward(self, z):
        """Return the sigmoid of every entry; same shape as z."""
        return torch.sigmoid(z)

    def get_gradient(self, z):
        """Return the derivative of the sigmoid at every entry of z; same shape as z."""
        s = torch.sigmoid(z)
        return s * (1 - s)


class TanH:
    """The hyperbolic tangent, which maps any number into (-1, 1)."""

    def forward(self, z):
        """Return the hyperbolic tangent of every entry; same shape as z."""
        return torch.tanh(z)

    def get_gradient(self, z):
        """Return the derivative of tanh at every entry of z; same shape as z."""
        return 1 - torch.tanh(z) ** 2


# %% [markdown]
# The loss insists on labels and predictions of the same shape. You will see in a moment why that is a kindness.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "ed068971f138e4f1ff1f192dc9a75f41", "grade": false, "grade_id": "given_loss", "locked": true, "schema_version": 3, "solution": false, "task": false}
def refuse_unequal_shapes(y_true, y_pred):
    """Raise a ValueError unless labels and predictions have the same shape."""
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"the labels have shape {tuple(y_true.shape)}, but the predictions have shape "
            f"{tuple(y_pred.shape)}. Both must be (N, K), one row per sample. "
            "Labels of shape (N,) become (N, 1) with y.reshape(-1, 1)."
        )


class MSELoss:
    """The mean squared error over all N * K entries, formula (3), and its gradient (4)."""

    def forward(self, y_true, y_pred):
        """Return the loss of predictions (N, K) against labels (N, K): a tensor holding one number."""
        refuse_unequal_shapes(y_true, y_pred)
        return ((y_pred - y_true) ** 2).mean()

    def get_gradient(self, y_true, y_pred):
        """Return the derivative of the loss with respect to every prediction, shape (N, K)."""
        refuse_unequal_shapes(y_true, y_pred)
        return 2 / y_pred.numel() * (y_pred - y_true)


# %% [markdown]
# A `NeuralLayer` joins a `Linear` and an activation, and remembers its last forward pass. The memories
# `last_input`, `last_zin` and `last_zout` live here, in the layer, not in its `linear`.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4bb3b8057cbd061e6b0bf5b14aaa24ed", "grade": false, "grade_id": "given_layer", "locked": true, "schema_version": 3, "solution": false, "task": false}
class NeuralLayer:
    """One layer: a linear part (1), then an activation (2); it remembers its last forward pass."""

    def __init__(self, in_features, out_features, activation):
        """Make a layer with inputs (N, in) and outputs (N, out); nothing is remembered yet."""
        self.linear = Linear(in_features, out_features)
        self.act = activation
        self.last_input = None  # A of the layer below, (N, in)
        self.last_zin = None  # Z of this layer, (N, out)
        self.last_zout = None  # A of this layer, (N, out)

    def forward(self, x):
        """Return the outputs, shape (N, out), for inputs x of shape (N, in); remember the pass."""
        self.last_input = x
        self.last_zin = self.linear.forward(x)
        self.last_zout = self.act.forward(self.last_zin)
        return self.last_zout

    def get_weight(self):
        """Return the weight itself, shape (in, out)."""
        return self.linear.weight

    def get_bias(self):
        """Return the bias itself, shape (out,)."""
        return self.linear.bias

    def set_weight_gradient(self, gradient):
        """Store the gradient of the loss with respect to the weight, shape (in, out)."""
        self.linear.weight_grad = self._same_shape("weight", self.linear.weight, gradient)

    def set_bias_gradient(self, gradient):
        """Store the gradient of the loss with respect to the bias, shape (out,)."""
        self.linear.bias_grad = self._same_shape("bias", self.linear.bias, gradient)

    @staticmethod
    def _same_shape(name, parameter, gradient):
        gradient = torch.as_tensor(gradient)
        if gradient.shape != parameter.shape:
            raise ValueError(
                f"this layer's {name} has shape {tuple(parameter.shape)}, but the gradient you gave has "
                f"shape {tuple(gradient.shape)}. A gradient has the shape of its parameter."
            )
        return gradient


# %% [markdown]
# And the network: a list of layers and a loss. Four of its methods are missing. They are yours.
#
# Each method gets a cell of its own. The line `@add_to_class(NeuralNetwork)` above a function turns it into a method of
# the class, also for networks that exist already. So after a correction you run that one cell and its check again.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "5ad59e49efc5c9ac408ac3d69b561ea3", "grade": false, "grade_id": "given_network", "locked": true, "schema_version": 3, "solution": false, "task": false}
class NeuralNetwork:
    """A fully connected network: hidden layers with tanh, sigmoid at the output, mean squared error."""

    def __init__(self, input_size, output_size, hidden_sizes):
        """Make the layers: NeuralNetwork(2, 1, [5, 3]) has 2 inputs and layers of 5, 3 and 1 neurons."""
        hidden_sizes = list(hidden_sizes)
        if not hidden_sizes:
            raise ValueError(
                "hidden_sizes is empty, but this network needs at least one hidden layer, e.g. [5, 3]."
            )
        sizes = [input_size, *hidden_sizes, output_size]
        activations = [TanH() for _ in hidden_sizes] + [Sigmoid()]
        self.layers = [
            NeuralLayer(size_in, size_out, activation)
            for size_in, size_out, activation in zip(sizes[:-1], sizes[1:], activations)
        ]
        self.loss = MSELoss()


def add_to_class(cls):
    """Return a decorator that makes the function below it a method of the class `cls`."""

    def attach(function):
        setattr(cls, function.__name__, function)
        return function

    return attach


# %% [markdown]
# ### The forward pass (4 points)
#
# Formulas (1) and (2), layer after layer. Let every layer do its own work through `NeuralLayer.forward`: that is how it
# gets its memories, and `backward` will need them. Your method must work for any number of layers and samples.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "9fbbcccc5fd22145e834cdb5d5ea3d0f", "grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
@add_to_class(NeuralNetwork)
def forward(self, x):
    """Return the network's outputs, shape (N, output_size), for inputs x of shape (N, input_size).

    Afterwards every layer in self.layers remembers this pass.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "286982e629cf6a4c7ec458c6ebd3c5a2", "grade": true, "grade_id": "check_forward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_forward(NeuralNetwork(2, 1, [5, 3]), points=4)

# %% [markdown]
# Before we teach the network anything, let us see what it thinks. The next cell defines the pictures; the one below it
# shows an untrained network. It answers for every point of the plane, and its opinions are random.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "abbe9ce1c960d3ce0df02a02bf798fd4", "grade": false, "grade_id": "given_pictures", "locked": true, "schema_version": 3, "solution": false, "task": false} tags=["explore"]
import matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

purple_to_orange = LinearSegmentedColormap.from_list("", ["#8073ac", "#f7f7f7", "#e08214"])


def plot_decision_boundary(x, y, net, ax=None):
    """Draw the samples on the network's output, with a line where it is 0.5; return the figure."""
    side = torch.linspace(-2, 2, 50)
    across, up = torch.meshgrid(side, side, indexing="xy")
    grid = torch.stack([across.flatten(), up.flatten()], dim=1)  # (2500, 2)
    output = net.forward(grid).reshape(50, 50)

    if ax is None:
        figure, ax = plt.subplots(figsize=(4.6, 3.8), layout="constrained")
        plt.close(figure)  # the notebook shows the returned figure; an open one would appear twice
    shades = ax.contourf(across, up, output, torch.linspace(0, 1, 65), cmap=purple_to_orange)
    ax.figure.colorbar(shades, ax=ax, label="output of the network", ticks=[0, 0.5, 1])
    if output.min() < 0.5 < output.max():
        ax.contour(across, up, output, levels=[0.5], colors="black", linewidths=1.5)
    for label, marker, size, colour in [(1, "*", 190, "#fee0b6"), (0, "o", 70, "#d8daeb")]:
        x1, x2 = x[y[:, 0] == label].T
        ax.scatter(x1, x2, s=size, marker=marker, c=colour, edgecolors="black", label=f"label {label}")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=9)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=range(-2, 3), yticks=range(-2, 3), aspect="equal")
    return ax.figure


def plot_training(x, y, net, losses):
    """Draw the decision boundary and the loss of every epoch side by side; return the figure."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.8), layout="constrained")
    plt.close(figure)
    plot_decision_boundary(x, y, net, ax=left)
    right.plot(torch.as_tensor(losses), color="#5e3c99")
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    right.grid(alpha=0.3)
    return figure


# %% tags=["explore"]
torch.manual_seed(1)
plot_decision_boundary(x, y, NeuralNetwork(2, 1, [5, 3]))

# %% [markdown]
# ### The broadcasting trap
#
# Here is an error that costs real projects real days. Suppose that the labels had shape `(5,)` instead of `(5, 1)`.
# Subtract them from outputs of shape `(5, 1)`, and PyTorch stretches both to `(5, 5)`: every output is compared with
# every label. Nothing crashes. The loss is a plausible number. It is wrong.

# %% tags=["explore"]
y_pred = torch.tensor([[0.6], [0.4], [0.3], [0.5], [0.4]])  # what a network might answer, shape (5, 1)
flat = y.flatten()  # the labels, but of shape (5,)

for verdict, labels in [("right", y), ("wrong", flat)]:
    difference = y_pred - labels
    mean_square = (difference**2).mean()
    print(f"{verdict}: a difference of shape {tuple(difference.shape)}, mean square {mean_square:.3f}")

# %% [markdown]
# This is why `MSELoss` refuses shapes that differ, and says so:

# %% tags=["explore"]
try:
    MSELoss().forward(flat, y_pred)
except ValueError as error:
    print("ValueError:", error)


# %% [markdown]
# ### The loss (2 points)
#
# Formula (3), for the network's own predictions. The network carries its loss in `self.loss`.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "7577363f6ce72707d1472cc9ee8391fd", "grade": false, "grade_id": "get_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    """Return the loss (3) of the network's outputs for x against the labels y: a tensor holding one number.

    x has shape (N, input_size), y has shape (N, output_size).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "c2d388e3e8ca56899a153d15e15fe529", "grade": true, "grade_id": "check_get_loss", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_get_loss(NeuralNetwork(2, 1, [5, 3]), points=2)


# %% [markdown]
# ### The backward pass (12 points)
#
# This is the heart of it: formulas (4) to (9) in code. The forward pass is already there, so the layers' memories are
# fresh. Work from the last layer to the first, and store each layer's two gradients with its setters.
#
# Three good habits before you type:
#
# - Write down the shape of every quantity. For this data set the error signal of the last layer is $(5, 1)$.
# - Some errors hide when sizes happen to agree. The check uses other depths, widths, outputs and batches than ours.
# - `backward` measures and stores. It changes no weight and no bias.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "0b2300571e062db69ef581e6b6dfa317", "grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    """Store the gradients of the loss in every layer: weight gradient (in, out), bias gradient (out,).

    x has shape (N, input_size), y has shape (N, output_size). Returns nothing.
    """
    y_pred = self.forward(x)  # given
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "5b9c778d14789a15406f109d66ea59cc", "grade": true, "grade_id": "check_backward", "locked": true, "points": 12, "schema_version": 3, "solution": false, "task": false}
check_backward(NeuralNetwork(2, 1, [5, 3]), points=12)

# %% [markdown]
# #### A habit for life: compare with a difference quotient
#
# You can test any gradient without knowing its formula. Nudge one weight up and down by a small $h$, and watch the loss:
# $\big(C(w + h) - C(w - h)\big) / 2h$ is nearly $\partial C / \partial w$. Change the layer and the indices, and try
# other values of `h`. Which one agrees best, and why is smaller not always better?

# %% tags=["explore"]
torch.manual_seed(1)
probe = NeuralNetwork(2, 1, [5, 3])
probe.backward(x, y)

layer, i, j, h = probe.layers[0], 1, 2, 1e-5
w = layer.get_weight()
by_formula = layer.linear.weight_grad[i, j].item()

w[i, j] += h
loss_above = probe.get_loss(x, y)
w[i, j] -= 2 * h
loss_below = probe.get_loss(x, y)
w[i, j] += h  # put the weight back
by_difference = ((loss_above - loss_below) / (2 * h)).item()

print(f"by back-propagation   {by_formula:.8f}")
print(f"by a difference       {by_difference:.8f}")

# %% [markdown]
# And here are all gradients of a small network at once, layer by layer: yours, the right ones, and the difference.

# %% tags=["explore"]
torch.manual_seed(1)
inspect_gradients(NeuralNetwork(2, 1, [5, 3]), x, y)


# %% [markdown]
# ### The update (4 points)
#
# Formula (10): one step downhill for every weight and every bias. The gradients are where `backward` stored them,
# in `layer.linear.weight_grad` and `layer.linear.bias_grad`; the parameters are `layer.linear.weight` and
# `layer.linear.bias`.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "6b7544a7edba35db74c0c10e036e8a77", "grade": false, "grade_id": "apply_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    """Move every layer's weight (in, out) and bias (out,) by one step (10), with the stored gradients.

    learning_rate is a number. Returns nothing.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "594ababb9dfbde5c0e4c97fd401d7da1", "grade": true, "grade_id": "check_apply_gradients", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_apply_gradients(NeuralNetwork(2, 1, [5, 3]), points=4)


# %% [markdown]
# ### Training (5 points)
#
# Now let the pieces play together. One **epoch** uses the whole data set once: record the loss, find the gradients, take
# one step. This is a plain function, not a method. It trains the network that it is given and hands it back.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "09b82072b89e4daac8b55058957b0515", "grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(x, y, net, epochs, lr):
    """Train the network net for a number of epochs with learning rate lr.

    x has shape (N, input_size), y has shape (N, output_size). Return (net, losses): the same network,
    and a tensor of shape (epochs,) with the loss before each epoch's update.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "bc40f93103998e15ca37d7fa03c77dc5", "grade": true, "grade_id": "check_train", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check_train(train, points=5)

# %% [markdown]
# ### The moment of truth
#
# 2500 epochs with learning rate 0.25, on the untrained network that you saw above.

# %% tags=["explore"]
torch.manual_seed(1)
net, losses = train(x, y, NeuralNetwork(2, 1, [5, 3]), epochs=2500, lr=0.25)

print(f"loss before training {losses[0]:.4f}, at the end {losses[-1]:.4f}")
for point, label, answer in zip(x, y, net.forward(x)):
    print(f"point ({point[0]:2.0f}, {point[1]:2.0f})   label {label.item():.0f}   answer {answer.item():.3f}")

plot_training(x, y, net, losses)

# %% [markdown]
# The black line is the **decision boundary**, where the network is undecided. It goes exactly where five labels and your
# gradients sent it. Where there are no samples nobody told the network anything, and it makes something up.
#
# Look at the curve, too: it rests at 0.16 before it falls. Answering 0.2, the mean of the labels, to every question costs
# exactly that. First the network learns how rare the label 1 is, and only then where it is.

# %% [markdown]
# # Part 3 · Explore
#
# No points here, only curiosity. `explore_training` trains fresh networks of your class while you watch: press **Play**,
# stop whenever you like, change something and start again. **Keep this run** puts a run aside, so that you can compare
# the next one with it. Guess first, then look.

# %% tags=["explore"]
explore_training(NeuralNetwork, x, y)

# %% [markdown]
# Five experiments to begin with:
#
# - **Depth.** Three neurons in each layer, and one to four hidden layers. When does the loss leave 0.16? Does it always?
# - **Learning rate.** From 0.02 upwards: when is it too slow, and when does the curve become ragged?
# - **All zero.** The network ends with the same answer everywhere. Which factor in (7) is zero, and which one in (8)?
# - **Every weight 0.5.** All stripes in the picture are parallel. Why can the neurons of a layer never become different?
# - **Ten times Glorot.** Sometimes it is quick, sometimes it is stuck. What is $\tanh'(z)$ for a large $z$?

# %% [markdown]
# **How few neurons are enough?** Each neuron of the first hidden layer looks at the plane across one straight line. Here are
# two of them. Try one and three, and several seeds for each. Some seeds never leave 0.16. Why is that possible?

# %% tags=["explore"]
explore_training(NeuralNetwork, x, y, hidden=(2,))

# %% [markdown]
# **Can you close the border?** Five labels leave the far corners open. Four more samples say what belongs there. How
# many neurons does the network need now?

# %% tags=["explore"]
corners = torch.tensor([[1.5, 1.5], [1.5, -1.5], [-1.5, 1.5], [-1.5, -1.5]])
nine_points = (torch.cat([x, corners]), torch.cat([y, torch.zeros(4, 1)]))

explore_training(NeuralNetwork, *nine_points)

# %% [markdown]
# **What would a bug have done?** Choose a mistake, predict which check catches it, and see what it does to the gradients
# and to the training. Some mistakes ruin everything at once. The dangerous ones learn nearly as well as you do.

# %% tags=["explore"]
try_a_bug("all")

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
# - You can derive the backward pass of a fully connected network, for one sample and for a batch.
# - You can write it once, so that it works for any depth, width and number of samples.
# - You can tell whether a gradient is right, with a check or with a difference quotient of your own.
# - You know two bugs that need not crash: a silent broadcast, and a sum over the wrong axis.
#
# **Where next?** In `06_frameworks` you return to the small network of exercise 1 and let PyTorch and JAX find the
# gradients. You will know what they do behind the curtain, since you have just done it yourself.

# %% [markdown]
# ## Further reading
#
# - Michael Nielsen, *Neural Networks and Deep Learning*, Determination Press (2015), chapter 2, *How the backpropagation
#   algorithm works*, [neuralnetworksanddeeplearning.com](http://neuralnetworksanddeeplearning.com/chap2.html). The four equations
#   of Part 1, with columns instead of rows.
# - Christopher Bishop, *Pattern Recognition and Machine Learning*, Springer (2006), section 5.3, *Error Backpropagation*, ISBN
#   978-0-387-31073-2. The same derivation for any activation function.
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning*, MIT Press (2016), section 6.5, *Back-Propagation and Other
#   Differentiation Algorithms*, [deeplearningbook.org](https://www.deeplearningbook.org). For any graph of operations.
# - David Rumelhart, Geoffrey Hinton and Ronald Williams, *Learning representations by back-propagating errors*, Nature 323 (1986),
#   533–536, [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0). It starts from small random weights, and says why.
# - Xavier Glorot and Yoshua Bengio, *Understanding the difficulty of training deep feedforward neural networks*, AISTATS (2010),
#   249–256, [proceedings.mlr.press/v9/glorot10a](https://proceedings.mlr.press/v9/glorot10a.html). Why the start weights are as
#   large as they are.
