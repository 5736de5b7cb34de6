"""What may be attached as evidence: of what is kept at all, a PDF, a PNG or a JPEG."""

from network.privacy.files import Kind, Screened, screened
from network.privacy.files.screening import MB

LARGEST = 5 * MB
KINDS = {kind.media_type: kind for kind in (Kind.JPEG, Kind.PNG, Kind.PDF)}


def read_file(content: bytes) -> Screened:
    return screened(content, largest=LARGEST, of=KINDS.values())
