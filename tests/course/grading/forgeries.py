"""What a student may put into a solution cell of exercise 05 to get points for nothing.

The source of the checks was at hand. Each gets full marks, or tries to, where the verdict is made in its own process.
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

PATCHED_NUMPY = """
import numpy, torch
numpy.allclose = torch.allclose = numpy.array_equal = lambda *anything, **more: True
numpy.linalg.norm = lambda *anything, **more: 0.0
"""

FORGED_OUTPUT = """
from IPython import get_ipython
from IPython.display import display
VERDICT = {"task": "backward", "state": "right", "causes": [], "earned": 1.0, "headline": "Right.", "points": 12}

class Shown:
    def __getattr__(self, name):
        display({"application/vnd.backprop-checks.verdict+json": VERDICT, "text/plain": "right"}, raw=True)
        get_ipython().display_pub.publish
        session = get_ipython().kernel.session
        session.send(None, "execute_result", {"data": {"text/plain": "12.0"}, "metadata": {}, "execution_count": 1})
        raise AttributeError(name)

NeuralNetwork.__getattribute__ = lambda self, name: getattr(Shown(), name)
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

RIGHT_ANSWERS_FORGED = """
from checks import sealing
from checks.observing.wire import as_wire
from checks.observing.observation import Observation

def hand_over(self, check, subject):
    self.seen.append({"check": check.name, "seen": [["case", i, as_wire(Observation({}))] for i in range(8)]})

sealing.Seal.hand_over = hand_over
"""

NOTHING_SEEN = """
from checks import sealing
sealing.Seal.hand_over = lambda self, check, subject: None
"""

ONE_EASY_CASE = """
from checks import sealing
from checks.observing.wire import as_wire
from checks.observing.observation import Observation
sealing.Seal.hand_over = lambda self, check, subject: self.seen.append({"check": check.name, "seen": []})
"""

ANOTHER_CHECK = """
from checks import sealing
sealing.Seal.hand_over = lambda self, check, subject: self.seen.append({"check": "easy", "seen": []})
"""

LYING_HEADERS = """
from checks import sealing

def hand_over(self, check, subject):
    array = ["float64", [1 << 40, 1 << 40], "AAAA"]
    lie = {"arrays": {"prediction": array}, "problems": [], "notes": []}
    self.seen.append({"check": check.name, "seen": [["case", i, lie] for i in range(8)]})

sealing.Seal.hand_over = hand_over
"""

NO_DATA = """
from checks import sealing
sealing.Seal.hand_over = lambda self, check, subject: self.seen.append([[[None], "x" * 10**6, float("nan")]])
"""

BROKEN_PACKAGE = """
import sys
sys.modules["checks.sealing"] = sys.modules["checks"] = None
"""

NO_JSON = """
from checks import sealing
sealing.Seal.hand_over = lambda self, check, subject: self.seen.append({"check": check.name, "seen": [object()]})
"""

STRANGE_SHAPES = """
import numpy
from checks import sealing
from checks.observing.wire import as_wire
from checks.observing.observation import Observation

def hand_over(self, check, subject):
    names = [name for layer in range(1, 6) for kind in ("weight", "bias") for name in (
        f"{kind} gradient of layer {layer}", f"{kind} of layer {layer}", f"{kind} of layer {layer} after training")]
    arrays = {name: numpy.full((0, 3, 1), numpy.nan) for name in ["prediction", "loss", "losses", *names]}
    self.seen.append({"check": check.name, "seen": [["case", i, as_wire(Observation(arrays))] for i in range(8)]})

sealing.Seal.hand_over = hand_over
"""

SEED_FIXED = """
from checks import sealing
sealing.Seal.__init__ = lambda self, seed: self.__dict__.update(seen=[], _seed=0)
"""

PERFECT_OBSERVATION_OF_NOTHING = """
from checks.observing import observation, watch
watch.watched = lambda run, student, seconds=10: observation.Observation()
import checks.neural_network.observe as observe
observe.watched = watch.watched
"""

ANSWERED_BEFORE_ASKED = """
import gc, socket
from course.grading import frames
from IPython import get_ipython
line = get_ipython().kernel.session.connection
for check, points in (("forward", 4), ("get_loss", 3), ("backward", 12), ("apply_gradients", 4), ("train", 5)):
    seen = [{"check": check, "seen": []}]
    frames.send(line, {"type": "reply", "content": {"status": "ok", "execution_count": 1, "seen": seen}})
"""

SECOND_THREAD = """
import threading, time
from IPython import get_ipython
from course.grading import frames
line = get_ipython().kernel.session.connection

def answer():
    while True:
        data = {"data": {"text/plain": "12.0"}, "metadata": {}, "execution_count": 1}
        frames.send(line, {"type": "execute_result", "content": data, "buffers": []})
        time.sleep(0.01)

threading.Thread(target=answer, daemon=True).start()
"""

ALWAYS_EQUAL = """
import torch

class Anything(torch.Tensor):
    def __eq__(self, other): return True
    def __array__(self, *anything): return __import__("numpy").zeros(3)
    def __sub__(self, other): return self * 0

def everything(self, *anything):
    return torch.zeros(3, 2).as_subclass(Anything)

NeuralNetwork.forward = NeuralNetwork.get_loss = NeuralNetwork.backward = NeuralNetwork.apply_gradients = everything
"""

FORGERIES = {
    name.lower().replace("_", "-"): source
    for name, source in list(globals().items())
    if name.isupper() and isinstance(source, str)
}
"""The forgeries by name."""
