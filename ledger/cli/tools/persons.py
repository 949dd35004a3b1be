"""Who a volunteer is, told anew at an office's counter."""

from pathlib import Path

import msgspec

from ledger.beside.opening import open_for_work
from ledger.bootstrap import STAFF, open_for_reading
from ledger.cli.acts.words import told, typed_word
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import printable
from ledger.cli.terminal.tool import Told
from ledger.cli.words.wording import printed
from ledger.exchange.persons import Person
from ledger.operations.access import seeing
from ledger.operations.callers import Caller, Role
from ledger.operations.meaning import Meaning
from ledger.operations.people.persons import replace_person
from ledger.operations.refused import Problem
from ledger.operations.registering import person_in


def replace_volunteer(
    data: Path | None, volunteer: str, *, dry_run: bool, as_json: bool, **said: str
) -> None:
    """Replace what the directory says of a volunteer by all that is `said`, and say who it is now."""
    opening = open_for_reading if dry_run else open_for_work
    with opening(settings(data)) as ledger, ledger.reading(ledger.views.members) as (connection, _):
        meaning = Meaning(ledger, seeing(ledger, connection), Caller(STAFF, Role.ADMIN))
        try:
            person = person_in(Person(**said), "")
            subject = {"volunteer": typed_word("volunteer", volunteer)}
            entry = replace_person(meaning, subject, person, dry=dry_run)
        except Problem as problem:
            raise told(problem, {}, said) from None
    who = printable(printed("listed").join((entry.number, entry.name)))
    sentence = printed("would_be_replaced" if dry_run else "replaced", who=f"{who} ({entry.volunteer})")
    Told(msgspec.to_builtins(entry), sentence).tell(as_json=as_json)
