"""Which thing a word of a path or of a body means: our own id, `me`, or `source:external-id`."""

from ledger.api.access import Sight
from ledger.api.callers import Caller, Role
from ledger.api.problems import Fault, Problem, wrong
from ledger.api.volunteer_names import ME, NUMBER
from ledger.bootstrap import Ledger
from ledger.domain import tags
from ledger.store import log
from ledger.store.codec import decode


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
        found = _by_number(ledger, identifier)
        if found is not None:
            return found
    if name == "record":
        for _, _, data in log.tagged(connection, [tags.external_tag(source, identifier)]):
            record = getattr(getattr(decode(data), "service", None), "record", None)
            if record is not None:
                return record
    raise Problem("not-found")


def volunteer_told(ledger: Ledger, sight: Sight, text: str, caller: Caller, *, at: str, hidden: bool) -> str:
    """The volunteer whom a body names at a JSON pointer; raises the Problem where that is nobody.

    Where whom it may be is limited (`hidden`), a number of nobody is told as that of somebody out of reach.
    """
    if text == ME:
        if caller.volunteer is None:
            raise wrong(Fault("only a volunteer is `me`", "只有志愿者本人可以使用 me", pointer=at))
        return caller.volunteer
    source, colon, number = text.partition(":")
    if not colon:
        return text
    assert source == NUMBER
    # The directory is not asked on the loop.
    _ = sight.connection
    found = _by_number(ledger, number)
    if found is not None:
        return found
    if hidden and caller.role in {Role.VOLUNTEER, Role.COORDINATOR}:
        raise Problem("not-found")
    raise wrong(
        Fault("nobody has this volunteer number", "没有这个志愿者编号", pointer=at), "unknown-volunteer"
    )


def _by_number(ledger: Ledger, number: str) -> str | None:
    found = ledger.directory.by_number([number]).get(number)
    return None if found is None else found.volunteer
