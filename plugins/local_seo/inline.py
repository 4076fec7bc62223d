"""Markdown's inline patterns, tried only where they can match.

Python-Markdown searches each piece of text with some fifteen patterns, one after the other; each needs a character
that most pieces do not have. The result is the library's own, byte for byte, which a test shows on generated and on
real text. A pattern that is not known here is always tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import inlinepatterns
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown

# By the expression of a pattern: the characters of which one must be there for it to match.
_NEEDS = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "!",
    inlinepatterns.IMAGE_REFERENCE_RE: "!",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "\n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    r"\*|_": "*_",
    r"\[\^([^\]]*)\]": "[",
}


_APPLY = "_InlineProcessor__applyPattern"  # private to the library, so its version is pinned


class GuardedInline(Extension):
    """Puts the look before the search in place of the library's own step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Replace the step; its place in the order stays."""
        md.treeprocessors.register(_Guarded(md), "inline", 20)


class _Guarded(InlineProcessor):
    """The library's step; only the loop over the patterns is ours."""

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:  # noqa: ANN401 - as the library has it
        """Apply the patterns to a tree."""
        patterns = list(self.inlinePatterns)
        self._patterns = [(_NEEDS.get(getattr(each, "pattern", ""), ""), each) for each in patterns]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Return the text with placeholders for what was found from a pattern on."""
        if isinstance(data, AtomicString):
            return data
        apply = getattr(self, _APPLY)
        index, start = patternIndex, 0
        while index < len(self._patterns):
            needed, pattern = self._patterns[index]
            found = False
            if not needed or any(character in data for character in needed):
                data, found, start = apply(pattern, data, index, start)
            if not found:
                index, start = index + 1, 0
        return data
