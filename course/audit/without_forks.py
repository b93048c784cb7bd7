"""How the audit gets ready for trials in JAX, which must not be used before a process forks."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def get_ready(ready: Callable[[str], None], scratch: Path) -> None:
    """Import what the trials need, and let JAX keep what they compile in `scratch`, so that each is compiled once.

    `ready` is what an exercise does to be ready for "torch" or "jax". Importing JAX starts nothing; the first array
    does, so the arrays are left to a process of its own. Nearly all that is compiled runs once: JAX optimises little,
    and does not tidy up tracebacks that nobody sees.
    """
    ready("torch")
    with contextlib.suppress(ImportError):
        import flax.linen  # noqa: F401
        import jax

        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_disable_most_optimizations", True)
        jax.config.update("jax_traceback_filtering", "off")
        jax.config.update("jax_traceback_in_locations_limit", 0)
        jax.config.update("jax_compilation_cache_dir", str(scratch))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
        child = os.fork()
        if not child:
            try:
                ready("jax")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
