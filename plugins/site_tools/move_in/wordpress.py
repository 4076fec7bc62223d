"""What WordPress stores instead of HTML: paragraphs by empty lines, and its own words in square brackets."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Attachment

_BLOCK: Final = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|"
    "style|p|h[1-6]|hr|fieldset|legend|section|article|aside|header|footer|nav|figure|figcaption|details|summary"
)
_STARTS_BLOCK: Final = re.compile(rf"\s*</?(?:{_BLOCK})\b", re.IGNORECASE)
_BEFORE_BLOCK: Final = re.compile(rf"\n?(<(?:{_BLOCK})\b[^>]*>)", re.IGNORECASE)
_AFTER_BLOCK: Final = re.compile(rf"(</(?:{_BLOCK})\s*>)\n?", re.IGNORECASE)
_KEPT: Final = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_CAPTION: Final = re.compile(r"\[(?:wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]", re.IGNORECASE | re.DOTALL)
_PICTURE: Final = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", re.IGNORECASE)
_EMBED: Final = re.compile(r"\[(embed|video|audio|playlist)\b([^\]]*)\](?:([^\[]*)\[/\1\])?", re.IGNORECASE)
_GALLERY: Final = re.compile(r"\[gallery\b([^\]]*)\]", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ALONE: Final = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$")
_VALUE: Final = re.compile(r"""([\w\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")


def as_html(stored: str, attachments: Mapping[str, Attachment], *, bare_lines: bool) -> str:
    """Return HTML of what WordPress stored.

    Args:
        stored: the body as it stands in the export.
        attachments: by number, for galleries.
        bare_lines: whether empty lines part paragraphs.

    Source: https://developer.wordpress.org/reference/functions/wpautop/
    """
    text = _CAPTION.sub(_figure, _COMMENT.sub("", stored))
    text = _GALLERY.sub(lambda match: _gallery(match, attachments), text)
    text = _EMBED.sub(_embedded, text)
    if not bare_lines:
        return text
    return _paragraphs(
        _ALONE.sub(lambda match: f'\n\n<p><iframe src="{html.escape(match[1])}"></iframe></p>\n\n', text)
    )


def _paragraphs(text: str) -> str:
    """Return text with a paragraph for each piece between empty lines, and a break for each other line end."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\n\n<div data-kept='{len(kept) - 1}'></div>\n\n"

    text = _KEPT.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _AFTER_BLOCK.sub(r"\1\n\n", _BEFORE_BLOCK.sub(r"\n\n\1", text))
    pieces = []
    for piece in (piece.strip() for piece in re.split(r"\n\s*\n", text)):
        if piece:
            lined = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", piece)
            pieces.append(piece if _STARTS_BLOCK.match(piece) else f"<p>{lined}</p>")
    return re.sub(r"<div data-kept='(\d+)'></div>", lambda match: kept[int(match[1])], "\n".join(pieces))


def _values(written: str) -> dict[str, str]:
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _VALUE.finditer(written)}


def _figure(match: re.Match[str]) -> str:
    picture = _PICTURE.match(match[2])
    if not picture:
        return match[2]
    caption = match[2][picture.end() :].strip() or _values(match[1]).get("caption", "")
    return f"\n\n<figure>{picture[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _gallery(match: re.Match[str], attachments: Mapping[str, Attachment]) -> str:
    numbers = re.findall(r"\d+", _values(match[1]).get("ids", ""))
    shown = "".join(
        f'<figure><img src="{html.escape(each.url)}" alt="{html.escape(each.alt)}">'
        f"<figcaption>{html.escape(each.caption)}</figcaption></figure>"
        for each in (attachments[number] for number in numbers if number in attachments)
    )
    return f"\n\n{shown}\n\n"


def _embedded(match: re.Match[str]) -> str:
    values = _values(match[2])
    sources = [(match[3] or "").strip(), *(values.get(name, "") for name in ("src", "mp4", "mp3", "m4a", "webm"))]
    return "".join(f'\n\n<p><iframe src="{html.escape(source)}"></iframe></p>\n\n' for source in sources if source)
