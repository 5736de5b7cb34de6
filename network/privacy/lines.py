"""A name or a title as it is kept: one line that turns nothing beside it around."""

import re
from typing import Any

from django import forms

# Controls, and the signs that order text from right to left: behind one, whatever
# follows a name on a page reads backwards.
ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    return " ".join(ODD.sub(" ", text).split())


class LineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")
