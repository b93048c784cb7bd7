"""What the audit may let pass, each with its reason: the one place where that is reviewed."""

EQUIVALENT: dict[str, dict[str, str]] = {
    "get_loss": {
        "return self.loss.forward(y, self.forward(x)) → return self.loss.forward(self.forward(x), y)": (
            "the squared error is symmetric"
        ),
    },
    "apply_gradients": {
        "for layer in self.layers: → for layer in list(self.layers)[::-1]:": "the layers are independent of each other",
    },
}
"""Mutants of the solution that are right all the same: task -> change -> reason."""

ALIKE: dict[str, dict[tuple[str, str], str]] = {
    "forward": {
        ("last-layer-skipped", "first-layer-only"): "two layers: the first is the last but one",
    },
    "get_loss": {
        ("right", "loss-mean-over-samples"): "one output: N K = N",
        ("loss-summed", "loss-mean-over-outputs"): "one output: K = 1",
    },
    "backward": {
        ("right", "loss-gradient-per-sample"): "one output: N K = N",
        ("loss-gradient-per-output", "loss-gradient-summed"): "one output: K = 1",
        ("derivative-left-out-at-the-output", "cross-entropy-error-signal-averaged"): "two outputs: 2 / (N K) = 1 / N",
        ("last-layer-only", "first-layer-left-out"): "two layers: all but the first is the last",
    },
    "apply_gradients": {
        ("first-layer-only-updated", "last-layer-not-updated"): "two layers: all but the last is the first",
    },
    "train": {
        ("one-loss-too-many", "one-epoch-too-many"): "training that has arrived: one more update changes nothing",
    },
}
"""Pairs (of "right" and labels) that a single case may leave alike, because other cases tell them apart."""
