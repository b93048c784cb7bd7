"""Libraries that only some exercises need, and the command that installs them where they are missing."""

from __future__ import annotations

from importlib import import_module

DISTRIBUTION = "backprop-exercises"

LIBRARIES = {"torch": ("PyTorch", "torch"), "jax": ("JAX", "frameworks"), "flax.linen": ("Flax", "frameworks")}
"""For the module of each library its name, and the extra of this package that installs it."""


class NotInstalled(ImportError):
    """A library is missing; the message is one sentence that says how to install it."""

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence alone."""
        return [str(self)]


def installed(*modules: str) -> bool:
    """Tell whether all these modules can be imported."""
    try:
        for module in modules:
            import_module(module)
    except ImportError:
        return False
    return True


def advice(*modules: str, so: str = "") -> str:
    """Return a sentence that names those of LIBRARIES that are missing and how to install them; "" if none is.

    `so` says what follows from it.
    """
    missing = [LIBRARIES[module] for module in modules if not installed(module)]
    if not missing:
        return ""
    names, extras = zip(*missing, strict=True)
    are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    consequence = f", so {so}" if so else ""
    return f"{' and '.join(names)} {are} not installed here{consequence}; {how_to_install(extras[-1])} installs {them}."


def needs(*modules: str) -> None:
    """Go on if all these modules can be imported, such as "torch".

    Raises:
        NotInstalled: if one cannot; it says how to install it.
    """
    if sentence := advice(*modules):
        raise NotInstalled(sentence)


def how_to_install(extra: str) -> str:
    """Return the command that adds an extra to this package, from the folder or wheel that it was installed from.

    Where that is not known, it is the one for the folder of the exercises: this package is on no index.
    """
    import json
    from importlib.metadata import PackageNotFoundError, distribution
    from pathlib import Path
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    origin, option = ".", ""
    try:
        noted = distribution(DISTRIBUTION).read_text("direct_url.json")  # absent if pip was told the name alone
        if noted is not None:
            came = json.loads(noted)
            place = Path(url2pathname(urlsplit(came["url"]).path))
            if place.exists():
                origin, option = str(place), "-e " if came.get("dir_info", {}).get("editable") else ""
    except PackageNotFoundError:
        pass
    return f'pip install {option}"{origin}[{extra}]"'
