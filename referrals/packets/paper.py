"""A version as PDF: each page says who took it, which version it is, and on which day.

Its description (title, author) names nobody.
"""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from network.clinicians import pdf
from referrals.packets.reading import Content

LOOKS = Path(settings.BASE_DIR) / "static" / "css" / "packet.css"


def as_pdf(content: Content, reader: str) -> bytes:
    packet = content.version.packet
    page = {
        "content": content,
        "version": content.version,
        "referral": packet.referral,
        "reader": reader,
        "now": timezone.now(),
    }
    return pdf.pdf_of(render_to_string("referrals/packet/print.html", page), LOOKS)
