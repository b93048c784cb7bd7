"""How fast a class is graded, and what a submission costs: `python -m tests.benchmarks.bench_autograde [PART...]`.

Parts: `stock` (throughput against `nbgrader autograde`), `workers` (two against one, and on twice the cores), `start`
(until the first grade), `overhead` (processor time beyond running the cells), `sealing` (verdicts made outside against
inside), `counting` (a memory cgroup for each submission or none) and `flat` (1000 submissions against 100). All are
ratios or differences within one run, on a machine that has nothing else to do.
"""

from __future__ import annotations

import asyncio
import copy
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import chdir, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.answers import Answers
from course.building.build import write_notebook
from course.building.nbgrader_steps import generate_assignment
from course.building.sources import read_source
from course.demo_class import submissions
from course.grading.released import packed
from course.grading.sandbox.borders import Borders, Limits, probe
from course.grading.sandbox.layers import MEMORY_CGROUP
from course.grading.sandbox.starting import Warmth
from course.grading.worker.execution import Client
from course.grading.worker.zygotes import Zygote
from course.layout import CONFIG, Layout
from tests.course.grading import plain_course
from tests.course.grading.classrooms import STOCK

REPOSITORY = Path(__file__).resolve().parents[2]
FLAGSHIP = "05_neural_network"
CLASS = 40
STOCK_SAMPLE = 8  # of the class; stock nbgrader takes as long for each
BIN = Path(sys.executable).parent
CPU_ACCOUNT = Path("/sys/fs/cgroup/cpuacct")


@dataclass(frozen=True)
class Measured:
    """One run of the command: wall seconds, processor seconds of all its processes, the driver's peak memory, rows."""

    seconds: float
    cpu: float | None
    peak_mb: float
    first: float
    rows: list[dict[str, object]]


def flagship_class(root: Path, size: int, *, right: bool = False, sealed: bool = True) -> Path:
    """Make a course with `size` mixed submissions of exercise 05: right ones, wrong ones, untouched ones.

    Or only `right` ones. Without `sealed` the checks are called in a way that leaves the verdict to where they run.
    """
    root.mkdir(parents=True)
    shutil.copy(REPOSITORY / CONFIG, root)
    course = Layout(root)
    path = REPOSITORY / "source_notebooks" / f"{FLAGSHIP}.py"
    source = read_source(path)
    released = copy.deepcopy(source.notebook)
    for cell in released.cells:
        if not sealed and cell.source.startswith("check_") and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = f"points = {cell.source}\npoints"
    write_notebook(released, course.nbgrader_source / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    generate_assignment(course, FLAGSHIP, root, course.gradebook_url)
    exercise = nbformat.read(REPOSITORY / "exercises" / FLAGSHIP / f"{FLAGSHIP}.ipynb", as_version=4)
    known = list(submissions(source, exercise, Answers(path)))
    if right:
        known = [("right", nbformat.read(REPOSITORY / "solutions" / FLAGSHIP / f"{FLAGSHIP}.ipynb", as_version=4))]
    for number in range(size):
        student, notebook = known[number % len(known)]
        write_notebook(notebook, course.submitted / f"{student}-{number}" / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    return root


def autograde(root: Path, name: str, *options: str) -> Measured:
    """Grade a class in a fresh copy of its course."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "course"
        shutil.copytree(root, copy)
        account = CPU_ACCOUNT / f"bench-{time.monotonic_ns()}"
        with_account = CPU_ACCOUNT.is_dir() and os.access(CPU_ACCOUNT, os.W_OK)
        if with_account:
            account.mkdir()
        answer = Path(folder) / "answer.json"
        started = time.monotonic()
        process = subprocess.Popen(
            [BIN / "course", "autograde", name, "--course-dir", copy, "--json", *options],
            stdout=answer.open("w"),
            preexec_fn=(lambda: (account / "cgroup.procs").write_text(str(os.getpid()))) if with_account else None,
        )
        first, peak = 0.0, 0.0
        while process.poll() is None:
            if not first and any((copy / "autograded").glob(f"*/{name}/.graded.json")):
                first = time.monotonic() - started
            peak = max(peak, _peak(process.pid))
            time.sleep(0.02)
        seconds = time.monotonic() - started
        rows = json.loads(answer.read_text())["submissions"]
        cpu = int((account / "cpuacct.usage").read_text()) / 1e9 if with_account else None
        with suppress(OSError):  # something of it is still ending
            account.rmdir()
        return Measured(seconds, cpu, peak, first, rows)


def _peak(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def stock(scratch: Path) -> None:
    """Compare with stock nbgrader: throughput and grades."""
    root = flagship_class(scratch / "stock", CLASS)
    ours = autograde(root, FLAGSHIP)
    students = sorted(str(row["student"]) for row in ours.rows)[:: CLASS // STOCK_SAMPLE]
    sample = scratch / "sample"
    shutil.copytree(root, sample)
    for folder in (sample / "submitted").iterdir():
        if folder.name not in students:
            shutil.rmtree(folder)
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    started = time.monotonic()
    subprocess.run(
        [BIN / "nbgrader", "autograde", FLAGSHIP, STOCK], cwd=sample, env=environment, check=True, capture_output=True
    )
    theirs = (time.monotonic() - started) / len(students)
    print(f"stock nbgrader      {theirs:6.2f} s a submission ({len(students)} of the {CLASS})")
    print(f"course autograde    {ours.seconds / CLASS:6.3f} s a submission, {ours.seconds:.1f} s in all")
    print(f"throughput          {theirs / (ours.seconds / CLASS):6.1f} x stock")
    print(f"same grades         {_scores(sample, students) == _rows(ours, students)}")


def _scores(root: Path, students: list[str]) -> dict[str, float]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "backprop") as gradebook:
        return {student: float(gradebook.find_submission(FLAGSHIP, student).score) for student in students}


def _rows(measured: Measured, students: list[str]) -> dict[str, object]:
    return {str(row["student"]): row["score"] for row in measured.rows if row["student"] in students}


def workers(scratch: Path) -> None:
    """Compare two workers with one that has both cores, and with one on one core, all beyond their start."""
    few, many = 10, 100
    small, large = flagship_class(scratch / "small", few), flagship_class(scratch / "large", many)
    cores = os.sched_getaffinity(0)
    took: dict[str, list[float]] = {"one worker": [], "two workers": [], "one on one core": []}
    busy: list[float] = []
    for which in list(took) * 3:
        os.sched_setaffinity(0, {min(cores)} if which == "one on one core" else cores)
        number = "2" if which == "two workers" else "1"
        brief, run = (autograde(root, FLAGSHIP, "--workers", number) for root in (small, large))
        os.sched_setaffinity(0, cores)
        took[which].append(run.seconds - brief.seconds)
        if which == "one worker" and run.cpu and brief.cpu:
            busy.append((run.cpu - brief.cpu) / took[which][-1])
        print(f"{which:18s}  {took[which][-1]:6.2f} s for {many - few} submissions, start {brief.seconds:.1f} s")
    one, two, alone = (statistics.median(times) for times in took.values())
    print(f"two against one     {one / two:6.2f} x, medians of 3")
    print(f"with twice the cores{alone / two:6.2f} x, against one on one core")
    if busy:  # more than one core, since what it has graded is written down meanwhile
        used = statistics.median(busy)
        print(f"one keeps busy      {used:6.2f} of {len(cores)} cores, so two can reach {len(cores) / used:.2f} x")


def start(scratch: Path) -> None:
    """Measure the time from the command to the first grade."""
    root = flagship_class(scratch / "start", 2)
    times = [autograde(root, FLAGSHIP).first for _ in range(3)]
    print(f"first grade after   {statistics.median(times):6.2f} s ({', '.join(f'{one:.2f}' for one in times)})")


def overhead(scratch: Path) -> None:
    """Measure the processor time of a submission whose cells do next to nothing."""
    _flatness(scratch, 40, 240)


def sealing(scratch: Path) -> None:
    """Measure the processor time that it takes to judge right submissions outside their process instead of inside."""
    cost: dict[bool, list[float]] = {True: [], False: []}
    for sealed in (True, False) * 3:
        cpu = []
        for size in (4, 44):
            root = flagship_class(scratch / f"{sealed}-{size}-{len(cost[sealed])}", size, right=True, sealed=sealed)
            run = autograde(root, FLAGSHIP)
            assert run.cpu is not None, "this system has no cgroup to count processor time in"
            assert all(row["score"] == 28 for row in run.rows)
            cpu.append(run.cpu)
        cost[sealed].append((cpu[1] - cpu[0]) / 40 * 1000)
    outside, inside = min(cost[True]), min(cost[False])  # what else the machine does can only add
    print(f"judged outside      {outside:6.1f} ms of processor ({', '.join(f'{one:.0f}' for one in cost[True])})")
    print(f"judged inside       {inside:6.1f} ms of processor ({', '.join(f'{one:.0f}' for one in cost[False])})")
    print(f"sealing adds        {outside - inside:6.1f} ms")


def counting(scratch: Path) -> None:
    """Measure what a memory cgroup for each submission adds to the time until its process is there, and is let go."""
    here = probe()
    assert MEMORY_CGROUP.name in here.layers, here.missing[MEMORY_CGROUP.name]
    scratch.chmod(0o755)
    without = Borders(tuple(layer for layer in here.layers if layer != MEMORY_CGROUP.name))
    modules = ("numpy", "matplotlib.pyplot", "torch")
    zygotes = {
        name: Zygote(Warmth("", modules, borders, Limits(), sealed=False), scratch)
        for name, borders in (("with a cgroup", here), ("without", without))
    }
    files = packed({})
    times: dict[str, list[float]] = {name: [] for name in zygotes}
    for _ in range(101):
        for name, zygote in zygotes.items():
            started = time.perf_counter()
            with zygote.forked("ada/plain") as (talk, watch):
                asyncio.run(_first_word(Client(talk, watch, [files], lambda: False, Limits().start_seconds)))
            times[name].append(1000 * (time.perf_counter() - started))
    for name, each in times.items():
        print(f"{name:20s}{statistics.median(each):6.1f} ms, median of {len(each)}; at best {min(each):.1f}")
        zygotes[name].close()
    added = [one - other for one, other in zip(*times.values(), strict=True)]
    print(f"a cgroup adds       {statistics.median(added):6.1f} ms")


async def _first_word(client: Client) -> None:
    await client.started()


def flat(scratch: Path) -> None:
    """Compare time and memory at 1000 submissions with those at 100."""
    _flatness(scratch, 100, 1000)


def _flatness(scratch: Path, few: int, many: int) -> None:
    runs = {}
    for size in (few, many):
        course = plain_course.make(scratch / f"plain-{size}")
        for number in range(size):
            course.hand_in(f"student-{number:04}", course.solved())
        runs[size] = run = autograde(course.root, plain_course.NAME)
        cpu = "" if run.cpu is None else f", {run.cpu:.1f} s of processor"
        print(f"{size:5d} submissions   {run.seconds:6.1f} s{cpu}, driver {run.peak_mb:.0f} MB")
    few_run, many_run = runs[few], runs[many]
    if few_run.cpu is not None and many_run.cpu is not None:
        print(f"one more costs      {(many_run.cpu - few_run.cpu) / (many - few) * 1000:6.1f} ms of processor")
        print(f"of that its cells   {_cells_ms(course):6.1f} ms in a shell that is warm")
    begun = few_run.first
    each = [(run.seconds - begun) / size for size, run in runs.items()]
    print(f"time of one         {each[1] / each[0]:6.2f} x at {many} against {few}")


def _cells_ms(course: plain_course.PlainCourse) -> float:
    """Return what the cells of a submission take in an IPython shell that has run them before."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    cells = [cell["source"] for cell in course.solved()["cells"] if cell["cell_type"] == "code"]
    times = []
    for _ in range(20):
        started = time.process_time()
        with redirect_stdout(io.StringIO()), chdir(course.source().parent):
            for cell in cells:
                shell.run_cell(cell, store_history=True)
        times.append(time.process_time() - started)
    return statistics.median(times) * 1000


PARTS: dict[str, Callable[[Path], None]] = {
    part.__name__: part for part in (stock, workers, start, overhead, sealing, counting, flat)
}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or PARTS:
        print(f"--- {chosen}: {PARTS[chosen].__doc__}")
        with tempfile.TemporaryDirectory() as scratch_folder:
            PARTS[chosen](Path(scratch_folder))
