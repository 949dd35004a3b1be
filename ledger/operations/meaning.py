"""Which thing a word of a path or of a body means: our own id, `me`, or `source:external-id`."""

import msgspec

from ledger.bootstrap import Ledger
from ledger.domain import tags
from ledger.domain.ids import new_id
from ledger.operations.access import Sight
from ledger.operations.callers import Caller, Role
from ledger.operations.refused import Fault, Problem, wrong
from ledger.operations.volunteer_names import ME, NUMBER, VolunteerName
from ledger.operations.words.validation import worded
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
    try:
        msgspec.convert(text, VolunteerName)
    except msgspec.ValidationError as error:
        raise wrong(Fault(*worded(str(error)), pointer=at)) from None
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


def receiver_told(ledger: Ledger, sight: Sight, text: str, caller: Caller, once: str | None) -> str:
    """Whom a volunteer means by any text: the id of nobody where it names nobody, or somebody who was erased.

    So the bank decides on all of these alike, and no earlier: also that `once` stands for another request.
    """
    assert caller.volunteer is not None
    if text == ME:
        return caller.volunteer
    try:
        msgspec.convert(text, VolunteerName)
    except msgspec.ValidationError:
        return new_id("vol")
    _, colon, number = text.partition(":")
    # Neither is asked on the loop.
    connection, directory = sight.connection, ledger.directory
    if colon:
        return _by_number(ledger, number) or new_id("vol")
    if not directory.was_erased(text):
        return text
    # What was given to them before can still be asked for again.
    return text if once is not None and list(log.tagged(connection, [once])) else new_id("vol")


def _by_number(ledger: Ledger, number: str) -> str | None:
    found = ledger.directory.by_number([number]).get(number)
    return None if found is None else found.volunteer
