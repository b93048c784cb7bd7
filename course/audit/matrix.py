"""The confusion matrix as a picture: which mistake got which label, and how often."""

from __future__ import annotations

from pathlib import Path

from . import Audit


def draw_matrix(result: Audit, path: Path) -> None:
    """Write a picture of an exercise's confusion matrix, one square for each task."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    tasks = list(result.confusion)
    sizes = [len(result.confusion[task]) for task in tasks]
    figure = Figure(figsize=(0.14 * max(sizes) + 1, 0.14 * sum(sizes) + 0.6 * len(sizes)), dpi=90)
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(tasks), 1, height_ratios=sizes, squeeze=False)[:, 0]
    for axis, task in zip(axes, tasks, strict=True):
        rows = result.confusion[task]
        labels = [*rows, *sorted({got for counts in rows.values() for got in counts} - set(rows))]
        shares = np.array([[counts[label] / max(1, counts.total()) for label in labels] for counts in rows.values()])
        axis.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="equal")
        axis.set_yticks(range(len(rows)), list(rows), fontsize=6)
        axis.set_xticks(range(len(labels)), [str(number) for number in range(1, len(labels) + 1)], fontsize=5)
        axis.set_title(f"{task}: mistake made (row) and label given (column, same order)", fontsize=8, loc="left")
        axis.tick_params(length=0)
    figure.subplots_adjust(hspace=0.25)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, bbox_inches="tight", metadata={"Software": None})
