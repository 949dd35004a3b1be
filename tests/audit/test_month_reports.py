"""Closed months: the report as closed stays the same to the byte, whatever comes later."""

import random
from datetime import date

import pytest

from ledger.audit.month_reports import FORMAT, NotClosed, Reports
from ledger.domain.commands import Refusal
from ledger.domain.communities import RenameCommunity
from ledger.domain.periods import ClosePeriod
from ledger.domain.teams import RenameTeam
from tests.projections.book import ANN, BOB, CID, FORD, HERONS, HILL, MILL, NORTH, TODAY, Book

MONTHS = ("2028-03", "2028-04", "2028-05")
PEOPLE = (ANN, BOB, CID)


def report(book: Book, month: str, *, corrected: bool = False) -> str:
    with book.reading() as connection:
        reports = Reports(connection, book.views, "timebank")
        return (reports.as_known_now(month) if corrected else reports.as_closed(month)).text()


def corrections(book: Book, month: str) -> list[tuple[int, str, str, int]]:
    with book.reading() as connection:
        found = Reports(connection, book.views, "timebank").corrections(month)
    return [(one.position, one.day, one.volunteer, one.service_minutes) for one in found]


def begin(book: Book) -> None:
    book.register(ANN, at=MILL, team=HERONS)
    book.register(BOB, at=FORD)
    book.register(CID, at=HILL)


def test_a_report_as_closed_stays_and_the_corrected_one_tells_what_came_later(book: Book):
    begin(book)
    record = book.serve(ANN, 60, on=date(2028, 3, 5), programme="Windmill", hosted_by=FORD)
    closed_at = book.tell(ClosePeriod(month="2028-03")).position
    as_closed = report(book, "2028-03")
    assert report(book, "2028-03", corrected=True).replace(f"{closed_at}", "") == as_closed.replace(
        f"{closed_at}", ""
    )
    assert corrections(book, "2028-03") == []

    book.take_back(record)
    book.serve(BOB, 30, 15, on=date(2028, 3, 31))
    book.tell(RenameCommunity(community=FORD, name="Fordham"), RenameTeam(team=HERONS, name="Egrets"))

    assert report(book, "2028-03") == as_closed
    corrected = report(book, "2028-03", corrected=True)
    assert f'"format": "{FORMAT}"' in as_closed
    assert ('"Ford"' in as_closed, '"Herons"' in as_closed, '"Fordham"' in corrected) == (True, True, True)
    assert ('"service_minutes": 60' in as_closed, '"service_minutes": 60' in corrected) == (True, False)
    assert corrections(book, "2028-03") == [
        (closed_at + 1, "2028-03-05", ANN, -60),
        (closed_at + 2, "2028-03-31", BOB, 30),
    ], "the day in April is no correction of March"


def test_a_month_that_is_open_has_no_report_as_closed(book: Book):
    with pytest.raises(NotClosed, match="2028-03 is not closed"):
        report(book, "2028-03")
    with pytest.raises(NotClosed):
        corrections(book, "2028-03")
    assert '"service_minutes": 0' in report(book, "2028-03", corrected=True)


def late_corrections(book: Book, many: int) -> None:
    """Months are closed, and so many records for them come late, or are taken back; each is told by its report."""
    chance = random.Random(2028)
    begin(book)
    records = [
        book.serve(who, 10 + index, on=date(2028, 3 + index % 3, 1 + index))
        for index in range(9)
        for who in PEOPLE
    ]
    closed = {}
    for month in MONTHS:
        book.tell(ClosePeriod(month=month))
        closed[month] = report(book, month)
    late = dict.fromkeys(MONTHS, 0)
    for _ in range(many):
        if chance.random() < 0.3:
            book.take_back(records.pop(chance.randrange(len(records))))
        else:
            who, day = chance.choice(PEOPLE), date(2028, chance.randint(3, 5), chance.randint(1, 28))
            hosted, programme = chance.choice([FORD, None]), chance.choice(["Windmill", None])
            try:
                some = chance.randint(1, 20)
                records.append(book.serve(who, some, on=day, hosted_by=hosted, programme=programme))
            except Refusal:
                continue
        if chance.random() < 0.05:
            book.tell(RenameCommunity(community=NORTH, name=f"North {book.position()}", day=TODAY))
    for month in MONTHS:
        assert report(book, month) == closed[month]
        late[month] = len(corrections(book, month))
    with book.reading() as connection:
        lines = [
            line
            for who in PEOPLE
            for line in book.views.statement.of_volunteer(connection, who, limit=100_000)
            if line.event != "credits-transferred"
        ]
        position = {one.month: one.position for one in book.views.closings.all(connection)}
    for month in MONTHS:
        counted = [line for line in lines if line.day[:7] == month and line.position > position[month]]
        assert late[month] == len(counted) > 0
        sums = sum(line.service_minutes for line in lines if line.day[:7] == month)
        assert f'"service_minutes": {sums},\n "communities"' in report(book, month, corrected=True)


@pytest.mark.slow
def test_closed_months_are_told_as_they_were_after_late_corrections(book: Book):
    late_corrections(book, 40)


@pytest.mark.full
def test_closed_months_are_told_as_they_were_after_500_late_corrections(book: Book):
    late_corrections(book, 500)
