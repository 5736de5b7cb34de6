"""What of a packet who reads: the client's permissions are asked on every read.

A colleague reads the parts for which a consent in force names her, while her offer is
the chosen one and the version is neither over nor taken back. What comes from a Part 2
programme goes with the notice and with what the client allowed, or not at all.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from messaging.attachments import Label
from network.clients.consents import active_for
from network.clients.models import Consent
from network.clients.wording import DataClass, Purpose
from referrals.acting import By
from referrals.models import Offer, PacketFile, PacketVersion
from referrals.packets.parts import FILES_NEED, NEEDS, Part, needed
from referrals.packets.permissions import READER, allowed, allowed_on_version
from referrals.packets.sealed import Words, labels_of, words_of

Covered = dict[DataClass, Consent]
Enclosed = tuple[PacketFile, Label]


@dataclass(frozen=True)
class Content:
    """Of one version, as somebody may read it now."""

    version: PacketVersion
    words: Words = field(repr=False)
    files: list[Enclosed] = field(repr=False)
    by_which: Covered = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """With their headings, in their order."""
        said = self.words.parts
        return [(str(part.label), said[part]) for part in Part if said.get(part)]

    @property
    def classes(self) -> list[DataClass]:
        has_files, is_part2 = bool(self.files), self.version.is_part2
        return needed(self.words.parts, has_files=has_files, is_part2=is_part2)

    @property
    def is_empty(self) -> bool:
        return not (self.words.parts or self.files)

    @property
    def mark(self) -> str:
        """The same while there is the same to read of it; it tells nothing of what."""
        files = [str(file.public_id) for file, _ in self.files]
        here = self.version.pk
        said = json.dumps([here, self.words.parts, self.words.notice, files])
        return salted_hmac("referrals.packets", said, algorithm="sha256").hexdigest()


def whole(version: PacketVersion) -> Content | None:
    """For its sender. Nothing where its key, or its client, is gone."""
    if version.packet.referral.client.erased_at is not None:
        return None
    words = words_of(version)
    return Content(version, words, _files(version)) if words else None


def readable(by: By, version: PacketVersion) -> Content | None:
    """For whoever it was sent to; nothing unless there is something for her."""
    if not allowed_on_version(by, version) >= READER:
        return None
    if (content := whole(version)) is None or version.offer is None:
        return None
    open_now = covered(version.offer, content.classes)
    if not open_now or (version.is_part2 and not _goes_with_its_notice(content)):
        return None
    seen = _within(content, open_now, is_part2=version.is_part2)
    return None if seen.is_empty else seen


def shown_to(by: By, version: PacketVersion) -> Content | None:
    """As it stands on a screen that was opened before."""
    is_sender = "see the packet" in allowed(by, version.packet.referral)
    return whole(version) if is_sender else readable(by, version)


def newest_readable(by: By, offer: Offer) -> PacketVersion | None:
    sent = PacketVersion.objects.sent().filter(offer=offer).order_by("-number")
    about = sent.select_related("packet__referral__client", "offer__receiver")
    return next((one for one in about if readable(by, one)), None)


def covered(offer: Offer, classes: Iterable[DataClass]) -> Covered:
    """For which of them a consent in force names her, and which one."""
    client, her = offer.referral.client, offer.named
    found = {one: active_for(client, her, Purpose.REFERRAL, one) for one in classes}
    return {one: consent for one, consent in found.items() if consent}


def _within(content: Content, open_now: Covered, *, is_part2: bool) -> Content:
    if is_part2 and DataClass.SUBSTANCE_USE not in open_now:
        open_now = {}
    said = content.words.parts.items()
    parts = {part: words for part, words in said if NEEDS[Part(part)] in open_now}
    words = Words(parts, content.words.consents, content.words.notice)
    files = content.files if FILES_NEED in open_now else []
    return Content(content.version, words, files, open_now)


def _goes_with_its_notice(content: Content) -> bool:
    return bool(content.words.notice and content.words.consents)


def _files(version: PacketVersion) -> list[Enclosed]:
    return labels_of(version.files.defer("content").order_by("added_at", "pk"))
