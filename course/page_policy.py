"""What a page may do that is made from students' work: show itself. It loads nothing, runs nothing, tells nobody."""

from typing import Final

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""For `Content-Security-Policy`: styles that stand in the page and pictures that are part of it, and nothing else."""

FIRST_IN_HEAD: Final[tuple[dict[str, str], ...]] = (
    {"http-equiv": "Content-Security-Policy", "content": POLICY},
    {"http-equiv": "x-dns-prefetch-control", "content": "off"},
    {"name": "referrer", "content": "no-referrer"},
)
"""The attributes of the `meta` elements with which the head of such a page begins."""
