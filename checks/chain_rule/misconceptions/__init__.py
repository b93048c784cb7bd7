"""The mistakes that learners make in this exercise and that have a label of their own, by task."""

from checks.chain_rule.misconceptions.backward import BACKWARD
from checks.chain_rule.misconceptions.networks import NETWORKS
from checks.chain_rule.misconceptions.one_layer import FACTORS
from checks.chain_rule.misconceptions.real_task import REAL_TASK, TRAIN_VARIANTS
from checks.chain_rule.misconceptions.two_layers import TWO_LAYERS
from checks.judging.reference import Misconception

MISCONCEPTIONS: dict[str, tuple[Misconception, ...]] = {**FACTORS, **TWO_LAYERS, **NETWORKS, **BACKWARD, **REAL_TASK}
"""The registry: task -> its mistakes."""

__all__ = ["MISCONCEPTIONS", "TRAIN_VARIANTS"]
