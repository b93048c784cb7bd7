"""Why the cases of exercise 05 are what they are: others would hide mistakes."""

import pytest

from checks.judging.reference import answer_with
from checks.neural_network import CHECKS
from checks.neural_network.cases import make_case, square_cases
from course.audit.pairs import alike, indistinguishable


@pytest.mark.parametrize(
    ("sizes", "batch", "hidden"),
    [
        ((3, 5, 4, 2), 1, ("right", "bias-averaged")),
        ((3, 5, 4, 1), 6, ("right", "loss-gradient-per-sample")),
    ],
    ids=["batch of one", "one output"],
)
def test_degenerate_cases_alone_would_hide_mistakes(sizes, batch, hidden):
    assert hidden in indistinguishable(CHECKS["backward"].task(), [make_case(sizes, batch, seed=0, second=batch)])


def test_square_cases_tell_transposed_weights_from_those_of_the_wrong_layer():
    task = CHECKS["backward"].task()
    chosen = [m for m in task.misconceptions if m.label in ("weights-transposed", "weights-of-the-wrong-layer")]
    one, other = (answer_with(task.reference, (m.override,), square_cases(0)[0]) for m in chosen)
    assert one is not None
    assert not alike(one, other)
