"""Pictures: from any file that a camera or a program saves to small, clean files in the widths that pages need.

What is made of a file depends on its bytes and on ``RECIPE`` alone, so it is kept in a cache folder under a digest of
both and never made twice. Nothing of a file but its pixels is published: no place, no camera, no name of a person.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from PIL import Image as Pillow
from PIL import ImageCms, ImageFile, ImageFilter, ImageOps, UnidentifiedImageError, features

from . import colour, limits, walk
from .errors import Finding, error
from .model.built import PictureFile
from .model.site import CENTRE, LINKED, File, Image
from .text import slugify
from .workers import Forgetful, Item, Work, cores

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from .workers import Memory

MEDIA_TYPES: Final = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".heif": "image/heic",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_TYPE_OF: Final = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "HEIF": "image/heic",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # how some cameras write a JPEG with a second one behind it
    "PNG": "image/png",
    "WEBP": "image/webp",
}
# Shown as they are: browsers scale a drawing by themselves, and few GIFs are photographs.
AS_THEY_ARE: Final = frozenset({"image/gif", "image/svg+xml"})

# Measured on twelve photographs of 2,560 pixels and twelve drawings: at 50 they have 19 kB on average at 680 pixels, 34
# at 1,000 and 80 at 1,700, with a SSIMULACRA 2 of 70, which is "high quality"; WebP at 75 has half as many bytes again
# for the same. At 60 they would have a third more, at 80 of SSIMULACRA, and no difference that can be seen. Small files
# are faces and thumbnails, of which every pixel counts. Colours are not made coarser than light: at the same number of
# bytes that comes out even on photographs and better on drawings. Speed 8 takes a third of the CPU and a fifth more
# bytes, speed 4 five times the CPU for nothing; each picture is made once, and sent for years.
_AVIF_SPEED: Final = 6
_AVIF_QUALITY: Final = 50
_AVIF_QUALITY_SMALL: Final = 60
_SMALL: Final = 360
_WEBP_QUALITY: Final = 75
_JPEG_QUALITY: Final = 80
# Of the wide files: 680 is a phone at a density of 2, 1,000 one at 3 and the column of 848 pixels on a desk, 1,700 that
# column at 2. 360 is a portrait at 2.5.
_WIDTHS: Final = (360, 680, 1000, 1700)
# What is served where one file has to do for all: feed readers, search engines, and browsers without AVIF. Those that
# know WebP, one in thirty, are old phones and desks, and would choose this width of any.
_PLAIN_WIDTH: Final = 1000
# Google asks for the first three; the fourth is what share cards show; the fifth stands in lists, twice 160 pixels.
_CROPS: Final[Mapping[str, tuple[int, int]]] = {
    "1x1": (1200, 1200),
    "4x3": (1200, 900),
    "16x9": (1200, 675),
    "40x21": (1200, 630),
    "card": (360, 270),
}
# Below so many pixels of the shorter side nothing of the above would be sharp.
_SIDE_KEPT: Final = 2400
# In how large blocks Pillow keeps pixels. Of smaller ones than 32 MB malloc keeps what is freed for the thread that had
# it, so that each thread would hold the largest picture that it ever saw.
# Source: https://pillow.readthedocs.io/en/stable/reference/block_allocator.html
_BLOCK_BYTES: Final = 64 * 2**20
# To be raised with every change to what is made of a file; the rest follows the encoders.
RECIPE: Final = "2"

_ORIENTATION: Final = 0x0112  # the Exif tag that says how a camera was held; from 5 on the picture lies on its side
_ON_ITS_SIDE: Final = 5
_PNG_DEPTH: Final = 24  # the byte that says how many bits a colour has
_DEEP: Final = 16
_BROKEN: Final = "broken"
_SVG_ATTRIBUTE: Final = re.compile(r"""\s(width|height|viewBox)\s*=\s*(["'])(.*?)\2""", re.DOTALL)
_SVG_PIXELS: Final = re.compile(r"\s*(\d+\.?\d*|\.\d+)(?:px)?\s*")
_SVG_NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# What the colours of a file without a profile mean, by the numbers of ITU-T H.273: which red, green and blue, and which
# curve. Those of sRGB are 1 and 13.
_CODED: Final = re.compile(rb"(?:colrnclx\0(.)\0|cICP(.))(.)", re.DOTALL)
_CODED_WITHIN: Final = 4096
_DISPLAY_P3: Final = 12
_HDR: Final = frozenset({16, 18})  # PQ, HLG
_RECORD: Final = "record.json"
_TRIES: Final = 3
_SAVE_AS: Final = "save it again as JPEG, about 2000 pixels wide, and put that file in its place"


def probed(paths: Mapping[str, Path], memory: Memory | None = None) -> tuple[dict[str, Image], list[Finding]]:
    """Return what stands in the heads of picture files, and those that cannot be used.

    Those are pictures too, so that what names them is not at fault; nothing is made of them.

    Args:
        paths: by path relative to the content folder.
        memory: of what earlier builds found; a file that has not been written to since is not opened again.
    """
    found: dict[str, Image] = {}
    bad: list[Finding] = []
    now = time.time_ns()
    items = [Item(name, walk.stamp(path, now), path) for name, path in paths.items()]
    known = (memory or Forgetful()).each(Work("probed", Image, _sound), items)
    for (name, path), picture in zip(paths.items(), known, strict=True):
        try:
            found[name] = replace(picture or image(path, name="", url=""), path=name)
        except ValueError as failure:
            bad.append(error(name, 0, "broken-picture", f"this picture cannot be used: {failure}", _SAVE_AS))
            found[name] = Image(path=name, url="", width=1, height=1, media_type="", remarks=(_BROKEN,))
    return found, bad


def image(path: Path, *, name: str, url: str) -> Image:
    """Return a picture's size as it is shown.

    Args:
        path: the file.
        name: the path relative to the content folder.
        url: its site address; empty as long as nothing is made of it.

    Raises:
        ValueError: the file is no picture that can be used; the message says why.
    """
    by_name = MEDIA_TYPES.get(path.suffix.lower())
    if by_name is None:
        allowed = " ".join(sorted(MEDIA_TYPES))
        message = f"{path.suffix or 'a file without an ending'} is no kind of picture that is known here ({allowed})"
        raise ValueError(message)
    data = path.read_bytes()
    if not data:
        raise ValueError("the file is empty; it was not copied or downloaded whole")
    digest = hashlib.sha256(data).hexdigest()
    if by_name == "image/svg+xml":
        width, height = _svg_size(data)
        return Image(path=name, url=url, width=width, height=height, media_type=by_name, digest=digest)
    with _silent(), _understood(), _opened(data) as picture:
        width, height = picture.size
        lying = picture.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
        media_type = _TYPE_OF[picture.format or ""]
        remarks = tuple(_remarks(data, picture, by_name, media_type))
    _refuse(width, height)
    return Image(
        path=name,
        url=url,
        width=height if lying else width,
        height=width if lying else height,
        media_type=media_type,
        digest=digest,
        remarks=remarks,
    )


def _sound(path: Path) -> Image | None:
    """Return a picture without its name; None, which is not remembered, where it cannot be used."""
    with contextlib.suppress(ValueError):
        return image(path, name="", url="")
    return None


def _remarks(data: bytes, picture: Pillow.Image, by_name: str, media_type: str) -> Iterator[str]:
    """Yield what a writer should know about a file that can be used all the same."""
    if media_type != by_name:
        kind = next(ending for ending, known in MEDIA_TYPES.items() if known == media_type)
        yield f"misnamed {kind}"
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
        yield "restless" if media_type in AS_THEY_ARE else "moving"
    if picture.mode == "CMYK":
        yield "print-colours"
    if picture.format == "PNG" and data[_PNG_DEPTH] == _DEEP:
        yield "16-bit"
    if _coded(data, picture)[1] in _HDR:
        yield "high-range"


def _refuse(width: int, height: int) -> None:
    """Stop before a file fills the memory."""
    if width * height > limits.PICTURE_PIXELS_MOST:
        most = limits.PICTURE_PIXELS_MOST // 10**6
        message = f"it has {width} x {height} pixels, {width * height // 10**6} million; at most {most} are read"
        raise ValueError(message)
    if max(width, height) > limits.PICTURE_SIDE_MOST_PX:
        message = f"it has {width} x {height} pixels; at most {limits.PICTURE_SIDE_MOST_PX} a side are read"
        raise ValueError(message)


@contextlib.contextmanager
def _understood() -> Iterator[None]:
    """Turn whatever a decoder raises into words."""
    try:
        yield
    except Pillow.DecompressionBombError:
        most = limits.PICTURE_PIXELS_MOST // 10**6
        raise ValueError(f"it has far too many pixels; at most {most} million are read") from None
    except UnidentifiedImageError:
        raise ValueError("it is no picture, or of a kind that is not known here, whatever its name says") from None
    except MemoryError:
        raise ValueError("it takes more memory than there is") from None
    except Exception as failure:  # noqa: BLE001 - a decoder raises what it likes, and it is the file that is broken
        if "truncated" in str(failure).lower() or isinstance(failure, EOFError):
            raise ValueError("the file ends in the middle; it was not copied or downloaded whole") from None
        raise ValueError(f"it is broken ({type(failure).__name__})") from None


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Let Pillow keep to itself what it thinks of sizes and odd metadata: what matters is judged here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(data: bytes) -> ImageFile.ImageFile:
    """Return a picture of which nothing but the head is decoded; only decoders for known kinds are tried."""
    # Both kinds begin in the same way and say then which they are.
    if data[4:8] == b"ftyp" and b"avi" not in data[8:32]:
        _know_heif()
        return Pillow.open(io.BytesIO(data), formats=["HEIF"])
    return Pillow.open(io.BytesIO(data), formats=["AVIF", "GIF", "JPEG", "PNG", "WEBP"])


@cache
def _know_heif() -> None:
    import pillow_heif  # noqa: PLC0415 - takes 40 ms, and most sites have no such file

    pillow_heif.register_heif_opener()


def _svg_size(data: bytes) -> tuple[int, int]:
    """Return the size of an SVG: ``width`` and ``height`` in pixels, else its ``viewBox``."""
    head = re.search(r"<svg\b[^>]*>", data.decode(errors="replace"))
    said = {name: value for name, _, value in _SVG_ATTRIBUTE.findall(head.group() if head else "")}
    sizes = [_SVG_PIXELS.fullmatch(said.get(name, "")) for name in ("width", "height")]
    box = _SVG_NUMBER.findall(said.get("viewBox", ""))
    if all(sizes):
        width, height = (round(float(found[1])) for found in sizes if found)
    elif len(box) == 4:  # noqa: PLR2004 - left, top, width, height
        width, height = (round(float(number)) for number in box[2:])
    else:
        width = height = 0
    if min(width, height) < 1:
        message = "it is no SVG with a size"
        raise ValueError(message)
    return width, height


def finished(names: Iterable[str], folder: Path, digests: Mapping[str, str], memory: Memory) -> dict[str, PictureFile]:
    """Return what the pictures among finished files are by their own bytes; those that cannot be read are left out.

    Args:
        names: of all files of an output.
        folder: the output.
        digests: of their bytes, as far as they are known.
        memory: of what earlier builds found.
    """
    items = [Item(name, digests.get(name, ""), f"{folder}/{name}") for name in names if _by_name(name)]
    found = zip(items, memory.each(_FINISHED, items), strict=True)
    return {item.name: picture for item, picture in found if picture}


def _by_name(path: str) -> str | None:
    return MEDIA_TYPES.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - there are thousands, and a Path is slow


def _finished(path: str) -> PictureFile | None:
    if (by_name := _by_name(path)) == "image/svg+xml":
        with contextlib.suppress(ValueError):
            return PictureFile(*_svg_size(Path(path).read_bytes()), by_name)
        return None
    with contextlib.suppress(ValueError), _silent(), _understood(), Pillow.open(path) as picture:
        width, height = picture.size
        # A PNG would be decoded whole for that, and cameras make none.
        lying = picture.format != "PNG" and picture.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
        shown = (height, width) if lying else (width, height)
        return PictureFile(*shown, Pillow.MIME.get(picture.format or "", ""))
    return None


# Opened one after the other: a second process costs more.
_FINISHED: Final[Work[str, PictureFile | None]] = Work("finished", PictureFile | None, _finished, here=True)


# --- what is made of them ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Made:
    """Pictures that are ready.

    Attributes:
        images: by path relative to the content folder, with the addresses of their files.
        files: where the bytes of each site address lie.
        findings: the pictures of which nothing could be made.
    """

    images: dict[str, Image] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def made(
    images: Mapping[str, Image], wanted: Mapping[str, Collection[str]], content: Path, store: Path, *, quick: bool
) -> Made:
    """Return the pictures that pages show, made or taken from the cache, on all cores.

    Args:
        images: all pictures, as ``probed`` returns them.
        wanted: the paths of those that are shown, each with the points around which it is cut.
        content: the content folder.
        store: the cache folder; anything in it may be deleted at any time.
        quick: whether AVIF and WebP are left out until a build has made them, for a preview.
    """
    jobs = [
        _Job(images[path], content / path, part, not quick or part != _MODERN)
        for path in sorted(wanted)
        if _BROKEN not in images[path].remarks
        for part in (_parts(images[path], wanted[path]))
    ]
    store.mkdir(parents=True, exist_ok=True)
    _sweep(store)
    Pillow.core.set_block_size(_BLOCK_BYTES)  # type: ignore[attr-defined]
    kitchen = _Kitchen(store)
    pool = ThreadPoolExecutor(cores())  # threads: the decoders and encoders let others run, and count pixels together
    try:
        with _silent():
            done = list(pool.map(kitchen.unit, jobs))
    finally:
        pool.shutdown(cancel_futures=True)
    ready = Made()
    units: dict[str, dict[str, _Unit]] = {}
    broken: dict[str, str] = {}
    for job, unit in zip(jobs, done, strict=True):
        if isinstance(unit, str):
            broken.setdefault(job.image.path, unit)
        elif unit:
            units.setdefault(job.image.path, {})[job.part] = unit
    for path, fault in broken.items():
        units.pop(path, None)
        what = f"this picture cannot be used: {fault}"
        ready.findings.append(error(path, 0, "broken-picture", what, _SAVE_AS))
    for path, parts in units.items():
        ready.images[path] = _with_files(images[path], parts)
        for unit in parts.values():
            ready.files.update({_url(images[path], name): unit.folder / name for name in unit.files})
    return ready


_AS_IT_IS, _PLAIN, _MODERN = "as it is", "plain", "modern"


def _parts(picture: Image, focuses: Collection[str]) -> tuple[str, ...]:
    if picture.media_type in AS_THEY_ARE:
        return (_AS_IT_IS,)
    return (_PLAIN, _MODERN, *sorted(focuses))


@dataclass(frozen=True, slots=True)
class _Job:
    """One part of what is made of a picture; ``part`` is ``LINKED``, or a point for the crops around it."""

    image: Image
    source: Path
    part: str
    must: bool

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{_origin(self.image)}\0{self.part}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A folder of the cache: files by name, with width and height."""

    folder: Path
    files: Mapping[str, tuple[int, int]]


@cache
def _recipe(media_type: str) -> str:
    """Return what the bytes follow from beside the file: this module, the encoders, and the decoder that may vary."""
    found = [features.version(name) for name in ("pil", "avif", "webp", "libjpeg_turbo", "littlecms2", "zlib")]
    if media_type == MEDIA_TYPES[".heic"]:
        found.append(version("pillow-heif"))
    return "\0".join((RECIPE, *(each or "" for each in found)))


def _origin(picture: Image) -> str:
    return f"{picture.digest}\0{_recipe(picture.media_type)}"


def _digest(picture: Image) -> str:
    return hashlib.sha256(_origin(picture).encode()).hexdigest()[:6]


def _url(picture: Image, name: str) -> str:
    """Return the address of a file: the writer's name for it, so that search engines can read it, and a digest."""
    stem = slugify(PurePosixPath(picture.path).stem)[:40].strip("-") or "picture"
    return f"/i/{stem}.{_digest(picture)}{name}"


def _with_files(picture: Image, parts: Mapping[str, _Unit]) -> Image:
    """Return a picture with the addresses of what was made of it."""

    def files(unit: _Unit) -> Iterator[tuple[str, File]]:
        for name, (width, height) in unit.files.items():
            what, _, ending = name.removeprefix(".").rpartition(".")
            media_type = MEDIA_TYPES[f".{ending}"]
            file = File(url=_url(picture, name), width=width, height=height, media_type=media_type)
            yield what.partition("-")[0], file

    plain = parts.get(_PLAIN) or parts.get(_AS_IT_IS)
    if plain is None:
        return picture
    ((_, alone),) = files(plain)
    modern = tuple(file for _, file in files(parts[_MODERN])) if _MODERN in parts else ()
    crops = {focus: tuple(files(unit)) for focus, unit in parts.items() if focus.endswith("%")}
    largest = max(modern, key=lambda file: file.width, default=alone)
    linked = [file.url for _, file in files(parts[LINKED])] if LINKED in parts else []
    return replace(
        picture,
        url=alone.url,
        media_type=alone.media_type,
        width=largest.width,
        height=largest.height,
        files=modern,
        crops=crops,
        link=(linked or [alone.url])[0],
    )


class _Kitchen:
    """Makes parts of pictures, several at a time, as long as their pixels fit."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._free = limits.PICTURE_PIXELS_MOST
        self._room = threading.Condition()

    def unit(self, job: _Job) -> _Unit | str | None:
        """Return a part of a picture, None if it is missing and need not be there, or why it cannot be made."""
        folder = self._store / job.key
        for _ in range(_TRIES):
            if known := _known(folder):
                return known
            if not job.must:
                return None
            try:
                with self._space(job.image.width * job.image.height):
                    files = dict(_files(job))
            except ValueError as failure:
                return str(failure)
            _keep(folder, files)
        return f"the cache folder {self._store} loses what is put into it"

    @contextlib.contextmanager
    def _space(self, pixels: int) -> Iterator[None]:
        with self._room:
            self._room.wait_for(lambda: self._free >= pixels)
            self._free -= pixels
        try:
            yield
        finally:
            with self._room:
                self._free += pixels
                self._room.notify_all()


def _known(folder: Path) -> _Unit | None:
    """Return a part from the cache if every byte of it is what was put there."""
    try:
        digest, _, text = (folder / _RECORD).read_text(encoding="utf-8").partition("\n")
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            return None
        files: dict[str, Any] = json.loads(text)
        for name, (_, _, sha) in files.items():
            path = folder / name
            state = path.stat()
            if _sha(path, state.st_size, state.st_mtime_ns) != sha:
                return None
    except (OSError, ValueError):
        return None
    with contextlib.suppress(OSError):
        os.utime(folder)  # what is used is not swept away
    return _Unit(folder, {name: (width, height) for name, (width, height, _) in files.items()})


@lru_cache(maxsize=100_000)
def _sha(path: Path, _size: int, _time: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(folder: Path, files: Mapping[str, tuple[bytes, int, int]]) -> None:
    """Put a part into the cache in one step; a kill leaves all of it or nothing."""
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    record = {}
    for name, (data, width, height) in files.items():
        (fresh / name).write_bytes(data)
        record[name] = (width, height, hashlib.sha256(data).hexdigest())
    text = json.dumps(record)
    (fresh / _RECORD).write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}", encoding="utf-8")
    if folder.exists() and not _known(folder):
        shutil.rmtree(folder, ignore_errors=True)  # damaged
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)  # another build was faster


def _sweep(store: Path) -> None:
    """Delete what no build used for a long time, and what a kill left behind."""
    newest = max((path.stat().st_mtime for path in store.iterdir()), default=0.0)
    for path in store.iterdir():
        age = limits.PICTURE_LEFTOVER_S if path.name.startswith(".new-") else limits.PICTURE_KEPT_S
        with contextlib.suppress(OSError):
            if path.is_dir() and path.stat().st_mtime < newest - age:
                shutil.rmtree(path)


# --- pixels --------------------------------------------------------------------------------------------------------


def _files(job: _Job) -> Iterator[tuple[str, tuple[bytes, int, int]]]:
    """Yield the files of one part: name, bytes, width, height."""
    data = job.source.read_bytes()
    if hashlib.sha256(data).hexdigest() != job.image.digest:
        raise ValueError("it was changed while it was read; build once more")
    if job.part == _AS_IT_IS:
        suffix = next(ending for ending, known in MEDIA_TYPES.items() if known == job.image.media_type)
        yield suffix, (data, job.image.width, job.image.height)
        return
    pixels = _pixels(data)
    drawn = job.image.media_type == "image/png"
    if job.part in {_PLAIN, LINKED}:
        scaled = _scaled(pixels, min(_PLAIN_WIDTH if job.part == _PLAIN else _WIDTHS[-1], pixels.width))
        ending, plain = _plain(scaled, drawn=drawn)
        yield f".{scaled.width}{ending}", (plain, *scaled.size)
    elif job.part == _MODERN:
        for width in _widths(pixels.width):
            scaled = _scaled(pixels, width)
            yield f".{width}.avif", (_avif(scaled), *scaled.size)
        scaled = _scaled(pixels, min(_PLAIN_WIDTH, pixels.width))
        yield f".{scaled.width}.webp", (_webp(scaled), *scaled.size)
    else:
        whole = _on_white(pixels)
        mark = "" if job.part == CENTRE else "-" + "-".join(re.findall(r"\d+", job.part))
        for shape, size in _CROPS.items():
            cut = _cut(whole, size, job.part)
            if shape == "card":
                yield f".{shape}{mark}.avif", (_avif(cut), *cut.size)
                yield f".{shape}{mark}.webp", (_webp(cut), *cut.size)
            yield f".{shape}{mark}.jpg", (_jpeg(cut), *cut.size)


def _pixels(data: bytes) -> Pillow.Image:
    """Return a picture upright and in sRGB, ``RGB`` or, where something shines through, ``RGBA``; without metadata.

    Raises:
        ValueError: the file cannot be read to its end.
    """
    with _understood(), _opened(data) as opened:
        # A JPEG is decoded at a half or a quarter, which takes as much less memory.
        opened.draft(None, (_SIDE_KEPT, _SIDE_KEPT))
        opened.load()
        profile, wide = opened.info.get("icc_profile"), _coded(data, opened)[0] == _DISPLAY_P3
        plain = _eight_bits(opened)
        factor = min(plain.size) // _SIDE_KEPT
        small = plain.reduce(factor) if factor > 1 else plain  # before anything else makes a copy
        return _in_srgb(ImageOps.exif_transpose(small), profile, wide=wide)


def _eight_bits(picture: Pillow.Image) -> Pillow.Image:
    """Return a picture in ``L``, ``RGB``, ``RGBA`` or ``CMYK``."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        clear = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        lowest, _ = clear.getchannel("A").getextrema()
        return clear if lowest != 255 else clear.convert("RGB")  # noqa: PLR2004 - nothing shines through
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Pillow.Image, profile: bytes | None, *, wide: bool) -> Pillow.Image:
    """Return a picture with the colours that its profile means; a broken profile is passed over.

    Args:
        picture: in a mode of ``_eight_bits``.
        profile: what stands in the file, if anything.
        wide: whether the colours are those of Display P3 where there is no profile.
    """
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    coloured = picture.convert("RGB") if alpha else picture
    converted = None
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(coloured, meant, _srgb(), outputMode="RGB")
    elif wide:
        converted = coloured.convert("RGB").filter(_from_p3())
    clean = (converted or coloured).convert("RGB")
    if alpha:
        clean.putalpha(alpha)
    clean.info = {}
    return clean


def _coded(data: bytes, picture: Pillow.Image) -> tuple[int, int]:
    """Return the numbers of a file's colours and of their curve, (0, 0) where a profile or nothing says them."""
    if picture.info.get("icc_profile"):
        return 0, 0
    if numbers := picture.info.get("nclx_profile"):  # of the picture that is shown, among those within a HEIC
        return numbers["color_primaries"], numbers["transfer_characteristics"]
    found = _CODED.search(data[:_CODED_WITHIN]) if picture.format in {"AVIF", "PNG"} else None
    return (ord(found[1] or found[2]), ord(found[3])) if found else (0, 0)


@cache
def _from_p3() -> ImageFilter.Color3DLUT:
    """Return a table from Display P3 to sRGB, fine enough for eight bits a colour."""
    return ImageFilter.Color3DLUT.generate(33, colour.from_display_p3)


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _widths(width: int) -> tuple[int, ...]:
    """Return the widths that a picture is made in: never larger than it is, and no two nearly the same."""
    most = min(width, _WIDTHS[-1])
    return (*(each for each in _WIDTHS if each < most * 0.9), most)


def _scaled(picture: Pillow.Image, width: int) -> Pillow.Image:
    height = max(1, round(width * picture.height / picture.width))
    return picture.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)


def _cut(picture: Pillow.Image, size: tuple[int, int], focus: str) -> Pillow.Image:
    """Return the largest part of these proportions with the focus as near to its middle as can be."""
    width, height = size
    scale = min(picture.width / width, picture.height / height)
    box = (width * scale, height * scale)
    x, y = (int(share) / 100 for share in re.findall(r"\d+", focus))
    left = max(0, min(x * picture.width - box[0] / 2, picture.width - box[0]))
    top = max(0, min(y * picture.height - box[1] / 2, picture.height - box[1]))
    right, bottom = min(left + box[0], picture.width), min(top + box[1], picture.height)
    shrink = min(scale, 1)
    target = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    return picture.resize(target, Pillow.Resampling.LANCZOS, box=(left, top, right, bottom), reducing_gap=3.0)


def _on_white(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Pillow.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _saved(write: Callable[[io.BytesIO], None]) -> bytes:
    data = io.BytesIO()
    write(data)
    return data.getvalue()


def _avif(picture: Pillow.Image) -> bytes:
    # One thread a file, so that the bytes do not follow from the number of cores.
    quality = _AVIF_QUALITY_SMALL if picture.width <= _SMALL else _AVIF_QUALITY
    options = {"quality": quality, "speed": _AVIF_SPEED, "subsampling": "4:4:4", "max_threads": 1}
    return _saved(lambda data: picture.save(data, "AVIF", **options))


def _webp(picture: Pillow.Image) -> bytes:
    return _saved(lambda data: picture.save(data, "WEBP", quality=_WEBP_QUALITY, method=4))


def _jpeg(picture: Pillow.Image) -> bytes:
    return _saved(lambda data: picture.save(data, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True))


def _plain(picture: Pillow.Image, *, drawn: bool) -> tuple[str, bytes]:
    """Return PNG for what shines through and for drawings that are smaller so, else JPEG."""
    if picture.mode == "RGBA" or drawn:
        png = _saved(lambda data: picture.save(data, "PNG"))
        if picture.mode == "RGBA":
            return ".png", png
        jpeg = _jpeg(picture)
        return (".png", png) if len(png) <= len(jpeg) else (".jpg", jpeg)
    return ".jpg", _jpeg(picture)
