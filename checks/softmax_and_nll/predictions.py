"""What to guess before anything is computed: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "shift": Question(
            "a",
            after="Part 1, formula (6)",
            think="Write the first probability as a fraction of exponentials. Which factor do all of them have now?",
            distractors=(
                Distractor(
                    "b",
                    "shift-taken-for-a-factor",
                    "that happens when all logits are multiplied by 100. Adding 100 multiplies every exponential by "
                    "the same number, and a fraction does not notice.",
                ),
                Distractor(
                    "c",
                    "differences-forgotten",
                    "the three logits are as far from each other as before, and only their differences matter.",
                ),
            ),
            letters="abc",
        ),
        "certain": Question(
            "c",
            after="Part 1, formula (7)",
            think="What is the logarithm of 0.1, of 0.01, of 0.001? Where does that lead?",
            distractors=(
                Distractor(
                    "a",
                    "zero-times-log-zero",
                    "0 log 0 counts as 0, but that is the term of a class whose label is 0. Here the label is 1, and "
                    "what is left is -log 0.",
                ),
                Distractor(
                    "b",
                    "error-for-its-logarithm",
                    "1 is the difference between the label and the probability. Its logarithm knows no such bound: to "
                    "be certain and wrong is the worst that can happen.",
                ),
            ),
            letters="abc",
        ),
        "falling": Question(
            1,
            after="Part 2",
            think="For which classes should the weighted input rise, and for which should it fall?",
            distractors=(
                Distractor(
                    2,
                    "negated",
                    "these are the columns of the wrong classes, where a - y is positive. With y - a it would be two, "
                    "and the step would lower the probability of the true class.",
                ),
                Distractor(
                    3,
                    "label-left-out",
                    "no step can make all three classes more probable: the probabilities add up to 1.",
                ),
                Distractor(
                    0,
                    "all-columns-positive",
                    "then every column would shrink, that of the true class, too. Its a - y is negative.",
                ),
            ),
        ),
        "silent": Question(
            "d",
            after="Part 3",
            think="A gradient is the error signal at one end of an arrow times the output at its other end.",
            distractors=(
                Distractor(
                    "a",
                    "relu-not-seen",
                    "the output of the neuron is 0, and so is the derivative of its ReLU. One of the two is a factor "
                    "of every gradient around it.",
                ),
                Distractor(
                    "b",
                    "relu-derivative-left-out",
                    "the error signal of a neuron that is off is 0: the derivative of ReLU is a factor of it, and "
                    "where the ReLU is off, it is 0.",
                ),
                Distractor(
                    "c",
                    "z1-for-a1",
                    "what counts for a weight that leaves it is the output of the neuron, and that is 0, whatever its "
                    "weighted input is.",
                ),
            ),
            letters="abcd",
        ),
        "order": Question(
            "a",
            after="Part 3",
            think="Of which network is the loss that you differentiate?",
            distractors=(
                Distractor(
                    "b",
                    "updated-w2-used",
                    "the loss was made with the old weights, so its gradient is, too. With the new ones the error "
                    "signal comes back through other weights than those of the forward pass.",
                ),
                Distractor(
                    "c",
                    "order-without-effect",
                    "the error signal of the hidden layer has W2 as a factor, so another W2 gives another gradient.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
