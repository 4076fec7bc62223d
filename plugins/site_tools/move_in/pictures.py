"""Pictures: found in a folder or fetched from the old host, each once, under a name that says something."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import re
import sys
import time
import urllib.error
import urllib.request
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from PIL import Image

from local_seo import limits, urls
from local_seo.text import fold, slugify, words

from .markdown import picture_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

_ENDINGS: Final = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif", "MPO": ".jpg"}
_SAYS_NOTHING: Final = re.compile(
    r"img|dsc[nf]?|images?|photos?|picture|pic|screen|shot|screenshot|unsplash|pexels|pixabay|untitled|unnamed|download"
    r"|file|giphy|shutterstock|istock|istockphoto|adobestock|canva|thumbnail|asset|copy|final|new|edited|whatsapp|px|web"
    r"|large|small|scaled|resized|jpe?g|png|gif|webp|[0-9a-f]*\d[0-9a-f]*|[a-z]?\d+[a-z]?",
    re.IGNORECASE,
)
_TELLING_LEAST: Final = 2  # words; a single one has to have five letters
_LETTERS_LEAST: Final = 4
_NAME_WORDS: Final = 8
_NAME_CHARS: Final = 60
_TRIES: Final = 3
_TIMEOUT_S: Final = 30
_AT_ONCE: Final = 4  # polite to the old host, and no longer waiting than that
_SAID_EVERY: Final = 25
_CHUNK_BYTES: Final = 65_536
_WRONG_REQUEST: Final = 400
_TOO_OFTEN: Final = 429
_FAULT_OF_SERVER: Final = 500
_SVG: Final = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_SVG_ACTS: Final = re.compile(
    rb"<script|\son\w+\s*=|javascript:|<foreignObject|<!ENTITY|href\s*=\s*[\"']\s*(?:https?:)?//", re.IGNORECASE
)
_TOO_MANY_PIXELS: Final = "it has more pixels than any photograph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture that a text shows. ``owner``: the slug of the text, to name a picture that says nothing itself."""

    url: str
    alt: str
    caption: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What was found.

    Attributes:
        paths: below the content folder, by picture key.
        sources: the file to copy, by path below the content folder; those that lie there already are not among them.
        missing: why a picture is not there, by picture key.
    """

    paths: Mapping[str, str]
    sources: Mapping[str, Path]
    missing: Mapping[str, str]


def gather(
    wanted: Sequence[Wanted],
    content: Path,
    *,
    known: Mapping[str, str],
    folder: Path | None,
    cache: Path | None,
    say: Callable[[str], None],
) -> Pictures:
    """Return a file for each picture, or the reason why there is none.

    Args:
        wanted: every use of a picture, in the order of the texts.
        content: the content folder.
        known: paths by picture key from an earlier move; kept where the file is still there.
        folder: where files lie already.
        cache: where fetched files are kept; None fetches nothing.
        say: shows progress.
    """
    first: dict[str, Wanted] = {}
    for each in wanted:
        first.setdefault(picture_key(each.url), each)
    paths = {key: known[key] for key in first if key in known and (content / known[key]).is_file()}
    sought = [key for key in first if key not in paths]
    found: dict[str, Path] = {}
    missing: dict[str, str] = {}
    shelf = _Shelf(folder) if folder else None
    for key in sought:
        if _climbs(first[key].url):
            missing[key] = "its name climbs out of its folder (..), so it was refused"
        elif shelf and (file := shelf.file_of(first[key].url)):
            found[key] = file
    rest = [key for key in sought if key not in found and key not in missing]
    if cache and rest:
        fetched, failed = _fetched({key: first[key].url for key in rest}, cache, say)
        found |= fetched
        missing |= failed
    elif rest:
        where = f"not found in {folder}" if folder else "not looked for"
        missing |= dict.fromkeys(rest, f"{where}; use --download, or --pictures with the folder that has it")
    images = content / "images"
    lying = images.rglob("*") if images.is_dir() else ()
    taken = {*paths.values(), *(file.relative_to(content).as_posix() for file in lying if file.is_file())}
    by_digest = {_digest(content / path): path for path in sorted(set(paths.values()))}
    sources: dict[str, Path] = {}
    for key in (key for key in sought if key in found):
        try:
            ending = _ending(found[key])
        except ValueError as failure:
            missing[key] = str(failure)
            continue
        digest = _digest(found[key])
        if digest not in by_digest:
            path = _free(f"images/{_name(first[key])}", ending, taken, content, digest)
            taken.add(path)
            by_digest[digest] = path
            sources[path] = found[key]
        paths[key] = by_digest[digest]
    return Pictures(paths=paths, sources=sources, missing=missing)


def _climbs(url: str) -> bool:
    return ".." in re.split(r"[/\\]", unquote(unquote(urls.split(url).path)))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _free(stem: str, ending: str, taken: Collection[str], content: Path, digest: str) -> str:
    """Return a path that is free, or that has the same bytes already."""
    number = 1
    while True:
        path = f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        if path not in taken or ((content / path).is_file() and _digest(content / path) == digest):
            return path
        number += 1


def _name(picture: Wanted) -> str:
    """Return a file name without ending: that of the file if it says something, else what the picture shows."""
    stem = PurePosixPath(_original(unquote(urls.split(picture.url).path).replace("+", " "))).stem
    parts = [part for part in slugify(stem).split("-") if part]
    telling = [part for part in parts if not _SAYS_NOTHING.fullmatch(part)]
    if len(telling) < _TELLING_LEAST and not (parts == telling and len(stem) > _LETTERS_LEAST):
        said = words(picture.alt) or words(picture.caption)
        spoken = slugify(" ".join(said[:_NAME_WORDS]))
        parts = (spoken or "-".join(telling) or picture.owner).split("-")
    name = "-".join(parts)
    while len(name) > _NAME_CHARS and "-" in name:
        name = name.rpartition("-")[0]
    return name[:_NAME_CHARS] or "picture"


def _ending(file: Path) -> str:
    """Return the ending that a file's bytes deserve.

    Raises:
        ValueError: it is no picture that browsers show; the message says why.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                kind = picture.format or ""
                picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        message = _TOO_MANY_PIXELS
    except Exception:  # noqa: BLE001 - whatever Pillow stumbles over in a damaged file
        data = file.read_bytes()
        message = "what came is no picture, or a damaged one"
        if _SVG.search(data[:2000]):
            if not _SVG_ACTS.search(data):
                return ".svg"
            message = "it is a drawing (SVG) with a script or a foreign address in it; save it as PNG"
    else:
        if kind in _ENDINGS:
            return _ENDINGS[kind]
        message = f"it is a {kind} file, which browsers do not show; save it as JPEG or PNG"
    raise ValueError(message)


class _Shelf:
    """A folder with pictures, whatever folders are in it."""

    def __init__(self, folder: Path) -> None:
        self._by_name: dict[str, list[Path]] = {}
        root = folder.resolve()
        for file in sorted(folder.rglob("*")):
            # A link in the folder could lead to any file of the machine.
            if file.is_file() and file.resolve().is_relative_to(root):
                for name in sorted({_folded(file.name), _folded(_original(file.name))}):
                    self._by_name.setdefault(name, []).append(file)

    def file_of(self, url: str) -> Path | None:
        """Return the file that an address means: by its name, and by its folders where several are called so."""
        path = PurePosixPath(unquote(urls.split(url).path).replace("+", " "))
        candidates = self._by_name.get(_folded(path.name)) or self._by_name.get(_folded(_original(path.name))) or []
        folders = [_folded(part) for part in path.parts]

        def shared(file: Path) -> int:
            own = [_folded(part) for part in file.parts]
            count = 0
            while count < min(len(own), len(folders)) and own[-1 - count] == folders[-1 - count]:
                count += 1
            return count

        return max(candidates, key=lambda file: (shared(file), file.name == path.name), default=None)


def _folded(name: str) -> str:
    return re.sub(r"[\s_+]+", "-", fold(name))


def _original(name: str) -> str:
    """Return the name of the picture of which WordPress made a smaller one."""
    return re.sub(r"-(?:\d{2,5}x\d{2,5}|scaled)(?=\.\w{3,4}$)", "", name)


# --- from the network ---


class _NoPictureError(Exception):
    """What an address answers will not be better at the next try."""


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to the web only."""

    def redirect_request(self, *args: object) -> urllib.request.Request | None:
        """Return the request for where a redirect leads."""
        if not urls.is_web(str(args[-1])):
            raise _NoPictureError("it is redirected to something outside the web")
        return super().redirect_request(*args)  # type: ignore[arg-type]


def _fetched(
    wanted: Mapping[str, str], cache: Path, say: Callable[[str], None]
) -> tuple[dict[str, Path], dict[str, str]]:
    """Return files by picture key, and why others did not come. What an interrupted run fetched is there already."""
    cache.mkdir(parents=True, exist_ok=True)
    found: dict[str, Path] = {}
    failed: dict[str, str] = {}
    files = {key: cache / hashlib.sha256(key.encode()).hexdigest()[:32] for key in wanted}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda key: _fetch(wanted[key], files[key]), wanted)
        for number, (key, trouble) in enumerate(zip(wanted, answers, strict=True), 1):
            if trouble:
                failed[key] = trouble
            else:
                found[key] = files[key]
            if number % (1 if sys.stdout.isatty() else _SAID_EVERY) == 0 or number == len(wanted):
                say(f"pictures: {number} of {len(wanted)}" + (f", {len(failed)} did not come" if failed else ""))
    return found, failed


def _fetch(url: str, file: Path) -> str:
    """Fetch one picture; return why it did not come, empty when it did."""
    if file.is_file():
        return ""
    address = _quoted(f"https:{url}" if url.startswith("//") else url)
    if not urls.is_web(address):
        return "its address is not one of the web (https:// or http://)"
    trouble = ""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(2 ** (attempt - 1) / 2)
        try:
            _load(address, file)
        except _NoPictureError as failure:
            return str(failure)
        except urllib.error.HTTPError as failure:
            trouble = f"the old host answered {failure.code}"
            if failure.code < _WRONG_REQUEST:
                trouble = "it is redirected to something outside the web, or in a circle"
            failure.close()
            if failure.code != _TOO_OFTEN and failure.code < _FAULT_OF_SERVER:
                return trouble
        except (OSError, http.client.HTTPException, ValueError) as failure:
            trouble = f"the old host did not answer ({getattr(failure, 'reason', failure)})"
        else:
            return ""
    return f"{trouble}, {_TRIES} times; run the command again later"


def _load(address: str, file: Path) -> None:
    headers = {"User-Agent": "move-in", "Accept": "image/*"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - is_web has looked at the scheme
    part = file.with_suffix(".part")
    opener = urllib.request.build_opener(_WebOnly)
    with opener.open(request, timeout=_TIMEOUT_S) as answer, contextlib.ExitStack() as stack:
        kind = answer.headers.get_content_type()
        if not (kind.startswith("image/") or kind == "application/octet-stream"):
            raise _NoPictureError(f"what came is no picture but {kind}")
        stack.callback(lambda: part.unlink(missing_ok=True))
        size = 0
        with part.open("wb") as out:
            while chunk := answer.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > limits.MOVED_PICTURE_LARGEST_BYTES:
                    raise _NoPictureError(f"it has more than {limits.MOVED_PICTURE_LARGEST_BYTES // 1_000_000} MB")
                out.write(chunk)
        length = answer.headers.get("Content-Length")
        if length and length.isdecimal() and int(length) != size:
            raise OSError("it was cut off")
        part.replace(file)


def _quoted(url: str) -> str:
    """Return an address with everything escaped that may not stand in a request; what is escaped stays so."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~"), quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))
