"""How a write is answered: its path and body make a command, which the bank decides; the answer is the facts."""

from functools import cached_property
from typing import Any, NoReturn

import msgspec
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.locations import location_of
from ledger.api.posting import Post, Posted, answer, sighted
from ledger.api.requests import POSITION, REPLAYED
from ledger.api.submitting import heard_in_turn
from ledger.application import Receipt
from ledger.operations.access import Sight
from ledger.operations.action import Action
from ledger.operations.command_bodies import with_any_text
from ledger.operations.meaning import Meaning
from ledger.operations.outcomes import document, ids_of
from ledger.operations.registering import Submission
from ledger.store.decoders import decoder_of


class Write(Post, frozen=True, kw_only=True):
    """A POST of an action: names in the path are of its subject, and the body holds the rest."""

    operation: Action

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body, with any text for a stranger: what is no name is refused later, as whoever cannot receive."""
        return decoder_of(with_any_text(self.operation.body, self.operation.strangers))

    async def answered(self, posted: Posted) -> ASGIResponse:
        """The facts that were recorded, or would be."""
        body = await posted.body(self.decoder, needed=self.operation.needs_body)
        asked = await self._asked(posted, body)
        outcome = await heard_in_turn(posted.api, asked.traced(posted.id), dry_run=posted.dry_run)
        if isinstance(outcome, Receipt):
            return _told(outcome, asked, dry_run=posted.dry_run)
        raise outcome

    async def _asked(self, posted: Posted, body: Struct) -> Submission:
        """The command, made on the loop where nothing has to be looked up for it."""
        ledger, caller, path = posted.api.ledger, posted.caller, posted.path

        def ask(sight: Sight) -> Submission:
            return self.operation.ask(
                Meaning(ledger, sight, caller), path, body, posted.key, dry=posted.dry_run
            )

        def ask_elsewhere() -> Submission:
            with sighted(ledger) as sight:
                return ask(sight)

        try:
            return ask(Sight(_look_elsewhere, ledger.views, ledger.today()))
        except _Look:
            return await posted.api.threads.on_thread(caller.actor, ask_elsewhere)


class _Look(Exception):
    """Something has to be looked up, for which the loop does not wait."""


def _look_elsewhere() -> NoReturn:
    raise _Look


def _told(receipt: Receipt, asked: Submission, *, dry_run: bool) -> ASGIResponse:
    more: dict[str, str] = {POSITION: str(receipt.position)}
    if receipt.replayed:
        more[REPLAYED] = "true"
    location = location_of(ids_of(asked.made, receipt))
    if location is not None and not dry_run:
        more["Location"] = location
    return answer(document(receipt, asked, dry_run=dry_run), 200 if dry_run else 201, more)
