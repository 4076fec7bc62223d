"""Files beside the pages: the one style sheet, pictures and their sizes, files that are copied as they are."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import rcssmin
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from .errors import Finding, error
from .model.site import Image

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MEDIA_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# The order in which the style sheet is joined; the cascade layers are declared by the first.
_STYLES = ("layers", "reset", "tokens", "base", "layout", "components/*", "utilities", "print", "shame")
_ORIENTATION = 0x0112  # the Exif tag that says how a camera was held; from 5 on the picture lies on its side
_ON_ITS_SIDE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stylesheet:
    """The joined style sheet; ``url`` has a digest of its bytes, so that it may be cached for ever."""

    url: str
    data: bytes


def layered(themes: Sequence[Path], folder: str) -> dict[str, Path]:
    """Return the files of a folder of the theme by name; a later theme's file stands in for an earlier one's."""
    found = {path.relative_to(theme / folder).as_posix(): path for theme in themes for path in files(theme / folder)}
    return dict(sorted(found.items()))


def stylesheet(themes: Sequence[Path]) -> Stylesheet:
    """Return the one style sheet: the themes' files in order, without comments and needless space."""
    css = layered(themes, "css")
    names = [name for pattern in _STYLES for name in css if fnmatch(name, f"{pattern}.css")]
    joined = "\n".join(css[name].read_text(encoding="utf-8") for name in names)
    data = str(rcssmin.cssmin(joined)).encode()
    return Stylesheet(url=f"/theme/site.{hashlib.sha256(data).hexdigest()[:10]}.css", data=data)


def files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order; hidden ones and editors' leftovers are passed over."""
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            hidden = any(part.startswith((".", "#")) or part.endswith("~") for part in parts)
            if path.is_file() and not hidden:
                yield path


def image(path: Path, *, name: str, url: str) -> Image:
    """Return a picture's size as it is shown.

    Args:
        path: the file.
        name: the path relative to the content folder.
        url: its site address.

    Raises:
        ValueError: the file is no picture that browsers show; the message says why.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        message = f"{path.suffix or 'a file without an ending'} is no picture that browsers show"
        raise ValueError(message)
    width, height = _svg_size(path) if media_type == "image/svg+xml" else _size(path)
    return Image(path=name, url=url, width=width, height=height, media_type=media_type)


def images(content: Path) -> tuple[dict[str, Image], list[Finding]]:
    """Return the pictures below ``content/images/`` by path, and those that cannot be used."""
    found: dict[str, Image] = {}
    bad: list[Finding] = []
    for path in files(content / "images"):
        name = path.relative_to(content).as_posix()
        try:
            found[name] = image(path, name=name, url=f"/{name}")
        except ValueError as failure:
            remedy = f"save it as one of {' '.join(sorted(MEDIA_TYPES))}"
            bad.append(error(name, 0, "broken-picture", f"this picture cannot be used: {failure}", remedy))
    return found, bad


def _size(path: Path) -> tuple[int, int]:
    try:
        with Pillow.open(path) as picture:
            width, height = picture.size
            lying = picture.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
    except (UnidentifiedImageError, Pillow.DecompressionBombError, OSError, SyntaxError) as failure:
        raise ValueError(str(failure).replace(str(path), path.name)) from None
    return (height, width) if lying else (width, height)


def _svg_size(path: Path) -> tuple[int, int]:
    """Return the size of an SVG: ``width`` and ``height`` in pixels, else its ``viewBox``."""
    head = re.search(r"<svg\b[^>]*>", path.read_text(encoding="utf-8", errors="replace"))
    start = head.group() if head else ""
    sizes = [re.search(rf'\b{name}="([\d.]+)(?:px)?"', start) for name in ("width", "height")]
    if all(sizes):
        width, height = (float(found.group(1)) for found in sizes if found)
    elif box := re.search(r'\bviewBox="[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"', start):
        width, height = float(box.group(1)), float(box.group(2))
    else:
        message = "it is no SVG with a size"
        raise ValueError(message)
    return round(width), round(height)
