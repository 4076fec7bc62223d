"""A picture that can be used, but not as well as it could be: too small, for print or HDR, moving, misnamed.

Why: Share cards and large previews in search ask for 1,200 pixels; colours for print or for screens of high dynamic
range and single frames of what should move may look otherwise than meant, and only the writer can see that.
Source: https://developers.google.com/search/docs/appearance/google-discover,
https://developers.facebook.com/docs/sharing/webmasters/images/,
https://www.w3.org/TR/WCAG22/#pause-stop-hide
Rules: W-16
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.site import File, Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"width_px": limits.PICTURE_WIDTH_LEAST_PX}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that is odd about a picture that a page shows."""
    for path, image in sorted(built.site.images.items()):
        if not image.url:
            continue
        for remark in image.remarks:
            what, _, detail = remark.partition(" ")
            message, remedy, severity = _SAID[what]
            yield rule.finding(path, 0, message.format(detail), remedy.format(detail), severity)
        # What is cut for search engines and share cards stands above a page; small pictures within a text are fine.
        if image.crops and image.width < rule["width_px"]:
            least = f"{rule['width_px']:g}"
            message = f"this picture is {image.width} pixels wide; share cards and search previews want {least}"
            yield rule.finding(path, 0, message, "put a larger copy in its place, as the camera made it")


# By the remarks of ``pictures``: what was found, what to do, how bad it is if not a warning.
_SAID: Final[dict[str, tuple[str, str, Severity | None]]] = {
    "misnamed": (
        "this picture is named after another kind of file; by its bytes it is {}",
        "let its name end in {}, here and where it is used",
        None,
    ),
    "moving": (
        "this picture moves; readers see its first picture alone",
        "use one without movement, so that nothing is missing",
        None,
    ),
    "restless": (
        "this picture moves, and readers cannot stop it",
        "use one without movement: it keeps people from reading, and makes some of them ill",
        None,
    ),
    "print-colours": (
        "this picture has colours for print (CMYK), which were changed into those of a screen",
        "look at it on the page; where it looks wrong, save it as RGB",
        None,
    ),
    "16-bit": (
        "this picture has 16 bits a colour; eight of them are shown",
        "nothing is wrong; saved with 8 bits, the file would be half as large",
        Severity.HINT,
    ),
    "high-range": (
        "this picture is made for screens of high dynamic range (HDR); its colours come out pale",
        "save it again as an ordinary picture (SDR), and look at it on the page",
        None,
    ),
}
_COT: Final = Image(
    path="images/cot.jpg", url="/images/cot.1a.800.jpg", width=1600, height=900, media_type="image/jpeg"
)
_CUT: Final = {"50% 50%": (("1x1", File(url="/images/cot.1a.1x1.jpg", width=9, height=9, media_type="image/jpeg")),)}


GOOD: Final = tuple(
    example.case(images={image.path: image})
    for image in (
        _COT,
        replace(_COT, crops=_CUT),
        replace(_COT, width=300),  # within a text
        replace(_COT, url="", remarks=("moving",)),  # nowhere
    )
)
BAD: Final = tuple(
    example.case(images={image.path: image}, found=found)
    for image, found in (
        (replace(_COT, width=800, crops=_CUT), "is 800 pixels wide; share cards"),
        (replace(_COT, remarks=("misnamed .heic",)), "by its bytes it is .heic"),
        (replace(_COT, remarks=("moving",)), "moves; readers see its first picture"),
        (replace(_COT, remarks=("restless",)), "readers cannot stop it"),
        (replace(_COT, remarks=("print-colours",)), "colours for print (CMYK)"),
        (replace(_COT, remarks=("16-bit",)), "16 bits a colour"),
        (replace(_COT, remarks=("high-range",)), "high dynamic range (HDR)"),
    )
)
