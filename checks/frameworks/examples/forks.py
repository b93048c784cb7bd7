"""How the audit gets ready for trials in JAX, which must not be used before a process forks."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def before_forks(scratch: Path) -> None:
    """Import what the trials need, and let JAX keep what they compile in `scratch`, so that each is compiled once.

    Importing JAX starts nothing; the first array does, so the arrays of `get_ready` are left to a process of its own.
    """
    from checks.frameworks.getting_ready import get_ready

    get_ready("torch")
    with contextlib.suppress(ImportError):
        import flax.linen  # noqa: F401
        import jax

        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_compilation_cache_dir", str(scratch))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
        child = os.fork()
        if not child:
            try:
                get_ready("jax")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
