"""Submissions of exercise 05 whose methods return what is no honest array, or change what they are observed with."""

EVERYWHERE = """
import torch, numpy

def everything(self, *anything):
    for layer in self.layers:
        layer.last_input = layer.last_zin = layer.last_zout = lie()
        layer.linear.weight_grad = layer.linear.bias_grad = lie()
    return lie()

NeuralNetwork.forward = NeuralNetwork.get_loss = NeuralNetwork.backward = NeuralNetwork.apply_gradients = everything
"""
"""What returns and stores `lie()` wherever something is observed."""

LIES = {
    "always-equal": """
class Anything(torch.Tensor):
    def __eq__(self, other): return True
    def __array__(self, *anything): return numpy.zeros(3)
    def __sub__(self, other): return self * 0

lie = lambda: torch.zeros(3, 2).as_subclass(Anything)
""",
    "torch-function": """
class Agreeable(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return args[-1] if args else torch.zeros(())

lie = lambda: torch.zeros(3, 2).as_subclass(Agreeable)
""",
    "another-at-each-reading": """
class Moving:
    readings = 0
    def __array__(self, dtype=None, copy=None):
        Moving.readings += 1
        return numpy.full((Moving.readings % 5 + 1, 2), float(Moving.readings))

lie = Moving
""",
    "buffer": """
class Buffer(bytearray):
    def __buffer__(self, flags): return memoryview(numpy.zeros((3, 2)))
    def __float__(self): return 0.0
    def __len__(self): return 3
    def __eq__(self, other): return True

lie = lambda: Buffer(48)
""",
    "array-subclass": """
class Equal(numpy.ndarray):
    __array_priority__ = 1e9
    def __array_finalize__(self, one): pass
    def __array_ufunc__(self, *anything, **more): return True
    def __array_function__(self, *anything, **more): return 0.0
    def __eq__(self, other): return True
    def astype(self, *anything, **more): return self
    def tobytes(self, *anything): return b""

lie = lambda: numpy.zeros((3, 2)).view(Equal)
""",
    "array-interface": """
class Interface:
    __array_interface__ = {"shape": (3, 2), "typestr": "<f8", "data": (0, False), "version": 3}

lie = Interface
""",
    "strings-of-numbers": """
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    def __abs__(self): return 0.0
    def __reduce__(self): return (float, (0.0,))
    def __repr__(self): return "right"

lie = lambda: [[Number(1), Number(2)], [Number(3), Number(4)], [Number(5), Number(6)]]
""",
    "shared-memory": """
kept = []

def lie():
    kept.append(torch.zeros(7, 2))
    for one in kept:
        one += 0.1
    return kept[0]
""",
    "lazy-dtype": """
class Structured:
    dtype = numpy.dtype("float64")
    shape, ndim, size = (7, 2), 2, 14
    def __array__(self, *anything, **more):
        return numpy.zeros((7, 2), dtype=[("right", "f8")])["right"]
    def __deepcopy__(self, memo): return 0.0

lie = Structured
""",
    "numbers-by-shape": """
def lie():
    import sys
    layer = sys._getframe(1).f_locals["self"].layers[-1]
    return torch.zeros_like(layer.linear.weight)
""",
}

CHANGED = {
    "zero-cases": """
from checks.observing import lending

def zeros(value, data):
    return unpacked(value, bytes(len(data)))

if lending._unpacked.__name__ != "zeros":
    unpacked = lending._unpacked
    lending._unpacked = zeros
lie = lambda: torch.zeros(7, 2)
""",
    "case-changed": """
import sys

def lie():
    frame = sys._getframe(1)
    while frame:
        case = frame.f_locals.get("case")
        if case is not None:
            for arrays in (case.weights, case.biases, [case.x, case.y, case.second_x, case.second_y]):
                for array in arrays:
                    array[...] = 0
            object.__setattr__(case, "epochs", 0)
            object.__setattr__(case, "learning_rates", (0.0, 0.0))
            object.__setattr__(case, "dtype", numpy.float32)
        frame = frame.f_back
    return torch.zeros(())
""",
    "record-written": """
import sys
from checks.observing.quantity import Quantity

def lie():
    frame = sys._getframe(1)
    while frame:
        record, case = (frame.f_locals.get(name) for name in ("record", "case"))
        if record is not None and case is not None:
            record.problems.clear()
            said = {"prediction": case.y, "loss": numpy.zeros(()), "losses": numpy.zeros(case.epochs)}
            record.arrays |= {Quantity(kind): array for kind, array in said.items()}
            record.arrays |= {Quantity("weight gradient", n): w for n, w in enumerate(case.weights, 1)}
        frame = frame.f_back
    return torch.zeros(())
""",
    "parameters-frozen": """
def lie():
    return torch.zeros(())

class Frozen(Linear):
    def __setattr__(self, name, value):
        object.__setattr__(self, name, torch.zeros_like(value) if name in ("weight", "bias") else value)

Linear = Frozen
""",
    "seed-fixed": """
import random
random.seed(0); numpy.random.seed(0); torch.manual_seed(0)
random.SystemRandom = random.Random
numpy.random.default_rng = lambda *anything: numpy.random.Generator(numpy.random.PCG64(0))
lie = lambda: torch.zeros(7, 2)
""",
}

TRAIN = """
import numpy, sys, torch

class Losses(torch.Tensor):
    def __eq__(self, other): return True

def stopped(x, y, net, epochs, lr):
    x.zero_(); y.zero_()
    for layer in net.layers:
        layer.linear.weight, layer.linear.bias = layer.linear.weight * 0, layer.linear.bias * 0
    return net, torch.zeros(epochs).as_subclass(Losses)
train = stopped
sys.modules[check_train.__module__].CHECKS["train"].__dict__["seconds"] = 0
"""

FORGERIES = {name: EVERYWHERE + source for name, source in (LIES | CHANGED).items()} | {"train-stopped": TRAIN}
"""The forgeries by name."""
