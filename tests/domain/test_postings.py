"""Postings: how minutes move, as a pure function of one fact."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.events import CountedDay, CountedService, Event, RedemptionPlaced, ServiceReversed
from ledger.domain.minutes import MINUTES_A_DAY, MOST_MINUTES
from ledger.domain.postings import MOVING, Posting, ServiceLine, add_up, no_sums, postings, service_lines
from tests.scenario import MONDAY, SUNDAY, TUESDAY
from tests.stories_redemptions import (
    ORDER,
    RICE,
    cancelled,
    expired,
    fulfilled,
    offer_closed,
    placed,
    published,
    restocked,
    returned,
)
from tests.stories_service import (
    approved,
    attested,
    counted,
    declined,
    donated,
    gave,
    granted,
    reported,
    reversed_,
    served,
)
from tests.stories_world import (
    ANN,
    BOB,
    HERONS,
    MILL,
    ORCHARD,
    WORLD,
    joined,
    left,
    moved,
    reinstated,
    suspended,
    withdrew,
)

NIGHT = counted(MONDAY, 60, MILL, team=HERONS, earning=30), counted(TUESDAY, 90, ORCHARD, earning=45)

IDLE: list[Event] = [
    *WORLD.facts,
    moved(ANN, to=ORCHARD),
    suspended(ANN),
    reinstated(ANN),
    withdrew(ANN),
    joined(ANN),
    left(ANN),
    reported(ANN, served(MONDAY, 60)),
    declined(ANN),
    published(),
    restocked(1),
    offer_closed(),
]

communities = st.sampled_from([MILL, ORCHARD])
counted_days = st.builds(
    counted,
    st.dates(MONDAY, MONDAY + timedelta(days=6)),
    st.integers(1, MINUTES_A_DAY),
    communities,
    team=st.sampled_from([None, HERONS]),
    earning=st.integers(0, MOST_MINUTES),
)
services = st.lists(counted_days, min_size=1, max_size=7).map(tuple)
counting = services.flatmap(
    lambda days: st.sampled_from(
        [attested(ANN, *days), approved(ANN, *days), reversed_(attested(ANN, *days))]
    )
)
amounts = st.integers(1, MOST_MINUTES)
moving = st.one_of(
    st.builds(gave, st.just(ANN), st.just(BOB), amounts),
    st.builds(donated, st.just(ANN), amounts, to=communities),
    st.builds(granted, st.just(BOB), amounts, out_of=communities),
)
holding = st.builds(placed, st.just(ANN), st.just(1), price=amounts)
redeeming = holding.flatmap(
    lambda held: st.sampled_from([held, *(step(held) for step in (fulfilled, cancelled, expired, returned))])
)


def added_up(fact: Event) -> tuple[dict[str, int], dict[str, int]]:
    """Service minutes by volunteer and credits by account, of those that some were added to."""
    sums = no_sums()
    add_up(type(fact), [fact], sums)
    credits = Counter[str](sums.moved)
    credits.update(
        {f"volunteer:{volunteer}": earned for volunteer, (_, earned) in sums.own.items() if earned}
    )
    credits.subtract({f"issuance:{community}": issued for community, issued in sums.issued.items()})
    return {volunteer: served for volunteer, (served, _) in sums.own.items()}, dict(credits)


# --- credits --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", [attested(ANN, *NIGHT), approved(ANN, *NIGHT)], ids=["attested", "approved"])
def test_a_community_issues_what_its_volunteer_earns_day_by_day(fact: Event):
    assert postings(fact) == (
        Posting("issuance:com_mill", -30, MONDAY),
        Posting("volunteer:vol_ann", 30, MONDAY),
        Posting("issuance:com_orchard", -45, TUESDAY),
        Posting("volunteer:vol_ann", 45, TUESDAY),
    )


def test_a_reversal_moves_everything_back_on_the_days_that_it_undoes():
    assert postings(reversed_(attested(ANN, *NIGHT))) == (
        Posting("issuance:com_mill", 30, MONDAY),
        Posting("volunteer:vol_ann", -30, MONDAY),
        Posting("issuance:com_orchard", 45, TUESDAY),
        Posting("volunteer:vol_ann", -45, TUESDAY),
    )


def test_a_day_that_earned_nothing_has_no_posting():
    assert postings(attested(ANN, counted(MONDAY, 60, earning=0))) == ()


def test_what_is_given_leaves_one_account_for_the_other():
    assert postings(gave(ANN, BOB, 45)) == (
        Posting("volunteer:vol_ann", -45, SUNDAY),
        Posting("volunteer:vol_bob", 45, SUNDAY),
    )
    assert postings(donated(ANN, 45, to=MILL)) == (
        Posting("volunteer:vol_ann", -45, SUNDAY),
        Posting("pool:com_mill", 45, SUNDAY),
    )
    assert postings(granted(BOB, 45, out_of=MILL)) == (
        Posting("pool:com_mill", -45, SUNDAY),
        Posting("volunteer:vol_bob", 45, SUNDAY),
    )


def test_a_redemption_is_held_until_it_is_spent_or_released():
    held = placed(ANN, 3, price=30)
    assert postings(held) == (
        Posting("volunteer:vol_ann", -90, TUESDAY),
        Posting(f"held:{ORDER}", 90, TUESDAY),
    )
    assert postings(fulfilled(held)) == (
        Posting(f"held:{ORDER}", -90, SUNDAY),
        Posting(f"redeemed:{RICE}", 90, SUNDAY),
    )
    for release in (cancelled, expired):
        assert postings(release(held)) == (
            Posting(f"held:{ORDER}", -90, SUNDAY),
            Posting("volunteer:vol_ann", 90, SUNDAY),
        )
    assert postings(returned(held)) == (
        Posting(f"redeemed:{RICE}", -90, SUNDAY),
        Posting("volunteer:vol_ann", 90, SUNDAY),
    )


@for_all(holding)
def test_whatever_becomes_of_a_redemption_nothing_stays_held(held: RedemptionPlaced):
    for way in ([fulfilled], [cancelled], [expired], [fulfilled, returned]):
        sums: dict[str, int] = {}
        for fact in (held, *(step(held) for step in way)):
            for line in postings(fact):
                sums[line.account] = sums.get(line.account, 0) + line.minutes
        assert sums[f"held:{ORDER}"] == 0
        assert sums["volunteer:vol_ann"] == (-held.minutes if way == [fulfilled] else 0)


def test_every_kind_of_fact_that_moves_credits_is_listed():
    """Purses, balances and statements see these kinds and no other."""
    record, held = attested(ANN, *NIGHT), placed()
    facts: list[Event] = [record, approved(ANN, *NIGHT), reversed_(record)]
    facts += [gave(ANN, BOB, 45), donated(ANN, 45), granted(BOB, 45)]
    facts += [held, fulfilled(held), cancelled(held), expired(held), returned(held)]
    assert all(postings(fact) for fact in facts)
    assert {type(fact) for fact in facts} == MOVING
    assert not {type(fact) for fact in IDLE} & MOVING


@pytest.mark.parametrize("fact", IDLE, ids=lambda fact: type(fact).__name__)
def test_nothing_else_moves_minutes(fact: Event):
    assert postings(fact) == ()
    assert service_lines(fact) == ()
    assert added_up(fact) == ({}, {})


@for_all(counting | moving | redeeming)
def test_postings_sum_to_zero(fact: Event):
    assert sum(line.minutes for line in postings(fact)) == 0
    for day in {line.day for line in postings(fact)}:
        assert sum(line.minutes for line in postings(fact) if line.day == day) == 0
    assert all(line.minutes for line in postings(fact))


@for_all(services, st.sampled_from([attested, approved]))
def test_a_record_and_its_reversal_cancel_on_every_account_and_day(days: tuple[CountedDay, ...], kind: type):
    fact = kind(ANN, *days)
    sums: dict[tuple[str, date], int] = {}
    for line in (*postings(fact), *postings(reversed_(fact))):
        sums[line.account, line.day] = sums.get((line.account, line.day), 0) + line.minutes
    assert set(sums.values()) <= {0}


# --- service minutes ------------------------------------------------------------------------------------------------


def test_service_minutes_bear_all_they_are_counted_by():
    first, second = service_lines(attested(ANN, *NIGHT))
    assert first == ServiceLine(
        volunteer=ANN,
        day=MONDAY,
        minutes=60,
        records=1,
        community=MILL,
        team=HERONS,
        programme="Science Windmill",
        hosted_by=None,
    )
    assert (second.day, second.minutes, second.community, second.team) == (TUESDAY, 90, ORCHARD, None)


def test_a_record_across_midnight_is_one_visit():
    assert [line.records for line in service_lines(attested(ANN, *NIGHT))] == [1, 0]
    assert [line.records for line in service_lines(reversed_(attested(ANN, *NIGHT)))] == [-1, 0]


@for_all(counting)
def test_service_minutes_are_those_of_the_days_and_never_depend_on_credits(fact: CountedService):
    sign = -1 if isinstance(fact, ServiceReversed) else 1
    lines = service_lines(fact)
    assert [(line.day, line.minutes) for line in lines] == [
        (day.day, sign * day.minutes) for day in fact.days
    ]
    assert sum(line.records for line in lines) == sign


@for_all(moving | redeeming)
def test_credits_that_change_hands_are_no_service(fact: Event):
    assert service_lines(fact) == ()


# --- both -----------------------------------------------------------------------------------------------------------


@for_all(counting | moving | redeeming)
def test_a_fact_adds_up_to_what_its_lines_add_up_to(fact: Event):
    service, credits = defaultdict[str, int](int), defaultdict[str, int](int)
    for line in service_lines(fact):
        service[line.volunteer] += line.minutes
    for posting in postings(fact):
        credits[posting.account] += posting.minutes
    assert added_up(fact) == (service, credits)
