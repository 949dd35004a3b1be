"""Every service record, with what has become of it."""

from datetime import date, timedelta

from ledger.application import Ask, Receipt
from ledger.domain.events import ServedDay, Service
from ledger.domain.service import ApproveService, DeclineService, ReportService, ReverseService
from projections.figures.periods import read_period
from projections.figures.record_pages import Reach, Wanted, page_of
from projections.record_details import Detail
from projections.record_details import details as details_of
from projections.records import RecordRow
from tests.projections.book import ANN, BOB, CLERK, MILL, OFFICE, TODAY, Book, opened
from tests.projections.plans import planning, read_through

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
        found = book.views.records.listed(
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
        *(
            "rec_one",
            ANN,
            "act_walk",
            "Walk",
            "2028-05-31",
            90,
            "attested",
            None,
            "reported",
            OFFICE,
            None,
            None,
        )
    )
    with book.reading() as connection:
        assert book.views.records.get(connection, "rec_one") == whole
        assert book.views.records.get(connection, "rec_two") is None
    book.tell(ApproveService(record="rec_one"), by=CLERK)
    with book.reading() as connection:
        approved = whole._replace(state="approved", decided_by=CLERK)
        assert book.views.records.get(connection, "rec_one") == approved


def test_the_facts_of_a_record_tell_what_was_served_and_what_became_of_it(book: Book):
    book.register(ANN)
    book.tell(report(ANN, "rec_one", 30, 60), report(ANN, "rec_two", 5), report(ANN, "rec_six", 5))
    told = found_in_facts(book)["rec_one"]
    assert (told.place, told.role, told.unit) == ("Hall", "helper", "Office")
    assert told.days == [
        ServedDay(day=YESTERDAY, minutes=30),
        ServedDay(day=YESTERDAY + timedelta(days=1), minutes=60),
    ]
    assert (told.decided_at, told.reversed_at, told.reversed_by, told.reason) == (None, None, None, None)
    book.tell(ApproveService(record="rec_one"), by=CLERK)
    book.tell(DeclineService(record="rec_two", reason="absent"), by=CLERK)
    details = found_in_facts(book)
    assert (details["rec_one"].decided_at, details["rec_one"].reason) == (told.reported_at, None)
    assert (details["rec_two"].decided_at, details["rec_two"].reason) == (told.reported_at, "absent")
    assert details["rec_six"].decided_at is None
    book.tell(ReverseService(record="rec_one", reason="mistake"))
    undone = found_in_facts(book)["rec_one"]
    assert (undone.reversed_by, undone.reason) == (OFFICE, "mistake")
    assert undone.reversed_at == undone.decided_at
    with book.reading() as connection:
        assert details_of(connection, book.views.records, ["rec_none"]) == {}


def test_what_is_told_and_decided_in_one_commit_keeps_both_positions(book: Book):
    book.register(ANN)
    before = book.position()
    book.ledger.bank.handle_many(
        [Ask(report(ANN, "rec_one", 5), OFFICE), Ask(ApproveService(record="rec_one"), CLERK)]
    )
    with book.reading() as connection:
        steps = book.views.records.steps(connection, ["rec_one"])
    assert steps == {"rec_one": (before + 1, before + 2, None)}


def test_pages_of_records_do_not_grow_with_history(sqlite_url: str):
    with opened(sqlite_url) as book, book.reading() as connection, planning(connection) as plans:
        records, day = book.views.records, ("2028-05-31", "rec_one")
        for wanted in (
            Wanted(),
            Wanted(volunteer=ANN),
            Wanted(activity="act_walk"),
            Wanted(state="reported"),
            Wanted(period=read_period("2028-06")),
        ):
            page_of(connection, records, wanted, after=day, limit=5)
        reach = Reach({MILL}, book.views.members.homes_on(TODAY), book.views.activities.host_of)
        period = read_period("2028-06")
        page_of(connection, records, Wanted(within=(reach,), period=period), after=day, limit=5)
        page_of(connection, records, Wanted(within=(reach,), state="reported"), after=day, limit=5)
    used = [step.partition("INDEX ")[2] for [step] in plans[:5]]
    assert used == [
        "record_day ((day,id)>(?,?))",
        "record_volunteer (volunteer=? AND (day,id)>(?,?))",
        "record_activity (activity=? AND (day,id)>(?,?))",
        "record_pending ((day,id)>(?,?))",
        "record_day ((day,id)>(?,?) AND (day,id)<(?,?))",
    ]
    assert read_through(plans[5:]) == []
    steps = [
        step for plan in plans for step in plan if " record_affair " in step or " record_waiting " in step
    ]
    assert [step.endswith("(community=? AND (day,id)>(?,?) AND (day,id)<(?,?))") for step in steps] == [
        True,
        True,
    ]


def found_in_facts(book: Book) -> dict[str, Detail]:
    with book.reading() as connection:
        return details_of(connection, book.views.records, ["rec_one", "rec_two", "rec_six"])


def test_each_decision_leads_to_its_state(book: Book):
    book.register(ANN)
    book.tell(*(report(ANN, record, 5) for record in ("rec_aaa", "rec_bbb", "rec_ccc", "rec_ddd")))
    book.tell(ApproveService(record="rec_bbb"), ApproveService(record="rec_ccc", again=True), by=CLERK)
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
