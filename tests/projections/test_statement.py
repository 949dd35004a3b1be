"""A volunteer's statement: what changed, why, and what was there afterwards."""

from datetime import date
from typing import Any

import pytest

from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import Policy, Rate
from projections.figures.periods import read_period
from projections.lines import Line
from projections.statement import Some
from tests.projections.book import ANN, BOB, CLERK, MILL, OFFICE, TODAY, Book
from tests.stories_redemptions import cancel, fulfil, publish, redeem, return_

MAY_31 = date(2028, 5, 31)
AT_NOON = "2028-06-01T04:00:00.000000Z"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def lines(book: Book, volunteer: str, **asked: Any) -> list[Line]:
    with book.reading() as connection:
        return book.views.statement.of_volunteer(connection, volunteer, **asked)


def give(giver: str, receiver: str, minutes: int) -> TransferCredits:
    return TransferCredits(transfer=f"tra_{minutes:03}", giver=giver, receiver=receiver, minutes=minutes)


def test_who_has_done_nothing_has_an_empty_statement(book: Book):
    book.register(ANN)
    assert lines(book, ANN) == lines(book, "vol_nobody") == []


def test_a_line_tells_when_it_was_served_and_when_booked_by_whom_and_why(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, on=MAY_31)
    (line,) = lines(book, ANN)
    assert line == Line(
        line=1,
        position=book.position(),
        event="service-attested",
        at=AT_NOON,
        day="2028-05-31",
        by=OFFICE,
        about="Walk",
        reason=None,
        service_minutes=60,
        credit_minutes=60,
        service_balance=60,
        credit_balance=60,
    )


def test_a_record_of_two_days_has_two_lines_of_one_fact(book: Book):
    book.register(ANN)
    book.serve(ANN, 30, 45, on=MAY_31)
    first, second = lines(book, ANN)
    assert (first.line, first.day, first.service_minutes, first.service_balance) == (1, "2028-05-31", 30, 30)
    assert (second.line, second.day, second.service_minutes, second.service_balance) == (
        2,
        "2028-06-01",
        45,
        75,
    )
    assert first.position == second.position


def test_what_is_taken_back_has_its_day_and_its_reason(book: Book):
    book.register(ANN)
    book.take_back(book.serve(ANN, 30, 45, on=MAY_31))
    back = lines(book, ANN)[2:]
    assert [(line.event, line.reason, line.day) for line in back] == [
        ("service-reversed", "mistake", "2028-05-31"),
        ("service-reversed", "mistake", "2028-06-01"),
    ]
    assert [(line.service_minutes, line.service_balance) for line in back] == [(-30, 45), (-45, 0)]
    assert [(line.credit_minutes, line.credit_balance) for line in back] == [(-30, 45), (-45, 0)]


def test_a_transfer_shows_each_the_other(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.tell(give(ANN, BOB, 20), by=CLERK)
    given, received = lines(book, ANN)[-1], lines(book, BOB)[-1]
    assert (given.about, given.credit_minutes, given.credit_balance) == (f"volunteer:{BOB}", -20, 40)
    assert (received.about, received.credit_minutes, received.credit_balance) == (f"volunteer:{ANN}", 20, 20)
    assert given.position == received.position
    assert {(line.event, line.by, line.day, line.at) for line in (given, received)} == {
        ("credits-transferred", CLERK, TODAY.isoformat(), AT_NOON)
    }
    assert given.service_minutes == received.service_minutes == received.service_balance == 0
    assert given.service_balance == 60


def test_gifts_to_a_pool_and_from_it_name_the_pool(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.tell(DonateCredits(donation="don_one", giver=ANN, community=MILL, minutes=50))
    book.tell(GrantCredits(grant="gra_one", community=MILL, receiver=BOB, minutes=15))
    donated, granted = lines(book, ANN)[-1], lines(book, BOB)[-1]
    assert (donated.event, donated.about, donated.credit_minutes) == ("credits-donated", f"pool:{MILL}", -50)
    assert (granted.event, granted.about, granted.credit_minutes) == ("credits-granted", f"pool:{MILL}", 15)


def test_a_hold_and_its_release_name_the_offer(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    book.tell(publish(), redeem(ANN, order="red_one"), cancel("red_one", "not-needed"), by=CLERK)
    held, back = lines(book, ANN)[1:]
    assert (held.event, held.about, held.reason) == ("redemption-placed", "大米", None)
    assert (back.event, back.about, back.reason) == ("redemption-cancelled", "大米", "not-needed")
    assert [(line.credit_minutes, line.credit_balance) for line in (held, back)] == [(-30, 30), (30, 60)]
    assert {(line.service_minutes, line.service_balance) for line in (held, back)} == {(0, 60)}


def test_a_hold_that_is_spent_is_one_line_until_the_items_are_returned(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    book.tell(publish(), redeem(ANN, 2), fulfil())
    assert [line.event for line in lines(book, ANN)[1:]] == ["redemption-placed"]
    book.tell(return_(reason="faulty"))
    assert [(line.event, line.about, line.reason, line.credit_balance) for line in lines(book, ANN)[1:]] == [
        ("redemption-placed", "大米", None, 0),
        ("redemption-returned", "大米", "faulty", 60),
    ]


def test_service_that_earns_nothing_is_on_the_statement_too(book: Book):
    nothing = Policy(name="nothing", version=1, rate=Rate(served=1, credits=0), floor=0, stars=())
    book.tell(AdoptPolicy(policy=nothing, effective=TODAY))
    book.register(ANN)
    book.serve(ANN, 60, 30, on=MAY_31)
    assert [(line.service_minutes, line.credit_minutes) for line in lines(book, ANN)] == [(60, 60), (30, 0)]


def test_lines_come_in_the_order_of_the_log_not_of_the_days(book: Book):
    book.register(ANN)
    for day in (TODAY, date(2020, 2, 29), MAY_31):
        book.serve(ANN, 10, on=day)
    assert [line.day for line in lines(book, ANN)] == ["2028-06-01", "2020-02-29", "2028-05-31"]
    assert [line.service_balance for line in lines(book, ANN)] == [10, 20, 30]


def test_pages_follow_one_another(book: Book):
    book.register(ANN, BOB)
    for minutes in range(1, 8):
        book.serve(ANN, minutes)
        book.serve(BOB, 1)
    whole = lines(book, ANN)
    pages = [lines(book, ANN, after=after, limit=3) for after in (0, 3, 6, 7)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [line for page in pages for line in page] == whole
    assert [line.line for line in whole] == list(range(1, 8))


def test_lines_are_read_from_either_end_and_of_a_period(book: Book):
    book.register(ANN, BOB)
    for minutes, on in ((60, MAY_31), (30, TODAY), (20, MAY_31), (10, TODAY)):
        book.serve(ANN, minutes, on=on)
    book.serve(BOB, 5, on=MAY_31)
    may = read_period("2028-05")
    assert some(book, Some()) == lines(book, ANN)
    assert minutes_of(some(book, Some(newest=True))) == [10, 20, 30, 60]
    assert minutes_of(some(book, Some(newest=True, limit=2))) == [10, 20]
    assert minutes_of(some(book, Some(newest=True, after=3))) == [30, 60]
    assert minutes_of(some(book, Some(newest=True, after=1))) == []
    assert minutes_of(some(book, Some(period=may))) == [60, 20]
    assert minutes_of(some(book, Some(period=may, newest=True))) == [20, 60]
    assert minutes_of(some(book, Some(period=may, after=1))) == [20]


def some(book: Book, asked: Some) -> list[Line]:
    with book.reading() as connection:
        return book.views.statement.some(connection, ANN, asked)


def minutes_of(found: list[Line]) -> list[int]:
    return [line.service_minutes for line in found]
