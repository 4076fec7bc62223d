"""Whatever stands in a page, a file or the facts, no check raises: each one says what it finds, or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from local_seo import checks, example
from local_seo.model.built import PictureFile
from local_seo.model.ledgers import Addresses
from local_seo.model.page import PageKind
from local_seo.model.practice import Prose
from local_seo.model.view import FeedView, Pagination, RobotsView, SitemapEntry, SitemapView
from local_seo.read.output import rendered

if TYPE_CHECKING:
    from local_seo.model.built import Built

PIECES = [
    *"<main>|</main>|<footer>|<nav aria-label=Breadcrumb>|<p>|<h1>|<h6>|<a href='|<img src='".split("|"),
    *"<time datetime='|'>|</a>|<link rel=icon href='|<link rel=canonical href='|<link hreflang='".split("|"),
    *"<meta name=robots content='|<title>|<head>|<script type='application/ld+json'>|</script>".split("|"),
    *"<svg>|<base href='|<form action='|<p style='|<p id='| |\n|\x00|\ud7ff|&#0;|&|\u202e".split("|"),
    *"/blog/|//|#|?|..|http://[|https://a.example|tel:|sms:|mailto:|javascript:|%ZZ|%2e".split("|"),
    *'{"@graph":[|{"@id":"#a"}|"@type":|[]|]}|"url":|"headline":1|"telephone":[]'.split("|"),
    *"User-agent: *\n|Disallow: /*a*$\n|Allow:|Sitemap:|<urlset|<feed|<entry>|]]>|<?xml".split("|"),
    *"I am a psychologist|Dr. Quintero|committed suicide|We guarantee|the best therapist|760-555-0199".split("|"),
    *"Mon-Fri 9-5|5 pm|license 12345|a@gmail.com|Palm Desert|, |100 Example Way|LCSw".split("|"),
]
KEYS = [
    *"@graph @id @type name url headline address telephone itemListElement geo item".split(),
    *"openingHoursSpecification opens streetAddress datePublished priceRange".split(),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner | st.sampled_from(["BlogPosting", "BreadcrumbList", "#practice", "Person", "WebPage"]),
            max_size=4,
        )
    ),
    max_leaves=8,
)


@st.composite
def sites(draw: st.DrawFn) -> Built:
    """Return a small site with hostile pages, files, facts and heads."""
    data = draw(st.one_of(JSON.map(json.dumps), TEXTS))
    number = draw(st.integers(-1, 3))
    head: dict[str, Any] = {
        key: draw(TEXTS) for key in ("title", "description", "robots", "canonical", "published", "modified")
    }
    view = example.view(
        "/blog/first-weeks/",
        kind=draw(st.sampled_from(PageKind)),
        structured_data=Markup(data),  # noqa: S704 - hostile by intent
        pagination=Pagination(number=number, count=2, newer=None, older=None) if number > 0 else None,
        crisis=draw(st.booleans()),
        contact=draw(st.booleans()),
        **head,
    )
    html = draw(TEXTS)
    page = rendered(f"<script type='application/ld+json'>{data}</script>{html}".encode(errors="replace"))
    words = draw(TEXTS)
    address = draw(TEXTS)
    feed = FeedView(save_as="feed.xml", url=address, title=words, page_url="", language="", updated="", entries=())
    return example.built(
        view,
        page,
        example.document(words, summary=Prose(draw(TEXTS)), keywords=(Prose(words),), noindex=draw(st.booleans())),
        example.view("/"),
        rendered(draw(TEXTS).encode(errors="replace")),
        feed,
        SitemapView(save_as="sitemap.xml", entries=(SitemapEntry(url=address, modified=words),)),
        RobotsView(save_as="robots.txt", denied=("*",), sitemap=address),
        files={
            name: draw(TEXTS.map(lambda text: text.encode(errors="replace")) | st.binary(max_size=40))
            for name in ("feed.xml", "sitemap.xml", "robots.txt", "theme/site.css")
        },
        paths=frozenset({draw(st.text(max_size=8)), "blog/index.html"}),
        sizes={"theme/site.css": draw(st.integers(0, 10**9))},
        pictures={"theme/share.png": PictureFile(draw(st.integers(0, 9)), draw(st.integers(0, 9)), "")},
        addresses=Addresses(redirects={draw(TEXTS): draw(TEXTS)}, lost=(words,)),
    )


@settings(max_examples=150, deadline=None)
@given(sites())
def test_no_output_makes_a_check_raise(built: Built) -> None:
    for finding in checks.run(built):
        assert finding.id in checks.explained()
        assert finding.message
