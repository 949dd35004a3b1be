"""What each community contributed: rolled up the tree as it stands, and never added to what it hosted."""

from datetime import date

from ledger.domain.communities import CloseCommunity, MergeCommunity, RenameCommunity, ReparentCommunity
from ledger.domain.volunteers import MoveVolunteer
from projections.figures.periods import read_period
from tests.projections.book import (
    ANN,
    BOB,
    CID,
    COUNTY,
    FORD,
    HILL,
    MILL,
    NORTH,
    SOUTH,
    TODAY,
    Book,
)

JANUARY, FEBRUARY, MARCH, APRIL = (date(2028, month, 10) for month in (1, 2, 3, 4))
MAY_31 = date(2028, 5, 31)


def figures(book: Book, period: str = "all", top: str | None = None) -> dict[str, tuple[int, int, int]]:
    """People, visits and minutes of every community that has some."""
    shown = book.contributions(period, top)
    return {
        one.id: (one.people, one.visits, one.service_minutes) for one in shown.values() if one.service_minutes
    }


def test_a_town_is_its_villages_and_its_own(book: Book):
    book.register(ANN, at=MILL)
    book.register(BOB, at=NORTH)
    book.register(CID, at=HILL)
    for volunteer, minutes in ((ANN, 60), (BOB, 30), (CID, 5)):
        book.serve(volunteer, minutes)
    assert figures(book) == {
        COUNTY: (3, 3, 95),
        NORTH: (2, 2, 90),
        SOUTH: (1, 1, 5),
        MILL: (1, 1, 60),
        HILL: (1, 1, 5),
    }


def test_higher_levels_come_first_then_names_by_code_point(book: Book):
    assert list(book.contributions()) == [COUNTY, NORTH, SOUTH, FORD, HILL, MILL]
    book.tell(RenameCommunity(community=FORD, name="ford"))
    assert list(book.contributions()) == [COUNTY, NORTH, SOUTH, HILL, MILL, FORD]
    book.tell(RenameCommunity(community=FORD, name="Hill"))
    assert list(book.contributions()) == [COUNTY, NORTH, SOUTH, FORD, HILL, MILL]


def test_one_community_comes_with_those_directly_beneath_it(book: Book):
    assert list(book.contributions(top=COUNTY)) == [COUNTY, NORTH, SOUTH]
    assert list(book.contributions(top=NORTH)) == [NORTH, FORD, MILL]
    assert list(book.contributions(top=MILL)) == [MILL]
    assert book.contributions(top="com_nowhere") == {}


def test_everything_goes_along_with_a_village_under_another_town(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    book.tell(ReparentCommunity(community=MILL, parent=SOUTH, day=MARCH))
    book.serve(ANN, 5, on=APRIL)
    assert figures(book) == {COUNTY: (1, 2, 65), SOUTH: (1, 2, 65), MILL: (1, 2, 65)}
    assert figures(book, "2028-01") == {COUNTY: (1, 1, 60), SOUTH: (1, 1, 60), MILL: (1, 1, 60)}


def test_after_a_merger_minutes_count_for_the_other_village(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    book.tell(MergeCommunity(community=MILL, into=HILL, day=FEBRUARY))
    book.serve(ANN, 5, on=MARCH)
    book.serve(ANN, 1, on=date(2028, 2, 9))
    assert figures(book) == {
        COUNTY: (1, 3, 66),
        NORTH: (1, 2, 61),
        MILL: (1, 2, 61),
        SOUTH: (1, 1, 5),
        HILL: (1, 1, 5),
    }


def test_the_villages_of_a_merged_town_are_rolled_up_in_the_other(book: Book):
    book.register(ANN, at=MILL)
    book.register(BOB, at=NORTH)
    book.serve(ANN, 60, on=JANUARY)
    book.serve(BOB, 30, on=JANUARY)
    book.tell(MergeCommunity(community=NORTH, into=SOUTH, day=FEBRUARY))
    assert figures(book) == {
        COUNTY: (2, 2, 90),
        NORTH: (1, 1, 30),
        SOUTH: (1, 1, 60),
        MILL: (1, 1, 60),
    }


def test_an_ended_community_is_shown_where_it_has_something_to_show(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    book.register(BOB, at=HILL)
    book.serve(BOB, 5, on=MARCH, hosted_by=FORD)
    book.tell(CloseCommunity(community=MILL), CloseCommunity(community=FORD))
    assert [one for one in book.contributions("2028-01") if one in (MILL, FORD)] == [MILL]
    assert [one for one in book.contributions("2028-03") if one in (MILL, FORD)] == [FORD]
    assert list(book.contributions("2028-02", top=NORTH)) == [NORTH]
    assert list(book.contributions("2028-02", top=MILL)) == [MILL]


def test_somebody_is_one_of_the_people_however_often_and_wherever_they_served(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, on=JANUARY)
    book.serve(ANN, 60, on=FEBRUARY)
    book.tell(MoveVolunteer(volunteer=ANN, community=FORD, day=MARCH))
    book.serve(ANN, 60, on=MARCH)
    assert figures(book, "2028-Q1") == {
        COUNTY: (1, 3, 180),
        NORTH: (1, 3, 180),
        MILL: (1, 2, 120),
        FORD: (1, 1, 60),
    }


def test_a_record_across_midnight_is_one_visit(book: Book):
    book.register(ANN)
    book.serve(ANN, 30, 45, on=JANUARY)
    assert figures(book, "2028-01")[MILL] == (1, 1, 75)


def test_a_record_across_two_months_is_a_visit_of_the_first(book: Book):
    book.register(ANN)
    book.serve(ANN, 30, 45, on=MAY_31)
    assert figures(book, "2028-05")[MILL] == (1, 1, 30)
    assert figures(book, "2028-06")[MILL] == (1, 0, 45)
    assert figures(book, "2028-Q2")[MILL] == (1, 1, 75)


def test_a_record_across_a_move_is_a_visit_of_the_first_community(book: Book):
    book.register(ANN)
    book.tell(MoveVolunteer(volunteer=ANN, community=HILL, day=date(2028, 6, 1)))
    book.serve(ANN, 30, 45, on=MAY_31)
    assert figures(book) == {
        COUNTY: (1, 1, 75),
        NORTH: (1, 1, 30),
        MILL: (1, 1, 30),
        SOUTH: (1, 0, 45),
        HILL: (1, 0, 45),
    }


def test_what_volunteers_served_for_some_communities_is_added_up(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60, on=JANUARY)
    book.serve(BOB, 30, on=JANUARY)
    book.tell(MoveVolunteer(volunteer=ANN, community=HILL, day=FEBRUARY))
    book.serve(ANN, 10, on=MARCH)
    with book.reading() as connection:

        def served(period: str, *communities: str) -> dict[str, int]:
            found = book.views.contributions.minutes_by_volunteer(communities, read_period(period))
            return {volunteer: int(minutes) for volunteer, minutes in connection.execute(found)}

        assert served("2028", MILL) == served("2028-01", MILL, HILL) == {ANN: 60, BOB: 30}
        assert served("all", HILL) == served("2028-Q1", HILL) == served("2028-03", HILL) == {ANN: 10}
        assert served("2028", MILL, HILL) == {ANN: 70, BOB: 30}
        assert served("2028-02", MILL) == served("2028") == served("2028", FORD) == {}


def test_what_was_hosted_is_never_added_to_what_was_served(book: Book):
    book.register(ANN)
    book.serve(ANN, 60, hosted_by=HILL)
    book.serve(ANN, 30, hosted_by=MILL)
    book.serve(ANN, 5)
    shown = book.contributions()
    assert {one.id: (one.service_minutes, one.hosted_minutes) for one in shown.values()} == {
        COUNTY: (95, 90),
        NORTH: (95, 30),
        SOUTH: (0, 60),
        MILL: (95, 30),
        FORD: (0, 0),
        HILL: (0, 60),
    }
    assert (shown[HILL].people, shown[HILL].visits, shown[HILL].by_month) == (0, 0, {})


def test_what_was_hosted_goes_by_day_of_service(book: Book):
    book.register(ANN)
    book.serve(ANN, 30, 45, on=MAY_31, hosted_by=HILL)
    assert book.contributions("2028-05")[HILL].hosted_minutes == 30
    assert book.contributions("2028-06")[HILL].hosted_minutes == 45


def test_minutes_of_no_programme_stand_under_an_empty_name(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    book.serve(ANN, 30, programme="Windmill")
    book.serve(ANN, 5, programme="Honeycomb")
    book.serve(ANN, 1, on=MAY_31, programme="Windmill")
    north = book.contributions()[NORTH]
    assert north.by_programme == {"": 60, "Honeycomb": 5, "Windmill": 31}
    assert sum(north.by_programme.values()) == north.service_minutes == 96


def test_months_are_listed_in_order_and_add_up(book: Book):
    book.register(ANN)
    for day, minutes in ((TODAY, 1), (JANUARY, 10), (date(2027, 12, 31), 100)):
        book.serve(ANN, minutes, on=day, programme=f"P{minutes}")
    mill = book.contributions()[MILL]
    assert list(mill.by_month.items()) == [("2027-12", 100), ("2028-01", 10), ("2028-06", 1)]
    assert book.contributions("2028")[MILL].by_month == {"2028-01": 10, "2028-06": 1}


def test_what_is_taken_back_leaves_no_trace(book: Book):
    book.register(ANN)
    untouched = book.contributions()
    book.take_back(book.serve(ANN, 30, 45, on=MAY_31, programme="Windmill", hosted_by=HILL))
    assert book.contributions() == untouched


def test_one_record_of_two_taken_back_leaves_the_other(book: Book):
    book.register(ANN)
    record = book.serve(ANN, 30, 45, on=MAY_31, programme="Windmill")
    book.serve(ANN, 10, on=TODAY)
    book.take_back(record)
    mill = book.contributions()[MILL]
    assert (mill.people, mill.visits, mill.by_programme, mill.by_month) == (1, 1, {"": 10}, {"2028-06": 10})
