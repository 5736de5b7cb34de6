"""The list at the side of every page of the settings."""

from django.template import Library

from home.settings import GROUPS, Group

register = Library()


@register.simple_tag
def settings_groups() -> tuple[Group, ...]:
    return GROUPS
