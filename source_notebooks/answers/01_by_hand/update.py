# %% frame
update = {"w53": ..., "w54": ..., "w63": ..., "w64": ..., "w31": ..., "w32": ..., "w41": ..., "w42": ...}

# %% right: fractions
33/8, -1/2, -17/8, 0, -9/4, 7/2, 29/16, 5/8

# %% right: from-gradients
old = dict(w53=4, w54=-1, w63=-2, w64=0.5, w31=-3, w32=2, w41=2, w42=1)
update = {name: weight + gradients["g" + name[1:]] for name, weight in old.items()}

# %% mistake: subtracted
3.875, -1.5, -1.875, 1, -3.75, 0.5, 2.1875, 1.375
# %% mistake: step-only
1/8, 1/2, -1/8, -1/2, 3/4, 3/2, -3/16, -3/8
# %% mistake: hidden-layer-not-updated
4.125, -0.5, -2.125, 0, -3, 2, 2, 1
# %% mistake: output-layer-not-updated
4, -1, -2, 0.5, -2.25, 3.5, 1.8125, 0.625
# %% mistake: nothing-updated
4, -1, -2, 0.5, -3, 2, 2, 1
# %% mistake: multiplied
0.5, -0.5, 0.25, -0.25, -2.25, 3, -0.375, -0.375
# %% mistake: indices-swapped
4.125, -1.125, -1.5, 0, -2.25, 1.8125, 3.5, 0.625
# %% mistake: signs-lost
4.125, 0.5, 2.125, 0, 2.25, 3.5, 1.8125, 0.625
# %% mistake: rounded
4.13, -0.5, -2.13, 0, -2.25, 3.5, 1.81, 0.63

# %% unnamed: printed-sign-w54
4.125, 0.5, -2.125, 0, -2.25, 3.5, 1.8125, 0.625
# %% unnamed: printed-sign-w63
4.125, -0.5, 2.125, 0, -2.25, 3.5, 1.8125, 0.625
# %% unnamed: slip
4.125, -0.5, -2.125, 0, -2.25, 3.5, 1.8, 0.5
# %% unnamed: one-missing
4.125, None, -2.125, 0, -2.25, 3.5, 1.8125, 0.625
# %% unnamed: all-one
1, 1, 1, 1, 1, 1, 1, 1

# %% equivalent: the numbers are assigned below
changed("solution", ("update = {'w53': None, 'w54': None, 'w63': None, 'w64': None, 'w31': None, 'w32': None, 'w41': None, 'w42': None}",
                     "pass"))
