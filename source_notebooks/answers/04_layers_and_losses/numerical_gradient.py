# %% frame
def numerical_gradient(loss, parameter, epsilon=1e-5):
    ...

# %% right: ndindex
gradient = np.zeros(parameter.shape)
for i in np.ndindex(*parameter.shape):
    old = parameter[i]
    parameter[i] = old + epsilon
    up = loss()
    parameter[i] = old - epsilon
    down = loss()
    parameter[i] = old
    gradient[i] = (up - down) / (2 * epsilon)
return gradient

# %% right: nudged-and-taken-back
gradient = np.empty_like(parameter)
for i in np.ndindex(parameter.shape):
    parameter[i] += epsilon
    up = loss()
    parameter[i] -= 2 * epsilon
    down = loss()
    parameter[i] += epsilon
    gradient[i] = (up - down) / 2 / epsilon
return gradient

# %% right: flat-view
flat = parameter.reshape(-1)
slopes = []
for k in range(flat.size):
    kept = flat[k]
    flat[k] = kept + epsilon
    up = loss()
    flat[k] = kept - epsilon
    slopes.append((up - loss()) / (2 * epsilon))
    flat[k] = kept
return np.array(slopes).reshape(parameter.shape)

# %% right: nditer
grad = np.zeros_like(parameter)
it = np.nditer(parameter, flags=["multi_index"], op_flags=["readwrite"])
while not it.finished:
    i = it.multi_index
    v = parameter[i]
    parameter[i] = v + epsilon
    l1 = loss()
    parameter[i] = v - epsilon
    l2 = loss()
    parameter[i] = v
    grad[i] = (l1 - l2) / (2 * epsilon)
    it.iternext()
return grad

# %% right: whole-array-replaced-in-place
original = parameter.copy()
grad = np.zeros_like(original)
for i in range(parameter.size):
    step = np.zeros(parameter.size)
    step[i] = epsilon
    step = step.reshape(parameter.shape)
    parameter[...] = original + step
    up = loss()
    parameter[...] = original - step
    down = loss()
    grad.flat[i] = (up - down) / (2 * epsilon)
parameter[...] = original
return grad

# %% right: forward-difference
gradient = np.zeros_like(parameter)
here = loss()
for i in np.ndindex(parameter.shape):
    old = parameter[i]
    parameter[i] = old + epsilon
    gradient[i] = (loss() - here) / epsilon
    parameter[i] = old
return gradient

# %% right: backward-difference
changed("right: forward-difference", ("here = loss()\n    ", ""),
        ("parameter[i] = old ", "here = loss()\n        parameter[i] = old "),
        ("+ epsilon", "- epsilon"),
        ("loss() - here", "here - loss()"))

# %% right: half-step
changed("right: forward-difference", ("(parameter)\n    here = loss()", "(parameter)"),
        ("+ epsilon", "+ epsilon / 2\n        up = loss()\n        parameter[i] = old - epsilon / 2"),
        ("loss() - here", "up - loss()"))

# %% right: five-points
def at(i, value):
    old = parameter[i]
    parameter[i] = value
    result = loss()
    parameter[i] = old
    return result
gradient = np.zeros_like(parameter)
for i in np.ndindex(parameter.shape):
    w = parameter[i]
    near = at(i, w + epsilon) - at(i, w - epsilon)
    far = at(i, w + 2 * epsilon) - at(i, w - 2 * epsilon)
    gradient[i] = (8 * near - far) / (12 * epsilon)
return gradient

# %% right: nested-lists
def slope(i):
    parameter[i] += epsilon
    up = loss()
    parameter[i] -= 2 * epsilon
    down = loss()
    parameter[i] += epsilon
    return (up - down) / (2 * epsilon)
if parameter.ndim == 1:
    return [slope(i) for i in range(len(parameter))]
return [[slope((i, j)) for j in range(parameter.shape[1])] for i in range(parameter.shape[0])]

# %% mistake: two-left-out
changed("right: ndindex", ("(2 * epsilon)", "epsilon"))
# %% mistake: one-side-over-two-steps
changed("right: ndindex", ("old - epsilon", "old"))
# %% mistake: not-divided
changed("right: ndindex", ("(up - down) / (2 * epsilon)", "up - down"))
# %% mistake: parentheses-forgotten
changed("right: ndindex", ("/ (2 * epsilon)", "/ 2 * epsilon"))
# %% mistake: losses-not-in-parentheses
changed("right: ndindex", ("(up - down) / (2", "up - down / (2"))
# %% mistake: sign-flipped
changed("right: ndindex", ("up - down", "down - up"))
# %% mistake: losses-added
changed("right: ndindex", ("up - down", "up + down"))
# %% mistake: parameter-never-varied
changed("right: ndindex", ("    for i", "    parameter = parameter.copy()\n    for i"))

# %% mistake: parameter-never-varied/stale-loss
changed("right: ndindex", ("zeros(parameter.shape)", "zeros_like(parameter)\n    value = loss()"),
        ("*parameter", "parameter"),
        ("up = loss()", "up = value"),
        ("down = loss()", "down = value"))

# %% mistake: parameter-never-varied/flattened-copy
changed("right: flat-view", ("parameter.reshape(-1)", "parameter.flatten()"))

# %% mistake: all-entries-at-once
changed("right: nudged-and-taken-back", ("parameter[i] += epsilon", "parameter += epsilon"),
        ("parameter[i] -= 2", "parameter -= 2"))

# %% mistake: row-at-once
changed("right: nudged-and-taken-back", ("empty_like", "zeros_like"),
        ("np.ndindex(parameter.shape)", "range(len(parameter))"),
        ("2 / epsilon", "(2 * epsilon)"))

# %% mistake: epsilon-ignored
changed("right: ndindex", ("    gradient = np", "    epsilon = 1e-5\n    gradient = np"))

# %% unnamed: absolute-values
changed("right: ndindex", ("(up - down)", "abs(up - down)"))
# %% unnamed: flat
changed("right: ndindex", ("return gradient", "return gradient.ravel()"))
# %% unnamed: rounded
changed("right: ndindex", ("return gradient", "return gradient.round(3)"))
# %% unnamed: not-put-back
changed("right: ndindex", ("        parameter[i] = old\n", ""))

# %% unnamed: put-back-wrongly
changed("right: nudged-and-taken-back",
        ("        parameter[i] += epsilon\n        gradient", "        parameter[i] += 2 * epsilon\n        gradient"))

# %% unnamed: relative-step
changed("right: ndindex", ("old + epsilon", "old * (1 + epsilon)"), ("old - epsilon", "old * (1 - epsilon)"))
# %% unnamed: first-entry-only
changed("right: ndindex", ("    return gradient", "        break\n    return gradient"))
# %% unnamed: loss-called-with-the-parameter
changed("right: ndindex", ("loss()", "loss(parameter)"))
# %% unnamed: returned-inside-the-loop
changed("right: ndindex", ("    return gradient", "        return gradient"))
# %% unnamed: three-epsilon
changed("right: ndindex", ("old + epsilon", "old + 2 * epsilon"), ("(2 * epsilon)", "(3 * epsilon)"))

# %% slips
"absolute-values", "quotient: |L(w + ε eᵢ) - L(w - ε eᵢ)| / (2 ε)"
"first-entry-only", "entries: first entry"
"relative-step", "step: relative"
"returned-inside-the-loop", "entries: first entry"
"rounded", "quotient: (L(w + ε eᵢ) - L(w - ε eᵢ)) / (2 ε), rounded to 3 decimals"

# %% equivalent: the entries are independent of each other
changed("solution", ("for index in np.ndindex(parameter.shape):",
                     "for index in list(np.ndindex(parameter.shape))[::-1]:"))

# %% equivalent: the gradient has the shape of the parameter
changed("solution", ("for index in np.ndindex(parameter.shape):", "for index in np.ndindex(gradient.shape):"))
