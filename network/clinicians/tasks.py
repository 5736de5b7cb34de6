"""Chores of the night: they may run twice."""

from celery import shared_task

from network.clinicians.actions.conflicts import tell_of_overlaps
from network.clinicians.actions.evidence import discard_old_evidence
from network.clinicians.actions.expiry import tell_of_expiry
from network.clinicians.actions.invitations import send_invitations
from network.clinicians.actions.list_entries import clear_removed_entries
from network.clinicians.actions.needs import purge_lapsed_needs
from network.clinicians.actions.openings_links import ask_about_openings
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician


@shared_task
def rebuild_every_listing() -> None:
    """Soon after midnight: what expired yesterday is not found, what began today is."""
    ids = Clinician.objects.order_by("pk").values_list("pk", flat=True)
    rebuild_listings(ids.iterator(chunk_size=2000))


@shared_task
def forget_what_is_over() -> None:
    """Needs of thirty days ago, and what was taken off a list yesterday."""
    purge_lapsed_needs()
    clear_removed_entries()


@shared_task
def ask_about_stale_openings() -> None:
    """By day; whoever was asked within a week is not asked again."""
    ask_about_openings()


@shared_task
def tell_of_conflicts() -> None:
    """Of yesterday's looking, once a day."""
    tell_of_overlaps()


@shared_task
def mail_invitations() -> None:
    send_invitations()


@shared_task
def mind_the_licences() -> None:
    """Who has to renew is told; the files of what was decided long ago go."""
    tell_of_expiry()
    discard_old_evidence()
