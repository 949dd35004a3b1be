"""What is done to several things at once, over HTTP: one POST, answered as a batch is."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
from litestar import Request, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from msgspec import Struct

from ledger.api.admission import admitted, take_room
from ledger.api.bodies import body_of
from ledger.api.outcomes_in_order import ItemAnswer, answer_together, item_answer
from ledger.api.paths import PATHS
from ledger.api.problems import HttpProblem
from ledger.api.requests import language
from ledger.api.routes import Route, litestar_path
from ledger.api.state import Api, api_of
from ledger.api.submitting import heard
from ledger.api.writing import dry_run_of, key_of, sighted
from ledger.application import Receipt
from ledger.bootstrap import Ledger
from ledger.operations.callers import Caller
from ledger.operations.catalogue import SEVERAL
from ledger.operations.meaning import Meaning
from ledger.operations.registering import Submission
from ledger.operations.several import Several
from ledger.store.deciding import Outcome
from ledger.store.decoders import decoder_of


class PartAnswer(ItemAnswer, frozen=True, kw_only=True):
    """What became of one of several things, with the id of what it is `about`."""

    about: str


class PartAnswers(Struct, frozen=True, kw_only=True):
    """The answers, in the order in which the things were dealt with; none where there was nothing to do."""

    items: list[PartAnswer]


Asked = Sequence[tuple[str, Submission]]


class WriteSeveral(Route, frozen=True, kw_only=True, dict=True):
    """The POST of an operation on several things."""

    operation: Several

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Reads the body."""
        return decoder_of(self.operation.body)

    def handler(self) -> HTTPRouteHandler:
        """The route handler that Litestar calls."""

        @post(litestar_path(self.path), name=self.name, opt={"route": self})
        async def handle(request: Request[Any, Any, Any]) -> ASGIResponse:
            headers, caller = admitted(request, self.access)
            api = api_of(request.app)
            if api.read_only:
                raise HttpProblem("read-only")
            key, dry_run = key_of(headers), dry_run_of(request.scope["query_string"])
            body = await body_of(request, headers, caller, self.decoder, needed=self.operation.needs_body)
            path = dict(request.path_params)
            parts = await api.threads.on_thread(
                caller.actor, self._parts, api.ledger, caller, path, body, key
            )
            take_room(request, caller, len(parts) or 1)
            request_id = str(request.scope["timebank.request_id"])  # type: ignore[typeddict-item]
            asked = [(about, one.traced(request_id)) for about, one in parts]

            async def answered() -> ASGIResponse:
                outcomes, done = await self._heard(api, asked, dry_run=dry_run)
                spoken = language(headers)
                return await asyncio.to_thread(_response, asked, outcomes, (spoken, request_id), done=done)

            return await api.batches.lasting(caller.actor, answered)

        return handle

    def _parts(
        self, ledger: Ledger, caller: Caller, path: Mapping[str, str], body: Struct, key: str | None
    ) -> list[tuple[str, Submission]]:
        with sighted(ledger) as sight:
            return self.operation.ask(Meaning(ledger, sight, caller), path, body, key)

    async def _heard(self, api: Api, asked: Asked, *, dry_run: bool) -> tuple[list[Outcome], bool]:
        """What became of each, or would; and whether anything was to be recorded."""
        submissions = [one for _, one in asked]
        if not submissions:
            return [], False
        if dry_run or self.operation.whole:
            outcomes = await heard(api, submissions, dry_run=True)
            if dry_run or not all(isinstance(one, Receipt) for one in outcomes):
                return outcomes, False
        return await heard(api, submissions, dry_run=False), True


def _response(
    asked: Asked, outcomes: Sequence[Outcome], told_as: tuple[str, str], *, done: bool
) -> ASGIResponse:
    answers = PartAnswers(
        items=[
            PartAnswer(
                about=about, **msgspec.structs.asdict(item_answer(one, outcome, *told_as, dry_run=not done))
            )
            for (about, one), outcome in zip(asked, outcomes, strict=True)
        ]
    )
    return answer_together(answers, outcomes, dry_run=not done)


WRITES_OF_SEVERAL = tuple(WriteSeveral(path=PATHS[one.name], operation=one) for one in SEVERAL)
"""Every operation on several things, at its path."""
