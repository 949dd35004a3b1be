"""Who a volunteer is, told anew: it changes the directory and no fact, so it is neither a question nor a command."""

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from ledger.bootstrap import Ledger
from ledger.exchange.persons import Person, entry
from ledger.operations.access import About, Access, refuse_foreign
from ledger.operations.callers import STAFF
from ledger.operations.meaning import Meaning
from ledger.operations.operation import Operation
from ledger.operations.refused import Problem
from ledger.people.directory import Directory, Settling, Volunteer, new_salt

REPLACE_PERSON = Operation(
    name="replacePerson",
    subject=("volunteer",),
    access=Access(roles=STAFF, about=(About("volunteer", "volunteer"),)),
    example={"volunteer": "vol_ann", "body": {"number": "QH0001", "name": "李秀英", "phone": "13900000000"}},
)


class Entry(Struct, frozen=True, kw_only=True):
    """What the directory says of a volunteer; `dry_run` is there where it only would."""

    volunteer: str
    number: str
    name: str
    phone: str
    sex: str
    remark: str
    dry_run: bool | UnsetType = UNSET


def replace_person(meaning: Meaning, subject: Mapping[str, str], person: Person, *, dry: bool) -> Entry:
    """What the directory says of a volunteer from now on, or with `dry` would; raises a Problem."""
    ids = {name: meaning.subject(name, word) for name, word in subject.items()}
    refuse_foreign(REPLACE_PERSON.access, meaning.caller, meaning.sight, ids)
    ledger, volunteer = meaning.ledger, ids["volunteer"]
    # Whoever was erased is nobody for good: a list of erasures tells ids, and would erase them again.
    if not ledger.registered([volunteer]) or ledger.directory.was_erased(volunteer):
        raise Problem("not-found")
    return _replaced(ledger, volunteer, person, dry_run=dry)


def _replaced(ledger: Ledger, volunteer: str, person: Person, *, dry_run: bool) -> Entry:
    def settle(settling: Settling) -> Volunteer:
        new, left_over = _new(ledger, volunteer, person, settling)
        for one in left_over:
            settling.drop(one)
        settling.put([new])
        return new

    directory = ledger.directory
    new = _new(ledger, volunteer, person, directory)[0] if dry_run else directory.settle(settle)
    fields = {name: value for name, value in new._asdict().items() if name != "salt"}
    return Entry(**fields, dry_run=True if dry_run else UNSET)


def _new(
    ledger: Ledger, volunteer: str, person: Person, known_by: Directory | Settling
) -> tuple[Volunteer, list[str]]:
    """The entry, which keeps its salt, and whose left-over entries have the number; raises a Problem if it is taken."""
    having = {one.volunteer for one in known_by.by_number([person.number]).all()} - {volunteer}
    there = known_by.by_id([volunteer]).get(volunteer)
    new = entry(person, volunteer, new_salt() if there is None else there.salt)
    if ledger.registered(having):
        raise Problem("number-taken")
    return new, sorted(having)
