"""Whoever changes anything of a client holds it first: two such acts never cross."""

from network.clients.models import Client


def locked(client: Client) -> Client:
    rows = Client.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("owner__user").get(pk=client.pk)
