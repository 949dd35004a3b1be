"""Durable sign-ups a second for many shifts: 64 callers of TimeBank.handle, beside the transfers of as many."""

import contextlib
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.parts import bank
from benchmarks.parts.figures import engines, parser, ratios, show, spread
from benchmarks.parts.places import places
from benchmarks.transfers import CALLERS
from ledger.bootstrap import Ledger, open_for_writing
from ledger.domain.activities import PublishActivity
from ledger.domain.events import Activity, RolePlaces
from ledger.domain.ids import new_id
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp

SHIFTS = 1_000
PLACES = 500
ACTIVITY = "act_lecture"


def publish(ledger: Ledger) -> None:
    """Shifts of two hours that follow one another."""
    activity = Activity(
        id=ACTIVITY,
        name="银龄科普课堂",
        programme="银龄科普课堂",
        campaign=None,
        form="class",
        audience="elders",
        community=bank.COMMUNITY,
        venue=None,
        place="胶莱12村",
        content="科普讲座",
        unit="胶莱镇科协",
        in_charge=None,
    )
    first = datetime.now(UTC) + timedelta(days=1)
    shifts = [
        PublishShift(
            shift=shift(number),
            activity=ACTIVITY,
            begins=first + timedelta(hours=2 * number),
            ends=first + timedelta(hours=2 * number + 2),
            roles=(RolePlaces(role="guide", places=PLACES),),
        )
        for number in range(SHIFTS)
    ]
    bank.record(ledger.bank, [PublishActivity(activity=activity, day=first.date()), *shifts])


def shift(number: int) -> str:
    return f"shi_{number:06}"


def pairs(chance: random.Random, volunteers: int) -> Iterator[tuple[int, int]]:
    """Volunteers and shifts, in no order that anything could profit from, each pair once and no shift too often."""
    for run in itertools.count():
        numbers = list(range(volunteers))
        chance.shuffle(numbers)
        for index, number in enumerate(numbers):
            yield number, (number + run * 7 + index // PLACES) % SHIFTS


def signing_up(ledger: Ledger, wanted: Iterator[tuple[int, int]], seconds: float) -> float:
    """Sign-ups a second of all callers together, each waiting for its answer before it asks again."""

    def call(_number: int, more: Callable[[], bool]) -> int:
        done = 0
        while more():
            volunteer, number = next(wanted)
            ledger.bank.handle(
                SignUp(
                    sign_up=new_id("sig"),
                    shift=shift(number),
                    volunteer=bank.volunteer(volunteer),
                    role="guide",
                ),
                by=bank.volunteer(volunteer),
            )
            done += 1
        return done

    done, took = bank.together(CALLERS, call, seconds)
    return done / took


def transferring(ledger: Ledger, volunteers: int, seconds: float, chance: random.Random) -> float:
    """Transfers a second, likewise."""
    seeds = [chance.getrandbits(64) for _ in range(CALLERS)]

    def call(number: int, more: Callable[[], bool]) -> int:
        done = 0
        for command in bank.transfers(random.Random(seeds[number]), volunteers):
            if not more():
                break
            ledger.bank.handle(command, by=command.giver)
            done += 1
        return done

    done, took = bank.together(CALLERS, call, seconds)
    return done / took


def measure(engine: str, *, rounds: int, seconds: float, volunteers: int) -> tuple[list[float], list[float]]:
    """Sign-ups and transfers a second, in rounds, in ledgers of their own."""
    sign_ups: list[float] = []
    transfers: list[float] = []
    chance = random.Random(1)
    with contextlib.ExitStack() as stack:
        here = stack.enter_context(places(engine))
        ledgers = [
            stack.enter_context(open_for_writing(here.empty(name).settings, create=True))
            for name in ("sign_ups", "transfers")
        ]
        for ledger in ledgers:
            bank.found(ledger.bank, volunteers)
        publish(ledgers[0])
        enough = itertools.islice(pairs(chance, volunteers), 400_000)
        wanted = iter(list(enough))
        for _ in range(rounds):
            sign_ups.append(signing_up(ledgers[0], wanted, seconds))
            transfers.append(transferring(ledgers[1], volunteers, seconds, chance))
    return sign_ups, transfers


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and show."""
    options = parser(__doc__)
    options.add_argument("--seconds", type=float, default=1.5, help="of each in each round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--volunteers", type=int, default=1_000)
    chosen = options.parse_args(arguments)
    for engine in engines(chosen.engine):
        sign_ups, transfers = measure(
            engine, rounds=chosen.rounds, seconds=chosen.seconds, volunteers=chosen.volunteers
        )
        show(
            f"{engine}: durable sign-ups, min–median–max of {chosen.rounds} rounds",
            ("", "a second", "× transfers"),
            [
                (f"sign-ups, {CALLERS} callers", spread(sign_ups, 0), spread(ratios(sign_ups, transfers), 2)),
                (
                    f"transfers, {CALLERS} callers",
                    spread(transfers, 0),
                    spread(ratios(transfers, transfers), 2),
                ),
            ],
        )


if __name__ == "__main__":
    main()
