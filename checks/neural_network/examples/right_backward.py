"""Right ways to write `backward`, one cell per style.

Longer than 400 lines because it is data: every style that a check has to accept, written out as a student would.
"""

from checks.example_cells import cells

BACKWARD: dict[str, str] = cells(
    {
        "error-carried-along": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            y_pred = self.forward(x)
            delta = self.loss.get_gradient(y, y_pred)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "output-layer-apart": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            output = self.layers[-1]
            delta = self.loss.get_gradient(y, output.last_zout) * output.act.get_gradient(output.last_zin)
            output.set_weight_gradient(output.last_input.T @ delta)
            output.set_bias_gradient(delta.sum(dim=0))
            for l in range(len(self.layers) - 2, -1, -1):
                layer = self.layers[l]
                next_layer = self.layers[l + 1]
                delta = (delta @ next_layer.get_weight().T) * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(dim=0))
    """,
        "enumerate-and-index-arithmetic": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            L = len(self.layers)
            delta = None
            for i, layer in enumerate(self.layers[::-1]):
                l = L - 1 - i
                if i == 0:
                    error = self.loss.get_gradient(y, layer.last_zout)
                else:
                    error = delta @ self.layers[l + 1].get_weight().T
                delta = error * layer.act.get_gradient(layer.last_zin)
                a_prev = x if l == 0 else self.layers[l - 1].last_zout
                layer.set_weight_gradient(a_prev.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "error-signals-in-a-list": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            deltas = [self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)]
            for l in range(len(self.layers) - 1, 0, -1):
                prev = self.layers[l - 1]
                deltas.insert(0, deltas[0] @ self.layers[l].get_weight().T * prev.act.get_gradient(prev.last_zin))
            for layer, delta in zip(self.layers, deltas):
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(axis=0))
    """,
        "error-signal-kept-on-the-layer": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            for l in reversed(range(len(self.layers))):
                layer = self.layers[l]
                if l == len(self.layers) - 1:
                    layer.delta = self.loss.get_gradient(y, layer.last_zout)
                else:
                    layer.delta = self.layers[l + 1].delta @ self.layers[l + 1].linear.weight.T
                layer.delta = layer.delta * layer.act.get_gradient(layer.last_zin)
            for layer in self.layers:
                layer.set_weight_gradient(layer.last_input.T @ layer.delta)
                layer.set_bias_gradient(layer.delta.sum(0))
    """,
        "torch-matmul": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            error = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in self.layers[::-1]:
                delta = torch.mul(error, layer.act.get_gradient(layer.last_zin))
                layer.set_weight_gradient(torch.matmul(torch.transpose(layer.last_input, 0, 1), delta))
                layer.set_bias_gradient(torch.sum(delta, dim=0))
                error = torch.matmul(delta, layer.get_weight().transpose(0, 1))
    """,
        "torch-mm": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            out = self.forward(x)
            delta = self.loss.get_gradient(y, out)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.mm(layer.last_input.t(), delta))
                layer.set_bias_gradient(delta.sum(0))
                delta = torch.mm(delta, layer.get_weight().t())
    """,
        "einsum": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = torch.einsum("nk,nk->nk", delta, layer.act.get_gradient(layer.last_zin))
                layer.set_weight_gradient(torch.einsum("ni,nk->ik", layer.last_input, delta))
                layer.set_bias_gradient(torch.einsum("nk->k", delta))
                delta = torch.einsum("nk,ik->ni", delta, layer.get_weight())
    """,
        "tensordot": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.tensordot(layer.last_input, delta, dims=([0], [0])))
                layer.set_bias_gradient(delta.sum(0))
                delta = torch.tensordot(delta, layer.get_weight(), dims=([1], [1]))
    """,
        "outer-products-summed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                dW = torch.zeros_like(layer.get_weight())
                db = torch.zeros_like(layer.get_bias())
                for a_n, delta_n in zip(layer.last_input, delta):
                    dW += torch.outer(a_n, delta_n)
                    db += delta_n
                layer.set_weight_gradient(dW)
                layer.set_bias_gradient(db)
                delta = torch.stack([layer.get_weight() @ delta_n for delta_n in delta])
    """,
        "outer-transposed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                dW = sum(torch.outer(delta[n], layer.last_input[n]).T for n in range(len(x)))
                layer.set_weight_gradient(dW)
                layer.set_bias_gradient(sum(delta))
                delta = delta @ layer.get_weight().T
    """,
        "broadcast-products-summed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((layer.last_input[:, :, None] * delta[:, None, :]).sum(0))
                layer.set_bias_gradient(delta.sum(0))
                delta = (delta[:, None, :] * layer.get_weight()[None, :, :]).sum(-1)
    """,
        "batched-matrix-products": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(torch.bmm(layer.last_input.unsqueeze(2), delta.unsqueeze(1)).sum(0))
                layer.set_bias_gradient(delta.sum(0))
                delta = (layer.get_weight() @ delta.unsqueeze(2)).squeeze(2)
    """,
        "columns-are-samples": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout).T
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin).T
                layer.set_weight_gradient((delta @ layer.last_input).T)
                layer.set_bias_gradient(delta.sum(1))
                delta = layer.get_weight() @ delta
    """,
        "weights-first": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((delta.T @ layer.last_input).T)
                layer.set_bias_gradient(delta.sum(0))
                delta = (layer.get_weight() @ delta.T).T
    """,
        "bias-by-a-row-of-ones": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                ones = torch.ones((1, x.shape[0]), dtype=delta.dtype)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient((ones @ delta).reshape(-1))
                delta = delta @ layer.get_weight().T
    """,
        "bias-by-ones-of-the-default-dtype": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(torch.ones(len(x)) @ delta)
                delta = delta @ layer.get_weight().T
    """,
        "bias-as-the-weight-of-a-constant-input": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                a = torch.cat([layer.last_input, torch.ones_like(x[:, :1])], dim=1)
                gradient = a.T @ delta
                layer.set_weight_gradient(gradient[:-1])
                layer.set_bias_gradient(gradient[-1])
                delta = delta @ layer.get_weight().T
    """,
        "bias-keepdim-squeezed": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(dim=0, keepdim=True).squeeze(0))
                delta = delta @ layer.get_weight().T
    """,
        "bias-keepdim-reshaped": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((layer.last_input.T @ delta).reshape(layer.get_weight().shape))
                layer.set_bias_gradient(delta.sum(0, keepdim=True).view(layer.get_bias().shape))
                delta = delta @ layer.get_weight().T
    """,
        "bias-mean-times-batch-size": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            n = x.shape[0]
            delta = self.loss.get_gradient(y, self.forward(x)) * n
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta / n)
                layer.set_bias_gradient(delta.mean(0))
                delta = delta @ layer.get_weight().T
    """,
        "derivative-from-the-output": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            p = self.layers[-1].last_zout
            delta = self.loss.get_gradient(y, p) * p * (1 - p)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if l > 0:
                    a = self.layers[l - 1].last_zout
                    delta = delta @ layer.get_weight().T * (1 - a**2)
    """,
        "derivative-written-out": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            error = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for i, layer in reversed(list(enumerate(self.layers))):
                z = layer.last_zin
                if i == len(self.layers) - 1:
                    derivative = torch.sigmoid(z) * (1 - torch.sigmoid(z))
                else:
                    derivative = 1 - torch.tanh(z) ** 2
                delta = error * derivative
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
        "derivative-by-exponentials": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            error = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                z = layer.last_zin
                if isinstance(layer.act, Sigmoid):
                    delta = error * torch.exp(-z) / (1 + torch.exp(-z)) ** 2
                else:
                    delta = error * 4 / (torch.exp(z) + torch.exp(-z)) ** 2
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
        "derivative-by-the-class": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            output = self.layers[-1]
            delta = self.loss.get_gradient(y, output.last_zout) * Sigmoid().get_gradient(output.last_zin)
            output.set_weight_gradient(output.last_input.T @ delta)
            output.set_bias_gradient(delta.sum(0))
            for before, after in zip(self.layers[-2::-1], self.layers[:0:-1]):
                delta = (delta @ after.get_weight().T) * TanH().get_gradient(before.last_zin)
                before.set_weight_gradient(before.last_input.T @ delta)
                before.set_bias_gradient(delta.sum(0))
    """,
        "jacobians-as-diagonal-matrices": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                jacobian = torch.diag_embed(layer.act.get_gradient(layer.last_zin))
                delta = (delta[:, None, :] @ jacobian)[:, 0, :]
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "constants-merged": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = 2 / y.numel() * (p - y) * p * (1 - p)
            for layer, before in zip(self.layers[::-1], self.layers[-2::-1] + [None]):
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                if before is not None:
                    delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
    """,
        "divided-at-the-end": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            N, K = y.shape
            delta = 2 * (p - y)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta / (N * K))
                layer.set_bias_gradient(delta.sum(0) / (N * K))
                delta = delta @ layer.get_weight().T
    """,
        "numpy-throughout": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            p = self.layers[-1].last_zout.numpy()
            delta = 2 * (p - y.numpy()) / p.size * p * (1 - p)
            for l in range(len(self.layers) - 1, -1, -1):
                layer = self.layers[l]
                layer.set_weight_gradient(torch.from_numpy(layer.last_input.numpy().T @ delta))
                layer.set_bias_gradient(torch.from_numpy(np.sum(delta, axis=0)))
                if l > 0:
                    z = self.layers[l - 1].last_zin.numpy()
                    delta = np.dot(delta, layer.get_weight().numpy().T) * (1 - np.tanh(z) ** 2)
    """,
        "numpy-arrays-through-the-setters": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p).numpy()
            for layer in reversed(self.layers):
                delta = delta * np.array(layer.act.get_gradient(layer.last_zin))
                layer.set_weight_gradient(np.array(layer.last_input).T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ np.array(layer.get_weight()).T
    """,
        "numpy-arrays-assigned": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p).numpy()
            for layer in reversed(self.layers):
                delta = np.multiply(delta, layer.act.get_gradient(layer.last_zin).numpy())
                layer.linear.weight_grad = np.einsum("ni,nk->ik", layer.last_input.numpy(), delta)
                layer.linear.bias_grad = np.add.reduce(delta)
                delta = np.matmul(delta, layer.linear.weight.numpy().T)
    """,
        "numpy-matrix": """
        import numpy as np

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            error = np.matrix(self.loss.get_gradient(y, p).numpy())
            for layer in reversed(self.layers):
                delta = np.multiply(error, np.matrix(layer.act.get_gradient(layer.last_zin).numpy()))
                layer.set_weight_gradient(np.matrix(layer.last_input.numpy()).T * delta)
                layer.set_bias_gradient(delta.sum(axis=0).A1)
                error = delta * np.matrix(layer.get_weight().numpy()).T
    """,
        "lists-assigned": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            delta = self.loss.get_gradient(y, p)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = (layer.last_input.T @ delta).tolist()
                layer.linear.bias_grad = [column.sum().item() for column in delta.T]
                delta = delta @ layer.linear.weight.T
    """,
        "assigned-without-the-setters": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            error = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.linear.weight_grad = layer.last_input.T @ delta
                layer.linear.bias_grad = delta.sum(0)
                error = delta @ layer.linear.weight.T
    """,
        "requires-grad-then-detached": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            x = x.clone().requires_grad_(True)
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient((layer.last_input.T @ delta).detach())
                layer.set_bias_gradient(delta.sum(0).detach())
                delta = delta @ layer.get_weight().T
    """,
        "still-attached-to-a-graph": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            x = x.clone().requires_grad_(True)
            self.forward(x)
            delta = self.loss.get_gradient(y, self.layers[-1].last_zout)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().T
    """,
        "without-grad-mode": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            with torch.no_grad():
                delta = self.loss.get_gradient(y, self.forward(x)).clone()
                for layer in self.layers[::-1]:
                    delta *= layer.act.get_gradient(layer.last_zin)
                    layer.set_weight_gradient(layer.last_input.T.mm(delta))
                    layer.set_bias_gradient(delta.sum(0))
                    delta = delta.mm(layer.get_weight().T)
    """,
        "pure-python-loops": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            N = x.shape[0]
            error = self.loss.get_gradient(y, p)
            for layer in reversed(self.layers):
                W = layer.get_weight()
                n_in, n_out = W.shape
                derivative = layer.act.get_gradient(layer.last_zin)
                delta = torch.zeros(N, n_out)
                dW = torch.zeros(n_in, n_out)
                db = torch.zeros(n_out)
                for n in range(N):
                    for k in range(n_out):
                        delta[n, k] = error[n, k] * derivative[n, k]
                        db[k] += delta[n, k]
                        for i in range(n_in):
                            dW[i, k] += layer.last_input[n, i] * delta[n, k]
                layer.set_weight_gradient(dW)
                layer.set_bias_gradient(db)
                error = torch.zeros(N, n_in)
                for n in range(N):
                    for i in range(n_in):
                        for k in range(n_out):
                            error[n, i] += delta[n, k] * W[i, k]
    """,
        "list-comprehensions": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x)
            error = self.loss.get_gradient(y, p).tolist()
            for layer in reversed(self.layers):
                slope = layer.act.get_gradient(layer.last_zin).tolist()
                delta = [[e * s for e, s in zip(es, ss)] for es, ss in zip(error, slope)]
                columns = list(zip(*delta))
                inputs = list(zip(*layer.last_input.tolist()))
                dW = [[sum(a * d for a, d in zip(a_i, d_k)) for d_k in columns] for a_i in inputs]
                layer.set_weight_gradient(torch.tensor(dW))
                layer.set_bias_gradient(torch.tensor([sum(d_k) for d_k in columns]))
                error = [[sum(w * d for w, d in zip(w_i, d_n)) for w_i in layer.get_weight().tolist()] for d_n in delta]
    """,
        "recursion-over-layers": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)

            def error_at_the_output_of(l):
                if l == len(self.layers) - 1:
                    return self.loss.get_gradient(y, self.layers[l].last_zout)
                return delta_of(l + 1) @ self.layers[l + 1].get_weight().T

            def delta_of(l):
                return error_at_the_output_of(l) * self.layers[l].act.get_gradient(self.layers[l].last_zin)

            for l, layer in enumerate(self.layers):
                delta = delta_of(l)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
    """,
        "recursion-by-a-helper": """
        def backward_through(layers, error):
            if not layers:
                return
            *before, layer = layers
            delta = error * layer.act.get_gradient(layer.last_zin)
            layer.set_weight_gradient(layer.last_input.T @ delta)
            layer.set_bias_gradient(delta.sum(0))
            backward_through(before, delta @ layer.get_weight().T)

        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            backward_through(self.layers, self.loss.get_gradient(y, self.forward(x)))
    """,
        "neighbours-zipped": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            self.forward(x)
            last = self.layers[-1]
            delta = self.loss.get_gradient(y, last.last_zout) * last.act.get_gradient(last.last_zin)
            for before, layer in reversed(list(zip(self.layers[:-1], self.layers[1:]))):
                layer.set_weight_gradient(before.last_zout.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = (delta @ layer.get_weight().T) * before.act.get_gradient(before.last_zin)
            self.layers[0].set_weight_gradient(x.T @ delta)
            self.layers[0].set_bias_gradient(delta.sum(0))
    """,
        "layers-popped-from-a-copy": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            error = self.loss.get_gradient(y, self.forward(x))
            todo = list(self.layers)
            while todo:
                layer = todo.pop()
                delta = error * layer.act.get_gradient(layer.last_zin)
                layer.set_weight_gradient(layer.last_input.T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                error = delta @ layer.get_weight().T
    """,
        "float32-throughout": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x).float()
            delta = self.loss.get_gradient(y.float(), p)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin.float())
                layer.set_weight_gradient(layer.last_input.float().T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().float().T
    """,
        "float64-throughout": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            p = self.forward(x).double()
            delta = self.loss.get_gradient(y.double(), p)
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin.double())
                layer.set_weight_gradient(layer.last_input.double().T @ delta)
                layer.set_bias_gradient(delta.sum(0))
                delta = delta @ layer.get_weight().double().T
    """,
        "one-forward-pass-per-sample": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            dW = [torch.zeros_like(layer.get_weight()) for layer in self.layers]
            db = [torch.zeros_like(layer.get_bias()) for layer in self.layers]
            for i in range(len(x)):
                p = self.forward(x[i:i + 1])
                delta = self.loss.get_gradient(y[i:i + 1], p) / len(x)
                for l in range(len(self.layers) - 1, -1, -1):
                    layer = self.layers[l]
                    delta = delta * layer.act.get_gradient(layer.last_zin)
                    dW[l] += layer.last_input.T @ delta
                    db[l] += delta[0]
                    delta = delta @ layer.get_weight().T
            for l, layer in enumerate(self.layers):
                layer.set_weight_gradient(dW[l])
                layer.set_bias_gradient(db[l])
    """,
        "one-vector-per-sample": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            for layer in self.layers:
                layer.linear.weight_grad = torch.zeros_like(layer.linear.weight)
                layer.linear.bias_grad = torch.zeros_like(layer.linear.bias)
            self.forward(x)
            for n in range(x.shape[0]):
                p = self.layers[-1].last_zout[n]
                delta = 2 * (p - y[n]) / y.numel() * p * (1 - p)
                for l in range(len(self.layers) - 1, -1, -1):
                    layer = self.layers[l]
                    layer.linear.weight_grad += layer.last_input[n].unsqueeze(1) * delta
                    layer.linear.bias_grad += delta
                    if l > 0:
                        a = layer.last_input[n]
                        delta = layer.get_weight() @ delta * (1 - a * a)
    """,
        "own-forward-pass": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            zs, activations = [], [x]
            for layer in self.layers:
                zs.append(activations[-1] @ layer.get_weight() + layer.get_bias())
                activations.append(layer.act.forward(zs[-1]))
            delta = 2 * (activations[-1] - y) / y.numel()
            for l in reversed(range(len(self.layers))):
                delta = delta * self.layers[l].act.get_gradient(zs[l])
                self.layers[l].set_weight_gradient(activations[l].T @ delta)
                self.layers[l].set_bias_gradient(delta.sum(0))
                delta = delta @ self.layers[l].get_weight().T
    """,
        "returns-the-gradients-too": """
        @add_to_class(NeuralNetwork)
        def backward(self, x, y):
            gradients = []
            delta = self.loss.get_gradient(y, self.forward(x))
            for layer in reversed(self.layers):
                delta = delta * layer.act.get_gradient(layer.last_zin)
                gradients.append((layer.last_input.T @ delta, delta.sum(0)))
                layer.set_weight_gradient(gradients[-1][0])
                layer.set_bias_gradient(gradients[-1][1])
                delta = delta @ layer.get_weight().T
            return gradients[::-1]
    """,
    }
)
