"""Files that somebody sends: looked into, named and served so that they do no harm."""

from network.privacy.files.kinds import Kind, RefusedFileError, TooLargeError
from network.privacy.files.names import tidy_name
from network.privacy.files.screening import LARGEST, Screened, screened
from network.privacy.files.serving import headers

__all__ = [
    "LARGEST",
    "Kind",
    "RefusedFileError",
    "Screened",
    "TooLargeError",
    "headers",
    "screened",
    "tidy_name",
]
