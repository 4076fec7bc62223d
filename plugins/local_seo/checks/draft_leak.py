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
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each withheld file that the output names, or whose address it has or links to.

    An address that a published page took is no trace.
    """
    owner = {view.url: view.source for view in pages(built)}
    for path, file in built.site.withheld.items():
        if not file.reason:
            continue  # it has faults of its own, and no output is kept
        name = PurePosixPath(path).name
        traces = [f"the page {taken}" for taken, source in owner.items() if source == path]
        traces += [f"the file /{made}" for made in sorted(built.paths) if PurePosixPath(made).name == name]
        traces += [f"its picture {address}" for address in _left_over(file.image, built)]
        if file.url not in owner:
            traces += [f"the file /{made}" for made in sorted(built.paths) if f"/{made}".startswith(file.url)]
            # With what stands around an address: one elsewhere may end or begin in the same way. An @id with an
            # anchor is no trace: the address of a service, place or person follows from practice.toml.
            origin = built.site.origin
            marks = tuple(
                mark.encode()
                for mark in (f'"{file.url}"', f'"{file.url}#', f'"{origin}{file.url}"', f">{origin}{file.url}<")
            )
            traces += [
                f"{quoted(file.url)} in /{made}"
                for made, content in sorted(built.files.items())
                if any(mark in content for mark in marks)
            ]
        for trace in dict.fromkeys(traces):
            yield rule.finding(path, 0, f"this file is not public ({file.reason}), but the output has {trace}", _REMEDY)


def _left_over(name: str | None, built: Built) -> Iterator[str]:
    """Yield the addresses of a picture's files in the output where no public page names any of them."""
    image = built.site.images.get(name or "")
    made = [address for address in (image.addresses if image else ()) if address.lstrip("/") in built.paths]
    if f"{name}" in built.paths:
        made.append(f"/{name}")
    named = any(address.encode() in content for address in made for content in built.files.values())
    yield from () if named else made


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
