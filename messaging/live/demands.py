"""What a client's frame asks for, read: or it is faulty, and its socket lives."""

from dataclasses import replace
from enum import StrEnum
from typing import NoReturn
from uuid import UUID, uuid4

from messaging.bodies import UnfitBodyError, tidy
from messaging.guarding import Reason
from messaging.limits import CONFIRMING, LAST_SEQ, LIFE, MOST_FILES, MOST_MENTIONS
from messaging.live.arrivals import Place
from messaging.log import Submission
from messaging.reactions import is_reaction
from network.activity.live.protocol import Fault, FaultyFrameError, Said

# What adds to the log, and the kind of its entry where that has another name.
ADDING = ("send", "edit", "recall", "react", "pin", "unpin", "confirm")
KINDS = {"send": "message", "react": "reaction"}
WORDED = frozenset({"send", "edit"})


class Refusal(StrEnum):
    """Besides those of the log."""

    NOT_FOUND = "not_found"
    CLIENT_ID_REUSED = "client_id_reused"
    NOT_ALLOWED = "not_allowed"  # by a token that may only read
    UNFIT_BODY = "unfit_body"
    UNAVAILABLE = "unavailable"  # for a moment: say it again


class Demand:
    """A frame's fields, one by one; `ref` is what an error about it is called by."""

    def __init__(self, said: Said) -> None:
        self.kind, self.ref, self._body = said.kind, said.ref, said.body
        self.own_ref = said.body.get("ref")

    def fault(self, code: StrEnum) -> FaultyFrameError:
        return FaultyFrameError(code, self.ref)

    def submission(self, person: str) -> Submission:
        """Without the body, which is sealed first."""
        kind = KINDS.get(self.kind, self.kind)
        basis = Submission(self.conversation, UUID(person), kind, self.client_id)
        if self.kind != "send":
            detail = self.reaction if self.kind == "react" else ""
            return replace(basis, target=self.seq, detail=detail)
        return replace(
            basis,
            reply_to=self._number("reply_to", 1, LAST_SEQ),
            topic=self._uuid("topic"),
            mentions=self._mentions,
            expires_in=self._number("expires_in", *LIFE),
            confirm_in=self._number("confirm_in", *CONFIRMING),
            files=self._files,
        )

    @property
    def text(self) -> str | None:
        return self._text if self.kind in WORDED else None

    @property
    def guard_reason(self) -> str:
        """Why it is sent although it tells who somebody is; one of ours, or nothing."""
        said = self._body.get("guard_reason")
        if said is None or said == "":
            return ""
        return Reason(said) if said in Reason.values else self._fail()

    @property
    def conversation(self) -> UUID:
        return self._uuid("conversation") or self._fail()

    @property
    def client_id(self) -> UUID:
        """What the client calls it, so that it may be sent again; else a new one."""
        if self.kind == "send":
            return self._uuid("client_id") or self._fail()
        return self._uuid("client_id") or uuid4()

    @property
    def seq(self) -> int:
        return self._number("seq", 1, LAST_SEQ) or self._fail()

    @property
    def place(self) -> Place:
        return Place(self._uuid("epoch"), self._number("since", 0, LAST_SEQ))

    @property
    def _text(self) -> str:
        body = self._body.get("body")
        if not isinstance(body, str):
            self._fail()
        try:
            return tidy(body, may_be_empty=bool(self._files))
        except UnfitBodyError:
            raise self.fault(Refusal.UNFIT_BODY) from None

    @property
    def reaction(self) -> str:
        """With its sign."""
        said = self._body.get("reaction")
        return said if isinstance(said, str) and is_reaction(said) else self._fail()

    @property
    def _mentions(self) -> tuple[UUID, ...]:
        return self._uuids("mentions", MOST_MENTIONS)

    @property
    def _files(self) -> tuple[UUID, ...]:
        return self._uuids("files", MOST_FILES) if self.kind == "send" else ()

    def _uuids(self, name: str, most: int) -> tuple[UUID, ...]:
        said = self._body.get(name)
        if said is None:
            return ()
        if not isinstance(said, list) or len(said) > most:
            self._fail()
        return tuple(dict.fromkeys(self._as_uuid(one) for one in said))

    def _uuid(self, name: str) -> UUID | None:
        said = self._body.get(name)
        return None if said is None else self._as_uuid(said)

    def _as_uuid(self, said: object) -> UUID:
        if not isinstance(said, str) or len(said) != 36:
            self._fail()
        try:
            return UUID(said)
        except ValueError:
            self._fail()

    def _number(self, name: str, least: int, most: int) -> int | None:
        said = self._body.get(name)
        if said is None:
            return None
        if not isinstance(said, int) or isinstance(said, bool):
            self._fail()
        return said if least <= said <= most else self._fail()

    def _fail(self) -> NoReturn:
        raise self.fault(Fault.MALFORMED)
