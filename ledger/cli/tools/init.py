"""Beginning a ledger."""

from datetime import date
from functools import partial
from typing import Any

from ledger.beside.opening import open_for_work
from ledger.bootstrap import STAFF, Ledger, begin
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.lookup import checked
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import head, printed
from ledger.domain.commands import InvalidInput
from ledger.domain.opening import AlreadyOpen
from ledger.domain.text import Code, Label
from ledger.settings import Settings

DEFAULTS = {"origin": "timebank", "zone": "Asia/Shanghai", "policy": "standard"}


def init(place: Settings, **wanted: str | None) -> Told:
    """Make and open a ledger, or bring one that is open to this release's shape.

    What is wanted goes by the names of DEFAULTS; None is the default in a new ledger, and anything in an open one.
    """
    if wanted["origin"] is not None:
        checked(wanted["origin"], Code, "--origin", usage.NO_ORIGIN)
    if wanted["zone"] is not None:
        checked(wanted["zone"], Label, "--zone", usage.NO_ZONE)
    with bar() as tell, open_for_work(place, create=True, progress=tell) as ledger:
        opened = open_ledger(ledger, wanted)
        found = _found(ledger)
    for name, value in wanted.items():
        if value is not None and value != found[name]:
            sentence = filled(usage.OPEN_OTHERWISE, name=name, found=found[name], typed=value)
            raise BadValue(sentence, code=AlreadyOpen.code, where=f"--{name}")
    said = printed("opened" if opened else "open_already")
    facts = [(head(name), str(value)) for name, value in found.items()]
    return Told(found, partial(output.facts, said, facts))


def open_ledger(ledger: Ledger, wanted: dict[str, str | None]) -> bool:
    """Open the ledger; whether it was not open before. What it cannot be is refused with BadValue."""
    chosen = {name: wanted.get(name) or default for name, default in DEFAULTS.items()}
    try:
        begin(ledger.bank, by=STAFF, **chosen)
    except AlreadyOpen:
        return False
    except InvalidInput as refusal:
        reason = here(refusal.reason, refusal.reason_zh or refusal.reason)
        raise BadValue(reason, code=refusal.code, where=f"--{refusal.field}") from None
    return True


def _found(ledger: Ledger) -> dict[str, Any]:
    first = ledger.opened()
    with ledger.reading(ledger.views.policies) as (connection, position):
        policy = ledger.views.policies.in_force(connection, date.min)
    return {
        "origin": first.origin,
        "zone": first.zone,
        "policy": None if policy is None else policy.name,
        "position": position,
    }
