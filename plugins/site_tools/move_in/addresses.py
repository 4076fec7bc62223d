"""Where each text lies from now on, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from local_seo import urls
from local_seo.model.document import Kind
from local_seo.read.content import LISTINGS
from local_seo.text import cut, slugify

from .archive import key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from local_seo.model.practice import Facts

    from .model import Item

_LONGEST: Final = 120  # characters of a file's name; systems allow 255 bytes, and a letter may have two
_ENDING: Final = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|mp3|mp4|m4a|epub)$", re.IGNORECASE)
# Hosts that belong to the old system, whatever the site was called.
_SYSTEM: Final = re.compile(
    r"(?:^|\.)(?:squarespace\.com|squarespace-cdn\.com|sqspcdn\.com|files\.wordpress\.com|i[0-3]\.wp\.com)$"
)
_SHOWN_CHARS: Final = 80


class ClimbingError(ValueError):
    """A name that leads out of its folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a text was and will be.

    Attributes:
        slug: the file's name without ending.
        path: of the file, relative to the content folder.
        url: the new site address.
        old: the old site address; empty where there was none.
        alias: ``old`` where it has to be redirected; hosts add a missing slash at the end by themselves.
        trouble: why the old address cannot be redirected, in words.
    """

    slug: str
    path: str
    url: str
    old: str
    alias: str
    trouble: str = ""


def addresses(items: Sequence[Item], hosts: Collection[str]) -> list[Address | ClimbingError]:
    """Return an address for each item, in their order; no two share one.

    Args:
        items: in the order of the export; the first of several with one name has it.
        hosts: whose addresses are those of the old site.
    """
    taken: dict[str, set[str]] = {"page": set(), "post": set()}
    slugs: list[str | ClimbingError] = []
    for number, item in enumerate(items, 1):
        try:
            wanted = _slug(item, number)
        except ClimbingError as failure:
            slugs.append(failure)
            continue
        free, count = wanted, 1
        while free in taken[item.kind]:
            count += 1
            free = f"{wanted}-{count}"
        taken[item.kind].add(free)
        slugs.append(free)
    new = {_url(item.kind, slug) for item, slug in zip(items, slugs, strict=True) if isinstance(slug, str)}
    aliases: set[str] = set()
    done: list[Address | ClimbingError] = []
    for item, slug in zip(items, slugs, strict=True):
        if isinstance(slug, ClimbingError):
            done.append(slug)
            continue
        url = _url(item.kind, slug)
        old, trouble = _old(item, hosts)
        alias = old if old and _slashed(old) != url else ""
        if alias and _slashed(alias) in new:
            alias, trouble = "", f"its old address {alias} is that of another text now, so nothing leads from there"
        elif alias and alias in aliases:
            alias, trouble = "", f"another text had the old address {alias} as well"
        aliases.add(alias)
        folder = Kind.PAGE if item.kind == "page" else Kind.ARTICLE
        path = f"{folder.value}/{slug}.md"
        done.append(Address(slug=slug, path=path, url=url, old=old, alias=alias, trouble=trouble))
    return done


def _slashed(url: str) -> str:
    return f"{url.rstrip('/')}/"


def _url(kind: str, slug: str) -> str:
    return f"{urls.BLOG}{slug}/" if kind == "post" else LISTINGS.get(slug, f"/{slug}/")


def _slug(item: Item, number: int) -> str:
    """Return the last part of an item's address, else its title's.

    Raises:
        ClimbingError: name or address lead out of their folder.
    """
    names = (item.name, urls.split(item.link).path)
    for name in names:
        decoded = unquote(unquote(name))
        if ".." in re.split(r"[/\\]", decoded) or re.match(r"[A-Za-z]:[\\/]|\\\\", decoded):
            raise ClimbingError(f'its name "{cut(name, _SHOWN_CHARS)}" climbs out of the folder')
    found = (slugify(_ENDING.sub("", unquote(name).rstrip("/").rpartition("/")[2])) for name in (*names, item.title))
    slug = next((each for each in found if each not in {"", "null"}), f"{item.kind}-{number}")
    while len(slug) > _LONGEST:
        slug = slug.rpartition("-")[0] or slug[:_LONGEST]
    if item.kind == "page" and slug not in LISTINGS:
        if slug in {"index", "homepage", "home-page"}:
            return "home"
        if slug in urls.RESERVED or re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", slug):
            return f"{slug}-page"
    return slug


def _old(item: Item, hosts: Collection[str]) -> tuple[str, str]:
    """Return the old site address of an item, and why it cannot be redirected."""
    parts = urls.split(item.link)
    if parts.netloc and urls.host_of(item.link).lower() not in hosts:
        return "", ""
    path = parts.path if not parts.path or parts.path.startswith("/") else f"/{parts.path}"
    if item.state == "draft" or path in {"", "/", "/null"}:
        if parts.query and item.state != "draft":
            return "", f"its old address ?{parts.query} has no path, and no host can redirect it by a file"
        return "", ""
    if not urls.is_own(path) or re.search(r"[\s?#]|/\.\.?(/|$)", path):
        return "", f"its old address {path} cannot be redirected"
    return path, ""


class Links:
    """New addresses for old ones.

    ``notes`` collects, while one text is moved, what became of links that lead nowhere any more.
    """

    def __init__(
        self,
        items: Sequence[Item],
        found: Sequence[Address | ClimbingError],
        hosts: Collection[str],
        facts: Facts,
        content: Path,
    ) -> None:
        """Take what is moved and what lies in the content folder already."""
        own = urls.host_of(facts.practice.url).lower()
        self._hosts = frozenset({*hosts, own})
        self._old_hosts = frozenset(hosts) - {own}
        self._origin = facts.practice.url.rstrip("/")
        self._targets: dict[str, str] = {}  # a file, or an address with a slash in front; empty for a draft
        self._urls: dict[str, str] = {}
        self.notes: list[str] = []
        for path in sorted(content.glob("*/*.md")):
            kind = path.parent.name
            url = LISTINGS.get(path.stem, f"/{path.stem}/") if kind == "pages" else f"/{kind}/{path.stem}/"
            self._targets[key_of(url)] = f"{kind}/{path.name}"
        has_posts = any(item.kind == "post" and item.state == "published" for item in items)
        listings = {urls.HOME: True, urls.AREAS: True, urls.SERVICES: bool(facts.services)}
        listings |= {urls.ABOUT: bool(facts.people), urls.BLOG: has_posts}
        for url, exists in listings.items():
            if exists:
                self._targets.setdefault(key_of(url), url)
        for item, address in zip(items, found, strict=True):
            if isinstance(address, Address):
                for name in filter(None, (key(item), key_of(address.old), key_of(address.url))):
                    self._targets[name] = address.path if item.state == "published" else ""
                    self._urls[name] = address.url
        named = "|".join(re.escape(host) for host in sorted(self._old_hosts, key=lambda h: (-len(h), h)))
        pattern = rf"(?:https?://)?(?<![\w@.-])(?:www\.)?(?:{named})(?![\w-]|\.[a-z])(/[^\s<>\"')\]]*)?"
        self._named = re.compile(pattern, re.IGNORECASE) if named else None

    def is_old(self, url: str) -> bool:
        """Return whether an address lies on the old host or on one of its system's."""
        host = _host(url)
        return host in self._old_hosts or bool(_SYSTEM.search(host))

    def link(self, href: str) -> str | None:
        """Return the new address of a link, None where it leads nowhere any more."""
        new, why = self.look_up(href)
        if why:
            self.notes.append(why)
        return new

    def look_up(self, href: str) -> tuple[str | None, str]:
        """Return the new address, and in words why there is none."""
        href = re.sub(r"[\x00-\x20]+", " ", href).strip()
        shown = cut(href, _SHOWN_CHARS)
        scheme = urls.scheme_of(href)
        if scheme in {"mailto", "tel"}:
            return href.replace(" ", ""), ""
        if scheme == "sms":
            return f"tel:{href.partition(':')[2].partition('?')[0].replace(' ', '')}", ""
        if scheme and scheme not in {"http", "https"}:
            return None, f"a link to {shown} was taken out: such addresses are not allowed"
        if href.startswith("//"):
            href = f"https:{href}"
        if href.startswith("#") or not href:
            return None, "links within a page were taken out" if len(href) > 1 else ""
        parts = urls.split(href)
        if parts.netloc and _host(href) not in self._hosts:
            if self.is_old(href):
                return None, f"a link to {shown} was taken out: it is a file of the old host"
            if not urls.is_web(href):
                return None, f"a link to {shown} was taken out: it is broken"
            return href.replace(" ", "%20"), ""
        name = key_of(parts.path)
        if target := self._targets.get(name):
            return (target if target.startswith("/") else f"{{filename}}/{target}"), ""
        if name in self._targets:
            return None, f"a link to /{name} was taken out: that is a draft"
        if _FILE.search(name):
            return None, f"a link to /{name} was taken out: put that file into extra/ and link it as /{name}"
        return None, f"a link to /{name} was taken out: this site has no such page"

    def rewritten(self, text: str) -> str:
        """Return a plain text with addresses of the old host as those of the new site."""
        if self._named is None or not self._named.search(text):
            return text

        def new(match: re.Match[str]) -> str:
            path = match[1] or ""
            end = path[len(path.rstrip(".,;:!?")) :]
            url = self._urls.get(key_of(path.removesuffix(end)), "")
            is_whole = match.group().lower().startswith("http")
            return f"{self._origin if is_whole else urls.host_of(self._origin)}{url}{end}"

        return self._named.sub(new, text)


def _host(url: str) -> str:
    try:
        return (urls.split(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def key_of(path: str) -> str:
    """Return a site address for comparison, as ``archive.key`` does."""
    return _ENDING.sub("", unquote(path.partition("?")[0].partition("#")[0]).strip("/").lower())
