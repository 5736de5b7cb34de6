"""Pages as tagged PDF, where the machine has what that needs."""

from functools import cache
from pathlib import Path
from typing import NoReturn

from django.conf import settings

STYLE = Path(settings.BASE_DIR) / "static" / "css" / "handout.css"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@cache
def is_possible() -> bool:
    """Whether Pango is there; without it there is no PDF, and all else works."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError:
        return False
    return True


def pdf_of(html: str, looks: Path = STYLE) -> bytes:
    """Nothing is fetched: the page brings its words, and the style is our own file."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 takes a second to import

    document = HTML(string=html, url_fetcher=_refuse)
    style = CSS(string=looks.read_text(), url_fetcher=_refuse)
    return bytes(document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"))


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError("a handout fetches nothing")
