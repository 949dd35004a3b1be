"""Activities: occasions of service, from the announcement to what came of them."""

import msgspec
import pytest

from ledger.domain.activities import (
    CalledOff,
    CancelActivity,
    HeldAlready,
    PublishActivity,
    ReportActivity,
    ReviseActivity,
    ShiftsLeft,
    UnknownActivity,
)
from ledger.domain.commands import AlreadyRecorded, Command
from ledger.domain.communities import UnknownCommunity
from ledger.domain.events import Activity, Event
from ledger.domain.service import FutureDay
from ledger.domain.venues import NothingNew, UnknownVenue
from tests.scenario import FRIDAY, MONDAY, SATURDAY, SUNDAY, TOMORROW, given
from tests.stories_activities import (
    EVENING,
    GALLERY,
    NIGHT,
    SEASON,
    SHOW,
    STARS,
    activity_cancelled,
    activity_published,
    activity_reported,
    activity_revised,
    shift_cancelled,
    shift_published,
    stars,
    turnout,
    venue_closed,
)
from tests.stories_world import HILLS, MILL, ORCHARD, WORLD, closed, merged

INDOORS = stars(place="Gallery", venue=GALLERY, form="exhibition")

describing = pytest.mark.parametrize("kind", [PublishActivity, ReviseActivity])
of_an_activity = pytest.mark.parametrize(
    "command",
    [
        ReviseActivity(activity=stars(name="Stars"), day=FRIDAY),
        ReportActivity(activity=STARS, turnout=turnout()),
        CancelActivity(activity=STARS, reason="weather"),
    ],
    ids=lambda command: type(command).__name__,
)


# --- publishing -----------------------------------------------------------------------------------------------------


def test_an_activity_is_published_for_a_day():
    given(WORLD).when(PublishActivity(activity=stars(), day=TOMORROW)).then(activity_published(on=TOMORROW))


def test_an_activity_may_be_published_after_its_day():
    given(WORLD).when(PublishActivity(activity=stars(), day=MONDAY)).then(activity_published(on=MONDAY))


def test_an_activity_needs_neither_programme_nor_campaign_nor_audience_nor_venue_nor_anybody_in_charge():
    bare = stars(programme=None, campaign=None, audience=None, venue=None, in_charge=None)
    given(WORLD).when(PublishActivity(activity=bare, day=FRIDAY)).then(activity_published(bare))


def test_an_activity_is_held_at_a_venue_in_use():
    given(SEASON).when(PublishActivity(activity=stars(id=SHOW, venue=GALLERY), day=FRIDAY)).then(
        activity_published(stars(id=SHOW, venue=GALLERY))
    )


def test_an_activity_is_published_once():
    given(SEASON).when(PublishActivity(activity=stars(name="Other"), day=FRIDAY)).then_refused(
        AlreadyRecorded, id=STARS
    )


def test_the_id_of_a_cancelled_activity_is_never_used_again():
    given(SEASON, activity_cancelled()).when(PublishActivity(activity=stars(), day=FRIDAY)).then_refused(
        AlreadyRecorded, id=STARS
    )


def season(kind: type[Command]) -> tuple[Event, ...]:
    """What has happened before the activity is described."""
    return () if kind is PublishActivity else (activity_published(),)


@describing
def test_an_activity_is_hosted_by_an_open_community(kind: type[PublishActivity | ReviseActivity]):
    nowhere = kind(activity=stars(community="com_none"), day=FRIDAY)
    given(WORLD, *season(kind)).when(nowhere).then_refused(UnknownCommunity, community="com_none")
    elsewhere = kind(activity=stars(name="Stars"), day=FRIDAY)
    for end in (closed(MILL), merged(MILL, into=ORCHARD)):
        given(WORLD, *season(kind), end).when(elsewhere).then_refused(UnknownCommunity, community=MILL)


@describing
def test_an_activity_is_not_held_at_a_venue_that_is_not_in_use(kind: type[PublishActivity | ReviseActivity]):
    indoors = kind(activity=INDOORS, day=FRIDAY)
    given(WORLD, *season(kind)).when(indoors).then_refused(UnknownVenue, venue=GALLERY)
    if kind is ReviseActivity:
        given(SEASON, venue_closed()).when(indoors).then_refused(UnknownVenue, venue=GALLERY)


# --- describing anew ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("activity", [INDOORS, stars(community=HILLS), stars(in_charge=None)])
def test_an_activity_is_described_anew(activity: Activity):
    given(SEASON).when(ReviseActivity(activity=activity, day=FRIDAY)).then(activity_revised(activity))


def test_an_activity_is_planned_for_another_day():
    given(SEASON).when(ReviseActivity(activity=stars(), day=TOMORROW)).then(
        activity_revised(stars(), on=TOMORROW)
    )


def test_a_description_tells_what_the_activity_was_before():
    revised = activity_revised(INDOORS)
    given(SEASON, revised).when(ReviseActivity(activity=stars(), day=FRIDAY)).then(
        activity_revised(stars(), before=INDOORS)
    )


def test_an_activity_is_not_described_as_it_is():
    given(SEASON).when(ReviseActivity(activity=stars(), day=FRIDAY)).then_refused(NothingNew, id=STARS)
    given(SEASON, activity_revised(INDOORS, SATURDAY)).when(
        ReviseActivity(activity=INDOORS, day=SATURDAY)
    ).then_refused(NothingNew, id=STARS)


def test_an_activity_reported_as_held_is_not_described_anew():
    given(SEASON, activity_reported()).when(
        ReviseActivity(activity=stars(name="Stars"), day=FRIDAY)
    ).then_refused(HeldAlready, activity="观星夜")


# --- what came of it ------------------------------------------------------------------------------------------------


def test_what_came_of_an_activity_is_reported():
    given(SEASON).when(ReportActivity(activity=STARS, turnout=turnout())).then(activity_reported())


def test_an_activity_may_have_been_held_on_another_day_than_planned():
    given(SEASON).when(ReportActivity(activity=STARS, turnout=turnout(MONDAY))).then(
        activity_reported(turnout(MONDAY))
    )


def test_an_activity_is_reported_with_what_it_is_by_then():
    given(SEASON, activity_revised(INDOORS)).when(ReportActivity(activity=STARS, turnout=turnout())).then(
        activity_reported(activity=INDOORS)
    )


def test_an_activity_is_reported_once_it_was_held():
    today, tomorrow = turnout(SUNDAY), turnout(TOMORROW)
    given(SEASON).when(ReportActivity(activity=STARS, turnout=tomorrow)).then_refused(
        FutureDay, day=TOMORROW.isoformat()
    )
    given(SEASON).when(ReportActivity(activity=STARS, turnout=today)).then(activity_reported(today))


def test_a_report_takes_the_place_of_the_one_before():
    more, most = turnout(participants=130), turnout(SATURDAY, participants=140)
    given(SEASON, activity_reported()).when(ReportActivity(activity=STARS, turnout=more)).then(
        activity_reported(more, replaces=turnout())
    )
    given(SEASON, activity_reported(), activity_reported(more, replaces=turnout())).when(
        ReportActivity(activity=STARS, turnout=most)
    ).then(activity_reported(most, replaces=more))


def test_what_is_reported_already_is_not_reported_again():
    given(SEASON, activity_reported()).when(ReportActivity(activity=STARS, turnout=turnout())).then_refused(
        NothingNew, id=STARS
    )


def test_a_report_of_nobody_is_a_report():
    nobody = turnout(participants=0, materials=0)
    given(SEASON).when(ReportActivity(activity=STARS, turnout=nobody)).then(activity_reported(nobody))


@pytest.mark.parametrize("field", ["participants", "materials", "online_reach"])
@pytest.mark.parametrize("number", [-1, 1_000_000_001])
def test_what_is_counted_is_counted_from_nought_to_a_thousand_million(field: str, number: int):
    odd = msgspec.structs.replace(turnout(), **{field: number})
    given(SEASON).when(ReportActivity(activity=STARS, turnout=odd)).then_malformed(f"turnout.{field}")


# --- calling off ----------------------------------------------------------------------------------------------------


def test_an_activity_is_called_off_on_the_day_it_was_planned_for():
    given(SEASON).when(CancelActivity(activity=STARS, reason="illness")).then(
        activity_cancelled(reason="illness")
    )
    given(SEASON, activity_revised(INDOORS, TOMORROW)).when(
        CancelActivity(activity=STARS, reason="weather")
    ).then(activity_cancelled(TOMORROW, activity=INDOORS))


def test_an_activity_reported_as_held_is_not_called_off():
    given(SEASON, activity_reported()).when(CancelActivity(activity=STARS, reason="weather")).then_refused(
        HeldAlready, activity="观星夜"
    )


def test_shifts_are_cancelled_before_their_activity_is():
    cancel = CancelActivity(activity=STARS, reason="weather")
    two = shift_published(EVENING), shift_published(NIGHT)
    given(SEASON, *two).when(cancel).then_refused(ShiftsLeft, activity="观星夜")
    given(SEASON, *two, shift_cancelled(EVENING)).when(cancel).then_refused(ShiftsLeft)
    given(SEASON, *two, shift_cancelled(EVENING), shift_cancelled(NIGHT)).when(cancel).then(
        activity_cancelled()
    )


@of_an_activity
def test_nothing_happens_to_an_activity_that_was_called_off(command: Command):
    given(SEASON, activity_cancelled()).when(command).then_refused(CalledOff, activity="观星夜")


@of_an_activity
def test_nothing_happens_to_an_activity_that_was_never_published(command: Command):
    given(WORLD).when(command).then_refused(UnknownActivity, activity=STARS)
