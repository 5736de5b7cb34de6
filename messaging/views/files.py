"""Files: attached while a message is written, opened by whoever may read it."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from messaging.actions.attachments import (
    TooManyFilesError,
    attach,
    open_file,
    take_off,
)
from messaging.actions.drafts import save_draft
from messaging.attachments import unsent_files
from messaging.bodies import UnfitBodyError
from messaging.guarding import Finding
from messaging.models import Attachment, Membership
from messaging.thread.page import one
from messaging.views.gate import for_members, membership_of, topic_of
from network.clinicians.requests import ClinicianRequest
from network.privacy.files import (
    Kind,
    RefusedFileError,
    TooLargeError,
    headers,
    screened,
)

TRAY = "messaging/files/_tray.html"
NONE = "Choose a file first."


@for_members
@sensitive_post_parameters("body")
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """What she has attached and not sent yet; what she sends here is added to it."""
    membership = membership_of(request, public_id)
    if request.method != "POST":
        return _tray(request, membership)
    found: list[Finding] = []
    try:
        for file in _sent(request):
            found += _attach(request, membership, file)
    except TooLargeError as refusal:
        return _answer(request, membership, found, str(refusal), status=413)
    except (RefusedFileError, TooManyFilesError) as refusal:
        return _answer(request, membership, found, str(refusal), status=422)
    return _answer(request, membership, found)


def _sent(request: ClinicianRequest) -> "Sequence[UploadedFile[bytes]]":
    sent = [file for file in request.FILES.getlist("file") if file.name]
    if not sent:
        raise RefusedFileError(NONE)
    return sent


def _attach(
    request: ClinicianRequest, membership: Membership, file: "UploadedFile[bytes]"
) -> list[Finding]:
    name, kept = file.name or "", screened(file.read())
    _, found = attach(membership.conversation, name, kept, by=request.user)
    return found


@for_members
@sensitive_post_parameters("body")
@require_POST
def removal(request: ClinicianRequest, public_id: UUID, file: UUID) -> HttpResponse:
    """Before it is sent."""
    membership = membership_of(request, public_id)
    mine = Attachment.objects.visible_to(request.clinician).unsent(request.clinician)
    here = mine.filter(conversation=membership.conversation)
    take_off(get_object_or_404(here, public_id=file), by=request.user)
    return _answer(request, membership, [])


@for_members
@require_safe
def file(request: ClinicianRequest, public_id: UUID, file: UUID) -> HttpResponse:
    """To be saved, whatever it is. What is not hers to read is not there."""
    seen = Attachment.objects.visible_to(request.clinician)
    found = get_object_or_404(seen, public_id=file, conversation__public_id=public_id)
    if (opened := open_file(found, by=request.user)) is None:
        raise Http404("nobody can read it any more")
    label, content = opened
    return HttpResponse(content, headers=headers(Kind(found.kind), label.name))


@for_members
@require_safe
def of_message(request: ClinicianRequest, public_id: UUID, seq: int) -> HttpResponse:
    """A piece of a line that has just come."""
    line, _ = one(membership_of(request, public_id), seq)
    return render(request, "messaging/files/_files.html", {"line": line})


def _answer(
    request: ClinicianRequest,
    membership: Membership,
    found: list[Finding],
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """To the page's script a piece; else the page again, with what she had written."""
    if request.htmx:
        return _tray(request, membership, found, refusal, status)
    if refusal:
        messages.warning(request, refusal)
    return _back(request, membership)


def _tray(
    request: ClinicianRequest,
    membership: Membership,
    found: Sequence[Finding] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    conversation = membership.conversation
    context = {
        "conversation": conversation,
        "unsent": unsent_files(conversation, membership.clinician),
        "found": list({one.words: one for one in found}.values()),
        "refusal": refusal,
    }
    return render(request, TRAY, context, status=status)


def _back(request: ClinicianRequest, membership: Membership) -> HttpResponse:
    conversation = membership.conversation
    topic = topic_of(conversation, request.POST.get("topic", ""))
    words = request.POST.get("body", "").replace("\r\n", "\n")
    try:
        save_draft(conversation, words, by=request.user, topic=topic)
    except UnfitBodyError:
        messages.warning(request, "What you had written was too long to be kept.")
    kept = {"topic": topic and topic.public_id, "reply": request.POST.get("reply_to")}
    said = urlencode({name: value for name, value in kept.items() if value})
    return redirect(f"{conversation.get_absolute_url()}{'?' if said else ''}{said}")
