# %% frame
gradients = {"g53": ..., "g54": ..., "g63": ..., "g64": ..., "g31": ..., "g32": ..., "g41": ..., "g42": ...}

# %% right: fractions
1/8, 1/2, -1/8, -1/2, 3/4, 3/2, -3/16, -3/8

# %% right: comprehension
d = error_signals
sent = {1: 1, 2: 2, 3: 1, 4: 4}
edges = [(5, 3), (5, 4), (6, 3), (6, 4), (3, 1), (3, 2), (4, 1), (4, 2)]
gradients = {f"g{j}{i}": d[f"delta{j}"] * sent[i] for j, i in edges}

# %% mistake: positive-gradient
-1/8, -1/2, 1/8, 1/2, -3/4, -3/2, 3/16, 3/8
# %% mistake: inputs-for-hidden-outputs
1/8, 1/4, -1/8, -1/4, 3/4, 3/2, -3/16, -3/8
# %% mistake: hidden-outputs-for-inputs
1/8, 1/2, -1/8, -1/2, 3/4, 3, -3/16, -3/4
# %% mistake: output-of-the-receiver
1/16, 1/16, -1/16, -1/16, 3/4, 3/4, -3/4, -3/4
# %% mistake: indices-swapped
1/8, -1/8, 1/2, -1/2, 3/4, -3/16, 3/2, -3/8
# %% mistake: output-left-out
1/8, 1/8, -1/8, -1/8, 3/4, 3/4, -3/16, -3/16
# %% mistake: weight-for-the-output
1/2, -1/8, 1/4, -1/16, -9/4, 3/2, -3/8, -3/16
# %% mistake: rounded
0.125, 0.5, -0.125, -0.5, 0.75, 1.5, -0.188, -0.375
# %% mistake: rounded/two-decimals
0.13, 0.5, -0.13, -0.5, 0.75, 1.5, -0.19, -0.38

# %% unnamed: slip-in-g31
1/8, 1/2, -1/8, -1/2, 0.7, 3/2, -3/16, -3/8
# %% unnamed: sign-lost
1/8, 1/2, -1/8, 1/2, 3/4, 3/2, -3/16, -3/8
# %% unnamed: layers-swapped
3/4, 3/2, -3/16, -3/8, 1/8, 1/2, -1/8, -1/2
# %% unnamed: one-missing
1/8, 1/2, -1/8, -1/2, 3/4, 3/2, None, -3/8
# %% unnamed: all-zero
0, 0, 0, 0, 0, 0, 0, 0

# %% equivalent: the numbers are assigned below
changed("solution", ("gradients = {'g53': None, 'g54': None, 'g63': None, 'g64': None, 'g31': None, 'g32': None, 'g41': None, 'g42': None}",
                     "pass"))
