"""Arrows point down, also those that an import checker cannot see."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.architecture.sources import PACKAGES, ROOT


def layers() -> list[str]:
    """Of the first contract, the top one first."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = said["tool"]["importlinter"]["contracts"]
    stack = next(contract for contract in contracts if contract["id"] == "stack")
    return [str(layer) for layer in stack["layers"]]


def rising(related: Iterable[type[models.Model]]) -> Iterator[str]:
    """Relations to a model of a higher layer, and so written as a string."""
    height = {layer: -depth for depth, layer in enumerate(layers())}
    for model in related:
        for field in model._meta.get_fields():
            target = field.remote_field and field.related_model
            if field.auto_created or not isinstance(target, type):
                continue
            if target._meta.label == settings.AUTH_USER_MODEL:
                continue
            own, other = height.get(_layer(model)), height.get(_layer(target))
            if own is not None and other is not None and other > own:
                yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def _layer(model: type[models.Model]) -> str:
    return model._meta.app_config.name if model._meta.app_config else ""


def test_no_relation_points_up() -> None:
    assert list(rising(apps.get_models())) == []


def test_a_planted_relation_that_points_up_is_found() -> None:
    class Planted(models.Model):  # noqa: DJ008
        clinician = models.ForeignKey("clinicians.Clinician", models.CASCADE)

        class Meta:
            app_label = "activity"

    try:
        [found] = rising([Planted])
    finally:
        apps.all_models["activity"].pop("planted")
        apps.clear_cache()
    assert found == "activity.Planted.clinician -> clinicians.Clinician"


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [tool, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )


def test_the_contracts_are_kept() -> None:
    done = lint(ROOT)

    assert done.returncode == 0, done.stdout


PLANTED = {
    "network/privacy/keys.py": "import network.clinicians.models",
    "network/activity/models.py": "import network.activity.actions",
    "network/accounts/views.py": "import network.activity.recorder",
    "home/urls.py": "import channels.routing",
}


def test_planted_imports_are_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    made = shutil.ignore_patterns("__pycache__", "*.json", "*.csv")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=made)
    for module, line in PLANTED.items():
        with (tmp_path / module).open("a") as file:
            file.write(f"\n{line}\n")

    done = lint(tmp_path)

    assert done.returncode == 1
    assert done.stdout.count(" BROKEN") == len(PLANTED)
