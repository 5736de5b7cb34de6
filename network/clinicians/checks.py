"""What a machine should have, said by `manage.py check`."""

from typing import Any

from django.core.checks import CheckMessage, Info, register

from network.clinicians import pdf


@register(deploy=True)
def pdf_is_possible(**_: Any) -> list[CheckMessage]:
    if pdf.is_possible():
        return []
    return [
        Info(
            "Sheets for clients cannot be saved as PDF; they can be printed.",
            hint=f"Install Pango: apt-get install {pdf.PACKAGES}",
            id="clinicians.I001",
        )
    ]
