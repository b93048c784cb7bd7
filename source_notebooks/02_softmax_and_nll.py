# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2 · Softmax and the negative log-likelihood
#
# A network that has to choose between several classes answers with probabilities, and its loss asks one question only:
# *how much probability did you give to what really happened?* In this notebook you write everything that is needed for
# that, and you let it take one step of training: first a single layer, then a network of two layers. You can follow
# every number with your own eyes.
#
# **What you need.** Exercise 1, matrix products, the derivative of the logarithm, and a little NumPy.
#
# **How long it takes.** About four hours. The three parts can be done on different days.
#
# | part | what you do | points | time |
# |---|---|---|---|
# | – | guess first | 5 | 10 min |
# | 1 | sigmoid, softmax, their losses and gradients | 42.5 | 100 min |
# | 2 | one softmax layer, trained for one step | 12.5 | 30 min |
# | 3 | a 2-4-2 network, trained for one step | 40 | 75 min |
# | – | beyond: batches, the loss along the step, an explorer | – | 20 min |

# %% [markdown]
# ## How to work
#
# 1. Write your code where a cell says `# YOUR CODE HERE`, and delete the line that raises `NotImplementedError`.
# 2. Run the cell, then run the **check cell** right below it. It calls your function with inputs of other sizes and
#    reports what it found: what is right, what is wrong, and the cause where that can be told.
# 3. Stuck? Type `hint("softmax")` in a new cell, with the name of the task. There are three hints for each task. Ask
#    again for the next one, and none of them will spoil the fun by showing you code.
#
# Later functions may call your earlier ones. Should one of those still be wrong, the check lends the right values to the
# later one, so that a mistake costs only once. The same holds for a mistake that its check has named, if you type the
# formula again instead of calling the function, as long as the wrong numbers leave something to compute. You may run a
# check as often as you like. Every formula has a number, and the reports use the same numbers.

# %% nbgrader={"grade_id": "given_setup", "locked": true}
import numpy as np

from checks.softmax_and_nll import (
    check_gradient_step,
    check_hidden_activations,
    check_network_output,
    check_nll_gradient,
    check_nllm,
    check_output_after_step,
    check_predict,
    check_predict_after_step,
    check_predictions,
    check_sigmoid,
    check_sigmoid_derivative,
    check_softmax,
    check_softmax_gradient,
    check_updated_w1,
    check_updated_w2,
    hint,
    progress,
)

np.set_printoptions(precision=8, suppress=True)

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# > **Convention.** A sample is a **column**: $x$ has shape $(m, 1)$, and a batch of $N$ samples has shape $(m, N)$.
# > Labels are one-hot columns. A layer with $m$ inputs and $n$ outputs has a weight matrix $W$ of shape $(m, n)$, that is
# > **(from, to)**, and computes $z = W^\top x + w_0$. In exercise 1 it was (to, from), and no transpose was needed. The loss
# > of a batch is the **sum** over its samples. Other books, and later exercises from Part 5 of exercise 3 on, put samples
# > into rows, and some take the mean; their formulas look transposed, or differ by a constant factor. The table at the end
# > of this notebook says what holds where.

# %% [markdown]
# ## Guess first (5 points)
#
# Five questions, some about exercise 1 and some about what is to come. Guess in your head, run the check, and come back
# whenever you know more. A wrong guess costs a point only as long as you leave it there.
#
# 1. `shift`: The logits of three classes are $(1, 2, 3)$, and their softmax is $(0.09, 0.24, 0.67)$. Now 100 is added to each
#    of the three. The softmax
#    - **a)** stays as it is
#    - **b)** gives nearly everything to the third class
#    - **c)** becomes $(\frac13, \frac13, \frac13)$
# 2. `certain`: The loss is minus the logarithm of the probability that the true class got. A network gave it probability zero.
#    Its loss is
#    - **a)** zero
#    - **b)** one
#    - **c)** infinite
# 3. `falling`: A softmax layer has three classes, and a sample has positive inputs only. The gradient of its loss has one
#    column for each class. In how many of the three columns is it negative, so that a step of gradient descent makes the
#    weights larger?
# 4. `silent`: A hidden neuron with ReLU is off for the only sample there is. Which of its weights change in this step?
#    - **a)** those that lead to it and those that leave it
#    - **b)** only those that lead to it
#    - **c)** only those that leave it
#    - **d)** none
# 5. `order`: One step changes $W_1$ and $W_2$ of a network of two layers. The gradient of $W_1$ is computed with
#    - **a)** the $W_2$ of the forward pass
#    - **b)** the new $W_2$, as it is better
#    - **c)** either, the result is the same

# %% nbgrader={"grade_id": "predictions", "solution": true}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"shift": None, "certain": None, "falling": None, "silent": None, "order": None}
### BEGIN SOLUTION
predictions = {"shift": "a", "certain": "c", "falling": 1, "silent": "d", "order": "a"}
### END SOLUTION

# %% nbgrader={"grade_id": "check_predictions", "grade": true}
check_predictions(predictions, points=5)

# %% [markdown]
# # Part 1 · Functions
#
# ## One neuron
#
# A single neuron can answer a question with yes or no. The **sigmoid** turns its weighted input $z$ into the probability
# of a yes,
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}. \tag{1}$$
#
# ### The sigmoid (5 points)
#
# Write (1) for an array of any shape. It has to be right even for $z = \pm 1000$. There the exponential of a positive
# number overflows to `inf`, which is allowed as long as the *result* is right. (NumPy may warn. That costs nothing.)

# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(z):
    """Return the sigmoid (1) of every entry of the array z; same shape as z."""
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # between 0 and 1 for every z, so nothing overflows
    return np.where(z >= 0, 1, small) / (1 + small)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid", "grade": true}
check_sigmoid(sigmoid, points=5)

# %% [markdown]
# ### Its derivative (2.5 points)
#
# You know this one from exercise 1. Close that notebook and write it from memory, that is how it stays. The derivative of
# the sigmoid can be written with the sigmoid itself,
#
# $$\sigma'(z) = \sigma(z)\,\big(1 - \sigma(z)\big). \tag{2}$$
#
# The argument of your function is the weighted input $z$, not the activation $a = \sigma(z)$.

# %% nbgrader={"grade_id": "sigmoid_derivative", "solution": true}
def sigmoid_derivative(z):
    """Return the derivative (2) of the sigmoid at every entry of the array z; same shape as z."""
    ### BEGIN SOLUTION
    s = sigmoid(z)
    return s * (1 - s)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid_derivative", "grade": true}
check_sigmoid_derivative(sigmoid_derivative, points=2.5)

# %% [markdown]
# The height of the orange curve is the slope of the purple one. Where is the slope greatest, and how large is it there?

# %% tags=["explore"]
import matplotlib.pyplot as plt

from checks.drawing import sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

z_axis = np.linspace(-6, 6, 200)
figure, ax = plt.subplots(figsize=(5.2, 3), layout="constrained")
ax.plot(z_axis, sigmoid(z_axis), color="#5e3c99", label=r"$\sigma(z)$")
ax.plot(z_axis, sigmoid_derivative(z_axis), color="#e66101", linestyle="--", label=r"$\sigma'(z)$")
ax.set(xlabel="$z$")
ax.grid(alpha=0.3)
ax.legend(frameon=False)
plt.show()

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** The slope is greatest where $\sigma$ is ½, at $z = 0$, and there it is
# $\frac12 \cdot \frac12 = \frac14$. Far to both sides the purple curve is flat and the orange one nearly 0: a neuron that is
# very sure hardly learns from a squared error. The loss below cures this.

# %% [markdown]
# ### The loss of one neuron, and its gradient (5 points)
#
# The label $y$ is 1 for yes and 0 for no. The **negative log-likelihood** (NLL) looks at the probability that the neuron
# gave to the right answer, $a$ or $1 - a$, and takes minus its logarithm:
#
# $$L(a, y) = -\big(y \log a + (1 - y) \log(1 - a)\big), \qquad a = \sigma(z),\quad z = w^\top x + w_0. \tag{3}$$
#
# The chain rule walks from the loss back to the weights, and something lovely happens on the way. The derivative of the
# loss has $a(1-a)$ in its denominator, the sigmoid has $a(1-a)$ as its slope, and the two cancel:
#
# $$\frac{\partial L}{\partial w} = x\,(a - y). \tag{4}$$
#
# Input times error, and nothing else. The gradient has the shape of the weights, a column $(m, 1)$. Mind the sign. With
# $y - a$ your "descent" would climb, and no error message would tell you.

# %% nbgrader={"grade_id": "nll_gradient", "solution": true}
def nll_gradient(x, a, y):
    """Return the gradient (4) of the loss with respect to the weights of one neuron, shape (m, 1).

    x has shape (m, 1); the activation a and the label y have shape (1, 1).
    """
    ### BEGIN SOLUTION
    return x * (a - y)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_nll_gradient", "grade": true}
check_nll_gradient(nll_gradient, points=5)

# %% [markdown]
# ## Several classes
#
# With $n$ classes there are $n$ weighted inputs, the **logits** $z_1, \dots, z_n$. The **softmax** turns them into
# probabilities: positive, and adding up to 1.
#
# $$\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{n} e^{z_j}} \tag{5}$$
#
# Only the *differences* between logits matter. Subtract any number $c$ from all of them, and both numerator and denominator
# shrink by the same factor $e^{c}$:
#
# $$\mathrm{softmax}(z) = \mathrm{softmax}(z - c), \qquad \text{for example with } c = \max_j z_j. \tag{6}$$
#
# With the maximum as $c$, the largest exponent is 0, and no exponential can overflow.
#
# ### The softmax (7.5 points)
#
# Each column of $z$ is a sample, and its softmax is nobody else's business. So every sum and every maximum runs over the
# classes, which is axis 0. Your function has to be finite and right for logits from $-1000$ to $1000$, also when one
# column is enormous and its neighbour is tiny. Two thirds of the points are for moderate numbers, one third for these.

# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(z):
    """Return the softmax (5) of every column of z; same shape as z.

    z has shape (n, 1) for one sample or (n, N) for a batch.
    """
    ### BEGIN SOLUTION
    exponentials = np.exp(z - z.max(axis=0, keepdims=True))  # (6): the maximum of each column
    return exponentials / exponentials.sum(axis=0, keepdims=True)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_softmax", "grade": true}
check_softmax(softmax, points=7.5)

# %% [markdown]
# ### The loss for several classes (7.5 points)
#
# A one-hot label $y$ is 1 for the true class and 0 for all others. The **multi-class negative log-likelihood** (NLLM) is
# minus the logarithm of the one probability that counts,
#
# $$L(a, y) = -\sum_{j=1}^{n} y_j \log a_j, \tag{7}$$
#
# and for a batch the sum over all columns as well. For $a = (0.1, 0.4, 0.5)$ and the first class it is
# $-\log 0.1 = 2.302585$.
#
# Your function gets `a` and `y` of the same shape, which may be $(n,)$, $(n, 1)$, $(1, n)$ or $(n, N)$. Two corners
# deserve care:
#
# - Where $y_j = 0$, the term counts as 0, even if $a_j = 0$. In floating point `0 * np.log(0)` is `nan`, and one `nan`
#   spoils the whole sum.
# - Where $y_j = 1$ and $a_j = 0$, the network was certain and wrong. The loss should be `inf`, or very large if
#   you prefer to clip tiny probabilities.

# %% nbgrader={"grade_id": "nllm", "solution": true}
def nllm(a, y):
    """Return the loss (7) of the probabilities a against the one-hot labels y, summed over everything: a float.

    a and y have the same shape: (n,), (n, 1), (1, n) or (n, N).
    """
    ### BEGIN SOLUTION
    of_true_classes = a[y == 1]  # one probability for each sample
    with np.errstate(divide="ignore"):  # log 0 = -inf is what we want here
        return float(-np.sum(np.log(of_true_classes)))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_nllm", "grade": true}
check_nllm(nllm, points=7.5)

# %% [markdown]
# Three forms of the same question should get the same answer, 2.302585. (A version that transposes one of its arguments
# gives 3.912023: a row times a column is a whole table of products, so *every* class is counted.)

# %% tags=["explore"]
a_example, y_example = np.array([0.1, 0.4, 0.5]), np.array([1, 0, 0])
for shape in [(3,), (3, 1), (1, 3)]:
    print(f"shape {shape!s:7} loss {nllm(a_example.reshape(shape), y_example.reshape(shape)):.6f}")
transposed = -np.sum(y_example.reshape(1, 3) * np.log(a_example.reshape(3, 1)))
print(f"with one argument transposed {transposed:.6f}")

# %% [markdown]
# ### The gradient of a softmax layer
#
# Now a layer without bias: $z = W^\top x$ and $a = \mathrm{softmax}(z)$. Each $z_j$ influences *all* probabilities, so the
# derivative of the softmax is a full matrix, not only a diagonal. And yet, with the loss (7) everything melts into one
# short difference again, as in (4). With the **error signal** $\delta = \partial L / \partial z$,
#
# $$\frac{\partial L}{\partial W} = x\,\delta^\top, \qquad \delta = a - y. \tag{8}$$
#
# Entry $(i, j)$ is $x_i (a_j - y_j)$: input $i$ times the error of class $j$. The shape is that of $W$, $(m, n)$.
#
# > **Convention. The sign changes here!** In exercise 1 the error signal was $\delta = -\partial E / \partial s$, it pointed
# > downhill, and the update **added**. From here on, in all exercises, $\delta = +\partial L / \partial z$: it points
# > uphill, and the update **subtracts**. What began with $t - y$ there begins with $a - y$ here. The weights after the step
# > are the same.

# %% [markdown] nbgrader={"grade_id": "ask_why", "locked": true}
# ### Question 1 · Why is it a - y? (10 points)
#
# It looks like a miracle, and it returns in exercise 3 and in every framework. So take it apart once, on paper. Show for
# $L(a, y) = -\sum_i y_i \log a_i$, $a = \mathrm{softmax}(z)$ and a one-hot label $y$ that
#
# $$\frac{\partial L}{\partial z_j} = a_j - y_j.$$
#
# 1. Find $\partial a_i / \partial z_j$ from (5), once for $i = j$ and once for $i \neq j$.
# 2. Write down the chain rule from $L$ to $z_j$, and say over what it sums, and why.
# 3. Put both together until $a_j - y_j$ is left. Which property of $y$ do you need, and where?
# 4. For labels that are no probabilities, such as $y = (1, 1, 0)$, the result is another one. Which?

# %% [markdown] nbgrader={"grade_id": "answer_why", "grade": true, "solution": true, "points": 10}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** 1. With $S = \sum_k e^{z_k}$ we have $a_i = e^{z_i} / S$ and $\partial S / \partial z_j = e^{z_j}$. The
# quotient rule gives
#
# $$\frac{\partial a_i}{\partial z_j} = \frac{e^{z_i} S - e^{z_i} e^{z_i}}{S^2} = a_i (1 - a_i) \quad (i = j), \qquad
# \frac{\partial a_i}{\partial z_j} = \frac{0 - e^{z_i} e^{z_j}}{S^2} = -a_i a_j \quad (i \neq j).$$
#
# 2. $z_j$ occurs in the denominator $S$ of every $a_i$, so it moves all probabilities, and the loss depends on it through all
# of them. The chain rule sums over all classes $i$:
#
# $$\frac{\partial L}{\partial z_j} = \sum_i \frac{\partial L}{\partial a_i}\, \frac{\partial a_i}{\partial z_j}
# = \sum_i \left(-\frac{y_i}{a_i}\right) \frac{\partial a_i}{\partial z_j}.$$
#
# 3. The term $i = j$ is $-\frac{y_j}{a_j}\, a_j (1 - a_j) = -y_j + y_j a_j$. Each other term is
# $-\frac{y_i}{a_i}\, (-a_i a_j) = y_i a_j$. In all of them $a_i$ has cancelled, and together they are
#
# $$-y_j + y_j a_j + \sum_{i \neq j} y_i a_j = -y_j + a_j \sum_i y_i = a_j - y_j,$$
#
# where the last step needs $\sum_i y_i = 1$.
#
# 4. Without it, $\partial L / \partial z_j = a_j \sum_i y_i - y_j$; for $y = (1, 1, 0)$ that is $2 a_j - y_j$.
#
# **Mark scheme**
# - 3 points: both derivatives of the softmax (2 points for one of them).
# - 3 points: the chain rule as a sum over **all** classes, with the reason that $z_j$ moves every $a_i$.
# - 3 points: the terms put together, with $\sum_i y_i = 1$ named where it is used.
# - 1 point: $a_j \sum_i y_i - y_j$, or $2 a_j - y_j$.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | No sum: only the term $i = j$, result $-y_j (1 - a_j)$ | 2 (the derivative for $i = j$); the result is right for the true class only |
# | Only the one term of the true class $c$, $-\log a_c$, differentiated for $j = c$ and for $j \neq c$ | all: with a one-hot label it is the same; 1 less if it is not said that this uses $y_c = 1$ and all other $y_i = 0$ |
# | $L = -z_c + \log S$, differentiated at once | 9, and the last one with part 4: a better way, which needs no Jacobian |
# | $a_i a_j$ without its minus, and "$a_j - y_j$ as claimed" | 2 for $i = j$, 3 for the chain rule; none for the last step, which does not follow |
# | Indices swapped, $-a_i a_j$ for $i = j$ | 1 less, if the rest follows |
# | $\sum_i y_i = 1$ used and not named | 1 less |
# | "The softmax is the sigmoid for several classes, so it is as in (4)" | 0: it is the claim, not a reason |
# <!-- ### END SOLUTION -->

# %% [markdown]
# ### The gradient in code (5 points)
#
# Whatever happened on paper, you may use (8).

# %% nbgrader={"grade_id": "softmax_gradient", "solution": true}
def softmax_gradient(x, a, y):
    """Return the gradient (8) of the loss with respect to the weights of a softmax layer, shape (m, n).

    x has shape (m, 1); the probabilities a and the one-hot label y have shape (n, 1).
    """
    ### BEGIN SOLUTION
    return x @ (a - y).T
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_softmax_gradient", "grade": true}
check_softmax_gradient(softmax_gradient, points=5)

# %% [markdown]
# # Part 2 · One layer learns
#
# Two inputs, three classes, no bias. The classes are called 0, 1 and 2, and this sample belongs to class 1.

# %% nbgrader={"grade_id": "given_layer", "locked": true}
W = np.array([[1.0, -1.0, -2.0], [-1.0, 2.0, 1.0]])  # (2, 3)
x = np.array([[1.0], [1.0]])  # (2, 1)
y = np.array([[0.0], [1.0], [0.0]])  # (3, 1): class 1
learning_rate = 0.5

# %% tags=["explore"]
from checks.drawing import draw_network

draw_network(
    [2, 3],
    labels={(0, 0): "1", (0, 1): "1", (1, 0): "$z_0$", (1, 1): "$z_1$", (1, 2): "$z_2$"},
    weights=[W],
    write_weights=True,
    digits=0,
    layer_names=["input\n$x$", "weighted input\n$z = W^T x$"],
    edge_names=["$W$"],
    box="softmax",
    box_outputs=["$a_0$", "$a_1$", "$a_2$"],
    scale=0.8,
)

# %% [markdown]
# Every arrow is one entry of $W$, and each row of $W$ holds the arrows that leave one input. The softmax is **one** box for
# all classes: it needs all three weighted inputs to make any of its outputs.

# %% [markdown]
# ### The prediction (2.5 points)
#
# $$a = \mathrm{softmax}(z), \qquad z = W^\top x \tag{9}$$
#
# As in all that follows, you write a function, and the check calls it with layers of other sizes too.

# %% nbgrader={"grade_id": "predict", "solution": true}
def predict(x, W):
    """Return the probabilities (9) of a softmax layer without bias, shape (n, 1).

    x has shape (m, 1), W has shape (m, n).
    """
    ### BEGIN SOLUTION
    return softmax(W.T @ x)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_predict", "grade": true}
check_predict(predict, points=2.5)

# %% [markdown]
# The layer gives class 2 a probability of 0.09003057, and its loss is 0.40760596. The gradient has two equal rows,
# $(0.24472847, -0.33475904, 0.09003057)$, because the two inputs are equal. Only the column of the true class is
# negative. What will a step *against* the gradient do to each column of $W$?

# %% tags=["explore"]
a = predict(x, W)
gradient = softmax_gradient(x, a, y)

print("probabilities  ", a.ravel())
print(f"of class 2      {a[2, 0]:.8f}")
print(f"loss            {nllm(a, y):.8f}")
print("gradient\n", gradient)

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** Against the gradient means minus it: the column of the true class, 1, grows, and the other
# two shrink, each in proportion to the probability that it got. So $z_1$ rises and the others fall, for this sample.

# %% [markdown]
# ### One step of gradient descent (5 points)
#
# $$W \leftarrow W - \eta\, \frac{\partial L}{\partial W} \tag{10}$$
#
# The learning rate $\eta$ says how far to go. Return the new matrix and leave the old one as it is; you will soon be glad
# to have both.

# %% nbgrader={"grade_id": "gradient_step", "solution": true}
def gradient_step(W, gradient, learning_rate):
    """Return the weights after one step (10), of the shape of W.

    gradient has the shape of W, learning_rate is a number.
    """
    ### BEGIN SOLUTION
    return W - learning_rate * gradient
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_gradient_step", "grade": true}
check_gradient_step(gradient_step, points=5)

# %% [markdown]
# For our layer and $\eta = 0.5$ the new matrix is
#
# $$\begin{pmatrix} 0.87763576 & -0.83262048 & -2.04501529 \\ -1.12236424 & 2.16737952 & 0.95498471 \end{pmatrix}.$$

# %% tags=["explore"]
W_new = gradient_step(W, gradient, learning_rate)
print(W_new)

# %% [markdown]
# ### Has it learnt anything? (5 points)
#
# Put the pieces together: predict with (9), find the gradient (8), take one step (10), and predict again with the new
# weights.

# %% nbgrader={"grade_id": "predict_after_step", "solution": true}
def predict_after_step(x, y, W, learning_rate):
    """Return the probabilities of a softmax layer after one step of gradient descent, shape (n, 1).

    x has shape (m, 1), the one-hot label y has shape (n, 1), W has shape (m, n), learning_rate is a number.
    """
    ### BEGIN SOLUTION
    gradient = softmax_gradient(x, predict(x, W), y)
    return predict(x, gradient_step(W, gradient, learning_rate))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_predict_after_step", "grade": true}
check_predict_after_step(predict_after_step, points=5)

# %% [markdown]
# The probability of class 2 falls to 0.06835955, and the loss falls from 0.40760596 to 0.25818432. With the sign of the
# gradient turned round, the loss would *rise* to 0.62254991. So it is a good habit to look at the loss before and after.

# %% tags=["explore"]
a_after = predict_after_step(x, y, W, learning_rate)
print("probabilities after the step ", a_after.ravel())
print(f"of class 2                     {a_after[2, 0]:.8f}")
uphill = predict(x, gradient_step(W, -gradient, learning_rate))
print(f"loss before {nllm(a, y):.8f}, after {nllm(a_after, y):.8f}, with the wrong sign {nllm(uphill, y):.8f}")

# %% [markdown]
# # Part 3 · Two layers learn
#
# Between input and output there is now a hidden layer of four neurons. Each of them switches on when its weighted
# input is positive:
#
# | layer | weights | bias | activation |
# |:--|:--|:--|:--|
# | hidden | $W_1$, shape $(2, 4)$ | $b_1$, shape $(4, 1)$ | $\mathrm{relu}(z) = \max(0, z)$ |
# | output | $W_2$, shape $(4, 2)$ | $b_2$, shape $(2, 1)$ | softmax |
#
# The number at a symbol says which layer it belongs to. The check calls your functions with $m$ inputs, $h$
# hidden neurons and $n$ classes. The sample below belongs to class 1. Its name is `x_net`, so that the layer of part 2
# keeps its `x`.

# %% nbgrader={"grade_id": "given_network", "locked": true}
W1 = np.array([[1.0, 0.0, -1.0, 0.0], [0.0, 1.0, 0.0, -1.0]])  # (2, 4)
b1 = np.array([[-1.0], [-1.0], [-1.0], [-1.0]])  # (4, 1)
W2 = np.array([[1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [1.0, -1.0]])  # (4, 2)
b2 = np.array([[0.0], [2.0]])  # (2, 1)
x_net = np.array([[4.0], [11.0]])  # (2, 1)
y_net = np.array([[0.0], [1.0]])  # (2, 1): class 1

# %% tags=["explore"]
draw_network(
    [2, 4, 2],
    labels={(0, 0): "4", (0, 1): "11"},
    weights=[W1, W2],
    write_weights=True,
    digits=0,
    layer_names=["input\n$x$", "relu\n$a_1$", "softmax\n$a_2$"],
    edge_names=["$W_1, b_1$", "$W_2, b_2$"],
    scale=0.8,
)

# %% [markdown]
# ### The hidden layer (7.5 points)
#
# $$z_1 = W_1^\top x + b_1 \tag{11}$$
#
# $$a_1 = \mathrm{relu}(z_1) = \max(0, z_1) \quad\text{entry by entry} \tag{12}$$

# %% nbgrader={"grade_id": "hidden_activations", "solution": true}
def hidden_activations(x, W1, b1):
    """Return the activations a1 (12) of the hidden layer, shape (h, 1).

    x has shape (m, 1), W1 has shape (m, h), b1 has shape (h, 1).
    """
    ### BEGIN SOLUTION
    return np.maximum(0, W1.T @ x + b1)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_hidden_activations", "grade": true}
check_hidden_activations(hidden_activations, points=7.5)

# %% [markdown]
# By hand: $z_1 = (3, 10, -5, -12)$, so $a_1 = (3, 10, 0, 0)$. Two neurons are on, two are off.

# %% tags=["explore"]
print("z1 ", (W1.T @ x_net + b1).ravel())
print("a1 ", hidden_activations(x_net, W1, b1).ravel())

# %% [markdown]
# ### The output (7.5 points)
#
# $$z_2 = W_2^\top a_1 + b_2 \tag{13}$$
#
# $$a_2 = \mathrm{softmax}(z_2) \tag{14}$$

# %% nbgrader={"grade_id": "network_output", "solution": true}
def network_output(x, W1, b1, W2, b2):
    """Return the probabilities a2 (14) of the network, shape (n, 1).

    x has shape (m, 1), W1 (m, h), b1 (h, 1), W2 (h, n), b2 (n, 1).
    """
    ### BEGIN SOLUTION
    a1 = hidden_activations(x, W1, b1)
    return softmax(W2.T @ a1 + b2)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_network_output", "grade": true}
check_network_output(network_output, points=7.5)

# %% [markdown]
# Here $z_2 = (13, -11)$, and the probability of class 1, the true one, is $3.775 \cdot 10^{-11}$. The network is
# as sure as can be, and it is wrong. Its loss is 24. There is something to learn.

# %% tags=["explore"]
a2 = network_output(x_net, W1, b1, W2, b2)
print("z2 ", (W2.T @ hidden_activations(x_net, W1, b1) + b2).ravel())
print(f"a2  {a2[0, 0]:.4g} and {a2[1, 0]:.4g}, loss {nllm(a2, y_net):.4f}")

# %% [markdown]
# ### The way back
#
# The output layer is the softmax layer of part 2, with $a_1$ in the place of $x$. So (8) says how its weights change:
#
# $$\delta_2 = a_2 - y \tag{15}$$
#
# $$\frac{\partial L}{\partial W_2} = a_1\, \delta_2^\top \tag{16}$$
#
# To reach the hidden layer, the error signal travels back through the same weights that carried the activations
# forward, and then past the ReLU, which lets it through where a neuron is on ($\mathrm{relu}' = 1$) and stops it where
# the neuron is off ($\mathrm{relu}' = 0$):
#
# $$\delta_1 = \left(W_2\, \delta_2\right) \odot \mathrm{relu}'(z_1) \tag{17}$$
#
# $$\frac{\partial L}{\partial W_1} = x\, \delta_1^\top \tag{18}$$
#
# The symbol $\odot$ is the product entry by entry, `*` in code. Then both matrices take their step:
#
# $$W_1 \leftarrow W_1 - \eta\, \frac{\partial L}{\partial W_1}, \qquad W_2 \leftarrow W_2 - \eta\, \frac{\partial L}{\partial W_2} \tag{19}$$
#
# **Mind the order.** Both gradients belong to the network that made the forward pass, so (17) uses the **old** $W_2$, even if
# a new one has been computed. That is no matter of taste: with the new one it is not the gradient of the loss. The biases stay as
# they are in this exercise.

# %% [markdown]
# ### The weights of the output layer (10 points)
#
# Formulas (15), (16) and (19). For our network $\delta_2 = (1, -1)$, up to $10^{-10}$.

# %% nbgrader={"grade_id": "updated_w2", "solution": true}
def updated_w2(x, y, W1, b1, W2, b2, learning_rate):
    """Return W2 after one step (19), shape (h, n).

    x has shape (m, 1), the one-hot label y (n, 1), W1 (m, h), b1 (h, 1), W2 (h, n), b2 (n, 1).
    """
    ### BEGIN SOLUTION
    a1 = hidden_activations(x, W1, b1)
    delta2 = network_output(x, W1, b1, W2, b2) - y  # (15)
    return W2 - learning_rate * a1 @ delta2.T  # (16), (19)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_updated_w2", "grade": true}
check_updated_w2(updated_w2, points=10)

# %% [markdown]
# With $\eta = 0.5$ the rows of the new $W_2$ are $(-0.5, 0.5)$, $(-4, 4)$, $(1, -1)$ and $(1, -1)$. The last two have not
# moved: their neurons were off, and who said nothing is not to blame.

# %% tags=["explore"]
W2_new = updated_w2(x_net, y_net, W1, b1, W2, b2, 0.5)
print(W2_new)

# %% [markdown]
# ### The weights of the hidden layer (10 points)
#
# Formulas (15), (17), (18) and (19). For our network $\delta_1 = (2, 2, 0, 0)$. Beware: all rows of this $W_2$
# are equal, so some mistakes do not show here. The check uses networks where they do.

# %% nbgrader={"grade_id": "updated_w1", "solution": true}
def updated_w1(x, y, W1, b1, W2, b2, learning_rate):
    """Return W1 after one step (19), shape (m, h).

    x has shape (m, 1), the one-hot label y (n, 1), W1 (m, h), b1 (h, 1), W2 (h, n), b2 (n, 1).
    W2 holds the weights of the forward pass.
    """
    ### BEGIN SOLUTION
    is_on = hidden_activations(x, W1, b1) > 0  # relu'(z1)
    delta2 = network_output(x, W1, b1, W2, b2) - y  # (15)
    delta1 = (W2 @ delta2) * is_on  # (17)
    return W1 - learning_rate * x @ delta1.T  # (18), (19)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_updated_w1", "grade": true}
check_updated_w1(updated_w1, points=10)

# %% [markdown]
# The new $W_1$ has the rows $(-3, -4, -1, 0)$ and $(-11, -10, 0, -1)$.

# %% tags=["explore"]
W1_new = updated_w1(x_net, y_net, W1, b1, W2, b2, 0.5)
print(W1_new)

# %% [markdown]
# ### The network after its lesson (5 points)
#
# Both updates from the old weights, then a forward pass with both new matrices and the biases as they were.

# %% nbgrader={"grade_id": "output_after_step", "solution": true}
def output_after_step(x, y, W1, b1, W2, b2, learning_rate):
    """Return the probabilities of the network after one step for W1 and W2, shape (n, 1).

    x has shape (m, 1), the one-hot label y (n, 1), W1 (m, h), b1 (h, 1), W2 (h, n), b2 (n, 1).
    """
    ### BEGIN SOLUTION
    new_W1 = updated_w1(x, y, W1, b1, W2, b2, learning_rate)
    new_W2 = updated_w2(x, y, W1, b1, W2, b2, learning_rate)
    return network_output(x, new_W1, b1, new_W2, b2)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_output_after_step", "grade": true}
check_output_after_step(output_after_step, points=5)

# %% [markdown]
# The output is now $(0.11920292, 0.88079708)$: class 1, and rightly so. But look at the hidden layer. All four neurons are
# off, and only the bias $b_2$ speaks. The step was so long that it killed them, and with $\mathrm{relu}' = 0$ everywhere no
# gradient will ever wake them for this sample. Try smaller learning rates than 0.5. For which of them does one of the
# two neurons that were on survive, and for which do both?

# %% tags=["explore"]
after = output_after_step(x_net, y_net, W1, b1, W2, b2, 0.5)
print("hidden activations ", hidden_activations(x_net, W1_new, b1).ravel())
print("output             ", after.ravel())
print(f"loss before {nllm(a2, y_net):.4f}, after {nllm(after, y_net):.4f}")

# %% tags=["explore", "solution-only"]
for rate in (0.5, 0.1, 0.05, 0.04, 0.02, 0.01, 0.005):
    hidden = hidden_activations(x_net, updated_w1(x_net, y_net, W1, b1, W2, b2, rate), b1)
    loss = nllm(output_after_step(x_net, y_net, W1, b1, W2, b2, rate), y_net)
    print(f"learning rate {rate:<5}  hidden activations {hidden.ravel().round(4)}  loss {loss:.4f}")
print("they die above", (W1.T @ x_net + b1)[:2].ravel() / (2 * np.sum(x_net**2)))

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** One step takes $\eta\,(4 \cdot 2 \cdot 4 + 11 \cdot 2 \cdot 11) = 274\, \eta$ from the weighted
# input of each of the two neurons that are on, since both have $\delta = 2$. They began at 3 and 10, so the first one dies
# above $\eta = 3/274 \approx 0.011$ and the second one above $10/274 \approx 0.036$. At 0.01 both are alive. Look at the loss,
# too: it is smallest where all are dead, since then the bias alone decides, and it happens to decide for the right class. A
# smaller loss is no proof that a step was good. The layer has forgotten its input, and for this sample it cannot come back.

# %% [markdown]
# # Beyond
#
# No points from here on, only curiosity.
#
# ## A batch
#
# Put $N$ samples side by side as the columns of $X$, shape $(m, N)$, and their labels as the columns of $Y$. The formulas
# (9) and (8) stay as they are. The product $X (A - Y)^\top$ even adds up the gradients of all samples on its own, since the sum
# inside a matrix product now runs over the samples. Compare:

# %% tags=["explore"]
rng = np.random.default_rng(2)
X = rng.normal(size=(2, 6))  # six samples as columns
Y = np.eye(3)[:, [0, 1, 2, 1, 1, 0]]  # their labels, (3, 6)

A = predict(X, W)  # (3, 6)
at_once = X @ (A - Y).T
one_by_one = sum(softmax_gradient(X[:, [i]], A[:, [i]], Y[:, [i]]) for i in range(6))

print("columns of A add up to", A.sum(axis=0))
print(f"loss of the batch {nllm(A, Y):.6f}")
print("the two gradients agree:", np.allclose(at_once, one_by_one))

# %% [markdown]
# Try your `softmax_gradient(X, A, Y)` on the whole batch, too. Does it give the same, or is it made for one sample only?
# Both are right in this exercise. In the next ones, batches are the rule.

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** `x @ (a - y).T` works for a batch as it stands, and gives the sum. `np.outer` flattens its
# arguments and gives a matrix of another size, $(2 \cdot 6, 3 \cdot 6)$. `x * (a - y).T` cannot be multiplied entry by entry
# and raises, unless the number of inputs and samples happen to fit.

# %% [markdown]
# ## The loss along the step
#
# Walk from $W$ in the direction of the gradient and look at the loss: $t = 0$ is where you are, $t = 0.5$ is the step that you
# took, and on the left of 0 is the direction of a wrong sign.

# %% tags=["explore"]
def loss_along_the_step(x, y, W, steps):
    """Return the loss of a softmax layer at W - t * gradient for every t in steps."""
    gradient = softmax_gradient(x, predict(x, W), y)
    return np.array([nllm(predict(x, gradient_step(W, gradient, t)), y) for t in steps])


def draw_loss_along_the_step(x, y, W):
    """Draw the loss along the step from W, and the tangent at its beginning."""
    steps, ends, marked = np.linspace(-1, 4, 101), np.array([-1, 4]), np.array([-0.5, 0, 0.5])
    slope = -np.sum(softmax_gradient(x, predict(x, W), y) ** 2)  # how fast the loss falls at first

    figure, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
    ax.plot(steps, loss_along_the_step(x, y, W, steps), color="#5e3c99", label="loss")
    ax.plot(ends, nllm(predict(x, W), y) + slope * ends, color="#e66101", linestyle="--", label="tangent at $t = 0$")
    ax.plot(marked, loss_along_the_step(x, y, W, marked), "o", color="black")
    for t, value in zip(marked, loss_along_the_step(x, y, W, marked)):
        ax.annotate(f"{value:.3f}", (t, value), xytext=(8, 6), textcoords="offset points")
    ax.set(xlabel="$t$, the length of the step", ylabel="loss", ylim=(0, None))
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    plt.show()


draw_loss_along_the_step(x, y, W)

# %% [markdown]
# The dashed line is what the gradient promises: it is the slope at $t = 0$, and right only near it. For this layer a longer
# step would have been even better. That is not always so. Call `draw_loss_along_the_step(-3 * x, y, W)`. What is different
# now, and what would a step of 0.5 do?

# %% tags=["explore", "solution-only"]
draw_loss_along_the_step(-3 * x, y, W)
print("losses at t = 0, 0.1, 0.2, 0.3 and 0.5:", loss_along_the_step(-3 * x, y, W, [0, 0.1, 0.2, 0.3, 0.5]).round(4))

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** The input is three times as large and points the other way, so the layer is sure of a wrong
# class, and the gradient is large. The curve falls steeply at first and is nearly flat from $t = 0.3$ on. A step of 0.5 goes
# further than this sample needs; where there are many samples, it may undo what others have taught.

# %% [markdown]
# ## From logits to the loss
#
# `explore_logits` shows the whole road: three logits, the probabilities that the softmax makes of them, and the loss. Guess
# first, then run.
#
# - What happens to the probabilities if you add 5 to all logits?
# - What if you multiply all logits by 10, or by 0.1?
# - The loss is 0.69 when the true class gets probability ½. How far ahead must its logit be for a loss below 0.01?

# %% tags=["explore"] nbgrader={"grade_id": "given_explore", "locked": true}
def explore_logits(logits=(0.0, 1.0, -1.0), true_class=1):
    """Return a figure of logits, their softmax, and the loss if true_class is the true one."""
    z = np.array(logits, dtype=float).reshape(-1, 1)
    y = np.zeros_like(z)
    y[true_class] = 1
    a = softmax(z)
    loss = nllm(a, y)

    classes = np.arange(len(z))
    colours = ["#e08214" if c == true_class else "#8073ac" for c in classes]
    hatches = ["//" if c == true_class else "" for c in classes]
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(9.2, 2.8), layout="constrained")
    plt.close(figure)  # the notebook shows the returned figure; an open one would appear twice
    for ax, heights in ((left, z), (middle, a)):
        bars = ax.bar(classes, heights.ravel(), color=colours, hatch=hatches, edgecolor="white")
        ax.bar_label(bars, fmt="%.3g", padding=2, fontsize=9)
        ax.margins(y=0.2)
        ax.axhline(0, color="black", linewidth=0.8)
        ax.set(xticks=classes, xlabel="class")
    left.set_title("logits $z$", fontsize=10)
    middle.set(ylim=(0, 1.15))
    middle.set_title("probabilities, softmax$(z)$", fontsize=10)

    p = np.linspace(0.002, 1, 300)
    right.plot(p, -np.log(p), color="#5e3c99")
    right.plot(max(a[true_class, 0], 0.002), min(loss, 6.2), "o", color="#e08214", markersize=9)
    right.set(xlabel="probability of the true class", ylim=(0, 6.5))
    right.set_title(f"loss {loss:.4g} (true class {true_class})", fontsize=10)
    right.grid(alpha=0.3)
    return figure

# %% tags=["explore"]
explore_logits(logits=(0.0, 1.0, -1.0), true_class=1)

# %% tags=["explore", "solution-only"]
print(f"probability 1/2, loss {nllm(np.array([0.5, 0.5]), np.array([1, 0])):.4f}")
for logits in [(0, 1, -1), (5, 6, 4), (0, 10, -10), (0, 0.1, -0.1), (0, 5.2, 0), (0, 5.3, 0)]:
    answers = softmax(np.array(logits, dtype=float).reshape(-1, 1))
    print(f"logits {logits!s:15} probabilities {answers.ravel().round(4)}  loss {nllm(answers, np.eye(3)[:, [1]]):.4f}")

# %% [markdown] tags=["solution-only"]
# **What you should have seen.**
#
# - Adding 5 changes nothing, by (6).
# - Times 10 stretches the differences: the largest logit takes nearly everything. Times 0.1 shrinks them, and the three
#   probabilities come close to each other. One calls the factor an inverse *temperature*.
# - A loss below 0.01 needs a probability above $e^{-0.01} \approx 0.990$. With two other classes that are equal and $d$ behind,
#   $1 / (1 + 2 e^{-d}) > 0.990$, that is $d > \ln 199 \approx 5.3$. With one other class, $\ln 99.5 \approx 4.6$ is enough.

# %% [markdown]
# In JupyterLab, the next cell gives you a slider for each logit. Anywhere else, call `explore_logits` as above.

# %% tags=["explore"]
import os

import ipywidgets as widgets
from IPython.display import display


def explorer():
    """Return sliders for three logits and a choice of the true class, above the picture."""
    wide = {"style": {"description_width": "9em"}, "layout": {"width": "26em"}}
    sliders = [
        widgets.FloatSlider(value=value, min=-8, max=8, step=0.1, description=f"logit of class {c}", **wide)
        for c, value in enumerate((0.0, 1.0, -1.0))
    ]
    true_class = widgets.Dropdown(options=[0, 1, 2], value=1, description="true class", **wide)

    def show(z0, z1, z2, true_class):
        display(explore_logits((z0, z1, z2), true_class))

    controls = {"z0": sliders[0], "z1": sliders[1], "z2": sliders[2], "true_class": true_class}
    picture = widgets.interactive_output(show, controls)
    picture.layout.min_height = "20em"  # the page does not jump while the next picture is drawn
    return widgets.VBox([*controls.values(), picture])


if "JPY_SESSION_NAME" in os.environ:  # set by JupyterLab; sliders need a live page
    display(explorer())

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
# - You can turn logits into probabilities without an overflow, one column or many.
# - You have shown why the gradient of a softmax layer is input times error, and know what would go wrong with the sign.
# - You can send an error signal back through a layer and past a ReLU, and you know that the old weights carry it.
# - You know four traps that never crash: the wrong axis, a transposed argument, `0 * log(0)`, and updating too early.
#
# **Where next?** Here you differentiated one network by hand. In `03_chain_rule` you write a back-propagation that works for
# any chain of functions, and train it on real flowers.

# %% [markdown]
# ## Further reading
#
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning*, MIT Press (2016), section 6.2.2, *Output Units*, and
#   section 4.1, *Overflow and Underflow*, [deeplearningbook.org](https://www.deeplearningbook.org). Why this loss and this
#   output belong together. (Their *unit* is our neuron.)
# - Christopher Bishop, *Pattern Recognition and Machine Learning*, Springer (2006), sections 4.3.2 and 4.3.4, ISBN
#   978-0-387-31073-2. The derivation of Question 1, in one line.
# - John Bridle, *Probabilistic Interpretation of Feedforward Classification Network Outputs, with Relationships to Statistical
#   Pattern Recognition*, in Neurocomputing, Springer (1990), 227–236,
#   [doi:10.1007/978-3-642-76153-9_28](https://doi.org/10.1007/978-3-642-76153-9_28). One of two papers in which he gave the softmax its name.
# - Pierre Blanchard, Desmond Higham and Nicholas Higham, *Accurately computing the log-sum-exp and softmax functions*, IMA
#   Journal of Numerical Analysis 41 (2021), 2311–2330, [doi:10.1093/imanum/draa038](https://doi.org/10.1093/imanum/draa038).
#   What the shift (6) does to rounding errors.
