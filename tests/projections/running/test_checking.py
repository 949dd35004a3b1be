"""Whatever somebody changes behind the ledger's back, a check tells."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Integer, text

from ledger.domain.activities import PublishActivity, ReportActivity
from ledger.domain.communities import MergeCommunity, RenameCommunity
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.events import AgeBand, Turnout
from ledger.domain.periods import ClosePeriod
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import Policy, Rate
from ledger.domain.presence import CheckIn, CheckOut
from ledger.domain.qualifications import EndSkill, NoteAgeBand, RecogniseSkill
from ledger.domain.sign_ups import WithdrawSignUp
from ledger.domain.teams import DisbandTeam
from ledger.domain.venues import OpenVenue, UpdateVenue
from ledger.store.schema import EVENT
from projections.registry import Views
from projections.running.checking import check
from projections.statement import Statement
from projections.view import View
from tests.projections.book import ANN, BOB, FORD, HERONS, HILL, MILL, SWIFTS, TODAY, Book
from tests.projections.fair import BASE, FAIR, MORNING, base, fair, sign
from tests.projections.fair import publish as publish_shift
from tests.stories_appointments import (
    annul,
    attach,
    designate,
    detach,
    end_designation,
    leave_post,
    take_post,
    train,
)
from tests.stories_redemptions import cancel, close_offer, fulfil, publish, redeem, restock, return_

pytestmark = pytest.mark.slow

VIEWS = [view.name for view in Views().all()]
# What is compared is read alike on either database.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DIFFERS = "differs from what the log says; `timebank projections rebuild` mends it"


@pytest.fixture
def checked_book(book: Book) -> Book:
    book.register(ANN, team=HERONS)
    book.serve(ANN, 60, 30, programme="Windmill", hosted_by="com_hill")
    book.tell(publish(price=1, stock=9), redeem(ANN, 5, "red_first"))
    return book


def problems(book: Book) -> dict[str, str]:
    """What does not agree, by name."""
    return {one.name: one.problem for one in check(book.ledger.log, book.views.all()) if not one.agrees}


def unguarded(book: Book) -> Book:
    """The log without its triggers, as somebody with the database's password could leave it."""
    if book.ledger.log.store.embedded:
        with book.ledger.log.store.snapshot() as connection:
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = list(connection.execute(triggers).scalars())
        book.execute(*(f"DROP TRIGGER {name}" for name in names))
    else:
        book.execute("ALTER TABLE event DISABLE TRIGGER ALL", "ALTER TABLE event_tag DISABLE TRIGGER ALL")
    return book


def test_an_untouched_ledger_agrees(checked_book: Book):
    checked_book.register(BOB, at=FORD, on=TODAY)
    checked_book.take_back(checked_book.serve(BOB, 10))
    checked_book.tell(
        OpenVenue(venue=base, code="POPPY-1"),
        PublishActivity(activity=fair, day=TODAY),
        publish_shift(MORNING, 1, waitlist=1),
        sign(ANN),
        sign(BOB),
        WithdrawSignUp(sign_up="sig_annmorning"),
        CheckIn(visit="vis_bob", sign_up="sig_bobmorning"),
        CheckOut(visit="vis_bob", record="rec_checked"),
        UpdateVenue(venue=BASE, theme="Plants"),
        ReportActivity(
            activity=FAIR, turnout=Turnout(day=TODAY, participants=3, materials=2, online_reach=1)
        ),
    )
    half = Policy(name="half", version=1, rate=Rate(served=2, credits=1), floor=-60, stars=())
    checked_book.tell(
        AdoptPolicy(policy=half, effective=TODAY),
        TransferCredits(transfer="tra_one", giver=ANN, receiver=BOB, minutes=20),
        DonateCredits(donation="don_one", giver=BOB, community=MILL, minutes=15),
        GrantCredits(grant="gra_one", community=MILL, receiver=ANN, minutes=5),
        fulfil("red_first"),
        return_("red_first"),
        redeem(ANN, 2, "red_second"),
        cancel("red_second"),
        restock(3),
        close_offer(),
        RenameCommunity(community=MILL, name="磨坊 \U0001f33b"),
        MergeCommunity(community=MILL, into=HILL),
        DisbandTeam(team=SWIFTS),
    )
    checked_book.tell(
        take_post(ANN, at=FORD),
        leave_post(),
        attach(to=FORD, until=TODAY + timedelta(days=9)),
        detach(),
        designate(FORD, funding_fen=1),
        end_designation(),
        train(ANN),
        annul(),
        NoteAgeBand(volunteer=ANN, band=AgeBand.ADULT),
        RecogniseSkill(volunteer=ANN, skill="driving"),
        EndSkill(volunteer=ANN, skill="driving", day=TODAY + timedelta(days=9)),
        ClosePeriod(month="2028-04"),
    )
    checked_book.serve(BOB, 30, 1)
    told: list[tuple[str, int, int]] = []
    found = check(checked_book.ledger.log, checked_book.views.all(), lambda *said: told.append(said))
    head = checked_book.position()
    assert [one.name for one in found] == ["log", *VIEWS]
    assert {(one.position, one.problem) for one in found} == {(head, "")}
    assert told == [("check", head, head)]


CHANGES = {
    "policies": "UPDATE policy SET effective = '2020-01-01'",
    "communities": "UPDATE community SET ended = 1 WHERE id = 'com_ford'",
    "teams": "DELETE FROM team WHERE id = 'tea_swifts'",
    "members": "INSERT INTO member_standing VALUES ('vol_ann', '2028-01-01', 'withdrawn')",
    "qualifications": "INSERT INTO skill VALUES ('vol_ann', 'driving', '2028-01-01', NULL)",
    "balances": "UPDATE balance SET credit_minutes = credit_minutes + 1",
    "statement": "UPDATE statement_line SET day = '2028-02-02' WHERE line = 2",
    "leaderboards": "INSERT INTO board VALUES ('teams', '2028', 'tea_swifts', 0)",
    "contributions": "UPDATE contribution_hosted SET minutes = minutes - 1",
    "outreach": "INSERT INTO outreach_venue VALUES ('com_ford', '2028-01', 1)",
    "records": "UPDATE record SET state = 'reversed'",
    "offers": "UPDATE offer_items SET free = free + 1",
    "redemptions": "UPDATE redemption SET state = 'fulfilled'",
    "tree": "UPDATE tree_node SET hash = '' WHERE number = 3",
}
"""How a view is changed; of another one, a row is put in that no fact tells of."""


def change(view: View) -> str:
    """What changes a view behind the ledger's back."""
    if view.name in CHANGES:
        return CHANGES[view.name]
    table = view.tables[0]
    row = ("1" if isinstance(one.type, Integer) else "'one'" for one in table.columns)
    return f"INSERT INTO {table.name} VALUES ({', '.join(row)})"


@on_sqlite
@pytest.mark.parametrize("view", ["teams", "balances", "records"])
def test_a_changed_row_of_a_view_is_told_of_that_view_alone(checked_book: Book, view: str):
    checked_book.execute(CHANGES[view])
    assert problems(checked_book) == {view: DIFFERS}


def test_changed_rows_of_every_view_are_told(checked_book: Book):
    checked_book.execute(*map(change, checked_book.views.all()))
    assert problems(checked_book) == dict.fromkeys(VIEWS, DIFFERS)


def test_a_broken_view_is_told_with_its_place_and_reason(checked_book: Book, monkeypatch: pytest.MonkeyPatch):
    def fold(*_: object) -> None:
        raise ValueError("no such thing")

    with monkeypatch.context() as broken:
        broken.setattr(Statement, "fold", fold)
        checked_book.serve(ANN, 5)
    with checked_book.ledger.reading(checked_book.views.balances) as (_, head):
        pass
    assert problems(checked_book) == {"statement": f"broke at position {head}: ValueError: no such thing"}


@on_sqlite
def test_a_view_that_lags_is_told(checked_book: Book):
    head = checked_book.position()
    checked_book.execute("UPDATE projection SET position = 3 WHERE name = 'teams'")
    assert problems(checked_book) == {"teams": f"stands at 3, the log at {head}"}


@on_sqlite
@pytest.mark.parametrize("change", ["DELETE FROM projection", "UPDATE projection SET version = 9"])
def test_a_view_of_no_or_another_release_is_told(checked_book: Book, change: str):
    checked_book.execute(f"{change} WHERE name = 'teams'")
    assert problems(checked_book) == {
        "teams": "is not built for this release; `timebank projections rebuild` builds it"
    }


@on_sqlite
def test_a_view_without_its_table_is_told(checked_book: Book):
    checked_book.execute("DROP TABLE statement_total")
    assert problems(checked_book) == {"statement": "lacks a table; `timebank projections rebuild` mends it"}


def test_a_forged_fact_is_told_by_every_view_that_it_would_change(checked_book: Book):
    unguarded(checked_book).execute(
        """UPDATE event SET data = replace(data, '"minutes":60', '"minutes":61')
        WHERE type = 'service-attested'"""
    )
    assert problems(checked_book).keys() == {
        *("statement", "balances", "leaderboards", "contributions", "records", "tree"),
    }


@on_sqlite
def test_a_forged_volunteer_is_told_by_the_tags(checked_book: Book):
    served = checked_book.position() - 2
    unguarded(checked_book).execute(
        "UPDATE event SET data = replace(data, 'vol_ann', 'vol_bob') WHERE type = 'service-attested'"
    )
    found = problems(checked_book)
    assert found["log"] == f"type or tags of position {served} are not those of its data"
    assert found.keys() == {
        *("log", "statement", "balances", "leaderboards", "contributions", "records", "tree"),
    }


def test_a_forged_type_is_told(checked_book: Book):
    unguarded(checked_book).execute(
        "UPDATE event SET type = 'service-reversed' WHERE type = 'service-attested'"
    )
    assert problems(checked_book)["log"].startswith("type or tags of position")


@on_sqlite
@pytest.mark.parametrize("data", ["", "[]", '{"type":"nothing-of-ours"}'])
def test_a_fact_that_nobody_can_read_is_told(checked_book: Book, data: str):
    head = checked_book.position()
    forge(checked_book, head, "data", data)
    found = problems(checked_book)
    assert found["log"] == f"position {head} cannot be read"
    assert "balances" in found


@on_sqlite
@pytest.mark.parametrize("tags", ["", "[1]", "[]"])
def test_forged_tags_are_told(checked_book: Book, tags: str):
    forge(checked_book, checked_book.position(), "tags", tags)
    assert problems(checked_book).keys() >= {"log"}


def forge(book: Book, position: int, column: str, value: str) -> None:
    with unguarded(book).ledger.log.store.begin() as connection:
        connection.execute(EVENT.update().where(EVENT.c.position == position).values({column: value}))


@on_sqlite
def test_a_fact_that_no_view_could_take_is_told(checked_book: Book):
    unguarded(checked_book).execute("UPDATE event SET data = replace(data, 'com_ford', 'com_mill')")
    found = problems(checked_book)
    assert found["communities"] == "cannot take what the log holds: IntegrityError"
    assert "log" in found


def without(position: int) -> Callable[[Book], list[str]]:
    def statements(book: Book) -> list[str]:
        gone = book.position() if position == 0 else position
        return [
            f"DELETE FROM event WHERE position = {gone}",
            f"DELETE FROM event_tag WHERE position = {gone}",
        ]

    return statements


@on_sqlite
def test_a_missing_fact_is_told(checked_book: Book):
    unguarded(checked_book).execute(*without(4)(checked_book))
    found = problems(checked_book)
    assert found["log"] == "position 4 is missing"
    assert "communities" in found


@on_sqlite
def test_a_missing_last_fact_is_told(checked_book: Book):
    unguarded(checked_book).execute(*without(0)(checked_book))
    assert problems(checked_book).keys() == set(VIEWS)


@on_sqlite
def test_a_missing_tag_is_told(checked_book: Book):
    unguarded(checked_book).execute(
        "DELETE FROM event_tag WHERE tag = 'volunteer:vol_ann' AND type = 'service-attested'"
    )
    assert problems(checked_book) == {"log": "the index of tags is not what the events say"}


@on_sqlite
@pytest.mark.parametrize("position", ["1", "999999"])
def test_an_extra_tag_is_told(checked_book: Book, position: str):
    unguarded(checked_book).execute(
        f"INSERT INTO event_tag VALUES ('volunteer:vol_eve', {position}, 'ledger-opened')"
    )
    assert problems(checked_book) == {"log": "the index of tags is not what the events say"}


@on_sqlite
def test_a_tag_of_another_type_is_told(checked_book: Book):
    unguarded(checked_book).execute("UPDATE event_tag SET type = 'team-formed' WHERE tag = 'policies'")
    assert problems(checked_book) == {"log": "the index of tags is not what the events say"}
