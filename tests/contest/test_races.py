"""Processes and threads race for the same minutes; a follower looks on from a process of its own."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

from ledger.domain import tags
from ledger.domain.accounts import volunteer_account
from ledger.store.engine import file_url
from ledger.store.recorder import Recorder
from projections.registry import Views
from projections.running.checking import check
from tests.contest.apart import CONTEXT
from tests.contest.following import LAST, Followed, follow
from tests.contest.racing import GIVERS, Race, Tally, entered, race_processes, race_threads, record_of, set_up
from tests.contest.standings import Standings, read_standings
from tests.small_bank import STAFF, migrated, register

SIZES = {
    "sqlite": Race(contestants=64, rounds=6),
    "postgres": Race(contestants=4, rounds=15),
}
FULL_SIZES = {
    "sqlite": Race(contestants=64, rounds=300),
    "postgres": Race(contestants=8, rounds=500),
}

pytestmark = pytest.mark.slow

ONE_ACCOUNT = DCBQuery(
    [
        DCBQueryItem(tags=[tags.account_tag(volunteer_account(GIVERS[0]))]),
        DCBQueryItem(types=["volunteer-registered"], tags=[tags.about(LAST)]),
    ]
)


@dataclass
class Run:
    """A race that is over."""

    race: Race
    tally: Tally
    standings: Standings
    problems: list[str]
    expected: dict[str, Followed]
    followed: dict[str, Followed]

    def __str__(self) -> str:
        standings, tally = self.standings, self.tally
        return (
            f"{standings.events} events, {len(tally.positions)} receipts, refused {dict(tally.refused)}, "
            f"unexplained {len(tally.errors)}, overdrawn {standings.overdrawn}, "
            f"decided twice {standings.decided_twice}, days over 1,440 {standings.overfull_days}, "
            f"credit book {standings.credit_book}, gaps {standings.gaps}, views that differ {self.problems}, "
            f"followed as read {self.followed == self.expected}"
        )


@pytest.fixture(
    scope="module",
    params=[
        *SIZES.items(),
        *(pytest.param(size, marks=pytest.mark.full) for size in FULL_SIZES.items()),
    ],
    ids=lambda param: f"{param[0]}-{param[1].contestants}x{param[1].rounds}",
)
def run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, figures: list[str]
) -> Iterator[Run]:
    engine, race = request.param
    with ExitStack() as stack:
        if engine == "sqlite":
            url = file_url(tmp_path_factory.mktemp("race") / "ledger.sqlite")
        else:
            url = stack.enter_context(request.getfixturevalue("postgres").database())
        run = raced(url, race, threads=engine == "sqlite")
        if race in FULL_SIZES.values():
            figures.append(f"{engine}, {race}: {run}")
        yield run


def raced(url: str, race: Race, *, threads: bool) -> Run:
    set_up(url, race)
    queries = {"everything": None, "one account": ONE_ACCOUNT}
    with ProcessPoolExecutor(len(queries), CONTEXT) as pool:
        following = {name: pool.submit(follow, url, query) for name, query in queries.items()}
        try:
            tally = race_threads(url, race) if threads else race_processes(url, race)
        finally:
            # Whatever became of the race, followers are told that it is over.
            with entered(url) as (_, bank):
                bank.handle(register(LAST), by=STAFF)
        followed = {name: future.result() for name, future in following.items()}
    with migrated(url) as log:
        return Run(
            race=race,
            tally=tally,
            standings=read_standings(log),
            problems=[str(checked) for checked in check(log, Views().all()) if not checked.agrees],
            expected={name: _read(Recorder(log), query) for name, query in queries.items()},
            followed=followed,
        )


def _read(recorder: Recorder, query: DCBQuery | None) -> Followed:
    digest, positions = hashlib.sha256(), list[int]()
    for found in recorder.read(query):
        positions.append(found.position)
        digest.update(found.event.data)
    return Followed(positions, digest.hexdigest())


def test_nobody_is_overdrawn(run: Run):
    assert run.standings.overdrawn == 0
    assert run.tally.refused["not-enough-credits"] > 0, "they did meet"


def test_no_record_is_decided_twice_and_none_is_left(run: Run):
    assert run.standings.decided_twice == 0
    assert {record_of(number) for number in range(run.race.rounds)} <= run.standings.decided
    assert run.tally.refused["already-decided"] == (run.race.contestants - 1) * run.race.rounds


def test_no_day_holds_more_than_24_hours(run: Run):
    assert run.standings.overfull_days == 0


def test_one_service_counts_once_whoever_attests_it(run: Run):
    assert run.standings.look_alikes == 0
    assert run.tally.refused["looks-the-same"]
    assert run.tally.refused["day-full"] > 0, "they did meet"


def test_the_credit_book_sums_to_zero(run: Run):
    assert run.standings.credit_book == 0


def test_there_are_no_unexplained_errors(run: Run):
    assert run.tally.errors == []
    asked = 3 * run.race.contestants * run.race.rounds
    assert len(run.tally.positions) + run.tally.refused.total() == asked


def test_each_receipt_is_one_fact_and_no_position_is_missing(run: Run):
    assert run.standings.gaps == 0
    assert run.standings.recorded_twice() == []
    assert len(set(run.tally.positions)) == len(run.tally.positions) == run.standings.requests.total()


def test_views_are_what_a_rebuild_gives(run: Run):
    assert run.problems == []


@pytest.mark.parametrize("name", ["everything", "one account"])
def test_a_follower_beside_the_writers_misses_and_repeats_nothing(run: Run, name: str):
    assert run.followed[name] == run.expected[name]
    if name == "everything":
        assert run.followed[name].positions == list(range(1, run.standings.events + 1))
