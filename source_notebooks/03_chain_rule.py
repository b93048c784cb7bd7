# ---
# jupyter:
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

# %% nbgrader={"grade_id": "given_setup", "locked": true}
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

# %% nbgrader={"grade_id": "predictions", "solution": true}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"entries": None, "once": None, "joined": None, "biases": None, "twice": None}
### BEGIN SOLUTION
predictions = {"entries": 36, "once": 1, "joined": 9, "biases": 3, "twice": "a"}
### END SOLUTION

# %% nbgrader={"grade_id": "check_predictions", "grade": true}
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

# %% nbgrader={"grade_id": "given_activations", "locked": true}
def sigmoid(z):
    """Return the sigmoid of every entry of z; same shape as z."""
    return 1 / (1 + np.exp(-z))


def relu(z):
    """Return max(0, z) for every entry of z; same shape as z."""
    return np.maximum(0.0, z)


def relu_der(z):
    """Return the derivative of ReLU at every entry of z; same shape as z."""
    return np.where(z > 0, 1.0, 0.0)

# %% [markdown] nbgrader={"grade_id": "ask_shapes", "locked": true}
# ## Question 1 · Shapes (1 point)
#
# A layer has 4 inputs and 3 outputs. Which shapes have $x$, $W$, $b$, $z$ and $a$? How many numbers can training change?

# %% [markdown] nbgrader={"grade_id": "answer_shapes", "grade": true, "solution": true, "points": 1}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** $x$ is $(4,)$. In $Wx$ the second axis of $W$ meets $x$, and the first one is left, so $W$ is
# $(3, 4)$. The product is $(3,)$, and $b$ is added entry by entry: $b$, $z$ and $a$ are $(3,)$. Training can change
# $3 \cdot 4 + 3 = 15$ numbers.
#
# **Mark scheme**
# - ½ point: the shapes of $W$ and $b$.
# - ½ point: those of $z$ and $a$, and 15.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | $W$ is $(4, 3)$, the rest as above | ½: the product $Wx$ would not fit |
# | columns, $x$ is $(4, 1)$ and $b$, $z$, $a$ are $(3, 1)$ | 1 |
# | 12 numbers, the bias forgotten | ½ |
# | 18, 19 or 22: outputs, inputs or both counted as well | ½: training does not change them |
# <!-- ### END SOLUTION -->

# %% [markdown]
# ### The forward pass of one layer (1 point)
#
# Formulas (1) and (2).

# %% nbgrader={"grade_id": "feed_forward_one_layer", "solution": true}
def feed_forward_one_layer(W, b, x):
    """Return the activations a, shape (out,), of a sigmoid layer with W (out, in) and b (out,) for x (in,)."""
    ### BEGIN SOLUTION
    return sigmoid(W @ x + b)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward_one_layer", "grade": true}
check_feed_forward_one_layer(feed_forward_one_layer, points=1)

# %% [markdown]
# ### The cost of one layer (1 point)
#
# Formula (3), for the prediction of your own forward pass. Return what `np` gives you: a cast such as `float(...)` would
# cut the trace that autograd follows, and with it the gradient.

# %% nbgrader={"grade_id": "cost_one_layer", "solution": true}
def cost_one_layer(W, b, x, target):
    """Return the mean squared error (3), a single number, of the layer's prediction for x (in,) and target (out,)."""
    ### BEGIN SOLUTION
    return np.mean((feed_forward_one_layer(W, b, x) - target) ** 2)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_cost_one_layer", "grade": true}
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

# %% nbgrader={"grade_id": "gradients_by_autograd", "solution": true}
def gradients_by_autograd(W, b, x, target):
    """Return the pair (dC_dW, dC_db), of the shapes of W and b, that autograd finds for cost_one_layer."""
    ### BEGIN SOLUTION
    return grad(cost_one_layer, 0)(W, b, x, target), grad(cost_one_layer, 1)(W, b, x, target)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_gradients_by_autograd", "grade": true}
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

# %% [markdown] nbgrader={"grade_id": "ask_reuse", "locked": true}
# ## Question 2 · What can be reused? (1 point)
#
# Which factors of (4) and (5) need to be computed only once for both gradients? What follows for the order in which you
# multiply? Give the shape of each factor for a layer with 4 inputs and 3 outputs.

# %% [markdown] nbgrader={"grade_id": "answer_reuse", "grade": true, "solution": true, "points": 1}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** $\partial C/\partial a$ and $\partial a/\partial z$ occur in both. So multiply from the left:
# their product $\partial C/\partial z$ is made once, kept, and used for the weights and for the bias. Shapes:
# $\partial C/\partial a$ is $(3,)$, $\partial a/\partial z$ is $(3, 3)$, $\partial C/\partial z$ is $(3,)$,
# $\partial z/\partial W$ is $(3, 3, 4)$, $\partial z/\partial b$ is $(3, 3)$.
#
# **Mark scheme**
# - ½ point: $\partial C/\partial a$ and $\partial a/\partial z$ (or their product) are shared, and so multiplied first.
# - ½ point: shapes.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | Only $\partial C/\partial a$ is shared | 0 for the first half |
# | Both are shared, no word on the order | ½ for the first half: the order follows, and code will show it |
# | $\partial a/\partial z$ is $(3,)$, "the diagonal, which is all there is" | all; without the reason none for the shapes |
# | $\partial z/\partial W$ is $(3, 4)$, like $W$ | none for the shapes: $z$ has three entries, each with its own matrix |
# | $\partial z/\partial W$ is $(4, 3, 3)$ | none for the shapes: first the axes of what is differentiated |
# <!-- ### END SOLUTION -->

# %% [markdown]
# ### The derivative of the cost (1 point)
#
# $p$ stands for the prediction. Only one term of (3) contains $p_k$, so
#
# $$\frac{\partial C}{\partial p} = \frac{2}{\text{size}} \left(p - t\right), \tag{6}$$
#
# where *size* is the number of **all** entries. Write it so that it is right for a vector $(K,)$ as well as for a matrix
# $(N, K)$. You will need both.

# %% nbgrader={"grade_id": "mse_der", "solution": true}
def mse_der(predict, target):
    """Return the derivative (6) of the mean squared error; predict, target and result are all (K,) or all (N, K)."""
    ### BEGIN SOLUTION
    return 2 / np.size(predict) * (predict - target)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_mse_der", "grade": true}
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

# %% nbgrader={"grade_id": "sigmoid_der", "solution": true}
def sigmoid_der(z):
    """Return the derivative (7) of the sigmoid at every entry of z; same shape as z."""
    ### BEGIN SOLUTION
    s = sigmoid(z)
    return s * (1 - s)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid_der", "grade": true}
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

# %% nbgrader={"grade_id": "sigmoid_jacobian", "solution": true}
def sigmoid_jacobian(z):
    """Return the Jacobian (8) of the sigmoid, shape (out, out), for z (out,)."""
    ### BEGIN SOLUTION
    return np.diag(sigmoid_der(z))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid_jacobian", "grade": true}
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

# %% nbgrader={"grade_id": "dC_dz", "solution": true}
def dC_dz(z, target):
    """Return the derivative (9) of the cost with respect to z, shape (out,), where a = sigmoid(z) and target (out,)."""
    ### BEGIN SOLUTION
    return mse_der(sigmoid(z), target) @ sigmoid_jacobian(z)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_dC_dz", "grade": true}
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

# %% nbgrader={"grade_id": "dz_dW", "solution": true}
def dz_dW(W, x):
    """Return the derivative (10) of z = W x + b with respect to W, shape (out, out, in), for W (out, in), x (in,)."""
    ### BEGIN SOLUTION
    return np.tensordot(np.eye(len(W)), x, axes=0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_dz_dW", "grade": true}
check_dz_dW(dz_dW, points=1)

# %% [markdown]
# ### How z depends on the bias (0.5 points)
#
# $$\frac{\partial z_i}{\partial b_j} = \begin{cases} 1 & \text{if } i = j \\ 0 & \text{otherwise.} \end{cases} \tag{11}$$

# %% nbgrader={"grade_id": "dz_db", "solution": true}
def dz_db(b):
    """Return the derivative (11) of z = W x + b with respect to b, shape (out, out), for b (out,)."""
    ### BEGIN SOLUTION
    return np.eye(len(b))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_dz_db", "grade": true}
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

# %% nbgrader={"grade_id": "gradients_one_layer", "solution": true}
def gradients_one_layer(W, b, x, target):
    """Return (dC_dW, dC_db), shapes (out, in) and (out,), by (12) and (13), for x (in,) and target (out,)."""
    ### BEGIN SOLUTION
    delta = dC_dz(W @ x + b, target)
    dC_dW = np.tensordot(delta, dz_dW(W, x), axes=1)
    dC_db = delta @ dz_db(b)
    return dC_dW, dC_db
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_gradients_one_layer", "grade": true}
check_gradients_one_layer(gradients_one_layer, points=2)

# %% [markdown]
# #### The habit: ask the referee
#
# Two derivatives that were found in different ways and agree to ten digits are very likely both right. `difference` says
# how far apart two arrays are, compared with their size. It looks at the shapes first, because arrays of different
# shapes can be subtracted without a word. What is left between two right answers is rounding, and that much `referee`
# lets pass. Keep the two at hand; they will be useful for years.

# %% nbgrader={"grade_id": "given_compare", "locked": true}
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

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** The shape is (3, 3, 4): first the axis of $z$, which is differentiated, then the two axes of
# $W$, which moves. Only 12 of its numbers can differ from zero, those of $x$, three times over. This is why nobody keeps the
# big array: the outer product (12) holds all that is in it.

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

# %% nbgrader={"grade_id": "feed_forward_two_layers", "solution": true}
def feed_forward_two_layers(layers, x):
    """Return a2, shape (out,), by (14), for layers = [(W1, b1), (W2, b2)] and x (in,)."""
    ### BEGIN SOLUTION
    (W1, b1), (W2, b2) = layers
    return feed_forward_one_layer(W2, b2, feed_forward_one_layer(W1, b1, x))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward_two_layers", "grade": true}
check_feed_forward_two_layers(feed_forward_two_layers, points=0.5)

# %% [markdown]
# ### The second layer (1 point)
#
# Cover the first layer with your hand. What is left is one layer whose input is called $a_1$, so Part 2 applies.

# %% nbgrader={"grade_id": "gradients_layer_2", "solution": true}
def gradients_layer_2(layers, x, target):
    """Return (dC_dW2, dC_db2), of the shapes of W2 and b2, for layers = [(W1, b1), (W2, b2)], x (in,), target (out,)."""
    ### BEGIN SOLUTION
    (W1, b1), (W2, b2) = layers
    a1 = feed_forward_one_layer(W1, b1, x)
    delta2 = dC_dz(W2 @ a1 + b2, target)
    return np.outer(delta2, a1), delta2
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_gradients_layer_2", "grade": true}
check_gradients_layer_2(gradients_layer_2, points=1)

# %% [markdown] nbgrader={"grade_id": "ask_dz2_da1", "locked": true}
# ## Question 3 · The link between the layers (2 points)
#
# The first layer acts on $z_2$ through $a_1$ alone. Show from (14) that
#
# $$\frac{\partial z_2}{\partial a_1} = W_2. \tag{15}$$
#
# Somebody claims that it is the sum of the rows of $W_2$, "because each $a_{1,j}$ is used in every $z_{2,i}$". What is right
# about the reason, and where does the sum really appear?

# %% [markdown] nbgrader={"grade_id": "answer_dz2_da1", "grade": true, "solution": true, "points": 2}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Written out, $z_{2,i} = \sum_j (W_2)_{ij}\, a_{1,j} + b_{2,i}$. Only the term with the factor $a_{1,j}$
# depends on it, so $\partial z_{2,i} / \partial a_{1,j} = (W_2)_{ij}$. With the axis of $z_2$ first, that is the matrix
# $W_2$ itself, of shape $(n_2, n_1)$.
#
# It is true that each $a_{1,j}$ moves every $z_{2,i}$. But each of them by its own weight, and each $z_{2,i}$ has its own
# effect on the cost. So the sum over $i$ comes with the next factor,
# $\partial C/\partial a_{1,j} = \sum_i \partial C/\partial z_{2,i}\, (W_2)_{ij}$, and the effects are weighted before they
# are added. The sum of the rows would be right only if all $\partial C/\partial z_{2,i}$ were 1.
#
# **Mark scheme**
# - 1 point: (15) from the written-out sum, with the indices the right way round.
# - 1 point: the sum over $i$ belongs to the product with $\partial C/\partial z_2$, whose entries differ.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | $\partial z_{2,i}/\partial a_{1,j} = (W_2)_{ji}$, or "$W_2^\top$" | 0 for the first; the second can still be earned |
# | "$W_2$ is what $a_1$ is multiplied by, as for numbers" | ½ for the first: true, but not shown from the sum |
# | One numerical example with its Jacobian | ½ for the first |
# | "The claim is wrong, the derivative is a matrix" | 0 for the second: it does not say where the sum appears |
# | "The sum is that of the matrix product $W_2 a_1$" | 0 for the second: that one runs over $j$, and the derivative ends it |
# | The sum over $i$ is found, but without the weights $\partial C/\partial z_{2,i}$ | ½ for the second |
# <!-- ### END SOLUTION -->

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

# %% nbgrader={"grade_id": "gradients_layer_1", "solution": true}
def gradients_layer_1(layers, x, target):
    """Return (dC_dW1, dC_db1), of the shapes of W1 and b1, for layers = [(W1, b1), (W2, b2)], x (in,), target (out,)."""
    ### BEGIN SOLUTION
    (W1, b1), (W2, b2) = layers
    z1 = W1 @ x + b1
    delta2 = dC_dz(W2 @ sigmoid(z1) + b2, target)
    delta1 = delta2 @ W2 @ sigmoid_jacobian(z1)
    return np.outer(delta1, x), delta1
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_gradients_layer_1", "grade": true}
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

# %% [markdown] nbgrader={"grade_id": "ask_more_layers", "locked": true}
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

# %% [markdown] nbgrader={"grade_id": "answer_more_layers", "grade": true, "solution": true, "points": 3}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** 1. From the cost down,
#
# $$\frac{\partial C}{\partial W_1} = \frac{\partial C}{\partial a_3} \cdot \frac{\partial a_3}{\partial z_3} \cdot
# \underbrace{\frac{\partial z_3}{\partial a_2}}_{W_3} \cdot \frac{\partial a_2}{\partial z_2} \cdot
# \underbrace{\frac{\partial z_2}{\partial a_1}}_{W_2} \cdot \frac{\partial a_1}{\partial z_1} \cdot
# \frac{\partial z_1}{\partial W_1}, \qquad
# \frac{\partial C}{\partial W_3} = \frac{\partial C}{\partial a_3} \cdot \frac{\partial a_3}{\partial z_3} \cdot
# \frac{\partial z_3}{\partial W_3}.$$
#
# The derivative of the cost comes once. The derivative of an activation and the weights of a layer come over and over, in
# turn, until the layer in question is reached. There the chain stops with $\partial z_l/\partial W_l$ (or
# $\partial z_l/\partial b_l$) in the place of $\partial z_l/\partial a_{l-1} = W_l$.
#
# 2. One step further down adds one pair of factors:
#
# $$\frac{\partial C}{\partial z_l} = \frac{\partial C}{\partial z_{l+1}} \cdot W_{l+1} \cdot
# \operatorname{diag}\left(\sigma'(z_l)\right).$$
#
# 3. From the left there is always a vector of $n$ numbers, and a vector times an $(n, n)$ matrix costs $n^2$ products. From
# the right there is a matrix (or an array with even more axes), and a matrix times a matrix costs $n^3$. Besides, what
# stands there from the left after each layer is $\partial C/\partial z_l$, which is what the gradients of that layer need
# anyway. So **one** way down gives the gradients of all layers, and nothing is computed twice. From the right every layer
# would need a product of its own.
#
# **Mark scheme**
# - 1 point: both chains; the cost once, activation and weights over and over, the stop at $\partial z_l/\partial W_l$.
# - 1 point: the step from $l + 1$ to $l$, with $W_{l+1}$ and $\sigma'(z_l)$.
# - 1 point: $n^2$ against $n^3$ (½), and the results in between are used by all layers (½).
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | The chain for $W_1$ ends with $W_1$, that is $\partial z_1/\partial x$ | ½ for the first: it differentiates by the input |
# | The derivative of the cost is listed for each layer | ½ for the first |
# | $\partial C/\partial z_l = \partial C/\partial z_{l+1} \cdot W_l \cdots$, or with $\sigma'(z_{l+1})$ | ½ for the second: right factors of the wrong layer |
# | The derivative of the activation is missing | ½ for the second |
# | $W_{l+1}^\top\, \partial C/\partial z_{l+1}$ with columns | all: the same, transposed |
# | "Because errors flow backwards" | 0 for the third |
# | Only "so nothing is computed twice", no count | ½ for the third |
# | "From the left, as each factor needs the one before it" | 0 for the third: a product can be bracketed either way |
# <!-- ### END SOLUTION -->

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

# %% nbgrader={"grade_id": "create_layers", "solution": true}
def create_layers(network_input_size, layer_output_sizes):
    """Return a list with one pair (W, b) for every layer: W (out, in) drawn at random, b (out,)."""
    ### BEGIN SOLUTION
    layers = []
    size_in = network_input_size
    for size_out in layer_output_sizes:
        layers.append((rng.normal(size=(size_out, size_in)), rng.normal(size=size_out)))
        size_in = size_out
    return layers
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_create_layers", "grade": true}
check_create_layers(create_layers, points=0.5)

# %% [markdown]
# ### The forward pass (0.5 points)
#
# Formula (18). `activation_funcs` holds one function for every layer.

# %% nbgrader={"grade_id": "feed_forward", "solution": true}
def feed_forward(input, layers, activation_funcs):
    """Return the prediction a(L), shape (out,), for input (in,), a list of (W, b) and a list of functions."""
    ### BEGIN SOLUTION
    a = input
    for (W, b), activation_func in zip(layers, activation_funcs):
        a = activation_func(W @ a + b)
    return a
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward", "grade": true}
check_feed_forward(feed_forward, points=0.5)

# %% [markdown]
# ### The forward pass that remembers (1 point)
#
# The backward pass needs what came into every layer, for (21), and every $z$, for (19) and (20). So save them on the way.

# %% nbgrader={"grade_id": "feed_forward_saver", "solution": true}
def feed_forward_saver(input, layers, activation_funcs):
    """Return (layer_inputs, zs, predict) for input (in,).

    layer_inputs is the list a(0) ... a(L-1), one array for every layer: what came into it. zs is the list
    z(1) ... z(L). predict is a(L), shape (out,).
    """
    ### BEGIN SOLUTION
    layer_inputs, zs = [], []
    a = input
    for (W, b), activation_func in zip(layers, activation_funcs):
        layer_inputs.append(a)
        z = W @ a + b
        zs.append(z)
        a = activation_func(z)
    return layer_inputs, zs, a
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward_saver", "grade": true}
check_feed_forward_saver(feed_forward_saver, points=1)

# %% [markdown]
# ### Back-propagation (4 points)
#
# The heart of the notebook: formulas (19) to (22), from the last layer to the first. The last argument, `cost_der`, is
# the derivative of the cost with respect to the prediction; it takes `(predict, target)`. The default is your `mse_der`,
# but the check calls your function with another one as well.
#
# Before you type, write down the shape of every quantity for a network with sizes 3, 4 and 2.

# %% nbgrader={"grade_id": "backpropagation", "solution": true}
def backpropagation(input, layers, activation_funcs, target, activation_ders, cost_der=mse_der):
    """Return a list with one pair (dC_dW, dC_db) for every layer, the first layer first.

    input is (in,), target (out,). layers, activation_funcs and activation_ders have one entry for every layer.
    The gradients have the shapes of W and b.
    """
    ### BEGIN SOLUTION
    layer_inputs, zs, predict = feed_forward_saver(input, layers, activation_funcs)
    gradients = [None] * len(layers)
    dC_da = cost_der(predict, target)
    for l in reversed(range(len(layers))):
        delta = dC_da * activation_ders[l](zs[l])  # (19) in the last layer, (20) below it
        gradients[l] = (np.outer(delta, layer_inputs[l]), delta)  # (21) and (22)
        W, b = layers[l]
        dC_da = W.T @ delta  # for the layer below
    return gradients
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_backpropagation", "grade": true}
check_backpropagation(backpropagation, points=4)

# %% [markdown] tags=["solution-only"]
# **What you should have written down**, for sizes 3, 4 and 2:
#
# | | layer 1 | layer 2 |
# |:--|:--|:--|
# | $a^{(l-1)}$ | $(3,)$ | $(4,)$ |
# | $W^{(l)}$ and its gradient | $(4, 3)$ | $(2, 4)$ |
# | $b^{(l)}$ and its gradient, $z^{(l)}$, $a^{(l)}$, $\delta^{(l)}$ | $(4,)$ | $(2,)$ |
# | $W^{(2)\top} \delta^{(2)}$ | $(4, 2) \cdot (2,) = (4,)$ | |

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

# %% [markdown] nbgrader={"grade_id": "ask_batch", "locked": true}
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

# %% [markdown] nbgrader={"grade_id": "answer_batch", "grade": true, "solution": true, "points": 2}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Row $n$ of each $Z$ and $A$ is made from row $n$ of $X$ alone, so the error signals of different samples
# do not mix: (26) and (27) are (19) and (20) for each row. As rows, $W^\top \delta$ becomes $\delta W^\top$, and with the
# weights stored as (in, out) it is $\Delta^{(l+1)} W^{(l+1)\top}$: shapes $(N, n_{l+1}) \cdot (n_{l+1}, n_l) = (N, n_l)$.
#
# All samples share the same parameters. $W_{ij}$ occurs in $Z_{nj}$ for every $n$, with the factor $A_{ni}$, so the chain
# rule sums over $n$: $\partial C/\partial W_{ij} = \sum_n A_{ni} \Delta_{nj}$. That is entry $(i, j)$ of (28), of shape
# $(n_{l-1}, N) \cdot (N, n_l) = (n_{l-1}, n_l)$. In the same way $b_j$ occurs in every $Z_{nj}$ with the factor 1, which
# gives the column sums (29), of shape $(n_l,)$. The $1/(NK)$ is in (25) and is carried along; dividing again would count
# it twice.
#
# **Mark scheme**
# - 1 point: rows do not mix, so (26) and (27) hold row by row; transposes and shapes fit.
# - 1 point: shared parameters, so the chain rule sums over $n$, in (28) inside the product and in (29) as column sums.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | "The shapes fit", for all four | ½ in all: a necessary condition, and no reason |
# | $\Delta^{(l+1)} W^{(l+1)}$ without the transpose | ½ for the first; the shapes do not fit |
# | (27) from $W_{ji}$: indices swapped, and then the transpose forgotten as well | ½ for the first: two mistakes that cancel |
# | No sum in (28) or (29): one sample's formula with capital letters | 0 for the second |
# | The sum is there, "because we add up all errors" | ½ for the second: it does not say that the parameters are shared |
# | (28) and (29) divided by $N$ once more | ½ for the second: the mean is in (25) already |
# | (29) as a mean over the samples | ½ for the second |
# <!-- ### END SOLUTION -->

# %% [markdown]
# ### Create the layers (0.5 points)
#
# The next three functions are those of Part 4 with rows for vectors. That is on purpose: try to write them without looking up,
# and look only at the shapes. What you have to fetch from memory you will still know in a month.
#
# As before, but with $W$ of shape (in, out).

# %% nbgrader={"grade_id": "create_layers_batch", "solution": true}
def create_layers_batch(network_input_size, layer_output_sizes):
    """Return a list with one pair (W, b) for every layer: W (in, out) drawn at random, b (out,)."""
    ### BEGIN SOLUTION
    layers = []
    size_in = network_input_size
    for size_out in layer_output_sizes:
        layers.append((rng.normal(size=(size_in, size_out)), rng.normal(size=size_out)))
        size_in = size_out
    return layers
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_create_layers_batch", "grade": true}
check_create_layers_batch(create_layers_batch, points=0.5)

# %% [markdown]
# ### The forward pass (0.5 points)
#
# Formula (23).

# %% nbgrader={"grade_id": "feed_forward_batch", "solution": true}
def feed_forward_batch(inputs, layers, activation_funcs):
    """Return the predictions, shape (N, out), by (23), for inputs (N, in)."""
    ### BEGIN SOLUTION
    a = inputs
    for (W, b), activation_func in zip(layers, activation_funcs):
        a = activation_func(a @ W + b)
    return a
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward_batch", "grade": true}
check_feed_forward_batch(feed_forward_batch, points=0.5)

# %% [markdown]
# ### The forward pass that remembers (0.5 points)
#
# Formula (23) again, and now everything is kept.

# %% nbgrader={"grade_id": "feed_forward_saver_batch", "solution": true}
def feed_forward_saver_batch(inputs, layers, activation_funcs):
    """Return (layer_inputs, zs, predict) for inputs (N, in).

    layer_inputs is the list A(0) ... A(L-1), zs is the list Z(1) ... Z(L), predict is A(L), shape (N, out).
    """
    ### BEGIN SOLUTION
    layer_inputs, zs = [], []
    a = inputs
    for (W, b), activation_func in zip(layers, activation_funcs):
        layer_inputs.append(a)
        z = a @ W + b
        zs.append(z)
        a = activation_func(z)
    return layer_inputs, zs, a
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_feed_forward_saver_batch", "grade": true}
check_feed_forward_saver_batch(feed_forward_saver_batch, points=0.5)

# %% [markdown]
# ### Back-propagation for a batch (4 points)
#
# Formulas (25) to (29). `cost_der(predict, targets)` takes the whole batch and contains the mean over the samples, so
# nothing needs to be divided by $N$ any more. Shapes are your best friends here: each gradient has the shape of its
# parameter.

# %% nbgrader={"grade_id": "backpropagation_batch", "solution": true}
def backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=mse_der):
    """Return a list with one pair (dC_dW, dC_db) for every layer, the first layer first.

    inputs is (N, in), targets (N, out). layers, activation_funcs and activation_ders have one entry for every layer.
    dC_dW is (in, out); dC_db is (out,) or (1, out).
    """
    ### BEGIN SOLUTION
    layer_inputs, zs, predict = feed_forward_saver_batch(inputs, layers, activation_funcs)
    gradients = [None] * len(layers)
    dC_da = cost_der(predict, targets)  # (25), or that of another cost
    for l in reversed(range(len(layers))):
        delta = dC_da * activation_ders[l](zs[l])  # (26) in the last layer, (27) below it
        gradients[l] = (layer_inputs[l].T @ delta, np.sum(delta, axis=0))  # (28) and (29)
        W, b = layers[l]
        dC_da = delta @ W.T  # for the layer below
    return gradients
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_backpropagation_batch", "grade": true}
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

# %% nbgrader={"grade_id": "given_iris", "locked": true}
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

# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(z):
    """Return the softmax (30) of every row of z (N, K); same shape as z."""
    ### BEGIN SOLUTION
    powers = np.exp(z - np.max(z, axis=1, keepdims=True))  # the largest exponent is 0, so nothing overflows
    return powers / np.sum(powers, axis=1, keepdims=True)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_softmax", "grade": true}
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

# %% nbgrader={"grade_id": "cross_entropy", "solution": true}
def cross_entropy(predict, target):
    """Return the cost (31), a single number, of probabilities predict (N, K) against one-hot targets (N, K)."""
    ### BEGIN SOLUTION
    return -np.sum(target * np.log(predict)) / len(predict)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_cross_entropy", "grade": true}
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

# %% nbgrader={"grade_id": "softmax_cross_entropy_der", "solution": true}
def softmax_cross_entropy_der(predict, target):
    """Return the derivative (32) with respect to Z, for probabilities predict (N, K) and one-hot targets (N, K)."""
    ### BEGIN SOLUTION
    return (predict - target) / len(predict)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_softmax_cross_entropy_der", "grade": true}
check_softmax_cross_entropy_der(softmax_cross_entropy_der, points=1)

# %% nbgrader={"grade_id": "given_one", "locked": true}
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

# %% nbgrader={"grade_id": "train_network", "solution": true}
def train_network(
    inputs, targets, layers, activation_funcs, activation_ders, cost_der, learning_rate, epochs
):
    """Train for a number of epochs, each with all samples, and return (layers, losses).

    inputs is (N, in), targets (N, out). layers is the list of trained pairs (W, b); losses is a list with the
    cross-entropy (31) before each epoch's update. cost_der is what backpropagation_batch is to use.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        losses.append(cross_entropy(feed_forward_batch(inputs, layers, activation_funcs), targets))
        gradients = backpropagation_batch(
            inputs, layers, activation_funcs, targets, activation_ders, cost_der
        )
        layers = [
            (W - learning_rate * dC_dW, b - learning_rate * dC_db)
            for (W, b), (dC_dW, dC_db) in zip(layers, gradients)
        ]
    return layers, losses
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_train_network", "grade": true}
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

# %% tags=["explore", "solution-only"]
def trained_anew(funcs, ders, cost_der, epochs=600):
    """Return the cross-entropies and the accuracy of a network that starts from the weights of `untrained`."""
    net, costs = train_network(measurements, species, untrained, funcs, ders, cost_der, learning_rate=0.5, epochs=epochs)
    predict = feed_forward_batch(measurements, net, funcs)
    return np.array(costs), np.mean(np.argmax(predict, axis=1) == iris.target)


costs, reached = trained_anew([relu, softmax], [relu_der, one], softmax_cross_entropy_der)
print(f"relu: cost {costs[-1]:.3f}, accuracy {reached:.3f}; below the sigmoid's last cost after {np.sum(costs > losses[-1])} epochs")
costs, reached = trained_anew([sigmoid, softmax], [sigmoid_der, sigmoid_der], softmax_cross_entropy_der)
print(f"sigmoid_der for one: cost {costs[-1]:.3f}, accuracy {reached:.3f}; with one it was {losses[-1]:.3f}")
costs, reached = trained_anew([sigmoid, sigmoid], [sigmoid_der, sigmoid_der], mse_der)
print(f"mse_der and sigmoid: accuracy {reached:.3f}, with cross-entropy it was {accuracy(trained):.3f}")

# %% [markdown] tags=["solution-only"]
# **What you should have seen.**
#
# - ReLU gets there in half of the epochs: where it is on, its derivative is 1, and that of the sigmoid is ¼ at most.
# - With `sigmoid_der` the error signal is $\frac1N (p_k - t_k)\, \sigma'(z_k)$. It has the right signs, so the network learns, but
#   more slowly, as every entry is multiplied by ¼ or less. It is the derivative of **no** cost at all: second derivatives do not
#   depend on the order, and here $\partial/\partial z_k$ of entry $j$ is $-\frac1N p_j p_k\, \sigma'(z_j)$, while
#   $\partial/\partial z_j$ of entry $k$ is $-\frac1N p_j p_k\, \sigma'(z_k)$. A gradient check would find it at once; the loss curve
#   alone would not.
# - With the mean squared error it learns more slowly, too: the factor $\sigma'$ makes the error signal small just where the
#   network is sure and wrong, and the mean divides by $N K$ instead of $N$.

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
