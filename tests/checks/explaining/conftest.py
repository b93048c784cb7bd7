"""A notebook that keeps what is shown in it, and a session in which nothing was checked."""

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from checks.session import SESSION


@pytest.fixture
def shown():
    """What a notebook shows, output by output."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    yield shell.display_pub.outputs
    InteractiveShell.clear_instance()


@pytest.fixture
def session():
    """The session, as it is before anything is checked."""
    SESSION.attempts.clear()
    SESSION.listeners.clear()
    yield SESSION
    SESSION.attempts.clear()
    SESSION.listeners.clear()
