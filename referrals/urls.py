"""Addresses of referrals; each step of one, and of an offer, is a noun of its own."""

from django.urls import include, path

from referrals.views import (
    conflicts,
    drafts,
    lists,
    offer,
    order,
    people,
    referral,
    session_file,
    steps,
)

app_name = "referrals"
OFFER = "offers/<uuid:public_id>/"
ONE = "<uuid:public_id>/"

urlpatterns = [
    path("", lists.referrals, name="referrals"),
    path("lists/<slug:slug>/", lists.one_list, name="list"),
    path("new/", drafts.new, name="new"),
    path("guard/", drafts.findings_piece, name="findings"),
    path(OFFER, offer.offer, name="offer"),
    path(f"{OFFER}talk/", conflicts.talk, name="talk"),
    path(f"{OFFER}removal/", conflicts.removal, name="removal"),
    path(f"{OFFER}<slug:slug>/", steps.of_offer, name="offer_step"),
    path(ONE, referral.referral, name="referral"),
    path(f"{ONE}people/", people.people, name="people"),
    path(f"{ONE}draft/", drafts.edit, name="edit"),
    path(f"{ONE}sending/", drafts.sending, name="sending"),
    path(f"{ONE}first-session.ics", session_file.session, name="session_file"),
    path(f"{ONE}order/", order.order, name="order"),
    path("", include("referrals.urls_packets")),
    path("", include("referrals.urls_off_network")),
    path(f"{ONE}<slug:slug>/", steps.of_referral, name="step"),
]
