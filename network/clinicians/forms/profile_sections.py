"""The sections of a profile: what each is called, its form, and what keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from network.accounts.models import User
from network.clinicians.actions.identity import say_identities
from network.clinicians.actions.licences import claim_licences, claim_privileges
from network.clinicians.actions.openings import go_away, say_openings
from network.clinicians.actions.places import list_programmes, work_at
from network.clinicians.actions.profile import change_section
from network.clinicians.actions.skills import (
    list_approaches,
    list_exclusions,
    list_languages,
    list_specialties,
)
from network.clinicians.forms import profile_person as plain
from network.clinicians.forms import profile_rows as rows
from network.clinicians.forms import profile_skills as skills
from network.clinicians.forms.profile_away import AwayForm
from network.clinicians.models import Clinician

Make = Callable[..., Any]
Keep = Callable[[Clinician, Any, User], None]


@dataclass(frozen=True)
class ProfileSection:
    """One panel of the profile page, and the page on which it is changed."""

    slug: str
    title: str
    lead: str
    make: Make
    keep: Keep
    shape: str = "plain"  # which piece shows its form
    row: str = ""  # what one row is called

    @property
    def template(self) -> str:
        return f"clinicians/profile/_{self.shape}.html"


def _columns(clinician: Clinician, form: plain.SectionForm, by: User) -> None:
    change_section(clinician, form.section(), by=by)


def _listed(action: Callable[..., None]) -> Keep:
    def keep(clinician: Clinician, form: Any, by: User) -> None:
        action(clinician, form.claims(), by=by)

    return keep


def _identity(clinician: Clinician, form: plain.IdentityForm, by: User) -> None:
    say_identities(clinician, by=by, **form.cleaned_data)


def _away(clinician: Clinician, form: AwayForm, by: User) -> None:
    go_away(clinician, by=by, **form.cleaned_data)


_plain = partial(ProfileSection, keep=_columns)
_ladder = partial(ProfileSection, shape="ladder")
_rows = partial(ProfileSection, shape="rows")

SECTIONS: tuple[ProfileSection, ...] = (
    _plain("person", "Person",
           "Staff verify your name, credentials, profession and stage: when you change "
           "one of these, nobody finds you until they have looked again.",
           plain.PersonForm),
    ProfileSection("identity", "Communities you belong to",
                   "Nobody sees them unless you share them.",
                   plain.IdentityForm, _identity),
    _rows("licences", "Licences", "They decide where clients may be sent to you.",
          rows.licences, _listed(claim_licences), row="Licence"),
    _rows("privileges", "Compacts", "Privileges beyond your home state, with dates.",
          rows.privileges, _listed(claim_privileges), row="Privilege"),
    _rows("places", "Places", "Where clients come to see you.",
          rows.addresses, _listed(work_at), row="Practice"),
    _ladder("specialties", "Specialties", "What you treat, and how deep it goes.",
            skills.SpecialtiesForm, _listed(list_specialties)),
    _ladder("approaches", "Approaches", "How you work, and how deep it goes.",
            skills.ApproachesForm, _listed(list_approaches)),
    _plain("clients", "Clients", "Ages, settings, communities, access.",
           plain.ClientsForm),
    _ladder("languages", "Languages", "In which you can do therapy, and how well.",
            skills.LanguagesForm, _listed(list_languages)),
    _plain("care", "Acuity and risk", "How much a client may bring.", plain.CareForm),
    ProfileSection("not-for-me", "Not for me", "What you do not take on; the search "
                   "obeys it.", skills.ExclusionsForm, _listed(list_exclusions)),
    _rows("programmes", "Programmes", "Groups and programmes you take intake for.",
          rows.programmes, _listed(list_programmes), row="Programme"),
    _plain("payment", "Payment", "Insurance, fees, sliding scale.", plain.PaymentForm),
    _rows("openings", "Openings", "They count for 21 days after you confirm them.",
          rows.openings, _listed(say_openings), row="Opening"),
    _plain("style", "Style", "How you are in the room.", plain.StyleForm),
    _plain("acceptance", "Referrals", "Whether colleagues find you at all.",
           plain.AcceptanceForm),
    ProfileSection("away", "Time away", "Days on which you are not there.", AwayForm,
                   _away),
    _plain("visibility", "Who sees what", "What you keep to yourself.",
           plain.VisibilityForm),
)  # fmt: skip
BY_SLUG = {section.slug: section for section in SECTIONS}
# In which section each field stands that may be kept to oneself.
SECTION_OF = {
    "bio": "person",
    "gender": "person",
    "phone": "person",
    "identities": "identity",
    "communities": "clients",
    "faiths": "clients",
    "languages": "languages",
    "not_for_me": "not-for-me",
    "fees": "payment",
    "payers": "payment",
    "openings": "openings",
    "styles": "style",
}
