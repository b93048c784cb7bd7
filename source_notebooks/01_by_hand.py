# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 1 · Back-propagation by hand
#
# A network learns by sending numbers forwards, comparing, and sending errors backwards. There is no better way to see that
# there is no magic in it than to do it once yourself, with a pen. In this notebook you take one tiny network through one
# step of learning: first neuron by neuron, then in matrix form, and at last in NumPy. Three times the same four questions,
# and each time a little more of the machinery disappears into the notation.
#
# **What you need.** Adding and multiplying small numbers, the chain rule, and for the second half the product of a matrix
# and a vector. Pen and paper help a lot. For the last part a little NumPy: `@`, `*`, `.T` and functions.
#
# **How long it takes.** About two hours, and the parts can be done on different days.
#
# | part | what you do | points | time |
# |---|---|---|---|
# | – | guess first | 1 | 10 min |
# | 1 | neuron by neuron, with pen and paper | 7 | 45 min |
# | 2 | the same in matrix form | 5 | 30 min |
# | 3 | the same in NumPy, for networks of any size | 7 | 40 min |
# | 4 | practise with fresh networks, as many as you like | – | – |

# %% [markdown]
# ## How to work
#
# 1. Compute with your pen, type your numbers where a cell says so, and delete the line that raises `NotImplementedError`.
#    A number that you do not know yet stays `None`. You may type `0.75`, `3/4` or `-1/8`; please do not round.
# 2. Run the cell, then run the **check cell** right below it. It tells you which numbers are right and where the first
#    error starts. It does not tell you the right number: that is your part of the bargain.
# 3. A slip costs you once. What you compute correctly from your own earlier numbers counts as right, as it would in an exam
#    that is marked by a kind person. Only where a wrong number makes the next step trivial, a zero for instance, are you
#    asked to put it right first.
# 4. Stuck? Type `hint("error_signals")` in a new cell, with the name of the question. There are three hints for each.
#
# You may run a check as often as you like. Every formula has a number, and the reports use the same numbers.

# %% nbgrader={"grade_id": "given_setup", "locked": true}
import numpy as np

from checks.by_hand import (
    check_E,
    check_W1_new,
    check_W2_new,
    check_backward_pass,
    check_dW1,
    check_dW2,
    check_delta1,
    check_delta2,
    check_do1_ds1,
    check_do2_ds2,
    check_ds2_do1,
    check_error_signals,
    check_forward,
    check_forward_pass,
    check_gradients,
    check_predictions,
    check_relu,
    check_relu_derivative,
    check_sigmoid,
    check_sigmoid_derivative,
    check_squared_error,
    check_update,
    check_updated,
    draw,
    hint,
    practice,
    progress,
)
from checks.widgets import step_through

# Your answers will go here, question by question.
predictions = None
forward = E = error_signals = gradients = update = None
do2_ds2 = ds2_do1 = do1_ds1 = delta2 = delta1 = dW2 = dW1 = W2_new = W1_new = None

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# ## Guess first
#
# Five questions before the first number: two about what you bring along, three about what is to come. Nobody expects you to
# know all of them. A guess that turns out wrong is remembered better than a sentence that was only read, so guess, run the
# check, and come back whenever you know more. Answer in your head or with a small sketch, do not calculate.
#
# 1. `chain`: What is the derivative of $h(x) = f(g(x))$?
#    - **a)** $f'(g(x))$
#    - **b)** $f'(g(x))\, g'(x)$
#    - **c)** $f'(x)\, g'(x)$
#    - **d)** $f'(g'(x))$
# 2. `outer`: A column of two numbers is multiplied by a row of three numbers, in this order. How many numbers does the
#    product have?
# 3. `weights`: Two inputs, two hidden neurons and two outputs. Every input sends to every hidden neuron, every hidden neuron
#    to every output, and there are no biases. How many numbers can this network learn?
# 4. `dead`: A hidden neuron with ReLU, $\max(0, s)$, has got $s = -3$. How large is its error signal, the amount by which it
#    helps to move $s$ a little?
# 5. `flat`: Two outputs with the sigmoid $\sigma(s) = 1 / (1 + e^{-s})$ should both be 1. One of them says 0.5, the other
#    one 0.01. With squared errors, which of them has the larger error signal?
#    - **a)** the one that says 0.5
#    - **b)** the one that says 0.01
#    - **c)** both have the same

# %% nbgrader={"grade_id": "predictions", "solution": true}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"chain": None, "outer": None, "weights": None, "dead": None, "flat": None}
### BEGIN SOLUTION
predictions = {"chain": "b", "outer": 6, "weights": 8, "dead": 0, "flat": "a"}
### END SOLUTION

# %% nbgrader={"grade_id": "check_predictions", "grade": true}
check_predictions(predictions, points=1)

# %% [markdown]
# ## The network
#
# Two inputs (neurons 1 and 2), two hidden neurons (3 and 4), two outputs (5 and 6), and no biases. A weight is named after
# the neuron that it leads **to**, then the one that it comes **from**: $w_{53}$ leads to 5 from 3.

# %% [markdown] tags=["personal"]
# The numbers are yours alone: everybody in the class has others. Which ones follow from your id, so type it here, the way it
# stands on the class list, and run this cell and the one below.

# %% tags=["personal"]
student = None  # your id in quotes, such as "ada"

# %% nbgrader={"grade_id": "given_network", "locked": true} tags=["personal"]
from checks.by_hand import personal

mine = personal(student)
draw = mine.draw
check_forward, check_E, check_error_signals = mine.check_forward, mine.check_E, mine.check_error_signals
check_gradients, check_update = mine.check_gradients, mine.check_update
check_do2_ds2, check_ds2_do1, check_do1_ds1 = mine.check_do2_ds2, mine.check_ds2_do1, mine.check_do1_ds1
check_delta2, check_delta1 = mine.check_delta2, mine.check_delta1
check_dW2, check_dW1, check_W2_new, check_W1_new = (
    mine.check_dW2, mine.check_dW1, mine.check_W2_new, mine.check_W1_new
)
mine

# %% [markdown] tags=["personal"]
# We would like the outputs to be $t$, the **target**. In the picture, solid blue arrows have positive weights and dashed
# orange ones negative weights.

# %% [markdown] tags=["published"]
# | to the hidden layer | to the output layer |
# |:--|:--|
# | $w_{31} = -3, \quad w_{32} = 2$ | $w_{53} = 4, \quad w_{54} = -1$ |
# | $w_{41} = 2, \quad w_{42} = 1$ | $w_{63} = -2, \quad w_{64} = 0.5$ |
#
# The input is $x = (1, 2)$, and we would like the outputs to be $t = (1, 0)$, the **target**. Later we shall also need a
# learning rate, $\varepsilon = 1$. In the picture, solid blue
# arrows have positive weights and dashed orange ones negative weights.

# %% tags=["explore"]
from checks.drawing import sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

draw()

# %% [markdown]
# # Part 1 · Neuron by neuron
#
# ## (a) The forward pass
#
# Every neuron $j$ of the hidden and the output layer does two things. It adds up what arrives, each output $o_i$ times the
# weight of its arrow, which gives its **weighted input**
#
# $$s_j = \sum_i w_{ji}\, o_i. \tag{1}$$
#
# Inputs pass on what they get, so $o_1 = x_1$ and $o_2 = x_2$. Then it applies its activation function, which gives
# its **output** $o_j$. Hidden neurons use ReLU,
#
# $$o_j = \mathrm{relu}(s_j) = \max(0, s_j), \tag{2}$$
#
# and output neurons use the logistic sigmoid,
#
# $$o_j = \sigma(s_j) = \frac{1}{1 + e^{-s_j}}. \tag{3}$$
#
# **Question.** Compute $s$ and $o$ of the neurons 3 to 6. You will not need a calculator.

# %% nbgrader={"grade_id": "forward", "solution": true}
# Weighted inputs s and outputs o of neurons 3 to 6: replace None by your numbers.
forward = {
    "s3": None, "s4": None, "o3": None, "o4": None,
    "s5": None, "s6": None, "o5": None, "o6": None,
}
### BEGIN SOLUTION
forward = {
    "s3": 1,  # -3 · 1 + 2 · 2
    "s4": 4,  # 2 · 1 + 1 · 2
    "o3": 1,  # max(0, 1)
    "o4": 4,  # max(0, 4)
    "s5": 0,  # 4 · 1 - 1 · 4
    "s6": 0,  # -2 · 1 + 0.5 · 4
    "o5": 0.5,  # 1 / (1 + 1)
    "o6": 0.5,  # 1 / (1 + 1)
}
### END SOLUTION

# %% nbgrader={"grade_id": "check_forward", "grade": true}
check_forward(forward, points=2)

# %% [markdown]
# Here is the picture again. The outputs that you have found stand under their neurons.

# %% tags=["explore"]
draw(forward)

# %% [markdown]
# ## (b) The error
#
# The network says $y = (o_5, o_6)$, we wanted $t$. How bad is that? Our measure is half the sum of the squared differences:
#
# $$E = \frac{1}{2} \sum_{k} (t_k - y_k)^2, \tag{4}$$
#
# where $k$ runs over the outputs. The ½ is a courtesy to whoever has to differentiate it, and that is you, in a minute.
#
# > **Convention.** The error is **half the sum** over the outputs, not their mean. Other books, and other exercises here,
# > leave out the ½ or divide by the number of outputs; their gradients differ from ours by a constant factor. Many call
# > this number the **loss** or the **cost**.

# %% nbgrader={"grade_id": "E", "solution": true}
E = None
### BEGIN SOLUTION
E = 0.25  # 1/2 · (0.5² + (-0.5)²)
### END SOLUTION

# %% nbgrader={"grade_id": "check_E", "grade": true}
check_E(dict(E=E, forward=forward), points=1)

# %% tags=["explore"]
draw(forward, error=E)

# %% [markdown]
# ## (c) Error signals and gradients
#
# Now backwards. The **error signal** $\delta_j$ of a neuron says in which direction its weighted input should move for the
# error to shrink, and how much that would help:
#
# $$\delta_j = -\frac{\partial E}{\partial s_j}. \tag{5}$$
#
# > **Convention. Mind the sign!** In this exercise the error signal is the **negative** gradient. It points downhill, to
# > where the error gets smaller, so the update will **add**. Half of all books define it without the minus sign and
# > subtract later. Both are right as long as nobody mixes them. From exercise 2 on, these exercises do so, too; the table
# > at the end of each notebook says what holds where.
#
# For an output $k$ the chain rule goes from $E$ to $y_k$ to $s_k$, and the ½ cancels the 2 of the square:
#
# $$\delta_k = (t_k - y_k)\, \sigma'(s_k). \tag{6}$$
#
# The sigmoid has a famously convenient slope. It can be written with the value of the sigmoid itself:
#
# $$\sigma'(s) = \sigma(s)\, \big(1 - \sigma(s)\big). \tag{7}$$
#
# A hidden neuron $j$ influences the error only through the neurons that it sends to. So it collects their error signals,
# along the same arrows and with the same weights, but backwards, and multiplies by its own slope:
#
# $$\delta_j = \mathrm{relu}'(s_j) \sum_k w_{kj}\, \delta_k. \tag{8}$$
#
# Look at the indices: forwards (1) sums over the second index of the weight, backwards (8) sums over the first. And ReLU is
# a flat line on the left of 0 and a diagonal on the right:
#
# $$\mathrm{relu}'(s) = \begin{cases} 1 & \text{for } s > 0, \\ 0 & \text{for } s < 0. \end{cases} \tag{9}$$
#
# **Question.** Compute the four error signals. Begin at the outputs.

# %% nbgrader={"grade_id": "error_signals", "solution": true}
# Error signals of neurons 5, 6, 3 and 4: replace None by your numbers.
error_signals = {"delta5": None, "delta6": None, "delta3": None, "delta4": None}
### BEGIN SOLUTION
error_signals = {
    "delta5": 0.125,  # (1 - 0.5) · 0.25
    "delta6": -0.125,  # (0 - 0.5) · 0.25
    "delta3": 0.75,  # 1 · (4 · 0.125 + (-2) · (-0.125))
    "delta4": -0.1875,  # 1 · ((-1) · 0.125 + 0.5 · (-0.125))
}
### END SOLUTION

# %% nbgrader={"grade_id": "check_error_signals", "grade": true}
check_error_signals(dict(error_signals=error_signals, forward=forward), points=2)

# %% [markdown]
# This time the error signals stand under their neurons. Some of them are positive. Which neurons should speak up?

# %% tags=["explore"]
draw(error_signals)

# %% [markdown] tags=["solution-only", "published"]
# **What you should have seen.** Where $\delta_j$ is positive, the error shrinks when $s_j$ grows: this neuron should speak up.
# With the numbers of this notebook these are 5, whose target is 1 and whose output is only ½, and 3, which sends to 5 by the
# large weight 4. Neuron 6 should be quieter, since its target is 0. Neuron 4 should be, too: its arrow to 5 is negative, so
# it holds 5 down, and its arrow to 6 is positive, so it pushes 6 up.

# %% [markdown]
# From error signals to weights it is one small step. The weight $w_{ji}$ enters the error only through $s_j$, and there its
# factor is $o_i$. So
#
# $$-\frac{\partial E}{\partial w_{ji}} = \delta_j\, o_i. \tag{10}$$
#
# The signal of the **receiver** times the output of the **sender**: everything that a weight needs in order to learn is
# found at its two ends.
#
# **Question.** Compute the negative gradient $g_{ji} = -\partial E / \partial w_{ji}$ of all eight weights.

# %% nbgrader={"grade_id": "gradients", "solution": true}
# g53 stands for -dE/dw53, and so on: replace None by your numbers.
gradients = {
    "g53": None, "g54": None, "g63": None, "g64": None,
    "g31": None, "g32": None, "g41": None, "g42": None,
}
### BEGIN SOLUTION
gradients = {
    "g53": 0.125, "g54": 0.5, "g63": -0.125, "g64": -0.5,
    "g31": 0.75, "g32": 1.5, "g41": -0.1875, "g42": -0.375,
}
### END SOLUTION

# %% nbgrader={"grade_id": "check_gradients", "grade": true}
check_gradients(dict(gradients=gradients, error_signals=error_signals, forward=forward), points=1)

# %% [markdown]
# A gradient belongs to an arrow, so now the arrows carry the numbers. The widest one will move most.

# %% tags=["explore"]
draw(gradients)

# %% [markdown]
# ## (d) The update
#
# One step downhill. With the learning rate $\varepsilon$, every weight moves by
#
# $$w_{ji} \leftarrow w_{ji} + \varepsilon\, \delta_j\, o_i. \tag{11}$$
#
# Here $\varepsilon$ is far larger than one would dare with a larger network: it stands with the other numbers of the network.
#
# **Question.** What are the eight weights after the update?

# %% nbgrader={"grade_id": "update", "solution": true}
# The new weights: replace None by your numbers.
update = {
    "w53": None, "w54": None, "w63": None, "w64": None,
    "w31": None, "w32": None, "w41": None, "w42": None,
}
### BEGIN SOLUTION
update = {
    "w53": 4.125, "w54": -0.5, "w63": -2.125, "w64": 0,
    "w31": -2.25, "w32": 3.5, "w41": 1.8125, "w42": 0.625,
}
### END SOLUTION

# %% nbgrader={"grade_id": "check_update", "grade": true}
check_update(dict(update=update, gradients=gradients), points=1)

# %% [markdown]
# The network after its first lesson. Which arrow has changed most, and was it the one with the largest gradient?

# %% tags=["explore"]
draw(update)

# %% [markdown] tags=["solution-only", "published"]
# **What you should have seen.** With one learning rate for all, a weight changes in proportion to its gradient, so the arrow
# with the largest one changes most. With the numbers of this notebook that is $w_{32}$: $g_{32} = 1.5$, and it goes from 2 to
# 3.5. It has the larger input at its one end and the largest error signal at its other end.

# %% [markdown]
# Would you like to see it all once more in slow motion? Here is a fresh network. Every click of **next** puts one number
# where it belongs, with the formula that gives it. Try to be faster than the button.

# %% tags=["explore"]
step_through(practice(seed=1))

# %% [markdown]
# # Part 2 · In matrix form
#
# Indices are honest but tiring. Collect the numbers of a layer in a column, $s^{(1)}, o^{(1)}$ for the hidden layer and
# $s^{(2)}, o^{(2)}$ for the outputs, and the weights in matrices with **one row for each receiver**:
#
# $$W^{(1)} = \begin{pmatrix} w_{31} & w_{32} \\ w_{41} & w_{42} \end{pmatrix}, \qquad
# W^{(2)} = \begin{pmatrix} w_{53} & w_{54} \\ w_{63} & w_{64} \end{pmatrix}.$$
#
# > **Convention.** $W$ has the shape **(to, from)**, and a sample is a column. In other exercises $W$ lies the other way
# > round, (from, to), and a sample may be a row. So look at the shapes before you carry a formula from one to the next.
#
# A number in brackets names a layer; it is not a power. Now (1) reads $s^{(1)} = W^{(1)} x$ and $s^{(2)} = W^{(2)} o^{(1)}$.
#
# You type arrays here, such as `np.array([[1, 2], [3, 4]])`; nested lists do as well, and so do columns or flat vectors for
# the error signals. The numbers of the forward pass are those of question (a).
#
# ## The three Jacobians
#
# A **Jacobian** is the matrix of all derivatives of one vector with respect to another: row $k$ belongs to entry $k$ of the
# vector above, column $j$ to entry $j$ of the vector below. Between $E$ and $s^{(1)}$ there are three:
#
# $$\frac{\partial o^{(2)}}{\partial s^{(2)}} = \begin{pmatrix} \sigma'(s_5) & 0 \\ 0 & \sigma'(s_6) \end{pmatrix} \tag{12}$$
#
# $$\frac{\partial s^{(2)}}{\partial o^{(1)}} = W^{(2)} \tag{13}$$
#
# $$\frac{\partial o^{(1)}}{\partial s^{(1)}}
# = \begin{pmatrix} \mathrm{relu}'(s_3) & 0 \\ 0 & \mathrm{relu}'(s_4) \end{pmatrix}. \tag{14}$$
#
# The first and the last are diagonal, since an activation function looks at one neuron at a time.
#
# **Question.** Write down all three with their numbers. First $\partial o^{(2)} / \partial s^{(2)}$:

# %% nbgrader={"grade_id": "do2_ds2", "solution": true}
do2_ds2 = None  # shape (2, 2)
### BEGIN SOLUTION
do2_ds2 = np.array([[0.25, 0], [0, 0.25]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_do2_ds2", "grade": true}
check_do2_ds2(dict(do2_ds2=do2_ds2, forward=forward), points=0.5)

# %% [markdown]
# Now $\partial s^{(2)} / \partial o^{(1)}$:

# %% nbgrader={"grade_id": "ds2_do1", "solution": true}
ds2_do1 = None  # shape (2, 2)
### BEGIN SOLUTION
ds2_do1 = np.array([[4, -1], [-2, 0.5]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_ds2_do1", "grade": true}
check_ds2_do1(ds2_do1, points=0.5)

# %% [markdown]
# And $\partial o^{(1)} / \partial s^{(1)}$:

# %% nbgrader={"grade_id": "do1_ds1", "solution": true}
do1_ds1 = None  # shape (2, 2)
### BEGIN SOLUTION
do1_ds1 = np.array([[1, 0], [0, 1]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_do1_ds1", "grade": true}
check_do1_ds1(dict(do1_ds1=do1_ds1, forward=forward), points=0.5)

# %% [markdown]
# ## The error signals
#
# Forwards, a small change of $s^{(1)}$ is multiplied by one Jacobian after the other. Backwards, the error signal meets the
# same matrices in the opposite order, each of them **transposed**:
#
# $$\delta^{(2)} = \left(\frac{\partial o^{(2)}}{\partial s^{(2)}}\right)^{\!\top} \left(t - o^{(2)}\right) \tag{15}$$
#
# $$\delta^{(1)} = \left(\frac{\partial o^{(1)}}{\partial s^{(1)}}\right)^{\!\top}
# \left(\frac{\partial s^{(2)}}{\partial o^{(1)}}\right)^{\!\top} \delta^{(2)}. \tag{16}$$
#
# Compare with (6) and (8): the sum over the first index in (8) has become the transpose.
#
# **Question.** Compute $\delta^{(2)}$ from your Jacobian:

# %% nbgrader={"grade_id": "delta2", "solution": true}
delta2 = None  # two numbers
### BEGIN SOLUTION
delta2 = np.array([0.125, -0.125])
### END SOLUTION

# %% nbgrader={"grade_id": "check_delta2", "grade": true}
check_delta2(dict(delta2=delta2, do2_ds2=do2_ds2, forward=forward), points=0.5)

# %% [markdown]
# And $\delta^{(1)}$:

# %% nbgrader={"grade_id": "delta1", "solution": true}
delta1 = None  # two numbers
### BEGIN SOLUTION
delta1 = np.array([0.75, -0.1875])
### END SOLUTION

# %% nbgrader={"grade_id": "check_delta1", "grade": true}
check_delta1(dict(delta1=delta1, delta2=delta2, ds2_do1=ds2_do1, do1_ds1=do1_ds1), points=1)

# %% [markdown]
# ## Gradients and update
#
# All products $\delta_j\, o_i$ of a layer at once: a column times a row, which is called an **outer product**. With the
# convention (5) it is again the negative gradient,
#
# $$-\frac{\partial E}{\partial W^{(2)}} = \delta^{(2)}\, o^{(1)\top}, \qquad
# -\frac{\partial E}{\partial W^{(1)}} = \delta^{(1)}\, x^{\top}, \tag{17}$$
#
# and every layer moves by
#
# $$W \leftarrow W + \varepsilon\, \delta\, o^{\top}, \tag{18}$$
#
# where $o$ is what the layer received in the forward pass.
#
# **Question.** Write down both negative gradients. Here `dW2` stands for $-\partial E / \partial W^{(2)}$:

# %% nbgrader={"grade_id": "dW2", "solution": true}
dW2 = None  # shape (2, 2)
### BEGIN SOLUTION
dW2 = np.array([[0.125, 0.5], [-0.125, -0.5]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_dW2", "grade": true}
check_dW2(dict(dW2=dW2, delta2=delta2, forward=forward), points=0.5)

# %% [markdown]
# And `dW1` for $-\partial E / \partial W^{(1)}$:

# %% nbgrader={"grade_id": "dW1", "solution": true}
dW1 = None  # shape (2, 2)
### BEGIN SOLUTION
dW1 = np.array([[0.75, 1.5], [-0.1875, -0.375]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_dW1", "grade": true}
check_dW1(dict(dW1=dW1, delta1=delta1), points=0.5)

# %% [markdown]
# **Question.** At last the matrices after the update, with the learning rate of Part 1. First $W^{(2)}$:

# %% nbgrader={"grade_id": "W2_new", "solution": true}
W2_new = None  # shape (2, 2)
### BEGIN SOLUTION
W2_new = np.array([[4.125, -0.5], [-2.125, 0]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_W2_new", "grade": true}
check_W2_new(dict(W2_new=W2_new, dW2=dW2), points=0.5)

# %% [markdown]
# And $W^{(1)}$:

# %% nbgrader={"grade_id": "W1_new", "solution": true}
W1_new = None  # shape (2, 2)
### BEGIN SOLUTION
W1_new = np.array([[-2.25, 3.5], [1.8125, 0.625]])
### END SOLUTION

# %% nbgrader={"grade_id": "check_W1_new", "grade": true}
check_W1_new(dict(W1_new=W1_new, dW1=dW1), points=0.5)

# %% [markdown]
# # Part 3 · In NumPy

# %% [markdown] tags=["published"]
# Our network is a little too friendly. Both hidden neurons are active, so ReLU could be forgotten without anybody noticing.
# $W^{(1)}$ is symmetric, so it may lie on its side. All slopes of the outputs are ¼, and the learning rate is 1. Some wrong
# programs give all the right numbers on it!

# %% [markdown] tags=["personal"]
# Our network is a little too friendly. Both hidden neurons are active, so ReLU could be forgotten without anybody noticing,
# and all slopes of the outputs are ¼, so that a constant would do. Some wrong programs give all the right numbers on it!

# %% [markdown]
# That is why the checks of this part try your functions on **other networks**: other sizes, negative weighted inputs, other
# learning rates. Vectors are **columns** here, arrays of shape `(n, 1)`, as on paper.
#
# ## Activation functions and their slopes
#
# All four work entry by entry and return an array of the shape of `s`. Note that all four take the **weighted input** `s`,
# the slopes as well.

# %% nbgrader={"grade_id": "relu", "solution": true}
def relu(s):
    """Return max(0, s) for every entry of s, formula (2)."""
    ### BEGIN SOLUTION
    return np.maximum(0, s)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_relu", "grade": true}
check_relu(relu, points=0.5)

# %% nbgrader={"grade_id": "sigmoid", "solution": true}
def sigmoid(s):
    """Return the sigmoid of every entry of s, formula (3)."""
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-s))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid", "grade": true}
check_sigmoid(sigmoid, points=0.5)

# %% nbgrader={"grade_id": "relu_derivative", "solution": true}
def relu_derivative(s):
    """Return the slope of ReLU at every entry of the weighted input s, formula (9)."""
    ### BEGIN SOLUTION
    return np.where(s > 0, 1.0, 0.0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_relu_derivative", "grade": true}
check_relu_derivative(relu_derivative, points=0.5)

# %% nbgrader={"grade_id": "sigmoid_derivative", "solution": true}
def sigmoid_derivative(s):
    """Return the slope of the sigmoid at every entry of the weighted input s, formula (7)."""
    ### BEGIN SOLUTION
    return sigmoid(s) * (1 - sigmoid(s))
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sigmoid_derivative", "grade": true}
check_sigmoid_derivative(sigmoid_derivative, points=0.5)

# %% [markdown]
# ## The error
#
# Formula (4), for any number of outputs. With two outputs half the sum and the mean are the same number; with three they
# part ways.

# %% nbgrader={"grade_id": "squared_error", "solution": true}
def squared_error(y, t):
    """Return the error (4), one number, of outputs y against targets t, both of shape (n_out, 1)."""
    ### BEGIN SOLUTION
    return np.sum((t - y) ** 2) / 2
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_squared_error", "grade": true}
check_squared_error(squared_error, points=0.5)

# %% [markdown]
# ## The forward pass
#
# Both layers, with your own `relu` and `sigmoid`. We call the function `forward_pass`, as `forward` holds your numbers of
# Part 1. The check lends you a working `relu` and `sigmoid`, so a slip there does not cost you again here.

# %% nbgrader={"grade_id": "forward_pass", "solution": true}
def forward_pass(x, W1, W2):
    """Return the columns (s1, o1, s2, o2) of both layers, formulas (1) to (3).

    x has shape (n_in, 1), W1 (n_hidden, n_in) and W2 (n_out, n_hidden).
    """
    ### BEGIN SOLUTION
    s1 = W1 @ x
    o1 = relu(s1)
    s2 = W2 @ o1
    o2 = sigmoid(s2)
    return s1, o1, s2, o2
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_forward_pass", "grade": true}
check_forward_pass(forward_pass, points=1.5)

# %% [markdown]
# ## The error signals
#
# Formulas (15) and (16). A diagonal Jacobian times a column is the product entry by entry of its diagonal with that column,
# so you need no matrices for these two; `*` does it.
#
# A trap for the unwary: Python evaluates `a * B @ c` from left to right, as `(a * B) @ c`. With a column `a` this happens to
# be the same as `a * (B @ c)`. With a flat array it is not. Brackets cost nothing.

# %% nbgrader={"grade_id": "backward_pass", "solution": true}
def backward_pass(t, s1, s2, o2, W2):
    """Return the columns (delta1, delta2) of error signals, formulas (15) and (16).

    t, s2 and o2 have shape (n_out, 1), s1 (n_hidden, 1) and W2 (n_out, n_hidden).
    """
    ### BEGIN SOLUTION
    delta2 = (t - o2) * sigmoid_derivative(s2)
    delta1 = (W2.T @ delta2) * relu_derivative(s1)
    return delta1, delta2
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_backward_pass", "grade": true}
check_backward_pass(backward_pass, points=2)

# %% [markdown]
# ## The update
#
# Formula (18), for one layer. Return a new matrix, and leave the old one as it is.

# %% nbgrader={"grade_id": "updated", "solution": true}
def updated(W, delta, o, epsilon):
    """Return the weights W (n_to, n_from) after one update (18) with learning rate epsilon.

    delta (n_to, 1) are the error signals of the receivers, o (n_from, 1) the outputs of the senders.
    """
    ### BEGIN SOLUTION
    return W + epsilon * delta @ o.T
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_updated", "grade": true}
check_updated(updated, points=1)

# %% [markdown]
# ## All together
#
# Your program on the network of the first two parts, with smaller steps. Does the first line agree with your pen? And with
# `epsilon = 1`, what does a single step do?

# %% tags=["explore", "published"]
x, t = np.array([[1.0], [2.0]]), np.array([[1.0], [0.0]])
W1, W2 = np.array([[-3.0, 2.0], [2.0, 1.0]]), np.array([[4.0, -1.0], [-2.0, 0.5]])

# %% tags=["explore", "personal"]
x, t = mine.problem.x.reshape(-1, 1), mine.problem.t.reshape(-1, 1)
W1, W2 = mine.problem.W1, mine.problem.W2

# %% tags=["explore"]
epsilon = 0.1

for step in range(6):
    s1, o1, s2, o2 = forward_pass(x, W1, W2)
    signal1, signal2 = backward_pass(t, s1, s2, o2, W2)
    print(f"step {step}   outputs {o2[0, 0]:.4f} {o2[1, 0]:.4f}   error {squared_error(o2, t):.4f}")
    W2, W1 = updated(W2, signal2, o1, epsilon), updated(W1, signal1, x, epsilon)

# %% [markdown] tags=["solution-only", "published"]
# **What you should have seen.** The line of step 0 has the outputs ½ and ½ and the error ¼ of your pen. With
# `epsilon = 0.1` the error falls in every step. With `epsilon = 1` a single step does nearly everything: the outputs are 1
# and 0 to four decimals. The step is far longer than the gradient can vouch for, and here that happens to be good. On
# another network it might as well have jumped over the goal.

# %% tags=["explore", "solution-only", "published"]
W1, W2 = np.array([[-3.0, 2.0], [2.0, 1.0]]), np.array([[4.0, -1.0], [-2.0, 0.5]])
s1, o1, s2, o2 = forward_pass(x, W1, W2)
signal1, signal2 = backward_pass(t, s1, s2, o2, W2)
o2 = forward_pass(x, updated(W1, signal1, x, 1.0), updated(W2, signal2, o1, 1.0))[-1]
print(f"after one step with epsilon = 1: outputs {o2[0, 0]:.4f} {o2[1, 0]:.4f}   error {squared_error(o2, t):.1e}")

# %% [markdown]
# # Part 4 · Practice, as much as you like
#
# `practice(seed)` gives you a fresh network with numbers that come out nicely by hand: at most four decimals, and every
# output has the weighted input 0. Most are wider, all have a learning rate other than 1, and in about one of three a hidden
# neuron is **dead**: ReLU switches it off. What does that do to its error signal and to its weights? There is one network
# for every whole number from 0 up, so you and a friend can work on the same one.

# %% tags=["explore"]
exercise = practice(seed=3)
exercise

# %% tags=["explore"]
exercise.draw()

# %% [markdown]
# `exercise.blank` is an empty sheet. Fill in what you have, as below, and `exercise.mark(sheet)` marks it; no points, no
# worries, and your own earlier numbers are followed here as well.

# %% tags=["explore"]
sheet = exercise.blank
sheet["s3"] = -7

exercise.mark(sheet)

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** $\mathrm{relu}'(s_j) = 0$ for a dead neuron, so by (8) its error signal is 0, however
# large the signals are that come back to it. By (10) the gradients of all arrows that lead **to** it are 0 with it. And its
# output is 0, so those of all arrows that leave it are 0, too, now for the other factor. For this sample nothing about it
# changes, and it stays dead. A sample that wakes it can help.

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
# - You can take any small network through a forward pass, a backward pass and an update, with nothing but a pen.
# - You know what an error signal is, which sign it has in this course, and why weights meet it on both sides.
# - You can say the same in matrices, and in a dozen lines of NumPy that work for any size.
# - You know that a program may be wrong and still give the right numbers on a friendly example.
#
# **Where next?** In `02_softmax_and_nll` the network learns to choose between several classes, and its output layer and its
# error change for the better. The way back stays the same, but for one sign.

# %% [markdown]
# ## Further reading
#
# - David Rumelhart, Geoffrey Hinton and Ronald Williams, *Learning representations by back-propagating errors*, Nature 323
#   (1986), 533–536, [doi:10.1038/323533a0](https://doi.org/10.1038/323533a0). Four pages, and the reason why everybody knows
#   the word. Which sign do they use, and what do they call a neuron?
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2, *How the backpropagation algorithm works*,
#   [neuralnetworksanddeeplearning.com](http://neuralnetworksanddeeplearning.com/chap2.html). The same four steps, slowly.
# - Christopher Bishop, *Pattern Recognition and Machine Learning*, Springer (2006), section 5.3, *Error Backpropagation*,
#   ISBN 978-0-387-31073-2. For everything that this notebook leaves out.
