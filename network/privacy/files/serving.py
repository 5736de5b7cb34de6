"""How a file leaves: to be saved, never to be shown as a page of this site."""

from django.utils.http import content_disposition_header

from network.privacy.files.kinds import Kind


def headers(kind: Kind, name: str) -> dict[str, str]:
    """A picture may stand in an <img> all the same; no kind can run anything here."""
    return {
        "Content-Type": kind.media_type,
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store, private",
    }
