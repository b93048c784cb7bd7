"""The mistakes that learners make in this exercise, by task: a step of the reference done wrong each."""

from checks.chain_rule.misconceptions.backward import BACKWARD
from checks.chain_rule.misconceptions.factors import FACTORS
from checks.chain_rule.misconceptions.forward import FORWARD
from checks.chain_rule.misconceptions.real_task import REAL_TASK, TRAIN_VARIANTS
from checks.judging.reference import Misconception

MISCONCEPTIONS: dict[str, tuple[Misconception, ...]] = {**FACTORS, **FORWARD, **BACKWARD, **REAL_TASK}
"""The registry: task -> its mistakes."""

__all__ = ["MISCONCEPTIONS", "TRAIN_VARIANTS"]
