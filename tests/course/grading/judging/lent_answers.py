"""Submissions of exercises 01 to 04 that want points for what a check is lent, or for numbers that leave no work.

Each is a forgery by the solution cells that it stands in, below their stubs; `LAST` names the check that is moved to
the front of the notebook, if any.
"""

from collections.abc import Iterable, Mapping

Forgery = Mapping[str, str]

LENT = """
import gc, sys, types

def {name}(*arguments, **options):
    for module in [one for title, one in list(sys.modules.items()) if ".lent" in title]:
        if hasattr(module, "{name}"):
            return getattr(module, "{name}")(*arguments, **options)
    raise NotImplementedError
"""
"""A function that is what was lent under its name."""

REMEMBERED = """
import gc, sys, types

def {name}(*arguments, **options):
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__name__ == "{name}" and "checks" in str(one.__module__):
            return one(*arguments, **options)
    frame = sys._getframe(1)
    while frame:
        for one in frame.f_locals.values():
            if getattr(one, "__name__", "") == "{name}" and "checks" in str(getattr(one, "__module__", "")):
                return one(*arguments, **options)
        frame = frame.f_back
    raise NotImplementedError
"""
"""A function that looks for a right one of its name in memory and in the frames around it."""

READS_AHEAD = """
import base64, marshal, sys, types
from checks import sealing

class Reads(sealing.Seal):
    def __init__(self, looks):
        super().__init__(looks)
        for look in looks.values():
            for part, statements in look["lends"].items():
                name = part.rpartition(".")[0]
                module = sys.modules.setdefault(name, types.ModuleType(name))
                for _, code in statements:
                    exec(marshal.loads(base64.b64decode(code)), vars(module))

sealing.Seal = Reads
"""
"""Takes every part that comes with a cell, whichever check it is for."""


def _with_functions(names: Iterable[str], function: str, first: str = "", before: str = "") -> dict[str, str]:
    """Return a forgery with `function` in the cells `names`, and `first` in the cell `before`."""
    cells = {name: function.format(name=name) for name in names}
    return {before: first, **cells} if first else cells


# --- exercise 01 -------------------------------------------------------------------------------------------------

FUNCTIONS = ("relu", "sigmoid", "relu_derivative", "sigmoid_derivative", "squared_error", "forward_pass",
             "backward_pass", "updated")  # fmt: skip

EDGES = ("53", "54", "63", "64", "31", "32", "41", "42")
NUMBERS = ("s3", "s4", "s5", "s6", "o3", "o4", "o5", "o6")


def _typed(scale: float, step: float = 1.0) -> dict[str, str]:
    """Return typed gradients of this size, and the weights as they were before the update."""
    gradients = {f"g{edge}": scale * (1 + step * number) for number, edge in enumerate(EDGES)}
    old = dict(zip((f"w{edge}" for edge in EDGES), (4.0, -1.0, -2.0, 0.5, -3.0, 2.0, 2.0, 1.0), strict=True))
    matrix = [[scale, scale * (1 + step)], [scale * (1 + 2 * step), scale * (1 + 3 * step)]]
    return {
        "gradients": f"gradients = {gradients}",
        "update": f"update = {old}",
        "dW2": f"dW2 = {matrix}",
        "dW1": f"dW1 = {matrix}",
        "W2_new": "W2_new = [[4, -1], [-2, 0.5]]",
        "W1_new": "W1_new = [[-3, 2], [2, 1]]",
    }


def _same_everywhere(value: str) -> dict[str, str]:
    """Return one number, or words for it, typed for everything."""
    square, row = f"[[{value}, {value}], [{value}, {value}]]", f"[{value}, {value}]"
    return {
        "forward": f"forward = {{name: {value} for name in {NUMBERS}}}",
        "E": f"E = {value}",
        "error_signals": f"error_signals = {{'delta' + number: {value} for number in '5634'}}",
        "gradients": f"gradients = {{'g' + edge: {value} for edge in {EDGES}}}",
        "update": f"update = {{'w' + edge: {value} for edge in {EDGES}}}",
        **{name: f"{name} = {square}" for name in ("do2_ds2", "ds2_do1", "do1_ds1", "dW2", "dW1", "W2_new", "W1_new")},
        **{name: f"{name} = {row}" for name in ("delta2", "delta1")},
    }


EARLIER_FORGED = """
import numpy
from checks import sealing
from checks.observing.lending import look_from_wire
from checks.observing.observation import Observation
from checks.observing.quantity import Quantity
from checks.observing.wire import as_wire

class Forged(sealing.Seal):  # says that all earlier numbers were zeros, or nothing, or of another network
    def hand_over(self, check, subject):
        self.check = check.name
        self._cases = look_from_wire(self._looks[check.name], ()).cases
        self.seen = []
        for case in self._cases:
            arrays = {Quantity(kind): case.given for kind in ("given numbers", "given") if hasattr(case, "given")}
            if hasattr(case, "names"):
                for question in ("forward", "E", "error_signals", "gradients", "update", "do2_ds2", "do1_ds1", "delta2",
                                 "delta1", "ds2_do1", "dW2", "dW1", "W2_new", "W1_new"):
                    quantities = map(case.names.quantity, case.names.answers(question))
                    arrays |= {quantity: numpy.full(SHAPE, VALUE) for quantity in quantities}
            from checks.by_hand.case import GIVEN, taken_along
            arrays |= {taken_along(question): numpy.ones(()) for question in ("forward", "gradients", "dW2", "dW1")}
            arrays[GIVEN] = case.given if hasattr(case, "given") else numpy.zeros(())
            self.seen.append(as_wire(Observation(arrays)))

sealing.Seal = Forged
"""

BY_HAND: dict[str, Forgery] = {
    "lent-functions": _with_functions(FUNCTIONS, LENT),
    "remembered-functions": _with_functions(FUNCTIONS, REMEMBERED),
    "reads-ahead": _with_functions(FUNCTIONS, LENT, READS_AHEAD, "forward"),
    "tiny-gradients": _typed(1e-8),
    "huge-gradients": _typed(1e300),
    "zero-gradients": _typed(0.0),
    "nan-gradients": {key: text.replace("nan", "float('nan')") for key, text in _typed(float("nan")).items()},
    "all-zero": _same_everywhere("0"),
    "all-two": _same_everywhere("2.0"),
    "all-tiny": _same_everywhere("1e-300"),
    "all-nan": _same_everywhere("float('nan')"),
    "all-strange": _same_everywhere("type('Number', (float,), {'__eq__': lambda *_: True})(3)"),
    "nearly-the-identity": {  # so that delta1 is delta2, copied
        "ds2_do1": "ds2_do1 = [[1, 1e-8], [1e-8, 1]]",
        "do1_ds1": "do1_ds1 = [[1, 0], [0, 1]]",
        "delta2": "delta2 = [3, 7]",
        "delta1": "delta1 = [3, 7]",
    },
    "forged-zeros": {"forward": f"SHAPE, VALUE = (), 0.0\n{EARLIER_FORGED}"},
    "forged-nothing": {"forward": f"SHAPE, VALUE = (0,), 0.0\n{EARLIER_FORGED}"},
    "forged-pairs": {"forward": f"SHAPE, VALUE = (2,), 3.0\n{EARLIER_FORGED}"},
    "forged-nan": {"forward": f"SHAPE, VALUE = (2, 2), float('nan')\n{EARLIER_FORGED}"},
}

# --- exercise 02 -------------------------------------------------------------------------------------------------

SOFTMAX_TASKS = ("sigmoid", "sigmoid_derivative", "nll_gradient", "softmax", "nllm", "softmax_gradient", "predict",
                 "gradient_step", "predict_after_step", "hidden_activations", "network_output", "updated_w2",
                 "updated_w1", "output_after_step")  # fmt: skip

ONE_FOR_ANOTHER = """
import sys

def softmax_gradient(x, a, y):
    return sys.modules["checks.softmax_and_nll.lent"].nll_gradient(x, a, y)

def softmax(z):
    return sys.modules["checks.softmax_and_nll.lent"].sigmoid(z)

def hidden_activations(x, W1, b1):
    return sys.modules["checks.softmax_and_nll.lent"].predict(x, W1)

def network_output(x, W1, b1, W2, b2):
    return sys.modules["checks.softmax_and_nll.lent"].predict(x, W1)

def updated_w2(x, y, W1, b1, W2, b2, learning_rate):
    return sys.modules["checks.softmax_and_nll.lent"].gradient_step(W2, 0 * W2, learning_rate)

def updated_w1(x, y, W1, b1, W2, b2, learning_rate):
    return sys.modules["checks.softmax_and_nll.lent"].updated_w2(x, y, W1, b1, W2, b2, learning_rate)
"""

NOTHING_TO_FOLLOW = """
import numpy as np
from types import SimpleNamespace
from checks.session import SESSION

class Counted(dict):  # verdicts that name a mistake for everything
    def get(self, name, default=None):
        return SimpleNamespace(state="wrong", labels=("zeros",), earned=0.0, task=name)

SESSION.verdicts = lambda exercise: Counted()

def {name}(*arguments):
    first = next(one for one in arguments if np.ndim(one))
    return np.zeros_like(first) + 0.5
"""

SOFTMAX_AND_NLL: dict[str, Forgery] = {
    "lent-functions": _with_functions(SOFTMAX_TASKS, LENT),
    "remembered-functions": _with_functions(SOFTMAX_TASKS, REMEMBERED),
    "one-for-another": dict.fromkeys(SOFTMAX_TASKS, ONE_FOR_ANOTHER),
    "mistakes-counted": _with_functions(SOFTMAX_TASKS, NOTHING_TO_FOLLOW),
}

# --- exercise 03 -------------------------------------------------------------------------------------------------

CHAIN_TASKS = ("feed_forward_one_layer", "cost_one_layer", "gradients_by_autograd", "mse_der", "sigmoid_der",
               "sigmoid_jacobian", "dC_dz", "dz_dW", "dz_db", "gradients_one_layer", "feed_forward_two_layers",
               "gradients_layer_2", "gradients_layer_1", "create_layers", "feed_forward", "feed_forward_saver",
               "backpropagation", "create_layers_batch", "feed_forward_batch", "feed_forward_saver_batch",
               "backpropagation_batch", "softmax", "cross_entropy", "softmax_cross_entropy_der",
               "train_network")  # fmt: skip

SAME_FOR_BATCHES = """
import sys

def lent(name):
    return getattr(sys.modules["checks.chain_rule.lent"], name)

def feed_forward_two_layers(layers, x):
    return lent("feed_forward_one_layer")(*layers[0], x)

def feed_forward(input, layers, activation_funcs):
    return lent("feed_forward_two_layers")(layers, input)

def feed_forward_batch(inputs, layers, activation_funcs):
    return lent("feed_forward")(inputs, layers, activation_funcs)

def feed_forward_saver_batch(inputs, layers, activation_funcs):
    return lent("feed_forward_saver")(inputs, layers, activation_funcs)

def backpropagation_batch(inputs, layers, activation_funcs, targets, activation_ders, cost_der=None):
    return lent("backpropagation")(inputs, layers, activation_funcs, targets, activation_ders)
"""

CHAIN_RULE: dict[str, Forgery] = {
    "lent-functions": _with_functions(CHAIN_TASKS, LENT),
    "remembered-functions": _with_functions(CHAIN_TASKS, REMEMBERED),
    "reads-ahead": _with_functions(CHAIN_TASKS, LENT, READS_AHEAD + LENT.format(name=CHAIN_TASKS[0]), CHAIN_TASKS[0]),
    "same-for-batches": dict.fromkeys(CHAIN_TASKS, SAME_FOR_BATCHES),
}

# --- exercise 04 -------------------------------------------------------------------------------------------------

RIGHT_AT_SECOND_SIGHT = """
import sys, types
import numpy

WANTED = {{"ReLU": "relu", "Tanh": "tanh"}}.get("{name}", "passed")

class {name}:
    def __init__(self, *sizes, linear=None, output=None, seed=0):
        self.layers = []
        if linear:
            rng = numpy.random.default_rng(seed)
            hidden = sys.modules["checks.layers_and_losses.lent"].RightActivation()
            self.layers = [linear(*sizes[:2], rng), hidden, linear(*sizes[1:], rng), output() if output else hidden]

    def forward(self, x):
        {before}
        right = getattr(sys.modules["checks.layers_and_losses.lent"], WANTED)
        return right(self.layers, x)[-1] if WANTED == "passed" else right(x)

    def backward(self, x, grad_output):
        return numpy.zeros_like(x)
"""


SECOND_LOOK = """
import numpy, sys
from checks import sealing
from checks.observing.lending import look_from_wire
from checks.observing.observation import Observation
from checks.observing.wire import as_wire

class Later(sealing.Seal):  # says in the second look what was asked in the first
    def hand_over(self, check, subject):
        self.check = check.name
        self._cases = look_from_wire(self._looks[check.name], ()).cases
        self.seen = [as_wire(Observation({})) for _ in self._cases]

    def look(self, sent):
        look = look_from_wire(sent, self._cases)
        self._cases = look.cases
        return [as_wire(Observation(self.arrays(case))) for case in self._cases]

    def arrays(self, case):
        lent = sys.modules["checks.layers_and_losses.lent"]
        from checks.layers_and_losses.case import AT_ZERO, OUTPUT
        if self.check == "TwoLayerNetwork":
            kind = lent.RightArcTan if case.output == "arctan" else lent.RightActivation
            n_in, hidden, out = case.sizes
            net = [lent.RightLinear(n_in, hidden), lent.RightActivation(), lent.RightLinear(hidden, out), kind()]
            lent.set_parameters(net, case)
            right = lambda x: lent.passed(net, x)[-1]
        elif self.check in ("ReLU", "Tanh"):
            right = getattr(lent, self.check.lower())
        else:
            return {}
        return {OUTPUT: right(case.x), OUTPUT.in_call(2): right(case.second_x),
                OUTPUT._replace(aspect=AT_ZERO): numpy.zeros((1, 3))}

sealing.Seal = Later
"""

BATCH_FROM_LAYERS = """
import sys

class BatchLinear:
    def __new__(cls, *arguments):
        return sys.modules["checks.layers_and_losses.lent"].RightBatchLinear(*arguments)
    def forward(self, x): pass
    def backward(self, x, grad_output): pass
"""

_ONLY_AFTERWARDS = """
        if not hasattr(sys.modules.get("checks.layers_and_losses.lent"), WANTED):
            raise RuntimeError("expected dtype Float, but found Double")
""".strip()

SINGLE = """
import types, sys
try:
    import torch
except ImportError:
    torch = sys.modules["torch"] = types.ModuleType("torch")
    torch.float32 = object()
    torch.get_default_dtype = lambda: torch.float32
else:
    torch.set_default_dtype(torch.float32)
"""

_SECOND_SIGHT = RIGHT_AT_SECOND_SIGHT.replace("{before}", _ONLY_AFTERWARDS)

SUM_FROM_LAYERS = """
import sys

def summed_gradients(linear, x, grad_output):
    layer = sys.modules["checks.layers_and_losses.lent"].RightBatchLinear(*linear.weight.shape)
    layer.backward(x, grad_output)
    return layer.grad_weight, layer.grad_bias
"""

ONE_LAYER = ("summed_gradients", "single_layer_step")

LAYERS_AND_LOSSES: dict[str, Forgery] = {
    "one-layer-lent": _with_functions(ONE_LAYER, LENT),
    "one-layer-remembered": _with_functions(ONE_LAYER, REMEMBERED),
    "summed-by-a-later-layer": {"summed_gradients": SUM_FROM_LAYERS},
    "second-look-overwrites": {"TwoLayerNetwork": SECOND_LOOK},
    "precision-clash": {name: SINGLE + _SECOND_SIGHT.format(name=name) for name in ("TwoLayerNetwork", "ReLU", "Tanh")},
    "only-afterwards": {name: _SECOND_SIGHT.format(name=name) for name in ("TwoLayerNetwork", "ReLU", "Tanh")},
    "batch-linear": {"BatchLinear": BATCH_FROM_LAYERS},
}

EXERCISES: dict[str, Mapping[str, Forgery]] = {
    "01_by_hand": BY_HAND,
    "02_softmax_and_nll": SOFTMAX_AND_NLL,
    "03_chain_rule": CHAIN_RULE,
    "04_layers_and_losses": LAYERS_AND_LOSSES,
}

# --- checks in another order -------------------------------------------------------------------------------------

LATER_FIRST: dict[str, tuple[str, Forgery]] = {
    "01_by_hand": ("check_backward_pass", _with_functions(FUNCTIONS[:4], LENT)),
    "02_softmax_and_nll": ("check_output_after_step", _with_functions(SOFTMAX_TASKS[:-1], LENT)),
    "03_chain_rule": ("check_train_network", _with_functions(CHAIN_TASKS[:-1], LENT)),
    "04_layers_and_losses": ("check_train_minibatch", {"BatchLinear": BATCH_FROM_LAYERS}),
    "05_neural_network": (
        "check_backward",
        {
            "forward": """
import sys
NeuralNetwork.forward = lambda net, x: sys.modules["checks.neural_network.lent"]._through(net.layers, x)
"""
        },
    ),
}
"""For each exercise the check that is moved before all others, and what is then to be had from what it is lent."""
