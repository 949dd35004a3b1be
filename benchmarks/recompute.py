"""Recomputing every balance from the log's bytes, beside hledger and Ledger on the journal of the same facts.

python -m benchmarks.recompute [--events N ...] [--rounds N] [--engine sqlite|postgres]
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.parts.figures import console, engines, parser, ratios, show, spread
from benchmarks.parts.filling import fill
from benchmarks.parts.places import Place, places
from benchmarks.parts.programs import Ran, run
from benchmarks.parts.town import Town
from ledger.audit.exports.hledger import Hledger
from ledger.audit.exports.journals import write_journal
from ledger.audit.exports.movements import movements
from ledger.audit.reading import Reading
from ledger.bootstrap import open_for_reading, open_place
from ledger.folders import DATABASE_URL
from ledger.store.log import head
from projections.registry import Views
from projections.running.rebuilding import prepare

TOOLS = ("hledger", "ledger")
_ASSERTED = " * 余额\n"
"""What the transactions of a journal that only assert balances begin with, after their day."""
_HELD = re.compile(r"(-?\d+) 分钟 +资产:志愿者:(\S+)")
_OURS = "timebank audit recompute"
_TIMEBANK = (sys.executable, "-m", "ledger.cli")


@dataclass
class Found:
    """Every run, by what ran; `lines` is how many lines the journal has that the tools read."""

    runs: dict[str, list[Ran]] = field(default_factory=dict)
    lines: int = 0


def measure(
    engine: str, folder: Path, *, events: int, rounds: int, processes: Sequence[int], asserted: bool
) -> Found:
    """Rounds in which everybody has a turn, on a log of so many events."""
    found = Found()
    with places(engine) as here:
        place = here.empty("ledger")
        balances = build(place, events)
        journal = _journal(place, folder, asserted=asserted)
        with journal.open("rb") as lines:
            found.lines = sum(1 for _ in lines)
        for _ in range(rounds):
            for number in processes:
                words = (*_TIMEBANK, "audit", "recompute", "--processes", str(number))
                _note(found, f"{_OURS}, {number} at once", run(words, {DATABASE_URL: place.url}))
            for tool in TOOLS:
                ran = run((tool, "-f", str(journal), "bal", "--flat"), {"LC_ALL": "C.UTF-8"})
                _compare(tool, ran.printed, balances)
                _note(found, tool, ran)
    return found


def build(place: Place, events: int) -> dict[str, int]:
    """A town's ledger of so many events; the credits of each volunteer who has some."""
    views = Views()
    with open_place(place.settings) as (log, directory):
        directory.migrate()
        fill(log, Town(events).facts(), events)
        prepare(log, [views.balances, views.tree])
    with open_for_reading(place.settings) as ledger, ledger.reading(views.balances) as (connection, _):
        every = views.balances.every(connection)
        return {volunteer: balance.credit_minutes for volunteer, balance in every if balance.credit_minutes}


def _journal(place: Place, folder: Path, *, asserted: bool) -> Path:
    """The journal that users export, which Ledger reads as it is; or without its assertions of balances.

    These are half of its transactions, and no part of what is compared here.
    """
    exported = folder / "exported.journal"
    with (
        open_for_reading(place.settings) as ledger,
        ledger.log.store.snapshot() as connection,
        movements(Reading(connection, head(connection))) as found,
        exported.open("w", encoding="utf-8") as out,
    ):
        write_journal(found, Hledger(), out)
    if asserted:
        return exported
    lean = folder / "lean.journal"
    with exported.open(encoding="utf-8") as lines, lean.open("w", encoding="utf-8") as out:
        passing = False
        for line in lines:
            if not line.startswith(" "):
                passing = line.endswith(_ASSERTED)
            if not passing:
                out.write(line)
    return lean


def _compare(tool: str, printed: str, balances: dict[str, int]) -> None:
    shown = {volunteer: int(minutes) for minutes, volunteer in _HELD.findall(printed)}
    if shown != balances:
        raise RuntimeError(f"{tool} comes to other balances")


def _note(found: Found, name: str, ran: Ran) -> None:
    found.runs.setdefault(name, []).append(ran)


def table(engine: str, found: Found, events: int) -> None:
    """Show what each took, and how many times as long as ours with the most processes."""
    ours = [name for name in found.runs if name.startswith(_OURS)][-1]
    seconds = {name: [ran.seconds for ran in runs] for name, runs in found.runs.items()}
    show(
        f"{engine}: every balance from {events:,} events, a journal of {found.lines:,} lines",
        ("", "seconds", "cpu seconds", "× ours", "peak MB"),
        [
            (
                name,
                spread(seconds[name]),
                spread([ran.cpu for ran in runs]),
                spread(ratios(seconds[name], seconds[ours]), 1),
                spread([ran.peak_mb for ran in runs], 0),
            )
            for name, runs in found.runs.items()
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument(
        "--events", type=int, nargs="+", default=[100_000, 1_000_000], help="how long the logs are"
    )
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--processes", type=int, nargs="+", default=[1, 2], help="how many of ours read at once"
    )
    options.add_argument(
        "--asserted", action="store_true", help="the tools also check the balances that the journal asserts"
    )
    chosen = options.parse_args(arguments)
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        options.error(f"there is no {' and no '.join(absent)} here")
    for engine in engines(chosen.engine):
        for events in chosen.events:
            with tempfile.TemporaryDirectory(prefix="timebank-bench-") as folder:
                found = measure(
                    engine,
                    Path(folder),
                    events=events,
                    rounds=chosen.rounds,
                    processes=chosen.processes,
                    asserted=chosen.asserted,
                )
            table(engine, found, events)
    console.print("memory of a PostgreSQL server is not in it", style="dim")


if __name__ == "__main__":
    main()
