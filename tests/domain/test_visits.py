"""A record that rests on a visit counts no more than the volunteer was there, and once."""

from datetime import timedelta

import msgspec
import pytest

from ledger.domain.commands import Command
from ledger.domain.events import ServedDay, Service, ServiceApproved, ServiceAttested
from ledger.domain.policy import STANDARD, Policy
from ledger.domain.service import ApproveService, AttestService, ReportService
from ledger.domain.visits import MoreThanPresent, NotTheirVisit, UnknownVisit, VisitCounted, VisitNotOver
from tests.scenario import SATURDAY, given
from tests.stories_service import RECORD, WARDEN, approved, counted, reported, reversed_, served, service
from tests.stories_shifts import NINE, VISIT, abandoned, clocked_in, left_at
from tests.stories_world import ANN, BOB, PEOPLE, PLACES, WORLD, adopted

BEGUN = clocked_in(ANN, NINE)
AN_HOUR = left_at(BEGUN, after=60)


def resting(record: str = RECORD, who: str = ANN) -> Service:
    """Service that rests on the visit."""
    return msgspec.structs.replace(service(who, record), visit=VISIT, evidence="check-in")


def said(minutes: int, record: str = RECORD, who: str = ANN) -> list[Command]:
    """A record that is reported, and one that is attested."""
    day = (ServedDay(day=SATURDAY, minutes=minutes),)
    return [
        ReportService(service=resting(record, who), days=day),
        AttestService(service=resting(record, who), days=day),
    ]


def generous(margin: int) -> Policy:
    return msgspec.structs.replace(STANDARD, name="generous", margin=margin)


def test_no_more_counts_than_somebody_was_there():
    for command in said(60):
        assert given(WORLD, BEGUN, AN_HOUR).when(command).refusal is None
    for command in said(61):
        given(WORLD, BEGUN, AN_HOUR).when(command).then_refused(MoreThanPresent, wanted=61, present=60)


def test_whole_minutes_count():
    short = left_at(BEGUN, NINE + timedelta(minutes=60, seconds=59))
    for command in said(61):
        given(WORLD, BEGUN, short).when(command).then_refused(MoreThanPresent, present=60)


def test_the_policy_of_the_day_may_leave_a_margin():
    world = PLACES + PEOPLE
    for command in said(75):
        assert given(world, adopted(generous(15)), BEGUN, AN_HOUR).when(command).refusal is None
    for command in said(76):
        given(world, adopted(generous(15)), BEGUN, AN_HOUR).when(command).then_refused(
            MoreThanPresent, present=75
        )


def test_a_stricter_policy_at_the_approval_counts():
    known = msgspec.structs.replace(reported(ANN, served(SATURDAY, 75), by=WARDEN), service=resting())
    told = given(PLACES + PEOPLE, adopted(generous(15)), BEGUN, AN_HOUR, known)
    assert told.when(ApproveService(record=RECORD)).then_recorded(ServiceApproved).service == resting()
    stricter = adopted(msgspec.structs.replace(generous(0), version=2))
    given(PLACES + PEOPLE, adopted(generous(15)), BEGUN, AN_HOUR, known, stricter).when(
        ApproveService(record=RECORD)
    ).then_refused(MoreThanPresent, wanted=75, present=60)


def test_a_visit_counts_once_but_again_when_that_is_taken_back():
    before = approved(ANN, counted(SATURDAY, 60), record="rec_before")
    before = msgspec.structs.replace(before, service=resting("rec_before"))
    attest = said(30)[1]
    told = given(WORLD, BEGUN, AN_HOUR, before).when(attest)
    told.then_refused(VisitCounted, record="rec_before")
    given(WORLD, BEGUN, AN_HOUR, before, reversed_(before)).when(attest).then_recorded(ServiceAttested)


@pytest.mark.parametrize("command", said(30), ids=["reported", "attested"])
def test_a_record_rests_on_a_visit_of_the_volunteers_own_that_is_over(command: Command):
    given(WORLD).when(command).then_refused(UnknownVisit, visit=VISIT)
    given(WORLD, BEGUN).when(command).then_refused(VisitNotOver, visit=VISIT)
    given(WORLD, BEGUN, abandoned(BEGUN)).when(command).then_refused(VisitNotOver, visit=VISIT)


def test_nobody_counts_another_volunteers_visit():
    for command in said(30, who=BOB):
        given(WORLD, BEGUN, AN_HOUR).when(command).then_refused(NotTheirVisit, visit=VISIT)
