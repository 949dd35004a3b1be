"""Which thing a word of a path means: our own id, `me`, or `source:external-id`."""

from ledger.api.access import Sight
from ledger.api.callers import Caller
from ledger.api.problems import Problem
from ledger.bootstrap import Ledger
from ledger.domain import tags
from ledger.store import log
from ledger.store.codec import decode

ME = "me"
NUMBER = "number"
"""The source of volunteer numbers: `number:QH2025000017`."""


def meant(ledger: Ledger, sight: Sight, name: str, text: str, caller: Caller) -> str:
    """The id that stands in a path at a place of some name; raises the Problem `not-found`."""
    if name == "volunteer" and text == ME:
        if caller.volunteer is None:
            raise Problem("not-found", "Only a volunteer is somebody here.", "只有志愿者本人可以使用 me。")
        return caller.volunteer
    source, colon, identifier = text.partition(":")
    if not colon:
        return text
    connection = sight.connection
    if name == "volunteer" and source == NUMBER:
        found = ledger.directory.by_number([identifier]).get(identifier)
        if found is not None:
            return found.volunteer
    if name == "record":
        for _, _, data in log.tagged(connection, [tags.external_tag(source, identifier)]):
            record = getattr(getattr(decode(data), "service", None), "record", None)
            if record is not None:
                return record
    raise Problem("not-found")
