"""Where a batch ends is nobody's affair: a view's rows are the same however the log was cut into batches."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.parts.town import Town
from ledger.bootstrap import open_for_writing
from ledger.domain.activities import ReportActivity
from ledger.domain.events import Event, ServiceApproved, ServiceReported, Turnout
from ledger.domain.service import ApproveService, DeclineService, ReverseService
from ledger.domain.venues import UpdateVenue
from ledger.settings import Settings
from ledger.store.codec import Recorded, encode, recorded
from ledger.store.log import batches, head
from projections.records import Records
from projections.registry import Views
from projections.running.scratch import scratch
from projections.view import View
from tests.api import village, village_places
from tests.api.clock import Clock
from tests.sizes import examples
from tests.small_bank import report

pytestmark = pytest.mark.slow

# The village's log is cut after every fact too.
SOME_CUTS = settings(max_examples=examples(5, 15))


@pytest.fixture(scope="module")
def of_a_village(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded]:
    """What rules made: something of every kind, and records of every end."""
    folder: Path = tmp_path_factory.mktemp("village")
    more = [
        report(village.BOB, 30, "rec_approved", village.LONG_AGO),
        ApproveService(record="rec_approved"),
        report(village.BOB, 30, "rec_declined", village.LONG_AGO),
        DeclineService(record="rec_declined", reason="not-there"),
        report(village.BOB, 40, "rec_undone", village.LONG_AGO),
        ApproveService(record="rec_undone"),
        ReverseService(record="rec_undone", reason="mistake"),
        UpdateVenue(venue=village_places.HALL, theme="书画展"),
        ReportActivity(activity=village_places.IDLE, turnout=_of_a_day(20)),
        ReportActivity(activity=village_places.IDLE, turnout=_of_a_day(30)),
    ]
    settings_ = Settings(
        f"sqlite:///{folder / 'ledger.sqlite'}",
        f"sqlite:///{folder / 'people.sqlite'}",
        checkpoint_key=str(folder / "key.pem"),
    )
    with open_for_writing(settings_, create=True, now=Clock()) as ledger:
        village.found(ledger)
        for number, command in enumerate(more):
            ledger.bank.handle(command, by=(village.OFFICE, village.OTHER_OFFICE)[number % 2])
        with ledger.log.store.snapshot() as connection:
            rows = [row for some in batches(connection, 0, head(connection)) for row in some]
    return [recorded(row.position, row.data) for row in rows]


def _of_a_day(participants: int) -> Turnout:
    return Turnout(day=village.A_DAY, participants=participants, materials=0, online_reach=0)


def of_a_town(facts: int) -> list[Recorded]:
    """What the benchmarks are made from."""
    some = islice(Town(facts).facts(), facts)
    return [recorded(position, encode(event)) for position, event in enumerate(some, start=1)]


def digests(log: Sequence[Recorded], ends: Sequence[int], views: Sequence[View]) -> dict[str, str]:
    """What each view comes to, the log being cut after so many facts and so many."""
    with scratch(views, in_memory=True) as connection:
        for begin, end in pairwise([0, *ends, len(log)]):
            for view in views:
                if relevant := [one for one in log[begin:end] if type(one.event) in view.types]:
                    view.fold(connection, relevant)
        return {view.name: view.digest(connection) for view in views}


def cuts(log: Sequence[object]) -> st.SearchStrategy[list[int]]:
    return st.sets(st.integers(1, len(log) - 1), max_size=len(log)).map(sorted)


class Uncut(NamedTuple):
    """A log, and what each view comes to that folds it as one."""

    log: Sequence[Recorded]
    digests: dict[str, str]


def uncut(log: Sequence[Recorded]) -> Uncut:
    return Uncut(log, digests(log, [], Views().all()))


@pytest.fixture(scope="module")
def village_uncut(of_a_village: list[Recorded]) -> Uncut:
    return uncut(of_a_village)


@pytest.fixture(scope="module")
def town_uncut() -> Uncut:
    return uncut(of_a_town(150))


@SOME_CUTS
@given(st.data())
def test_no_view_minds_where_the_log_of_a_village_is_cut(village_uncut: Uncut, data: st.DataObject):
    log, whole = village_uncut
    assert digests(log, data.draw(cuts(log)), Views().all()) == whole


@SOME_CUTS
@given(st.data())
def test_no_view_minds_where_the_log_of_a_town_is_cut(town_uncut: Uncut, data: st.DataObject):
    log, whole = town_uncut
    assert digests(log, data.draw(cuts(log)), Views().all()) == whole


def test_no_view_minds_a_cut_after_every_fact(village_uncut: Uncut):
    log, whole = village_uncut
    assert digests(log, range(1, len(log)), Views().all()) == whole


def test_the_village_has_facts_for_every_view(of_a_village: list[Recorded]):
    there = {type(one.event) for one in of_a_village}
    assert [view.name for view in Views().all() if there.isdisjoint(view.types)] == []


def approvals_of(events: Iterator[Event]) -> Iterator[tuple[ServiceReported, ServiceApproved]]:
    reports: dict[str, ServiceReported] = {}
    for event in events:
        if isinstance(event, ServiceReported):
            reports[event.service.record] = event
        elif isinstance(event, ServiceApproved):
            yield reports[event.service.record], event


def test_the_towns_approvals_name_who_reported_and_are_anothers():
    pairs = list(approvals_of(one.event for one in of_a_town(600)))
    assert pairs
    for reported, approved in pairs:
        assert approved.reported_by == reported.by != approved.by


def test_a_record_whose_approval_names_another_reporter_is_one_row_however_it_is_cut():
    reported, approved = next(approvals_of(one.event for one in of_a_town(600)))
    odd: list[Event] = [reported, replace(approved, reported_by="stf_nobody")]
    log = [Recorded(position, event, encode(event)) for position, event in enumerate(odd, start=1)]
    views = (Records(),)
    assert digests(log, [1], views) == digests(log, [], views)
