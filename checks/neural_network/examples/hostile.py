"""Solutions that upset whoever runs them: they hang, crash, print, lie, or change what they were lent.

Each is a student's whole cell. Those whose name starts with "right-but-" compute the right numbers and do something
else besides. Run them only where a hang, an exit or a changed global state does no harm.
Longer than 400 lines because it is data.
"""

from checks.example_cells import cells

BACKWARD: dict[str, str] = cells(
    {
        "infinite-loop": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            l = len(self.layers) - 1
            while l >= 0:
                layer = self.layers[l]
    """,
        "infinite-loop-swallowing-exceptions": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
    """,
        "endless-sleep": """
        import time

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            time.sleep(1e6)
    """,
        "infinite-recursion": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            return self.backward(x, y)
    """,
        "infinite-recursion-swallowing-exceptions": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            try:
                return self.backward(x, y)
            except RecursionError:
                return self.backward(x, y)
    """,
        "endless-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            while True:
                print("training " * 1000)
    """,
        "raises": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            raise ValueError("delta has the wrong shape")
    """,
        "raises-not-implemented": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            raise NotImplementedError
    """,
        "raises-an-assertion": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            assert False, "<script>alert('all tests passed')</script>"
    """,
        "raises-an-exception-that-cannot-be-printed": """
        class Silent(Exception):
            def __str__(self):
                raise RuntimeError("no")

            __repr__ = __str__

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            raise Silent
    """,
        "raises-keyboard-interrupt": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            raise KeyboardInterrupt
    """,
        "name-missing": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, y_pred)
    """,
        "exits": """
        import sys

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            sys.exit(0)
    """,
        "exits-at-once": """
        import os

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            os._exit(0)
    """,
        "prints-instead-of-storing": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                print(layer.last_input.T @ delta, delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-changes-x": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
            x -= x.mean(0)
    """,
        "right-but-changes-y": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            y -= p
            delta = -2 * y / y.numel()
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-changes-the-weights": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
            for layer in self.layers:
                layer.linear.weight -= 0.25 * layer.linear.weight_grad
                layer.linear.bias -= 0.25 * layer.linear.bias_grad
    """,
        "right-but-transposes-the-weights-in-place": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.linear.weight.t_()
    """,
        "right-but-by-autograd": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            parameters = [p.requires_grad_(True) for l in self.layers for p in (l.linear.weight, l.linear.bias)]
            with torch.enable_grad():
                loss = self.loss.forward(y, self.forward(x))
            gradients = torch.autograd.grad(loss, parameters)
            for parameter in parameters:
                parameter.requires_grad_(False)
            for i, layer in enumerate(self.layers):
                layer.set_weight_gradient(gradients[2 * i])
                layer.set_bias_gradient(gradients[2 * i + 1])
    """,
        "right-but-requires-grad-left-on": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight.requires_grad_(True)
                layer.linear.bias.requires_grad_(True)
            with torch.enable_grad():
                self.loss.forward(y, self.forward(x)).backward()
            for layer in self.layers:
                layer.set_weight_gradient(layer.linear.weight.grad.clone())
                layer.set_bias_gradient(layer.linear.bias.grad.clone())
                layer.linear.weight.grad = layer.linear.bias.grad = None
    """,
        "right-but-writes-to-stderr": """
        import sys

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                print("delta", delta.shape, file=sys.stderr)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-writes-to-the-real-stderr": """
        import sys

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            sys.__stderr__.write("in backward\\n")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-writes-to-file-descriptor-2": """
        import os

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            os.write(2, b"in backward\\n")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-prints": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                print(delta)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-warns": """
        import warnings

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            warnings.warn("backward is experimental")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-numpy-warns": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            np.array([1.0]) / np.array([0.0])
            np.exp(np.array([1000.0]))
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-torch-warns": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.tensor(layer.last_input.T @ delta))
                layer.set_bias_gradient(torch.tensor(delta.sum(0)).T)
                delta = delta @ layer.get_weight().T
    """,
        "right-but-seeds-the-generators": """
        import random

        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            torch.manual_seed(0)
            np.random.seed(0)
            random.seed(0)
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-sets-the-default-dtype": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            torch.set_default_dtype(torch.float16)
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-sets-numpy-errors": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            np.seterr(all="raise")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-disables-grad": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            torch.set_grad_enabled(False)
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-turns-warnings-into-errors": """
        import warnings

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            warnings.simplefilter("error")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "right-but-changes-the-directory": """
        import os

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            os.chdir("/")
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "deletes-the-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            del self.layers
    """,
        "empties-the-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            while self.layers:
                layer = self.layers.pop()
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "reverses-the-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            self.layers.reverse()
            for layer in self.layers:
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "replaces-the-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            sizes = [layer.get_weight().shape for layer in self.layers]
            self.layers = NeuralNetwork(sizes[0][0], sizes[-1][1], [size[1] for size in sizes[:-1]]).layers
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "stores-strings": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = "x.T @ delta"
                layer.linear.bias_grad = "delta.sum(0)"
    """,
        "stores-none": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = None
                layer.linear.bias_grad = None
    """,
        "stores-complex-numbers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x)).to(torch.complex128)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin) * (1 + 0.1j)
                layer.set_weight_gradient(layer.last_input.T.to(delta.dtype) @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T.to(delta.dtype)
    """,
        "stores-objects-with-a-raising-array": """
        class Gradient:
            def __init__(self, shape):
                self.shape = shape

            def __array__(self, dtype=None, copy=None):
                raise SystemExit("no array today")

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.set_weight_gradient(Gradient(layer.get_weight().shape))
                layer.set_bias_gradient(Gradient(layer.get_bias().shape))
    """,
        "stores-objects-with-an-endless-array": """
        class Gradient:
            def __init__(self, shape):
                self.shape = shape

            def __array__(self, dtype=None, copy=None):
                while True:
                    pass

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.set_weight_gradient(Gradient(layer.get_weight().shape))
                layer.set_bias_gradient(Gradient(layer.get_bias().shape))
    """,
        "stores-arrays-equal-to-everything": """
        import numpy as np

        class Gradient(np.ndarray):
            def __eq__(self, other):
                return True

            def __sub__(self, other):
                return np.zeros(self.shape)

            __rsub__ = __sub__

            def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
                return np.zeros(self.shape)

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = np.ones(layer.linear.weight.shape).view(Gradient)
                layer.linear.bias_grad = np.ones(layer.linear.bias.shape).view(Gradient)
    """,
        "stores-arrays-of-objects": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = np.full(tuple(layer.linear.weight.shape), None, dtype=object)
                layer.linear.bias_grad = np.full(tuple(layer.linear.bias.shape), "0", dtype=object)
    """,
        "stores-one-endless-list": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            loop = []
            loop.append(loop)
            for layer in self.layers:
                layer.linear.weight_grad = loop
                layer.linear.bias_grad = loop
    """,
        "stores-huge-gradients": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for layer in self.layers:
                layer.linear.weight_grad = torch.zeros(1).expand(10**6, 10**6)
                layer.linear.bias_grad = torch.zeros(1).expand(10**12)
    """,
        "stores-sparse-tensors": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = torch.zeros_like(layer.linear.weight).to_sparse()
                layer.linear.bias_grad = torch.zeros_like(layer.linear.bias).to_sparse()
    """,
        "stores-tensors-without-data": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.set_weight_gradient(torch.empty(layer.get_weight().shape, device="meta"))
                layer.set_bias_gradient(torch.empty(layer.get_bias().shape, device="meta"))
    """,
        "wrong-number-of-arguments": """
        @add_to_class(NeuralNetwork)
        def backward(self, x):
            self.forward(x)
    """,
        "self-forgotten": """
        @add_to_class(NeuralNetwork)
        def backward(x, y):
            pass
    """,
        "more-arguments": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y, y_pred):
            delta = self.loss.get_gradient(y, y_pred)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "generator": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
                yield delta
    """,
        "coroutine": """
        @add_to_class(NeuralNetwork)
        async def backward(self, x, y):
            self.forward(x)
    """,
        "not-a-function": """
        NeuralNetwork.backward = "delta @ W.T"
    """,
        "changes-the-class-of-the-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            NeuralLayer.set_weight_gradient = lambda self, gradient: None
            NeuralLayer.set_bias_gradient = lambda self, gradient: None
            self.forward(x)
            for layer in self.layers:
                layer.set_weight_gradient(layer.get_weight())
                layer.set_bias_gradient(layer.get_bias())
    """,
    }
)

FORWARD: dict[str, str] = cells(
    {
        "infinite-loop": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            while True:
                for layer in self.layers:
                    out = layer.forward(x)
            return out
    """,
        "infinite-recursion": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            return self.forward(x)
    """,
        "raises": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            return self.layers[len(self.layers)].forward(x)
    """,
        "exits": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            raise SystemExit
    """,
        "prints-instead-of-returning": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            print(x)
    """,
        "returns-the-method": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x.clone
    """,
        "returns-a-string": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return str(x)
    """,
        "returns-a-ragged-list": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            activations = [x.tolist()]
            for layer in self.layers:
                x = layer.forward(x)
                activations.append(x.tolist())
            return activations
    """,
        "returns-complex-numbers": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x + 0.5j
    """,
        "returns-a-lazy-generator": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
                yield x
    """,
        "right-but-changes-x": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            out = x.clone()
            for layer in self.layers:
                out = layer.forward(out)
            x.zero_()
            return out
    """,
        "right-but-sets-the-default-dtype": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            torch.set_default_dtype(torch.float16)
            for layer in self.layers:
                x = layer.forward(x)
            return x
    """,
        "right-but-writes-to-stderr": """
        import sys

        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            sys.stderr.write(f"{x.shape}\\n")
            return x
    """,
        "right-but-draws-random-numbers": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            torch.rand(1000)
            for layer in self.layers:
                x = layer.forward(x)
            return x
    """,
        "changes-the-weights": """
        @add_to_class(NeuralNetwork)
        def forward(self, x):
            for layer in self.layers:
                layer.linear.weight += 0.1
                x = layer.forward(x)
            return x
    """,
        "wrong-number-of-arguments": """
        @add_to_class(NeuralNetwork)
        def forward(x):
            return x
    """,
    }
)

GET_LOSS: dict[str, str] = cells(
    {
        "infinite-loop": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            n = 0
            while n < len(x):
                loss = self.loss.forward(y, self.forward(x))
            return loss
    """,
        "infinite-recursion": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.get_loss(x, y)
    """,
        "raises": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return 1 / 0
    """,
        "prints-instead-of-returning": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            print(self.loss.forward(y, self.forward(x)))
    """,
        "returns-the-criterion": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return self.loss
    """,
        "returns-a-string": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return f"{self.loss.forward(y, self.forward(x)):.4f}"
    """,
        "returns-a-number-equal-to-everything": """
        class Loss(float):
            def __eq__(self, other):
                return True

            def __sub__(self, other):
                return 0.0

            __rsub__ = __sub__
            __hash__ = None

        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            return Loss(1.0)
    """,
        "replaces-the-criterion": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            loss = self.loss.forward(y, self.forward(x))
            self.loss = loss
            return loss
    """,
        "right-but-changes-y": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            y -= self.forward(x)
            return (y * y).mean()
    """,
        "right-but-warns": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def get_loss(self, x, y):
            np.log(np.zeros(3))
            return self.loss.forward(y, self.forward(x))
    """,
        "wrong-number-of-arguments": """
        @add_to_class(NeuralNetwork)
        def get_loss(self, y):
            return self.loss.forward(y, y)
    """,
    }
)

APPLY_GRADIENTS: dict[str, str] = cells(
    {
        "infinite-loop": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            while learning_rate > 0:
                for layer in self.layers:
                    layer.linear.weight -= learning_rate * layer.linear.weight_grad
                    layer.linear.bias -= learning_rate * layer.linear.bias_grad
    """,
        "raises": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.weight -= learning_rate * layer.weight_grad
    """,
        "raises-half-way": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for l in range(len(self.layers) + 1):
                linear = self.layers[l].linear
                linear.weight -= learning_rate * linear.weight_grad
                linear.bias -= learning_rate * linear.bias_grad
    """,
        "raises-on-a-leaf": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight.requires_grad_(True)
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
    """,
        "right-but-leaves-parameters": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                lin = layer.linear
                lin.weight = torch.nn.Parameter(lin.weight - learning_rate * lin.weight_grad)
                lin.bias = torch.nn.Parameter(lin.bias - learning_rate * lin.bias_grad)
    """,
        "right-but-clears-the-gradients": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight -= learning_rate * layer.linear.weight_grad
                layer.linear.bias -= learning_rate * layer.linear.bias_grad
                layer.linear.weight_grad = None
                layer.linear.bias_grad = None
    """,
        "right-but-scales-the-gradients-in-place": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight_grad *= learning_rate
                layer.linear.bias_grad *= learning_rate
                layer.linear.weight -= layer.linear.weight_grad
                layer.linear.bias -= layer.linear.bias_grad
    """,
        "replaces-the-layers": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            self.layers = [layer.linear.weight - learning_rate * layer.linear.weight_grad for layer in self.layers]
    """,
        "weights-of-another-shape": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight = (layer.linear.weight - learning_rate * layer.linear.weight_grad).T
                layer.linear.bias = (layer.linear.bias - learning_rate * layer.linear.bias_grad).unsqueeze(0)
    """,
        "weights-as-strings": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self, learning_rate):
            for layer in self.layers:
                layer.linear.weight = "w - lr * g"
    """,
        "wrong-number-of-arguments": """
        @add_to_class(NeuralNetwork)
        def apply_gradients(self):
            for layer in self.layers:
                layer.linear.weight -= 0.25 * layer.linear.weight_grad
                layer.linear.bias -= 0.25 * layer.linear.bias_grad
    """,
    }
)

TRAIN: dict[str, str] = cells(
    {
        "infinite-loop": """
        def train(x, y, net, epochs, lr):
            losses = []
            epoch = 0
            while epoch < epochs:
                loss = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, torch.tensor(losses)
    """,
        "infinite-loop-filling-memory": """
        def train(x, y, net, epochs, lr):
            losses = [1.0]
            for loss in losses:
                losses.append(net.get_loss(x, y))
            return net, losses
    """,
        "infinite-loop-swallowing-exceptions": """
        def train(x, y, net, epochs, lr):
            while True:
                try:
                    net.backward(x, y)
                except:
                    continue
    """,
        "always-2500-epochs": """
        def train(x, y, net, epochs, lr):
            epochs = 2500
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "infinite-recursion": """
        def train(x, y, net, epochs, lr):
            net.backward(x, y)
            net.apply_gradients(lr)
            return train(x, y, net, epochs, lr)
    """,
        "raises": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs + 1):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "exits": """
        def train(x, y, net, epochs, lr):
            quit()
    """,
        "prints-instead-of-returning": """
        def train(x, y, net, epochs, lr):
            for epoch in range(epochs):
                print(epoch, net.get_loss(x, y))
                net.backward(x, y)
                net.apply_gradients(lr)
    """,
        "returns-strings": """
        def train(x, y, net, epochs, lr):
            losses = []
            for epoch in range(epochs):
                losses.append(str(net.get_loss(x, y)))
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "returns-three-things": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses, epochs
    """,
        "right-but-changes-x": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            x += 1
            return net, losses
    """,
        "right-but-changes-y": """
        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            y[0] = 1 - y[0]
            return net, losses
    """,
        "right-but-progress-on-stderr": """
        import sys

        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
                sys.stderr.write(f"\\r{epoch + 1}/{epochs}")
            return net, losses
    """,
        "right-but-seeds-the-generator": """
        def train(x, y, net, epochs, lr):
            torch.manual_seed(42)
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "right-but-disables-grad": """
        def train(x, y, net, epochs, lr):
            torch.set_grad_enabled(False)
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "right-but-wraps-the-network": """
        class Proxy:
            def __init__(self, net):
                self.net = net

            def __getattr__(self, name):
                return getattr(self.__dict__["net"], name)

        def train(x, y, net, epochs, lr):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return Proxy(net), losses
    """,
        "replaces-the-method-get-loss": """
        def train(x, y, net, epochs, lr):
            NeuralNetwork.get_loss = lambda self, x, y: torch.tensor(0.0)
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
        "wrong-number-of-arguments": """
        def train(x, y, net):
            losses = torch.zeros(2500)
            for epoch in range(2500):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(0.25)
            return net, losses
    """,
        "arguments-in-another-order": """
        def train(net, x, y, lr, epochs):
            losses = torch.zeros(epochs)
            for epoch in range(epochs):
                losses[epoch] = net.get_loss(x, y)
                net.backward(x, y)
                net.apply_gradients(lr)
            return net, losses
    """,
    }
)

HOSTILE: dict[str, dict[str, str]] = {
    "forward": FORWARD,
    "get_loss": GET_LOSS,
    "backward": BACKWARD,
    "apply_gradients": APPLY_GRADIENTS,
    "train": TRAIN,
}
