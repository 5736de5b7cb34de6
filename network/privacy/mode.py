"""In which mode the network runs, as staff have set it."""

from network.privacy.models import Mode, ModeSwitch


def latest_switch() -> ModeSwitch | None:
    return ModeSwitch.objects.order_by("-switched_at", "-pk").first()


def current_mode() -> Mode:
    """Without identities, until staff record what else needs."""
    switch = latest_switch()
    return Mode(switch.mode) if switch else Mode.NO_IDENTITY
