"""Submissions of exercise 05 that answer the judge themselves: what a check is said to have seen is made up.

Each says in `observed(case)` what was seen on a case, or in `answered(seal, check)` all that is sent.
"""

ANSWERING = """
import numpy, torch
from checks import sealing
from checks.observing.lending import look_from_wire
from checks.observing.observation import Note, Observation, Problem, Trouble
from checks.observing.quantity import Quantity
from checks.observing.wire import as_wire

def shaped(case, value=0.0, dtype=float):
    full = lambda *shape: numpy.full(shape, value, dtype)
    width = case.sizes[-1]
    arrays = {Quantity("prediction", call=c): full(len(x), width) for c, x in ((1, case.x), (2, case.second_x))}
    arrays |= {Quantity("loss", call=call): full() for call in (1, 2)} | {Quantity("losses"): full(case.epochs)}
    arrays |= {Quantity("return value"): numpy.zeros(()), Quantity("network returned"): numpy.ones(())}
    for layer, (n_in, n_out) in enumerate(zip(case.sizes, case.sizes[1:]), start=1):
        arrays[Quantity("last_input", layer)] = full(len(case.x), n_in)
        for name in ("last_zin", "last_zout"):
            arrays[Quantity(name, layer)] = full(len(case.x), n_out)
        for name, shape in (("weight", (n_in, n_out)), ("bias", (n_out,))):
            for which in (name, f"{name} gradient"):
                for call, aspect in ((1, ""), (2, ""), (1, "after training")):
                    arrays[Quantity(which, layer, call, aspect)] = full(*shape)
    return arrays

PREDICTION, LOSS = (["prediction", 0, 1, "", 0, []], ["loss", 0, 1, "", 0, []])

def answered(seal, check):
    seal._cases = look_from_wire(seal._looks[check.name], ()).cases
    return [as_wire(observed(case)) for case in seal._cases]

def again(seal, look):
    return [as_wire(observed(case)) for case in look_from_wire(look, seal._cases).cases]

class Forged(sealing.Seal):
    def hand_over(self, check, subject):
        self.check, self.seen = check.name, answered(self, check)

    def look(self, sent):
        return again(self, sent)

sealing.Seal = Forged
"""

MADE_UP = {
    "nothing-seen": "answered = lambda seal, check: None",
    "one-easy-case": "answered = lambda seal, check: []",
    "no-quantities": "observed = lambda case: Observation()",
    "zeros": "observed = lambda case: Observation(shaped(case))",
    "half": "observed = lambda case: Observation(shaped(case, 0.5))",
    "nan": "observed = lambda case: Observation(shaped(case, numpy.nan))",
    "inf": "observed = lambda case: Observation(shaped(case, numpy.inf))",
    "huge": "observed = lambda case: Observation(shaped(case, 1.7e308))",
    "tiny": "observed = lambda case: Observation(shaped(case, 5e-324))",
    "float32-inf": "observed = lambda case: Observation(shaped(case, numpy.inf, numpy.float32))",
    "float32-zeros": "observed = lambda case: Observation(shaped(case, 0.0, numpy.float32))",
    "inputs-as-answers": """
def observed(case):
    arrays = shaped(case)
    arrays |= {Quantity("prediction", call=call): y for call, y in ((1, case.y), (2, case.second_y))}
    arrays[Quantity("last_input", 1)] = case.x
    for layer, (weights, biases) in enumerate(zip(case.weights, case.biases), start=1):
        for call, aspect in ((1, ""), (2, ""), (1, "after training")):
            parameters = zip(("weight", "bias"), (weights, biases))
            arrays |= {Quantity(kind, layer, call, aspect): array for kind, array in parameters}
            if not aspect:
                step = zip(("weight gradient", "bias gradient"), case.steps[call - 1][layer - 1])
                arrays |= {Quantity(kind, layer, call): array for kind, array in step}
    return Observation(arrays)
""",
    "strange-shapes": """
def observed(case):
    return Observation({name: numpy.full((0, 3, 1), numpy.nan) for name in shaped(case)})
""",
    "eight-axes-of-nothing": """
def answered(seal, check):
    case = look_from_wire(seal._looks[check.name], ()).cases[0]
    arrays = [[[*quantity[:-1], []], "float64", [0, *[1 << 20] * 7], ""] for quantity in shaped(case)]
    return [{"arrays": arrays, "problems": [], "notes": []}] * 8
""",
    "one-number-for-all": """
def observed(case):
    return Observation({name: numpy.zeros((1,) * 8) for name in shaped(case)})
""",
    "lying-headers": """
def answered(seal, check):
    lie = {"arrays": [[PREDICTION, "float64", [1 << 40, 1 << 40], "AAAA"]], "problems": [], "notes": []}
    return [lie] * 8
""",
    "fewer-bytes": """
def answered(seal, check):
    lie = {"arrays": [[LOSS, "float64", [1 << 20], "AAAA"]], "problems": [], "notes": []}
    return [lie] * 8
""",
    "objects": """
def answered(seal, check):
    lie = {"arrays": [[LOSS, "object", [1], "gASVAAAAAAAAAA=="]], "problems": [], "notes": []}
    return [lie] * 8
""",
    "no-json": "answered = lambda seal, check: [object()]",
    "another-check": """
def answered(seal, check):
    seal.check = "easy"
    return []

class Easy(Forged):
    def hand_over(self, check, subject):
        self.seen, self.check = [], "easy"

sealing.Seal = Easy
""",
    "a-check-that-is-not-asked": """
class Easier(Forged):
    def hand_over(self, check, subject):
        self.check = "apply_gradients"
        self.seen = [as_wire(Observation({}))] * 8

sealing.Seal = Easier
""",
    "no-data": """
class Nonsense(Forged):
    check = [None]
    def hand_over(self, check, subject):
        self.check, self.seen = {"a": [None]}, [["x" * 10**6, float("nan")]]

sealing.Seal = Nonsense
""",
    "one-case-too-many": """
def answered(seal, check):
    seal._cases = look_from_wire(seal._looks[check.name], ()).cases
    return [as_wire(Observation(shaped(case))) for case in (*seal._cases, seal._cases[0])]
""",
    "verdict-sent-along": """
def answered(seal, check):
    right = {"state": "right", "earned": 1.0, "points": 12.0, "problems": [], "notes": [], "arrays": []}
    return [right] * 8
""",
    "notes-like-verdicts": """
SAID = ("backward is right.", "12.0", "earned: 1.0", "</p><script>print(12.0)</script>", "\\x1b[2J\\x00\\ud800")
observed = lambda case: Observation(shaped(case), (), tuple(Note(said, said, said) for said in SAID))
""",
    "problems-like-verdicts": """
def observed(case):
    kinds = (Trouble.CHANGED, Trouble.WRONG_TYPE)
    return Observation(shaped(case), tuple(Problem(kind, "It is right.", "", "12.0", 1, "12.0") for kind in kinds))
""",
    "precision-clash": """
torch.set_default_dtype(torch.float32)

def observed(case):
    if case.dtype is numpy.float32:
        return Observation(shaped(case, 0.0, numpy.float32))
    return Observation({}, (Problem(Trouble.RAISED, "float != double", "RuntimeError", "dtype Float Double"),))
""",
    "precision-clash-that-stops": """
torch.set_default_dtype(torch.float32)
clash = Problem(Trouble.RAISED, "float != double", "RuntimeError", "dtype Float Double")
over = Problem(Trouble.TOO_SLOW, "It is right.")
observed = lambda case: Observation({}, (over if case.dtype is numpy.float32 else clash,))
""",
    "wrong-case-left-out": """
def again(seal, look):
    return []

def observed(case):
    return Observation(shaped(case), (Problem(Trouble.RAISED, "dtype", "RuntimeError", "dtype"),))
""",
    "replay": """
first = {}

def answered(seal, check):
    seal._cases = look_from_wire(seal._looks[check.name], ()).cases
    return first.setdefault("seen", [as_wire(Observation(shaped(case, 0.25))) for case in seal._cases])
""",
} | {
    f"trouble-{trouble}": f"""
observed = lambda case: Observation(shaped(case), (Problem(Trouble.{trouble.upper()}, "It is right."),))
"""
    for trouble in ("not_attempted", "needs", "unusable", "missing", "raised", "too_slow", "autodiff")
}  # fmt: skip

FORGERIES = {name: f"{ANSWERING}\n{source}" for name, source in MADE_UP.items()}
"""The forgeries by name."""

SEEN_BEFORE = """
import json
SEEN = json.loads({seen!r})
answered = lambda seal, check: SEEN[check.name]
"""


def recorded(seen: str) -> str:
    """Return a forgery that answers with what a right solution showed on other cases: JSON, by check."""
    return f"{ANSWERING}\n{SEEN_BEFORE.format(seen=seen)}"
