"""A trace of a draft, or of an article that is not due yet, in the output.

Why: What is not published is nobody's business yet; search engines keep what they saw once.
Source: docs/writing.md, `status` and `date`
Rules: product 4 (drafts and embargoed posts leave no trace)
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.site import Withheld
from ..text import quoted
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each withheld file that the output names, or whose address it has or links to.

    An address that a published page took is no trace.
    """
    owner = {view.url: view.source for view in pages(built)}
    # What has faults of its own is told, and no output is kept.
    withheld = {path: file for path, file in built.site.withheld.items() if file.reason}
    pictures = {path: _pictures(file.image, built) for path, file in withheld.items()}
    marks = {file.url: _marks(file.url, built.site.origin) for file in withheld.values() if file.url not in owner}
    marks |= {address: (address,) for addresses in pictures.values() for address in addresses}
    named = _named(built, marks)
    for path, file in withheld.items():
        name = PurePosixPath(path).name
        traces = [f"the page {taken}" for taken, source in owner.items() if source == path]
        traces += [f"the file /{made}" for made in sorted(built.paths) if PurePosixPath(made).name == name]
        if not any(named[address] for address in pictures[path]):
            traces += [f"its picture {address}" for address in pictures[path]]
        if file.url not in owner:
            traces += [f"the file /{made}" for made in sorted(built.paths) if f"/{made}".startswith(file.url)]
            traces += [f"{quoted(file.url)} in /{made}" for made in named[file.url]]
        for trace in dict.fromkeys(traces):
            yield rule.finding(path, 0, f"this file is not public ({file.reason}), but the output has {trace}", _REMEDY)


def _pictures(name: str | None, built: Built) -> list[str]:
    """Return the addresses of a picture's files in the output; no trace where a public page names one of them."""
    image = built.site.images.get(name or "")
    made = [address for address in (image.addresses if image else ()) if address.lstrip("/") in built.paths]
    return [*made, f"/{name}"] if f"{name}" in built.paths else made


def _marks(url: str, origin: str) -> tuple[str, ...]:
    """Return an address with what stands around it: one elsewhere may end or begin in the same way.

    An @id with an anchor is no trace: the address of a service, place or person follows from practice.toml.
    """
    return f'"{url}"', f'"{url}#', f'"{origin}{url}"', f">{origin}{url}<"


def _named(built: Built, marks: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """Return the files of the output that have one of an address's marks in them, by address; each is read once."""
    found: dict[str, list[str]] = {address: [] for address in marks}
    wanted = [(address, address.encode(), [mark.encode() for mark in each]) for address, each in marks.items()]
    for path in sorted(built.files) if wanted else ():
        content = built.files[path]
        for address, seen, all_of_it in wanted:
            if seen in content and any(mark in content for mark in all_of_it):
                found[address].append(path)
    return found


_REMEDY: Final = "publish it, or take away what links to it; report it if nothing does"
_DRAFT: Final = {"articles/grief.md": Withheld(reason="a draft", url="/blog/grief/", image="images/cot.jpg")}

GOOD: Final = (
    example.case(withheld=_DRAFT, files={"index.html": b'<a href="/blog/sleep/">'}),
    example.case(example.view("/blog/grief/", source="articles/2026-grief.md"), withheld=_DRAFT),
)
BAD: Final = (
    example.case(
        example.view("/blog/grief/"),
        withheld=_DRAFT,
        found="(a draft), but the output has the page /blog/grief/",
    ),
    example.case(withheld=_DRAFT, paths=frozenset({"blog/grief/cot.jpg"}), found="has the file /blog/grief/cot.jpg"),
    example.case(withheld=_DRAFT, paths=frozenset({"images/cot.jpg"}), found="has its picture /images/cot.jpg"),
    example.case(
        withheld=_DRAFT,
        files={"index.html": b'<a href="/blog/grief/">'},
        found='"/blog/grief/" in /index.html',
    ),
    example.case(
        withheld=_DRAFT,
        files={"feed.xml": f"<id>{example.ORIGIN}/blog/grief/</id>".encode()},
        found="in /feed.xml",
    ),
)
