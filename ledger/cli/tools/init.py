"""Beginning a ledger."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from ledger.beside.opening import open_for_work
from ledger.bootstrap import STAFF, Ledger
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.lookup import checked
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import code, head, printed
from ledger.domain.commands import InvalidInput
from ledger.domain.opening import AlreadyOpen, OpenLedger
from ledger.domain.text import Code, Label
from ledger.opening import begin, opened_as
from ledger.operations.words.said import Said
from ledger.settings import Settings
from ledger.spoken import LANG_OPTION

DEFAULTS = {"origin": "timebank", "zone": "Asia/Shanghai", "policy": "standard"}
_CHECKED: Mapping[str, tuple[Any, Said]] = {
    "origin": (Code, usage.NO_ORIGIN),
    "zone": (Label, usage.NO_ZONE),
    "name": (Label, usage.NO_PUBLIC_NAME),
}


def init(place: Settings, **wanted: str | None) -> Told:
    """Make and open a ledger, or bring one that is open to this release's shape.

    What is wanted is called as it is in `opened_as`; None is the default in a new ledger, and anything in an open one.
    """
    for name, (kind, otherwise) in _CHECKED.items():
        if (typed := wanted[name]) is not None:
            checked(typed, kind, f"--{name}", otherwise)
    with bar() as tell, open_for_work(place, create=True, progress=tell) as ledger:
        opened = open_ledger(ledger, wanted)
        found = opened_as(ledger)
    for name, value in wanted.items():
        if value is not None and value != found[name]:
            said = usage.NAMED_OTHERWISE if name == "name" else usage.OPEN_OTHERWISE
            sentence = filled(said, name=name, found=found[name], typed=value)
            where = LANG_OPTION if name == "language" else f"--{name}"
            raise BadValue(sentence, code=AlreadyOpen.code, where=where)
    said = printed("opened" if opened else "open_already")
    facts = [(head(name), code(name, str(value))) for name, value in found.items() if value is not None]
    return Told(found, partial(output.facts, said, facts))


def open_ledger(ledger: Ledger, wanted: Mapping[str, str | None]) -> bool:
    """Open the ledger; whether it was not open before. What it cannot be is refused with BadValue."""
    names = (*DEFAULTS, "name", "language")
    chosen: dict[str, Any] = {name: wanted.get(name) or DEFAULTS.get(name) for name in names}
    try:
        begin(ledger.bank, by=STAFF, policy=chosen.pop("policy"), opening=OpenLedger(**chosen))
    except AlreadyOpen:
        return False
    except InvalidInput as refusal:
        reason = here(refusal.reason, refusal.reason_zh or refusal.reason)
        raise BadValue(reason, code=refusal.code, where=f"--{refusal.field}") from None
    return True
