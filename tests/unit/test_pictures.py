"""What is made of picture files: clean, upright, in the widths that pages need, and once."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pillow_heif
import pytest
from PIL import Image as Pillow
from PIL import ImageCms, ImageDraw

from local_seo import limits, pictures, walk
from local_seo.cache import Kept
from local_seo.model.site import CENTRE, LINKED, File, Image

if TYPE_CHECKING:
    from collections.abc import Collection

    from local_seo.pictures import Made

GPS, ORIENTATION = 0x8825, 0x0112
LYING = 6


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "images").mkdir(parents=True)
    return tmp_path / "content"


def scene(width: int, height: int, mode: str = "RGB") -> Pillow.Image:
    """A picture that is red at its left, blue at its right, and not flat."""
    picture = Pillow.merge(
        "RGB",
        [
            Pillow.linear_gradient("L").rotate(270).resize((width, height)),
            Pillow.radial_gradient("L").resize((width, height)),
            Pillow.linear_gradient("L").rotate(90).resize((width, height)),
        ],
    )
    return picture.convert(mode)


def save(content: Path, name: str, picture: Pillow.Image, **options: Any) -> Path:  # noqa: ANN401 - of any encoder
    path = content / "images" / name
    picture.save(path, **options)
    return path


def make(content: Path, *points: str, quick: bool = False, only: Collection[str] | None = None) -> Made:
    """Probe and make all pictures, or some."""
    files = {path.relative_to(content).as_posix(): path for path in sorted((content / "images").iterdir())}
    found, bad = pictures.probed(files)
    assert bad == []
    wanted = dict.fromkeys(found if only is None else only, points)
    return pictures.made(found, wanted, content, content.parent / "cache", quick=quick)


def one(made: Made) -> Image:
    assert made.findings == []
    (image,) = made.images.values()
    return image


def opened(made: Made, url: str) -> Pillow.Image:
    return Pillow.open(made.files[url])


def fault(content: Path) -> str:
    """What is wrong with the one picture there is."""
    files = {path.relative_to(content).as_posix(): path for path in (content / "images").iterdir()}
    found, bad = pictures.probed(files)
    bad += pictures.made(found, dict.fromkeys(found, ()), content, content.parent / "cache", quick=False).findings
    (only,) = bad
    assert only.id == "broken-picture"
    assert only.remedy
    return only.message


# --- what is made ---------------------------------------------------------------------------------------------------


def test_a_photograph_becomes_avif_in_all_widths_webp_and_jpeg(content: Path) -> None:
    save(content, "On the Porch.JPG", scene(2400, 1600), quality=90)
    made = make(content)
    image = one(made)
    stem = image.url.rpartition(".1000.")[0]
    assert stem.startswith("/i/on-the-porch.")
    assert [(file.media_type, file.width) for file in image.files] == [
        ("image/avif", 360),
        ("image/avif", 680),
        ("image/avif", 1000),
        ("image/avif", 1700),
        ("image/webp", 1000),
    ]
    assert (image.url, image.width, image.height) == (f"{stem}.1000.jpg", 1700, 1133)
    assert set(made.files) == set(image.addresses)
    for file in image.files:
        with opened(made, file.url) as picture:
            assert (Pillow.MIME[str(picture.format)], picture.size) == (file.media_type, (file.width, file.height))


@pytest.mark.parametrize(("width", "widths"), [(100, [100]), (380, [380]), (700, [360, 700]), (1000, [360, 680, 1000])])
def test_a_small_picture_is_never_made_larger(content: Path, width: int, widths: list[int]) -> None:
    save(content, "a.jpg", scene(width, width))
    image = one(make(content))
    assert [file.width for file in image.files if file.media_type == "image/avif"] == widths


def test_crops_hold_what_must_stay_in_them(content: Path) -> None:
    save(content, "a.jpg", scene(2400, 1200))
    made = make(content, "0% 50%", CENTRE, "100% 50%")
    image = one(made)
    sizes = {shape: (file.width, file.height) for shape, file in image.crops[CENTRE]}
    assert sizes == {
        "1x1": (1200, 1200),
        "4x3": (1200, 900),
        "16x9": (1200, 675),
        "40x21": (1200, 630),
        "card": (360, 270),
    }
    assert [file.media_type for file in image.cut("card", None)] == ["image/avif", "image/webp", "image/jpeg"]
    red = [_redness(opened(made, image.cut("1x1", focus)[0].url)) for focus in ("0% 50%", CENTRE, "100% 50%")]
    assert red[0] > red[1] > red[2]
    assert len(set(image.addresses)) == len(image.addresses)


def _redness(picture: Pillow.Image) -> float:
    histogram = picture.convert("RGB").getchannel("R").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


@pytest.mark.parametrize("size", [(1201, 1199), (1333, 999), (719, 1281), (5640, 3172), (3, 900)])
def test_a_cut_never_leaves_the_picture(content: Path, size: tuple[int, int]) -> None:
    save(content, "a.jpg", scene(*size))
    for focus in ("0% 0%", "33% 67%", "100% 100%"):
        assert len(one(make(content, focus)).crops[focus]) == 7


def test_nothing_is_left_of_place_and_camera(content: Path) -> None:
    exif = Pillow.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, options in (("a.jpg", {"comment": "Jo"}), ("b.png", {}), ("c.webp", {}), ("d.avif", {})):
        save(content, name, scene(900, 600), exif=exif, icc_profile=profile, **options)
    made = make(content, CENTRE, LINKED)
    assert len(made.images) == 4
    for url in made.files:
        with opened(made, url) as picture:
            assert not dict(picture.getexif()), url
            assert not {"icc_profile", "exif", "xmp", "comment", "Software"} & picture.info.keys(), url


def test_a_picture_stands_as_the_camera_was_held(content: Path) -> None:
    exif = Pillow.Exif()
    exif[ORIENTATION] = LYING
    save(content, "a.jpg", scene(1200, 800), exif=exif)
    image = one(made := make(content, CENTRE))
    assert (image.width, image.height) == (800, 1200)
    with opened(made, image.url) as picture:
        plain = picture.convert("RGB")
    assert plain.size == (800, 1200)
    top, bottom = (plain.getpixel((400, y)) for y in (5, 1195))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > top[2], "what lay at the left stands at the top"
    assert bottom[0] < bottom[2]


def test_a_profile_that_does_not_fit_the_pixels_is_passed_over(content: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = Pillow.new("RGB", (900, 600), (200, 20, 20))
    save(content, "a.png", picture, icc_profile=lab)
    image = one(made := make(content))
    with opened(made, image.url) as shown:
        assert shown.convert("RGB").getpixel((10, 10)) == pytest.approx((200, 20, 20), abs=12)


# Four colours of Display P3, the screen of every newer phone, and how sRGB writes them, as a browser says it.
WIDE = {
    (200, 60, 60): (217, 42, 52),
    (60, 180, 90): (0, 183, 78),
    (40, 80, 200): (22, 81, 208),
    (230, 200, 170): (236, 199, 166),
}
P3_CODE, SRGB_CURVE, PQ_CURVE = 12, 13, 16
STREET = "Palm Canyon Drive"


def quarters() -> Pillow.Image:
    """The colours of ``WIDE``, a quarter of the picture each, row by row."""
    picture = Pillow.new("RGB", (600, 400))
    for index, colour in enumerate(WIDE):
        picture.paste(colour, (index % 2 * 300, index // 2 * 200, index % 2 * 300 + 300, index // 2 * 200 + 200))
    return picture


def display_p3() -> bytes:
    """The profile of Display P3, by https://www.color.org/specification/ICC.1-2022-05.pdf, sections 7, 9 and 10."""

    def fixed(*numbers: float) -> bytes:
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    def text(words: str) -> bytes:
        encoded = words.encode("utf-16-be")
        return b"mluc" + struct.pack(">4xII4sII", 1, 12, b"enUS", len(encoded), 28) + encoded

    white = fixed(0.9642, 1, 0.8249)
    curve = b"para" + struct.pack(">4xHH", 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    tags = {
        b"desc": text("Display P3"),
        b"cprt": text("None"),
        b"wtpt": b"XYZ \0\0\0\0" + white,
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(0.51512, 0.24120, -0.00105),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(0.29198, 0.69225, 0.04189),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(0.15710, 0.06657, 0.78407),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    start, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4x4s12s12x4s28x", start + len(body), b"\4\x30\0\0", b"mntrRGB XYZ ", b"acsp") + white
    return head.ljust(128, b"\0") + table + body


def saved_wide(folder: Path, kind: str, **options: Any) -> None:  # noqa: ANN401 - of any encoder
    """Save ``quarters`` as one kind of file, as good as it gets, with what a phone writes into its files."""
    exif = Pillow.Exif()
    exif[0x010F] = STREET
    exif.get_ifd(GPS)[1] = "N"
    best: dict[str, dict[str, Any]] = {
        "jpg": {"quality": 97, "subsampling": 0},
        # A gain map, which makes the bright parts of a picture brighter, is a second picture behind the first.
        "mpo": {"quality": 97, "subsampling": 0, "format": "MPO", "save_all": True, "append_images": [scene(300, 200)]},
        "webp": {"lossless": True},
        "avif": {"quality": 97, "subsampling": "4:4:4"},
        "heic": {"quality": 97, "chroma": 444, "format": "HEIF"},
    }
    pillow_heif.register_heif_opener()
    name = f"a.{'jpg' if kind == 'mpo' else kind}"
    quarters().save(folder / name, exif=exif, xmp=f"<x>{STREET}</x>".encode(), **best.get(kind, {}), **options)


def wrong_colours(made: Made) -> list[tuple[str, object, object]]:
    """The colours of all that was made which differ from what ``WIDE`` means, each with the file's address."""
    wrong: list[tuple[str, object, object]] = []
    for url in made.files:
        with opened(made, url) as picture:
            shown = picture.convert("RGB")
        for index, meant in enumerate(WIDE.values()):
            place = (shown.width * (1 + 2 * (index % 2)) // 4, shown.height * (1 + 2 * (index // 2)) // 4)
            if shown.getpixel(place) != pytest.approx(meant, abs=5):
                wrong.append((url, shown.getpixel(place), meant))
    return wrong


@pytest.mark.parametrize("kind", ["jpg", "mpo", "png", "webp", "avif", "heic"])
def test_a_phone_s_colours_stay_and_nothing_else_it_wrote(content: Path, kind: str) -> None:
    saved_wide(content / "images", kind, icc_profile=display_p3())
    made = make(content, CENTRE, LINKED)
    assert {".avif", ".webp", ".jpg"} <= {Path(url).suffix for url in made.files}
    assert one(made).remarks == ()
    assert wrong_colours(made) == []
    for url, path in made.files.items():
        assert STREET.encode() not in path.read_bytes(), url
        with opened(made, url) as picture:
            assert not {"icc_profile", "exif", "xmp", "mp"} & picture.info.keys(), url


def coded(folder: Path, kind: str, curve: int) -> None:
    """Save ``quarters`` as Display P3 without a profile, by the numbers of ITU-T H.273 alone."""
    if kind == "heic":
        numbers = {"color_primaries": P3_CODE, "transfer_characteristics": curve, "save_nclx_profile": True}
        saved_wide(folder, kind, **numbers)
        return
    saved_wide(folder, kind)
    path = folder / f"a.{kind}"
    data = path.read_bytes()
    if kind == "avif":
        head, box, rest = data.partition(b"colrnclx")
        path.write_bytes(head + box + struct.pack(">HH", P3_CODE, curve) + rest[4:])
    else:
        chunk = struct.pack(">4s4B", b"cICP", P3_CODE, curve, 0, 1)
        after = data.index(b"IHDR") + 4 + 13 + 4
        path.write_bytes(data[:after] + struct.pack(">I8sI", 4, chunk, zlib.crc32(chunk)) + data[after:])


@pytest.mark.parametrize("kind", ["png", "avif", "heic"])
def test_colours_that_a_number_names_stay_too(content: Path, kind: str) -> None:
    coded(content / "images", kind, SRGB_CURVE)
    made = make(content, CENTRE)
    assert one(made).remarks == ()
    assert wrong_colours(made) == []


@pytest.mark.parametrize("kind", ["png", "avif", "heic"])
def test_a_picture_that_needs_a_screen_of_high_range_is_remarked(content: Path, kind: str) -> None:
    coded(content / "images", kind, PQ_CURVE)
    assert one(make(content)).remarks == ("high-range",)


def test_what_shines_through_does_so_everywhere_but_in_crops(content: Path) -> None:
    clear = scene(900, 600, "RGBA")
    clear.putalpha(Pillow.linear_gradient("L").resize((900, 600)))
    save(content, "a.png", clear)
    image = one(made := make(content, CENTRE))
    assert image.media_type == "image/png"
    for url in (image.url, *(file.url for file in image.files)):
        with opened(made, url) as picture:
            assert picture.convert("RGBA").getchannel("A").histogram()[0:40] != [0] * 40, url
    with opened(made, image.cut("1x1", None)[0].url) as cut:
        assert cut.mode == "RGB"


def test_a_flat_drawing_is_a_png_where_that_is_smaller(content: Path) -> None:
    drawing = Pillow.new("RGB", (900, 600), "white")
    ImageDraw.Draw(drawing).rectangle((200, 200, 700, 400), fill="navy")
    save(content, "drawing.png", drawing)
    save(content, "photograph.png", scene(900, 600).effect_spread(9))
    made = make(content)
    types = {path: image.media_type for path, image in made.images.items()}
    assert types == {"images/drawing.png": "image/png", "images/photograph.png": "image/jpeg"}


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)),
        ("viewBox='-5,-5 40.4,.9' width='100%' height='100%'", (40, 1)),
        ('stroke-width="2" height="30px" viewBox="0 0 40 20" width="60"', (60, 30)),
        ('stroke-width="2" height="30" viewBox="0 0 40 20"', (40, 20)),
    ],
)
def test_a_drawing_is_as_large_as_it_says(content: Path, attributes: str, size: tuple[int, int]) -> None:
    (content / "images" / "a.svg").write_text(f"<svg {attributes}/>", encoding="utf-8")
    image = one(make(content))
    assert (image.width, image.height) == size


@pytest.mark.parametrize("name", ["a.gif", "a.svg"])
def test_a_gif_and_an_svg_stay_as_they_are(content: Path, name: str) -> None:
    path = content / "images" / name
    if name == "a.svg":
        path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>', encoding="utf-8")
    else:
        scene(40, 20, "P").save(path)
    image = one(made := make(content, CENTRE, LINKED))
    assert made.files[image.url].read_bytes() == path.read_bytes()
    assert image.url.endswith(path.suffix)
    assert (image.width, image.height, image.files, image.crops) == (40, 20, (), {})
    assert image.link == image.url


def test_a_link_opens_a_large_file_that_every_program_shows(content: Path) -> None:
    save(content, "a.jpg", scene(2000, 1000))
    image = one(made := make(content, LINKED))
    with opened(made, image.link) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1700, 850))
    assert one(make(content)).link == image.url


def test_only_what_is_wanted_is_made(content: Path) -> None:
    save(content, "a.jpg", scene(300, 200))
    save(content, "b.jpg", scene(300, 200))
    assert list(make(content, only=["images/b.jpg"]).images) == ["images/b.jpg"]


# --- any file that a writer may have ----------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_shown(content: Path, mode: str) -> None:
    grey = scene(500, 400, "L")
    if mode == "I;16":
        deep = Pillow.frombytes("I;16", grey.size, b"".join(bytes((0, value)) for value in grey.tobytes()))
        save(content, "a.png", deep)
    else:
        save(content, "a.jpg" if mode == "CMYK" else "a.png", scene(500, 400).convert(mode))
    image = one(made := make(content, CENTRE))
    for url in image.addresses:
        with opened(made, url) as picture:
            shades = [shade for shade, count in enumerate(picture.convert("L").histogram()) if count]
            assert shades[-1] - shades[0] > 60, url


def test_a_photograph_of_an_iphone_is_shown(content: Path) -> None:
    pillow_heif.from_pillow(scene(1200, 800)).save(content / "images" / "IMG_1.HEIC", quality=60)
    image = one(make(content))
    assert image.url.startswith("/i/img-1.")
    assert (image.width, image.height) == (1200, 800)
    assert image.remarks == ()


def test_odd_files_are_shown_and_remarked(content: Path) -> None:
    frames = [scene(300, 200).rotate(angle) for angle in (0, 10, 20)]
    moving: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 100}
    save(content, "moving.png", frames[0], **moving)
    save(content, "moving.webp", frames[0], **moving)
    save(content, "restless.gif", frames[0].convert("P"), **moving)
    save(content, "print.jpg", scene(300, 200, "CMYK"))
    save(content, "deep.png", Pillow.new("I;16", (300, 200)))
    save(content, "really-png.jpg", scene(300, 200), format="PNG")
    made = make(content)
    assert {Path(path).name: image.remarks for path, image in made.images.items()} == {
        "moving.png": ("moving",),
        "moving.webp": ("moving",),
        "restless.gif": ("restless",),
        "print.jpg": ("print-colours",),
        "deep.png": ("16-bit",),
        "really-png.jpg": ("misnamed .png",),
    }


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.jpg", b"", "the file is empty"),
        ("a.jpg", b"no picture at all", "it is no picture"),
        ("a.svg", b"<p>no drawing</p>", "it is no SVG with a size"),
        ("a.svg", b'<svg width="0" height="1.2.3"/>', "it is no SVG with a size"),
        ("a.tif", b"II*\0", ".tif is no kind of picture that is known here"),
        ("a", b"", "a file without an ending is no kind"),
    ],
)
def test_what_is_no_picture_is_told(content: Path, name: str, data: bytes, says: str) -> None:
    (content / "images" / name).write_bytes(data)
    assert says in fault(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_file_is_told(content: Path, kind: str, share: float) -> None:
    whole = io.BytesIO()
    pillow_heif.register_heif_opener()
    scene(800, 600).effect_spread(5).save(whole, kind)
    ending = {"HEIF": "heic", "JPEG": "jpg"}.get(kind, kind.lower())
    (content / "images" / f"a.{ending}").write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * share)])
    assert "cannot be used: " in fault(content)


def test_a_picture_that_nobody_wrote_to_is_not_opened_again_unless_it_is_broken(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "TICK_NS", -(10**9))  # as if they had been saved a while ago
    sound = save(content, "sound.png", scene(40, 30))
    broken = content / "images" / "broken.png"
    broken.write_bytes(b"none")
    paths = {"images/sound.png": sound, "images/broken.png": broken}
    first, _ = pictures.probed(paths, Kept(tmp_path / "cache"))
    opened: list[str] = []
    reading = Path.read_bytes

    def read(path: Path) -> bytes:
        opened.append(path.name)
        return reading(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    again, bad = pictures.probed(paths, Kept(tmp_path / "cache"))
    assert again == first
    assert "broken.png" in opened
    assert "sound.png" not in opened
    assert [finding.path for finding in bad] == ["images/broken.png"], "what is wrong is told each time"
    save(content, "sound.png", scene(60, 30))
    wider, _ = pictures.probed(paths, Kept(tmp_path / "cache"))
    assert (wider["images/sound.png"].width, wider["images/sound.png"].path) == (60, "images/sound.png")


@pytest.mark.parametrize("size", [(10_000, 10_000), (16_001, 9), (20_000, 20_000)])
def test_a_file_that_would_fill_the_memory_is_not_read(content: Path, size: tuple[int, int]) -> None:
    save(content, "a.png", Pillow.new("1", size))
    assert "are read" in fault(content)


PEAK = """
import pathlib, resource, sys
from local_seo import pictures
content = pathlib.Path(sys.argv[1])
found, bad = pictures.probed({"images/a.png": content / "images" / "a.png"})
made = pictures.made(found, {"images/a.png": ["50% 50%"]}, content, content.parent / "cache", quick=False)
assert len(made.files) == 13, (bad, made.findings)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak // 1024 if sys.platform == "darwin" else peak)
"""


def test_the_largest_picture_there_may_be_takes_less_than_a_gigabyte(content: Path) -> None:
    side = int(limits.PICTURE_PIXELS_MOST**0.5)
    exif = Pillow.Exif()
    exif[ORIENTATION] = LYING
    clear = Pillow.new("RGBA", (side, side), (200, 120, 60, 128))
    save(content, "a.png", clear, exif=exif, compress_level=1)
    # In a process of its own: a test before this one may have taken more.
    done = subprocess.run([sys.executable, "-c", PEAK, content], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 1_000_000, "in kilobytes"


def test_a_broken_picture_does_not_keep_the_others_from_being_made(content: Path) -> None:
    save(content, "good.jpg", scene(300, 200))
    data = io.BytesIO()
    scene(300, 200).effect_spread(5).save(data, "JPEG")
    (content / "images" / "half.jpg").write_bytes(data.getvalue()[: len(data.getvalue()) // 2])
    made = make(content, CENTRE)
    assert list(made.images) == ["images/good.jpg"]
    assert [finding.path for finding in made.findings] == ["images/half.jpg"]


# --- once --------------------------------------------------------------------------------------------------------


def test_the_same_bytes_on_one_core_and_on_many(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        save(content, f"{number}.jpg", scene(700 + number, 500))
    many = _bytes(make(content, CENTRE))
    shutil.rmtree(content.parent / "cache")
    monkeypatch.setattr(pictures, "cores", lambda: 1)
    assert _bytes(make(content, CENTRE)) == many


def _bytes(made: Made) -> dict[str, bytes]:
    return {url: path.read_bytes() for url, path in made.files.items()}


@pytest.fixture
def kitchen_closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is made although it was made before."""
    again: list[str] = []
    really = pictures._files

    def counting(job: pictures._Job) -> object:
        again.append(job.part)
        return really(job)

    monkeypatch.setattr(pictures, "_files", counting)
    return again


def test_a_second_build_and_a_moved_cache_make_nothing(content: Path, kitchen_closed: list[str]) -> None:
    save(content, "a.jpg", scene(700, 500))
    first = _bytes(make(content, CENTRE))
    kitchen_closed.clear()
    assert _bytes(make(content, CENTRE)) == first
    elsewhere = content.parent / "clone"
    shutil.copytree(content, elsewhere / "content")
    (content.parent / "cache").rename(elsewhere / "cache")
    assert _bytes(make(elsewhere / "content", CENTRE)) == first
    assert kitchen_closed == []


@pytest.mark.parametrize("damage", ["other bytes", "no file", "no record", "another record"])
def test_a_damaged_cache_is_mended(content: Path, damage: str) -> None:
    save(content, "a.jpg", scene(700, 500))
    first = _bytes(made := make(content))
    path = made.files[one(made).url]
    record = path.with_name("record.json")
    if damage == "other bytes":
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        os.utime(path, ns=(1, 1))
    elif damage == "no file":
        path.unlink()
    elif damage == "no record":
        record.unlink()
    else:
        record.write_text(record.read_text(encoding="utf-8").replace("700", "600"), encoding="utf-8")
    assert _bytes(make(content)) == first


def test_another_picture_under_the_same_name_has_other_addresses(content: Path) -> None:
    save(content, "a.jpg", scene(700, 500))
    before = set(one(make(content)).addresses)
    save(content, "a.jpg", scene(700, 501))
    assert not before & set(one(make(content)).addresses)


def test_a_preview_makes_what_is_quick_and_takes_what_is_there(content: Path) -> None:
    save(content, "a.jpg", scene(700, 500))
    quick = one(make(content, CENTRE, quick=True))
    assert quick.url
    assert quick.files == ()
    whole = one(make(content, CENTRE))
    assert one(make(content, CENTRE, quick=True)) == whole


def test_what_nobody_uses_leaves_the_cache(content: Path) -> None:
    save(content, "a.jpg", scene(300, 200))
    make(content)
    old = list((content.parent / "cache").iterdir())
    leftover = content.parent / "cache" / ".new-killed"
    leftover.mkdir()
    for path in (*old, leftover):
        os.utime(path, (0, 0))
    save(content, "a.jpg", scene(301, 200))
    make(content)
    make(content)
    assert not leftover.exists()
    assert limits.PICTURE_KEPT_S > limits.PICTURE_LEFTOVER_S
    assert not any(path.exists() for path in old)


# --- how HTML names them -----------------------------------------------------------------------------------------


def test_sources_leave_out_what_is_too_narrow() -> None:
    def file(width: int, kind: str) -> File:
        return File(url=f"/{width}.{kind}", width=width, height=9, media_type=f"image/{kind}")

    image = Image(
        path="a.jpg",
        url="/a.jpg",
        width=1700,
        height=900,
        media_type="image/jpeg",
        files=(*(file(width, "avif") for width in (360, 680, 1700)), file(1000, "webp")),
    )
    assert image.sources(680) == (("image/avif", "/680.avif 680w,/1700.avif 1700w"), ("image/webp", "/1000.webp"))
    assert image.sources(9999)[0] == ("image/avif", "/1700.avif")


def test_a_finished_picture_is_opened_once_and_again_when_it_changes(content: Path, tmp_path: Path) -> None:
    Pillow.new("RGB", (40, 30)).save(content / "a.png")
    (content / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>', encoding="utf-8")
    (content / "c.jpg").write_bytes(b"no picture")
    names = sorted(path.name for path in content.iterdir())

    def found(a: str) -> dict[str, tuple[int, int]]:
        digests = {"a.png": a, "b.svg": "b", "c.jpg": "c"}
        known = pictures.finished(names, content, digests, Kept(tmp_path / "kept"))
        return {name: (picture.width, picture.height) for name, picture in known.items()}

    assert found("one") == {"a.png": (40, 30), "b.svg": (7, 5)}
    Pillow.new("RGB", (50, 60)).save(content / "a.png")
    (content / "b.svg").unlink()  # so it cannot be read a second time
    assert found("two") == {"a.png": (50, 60), "b.svg": (7, 5)}
