"""A check like those of `checks`, small enough to read: it reports a verdict, then raises or returns points."""

from IPython.display import display

MIME = "application/vnd.backprop-checks.verdict+json"


class CheckFailed(AssertionError):
    pass


def check_double(double, points=None):
    """Check that `double(x)` is 2 x."""
    try:
        state, causes = ("right", []) if double(3) == 6 else ("wrong", ["squared"] if double(3) == 9 else [])
    except NotImplementedError:
        state, causes = "not attempted", []
    earned = float(state == "right")
    verdict = {"task": "double", "state": state, "causes": causes, "earned": earned, "points": points}
    display({MIME: {**verdict, "headline": f"double is {state}"}, "text/plain": f"double is {state}"}, raw=True)
    if not earned:
        raise CheckFailed(f"double is {state}")
    return float(points)
