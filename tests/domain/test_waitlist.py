"""The waitlist: first come, first promoted, if they are in good standing and free then."""

from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain.commands import Command
from ledger.domain.events import Event, RolePlaces, SignUpEvent, SignUpPromoted, VolunteerSignedUp
from ledger.domain.shift_state import ShiftCalledOff, ShiftOver, ShiftSoFar, UnknownShift
from ledger.domain.sign_ups import ShiftFull, WithdrawSignUp
from ledger.domain.waitlist import FillPlaces, NobodyToPromote
from tests.scenario import SATURDAY, Background, given
from tests.stories_shifts import (
    ACTIVITIES,
    CROWD,
    DAN,
    EARLIER,
    EVENING,
    FAY,
    GUS,
    MORNING,
    NINE,
    NOON,
    at,
    cancelled,
    gave_up,
    missed,
    placed,
    promoted,
    shift,
    sign,
    signed_up,
    waits,
)
from tests.stories_world import ANN, BOB, WORLD, registered, reinstated, suspended, withdrew

HERE = WORLD + ACTIVITIES + CROWD
FULL = shift(waitlist=3)
QUEUE = (FULL, signed_up(ANN, FULL), waits(BOB, FULL), waits(DAN, FULL))
OTHER = shift(EVENING, at(SATURDAY, 11), at(SATURDAY, 13))


def withdraw(who: str = ANN) -> WithdrawSignUp:
    return WithdrawSignUp(sign_up=f"sig_{who[4:]}")


def test_who_finds_no_place_waits_behind_the_others():
    given(HERE, *QUEUE).when(sign(FAY), now=EARLIER).then(waits(FAY, FULL))


def test_a_waitlist_has_an_end():
    given(HERE, *QUEUE, waits(FAY, FULL)).when(sign(GUS), now=EARLIER).then_refused(ShiftFull)


def test_a_place_given_up_goes_to_the_first_who_waits_in_the_same_append():
    given(HERE, *QUEUE).when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(BOB, FULL))


def test_who_is_taken_then_is_passed_over():
    busy = signed_up(BOB, OTHER, as_="sig_other")
    given(HERE, *QUEUE, busy).when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(DAN, FULL))


def test_who_is_not_in_good_standing_then_is_passed_over():
    told = given(HERE, *QUEUE, suspended(BOB, on=SATURDAY))
    told.when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(DAN, FULL))
    told = given(HERE, *QUEUE, withdrew(BOB, on=SATURDAY))
    told.when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(DAN, FULL))
    back = given(HERE, *QUEUE, suspended(BOB, on=SATURDAY), reinstated(BOB, on=SATURDAY))
    back.when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(BOB, FULL))


def test_a_no_show_who_gives_up_once_the_clock_was_put_back_leaves_the_place_to_who_waits():
    absent = given(HERE, FULL, signed_up(ANN, FULL), waits(BOB, FULL), missed(ANN, FULL))
    absent.when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL), promoted(BOB, FULL))


def test_a_place_stays_free_if_nobody_who_waits_can_come():
    busy = [signed_up(who, OTHER, as_=f"sig_{who[4:]}2") for who in (BOB, DAN)]
    given(HERE, *QUEUE, *busy).when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL))


def test_a_place_goes_to_who_waits_for_that_role():
    both = shift(waitlist=3, more=(RolePlaces(role="usher", places=1),))
    given(HERE, both, signed_up(ANN, both), waits(BOB, both, "usher"), waits(DAN, both)).when(
        withdraw(), now=EARLIER
    ).then(gave_up(ANN, both), promoted(DAN, both))


def test_a_place_beyond_those_there_are_goes_to_nobody():
    given(HERE, *QUEUE, placed(FAY, FULL)).when(withdraw(), now=EARLIER).then(gave_up(ANN, FULL))


def test_who_waits_and_can_come_goes_before_a_newcomer():
    """Bob was taken when the place became free, and is no more: a newcomer does not overtake him."""
    passed = (
        *(FULL, signed_up(ANN, FULL), waits(BOB, FULL)),
        *(signed_up(BOB, OTHER, as_="sig_other"), gave_up(ANN, FULL)),
    )
    given(HERE, *passed).when(sign(DAN), now=EARLIER).then(signed_up(DAN, FULL))
    free_again = gave_up(BOB, OTHER, as_="sig_other")
    given(HERE, *passed, free_again).when(sign(DAN), now=EARLIER).then(promoted(BOB, FULL), waits(DAN, FULL))


def test_a_coordinator_fills_what_is_free_from_the_waitlist():
    both = shift(places=2, waitlist=3)
    so_far = given(HERE, both, waits(BOB, both), waits(DAN, both), waits(FAY, both))
    so_far.when(FillPlaces(shift=MORNING), now=EARLIER).then(promoted(BOB, both), promoted(DAN, both))
    given(HERE, *QUEUE).when(FillPlaces(shift=MORNING), now=EARLIER).then_refused(NobodyToPromote)


def test_only_a_shift_to_come_is_filled():
    fill = FillPlaces(shift=MORNING)
    given(HERE).when(fill, now=EARLIER).then_refused(UnknownShift)
    given(HERE, FULL, cancelled(FULL)).when(fill, now=EARLIER).then_refused(ShiftCalledOff)
    given(HERE, FULL, waits(BOB, FULL)).when(fill, now=NOON).then_refused(ShiftOver)
    given(HERE, FULL, waits(BOB, FULL)).when(fill, now=NINE).then(promoted(BOB, FULL))


PEOPLE = [f"vol_p{number:02}" for number in range(8)]
TOWN = WORLD + ACTIVITIES + Background(tuple(map(registered, PEOPLE)))
wishes = st.lists(st.tuples(st.sampled_from(PEOPLE), st.booleans()), max_size=40)


@for_all(st.integers(1, 3), st.integers(0, 4), wishes)
def test_however_people_come_and_go_no_place_is_given_twice_and_nobody_is_overtaken(
    places: int, most: int, told: list[tuple[str, bool]]
):
    which = shift(places=places, waitlist=most)
    roster = ShiftSoFar(f"shift:{MORNING}")
    roster.see(which)
    facts: list[Event] = [which]
    ids: dict[str, str] = {}
    for number, (who, comes) in enumerate(told):
        if comes:
            command: Command = sign(who, as_=f"sig_{number:03}")
        elif who in ids:
            command = WithdrawSignUp(sign_up=ids[who])
        else:
            continue
        first = next(iter(roster.waiting.values()), None)
        outcome = given(TOWN, Background(tuple(facts))).when(command, now=EARLIER)
        for event in outcome.events:
            assert isinstance(event, SignUpEvent)
            if isinstance(event, SignUpPromoted):
                assert first is not None
                assert event.sign_up == first.sign_up
            if isinstance(event, VolunteerSignedUp):
                assert first is None
            roster.see(event)
            ids[event.volunteer] = event.sign_up
            facts.append(event)
        assert len(roster.placed) <= places
        assert len(roster.waiting) <= most
        assert not roster.waiting or len(roster.placed) == places
        assert len({one.volunteer for one in (*roster.placed.values(), *roster.waiting.values())}) == len(
            roster.placed
        ) + len(roster.waiting)
