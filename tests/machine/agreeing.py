"""Holding every query of every view against the model."""

from datetime import timedelta

import msgspec
from sqlalchemy import Connection, select

from ledger.bootstrap import Ledger, open_followed, open_follower
from ledger.domain.accounts import held_account, issuance_account, pool_account, redeemed_account
from ledger.domain.events import Level
from ledger.settings import Settings
from projections.figures.boards import Board, board
from projections.figures.periods import read_period
from projections.registry import Views
from projections.running.checking import check
from projections.running.rebuilding import Rebuilt, rebuild
from projections.statement import Some
from tests.machine import figures
from tests.machine.agreeing_parts.agreeing_appointments import assert_appointments_agree
from tests.machine.agreeing_parts.agreeing_explanations import assert_explained
from tests.machine.agreeing_parts.agreeing_offers import assert_offers_agree
from tests.machine.agreeing_parts.agreeing_outreach import assert_outreach_agrees
from tests.machine.agreeing_parts.agreeing_places import assert_places_agree
from tests.machine.agreeing_parts.agreeing_qualities import assert_qualities_agree
from tests.machine.agreeing_parts.agreeing_records import assert_records_agree
from tests.machine.agreeing_parts.agreeing_shifts import assert_shifts_agree
from tests.machine.model import Model

NUMBERS = {"vol_ann": "0007", "vol_bob": "0007", "vol_cid": "0001", "vol_dee": "\uff10001"}
"""The directory's volunteer numbers: one twice, one in full-width digits, and two volunteers without."""

COMMUNITY_ACCOUNTS = (pool_account, issuance_account)


def assert_views_agree(ledger: Ledger, model: Model) -> None:
    views = ledger.views
    with ledger.reading(*views.all()) as (connection, position):
        assert position == model.head
        assert_trees_agree(connection, views, model)
        assert_books_agree(connection, views, model)
        assert_policies_agree(connection, views, model)
        assert_closings_agree(connection, views, model)
        assert_places_agree(connection, views, model)
        assert_shifts_agree(connection, views, model)
        assert_offers_agree(connection, views, model)
        assert_appointments_agree(connection, views, model)
        assert_outreach_agrees(connection, views, model)
        assert_records_agree(connection, views, model)
        assert_qualities_agree(connection, views, model)
        assert_rows_agree(connection, views, model)
        for period in figures.periods(one.day for one in figures.served(model)):
            assert_boards_agree(connection, views, model, period)
            assert_levels_agree(connection, views, model, period)
            assert_contributions_agree(connection, views, model, period)


def assert_rows_agree(connection: Connection, views: Views, model: Model) -> None:
    """Of a view that has one table the model may tell each row: as `rows_of_posts`, in the order of their keys."""
    for view in views.all():
        rows_of = getattr(model, f"rows_of_{view.name.replace('-', '_')}", None)
        if rows_of is not None:
            [table] = view.tables
            held = connection.execute(select(table).order_by(*table.primary_key.columns))
            assert [tuple(row) for row in held] == rows_of(), view.name


def assert_a_replay_gives_the_same(ledger: Ledger, model: Model) -> None:
    for checked in check(ledger.log, ledger.views.all()):
        assert checked.agrees, checked
        assert checked.position == model.head


def assert_a_rebuild_gives_the_same(ledger: Ledger, model: Model) -> None:
    for view in ledger.views.all():
        assert rebuild(ledger.log, view) == Rebuilt(view.name, model.head, same=True)


def assert_a_follower_has_the_same(ledger: Ledger, settings: Settings, model: Model) -> None:
    """Another process, as it were, follows every view into a database of its own, from where it was last time."""
    with open_follower(settings, None, Views().all()) as follower:
        follower.look()
        list(follower.steps())
        assert {(one.state.position, one.broken) for one in follower.standings()} == {(model.head, False)}
    with ledger.reading() as (inline, _), open_followed(settings, None) as followed:
        assert followed is not None
        for view in ledger.views.all():
            assert view.digest(followed) == view.digest(inline), view.name


def assert_trees_agree(connection: Connection, views: Views, model: Model) -> None:
    shown = {row.id: row._asdict() for row in views.communities.all(connection)}
    assert shown == {
        one: {"id": one, **{name: node[name] for name in ("name", "level", "parent", "ended")}}
        for one, node in model.communities.items()
    }
    teams = {row.id: row._asdict() for row in views.teams.all(connection)}
    assert teams == {one: {"id": one, **node} for one, node in model.teams.items()}


def assert_books_agree(connection: Connection, views: Views, model: Model) -> None:
    expected = figures.balances(model)
    assert {who: views.balances.get(connection, who) for who in expected} == expected
    assert views.balances.get(connection, "vol_nobody") is None
    assert views.balances.registered(connection, [*expected, "vol_nobody"]) == set(expected)
    accounts = [kind(one) for one in [*model.communities, "com_nowhere"] for kind in COMMUNITY_ACCOUNTS]
    accounts += map(held_account, [*model.redemptions, "red_none"])
    accounts += map(redeemed_account, [*model.offers, "off_none"])
    for account in accounts:
        assert views.balances.account(connection, account) == model.accounts.get(account, 0)
    assert views.balances.credit_total(connection) == sum(model.accounts.values()) == 0
    for volunteer in expected:
        assert_statements_agree(connection, views, model, volunteer)


def assert_statements_agree(connection: Connection, views: Views, model: Model, volunteer: str) -> None:
    expected = [
        (
            number,
            position,
            event,
            at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            str(day),
            *rest,
        )
        for number, position, event, at, day, *rest in figures.statement(model, volunteer)
    ]
    assert views.statement.of_volunteer(connection, volunteer) == expected
    assert_explained(connection, views, volunteer)
    assert views.statement.of_volunteer(connection, volunteer, after=2, limit=3) == expected[2:5]
    newest = views.statement.some(connection, volunteer, Some(newest=True))
    assert newest == expected[::-1]
    beyond = Some(after=len(expected), limit=2, newest=True)
    assert views.statement.some(connection, volunteer, beyond) == newest[1:3]
    if expected:
        assert tuple(expected[-1][-2:]) == views.balances.get(connection, volunteer)


def assert_policies_agree(connection: Connection, views: Views, model: Model) -> None:
    for days in (-500, -40, -1, 0, 1, 40):
        day = model.today + timedelta(days=days)
        policy = views.policies.in_force(connection, day)
        assert (policy and msgspec.to_builtins(policy)) == model.policy(day)


def assert_closings_agree(connection: Connection, views: Views, model: Model) -> None:
    closed = [(one.month, one.position) for one in views.closings.all(connection)]
    assert closed == sorted(model.closed.items())
    for month, position in closed:
        found = views.closings.get(connection, month)
        assert found is not None
        assert found.position == position
        late = views.statement.corrections(connection, month, position)
        expected = [
            (position_, str(day), volunteer, minutes)
            for volunteer in model.volunteers
            for _, position_, event, _, day, _, _, _, minutes, *_ in figures.statement(model, volunteer)
            if position_ > position and str(day)[:7] == month and event.startswith("service-")
        ]
        told = [(one.position, one.day, one.volunteer, one.service_minutes) for one in late]
        assert sorted(told) == sorted(expected)
        assert [one.position for one in late] == sorted(one.position for one in late)


def assert_boards_agree(connection: Connection, views: Views, model: Model, period: str) -> None:
    def number_of(wanted: object) -> dict[str, str]:
        return NUMBERS

    names = {
        "volunteers": NUMBERS,
        "teams": {one: node["name"] for one, node in model.teams.items()},
        "communities": {one: node["name"] for one, node in model.communities.items()},
    }
    for kind, known in names.items():
        tally = figures.tally(model, kind, period)
        for limit in (None, 1, 2, 3, 100):
            shown = views.leaderboards.places(
                connection, kind, period, lambda _, known=known: known, limit=limit
            )
            assert shown == figures.board(tally, known, limit), (kind, period, limit)
        totals = views.leaderboards.minutes_of(connection, kind, period)
        assert {member: minutes for member, minutes in totals.items() if minutes} == tally
    for community in model.communities:
        within = figures.beneath(model, community)
        tally = figures.tally(model, "volunteers", period, within)
        served = views.contributions.minutes_by_volunteer(within, read_period(period))
        assert {volunteer: int(minutes) for volunteer, minutes in connection.execute(served)} == tally
        assert_teams_agree(connection, views, model, period, within)


def assert_levels_agree(connection: Connection, views: Views, model: Model, period: str) -> None:
    names = {one: node["name"] for one, node in model.communities.items()}
    own = {one: figures.contribution(model, one, period)["service_minutes"] for one in model.communities}
    for within in (None, *model.communities):
        shown = set(model.communities) if within is None else figures.beneath(model, within)
        for level in Level:
            minutes = {
                one: own[one] for one in shown if own[one] and model.communities[one]["level"] == level.value
            }
            asked = Board(by="communities", period=period, within=within, level=level)
            assert board(connection, views, asked, lambda _: {}) == figures.board(minutes, names)


def assert_teams_agree(
    connection: Connection, views: Views, model: Model, period: str, within: set[str]
) -> None:
    names = {one: node["name"] for one, node in model.teams.items()}
    members = set(connection.execute(views.teams.within(within)).scalars())
    assert members == {one for one, node in model.teams.items() if node["community"] in within}
    tally = figures.tally(model, "teams", period)
    own = {team: minutes for team, minutes in tally.items() if team in members}
    shown = views.leaderboards.places(connection, "teams", period, lambda _: names, members=members)
    assert shown == figures.board(own, names)


def assert_contributions_agree(connection: Connection, views: Views, model: Model, period: str) -> None:
    for top in (None, *model.communities):
        shown = views.contributions.of_communities(connection, views.communities, read_period(period), top)
        assert [msgspec.structs.asdict(one) for one in shown] == figures.contributions(model, period, top)
