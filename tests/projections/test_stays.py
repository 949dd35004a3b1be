"""A page of posts, organisations, designations or training, and what it costs."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from projections.stays import Part
from tests.projections.book import ANN, FORD, HERONS, HILL, MILL, TODAY, Book, opened
from tests.projections.plans import planning, read_through
from tests.stories_appointments import attach, designate, take_post, train

YESTERDAY = TODAY - timedelta(days=1)
SCHOOL = "org_school"

Ask = Callable[[Book, Connection, Part], Sequence[Any]]

PAGES: dict[str, Ask] = {
    "posts": lambda book, connection, part: book.views.posts.listed(connection, part),
    "posts of a volunteer": lambda book, connection, part: book.views.posts.listed(
        connection, part, volunteer=ANN
    ),
    "attachments": lambda book, connection, part: book.views.organisations.of_organisation(
        connection, part, SCHOOL
    ),
    "designations": lambda book, connection, part: book.views.designations.listed(connection, part),
    "designations of a team": lambda book, connection, part: book.views.designations.listed(
        connection, part, team=HERONS
    ),
    "training": lambda book, connection, part: book.views.training.listed(connection, part),
    "training of a volunteer": lambda book, connection, part: book.views.training.listed(
        connection, part, volunteer=ANN
    ),
}
"""What comes in the order of an index, so that a page reads nothing but itself."""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_from_where_it_begins_and_sorts_nothing(sqlite_url: str, page: str):
    with opened(sqlite_url) as book, book.reading() as connection, planning(connection) as plans:
        PAGES[page](book, connection, Part("x", 2, TODAY))
    [[step]] = plans
    assert step.startswith("SEARCH")
    assert "id>?" in step


def test_pages_of_a_community_read_what_lies_within(sqlite_url: str):
    part, both = Part("x", 2, TODAY), {MILL, FORD}
    with opened(sqlite_url) as book, book.reading() as connection, planning(connection) as plans:
        views = book.views
        views.posts.listed(connection, part, communities=both)
        views.organisations.all(connection, part)
        views.organisations.all(connection, part, communities=both)
        views.training.listed(connection, part, at_home=(both, views.members.homes_on(TODAY)))
        views.designations.listed(connection, part, bearers={*both, HERONS})
    assert len(plans) >= 6
    assert read_through(plans) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_part_is_what_comes_after_an_id_and_holds_on_the_day(book: Book, page: str):
    book.register(ANN)
    # The second is over by today.
    for index, (since, until) in enumerate(((YESTERDAY, None), (YESTERDAY, TODAY), (TODAY, None))):
        place = (MILL, FORD, HILL)[index]
        book.tell(
            take_post(ANN, f"cadre-{index}", since, at=MILL, until=until, tenure=f"ten_cut{index}"),
            attach(SCHOOL, place, since, until=until, attachment=f"att_cut{index}"),
            designate(None, f"Title {index}", since, team=HERONS, until=until, title=f"des_cut{index}"),
            train(ANN, since, until=until, training=f"trn_cut{index}"),
        )
    with book.reading() as connection:

        def read(part: Part) -> list[str]:
            return [one.id for one in PAGES[page](book, connection, part)]

        first, over, last = read(Part())
        assert (first, over, last) == tuple(f"{first[:3]}_cut{index}" for index in range(3))
        assert read(Part(limit=2)) == [first, over]
        assert read(Part(after=first)) == [over, last]
        assert read(Part(day=TODAY)) == [first, last]
        assert read(Part(day=YESTERDAY)) == [first, over]
        assert read(Part(first, 1, TODAY)) == [last]
