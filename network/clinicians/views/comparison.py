"""Two to four colleagues side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from network.clinicians.actions import needs as actions
from network.clinicians.forms.comparison import FEWEST, MOST, chosen_ids, lines_of
from network.clinicians.forms.find_chips import chips_of
from network.clinicians.forms.find_peers import supervised
from network.clinicians.matching import Match, match
from network.clinicians.matching.need import Need
from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest
from network.clinicians.views.find_gate import find, for_searchers

TOO_FEW_FIT = (
    "Fewer than two of the chosen colleagues fit this search now. Choose again whom "
    "to compare."
)


@for_searchers
@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    saved = find(request, public_id)
    if request.method == "POST":
        return _choose(request, saved)
    chosen = _chosen(saved, request)
    if len(chosen) < FEWEST:
        messages.warning(request, TOO_FEW_FIT)
        return redirect("clinicians:need", public_id)
    need = actions.open_need(saved, by=request.user).content["need"]
    context = {
        "saved": saved,
        "chips": chips_of(need),
        "chosen": chosen,
        "lines": lines_of(
            chosen, need, timezone.localdate(), supervised(chosen, request.clinician)
        ),
    }
    return render(request, "clinicians/find/comparison.html", context)


def _choose(request: ClinicianRequest, saved: SavedNeed) -> HttpResponse:
    ids = chosen_ids(request.POST)
    actions.change_need(
        saved, lambda before: {**before, "compared": ids[:MOST]}, by=request.user
    )
    if FEWEST <= len(ids) <= MOST:
        return redirect("clinicians:comparison", saved.public_id)
    messages.warning(request, "Choose two, three or four colleagues to compare.")
    return redirect("clinicians:need", saved.public_id)


def _chosen(saved: SavedNeed, request: ClinicianRequest) -> list[Match]:
    """Those of the chosen who still fit, in the order of their scores."""
    chosen = [UUID(one) for one in saved.content.get("compared", ())]
    if not chosen:
        return []
    need = Need.model_validate({**saved.content["need"], "limit": MOST})
    return list(match(need, searcher=request.clinician, among=chosen).results)
