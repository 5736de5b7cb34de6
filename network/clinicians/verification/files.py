"""What may be attached as evidence: a PDF, or an image that is drawn anew.

The name and the type that a browser gives are not believed; the content is.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
PDF = "application/pdf"
IMAGES = {"PNG": "image/png", "JPEG": "image/jpeg"}
# A telephone writes two pictures into one JPEG, and the reader calls it otherwise.
SEVERAL = "MPO"
ENDINGS = {PDF: "pdf", "image/png": "png", "image/jpeg": "jpg"}


class RefusedFileError(Exception):
    """Said to whoever sent it."""


@dataclass(frozen=True)
class Attachment:
    media_type: str
    content: bytes


def read_file(content: bytes) -> Attachment:
    if len(content) > LARGEST:
        raise RefusedFileError("This file is larger than 5 MB.")
    if content.startswith(b"%PDF-"):
        return _within_limit(Attachment(PDF, content))
    return _within_limit(_drawn_anew(content))


def _within_limit(attachment: Attachment) -> Attachment:
    if len(attachment.content) > LARGEST:
        raise RefusedFileError("This image is too large: make it smaller.")
    return attachment


def _drawn_anew(content: bytes) -> Attachment:
    """Its pixels and nothing else: no place, no camera, nothing hidden behind."""
    try:
        with Image.open(BytesIO(content), formats=list(IMAGES)) as image:
            kind = "JPEG" if image.format == SEVERAL else str(image.format)
            _refuse_huge(image)
            drawn = ImageOps.exif_transpose(image)
            drawn.info.clear()
            return Attachment(IMAGES[kind], _saved(drawn, kind))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise RefusedFileError("This is no PDF, PNG or JPEG.") from None
    except Image.DecompressionBombError:
        raise RefusedFileError("This image has too many pixels.") from None


def _refuse_huge(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise RefusedFileError("This image has too many pixels.")


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()
