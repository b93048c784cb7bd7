"""Nothing that a student wrote, printed or left in a file runs on the page that their teacher opens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

from course.feedback import apart, feedback
from course.feedback.cleaning import clean_html
from course.kept_verdicts import KeptVerdict, write_verdicts
from tests.course.feedback.conftest import FLAGSHIP, Read
from tests.course.feedback.nosy import ALERT
from tests.course.grading.classrooms import Classroom
from tests.course.grading.foreign_course import ASSIGNMENT, ForeignCourse

pytestmark = pytest.mark.nbgrader

EVIL = f'<script>{ALERT}</script><img src=x onerror="{ALERT}"> `</td></table>` \x1b[31m\u202e'


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no Chromium")
    with playwright.sync_playwright() as playing:
        running = playing.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


def titles(browser: Any, path: Path) -> tuple[str, list[str]]:
    """Return a page's title after everything had its chance to run, and what it tried to load that is not its own."""
    page = browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.route(re.compile("^https?:"), lambda route: route.abort())
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('#notebook a, details, div').forEach(element => element.click())")
    page.mouse.move(200, 200)
    page.wait_for_load_state("networkidle")
    return page.title(), [url for url in loaded if "mathjax" not in url and url.startswith("http")]


def elements(page: str) -> Any:
    return BeautifulSoup(page, "html.parser").find_all(True)


@pytest.mark.browser
def test_in_nbgraders_own_page_it_does_run(foreign: ForeignCourse, browser: Any) -> None:
    foreign.run("nbgrader", "generate_feedback", ASSIGNMENT, "--student", "scripts")
    title, _ = titles(browser, foreign.root / "feedback/scripts/ps1/essay.html")
    assert title == "owned"


@pytest.mark.browser
def test_nothing_runs_in_a_browser(foreign: ForeignCourse, browser: Any) -> None:
    feedback(ASSIGNMENT, course_dir=foreign.root, students=["scripts", "ada"])
    for student in ("scripts", "ada"):
        for name in ("waves", "essay"):
            title, loaded = titles(browser, foreign.root / f"feedback/{student}/ps1/{name}.html")
            assert title == name
            assert not loaded


@pytest.mark.parametrize("name", ["waves.html", "essay.html"])
def test_no_program_is_left_in_the_page(foreign_pages: Read, name: str) -> None:
    found = elements(foreign_pages("scripts", name))
    assert not [element for element in found if element.name in ("iframe", "object", "form", "input", "base", "svg")]
    assert not [key for element in found for key in element.attrs if key.startswith("on")]
    addresses = [str(element.get(key, "")) for element in found for key in ("href", "src")]
    assert not [address for address in addresses if address.lower().startswith("javascript")]
    scripts = [element for element in found if element.name == "script"]
    assert all("mathjax" in str(script).lower() for script in scripts)
    assert not any(script.find_parent("body") for script in scripts)
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
