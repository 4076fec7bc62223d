"""Damaged XML in, XML that a strict parser can read out; what must not be read is refused.

Exports are put together by templates that forget to escape. Each repair keeps what was meant: a bare ampersand is an
ampersand, ``&nbsp;`` is a space, a section of raw text ends where its element does.
"""

from __future__ import annotations

import codecs
import contextlib
import html
import re
from typing import Final

from local_seo.request import Refused

# What XML 1.0 has no place for, besides surrogates, which Python's decoder refuses.
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND: Final = re.compile(r"&(?:(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});)?")
_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_RAW: Final = "<![CDATA["
_RAW_END: Final = "]]>"
_SPLIT: Final = "]]]]><![CDATA[>"  # how a raw section carries its own end
_OPENED: Final = re.compile(r"<([A-Za-z_][\w:.\-]*)(?:\s[^<>]*)?>\s*\Z")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_DECLARATION: Final = re.compile(r"<\?xml\b.*?\?>", re.DOTALL)
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_LONGEST_TAG: Final = 400
_LAST_CODE_POINT: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8 or what its marks say; single bytes that do not fit are read as Windows's."""
    if raw.startswith(codecs.BOM_UTF8):
        return raw.decode("utf-8-sig", "replace")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    if found := _ENCODING.search(raw[:400]):
        with contextlib.suppress(LookupError, ValueError):
            return raw.decode(found.group(1).decode())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def repaired(text: str, name: str) -> str:
    """Return XML without raw sections, unknown entities and forbidden characters.

    Args:
        text: the whole file.
        name: of the file, for the message.

    Raises:
        Refused: the file declares entities of its own; exports never do, attacks do.
    """
    start = text.find("<rss")
    head = text[: start if start >= 0 else 2000]
    if _DOCTYPE.search(head):
        raise Refused(
            f"{name}: the file declares a document type of its own (<!DOCTYPE), which no export of Squarespace or"
            " WordPress does and which could read other files or fill the memory; nothing was read"
            " - export the site again, or take that declaration out if you know where it comes from"
        )
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", text), count=1).lstrip("\ufeff \t\r\n")
    parts: list[str] = []
    at = 0
    endless: dict[str, int] = {}
    while (opened := text.find(_RAW, at)) >= 0:
        parts.append(_AMPERSAND.sub(_entity, text[at:opened]))
        end, after = _raw_end(text, opened, endless)
        inside = text[opened + len(_RAW) : end].replace(_SPLIT, _RAW_END)
        # Sections within the section: their marks go, their text stays.
        if _RAW in inside:
            inside = inside.replace(_RAW, "").replace(_RAW_END, "")
        parts.append(html.escape(inside, quote=False))
        at = after
    parts.append(_AMPERSAND.sub(_entity, text[at:]))
    return "".join(parts)


def _raw_end(text: str, opened: int, endless: dict[str, int]) -> tuple[int, int]:
    """Return where a raw section ends and where the text after it begins.

    It ends at the last ``]]>`` before its element does; where that cannot be said, at the first.

    Args:
        text: the whole file.
        opened: where the section begins.
        endless: elements that end nowhere from an offset on, remembered so that none is looked for twice.
    """
    element = _OPENED.search(text, max(0, opened - _LONGEST_TAG), opened)
    first = text.find(_RAW_END, opened)
    if first < 0:  # never ended: the file was cut off
        return len(text), len(text)
    if element and opened < endless.get(element.group(1), len(text)):
        closing = f"</{element.group(1)}>"
        close = text.find(closing, first)
        if close < 0:
            endless[element.group(1)] = opened
        # An element that ends in a later item is not this one.
        elif "<item>" not in text[first:close]:
            end = text.rfind(_RAW_END, first, close)
            if not text[end + len(_RAW_END) : close].strip():
                return end, end + len(_RAW_END)
    return first, first + len(_RAW_END)


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name in _OWN:
        return match.group()
    if name.startswith("#"):
        code = int(f"0{name[1:]}", 0) if name[1] in "xX" else int(name[1:])
        if code > _LAST_CODE_POINT or code in _SURROGATES or _FORBIDDEN.match(chr(code)):
            return ""
        return html.escape(chr(code), quote=False)
    char = html.unescape(match.group())
    return match.group().replace("&", "&amp;", 1) if char == match.group() else html.escape(char, quote=False)
