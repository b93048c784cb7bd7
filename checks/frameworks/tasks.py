"""The five tasks of the exercise as the judge sees them: reference, mistakes, parts, and where an error starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.frameworks import misconceptions
from checks.frameworks.case import (
    AUTODIFF,
    GRADIENTS,
    HIDDEN,
    JAX_ARRAYS,
    LOSS,
    OPTIMISERS,
    OUTPUT,
    SEQUENTIAL,
    WEIGHTS,
)
from checks.frameworks.reference import (
    ByLayersReference,
    FlaxReference,
    JaxGradReference,
    JaxNumpyReference,
    SequentialReference,
)
from checks.judging.comparing import Comparison
from checks.judging.task import Location, Part, Task, of_kind, those
from checks.observing.observation import Observation
from checks.observing.quantity import Quantity

MODEL_STAGE = 90
"""The stage of what is seen of a returned model or loss function, after all steps."""

FORWARD = (HIDDEN, OUTPUT)


def stage(quantity: Quantity) -> int:
    """Order quantities step by step, and last what was returned beside the history."""
    return quantity.step - 1 if quantity.step else MODEL_STAGE


def locate(comparisons: Sequence[Comparison]) -> Location:
    """Say what is wrong first, and what the right numbers before it mean."""
    wrong = next(c for c in comparisons if not c.right)
    kind, step = wrong.quantity.kind, wrong.quantity.step
    if not step:
        return Location(
            f"the history is right, but {wrong.quantity} is not.",
            "What was returned beside the history is not what made the history.",
        )
    were = f"Step{'' if step == 2 else 's'} 1{'' if step == 2 else f' to {step - 1}'} {'is' if step == 2 else 'are'}"
    before = f"{were} right throughout. " if step > 1 else ""
    if wrong.came is None:
        return Location(f"{wrong.quantity} is missing from its record (it is None).", before.strip())
    return Location(f"{wrong.quantity} is wrong.", before + _meaning(kind, step))


def _meaning(kind: str, step: int) -> str:
    """Say what it means that a quantity of this kind is the first that is wrong in a step."""
    if kind == OUTPUT:
        return "o1 is right, so the error is in the last layer."
    if kind == LOSS:
        return "The outputs are right, so the error is in the loss itself."
    if kind in GRADIENTS:
        left_over = " Is something left over from the step before?" if step > 1 else ""
        return f"Outputs and loss are right, so the error starts in the gradients.{left_over}"
    if kind in WEIGHTS:
        return "The gradients are right, so the error is in the update or in what is recorded of it."
    if step > 1:
        return f"Step {step} must begin with the weights that step {step - 1} made."
    return (
        "So the error is in the first layer: in its start weights, in its activation function, or in a bias, of which "
        "it should have none."
    )


PARTS = (
    Part("the forward values", those(lambda quantity: quantity.step > 0 and quantity.kind in FORWARD)),
    Part("the loss", of_kind(LOSS)),
    Part("the gradients", of_kind(*GRADIENTS)),
    Part("the updated weights", those(lambda quantity: not quantity.step or quantity.kind in WEIGHTS)),
)
"""One share each; what a returned model or loss function shows belongs to the updated weights."""


def _flag(observation: Observation, quantity: Quantity) -> float:
    return float(observation.arrays.get(quantity, np.array(np.nan)))


Objection = Callable[[Any, Observation, Sequence[Comparison]], str]


def _object(*rules: tuple[Quantity, float, str]) -> Objection:
    """Return an objection: a sentence for the first flag that has a value it must not have."""

    def objection(case: Any, observation: Observation, comparisons: Sequence[Comparison]) -> str:
        return next((says for flag, value, says in rules if _flag(observation, flag) == value), "")

    return objection


_TORCH_SHOULD = "Here torch is to find the gradients: E.backward() fills the .grad of every weight."
_JAX_SHOULD = "Here JAX is to find the gradients, by jax.grad or jax.value_and_grad."
_EQUATION_3 = "Equation (3): E = 1/2 Σ (T - O⁽²⁾)²."
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
        "The module holds no numbers. Which object holds them, and what does jax.tree.map do with two such trees?",
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
