"""Pictures drawn anew: their pixels and nothing else.

No place, no camera, no colour profile, no second picture, nothing hidden behind.
"""

import struct
import zlib
from io import BytesIO
from threading import Lock
from typing import Any

from PIL import Image, ImageFile, ImageOps

from network.privacy.files.kinds import Kind, RefusedFileError

MOST_PIXELS = 40_000_000
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What a reader says to a picture that is broken, or was made to break it.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
SAVED: dict[Kind, dict[str, Any]] = {
    Kind.JPEG: {"format": "JPEG", "quality": 90},
    Kind.PNG: {"format": "PNG"},
    Kind.WEBP: {"format": "WEBP", "quality": 90},
}
# The largest takes some 400 MB while it is drawn.
_one_at_a_time = Lock()


def redrawn(content: bytes, kind: Kind) -> bytes:
    """Of the same kind. How it was held is applied; of several the first is kept."""
    try:
        with _one_at_a_time, _opened(content, kind) as picture:
            return _saved(_plain(picture, kind), kind)
    except BOMBS:
        raise RefusedFileError("This picture has too many pixels.") from None
    except BROKEN:
        raise RefusedFileError(
            "This picture is damaged: nothing can read it."
        ) from None


def _opened(content: bytes, kind: Kind) -> Image.Image:
    """Its size is told before any pixel is read. What prints PDFs lets all of a process
    take half pictures for whole ones as soon as it is imported: not here.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    picture = Image.open(BytesIO(content), formats=[SAVED[kind]["format"]])
    if picture.width * picture.height > MOST_PIXELS:
        picture.close()
        raise Image.DecompressionBombError
    return picture


def _plain(picture: Image.Image, kind: Kind) -> Image.Image:
    is_clear = kind != Kind.JPEG and picture.has_transparency_data
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if is_clear else "RGB")
    plain.info.clear()
    return plain


def _saved(picture: Image.Image, kind: Kind) -> bytes:
    file = BytesIO()
    picture.save(file, **SAVED[kind])
    return file.getvalue()
