"""Addresses of people, of the search, and of what belongs to both."""

from django.urls import path

from network.clinicians import (
    urls_among,
    urls_lists,
    urls_reports,
    urls_verification,
    urls_welcome,
)
from network.clinicians.views import (
    colleague,
    comparison,
    find,
    find_criteria,
    find_results,
    find_suggestions,
    openings_word,
    profile,
)

app_name = "clinicians"
urlpatterns = [
    *urls_among.urlpatterns,
    *urls_reports.urlpatterns,
    *urls_verification.urlpatterns,
    *urls_lists.urlpatterns,
    *urls_welcome.urlpatterns,
    path("clinicians/<uuid:public_id>/", colleague.colleague, name="colleague"),
    path("clinicians/<uuid:public_id>/block/", colleague.block, name="colleague_block"),
    path(
        "clinicians/<uuid:public_id>/unblock/",
        colleague.unblock,
        name="colleague_unblock",
    ),
    path("find/", find.start, name="find"),
    path("find/people/", find_suggestions.people, name="need_people"),
    path("find/terms/", find_suggestions.terms, name="need_terms"),
    path("find/<uuid:public_id>/", find.need, name="need"),
    path("find/<uuid:public_id>/answers/", find_criteria.answers, name="need_answers"),
    path("find/<uuid:public_id>/chips/", find_criteria.chips, name="need_chips"),
    path(
        "find/<uuid:public_id>/clearance/",
        find_criteria.clearance,
        name="need_clearance",
    ),
    path("find/<uuid:public_id>/comparison/", comparison.comparison, name="comparison"),
    path(
        "find/<uuid:public_id>/criteria/", find_criteria.criteria, name="need_criteria"
    ),
    path("find/<uuid:public_id>/more/", find_results.more, name="need_more"),
    path(
        "find/<uuid:public_id>/relaxation/",
        find_criteria.relaxation,
        name="need_relaxation",
    ),
    path("find/<uuid:public_id>/removal/", find.removal, name="need_removal"),
    path(
        "find/<uuid:public_id>/unclaimed/",
        find_criteria.unclaimed,
        name="need_unclaimed",
    ),
    path("find/<uuid:public_id>/words/", find.words, name="need_words"),
    path("openings/", openings_word.openings_answer, name="openings_answer"),
    path(
        "openings/<str:token>/",
        openings_word.openings_arrival,
        name="openings_arrival",
    ),
    path("profile/", profile.profile, name="profile"),
    path("profile/absences/<int:pk>/return/", profile.return_, name="absence_return"),
    path("profile/blocks/", colleague.blocks, name="blocks"),
    path("profile/openings/closure/", profile.closure, name="openings_closure"),
    path(
        "profile/openings/confirmation/",
        profile.confirmation,
        name="openings_confirmation",
    ),
    path("profile/openings/word/", openings_word.openings_word, name="openings_word"),
    path("profile/visibility/<slug:field>/", profile.visibility, name="visibility"),
    path("profile/<slug:slug>/", profile.section, name="profile_section"),
]
