"""Every layer of the sandbox is tried for real: what holds is used, what does not is named with the reason."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course.grading.sandbox.borders import Borders, hoped, probe, readable_paths
from course.grading.sandbox.layers import ALL, MEMORY_CGROUP
from tests.course.grading.sandbox.no_borders import WITHOUT_NAMESPACES

HANG = 60


@pytest.fixture(scope="module")
def here() -> Borders:
    return probe()


def test_every_layer_is_there_or_its_absence_explained(here: Borders) -> None:
    assert {*here.layers} | {*here.missing} == {layer.name for layer in ALL}
    assert not {*here.layers} & {*here.missing}
    assert Borders.from_data(json.loads(json.dumps(here.as_data()))) == here


def test_what_is_hoped_for_is_what_is_found_where_nothing_is_missing(here: Borders) -> None:
    if here.missing:
        pytest.skip("something is missing here")
    assert hoped() == here


def test_nothing_is_hoped_for_without_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert hoped() == Borders()


def test_cgroups_that_others_would_have_to_make_are_not_promised(here: Borders) -> None:
    found = probe(elsewhere=True)
    assert {*found.layers} == {*here.layers} - {MEMORY_CGROUP.name}
    assert MEMORY_CGROUP.name in found.missing


def test_where_namespaces_are_forbidden_the_probe_says_so_and_uses_the_rest(here: Borders) -> None:
    if not {"landlock", "seccomp"} <= {*here.layers}:
        pytest.skip("no landlock or no seccomp here")
    probing = "import json; from course.grading.sandbox.borders import probe; print(json.dumps(probe().as_data()))"
    command = [*WITHOUT_NAMESPACES, sys.executable, "-c", probing]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HANG, check=True)
    found = Borders.from_data(json.loads(done.stdout))
    assert {"landlock", "seccomp"} <= {*found.layers}
    assert {"bubblewrap", "namespaces"} <= {*found.missing}
    assert found.hold
    assert not Borders(("process limit", "seccomp")).hold


def test_a_module_outside_the_interpreter_is_readable_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course_checks").mkdir()
    (tmp_path / "course_checks/__init__.py").write_text("")
    (tmp_path / "single.py").write_text("")
    (tmp_path / "gradebook.db").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    found = readable_paths(["course_checks.part", "single", "json", "sys", "absent", "numpy"])
    assert {path.name for path in found if path.is_relative_to(tmp_path)} == {"course_checks", "single.py"}
    assert not any(tmp_path.is_relative_to(path) for path in found)
