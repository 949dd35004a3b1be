"""Which outside body is attached to which community, and when."""

from datetime import date

import pytest
from hypothesis import given as for_all

from ledger.domain.commands import AlreadyRecorded
from ledger.domain.communities import UnknownCommunity
from ledger.domain.organisations import AlreadyAttached
from ledger.domain.stays import DoesNotHold, EmptyTime
from tests.scenario import FRIDAY, MONDAY, NEW_YEAR, SATURDAY, SUNDAY, THURSDAY, TUESDAY, WEDNESDAY, given
from tests.stays import Kind, Wish, wishes_for
from tests.stories_appointments import ATTACHMENT, CLINIC, SCHOOL, attach, attached, detach, detached
from tests.stories_world import MILL, ORCHARD, WORLD, closed, merged

OTHER = "att_other"


def test_an_organisation_is_attached_to_a_community():
    given(WORLD).when(attach()).then(attached(on=SUNDAY))
    given(WORLD).when(attach(on=MONDAY, until=FRIDAY)).then(attached(on=MONDAY, until=FRIDAY))


@pytest.mark.parametrize("until", [MONDAY, NEW_YEAR])
def test_an_attachment_has_at_least_one_day(until: date):
    given(WORLD).when(attach(on=MONDAY, until=until)).then_refused(EmptyTime, until=until.isoformat())


def test_an_organisation_is_attached_to_an_open_community():
    given(WORLD).when(attach(to="com_none")).then_refused(UnknownCommunity)
    given(WORLD, closed(MILL)).when(attach()).then_refused(UnknownCommunity, community=MILL)
    given(WORLD, merged(MILL, into=ORCHARD)).when(attach()).then_refused(UnknownCommunity)


def test_the_id_of_an_attachment_is_used_once():
    given(WORLD, attached(CLINIC, ORCHARD)).when(attach(SCHOOL)).then_refused(AlreadyRecorded, id=ATTACHMENT)
    given(WORLD, attached(), detached()).when(attach()).then_refused(AlreadyRecorded, id=ATTACHMENT)


def test_an_organisation_is_attached_to_a_community_once_at_a_time():
    given(WORLD, attached()).when(attach(attachment=OTHER)).then_refused(
        AlreadyAttached, organisation=SCHOOL, community=MILL
    )
    given(WORLD, attached(), detached(on=FRIDAY)).when(attach(on=THURSDAY, attachment=OTHER)).then_refused(
        AlreadyAttached
    )
    given(WORLD, attached(), detached(on=FRIDAY)).when(attach(on=FRIDAY, attachment=OTHER)).then(
        attached(on=FRIDAY, attachment=OTHER)
    )


def test_an_organisation_is_attached_to_several_communities():
    given(WORLD, attached(to=MILL)).when(attach(to=ORCHARD, attachment=OTHER)).then(
        attached(to=ORCHARD, on=SUNDAY, attachment=OTHER)
    )


def test_an_organisation_is_detached():
    given(attached()).when(detach()).then(detached())
    given(attached(on=MONDAY, until=SATURDAY)).when(detach(MONDAY)).then(detached(on=MONDAY))


def test_an_organisation_is_detached_whatever_became_of_the_community():
    assert [line.about for line in detach().boundary()] == [f"attachment:{ATTACHMENT}"]


def test_an_attachment_that_does_not_hold_is_not_ended():
    given().when(detach()).then_refused(DoesNotHold, id=ATTACHMENT, day=SUNDAY.isoformat())
    given(attached(on=TUESDAY)).when(detach(MONDAY)).then_refused(DoesNotHold)
    given(attached(on=MONDAY, until=FRIDAY)).when(detach(FRIDAY)).then_refused(DoesNotHold)


def test_an_attachment_ends_once_but_may_turn_out_to_have_ended_earlier():
    ended = given(attached(), detached(on=WEDNESDAY))
    ended.when(detach(WEDNESDAY)).then_refused(DoesNotHold)
    ended.when(detach(FRIDAY)).then_refused(DoesNotHold)
    ended.when(detach(TUESDAY)).then(detached(on=TUESDAY))


# --- any order ------------------------------------------------------------------------------------------------------

ATTACHMENTS = Kind(
    begin=lambda wish, attachment: attach(
        SCHOOL, wish.what, wish.since, until=wish.until, attachment=attachment
    ),
    end=lambda attachment, day: detach(day, attachment=attachment),
    identifier="attachment",
    what="community",
)


@for_all(wishes_for(MILL, ORCHARD))
def test_however_attachments_are_recorded_nothing_is_attached_twice_on_a_day(wishes: list[Wish]):
    ATTACHMENTS.play(wishes)
