"""Journals for beancount, which `bean-check` accepts and Fava shows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from ledger.audit.exports.journals import (
    CREDITS,
    ROOTS,
    SERVICE,
    Balances,
    Journal,
    in_order,
    kind_of,
    provenance,
)
from ledger.audit.exports.movements import Movement, Movements

_UNIT_NAMES = {CREDITS: "时间币（分钟）", SERVICE: "服务时长（分钟）"}
_NEXT_DAY = timedelta(days=1)


class Beancount(Journal):
    """Account names in English and Chinese: each part must begin with a capital letter. Names are metadata."""

    units: ClassVar = {CREDITS: "MIN", SERVICE: "SERVICE-MIN"}

    def head(self, movements: Movements) -> Iterator[str]:
        yield from provenance(movements)
        yield f'option "title" {_quoted(movements.ledger or movements.checkpoint.origin)}\n'
        yield f'option "operating_currency" "{self.units[CREDITS]}"\n'
        yield from (f'option "name_{root.lower()}" "{_root(root)}"\n' for root in ROOTS)
        first = min(movements.opened.values(), default=None)
        if first is not None:
            for book, unit in self.units.items():
                yield f"\n{first} commodity {unit}\n  name: {_quoted(_UNIT_NAMES[book])}\n"
        for account in in_order(movements.opened):
            kind, owner = kind_of(account)
            name = movements.names.get(owner)
            said = "" if name is None else f"  name: {_quoted(name)}\n"
            opened = f"{movements.opened[account]} open {self.account(account)} {self.units[kind.book]}"
            yield f"\n{opened}\n  id: {_quoted(owner)}\n{said}"

    def account(self, account: str) -> str:
        kind, owner = kind_of(account)
        english = account.partition(":")[0].capitalize()
        return f"{_root(kind.root)}:{english}-{kind.word}:{owner.capitalize().replace('_', '-')}"

    def transaction(self, movement: Movement) -> str:
        head = f'\n{movement.day} * "{movement.type}" "{movement.position}" ^{movement.event}\n'
        return head + "".join(
            f"  {self.account(account)}  {self.amount(account, minutes)}\n"
            for account, minutes in movement.lines
        )

    def balances(self, balances: Balances) -> str:
        # Theirs is what an account holds when a day begins.
        day = balances.day + _NEXT_DAY
        return "\n" + "".join(
            f"{day} balance {self.account(account)}  {self.amount(account, minutes)}\n"
            for account, minutes in balances.lines
        )


def _root(root: str) -> str:
    return f"{root}-{ROOTS[root]}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
