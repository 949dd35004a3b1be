"""Age bands and skills, as they hold on a day."""

from datetime import date, timedelta

from ledger.domain.events import AgeBand
from ledger.domain.qualifications import EndSkill, NoteAgeBand, RecogniseSkill
from projections.qualifications import Qualified
from tests.projections.book import ANN, BOB, TODAY, Book, opened
from tests.projections.plans import planning

SPRING, SUMMER = date(2028, 3, 1), date(2028, 5, 1)


def shown(book: Book, day: date = TODAY, who: str = ANN) -> Qualified:
    with book.reading() as connection:
        return book.views.qualifications.of_volunteer(connection, who, day)


def skill(code: str, day: date = SPRING, until: date | None = None) -> RecogniseSkill:
    return RecogniseSkill(volunteer=ANN, skill=code, day=day, until=until)


def test_the_age_band_is_that_of_the_day(book: Book):
    book.register(ANN, BOB)
    book.tell(NoteAgeBand(volunteer=ANN, band=AgeBand.ADULT, day=SUMMER))
    book.tell(NoteAgeBand(volunteer=ANN, band=AgeBand.MINOR, day=SPRING))
    assert shown(book, SPRING - timedelta(days=1)).band is None
    assert shown(book, SPRING).band == shown(book, SUMMER - timedelta(days=1)).band == "minor"
    assert shown(book, SUMMER).band == "adult"
    assert shown(book, who=BOB).band is None


def test_the_last_word_of_a_day_holds(book: Book):
    book.register(ANN)
    for band in (AgeBand.ADULT, AgeBand.CONSENTED_MINOR):
        book.tell(NoteAgeBand(volunteer=ANN, band=band, day=SPRING))
    assert shown(book).band == "minor-with-consent"


def test_a_skill_holds_from_a_day_until_another(book: Book):
    book.register(ANN, BOB)
    book.tell(skill("driving"), skill("chess", until=SUMMER))
    assert shown(book, SPRING - timedelta(days=1)).skills == []
    assert shown(book, SUMMER - timedelta(days=1)).skills == ["chess", "driving"]
    assert shown(book, SUMMER).skills == ["driving"]
    assert shown(book, who=BOB).skills == []


def test_a_skill_that_ended_may_be_recognised_again(book: Book):
    book.register(ANN)
    book.tell(skill("driving"), EndSkill(volunteer=ANN, skill="driving", day=SUMMER))
    assert shown(book, SUMMER).skills == []
    book.tell(skill("driving", SUMMER))
    assert shown(book, SUMMER).skills == shown(book, SPRING).skills == ["driving"]
    book.tell(EndSkill(volunteer=ANN, skill="driving", day=SUMMER))
    assert shown(book, SUMMER).skills == []
    assert shown(book, SPRING).skills == ["driving"]


def test_a_skill_that_was_recognised_twice_over_is_had_once(book: Book):
    book.register(ANN)
    book.tell(skill("driving", SUMMER), skill("driving", SPRING))
    assert shown(book, SUMMER).skills == ["driving"]
    book.tell(EndSkill(volunteer=ANN, skill="driving", day=TODAY))
    assert shown(book, TODAY).skills == []


def test_a_volunteer_s_qualifications_are_found_without_reading_everybody_s(sqlite_url: str):
    with opened(sqlite_url) as book, book.reading() as connection, planning(connection) as plans:
        book.views.qualifications.of_volunteer(connection, ANN, TODAY)
    assert len(plans) == 1
    assert not [step for plan in plans for step in plan if step.startswith("SCAN")]
