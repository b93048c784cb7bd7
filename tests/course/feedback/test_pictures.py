"""Of the teacher's disk, a page shows the pictures that lie beside the notebook, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from course.feedback import pictures


def shown(html: str, folder: Path) -> Any:
    """Return a page that lies beside the files of a folder, with its pictures taken in."""
    page = BeautifulSoup(html, "html.parser")
    pictures.take_in_pictures(page, folder)
    return page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submission"
    (made / "drawn").mkdir(parents=True)
    for place in (tmp_path / "secret.png", made / "drawn" / "my net.PNG", made / "notes.txt"):
        place.write_bytes(b"bytes")
    (made / "link.png").symlink_to(tmp_path / "secret.png")
    return made


def test_a_picture_beside_the_notebook_becomes_part_of_the_page(folder: Path) -> None:
    page = shown('<img src="drawn/my%20net.PNG" alt="a net">', folder)
    assert page.img["src"] == "data:image/png;base64,Ynl0ZXM="
    assert page.img["alt"] == "a net"


@pytest.mark.parametrize(
    "source",
    ["../secret.png", "%2e%2e/secret.png", "link.png", "notes.txt", "missing.png", "drawn", "", "x" * 5000 + ".png"],
)
def test_nothing_else_of_the_disk_does(source: str, folder: Path) -> None:
    page = shown(f'<p><img src="{source}" alt="a net"></p>', folder)
    assert not page.find("img")
    assert f"a net: {source}" in page.get_text()


def test_a_picture_from_elsewhere_is_a_link_unless_it_stands_in_one(folder: Path) -> None:
    page = shown('<img src="https://a.example/b.png"> <a href="#c"><img src="https://a.example/d.png"></a>', folder)
    assert [link["href"] for link in page.find_all("a")] == ["https://a.example/b.png", "#c"]
    assert "https://a.example/d.png" in page.get_text()


def test_a_page_takes_in_only_so_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST_PICTURES", 12)
    assert len(shown('<img src="drawn/my%20net.PNG">' * 5, folder).find_all("img")) == 2
