"""What her packets say, for the export of a sender. What somebody received she reads on
its page alone, where each reading has its line.
"""

from collections.abc import Iterator

from network.privacy.portions import Line
from referrals.models import PacketVersion
from referrals.packets.reading import Content, whole


def packet_words(user_id: int) -> Iterator[Line]:
    hers = PacketVersion.objects.filter(packet__referral__sender__user=user_id)
    rows = hers.select_related("packet__referral__client", "offer__receiver")
    for version in rows.order_by("pk"):
        if content := whole(version):
            yield _line(content)


def _line(content: Content) -> Line:
    version = content.version
    return {
        "referral": str(version.packet.referral.public_id),
        "version": version.number,
        "sent_at": version.sent_at,
        "parts": content.words.parts,
        "agreed": content.words.consents,
        "files": [
            {"name": label.name, "kind": file.kind, "size": file.size}
            for file, label in content.files
        ],
    }
