"""The pages in a browser: they work as their server gives them, and ask nobody else for anything."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.api.served import Served, serving
from tests.api.village import ANN

pytestmark = pytest.mark.slow

CHROMIUM = "chromium"
"""The system's own: nothing is downloaded for a test."""
ORIGINS = ("data", "blob")
"""Of what comes from nowhere."""
PATIENCE_MILLISECONDS = 60_000
"""A busy machine draws slowly, which is no defect."""

DRAWN = """async headings => {
    const drawn = [];
    const turn = async name => {
        const heading = document.getElementById(name);
        heading.click();
        await new Promise(requestAnimationFrame);
        return heading.closest(".opblock-tag-section").querySelectorAll(".opblock").length;
    };
    for (const name of headings) drawn.push([await turn(name), await turn(name)]);
    return drawn;
}"""
"""How many operations are seen once a heading is clicked, and once it is clicked again.

One after the other: of more than a hundred at once the page draws only what is on the screen.
"""


class Visit(NamedTuple):
    """A page of somebody's, where it asked, and what went wrong."""

    page: Page
    hosts: set[str]
    wrong: list[str]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which(CHROMIUM)
    if program is None:
        pytest.skip(f"there is no {CHROMIUM} here")
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, village: Served) -> Iterator[Visit]:
    """A visit in the language that the test names, which must go well."""
    context = browser.new_context(base_url=village.url, locale=getattr(request, "param", "en"))
    visit = visiting(context)
    yield visit
    context.close()
    assert visit.wrong == []
    assert visit.hosts == {urlsplit(village.url).netloc}


@pytest.fixture(scope="module")
def documentation(browser: Browser, village: Served) -> Iterator[Visit]:
    """A visit to the documentation, which takes the browser seconds to draw: one for all who read it."""
    context = browser.new_context(base_url=village.url, locale="en")
    visit = visiting(context)
    visit.page.goto("/docs")
    yield visit
    context.close()


@pytest.fixture
def docs(documentation: Visit, village: Served) -> Iterator[Page]:
    """The documentation's page as wide as a browser shows it, where nothing may go wrong."""
    page = documentation.page
    page.set_viewport_size({"width": 1280, "height": 720})
    yield page
    assert documentation.wrong == []
    assert documentation.hosts == {urlsplit(village.url).netloc}


def visiting(context: BrowserContext) -> Visit:
    visit = Visit(context.new_page(), set(), [])
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    context.on("request", lambda one: note(visit.hosts, one.url))
    context.on("requestfailed", lambda one: visit.wrong.append(f"failed: {one.url}"))
    context.on("response", lambda one: visit.wrong.append(f"{one.status}: {one.url}") if not one.ok else None)
    context.on("weberror", lambda one: visit.wrong.append(str(one.error)))
    context.on("console", lambda one: visit.wrong.append(one.text) if one.type == "error" else None)
    return visit


def note(hosts: set[str], url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ORIGINS:
        hosts.add(parts.netloc)


def test_the_documentation_lists_every_operation(docs: Page, village: Served):
    document = httpx.get(f"{village.url}/openapi.json", trust_env=False).json()
    page = docs
    expect(page.locator(".opblock-tag")).to_have_count(len(document["tags"]))
    operations = [one for path in document["paths"].values() for one in path.values()]
    counted = Counter(tag for one in operations for tag in one["tags"])
    drawn = page.evaluate(DRAWN, [f"operations-tag-{tag}" for tag in counted])
    assert drawn == [[many, 0] for many in counted.values()]
    assert page.title() == "timebank-ledger · API"
    assert page.locator("html").get_attribute("lang") == "en"
    assert_it_fits(page)
    assert_it_fits_a_telephone(page)


def test_a_balance_is_asked_for_on_the_page_with_a_pasted_token(docs: Page, village: Served):
    page = docs
    page.get_by_role("button", name="Authorize").click()
    dialog = page.locator(".auth-container")
    dialog.locator("input").fill(village.token)
    dialog.get_by_role("button", name="Apply credentials").click()
    dialog.get_by_role("button", name="Close").click()
    operation = opened(page, "volunteers", "getBalance")
    operation.get_by_role("button", name="Try it out").click()
    operation.locator("tr[data-param-name=volunteer] input").fill(ANN)
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").nth(1)).to_contain_text("200")
    told = json.loads(answer.locator(".highlight-code code").first.inner_text())
    assert (told["volunteer"], told["service_minutes"], told["credit_minutes"]) == (ANN, 120, 120)
    # The token, too, can be read whole.
    assert operation.locator("pre.curl").evaluate("shown => shown.scrollWidth <= shown.clientWidth")
    assert_it_fits(page)


def opened(page: Page, tag: str, name: str) -> Locator:
    page.locator(f"#operations-tag-{tag}").click()
    operation = page.locator(f"#operations-{tag}-{name}")
    operation.locator(".opblock-summary-control").click()
    return operation


@pytest.mark.parametrize(
    ("visit", "lang", "title", "meaning"),
    [
        ("zh-CN", "zh-Hans", "班次名额与候补均已满", "名额已满，候补也已满。"),
        ("en", "en", "All places are taken, and nobody more may wait", "and its waitlist is full."),
    ],
    indirect=["visit"],
)
def test_a_problem_is_explained_in_the_reader_s_language_first(
    visit: Visit, lang: str, title: str, meaning: str
):
    page = visit.page
    page.goto("/problems/shift-full")
    assert page.locator("html").get_attribute("lang") == lang
    expect(page.get_by_role("heading", level=1)).to_have_text("shift-full")
    first = page.locator("section").first
    expect(first.get_by_role("heading", level=2)).to_have_text(title)
    expect(first).to_contain_text(meaning)
    assert_it_fits(page)
    assert_it_fits_a_telephone(page)


def test_the_problems_fit_a_telephone(visit: Visit):
    visit.page.goto("/problems")
    expect(visit.page.locator("li").first).to_be_visible()
    assert_it_fits_a_telephone(visit.page)


def assert_it_fits(page: Page) -> None:
    """Nobody scrolls sideways to read it."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def assert_it_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("window.innerWidth") == 360
    assert_it_fits(page)
