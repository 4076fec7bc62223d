"""WordPress's export format (WXR), as WordPress and Squarespace write it.

Source: https://developer.wordpress.org/reference/functions/export_wp/
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from lxml import etree

from local_seo import urls
from local_seo.errors import Finding, error
from local_seo.request import Refused
from local_seo.text import plain, squeeze

from .model import Attachment, Export, Item
from .repair import decoded, repaired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Parts of the namespaces; the prefixes stand in for them in a file that lost its first lines.
_SPACES: Final = {"content": "purl.org/rss/1.0/modules/content", "dc": "purl.org/dc/", "excerpt": "excerpt"}
_EMPTY_DATE: Final = "0000-00-00"
_GUTENBERG: Final = "<!-- wp:"
_SQUARESPACE: Final = ("sqs-", "squarespace", "data-block-type", "image-block-")
_MOVED: Final = frozenset({"post", "page"})
_SUMMARIES: Final = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description")
_FAULTS_SHOWN: Final = 5
_ENDED: Final = re.compile(r"</rss>\s*\Z")
_YEARS: Final = range(1972, 9998)  # WordPress writes 1970 or a year below zero for what was never published
_KINDS: Final = {
    "nav_menu_item": "menu entries",
    "revision": "earlier versions",
    "wp_block": "reusable blocks",
    "wp_navigation": "menus",
    "custom_css": "style sheets",
    "product": "products",
    "event": "events",
}


def read(raw: bytes, name: str) -> Export:
    """Return what an export holds; damage is among its faults, and what stands around it is read.

    Raises:
        Refused: it is no such export, or one that must not be read.
    """
    text = decoded(raw)
    mended = repaired(text, name)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_comments=True
    )
    try:
        root = etree.fromstring(mended.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _local(root) != "rss":
        what = "an HTML page" if re.search(r"<html\b", text[:2000], re.IGNORECASE) else "no export of a blog"
        raise Refused(
            f"{name}: this is {what}: its first element is not <rss>"
            " - in Squarespace choose Settings, Import & Export, Export, WordPress; in WordPress Tools, Export"
        )
    faults = list(_damage(parser, name))
    if not _ENDED.search(mended):
        line = text.count("\n") + 1
        what = "the file ends in the middle: what came after is not in it"
        faults.append(error(name, line, "broken-export", what, "export the site again, and wait for it to finish"))
    channel = next((child for child in root if _local(child) == "channel"), root)
    return _export(channel, tuple(faults))


def _damage(parser: etree.XMLParser, name: str) -> Iterator[Finding]:
    """Yield what the parser had to pass over, once a line."""
    told: dict[int, str] = {}
    for entry in parser.error_log:
        # Unknown prefixes lose nothing: elements are found by their own names.
        if entry.type_name not in {"NS_ERR_UNDEFINED_NAMESPACE", "ERR_DOCUMENT_END", "ERR_TAG_NOT_FINISHED"}:
            told.setdefault(entry.line, squeeze(entry.message))
    for line, message in list(told.items())[:_FAULTS_SHOWN]:
        what = f"the file is damaged here: {message}"
        yield error(name, line, "broken-export", what, "compare this place in the report, or export the site again")


def _export(channel: _Element, faults: tuple[Finding, ...]) -> Export:
    entries = [child for child in channel.iter() if _local(child) == "item"]
    people = _people(channel)
    attachments = _attachments(entries)
    left_out: Counter[str] = Counter()
    items: list[Item] = []
    after_post = False
    for entry in entries:
        kind = _text(entry, "post_type") or "post"
        if kind == "attachment":
            # Squarespace lists a post's picture right after it, without saying whose it is.
            if after_post and not items[-1].picture and not _text(entry, "post_parent").strip("0"):
                items[-1] = replace(items[-1], picture=_text(entry, "attachment_url"))
            after_post = False
            continue
        after_post = False
        status = _text(entry, "status") or "publish"
        if kind not in _MOVED:
            left_out[_KINDS.get(kind, f"items of the type {kind}")] += 1
        elif status in {"trash", "auto-draft"}:
            left_out["deleted posts"] += 1
        else:
            item = _item(entry, kind, status, people, attachments)
            left_out["comments"] += item.comments
            items.append(item)
            after_post = True
    hosts = {urls.host_of(link).lower() for link in _site_addresses(channel, entries) if urls.is_web(link)}
    return Export(
        items=tuple(items),
        hosts=frozenset(hosts),
        attachments=attachments,
        left_out={what: count for what, count in sorted(left_out.items()) if count},
        made=_moment(_text(channel, "pubDate")),
        faults=faults,
    )


def _item(entry: _Element, kind: str, status: str, people: dict[str, str], attachments: dict[str, Attachment]) -> Item:
    notes: list[str] = []
    meta = _meta(entry)
    body = _text(entry, "encoded", "content")
    published = status in {"publish", "future", "inherit"}
    if status in {"private", "pending"}:
        notes.append(f"it was {status} on the old site, so it is a draft here")
    if _text(entry, "post_password"):
        published = False
        notes.append("it asked for a password on the old site, so it is a draft here")
    creator = _text(entry, "creator", "dc")
    # Local time without a zone comes last: which zone it was is not said.
    dates = (_text(entry, "post_date_gmt"), _text(entry, "pubDate"), _text(entry, "post_date"))
    thumbnail = attachments.get(meta.get("_thumbnail_id", ""))
    terms = [(each.get("domain") or "category", _content(each)) for each in _all(entry, "category")]
    comments = [each for each in _all(entry, "comment") if _text(each, "comment_approved") not in {"spam", "trash"}]
    return Item(
        kind="page" if kind == "page" else "post",
        title=plain(_text(entry, "title")),
        html=body,
        link=_text(entry, "link"),
        name=_text(entry, "post_name"),
        date=next((moment for date in dates if (moment := _moment(date))), None),
        modified=_moment(_text(entry, "post_modified_gmt")),
        state="published" if published else "draft",
        author=people.get(creator.lower(), creator),
        categories=tuple(squeeze(term) for domain, term in terms if domain == "category" and term),
        tags=tuple(squeeze(term) for domain, term in terms if domain == "post_tag" and term),
        picture=thumbnail.url if thumbnail else "",
        excerpt=_text(entry, "encoded", "excerpt"),
        summary=next((squeeze(html.unescape(meta[key])) for key in _SUMMARIES if meta.get(key)), ""),
        noindex=meta.get("_yoast_wpseo_meta-robots-noindex") == "1",
        comments=len(comments),
        has_bare_lines=_GUTENBERG not in body and not any(mark in body for mark in _SQUARESPACE),
        notes=tuple(notes),
    )


def _meta(entry: _Element) -> dict[str, str]:
    return {_text(each, "meta_key"): _text(each, "meta_value") for each in _all(entry, "postmeta")}


def _people(channel: _Element) -> dict[str, str]:
    """Return the names of authors by everything that they are called in the posts."""
    found: dict[str, str] = {}
    for person in _all(channel, "author"):
        first, last = _text(person, "author_first_name"), _text(person, "author_last_name")
        name = _text(person, "author_display_name") or squeeze(f"{first} {last}")
        for key in (_text(person, "author_login"), _text(person, "author_email")):
            if key and name and "@" not in name:
                found[key.lower()] = name
    return found


def _attachments(entries: list[_Element]) -> dict[str, Attachment]:
    found = {}
    for entry in entries:
        url = _text(entry, "attachment_url")
        if url:
            found[_text(entry, "post_id") or url] = Attachment(
                url=url,
                title=plain(_text(entry, "title")),
                alt=plain(_meta(entry).get("_wp_attachment_image_alt", "")),
                caption=plain(_text(entry, "encoded", "excerpt")),
            )
    return found


def _site_addresses(channel: _Element, entries: list[_Element]) -> Iterator[str]:
    for name in ("link", "base_site_url", "base_blog_url"):
        yield _text(channel, name)
    for entry in entries:
        if _text(entry, "post_type") in _MOVED:
            yield _text(entry, "link")


def _moment(written: str) -> dt.datetime | None:
    """Return a moment with its zone, UTC where none is given, or None when the text is no date."""
    written = written.strip()
    if not written or written.startswith(_EMPTY_DATE):
        return None
    try:
        found = dt.datetime.fromisoformat(written)
    except ValueError:
        try:
            found = parsedate_to_datetime(written)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
    moment = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    return moment if moment.year in _YEARS else None


def _local(element: _Element) -> str:
    """Return an element's name without namespace or prefix; prefixes without a namespace occur in cut files."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _all(element: _Element, name: str) -> list[_Element]:
    return [child for child in element if _local(child) == name]


def _text(element: _Element, name: str, prefix: str = "") -> str:
    """Return the text of the first child of this name, stripped; ``prefix``: of its namespace."""
    for child in element:
        if _local(child) == name and (not prefix or _is_in(child, prefix)):
            return _content(child)
    return ""


def _is_in(element: _Element, prefix: str) -> bool:
    space, _, _ = str(element.tag).rpartition("}")
    return _SPACES[prefix] in space if space else str(element.tag).startswith(f"{prefix}:")


def _content(element: _Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
