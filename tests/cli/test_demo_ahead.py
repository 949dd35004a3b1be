"""What the demo leaves to sign up for and to decide on, once its year has been told."""

from collections import Counter
from typing import Any

import pytest

from ledger.demo.story import LAST
from ledger.domain.events import (
    CommunityEstablished,
    ServiceApproved,
    ServiceDeclined,
    ServiceReported,
    ShiftPublished,
    VolunteerRegistered,
    VolunteerSignedUp,
)
from tests.cli.conftest import small_year
from tests.cli.test_demo_year import facts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return small_year(tmp_path_factory)


def test_months_to_come_have_shifts_with_places_in_every_town(year: dict[str, Any]):
    towns = {fact.community: fact.parent for fact in facts(year, CommunityEstablished)}
    planned = [fact for fact in facts(year, ShiftPublished) if fact.on > LAST]
    taken = Counter(fact.shift for fact in facts(year, VolunteerSignedUp))
    for shift in planned:
        assert 0 <= taken[shift.shift] < sum(wanted.places for wanted in shift.roles)
    a_month = Counter((towns[shift.community], shift.on.strftime("%Y-%m")) for shift in planned)
    assert set(a_month.values()) == {2}
    months = {month for _, month in a_month}
    assert (len(months), min(months), max(months)) == (16, "2026-09", "2027-12")
    assert len(a_month) == 12 * 16


def test_records_of_every_town_await_a_decision(year: dict[str, Any]):
    decided = {fact.service.record for fact in facts(year, ServiceApproved)}
    decided |= {fact.record for fact in facts(year, ServiceDeclined)}
    above = {fact.community: fact.parent for fact in facts(year, CommunityEstablished)}
    homes = {fact.volunteer: fact.community for fact in facts(year, VolunteerRegistered)}
    pending = [fact.service for fact in facts(year, ServiceReported) if fact.service.record not in decided]
    assert len({above[homes[service.volunteer]] for service in pending}) == 12
    assert 12 <= len(pending) <= 30
