"""Students' cells of exercise 05."""

from typing import ClassVar

from tests.checks.students import Students


class TestStudents(Students):
    true_names: ClassVar = {
        "returned-not-stored": ("nothing-stored",),
        "stored-under-another-name": ("nothing-stored",),
        "copy-trained-original-returned": ("copy-trained",),
        "returned-in-the-first-epoch": ("one-epoch-only",),
    }
