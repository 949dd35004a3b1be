"""Every service record, with what has become of it."""

from datetime import date, timedelta

from ledger.application import Ask, Receipt
from ledger.domain.events import ServedDay, Service
from ledger.domain.service import ApproveService, DeclineService, ReportService, ReverseService
from projections.periods import read_period
from projections.records import RecordRow
from tests.projections.book import ANN, BOB, CLERK, OFFICE, TODAY, Book

YESTERDAY = TODAY - timedelta(days=1)


def report(
    volunteer: str,
    record: str,
    *minutes: int,
    on: date = YESTERDAY,
    activity: str = "act_walk",
    name: str = "Walk",
) -> ReportService:
    service = Service(
        record=record,
        volunteer=volunteer,
        activity=activity,
        activity_name=name,
        place="Hall",
        content="Company",
        role="helper",
        unit="Office",
        in_charge=None,
        programme=None,
        hosted_by=None,
        evidence="attested",
    )
    days = tuple(
        ServedDay(day=on + timedelta(days=later), minutes=some) for later, some in enumerate(minutes)
    )
    return ReportService(service=service, days=days)


def states(book: Book, **asked: str | bool) -> dict[str, str]:
    with book.reading() as connection:
        volunteer, period = asked.get("volunteer"), asked.get("period")
        found = book.views.records.of(
            connection,
            volunteer=str(volunteer) if volunteer else None,
            pending=bool(asked.get("pending")),
            period=read_period(str(period)) if period else None,
        )
    return {one.id: one.state for one in found}


def test_a_record_is_shown_whole_and_who_decided_on_it(book: Book):
    book.register(ANN)
    book.tell(report(ANN, "rec_one", 30, 60))
    whole = RecordRow(
        *("rec_one", ANN, "act_walk", "Walk", "2028-05-31", 90, "attested", None, "reported", OFFICE, None)
    )
    with book.reading() as connection:
        assert book.views.records.get(connection, "rec_one") == whole
        assert book.views.records.get(connection, "rec_two") is None
    book.tell(ApproveService(record="rec_one"), by=CLERK)
    with book.reading() as connection:
        approved = whole._replace(state="approved", decided_by=CLERK)
        assert book.views.records.get(connection, "rec_one") == approved


def test_each_decision_leads_to_its_state(book: Book):
    book.register(ANN)
    book.tell(*(report(ANN, record, 5) for record in ("rec_aaa", "rec_bbb", "rec_ccc", "rec_ddd")))
    book.tell(ApproveService(record="rec_bbb"), ApproveService(record="rec_ccc"), by=CLERK)
    book.tell(ReverseService(record="rec_ccc", reason="mistake"))
    book.tell(DeclineService(record="rec_ddd", reason="absent"), by=CLERK)
    attested = book.serve(ANN, 5)
    assert states(book) == {
        "rec_aaa": "reported",
        "rec_bbb": "approved",
        "rec_ccc": "reversed",
        "rec_ddd": "declined",
        attested: "attested",
    }
    with book.reading() as connection:
        declined = book.views.records.get(connection, "rec_ddd")
    assert declined is not None
    assert (declined.reported_by, declined.decided_by) == (OFFICE, CLERK)


def test_what_happens_to_a_record_in_one_commit_is_taken_in_order(book: Book):
    book.register(ANN)
    told = book.ledger.bank.handle_many(
        [
            Ask(report(ANN, "rec_one", 5), OFFICE),
            Ask(ApproveService(record="rec_one"), CLERK),
            Ask(ReverseService(record="rec_one", reason="mistake"), OFFICE),
            Ask(report(ANN, "rec_two", 5), OFFICE),
            Ask(DeclineService(record="rec_two", reason="absent"), CLERK),
        ]
    )
    assert all(isinstance(one, Receipt) for one in told)
    assert states(book) == {"rec_one": "reversed", "rec_two": "declined"}


def test_records_are_found_by_volunteer_period_and_whether_they_wait(book: Book):
    book.register(ANN, BOB)
    book.tell(
        report(ANN, "rec_new", 5),
        report(ANN, "rec_old", 5, on=date(2028, 4, 30)),
        report(BOB, "rec_bob", 5, on=date(2028, 4, 1)),
    )
    book.tell(ApproveService(record="rec_old"), by=CLERK)
    assert list(states(book)) == ["rec_bob", "rec_old", "rec_new"]
    assert list(states(book, volunteer=ANN)) == ["rec_old", "rec_new"]
    assert list(states(book, pending=True)) == ["rec_bob", "rec_new"]
    assert list(states(book, period="2028-04")) == ["rec_bob", "rec_old"]
    assert list(states(book, period="2028-04", volunteer=ANN, pending=True)) == []


def test_records_are_alike_while_they_wait_or_count(book: Book):
    book.register(ANN, BOB)
    book.tell(
        report(ANN, "rec_aaa", 5),
        report(ANN, "rec_bbb", 7),
        report(ANN, "rec_ccc", 5, on=TODAY),
        report(ANN, "rec_ddd", 5, activity="act_talk", name="Talk"),
        report(BOB, "rec_eee", 5),
        report(ANN, "rec_fff", 5, activity="act_other"),
        report(ANN, "rec_ggg", 5, name="Stroll"),
    )
    book.tell(DeclineService(record="rec_bbb", reason="absent"), by=CLERK)
    with book.reading() as connection:
        alike = book.views.records.alike(connection, ANN, "act_walk", "Walk", YESTERDAY.isoformat())
    assert [one.id for one in alike] == ["rec_aaa", "rec_fff", "rec_ggg"]
