# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6 · The same network, in frameworks
#
# In exercise 1 you took one small network through one step of learning with a pen. In this notebook you send the same
# network through the same step five times more: twice in PyTorch, twice in JAX and once in Flax. You know every number
# beforehand. So whatever a framework does, you can see whether you asked it for the right thing.
#
# **What you need.** Exercise 1 and its numbers; PyTorch as an array library, as in exercise 5. No framework knowledge:
# every call that you need is introduced here.
#
# **How long it takes.** About two and a half hours. Each section stands on its own feet.
#
# | section | what you use | points | time |
# |---|---|---|---|
# | – | four guesses, before you know | 1 | 10 min |
# | 1 | PyTorch, layer by layer: `nn.Linear`, `backward()`, an update by hand | 4 | 30 min |
# | 2 | PyTorch as people write it: `nn.Sequential` and `optim.SGD` | 3 | 20 min |
# | 3 | JAX as NumPy: arrays, and your own formulas | 4 | 20 min |
# | 4 | JAX as people write it: a pure function and `jax.grad` | 4 | 25 min |
# | 5 | Flax: a module whose parameters live outside it | 4 | 40 min |
#
# Sections 3 to 5 need JAX and Flax, which `pip install ".[frameworks]"` brings along in the folder of these exercises. Where
# they are missing, the sections are skipped and their points stay open. The notebook says so and runs to its end.

# %% [markdown]
# ## How to work
#
# Write your code where a cell says `# YOUR CODE HERE`, delete the line that raises `NotImplementedError`, run the cell
# and the **check cell** below it. Stuck? `hint("by_layers")`, with the name of the task, gives the next of three hints.
#
# The checks know exercise 1's network, but they also try your function on networks of other sizes, with several samples
# at once, other learning rates and two or three steps. One famous set of numbers can hide many mistakes. You will meet
# some that it hides.

# %% nbgrader={"grade_id": "given_setup", "locked": true}
import copy
from functools import partial
from typing import Any, NamedTuple

from checks import needs
from checks.frameworks import (
    check_by_layers,
    check_flax_module,
    check_jax_grad,
    check_jax_numpy,
    check_predictions,
    check_sequential,
    get_ready,
    hint,
    progress,
    skipped,
)

needs("torch")  # where it is missing, this says how to install it
import torch
from torch import nn

get_ready("torch")  # takes a second or two now, and spares you that wait at the first check

# Double precision makes comparisons sharp: two right gradients agree to about 15 digits.
torch.set_default_dtype(torch.float64)

# %% [markdown]
# Where do you stand? Run this cell once; from then on the table follows your checks by itself.

# %% tags=["explore"]
progress()

# %% [markdown]
# ## Guess first (1 point)
#
# Four questions, before the first framework. A guess that turns out wrong is remembered better than a sentence that was only
# read, so guess, run the check, and come back when you know more.
#
# 1. `sign`: In exercise 1 a certain weight had the (negative) gradient 0.125, which was added. Which number does PyTorch store
#    for it in `weight.grad`?
# 2. `twice`: The gradient of a weight is 3. You call `E.backward()` for one step, and for the next step again, and the gradient
#    is 3 once more. You clear nothing in between. What does `weight.grad` hold now?
# 3. `mean`: Four samples with two outputs each, and every output is off by 0.5. What does `nn.MSELoss()` return?
# 4. `shape`: A layer turns 3 inputs into 4 outputs. Whose weight has the shape (to, from), that is, (4, 3)?
#    - **a)** that of PyTorch's `nn.Linear`
#    - **b)** that of Flax's `linen.Dense`
#    - **c)** both

# %% nbgrader={"grade_id": "predictions", "solution": true}
# A number, or the letter of an answer in quotes: replace None by your guesses.
predictions = {"sign": None, "twice": None, "mean": None, "shape": None}
### BEGIN SOLUTION
predictions = {"sign": -0.125, "twice": 6, "mean": 0.25, "shape": "a"}
### END SOLUTION

# %% nbgrader={"grade_id": "check_predictions", "grade": true}
check_predictions(predictions, points=1)

# %% [markdown]
# ## The network
#
# Two inputs, two hidden neurons with ReLU, two outputs with the sigmoid, and no biases. These are the numbers of
# exercise 1.

# %% tags=["explore"]
from checks.drawing import draw_network, sharp_pictures

sharp_pictures()  # on every screen, and with words for those who cannot see them

draw_network(
    [2, 2, 2],
    labels={(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 1): "4", (2, 0): "5", (2, 1): "6"},
    weights=[[[-3, 2], [2, 1]], [[4, -2], [-1, 0.5]]],
    write_weights=True,
    digits=1,
    layer_names=["input\n$X$", "ReLU\n$O^{(1)}$", "sigmoid\n$O^{(2)}$"],
    edge_names=["$W^{(1)}$", "$W^{(2)}$"],
)

# %% nbgrader={"grade_id": "given_numbers", "locked": true}
numbers = {
    "x": [[1.0, 2.0]],  # (N, in): one row per sample, and here there is one sample
    "t": [[1.0, 0.0]],  # (N, out): the targets
    "W1": [[-3.0, 2.0], [2.0, 1.0]],  # (hidden, in): row 0 holds the weights that lead to neuron 3
    "W2": [[4.0, -1.0], [-2.0, 0.5]],  # (out, hidden)
}
x, t, W1, W2 = (torch.tensor(values) for values in numbers.values())

# %% [markdown]
# Frameworks want one sample per **row**, where exercise 1 had columns. A weight matrix still leads (to, from), as in
# exercise 1 and in `nn.Linear`. So the products turn round:
#
# $$S^{(1)} = X\, W^{(1)\top}, \qquad O^{(1)} = \operatorname{relu}\!\left(S^{(1)}\right) \tag{1}$$
#
# $$S^{(2)} = O^{(1)}\, W^{(2)\top}, \qquad O^{(2)} = \sigma\!\left(S^{(2)}\right) \tag{2}$$
#
# $$E = \tfrac12 \sum_{n} \sum_{k} \left(T_{nk} - O^{(2)}_{nk}\right)^2 \tag{3}$$
#
# $$\Delta^{(2)} = \frac{\partial E}{\partial S^{(2)}}
# = \left(O^{(2)} - T\right) \odot O^{(2)} \odot \left(1 - O^{(2)}\right) \tag{4}$$
#
# $$\Delta^{(1)} = \frac{\partial E}{\partial S^{(1)}}
# = \left(\Delta^{(2)}\, W^{(2)}\right) \odot \operatorname{relu}'\!\left(S^{(1)}\right) \tag{5}$$
#
# $$\frac{\partial E}{\partial W^{(1)}} = \Delta^{(1)\top} X, \qquad
# \frac{\partial E}{\partial W^{(2)}} = \Delta^{(2)\top} O^{(1)} \tag{6}$$
#
# $$W \leftarrow W - \varepsilon\, \frac{\partial E}{\partial W} \qquad \text{for } W^{(1)} \text{ and } W^{(2)} \tag{7}$$
#
# > **Convention.** **The sign has changed!** Exercise 1 carried the *negative* gradient $-\partial E/\partial w$ and added
# > it. Frameworks return the gradient itself, $\partial E/\partial w$, which points **uphill**, and the update
# > **subtracts**. In this notebook, every gradient and every $\Delta$ has the opposite sign of its twin in exercise 1.
# > Outputs, loss and new weights are the same.
# >
# > **Convention.** The loss is **half the sum** over all samples and outputs, not a mean. The table at the end of this notebook
# > says what holds where.
#
# Both factors of (4) stay, the difference and the slope of the sigmoid, because the loss is the squared error. In exercise 2,
# in the question *Why is it a - y?*, you derived with which loss the slope cancels. Frameworks have that pair ready-made, as
# `nn.BCEWithLogitsLoss` and `nn.CrossEntropyLoss`.

# %% [markdown]
# ### One record per step
#
# All five functions have the same arguments, and all of them keep a **history**: a list with one record for each step.
# `record` copies what you give it. That matters in PyTorch, where weights change in place: without a copy, every record
# would show the weights of the last step.

# %% nbgrader={"grade_id": "given_record", "locked": true}
class Record(NamedTuple):
    """The numbers of one step."""

    o1: Any  # outputs of the hidden layer, (N, hidden)
    o2: Any  # outputs of the network, (N, out)
    E: Any  # the loss (3), one number
    dE_dW1: Any  # gradient (6), (hidden, in)
    dE_dW2: Any  # gradient (6), (out, hidden)
    W1: Any  # weights after the update (7), (hidden, in)
    W2: Any  # weights after the update (7), (out, hidden)


def record(o1, o2, E, dE_dW1, dE_dW2, W1, W2):
    """Return a Record of copies, which stay as they are whatever happens next."""
    values = (o1, o2, E, dE_dW1, dE_dW2, W1, W2)
    return Record(*(v.detach().clone() if torch.is_tensor(v) else copy.copy(v) for v in values))


def compare(history):
    """Print the first record beside the numbers of exercise 1."""
    by_hand = Record(
        o1=[[1, 4]],
        o2=[[0.5, 0.5]],
        E=0.25,
        dE_dW1=[[-0.75, -1.5], [0.1875, 0.375]],  # exercise 1 had .75, 1.5, -.1875, -.375: -dE/dW
        dE_dW2=[[-0.125, -0.5], [0.125, 0.5]],  # exercise 1 had .125, .5, -.125, -.5: -dE/dW
        W1=[[-2.25, 3.5], [1.8125, 0.625]],
        W2=[[4.125, -0.5], [-2.125, 0]],
    )
    for name, pen, framework in zip(Record._fields, by_hand, history[0]):
        pen, framework = torch.tensor(pen).double(), torch.tensor(framework.tolist()).double()
        same = pen.shape == framework.shape and torch.allclose(pen, framework)
        print(f"{name.replace('_', '/'):6}  {'as by hand' if same else 'NOT as by hand'}   {framework.tolist()}")

# %% [markdown]
# # 1 · PyTorch, layer by layer (4 points)
#
# `nn.Linear(n_in, n_out, bias=False)` is one layer without a bias. It computes `x @ weight.T`, and its `weight` has the
# shape (to, from), as ours. It is born with random weights, so you copy yours in. Copying is not part of the
# computation that you want to differentiate, and `torch.no_grad()` says so:
#
# ```python
# layer = nn.Linear(3, 4, bias=False)
# with torch.no_grad():
#     layer.weight.copy_(numbers_of_shape_4_3)
# ```
#
# PyTorch watches everything else that happens to a `weight`. When you call `E.backward()`, it walks back through all of
# it and **adds** $\partial E/\partial W$ to `layer.weight.grad`. Adds! Whatever an earlier step left there is still
# there. `layer.zero_grad()` clears it.
#
# For the loss, `nn.MSELoss(reduction="sum")(o2, t)` sums the squares. A plain `nn.MSELoss()` takes their mean. Of two
# squares, as here, the mean happens to equal our half sum. Of any other number it does not.
#
# Your function makes `steps` steps of learning: outputs, loss, gradients, update by hand, record.

# %% nbgrader={"grade_id": "by_layers", "solution": true}
def by_layers(x, t, W1, W2, epsilon, steps):
    """Train two bias-free nn.Linear layers that start from W1 and W2; return the history.

    x has shape (N, in), t (N, out), W1 (hidden, in), W2 (out, hidden): tensors, which stay as they are.
    epsilon is the learning rate. The history is a list with one record(...) for each of the steps.
    """
    ### BEGIN SOLUTION
    hidden = nn.Linear(W1.shape[1], W1.shape[0], bias=False)
    output = nn.Linear(W2.shape[1], W2.shape[0], bias=False)
    squares = nn.MSELoss(reduction="sum")
    with torch.no_grad():
        hidden.weight.copy_(W1)
        output.weight.copy_(W2)

    history = []
    for _ in range(steps):
        o1 = torch.relu(hidden(x))  # (1)
        o2 = torch.sigmoid(output(o1))  # (2)
        E = squares(o2, t) / 2  # (3)
        hidden.zero_grad()
        output.zero_grad()
        E.backward()  # (4) to (6)
        with torch.no_grad():  # (7)
            hidden.weight -= epsilon * hidden.weight.grad
            output.weight -= epsilon * output.weight.grad
        history.append(record(o1, o2, E, hidden.weight.grad, output.weight.grad, hidden.weight, output.weight))
    return history
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_by_layers", "grade": true}
check_by_layers(by_layers, points=4)

# %% [markdown]
# Here is the network of exercise 1. Mind the signs of the gradients, and compare.

# %% tags=["explore"]
compare(by_layers(x, t, W1, W2, epsilon=1.0, steps=1))

# %% [markdown]
# # 2 · PyTorch as people write it (3 points)
#
# Now everything belongs to two objects. `nn.Sequential` holds layers in a row, activations included, and calls one after
# the other. `torch.optim.SGD(model.parameters(), lr=...)` knows all weights of the model: `optimizer.zero_grad()` clears
# their gradients, and `optimizer.step()` makes the update (7).
#
# A `Sequential` can be indexed like a list. `model[0]` is its first layer, and `model[:2]` is again a model, of its first
# two parts. That is how you can look at the hidden outputs.
#
# Return the model **and** the history. The check looks into the model that you return and asks it for answers to new
# inputs. Much code on the web trains one model and then proudly prints the weights of another.

# %% nbgrader={"grade_id": "sequential", "solution": true}
def sequential(x, t, W1, W2, epsilon, steps):
    """Train an nn.Sequential that starts from W1 and W2 with optim.SGD; return (model, history).

    x has shape (N, in), t (N, out), W1 (hidden, in), W2 (out, hidden): tensors, which stay as they are.
    The model has four parts: linear, ReLU, linear, sigmoid. The history is a list with one record(...)
    for each of the steps.
    """
    ### BEGIN SOLUTION
    model = nn.Sequential(
        nn.Linear(W1.shape[1], W1.shape[0], bias=False),
        nn.ReLU(),
        nn.Linear(W2.shape[1], W2.shape[0], bias=False),
        nn.Sigmoid(),
    )
    with torch.no_grad():
        model[0].weight.copy_(W1)
        model[2].weight.copy_(W2)
    squares = nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=epsilon)

    history = []
    for _ in range(steps):
        optimizer.zero_grad()
        o1 = model[:2](x)
        o2 = model(x)
        E = squares(o2, t) / 2
        E.backward()
        optimizer.step()
        history.append(record(o1, o2, E, model[0].weight.grad, model[2].weight.grad, model[0].weight, model[2].weight))
    return model, history
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_sequential", "grade": true}
check_sequential(sequential, points=3)

# %% tags=["explore"]
model, history = sequential(x, t, W1, W2, epsilon=1.0, steps=1)
compare(history)
print(model)

# %% [markdown]
# One step is only the beginning. Let it walk on in smaller steps, and watch the loss go down.

# %% tags=["explore"]
_, history = sequential(x, t, W1, W2, epsilon=0.02, steps=100)
for step in (1, 2, 5, 20, 100):
    print(f"step {step:3}:  E = {history[step - 1].E:.4f}   outputs {history[step - 1].o2.round(decimals=3).tolist()[0]}")

# %% [markdown]
# # 3 · JAX as NumPy (4 points)
#
# JAX looks like NumPy: `jnp.maximum`, `jnp.exp`, `jnp.sum`, `@` and `.T` do what you expect. One thing is new. A JAX
# array **never changes**. There is no `W1 -= step` in place; an update makes a new array, and you give it a name.

# %% nbgrader={"grade_id": "given_jax", "locked": true}
try:
    import jax
    import jax.numpy as jnp
    from flax import linen

    jax.config.update("jax_enable_x64", True)  # JAX's own choice would be single precision
    get_ready("jax")  # JAX compiles what it meets for the first time: a few seconds here, and short checks below
    have_jax = True
except ImportError:
    jax = jnp = linen = skipped()  # stand-ins: this notebook still runs to its end
    have_jax = False

# %% [markdown]
# No automatic differentiation in this section: write equations (1) to (7) yourself. You have done it with columns in
# exercise 1; here the samples are rows. Keep two things apart that look alike on exercise 1's numbers: both hidden
# neurons are active there, so $\operatorname{relu}' = 1$; and both $s^{(2)}$ are zero, so $\sigma' = \tfrac14$. Neither
# holds in general.

# %% nbgrader={"grade_id": "jax_numpy", "solution": true}
def jax_numpy(x, t, W1, W2, epsilon, steps):
    """Make steps of learning with jax.numpy and equations (1) to (7); return the history.

    x has shape (N, in), t (N, out), W1 (hidden, in), W2 (out, hidden): JAX arrays.
    The history is a list with one record(...) for each of the steps.
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(steps):
        s1 = x @ W1.T
        o1 = jnp.maximum(0, s1)  # (1)
        o2 = 1 / (1 + jnp.exp(-o1 @ W2.T))  # (2)
        E = jnp.sum((t - o2) ** 2) / 2  # (3)
        delta2 = (o2 - t) * o2 * (1 - o2)  # (4)
        delta1 = (delta2 @ W2) * (s1 > 0)  # (5)
        dE_dW1, dE_dW2 = delta1.T @ x, delta2.T @ o1  # (6)
        W1, W2 = W1 - epsilon * dE_dW1, W2 - epsilon * dE_dW2  # (7)
        history.append(record(o1, o2, E, dE_dW1, dE_dW2, W1, W2))
    return history
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_jax_numpy", "grade": true}
check_jax_numpy(jax_numpy, points=4)

# %% tags=["explore"]
if have_jax:
    arrays = [jnp.array(values) for values in numbers.values()]
    compare(jax_numpy(*arrays, epsilon=1.0, steps=1))

# %% [markdown]
# # 4 · JAX as people write it (4 points)
#
# JAX transforms functions. `jax.grad(f)` is a new function: it takes the same arguments as `f` and returns the derivative
# of `f` with respect to the **first** one. `jax.value_and_grad(f)` returns the value as well. If the first argument is a
# tuple of arrays, so is the gradient. And `jax.jit(f)` is the same function again, compiled: the first call with new
# shapes takes a moment, all later calls are fast.
#
# For that, `f` must be **pure**: it computes with its arguments and nothing else, and changes nothing. A function that
# secretly reads `W1` from outside has derivative zero with respect to its argument, and JAX will not complain.
#
# So write a pure function `energy(weights, x, t)`, where `weights` is the pair `(W1, W2)`, which returns $E$ and nothing
# else. Then let JAX differentiate it, and make your steps. The line `@jax.jit` above `energy` compiles it.
#
# Return `energy` **and** the history. The check differentiates your `energy` on its own account, at other weights.

# %% nbgrader={"grade_id": "jax_grad", "solution": true}
@jax.jit
def energy(weights, x, t):
    """Return E (3), one number, of the network with weights = (W1, W2): a pure function."""
    ### BEGIN SOLUTION
    W1, W2 = weights
    o1 = jnp.maximum(0, x @ W1.T)  # (1)
    o2 = jax.nn.sigmoid(o1 @ W2.T)  # (2)
    return jnp.sum((t - o2) ** 2) / 2  # (3)
    ### END SOLUTION


def jax_grad(x, t, W1, W2, epsilon, steps):
    """Make steps of learning with the gradient that JAX finds of energy; return (energy, history).

    x has shape (N, in), t (N, out), W1 (hidden, in), W2 (out, hidden): JAX arrays.
    The history is a list with one record(...) for each of the steps.
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(steps):
        o1 = jnp.maximum(0, x @ W1.T)
        o2 = jax.nn.sigmoid(o1 @ W2.T)
        E, (dE_dW1, dE_dW2) = jax.value_and_grad(energy)((W1, W2), x, t)  # (4) to (6)
        W1, W2 = W1 - epsilon * dE_dW1, W2 - epsilon * dE_dW2  # (7)
        history.append(record(o1, o2, E, dE_dW1, dE_dW2, W1, W2))
    return energy, history
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_jax_grad", "grade": true}
check_jax_grad(jax_grad, points=4)

# %% tags=["explore"]
if have_jax:
    compare(jax_grad(*arrays, epsilon=1.0, steps=1)[1])

# %% [markdown]
# What did JAX build? `jax.make_jaxpr` shows a function as JAX sees it, one simple operation per line. Find the backward
# pass of equation (5): the product with $W^{(2)}$ and the choice that is the derivative of the ReLU.

# %% tags=["explore"]
if have_jax:
    x_jax, t_jax, W1_jax, W2_jax = arrays
    backward = jax.make_jaxpr(jax.grad(energy.__wrapped__))((W1_jax, W2_jax), x_jax, t_jax)
    print(backward.pretty_print(use_color=False))

# %% [markdown] tags=["solution-only"]
# **What you should have seen.** Read from the end. The last three `dot_general` are the backward pass: $\Delta^{(2)\top} O^{(1)}$,
# the product $\Delta^{(2)} W^{(2)}$ of (5), and $\Delta^{(1)\top} X$. Between the last two stands a `mul`: that is $\odot$ in (5).
# Its second factor comes from a `select_n`, which chooses 1 where the maximum was the weighted input and 0 elsewhere, the
# derivative of the ReLU. It is divided by 2 where both were equal: at exactly 0, JAX takes the slope ½. The first two `transpose`
# are our `.T`. On the way back each of them is met again, as the second of a pair; the first of the pair belongs to the
# derivative of the product.

# %% [markdown]
# # 5 · Flax: the parameters live outside (4 points)
#
# This section takes longer than the others: three new things at once, a module, a tree of parameters, and an auxiliary output.
# Flax brings layers to JAX. JAX functions are pure, so a Flax module holds **no numbers**. It only describes a
# computation:
#
# - `params = model.init(jax.random.key(0), x)` makes parameters that fit inputs like `x`, with random values. It is a
#   dictionary of dictionaries, a *tree*. Print it once.
# - `model.apply(params, x)` runs the model with the parameters that you hand to it.
# - `jax.value_and_grad(f, argnums=1, has_aux=True)` differentiates `f` with respect to its second argument (Python
#   counts from 0). The gradient is a tree of the same form. `has_aux` is for an `f` that returns the pair
#   (what is to be differentiated, whatever else you want to know), and then the value is such a pair as well.
# - `jax.tree.map(f, a, b)` calls `f` with every pair of leaves of two such trees. The update (7) fits into one line.
#
# `linen.Dense(features, use_bias=False)` is a layer without a bias. It computes `x @ kernel`, so its `kernel` is
# **not** $W$ but $W^\top$, of shape (from, to). The same holds for the kernel's gradient. Our $W^{(1)}$ is symmetric: on
# exercise 1's numbers, a forgotten transpose in the first layer would not show.
#
# Fill in three places: what the module computes, the loss, and the training. Inside the module, `name="first"` gives a layer
# a name, under which `params["params"]["first"]["kernel"]` is found.

# %% nbgrader={"grade_id": "flax_module", "solution": true}
class Perceptron(linen.Module):
    """Two bias-free layers: Perceptron(features_1, features_2) has so many hidden neurons and outputs."""

    features_1: int
    features_2: int

    @linen.compact
    def __call__(self, x):
        """Return (o1, o2), of shapes (N, features_1) and (N, features_2), for x of shape (N, in)."""
        ### BEGIN SOLUTION
        o1 = linen.relu(linen.Dense(self.features_1, use_bias=False, name="first")(x))  # (1)
        o2 = linen.sigmoid(linen.Dense(self.features_2, use_bias=False, name="second")(o1))  # (2)
        return o1, o2
        ### END SOLUTION


@partial(jax.jit, static_argnums=0)  # the model is no array: JAX compiles anew for another model
def energy_of(model, params, x, t):
    """Return (E, (o1, o2)) for the model with these parameters: the loss (3), and the outputs beside it."""
    ### BEGIN SOLUTION
    o1, o2 = model.apply(params, x)
    return jnp.sum((t - o2) ** 2) / 2, (o1, o2)
    ### END SOLUTION


def flax_module(x, t, W1, W2, epsilon, steps):
    """Train a Perceptron that starts from W1 and W2; return (model, params, history).

    x has shape (N, in), t (N, out), W1 (hidden, in), W2 (out, hidden): JAX arrays.
    params are the trained parameters. The history is a list with one record(...) for each of the steps, with
    gradients and weights the way round that W1 and W2 have.
    """
    ### BEGIN SOLUTION
    model = Perceptron(W1.shape[0], W2.shape[0])
    params = model.init(jax.random.key(0), x)
    params["params"]["first"]["kernel"] = W1.T
    params["params"]["second"]["kernel"] = W2.T

    history = []
    for _ in range(steps):
        (E, (o1, o2)), gradient = jax.value_and_grad(energy_of, argnums=1, has_aux=True)(model, params, x, t)
        params = jax.tree.map(lambda w, g: w - epsilon * g, params, gradient)  # (7)
        matrices = [tree["params"][name]["kernel"].T for tree in (gradient, params) for name in ("first", "second")]
        history.append(record(o1, o2, E, *matrices))
    return model, params, history
    ### END SOLUTION

# %% nbgrader={"grade_id": "check_flax_module", "grade": true}
check_flax_module(flax_module, points=4)

# %% tags=["explore"]
if have_jax:
    perceptron, params, history = flax_module(*arrays, epsilon=1.0, steps=1)
    compare(history)
    print(params)

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
# ## One network, three dialects
#
# | | PyTorch | JAX | Flax |
# |:--|:--|:--|:--|
# | where the weights live | in the layers, and change in place | in your variables, and never change | in a tree of your own |
# | shape of a weight matrix | (to, from) | as you like | (from, to) |
# | who asks for the gradient | `E.backward()` | `jax.grad(energy)` | `jax.grad` of a function of `params` |
# | where the gradient goes | is **added** to `weight.grad` | is returned | is returned, as a tree |
# | what is easily forgotten | `zero_grad()` | the new names for new arrays | the transpose, `use_bias=False` |
#
# ## What you can do now
#
# - You can state one computation in three frameworks, and you know where each keeps weights and gradients.
# - You know which sign a gradient has, and why exercise 1 added where a framework subtracts.
# - You know six mistakes that a famous set of numbers hides: a mean for half a sum, a forgotten `zero_grad`, a learning
#   rate of 1 that nobody reads, a ReLU without its derivative, a first kernel that was not transposed, and a trained model
#   that is not the one on display.
#
# **Where next?** This was the last of the six exercises. You have computed back-propagation by hand, derived it, built it
# and checked it, and now you know what a framework does when you type `backward()`. Take any network that interests you,
# write its loss, and let a framework differentiate. When a number looks odd, you know where to look.

# %% [markdown]
# ## Further reading
#
# - Atılım Güneş Baydin, Barak Pearlmutter, Alexey Radul and Jeffrey Siskind, *Automatic differentiation in machine learning: a
#   survey*, Journal of Machine Learning Research 18 (2018), 1–43, [jmlr.org/papers/v18/17-468](https://jmlr.org/papers/v18/17-468.html). What all
#   three frameworks do, and what back-propagation is a special case of.
# - Andreas Griewank and Andrea Walther, *Evaluating Derivatives*, 2nd edition, SIAM (2008),
#   [doi:10.1137/1.9780898717761](https://doi.org/10.1137/1.9780898717761). The book on it.
# - Adam Paszke and others, *PyTorch: an imperative style, high-performance deep learning library*, NeurIPS (2019),
#   [doi:10.48550/arXiv.1912.01703](https://doi.org/10.48550/arXiv.1912.01703). Why PyTorch records while your code runs.
# - Roy Frostig, Matthew Johnson and Chris Leary, *Compiling machine learning programs via high-level tracing*, SysML (2018). The idea of JAX.
#   How to use it: [docs.jax.dev](https://docs.jax.dev), *Automatic differentiation*.
