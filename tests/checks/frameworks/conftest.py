"""Students of exercise 06, and a cache for what JAX compiles."""

import pytest

from course import student_code

try:
    import jax
except ImportError:
    jax = None


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory):
    """Let JAX keep what it compiles: most of these students' cells differ in one line."""
    if jax is not None:
        jax.config.update("jax_compilation_cache_dir", str(tmp_path_factory.mktemp("compiled")))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)
    yield
    if jax is not None:
        jax.config.update("jax_compilation_cache_dir", None)


@pytest.fixture(scope="module")
def student(notebook):
    """Make a student's function from a cell, among the names of the solved notebook."""

    def made(task, cell):
        names = dict(notebook)
        exec(student_code.compiled(cell), names)
        return names[task]

    return made
