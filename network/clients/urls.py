"""A clinician's clients."""

from django.urls import path

from network.clients.views import clients, consents, files, identity, parties

app_name = "clients"
ONE = "<uuid:public_id>/"
urlpatterns = [
    path("", clients.clients, name="clients"),
    path("new/", clients.new, name="new"),
    path("warning/", clients.warning, name="warning"),
    path(ONE, clients.client, name="client"),
    path(f"{ONE}facts/", clients.facts, name="facts"),
    path(f"{ONE}erasure/", clients.erasure, name="erasure"),
    path(f"{ONE}identity/", identity.identity, name="identity"),
    path(f"{ONE}shared.<str:form>", files.shared, name="shared"),
    path(f"{ONE}parties/", parties.parties, name="parties"),
    path(f"{ONE}parties/<uuid:pk>/", parties.party, name="party"),
    path(f"{ONE}parties/<uuid:pk>/removal/", parties.removal, name="party_removal"),
    path(f"{ONE}parties/<uuid:pk>/identity/", identity.keeping, name="keeping"),
    path(f"{ONE}parties/<uuid:pk>/link/", parties.link, name="link"),
    path(
        f"{ONE}parties/<uuid:pk>/link/ending/", parties.link_ending, name="link_ending"
    ),
    path(f"{ONE}consents/new/", consents.new, name="consent_new"),
    path(f"{ONE}consents/<uuid:pk>/", consents.consent, name="consent"),
    path(f"{ONE}consents/<uuid:pk>/ending/", consents.ending, name="consent_ending"),
    path(f"{ONE}consents/<uuid:pk>/release/", consents.release, name="release"),
]
