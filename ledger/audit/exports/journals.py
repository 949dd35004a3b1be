"""Journals for the plain-text accounting tools: transactions by day, with balances that the tool holds them against."""

from abc import ABC, abstractmethod
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar, NamedTuple, TextIO

from ledger.audit.exports.movements import Line, Movement, Movements
from projections.running.rebuilding import Progress, no_progress

CREDITS, SERVICE = "credits", "service"
"""The two books; amounts of both are minutes, and neither is ever added to the other."""


class Kind(NamedTuple):
    """Where accounts of a kind stand among those of bookkeepers, what people call them, and the book they are of."""

    root: str
    word: str
    book: str


KINDS = {
    "volunteer": Kind("Assets", "志愿者", CREDITS),
    "pool": Kind("Assets", "公益池", CREDITS),
    "held": Kind("Assets", "占用", CREDITS),
    "issuance": Kind("Income", "发行", CREDITS),
    "redeemed": Kind("Expenses", "已兑换", CREDITS),
    "service": Kind("Equity", "服务时长", SERVICE),
    "contribution": Kind("Equity", "贡献", SERVICE),
}
"""By what stands before the colon of an account."""

ROOTS = {
    "Assets": "资产",
    "Liabilities": "负债",
    "Equity": "权益",
    "Income": "收入",
    "Expenses": "支出",
}


class Balances(NamedTuple):
    """What some accounts hold when a day is over, by account."""

    day: date
    lines: list[Line]


class Journal(ABC):
    """How one tool wants to be told. `units` are its commodities, by book."""

    units: ClassVar[Mapping[str, str]]

    @abstractmethod
    def account(self, account: str) -> str:
        """What the tool calls an account: the same for ever, whatever its owner is called."""

    @abstractmethod
    def head(self, movements: Movements) -> Iterator[str]:
        """What stands before the first transaction: whose books these are, and the accounts."""

    @abstractmethod
    def transaction(self, movement: Movement) -> str:
        """One transaction."""

    @abstractmethod
    def balances(self, balances: Balances) -> str:
        """An assertion for each account."""

    def amount(self, account: str, minutes: int) -> str:
        """Minutes of the account's book."""
        return f"{minutes} {self.units[kind_of(account)[0].book]}"


def write_journal(
    movements: Movements, journal: Journal, file: TextIO, progress: Progress = no_progress
) -> None:
    """Write the head, then each movement, and the balances between them."""
    file.writelines(journal.head(movements))
    written = 0
    for entry in entries(movements):
        if isinstance(entry, Balances):
            file.write(journal.balances(entry))
            continue
        file.write(journal.transaction(entry))
        written += 1
        if written % 1_000 == 0 or written == movements.count:
            progress("write", written, movements.count)


def entries(movements: Movements) -> Iterator[Movement | Balances]:
    """Every movement, and after each month the balance of each account that moved in it; at the end, of every account.

    So each minute is told twice, and one that is changed contradicts the other.
    """
    totals: Counter[str] = Counter()
    moved: set[str] = set()
    day: date | None = None
    for movement in movements:
        if day is not None and (day.year, day.month) != (movement.day.year, movement.day.month):
            yield Balances(_end_of_month(day), sorted((account, totals[account]) for account in moved))
            moved.clear()
        day = movement.day
        for account, minutes in movement.lines:
            totals[account] += minutes
            moved.add(account)
        yield movement
    if day is not None:
        yield Balances(day, sorted(totals.items()))


def kind_of(account: str) -> tuple[Kind, str]:
    """An account's kind, and the id of whose it is."""
    kind, _, owner = account.partition(":")
    return KINDS[kind], owner


def in_order(accounts: Iterable[str]) -> list[str]:
    """Accounts as bookkeepers list them, by kind."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(accounts, key=lambda account: (places[account.partition(":")[0]], account))


def provenance(movements: Movements) -> Iterator[str]:
    """What both tools' heads say in comments: of which log this is, how far, and what its bytes hash to."""
    origin, size, root, _ = movements.checkpoint.text().split("\n")
    called = movements.ledger or origin
    yield f"; The two books of the ledger {called}, in minutes. A checkpoint of {size} events has this root.\n"
    yield f"; origin: {origin}\n; position: {size}\n; root: {root}\n\n"


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
