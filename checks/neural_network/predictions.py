"""What to guess before anything is derived: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "parameters": Question(
            37,
            after="the section The network in symbols",
            think="Count the arrows between two neighbouring layers, then the neurons that have a bias.",
            distractors=(
                Distractor(28, "bias-left-out", "these are the weights alone; the 9 biases learn as well."),
                Distractor(11, "neurons-counted", "these are the neurons; what learns are the arrows and the biases."),
                Distractor(
                    39, "inputs-with-a-bias", "this gives the 2 inputs a bias, but nothing is added to an input."
                ),
                Distractor(
                    30, "weights-multiplied", "2 · 5 · 3 · 1 is the number of ways through the network, not of arrows."
                ),
            ),
        ),
        "constant": Question(
            0.16,
            after="the section The moment of truth",
            think="One sample is off by 0.8, four are off by 0.2.",
            tolerance=5e-4,
            distractors=(
                Distractor(0.8, "loss-summed", "this is the sum of the five squares; the mean is a fifth of it."),
                Distractor(0.4, "loss-root", "this is the root of the mean squared error."),
                Distractor(0.32, "loss-absolute", "this is the mean of the distances; their squares are wanted."),
                Distractor(
                    0.08, "loss-halved", "this has a factor ½, and the mean squared error of this exercise has none."
                ),
                Distractor(0.04, "rare-label-left-out", "this looks at the samples with label 0 alone."),
                Distractor(0.2, "answer-for-loss", "this is the answer itself. How far is it from each label?"),
            ),
        ),
        "broadcast": Question(
            "c",
            after="the section The broadcasting trap",
            think="Shapes are compared from the right. What does a length of 1 do, and what does a missing axis?",
            distractors=(
                Distractor("a", "error-expected", "that would be kind, but shapes that differ may fit all the same."),
                Distractor(
                    "b", "silent-broadcast", "the labels have no second axis, so each of them meets every output."
                ),
            ),
            letters="abc",
        ),
        "zero": Question(
            "b",
            after="Part 1",
            think="What is tanh(0)? And what reaches a hidden layer through weights that are 0?",
            distractors=(
                Distractor(
                    "a",
                    "nothing-moves",
                    "the output is ½ everywhere, so there are errors, and the last bias sees them.",
                ),
                Distractor(
                    "c",
                    "hidden-output-not-zero",
                    "the gradient of a weight is what came in times the error signal, and tanh(0) = 0 comes in.",
                ),
                Distractor(
                    "d",
                    "weights-taken-for-nonzero",
                    "an error signal goes back through the weights, and these are all 0.",
                ),
            ),
            letters="abcd",
        ),
        "scale": Question(
            "b",
            after="Part 1, Question 5",
            think="How many terms does the sum over the samples have then, and what is it divided by?",
            distractors=(
                Distractor(
                    "a",
                    "loss-gradient-summed",
                    "so it is for a sum over the samples; a mean divides by ten times as much.",
                ),
                Distractor(
                    "c",
                    "averaged-twice",
                    "the mean divides by ten times as much, but there are ten times as many terms, too.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
