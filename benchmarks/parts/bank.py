"""A small time bank to measure on: volunteers who hold credits."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from ledger.application import Ask, TimeBank
from ledger.bootstrap import STAFF
from ledger.domain.commands import Command, Refusal
from ledger.domain.communities import EstablishCommunity
from ledger.domain.credits import TransferCredits
from ledger.domain.events import Level, ServedDay, Service
from ledger.domain.ids import new_id
from ledger.domain.opening import OpenLedger
from ledger.domain.service import AttestService
from ledger.domain.volunteers import RegisterVolunteer
from ledger.opening import begin

COMMUNITY = "com_county"
CREDITS = 1_200
"""What each volunteer begins with."""
BATCH = 500


def volunteer(number: int) -> str:
    return f"vol_{number:06}"


def found(bank: TimeBank, volunteers: int, minutes: Callable[[int], int] = lambda _number: CREDITS) -> None:
    """Open the ledger, register volunteers, and attest the service that gives each their first credits."""
    begin(bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=STAFF, policy="standard")
    record(bank, [EstablishCommunity(community=COMMUNITY, name="胶州市", level=Level.COUNTY, day=date.min)])
    names = [volunteer(number) for number in range(volunteers)]
    day = date(2020, 1, 1)
    record(bank, [RegisterVolunteer(volunteer=name, community=COMMUNITY, day=day) for name in names])
    first = date(2026, 1, 1)
    record(bank, [service(name, first, minutes(number)) for number, name in enumerate(names)])


def service(name: str, day: date, minutes: int) -> AttestService:
    """A day's service, attested."""
    return AttestService(
        service=Service(
            record=f"rec_{name[4:]}{day:%Y%m%d}",
            volunteer=name,
            activity="act_lecture",
            activity_name="银龄科普课堂",
            place="胶莱12村",
            content="科普讲座",
            role="volunteer",
            unit="胶莱镇科协",
            in_charge=None,
            programme="银龄科普课堂",
            hosted_by=None,
            evidence="attested",
        ),
        days=(ServedDay(day=day, minutes=minutes),),
    )


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def record(bank: TimeBank, commands: Sequence[Command]) -> None:
    """Record commands in large commits; none may be refused."""
    for start in range(0, len(commands), BATCH):
        for outcome in bank.handle_many(Ask(one, STAFF) for one in commands[start : start + BATCH]):
            if isinstance(outcome, Refusal):
                raise outcome


def transfers(chance: random.Random, volunteers: int) -> Iterator[TransferCredits]:
    """One minute from anybody to anybody else, for ever, each under an id of its own."""
    while True:
        giver, receiver = chance.sample(range(volunteers), 2)
        yield TransferCredits(
            transfer=new_id("tra"),
            giver=volunteer(giver),
            receiver=volunteer(receiver),
            minutes=1,
        )


def together(
    threads: int, work: Callable[[int, Callable[[], bool]], int], seconds: float
) -> tuple[int, float]:
    """What all threads got done and how long they took: each works until the callable says that time is up."""
    done = [0] * threads
    faults: list[BaseException] = []
    ready = threading.Barrier(threads + 1)
    end = float("inf")

    def run(number: int) -> None:
        ready.wait()
        try:
            done[number] = work(number, lambda: time.perf_counter() < end)
        except BaseException as fault:
            faults.append(fault)

    crowd = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in crowd:
        thread.start()
    begun = time.perf_counter()
    end = begun + seconds
    ready.wait()
    for thread in crowd:
        thread.join()
    if faults:
        raise faults[0]
    return sum(done), time.perf_counter() - begun
