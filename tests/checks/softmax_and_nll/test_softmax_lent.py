"""What the checks lend stands in the order of the notebook."""

from checks.softmax_and_nll import CHECKS
from checks.softmax_and_nll.case import ARGUMENTS


def test_the_checks_come_in_the_order_of_the_notebook():
    assert list(CHECKS) == ["predictions", *ARGUMENTS]
