"""Receipts of events of a long log: how large they are, how long they take to make, and to verify without us.

python -m benchmarks.receipts [--events N] [--receipts N] [--engine sqlite|postgres]
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.parts import bank
from benchmarks.parts.figures import console, engines, parser, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.places import places
from ledger.audit import verifier
from ledger.audit.notes import verifier_key
from ledger.audit.proving import prove
from ledger.audit.signing import sign_head
from ledger.domain.events import CountedDay, Event, LedgerOpened, ServiceAttested
from ledger.domain.ids import new_event_id
from ledger.store.engine import Store
from ledger.store.log import Log
from projections.running.rebuilding import prepare
from projections.tree import Tree

ORIGIN = "timebank"
_VOLUNTEERS = 10_000
_PROGRAMS = 10
"""How many receipts are verified by a process of their own."""


@dataclass
class Found:
    """Bytes of receipts, milliseconds of making and of verifying them, and seconds of what comes before."""

    sizes: list[int] = field(default_factory=list)
    making: list[float] = field(default_factory=list)
    checking: list[float] = field(default_factory=list)
    programs: list[float] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def facts(count: int) -> Iterator[Event]:
    """A ledger's opening, and so much attested service, each of its own volunteer and day."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    yield LedgerOpened(
        id=new_event_id(), at=at, by="stf_office", on=at.date(), origin=ORIGIN, zone="Asia/Shanghai"
    )
    for number in range(1, count):
        day = date.fromordinal(date(2020, 1, 1).toordinal() + number // _VOLUNTEERS)
        command = bank.service(bank.volunteer(number % _VOLUNTEERS), day, 60)
        counted = CountedDay(
            day=day,
            minutes=60,
            community=bank.COMMUNITY,
            team=None,
            policy="standard",
            policy_version=1,
            credits=60,
        )
        yield ServiceAttested(
            id=new_event_id(), at=at, by="stf_office", on=day, service=command.service, days=(counted,)
        )


def measure(engine: str, *, events: int, receipts: int) -> Found:
    """A log of so many events, signed once, and receipts of any of them."""
    found, chance = Found(), random.Random(1)
    key = Ed25519PrivateKey.generate()
    public = str(verifier_key(ORIGIN, key.public_key()))
    with places(engine) as here:
        log, tree = Log(Store(here.empty("ledger").url, write=True)), Tree()
        try:
            found.seconds["filling the log"] = _timed(lambda: fill(log, facts(events), events))
            found.seconds["building the tree"] = _timed(lambda: prepare(log, [tree]))
            found.seconds["signing all of it"] = _timed(lambda: sign_head(log, tree, ORIGIN, key))
            made = [_make(log, tree, chance.randint(1, events), found) for _ in range(receipts)]
        finally:
            log.store.close()
    for event, receipt in made:
        _check(event, receipt, public, found)
    for event, receipt in made[:_PROGRAMS]:
        _check_apart(event, receipt, public, found)
    return found


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _make(log: Log, tree: Tree, position: int, found: Found) -> tuple[str, str]:
    """An event's text and its receipt, made in a transaction of its own."""
    begun = time.perf_counter()
    with log.store.snapshot() as connection:
        (proved,) = prove(connection, tree, [position])
    receipt = proved.receipt.text()
    found.making.append((time.perf_counter() - begun) * 1_000)
    found.sizes.append(len(receipt.encode()))
    return proved.data, receipt


def _check(event: str, receipt: str, public: str, found: Found) -> None:
    """What the verifier does, without the start of a program."""
    begun = time.perf_counter()
    verifier.check_receipt(event.encode(), receipt, verifier.Key(public))
    found.checking.append((time.perf_counter() - begun) * 1_000)


def _check_apart(event: str, receipt: str, public: str, found: Found) -> None:
    """The same as somebody outside does it: a program, and two files."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "event.json", Path(folder) / "event.tlog-proof"
        for file, text in zip(files, (event, receipt), strict=True):
            file.write_text(text, "utf-8", newline="")
        words = [sys.executable, "-I", verifier.__file__, "receipt", *map(str, files), public]
        begun = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True)
        found.programs.append((time.perf_counter() - begun) * 1_000)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--events", type=int, default=1_000_000, help="how long the log is")
    options.add_argument("--receipts", type=int, default=1_000, help="how many are made, of any events")
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        found = measure(engine, events=chosen.events, receipts=chosen.receipts)
        often = sorted(found.making)[len(found.making) * 99 // 100]
        show(
            f"{engine}: receipts of {chosen.events:,} events",
            ("", "min–median–max"),
            [
                ("bytes of a receipt", spread(found.sizes, 0)),
                ("ms to make one", spread(found.making)),
                ("ms that 99 of 100 take at most", f"{often:.2f}"),
                ("ms to verify one", spread(found.checking)),
                ("ms of a program that verifies one", spread(found.programs, 0)),
            ],
        )
        for what, seconds in found.seconds.items():
            console.print(f"{what}: {seconds:.1f} s", style="dim")


if __name__ == "__main__":
    main()
