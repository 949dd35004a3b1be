"""Whole counties, end to end: what comes out of the views is what the files say."""

import gc
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.domain.policy import STANDARD
from ledger.exchange.importing import Report
from ledger.settings import Settings, read_settings
from projections.balances import Balance
from projections.contributions import Contribution
from projections.figures.periods import read_period
from projections.running.checking import check
from projections.running.rebuilding import rebuild
from tests.counties import TODAY, make_county
from tests.exchange.office import Office, log_rows, office_at
from tests.exchange.shares import share_of
from tests.reference import expected_of, read_county

pytestmark = pytest.mark.slow

COUNTY = Path(__file__).parents[1] / "data" / "county"
EXPECTED: dict[str, Any] = json.loads((COUNTY / "expected.json").read_text("utf-8"))


@dataclass
class Imported:
    """A county in a ledger, what its import reported, and what was expected of it."""

    office: Office
    folder: Path
    reports: dict[str, Report]
    expected: dict[str, Any]


# At full size only: it takes longer than all else, and a part of it is taken in each time.
@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    """The shipped county, once in a ledger of either kind."""
    folder = tmp_path_factory.mktemp("ledger")
    with ExitStack() as stack:
        settings = read_settings(folder, {})
        if request.param == "postgres":
            url = stack.enter_context(request.getfixturevalue("postgres").database())
            settings = Settings(url, url)
        office = stack.enter_context(office_at(settings, folder))
        # The collector would look through all rows of a file again and again: a sixth of what an import takes.
        gc.disable()
        try:
            reports = office.send_folder(COUNTY)
        finally:
            gc.enable()
        yield Imported(office, COUNTY, reports, EXPECTED)


def figures(county: Imported) -> dict[str, Any]:
    """The figures of `expected.json` and those that the reference adds, from reports, views and directory."""
    ledger, hours = county.office.ledger, asdict(county.reports["hours"])
    views = ledger.views
    with ledger.reading(*views.all()) as (connection, _):
        everywhere = read_period("all")
        places = views.contributions.of_communities(connection, views.communities, everywhere)
        september = views.contributions.of_communities(connection, views.communities, read_period("2026-09"))
        balances = balances_of(ledger, connection)
        teams = {team.id: team.name for team in views.teams.all(connection)}
        team_minutes = views.leaderboards.minutes_of(connection, "teams", "all")
        top20 = views.leaderboards.places(
            connection, "volunteers", "2026-09", ledger.directory.numbers, limit=20
        )
        total = views.balances.credit_total(connection)
    assert total == 0
    assert all(balance.credit_minutes == balance.service_minutes for balance in balances.values())
    stars = [STANDARD.stars_for(balance.service_minutes) for balance in balances.values()]
    samples = ledger.directory.by_number(county.expected["sample_balances"])
    top = next(place for place in places if place.level == "county")
    return {
        **{name: hours[name] for name in ("rows", "recorded", "unchanged", "conflict")},
        "refused": [list(one) for one in hours["refused"]],
        "volunteers": len(balances),
        "roster_rows_said_twice": county.reports["roster"].unchanged,
        "teams": len(teams),
        "communities": len(places),
        "service_minutes_total": sum(balance.service_minutes for balance in balances.values()),
        "volunteers_with_service": sum(balance.service_minutes > 0 for balance in balances.values()),
        "minutes_by_town": minutes_by_name(places, "town"),
        "minutes_by_town_2026_09": minutes_by_name(september, "town"),
        "minutes_by_village": minutes_by_name(places, "village"),
        "minutes_by_team": {teams[team]: minutes for team, minutes in team_minutes.items()},
        "top20_2026_09": [[place.name, place.minutes] for place in top20],
        "stars": {str(number): stars.count(number) for number in range(1, 6)},
        "sample_balances": {
            number: balances[samples[number].volunteer].service_minutes if number in samples else 0
            for number in county.expected["sample_balances"]
        },
        "files": {kind: told(report) for kind, report in county.reports.items()},
        "minutes_by_home": minutes_by_home(places),
        "minutes_by_programme": {name: minutes for name, minutes in top.by_programme.items() if name},
        "hosted_minutes": top.hosted_minutes,
    }


def balances_of(ledger: Ledger, connection: Connection) -> dict[str, Balance]:
    table = ledger.views.balances.volunteers
    return {row[0]: Balance(*row[1:]) for row in connection.execute(table.select())}


def minutes_by_name(places: list[Contribution], level: str) -> dict[str, int]:
    """Minutes by name, those of places with one name together."""
    found: dict[str, int] = {}
    for place in places:
        if place.level == level and place.service_minutes:
            found[place.name] = found.get(place.name, 0) + place.service_minutes
    return found


def minutes_by_home(places: list[Contribution]) -> dict[str, int]:
    """The minutes of each village, as town/village, and those of the town's own volunteers as town/."""
    towns = {place.id: place for place in places if place.level == "town"}
    own = {f"{town.name}/": town.service_minutes for town in towns.values()}
    villages: dict[str, int] = {}
    for place in places:
        if place.parent in towns:
            villages[f"{towns[place.parent].name}/{place.name}"] = place.service_minutes
            own[f"{towns[place.parent].name}/"] -= place.service_minutes
    return {name: minutes for name, minutes in (villages | own).items() if minutes}


def told(report: Report) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "recorded": report.recorded,
        "unchanged": report.unchanged,
        "conflict": report.conflict,
        "refused": [list(one) for one in report.refused],
    }


# The county that is shipped.


@pytest.mark.slow
@pytest.mark.full
def test_every_figure_of_the_shipped_county_is_right(imported: Imported):
    found = figures(imported)
    assert {name: found[name] for name in EXPECTED} == EXPECTED


@pytest.mark.slow
def test_every_figure_of_a_part_of_the_shipped_county_is_right(tmp_path: Path):
    share_of(COUNTY, tmp_path, 8, set(EXPECTED["sample_balances"]))
    tables = read_county(tmp_path)
    assert len(tables["hours"]) > 2_000
    expected = expected_of(tables, TODAY, EXPECTED["sample_balances"])
    with office_at(read_settings(tmp_path / "data", {}), tmp_path) as office:
        county = Imported(office, tmp_path, office.send_folder(tmp_path), expected)
        assert figures(county) == expected


@pytest.mark.slow
@pytest.mark.full
def test_the_views_of_the_shipped_county_agree_with_its_log(imported: Imported):
    ledger = imported.office.ledger
    assert [one for one in check(ledger.log, ledger.views.all()) if not one.agrees] == []


@pytest.mark.slow
@pytest.mark.full
def test_the_shipped_county_sent_again_records_nothing_and_leaves_the_log_as_it_was(imported: Imported):
    before = log_rows(imported.office.ledger)
    again = imported.office.send_folder(COUNTY)
    assert log_rows(imported.office.ledger) == before
    for kind, report in again.items():
        first = imported.reports[kind]
        assert (report.recorded, report.unchanged) == (0, first.recorded + first.unchanged)
        assert (report.conflict, report.refused) == (first.conflict, first.refused)


@pytest.mark.slow
def test_the_reference_knows_what_is_right_for_the_shipped_county():
    found = expected_of(read_county(COUNTY), TODAY, EXPECTED["sample_balances"])
    assert {name: found[name] for name in EXPECTED} == EXPECTED


# Others like it.


@pytest.mark.parametrize(
    ("engine", "encoding", "seed"),
    [
        ("sqlite", "utf-16", 1),
        # Which is the encoding of the counties of test_runs.py too.
        pytest.param("sqlite", "gb18030", 2, marks=pytest.mark.full),
        ("postgres", "utf-8-sig", 3),
    ],
)
def test_every_figure_of_a_small_county_is_right(
    request: pytest.FixtureRequest, tmp_path: Path, engine: str, encoding: str, seed: int
):
    settings = read_settings(tmp_path / "data", {})
    if engine == "postgres":
        url = request.getfixturevalue("postgres_url")
        settings = Settings(url, url)
    check_county(settings, tmp_path, seed, encoding=encoding)


@pytest.mark.full
def test_every_figure_of_a_full_county_is_right(settings: Settings, tmp_path: Path):
    check_county(settings, tmp_path, 6, size="full")


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 200))
def test_every_figure_of_many_counties_is_right(settings: Settings, tmp_path: Path, seed: int):
    check_county(settings, tmp_path, seed)


def check_county(settings: Settings, folder: Path, seed: int, **shape: Any) -> None:
    expected = make_county(folder, seed, **shape)
    with office_at(settings, folder) as office:
        county = Imported(office, folder, office.send_folder(folder), expected)
        assert figures(county) == expected
        before = log_rows(office.ledger)
        assert {kind: report.recorded for kind, report in office.send_folder(folder).items()} == {
            "communities": 0,
            "teams": 0,
            "roster": 0,
            "hours": 0,
        }
        assert log_rows(office.ledger) == before
        views = office.ledger.views.all()
        assert [one for one in check(office.ledger.log, views) if not one.agrees] == []
        assert all(rebuild(office.ledger.log, view).same for view in views)


def test_a_county_is_judged_by_the_day_it_is_imported(tmp_path: Path):
    early = make_county(tmp_path, 7, today=date(2026, 6, 30))
    late = make_county(tmp_path, 7)
    assert early["recorded"] < late["recorded"]
