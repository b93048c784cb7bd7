"""The checks of an exercise, each made from its description, with the hints and the progress that belong to them.

A description is a function without a body, which an editor and a type checker read as it stands:

    CHECKS = Checks(__name__)

    @CHECKS.of(observe_backward, lends=("given_layers_standing_in",))
    def check_backward(net: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
        '''Check `NeuralNetwork.backward(x, y)`: the gradients it stores in every layer, equations (4) to (9).'''
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from typing import Any, TypeVar, cast

from checks.check import Check, made_by
from checks.observing.observation import Observation
from checks.observing.predicting import observe_predictions
from checks.observing.time_limit import SECONDS
from checks.sealing import not_while_graded

Described = TypeVar("Described", bound=Callable[..., "float | None"])

RAISES = (inspect.getdoc(Check.__call__) or "").partition("\n\n")[2]
"""What the documentation of every check ends with."""


class Checks(dict[str, Check]):
    """The checks of an exercise by the names of their tasks, in the order of the notebook.

    `package` is the exercise's, whose `contents` say what the notebook holds. Where one of the modules that they
    `need` is not installed, checks say so. `practised` names where else the questions are asked; see `give_hint`.
    """

    def __init__(self, package: str, *, needs: tuple[str, ...] = (), practised: Sequence[str] = ()) -> None:
        super().__init__()
        self._package, self._needs, self._practised = package, needs, practised

    def of(
        self,
        observe: Callable[[Any, Any], Observation],
        cases: str = "cases",
        more_cases: str = "",
        *,
        judged_by: str = "tasks",
        lends: Sequence[str] = (),
        then: Callable[[Any, Any, Observation], Observation] | None = None,
        then_lends: Sequence[str] = (),
        seen_first: tuple[str, ...] = (),
        seconds: float = SECONDS,
        needs: tuple[str, ...] | None = None,
        of_functions: str = "",
    ) -> Callable[[Described], Described]:
        """Return what makes the check `check_X` of task X from its description; see `Check` for what it takes.

        The cases are made by a function of the package's module `cases`, or by "module:function" of another one, and
        `judged_by` is the module with its `TASKS`. What it `lends` stands in the module `lent` under these names.
        """

        def made(described: Described) -> Described:
            name = described.__name__.removeprefix("check_")
            self[name] = Check(
                name,
                observe,
                self._maker(cases),
                f"{self._package}.{judged_by}:TASKS",
                self._maker(more_cases) if more_cases else lambda seed: (),
                self._lent(lends),
                then,
                self._lent(then_lends),
                seen_first,
                seconds,
                self._needs if needs is None else needs,
                of_functions=of_functions,
            )
            return self._described(name, described)

        return made

    def of_predictions(self, described: Described) -> Described:
        """Make the check of guesses, whose questions and right answers stand in the package's module `predictions`."""
        make = self.of(observe_predictions, "predictions:cases", judged_by="predictions", needs=())
        return make(described)

    @not_while_graded
    def hint(self, task: str) -> None:
        """Show the next hint for a task, by its name or its check: where to look, what to think of, the formula."""
        from checks.explaining.hints import give_hint

        tasks = {name: check.task() for name, check in self.items()}
        give_hint(task, tasks, self._contents(), practised=self._practised)

    @not_while_graded
    def progress(self) -> None:
        """Show which tasks are right, wrong or not attempted, with points; the table follows later checks by itself."""
        from checks.explaining.progress import show_progress

        show_progress(self._contents())

    def _described(self, name: str, described: Described) -> Described:
        """Return the function that its description promises.

        Raises:
            TypeError: if the description takes something else than a check does.
        """
        if described.__code__.co_varnames[1:] != ("points", "seed"):
            raise TypeError(
                f"{described.__name__} must be described as a function of (X, points, *, seed), without a body"
            )

        def checked(subject: Any = None, points: float | None = None, *, seed: int = 0) -> float | None:
            return self._asked(name, subject)(subject, points, seed)

        checked.__code__ = checked.__code__.replace(  # so that Python's own errors name it, and it takes net=net
            co_name=described.__name__,
            co_qualname=described.__qualname__,
            co_varnames=described.__code__.co_varnames,
        )
        checked = wraps(described)(checked)
        checked.__doc__ = "\n\n".join(filter(None, (inspect.getdoc(described), RAISES)))
        return cast("Described", checked)

    def _asked(self, name: str, subject: Any) -> Check:
        """Return the check of a task, or that of the function which does the same, if it is asked about one."""
        other = self[name].of_functions
        # as its class says, not the object
        return self[other if other and callable(subject) and not issubclass(type(subject), type) else name]

    def _maker(self, place: str) -> Callable[[int], Sequence[Any]]:
        module, _, function = place.rpartition(":")
        return made_by(f"{self._package}.{module or 'cases'}:{function}")

    def _lent(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{self._package}.lent.{name}" for name in names)

    def _contents(self) -> Any:
        return import_module(f"{self._package}.contents").CONTENTS
