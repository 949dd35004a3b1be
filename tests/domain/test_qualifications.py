"""Age bands and skills: what shifts may ask of a volunteer."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain import tags
from ledger.domain.commands import Command, Refusal
from ledger.domain.events import AgeBand, Event
from ledger.domain.qualifications import (
    AlreadySo,
    ConsentMissing,
    EndSkill,
    NoSuchSkill,
    NoteAgeBand,
    NotEligible,
    Qualifications,
    RecogniseSkill,
)
from ledger.domain.stays import EmptyTime
from ledger.domain.volunteer_state import NotRegistered, TooEarly
from tests.scenario import (
    FRIDAY,
    MONDAY,
    NEW_YEAR,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    given,
    refuse_unspeakable,
)
from tests.stories_activities import band_noted, skill_ended, skill_recognised
from tests.stories_world import ANN, EVE, WORLD

ADULT, MINOR, CONSENTED = AgeBand.ADULT, AgeBand.MINOR, AgeBand.CONSENTED_MINOR
AID, SIGNS = "first-aid", "sign-language"
WEEK = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY]

to_be_noted = pytest.mark.parametrize(
    "make",
    [
        lambda who, day: NoteAgeBand(volunteer=who, band=ADULT, day=day),
        lambda who, day: RecogniseSkill(volunteer=who, skill=AID, day=day),
        lambda who, day: EndSkill(volunteer=who, skill=AID, day=day),
    ],
    ids=["NoteAgeBand", "RecogniseSkill", "EndSkill"],
)


def known(*facts: Event) -> Qualifications:
    """What is noted of Ann."""
    noted = Qualifications(tags.about(ANN))
    for fact in facts:
        noted.see(fact)
    return noted


def recognise(on: date | None = None, *, skill: str = AID, until: date | None = None) -> RecogniseSkill:
    return RecogniseSkill(volunteer=ANN, skill=skill, day=on, until=until)


def end(on: date | None = None, *, skill: str = AID) -> EndSkill:
    return EndSkill(volunteer=ANN, skill=skill, day=on)


def note(band: AgeBand, on: date | None = None) -> NoteAgeBand:
    return NoteAgeBand(volunteer=ANN, band=band, day=on)


# --- age bands ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("band", AgeBand)
def test_an_age_band_is_noted(band: AgeBand):
    given(WORLD).when(note(band)).then(band_noted(ANN, band))
    given(WORLD).when(note(band, MONDAY)).then(band_noted(ANN, band, MONDAY))


def test_an_age_band_that_is_known_is_not_noted_again():
    minor = given(WORLD, band_noted(ANN, MINOR, MONDAY))
    minor.when(note(MINOR, MONDAY)).then_refused(AlreadySo, volunteer=ANN)
    minor.when(note(MINOR)).then_refused(AlreadySo, volunteer=ANN)
    minor.when(note(CONSENTED)).then(band_noted(ANN, CONSENTED))


def test_an_age_band_may_turn_out_to_have_held_earlier():
    given(WORLD, band_noted(ANN, ADULT, FRIDAY)).when(note(ADULT, MONDAY)).then(
        band_noted(ANN, ADULT, MONDAY)
    )


def test_the_age_band_of_a_day_is_the_last_noted_of_the_latest_day_up_to_it():
    noted = known(
        band_noted(ANN, ADULT, FRIDAY),
        band_noted(ANN, MINOR, MONDAY),
        band_noted(ANN, MINOR, WEDNESDAY),
        band_noted(ANN, CONSENTED, WEDNESDAY),
    )
    assert noted.band(NEW_YEAR) is None
    assert noted.band(MONDAY) is noted.band(TUESDAY) is MINOR
    assert noted.band(WEDNESDAY) is noted.band(THURSDAY) is CONSENTED
    assert noted.band(FRIDAY) is noted.band(SUNDAY) is ADULT


# --- skills ---------------------------------------------------------------------------------------------------------


def test_a_skill_is_recognised_from_a_day_on_or_until_another():
    given(WORLD).when(recognise()).then(skill_recognised(ANN))
    given(WORLD).when(recognise(MONDAY, until=TUESDAY)).then(skill_recognised(ANN, on=MONDAY, until=TUESDAY))


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_a_skill_counts_on_one_day_at_least(until: date):
    given(WORLD).when(recognise(MONDAY, until=until)).then_refused(
        EmptyTime, day=MONDAY.isoformat(), until=until.isoformat()
    )


def test_a_skill_that_is_known_is_not_recognised_again_while_it_counts():
    skilled = given(WORLD, skill_recognised(ANN, on=MONDAY, until=FRIDAY))
    for day in (MONDAY, THURSDAY):
        skilled.when(recognise(day)).then_refused(AlreadySo, volunteer=ANN)
    skilled.when(recognise(FRIDAY)).then(skill_recognised(ANN, on=FRIDAY))
    skilled.when(recognise(THURSDAY, skill=SIGNS)).then(skill_recognised(ANN, SIGNS, THURSDAY))


def test_a_skill_may_turn_out_to_have_been_there_earlier():
    given(WORLD, skill_recognised(ANN, on=FRIDAY)).when(recognise(MONDAY)).then(
        skill_recognised(ANN, on=MONDAY)
    )


def test_a_skill_is_ended():
    skilled = given(WORLD, skill_recognised(ANN, on=MONDAY))
    skilled.when(end()).then(skill_ended(ANN))
    skilled.when(end(MONDAY)).then(skill_ended(ANN, on=MONDAY))


def test_a_skill_that_does_not_count_on_a_day_is_not_ended_on_it():
    given(WORLD).when(end()).then_refused(NoSuchSkill, volunteer=ANN, skill=AID, day=SUNDAY.isoformat())
    given(WORLD, skill_recognised(ANN, SIGNS, MONDAY)).when(end(TUESDAY)).then_refused(
        NoSuchSkill, skill=AID, day=TUESDAY.isoformat()
    )
    bounded = given(WORLD, skill_recognised(ANN, on=TUESDAY, until=FRIDAY))
    bounded.when(end(MONDAY)).then_refused(NoSuchSkill)
    bounded.when(end(FRIDAY)).then_refused(NoSuchSkill)
    bounded.when(end(THURSDAY)).then(skill_ended(ANN, on=THURSDAY))


def test_the_end_of_a_skill_is_recorded_once_but_may_turn_out_to_have_been_earlier():
    ended = given(WORLD, skill_recognised(ANN, on=MONDAY), skill_ended(ANN, on=WEDNESDAY))
    ended.when(end(WEDNESDAY)).then_refused(NoSuchSkill)
    ended.when(end(FRIDAY)).then_refused(NoSuchSkill)
    ended.when(end(TUESDAY)).then(skill_ended(ANN, on=TUESDAY))


def test_a_skill_that_was_ended_may_be_recognised_again():
    ended = skill_recognised(ANN, on=MONDAY), skill_ended(ANN, on=WEDNESDAY)
    given(WORLD, *ended).when(recognise(WEDNESDAY)).then(skill_recognised(ANN, on=WEDNESDAY))


def test_a_skill_counts_from_its_first_day_until_not_including_another():
    noted = known(skill_recognised(ANN, on=TUESDAY, until=FRIDAY))
    assert [day for day in WEEK if noted.has(AID, day)] == [TUESDAY, WEDNESDAY, THURSDAY]
    assert not noted.has(SIGNS, WEDNESDAY)


def test_an_end_cuts_every_stretch_that_it_lies_in_and_no_other():
    noted = known(
        skill_recognised(ANN, on=WEDNESDAY),
        skill_recognised(ANN, on=MONDAY),
        skill_recognised(ANN, SIGNS, MONDAY),
        skill_recognised(ANN, on=SATURDAY),
        skill_ended(ANN, on=THURSDAY),
    )
    assert [day for day in WEEK if noted.has(AID, day)] == [MONDAY, TUESDAY, WEDNESDAY, SATURDAY, SUNDAY]
    assert all(noted.has(SIGNS, day) for day in WEEK)


def test_an_end_does_not_lengthen_a_stretch_that_was_over():
    noted = known(
        skill_recognised(ANN, on=MONDAY, until=TUESDAY),
        skill_recognised(ANN, on=WEDNESDAY),
        skill_ended(ANN, on=FRIDAY),
    )
    assert [day for day in WEEK if noted.has(AID, day)] == [MONDAY, WEDNESDAY, THURSDAY]


# --- who ------------------------------------------------------------------------------------------------------------


@to_be_noted
def test_nothing_is_noted_of_who_is_not_registered_by_then(make: Callable[[str, date | None], Command]):
    given(WORLD).when(make(EVE, None)).then_refused(NotRegistered, volunteer=EVE)
    eve = NEW_YEAR - timedelta(days=1)
    given(WORLD).when(make(ANN, eve)).then_refused(
        TooEarly, day=eve.isoformat(), registered=NEW_YEAR.isoformat()
    )


# --- what a shift asks for ------------------------------------------------------------------------------------------


def refused(
    noted: Qualifications, *, ages: tuple[AgeBand, ...] = (), skills: tuple[str, ...] = ()
) -> Refusal:
    """Why somebody may not serve on Wednesday on a shift that asks for these."""
    with pytest.raises(Refusal) as caught:
        noted.refuse_unfit(ages, skills, WEDNESDAY)
    refuse_unspeakable(caught.value)
    return caught.value


def test_a_shift_that_asks_for_nothing_takes_whoever_is_not_known_to_be_a_minor():
    known().refuse_unfit((), (), WEDNESDAY)
    known(band_noted(ANN, ADULT, MONDAY)).refuse_unfit((), (), WEDNESDAY)
    known(band_noted(ANN, CONSENTED, MONDAY)).refuse_unfit((), (), WEDNESDAY)


@pytest.mark.parametrize("ages", [(), (ADULT,), (MINOR,), (MINOR, CONSENTED)])
def test_a_minor_serves_with_a_guardians_consent_only(ages: tuple[AgeBand, ...]):
    refusal = refused(known(band_noted(ANN, MINOR, MONDAY)), ages=ages)
    assert type(refusal) is ConsentMissing
    assert refusal.details == {"volunteer": ANN}


def test_who_is_a_minor_no_more_or_not_yet_known_to_be_one_serves():
    known(band_noted(ANN, MINOR, MONDAY), band_noted(ANN, ADULT, WEDNESDAY)).refuse_unfit((), (), WEDNESDAY)
    known(band_noted(ANN, MINOR, THURSDAY)).refuse_unfit((), (), WEDNESDAY)


def test_a_shift_takes_any_of_the_age_bands_that_it_names():
    for band in (ADULT, CONSENTED):
        known(band_noted(ANN, band, WEDNESDAY)).refuse_unfit((ADULT, CONSENTED), (), WEDNESDAY)


def test_a_shift_takes_nobody_of_another_age_band_or_of_none():
    other = refused(known(band_noted(ANN, CONSENTED, MONDAY)), ages=(ADULT,))
    none = refused(known(band_noted(ANN, ADULT, THURSDAY)), ages=(ADULT,))
    assert type(other) is type(none) is NotEligible
    assert other.details == none.details == {"volunteer": ANN, "wanted": "adult"}


def test_a_shift_takes_who_has_every_skill_that_it_names():
    both = skill_recognised(ANN, AID, MONDAY), skill_recognised(ANN, SIGNS, WEDNESDAY)
    known(*both).refuse_unfit((), (AID, SIGNS), WEDNESDAY)
    refusal = refused(known(both[0]), skills=(AID, SIGNS))
    assert type(refusal) is NotEligible
    assert refusal.details == {"volunteer": ANN, "wanted": SIGNS}


def test_a_skill_is_asked_for_on_the_day_of_the_shift():
    over = skill_recognised(ANN, AID, MONDAY, until=WEDNESDAY)
    assert refused(known(over), skills=(AID,)).details == {"volunteer": ANN, "wanted": AID}
    assert refused(known(skill_recognised(ANN, AID, THURSDAY)), skills=(AID,)).details["wanted"] == AID


def test_age_bands_are_told_in_the_language_of_who_asked():
    """They were not: the Chinese sentence said "adult"."""
    refusal = refused(known(), ages=(ADULT, CONSENTED))
    assert refusal.details["wanted"] == "adult, minor-with-consent"
    assert refusal.sentence() == (
        "This shift asks for adult or minor-with-consent, which is not noted of vol_ann."
    )
    assert refusal.sentence("zh") == "该班次要求 成年人或已获监护人同意的未成年人，vol_ann 未登记符合此项。"
    minors = refused(known(), ages=(MINOR,))
    assert minors.sentence("zh") == "该班次要求 未成年人，vol_ann 未登记符合此项。"


def test_a_skill_is_told_by_its_code():
    refusal = refused(known(), skills=(AID,))
    assert refusal.sentence() == "This shift asks for first-aid, which is not noted of vol_ann."
    assert refusal.sentence("zh") == "该班次要求 first-aid，vol_ann 未登记符合此项。"


# --- any order ------------------------------------------------------------------------------------------------------


@for_all(
    st.lists(
        st.tuples(
            st.sampled_from(WEEK),
            st.one_of(
                st.sampled_from(AgeBand),
                st.tuples(st.sampled_from([AID, SIGNS]), st.none() | st.integers(1, 4)),
                st.sampled_from([AID, SIGNS]),
            ),
        ),
        max_size=10,
    )
)
def test_in_whatever_order_things_are_noted_the_last_word_on_a_day_holds_on_it(
    wanted: list[tuple[date, AgeBand | tuple[str, int | None] | str]],
):
    facts: list[Event] = []
    for day, what in wanted:
        if isinstance(what, AgeBand):
            facts += given(WORLD, *facts).when(note(what, day)).events
            assert known(*facts).band(day) is what
        elif isinstance(what, tuple):
            skill, length = what
            until = None if length is None else day + timedelta(days=length)
            facts += given(WORLD, *facts).when(recognise(day, skill=skill, until=until)).events
            assert known(*facts).has(skill, day)
        else:
            facts += given(WORLD, *facts).when(end(day, skill=what)).events
            assert not known(*facts).has(what, day)
