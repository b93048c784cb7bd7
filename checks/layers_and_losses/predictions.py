"""What to guess before anything is written: the right answers, and the mistakes that lead to others."""

from checks.judging.predicting import Distractor, Predictions, Question

QUESTIONS = Predictions(
    {
        "batch": Question(
            12,
            after="the section Two samples, one by one and stacked",
            think="What is the derivative of a sum of functions?",
            distractors=(
                Distractor(
                    3,
                    "gradients-averaged",
                    "this is their mean. It belongs to a mean loss, and here losses are summed.",
                ),
                Distractor(6, "bias-of-the-last-sample", "this is the gradient of the last sample alone."),
                Distractor(1, "bias-of-one-sample", "this is the gradient of the first sample alone."),
            ),
        ),
        "size": Question(
            12,
            after="the section Two samples, one by one and stacked",
            think="What is a gradient subtracted from?",
            distractors=(
                Distractor(
                    84,
                    "gradients-not-added",
                    "these are 12 numbers for each of the 7 samples. All samples share one weight, so their gradients "
                    "are added up.",
                ),
                Distractor(21, "gradient-of-the-output", "so many are in the gradient at the layer's output."),
                Distractor(28, "gradient-of-the-input", "so many are in the gradient with respect to the inputs."),
                Distractor(15, "bias-counted", "this counts the 3 biases as well, which have a gradient of their own."),
            ),
        ),
        "relu": Question(
            -5,
            after="Part 3",
            think="If the input moves from 3 to 3.1, how far does the output move?",
            distractors=(
                Distractor(
                    0,
                    "mask-from-grad-output",
                    "a ReLU stops negative inputs, and this input is positive. Gradients of either sign may pass.",
                ),
                Distractor(
                    -15,
                    "value-for-derivative",
                    "this multiplies by the output, 3, where the derivative belongs. It is 1 there.",
                ),
                Distractor(1, "gradient-of-the-output-left-out", "this is the derivative alone; -5 is a factor, too."),
                Distractor(5, "absolute-value", "this lost its sign on the way."),
            ),
        ),
        "floor": Question(
            0.25,
            after="the section Two layers on the same task",
            think="Which numbers can the network answer, and which of these is nearest to -0.5?",
            tolerance=1e-3,
            distractors=(
                Distractor(
                    0,
                    "range-forgotten",
                    "for this the network would have to answer -0.5, but a sigmoid is never below 0.",
                ),
                Distractor(
                    0.5, "not-squared", "this is the distance from the nearest answer, 0. The loss is its square."
                ),
                Distractor(
                    1, "sigmoid-at-zero", "this is the loss of the answer 0.5. Answers nearer to -0.5 are possible."
                ),
            ),
        ),
        "tool": Question(
            "b",
            after="Part 2",
            think="The test uses your own forward. What does it find if that computes something nobody wanted?",
            distractors=(
                Distractor(
                    "a",
                    "forward-trusted",
                    "the two agree with each other, and that is all. A wrong forward passes, if backward is its "
                    "derivative.",
                ),
                Distractor(
                    "c",
                    "forward-tested",
                    "the test never asks what forward should compute; it compares backward with it.",
                ),
            ),
            letters="abc",
        ),
    }
)

TASKS, cases = QUESTIONS.tasks, QUESTIONS.cases
