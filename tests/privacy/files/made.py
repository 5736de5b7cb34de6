"""Files as people send them, and as somebody might make them to do harm."""

import zlib
from io import BytesIO
from typing import Any

from PIL import Image

PLACE = "12 Elm Street, Rye"
A_ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)
AN_SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
A_PAGE = b"<!doctype html><script>alert(1)</script>"


def a_picture(kind: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    file = BytesIO()
    Image.new(mode, (30, 20), more.pop("color", 1)).save(file, kind, **more)
    return file.getvalue()


def a_photograph(orientation: int = 1) -> bytes:
    """Taken at a place, as a telephone writes it down: 30 wide, 20 high."""
    picture = Image.new("RGB", (30, 20), "teal")
    exif = picture.getexif()
    exif[0x0112], exif[0x010E] = orientation, PLACE
    exif.get_ifd(0x8825).update({1: "N", 2: (40.0, 58.0, 51.0)})
    file = BytesIO()
    picture.save(
        file, "JPEG", exif=exif, comment=PLACE.encode(), icc_profile=b"acsp" * 40
    )
    return file.getvalue()


def a_film() -> bytes:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


def a_pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % each for each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"startxref\n9\n%%EOF\n"


def packed(objects: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    """As a stream that holds objects."""
    box = zlib.compress(objects)
    start = b"<< /Type /ObjStm %b /Length %d >>\nstream\n" % (head, len(box))
    return start + box + b"\nendstream"
