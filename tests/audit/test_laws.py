"""The laws of the books: each is broken by a history that somebody forged, and by none that the bank recorded."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from ledger.audit.laws import Laws
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.events import (
    CreditsTransferred,
    Event,
    PolicyAdopted,
    RedemptionPlaced,
    Service,
    ServiceApproved,
    ServiceAttested,
    ServiceDeclined,
    ServiceReported,
    ServiceReversed,
)
from ledger.domain.events.service import CountedDay
from ledger.domain.policy import STANDARD
from ledger.store.codec import decode
from ledger.store.log import batches, head
from tests.projections.book import ANN, BOB, CLERK, HERONS, MILL, OFFICE, TODAY, Book
from tests.stories_redemptions import fulfil, publish, redeem, return_

AT = datetime(2028, 6, 1, 4, tzinfo=UTC)
DAY = date(2028, 5, 31)
ADOPTED = PolicyAdopted(on=date.min, policy=STANDARD, effective=date.min)
SERVICE = Service(
    record="rec_one",
    volunteer=ANN,
    activity="act_one",
    activity_name="Choir",
    place="Hall",
    content="Singing",
    role="volunteer",
    unit="Office",
    in_charge=None,
    programme=None,
    hosted_by=None,
    evidence="attested",
)


def counted(minutes: int) -> tuple[CountedDay, ...]:
    return (
        CountedDay(
            day=DAY,
            minutes=minutes,
            community=MILL,
            team=None,
            policy="standard",
            policy_version=1,
            credits=minutes,
        ),
    )


def attested(record: str = "rec_one", minutes: int = 60, by: str = OFFICE) -> Event:
    service = msgspec.structs.replace(SERVICE, record=record)
    return ServiceAttested(on=DAY, at=AT, by=by, service=service, days=counted(minutes))


def reversed_(record: str = "rec_one", minutes: int = 60) -> Event:
    service = msgspec.structs.replace(SERVICE, record=record)
    return ServiceReversed(on=DAY, at=AT, by=OFFICE, service=service, days=counted(minutes), reason="mistake")


def approved(by: str, reported_by: str) -> Event:
    return ServiceApproved(on=DAY, at=AT, by=by, service=SERVICE, days=counted(60), reported_by=reported_by)


def given_away(minutes: int) -> Event:
    return CreditsTransferred(on=TODAY, by=ANN, transfer="tra_one", giver=ANN, receiver=BOB, minutes=minutes)


def held(minutes: int) -> Event:
    return RedemptionPlaced(
        on=TODAY,
        by=ANN,
        redemption="red_one",
        offer="off_one",
        offer_name="Rice",
        community=None,
        volunteer=ANN,
        items=1,
        minutes=minutes,
        expires=TODAY,
    )


DECLINED = ServiceDeclined(on=DAY, by=CLERK, record="rec_one", volunteer=ANN, reason="absent")
REPORTED = ServiceReported(on=DAY, by=OFFICE, service=SERVICE, days=counted(60))


def broken(*events: Event) -> list[str]:
    laws = Laws()
    return [sentence for event in (ADOPTED, *events) for sentence in laws.broken_by(event)]


@pytest.mark.parametrize(
    "history",
    [
        (),
        (attested(), reversed_(), attested("rec_two", 1440)),
        (REPORTED, approved(CLERK, OFFICE), given_away(60)),
        (REPORTED, DECLINED),
        # A reversal is no spending: it may take an account below its floor.
        (attested(), given_away(60), reversed_()),
        (attested(), held(60)),
    ],
)
def test_a_history_within_the_laws_breaks_none(history: tuple[Event, ...]):
    assert broken(*history) == []


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        ((attested(), attested()), "the record rec_one was decided a second time"),
        ((DECLINED, approved(CLERK, OFFICE)), "the record rec_one was decided a second time"),
        ((approved(OFFICE, OFFICE),), "approved by the one who reported it"),
        ((approved(ANN, OFFICE),), "approved by the one who reported it, or whose service it is"),
        ((attested(by=ANN),), "attested by the one whose service it is"),
        ((reversed_(),), "is reversed, and it did not count"),
        ((attested(), reversed_(), reversed_()), "is reversed, and it did not count"),
        ((attested(minutes=1440), attested("rec_two", 1)), "1441 minutes on 2028-05-31: a day has 1,440"),
        (
            (attested(), reversed_(minutes=61)),
            "more minutes of vol_ann on 2028-05-31 are taken back than were served",
        ),
        ((attested(), given_away(61)), "spending takes vol_ann to -1 minutes, and the lowest allowed is 0"),
        ((attested(), held(61)), "spending takes vol_ann to -1 minutes"),
    ],
)
def test_a_forged_history_breaks_a_law(history: tuple[Event, ...], sentence: str):
    assert any(sentence in one for one in broken(*history)), broken(*history)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_the_bank_records_breaks_none(book: Book):
    book.register(ANN, team=HERONS)
    book.register(BOB)
    book.take_back(book.serve(ANN, 10))
    book.serve(ANN, 300, 1440)
    book.tell(
        TransferCredits(transfer="tra_one", giver=ANN, receiver=BOB, minutes=20),
        DonateCredits(donation="don_one", giver=BOB, community=MILL, minutes=15),
        GrantCredits(grant="gra_one", community=MILL, receiver=ANN, minutes=15),
        publish(price=1, stock=9),
        redeem(ANN, 5, "red_first"),
        fulfil("red_first"),
        return_("red_first"),
    )
    laws = Laws()
    with book.ledger.log.store.snapshot() as connection:
        for rows in batches(connection, 0, head(connection)):
            assert [one for row in rows for one in laws.broken_by(decode(row.data))] == []
