"""Many writes at once: in order, a few to a commit, and each gets the answer that it would have got alone."""

import asyncio
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import msgspec
from litestar.response.base import ASGIResponse
from msgspec import UNSET, Meta, Struct, UnsetType

from ledger.api.admission import take_room
from ledger.api.bodies import decoded, fitted, is_plain_json, refuse_twice
from ledger.api.outcomes_in_order import answer_together, refusing
from ledger.api.paths import PATHS
from ledger.api.posting import Post, Posted, sighted
from ledger.api.problems import HttpProblem
from ledger.api.state import Api
from ledger.api.submitting import heard
from ledger.api.table import WRITES
from ledger.api.writing import Write
from ledger.operations.access import Access, refuse_role
from ledger.operations.callers import STAFF, Role
from ledger.operations.meaning import Meaning
from ledger.operations.operation import Operation
from ledger.operations.outcomes import ItemAnswer, item_answer
from ledger.operations.refused import Problem
from ledger.operations.registering import Submission
from ledger.store.deciding import Outcome

MOST_ITEMS = 500

_ITEMS_BETWEEN_BREATHS = 4
_BREATH_SECONDS = 0.000_2
_SMALL_BYTES = 100
_MOST_BYTES_AROUND = 400_000
"""How long a batch may be without the bodies of its items: more than 500 of the longest paths take."""


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One write: the path that it goes `to`, beneath the prefix and with the ids in it, and its body."""

    to: Annotated[str, Meta(max_length=500)]
    body: msgspec.Raw | UnsetType = UNSET


class Items(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The writes, in the order in which they are decided: each sees what those before it recorded."""

    items: Annotated[list[Item], Meta(min_length=1, max_length=MOST_ITEMS)]


class Answers(Struct, frozen=True, kw_only=True):
    """The answers, in the order of the items."""

    items: list[ItemAnswer]


class Batch(Post, frozen=True, kw_only=True):
    """The POST that takes other POSTs."""

    async def answered(self, posted: Posted) -> ASGIResponse:
        """The answer to each."""
        if not is_plain_json(posted.headers):
            raise HttpProblem("unsupported-media-type")
        raw = await posted.request.body()
        given = await posted.api.threads.on_thread(posted.caller.actor, _items, raw)
        take_room(posted.request, posted.caller, len(given.items))
        return await posted.api.batches.lasting(posted.caller.actor, lambda: _answered(posted, given.items))


_EXAMPLE: dict[str, Any] = {
    "items": [
        {"to": "/transfers", "body": {"giver": "vol_ann", "receiver": "vol_bob", "minutes": 30}},
        {"to": "/service-records/rec_bob/approval", "body": {}},
    ]
}
BATCH = Batch(
    path=PATHS["recordBatch"],
    operation=Operation(
        name="recordBatch",
        access=Access(roles=STAFF | {Role.VOLUNTEER}),
        example={"body": _EXAMPLE},
    ),
)

_DECODER = msgspec.json.Decoder(Items)
# What is spelt out goes before what stands for an id.
_PATHS = [
    (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/?#]+)", write.path)), write)
    for write in sorted(WRITES, key=lambda write: len(write.parameters))
]


def _items(raw: bytes) -> Items:
    """The items of a batch; raises a Problem. Their bodies are not looked into, but one after the other later."""
    found: Items = fitted(raw, _DECODER)
    around = _around(raw, [bytes(item.body) for item in found.items if item.body is not UNSET])
    if len(around) > _MOST_BYTES_AROUND:
        raise HttpProblem("body-too-large")
    refuse_twice(around)
    return found


def _around(raw: bytes, bodies: Iterable[bytes]) -> bytes:
    """A batch without the bodies of its items: of each text that is one, the next place where it stands.

    That may be another place than the body's own. Then the same text stands there still, with the same names.
    """
    found: list[bytes] = []
    at = 0
    for body in bodies:
        # A short text may stand for a name, which is needed.
        if body.startswith(b"{") or len(body) > _SMALL_BYTES:
            start = raw.index(body, at)
            found += (raw[at:start], b"0")
            at = start + len(body)
    return b"".join((*found, raw[at:]))


async def _answered(posted: Posted, items: Sequence[Item]) -> ASGIResponse:
    asked = await asyncio.to_thread(_asked, posted, items)
    told = await _told(posted.api, asked, dry_run=posted.dry_run)
    return await asyncio.to_thread(_response, asked, told, posted)


def _asked(posted: Posted, items: Sequence[Item]) -> list[Submission | Problem]:
    """What the bank is to be asked for each item, or why it is not even asked."""
    asked: list[Submission | Problem] = []
    with sighted(posted.api.ledger) as sight:
        meaning = Meaning(posted.api.ledger, sight, posted.caller)
        for index, item in enumerate(items):
            if index % _ITEMS_BETWEEN_BREATHS == 0:
                # Each query lets go of the interpreter for too short a time for the loop to take it.
                time.sleep(_BREATH_SECONDS)
            # No key that a caller can send holds this character, so no other request has the key of an item.
            own_key = None if posted.key is None else f"{posted.key}\x00{index}"
            try:
                write, path = _meant(item.to)
                refuse_role(write.access, posted.caller)
                body = decoded(b"{}" if item.body is UNSET else bytes(item.body), write.decoder)
                one = write.operation.ask(meaning, path, body, own_key, dry=posted.dry_run)
                asked.append(one.traced(posted.id))
            except Problem as problem:
                # With its traceback it would keep the whole batch.
                asked.append(problem.with_traceback(None))
    return asked


def _meant(to: str) -> tuple[Write, Mapping[str, str]]:
    for pattern, write in _PATHS:
        found = pattern.fullmatch(to)
        if found is not None:
            return write, found.groupdict()
    raise Problem("not-found")


async def _told(api: Api, asked: Sequence[Submission | Problem], *, dry_run: bool) -> list[Outcome]:
    """What became of each item; those that come before the bank at all do so together."""
    asks = [one for one in asked if isinstance(one, Submission)]
    remaining = iter(await heard(api, asks, dry_run=dry_run) if asks else ())
    return [one if isinstance(one, Problem) else next(remaining) for one in asked]


def _response(asked: Sequence[Submission | Problem], told: Sequence[Outcome], posted: Posted) -> ASGIResponse:
    refuse = refusing(posted)
    answers = Answers(
        items=[
            item_answer(one, outcome, refuse, dry_run=posted.dry_run)
            for one, outcome in zip(asked, told, strict=True)
        ]
    )
    return answer_together(answers, told, dry_run=posted.dry_run)
