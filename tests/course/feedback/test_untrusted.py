"""Nothing that a student wrote, printed or left in a file runs on the page that their teacher opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

from course.feedback import apart, feedback
from course.feedback.cleaning import clean_html
from course.feedback.page import UNFIT
from course.kept_verdicts import KeptVerdict, write_verdicts
from course.page_policy import FIRST_IN_HEAD
from tests.course.feedback.conftest import FLAGSHIP, Read
from tests.course.feedback.nosy import ALERT, elsewhere
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse
from tests.course.listening_browser import ListeningBrowser, listening_browser

pytestmark = pytest.mark.nbgrader

PAGES = ("waves.html", "essay.html")
LOADED_BY_ALL = ("img", "image", "css-background", "css-import", "stylesheet", "frame", "script", "markdown")
"""What a page in which anything goes is sure to load."""

EVIL = f'<script>{ALERT}</script><img src=x onerror="{ALERT}"> `</td></table>` \x1b[31m\u202e'


def elements(page: str) -> Any:
    return BeautifulSoup(page, "html.parser").find_all(True)


@pytest.fixture(scope="module")
def browser() -> Iterator[ListeningBrowser]:
    with listening_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def nbgraders(nbgraders_pages: ForeignCourse) -> Path:
    """The folder with the pages that nbgrader itself makes of the student who attacks."""
    return nbgraders_pages.root / "feedback" / "scripts" / ASSIGNMENT


@pytest.mark.browser
def test_in_nbgraders_own_page_everything_loads_and_runs(nbgraders: Path, browser: ListeningBrowser) -> None:
    waves, essay = browser.visit([nbgraders / name for name in PAGES])
    assert waves.title == "owned"
    assert {f"/{name}" for name in LOADED_BY_ALL} <= set(waves.heard)
    assert {"/refresh", "/form"} & {path.rstrip("?") for path in essay.heard}


@pytest.mark.browser
def test_our_pages_ask_for_nothing_and_run_nothing(foreign_folder: Path, browser: ListeningBrowser) -> None:
    paths = [foreign_folder / who / ASSIGNMENT / name for who in ("scripts", "ada") for name in PAGES]
    for path, visit in zip(paths, browser.visit(paths), strict=True):
        assert visit.title == path.stem
        assert visit.asked == [path.as_uri()]
        assert not visit.heard


@pytest.mark.browser
def test_the_policy_alone_keeps_nbgraders_page_from_it(
    nbgraders: Path, browser: ListeningBrowser, tmp_path: Path
) -> None:
    page = (nbgraders / "waves.html").read_text(encoding="utf-8")
    policy = "".join(str(BeautifulSoup().new_tag("meta", attrs=attributes)) for attributes in FIRST_IN_HEAD)
    kept = tmp_path / "waves.html"
    kept.write_text(page.replace("<head>", f"<head>{policy}", 1), encoding="utf-8")
    [visit] = browser.visit([kept])
    assert visit.title == "waves"
    assert not visit.heard


@pytest.mark.browser
def test_the_cleaning_alone_keeps_our_page_from_it(
    foreign_pages: Read, browser: ListeningBrowser, tmp_path: Path
) -> None:
    page = BeautifulSoup(foreign_pages("scripts", "waves.html"), "html.parser")
    for meta in page.select("meta[http-equiv]"):
        meta.decompose()
    bare = tmp_path / "waves.html"
    bare.write_text(str(page), encoding="utf-8")
    [visit] = browser.visit([bare])
    assert (visit.title, visit.heard, visit.asked) == ("waves", [], [bare.as_uri()])


def test_pictures_beside_the_notebook_are_in_the_page_and_others_are_named(foreign_pages: Read) -> None:
    page = BeautifulSoup(foreign_pages("scripts", "essay.html"), "html.parser")
    assert page.select_one('img[alt="a drawing"]')["src"].startswith("data:image/svg+xml;base64,")
    link = page.find("a", string=re.compile("over there"))
    assert link["href"] == elsewhere("written")
    assert "own disk: /etc/hostname" in page.get_text()


@pytest.mark.parametrize("name", PAGES)
def test_no_program_is_left_in_the_page(foreign_pages: Read, name: str) -> None:
    found = elements(foreign_pages("scripts", name))
    assert not [element for element in found if element.name in UNFIT]
    assert not [key for element in found for key in element.attrs if key.startswith("on")]
    addresses = [str(element.get(key, "")) for element in found for key in ("href", "src")]
    assert not [address for address in addresses if address.lower().startswith("javascript")]
    assert not [element for element in found if "position" in str(element.get("style", ""))]


def test_what_is_for_reading_stays(foreign_pages: Read) -> None:
    page = foreign_pages("scripts", "waves.html")
    assert "<td>1.25</td>" in page
    assert "&lt;script&gt;" in page, "what was printed is shown as it was printed"
    assert "data:image/svg+xml" in page
    assert "Wind." in foreign_pages("scripts", "essay.html")


def test_a_teachers_comment_is_shown_as_text(foreign_pages: Read) -> None:
    page = foreign_pages("ada", "waves.html")
    assert "Neat – go on." in page
    assert "document.title" not in page
    assert "Neat – go on." in foreign_pages("ada", "waves.txt")


def test_a_file_of_verdicts_is_not_trusted(flagship: Classroom) -> None:
    texts = dict.fromkeys(
        ("task", "headline", "location", "cause", "equation", "problem", "evidence", "next_step"), EVIL
    )
    verdict = KeptVerdict(EVIL, EVIL, state="wrong", points=3.0, earned=1.0, notes=(EVIL,), labels=(EVIL,), **texts)
    write_verdicts(flagship.root / "autograded" / "felix" / FLAGSHIP, FLAGSHIP, FLAGSHIP, [verdict])
    [row] = feedback(FLAGSHIP, course_dir=flagship.root, students=["felix"]).rows
    assert row.state == "made"
    made = flagship.root / "feedback" / "felix" / FLAGSHIP
    page = (made / f"{FLAGSHIP}.html").read_text(encoding="utf-8")
    table = BeautifulSoup(page, "html.parser").select_one("table.feedback")
    assert table is not None
    assert not table.select("script, img")
    assert ALERT in table.get_text()
    text = (made / f"{FLAGSHIP}.txt").read_text(encoding="utf-8")
    assert all(sign.isprintable() or sign == "\n" for sign in text)


@pytest.mark.parametrize(
    "html",
    [
        "<p style='background:url(https://example.org/x.png)'>a</p>",
        "<p style='margin-top:-400px'>a</p>",
        "<p style='margin-top: calc(0px - 400px)'>a</p>",
        "<p style='position:absolute'>a</p>",
        "<p style='w\\69dth:expression(alert(1))'>a</p>",
        "<a href='data:text/html,x'>a</a>",
        "<a href=' java\tscript:alert(1)'>a</a>",
        "<a href='vbscript:x'>a</a>",
        "<img src='data:text/html,x'>a",
        "<p id='top' name='top' class='panel'>a</p>",
        "<form action='x'>a</form>",
        "<svg><script>alert(1)</script></svg>a",
    ],
)
def test_unfit_html_loses_what_is_unfit(html: str) -> None:
    cleaned = clean_html(html)
    assert "a" in cleaned
    for element in elements(cleaned):
        assert not set(element.attrs) - {"alt"} or not any(element.attrs.values()), cleaned


def slow(size: int) -> str:
    """Return HTML in each of whose paragraphs a browser, and whoever does as it does, sets up all of its elements."""
    return "<p>" + "".join(f"<b title='{n}'>" for n in range(size)) + "<p>a" * size


def test_html_can_be_so_slow_that_no_size_bounds_it() -> None:
    assert len(clean_html(slow(60))) > 3 * len(clean_html(slow(30)))


def test_a_page_that_takes_too_long_is_a_row_and_the_others_get_theirs(
    flagship: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PAGE_SECONDS", 6)  # honest pages take one or two
    path = flagship.graded(FLAGSHIP)[f"felix/{FLAGSHIP}.ipynb"]
    notebook = nbformat.read(path, as_version=4)
    bomb = new_output("display_data", data={"text/html": slow(400)})
    next(cell for cell in notebook.cells if cell.cell_type == "code").outputs = [bomb] * 100
    nbformat.write(notebook, path)
    given = feedback(FLAGSHIP, course_dir=flagship.root)
    assert {row.student: row.state for row in given.rows} == {
        "blaise": "made",
        "felix": "not made",
        "syntax-error": "made",
        "untouched": "made",
    }
    assert "6 seconds of processor time" in given.rows[1].reason
    assert not [left for left in (flagship.root / "feedback" / "felix").glob("*")]


def test_a_report_of_ours_keeps_its_look(graded_flagship: Classroom, flagship_pages: Read) -> None:
    page = BeautifulSoup(flagship_pages("felix", "html"), "html.parser")
    report = page.select_one('section[aria-label="backward: Not right yet"]')
    assert report is not None
    assert "border-left:4px solid" in str(report["style"])
