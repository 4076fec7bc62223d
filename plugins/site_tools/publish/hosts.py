"""The files that hosts read, from one neutral model: who is redirected where, what is gone, which headers are sent.

Each host has its own rules and limits; they are checked here, before anything is sent.

Sources: https://developers.cloudflare.com/pages/configuration/redirects/,
https://developers.cloudflare.com/pages/configuration/headers/,
https://developers.cloudflare.com/pages/functions/routing/, https://docs.netlify.com/manage/routing/redirects/overview/,
https://docs.netlify.com/manage/routing/headers/
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from local_seo import urls
from local_seo.request import Refused

from ..headers import SEARCH, headers
from . import package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

REDIRECTS: Final = "_redirects"
HEADERS: Final = "_headers"
NOINDEX: Final = ("X-Robots-Tag", "noindex")
# Limits of Cloudflare Pages.
_STATIC_MOST: Final = 2_000
_LINE_LONGEST: Final = 1_000
_RULES_MOST: Final = 100
_HEADER_LONGEST: Final = 2_000
_ROUTES_MOST: Final = 100
_ROUTE_LONGEST: Final = 100
_FILES_MOST: Final = 20_000
_FILE_LARGEST_BYTES: Final = 25 * 1024 * 1024
# What may stand in an address as it is; `%` belongs to what is encoded already.
_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_PATTERN: Final = re.compile(r"[*:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a host is to do besides sending files.

    Attributes:
        origin: of the site.
        redirects: from an old site address to a site address or an address elsewhere.
        gone: old site addresses that are given up.
        status: of redirects, 301 or 308.
        hashed: site addresses that may be cached for ever.
        noindex: whether search engines are kept away from everything.
    """

    origin: str
    redirects: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    status: int = 301
    hashed: tuple[str, ...] = ()
    noindex: bool = False


def cloudflare(rules: Rules) -> dict[str, bytes]:
    """Return what Cloudflare Pages reads.

    Its redirects cannot say that a page is gone for good. A function does, called for those addresses alone.

    Raises:
        Refused: there are more rules than the host takes.
    """
    served = dict(_both_spellings(rules.redirects))
    lines = [f"{_encoded(old)} {_encoded(new)} {rules.status}" for old, new in served.items()]
    _at_most(len(lines), _STATIC_MOST, "redirects", "Cloudflare Pages")
    for line in lines:
        if len(line) > _LINE_LONGEST:
            raise Refused(
                f"Cloudflare Pages takes no redirect of more than {_LINE_LONGEST} characters: {line[:80]} ..."
            )
    files = {HEADERS: _headers(rules, "Cloudflare Pages", detached=True)}
    if lines:
        files[REDIRECTS] = _lines(lines)
    gone = [_encoded(old) for old in sorted(_spellings(rules.gone))]
    if gone:
        long = [old for old in gone if len(old) > _ROUTE_LONGEST]
        if long:
            raise Refused(
                f"Cloudflare Pages says `gone` for no address of more than {_ROUTE_LONGEST} characters: {long[0]}"
            )
        if len(gone) > _ROUTES_MOST:
            gone = [_encoded(old) for old in sorted(rules.gone)]
        _at_most(len(gone), _ROUTES_MOST, "addresses that are gone", "Cloudflare Pages")
        files["_routes.json"] = f"{json.dumps({'version': 1, 'include': gone, 'exclude': []}, indent=1)}\n".encode()
        files["_worker.js"] = _WORKER.encode()
    return files


# The routes say for which addresses this runs; whatever else might reach it is served as ever.
_WORKER: Final = """\
// Says that a page is gone for good, which a redirect cannot; _routes.json lists the addresses.
export default {
  async fetch(request, env) {
    const answer = await env.ASSETS.fetch(request);
    return answer.status === 404 ? new Response(answer.body, { status: 410, headers: answer.headers }) : answer;
  },
};
"""


def netlify(rules: Rules) -> dict[str, bytes]:
    """Return what Netlify reads. Its rules match an address with and without the slash at its end."""
    lines = [f"{_encoded(old)} {_encoded(new)} {rules.status}" for old, new in sorted(rules.redirects.items())]
    lines += [f"{_encoded(old)} /404.html 410" for old in sorted(rules.gone)]
    files = {HEADERS: _headers(rules, "Netlify")}
    if lines:
        files[REDIRECTS] = _lines(lines)
    return files


def github_pages(rules: Rules) -> dict[str, bytes]:
    """Return what GitHub Pages reads: the domain, and that nothing is to be built there; pages that lead on."""
    host = urlsplit(rules.origin).hostname or ""
    return {"CNAME": f"{host}\n".encode(), ".nojekyll": b"", **pages_that_lead_on(rules)}


def pages_that_lead_on(rules: Rules) -> dict[str, bytes]:
    """Return a page at each old address that leads to the new one; for hosts that can do nothing else."""
    return {name: _leading_page(new, rules.origin) for old, new in rules.redirects.items() if (name := _file_of(old))}


HOSTS: Final[Mapping[str, Callable[[Rules], dict[str, bytes]]]] = {
    "cloudflare": cloudflare,
    "netlify": netlify,
    "github-pages": github_pages,
    "folder": pages_that_lead_on,
    "rclone": pages_that_lead_on,
}


def check_files(target: str, files: package.Package) -> None:
    """Stop before a host would refuse in the middle.

    Raises:
        Refused: more files, or larger ones, than the host takes.
    """
    if target != "cloudflare":
        return
    _at_most(len(files), _FILES_MOST, "files", "Cloudflare Pages")
    for file in files.values():
        if file.size > _FILE_LARGEST_BYTES:
            raise Refused(f"Cloudflare Pages takes files of at most 25 MiB: {file.path} is larger - make it smaller")


def _headers(rules: Rules, host: str, *, detached: bool = False) -> bytes:
    """Return ``_headers``: what is always sent, and what may be kept for ever.

    Cloudflare joins the values of two rules that match one address, Netlify takes the later one. So no header stands
    in two of them but the policy of the search page, which is first taken away where that is needed (``detached``).
    """
    always = dict(headers(https=True))
    if rules.noindex:
        always.update([NOINDEX])
    special = {n: v for n, v in headers(SEARCH, https=True).items() if always.get(n) != v}
    blocks = [("/*", always)]
    if special:
        blocks.append((SEARCH, {**({f"! {name}": "" for name in special} if detached else {}), **special}))
    blocks += [(_encoded(url), {"Cache-Control": package.IMMUTABLE}) for url in rules.hashed]
    _at_most(len(blocks), _RULES_MOST, "rules for headers", host)
    for url, values in blocks:
        for name, value in values.items():
            if len(name) + len(value) + len(url) > _HEADER_LONGEST:
                raise Refused(f"{host} takes no header of more than {_HEADER_LONGEST} characters: {name} for {url}")
    texts = (
        "".join((f"{url}\n", *(f"  {n}: {v}\n" if v else f"  {n}\n" for n, v in values.items())))
        for url, values in blocks
    )
    return "\n".join(texts).encode()


def kept_for_ever(files: Mapping[str, bool]) -> tuple[str, ...]:
    """Return address patterns that match the hashed files and no other file.

    One for each, or, where those are more than hosts take, one for a folder of which all is hashed.

    Args:
        files: for each path, whether it is hashed.
    """
    whole = _hashed_folders(files) if sum(files.values()) >= _RULES_MOST - 1 else []
    found = dict.fromkeys(
        next((f"/{folder}/*" for folder in whole if path.startswith(f"{folder}/")), f"/{path}")
        for path, hashed in sorted(files.items())
        if hashed
    )
    return tuple(found)


def _hashed_folders(files: Mapping[str, bool]) -> list[str]:
    """Return the outermost folders in which every file, at any depth, is hashed."""
    mixed: set[str] = set()
    folders: set[str] = set()
    for path, hashed in files.items():
        parts = path.split("/")[:-1]
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
        folders |= above
        mixed |= set() if hashed else above
    return sorted(folders - mixed, key=lambda folder: (folder.count("/"), folder))


def _both_spellings(redirects: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each redirect, with and without the slash at the end of the old address while the host takes so many."""
    more = {
        old.rstrip("/"): new for old, new in redirects.items() if old.endswith("/") and old.rstrip("/") not in redirects
    }
    more.pop("", None)
    both = {**redirects, **more}
    yield from sorted((both if len(both) <= _STATIC_MOST else redirects).items())


def _spellings(addresses: frozenset[str]) -> set[str]:
    return {*addresses, *(bare for old in addresses if (bare := old.rstrip("/")))}


def _encoded(url: str) -> str:
    return quote(url, safe=f"{_SAFE}#?")


def _at_most(count: int, most: int, what: str, host: str) -> None:
    if count > most:
        raise Refused(
            f"{host} takes at most {most:,} {what}, and there are {count:,} - take some away, or use another host"
        )


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _file_of(old: str) -> str:
    """Return the file that answers for an old address; "" where no file can, as for one with a query."""
    if "?" in old or "#" in old:
        return ""
    last = old.rpartition("/")[2]
    return urls.save_as(old if not last or "." in last else f"{old}/")


def _leading_page(new: str, origin: str) -> bytes:
    address = f"{origin}{new}" if new.startswith("/") else new
    shown = html.escape(address)
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>This page has moved</title>\n'
        f'<link rel="canonical" href="{shown}">\n<meta http-equiv="refresh" content="0; url={shown}">\n'
        f'<p>This page has moved to <a href="{shown}">{shown}</a>.</p>\n</html>\n'
    ).encode()
