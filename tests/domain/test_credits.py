"""Credits change hands: given, donated to a pool, granted from it; and never more than there are."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.commands import AlreadyRecorded, Command
from ledger.domain.communities import UnknownCommunity
from ledger.domain.credits import NotEnoughCredits, Purse, SameAccount, purse_of
from ledger.domain.events import Event, ServiceAttested
from ledger.domain.minutes import MOST_MINUTES
from ledger.domain.policies import NoPolicy
from ledger.domain.postings import postings
from ledger.domain.volunteer_state import NotInGoodStanding, NotRegistered
from tests.scenario import MONDAY, SUNDAY, TOMORROW, Background, given
from tests.stories_service import (
    DONATION,
    GIFT,
    GRANT,
    attested,
    counted,
    donate,
    donated,
    earned,
    gave,
    give,
    grant,
    granted,
    reverse,
    reversed_,
)
from tests.stories_world import (
    ANN,
    BOB,
    EVE,
    MILL,
    ORCHARD,
    PEOPLE,
    PLACES,
    WORLD,
    adopted,
    closed,
    merged,
    policy,
    reinstated,
    suspended,
    withdrew,
)

# --- giving ---------------------------------------------------------------------------------------------------------


def test_a_volunteer_gives_credits_to_another():
    given(WORLD, earned(ANN, 60)).when(give(ANN, BOB, 45), by=ANN).then(gave(ANN, BOB, 45, on=SUNDAY))


def test_a_volunteer_gives_all_there_is():
    given(WORLD, earned(ANN, 45)).when(give(ANN, BOB, 45)).then(gave(ANN, BOB, 45))


def test_nobody_gives_what_they_do_not_hold():
    given(WORLD, earned(ANN, 30)).when(give(ANN, BOB, 45)).then_refused(
        NotEnoughCredits, available=30, wanted=45
    )
    given(WORLD).when(give(ANN, BOB, 1)).then_refused(NotEnoughCredits, available=0)


def test_what_is_missing_is_told_as_people_say_it():
    refusal = given(WORLD, earned(ANN, 90)).when(give(ANN, BOB, 120)).then_refused(NotEnoughCredits)
    assert refusal.sentence("en") == "There are 1 h 30 min to spend, and 2 h are wanted."
    assert refusal.sentence("zh") == "余额不足：可用 1小时30分，需要 2小时。"


def test_what_was_given_is_gone():
    given(WORLD, earned(ANN, 60), gave(ANN, BOB, 45, gift="tra_first")).when(give(ANN, BOB, 16)).then_refused(
        NotEnoughCredits, available=15
    )


def test_what_was_received_can_be_given():
    given(WORLD, gave(BOB, ANN, 45, gift="tra_first")).when(give(ANN, BOB, 45)).then(gave(ANN, BOB, 45))


def test_what_was_granted_can_be_given():
    given(WORLD, granted(ANN, 20)).when(give(ANN, BOB, 20)).then(gave(ANN, BOB, 20))


def test_service_that_earns_no_credits_is_nothing_to_give():
    honoured = attested(ANN, counted(MONDAY, 60, earning=0))
    given(WORLD, honoured).when(give(ANN, BOB, 1)).then_refused(NotEnoughCredits)


def test_nobody_gives_to_themselves():
    given(WORLD, earned(ANN, 60)).when(give(ANN, ANN, 10)).then_refused(SameAccount)


def test_only_volunteers_give_and_receive():
    given(WORLD).when(give(EVE, BOB, 10)).then_refused(NotRegistered, volunteer=EVE)
    given(WORLD, earned(ANN, 60)).when(give(ANN, EVE, 10)).then_refused(NotRegistered, volunteer=EVE)


@pytest.mark.parametrize("who", [ANN, BOB])
def test_only_volunteers_in_good_standing_give_and_receive(who: str):
    for fact in (suspended(who, MONDAY), withdrew(who, MONDAY), suspended(who, SUNDAY)):
        given(WORLD, earned(ANN, 60), fact).when(give(ANN, BOB, 10)).then_refused(
            NotInGoodStanding, volunteer=who
        )


def test_what_the_giver_lacks_is_told_whoever_the_receiver_is():
    for facts in ((), (suspended(BOB, MONDAY),), (withdrew(BOB, MONDAY),)):
        given(WORLD, earned(ANN, 5), *facts).when(give(ANN, BOB, 10)).then_refused(NotEnoughCredits)
    given(WORLD, earned(ANN, 5)).when(give(ANN, "vol_nobody", 10)).then_refused(NotEnoughCredits)


def test_a_standing_to_come_does_not_stand_in_the_way_yet():
    given(WORLD, earned(ANN, 60), suspended(ANN, TOMORROW)).when(give(ANN, BOB, 10)).then(gave(ANN, BOB, 10))
    given(WORLD, earned(ANN, 60), suspended(ANN, MONDAY), reinstated(ANN, SUNDAY)).when(
        give(ANN, BOB, 10)
    ).then(gave(ANN, BOB, 10))


# --- donating and granting ------------------------------------------------------------------------------------------


def test_a_volunteer_donates_to_a_communitys_pool():
    given(WORLD, earned(ANN, 60)).when(donate(ANN, 60, to=ORCHARD), by=ANN).then(donated(ANN, 60, to=ORCHARD))


def test_nobody_donates_what_they_do_not_hold():
    given(WORLD, earned(ANN, 30)).when(donate(ANN, 31)).then_refused(NotEnoughCredits, available=30)


def test_nobody_donates_to_a_community_that_is_not_there():
    given(WORLD, earned(ANN, 60)).when(donate(ANN, 10, to="com_never")).then_refused(UnknownCommunity)
    for gone in (closed(MILL), merged(MILL, into=ORCHARD)):
        given(WORLD, earned(ANN, 60), gone).when(donate(ANN, 10)).then_refused(UnknownCommunity)


def test_only_a_volunteer_in_good_standing_donates():
    given(WORLD).when(donate(EVE, 10)).then_refused(NotRegistered)
    given(WORLD, earned(ANN, 60), suspended(ANN, MONDAY)).when(donate(ANN, 10)).then_refused(
        NotInGoodStanding
    )


def test_a_community_grants_from_its_pool():
    given(WORLD, donated(ANN, 60)).when(grant(BOB, 60)).then(granted(BOB, 60))


def test_a_community_grants_no_more_than_was_donated():
    given(WORLD, donated(ANN, 60)).when(grant(BOB, 61)).then_refused(NotEnoughCredits, available=60)
    given(WORLD).when(grant(BOB, 1)).then_refused(NotEnoughCredits, available=0)
    given(WORLD, donated(ANN, 60), granted(ANN, 50, grant="gra_first")).when(grant(BOB, 11)).then_refused(
        NotEnoughCredits, available=10
    )


def test_every_pool_is_its_own():
    with pytest.raises(AssertionError, match="does not depend on"):
        given(WORLD, donated(ANN, 60, to=ORCHARD)).when(grant(BOB, 10, out_of=MILL))


@pytest.mark.parametrize("end", [closed(MILL), merged(MILL, into=ORCHARD)], ids=["closed", "merged"])
def test_what_was_donated_can_be_granted_after_the_community_ended(end: Event):
    given(WORLD, donated(ANN, 60), end).when(grant(BOB, 60)).then(granted(BOB, 60))


def test_only_a_community_that_is_or_was_grants():
    given(WORLD).when(grant(BOB, 10, out_of="com_never")).then_refused(UnknownCommunity)


def test_only_a_volunteer_in_good_standing_is_granted_credits():
    given(WORLD, donated(ANN, 60)).when(grant(EVE, 10)).then_refused(NotRegistered)
    given(WORLD, donated(ANN, 60), withdrew(BOB, MONDAY)).when(grant(BOB, 10)).then_refused(NotInGoodStanding)


# --- once, and within bounds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "command", "movement"),
    [
        (gave(ANN, BOB, 10), give(ANN, BOB, 10), GIFT),
        (donated(ANN, 10), donate(ANN, 10), DONATION),
        (granted(BOB, 10), grant(BOB, 10), GRANT),
        (gave(BOB, EVE, 10), give(ANN, BOB, 10), GIFT),
        (donated(BOB, 10, to=ORCHARD), donate(ANN, 10), DONATION),
        (granted(EVE, 10, out_of=ORCHARD), grant(BOB, 10), GRANT),
    ],
)
def test_a_movement_is_recorded_once_under_its_id(fact: Event, command: Command, movement: str):
    given(WORLD, fact).when(command).then_refused(AlreadyRecorded, id=movement)


@pytest.mark.parametrize("minutes", [0, -1, MOST_MINUTES + 1, 2**63, 2**64 - 1])
def test_a_movement_carries_one_minute_to_a_thousand_million(minutes: int):
    for command in (give(ANN, BOB, minutes), donate(ANN, minutes), grant(BOB, minutes)):
        given().when(command).then_malformed("minutes")
    assert (
        given(WORLD, gave(BOB, ANN, MOST_MINUTES, gift="tra_first")).when(give(ANN, BOB, MOST_MINUTES)).events
    )


# --- the floor ------------------------------------------------------------------------------------------------------


def test_a_policy_may_let_an_account_go_below_zero_down_to_its_floor():
    lenient = adopted(policy(floor=-60))
    given(PLACES, PEOPLE, lenient).when(give(ANN, BOB, 60)).then(gave(ANN, BOB, 60))
    given(PLACES, PEOPLE, lenient).when(give(ANN, BOB, 61)).then_refused(NotEnoughCredits, available=60)
    given(PLACES, PEOPLE, lenient, earned(ANN, 30)).when(donate(ANN, 91)).then_refused(
        NotEnoughCredits, available=90
    )


def test_the_floor_is_that_of_the_policy_in_force_today():
    lenient = adopted(policy(floor=-60), TOMORROW)
    given(WORLD, lenient).when(give(ANN, BOB, 10), today=SUNDAY).then_refused(NotEnoughCredits)
    given(WORLD, lenient).when(give(ANN, BOB, 10), today=TOMORROW).then(gave(ANN, BOB, 10, on=TOMORROW))


def test_nothing_is_spent_without_a_policy():
    given(PLACES, PEOPLE, earned(ANN, 60)).when(give(ANN, BOB, 10)).then_refused(NoPolicy, day="2026-03-08")


def test_a_reversal_takes_an_account_below_zero_and_spending_waits_until_it_is_not():
    first = earned(ANN, 60)
    spent = gave(ANN, BOB, 45, gift="tra_first")
    given(first).when(reverse("rec_earned")).then(reversed_(first))
    below = WORLD, first, spent, reversed_(first)
    assert held(ANN, first, spent, reversed_(first)) == -45
    for command in (give(ANN, BOB, 1), donate(ANN, 1)):
        given(*below).when(command).then_refused(NotEnoughCredits, available=0, wanted=1)
        given(*below, earned(ANN, 45, record="rec_second")).when(command).then_refused(NotEnoughCredits)
        assert given(*below, earned(ANN, 46, record="rec_second")).when(command).events


def test_what_was_given_away_is_not_taken_back_from_who_has_it():
    first, spent = earned(ANN, 60), gave(ANN, BOB, 45, gift="tra_first")
    given(WORLD, spent).when(give(BOB, ANN, 45)).then(gave(BOB, ANN, 45))
    assert held(BOB, first, spent, reversed_(first)) == 45


def held(who: str, *facts: Event) -> int:
    """What a volunteer's account holds, as a command sees it."""
    line = purse_of(volunteer_account(who))
    purse = Purse(line.about)
    for fact in facts:
        if line.cover(fact):
            purse.see(fact)
    return purse.minutes


# --- any order ------------------------------------------------------------------------------------------------------

wishes = st.tuples(
    st.sampled_from(["earn", "give", "donate", "grant", "take back"]),
    st.sampled_from([(ANN, BOB), (BOB, ANN)]),
    st.integers(1, 100),
)


@for_all(st.lists(wishes, max_size=20))
def test_whoever_spends_whatever_no_spending_leaves_an_account_below_its_floor(
    wanted: list[tuple[str, tuple[str, str], int]],
):
    facts: list[Event] = []
    for number, (what, (who, other), minutes) in enumerate(wanted):
        past = Background(tuple(facts))
        held_before = balances(facts)
        match what:
            case "earn":
                facts.append(earned(who, minutes, record=f"rec_no{number}"))
                continue
            case "take back":
                facts += [reversed_(fact) for fact in facts[-1:] if isinstance(fact, ServiceAttested)]
                continue
            case "give":
                source, command = volunteer_account(who), give(who, other, minutes, gift=f"tra_no{number}")
            case "donate":
                source, command = volunteer_account(who), donate(who, minutes, donation=f"don_no{number}")
            case _:
                source, command = pool_account(MILL), grant(other, minutes, grant=f"gra_no{number}")
        told = given(WORLD, past).when(command)
        assert bool(told.events) == (held_before.get(source, 0) >= minutes)
        facts += told.events
    assert sum(balances(facts).values()) == 0
    assert balances(facts).get(pool_account(MILL), 0) >= 0


def balances(facts: list[Event]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for fact in facts:
        for line in postings(fact):
            sums[line.account] = sums.get(line.account, 0) + line.minutes
    return sums
