# %% frame
E = ...

# %% right: fraction
1 / 4
# %% right: formula
0.5 * ((1 - 0.5) ** 2 + (0 - 0.5) ** 2)
# %% right: numpy-scalar
np.sum(np.array([0.5, -0.5]) ** 2) / 2
# %% right: array-of-one
np.array([[0.25]])

# %% right: exact
from fractions import Fraction

E = Fraction(1, 4)

# %% mistake: half-or-square-left-out
0.5
# %% mistake: halved-once-more
0.125
# %% mistake: errors-cancel
0
# %% mistake: sign-flipped
-0.25
# %% mistake: root-taken
0.5 ** 0.5
# %% mistake: added-for-subtracted
1.25
# %% mistake: cross-entropy
np.log(2)
# %% mistake: cross-entropy/of-both-outputs
2 * np.log(2)

# %% unnamed: one
1
# %% unnamed: rounded
0.3
# %% unnamed: seven
7
# %% unnamed: nan
float('nan')
# %% unnamed: two-numbers
[0.125, 0.125]
# %% unnamed: three-eighths
0.375

# %% equivalent: the numbers are assigned below
changed("solution", ("E = None", "pass"))
