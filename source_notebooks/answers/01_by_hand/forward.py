# %% frame
forward = {"s3": ..., "s4": ..., "o3": ..., "o4": ..., "s5": ..., "s6": ..., "o5": ..., "o6": ...}

# %% right: floats
1.0, 4.0, 1.0, 4.0, 0.0, 0.0, 0.5, 0.5
# %% right: fractions
1, 4, 1, 4, 0, -0.0, 1/2, 2/4
# %% right: dict-call
forward = dict(s3=1, s4=4, o3=1, o4=4, s5=0, s6=0, o5=0.5, o6=0.5)

# %% right: filled-one-by-one
forward = dict.fromkeys(["s3", "s4", "o3", "o4", "s5", "s6", "o5", "o6"])
forward["s3"], forward["s4"] = -3 * 1 + 2 * 2, 2 * 1 + 1 * 2
forward["o3"], forward["o4"] = forward["s3"], forward["s4"]
forward["s5"], forward["s6"] = 4 * 1 - 1 * 4, -2 * 1 + 0.5 * 4
forward["o5"] = forward["o6"] = 1 / (1 + np.exp(0))

# %% right: numpy-scalars
s1 = np.array([[-3, 2], [2, 1]]) @ [1, 2]
s2 = np.array([[4, -1], [-2, 0.5]]) @ s1
forward = {"s3": s1[0], "s4": s1[1], "o3": s1[:1], "o4": s1[1:]}
forward |= {"s5": s2[0], "s6": s2[1], "o5": 0.5, "o6": 0.5}

# %% mistake: weights-transposed
1, 4, 1, 4, -4, 1, 1 / (1 + np.exp(4)), 1 / (1 + np.exp(-1))
# %% mistake: senders-swapped
-4, 5, 0, 5, 20, -10, 1 / (1 + np.exp(-20)), 1 / (1 + np.exp(10))
# %% mistake: senders-swapped-at-the-output
1, 4, 1, 4, 15, -7.5, 1 / (1 + np.exp(-15)), 1 / (1 + np.exp(7.5))
# %% mistake: weights-left-out
3, 3, 3, 3, 6, 6, 1 / (1 + np.exp(-6)), 1 / (1 + np.exp(-6))
# %% mistake: minus-signs-lost
7, 4, 7, 4, 32, 16, 1 / (1 + np.exp(-32)), 1 / (1 + np.exp(-16))
# %% mistake: minus-signs-lost/then-forgotten
7, 4, 7, 4, 24, -12, 1 / (1 + np.exp(-24)), 1 / (1 + np.exp(12))
# %% mistake: layer-skipped
1, 4, 1, 4, 2, -1, 1 / (1 + np.exp(-2)), 1 / (1 + np.exp(1))
# %% mistake: sigmoid-in-the-hidden-layer
1, 4, 1/(1+np.exp(-1)), 1/(1+np.exp(-4)), 4/(1+np.exp(-1)) - 1/(1+np.exp(-4)), -2/(1+np.exp(-1)) + 0.5/(1+np.exp(-4)), 1/(1+np.exp(-4/(1+np.exp(-1)) + 1/(1+np.exp(-4)))), 1/(1+np.exp(2/(1+np.exp(-1)) - 0.5/(1+np.exp(-4))))
# %% mistake: no-sigmoid-at-the-output
1, 4, 1, 4, 0, 0, 0, 0
# %% mistake: slope-for-the-sigmoid
1, 4, 1, 4, 0, 0, 0.25, 0.25

# %% unnamed: slip-in-s3
2, 4, 2, 4, 4, -2, 1 / (1 + np.exp(-4)), 1 / (1 + np.exp(2))
# %% unnamed: slip-in-s6
1, 4, 1, 4, 0, 1, 0.5, 1 / (1 + np.exp(-1))
# %% unnamed: one-missing
1, 4, 1, 4, 0, 0, 0.5, None
# %% unnamed: not-a-number
1, 4, 1, 4, 0, 0, 0.5, float('nan')
# %% unnamed: all-the-same
1, 1, 1, 1, 1, 1, 1, 1
# %% unnamed: all-zero
0, 0, 0, 0, 0, 0, 0, 0
# %% unnamed: all-one-half
0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5
# %% unnamed: a-string
'1', 4, 1, 4, 0, 0, 0.5, 0.5

# %% equivalent: the numbers are assigned below
changed("solution", ("forward = {'s3': None, 's4': None, 'o3': None, 'o4': None, 's5': None, 's6': None, 'o5': None, 'o6': None}",
                     "pass"))
