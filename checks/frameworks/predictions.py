"""What to guess before the first framework: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "sign": Question(
            -0.125,
            after="the section The network",
            think="Exercise 1 added its gradient, a framework subtracts its own. The new weight is the same.",
            tolerance=1e-9,
            distractors=(
                Distractor(
                    0.125,
                    "negative-gradient",
                    "this is the negative gradient, which points downhill. Frameworks store the gradient itself.",
                ),
            ),
        ),
        "twice": Question(
            6,
            after="section 1",
            think="What does backward do to a number that is there already?",
            distractors=(
                Distractor(3, "gradient-replaced", "PyTorch does not replace what is there, it adds to it."),
                Distractor(0, "gradient-cleared", "nobody has cleared it; that is what zero_grad() is for."),
                Distractor(9, "gradients-multiplied", "the second gradient is added to the first one."),
            ),
        ),
        "mean": Question(
            0.25,
            after="section 1",
            think="What does nn.MSELoss() do with the squares if it is told nothing else?",
            tolerance=1e-9,
            distractors=(
                Distractor(
                    1, "half-sum-expected", "this is half the sum, as in this notebook; nn.MSELoss() takes the mean."
                ),
                Distractor(2, "sum-expected", 'this is the sum; you get it with reduction="sum".'),
                Distractor(0.125, "mean-halved", "this is half the mean; nn.MSELoss() has no factor ½."),
                Distractor(0.5, "squares-left-out", "this is the distance itself; its square is wanted."),
            ),
        ),
        "shape": Question(
            "a",
            after="section 5",
            think="One of them computes x @ weight.T, the other x @ kernel.",
            distractors=(
                Distractor("b", "layouts-swapped", "it is the other way round: the kernel of Dense is (from, to)."),
                Distractor(
                    "c",
                    "kernel-not-transposed",
                    "the kernel of Dense is (from, to): it computes x @ kernel, not x @ kernel.T.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
