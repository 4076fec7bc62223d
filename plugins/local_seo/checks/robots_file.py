"""A robots.txt that keeps search engines from what they may list, or that says otherwise than was meant.

Why: One line too many takes the whole site out of search; a page that may not be read cannot even say `noindex`.
Source: https://www.rfc-editor.org/rfc/rfc9309,
https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt
Rules: F-01, F-02, N-15
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.view import RobotsView
from ..text import joined, quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

SETTINGS: Final = {"bytes": limits.ROBOTS_LARGEST_BYTES}

Rules = list[tuple[str, bool]]


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of robots.txt."""
    for view in built.views.values():
        if isinstance(view, RobotsView):
            content = built.files.get(view.save_as)
            faults = ["there is no such file"] if content is None else _faults(view, content, built, rule)
            for fault in faults:
                yield rule.finding("", 0, f"/{view.save_as}: {fault}", REMEDY)


def _faults(view: RobotsView, content: bytes, built: Built, rule: Rule) -> Iterator[str]:
    groups, sitemaps, unknown = _read(content.decode(errors="replace"))
    if sitemaps != [view.sitemap]:
        yield f"it names the sitemap {joined(map(quoted, sitemaps)) or 'nowhere'}, not {quoted(view.sitemap)}"
    shut = sorted(agent for agent, rules in groups.items() if not _may_read("/", rules))
    if shut != sorted(agent.lower() for agent in view.denied):
        yield f"it shuts out {joined(shut) or 'nobody'}, not {joined(view.denied) or 'nobody'}"
    for line in unknown:
        yield f"no search engine understands {quoted(line)}"
    everybody = groups.get("*", [])
    in_part = _may_read("/", everybody) and not all(allowed for _, allowed in everybody)
    if shut_off := next((each for each in sorted(built.served) if in_part and not _may_read(each, everybody)), ""):
        yield f"it keeps search engines from {shut_off}"
    if len(content) > rule["bytes"]:
        yield f"it has {len(content)} bytes; search engines read the first {rule['bytes']:.0f}"


def _read(content: str) -> tuple[dict[str, Rules], list[str], list[str]]:
    """Return the rules by agent in lower case, the sitemaps, and the lines that mean nothing."""
    groups: dict[str, Rules] = {}
    sitemaps: list[str] = []
    unknown: list[str] = []
    agents: list[str] = []
    in_rules = False
    for line in content.splitlines():
        text = line.partition("#")[0].strip()
        key, _, value = (part.strip() for part in text.partition(":"))
        match key.lower():
            case "":
                continue
            case "user-agent":
                agents = [*([] if in_rules else agents), value.lower()]
                groups.setdefault(value.lower(), [])
                in_rules = False
            case "allow" | "disallow" as kind:
                in_rules = True
                for agent in agents if value else ():
                    groups[agent].append((value, kind == "allow"))
            case "sitemap":
                sitemaps.append(value)
            case _:
                unknown.append(text)
    return groups, sitemaps, unknown


def _may_read(address: str, rules: Rules) -> bool:
    """Return what the longest rule that fits says; of two as long, the kinder one. Without a rule all may be read."""
    fitting = [(len(path), allowed) for path, allowed in rules if _fits(path, address)]
    return max(fitting)[1] if fitting else True


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    ends = path.endswith("$")
    return re.compile(".*".join(map(re.escape, path.rstrip("$").split("*"))) + ("$" if ends else ""))


def _fits(path: str, address: str) -> bool:
    return _pattern(path).match(address) is not None


_ROBOTS: Final = RobotsView(save_as="robots.txt", denied=("GPTBot", "CCBot"), sitemap=f"{example.ORIGIN}/sitemap.xml")
_FILE: Final = (
    f"User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\n"
    f"Sitemap: {example.ORIGIN}/sitemap.xml\n".encode()
)

GOOD: Final = (example.case(_ROBOTS, files={"robots.txt": _FILE}),)
BAD: Final = (
    example.case(_ROBOTS, found="/robots.txt: there is no such file"),
    example.case(
        _ROBOTS, files={"robots.txt": b"Sitemap: /sitemap.xml"}, found='names the sitemap "/sitemap.xml", not'
    ),
    example.case(
        _ROBOTS,
        files={"robots.txt": _FILE.replace(b"User-agent: CCBot\n", b"")},
        found="it shuts out gptbot, not GPTBot and CCBot",
    ),
    example.case(_ROBOTS, files={"robots.txt": _FILE + b"Noindex: /fees/\n"}, found='understands "Noindex: /fees/"'),
    example.case(
        _ROBOTS,
        files={"robots.txt": _FILE.replace(b"Allow: /\n", b"Allow: /\nDisallow: /*.css$\n")},
        found="it keeps search engines from /theme/site.css",
    ),
)
