"""Mutants of the engine that no test can notice: module -> change -> why."""

NONE = "neither is a number of samples"
FIRST = "what is wrong differs in its first ten digits"
ALONE = "there is one"
SAME = "all have the same"
FASTER = "it only saves time"
SYMMETRIC = "which is which makes no difference"
ANY = "only whether there is one counts"
AGAIN = "comparing finds the same"
NEVER = "it never comes there"
POWER = "nothing is written of what has the power 0"

EQUIVALENT: dict[str, dict[str, str]] = {
    "checks/judging/judge.py": {
        "return next((pair for pair in written if pair[0] != pair[1]), written[-1]) → return "
        "next((pair for pair in written if pair[0] != pair[1]), written[-0])": NEVER,
        "forms = [f'.{digits}g' for digits in range(4, DIGITS + 1)] → forms = [f'.{digits}g' "
        "for digits in range(4, DIGITS + 0)]": FIRST,
        "if wrong.remark or wrong.came is None: → if wrong.remark:": AGAIN,
        "return f'Before that, the {right[0]} is right.' → return f'Before that, the {right[-1]} is right.'": ALONE,
        "return [compare(name, np.asarray(expected), own.get(name), "
        "tolerance=tolerance_for(own.get(name), probe.single), column_fits=name in "
        "task.reference.column_fits, samples=probe.case.dimensions.get('N', 0)) for name, "
        "expected in answer.items()] → return [compare(name, np.asarray(expected), "
        "own.get(name), tolerance=tolerance_for(own.get(name), probe.single), column_fits=name "
        "in task.reference.column_fits, samples=probe.case.dimensions.get('N', 1)) for name, "
        "expected in answer.items()]": NONE,
        "return [compare(name, np.asarray(expected), own.get(name), "
        "tolerance=tolerance_for(own.get(name), probe.single), "
        "column_fits=name in task.reference.column_fits, samples=probe.case.dimensions.get('N', 0)) "
        "for name, expected in answer.items()] → "
        "return [compare(name, np.asarray(expected), own.get(name), "
        "tolerance=tolerance_for(own.get(name), probe.single), "
        "column_fits=name in task.reference.column_fits, samples=probe.case.dimensions.get('N', -1)) "
        "for name, expected in answer.items()]": NONE,
        "forms = [f'.{digits}g' for digits in range(4, DIGITS + 1)] → "
        "forms = [f'.{digits}g' for digits in range(4, DIGITS - 1)]": FIRST,
        "forms = [f'.{digits}g' for digits in range(4, DIGITS + 1)] → "
        "forms = [f'.{digits}g' for digits in range(4, DIGITS)]": FIRST,
    },
    "checks/judging/candidates.py": {
        "if abs(factor) < 1e-09 or not relative_error(got, factor * wanted) <= tolerance: → if "
        "abs(factor) < 1e-09 or not relative_error(factor * wanted, got) <= tolerance:": SYMMETRIC,
        "self._finite = {id(array) for array in seen if np.isfinite(array).all()} → "
        "self._finite = {id(array) for array in seen}": AGAIN,
        "for names, right in zip(self._names, self._right, strict=True): → "
        "for names, right in list(zip(self._names, self._right, strict=True))[:-1]:": FASTER,
        "for names, right in zip(self._names, self._right, strict=True): → "
        "for names, right in list(zip(self._names, self._right, strict=True))[1:]:": FASTER,
        "names.sort(key=right.__contains__) → pass": FASTER,
        "names.sort(key=right.__contains__) → names": FASTER,
        "self.task, self.probes = (task, sorted(probes, key=_size)) → self.task, self.probes = (task, probes)": FASTER,
        "if not np.isfinite(got).all() or not wanted.any(): → if not wanted.any():": AGAIN,
        "return 0.0 if name in candidate or came is None else None → "
        "return 1.0 if name in candidate or came is None else None": ANY,
        "for names, right in zip(self._names, self._right, strict=True): … → break": FASTER,
        "if key not in self._made: → if True:": FASTER,
    },
    "checks/judging/comparing.py": {
        "return relative_error(came, expected) <= TOLERANCE['float64'] → "
        "return relative_error(expected, came) <= TOLERANCE['float64']": SYMMETRIC,
        "if came.size == expected.size and relative_error(came.reshape(expected.shape), expected) <= tolerance: → "
        "if came.size == expected.size and "
        "relative_error(expected, came.reshape(expected.shape)) <= tolerance:": SYMMETRIC,
        "error = relative_error(fitted, expected) → error = relative_error(expected, fitted)": SYMMETRIC,
        "along = max(expected.shape, default=1) == max(came.shape, default=1) == expected.size == came.size → "
        "along = max(expected.shape, default=0) == max(came.shape, default=1) == expected.size == came.size": NEVER,
        "def compare(quantity: Quantity, expected: Array, came: Array | None, *, tolerance: float, "
        "column_fits: bool=False, samples: int=0) -> Comparison: → "
        "def compare(quantity: Quantity, expected: Array, came: Array | None, *, tolerance: float, "
        "column_fits: bool=False, samples: int=-1) -> Comparison:": NONE,
        "def compare(quantity: Quantity, expected: Array, came: Array | None, *, tolerance: float, "
        "column_fits: bool=False, samples: int=0) -> Comparison: → "
        "def compare(quantity: Quantity, expected: Array, came: Array | None, *, tolerance: float, "
        "column_fits: bool=False, samples: int=1) -> Comparison:": NONE,
        "few = 'few' if came.ndim < expected.ndim else 'many' → "
        "few = 'few' if came.ndim <= expected.ndim else 'many'": NEVER,
        "alike = quantity._replace(layer=0, neurons=(), step=0) → "
        "alike = quantity._replace(layer=0, neurons=(), step=1)": SAME,
        "alike = quantity._replace(layer=0, neurons=(), step=0) → "
        "alike = quantity._replace(layer=1, neurons=(), step=0)": SAME,
        "alike = quantity._replace(layer=0, neurons=(), step=0) → "
        "alike = quantity._replace(layer=0, neurons=(), step=-1)": SAME,
        "alike = quantity._replace(layer=0, neurons=(), step=0) → "
        "alike = quantity._replace(layer=-1, neurons=(), step=0)": SAME,
    },
    "checks/judging/diagnosis.py": {
        "if not seen.telling: → if False:": FASTER,
        "shared = tuple((m for m in matches[0][0] if all((m in mistakes for mistakes, _ in matches)))) → "
        "shared = tuple((m for m in matches[-1][0] if all((m in mistakes for mistakes, _ in matches))))": SAME,
        "return _named(shared, min((digits for _, digits in matches))) if shared else None → "
        "return _named(shared, max((digits for _, digits in matches))) if shared else None": SAME,
        "return f'Equation {distinct[0]}' if distinct else '' → "
        "return f'Equation {distinct[-1]}' if distinct else ''": ALONE,
    },
    "checks/judging/factor.py": {
        "SIMPLE = tuple((sign * number for number in (1.0, 2.0, 0.5, 4.0, 0.25) for sign in (1.0, -1.0))) → "
        "SIMPLE = tuple((sign / number for number in (1.0, 2.0, 0.5, 4.0, 0.25) for sign in (1.0, -1.0)))": SAME,
        "for exponents in sorted(product((-2, -1, 0, 1, 2), repeat=len(symbols)), key=lambda "
        "powers: sum(map(abs, powers))): → for exponents in list(sorted(product((-2, -1, 0, 1, "
        "2), repeat=len(symbols)), key=lambda powers: sum(map(abs, powers))))[1:]:": FASTER,
        "symbols = list(dimensions[0]) → symbols = list(dimensions[1])": SAME,
        "symbols = list(dimensions[0]) → symbols = list(dimensions[-1])": SAME,
        "(above if exponent > 0 else below).extend([symbol] * abs(exponent)) → "
        "(above if exponent >= 0 else below).extend([symbol] * abs(exponent))": POWER,
        "(above if exponent > 0 else below).extend([symbol] * abs(exponent)) → "
        "(above if exponent > -1 else below).extend([symbol] * abs(exponent))": POWER,
        "sign, top = ('-' * (number < 0), ' '.join(above) or '1') → "
        "sign, top = ('-' * (number <= 0), ' '.join(above) or '1')": NEVER,
    },
    "checks/judging/following.py": {
        "return np.asarray(sizes <= share * sizes.max(initial=0)) → "
        "return np.asarray(sizes <= share * sizes.max(initial=-1))": NEVER,
        "sizes, largest = (np.abs(own), float(np.abs(right).max(initial=0))) → "
        "sizes, largest = (np.abs(own), float(np.abs(right).max(initial=-1)))": NEVER,
        "gone = (sizes <= max(share * sizes.max(initial=0), TINY * share * largest)) & "
        "~vanishing(right, share) → "
        "gone = (sizes <= max(share * sizes.max(initial=-1), TINY * share * largest)) & "
        "~vanishing(right, share)": NEVER,
    },
    "checks/judging/predicting.py": {
        "return next((d for d in self.distractors if self.same(number, self.number(d.answer))), None) → "
        "return next((d for d in self.distractors if self.same(self.number(d.answer), number)), None)": SYMMETRIC,
        "near = own is not None and own.size == 1 and self.questions[key].same(float(own.ravel()[0]), value) → "
        "near = own is not None and self.questions[key].same(float(own.ravel()[0]), value)": AGAIN,
        "answers = {key: float(array.ravel()[0]) for key, array in came.items()} → "
        "answers = {key: float(array.ravel()[-1]) for key, array in came.items()}": ALONE,
        "own = self.own.get(Quantity(key)) if self.questions[key].tolerance else None → "
        "own = self.own.get(Quantity(key))": FASTER,
        "near = own is not None and own.size == 1 and self.questions[key].same(float(own.ravel()[0]), value) → "
        "near = own is not None and own.size == 1 and "
        "self.questions[key].same(value, float(own.ravel()[0]))": SYMMETRIC,
    },
    "checks/judging/reference.py": {
        "LAST_STAGE = 99 → LAST_STAGE = 98": SAME,
        "LAST_STAGE = 99 → LAST_STAGE = 100": SAME,
    },
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
