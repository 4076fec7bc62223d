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
# The search page's engine is WebAssembly, which asks for leave to be compiled; no other page has it.
# Source: https://www.w3.org/TR/CSP3/#wasm-integration
SEARCH: Final = "/search/"
_MORE: Final[Mapping[str, Mapping[str, str]]] = {SEARCH: {"script-src": "'self' 'wasm-unsafe-eval'"}}
# Where the site is served by https: an address that somebody typed with http is fetched by https.
UPGRADE: Final = "upgrade-insecure-requests"
# For two years no browser that was here once asks by http. Not for other hosts of the domain, which are not ours.
# Source: https://www.rfc-editor.org/rfc/rfc6797
HSTS_S: Final = 63_072_000
# What a page of words never asks for. Only names that browsers know: an unknown one is a warning on the console.
# Source: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Permissions-Policy
PERMISSIONS_POLICY: Final = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def headers(path: str = "/", *, https: bool) -> dict[str, str]:
    """Return the headers of an address by name.

    Args:
        path: the address on the site; ``/search/`` alone has a policy of its own.
        https: whether the site is served by https, as it is anywhere but on a writer's own machine.
    """
    directives = {**CONTENT_SECURITY_POLICY, **_MORE.get(path, {})}
    policy = [f"{directive} {source}" for directive, source in directives.items()]
    return {
        "Content-Security-Policy": "; ".join([*policy, UPGRADE] if https else policy),
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in PERMISSIONS_POLICY),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        **({"Strict-Transport-Security": f"max-age={HSTS_S}"} if https else {}),
        "X-Content-Type-Options": "nosniff",
    }


# An address with a digest never has other bytes; browsers need not ask again.
# Source: https://www.rfc-editor.org/rfc/rfc8246
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_WITH_DIGEST: Final = re.compile(r"/(?:i|theme)/[^/]+\.[0-9a-f]{6,10}\.(?:[^/]+\.)?[a-z0-9]+")


def caching(url: str) -> str:
    """Return how long a site address may be kept: for ever with a digest in it, else until it was asked for again."""
    return IMMUTABLE if _WITH_DIGEST.fullmatch(url) else "no-cache"
