"""Journals for hledger, which `hledger check --strict` accepts."""

from collections.abc import Iterator
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

_TYPES = {"Assets": "A", "Liabilities": "L", "Equity": "E", "Income": "R", "Expenses": "X"}


class Hledger(Journal):
    """Chinese account names that end in ids; names of communities and offers in comments."""

    units: ClassVar = {CREDITS: "分钟", SERVICE: "服务分钟"}

    def head(self, movements: Movements) -> Iterator[str]:
        yield from provenance(movements)
        yield from (f"commodity 1000. {unit}\n" for unit in self.units.values())
        yield from (f"account {word}  ; type:{_TYPES[root]}\n" for root, word in ROOTS.items())
        for account in in_order(movements.opened):
            name = movements.names.get(kind_of(account)[1])
            # A comma would end the name, and what follows might be taken for the account's type.
            said = "" if name is None else f"  ; name:{name.replace(',', '，')}"
            yield f"account {self.account(account)}{said}\n"

    def account(self, account: str) -> str:
        kind, owner = kind_of(account)
        return f"{ROOTS[kind.root]}:{kind.word}:{owner}"

    def transaction(self, movement: Movement) -> str:
        head = f"\n{movement.day} * ({movement.position}) {movement.type} | {movement.event}\n"
        return head + "".join(
            f"    {self.account(account)}  {self.amount(account, minutes)}\n"
            for account, minutes in movement.lines
        )

    def balances(self, balances: Balances) -> str:
        # A transaction each: what hledger takes for one grows with the square of its postings.
        return "".join(
            f"\n{balances.day} * 余额\n"
            f"    {self.account(account)}  {self.amount(account, 0)} = {self.amount(account, minutes)}\n"
            for account, minutes in balances.lines
        )
