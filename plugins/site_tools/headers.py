"""The headers that every page is sent with, as data: ``serve`` sends them, ``publish`` writes them down for hosts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# A page fetches from its own origin and nowhere else, runs no code and no style that stands in the page itself,
# sends no form and is framed by nobody.
# Source: https://www.w3.org/TR/CSP3/
CONTENT_SECURITY_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# Where the site is served by https: an address that somebody typed with http is fetched by https.
UPGRADE: Final = "upgrade-insecure-requests"
# What a page of words never asks for. Only names that browsers know: an unknown one is a warning on the console.
# Source: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Permissions-Policy
PERMISSIONS_POLICY: Final = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def headers(*, https: bool) -> dict[str, str]:
    """Return the headers of every page by name.

    Args:
        https: whether the site is served by https, as it is anywhere but on a writer's own machine.
    """
    policy = [f"{directive} {source}" for directive, source in CONTENT_SECURITY_POLICY.items()]
    return {
        "Content-Security-Policy": "; ".join([*policy, UPGRADE] if https else policy),
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in PERMISSIONS_POLICY),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


# An address with a digest never has other bytes; browsers need not ask again.
# Source: https://www.rfc-editor.org/rfc/rfc8246
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_WITH_DIGEST: Final = re.compile(r"/(?:i|theme)/[^/]+\.[0-9a-f]{6,10}\.(?:[^/]+\.)?[a-z0-9]+")


def caching(url: str) -> str:
    """Return how long a site address may be kept: for ever with a digest in it, else until it was asked for again."""
    return IMMUTABLE if _WITH_DIGEST.fullmatch(url) else "no-cache"
