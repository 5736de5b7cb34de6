"""What a packet says, part by part, and which permission each part needs."""

from collections.abc import Iterable, Mapping

from django.db import models

from network.clients.wording import DataClass

LONGEST = 4_000
Parts = Mapping[str, str]


class Part(models.TextChoices):
    """In this order they are asked for and read."""

    REASON = "reason", "Why treatment is sought"
    COURSE = "course", "What has been tried so far"
    HELPS = "helps", "What helps, and what does not"
    RISKS = "risks", "Risks, and what keeps the client safe"
    MEDICATION = "medication", "Medication, as told by the client"
    PRACTICAL = "practical", "Practical matters"


NEEDS = {
    Part.REASON: DataClass.SUMMARY,
    Part.COURSE: DataClass.HISTORY,
    Part.HELPS: DataClass.SUMMARY,
    Part.RISKS: DataClass.RISK,
    Part.MEDICATION: DataClass.MEDICATION,
    Part.PRACTICAL: DataClass.SUMMARY,
}
FILES_NEED = DataClass.RECORDS

NO_NOTES = (
    "Nothing in it is from psychotherapy notes, or from counselling notes of a "
    "substance use programme."
)
# 42 CFR 2.32(a)(1), with the sentence on proceedings that the rule of 2024 asks for.
NOTICE = (
    "This record which has been disclosed to you is protected by Federal "
    "confidentiality rules (42 CFR part 2). These rules prohibit you from using or "
    "disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings "
    "by any Federal, State, or local authority, against the patient, unless authorized "
    "by the consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as "
    "authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the "
    "Federal rules prohibit you from making any other use or disclosure of this record "
    "unless at least one of the following applies: (i) further use or disclosure is "
    "expressly permitted by the written consent of the individual whose information is "
    "being disclosed in this record or as otherwise permitted by 42 CFR part 2; (ii) "
    "you are a covered entity or business associate and have received the record for "
    "treatment, payment, or health care operations; or (iii) you have received the "
    "record from a covered entity or business associate as permitted by 45 CFR part "
    "164, subparts A and E. A general authorization for the release of medical or "
    "other information is NOT sufficient to meet the required elements of written "
    "consent to further use or redisclose the record (see 42 CFR 2.31)."
)


def filled(parts: Parts) -> dict[str, str]:
    """In their order, without the empty ones."""
    said = {part: parts.get(part, "").replace("\r\n", "\n").strip() for part in Part}
    return {str(part.value): words for part, words in said.items() if words}


def needed(parts: Iterable[str], *, has_files: bool, is_part2: bool) -> list[DataClass]:
    """Each class once, in the order of the consent's words."""
    wanted = {NEEDS[Part(part)] for part in parts}
    wanted |= {FILES_NEED} if has_files else set()
    wanted |= {DataClass.SUBSTANCE_USE} if is_part2 else set()
    return [one for one in DataClass if one in wanted]
