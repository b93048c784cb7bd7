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
# # 3 · The chain rule, from one layer to a network that learns
#
# Back-propagation is the chain rule, written down in a clever order. In this notebook you write that sentence out. You
# begin with a single layer and every factor of the chain rule as an array of its own, so that nothing is hidden. Layer by
# layer the factors join, until one function differentiates a network of any depth. Then whole batches go through at
# once, and at the end your code learns to tell three kinds of iris apart.
#
# **What you need.** Derivatives of functions of several variables, matrix products, and NumPy. Exercises 1 and 2 are a
# good warm-up.
#
# **How long it takes.** About four and a half hours; each part is a good evening's stop.
#
# | part | what you do | points | time |
# |---|---|---|---|
# | – | guess first | 1 | 10 min |
# | 1 | one layer, its cost, and its gradients by autograd | 4 | 25 min |
# | 2 | every factor of the chain rule, by hand | 8 | 55 min |
# | 3 | two layers, and what changes with more | 8.5 | 55 min |
# | 4 | any number of layers: `backpropagation` | 6 | 40 min |
# | 5 | rows of samples: `backpropagation_batch` | 7.5 | 45 min |
# | 6 | a real task: Iris | 5 | 30 min |

# %% [markdown]
# ## How to work
#
# 1. Write your code where a cell says `# YOUR CODE HERE`, and delete the line that raises `NotImplementedError`.
# 2. Run the cell, then the **check cell** right below it. It tries your function on other numbers and other sizes, and
#    reports what is right, where the first error starts, and its cause where that can be told.
# 3. Stuck? Type `hint("mse_der")` in a new cell, with the name of the function. There are three hints for each, and none
#    of them shows code.
#
# While one function is checked, the earlier ones that it calls are replaced by right ones. So a mistake costs you once.
# Every formula has a number, and the reports use the same numbers.
#
# One habit runs through the whole notebook: **whenever you have a derivative, compare it with one that was found in
# another way.** Here that other way is *autograd*, a library that follows a NumPy computation and differentiates it.
# It knows NumPy's functions through its own copy of NumPy, which is why the next cell imports `np` from there.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "fd4d767e858d99c16b39a51dc7e42a26", "grade": false, "grade_id": "given_setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import autograd.numpy as np  # NumPy, as autograd sees it
from autograd import grad

from checks.chain_rule import (
    check_backpropagation,
    check_backpropagation_batch,
    check_cost_one_layer,
    check_create_layers,
    check_create_layers_batch,
    check_cross_entropy,
    check_dC_dz,
    check_dz_db,
    check_dz_dW,
    check_feed_forward,
    check_feed_forward_batch,
    check_feed_forward_one_layer,
    check_feed_forward_saver,
    check_feed_forward_saver_batch,
    check_feed_forward_two_layers,
    check_gradients_by_autograd,
    check_gradients_layer_1,
    check_gradients_layer_2,
    check_gradients_one_layer,
    check_mse_der,
    check_predictions,
    check_sigmoid_der,
    check_sigmoid_jacobian,
    check_softmax,
    check_softmax_cross_entropy_der,
    check_train_network,
    hint,
    progress,
)

rng = np.random.default_rng(3)  # where all random numbers of this notebook come from

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# ## Guess first (1 point)
#
# Five questions, some about exercises 1 and 2 and some about what is to come. Guess in your head or with a small sketch, run
# the check, and come back whenever you know more.
#
# 1. `entries`: A layer has 4 inputs and 3 outputs, $z = Wx + b$. How many numbers are needed to write down the derivative of
#    $z$ with respect to $W$, zeros included?
# 2. `once`: A network has ten layers. For the gradients of all its weights and biases, how often must the derivative of the
#    cost with respect to the last output be computed?
# 3. `joined`: The derivative of a sigmoid layer with 3 outputs is a matrix of shape (3, 3) with 3 entries that are not zero.
#    How many entries of the derivative of a **softmax** with 3 outputs are not zero?
# 4. `biases`: A batch of 7 samples goes through a layer with 4 inputs and 3 outputs. How many numbers are in the gradient of
#    its bias?
# 5. `twice`: The cost is a mean over the batch. Now every sample is put into the batch a second time. The gradient
#    - **a)** stays the same
#    - **b)** doubles
#    - **c)** halves

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "1f23beca3c886c306223033da6cdeef7", "grade": false, "grade_id": "predictions", "locked": false, "schema_version": 3, "solution": true, "task": false}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"entries": None, "once": None, "joined": None, "biases": None, "twice": None}
# YOUR CODE HERE
raise NotImplementedError()

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "39f496730114c3cceec6d18dc5619e38", "grade": true, "grade_id": "check_predictions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_predictions(predictions, points=1)


# %% [markdown]
# # Part 1 · One layer
#
# A layer turns a vector $x$ with $n_{in}$ entries into a vector $a$ with $n_{out}$ entries, in two steps: a weighted
# input, then an activation function applied to each entry.
#
# $$z = W x + b \tag{1}$$
#
# $$a = \sigma(z), \qquad \sigma(z_i) = \frac{1}{1 + e^{-z_i}} \tag{2}$$
#
# The weight $W_{ij}$ leads **to** output $i$ **from** input $j$. How far the output is from its target $t$ is measured by
# the mean squared error over the $K = n_{out}$ outputs,
#
# $$C = \frac{1}{K} \sum_{k=1}^{K} \left(a_k - t_k\right)^2. \tag{3}$$
#
# > **Convention.** The cost is the **mean** over all entries of the prediction, without a factor ½: over the $K$ outputs
# > of one sample, and over all $N \cdot K$ entries of a batch of $N$ samples. Exercise 1 took half the sum, exercise 2 the
# > sum, and both called it by other names: *error* and *loss*. Up to and including Part 4 there is one sample, a flat
# > vector, and $W$ has shape (to, from) as in exercise 1, $(n_{out}, n_{in})$. From Part 5 on rows are samples, and $W$ has
# > shape (from, to), $(n_{in}, n_{out})$. The table at the end of this notebook says what holds where.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "37640241a4856239237f6c3e998e10f9", "grade": false, "grade_id": "given_activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
def sigmoid(z):
    """Return the sigmoid of every entry of z; same shape as z."""
    return 1 / (1 + np.exp(-z))


def relu(z):
    """Return max(0, z) for every entry of z; same shape as z."""
    return np.maximum(0.0, z)


def relu_der(z):
    """Return the derivative of ReLU at every entry of z; same shape as z."""
    return np.where(z > 0, 1.0, 0.0)


# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "830407126530067799344232c1e1f7e7", "grade": false, "grade_id": "ask_shapes", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 1 · Shapes (1 point)
#
# A layer has 4 inputs and 3 outputs. Which shapes have $x$, $W$, $b$, $z$ and $a$? How many numbers can training change?

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "db7d4dd3449119aa3f3e2a065d4977b3", "grade": true, "grade_id": "answer_shapes", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# ### The forward pass of one layer (1 point)
#
# Formulas (1) and (2).

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "9c1b46c3ef4f4de79e6c6ce05750d604", "grade": false, "grade_id": "feed_forward_one_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward_one_layer(W, b, x):
    """Return the activations a, shape (out,), of a sigmoid layer with W (out, in) and b (out,) for x (in,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "a2bb41f8c04c446d30ee56acf270686b", "grade": true, "grade_id": "check_feed_forward_one_layer", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_feed_forward_one_layer(feed_forward_one_layer, points=1)


# %% [markdown]
# ### The cost of one layer (1 point)
#
# Formula (3), for the prediction of your own forward pass. Return what `np` gives you: a cast such as `float(...)` would
# cut the trace that autograd follows, and with it the gradient.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "ed52c4beca13d3e23c3a4c35c25f2a31", "grade": false, "grade_id": "cost_one_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cost_one_layer(W, b, x, target):
    """Return the mean squared error (3), a single number, of the layer's prediction for x (in,) and target (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "be3ae71a9c2e56179fff7cefd304ae3f", "grade": true, "grade_id": "check_cost_one_layer", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_cost_one_layer(cost_one_layer, points=1)


# %% [markdown]
# ### Gradients without a formula (1 point)
#
# `grad(f, 0)` is a new function: the derivative of `f` with respect to its argument number 0. It takes the same
# arguments as `f`. The function `f` must return a single number. Here is a small example:

# %% tags=["explore"]
def area(width, height):
    return width * height


print("d area / d width  =", grad(area, 0)(3.0, 5.0))
print("d area / d height =", grad(area, 1)(3.0, 5.0))


# %% [markdown]
# Let autograd differentiate `cost_one_layer`. From now on this function is your referee.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "24fc27295761d8d03525fbfd19c64474", "grade": false, "grade_id": "gradients_by_autograd", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_by_autograd(W, b, x, target):
    """Return the pair (dC_dW, dC_db), of the shapes of W and b, that autograd finds for cost_one_layer."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "09ef4c8353623b06996e9df16d091cb5", "grade": true, "grade_id": "check_gradients_by_autograd", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_gradients_by_autograd(gradients_by_autograd, points=1)


# %% [markdown]
# # Part 2 · The factors of the chain rule
#
# Now without autograd. The weights act on the cost through $z$, and $z$ acts on it through $a$. So the chain rule gives
#
# $$\frac{\partial C}{\partial W} = \frac{\partial C}{\partial a} \cdot \frac{\partial a}{\partial z} \cdot
# \frac{\partial z}{\partial W} \tag{4}$$
#
# $$\frac{\partial C}{\partial b} = \frac{\partial C}{\partial a} \cdot \frac{\partial a}{\partial z} \cdot
# \frac{\partial z}{\partial b}. \tag{5}$$
#
# Every factor is an array, and its axes follow one rule: **first the axes of what is differentiated, then those of what
# moves.** The derivative of a vector with $K$ entries by a vector with $K$ entries is a $(K, K)$ matrix, its *Jacobian*;
# by a matrix of shape $(K, n)$ it has three axes, $(K, K, n)$. The dot sums over the axes in the middle, as in a matrix
# product: a vector times a Jacobian is `v @ J`.

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "556f5ac3d9c5be5d0de5ef2070be2164", "grade": false, "grade_id": "ask_reuse", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 2 · What can be reused? (1 point)
#
# Which factors of (4) and (5) need to be computed only once for both gradients? What follows for the order in which you
# multiply? Give the shape of each factor for a layer with 4 inputs and 3 outputs.

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "2bbb31a57ea59725377ad7b514838797", "grade": true, "grade_id": "answer_reuse", "locked": false, "points": 1, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# ### The derivative of the cost (1 point)
#
# $p$ stands for the prediction. Only one term of (3) contains $p_k$, so
#
# $$\frac{\partial C}{\partial p} = \frac{2}{\text{size}} \left(p - t\right), \tag{6}$$
#
# where *size* is the number of **all** entries. Write it so that it is right for a vector $(K,)$ as well as for a matrix
# $(N, K)$. You will need both.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "aeb36c493ba61494dddc1238d2ff0b8e", "grade": false, "grade_id": "mse_der", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse_der(predict, target):
    """Return the derivative (6) of the mean squared error; predict, target and result are all (K,) or all (N, K)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "c0b322713d20221b7bd5b889cc9f77f6", "grade": true, "grade_id": "check_mse_der", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_mse_der(mse_der, points=1)


# %% [markdown]
# ### The derivative of the sigmoid (0.5 points)
#
# You have written it in exercises 1 and 2. Write it again without looking: what you fetch from memory three times stays, and
# you need it in every part of this notebook. The sigmoid has a lovely derivative, which can be written with the sigmoid itself:
#
# $$\sigma'(z) = \sigma(z)\left(1 - \sigma(z)\right). \tag{7}$$
#
# Like `relu_der`, your function works on each entry. Whole numbers are welcome as input.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "669059a1e2e119648ad7ff49796a37db", "grade": false, "grade_id": "sigmoid_der", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_der(z):
    """Return the derivative (7) of the sigmoid at every entry of z; same shape as z."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4985b30dcaa6c250093f762bdb1c2957", "grade": true, "grade_id": "check_sigmoid_der", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_sigmoid_der(sigmoid_der, points=0.5)


# %% [markdown]
# ### The Jacobian of the activation (1 point)
#
# Entry $(i, j)$ of the Jacobian says how $a_i$ changes when $z_j$ moves. The sigmoid acts on each entry alone, so
# $a_i$ depends on $z_i$ and on no other:
#
# $$\frac{\partial a}{\partial z} = \operatorname{diag}\left(\sigma'(z)\right), \tag{8}$$
#
# a matrix with $\sigma'(z)$ on its diagonal and zeros elsewhere.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "bf2eec56e9377d9fae89cb2350daf947", "grade": false, "grade_id": "sigmoid_jacobian", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_jacobian(z):
    """Return the Jacobian (8) of the sigmoid, shape (out, out), for z (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "0f2ec0ea903926023e84b8610030f604", "grade": true, "grade_id": "check_sigmoid_jacobian", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_sigmoid_jacobian(sigmoid_jacobian, points=1)


# %% [markdown]
# ### The two factors joined (1 point)
#
# The product that both gradients share,
#
# $$\frac{\partial C}{\partial z} = \frac{\partial C}{\partial a} \cdot \frac{\partial a}{\partial z}. \tag{9}$$
#
# It will be with us to the end of the course, under the name **error signal**. (As in exercise 2 it is the derivative
# itself. In exercise 1 it was minus the derivative.)
#
# A vector times a diagonal matrix is the same as two vectors multiplied entry by entry. Either way is fine here.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "90477cfaae705d08564c1c26e33cd053", "grade": false, "grade_id": "dC_dz", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dC_dz(z, target):
    """Return the derivative (9) of the cost with respect to z, shape (out,), where a = sigmoid(z) and target (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "a05ed45123c71969e003abece19fb921", "grade": true, "grade_id": "check_dC_dz", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_dC_dz(dC_dz, points=1)


# %% [markdown]
# ### How z depends on the weights (1 point)
#
# Written out, (1) is $z_i = \sum_k W_{ik} x_k + b_i$. Row $i$ of $W$ makes $z_i$ and nothing else:
#
# $$\frac{\partial z_i}{\partial W_{jk}} = \begin{cases} x_k & \text{if } i = j \\ 0 & \text{otherwise.} \end{cases} \tag{10}$$
#
# The axes are $i, j, k$, so the shape is (out, out, in): a stack of matrices, one for each $z_i$, and in the matrix of $z_i$
# only row $i$ is not zero.
# `np.tensordot(A, v, axes=0)` multiplies every entry of `A` with every entry of `v`, if you would like to avoid loops.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "1572ae1abdfc9cd099083a0235ce62f2", "grade": false, "grade_id": "dz_dW", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dz_dW(W, x):
    """Return the derivative (10) of z = W x + b with respect to W, shape (out, out, in), for W (out, in), x (in,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "b4357c762bbca5ae3fff6fadd0ac5c5d", "grade": true, "grade_id": "check_dz_dW", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_dz_dW(dz_dW, points=1)


# %% [markdown]
# ### How z depends on the bias (0.5 points)
#
# $$\frac{\partial z_i}{\partial b_j} = \begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise.} \end{cases} \tag{11}$$

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "ac5afb3684c597d6f93e2dcae1746c95", "grade": false, "grade_id": "dz_db", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dz_db(b):
    """Return the derivative (11) of z = W x + b with respect to b, shape (out, out), for b (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4726c29d68b91f3b0017be005cb17caf", "grade": true, "grade_id": "check_dz_db", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_dz_db(dz_db, points=0.5)


# %% [markdown]
# ### The gradients of one layer (2 points)
#
# All factors are there. Put (9) and (10) into (4). The sum over the middle axis has one term that is not zero, so
#
# $$\frac{\partial C}{\partial W_{jk}} = \sum_i \frac{\partial C}{\partial z_i} \frac{\partial z_i}{\partial W_{jk}}
# = \frac{\partial C}{\partial z_j}\, x_k, \tag{12}$$
#
# which is an *outer product*. And (9) and (11) in (5) give
#
# $$\frac{\partial C}{\partial b} = \frac{\partial C}{\partial z}. \tag{13}$$
#
# Use the big arrays or the short forms, as you like. Both are right, and it is worth trying both.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "b38b514a6bbfa1e893e56671f5959aa2", "grade": false, "grade_id": "gradients_one_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_one_layer(W, b, x, target):
    """Return (dC_dW, dC_db), shapes (out, in) and (out,), by (12) and (13), for x (in,) and target (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "1ed483df50ace10212e15c6b25c48ed4", "grade": true, "grade_id": "check_gradients_one_layer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_gradients_one_layer(gradients_one_layer, points=2)


# %% [markdown]
# #### The habit: ask the referee
#
# Two derivatives that were found in different ways and agree to ten digits are very likely both right. `difference` says
# how far apart two arrays are, compared with their size. It looks at the shapes first, because arrays of different
# shapes can be subtracted without a word. What is left between two right answers is rounding, and that much `referee`
# lets pass. Keep the two at hand; they will be useful for years.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "7a149252c727abfebee893c6a2d88a5d", "grade": false, "grade_id": "given_compare", "locked": true, "schema_version": 3, "solution": false, "task": false}
def difference(yours, other):
    """Return ||yours - other|| / (||yours|| + ||other||), or infinity if the shapes differ."""
    if np.shape(yours) != np.shape(other):
        return np.inf
    size = np.linalg.norm(yours) + np.linalg.norm(other)
    return np.linalg.norm(np.subtract(yours, other)) / size if size > 0 else 0.0


def referee(yours, other):
    """Say whether two arrays agree to ten digits, and if not, how far apart they are."""
    apart = difference(yours, other)
    return "agree" if apart < 1e-10 else f"differ by {apart:.1e}"


# %% tags=["explore"]
W, b, x, target = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4), rng.uniform(size=3)

by_hand = gradients_one_layer(W, b, x, target)
by_autograd = gradients_by_autograd(W, b, x, target)
for name, yours, other in zip(["dC/dW", "dC/db"], by_hand, by_autograd):
    print(f"{name}: by hand and by autograd {referee(yours, other)}")

# %% [markdown]
# Autograd can referee single factors, too. `jacobian` differentiates functions that return arrays. Does its shape follow
# the rule for the axes?

# %% tags=["explore"]
from autograd import jacobian

print("dz/dW by autograd has shape", jacobian(lambda W: W @ x + b)(W).shape)
print("dz/dW: yours and autograd's", referee(dz_dW(W, x), jacobian(lambda W: W @ x + b)(W)))
print("da/dz: yours and autograd's", referee(sigmoid_jacobian(b), jacobian(sigmoid)(b)))

# %% [markdown]
# # Part 3 · Two layers
#
# The output of the first layer is the input of the second:
#
# $$z_1 = W_1 x + b_1, \quad a_1 = \sigma(z_1), \quad z_2 = W_2\, a_1 + b_2, \quad a_2 = \sigma(z_2) \tag{14}$$
#
# and the cost (3) compares $a_2$ with the target. In code the parameters come as `layers = [(W1, b1), (W2, b2)]`.

# %% tags=["explore"]
from checks.drawing import draw_network, sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

draw_network(
    [3, 4, 2],
    layer_names=["input\n$x$", "sigmoid\n$a_1$", "sigmoid\n$a_2$"],
    edge_names=["$W_1, b_1$", "$W_2, b_2$"],
)


# %% [markdown]
# ### The forward pass of two layers (0.5 points)

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "e12b6a8e680a575974d8de18ff1690b8", "grade": false, "grade_id": "feed_forward_two_layers", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward_two_layers(layers, x):
    """Return a2, shape (out,), by (14), for layers = [(W1, b1), (W2, b2)] and x (in,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "dae11e56826fddc5b79374f276112061", "grade": true, "grade_id": "check_feed_forward_two_layers", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_feed_forward_two_layers(feed_forward_two_layers, points=0.5)


# %% [markdown]
# ### The second layer (1 point)
#
# Cover the first layer with your hand. What is left is one layer whose input is called $a_1$, so Part 2 applies.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "33f1c769096fd31435364673551f6509", "grade": false, "grade_id": "gradients_layer_2", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_layer_2(layers, x, target):
    """Return (dC_dW2, dC_db2), of the shapes of W2 and b2, for layers = [(W1, b1), (W2, b2)], x (in,), target (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "fd4699275f25b1b37f042f11e8188d28", "grade": true, "grade_id": "check_gradients_layer_2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_gradients_layer_2(gradients_layer_2, points=1)


# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "7cffe5dc304008b9e19b31303f5384ff", "grade": false, "grade_id": "ask_dz2_da1", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 3 · The link between the layers (2 points)
#
# The first layer acts on $z_2$ through $a_1$ alone. Show from (14) that
#
# $$\frac{\partial z_2}{\partial a_1} = W_2. \tag{15}$$
#
# Somebody claims that it is the sum of the rows of $W_2$, "because each $a_{1,j}$ is used in every $z_{2,i}$". What is right
# about the reason, and where does the sum really appear?

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "470fa7d349e6b7b6f435bf96a5569ce7", "grade": true, "grade_id": "answer_dz2_da1", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# ### The first layer (2 points)
#
# The chain gets longer at its end, and everything up to $\partial C/\partial z_2$ is known already:
#
# $$\frac{\partial C}{\partial z_1} = \frac{\partial C}{\partial z_2} \cdot \frac{\partial z_2}{\partial a_1} \cdot
# \frac{\partial a_1}{\partial z_1} = \left(\frac{\partial C}{\partial z_2} \cdot W_2\right) \cdot
# \operatorname{diag}\left(\sigma'(z_1)\right) \tag{16}$$
#
# and then, as for every layer $l$, with $a_0 = x$,
#
# $$\frac{\partial C}{\partial W_l} = \text{outer product of } \frac{\partial C}{\partial z_l} \text{ and } a_{l-1}, \qquad
# \frac{\partial C}{\partial b_l} = \frac{\partial C}{\partial z_l}. \tag{17}$$

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "f860a1ce702f485a3962659ad1235548", "grade": false, "grade_id": "gradients_layer_1", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradients_layer_1(layers, x, target):
    """Return (dC_dW1, dC_db1), of the shapes of W1 and b1, for layers = [(W1, b1), (W2, b2)], x (in,), target (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "258df79d38715001d3d7e99d276ab0c0", "grade": true, "grade_id": "check_gradients_layer_1", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_gradients_layer_1(gradients_layer_1, points=2)


# %% [markdown]
# Ask the referee. Autograd differentiates with respect to a whole list of layers in one go.

# %% tags=["explore"]
def cost_two_layers(layers, x, target):
    return np.mean((feed_forward_two_layers(layers, x) - target) ** 2)


two = [(rng.normal(size=(4, 3)), rng.normal(size=4)), (rng.normal(size=(2, 4)), rng.normal(size=2))]
x, target = rng.normal(size=3), rng.uniform(size=2)

by_hand = [gradients_layer_1(two, x, target), gradients_layer_2(two, x, target)]
by_autograd = grad(cost_two_layers, 0)(two, x, target)
for number, (yours, other) in enumerate(zip(by_hand, by_autograd), start=1):
    print(f"layer {number}: dC/dW {referee(yours[0], other[0])}, dC/db {referee(yours[1], other[1])}")


# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "fd18419193574255c3d931f017ea42b8", "grade": false, "grade_id": "ask_more_layers", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 4 · More layers (3 points)
#
# Put a third layer on top, $z_3 = W_3\, a_2 + b_3$ and $a_3 = \sigma(z_3)$, and let the cost (3) compare $a_3$ with the target.
#
# 1. Write $\partial C/\partial W_1$ and $\partial C/\partial W_3$ as chains of factors. However many layers there are: which
#    factor comes once? Which two come over and over? Where does the chain for $W_l$ stop, and with which factor?
# 2. Now there are $L$ layers. How do you get $\partial C/\partial z_l$ from $\partial C/\partial z_{l+1}$?
# 3. A product can be multiplied from the left, beginning at the cost, or from the right, beginning at the input. Let all
#    layers have $n$ neurons. How many products of two numbers does each further factor $W_l$ cost, in the one order and in
#    the other? What else speaks for going from the last layer to the first?

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "9576688df896fe89f0d1332f78d7fc47", "grade": true, "grade_id": "answer_more_layers", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# # Part 4 · Any number of layers
#
# What you found in Question 4 is always the same step, so it belongs in a loop. There are $L$ layers, and a number in
# brackets, as in $W^{(2)}$, names one of them. Each layer has its own activation function $\varphi^{(l)}$:
#
# $$z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}, \qquad a^{(l)} = \varphi^{(l)}\left(z^{(l)}\right), \qquad a^{(0)} = x. \tag{18}$$
#
# The error signal of layer $l$ is $\delta^{(l)} = \partial C/\partial z^{(l)}$. From here on we write the product with a
# diagonal matrix as a product entry by entry, $\odot$, which is `*` in code. So each entry of `activation_ders` is a
# function like `sigmoid_der`: it takes $z$ and returns an array of the same shape. Formulas (9) and (16) become
#
# $$\delta^{(L)} = \frac{\partial C}{\partial a^{(L)}} \odot \varphi^{(L)\prime}\left(z^{(L)}\right) \tag{19}$$
#
# $$\delta^{(l)} = \left(W^{(l+1)\top} \delta^{(l+1)}\right) \odot \varphi^{(l)\prime}\left(z^{(l)}\right) \tag{20}$$
#
# and (17) reads
#
# $$\frac{\partial C}{\partial W^{(l)}} = \delta^{(l)}\, a^{(l-1)\top} \quad \text{(an outer product)} \tag{21}$$
#
# $$\frac{\partial C}{\partial b^{(l)}} = \delta^{(l)}. \tag{22}$$

# %% [markdown]
# ### Create the layers (0.5 points)
#
# `create_layers(3, [5, 4, 2])` makes a network with 3 inputs and layers of 5, 4 and 2 neurons. Draw the weights at
# random, for instance with `rng.normal(size=...)`; the biases may be random or zero.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "8fd3bce27625eb70bd4ec79326d2c9b5", "grade": false, "grade_id": "create_layers", "locked": false, "schema_version": 3, "solution": true, "task": false}
def create_layers(network_input_size, layer_output_sizes):
    """Return a list with one pair (W, b) for every layer: W (out, in) drawn at random, b (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "90e7d52d8a9b04cfa027a5f8c2c980a8", "grade": true, "grade_id": "check_create_layers", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_create_layers(create_layers, points=0.5)


# %% [markdown]
# ### The forward pass (0.5 points)
#
# Formula (18). `activation_funcs` holds one function for every layer.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "34841c3b514a7da78b115c57e56019a8", "grade": false, "grade_id": "feed_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward(input, layers, activation_funcs):
    """Return the prediction a(L), shape (out,), for input (in,), a list of (W, b) and a list of functions."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "d2c1eec9322dc3bc3b18b5cc96d918ff", "grade": true, "grade_id": "check_feed_forward", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_feed_forward(feed_forward, points=0.5)


# %% [markdown]
# ### The forward pass that remembers (1 point)
#
# The backward pass needs what came into every layer, for (21), and every $z$, for (19) and (20). So save them on the way.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "0632a62df609d0d2544d02d4955f76d3", "grade": false, "grade_id": "feed_forward_saver", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward_saver(input, layers, activation_funcs):
    """Return (layer_inputs, zs, predict) for input (in,).

    layer_inputs is the list a(0) ... a(L-1), one array for every layer: what came into it. zs is the list
    z(1) ... z(L). predict is a(L), shape (out,).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4ba975ed4cc2eedc2966cafab1d668fc", "grade": true, "grade_id": "check_feed_forward_saver", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_feed_forward_saver(feed_forward_saver, points=1)


# %% [markdown]
# ### Back-propagation (4 points)
#
# The heart of the notebook: formulas (19) to (22), from the last layer to the first. The last argument, `cost_der`, is
# the derivative of the cost with respect to the prediction; it takes `(predict, target)`. The default is your `mse_der`,
# but the check calls your function with another one as well.
#
# Before you type, write down the shape of every quantity for a network with sizes 3, 4 and 2.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "57af4129bb72ebd0dfd3860cd9adc5a0", "grade": false, "grade_id": "backpropagation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    """Return a list with one pair (dC_dW, dC_db) for every layer, the first layer first.

    input is (in,), target (out,). layers, activation_funcs and activation_ders have one entry for every layer.
    The gradients have the shapes of W and b.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "3d6dea8fcce73be20441f9e60d0cbf91", "grade": true, "grade_id": "check_backpropagation", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_backpropagation(backpropagation, points=4)


# %% [markdown]
# And the referee's opinion, on a network of your choice:

# %% tags=["explore"]
def cost(layers, input, activation_funcs, target):
    return np.mean((feed_forward(input, layers, activation_funcs) - target) ** 2)


layers = create_layers(3, [5, 4, 2])
funcs, ders = [sigmoid, relu, sigmoid], [sigmoid_der, relu_der, sigmoid_der]
x, target = rng.normal(size=3), rng.uniform(size=2)

by_hand = backpropagation(x, layers, funcs, target, ders)
by_autograd = grad(cost, 0)(layers, x, funcs, target)
for number, (yours, other) in enumerate(zip(by_hand, by_autograd), start=1):
    print(f"layer {number}: dC/dW {referee(yours[0], other[0])}, dC/db {referee(yours[1], other[1])}")

# %% [markdown]
# # Part 5 · Rows of samples
#
# A data set has many samples. They could go through one at a time, but a matrix product does them all at once, and much
# faster. Stack the samples as the **rows** of a matrix $X$ of shape $(N, n_{in})$. A row is multiplied by a matrix from
# the right, so it is handy to store the weights the other way round:
#
# > **Convention. Rows from here on!** A sample is a row, and $W$ has shape (from, to), $(n_{in}, n_{out})$. In Parts 1 to 4 a
# > sample was a flat vector, and $W$ had shape (to, from). So every transpose of Part 4 moves, and the order of every
# > product turns round.
#
# $$Z^{(l)} = A^{(l-1)}\, W^{(l)} + b^{(l)}, \qquad A^{(l)} = \varphi^{(l)}\left(Z^{(l)}\right), \qquad A^{(0)} = X, \tag{23}$$
#
# with $b^{(l)}$ added to every row. The cost is the mean over all $N \cdot K$ entries of the prediction $P = A^{(L)}$,
#
# $$C = \frac{1}{N K} \sum_{n=1}^{N} \sum_{k=1}^{K} \left(p_{nk} - t_{nk}\right)^2, \tag{24}$$
#
# and its derivative is (6) again, now for matrices:
#
# $$\frac{\partial C}{\partial P} = \frac{2}{N K} \left(P - T\right). \tag{25}$$
#
# It is tempting to reuse the code of Part 4 here. What does it do with a batch of 7 samples, in a layer from 5 to 3 neurons?

# %% tags=["explore"]
W, A, delta, target = np.ones((5, 3)), np.ones((7, 5)), np.ones((7, 3)), np.ones(3)
tried = {
    "W @ A": lambda: W @ A,
    "W.T @ delta": lambda: W.T @ delta,
    "np.outer(delta, A)": lambda: np.outer(delta, A),
    "np.diag(sigmoid_der(delta))": lambda: np.diag(sigmoid_der(delta)),
    "np.eye(len(delta))": lambda: np.eye(len(delta)),
    "delta - target": lambda: delta - target,
}
for code, run in tried.items():
    try:
        print(f"{code:29} runs, and its shape is {run().shape}")
    except ValueError:
        print(f"{code:29} raises an error")


# %% [markdown]
# Where it stops, that is a kindness. **The rest runs, and is wrong.** `np.outer` flattens both of its arguments, `np.diag` of
# a matrix is not a diagonal matrix but the diagonal of that matrix, `np.eye(len(...))` has the size of the batch, and one
# target is compared with every prediction. (Let all sizes be equal, and the first two run as well.) So we derive every
# product anew.

# %% [markdown] deletable=false editable=false nbgrader={"cell_type": "markdown", "checksum": "70b94abfcda35c7aab788bd4087a5847", "grade": false, "grade_id": "ask_batch", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Question 5 · Every product anew (2 points)
#
# Let $\Delta^{(l)}$ be the matrix of shape $(N, n_l)$ with the entries $\partial C / \partial Z^{(l)}_{nj}$. Start from (23)
# and explain the four formulas of the backward pass:
#
# $$\Delta^{(L)} = \frac{\partial C}{\partial P} \odot \varphi^{(L)\prime}\left(Z^{(L)}\right) \tag{26}$$
#
# $$\Delta^{(l)} = \left(\Delta^{(l+1)}\, W^{(l+1)\top}\right) \odot \varphi^{(l)\prime}\left(Z^{(l)}\right) \tag{27}$$
#
# $$\frac{\partial C}{\partial W^{(l)}} = A^{(l-1)\top} \Delta^{(l)} \tag{28}$$
#
# $$\frac{\partial C}{\partial b^{(l)}_j} = \sum_{n=1}^{N} \Delta^{(l)}_{nj} \tag{29}$$
#
# Check the shapes of each product, and say why (28) and (29) sum over the samples and (26) and (27) do not.

# %% [markdown] deletable=false nbgrader={"cell_type": "markdown", "checksum": "59cc6221a659ab928c03b4f8452ca39d", "grade": true, "grade_id": "answer_batch", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# YOUR ANSWER HERE

# %% [markdown]
# ### Create the layers (0.5 points)
#
# The next three functions are those of Part 4 with rows for vectors. That is on purpose: try to write them without looking up,
# and look only at the shapes. What you have to fetch from memory you will still know in a month.
#
# As before, but with $W$ of shape (in, out).

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "eba2cd395c5194ea68473d6c442c4697", "grade": false, "grade_id": "create_layers_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def create_layers_batch(network_input_size, layer_output_sizes):
    """Return a list with one pair (W, b) for every layer: W (in, out) drawn at random, b (out,)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "e51ce740b5105cb6bdee1d0f7fa768a7", "grade": true, "grade_id": "check_create_layers_batch", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_create_layers_batch(create_layers_batch, points=0.5)


# %% [markdown]
# ### The forward pass (0.5 points)
#
# Formula (23).

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "2b9244961b9ccec0f42cf79b0d1a4569", "grade": false, "grade_id": "feed_forward_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward_batch(inputs, layers, activation_funcs):
    """Return the predictions, shape (N, out), by (23), for inputs (N, in)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "fd57d72765739634ba91784a2bb1a8ee", "grade": true, "grade_id": "check_feed_forward_batch", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_feed_forward_batch(feed_forward_batch, points=0.5)


# %% [markdown]
# ### The forward pass that remembers (0.5 points)
#
# Formula (23) again, and now everything is kept.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "8b194b3ff2538c2a17bf413c7dc235f2", "grade": false, "grade_id": "feed_forward_saver_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feed_forward_saver_batch(inputs, layers, activation_funcs):
    """Return (layer_inputs, zs, predict) for inputs (N, in).

    layer_inputs is the list A(0) ... A(L-1), zs is the list Z(1) ... Z(L), predict is A(L), shape (N, out).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "39bd4f55bfa63575cef8e9c2a69586ee", "grade": true, "grade_id": "check_feed_forward_saver_batch", "locked": true, "points": 0.5, "schema_version": 3, "solution": false, "task": false}
check_feed_forward_saver_batch(feed_forward_saver_batch, points=0.5)


# %% [markdown]
# ### Back-propagation for a batch (4 points)
#
# Formulas (25) to (29). `cost_der(predict, targets)` takes the whole batch and contains the mean over the samples, so
# nothing needs to be divided by $N$ any more. Shapes are your best friends here: each gradient has the shape of its
# parameter.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "80e92da1f38ee24c46b07bd1e6e314e4", "grade": false, "grade_id": "backpropagation_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=mse_der):
    """Return a list with one pair (dC_dW, dC_db) for every layer, the first layer first.

    inputs is (N, in), targets (N, out). layers, activation_funcs and activation_ders have one entry for every layer.
    dC_dW is (in, out); dC_db is (out,) or (1, out).
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "ce5324b385e938f2ec0e677f661f1e4a", "grade": true, "grade_id": "check_backpropagation_batch", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check_backpropagation_batch(backpropagation_batch, points=4)


# %% [markdown]
# #### The habit, once more, and a second referee
#
# In batched code autograd matters more than ever, because wrong batched code so often runs. And if you ever have no
# autograd at hand, a *difference quotient* does the job: nudge one weight up and down by a small $h$, and watch the cost.

# %% tags=["explore"]
def cost_batch(layers, inputs, activation_funcs, targets):
    return np.mean((feed_forward_batch(inputs, layers, activation_funcs) - targets) ** 2)


layers = create_layers_batch(3, [5, 4, 2])
inputs, targets = rng.normal(size=(7, 3)), rng.uniform(size=(7, 2))

by_hand = backpropagation_batch(inputs, layers, funcs, targets, ders)
by_autograd = grad(cost_batch, 0)(layers, inputs, funcs, targets)
for number, (yours, other) in enumerate(zip(by_hand, by_autograd), start=1):
    print(f"layer {number}: dC/dW {referee(yours[0], other[0])}, dC/db {referee(yours[1], other[1])}")

W, i, j, h = layers[0][0], 1, 2, 1e-5
W[i, j] += h
above = cost_batch(layers, inputs, funcs, targets)
W[i, j] -= 2 * h
below = cost_batch(layers, inputs, funcs, targets)
W[i, j] += h  # put the weight back
print(f"one weight: by hand {by_hand[0][0][i, j]:.7f}, by a difference quotient {(above - below) / (2 * h):.7f}")

# %% [markdown]
# # Part 6 · A real task
#
# In the 1930s Edgar Anderson measured irises of three species, *setosa* and *versicolor* from one and the same colony on the
# Gaspé Peninsula and *virginica* from elsewhere, and Ronald Fisher made his measurements famous: for each of 150 flowers the
# length and the width of the sepals and of the petals. Your network is to tell the species from these four numbers. Scikit-learn has the data in its luggage.

# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "4ac084a1e379fc01cd921b6a96849e09", "grade": false, "grade_id": "given_iris", "locked": true, "schema_version": 3, "solution": false, "task": false}
from sklearn.datasets import load_iris

iris = load_iris()
measurements = (iris.data - iris.data.mean(axis=0)) / iris.data.std(axis=0)  # (150, 4), each column with mean 0
species = np.eye(3)[iris.target]  # (150, 3), one-hot: a 1 in the column of the species

# %% tags=["explore"]
import matplotlib.pyplot as plt

figure, ax = plt.subplots(figsize=(5.4, 3.6), layout="constrained")
for number, (marker, colour) in enumerate([("o", "#5e3c99"), ("s", "#e66101"), ("^", "#1b7837")]):
    rows = iris.data[iris.target == number]
    ax.scatter(rows[:, 2], rows[:, 3], marker=marker, c=colour, s=28, alpha=0.8, label=iris.target_names[number])
ax.set(xlabel="petal length (cm)", ylabel="petal width (cm)")
ax.legend(frameon=False)
plt.show()


# %% [markdown]
# ### Softmax (1 point)
#
# Three outputs are to be the probabilities of three species. The *softmax* turns each row of $Z$ into positive numbers
# that sum to 1:
#
# $$p_{nk} = \frac{e^{z_{nk}}}{\sum_{j=1}^{K} e^{z_{nj}}} \tag{30}$$
#
# The classes of **one sample** compete with each other, so the sum runs over one row.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "2345abe617efa7eb5045b2e0ea45ed20", "grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(z):
    """Return the softmax (30) of every row of z (N, K); same shape as z."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "c4e19597825bf125b21c856f91a663ec", "grade": true, "grade_id": "check_softmax", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_softmax(softmax, points=1)


# %% [markdown]
# ### Cross-entropy (1 point)
#
# The right cost for probabilities is the *cross-entropy*: minus the logarithm of the probability that was given to the
# right class, averaged over the samples. With one-hot targets $T$ the sum over $k$ picks that class:
#
# $$C = -\frac{1}{N} \sum_{n=1}^{N} \sum_{k=1}^{K} t_{nk} \ln p_{nk} \tag{31}$$
#
# It has to stay differentiable by autograd, too.
#
# > **Convention.** This mean is over the $N$ samples, not over all $N \cdot K$ entries as in (24): each sample has one true
# > class. In exercise 2 the same cost was a sum over the samples.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "9e521e29d7efe0d3d3aba4ab2a926f30", "grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(predict, target):
    """Return the cost (31), a single number, of probabilities predict (N, K) against one-hot targets (N, K)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "875d1281916e1513bf80ed1611304309", "grade": true, "grade_id": "check_cross_entropy", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_cross_entropy(cross_entropy, points=1)


# %% [markdown]
# ### Two derivatives in one (1 point)
#
# In a softmax every output depends on every $z$ of its row, so its Jacobian is **not** diagonal, and no function that
# works entry by entry can stand for it in `activation_ders`. But when it is multiplied by the derivative of the
# cross-entropy, nearly everything cancels, as you have shown in Question 1 of exercise 2. For one-hot targets
#
# $$\frac{\partial C}{\partial Z} = \frac{1}{N} \left(P - T\right). \tag{32}$$
#
# So we merge the two. The function you write now goes into `cost_der`, although it is the derivative with respect to
# $Z$ already; and what `activation_ders` holds for the softmax is the constant 1.

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "08b4db308090e355cfb7c97ca003f024", "grade": false, "grade_id": "softmax_cross_entropy_der", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_cross_entropy_der(predict, target):
    """Return the derivative (32) with respect to Z, for probabilities predict (N, K) and one-hot targets (N, K)."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "0d4a3d87b9677659339f4321639e677f", "grade": true, "grade_id": "check_softmax_cross_entropy_der", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_softmax_cross_entropy_der(softmax_cross_entropy_der, points=1)


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "df7705ce4b02f2ef9a93230d8895a443", "grade": false, "grade_id": "given_one", "locked": true, "schema_version": 3, "solution": false, "task": false}
def one(z):
    """Return 1 for every entry of z: softmax's entry in activation_ders, since (32) contains its derivative."""
    return np.ones_like(z)


# %% [markdown]
# For a batch, and with the mean: is it still true? Ask the referee.

# %% tags=["explore"]
z, labels = rng.normal(size=(7, 3)), np.eye(3)[rng.integers(0, 3, size=7)]
by_autograd = grad(lambda z: cross_entropy(softmax(z), labels))(z)
print("merged derivative and autograd", referee(softmax_cross_entropy_der(softmax(z), labels), by_autograd))


# %% [markdown]
# ### Training (2 points)
#
# One **epoch** uses the whole data set once: record the cost (31), find the gradients, and take one step downhill with
# learning rate $\eta$ in every layer,
#
# $$W \leftarrow W - \eta\, \frac{\partial C}{\partial W}, \qquad b \leftarrow b - \eta\, \frac{\partial C}{\partial b}. \tag{33}$$

# %% deletable=false nbgrader={"cell_type": "code", "checksum": "1024143f3c6bb39935dc99946464da14", "grade": false, "grade_id": "train_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_network(
    inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs
):
    """Train for a number of epochs, each with all samples, and return (layers, losses).

    inputs is (N, in), targets (N, out). layers is the list of trained pairs (W, b); losses is a list with the
    cross-entropy (31) before each epoch's update. cost_der is what backpropagation_batch is to use.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


# %% deletable=false editable=false nbgrader={"cell_type": "code", "checksum": "c2bd4c144cf835e218023477000f345f", "grade": true, "grade_id": "check_train_network", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check_train_network(train_network, points=2)


# %% [markdown]
# ### The moment of truth
#
# Four inputs, a hidden layer of eight sigmoid neurons, three outputs. The *accuracy* is the share of flowers whose most
# probable species is the right one. Guessing gives one third.

# %% tags=["explore"]
def accuracy(layers):
    """Return the share of the flowers whose species the network gets right."""
    predict = feed_forward_batch(measurements, layers, iris_funcs)
    return np.mean(np.argmax(predict, axis=1) == iris.target)


iris_funcs, iris_ders = [sigmoid, softmax], [sigmoid_der, one]
untrained = create_layers_batch(4, [8, 3])
print(f"accuracy before training {accuracy(untrained):.3f}")

trained, losses = train_network(
    measurements, species, untrained, iris_funcs, iris_ders, softmax_cross_entropy_der, learning_rate=0.5, epochs=600
)
print(f"accuracy after training  {accuracy(trained):.3f}")
print(f"cost {losses[0]:.3f} before, {losses[-1]:.3f} at the end")

figure, ax = plt.subplots(figsize=(5.4, 3.2), layout="constrained")
ax.plot(losses, color="#5e3c99")
ax.set(xlabel="epoch", ylabel="cross-entropy", ylim=(0, None))
ax.grid(alpha=0.3)
plt.show()


# %% [markdown]
# Was that luck? One start proves little, so here are twenty, with 60 epochs and with 600. The code is right in both lines, and
# look how many starts reach an accuracy of 0.95. When a network does not learn, its code need not be wrong; but now you know
# how to find out.

# %% tags=["explore"]
def accuracies(epochs, starts=20):
    """Return the accuracy that each of several random starts reaches."""
    networks = [create_layers_batch(4, [8, 3]) for _ in range(starts)]
    given = iris_funcs, iris_ders, softmax_cross_entropy_der
    return np.array([accuracy(train_network(measurements, species, net, *given, 0.5, epochs)[0]) for net in networks])


for epochs in [60, 600]:
    reached = accuracies(epochs)
    print(f"{epochs:3d} epochs: {np.sum(reached >= 0.95):2d} of 20 starts reach 0.95, the lowest {reached.min():.3f}")

# %% [markdown]
# Three things to try, if you are curious:
#
# - Use `relu` in the hidden layer. After how many epochs does it reach the cost that the sigmoid has after 600?
# - Put `sigmoid_der` in the place of `one`, and the network still learns something. Is what it follows the derivative of any
#   cost?
# - Train with `mse_der` and a sigmoid at the output. How does the accuracy compare? (`losses` holds the cross-entropy all the
#   same, since that is what `train_network` records, and with sigmoids it means nothing. Look at the accuracy.)
#
# One honest remark: we trained and tested on the same 150 flowers. How well the network would do on flowers that it has
# never seen is another question, and a good one.

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
# - You can write every factor of the chain rule as an array, with its axes in the right order.
# - You know which factors are shared, and what it would cost to go from the first layer to the last.
# - You can differentiate a network of any depth, for one sample and for a batch, and with any cost.
# - You ask a referee: autograd, or a difference quotient. It takes two lines and has saved many a thesis.
#
# **Where next?** In `04_layers_and_losses` you turn what you wrote into a small library: layers and costs as objects that
# each know their own forward and backward step.

# %% [markdown]
# ## Further reading
#
# - Terence Parr and Jeremy Howard, *The Matrix Calculus You Need For Deep Learning* (2018),
#   [doi:10.48550/arXiv.1802.01528](https://doi.org/10.48550/arXiv.1802.01528). Jacobians from the beginning, with many examples.
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning*, MIT Press (2016), section 6.5, *Back-Propagation and
#   Other Differentiation Algorithms*, [deeplearningbook.org](https://www.deeplearningbook.org).
# - Atılım Güneş Baydin, Barak Pearlmutter, Alexey Radul and Jeffrey Siskind, *Automatic Differentiation in Machine Learning: a
#   Survey*, Journal of Machine Learning Research 18 (2018), 1–43, [jmlr.org](https://jmlr.org/papers/v18/17-468.html). What
#   your referee does inside, and the two orders of Question 4 under the names forward and reverse mode.
# - Ronald Fisher, *The Use of Multiple Measurements in Taxonomic Problems*, Annals of Eugenics 7 (1936), 179–188,
#   [doi:10.1111/j.1469-1809.1936.tb02137.x](https://doi.org/10.1111/j.1469-1809.1936.tb02137.x), and Edgar Anderson, *The
#   Species Problem in Iris*, Annals of the Missouri Botanical Garden 23 (1936), 457–509,
#   [doi:10.2307/2394164](https://doi.org/10.2307/2394164). The flowers.
