"""The living page: every component of the theme with every kind of thing that it must hold. Never part of a build.

A theme's author sees here what no sample site has at once: long names, nothing at all, sixty places, another
direction of writing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from markupsafe import Markup

from local_seo.example import FRAME, LICENCE, view
from local_seo.model.page import PageKind
from local_seo.model.view import (
    Byline,
    Card,
    Citation,
    Day,
    FactLine,
    Frame,
    Group,
    HelplineView,
    HoursLine,
    Link,
    Offer,
    Pagination,
    Picture,
    PlaceLine,
    Profile,
    Section,
    Series,
    Targeting,
    Trail,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from local_seo.model.words import Words

URL: Final = "/__preview/components/"

Example = tuple[str, "Mapping[str, Any]"]  # a title, and the arguments of the component's macro


class Template(Protocol):
    """What of a Jinja template is needed here."""

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as Jinja has it
        """Return the template's text."""
        ...


class Environment(Protocol):
    """What of the theme's Jinja environment is needed here; Jinja itself is met at the edge only."""

    def get_template(self, name: str) -> Template:
        """Return a template by its path below ``theme/templates``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component on the living page.

    Attributes:
        place: what it stands in: ``page`` is the page's grid, ``list`` a list,
            ``column`` a column, ``line`` a line of words, ``masthead`` the head of every page.
    """

    name: str
    place: str
    examples: Sequence[Example]


def page(
    environment: Environment, words: Words, stylesheet: str = FRAME.stylesheet, styles: tuple[str, ...] = ()
) -> str:
    """Return the living page as HTML.

    Args:
        environment: the theme's, as a build has it.
        words: what the theme says by itself.
        stylesheet: site address of the site's style sheet; a build's own has a digest in its name.
        styles: site addresses of all the others.
    """
    shown = view(
        URL,
        PageKind.PAGE,
        title="Components",
        robots="noindex,follow",
        description="Every component of the theme, with long names, without pictures, with one item and with sixty.",
        structured_data=Markup(),
        styles=styles,
    )
    components = [
        Component(name=name, place=_PLACES.get(name, "page"), examples=cases) for name, cases in examples(words).items()
    ]
    template = environment.get_template("preview/components.html")
    return template.render(view=shown, site=replace(_FULL, stylesheet=stylesheet, words=words), components=components)


def examples(words: Words) -> dict[str, list[Example]]:
    """Return the examples of each component by its name."""
    said = {
        "byline": words.article,
        "crumbs": words.frame,
        "fact": words.area,
        "helpline": words.helplines,
        "helplines": words.helplines,
        "hero": words.frame,
        "hours": words.hours,
        "neighbours": words.article,
        "pagination": words.listing,
        "search": words.search,
        "series": words.article,
        "trails": words.article,
    }
    found: dict[str, list[Example]] = {}
    for name, cases in _examples().items():
        more = {"words": said[name]} if name in said else {}
        found[name] = [(title, {**_in_words(arguments, words), **more}) for title, arguments in cases]
    return found


def _in_words(arguments: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return the arguments with what stands around every page in these words."""
    return {
        name: replace(value, words=words) if isinstance(value, Frame) else value for name, value in arguments.items()
    }


def _examples() -> dict[str, list[Example]]:
    return {
        "areas": [
            ("sixty, some with a page", {"places": _places("place", 60)}),
            ("one", {"places": _places("place-one", 1)}),
            ("long name, right to left", {"places": _named("place-long", _LONG) + _named("place-rtl", _RTL)}),
        ],
        "block": [
            ("plain", {"title": "Read next", "caller": lambda: _WORDS}),
            (
                "long title, an anchor, shared",
                {"title": _LONG, "shared": True, "id": "anchor", "caller": lambda: _WORDS},
            ),
            ("right to left", {"title": _RTL, "caller": lambda: Markup("<p>{}</p>").format(_RTL)}),
        ],
        "button": [
            ("call", {"text": "Call 760-555-0142", "url": _PHONE}),
            ("another site", {"text": "Book a first visit", "url": _ELSEWHERE}),
            ("long", {"text": _LONG, "url": URL}),
            ("right to left", {"text": _RTL, "url": URL}),
        ],
        "byline": [
            ("all", {"by": _BYLINE}),
            ("without a page of the author", {"by": replace(_BYLINE, author=None, reviewer=None, updated=None)}),
            ("a day and nothing else", {"by": _byline(author_name="")}),
            ("long name, no credentials", {"by": _byline(author_name=_LONG)}),
            ("right to left", {"by": _byline(author_name=_RTL, credentials="LCSW")}),
        ],
        "callbar": [
            ("on a phone only", {"site": _FULL}),
            ("without a page for a crisis", {"site": _LEAST}),
            ("in another language than the page", {"site": _FULL, "lang": "en"}),
        ],
        "card": [
            ("all", {"item": _CARD}),
            ("brief", {"item": _CARD, "brief": True}),
            ("without a picture", {"item": replace(_CARD, picture=None)}),
            ("a title and nothing else", {"item": Card(url="", title="Postpartum therapy")}),
            ("long, with a picture", {"item": replace(_CARD, title=_LONG, summary=f"{_SENTENCE} {_SENTENCE}")}),
            ("right to left", {"item": replace(_CARD, title=_RTL, summary=_RTL, note="")}),
        ],
        "citation": [
            ("with a day", {"source": _SOURCE}),
            ("without a day", {"source": replace(_SOURCE, day=None)}),
            ("the practice itself", {"source": Citation(title="the practice", url="")}),
            ("long", {"source": replace(_SOURCE, title=_LONG)}),
            ("right to left", {"source": replace(_SOURCE, title=_RTL)}),
        ],
        "contact": [
            ("all", {"site": _FULL}),
            ("on the page that the booking link leads to", {"site": _FULL, "here": URL}),
            ("a phone and nothing else", {"site": _LEAST}),
        ],
        "crisis": [
            ("three lines", {"site": _FULL}),
            ("one line, no page", {"site": replace(_LEAST, urgent=_HELPLINES[:1])}),
            ("no line", {"site": replace(_FULL, urgent=())}),
        ],
        "crumbs": [
            ("three", {"links": (*_links(2), Link("First weeks", URL, current=True))}),
            ("in another language than the page", {"links": _links(2), "lang": "en"}),
            ("long", {"links": (*_links(2), Link(_LONG, URL, current=True))}),
            ("right to left", {"links": (Link(_RTL, URL), Link(_RTL, URL, current=True))}),
        ],
        "fact": [
            ("with a source", {"item": FactLine(text=_SENTENCE, source=_SOURCE)}),
            ("from the practice", {"item": FactLine(text=_SENTENCE, source=Citation(title="the practice", url=""))}),
            ("right to left", {"item": FactLine(text=_RTL, source=replace(_SOURCE, title=_RTL, day=None))}),
        ],
        "ground": [
            ("all", {"site": _FULL}),
            ("in another language than the page", {"site": _FULL, "lang": "en"}),
            ("nothing optional", {"site": _LEAST}),
            ("long, right to left", {"site": _STRANGE}),
        ],
        "group": [
            ("sixty", {"item": Group(subject=Link("Sleep", URL), links=_links(60))}),
            ("no page", {"item": Group(subject=Link("Sleep", f"{URL}#sleep"), links=())}),
            ("long, right to left", {"item": Group(subject=Link(_LONG, URL), links=(Link(_RTL, URL),))}),
        ],
        "helpline": [
            ("call or text", {"line": _HELPLINES[1]}),
            ("call", {"line": _HELPLINES[0]}),
            ("a word to send", {"line": _HELPLINES[2]}),
            ("right to left", {"line": replace(_HELPLINES[1], name=_RTL)}),
        ],
        "helplines": [
            ("short", {"lines": _HELPLINES}),
            ("with what they are", {"lines": (*_HELPLINES, replace(_HELPLINES[3], name=_LONG)), "about": True}),
            ("one", {"lines": _HELPLINES[:1], "about": True}),
            ("right to left", {"lines": (replace(_HELPLINES[1], name=_RTL, languages=_RTL),), "about": True}),
        ],
        "hero": [
            ("all", _hero("Therapy for parents and babies", _SENTENCE, _PICTURE, _FULL.booking)),
            ("without a picture", _hero("Therapy for parents and babies", _SENTENCE, None, None)),
            ("a heading and nothing else", _hero(_LONG, "", None, None)),
            ("right to left", _hero(_RTL, _RTL, _PICTURE, None)),
        ],
        "hours": [("two lines", {"lines": _FULL.hours}), ("one", {"lines": _FULL.hours[:1]})],
        "image": [
            ("wide", {"picture": _PICTURE}),
            ("square, at once", {"picture": replace(_SQUARE, eager=True)}),
            ("a logo", {"picture": _SQUARE, "waits": False}),
        ],
        "link": [
            ("here", {"item": Link("First weeks", f"{URL}#link")}),
            ("this page", {"item": Link("First weeks", URL, current=True)}),
            ("another site", {"item": Link(_LONG, _ELSEWHERE)}),
            ("right to left", {"item": Link(_RTL, URL)}),
        ],
        "mark": [("drawn", {"logo": None}), ("a logo", {"logo": _SQUARE}), ("a wide logo", {"logo": _PICTURE})],
        "masthead": [
            ("all", {"site": _FULL}),
            ("in another language than the page", {"site": _FULL, "lang": "en"}),
            ("nothing optional", {"site": _LEAST}),
            ("long, right to left", {"site": _STRANGE}),
        ],
        "neighbours": [
            ("both", {"previous": Link("Floor time", URL), "following": Link("Two languages at home", URL)}),
            ("the first", {"previous": None, "following": Link(_LONG, URL)}),
            ("the last", {"previous": Link(_RTL, URL), "following": None}),
        ],
        "offer": [
            ("call", {"item": _OFFER}),
            ("another site", {"item": replace(_OFFER, label="Book a first visit", href=_ELSEWHERE)}),
            ("long", {"item": replace(_OFFER, title=_LONG, text=f"{_SENTENCE} {_SENTENCE}", label=_LONG)}),
            ("right to left", {"item": replace(_OFFER, title=_RTL, text=_RTL, label=_RTL)}),
        ],
        "pagination": [
            ("in the middle", {"item": _pagination(2, 60, Link("Newer articles", URL), Link("Older articles", URL))}),
            ("the first", {"item": _pagination(1, 2, None, Link("Older articles", URL))}),
            ("the last", {"item": _pagination(2, 2, Link("Newer articles", URL), None)}),
        ],
        "picture": [
            ("caption and credit", {"item": replace(_PICTURE, caption=_SENTENCE, credit="Drawing: Saltbush")}),
            ("caption", {"item": replace(_PICTURE, caption=f"{_LONG}.")}),
            ("credit, small", {"item": replace(_SQUARE, credit="Drawing: Saltbush")}),
            ("alone", {"item": _SQUARE}),
        ],
        "profile": [
            ("all", {"person": _PROFILE}),
            ("on the person’s own page", {"person": _PROFILE, "named": False}),
            ("without a picture", {"person": replace(_PROFILE, picture=None)}),
            ("without credentials", {"person": replace(_PROFILE, credentials="", licence="", profiles=())}),
            ("a name and nothing else", {"person": _LEAST_PROFILE}),
            ("long", {"person": replace(_PROFILE, name=_LONG, title=_LONG)}),
            ("right to left", {"person": replace(_PROFILE, name=_RTL, title=_RTL, summary=_RTL)}),
        ],
        "prose": [
            ("all that Markdown makes", {"parts": (_MARKDOWN, _OFFER, _MORE_MARKDOWN)}),
            ("one paragraph", {"parts": (_WORDS,)}),
            ("nothing", {"parts": ()}),
        ],
        "ridge": [("drawn", {})],
        "search": [("before the first word", {"indexes": 1})],
        "section": [
            ("with a page", {"item": _section("section")}),
            ("without a page", {"item": replace(_section("section-alone"), link=None)}),
            ("long", {"item": replace(_section("section-long"), title=_LONG, text=_LONG)}),
            ("right to left", {"item": replace(_section("section-rtl"), title=_RTL, text=_RTL)}),
        ],
        "series": [
            ("three", {"item": _series(3)}),
            ("sixty", {"item": _series(60)}),
            ("long, right to left", {"item": Series(title=_LONG, parts=(Link(_LONG, URL), Link(_RTL, URL)))}),
        ],
        "targeting": [
            ("a sentence", {"item": Targeting(style="sentence", parts=_TARGETS)}),
            ("phrases", {"item": Targeting(style="phrases", parts=(*_links(7), "therapist in Thousand Palms"))}),
            ("one phrase", {"item": Targeting(style="phrases", parts=_links(1))}),
            ("right to left", {"item": Targeting(style="sentence", parts=(f"{_RTL} ", Link(_RTL, URL), "."))}),
        ],
        "time": [("a day", {"item": _DAY}), ("a time of day", {"item": Day("10:30", "10:30 am")})],
        "topics": [
            ("sixty", {"links": _links(60), "title": "Topics"}),
            ("one", {"links": _links(1), "title": "Topics"}),
            ("long, right to left", {"links": (Link(_LONG, URL), Link(_RTL, URL)), "title": "Topics"}),
        ],
        "trails": [
            ("a service and a topic", {"items": (Trail(topic=Link("Therapy", URL)), _trail("Baby sleep"))}),
            (
                "the first and the last",
                {"items": (replace(_trail("A"), previous=None), replace(_trail("B"), following=None))},
            ),
            ("long, right to left", {"items": (_trail(_LONG), _trail(_RTL))}),
        ],
    }


# Where a component stands, if not on the page's grid itself.
_PLACES: Final = {
    "areas": "column",
    "button": "column",
    "card": "list",
    "citation": "line",
    "fact": "list",
    "helpline": "line",
    "helplines": "column",
    "hours": "column",
    "image": "column",
    "link": "line",
    "mark": "masthead",
    "pagination": "column",
    "profile": "column",
    "section": "list",
    "targeting": "column",
    "time": "line",
}

_PHONE: Final = FRAME.phone.url
_ELSEWHERE: Final = "https://www.example.org/"
_LONG: Final = (
    "Rhiannon Wintersgill-Featherstonehaugh of the Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Centre"
    " for Families"
)
_RTL: Final = "طبيبة نفسية للأمهات والأطفال (LCSW) في بالم ديزرت"
_SENTENCE: Final = "The first weeks with a new baby ask a lot of parents, and nobody has to know why before they call."
_WORDS: Final = Markup("<p>{}</p>").format(_SENTENCE)
_DAY: Final = Day("2026-03-02", "March 2, 2026")
_LATER: Final = Day("2026-11-21", "November 21, 2026")
_PICTURE: Final = Picture(url="/theme/share.png", width=1200, height=630, alt="Hills at dawn")
_SQUARE: Final = Picture(url="/theme/icon-512.png", width=512, height=512, alt="A rising sun")
_SOURCE: Final = Citation(title="National Institute of Mental Health", url=_ELSEWHERE, day=_DAY)
_OFFER: Final = Offer(
    id="first-call",
    title="A first call is a small step",
    text="You do not have to know what to say. Tell me how the last days were, and I will ask the rest.",
    label="Call and ask a question",
    href=_PHONE,
)
_CARD: Final = Card(
    url=URL,
    title="First weeks",
    summary=_SENTENCE,
    day=_DAY,
    picture=_PICTURE,
    note="Part 2 of 3",
)
_BYLINE: Final = Byline(
    author=Link("Marisela Quintero", URL),
    author_name="Marisela Quintero",
    credentials="LCSW",
    published=_DAY,
    updated=_LATER,
    reviewed=_LATER,
    reviewer=Link("Devorah Lindqvist", URL),
    reviewer_name="Devorah Lindqvist",
)
_PROFILE: Final = Profile(
    name="Marisela Quintero",
    credentials="LCSW",
    title="Perinatal therapist",
    url=URL,
    licence=LICENCE,
    summary=_SENTENCE,
    picture=_PICTURE,
    profiles=(Link("example.org", _ELSEWHERE), Link("example.com", "https://www.example.com/")),
)
_LEAST_PROFILE: Final = Profile(name="Devorah Lindqvist", credentials="", title="", url="", licence="")
_HELPLINES: Final = (
    HelplineView(
        name="Emergency services",
        kind="emergency",
        call=Link("911", "tel:911"),
        message=None,
        say="",
        languages="",
        url="",
    ),
    HelplineView(
        name="988 Suicide & Crisis Lifeline",
        kind="crisis",
        call=Link("988", "tel:988"),
        message=Link("988", "sms:988"),
        say="",
        languages="English and Spanish",
        url=_ELSEWHERE,
    ),
    HelplineView(
        name="Crisis Text Line",
        kind="crisis",
        call=None,
        message=Link("741741", "sms:741741"),
        say="HOME",
        languages="English",
        url=_ELSEWHERE,
    ),
    HelplineView(
        name="National Maternal Mental Health Hotline",
        kind="support",
        call=Link("833-852-6262", "tel:+18338526262"),
        message=Link("833-852-6262", "sms:+18338526262"),
        say="",
        languages="English and Spanish",
        url=_ELSEWHERE,
    ),
)
_FULL: Final = replace(
    FRAME,
    email=Link("hello@saltbush-family.example", "mailto:hello@saltbush-family.example"),
    booking=Link("Book a first visit", URL),
    navigation=tuple(Link(name, URL) for name in ("Services", "Areas", "Blog", "About", "Contact")),
    footer=tuple(Link(name, URL) for name in ("Fees", "Privacy policy", "Notices to clients", "Accessibility")),
    address=("100 Example Way, Suite 2", "Palm Desert, CA 92260"),
    hours=(
        HoursLine(days="Monday to Thursday", opens=Day("09:00", "9 am"), closes=Day("17:00", "5 pm")),
        HoursLine(days="Saturday", opens=Day("10:30", "10:30 am"), closes=Day("12:00", "12 pm")),
    ),
    helplines=_HELPLINES,
    urgent=_HELPLINES[:3],
    crisis_url=URL,
)
# What a practice has that says as little as it may.
_LEAST: Final = replace(FRAME, navigation=(), contact_url="", licences=(), crisis_url="")
_STRANGE: Final = replace(
    _FULL,
    name=_LONG,
    email=Link("a-very-long-name-of-an-inbox@saltbush-family-therapy.example", f"mailto:{'a' * 60}@a.example"),
    navigation=(*_FULL.navigation, Link(_RTL, URL), Link(_LONG, URL)),
    address=(_LONG, _RTL),
    licences=(LICENCE, f"{_LONG}, PTA 00003, Oregon", _RTL),
    logo=_SQUARE,
)
_TARGETS: Final = (
    "From its office in the Coachella Valley, Saltbush Family Therapy works with families in ",
    Link("Palm Desert", URL),
    ", ",
    Link("Rancho Mirage", URL),
    " and ",
    Link("nearby", URL),
    ".",
)
_MARKDOWN: Final = Markup(
    """<h2 id="h2">A heading of the second level</h2>
<p>Words with a <a href="#h2">link</a>, <em>stress</em>, <strong>weight</strong>, <code>code</code>,
<mark>a mark</mark>, H<sub>2</sub>O, <abbr title="Licensed Clinical Social Worker">LCSW</abbr>, <kbd>Tab</kbd>,
<del>old</del> <ins>new</ins>, a note<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>
and <span class="caps">NASA</span> <span class="amp">&amp;</span> Co.</p>
<h3 id="h3">A heading of the third level</h3>
<ul>
<li>one</li>
<li>two
<ol>
<li>inside</li>
<li>inside,
<a href="#h3">and a link that goes on over more than one line when the column is as narrow as a phone</a></li>
</ol>
</li>
</ul>
<h4 id="h4">A heading of the fourth level</h4>
<blockquote>
<p><span class="dquo">“</span>Somebody said this.”</p>
<p>And then that.</p>
</blockquote>
<dl>
<dt>Attunement</dt>
<dd>Noticing what a baby feels, and answering in a way that fits.</dd>
</dl>"""
)
_MORE_MARKDOWN: Final = Markup(
    """<table tabindex="0">
<thead>
<tr><th scope="col">Sign</th><th class="align-center" scope="col">Blues</th>
<th class="align-right" scope="col">Days</th>
<th scope="col">Sleep</th><th scope="col">Daily life</th><th scope="col">Whom to ask</th></tr>
</thead>
<tbody>
<tr><th scope="row">Mood</th><td class="align-center">up and down</td><td class="align-right">14</td>
<td>short, but one can doze off</td><td>clumsy, but it happens</td><td>a friend</td></tr>
</tbody>
</table>
<pre><code>a line of code that is longer than the screen of any phone that anybody has ever had in a pocket</code></pre>
<details><summary>More about this</summary><p>What is behind it.</p></details>
<hr>
<figure><img src="/theme/share.png" width="1200" height="630" alt="Hills at dawn" loading="lazy" decoding="async">
<figcaption>A picture between the words.</figcaption></figure>
<div dir="rtl" lang="ar">
<h3 id="rtl">من اليمين إلى اليسار</h3>
<p>هذا نص يُقرأ من اليمين إلى اليسار.</p>
<ul><li>واحد</li><li>اثنان</li></ul>
<blockquote><p>قال أحدهم هذا.</p></blockquote>
</div>
<p>Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsvorsitzendengattin</p>
<div class="footnote">
<hr>
<ol>
<li id="fn:1"><p>What the note says.&nbsp;<a class="footnote-backref" href="#fnref:1" title="Back">↩</a></p></li>
</ol>
</div>"""
)


def _links(count: int) -> tuple[Link, ...]:
    names = ("Anxiety", "Bonding with a baby", "Fathers and partners", "Sleep", "Grief after a loss")
    return tuple(Link(f"{names[number % 5]} {number // 5 + 1}", URL) for number in range(count))


def _places(prefix: str, count: int) -> tuple[PlaceLine, ...]:
    """Return places; every third has a page, and every sixth of these says something."""
    return tuple(
        PlaceLine(
            id=f"{prefix}-{number}",
            name=f"Palm Desert {number + 1}",
            url="" if number % 3 else URL,
            summary="" if number % 6 else _SENTENCE,
        )
        for number in range(count)
    )


def _named(own_id: str, name: str) -> tuple[PlaceLine, ...]:
    return (PlaceLine(id=own_id, name=name, url=URL, summary=name),)


def _byline(*, author_name: str, credentials: str = "") -> Byline:
    return Byline(author=None, author_name=author_name, credentials=credentials, published=_DAY)


def _hero(heading: str, lead: str, picture: Picture | None, booking: Link | None) -> Mapping[str, Any]:
    return {"heading": heading, "lead": lead, "picture": picture, "phone": FRAME.phone, "booking": booking}


def _pagination(number: int, count: int, newer: Link | None, older: Link | None) -> Pagination:
    return Pagination(number=number, count=count, newer=newer, older=older, pages=_links(min(count, 8)))


def _section(own_id: str) -> Section:
    return Section(id=own_id, title="Postpartum therapy", text=_SENTENCE, link=Link("Postpartum therapy", URL))


def _trail(name: str) -> Trail:
    return Trail(topic=Link(name, URL), previous=Link(name, URL), following=Link("The other one", URL))


def _series(count: int) -> Series:
    parts = (Link(f"{link.text}: a part", link.url, current=not index) for index, link in enumerate(_links(count)))
    return Series(title="The first year", parts=tuple(parts))
