# ---
# jupyter:
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

# %% nbgrader={"grade_id": "given_setup", "locked": true}
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

# %% nbgrader={"grade_id": "predictions", "solution": true}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"parameters": None, "constant": None, "broadcast": None, "zero": None, "scale": None}
### BEGIN SOLUTION
predictions = {"parameters": 37, "constant": 0.16, "broadcast": "c", "zero": "b", "scale": "b"}
### END SOLUTION

# %% nbgrader={"grade_id": "check_predictions", "grade": true}
check_predictions(predictions, points=1)

# %% [markdown]
# ## The task
#
# Five points in the plane: one at the origin with label 1, and four around it with label 0. No straight line separates
# the one from the four, so a network without a hidden layer has no chance.

# %% nbgrader={"grade_id": "given_data", "locked": true}
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

# %% [markdown] nbgrader={"grade_id": "ask_output_error", "locked": true}
# ## Question 1 · The error signal of the last layer (1 point)
#
# Start from (D) and (2), and show that for every output $k$
#
# $$\delta^{(L)}_k = \frac{\partial C}{\partial a^{(L)}_k}\; \varphi^{(L)\prime}\!\left(z^{(L)}_k\right). \tag{5a}$$

# %% [markdown] nbgrader={"grade_id": "derive_output_error", "grade": true, "solution": true, "points": 1}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** The loss sees $z^{(L)}_k$ only through the outputs, so the chain rule sums over all of them:
#
# $$\delta^{(L)}_k = \frac{\partial C}{\partial z^{(L)}_k}
# = \sum_{m} \frac{\partial C}{\partial a^{(L)}_m}\, \frac{\partial a^{(L)}_m}{\partial z^{(L)}_k}.$$
#
# The activation acts on each entry alone, $a^{(L)}_m = \varphi^{(L)}(z^{(L)}_m)$, so
# $\partial a^{(L)}_m / \partial z^{(L)}_k$ is $\varphi^{(L)\prime}(z^{(L)}_k)$ for $m = k$ and zero for $m \neq k$. One term of
# the sum is left, and it is (5a).
#
# **Mark scheme**
# - ½ point: chain rule through the outputs, $\partial C/\partial a$ times $\partial a/\partial z$.
# - ½ point: says why only the term of output $k$ remains (activation entry by entry).
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | The product of the two derivatives at once, and no word on the other outputs | ½ point |
# | The sum over all $m$ stays to the end, with $\varphi^{(L)\prime}(z^{(L)}_m)$ in it | ½ point |
# | $\varphi^{(L)\prime}$ at $a^{(L)}_k$ instead of $z^{(L)}_k$ | ½ point, if the rest is right |
# | Everything for $\sigma$ and the squared error only, otherwise right | ½ point; $C$ and $\varphi$ were to be any |
# <!-- ### END SOLUTION -->

# %% [markdown] nbgrader={"grade_id": "ask_weight_gradients", "locked": true}
# ## Question 2 · The gradients of the weights and of the bias (2 points)
#
# Suppose that you know the error signal of layer $l$. Use (1) to show that
#
# $$\frac{\partial C}{\partial W^{(l)}_{ij}} = a^{(l-1)}_i\, \delta^{(l)}_j \tag{8a}$$
#
# $$\frac{\partial C}{\partial b^{(l)}_j} = \delta^{(l)}_j. \tag{9a}$$

# %% [markdown] nbgrader={"grade_id": "derive_weight_gradients", "grade": true, "solution": true, "points": 2}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Written out, (1) is $z^{(l)}_m = \sum_r a^{(l-1)}_r W^{(l)}_{rm} + b^{(l)}_m$. The weight $W^{(l)}_{ij}$ occurs in
# $z^{(l)}_j$ and in no other weighted input, and its factor there is $a^{(l-1)}_i$. The chain rule over all $m$ keeps
# one term:
#
# $$\frac{\partial C}{\partial W^{(l)}_{ij}}
# = \sum_m \frac{\partial C}{\partial z^{(l)}_m}\, \frac{\partial z^{(l)}_m}{\partial W^{(l)}_{ij}}
# = \delta^{(l)}_j \cdot a^{(l-1)}_i.$$
#
# The bias $b^{(l)}_j$ also occurs in $z^{(l)}_j$ only, with factor 1. So its derivative is $\delta^{(l)}_j \cdot 1$.
#
# **Mark scheme**
# - 1 point: weights, with the reason why only $z_j$ depends on $W_{ij}$ and $\partial z_j/\partial W_{ij} = a_i$.
# - 1 point: bias, with $\partial z_j/\partial b_j = 1$.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | $a^{(l-1)}_j\, \delta^{(l)}_i$, the indices exchanged | no point for the weights |
# | $a^{(l)}_i$ for $a^{(l-1)}_i$, the output of the layer for its input | no point for the weights |
# | "$\partial z / \partial W = a$" without indices, and no word on the other weighted inputs | no point for the weights |
# | The same with indices, and still no word on the other weighted inputs | ½ point for the weights |
# | "The bias is the weight of an input that is always 1" | full marks for the bias |
# <!-- ### END SOLUTION -->

# %% [markdown] nbgrader={"grade_id": "ask_hidden_error", "locked": true}
# ## Question 3 · One layer back (3 points)
#
# Now the step that gave back-propagation its name. Layer $l$ is a hidden layer, and the error signal of the layer above
# it, $\delta^{(l+1)}$, is known. Show that
#
# $$\delta^{(l)}_i = \Big( \sum_j W^{(l+1)}_{ij}\, \delta^{(l+1)}_j \Big)\, \varphi^{(l)\prime}\!\left(z^{(l)}_i\right). \tag{7a}$$

# %% [markdown] nbgrader={"grade_id": "derive_hidden_error", "grade": true, "solution": true, "points": 3}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Neuron $i$ of layer $l$ sends its output to every neuron $j$ of layer $l+1$, so the loss depends on
# $z^{(l)}_i$ through all the $z^{(l+1)}_j$, and the chain rule sums over them:
#
# $$\delta^{(l)}_i = \frac{\partial C}{\partial z^{(l)}_i}
# = \sum_j \frac{\partial C}{\partial z^{(l+1)}_j}\, \frac{\partial z^{(l+1)}_j}{\partial a^{(l)}_i}\,
# \frac{\partial a^{(l)}_i}{\partial z^{(l)}_i}.$$
#
# The first factor is $\delta^{(l+1)}_j$ by (D). The second is $W^{(l+1)}_{ij}$ by (1) for layer $l+1$. The third is
# $\varphi^{(l)\prime}(z^{(l)}_i)$ by (2), and it does not depend on $j$, so it moves out of the sum. That is (7a).
#
# **Mark scheme**
# - 1 point: chain rule as a sum over all neurons $j$ of the next layer, with the reason.
# - 1 point: $\partial z^{(l+1)}_j / \partial a^{(l)}_i = W^{(l+1)}_{ij}$, with the indices the right way round.
# - 1 point: the factor $\varphi^{(l)\prime}(z^{(l)}_i)$, and why it stands in front of the sum.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | The sum is missing, $W^{(l+1)}_{ij}\, \delta^{(l+1)}_j\, \varphi^{(l)\prime}(z^{(l)}_i)$ | 2 points, if the two factors are explained |
# | $W^{(l+1)}_{ji}$ for $W^{(l+1)}_{ij}$ | 2 points |
# | $\varphi^{(l)\prime}$ taken at $z^{(l+1)}_j$, or $\varphi^{(l+1)\prime}$ for $\varphi^{(l)\prime}$ | 2 points |
# | The derivative of the activation left out altogether | at most 2 points |
# | $\varphi^{(l)\prime}(z^{(l)}_i)$ left inside the sum | full marks |
# | The result copied from the question, without steps | none |
# <!-- ### END SOLUTION -->

# %% [markdown] nbgrader={"grade_id": "ask_single_sample", "locked": true}
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

# %% [markdown] nbgrader={"grade_id": "derive_single_sample", "grade": true, "solution": true, "points": 2}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Compare entry by entry.
#
# - Entry $k$ of the right side of (5b) is a product of two entries $k$, which is (5a). Shape $(1, n_L)$.
# - Entry $i$ of $\delta^{(l+1)} W^{(l+1)\top}$ is
#   $\sum_j \delta^{(l+1)}_j (W^{(l+1)\top})_{ji} = \sum_j W^{(l+1)}_{ij} \delta^{(l+1)}_j$, the sum in (7a).
#   Shapes: $(1, n_{l+1}) \cdot (n_{l+1}, n_l)$ gives $(1, n_l)$, the shape of $z^{(l)}$, so $\odot$ is possible.
# - A column times a row is an outer product: entry $(i, j)$ of (8b) is $a^{(l-1)}_i \delta^{(l)}_j$, as in (8a).
#   Shapes: $(n_{l-1}, 1) \cdot (1, n_l)$ gives $(n_{l-1}, n_l)$, the shape of $W^{(l)}$.
# - (9b) collects (9a) for all $j$; $n_l$ entries, as many as $b^{(l)}$ has.
#
# **Mark scheme**
# - 1 point: (7b), where the transpose comes from the order of the indices.
# - 1 point: (8b) as an outer product, and shapes that fit. (5b) and (9b) are direct; no marks lost for brevity.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | Shapes only, "so it must be this product" | 1 point: shapes say what is possible, not what is right |
# | $\delta^{(l+1)} W^{(l+1)}$ without the transpose, as if the shapes fitted | no point for (7b) |
# | $\delta^{(l)\top} a^{(l-1)}$, the transposed gradient | no point for (8b) |
# | Columns instead of rows throughout, consistently and with a word on it | full marks |
# <!-- ### END SOLUTION -->

# %% [markdown] nbgrader={"grade_id": "ask_batch", "locked": true}
# ## Question 5 · A whole batch (3 points)
#
# Now $N$ samples at once. $\Delta^{(l)}$ is the matrix of shape $(N, n_l)$ with the entries
# $\Delta^{(l)}_{nj} = \partial C / \partial Z^{(l)}_{nj}$, where $C$ is the loss (3) of the whole batch. Derive the
# batched equations (5), (7), (8) and (9), which stand in the next section. Explain three things:
#
# - why (5) and (7) still treat every sample on its own,
# - why (8) and (9) sum over the samples,
# - where the factor $\frac{1}{NK}$ of the loss comes in, and why (8) and (9) do not contain it once more.

# %% [markdown] nbgrader={"grade_id": "derive_batch", "grade": true, "solution": true, "points": 3}
# <!-- ### BEGIN SOLUTION -->
# **Model answer, signals.** In the forward pass, row $n$ of every $Z^{(l)}$ and $A^{(l)}$ is made from row $n$ of $X$ alone. So the loss
# depends on $Z^{(l)}_{n\cdot}$ only through the same row of the next layer, and questions 1 and 3 hold for each row:
# row $n$ of (5) is (5b) and row $n$ of (7) is (7b). A matrix product from the right works on every row separately, which
# is why $W$ stays on the right.
#
# **Model answer, parameters.** All samples share the same weights: $W^{(l)}_{ij}$ occurs in $Z^{(l)}_{nj}$ for every $n$. Hence
#
# $$\frac{\partial C}{\partial W^{(l)}_{ij}}
# = \sum_n \frac{\partial C}{\partial Z^{(l)}_{nj}}\, \frac{\partial Z^{(l)}_{nj}}{\partial W^{(l)}_{ij}}
# = \sum_n \Delta^{(l)}_{nj} A^{(l-1)}_{ni},$$
#
# which is entry $(i, j)$ of the product in (8). The bias $b^{(l)}_j$ is added to every row with factor 1, so its
# derivative is $\sum_n \Delta^{(l)}_{nj}$, a column sum.
#
# **Model answer, factor.** $\frac{1}{NK}$ is in the loss gradient (4), hence in $\Delta^{(L)}$, and each step back is linear in
# the signal, so it is in every $\Delta^{(l)}$. Dividing in (8) or (9) would count it twice.
#
# **Mark scheme**
# - 1 point: rows do not mix, so (5) and (7) hold row by row.
# - 1 point: shared parameters, chain rule as a sum over $n$, recognised as matrix product and as column sum.
# - 1 point: the factor enters once, through (4), and is carried along.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | "They sum because otherwise the shapes would not fit" | no point for the shared parameters |
# | A sum for the weights and a mean for the biases, or $\frac{1}{N}$ once more in (8) and (9) | no point for the factor |
# | "The gradient of the batch is the sum of the gradients of its samples", without saying why | no point for the shared parameters |
# | The same, because the loss is a sum of losses that share their weights | the point |
# | The factor is found in (4), and nothing is said about the way back | ½ point |
# <!-- ### END SOLUTION -->

# %% [markdown] nbgrader={"grade_id": "ask_activations", "locked": true}
# ## Question 6 · Two examples: tanh and the sigmoid (1 point)
#
# So far $\varphi^{(l)}$ could be anything. Take $\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}$ in the hidden layers and
# $\sigma(z) = \frac{1}{1 + e^{-z}}$ at the output. Show that
#
# $$\tanh'(z) = 1 - \tanh^2(z), \qquad \sigma'(z) = \sigma(z)\,\big(1 - \sigma(z)\big). \tag{E}$$
#
# What do (5a) and (7a) look like then, if you write all derivatives with the outputs $a$ alone?

# %% [markdown] nbgrader={"grade_id": "derive_activations", "grade": true, "solution": true, "points": 1}
# <!-- ### BEGIN SOLUTION -->
# **Model answer.** Let $u = e^z - e^{-z}$ and $v = e^z + e^{-z}$. Then $u' = v$ and $v' = u$, and the quotient rule gives
# $\tanh' = \frac{v^2 - u^2}{v^2} = 1 - \tanh^2$. For the sigmoid,
# $\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}$, and the last factor is
# $1 - \sigma(z)$. Since $a$ is the activation of $z$,
#
# $$\delta^{(L)}_k = \frac{\partial C}{\partial a^{(L)}_k}\; a^{(L)}_k \big(1 - a^{(L)}_k\big), \qquad
# \delta^{(l)}_i = \Big( \sum_j W^{(l+1)}_{ij}\, \delta^{(l+1)}_j \Big) \Big(1 - \big(a^{(l)}_i\big)^2\Big).$$
#
# **Mark scheme**
# - 1 point: both derivatives with steps, and both equations with $a$.
#
# **Typical answers, and what they earn**
#
# | answer | points |
# |:--|:--|
# | One of the two derivatives quoted and not shown, or the two equations missing | ½ point |
# | $1 - z^2$ or $z\,(1 - z)$, the weighted input for the output | no point |
# | $\tanh = 2\,\sigma(2z) - 1$, used to get one derivative from the other | full marks |
# <!-- ### END SOLUTION -->

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

# %% nbgrader={"grade_id": "given_linear", "locked": true}
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

# %% nbgrader={"grade_id": "given_activations", "locked": true}
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

# %% nbgrader={"grade_id": "given_loss", "locked": true}
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

# %% nbgrader={"grade_id": "given_layer", "locked": true}
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

# %% nbgrader={"grade_id": "given_network", "locked": true}
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

# %% nbgrader={"grade_id": "forward", "solution": true}
@add_to_class(NeuralNetwork)
def forward(self, x):
    """Return the network's outputs, shape (N, output_size), for inputs x of shape (N, input_size).

    Afterwards every layer in self.layers remembers this pass.
    """
    ### BEGIN SOLUTION
    a = x
    for layer in self.layers:
        a = layer.forward(a)
    return a
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_forward", "grade": true}
check_forward(NeuralNetwork(2, 1, [5, 3]), points=4)

# %% [markdown]
# Before we teach the network anything, let us see what it thinks. The next cell defines the pictures; the one below it
# shows an untrained network. It answers for every point of the plane, and its opinions are random.

# %% tags=["explore"] nbgrader={"grade_id": "given_pictures", "locked": true}
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

# %% nbgrader={"grade_id": "get_loss", "solution": true}
@add_to_class(NeuralNetwork)
def get_loss(self, x, y):
    """Return the loss (3) of the network's outputs for x against the labels y: a tensor holding one number.

    x has shape (N, input_size), y has shape (N, output_size).
    """
    ### BEGIN SOLUTION
    return self.loss.forward(y, self.forward(x))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_get_loss", "grade": true}
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

# %% nbgrader={"grade_id": "backward", "solution": true}
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    """Store the gradients of the loss in every layer: weight gradient (in, out), bias gradient (out,).

    x has shape (N, input_size), y has shape (N, output_size). Returns nothing.
    """
    y_pred = self.forward(x)  # given
    ### BEGIN SOLUTION
    error = self.loss.get_gradient(y, y_pred)  # (4): dC/dA of the last layer
    for layer in reversed(self.layers):
        delta = error * layer.act.get_gradient(layer.last_zin)  # (5) at the output, (7) below it
        layer.set_weight_gradient(layer.last_input.T @ delta)  # (8)
        layer.set_bias_gradient(delta.sum(dim=0))  # (9)
        error = delta @ layer.get_weight().T  # (6): dC/dA of the layer below
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_backward", "grade": true}
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

# %% tags=["explore", "solution-only"]
for h in (1e-1, 1e-2, 1e-4, 1e-5, 1e-12, 1e-15):
    shifted = []
    for step in (h, -h):
        w[i, j] += step
        shifted.append(probe.get_loss(x, y))
        w[i, j] -= step
    error = ((shifted[0] - shifted[1]) / (2 * h) / by_formula - 1).abs()
    agreement = "eight digits or more" if error < 1e-8 else "a few digits" if error < 0.1 else "not one digit"
    print(f"h = {h:g}: {agreement} agree")

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** About $10^{-4}$ to $10^{-6}$ agree best, to eight or nine digits. With a larger $h$ the curve is not
# straight between the two points: the error shrinks like $h^2$. With a smaller one the two losses agree in nearly all of their 16
# digits, and what is left of them after the subtraction is mostly rounding: $10^{-12}$ leaves a few, $10^{-15}$ none.

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

# %% nbgrader={"grade_id": "apply_gradients", "solution": true}
@add_to_class(NeuralNetwork)
def apply_gradients(self, learning_rate):
    """Move every layer's weight (in, out) and bias (out,) by one step (10), with the stored gradients.

    learning_rate is a number. Returns nothing.
    """
    ### BEGIN SOLUTION
    for layer in self.layers:
        layer.linear.weight -= learning_rate * layer.linear.weight_grad
        layer.linear.bias -= learning_rate * layer.linear.bias_grad
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_apply_gradients", "grade": true}
check_apply_gradients(NeuralNetwork(2, 1, [5, 3]), points=4)

# %% [markdown]
# ### Training (5 points)
#
# Now let the pieces play together. One **epoch** uses the whole data set once: record the loss, find the gradients, take
# one step. This is a plain function, not a method. It trains the network that it is given and hands it back.

# %% nbgrader={"grade_id": "train", "solution": true}
def train(x, y, net, epochs, lr):
    """Train the network net for a number of epochs with learning rate lr.

    x has shape (N, input_size), y has shape (N, output_size). Return (net, losses): the same network,
    and a tensor of shape (epochs,) with the loss before each epoch's update.
    """
    ### BEGIN SOLUTION
    losses = torch.zeros(epochs)
    for epoch in range(epochs):
        losses[epoch] = net.get_loss(x, y)
        net.backward(x, y)
        net.apply_gradients(lr)
    return net, losses
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_train", "grade": true}
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

# %% tags=["explore", "solution-only"]
torch.set_num_threads(1)  # matrices as small as these are not worth sharing out


def many(sizes, rates, scale=1.0, constant=None, x=x, y=y, epochs=2500):
    """Train one network for each of `rates`, with the seeds 0, 1, ..., all at once; return losses (epochs, n) and `answer`.

    The networks are stacked along a third axis, in front, and the equations (1) to (10) stay as they are.
    `answer(x)` has the outputs of all trained networks for other samples, shape (n, N, K).
    """
    weights = [[] for _ in sizes[1:]]
    for seed in range(len(rates)):
        torch.manual_seed(seed)
        for layer, stack in zip(NeuralNetwork(sizes[0], sizes[-1], sizes[1:-1]).layers, weights):
            w = layer.get_weight()
            stack.append(scale * w if constant is None else torch.full_like(w, constant))
    weights = [torch.stack(stack) for stack in weights]
    biases = [torch.zeros(len(rates), 1, size) for size in sizes[1:]]
    eta = torch.tensor(rates).reshape(-1, 1, 1)

    def outputs(x):
        a = [x.expand(len(rates), *x.shape)]
        for w, b in zip(weights[:-1], biases[:-1]):
            a.append(torch.tanh(a[-1] @ w + b))
        return [*a, torch.sigmoid(a[-1] @ weights[-1] + biases[-1])]

    losses = torch.zeros(epochs, len(rates))
    for epoch in range(epochs):
        a = outputs(x)
        losses[epoch] = ((a[-1] - y) ** 2).mean((1, 2))
        delta = 2 / y.numel() * (a[-1] - y) * a[-1] * (1 - a[-1])
        for k in reversed(range(len(weights))):
            step_w, step_b = a[k].mT @ delta, delta.sum(1, keepdim=True)
            delta = delta @ weights[k].mT * (1 - a[k] ** 2)
            weights[k], biases[k] = weights[k] - eta * step_w, biases[k] - eta * step_b
    return losses, lambda x: outputs(x)[-1]


def count(name, losses, plateau=0.16):
    """Print how many of the runs have left the plateau and have learnt the points, and when half of them had left it."""
    below = (losses < plateau - 0.01).double()
    when = sorted(below.argmax(0)[below.any(0)].tolist())
    n = losses.shape[1]
    half = "never half of them"
    if len(when) > n // 2:
        half = f"half of all by epoch {when[n // 2]}, the last by {when[-1]}"
    print(f"{name}: {len(when)} of {n} leave {plateau}, {half}; {(losses[-1] < 0.01).sum()} of {n} end below 0.01")


for depth in (1, 2, 3, 4):
    count(f"{depth} hidden layer{'s' * (depth > 1)} of 3", many([2] + [3] * depth + [1], 20 * [0.25])[0])
for rate in (0.02, 0.1, 0.25, 2.0):
    count(f"learning rate {rate}", many([2, 5, 3, 1], 10 * [rate])[0])
for rate in (2.0, 4.0, 8.0, 16.0):
    losses = many([2, 5, 3, 1], 10 * [rate])[0]
    jump = "some losses jump" if (losses.diff(dim=0) > 0.01).any() else "no loss jumps"
    print(f"learning rate {rate}: {jump} up, {'most' if (losses[-1] < 0.01).sum() > 7 else 'few'} runs arrive")
for name, options in (("all zero", {"scale": 0.0}), ("every weight 0.5", {"constant": 0.5})):
    losses, answer = many([2, 5, 3, 1], [0.25], **options)
    print(f"{name}: loss {losses[-1, 0]:.3f}, answers {[round(a, 2) for a in answer(x).flatten().tolist()]}")
losses = many([2, 5, 3, 1], 20 * [0.25], scale=10.0)[0]
count("ten times Glorot", losses)
print("    their last losses are about", sorted({round(loss, 1) for loss in losses[-1].tolist()}))

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** The cell above has trained 10 or 20 networks of each kind, with 2500 epochs.
#
# - **Depth.** The deeper, the sooner the loss leaves 0.16, here. But chance decides as well: not every run with two layers
#   leaves, and with one layer some need nearly all of the epochs.
# - **Learning rate.** 0.02 is too slow: after 2500 epochs hardly a run has left. Up to 2 the curves are smooth. With 4 and 8
#   there are jumps, and most runs arrive all the same. With 16 most of them hop about for ever.
# - **All zero.** $W^{(l+1)}$ is zero in (7), so no error reaches a hidden layer, and $A^{(l-1)} = \tanh(0) = 0$ in (8), so no
#   weight of a later layer moves either. Only the last bias learns, and it learns the mean of the labels, 0.2.
# - **Every weight 0.5.** Neurons with the same weights have the same output, the same error signal and so the same gradients: they
#   stay equal for ever, and the layer is as good as one neuron. It sees $x_1 + x_2$ alone, so points with the same sum get the
#   same answer.
# - **Ten times Glorot.** $\tanh'(z) = 1 - \tanh^2(z)$ is practically zero for $|z| > 5$. Where the neurons happen to stand well, a
#   few epochs are enough; where they are saturated and wrong, the loss stays at 0.2 or 0.4, which is one or two of five points
#   answered wrongly and with certainty.

# %% [markdown]
# **How few neurons are enough?** Each neuron of the first hidden layer looks at the plane across one straight line. Here are
# two of them. Try one and three, and several seeds for each. Some seeds never leave 0.16. Why is that possible?

# %% tags=["explore"]
explore_training(NeuralNetwork, x, y, hidden=(2,))

# %% tags=["explore", "solution-only"]
for neurons in (1, 2, 3):
    losses, answer = many([2, neurons, 1], 20 * [0.25])
    count(f"{neurons} neuron{'s' * (neurons > 1)}", losses)
    stuck = answer(x)[losses[-1] > 0.15]
    if neurons == 2:
        print(f"    those that stay answer {stuck.min():.1f} to {stuck.max():.1f}")

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** Two are enough: their two parallel lines cut out a stripe with the origin in it and the other four
# points outside. One line has the origin on the same side as at least one other point, so one neuron never learns all five. Three
# have found the way from every start, two only from most.
#
# The others end in a state from which no gradient leads away. All first weights have shrunk to zero, so every point gets the
# same answer, 0.2. The errors of the four outer points are equal, and these points are opposite in pairs, so in (8) they cancel;
# the origin counts nothing there, because its inputs are 0. Hence the gradient of $W^{(1)}$ is zero. The errors add up to zero, so
# all others are zero, too.

# %% [markdown]
# **Can you close the border?** Five labels leave the far corners open. Four more samples say what belongs there. How
# many neurons does the network need now?

# %% tags=["explore"]
corners = torch.tensor([[1.5, 1.5], [1.5, -1.5], [-1.5, 1.5], [-1.5, -1.5]])
nine_points = (torch.cat([x, corners]), torch.cat([y, torch.zeros(4, 1)]))

explore_training(NeuralNetwork, *nine_points)

# %% tags=["explore", "solution-only"]
for hidden in ([2], [3], [5, 3]):
    losses, answer = many([2, *hidden, 1], 20 * [0.25], x=nine_points[0], y=nine_points[1], epochs=5000)
    count(f"nine points, hidden layers {hidden}", losses, plateau=0.1)
    angle = torch.linspace(0, 2 * torch.pi, 20_000)
    circle = 20 * torch.stack([angle.cos(), angle.sin()], dim=1)  # (20000, 2): what is open gets as far as this
    closed = (answer(circle) < 0.5).all(1).flatten()[losses[-1] < 0.01]
    print(f"    the border is closed by {closed.sum()} of the {len(closed)} with all labels right")

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** Still two: a stripe can be turned so that it passes between the corners, and all nine labels are
# right. But it is still open at both ends. To close the border takes at least three lines, a triangle, and none of the nine
# points asks for that. With [5, 3] all nine labels are right from every start; some of these networks close the border, and
# most do not, since nothing tells them to.

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
