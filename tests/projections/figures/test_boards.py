"""Boards as they are asked for: rolled up to a level, and within a community."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ledger.application import Ask
from ledger.domain.communities import CloseCommunity, EstablishCommunity, RenameCommunity
from ledger.domain.events import Level
from ledger.domain.teams import FormTeam
from ledger.domain.volunteers import RegisterVolunteer, TeamPlace
from ledger.store.engine import Store
from ledger.store.log import Log
from projections.figures.boards import Board, Of, board
from projections.registry import Views
from projections.running.inline import InlineViews
from projections.running.rebuilding import prepare
from tests import small_bank
from tests.small_bank import A_DAY, STAFF, TOWN

LONG_AGO = date(2020, 1, 1)
COUNTY = TOWN
NORTH, SOUTH = "com_north", "com_south"
MILL, POND, OTHER_POND = "com_mill", "com_pond", "com_pondtwo"
TREE = (
    EstablishCommunity(community=NORTH, name="北镇", level=Level.TOWN, parent=COUNTY, day=date.min),
    EstablishCommunity(community=SOUTH, name="南镇", level=Level.TOWN, parent=COUNTY, day=date.min),
    EstablishCommunity(community=MILL, name="磨坊村", level=Level.VILLAGE, parent=NORTH, day=date.min),
    EstablishCommunity(community=POND, name="荷塘村", level=Level.VILLAGE, parent=NORTH, day=date.min),
    EstablishCommunity(community=OTHER_POND, name="荷塘村", level=Level.VILLAGE, parent=SOUTH, day=date.min),
    FormTeam(team="tea_north", name="北镇支队", community=NORTH, day=date.min),
    FormTeam(team="tea_south", name="南镇支队", community=SOUTH, day=date.min),
    FormTeam(team="tea_squad", name="专业队", day=date.min),
)
HOMES = {
    "vol_ann": (MILL, "tea_north", 60),
    "vol_bob": (POND, "tea_south", 90),
    "vol_eve": (NORTH, "tea_squad", 30),
    "vol_kim": (OTHER_POND, "tea_south", 90),
    "vol_lee": (COUNTY, "tea_squad", 10),
}


@contextmanager
def county(folder: Path) -> Generator[tuple[Connection, Views]]:
    views = Views()
    store = Store(f"sqlite:///{folder / 'ledger.sqlite'}", write=True)
    log = Log(store)
    log.migrate()
    prepare(log, views.all())
    with small_bank.running(log, [InlineViews(views.all())]) as bank:
        small_bank.begin(bank)
        commands = [*TREE]
        for volunteer, (home, team, minutes) in HOMES.items():
            place = TeamPlace(assignment=f"asg_{volunteer[4:]}", team=team)
            commands += [
                RegisterVolunteer(volunteer=volunteer, community=home, place=place, day=LONG_AGO),
                small_bank.attest(volunteer, minutes),
            ]
        commands += [
            RenameCommunity(community=MILL, name="水磨村", day=date(2026, 2, 1)),
            CloseCommunity(community=OTHER_POND, day=date(2026, 2, 1)),
        ]
        for outcome in bank.handle_many([Ask(command, STAFF) for command in commands]):
            assert not isinstance(outcome, Exception), outcome
        with store.snapshot() as connection:
            yield connection, views
    store.close()


@pytest.fixture
def found(tmp_path: Path) -> Generator[tuple[Connection, Views]]:
    with county(tmp_path) as parts:
        yield parts


def numbers(volunteers: Collection[str]) -> dict[str, str]:
    return {volunteer: volunteer.upper() for volunteer in volunteers if volunteer != "vol_ann"}


def places(
    found: tuple[Connection, Views], by: Of, within: str | None = None, level: Level = Level.VILLAGE
) -> dict[str, int]:
    asked = Board(by=by, period=f"{A_DAY.year}", within=within, level=level)
    return {place.id: place.minutes for place in board(*found, asked, numbers)}


def test_a_level_counts_its_own_and_all_beneath(found: tuple[Connection, Views]):
    assert places(found, "communities") == {OTHER_POND: 90, POND: 90, MILL: 60}
    assert places(found, "communities", level=Level.TOWN) == {NORTH: 180, SOUTH: 90}
    assert places(found, "communities", level=Level.COUNTY) == {COUNTY: 280}


def test_within_a_community_is_its_subtree(found: tuple[Connection, Views]):
    assert places(found, "communities", NORTH) == {POND: 90, MILL: 60}
    assert places(found, "communities", NORTH, Level.TOWN) == {NORTH: 180}
    assert places(found, "communities", NORTH, Level.COUNTY) == {}
    assert places(found, "volunteers", NORTH) == {"vol_bob": 90, "vol_ann": 60, "vol_eve": 30}
    assert places(found, "teams", NORTH) == {"tea_north": 60}
    assert places(found, "teams", SOUTH) == {"tea_south": 180}
    assert len(places(found, "volunteers", COUNTY)) == len(HOMES)


def test_without_a_community_everybody_is_ranked(found: tuple[Connection, Views]):
    assert places(found, "teams") == {"tea_south": 180, "tea_north": 60, "tea_squad": 40}
    assert len(places(found, "volunteers")) == len(HOMES)


def test_places_bear_the_newest_names_and_equals_share_a_rank(found: tuple[Connection, Views]):
    asked = Board(by="communities", period="all")
    assert [(place.rank, place.name) for place in board(*found, asked, numbers)] == [
        (1, "荷塘村"),
        (1, "荷塘村"),
        (3, "水磨村"),
    ]
    some = board(*found, Board(by="volunteers", period="all", limit=3), numbers)
    assert [(place.rank, place.name) for place in some] == [(1, "VOL_BOB"), (1, "VOL_KIM"), (3, None)]


def test_a_limit_counts_rows_on_every_board(found: tuple[Connection, Views]):
    for by in ("volunteers", "teams", "communities"):
        for within in (None, COUNTY):
            asked = Board(by=by, period="all", within=within, limit=2)
            assert len(board(*found, asked, numbers)) == 2


@pytest.mark.parametrize("within", [None, COUNTY])
def test_names_are_looked_up_of_those_who_are_shown_or_share_the_last_place(
    found: tuple[Connection, Views], within: str | None
):
    asked: list[set[str]] = []

    def noted(volunteers: Collection[str]) -> dict[str, str]:
        asked.append(set(volunteers))
        return numbers(volunteers)

    for limit in (1, 3):
        board(*found, Board(by="volunteers", period="all", within=within, limit=limit), noted)
    assert asked == [{"vol_bob", "vol_kim"}, {"vol_bob", "vol_kim", "vol_ann"}]


def test_an_id_or_a_name_means_a_community(found: tuple[Connection, Views]):
    connection, views = found

    def meant(text: str) -> list[str]:
        return [one.id for one in views.communities.meant(connection, text)]

    assert meant(MILL) == meant("水磨村") == meant(" 水 磨 村") == [MILL]
    assert meant("磨坊村") == []
    # The other of this name is closed: its id alone still means it.
    assert meant("荷塘村") == [POND]
    assert meant(OTHER_POND) == [OTHER_POND]
