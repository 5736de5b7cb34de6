"""Learns again what a client's own words suggest, from the sentences beside it."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from network.clinicians.reading.suggestions import WEIGHTS
from network.clinicians.reading.training.fitting import fit
from network.clinicians.reading.training.sentences import texts


class Command(BaseCommand):
    help = "Train the suggestions for free text; the same sentences give the same file."

    def handle(self, *args: Any, **options: Any) -> None:
        model = fit(texts())
        WEIGHTS.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")
        self.stdout.write(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")
