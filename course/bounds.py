"""How much of what students send is taken: looked at before it is read, so that no submission costs the others more.

What a submission may use while its cells run stands in `course/grading/sandbox/borders.py`, what an observation may
hold in `checks/observing/wire.py`.
"""

LARGEST_NOTEBOOK = 50 << 20
"""Bytes of a notebook that was handed in."""

HEAVIEST_NOTEBOOK = 200 << 20
"""Bytes of the same as it stands in memory; see `course.grading.sandbox.frames.weight`."""

MOST_CELLS = 5000
MOST_SETTINGS = 100
"""Tags of one cell, and keys of its metadata or a notebook's, of which more are left out but for those that count."""

MOST_REMARKS = 10
"""Sentences of one kind about a submission, so that those about others are not lost among them."""

LONGEST_CELL = 8 << 20
"""Characters of one cell's source."""

LONGEST_CODE = 100_000
"""Characters of all cells that a student wrote, if they are to be read for what a person should look at."""

LARGEST_SCRIPT = 1 << 20
"""Bytes of a script beside a notebook, if it is to be read for other answers."""

MOST_MARKS = 30
"""Accents and the like on one letter, as in Unicode's Stream-Safe Text Format: to sort n of them takes n² steps."""

LARGEST_FILES = 32 << 20
"""Bytes of the files beside a submission's notebooks; with those of the release they go to the sandbox in a frame."""

MOST_ENTRIES = 2000
"""Files and folders of a submission."""

DEEPEST_FOLDER = 20

DEEPEST_JSON = 60
"""Levels of nesting: Python's own copying ends at some hundred."""

LARGEST_FRAME = 64 << 20
"""Bytes of one message from the sandbox, and of its weight."""

LARGEST_OUTPUT = 32 << 20
"""Bytes, and weight, of all that a notebook may show and its checks may hand over."""

MOST_MESSAGES = 20_000
"""Messages with something to show from one notebook."""

LARGEST_HTML = 2 << 20
"""Characters of an output of HTML that goes into a page of feedback."""

LARGEST_SHOWN_FILE = 32 << 20
"""Bytes of a file beside a notebook that is searched for hidden tests; a larger one is not handed on."""

LARGEST_PICTURES = 16 << 20
"""Bytes of pictures beside a notebook that become part of its page."""

LONGEST_FORMULA = 1000
"""Signs of a formula that is still drawn. They bound its depth: the converter takes 2 KB of stack for each level."""

PAGE_SECONDS = 60
"""Seconds of processor time that the pages of feedback for one submission may take."""

LARGEST_PAGE = 64 << 20
"""Bytes of a page of feedback."""

PAGE_MEMORY = 2 << 30
"""Bytes that the process which makes them may take more than it has at its start."""
