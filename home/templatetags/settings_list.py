"""The list at the side of every page of the settings."""

from collections.abc import Mapping
from typing import Any

from django.template import Library

from home.settings import Group, groups_for

register = Library()


@register.simple_tag(takes_context=True)
def settings_groups(context: Mapping[str, Any]) -> list[Group]:
    return groups_for(context["request"])
