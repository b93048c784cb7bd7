"""The five tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.frameworks import misconceptions
from checks.frameworks.observe import JAX_ARRAYS, SEQUENTIAL
from checks.frameworks.reference import (
    ByLayersReference,
    FlaxReference,
    JaxGradReference,
    JaxNumpyReference,
    SequentialReference,
)
from checks.frameworks.running import AUTODIFF, OPTIMISERS
from checks.judging.comparing import Comparison
from checks.judging.task import Location, Part, Task
from checks.observing.observation import Observation

MODEL_STAGE = 90
"""The stage of what is seen of a returned model or loss function, after all steps."""

_KINDS = (("o1", "o2"), ("E",), ("dE/dW1", "dE/dW2"), ("W1", "W2"))


def _kind(name: str) -> int | None:
    """Return which kind of number of a step a quantity is (an index of _KINDS), or None if it is of the model."""
    if not re.search(r"(in|after) step \d+$", name):
        return None
    return next(index for index, names in enumerate(_KINDS) if name.partition(" ")[0] in names)


def _step(name: str) -> int:
    found = re.search(r"step (\d+)$", name)
    return int(found.group(1)) if found else 0


def stage(name: str) -> int:
    """Order quantities step by step, and last what was returned beside the history."""
    return MODEL_STAGE if _kind(name) is None else _step(name) - 1


def locate(comparisons: Sequence[Comparison]) -> Location:
    """Say what is wrong first, and what the right numbers before it mean."""
    wrong = next(c for c in comparisons if not c.right)
    kind, step = _kind(wrong.quantity), _step(wrong.quantity)
    if kind is None:
        return Location(
            f"the history is right, but {wrong.quantity} is not.",
            "What was returned beside the history is not what made the history.",
        )
    were = f"Step{'' if step == 2 else 's'} 1{'' if step == 2 else f' to {step - 1}'} {'is' if step == 2 else 'are'}"
    before = f"{were} right throughout. " if step > 1 else ""
    if wrong.came is None:
        return Location(f"{wrong.quantity} is missing from its record (it is None).", before.strip())
    meanings = (
        f"Step {step} must begin with the weights that step {step - 1} made."
        if step > 1
        else "So the error is in the first layer: in its start weights, in its activation function, or in a bias, of "
        "which it should have none.",
        "The outputs are right, so the error is in the loss itself.",
        "Outputs and loss are right, so the error starts in the gradients."
        + (" Is something left over from the step before?" if step > 1 else ""),
        "The gradients are right, so the error is in the update or in what is recorded of it.",
    )
    if kind == 0 and wrong.quantity.startswith("o2"):
        return Location(f"{wrong.quantity} is wrong.", f"{before}o1 is right, so the error is in the last layer.")
    return Location(f"{wrong.quantity} is wrong.", (before + meanings[kind]).strip())


def _chosen(kind: int | None) -> Callable[[Sequence[str]], Sequence[str]]:
    return lambda names: [name for name in names if _kind(name) in (kind, None if kind == 3 else kind)]


PARTS = (
    Part("the forward values", _chosen(0)),
    Part("the loss", _chosen(1)),
    Part("the gradients", _chosen(2)),
    Part("the updated weights", _chosen(3)),
)
"""One share each; what a returned model or loss function shows belongs to the updated weights."""


def _flag(observation: Observation, name: str) -> float:
    return float(observation.arrays.get(name, np.array(np.nan)))


Objection = Callable[[Any, Observation, Sequence[Comparison]], str]


def _object(*rules: tuple[str, float, str]) -> Objection:
    """Return an objection: a sentence for the first flag that has a value it must not have."""

    def objection(case: Any, observation: Observation, comparisons: Sequence[Comparison]) -> str:
        return next((says for name, value, says in rules if _flag(observation, name) == value), "")

    return objection


_TORCH_SHOULD = "Here torch is to find the gradients: E.backward() fills the .grad of every weight."
_JAX_SHOULD = "Here JAX is to find the gradients, by jax.grad or jax.value_and_grad."
_EQUATION_3 = "Equation (3): E = 1/2 Σ (t - o2)²."
_EQUATIONS = (
    "Equations (1) to (3) and (7): O⁽¹⁾ = relu(X W1ᵀ), O⁽²⁾ = σ(O⁽¹⁾ W2ᵀ), E = 1/2 Σ (T - O⁽²⁾)², W ← W - ε ∂E/∂W."
)

BY_LAYERS = Task(
    name="by_layers",
    reference=ByLayersReference,
    misconceptions=misconceptions.BY_LAYERS,
    praise="Outputs, loss, gradients and weights of every step agree",
    hints=(
        "Look at your two layers: are they bias-free, and do they hold the numbers of W1 and W2?",
        "One step has five parts: forward, loss, clear the old gradients, backward, update. Which one is missing, "
        "or stands in the wrong place?",
        _EQUATIONS,
    ),
    locate=locate,
    parts=PARTS,
    stage=stage,
    convention=_EQUATION_3,
    objection=_object((AUTODIFF, 0, f"No gradient in your code comes from torch. {_TORCH_SHOULD}")),
)

SEQUENTIAL_TASK = Task(
    name="sequential",
    reference=SequentialReference,
    misconceptions=misconceptions.SEQUENTIAL,
    praise="The trained model and every step of its history agree",
    hints=(
        "Look at which object each line speaks of: everything belongs to one model and to one optimiser.",
        "The order of one step is zero_grad, forward, loss, backward, step. model[0] and model[2] are the linear "
        "layers, and model[:2] is a model too.",
        _EQUATIONS,
    ),
    locate=locate,
    parts=PARTS,
    stage=stage,
    convention=_EQUATION_3,
    objection=_object(
        (AUTODIFF, 0, f"No gradient in your code comes from torch. {_TORCH_SHOULD}"),
        (SEQUENTIAL, 0, "The model that you return is not an nn.Sequential, which is what this section is about."),
        (OPTIMISERS, 0, "Your update is made by hand. Here torch.optim.SGD is to make it, by optimizer.step()."),
    ),
)

JAX_NUMPY = Task(
    name="jax_numpy",
    reference=JaxNumpyReference,
    misconceptions=misconceptions.JAX_NUMPY,
    praise="Outputs, loss, gradients and weights of every step agree",
    hints=(
        "Look at the shape of every product: rows are samples, and W1 is (hidden, in).",
        "This is your NumPy code of exercise 1 for rows in place of columns. What happens to a product when both "
        "factors are transposed?",
        "Equations (4) to (6): Δ⁽²⁾ = (O⁽²⁾ - T) ⊙ O⁽²⁾ ⊙ (1 - O⁽²⁾), Δ⁽¹⁾ = (Δ⁽²⁾ W2) ⊙ relu'(S⁽¹⁾), "
        "∂E/∂W1 = Δ⁽¹⁾ᵀ X, ∂E/∂W2 = Δ⁽²⁾ᵀ O⁽¹⁾.",
    ),
    locate=locate,
    parts=PARTS,
    stage=stage,
    convention=_EQUATION_3,
    objection=_object(
        (
            AUTODIFF,
            1,
            "Your code lets a framework find the gradients. Here they are to be computed by equations (4) to (6).",
        ),
        (JAX_ARRAYS, 0, "Your records hold no JAX arrays: the computing is done by NumPy, not by jax.numpy."),
    ),
)

JAX_GRAD = Task(
    name="jax_grad",
    reference=JaxGradReference,
    misconceptions=misconceptions.JAX_GRAD,
    praise="`energy` is pure, so JAX can differentiate it at any weights, and every step agrees",
    hints=(
        "Look at energy: does it use its three arguments and nothing else, and does it return one number?",
        "jax.grad returns a function that takes the same arguments, and its result has the form of the first argument. "
        "Arrays never change, so which names have to be assigned anew in every step?",
        _EQUATIONS,
    ),
    locate=locate,
    parts=PARTS,
    stage=stage,
    convention=_EQUATION_3,
    objection=_object((AUTODIFF, 0, f"No gradient in your code comes from JAX. {_JAX_SHOULD}")),
)

FLAX_MODULE = Task(
    name="flax_module",
    reference=FlaxReference,
    misconceptions=misconceptions.FLAX_MODULE,
    praise="The module, its trained parameters and every step agree",
    hints=(
        "Look at the parameters that init returns: their names, and the shape of every kernel.",
        "The module holds no numbers. Which object holds them, and what does tree_map do with two trees of one form?",
        _EQUATIONS + " A Flax layer computes x @ kernel, so its kernel is Wᵀ.",
    ),
    locate=locate,
    parts=PARTS,
    stage=stage,
    convention=_EQUATION_3,
    objection=_object((AUTODIFF, 0, f"No gradient in your code comes from JAX. {_JAX_SHOULD}")),
)

TASKS = {task.name: task for task in (BY_LAYERS, SEQUENTIAL_TASK, JAX_NUMPY, JAX_GRAD, FLAX_MODULE)}
"""The tasks by name, in the order of the notebook."""
