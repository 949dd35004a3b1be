"""A command on an account of 10,000 events beside one of 10: warm, and on a bank that has just been opened."""

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benchmarks.parts import bank
from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import Place, places
from ledger.application import TimeBank
from ledger.bootstrap import open_for_writing
from ledger.domain.credits import NotEnoughCredits, TransferCredits

SHORT = 10
"""Events of a short history."""
EXCESSIVE = 10**9


@dataclass
class Found:
    """Milliseconds: warm ones of single commands, and cold ones by the length of the account's history."""

    warm_long: list[float] = field(default_factory=list)
    warm_short: list[float] = field(default_factory=list)
    crowd_long: list[float] = field(default_factory=list)
    crowd_short: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    cold: dict[int, list[float]] = field(default_factory=dict)


class Giver:
    """Gives a minute at a time to one neighbour, under ids that nobody else uses."""

    def __init__(self, number: int) -> None:
        self.name = bank.volunteer(number)
        self._next = 0

    def gift(self, minutes: int = 1) -> TransferCredits:
        self._next += 1
        return TransferCredits(
            transfer=f"tra_{self.name[4:]}x{self._next}",
            giver=self.name,
            receiver=bank.volunteer(0),
            minutes=minutes,
        )


def measure(engine: str, *, long: int, commands: int, rounds: int) -> Found:
    """Short histories are many, each used once, as they would grow; the long one grows by a little."""
    found = Found(cold={length: [] for length in (SHORT, long // 10, long // 2, long)})
    givers = {length: Giver(1 + index) for index, length in enumerate(found.cold)}
    long_one = givers[long]
    singles = [Giver(10 + number) for number in range(commands)]
    with places(engine) as here:
        place = here.empty("ledger")
        with open_for_writing(place.settings, create=True) as ledger:
            bank.found(ledger.bank, 10 + commands)
            for length, one in givers.items():
                lengthen(ledger.bank, one, length)
            for one in singles:
                lengthen(ledger.bank, one, SHORT)
            _warm(ledger.bank, [long_one, *singles], found)
            _in_crowds(ledger.bank, long_one, singles, found, rounds)
        for _ in range(rounds):
            for length, one in givers.items():
                _cold(place, one, found.cold[length], found.opening)
    return found


def lengthen(bank_: TimeBank, giver: Giver, events: int) -> None:
    """Bring an account, which has one event, to so many: service on one day after the other, and as many gifts."""
    served = bank.days(date(2010, 1, 1), events // 2 - 1)
    bank.record(bank_, [bank.service(giver.name, day, bank.CREDITS) for day in served])
    bank.record(bank_, [giver.gift() for _ in range(events - 1 - len(served))])


def _warm(bank_: TimeBank, givers: Sequence[Giver], found: Found) -> None:
    """One command after the other, by turns."""
    long, *short = givers
    for giver in givers:
        with contextlib.suppress(NotEnoughCredits):
            bank_.handle(giver.gift(EXCESSIVE), by=giver.name)
    for giver in short:
        found.warm_long.append(_took(bank_, long))
        found.warm_short.append(_took(bank_, giver))


def _in_crowds(bank_: TimeBank, long: Giver, short: Sequence[Giver], found: Found, rounds: int) -> None:
    """Many in a commit, so that the disk's share, which is the same for both, hides nothing."""
    for _ in range(rounds):
        for givers, into in (([long] * len(short), found.crowd_long), (short, found.crowd_short)):
            commands = [giver.gift() for giver in givers]
            begun = time.perf_counter()
            bank.record(bank_, commands)
            into.append((time.perf_counter() - begun) * 1000 / len(commands))


def _cold(place: Place, giver: Giver, into: list[float], opening: list[float]) -> None:
    begun = time.perf_counter()
    with open_for_writing(place.settings) as ledger:
        opening.append((time.perf_counter() - begun) * 1000)
        into.append(_took(ledger.bank, giver))


def _took(bank_: TimeBank, giver: Giver) -> float:
    command = giver.gift()
    begun = time.perf_counter()
    bank_.handle(command, by=giver.name)
    return (time.perf_counter() - begun) * 1000


def table(engine: str, found: Found, long: int) -> None:
    """Show one engine's figures."""
    show(
        f"{engine}: milliseconds of a command, min–median–max",
        ("", f"{long:,} events", f"{SHORT} events", "ratio"),
        [
            (name, spread(above), spread(below), spread(ratios(above, below)))
            for name, above, below in (
                ("warm, alone in its commit", found.warm_long, found.warm_short),
                ("warm, many in a commit", found.crowd_long, found.crowd_short),
                ("the first after opening", found.cold[long], found.cold[SHORT]),
            )
        ],
    )
    growth = ", ".join(f"{length:,}: {spread(values, 1)}" for length, values in found.cold.items())
    print(f"the first after opening, by events of the account: {growth}")
    print(f"opening itself: {spread(found.opening, 1)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--events", type=int, default=10_000, help="of the long history")
    options.add_argument("--commands", type=int, default=200, help="timed one by one")
    options.add_argument("--rounds", type=int, default=7)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        found = measure(engine, long=chosen.events, commands=chosen.commands, rounds=chosen.rounds)
        table(engine, found, chosen.events)


if __name__ == "__main__":
    main()
