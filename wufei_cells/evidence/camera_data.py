"""What the camera wrote into a photo: when and where it was taken. The rest of it is nobody's business here."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from PIL import ExifTags, Image

from wufei_cells.domain.evidence import Place

_IFD = ExifTags.IFD
_TIME = ExifTags.Base.DateTimeOriginal
_TIMES = (_TIME, ExifTags.Base.DateTimeDigitized)  # not DateTime: that is when the file was last changed
_OFFSET = ExifTags.Base.OffsetTimeOriginal
_KEPT_TIMES = (*_TIMES, _OFFSET, ExifTags.Base.SubsecTimeOriginal)
_GPS = ExifTags.GPS
_KEPT_PLACES = (
    *(_GPS.GPSLatitudeRef, _GPS.GPSLatitude, _GPS.GPSLongitudeRef, _GPS.GPSLongitude),
    *(_GPS.GPSAltitudeRef, _GPS.GPSAltitude, _GPS.GPSMapDatum),
)
_WRITTEN = re.compile(r"(\d{4})[:\-./](\d{2})[:\-./](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_PLACES = 6  # decimals of a degree: about a hand's breadth
_BROKEN = (
    *(SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    *(ZeroDivisionError, EOFError, OSError, struct.error),
)
"""What Pillow raises over a directory of tags that is cut off or makes no sense."""

Tags = Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class CameraData:
    """When and where a photo was taken, as far as it says."""

    taken_at: datetime | None = None
    place: Place | None = None
    times: Tags = field(default_factory=dict[int, Any], repr=False)
    """The tags to be written into a smaller copy."""
    places: Tags = field(default_factory=dict[int, Any], repr=False)


def camera_data(picture: Image.Image) -> CameraData:
    """Read time and place; tags that make no sense count as none."""
    try:
        tags = picture.getexif()
        times, places = dict[int, Any](tags.get_ifd(_IFD.Exif)), dict[int, Any](tags.get_ifd(_IFD.GPSInfo))
    except _BROKEN:
        return CameraData()
    taken_at = next((moment for tag in _TIMES if (moment := _moment(times.get(tag)))), None)
    place = _place(places)
    return CameraData(
        taken_at,
        place,
        {tag: times[tag] for tag in _KEPT_TIMES if isinstance(times.get(tag), str)} if taken_at else {},
        {tag: places[tag] for tag in _KEPT_PLACES if tag in places} if place else {},
    )


def says_where(picture: Image.Image) -> bool:
    """Tell whether a file may give its place away: by tags, sound or not, or in what editing programs add."""
    try:
        tagged = _IFD.GPSInfo in picture.getexif()
    except _BROKEN:
        return True
    return tagged or any(name in picture.info for name in ("xmp", "XML:com.adobe.xmp", "photoshop"))


def tags_to_write(data: CameraData, *, with_place: bool) -> bytes:
    """Give the tags of a smaller copy; empty when there is nothing to say."""
    tags = Image.Exif()
    if data.times:
        tags.get_ifd(_IFD.Exif).update(data.times)
    if data.places and with_place:
        tags.get_ifd(_IFD.GPSInfo).update(data.places)
    if not data.times and not (data.places and with_place):
        return b""
    try:
        return tags.tobytes()
    except _BROKEN:
        return b""


def _moment(value: object) -> datetime | None:
    """Read a time as cameras write it, without a zone: 2026:10:30 09:12:44."""
    found = _WRITTEN.match(value.strip("\0 ")) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return datetime(*(int(part) for part in found.groups()))  # pyright: ignore[reportArgumentType] # noqa: DTZ001 - cameras know no zone
    except ValueError:
        return None  # 0000:00:00 of a camera whose clock was never set


def _place(tags: Tags) -> Place | None:
    latitude = _degrees(tags.get(_GPS.GPSLatitude), tags.get(_GPS.GPSLatitudeRef), "NS", 90)
    longitude = _degrees(tags.get(_GPS.GPSLongitude), tags.get(_GPS.GPSLongitudeRef), "EW", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None  # nothing, or what phones write while they look for satellites
    return Place(_decimal(latitude), _decimal(longitude))


def _degrees(value: object, side: object, sides: str, most: int) -> Fraction | None:
    """Put degrees, minutes and seconds together."""
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)) or not isinstance(side, str):
        return None
    parts = cast("Sequence[Any]", value)
    side = side.strip("\0 ").upper()
    if len(parts) != 3 or side not in (*sides,):
        return None
    try:
        whole, minutes, seconds = (Fraction(int(part.numerator), int(part.denominator)) for part in parts)
    except _BROKEN:
        return None
    degrees = whole + minutes / 60 + seconds / 3600
    if not 0 <= degrees <= most:
        return None
    return -degrees if side == sides[1] else degrees


def _decimal(degrees: Fraction) -> str:
    scaled = round(degrees * 10**_PLACES)
    whole, rest = divmod(abs(scaled), 10**_PLACES)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{_PLACES}d}"
