"""A task that was to be done by hand and looks otherwise is named for a person; what is honest is not."""

from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from course.audit.exercise import Exercise
from course.bounds import LONGEST_CODE
from course.building.build import write_notebook
from course.grading.driver.autograding import GradedClass, autograde
from course.grading.released import ReleasedCell, ReleasedNotebook
from course.grading.worker.differentiating import differentiating
from course.layout import Layout
from tests.benchmarks.bench_autograde import FLAGSHIP, flagship_class
from tests.course.grading.worker.differentiating_cells import BY_LIBRARY, CELLS, USING_IT

NAMES = tuple(CELLS)
ATTACKS = [(name, one) for name, cells in CELLS.items() for one in cells]
COMPLEX = {("02_softmax_and_nll", "sigmoid_derivative"), ("03_chain_rule", "dC_dz")}
LOOK = "look whether the task was done by hand"


@cache
def _solution_text(name: str) -> str:
    return Path("solutions", name, f"{name}.ipynb").read_text(encoding="utf-8")


def _notebook(name: str, kind: str = "solutions") -> Any:
    return nbformat.reads(Path(kind, name, f"{name}.ipynb").read_text(encoding="utf-8"), as_version=4)


def _settings(cell: Any) -> Any:
    return cell.metadata.get("nbgrader", {})


def _release(notebook: Any, text: str | None = None) -> ReleasedNotebook:
    known = [(cell, _settings(cell)) for cell in notebook.cells if _settings(cell)]
    cells = [
        ReleasedCell(
            its["grade_id"], cell.cell_type, its["locked"], cell.source, "", its["grade"], its["solution"], its["task"]
        )
        for cell, its in known
    ]
    return ReleasedNotebook("notebook", None, tuple(cells), text)


@cache
def _released(name: str) -> ReleasedNotebook:
    return _release(_notebook(name, "exercises"), _solution_text(name))


def _position(notebook: Any, task: str) -> int:
    return next(n for n, cell in enumerate(notebook.cells) if _settings(cell).get("grade_id") == task)


class Written:
    """A notebook with cells of a student in the place of its solutions, the others being right."""

    def __init__(self, name: str, **cells: str) -> None:
        self.released = _released(name)
        self.notebook = _notebook(name)
        for task, source in cells.items():
            self.notebook.cells[_position(self.notebook, task)].source = source

    def put_before(self, task: str, source: str) -> int:
        """Put in a cell of the student's own; return its number."""
        position = _position(self.notebook, task)
        self.notebook.cells.insert(position, new_code_cell(source))
        return position + 1

    @property
    def remarks(self) -> list[str]:
        return list(differentiating(self.notebook, self.released))


@pytest.mark.parametrize(("name", "attack"), ATTACKS)
def test_it_is_named(name: str, attack: str) -> None:
    task = attack.partition("/")[0]
    [sentence] = Written(name, **{task: CELLS[name][attack]}).remarks
    way = "by a complex step" if (name, attack) in COMPLEX else "automatically"
    assert sentence.startswith(f'the cell {task} looks as if it differentiates {way} ("')
    assert sentence.endswith(LOOK)


def test_the_word_that_gave_it_away_is_quoted() -> None:
    [sentence] = Written(FLAGSHIP, backward=CELLS[FLAGSHIP]["backward/torch"]).remarks
    assert sentence == f'the cell backward looks as if it differentiates automatically ("torch.autograd"): {LOOK}'


@pytest.mark.parametrize("name", NAMES)
def test_no_honest_cell_is(name: str) -> None:
    """Neither a solution, nor a stub, nor any right style, nor a mistake."""
    exercise = Exercise(Path("source_notebooks", f"{name}.py"))
    written = Written(name)
    kinds = [({task: {"stub": stub} for task, stub in exercise.stubs.items()}), exercise.right, exercise.mistakes]
    named = {}
    for task in exercise.checks:
        cell = written.notebook.cells[_position(written.notebook, task)]
        solution = cell.source
        for kind in kinds:
            for how, cell.source in kind.get(task, {}).items():
                if written.remarks:
                    named[task, how] = written.remarks
        cell.source = solution
    assert named == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["exercises", "solutions"])
def test_no_notebook_of_ours_is_even_if_its_explanations_are_not_known(name: str, kind: str) -> None:
    notebook = _notebook(name, kind)
    assert list(differentiating(notebook, _released(name))) == []
    assert list(differentiating(notebook, _release(_notebook(name, "exercises")))) == []


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("03_chain_rule", "gradients_by_autograd"),
        *(("06_frameworks", task) for task in ("by_layers", "sequential", "jax_grad", "flax_module")),
    ],
)
def test_a_task_that_asks_for_it_is_not(name: str, task: str) -> None:
    cell = (
        f"import torch, jax, autograd\ndef {task}(*anything):\n    return autograd.grad(f), loss.backward(), w.grad\n"
    )
    assert Written(name, **{task: cell}).remarks == []


HONEST = '''
@add_to_class(NeuralNetwork)
def backward(self, x, y):
    """By hand; torch.autograd.grad(loss) says the same."""
    # checked with jax.grad(loss)(w) and loss.backward(), p.grad, 1e-20j
    y_pred = self.forward(x)
    delta = self.layers[-1].grad_weight
'''


@pytest.mark.parametrize(
    "source",
    [
        HONEST,
        "%matplotlib inline\n" + HONEST,
        "x = x.clone().requires_grad_(True)\nlayer.backward(x, g)\nself.weight_grad = grad_weight",
        "jacobian = torch.diag_embed(s)\nsigmoid_jacobian(z)",
        "def grad(x, y):\n    return x * y\ng = grad(1, 2)",
        "j = 3\na1j, value = 2, 0x1a",
        "class Layer(:",
    ],
)
def test_comments_docstrings_and_innocent_words_are_no_sign(source: str) -> None:
    assert Written(FLAGSHIP, backward=source).remarks == []


def test_numpy_of_autograd_is_no_sign() -> None:
    cell = "import autograd.numpy as np\nfrom autograd import numpy as anp\ndef mse_der(predict, target): ..."
    assert Written("03_chain_rule", mse_der=cell).remarks == []


@pytest.mark.parametrize(
    "source",
    [
        "%time g = torch.autograd.grad(loss, w)",
        "%%capture\ng = torch.autograd.grad(loss, w)",
        "g = torch. \\\n autograd.grad(loss, w)",
        "g = w.ｇrad",
        "g = torch.autograd.grad(loss, w) +",
        "exec('import jax')",
    ],
)
def test_it_is_named_however_it_is_written(source: str) -> None:
    assert len(Written(FLAGSHIP, backward=source).remarks) == 1


# --- other cells -------------------------------------------------------------------------------------------------


def test_a_helper_in_another_cell_is_found() -> None:
    written = Written(FLAGSHIP, backward=USING_IT)
    number = written.put_before("get_loss", BY_LIBRARY)
    [sentence] = written.remarks
    assert sentence.startswith(f"the cell backward uses cell {number}, which looks as if it differentiates")


def test_a_helper_of_a_helper_is_found() -> None:
    written = Written(FLAGSHIP, backward=USING_IT.replace("derivative(loss)", "helper"))
    number = written.put_before("get_loss", BY_LIBRARY)
    written.put_before("get_loss", "helper = derivative(loss)")
    [sentence] = written.remarks
    assert f"uses cell {number}, " in sentence


def test_a_method_put_into_the_class_elsewhere_is_found() -> None:
    written = Written(FLAGSHIP, backward=USING_IT.replace("derivative(loss)", "self.slope()"))
    written.put_before("get_loss", "NeuralNetwork.slope = lambda self: torch.autograd.grad(loss, self.layers)")
    [sentence] = written.remarks
    assert sentence.startswith("the cell backward uses cell")


def test_a_helper_among_what_a_task_for_differentiation_needs_is_found() -> None:
    helper = "\ndef slopes(f):\n    return grad(f)\n"
    written = Written(
        "03_chain_rule", mse_der="def mse_der(p, t):\n    return slopes(lambda p: ((p - t) ** 2).mean())(p)"
    )
    written.notebook.cells[_position(written.notebook, "gradients_by_autograd")].source += helper
    [sentence] = written.remarks
    assert sentence.startswith("the cell mse_der uses cell")


def test_another_cell_that_defines_the_same_is_found() -> None:
    written = Written(FLAGSHIP)
    number = written.put_before("check_backward", BY_LIBRARY + USING_IT)
    [sentence] = written.remarks
    assert sentence.startswith(f"cell {number}, which defines backward as well, looks as if")


def test_what_is_compared_in_other_cells_is_not() -> None:
    written = Written(FLAGSHIP)
    written.put_before(
        "check_backward", "net = NeuralNetwork(2, 1, [3])\ng = torch.autograd.grad(net.get_loss(x, y), w)"
    )
    written.put_before("train", "x = torch.ones(2).requires_grad_()\nx.sum().backward()\nx.grad")
    assert written.remarks == []


def test_a_later_cell_is_not() -> None:
    written = Written(FLAGSHIP, backward=USING_IT)
    written.notebook.cells.append(new_code_cell(BY_LIBRARY))
    assert written.remarks == []


def test_a_task_is_not_named_for_another_tasks_answer() -> None:
    cells = CELLS["03_chain_rule"]
    remarks = Written("03_chain_rule", sigmoid_der=cells["sigmoid_der"], dz_dW=cells["dz_dW"]).remarks
    assert [sentence.split()[2] for sentence in remarks] == ["sigmoid_der", "dz_dW"]


# --- what may go wrong -------------------------------------------------------------------------------------------


def test_an_exercise_that_says_nothing_of_its_tasks_is_all_by_hand() -> None:
    cells = [
        new_code_cell("from checks.leaky_relu import check_slope"),
        new_code_cell("def slope(z):\n    return jax.grad(f)(z)"),
    ]
    cells.append(new_code_cell("check_slope(slope, points=4)"))
    for cell, (name, kind) in zip(
        cells, {"given": "locked", "slope": "solution", "check_slope": "grade"}.items(), strict=True
    ):
        marks = {"grade_id": name, "locked": False, "grade": False, "solution": False, "task": False}
        cell.metadata["nbgrader"] = {**marks, kind: True}
    notebook = nbformat.v4.new_notebook(cells=cells)
    [sentence] = differentiating(notebook, _release(notebook))
    assert sentence.startswith("the cell slope looks as if")


def test_the_same_task_may_have_a_cell_of_another_name() -> None:
    notebook = _notebook(FLAGSHIP, "exercises")
    cell = notebook.cells[_position(notebook, "backward")]
    _settings(cell)["grade_id"] = "my_cell"
    released = _release(notebook)
    cell.source = CELLS[FLAGSHIP]["backward/torch"]
    [sentence] = differentiating(notebook, released)
    assert sentence.startswith("the cell backward looks as if")


@pytest.mark.parametrize(
    "source",
    [
        "grad(" * 5000,
        "-" * 20_000 + "jax",
        "jax;" + "1.1." * 20_000,
        "jax" + "+1" * 20_000,
        "import jax\n" * 2000,
        "\0jax",
        "nonlocal jax",
    ],
)
def test_what_cannot_be_read_is_searched_all_the_same(source: str) -> None:
    assert len(Written(FLAGSHIP, backward=source).remarks) == 1


def test_too_much_is_for_a_person_to_look_at() -> None:
    [sentence] = Written(FLAGSHIP, backward="#" * (LONGEST_CODE + 1)).remarks
    assert "too long" in sentence


# --- a class -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    course = Layout(flagship_class(tmp_path_factory.mktemp("differentiating") / "course", 0))
    for student, written in {
        "honest": Written(FLAGSHIP),
        "library": Written(FLAGSHIP, backward=BY_LIBRARY + USING_IT),
    }.items():
        write_notebook(written.notebook, course.submitted / student / FLAGSHIP / f"{FLAGSHIP}.ipynb")
    return autograde(FLAGSHIP, course_dir=course.root)


def test_a_score_is_not_touched_and_a_person_looks_at_it(graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == "library"]
    assert row.score == 28
    assert row.state == "needs a look"
    assert row.reasons == (f'the cell backward looks as if it differentiates automatically ("autograd"): {LOOK}',)


def test_an_honest_submission_is_only_graded(graded: GradedClass) -> None:
    [row] = [row for row in graded.rows if row.student == "honest"]
    assert (row.score, row.state, row.reasons) == (28, "graded", ())
