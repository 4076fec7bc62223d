"""The finished sample site, broken in one way for each check of the output: that check reports it, and no other.

A mutant changes the bytes of some files, as a slip of the theme, of a host or of a later tool would; what was changed
is read back as a build reads it. A check that judges the output and has no mutant here fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local_seo import checks
from local_seo.model.built import PictureFile
from local_seo.model.ledgers import Addresses
from local_seo.model.site import Withheld
from local_seo.read.output import rendered

if TYPE_CHECKING:
    from local_seo.errors import Finding
    from local_seo.model.built import Built

    from .conftest import Made

ARTICLE = "blog/floor-time/index.html"
HEAVY = "blog/grief-after-a-miscarriage/index.html"
OUTPUT = {name for name, module in checks.known().items() if getattr(module, "OUTPUT", False)}

Change = Callable[["Built"], "Built"]


def put(built: Built, files: Mapping[str, bytes | None]) -> Built:
    """Return a site in which these files have these bytes, or are not there (None)."""
    gone = {path for path, content in files.items() if content is None}
    made = {path: content for path, content in files.items() if content is not None}
    pages = {path: rendered(content) for path, content in made.items() if path.endswith(".html")}
    return replace(
        built,
        files={path: content for path, content in {**built.files, **made}.items() if path not in gone},
        rendered={path: page for path, page in {**built.rendered, **pages}.items() if path not in gone},
        paths=(built.paths | made.keys()) - gone,
        sizes={**built.sizes, **{path: len(content) for path, content in made.items()}},
    )


def swap(path: str, old: str, new: str, count: int = 1) -> Change:
    """Replace a text in one file; a regular expression, so that no address of the theme's files is needed."""

    def change(built: Built) -> Built:
        content, done = re.subn(old, new, built.files[path].decode(), count=count)
        assert done, f"{old!r} does not stand in {path}: the mutant needs another place"
        return put(built, {path: content.encode()})

    return change


def swap_all(old: str, new: str, *, but: str = "") -> Change:
    """Replace a text in every page, one excepted."""

    def change(built: Built) -> Built:
        pages = {path: built.files[path].decode() for path in built.rendered if path != but}
        changed = {path: re.sub(old, new, text) for path, text in pages.items() if re.search(old, text)}
        assert changed
        return put(built, {path: text.encode() for path, text in changed.items()})

    return change


def in_words(html: str, path: str = ARTICLE) -> Change:
    """Put HTML behind the words of a page."""
    return swap(path, r"</main>", f"{html}</main>")


def lose(path: str) -> Change:
    return lambda built: put(built, {path: None})


def chain(built: Built) -> Built:
    """Take a page's links away and hang it behind three articles, each of which only the one before links to."""
    urls = ["/blog/", *(f"/blog/{name}/" for name in ("floor-time", "two-languages-at-home", "what-partners-carry"))]
    last = "/blog/telling-your-birth-story/"
    far = [*urls[1:], last]
    for url in far:
        built = swap_all(rf'(<a\b[^>]*href="){url}(?:#[^"]*)?"', r'\1#main"')(built)
    for here, there in zip(urls, far, strict=True):
        built = in_words(f'<p><a href="{there}">Something to read next</a></p>', f"{here[1:]}index.html")(built)
    return built


def small_icons(built: Built) -> Built:
    icons = {path for path in built.pictures if path.startswith("theme/icon")}
    assert icons
    return replace(built, pictures={**built.pictures, **dict.fromkeys(icons, PictureFile(64, 32, "image/png"))})


def small_card(built: Built) -> Built:
    path = next(name for name in built.pictures if name.startswith("i/floor-and-quilt.") and ".40x21" in name)
    other = replace(built.pictures[path], media_type="image/bmp")
    return replace(built, pictures={**built.pictures, path: other})


def draft(built: Built) -> Built:
    held = {"articles/a-secret.md": Withheld(reason="a draft", url="/blog/a-secret/")}
    return in_words('<p data-next="/blog/a-secret/"></p>')(replace(built, site=replace(built.site, withheld=held)))


def big_page(built: Built) -> Built:
    return put(built, {ARTICLE: built.files[ARTICLE] + b"<!-- " + b"x" * 2_000_000 + b" -->"})


def redirected(built: Built) -> Built:
    return replace(built, addresses=Addresses(redirects={"/old/": "/nowhere/"}))


MUTANTS: dict[str, tuple[Change, ...]] = {
    "canonical-address": (
        swap(ARTICLE, r'<link rel="canonical"[^>]*>', ""),
        swap(ARTICLE, r'(<link rel="canonical"[^>]*>)', r"\1\1"),
        swap(ARTICLE, r'(<link rel="canonical" href=")https://[^/]*', r"\1"),
        swap(ARTICLE, r'(<link rel="canonical" href="[^"]*)/"', r'\1/index.html"'),
        swap(ARTICLE, r'(<meta property="og:url" content="[^"]*)floor-time', r"\1sleep"),
    ),
    "click-depth": (chain,),
    "contact-link": (
        in_words('<p><a href="tel:760-555-0142">Call me today</a></p>'),
        in_words('<p><a href="tel:+17605550142">760-555-0143</a></p>'),
        in_words('<p><a href="mailto:hello">Write to me today</a></p>'),
    ),
    "content-policy": (
        in_words('<p style="color:red">Sleep.</p>'),
        in_words('<p onclick="go()">Sleep.</p>'),
        in_words("<script>go()</script>"),
        in_words("<style>p{}</style>"),
        in_words("<form></form>"),
        in_words('<p><a href="javascript:go()">Go on reading</a></p>'),
    ),
    "crisis-box": (
        swap(HEAVY, r'(?s)<section class="crisis.*?</section>', ""),
        swap(HEAVY, r'href="tel:988"', 'href="tel:911"'),
    ),
    "dead-anchor": (in_words('<p><a href="/areas/#atlantis">Atlantis and around</a></p>'),),
    "dead-link": (
        in_words('<p><a href="/blog/nowhere/">Nowhere in particular</a></p>'),
        in_words('<p><a href="/blog/two-languages-at-home">Two languages</a></p>'),
    ),
    "draft-leak": (draft,),
    "duplicate-id": (in_words('<p id="main">Sleep.</p>'),),
    "error-page": (swap("404.html", r'(?s)(<main.*)<a [^>]*href="tel:[^"]*"(.*</main>)', r'\1<a href="#main"\2'),),
    "feed-file": (
        lose("feed.xml"),
        swap("feed.xml", r"</feed>", ""),
        swap("feed.xml", r"(?s)<entry>.*?</entry>", ""),
        swap("feed.xml", r"(<entry>\s*<id>)[^<]*", r"\1"),
        swap("feed.xml", r"(<entry>(?s:.*?)<updated>)\d{4}", r"\g<1>2020"),
    ),
    "few-links-in": (swap_all(r'(<a\b[^>]*href=")/areas/indio/"', r'\1/areas/"', but="areas/index.html"),),
    "heading-order": (in_words("<h5>Sleep</h5>"),),
    "help-and-contact": (
        swap(ARTICLE, r"(<footer(?s:.*))Palm Desert, CA 92260", r"\1Palm Desert"),
        swap(ARTICLE, r'(<footer(?s:.*))<a href="tel:988">call 988</a> or', r"\1"),
        swap(ARTICLE, r'(<footer(?s:.*))(<a href="tel:988">.*?</a>) or (<a href="sms:988">.*?</a>)', r"\1\3 or \2"),
    ),
    "insecure-link": (in_words('<p><a href="http://www.cdc.gov/">Numbers of the year</a></p>'),),
    "landmarks": (
        swap(ARTICLE, r'<nav aria-label="Main">', "<nav>"),
        swap(ARTICLE, r'<a class="skip".*?</a>', ""),
        swap(ARTICLE, r'<nav aria-label="Main">', '<nav aria-label="Main"></nav><nav aria-label="Main">'),
    ),
    "licence-line": (swap_all(r"(, )LCSW 000000(, California)", r"\1LCSW\2"),),
    "missing-file": (lose("theme/apple-touch-icon.png"), swap(ARTICLE, r"/theme/site\.\w+\.css", "/theme/site.css")),
    "one-h1": (in_words("<h1>Sleep</h1>"), swap(ARTICLE, r"<(/?)h1>", r"<\1h2>", 2)),
    "orphan-page": (swap_all(r'(<a\b[^>]*href=")/telehealth/"', r'\1/contact/"', but="telehealth/index.html"),),
    "other-hosts": (
        in_words('<script src="https://stats.example/a.js"></script>'),
        swap(ARTICLE, r"</head>", '<link rel="preconnect" href="https://fonts.example"></head>'),
    ),
    "page-head": (
        swap(ARTICLE, r"<!doctype html>", ""),
        swap(ARTICLE, r'<meta name="viewport"[^>]*>', ""),
        swap(ARTICLE, r'<meta name="referrer"[^>]*>', ""),
        swap(ARTICLE, r"</head>", '<meta name="keywords" content="sleep"></head>'),
        swap(ARTICLE, r'(<meta charset="utf-8">)', r"<meta name='a' content='b'>\1"),
        swap(ARTICLE, r'(<meta name="color-scheme"[^>]*>)', r"<div></div>\1"),
    ),
    "page-weight": (big_page,),
    "picture-size": (
        swap(ARTICLE, r'(<img [^>]*)width="\d+"', r"\1"),
        swap(ARTICLE, r'(<img [^>]*)height="\d+"', r'\1height="90"'),
        swap(ARTICLE, r"<img ", '<img loading="lazy" '),
    ),
    "redirect-target": (redirected,),
    "rendered-as-promised": (
        lose("topics/bonding-with-a-baby/index.html"),
        lambda built: put(built, {"copy/index.html": built.files[ARTICLE]}),
        swap(ARTICLE, r"<title>", "<title>Sleep and "),
        swap(ARTICLE, r'<meta name="description"[^>]*>', ""),
        swap(ARTICLE, r'<html lang="en-US">', '<html lang="en">'),
        swap(ARTICLE, r'(article:published_time" content=")\d{4}', r"\g<1>2020"),
    ),
    "required-page": (swap(ARTICLE, r"(<footer(?s:.*))Privacy policy", r"\1Policy"),),
    "required-words": (swap(ARTICLE, r"general information", "good advice"),),
    "robots-directives": (
        swap(ARTICLE, r'<meta name="robots"[^>]*>', ""),
        swap(ARTICLE, r'(<meta name="robots" content=")', r"\1noindex, "),
        swap("404.html", r'(<meta name="robots" content=")noindex', r"\1index"),
        swap(ARTICLE, r"</head>", '<meta name="googlebot" content="noindex"></head>'),
    ),
    "robots-file": (
        lose("robots.txt"),
        swap("robots.txt", r"Allow: /\n", "Allow: /\nDisallow: /blog/\n"),
        swap("robots.txt", r"Sitemap: https://[^/]*", "Sitemap: "),
        swap("robots.txt", r"User-agent: GPTBot\n", ""),
    ),
    "share-card": (
        swap(ARTICLE, r'<meta property="og:image"[^>]*>', ""),
        swap(ARTICLE, r'(<meta property="og:image" content=")https://[^/]*', r"\1"),
        swap(ARTICLE, r'(<meta property="og:image:width" content=")\d+', r"\g<1>1"),
        small_card,
    ),
    "site-icon": (small_icons,),
    "sitemap-file": (
        lose("sitemap.xml"),
        swap("sitemap.xml", r"(?s)<url>.*?</url>", ""),
        swap("sitemap.xml", r"(<loc>[^<]*/floor-time/)", r"\1index.html"),
        swap("sitemap.xml", r"<lastmod>\d{4}", "<lastmod>2020"),
        swap("sitemap.xml", r"(?s)(<url>.*?</url>)", r"\1\1"),
        swap("sitemap.xml", r"(<image:loc>[^<]*)\.jpg", r"\1.bmp"),
    ),
    "structured-data": (
        swap(ARTICLE, r'<script type="application/ld\+json">.*?</script>', ""),
        swap(ARTICLE, r'("@graph":\[)', r"\1,"),
        swap(ARTICLE, r'"telephone":"[^"]*"', '"telephone":"+1-760-555-0199"'),
    ),
    "structured-facts": (
        swap(ARTICLE, r'<time datetime="\d{4}', '<time datetime="2020'),
        swap(ARTICLE, r'(<nav class="crumbs(?s:.*?))>Blog<', r"\1>Articles<"),
    ),
    "translated-page": (
        swap(ARTICLE, r"</head>", '<link rel="alternate" hreflang="es" href="https://es.example/"></head>'),
    ),
    "untidy-link": (
        in_words('<p><a href="/blog/?utm_source=mail">All of the articles</a></p>'),
        in_words('<p><a href="https://www.saltbush-family.example/blog/">All of the articles</a></p>'),
    ),
}


def found(built: Built) -> set[Finding]:
    """Return what the checks of the output find; those of words have nothing to say about files."""
    known = checks.known()
    results: set[Finding] = set()
    for name in OUTPUT:
        module = known[name]
        rule = checks.Rule(name, module.SEVERITY, getattr(module, "SETTINGS", {}))
        if hasattr(module, "check"):
            results.update(each for view in built.pages.values() for each in module.check(view, built, rule))
        if hasattr(module, "check_site"):
            results.update(module.check_site(built, rule))
    return results


@pytest.fixture(scope="module")
def before(sample: Made) -> set[Finding]:
    """What is found in the sample as it is."""
    return found(sample.built)


CASES = [(name, number) for name, changes in MUTANTS.items() for number in range(len(changes))]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_a_broken_site_is_reported_by_its_check_and_no_other(
    name: str, number: int, sample: Made, before: set[Finding]
) -> None:
    more = found(MUTANTS[name][number](sample.built)) - before
    assert {finding.id for finding in more} == {name}, "\n".join(map(str, sorted(more)))


def test_every_check_of_the_output_has_a_mutant() -> None:
    assert MUTANTS.keys() == OUTPUT


@pytest.mark.parametrize("name", sorted(checks.known().keys() - OUTPUT))
def test_a_check_that_looks_at_finished_files_says_so(name: str) -> None:
    code = Path(str(checks.known()[name].__file__)).read_text(encoding="utf-8")
    looked_at = r"built\.(?:files|paths|served|sizes|pictures)\b"
    looked_at += r"|(?<!passage)\.(?:metas|links|ids|requests|regions|refused)\b"
    assert not re.search(looked_at, code.partition("\nGOOD: ")[0])
