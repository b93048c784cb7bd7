"""Built files are the same whatever the processor, the order of sums, the last bits and the number of threads.

So it also holds that what is committed is fresh. DISTURBANCES=5 tries five (one, if it is not set).
"""

import os
import platform
from pathlib import Path
from typing import Any

import pytest

from course.building.release import release

pytestmark = pytest.mark.nbgrader
REPOSITORY = Path(__file__).parents[2]
DISTURBING = REPOSITORY / "tests" / "disturbing"
SEEDS = range(1, int(os.environ.get("DISTURBANCES", "1")) + 1)

INEXACT = {
    "numpy_product": "print((a @ a.T).tolist())",
    "numpy_sum": "print([float(row.sum()) for row in a], float(np.mean(a)))",
    "numpy_function": "print(np.exp(a).tolist())",
    "torch_all": "t = torch.tensor(a)\nprint((t @ t.T).tolist(), t.sum(dim=1).tolist(), t.exp().tolist())",
    "jax_all": "print(jax.jit(lambda a: jax.nn.sigmoid(a @ a.T))(jax.numpy.array(a)).tolist())",
}
EXACT = {
    "numpy_exact": "print((b @ b.T).tolist(), b.sum(), np.exp(0.0), np.tanh(b[0, 0]))",
    "torch_exact": "t = torch.tensor(b)\nprint((t @ t.T).tolist(), t.sum().item(), torch.sigmoid(t[0, 0]).item())",
    "jax_exact": "print((jax.numpy.array(b) @ b.T).tolist(), float(jax.nn.sigmoid(0.0)))",
    "numpy_rounded": "print(np.round(a @ a.T, 6).tolist())",
}
START = """
# %%
import jax
import numpy as np
import torch

jax.config.update("jax_enable_x64", True)
a, b = np.sin(np.arange(24.0)).reshape(3, 8), np.arange(12.0).reshape(3, 4) / 8
"""


def other_arithmetic(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Let kernels that are started from now on compute as on another processor."""
    monkeypatch.setenv("PYTHONPATH", str(DISTURBING))
    monkeypatch.setenv("DISTURBED_SEED", str(seed))


def older_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the libraries take this processor for an older one, as far as it can run what that would."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    x86 = platform.machine().lower() in ("x86_64", "amd64")
    settings = {
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name)),
        "ATEN_CPU_CAPABILITY": "default",
        **({"OPENBLAS_CORETYPE": "Prescott", "ONEDNN_MAX_CPU_ISA": "SSE41", "MKL_CBWR": "COMPATIBLE"} if x86 else {}),
        **({"XLA_FLAGS": "--xla_cpu_max_isa=SSE4_2"} if x86 else {}),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


def threads(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for library in ("OMP", "OPENBLAS", "MKL"):
        monkeypatch.setenv(f"{library}_NUM_THREADS", str(number))


@pytest.mark.parametrize("seed", SEEDS)
def test_all_exercises_are_built_byte_for_byte_by_another_arithmetic(seed: int, monkeypatch: Any) -> None:
    other_arithmetic(monkeypatch, seed)
    threads(monkeypatch, seed)
    if seed % 2:
        older_processor(monkeypatch)
    results = release(root=REPOSITORY, check=True)
    assert [str(problem) for result in results for problem in result.problems] == []
    assert len(results) == len(list((REPOSITORY / "source_notebooks").glob("*.py")))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_arithmetic_reaches_what_is_rounded_and_leaves_what_is_exact(
    seed: int, course: Any, monkeypatch: Any
) -> None:
    order = INEXACT | EXACT
    cells = "".join(f'\n# %% nbgrader={{"grade_id": "{n}", "locked": true}}\n{code}\n' for n, code in order.items())
    course.write(course.source.read_text(encoding="utf-8") + START + cells)
    [built] = release(root=course.root)
    assert built.outcome == "built", built.problems
    other_arithmetic(monkeypatch, seed)
    [result] = release(root=course.root, check=True)
    differing = {name for name in order if any(f'"{name}"' in str(problem) for problem in result.problems)}
    assert differing == set(INEXACT)
