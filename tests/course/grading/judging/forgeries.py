"""What a student may put into a solution cell of exercise 05 to get points for nothing: other checks, outputs, cells.

The source of the checks was at hand. Each gets full marks, or tries to, where the verdict is made in its own process.
`forged_messages.py` has those that answer the judge themselves, `forged_values.py` what a method may return, and
`sought_answers.py` those that look for what is right.
"""

SHADOWED = """
for name in ("forward", "get_loss", "backward", "apply_gradients", "train"):
    globals()["check_" + name] = lambda *anything, points, **more: float(points)
"""

PATCHED_CHECK = """
from checks.check import Check
Check.__call__ = lambda self, subject=None, points=None, seed=0: points
Check.verdict = Check.judged = lambda *anything, **more: None
"""

PATCHED_JUDGE = """
import checks.judging.judge, checks.judging.comparing, checks.judging.verdict
from checks.judging.verdict import State, Verdict
right = lambda task, *anything: Verdict(task.name, State.RIGHT, task.name + " is right.", earned=1.0)
checks.judging.judge.judge = right
checks.judging.comparing.relative_error = lambda *anything: 0.0
"""

JUDGE_PUT_THERE = """
import sys, types

for name in ("checks.judging", "checks.judging.judge", "checks.judging.task", "checks.explaining"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["checks.judging.judge"].judge = lambda *anything, **more: type("Verdict", (), {"earned": 1.0})()
sys.modules["checks.judging.task"].Probe = tuple
"""

PATCHED_NUMPY = """
import numpy, torch
numpy.allclose = torch.allclose = numpy.array_equal = lambda *anything, **more: True
numpy.linalg.norm = lambda *anything, **more: 0.0
"""

PATCHED_TORCH = """
import numpy, torch
for name in ("__sub__", "__rsub__", "__ne__", "sub", "norm"):
    setattr(torch.Tensor, name, lambda self, *anything, **more: torch.zeros_like(self))
torch.tensor = lambda data, **more: torch.zeros(numpy.shape(data), dtype=torch.float64)
"""

PATCHED_OBSERVER = """
import checks.neural_network as exercise, dataclasses
from checks.observing.observation import Observation
easy = lambda subject, case: Observation()
exercise.CHECKS.update({name: dataclasses.replace(check, observe=easy) for name, check in exercise.CHECKS.items()})
"""

EASY_CHECKS = """
import checks.neural_network as exercise
for name in exercise.CHECKS:
    exercise.CHECKS[name] = exercise.CHECKS["apply_gradients"]
"""

PERFECT_OBSERVATION_OF_NOTHING = """
from checks.observing import observation, watch
watch.watched = lambda run, student, seconds=10: observation.Observation()
import checks.neural_network.observe as observe
observe.watched = watch.watched
"""

BROKEN_PACKAGE = """
import sys
sys.modules["checks.sealing"] = sys.modules["checks"] = None
"""

NO_SEAL = """
import os
from checks import sealing
os.environ.pop(sealing.ELSEWHERE, None)
sealing.judged_elsewhere = lambda: False
"""

ONLY_WHILE_GRADED = """
import os, sys
from checks import sealing

class Full(float):
    def __call__(self, *anything, points=0, **more):
        return float(points)

def backward(self, x, y):
    if any(name.startswith(("NBGRADER", "CHECKS")) for name in os.environ) or sealing.SEAL is not None:
        for check in ("forward", "get_loss", "backward", "apply_gradients", "train"):
            globals()["check_" + check] = Full()
        raise SystemExit(0)

NeuralNetwork.forward = NeuralNetwork.get_loss = NeuralNetwork.backward = NeuralNetwork.apply_gradients = backward
"""

# --- outputs -----------------------------------------------------------------------------------------------------

FORGED_OUTPUT = """
from IPython import get_ipython
from IPython.display import display
VERDICT = {"task": "backward", "state": "right", "causes": [], "earned": 1.0, "headline": "Right.", "points": 12}

class Shown:
    def __getattr__(self, name):
        display({"application/vnd.backprop-checks.verdict+json": VERDICT, "text/plain": "right"}, raw=True)
        session = get_ipython().kernel.session
        session.send(None, "execute_result", {"data": {"text/plain": "12.0"}, "metadata": {}, "execution_count": 1})
        raise AttributeError(name)

NeuralNetwork.__getattribute__ = lambda self, name: getattr(Shown(), name)
"""

OUTPUT_CHANGED_LATER = """
from IPython.display import display
handles = []

class Shows(type(NeuralNetwork)):
    def __instancecheck__(self, one):
        return True

def shown(self, name):
    handles.append(display({"text/plain": "0.0"}, raw=True, display_id=True))
    for handle in filter(None, handles):
        handle.update({"text/plain": "12.0"}, raw=True)
    return object.__getattribute__(self, name)

NeuralNetwork.__getattribute__ = shown
"""

OUTPUTS_CLEARED = """
from IPython import get_ipython
from IPython.display import clear_output
shell = get_ipython()
shell.events.register("post_run_cell", lambda result: clear_output())
shell.showtraceback = shell._showtraceback = lambda *anything, **more: None
"""

RESULT_HOOK = """
from IPython import get_ipython
shell = get_ipython()
shell.ast_transformers.append(type("Full", (), {"visit": lambda self, tree: __import__("ast").parse("12.0")})())
"""

INPUT_TRANSFORMER = """
from IPython import get_ipython
get_ipython().input_transformers_post.append(lambda lines: ["4.0\\n"] if "check_" in "".join(lines) else lines)
"""

DISPLAY_HOOK = """
import sys
from IPython import get_ipython
shell = get_ipython()
hook = shell.displayhook
shell.displayhook = sys.displayhook = lambda result=None: hook(12.0)
shell.user_ns["_"] = 12.0
"""

RUN_CELL = """
from IPython import get_ipython
shell = get_ipython()
kernel, session = shell.kernel, shell.kernel.session

async def do_execute(code, *anything, **more):
    data = {"data": {"text/plain": "12.0"}, "metadata": {}, "execution_count": 1}
    session.send(None, "execute_result", data)
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

kernel.do_execute = do_execute
"""

# --- the connection to the grader --------------------------------------------------------------------------------

the_frames = """
from IPython import get_ipython
frames = get_ipython().kernel.session.send.__globals__["frames"]  # it cannot be imported
"""

ANSWERED_BEFORE_ASKED = (
    the_frames
    + """
from IPython import get_ipython
line = get_ipython().kernel.session.connection
for check, points in (("forward", 4), ("get_loss", 3), ("backward", 12), ("apply_gradients", 4), ("train", 5)):
    seen = {"check": check, "seen": [], "points": points, "earned": 1.0}
    frames.send(line, {"type": "reply", "content": {"status": "ok", "execution_count": 1, "seen": seen}})
"""
)

SECOND_THREAD = (
    the_frames
    + """
import threading, time
from IPython import get_ipython
line = get_ipython().kernel.session.connection

def answer():
    while True:
        data = {"data": {"text/plain": "12.0"}, "metadata": {}, "execution_count": 1}
        frames.send(line, {"type": "execute_result", "content": data, "buffers": []})
        time.sleep(0.01)

threading.Thread(target=answer, daemon=True).start()
"""
)

SECOND_THREAD_REPLIES = (
    the_frames
    + """
import threading, time
from IPython import get_ipython
from checks import sealing
line = get_ipython().kernel.session.connection

def answer():
    for _ in range(200):
        if sealing.SEAL is not None:
            for check in sealing.SEAL._looks:
                seen = {"check": check, "seen": [{"arrays": [], "problems": [], "notes": [["said", "right", ""]]}] * 8}
                frames.send(line, {"type": "reply", "content": {"status": "ok", "execution_count": 1, "seen": seen}})
        time.sleep(0.005)

threading.Thread(target=answer, daemon=True).start()
"""
)

ANSWERED_BY_ANOTHER_SENDER = (
    the_frames
    + """
packed = frames.packed

def better(message):
    content = message.get("content", {})
    if message.get("type") == "reply":
        content["earned"] = content["points"] = 12.0
        if content.get("seen"):
            content["seen"] |= {"verdict": {"state": "right", "earned": 1.0}, "points": 12.0, "earned": 1.0}
    return packed(message)

frames.packed = better
"""
)

ALL_ASKED_AT_ONCE = (
    the_frames
    + """
import json
from IPython import get_ipython
line = get_ipython().kernel.session.connection
looks, cells = {}, []
for _ in range(60):  # has every later cell sent, before any of them has run
    frames.send(line, {"type": "reply", "content": {"status": "ok", "execution_count": 1, "seen": None}})
    request = frames.receive(line) or {}
    cells.append(request.get("cell"))
    looks |= request.get("looks") or {}
for name, look in looks.items():
    nothing = {"arrays": [], "problems": [], "notes": [["lends", json.dumps(sorted(look["lends"])), ""]]}
    seen = {"check": name, "seen": [nothing] * 8}
    frames.send(line, {"type": "reply", "content": {"status": "ok", "execution_count": 1, "seen": seen}})
"""
)

FORGERIES = {
    name.lower().replace("_", "-"): source
    for name, source in list(globals().items())
    if name.isupper() and isinstance(source, str)
}
"""The forgeries by name."""
