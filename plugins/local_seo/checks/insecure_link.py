"""A link to an address elsewhere that is not https.

Why: What is read over http can be read, and changed, by everybody on the way; browsers warn of such addresses.
Source: https://web.dev/articles/why-https-matters
Rules: W-20
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted
from ._output import links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.WARNING
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such address, once for the first page that links to it."""
    own = built.site.origin.replace("https://", "http://", 1)
    for view, href in links(built):
        if href.lower().startswith("http://") and not href.startswith(own):
            message = f"{view.url} links to {quoted(href)}, which is not https"
            yield rule.at_words(view, built, [href], message, "try the address with https://, and write that")


GOOD: Final = (example.case(example.rendered(anchors=(("https://a.example/", "A"), ("/blog/", "Blog")))),)
BAD: Final = (
    example.case(example.rendered(anchors=(("http://a.example/", "A"),)), found='"http://a.example/", which'),
)
