"""Submissions of exercise 05 that look for what is right: in frames, in memory, in files, in what checks are lent."""

from pathlib import Path

ASSEMBLED = """
import importlib, importlib.util, sys
import torch

PARTS = ("reference", "tasks", "misconceptions", "cases", "lent")

def found(part):
    name = ".".join(("".join(("che", "cks")), "neural" + "_network", part))
    for get in (importlib.import_module, __import__, lambda name: __import__("runpy").run_module(name)):
        try:
            return get(name)
        except BaseException:
            pass

def answer(self, x, *anything):
    assert not any(map(found, PARTS)), "found"
    raise NotImplementedError

FOUND = [part for part in PARTS if found(part)]
if FOUND:
    from checks.neural_network.lent import _through
    NeuralNetwork.forward = lambda self, x: _through(self.layers, x)
"""
"""Imports under other names."""

OTHER_PATHS = """
import glob, importlib.util, os, pkgutil, site, sys, sysconfig, zipimport
import checks, checks.neural_network

places = {*sys.path, os.path.dirname(os.path.dirname(checks.__file__)), *site.getsitepackages(), TEACHERS, "/"}
places |= {os.path.dirname(code.co_filename) for code in
           (checks.check_forward.__code__, checks.neural_network.observe.observe_forward.__code__)}
for folder in list(places):
    while folder not in ("", "/"):
        places.add(folder := os.path.dirname(folder))
checks.__path__ += [os.path.join(place, "checks") for place in places]
checks.neural_network.__path__ += [os.path.join(place, "checks", "neural_network") for place in places]
importlib.invalidate_caches()

def through(*anything):
    raise NotImplementedError

for path in checks.neural_network.__path__:
    for name in (*glob.glob(path + "/lent*"), *glob.glob(path + "/**/lent*.pyc", recursive=True)):
        try:
            module = zipimport.zipimporter(name) if name.endswith("zip") else None
            spec = importlib.util.spec_from_file_location("checks.neural_network.lent", name)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            through = module._through
        except BaseException:
            pass
try:
    from checks.neural_network.lent import _through as through
except BaseException:
    pass
NeuralNetwork.forward = lambda self, x: through(self.layers, x)
"""

IN_FRAMES = """
import gc, sys, types, torch

def callables():
    frame = sys._getframe(1)
    while frame:
        yield from (one for one in frame.f_locals.values() if callable(one))
        yield from (one for one in frame.f_globals.values() if callable(one))
        frame = frame.f_back
    functions = (one for one in gc.get_objects() if isinstance(one, types.FunctionType))
    yield from (one for one in functions if "checks" in str(one.__module__))

def answer(self, x, *anything):
    for one in callables():
        if getattr(one, "__name__", "") in ("_through", "isolated", "answer_with", "weighted_input", "solution"):
            try:
                return one(self.layers, x)
            except Exception:
                pass
    return x

def lent(self, x):
    from checks.neural_network.lent import _through  # not yet
    return _through(self.layers, x)

def either(self, x):
    try:
        return lent(self, x)
    except ImportError:
        return answer(self, x)

NeuralNetwork.forward = either
"""

ARRAYS_OF_THE_CASE = """
import gc, itertools, numpy, torch

def fitting(shape):
    for one in gc.get_objects():
        for array in [one] if isinstance(one, numpy.ndarray) else getattr(one, "__dict__", {}).values() if type(
                one).__name__ in ("NetworkCase", "Look", "Sight", "Record") else ():
            if isinstance(array, numpy.ndarray) and array.shape == shape:
                yield torch.tensor(array)

def forward(self, x):
    outputs = [layer.linear.weight.shape[1] for layer in self.layers]
    for layer, width in zip(self.layers, outputs):
        shape = (len(x), width)
        layer.last_zin = layer.last_zout = next(fitting(shape), torch.zeros(shape))
    return layer.last_zout

def backward(self, x, y):
    for layer in self.layers:
        weights, biases = layer.linear.weight, layer.linear.bias
        layer.set_weight_gradient(next(fitting(tuple(weights.shape)), weights))
        layer.set_bias_gradient(next(fitting(tuple(biases.shape)), biases))

NeuralNetwork.forward, NeuralNetwork.backward = forward, backward
"""

LENT_CODE_CAPTURED = """
import builtins, marshal, sys

def keeping(data, *anything, **more):
    captured.append(loads(data, *anything, **more))
    return captured[-1]

if marshal.loads.__name__ != "keeping":
    captured, loads = [], marshal.loads
    marshal.loads = keeping

class Finder:
    def find_spec(self, name, path=None, target=None):
        captured.append(name)

sys.meta_path.insert(0, Finder())

def forward(self, x):
    names = {"__name__": "lent"}
    for code in captured:
        if hasattr(code, "co_consts") and "lent" in code.co_filename:
            exec(code, names)
    if "_through" not in names:
        raise NotImplementedError
    return names["_through"](self.layers, x)

NeuralNetwork.forward = forward
"""

LENT_KEPT_FOR_AN_EARLIER_CHECK = """
import sys
from checks import check_forward, sealing

class Again(sealing.Seal):  # at a later check, answer the first one once more, with what is lent by now
    def hand_over(self, check, subject):
        super().hand_over(check, subject)
        lent = sys.modules.get("checks.neural_network.lent")
        if lent:
            NeuralNetwork.forward = lambda net, x: lent._through(net.layers, x)
            from checks.neural_network import CHECKS
            self.check = "forward"
            from checks.observing.looking import Sight
            self._sight = Sight(CHECKS["forward"], subject)
            self.seen = self.look(self._looks[check.name])

sealing.Seal = Again
"""

LENT_MODULE_PUT_THERE_BEFORE = """
import contextlib, sys, types, torch
fake = types.ModuleType("checks.neural_network.lent")
fake.given_layers_standing_in = lambda copy: contextlib.nullcontext()
fake.own_forward_is_right = lambda copy, x: True

class StandIn:
    def __init__(self, case):
        self.layers = []

fake.stand_in_for = lambda train, case: StandIn(case)
sys.modules[fake.__name__] = fake
"""

STAND_IN_KEPT = """
import sys, torch

def forward(self, x):
    lent = sys.modules["checks.neural_network.lent"]
    return lent.StandIn.forward(self, x)

def apply_gradients(self, learning_rate):
    lent = sys.modules["checks.neural_network.lent"]  # not before the check of train
    lent.StandIn.apply_gradients(self, learning_rate)

NeuralNetwork.forward, NeuralNetwork.apply_gradients = forward, apply_gradients
"""

ALL_FROM_THE_FIRST_REQUEST = """
import base64, marshal
from checks import sealing

class Reads(sealing.Seal):  # every look that came with the cell, and what is lent in it
    def __init__(self, looks):
        super().__init__(looks)
        for name, look in looks.items():
            names = {"__name__": "lent"}
            for statements in look["lends"].values():
                for _, code in statements:
                    exec(marshal.loads(base64.b64decode(code)), names)
                if "_through" in names and name == "forward":
                    NeuralNetwork.forward = lambda net, x: names["_through"](net.layers, x)

sealing.Seal = Reads
"""

TEACHERS_PATHS = """
import importlib.util, sys, torch

def opened():
    for module in [one for name, one in list(sys.modules.items()) if name.startswith("checks")]:
        for one in list(vars(module).values()):
            code = getattr(one, "__code__", None)
            if code is not None and "neural_network" in getattr(code, "co_filename", ""):
                yield code.co_filename.rpartition("neural_network")[0] + "neural_network/"

def backward(self, x, y):
    for folder in set(opened()) | {TEACHERS + "/checks/neural_network/"}:
        for name in ("reference.py", "../../source_notebooks/answers/05_neural_network/backward.py"):
            with open(folder + name) as file:
                names = {"__name__": "right"}
                exec(file.read(), names)
                case = sys._getframe(1).f_locals["case"]
                for name, value in names["BackwardReference"](case).answer().items():
                    pass

NeuralNetwork.backward = backward
"""

AUTODIFF = """
import torch

def backward(self, x, y):
    parameters = [p.requires_grad_() for layer in self.layers for p in (layer.linear.weight, layer.linear.bias)]
    gradients = torch.autograd.grad(((self.forward(x) - y) ** 2).mean(), parameters)
    for number, layer in enumerate(self.layers):
        layer.set_weight_gradient(gradients[2 * number])
        layer.set_bias_gradient(gradients[2 * number + 1])

NeuralNetwork.backward = backward
"""
"""Not by hand: it is told from the equations' way, and earns nothing."""

TEACHERS = Path(__file__).resolve().parents[4]

FORGERIES = {
    name.lower().replace("_", "-"): f"TEACHERS = {str(TEACHERS)!r}\n{source}"
    for name, source in list(globals().items())
    if name.isupper() and isinstance(source, str)
}
"""The forgeries by name."""
