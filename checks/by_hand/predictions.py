"""What to guess before anything is computed: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "chain": Question(
            "b",
            after="Part 1 (c)",
            think="Take f(u) = u² and g(x) = 3x, and differentiate (3x)² with and without the rule.",
            distractors=(
                Distractor(
                    "a",
                    "inner-derivative-left-out",
                    "this lacks g'(x). A step in x makes a step in g(x) first, and that one need not be as long.",
                ),
                Distractor(
                    "c",
                    "outer-derivative-at-x",
                    "f' is wanted where f is applied, at g(x), not at x. Back-propagation meets this again and again: "
                    "the slope of an activation is taken at the weighted input.",
                ),
                Distractor(
                    "d",
                    "derivatives-nested",
                    "the derivatives are multiplied, not put into one another.",
                ),
            ),
            letters="abcd",
        ),
        "outer": Question(
            6,
            after="Part 2",
            think="Write down a column of two numbers and a row of three, and the product of the first two.",
            distractors=(
                Distractor(1, "inner-product", "one number is what a row times a column of the same length gives."),
                Distractor(
                    5, "numbers-added", "these are the numbers that go in; each of the two meets each of the three."
                ),
            ),
        ),
        "weights": Question(
            8,
            after="the section The network",
            think="Draw the six neurons and all arrows.",
            distractors=(
                Distractor(4, "one-layer-counted", "these are the arrows of one layer, and there are two."),
                Distractor(6, "neurons-for-weights", "these are the neurons; what learns are the arrows between them."),
                Distractor(12, "biases-counted", "this network has no biases."),
            ),
        ),
        "dead": Question(
            0,
            after="Part 1 (c)",
            think="If the weighted input moves from -3 to -2.9, what does the output of the neuron do?",
            distractors=(
                Distractor(
                    1, "slope-of-the-other-side", "this is the slope of ReLU where s is positive; at -3 it is flat."
                ),
                Distractor(
                    -3,
                    "input-for-the-slope",
                    "this is the weighted input itself. ReLU is 0 at -3, and so is its slope.",
                ),
            ),
        ),
        "flat": Question(
            "a",
            after="Part 1 (c)",
            think="An error signal is an error times a slope. How steep is the sigmoid at 0.5, and how steep near 0?",
            distractors=(
                Distractor(
                    "b",
                    "slope-left-out",
                    "its error is larger, 0.99 against 0.5, but it is multiplied by the slope of the sigmoid, "
                    "o(1 - o). That is 0.25 at 0.5 and hardly 0.01 at 0.01, where the sigmoid is flat.",
                ),
                Distractor(
                    "c",
                    "target-alone",
                    "both have the same target, but not the same error and not the same slope.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
