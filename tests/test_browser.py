"""What only a browser knows of the theme: contrast, reflow, focus, targets, shifts, paper."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

from local_seo import limits
from local_seo.model.page import PageKind
from local_seo.model.view import View
from site_tools.preview import components

from .conftest import OTHER, ROOT, SAMPLE, Made, make, need
from .test_theme import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "web_tools" / "node_modules" / "axe-core" / "axe.min.js"
CSP = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
CSP_OF_SEARCH = f"{CSP}; script-src 'self' 'wasm-unsafe-eval'"
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 256}  # also what 400 % zoom leaves of 1280 by 1024
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
STRANGE = f"""---
title: Taking {LONG_WORD} again
date: 2026-03-10
summary: How to practise stairs safely after a knee operation, one step at a time, with somebody beside you.
keywords: [stairs]
---

A paragraph with {LONG_WORD} and [a link that is {LONG_WORD}](/blog/).

## {LONG_WORD}

- {LONG_WORD}

> {LONG_WORD}

| {LONG_WORD} | {LONG_WORD} |
|---|---|
| one | two |

| One | Two | Three | Four | Five | Six | Seven |
|---|---|---|---|---|---|---|
| carefully | deliberately | occasionally | repeatedly | comfortably | independently | afterwards |

`{LONG_WORD}`

    {LONG_WORD}

<p dir="rtl" id="mixed">LCSW \u05d4\u05d9\u05d0 \u05e2\u05d5\u05d1\u05d3\u05ea.</p>

<div dir="rtl" lang="he"><p id="inside">LCSW \u05d4\u05d9\u05d0.</p>
<ul><li id="item">\u05d0\u05d7\u05ea</li></ul></div>

\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05d5\u05dc\u05dd.
{{: #alone }}

<p dir="ltr" id="forced">\u05e9\u05dc\u05d5\u05dd all.</p>
"""


def is_article(view: View) -> bool:
    return view.kind is PageKind.ARTICLE


# One page of every kind, each the first of its site that fits.
PAGES: dict[str, Callable[[View], bool]] = {
    "home": lambda view: view.kind is PageKind.HOME,
    "blog": lambda view: view.kind is PageKind.BLOG,
    "article-with-a-picture": lambda view: is_article(view) and bool(view.picture) and not view.crisis,
    "article-with-a-crisis-box": lambda view: is_article(view) and view.crisis and "<table" in "".join(words(view)),
    "article-of-a-series": lambda view: is_article(view) and bool(view.series),
    "services": lambda view: view.kind is PageKind.SERVICES,
    "service": lambda view: view.kind is PageKind.SERVICE and view.crisis,
    "areas": lambda view: view.kind is PageKind.AREAS,
    "area": lambda view: view.kind is PageKind.AREA,
    "about": lambda view: view.kind is PageKind.ABOUT,
    "person": lambda view: view.kind is PageKind.PERSON,
    "contact": lambda view: view.kind is PageKind.PAGE and view.contact,
    "crisis-resources": lambda view: view.helplines,
    "page": lambda view: view.kind is PageKind.PAGE and not view.contact and not view.helplines,
    "topic": lambda view: view.kind is PageKind.TOPIC,
    "search": lambda view: view.kind is PageKind.SEARCH,
    "not-found": lambda view: view.kind is PageKind.NOT_FOUND,
}
# Of a practice that says as little as it may: no person, no helpline, no picture, and words that nobody foresaw.
BARE: dict[str, Callable[[View], bool]] = {
    "bare-home": lambda view: view.kind is PageKind.HOME,
    "bare-article": lambda view: is_article(view) and not view.picture and not view.author,
}
COMPONENTS = "components"  # the living page
EVERY_PAGE = pytest.mark.parametrize("name", [*PAGES, *BARE])
EVERY_PAGE_AND_COMPONENTS = pytest.mark.parametrize("name", [*PAGES, *BARE, COMPONENTS])


def words(view: View) -> Iterator[str]:
    return (part for part in view.body if isinstance(part, str))


# --- the sites, the browser, a page of it --------------------------------------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, extra: dict[str, bytes], **kwargs: Any) -> None:  # noqa: ANN401 - as the base
        self.extra = extra
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        with contextlib.suppress(ConnectionError):  # the browser went on to the next page
            self._answer()

    def _answer(self) -> None:
        if (data := self.extra.get(self.path)) is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP_OF_SEARCH if self.path == "/search/" else CSP)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path, extra: dict[str, bytes]) -> Iterator[str]:
    """Serve a folder, and pages that lie in no folder, to this machine."""
    handler = partial(Handler, directory=str(folder), extra=extra)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def found(made: Made, fits: Callable[[View], bool]) -> View:
    return next(view for view in made.built.views.values() if isinstance(view, View) and fits(view))


def all_styles(made: Made) -> tuple[str, ...]:
    """Return the addresses of the style sheets that only some pages have."""
    views = (view for view in made.built.views.values() if isinstance(view, View))
    return tuple(dict.fromkeys(style for view in views for style in view.styles))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A site with as little as there may be around an article that nobody foresaw."""
    folder = tmp_path_factory.mktemp("bare")
    content = shutil.copytree(OTHER, folder / "content")
    shutil.rmtree(content / "people")
    facts = content / "practice.toml"
    facts.write_text(facts.read_text(encoding="utf-8").partition("[[people]]")[0], encoding="utf-8")
    (content / "articles" / "strange.md").write_text(STRANGE, encoding="utf-8")
    return make(content, folder / "site")


@pytest.fixture(scope="session")
def addresses(sample: Made, bare: Made) -> Iterator[dict[str, str]]:
    """The address of each page by its name, while they are served."""
    frame = sample.built.frame
    living = components.page(environment(), frame.words, frame.stylesheet, all_styles(sample)).encode()
    with served(sample.folder, {components.URL: living}) as origin, served(bare.folder, {}) as bare_origin:
        yield {
            **{name: f"{origin}{found(sample, fits).url}" for name, fits in PAGES.items()},
            **{name: f"{bare_origin}{found(bare, fits).url}" for name, fits in BARE.items()},
            COMPONENTS: f"{origin}{components.URL}",
        }


@dataclass
class Opener:
    """Opens pages, each in a context of its own, so that no test sees what another did."""

    browser: Browser
    addresses: dict[str, str]
    contexts: list[BrowserContext]

    def blank(self, size: ViewportSize, **options: Any) -> Page:  # noqa: ANN401 - Playwright's options
        context = self.browser.new_context(viewport=size, **options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        return context.new_page()

    def __call__(self, name: str, size: ViewportSize, **options: Any) -> Page:  # noqa: ANN401 - as above
        page = self.blank(size, **options)
        page.goto(self.addresses[name])
        return page


@pytest.fixture
def show(browser: Browser, addresses: dict[str, str]) -> Iterator[Opener]:
    opener = Opener(browser, addresses, [])
    yield opener
    for context in opener.contexts:
        context.close()


def until(page: Page, condition: str) -> None:
    """Wait for a condition in JavaScript; the page's policy forbids Playwright's own way, which is ``eval``."""
    page.evaluate(
        f"""async () => {{
            const end = performance.now() + 10_000;
            while (!({condition})) {{
                if (performance.now() > end) throw new Error('this never came: {condition.replace("'", '"')}');
                await new Promise(requestAnimationFrame);
            }}
        }}"""
    )


WALK = """async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 1000) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
    }
}"""


# --- axe -----------------------------------------------------------------------------------------------------------

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # off in axe by itself
}
COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# A component stands on the living page more than once, and so do the names of its landmarks.
RULES_OF_COMPONENTS = {"landmark-unique": {"enabled": False}}
# axe gives up where a background is a gradient or something floats over the words, so each end of the gradient stands
# in for it, and what floats stands still. What axe cannot decide then is a failure too, unless it is scrolled away.
STILL = """ground => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { background: var(--${ground}); } .callbar { position: static; }
        .offer::before { content: none; }`);
    document.adoptedStyleSheets = [sheet];
}"""
RUN_AXE = """async options => {
    const {violations, incomplete} = await axe.run({resultTypes: ['violations', 'incomplete'], ...options});
    const aside = ({element}) => element.closest('table')?.scrollWidth > element.closest('table')?.clientWidth;
    for (const rule of incomplete) rule.nodes = rule.nodes.filter(node => !aside(node));
    return [...violations, ...incomplete].flatMap(({id, nodes}) => nodes.map(({target, any, all, none}) =>
        `${id}: ${target} (${[...any, ...all, ...none].map(check => check.message).join('; ')})`));
}"""


@EVERY_PAGE_AND_COMPONENTS
def test_axe_finds_nothing(name: str, show: Opener) -> None:
    need(AXE.is_file(), "axe-core (`npm ci` in tests/web_tools)")
    page = show(name, DESK, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    everything = {**ALL, "elementRef": True}
    if name == COMPONENTS:
        everything["rules"] = {**ALL["rules"], **RULES_OF_COMPONENTS}
    said: list[str] = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            # The sky has the same words before it at every width, and is no part of a component.
            for ground in ("sky", "paper") if size == PHONE and name != COMPONENTS else ("paper",):
                page.evaluate(STILL, ground)
                # What is not of a colour is the same in both schemes.
                options = everything if (scheme, ground) == ("light", "paper") else {**COLOURS, "elementRef": True}
                found = page.evaluate(RUN_AXE, options)
                said += [f"{size['width']} px, {scheme}, {ground}: {each}" for each in found]
    assert not said, "\n".join(said[:20])


# --- quiet ---------------------------------------------------------------------------------------------------------


@EVERY_PAGE_AND_COMPONENTS
def test_a_page_says_nothing_on_the_console_and_asks_its_own_host_only(name: str, show: Opener) -> None:
    page = show.blank(PHONE)
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
    page.on("response", lambda answer: heard.append(f"{answer.status}: {answer.url}") if not answer.ok else None)
    page.on("request", lambda request: asked.append(request.url))
    response = page.goto(show.addresses[name])
    assert response is not None
    assert response.header_value("Content-Security-Policy") == (CSP_OF_SEARCH if name == "search" else CSP)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.evaluate(WALK)  # so that pictures further down are fetched too
        # A wider window may ask for another file of the same picture, and has no width until that is there.
        until(page, "[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    page.wait_for_load_state("networkidle")
    assert not heard
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(show.addresses[name]).netloc}
    assert page.context.cookies() == []


# --- reflow --------------------------------------------------------------------------------------------------------

# The bar of the phone stands on words by design, and lets them go at the page's end.
BAR_STANDS_STILL = "document.querySelector('body > .callbar').style.position = 'static'"
# WCAG 2.2, 1.4.12. A style sheet that is made by a script is none of the page's, so the policy lets it pass.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
}"""
# Words that stand outside of the window, are cut off, or stand on one another. A table may be wider and scroll.
LOST = """() => {
    const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const cuts = element => /hidden|clip/.test(getComputedStyle(element).overflow);
    const above = (element, fits) => element && !fits(element) ? above(element.parentElement, fits) : element;
    const said = [], boxes = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
        said.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || !parent.checkVisibility() || parent.closest('.skip, details:not([open])')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const cut = above(parent, cuts)?.getBoundingClientRect(), free = above(parent, scrolls);
        for (const box of range.getClientRects()) {
            if (box.width < 2) continue;
            const words = node.data.trim().slice(0, 40);
            if (!free && (box.left < -1 || box.right > innerWidth + 1)) said.push(`outside: ${words}`);
            if (cut && (box.right > cut.right + 1 || box.bottom > cut.bottom + 1)) said.push(`cut off: ${words}`);
            if (!free) boxes.push({words, node, left: box.left + 1, right: box.right - 1,
                top: box.top + box.height / 4, bottom: box.bottom - box.height / 4});
        }
    }
    boxes.sort((one, other) => one.top - other.top);
    boxes.forEach((one, index) => {
        for (const other of boxes.slice(index + 1)) {
            if (other.top >= one.bottom) break;
            if (other.node !== one.node && other.left < one.right && one.left < other.right)
                said.push(`${one.words} stands on ${other.words}`);
        }
    });
    return said;
}"""


@EVERY_PAGE_AND_COMPONENTS
def test_no_word_is_lost_at_any_width_and_spacing(name: str, show: Opener) -> None:
    page = show(name, NARROW)
    page.evaluate(BAR_STANDS_STILL)
    for spacing in ("() => {}", SPACING):
        page.evaluate(spacing)
        for width in (320, 360, 620, 991, 992, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(LOST) == [], width


def test_four_times_as_large_is_the_page_of_a_phone(show: Opener) -> None:
    page = show("article-with-a-crisis-box", NARROW, device_scale_factor=4)
    assert page.evaluate("[innerWidth, devicePixelRatio]") == [320, 4]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    # What sticks would leave no room to read in a window this low.
    assert page.evaluate("getComputedStyle(document.querySelector('.callbar')).position") == "static"


# --- keyboard ------------------------------------------------------------------------------------------------------

STOPS = """() => {
    const every = document.querySelectorAll('a[href], button, input, select, summary, textarea, [tabindex], table');
    window.stops = [...every].filter(stop => stop.checkVisibility({visibilityProperty: true}) &&
        !stop.closest('details:not([open]) > :not(summary)') && !stop.matches('[tabindex="-1"]') &&
        (stop.localName !== 'table' || stop.tabIndex === 0 || stop.scrollWidth > stop.clientWidth));
    return window.stops.map(stop => stop.outerHTML.slice(0, 80));
}"""
# Where the focus is, and whatever is wrong with how that looks.
FOCUS = """() => {
    const stop = document.activeElement, style = getComputedStyle(stop), said = [];
    const boxes = [...stop.getClientRects()];
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) said.push('no outline');
    if (style.outlineColor === 'rgba(0, 0, 0, 0)') said.push('a transparent outline');
    for (const {left, right, top, bottom} of boxes) {
        if (top < 0 || bottom > innerHeight || left < 0 || right > innerWidth) said.push('outside of the window');
        for (const part of [0.25, 0.5, 0.75])
            if (!stop.contains(document.elementFromPoint((left + right) / 2, top + (bottom - top) * part)))
                said.push('behind something');
    }
    return {at: window.stops.indexOf(stop), said};
}"""


@SIZES
@pytest.mark.parametrize("name", ["home", "article-with-a-picture", "article-with-a-crisis-box", "bare-article"])
def test_the_keyboard_reaches_everything_in_order_and_in_sight(name: str, size: ViewportSize, show: Opener) -> None:
    page = show(name, size)
    stops = page.evaluate(STOPS)
    assert 'class="skip"' in stops[0]
    for number, stop in enumerate(stops):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == {"at": number, "said": []}, stop
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || document.activeElement === window.stops[0]")


@SIZES
def test_the_skip_link_leads_past_the_navigation(size: ViewportSize, show: Opener) -> None:
    page = show("article-with-a-crisis-box", size)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    until(page, "location.hash === '#main'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_table_that_is_wider_than_a_phone_scrolls_by_the_arrow_keys(show: Opener) -> None:
    page = show("bare-article", PHONE)
    table = page.locator("table").nth(1)
    table.focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelectorAll('table')[1].scrollLeft > 0")


# --- targets -------------------------------------------------------------------------------------------------------

# How far each link or button can be hit from its middle, for those that do not stand in a sentence: WCAG 2.2, 2.5.8,
# which lets links in running text be as high as their line.
TARGETS = """() => {
    const reach = (stop, x, y, dx, dy) => {
        let [near, far] = [0, 44];
        while (far - near > 0.1) {
            const middle = (near + far) / 2;
            if (stop.contains(document.elementFromPoint(x + dx * middle, y + dy * middle))) near = middle;
            else far = middle;
        }
        return far;
    };
    const inSentence = stop => {
        let block = stop.parentElement;
        while (getComputedStyle(block).display === 'inline') block = block.parentElement;
        const text = [...block.childNodes].flatMap(node => node === stop || node.contains(stop) && node.textContent ===
            stop.textContent ? [] : [node.textContent]).join('');
        return /[\\p{L}\\p{N}]/u.test(text) && getComputedStyle(stop).display.startsWith('inline') &&
            !/flex|grid/.test(getComputedStyle(block).display);
    };
    return [...document.querySelectorAll('a[href], button, summary')].flatMap(stop => {
        if (!stop.checkVisibility() || stop.matches('.skip') || stop.closest('details:not([open]) > :not(summary)'))
            return [];
        if (inSentence(stop)) return [];
        const vital = stop.matches('[href^="tel:"], [href^="sms:"], .button, .crisis > p > a');
        stop.scrollIntoView({block: 'center'});
        const [box] = [...stop.getClientRects()].sort((one, other) => other.width - one.width);
        const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
        const width = reach(stop, x, y, -1, 0) + reach(stop, x, y, 1, 0);
        const height = reach(stop, x, y, 0, -1) + reach(stop, x, y, 0, 1);
        return [[vital, width, height, stop.outerHTML.slice(0, 120)]];
    });
}"""


@EVERY_PAGE_AND_COMPONENTS
def test_targets_are_as_large_as_a_fingertip(name: str, show: Opener) -> None:
    page = show(name, PHONE)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        targets = page.evaluate(TARGETS)
        assert len(targets) > 4
        small = [
            f"{across:.1f} x {down:.1f}: {link}"
            for vital, across, down, link in targets
            if min(across, down) < (44 if vital else 24)
        ]
        assert not small, f"{width} px:\n" + "\n".join(small[:20])


@EVERY_PAGE
def test_the_phone_is_in_the_first_screen_and_calls_the_number(name: str, show: Opener, sample: Made) -> None:
    page = show(name, PHONE)
    number = "tel:+15415550117" if name in BARE else "tel:+17605550142"
    assert name in BARE or sample.built.frame.phone.url == number
    assert page.evaluate(
        """number => [...document.querySelectorAll(`a[href="${number}"]`)].some(link => {
            const {left, right, top, bottom} = link.getBoundingClientRect();
            return link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2)) &&
                top >= 0 && bottom <= innerHeight;
        })""",
        number,
    )
    hrefs = page.eval_on_selector_all('[href^="tel:"], [href^="sms:"]', "links => links.map(link => link.href)")
    assert all(re.fullmatch(r"(tel|sms):(\+[1-9]\d{7,14}|\d{3,6})", href) for href in hrefs), hrefs  # E-31


# --- layout shift --------------------------------------------------------------------------------------------------

WATCH_SHIFTS = """
window.shifts = [];
const note = list => list.forEach(({value, sources}) => shifts.push(`${value}: ${sources.map(s => s.node?.nodeName)}`));
window.watcher = new PerformanceObserver(list => note(list.getEntries()));
watcher.observe({type: 'layout-shift', buffered: true});
window.settled = async () => {
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
    note(watcher.takeRecords());
    return shifts;
};
"""


@SIZES
@EVERY_PAGE
def test_nothing_moves_while_pictures_are_slow(name: str, size: ViewportSize, show: Opener) -> None:
    page = show.blank(size)
    page.add_init_script(WATCH_SHIFTS)
    held: list[Route] = []
    page.route(re.compile(r"\.(avif|png|jpe?g|svg|webp)$"), lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    page.goto(show.addresses[name], wait_until="domcontentloaded")
    until(page, "performance.getEntriesByName('first-contentful-paint').length")
    assert page.evaluate("settled()") == []
    while held:  # releasing one may ask for the next
        held.pop().continue_()
    page.wait_for_load_state("load")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("settled()")
    while held:
        held.pop().continue_()
    until(page, "[...document.images].every(image => image.complete || image.loading === 'lazy')")
    assert page.evaluate("settled()") == []


def test_a_shift_would_be_seen(show: Opener) -> None:
    page = show.blank(DESK)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(show.addresses["article-with-a-picture"])
    page.evaluate("settled()")
    page.evaluate("document.querySelector('main').style.paddingTop = '300px'")
    assert page.evaluate("settled()")


# --- pictures ------------------------------------------------------------------------------------------------------

BOXES = """() => ['.hero > .stack', '.hero img', '.hero'].map(selector => {
    const {left, right, top, bottom} = document.querySelector(selector).getBoundingClientRect();
    return {left, right, top, bottom};
})"""


def test_the_picture_of_the_first_screen_stands_beside_the_words_on_a_desk(show: Opener) -> None:
    page = show("home", DESK)
    words, picture, hero = page.evaluate(BOXES)
    assert picture["left"] >= words["right"]
    assert (words["bottom"], picture["bottom"]) == pytest.approx((hero["bottom"], hero["bottom"]), abs=2)
    assert picture["top"] < words["bottom"]


# The picture fetched, the widths there were to choose from, and how wide it is drawn, in pixels of CSS; what a window
# cuts off is drawn too.
FETCHED = """() => {
    const image = document.querySelector('main img[fetchpriority=high]');
    const {width, height} = image.getBoundingClientRect();
    const cut = getComputedStyle(image).objectFit === 'cover';
    return {
        url: image.currentSrc,
        offered: image.parentElement.querySelector('source').srcset.match(/\\d+(?=w)/g).map(Number),
        drawn: cut ? Math.max(width, height * image.getAttribute('width') / image.getAttribute('height')) : width,
    };
}"""
SEEN = 2.5  # more pixels of a screen to one of CSS than these, no eye makes out


@pytest.mark.parametrize("name", ["article-with-a-picture", "home"])
@pytest.mark.parametrize(
    ("width", "density"),
    [(320, 2), (375, 2), (390, 3), (412, 1.75), (430, 3), (768, 2), (1024, 1), (1280, 1), (1440, 2)],
)
def test_a_browser_fetches_the_picture_that_its_screen_shows(
    name: str, width: int, density: float, show: Opener
) -> None:
    page = show(name, {"width": width, "height": 800}, device_scale_factor=density)
    until(page, "document.querySelector('main img[fetchpriority=high]').complete")
    fetched = page.evaluate(FETCHED)
    (pixels,) = re.findall(r"\.(\d+)\.avif$", fetched["url"])
    needed = fetched["drawn"] * min(density, SEEN)
    enough = [offered for offered in fetched["offered"] if offered >= needed] or [max(fetched["offered"])]
    assert min(needed, max(fetched["offered"])) * 0.75 <= int(pixels) <= min(enough), fetched


# --- paper, no script, other eyes ----------------------------------------------------------------------------------


COLOURS_OF = "(elements, which) => [...new Set(elements.map(element => getComputedStyle(element)[which]))]"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["article-with-a-picture", "article-with-a-crisis-box"])
def test_paper_has_the_words_and_whom_to_call(name: str, scheme: str, show: Opener, sample: Made) -> None:
    page = show(name, DESK, color_scheme=scheme)
    assert page.pdf(format="Letter").startswith(b"%PDF-")
    page.emulate_media(media="print")
    for gone in ("nav", ".callbar", ".skip", ".offer", "svg"):
        assert not any(each.is_visible() for each in page.locator(gone).all()), gone
    for kept in page.locator("main .prose > *:not(.offer), main h1, main figure img, footer address p").all():
        assert kept.is_visible()
    frame = sample.built.frame
    text = page.inner_text("body")
    for line in (frame.name, frame.phone.text, *frame.licences):
        assert line in text
    view = found(sample, PAGES[name])
    assert view.byline is not None
    assert view.byline.published.text in text
    ink = "body, main :is(p, h1, h2, a, li, td), footer :is(p, a)"
    assert page.eval_on_selector_all(ink, COLOURS_OF, "color") == ["rgb(0, 0, 0)"]
    assert page.eval_on_selector_all("body, footer > div, .crisis", COLOURS_OF, "backgroundColor") == [
        "rgb(255, 255, 255)"
    ]


@pytest.mark.parametrize("name", ["home", "article-with-a-picture", "article-with-a-crisis-box", "bare-article"])
def test_a_page_reads_the_same_without_javascript(name: str, show: Opener) -> None:
    plain, scripted = (show(name, DESK, java_script_enabled=on).inner_text("body") for on in (False, True))
    assert plain == scripted
    assert len(plain) > 300


# Words that have the colour of what they stand on, buttons and boxes without an edge.
UNSEEN = """() => {
    const clear = colour => /^rgba\\(.*, 0\\)$/.test(colour);
    const ground = element => {
        while (element && clear(getComputedStyle(element).backgroundColor)) element = element.parentElement;
        return element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)';
    };
    const said = [];
    for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const style = getComputedStyle(element);
        const say = what => said.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
        if (parseFloat(style.transitionDuration) || style.animationName !== 'none') say('it moves');
        if (!element.checkVisibility()) continue;
        if (own && style.color === ground(element)) say('unseen words');
        const edge = style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) >= 1;
        if (element.matches('.button, .crisis, .offer') &&
            (!edge || style.borderTopColor === ground(element.parentElement))) say('no edge');
    }
    return [...said, ...document.getAnimations().map(String)];
}"""


@EVERY_PAGE
def test_nothing_is_unseen_in_the_readers_own_colours_and_nothing_moves(name: str, show: Opener) -> None:
    page = show(name, PHONE, forced_colors="active", reduced_motion="reduce")
    assert page.evaluate("matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches")
    assert page.evaluate(UNSEEN) == []
    page.evaluate(STOPS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == {"at": 1, "said": []}


# --- the search ----------------------------------------------------------------------------------------------------

SEARCH = ".search input"
FOUND = "document.querySelector('.search output').textContent"


def test_a_word_of_an_article_finds_it_by_keyboard(show: Opener, sample: Made) -> None:
    page = show.blank(NARROW)
    heard: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(show.addresses["search"])
    assert not [url for url in asked if "/pagefind/" in url]  # a reader who does not search does not pay
    word = "horrifying"
    (path,) = [
        path for path, data in sample.built.files.items() if path.endswith(".html") and word.encode() in data.lower()
    ]
    while not page.evaluate("document.activeElement.matches('.search input')"):
        page.keyboard.press("Tab")
    page.keyboard.type(f"  {word.upper()} ")
    page.keyboard.press("Enter")
    until(page, f"{FOUND} === '1 page found'")
    assert page.evaluate("document.querySelector('.search mark').textContent").lower().startswith(word)
    assert page.evaluate("location.hash") == f"#q={word.upper()}"
    assert page.evaluate(LOST) == []
    for _ in range(2):  # the button, then the first page found
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{path.removesuffix('index.html')}")
    page.go_back()
    until(page, f"{FOUND} === '1 page found'")
    assert page.evaluate("document.querySelector('.search input').value") == word.upper()
    assert not heard
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(show.addresses["search"]).netloc}
    assert not [url for url in asked if word in url.lower()]  # what somebody looks for stays in the browser


def test_all_that_is_found_can_be_shown_and_what_is_not_found_is_said(show: Opener) -> None:
    page = show("search", PHONE)
    page.fill(SEARCH, "baby")
    until(page, f"/^[1-9]\\d pages found$/.test({FOUND})")
    count = int(page.inner_text(".search output").split()[0])
    shown = page.locator(".search ol > li")
    before = shown.count()
    assert before < count
    more = page.get_by_role("button", name="Show more")
    more.click()
    until(page, f"document.querySelectorAll('.search li').length > {before}")
    assert page.evaluate(f"document.querySelectorAll('.search li a')[{before}] === document.activeElement")
    while more.is_visible():
        before = shown.count()
        more.click()
        until(page, f"document.querySelectorAll('.search li').length > {before}")
    assert shown.count() == count
    page.fill(SEARCH, "zxqvwk")
    until(page, f"{FOUND}.startsWith('No page has these words')")
    assert shown.count() == 0
    page.fill(SEARCH, "")
    until(page, f"{FOUND} === ''")


def test_a_large_site_has_several_indexes_and_all_of_them_are_searched(
    show: Opener, sample: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEARCH_INDEX_PAGES_MOST", 12)
    large = make(SAMPLE, tmp_path / "large")
    assert {path.name for path in (large.folder / "pagefind").iterdir()} >= {"1", "2", "3"}
    whole, parts = ({*made.folder.glob("pagefind/**/*.pf_fragment")} for made in (sample, large))
    assert len(whole) == len(parts)
    counts = []
    with served(large.folder, {}) as origin:
        for address in (show.addresses["search"], f"{origin}/search/"):
            page = show.blank(PHONE)
            page.goto(address)
            page.fill(SEARCH, "baby")
            until(page, f"/^[1-9]\\d pages found$/.test({FOUND})")
            first = page.locator(".search li a").first
            assert (first.get_attribute("href") or "").startswith("/")
            counts.append(page.inner_text(".search output"))
    assert counts[0] == counts[1]


def test_axe_finds_nothing_among_what_was_found(show: Opener) -> None:
    need(AXE.is_file(), "axe-core (`npm ci` in tests/web_tools)")
    page = show("search", PHONE, bypass_csp=True)
    page.fill(SEARCH, "sleep")
    until(page, f"{FOUND}.endsWith(' found')")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(STILL, "paper")
        assert page.evaluate(RUN_AXE, {**ALL, "elementRef": True}) == [], scheme


def test_without_a_script_the_search_page_leads_everywhere(show: Opener, sample: Made) -> None:
    page = show("search", PHONE, java_script_enabled=False)
    assert not page.locator("form").is_visible()
    links = {link.get_attribute("href") for link in page.locator("main a").all() if link.is_visible()}
    views = [view for view in sample.built.views.values() if isinstance(view, View) and view.head.indexable]
    listed = {view.url for view in views if not view.url.startswith("/blog/page/")}
    assert listed - links == {
        "/services/",
        "/search/",
    }  # each service stands here, and their list in the head of every page


# --- other scripts -------------------------------------------------------------------------------------------------

# Whether the first letter stands to the right of the last one, and by which edge the words stand.
READS = """name => {
    const element = document.getElementById(name), range = document.createRange(), node = element.firstChild;
    const box = element.getBoundingClientRect();
    const [first, last] = [0, node.length - 1].map(index => {
        range.setStart(node, index);
        range.setEnd(node, index + 1);
        return range.getBoundingClientRect();
    });
    return [first.left > last.left ? 'rtl' : 'ltr', box.right - first.right < 2 ? 'right' : 'left'];
}"""


@pytest.mark.parametrize(
    ("own_id", "reads"),
    [
        ("mixed", ["rtl", "right"]),  # it says so, though its first word is Latin
        ("inside", ["rtl", "right"]),
        ("item", ["rtl", "right"]),
        ("alone", ["rtl", "right"]),  # nobody says so, but its first letter does
        ("forced", ["ltr", "left"]),
    ],
)
def test_words_read_the_way_that_they_are_written(own_id: str, reads: list[str], show: Opener) -> None:
    assert show("bare-article", DESK).evaluate(READS, own_id) == reads


def test_the_marker_of_a_list_from_right_to_left_stands_on_the_right(show: Opener) -> None:
    page = show("bare-article", DESK)
    style = "(({paddingRight, paddingLeft}) => [parseFloat(paddingRight) > 0, paddingLeft])"
    assert page.evaluate(f"{style}(getComputedStyle(document.querySelector('[dir=rtl] ul')))") == [True, "0px"]
