"""The POST that replaces what the directory says of a volunteer."""

from typing import ClassVar

import msgspec
from litestar.response.base import ASGIResponse

from ledger.api.paths import PATHS
from ledger.api.posting import Post, Posted, answer, sighted
from ledger.exchange.persons import Person
from ledger.operations.meaning import Meaning
from ledger.operations.people.persons import REPLACE_PERSON, Entry, replace_person
from ledger.operations.registering import person_in


class Replacement(Post, frozen=True, kw_only=True):
    """The POST that replaces what the directory says of a volunteer."""

    status: ClassVar[int] = 200
    keyed: ClassVar[bool] = False

    async def answered(self, posted: Posted) -> ASGIResponse:
        """What the directory says now, or would."""
        person = person_in(await posted.body(_DECODER), "")
        return answer(await posted.api.threads.on_thread(posted.caller.actor, _replaced, posted, person), 200)


REPLACEMENT = Replacement(path=PATHS[REPLACE_PERSON.name], operation=REPLACE_PERSON)

_DECODER = msgspec.json.Decoder(Person)


def _replaced(posted: Posted, person: Person) -> Entry:
    ledger = posted.api.ledger
    with sighted(ledger) as sight:
        meaning = Meaning(ledger, sight, posted.caller)
        return replace_person(meaning, posted.path, person, dry=posted.dry_run)
