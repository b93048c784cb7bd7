"""Mutants of the engine that no test can notice: module -> change -> why."""

EQUIVALENT: dict[str, dict[str, str]] = {
    "checks/observing/guard.py": {
        "caught: list[warnings.WarningMessage] = [] → pass": "only where a guard cannot even begin",
    },
    "checks/observing/looking.py": {
        "assert self._check.then is not None → pass": "said for mypy; a second look is asked for where there is one",
    },
    "checks/observing/wire.py": {
        f"if len(text) != 4 * math.ceil(size / 3): → if len(text) {sign} 4 * math.ceil(size / 3):": (
            "saves decoding what the number of bytes is compared for afterwards"
        )
        for sign in "<>"
    },
}
