# %% frame
error_signals = {"delta5": ..., "delta6": ..., "delta3": ..., "delta4": ...}

# %% right: fractions
1/8, -1/8, 3/4, -3/16
# %% right: formulas
0.5*0.25, -0.5*0.25, 4/8+2/8, -1/8-0.5/8

# %% right: decimals
from decimal import Decimal as D

error_signals = dict(delta5=D("0.125"), delta6=-0.125, delta3=0.75, delta4=D("-0.1875"))

# %% mistake: positive-gradient
-0.125, 0.125, -0.75, 0.1875
# %% mistake: positive-gradient/at-the-outputs
-0.125, 0.125, 0.75, -0.1875
# %% mistake: slope-left-out
0.5, -0.5, 3, -0.75
# %% mistake: twice-too-large
0.25, -0.25, 1.5, -0.375
# %% mistake: weights-transposed
0.125, -0.125, 0.625, -0.3125
# %% mistake: weights-left-out
0.125, -0.125, 0, 0
# %% mistake: difference-passed-back
0.125, -0.125, 3, -0.75
# %% mistake: updated-weights-used
0.125, -0.125, 0.78125, -0.0625
# %% mistake: sigmoid-slope-in-the-hidden-layer
0.125, -0.125, 0.75 * np.exp(-1) / (1 + np.exp(-1)) ** 2, -0.1875 * np.exp(-4) / (1 + np.exp(-4)) ** 2
# %% mistake: output-for-the-slope
0.125, -0.125, 0.75, -0.75
# %% mistake: rounded
0.13, -0.13, 0.78, -0.195
# %% mistake: rounded/three-decimals
0.125, -0.125, 0.75, -0.188

# %% unnamed: slip-in-delta3
0.125, -0.125, 0.7, -0.1875
# %% unnamed: both-the-same
0.125, 0.125, 0.25, -0.0625
# %% unnamed: all-zero
0, 0, 0, 0
# %% unnamed: all-the-same
0.125, 0.125, 0.125, 0.125
# %% unnamed: two-missing
0.125, -0.125, None, None
# %% unnamed: infinite
float('inf'), -0.125, 0.75, -0.1875

# %% equivalent: the numbers are assigned below
changed("solution", ("error_signals = {'delta5': None, 'delta6': None, 'delta3': None, 'delta4': None}", "pass"))
