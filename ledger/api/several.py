"""What is done to several things at once, over HTTP: one POST, answered as a batch is."""

import asyncio
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import msgspec
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.admission import take_room
from ledger.api.outcomes_in_order import answer_together, refusing
from ledger.api.paths import PATHS
from ledger.api.posting import Post, Posted, sighted
from ledger.api.state import Api
from ledger.api.submitting import heard
from ledger.operations.catalogue import SEVERAL
from ledger.operations.meaning import Meaning
from ledger.operations.several import AskedParts, Several, none_refused, part_answers, rehearsals
from ledger.store.deciding import Outcome
from ledger.store.decoders import decoder_of


class WriteSeveral(Post, frozen=True, kw_only=True):
    """The POST of an operation on several things."""

    operation: Several

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body."""
        return decoder_of(self.operation.body)

    async def answered(self, posted: Posted) -> ASGIResponse:
        """The answer for each thing."""
        body = await posted.body(self.decoder, needed=self.operation.needs_body)
        parts = await posted.api.threads.on_thread(posted.caller.actor, self._parts, posted, body)
        take_room(posted.request, posted.caller, len(parts) or 1)
        asked = [(about, one.traced(posted.id)) for about, one in parts]

        async def answered() -> ASGIResponse:
            outcomes, done = await self._heard(posted.api, asked, dry_run=posted.dry_run)
            return await asyncio.to_thread(_response, asked, outcomes, posted, done=done)

        return await posted.api.batches.lasting(posted.caller.actor, answered)

    def _parts(self, posted: Posted, body: Struct) -> AskedParts:
        ledger = posted.api.ledger
        with sighted(ledger) as sight:
            return self.operation.ask(Meaning(ledger, sight, posted.caller), posted.path, body, posted.key)

    async def _heard(self, api: Api, asked: AskedParts, *, dry_run: bool) -> tuple[list[Outcome], bool]:
        """What became of each, or would; and whether anything was to be recorded."""
        outcomes, rehearsed = list[Outcome](), True
        if submissions := [one for _, one in asked]:
            for rehearsed in rehearsals(whole=self.operation.whole, dry_run=dry_run):
                outcomes = await heard(api, submissions, dry_run=rehearsed)
                if not none_refused(outcomes):
                    break
        return outcomes, not rehearsed


def _response(asked: AskedParts, outcomes: Sequence[Outcome], posted: Posted, *, done: bool) -> ASGIResponse:
    answers = part_answers(asked, outcomes, refusing(posted), done=done)
    return answer_together(answers, outcomes, dry_run=not done)


WRITES_OF_SEVERAL = tuple(WriteSeveral(path=PATHS[one.name], operation=one) for one in SEVERAL)
"""Every operation on several things, at its path."""
