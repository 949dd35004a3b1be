"""Journals in the hands of the tools that they are for, and what our own fold says of them."""

import csv
import io
import os
import shutil
import subprocess
import sys
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from ledger.audit.exports.beancount import Beancount
from ledger.audit.exports.hledger import Hledger
from ledger.audit.exports.journals import Journal, write_journal
from ledger.audit.exports.movements import movements
from ledger.audit.reading import Reading
from ledger.bootstrap import Ledger
from ledger.domain.postings import postings, service_lines
from ledger.store.codec import decode
from ledger.store.log import between, head

with_hledger = pytest.mark.skipif(shutil.which("hledger") is None, reason="there is no hledger here")

Held = dict[str, dict[str, int]]
"""Minutes by account, by the last day of each month; nobody with nothing."""


def write(ledger: Ledger, journal: Journal, file: Path, size: int | None = None) -> Path:
    """A journal of the first events of a ledger, all unless said."""
    with ledger.log.store.snapshot() as connection, file.open("w", encoding="utf-8") as writing:
        upto = head(connection) if size is None else size
        with movements(Reading(connection, upto)) as found:
            write_journal(found, journal, writing)
    return file


def hledger(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # In the C locale hledger reads no Chinese.
    return subprocess.run(
        ["hledger", "-f", file, *words],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )


def fault_of_hledger(file: Path) -> str:
    """What it finds wrong, empty if nothing is."""
    done = hledger(file, "check", "--strict")
    assert (done.returncode == 0) == (done.stderr == "")
    return done.stderr


def fault_of_beancount(file: Path) -> str:
    # Here, as every worker reads this in, and one of them asks it.
    from beancount import loader

    _, errors, _ = loader.load_file(str(file))
    return "\n".join(error.message for error in errors)


def bean_check(file: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "bean-check"
    return subprocess.run([program, "--no-cache", file], capture_output=True, text=True, check=False)


def held_by_hledger(file: Path) -> Held:
    words = ("balance", "--monthly", "--historical", "--flat", "--no-total", "--output-format", "csv")
    header, *rows = csv.reader(io.StringIO(hledger(file, *words).stdout))
    months = [end_of_month(date.fromisoformat(f"{month}-01")) for month in header[1:]]
    return {
        month: _some({row[0]: int(row[place].split(" ")[0]) for row in rows})
        for place, month in enumerate(months, 1)
    }


def held_by_beancount(file: Path) -> Held:
    from beancount import loader
    from beancount.core.data import Transaction

    entries, _, _ = loader.load_file(str(file))
    moved = [
        (entry.date, posting.account, int(posting.units.number))
        for entry in entries
        if isinstance(entry, Transaction)
        for posting in entry.postings
        if posting.units is not None and posting.units.number is not None
    ]
    return _held(moved)


def held_by_us(ledger: Ledger, journal: Journal) -> Held:
    """Our own postings, folded up to each month's end."""
    with ledger.log.store.snapshot() as connection:
        facts = [decode(row.data) for row in between(connection, 0, head(connection))]
    moved = [(line.day, line.account, line.minutes) for fact in facts for line in postings(fact)]
    for fact in facts:
        for line in service_lines(fact):
            moved.append((line.day, f"service:{line.volunteer}", line.minutes))
            moved.append((line.day, f"contribution:{line.community}", -line.minutes))
    return _held((day, journal.account(account), minutes) for day, account, minutes in moved)


def end_of_month(day: date) -> str:
    return day.replace(day=monthrange(day.year, day.month)[1]).isoformat()


def _held(moved: Iterable[tuple[date, str, int]]) -> Held:
    some = sorted(moved)
    first, last = some[0][0], some[-1][0]
    months = [
        end_of_month(date(year, month, 1))
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if (first.year, first.month) <= (year, month) <= (last.year, last.month)
    ]
    totals: Counter[str] = Counter()
    held: Held = {}
    for month in months:
        while some and some[0][0].isoformat() <= month:
            _, account, minutes = some.pop(0)
            totals[account] += minutes
        held[month] = _some(totals)
    return held


def _some(minutes: dict[str, int]) -> dict[str, int]:
    return {account: some for account, some in minutes.items() if some}


TOOLS = {
    "hledger": pytest.param(Hledger(), fault_of_hledger, held_by_hledger, id="hledger", marks=with_hledger),
    "beancount": pytest.param(Beancount(), fault_of_beancount, held_by_beancount, id="beancount"),
}
