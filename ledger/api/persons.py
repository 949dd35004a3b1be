"""Who a volunteer is, told anew: it changes the directory and no fact, so it is neither a read nor a command."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import Connection

from ledger.api.admission import admitted
from ledger.api.bodies import body_of
from ledger.api.problems import HttpProblem
from ledger.api.routes import Route, litestar_path
from ledger.api.sent import JSON
from ledger.api.state import api_of
from ledger.api.writing import dry_run_of, sighted
from ledger.bootstrap import Ledger
from ledger.exchange.persons import Person, entry
from ledger.operations.access import About, Access, refuse_foreign
from ledger.operations.callers import STAFF, Caller
from ledger.operations.meaning import Meaning
from ledger.operations.operation import Operation
from ledger.operations.refused import Problem
from ledger.operations.registering import person_in
from ledger.people.directory import Volunteer, new_salt


class Entry(Struct, frozen=True, kw_only=True):
    """What the directory says of a volunteer; `dry_run` is there where it only would."""

    volunteer: str
    number: str
    name: str
    phone: str
    sex: str
    remark: str
    dry_run: bool | UnsetType = UNSET


class Replacement(Route, frozen=True, kw_only=True):
    """The POST that replaces what the directory says of a volunteer.

    It takes no Idempotency-Key: sent again, it changes nothing.
    """

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self}, status_code=200)
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            dry_run = dry_run_of(request.scope["query_string"])
            person = person_in(await body_of(request, headers, caller, _DECODER), "")
            path = dict(request.path_params)
            told = await api.threads.on_thread(
                caller.actor, self._replaced, api.ledger, caller, path, person, dry_run=dry_run
            )
            return ASGIResponse(
                body=msgspec.json.encode(told), media_type=JSON, headers={"Cache-Control": "no-store"}
            )

        return handle

    def _replaced(
        self, ledger: Ledger, caller: Caller, path: Mapping[str, str], person: Person, *, dry_run: bool
    ) -> Entry:
        return _replaced(ledger, self._volunteer(ledger, caller, path), person, dry_run=dry_run)

    def _volunteer(self, ledger: Ledger, caller: Caller, path: Mapping[str, str]) -> str:
        with sighted(ledger) as sight:
            meaning = Meaning(ledger, sight, caller)
            ids = {name: meaning.subject(name, word) for name, word in path.items()}
            refuse_foreign(self.access, caller, sight, ids)
        # Whoever was erased is nobody for good: a list of erasures tells ids, and would erase them again.
        if not ledger.registered([ids["volunteer"]]) or ledger.directory.was_erased(ids["volunteer"]):
            raise Problem("not-found")
        return ids["volunteer"]


REPLACEMENT = Replacement(
    path="/volunteers/{volunteer}/person",
    operation=Operation(
        subject=("volunteer",),
        name="replacePerson",
        summary="Replace what the directory says of a volunteer: number, name, phone, sex and remark.",
        access=Access(roles=STAFF, about=(About("volunteer", "volunteer"),)),
        example={
            "volunteer": "vol_ann",
            "body": {"number": "QH0001", "name": "李秀英", "phone": "13900000000"},
        },
    ),
)

_DECODER = msgspec.json.Decoder(Person)


def _replaced(ledger: Ledger, volunteer: str, person: Person, *, dry_run: bool) -> Entry:
    directory = ledger.directory
    if dry_run:
        new, _ = _new(ledger, volunteer, person, None)
    else:
        with directory.settling() as connection:
            new, left_over = _new(ledger, volunteer, person, connection)
            if left_over is not None:
                directory.drop(left_over, within=connection)
            directory.put([new], within=connection)
    fields = {name: value for name, value in new._asdict().items() if name != "salt"}
    return Entry(**fields, dry_run=True if dry_run else UNSET)


def _new(
    ledger: Ledger, volunteer: str, person: Person, within: Connection | None
) -> tuple[Volunteer, str | None]:
    """The entry, which keeps its salt, and whose left-over entry has the number; raises a Problem if it is taken."""
    holder = ledger.directory.by_number([person.number], within=within).get(person.number)
    there = ledger.directory.by_id([volunteer], within=within).get(volunteer)
    new = entry(person, volunteer, new_salt() if there is None else there.salt)
    if holder is None or holder.volunteer == volunteer:
        return new, None
    if ledger.registered([holder.volunteer]):
        raise Problem("number-taken")
    return new, holder.volunteer
