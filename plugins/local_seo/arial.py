"""How wide a text is in Arial, the font in which search results show titles.

The advance widths are those of Arial's metric-compatible twin, in units of 1/2048 em.
"""

from __future__ import annotations

import unicodedata
from typing import Final

UNITS_PER_EM: Final = 2048
TITLE_SIZE_PX: Final = 20  # the size of a result's title on a desktop
UNKNOWN: Final = 1139  # a digit's width: letters of other scripts are near it
WIDE: Final = 2048  # East Asian full-width characters and emoji fill their em

_BY_WIDTH: Final = {
    391: "'",
    455: "ijlįĵĺļłſ‘’‚",  # noqa: RUF001
    532: "|¦",
    569: " !,./:;I[\\]ft\xa0·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ",
    597: "ľ",
    682: "()-`r¡¨²³´¸¹ŕŗř\u2010\u2011“”„‹›",  # noqa: RUF001
    684: "{}ŀ",
    717: "•",
    727: '"',
    748: "º",
    758: "ª",
    768: "ť",
    797: "*",
    819: "°",
    909: "ĳ",
    961: "^",
    1024: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżž",
    1100: "¶",
    1124: "±÷",
    1131: "¯",
    1139: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűų–€",
    1180: "µ",
    1196: "+<=>~¬×",
    1237: "ŉ",
    1251: "FTZ¿ßøŢŤŦŹŻŽ",
    1259: "ď",
    1366: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    1479: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵ",
    1481: "Ŋ",
    1505: "Ĳ",
    1509: "©®",
    1593: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ",
    1706: "Mm",
    1708: "¼½¾",
    1821: "%æ",
    1933: "WœŴ",
    2048: "ÆŒ—…™",
    2079: "@",
}
_WIDTH: Final = {char: width for width, chars in _BY_WIDTH.items() for char in chars}


def width_px(text: str) -> float:
    """Return the width of a plain text on one line, in CSS pixels at the size of a result's title."""
    composed = unicodedata.normalize("NFC", text)
    try:
        units = sum(map(_WIDTH.__getitem__, composed))
    except KeyError:
        units = sum(map(_units, composed))
    return units * TITLE_SIZE_PX / UNITS_PER_EM


def _units(char: str) -> int:
    if (known := _WIDTH.get(char)) is not None:
        return known
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Cc", "Mn"}:
        return 0
    return WIDE if unicodedata.east_asian_width(char) in {"W", "F"} else UNKNOWN
