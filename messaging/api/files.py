"""Files: attached first, then sent with a message by their ids.

Who may read the message may open its files; what is not sent is its sender's alone.
"""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse

from messaging.actions.attachments import (
    TooManyFilesError,
    attach,
    open_file,
    take_off,
)
from messaging.api.caller import Place, place_of, uuid_of
from messaging.api.refusals import READS, WRITES
from messaging.api.router import router
from messaging.api.schema import FileAnswer, FilesAnswer
from messaging.attachments import File, unsent_files
from messaging.attachments.shown import opened
from messaging.limits import MOST_FILES
from messaging.models import Attachment
from network.clinicians.api import ApiRequest, problems
from network.clinicians.api_schema import Problems
from network.clinicians.matching.faults import Fault
from network.privacy.files import (
    Kind,
    RefusedFileError,
    TooLargeError,
    headers,
    screened,
)

FILE = "/{pk}/files/{file}"
UPLOADS = {201: FileAnswer, 413: Problems, **WRITES}
# Read where the conversation is known: whoever has no place there sends nothing.
MULTIPART: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
CONTENT: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                kind.media_type: {"schema": {"type": "string", "format": "binary"}}
                for kind in Kind
            }
        }
    }
}


@router.get("/{pk}/files", response={200: FilesAnswer, **READS})
def unsent(request: ApiRequest, pk: str) -> HttpResponse:
    """What I have attached there and not sent yet."""
    place = place_of(request, pk)
    files = unsent_files(place.conversation, place.member)
    return JsonResponse({"files": [_shown(file) for file in files]})


@router.post("/{pk}/files", response=UPLOADS, openapi_extra=MULTIPART)
def upload(request: ApiRequest, pk: str) -> HttpResponse:
    """Looks through a file and keeps it for a day, for a message of mine."""
    place = place_of(request, pk)
    if (sent := request.FILES.get("file")) is None:
        return _refused("missing", "Send it as multipart/form-data, under “file”.")
    try:
        made, _ = attach(
            place.conversation, sent.name or "", screened(sent.read()), by=place.user
        )
    except TooLargeError as refusal:
        return _refused("too_large", str(refusal), 413)
    except RefusedFileError as refusal:
        return _refused("refused_file", str(refusal))
    except TooManyFilesError:
        return _refused("too_many_files", f"{MOST_FILES} wait to be sent already.", 409)
    return JsonResponse(_shown(opened([made])[0]), status=201)


@router.get(FILE, response={200: FileAnswer, **READS})
def about(request: ApiRequest, pk: str, file: str) -> HttpResponse:
    """What it is called, and what it is."""
    found = opened([_file(place_of(request, pk), file)])
    if not found:
        raise Http404
    return JsonResponse(_shown(found[0]))


@router.get(FILE + "/content", response=READS, openapi_extra=CONTENT)
def content(request: ApiRequest, pk: str, file: str) -> HttpResponse:
    """What is in it; the trail notes that I opened it."""
    place = place_of(request, pk)
    found = _file(place, file)
    if (read := open_file(found, by=place.user)) is None:
        raise Http404
    label, inside = read
    return HttpResponse(inside, headers=headers(Kind(found.kind), label.name))


@router.delete(FILE, response={204: None, **WRITES})
def removal(request: ApiRequest, pk: str, file: str) -> HttpResponse:
    """Takes one off that is not sent; what was sent goes with its message."""
    place = place_of(request, pk)
    found = _file(place, file)
    if found.seq is not None:
        raise Http404
    take_off(found, by=place.user)
    return HttpResponse(status=204)


def _file(place: Place, file: str) -> Attachment:
    seen = Attachment.objects.visible_to(place.member)
    here = seen.filter(conversation=place.conversation, public_id=uuid_of(file))
    if (found := here.first()) is None:
        raise Http404
    return found


def _shown(file: File) -> dict[str, object]:
    return {
        "id": file.public_id,
        "seq": file.seq,
        "name": file.name,
        "type": file.kind.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "telling": file.is_telling,
    }


def _refused(code: str, told: str, status: int = 422) -> HttpResponse:
    return problems([Fault("/file", code, told)], status)
