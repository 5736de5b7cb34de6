"""One ZIP with everything: JSON for programs, CSV for people, a README for both."""

import csv
import io
import json
import zipfile
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from network.privacy.portions import Line, Portion

# What a spreadsheet would take for a formula is made plain text by an apostrophe.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def archive(everything: Portion, made_at: datetime) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("README.txt", _readme(everything, made_at))
        box.writestr("data.json", _json(everything, indent=2))
        for name, lines in everything.items():
            box.writestr(f"csv/{name}.csv", as_csv(lines))
    return file.getvalue()


def _readme(everything: Portion, made_at: datetime) -> str:
    counts = [(name, len(lines)) for name, lines in everything.items()]
    return render_to_string(
        "home/export/README.txt", {"counts": counts, "made_at": made_at}
    )


def as_csv(lines: list[Line]) -> str:
    """As RFC 4180 has it; without lines there is not even a heading."""
    text = io.StringIO(newline="")
    if lines:
        writer = csv.DictWriter(text, fieldnames=list(lines[0]))
        writer.writeheader()
        for line in lines:
            writer.writerow({key: _cell(value) for key, value in line.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    words = value if isinstance(value, str) else _json(value).strip('"')
    return f"'{words}" if words.startswith(FORMULAS) else words


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=indent)
