"""Mutants of the engine that no test can notice: module -> change -> why."""

ALONE = "there is one"
SAME = "all have the same"
BOUND = "no number that is computed is exactly at this bound"
FASTER = "it only saves time"

EQUIVALENT: dict[str, dict[str, str]] = {
    "checks/judging/diagnosis.py": {
        "if not seen.telling: → if False:": FASTER,
        "shared = tuple((m for m in matches[0][0] if all((m in mistakes for mistakes, _ in matches)))) → "
        "shared = tuple((m for m in matches[-1][0] if all((m in mistakes for mistakes, _ in matches))))": SAME,
        "return _named(shared, min((digits for _, digits in matches))) if shared else None → "
        "return _named(shared, max((digits for _, digits in matches))) if shared else None": SAME,
        "return f'Equation {distinct[0]}' if distinct else '' → "
        "return f'Equation {distinct[-1]}' if distinct else ''": ALONE,
        "if factors is not None and (abs(factors - 1) < 0.01).all(): → "
        "if factors is not None and (abs(factors - 1) <= 0.01).all():": BOUND,
    },
}
