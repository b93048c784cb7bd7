"""What to guess before anything is computed: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "entries": Question(
            36,
            after="Part 2, formula (10)",
            think="z has 3 entries. For each of them, how many weights could be moved?",
            distractors=(
                Distractor(
                    12,
                    "two-axes-only",
                    "this is the size of W. Each of the 3 entries of z has a derivative of that size.",
                ),
                Distractor(
                    9,
                    "derivative-by-the-bias",
                    "this is the derivative of z with respect to b, or that of the activation: 3 numbers by 3 numbers.",
                ),
                Distractor(
                    48,
                    "derivative-of-the-inputs",
                    "these are 4 times 12 numbers. What is differentiated is z, and it has 3 entries.",
                ),
            ),
        ),
        "once": Question(
            1,
            after="Question 4",
            think="Write down the chain of factors for the last layer and for the one before it. How do both begin?",
            distractors=(
                Distractor(
                    10,
                    "cost-differentiated-in-each-layer",
                    "the cost sees the network through its last output only, so its derivative is the same for all ten "
                    "layers. What comes again in each of them are the activation and the weights.",
                ),
                Distractor(
                    20,
                    "cost-differentiated-for-each-parameter",
                    "weights and bias of a layer share all factors but the last one, and all layers share the first.",
                ),
            ),
        ),
        "joined": Question(
            9,
            after="Part 6, Two derivatives in one",
            think="If one weighted input grows, what happens to the other probabilities? They add up to 1.",
            distractors=(
                Distractor(
                    3,
                    "diagonal-of-the-softmax-jacobian",
                    "that holds for functions that work entry by entry. In a softmax, every output depends on every "
                    "weighted input of its sample.",
                ),
                Distractor(
                    6,
                    "off-diagonal-only",
                    "these are the entries beside the diagonal. A probability depends on its own weighted input, too.",
                ),
            ),
        ),
        "biases": Question(
            3,
            after="Part 5",
            think="A gradient has the shape of what can be changed.",
            distractors=(
                Distractor(
                    21,
                    "bias-not-summed",
                    "these are the error signals, one for each sample and output. All samples share the same bias, so "
                    "they are summed over the samples.",
                ),
                Distractor(
                    7,
                    "bias-summed-over-the-nodes",
                    "this is one number for each sample. The sum runs over the samples, not over the neurons.",
                ),
                Distractor(
                    1,
                    "bias-summed-over-everything",
                    "each of the 3 neurons has a bias of its own, and each of these a derivative.",
                ),
                Distractor(
                    12,
                    "weights-for-the-bias",
                    "these are the weights: one for each input and output. A bias has no input.",
                ),
            ),
        ),
        "twice": Question(
            "a",
            after="Part 5, formulas (25) and (28)",
            think="What happens to the mean of five numbers if each of them is written down a second time?",
            distractors=(
                Distractor(
                    "b",
                    "samples-summed-not-averaged",
                    "that holds for a sum over the samples, as in exercise 2. Here there are twice as many terms, and "
                    "each of them counts half.",
                ),
                Distractor(
                    "c",
                    "averaged-twice",
                    "the mean divides by twice as many samples, but there are also twice as many terms in the sum.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
