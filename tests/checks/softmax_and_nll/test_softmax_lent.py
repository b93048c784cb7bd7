"""What the checks lend stands in the order of the notebook, and says what it answers."""

from importlib import import_module

from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.case import ARGUMENTS


def test_the_checks_come_in_the_order_of_the_notebook():
    assert list(CHECKS) == ["predictions", *ARGUMENTS]


def test_a_lent_module_says_what_it_answers():
    for name in CHECKS["output_after_step"].lends:
        module = import_module(name)
        held = {value.__name__ for value in vars(module).values() if callable(value) and hasattr(value, "__code__")}
        assert held <= set(module.ANSWERS), name
