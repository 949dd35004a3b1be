"""The year's activities: published, signed up for, held, and approved; some called off, some records taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from ledger.application import Ask
from ledger.demo import names
from ledger.demo.deciding import decided, taken_back
from ledger.demo.story import COORDINATOR, Story, Village, at, by_staff, days
from ledger.demo.timeline import Outcomes, heard
from ledger.domain.activities import PublishActivity, ReportActivity
from ledger.domain.events import (
    Activity,
    RolePlaces,
    ServiceReported,
    SignUpEvent,
    SignUpPromoted,
    Turnout,
    VolunteerCheckedIn,
    VolunteerPlaced,
    VolunteerSignedUp,
)
from ledger.domain.presence import CheckIn, CheckOut
from ledger.domain.shifts import CancelShift, PublishShift
from ledger.domain.sign_ups import PlaceVolunteer, RecordNoShow, SignUp, WithdrawSignUp

HOURS = ((9, 11), (14, 16), (19, 21))
"""Shifts are in the morning, in the afternoon or in the evening."""
_CAMPAIGN_MONTHS = (8, 9)
ROLE = "guide"
_PLACED = (VolunteerSignedUp, SignUpPromoted, VolunteerPlaced)


@dataclass(slots=True)
class Shift:
    """One shift as the story follows it."""

    id: str
    activity: Activity
    begins: datetime
    ends: datetime
    places: int
    crowd: list[str]
    placed: dict[str, str] = field(default_factory=dict[str, str])
    """Sign-up by volunteer, of those who have a place."""
    visits: dict[str, str] = field(default_factory=dict[str, str])
    """Visit by volunteer."""
    records: dict[str, str] = field(default_factory=dict[str, str])
    """Volunteer by record."""

    def hear(self, outcomes: Outcomes) -> None:
        """Note who has a place now, who came, and what is reported."""
        for event in heard(outcomes, SignUpEvent):
            if isinstance(event, _PLACED):
                self.placed[event.volunteer] = event.sign_up
            else:
                self.placed.pop(event.volunteer, None)
        self.visits.update((one.volunteer, one.visit) for one in heard(outcomes, VolunteerCheckedIn))
        self.records.update(
            (one.service.record, one.service.volunteer) for one in heard(outcomes, ServiceReported)
        )


def plan(story: Story) -> None:
    """Plan every activity of the year, all of its life."""
    year = days()[20:-3]
    for number in range(story.activities):
        day = year[number * len(year) // story.activities]
        village = story.chance.choice(story.villages)
        activity = activity_in(story, number, village, day)
        _publish(story, activity, day, village)


def activity_in(story: Story, number: int, village: Village, day: date) -> Activity:
    """An activity of one of the programmes, which take turns, in a village."""
    name, form, audience, content = names.PROGRAMMES[number % len(names.PROGRAMMES)]
    return Activity(
        id=story.new_id("act"),
        name=f"{name}（{village.name}）",
        programme=name,
        campaign=names.CAMPAIGN if day.month in _CAMPAIGN_MONTHS else None,
        form=form,
        audience=audience,
        community=village.id,
        venue=None,
        place=village.name,
        content=content,
        unit=f"{village.name}村委会",
        in_charge=None,
    )


def _publish(story: Story, activity: Activity, day: date, village: Village) -> None:
    shifts: list[Shift] = []
    for begins, ends in story.chance.sample(HOURS, story.chance.choice((1, 2, 2, 3))):
        places = story.chance.randint(6, 12)
        crowd = _crowd(story, village.town, places + story.chance.randint(-1, 4))
        shifts.append(Shift(story.new_id("shi"), activity, at(day, begins), at(day, ends), places, crowd))
    published = [
        PublishShift(
            shift=one.id,
            activity=activity.id,
            begins=one.begins,
            ends=one.ends,
            roles=(RolePlaces(role=ROLE, places=one.places),),
            waitlist=3,
        )
        for one in shifts
    ]
    announced = at(day - timedelta(days=14), 10)
    commands = [PublishActivity(activity=activity, day=day), *published]
    story.timeline.at(announced, lambda: map(by_staff, commands))
    for one in shifts:
        _fill(story, one, day)
        if story.happens(2):
            _call_off(story, one, day)
        else:
            _hold(story, one, day)
    participants = story.chance.randint(20, 180)
    turnout = Turnout(
        day=day,
        participants=participants,
        materials=participants * story.chance.randint(0, 3),
        online_reach=story.chance.randint(200, 5_000) if activity.form == "online" else 0,
    )
    story.timeline.at(at(day, 22), lambda: [by_staff(ReportActivity(activity=activity.id, turnout=turnout))])


def _crowd(story: Story, town: str, count: int) -> list[str]:
    """Who wants to come: two in three are regulars."""
    people = story.people[town]
    regulars = story.some(story.regulars(town), count * 2 // 3)
    others = [who for who in story.some(people, count) if who not in regulars]
    return [*regulars, *others[: count - len(regulars)]]


def _fill(story: Story, shift: Shift, day: date) -> None:
    """Everybody signs up; some fall ill, and those who wait take their places; a coordinator adds one."""

    def sign_up() -> list[Ask]:
        return [
            Ask(SignUp(sign_up=story.new_id("sig"), shift=shift.id, volunteer=who, role=ROLE), who)
            for who in shift.crowd
        ]

    def fall_ill() -> list[Ask]:
        ill = [who for who in shift.placed if story.happens(6)]
        return [Ask(WithdrawSignUp(sign_up=shift.placed[who]), who) for who in ill]

    def override() -> list[Ask]:
        if not story.happens(3):
            return []
        who = story.chance.choice(shift.crowd)
        command = PlaceVolunteer(
            sign_up=story.new_id("sig"), shift=shift.id, volunteer=who, role=ROLE, reason="needed"
        )
        return [Ask(command, COORDINATOR)]

    story.timeline.at(at(day - timedelta(days=10), 12), sign_up, shift.hear)
    story.timeline.at(at(day - timedelta(days=4), 12), fall_ill, shift.hear)
    story.timeline.at(at(day - timedelta(days=2), 12), override, shift.hear)


def _call_off(story: Story, shift: Shift, day: date) -> None:
    command = CancelShift(shift=shift.id, reason="weather")
    story.timeline.at(at(day - timedelta(days=1), 18), lambda: [by_staff(command)], shift.hear)


def _hold(story: Story, shift: Shift, day: date) -> None:
    """Most come and go; what they served is approved in the evening, and now and then taken back."""
    for instant, step in (
        (shift.begins - timedelta(minutes=5), _come),
        (shift.ends, _leave),
        (at(day, 21, 30), _decide),
        (at(day + timedelta(days=1), 10), _take_back),
    ):
        story.timeline.at(instant, partial(step, story, shift), shift.hear)


def _come(story: Story, shift: Shift) -> Iterable[Ask]:
    for who, sign_up in shift.placed.items():
        if story.happens(96):
            yield Ask(CheckIn(visit=story.new_id("vis"), sign_up=sign_up), who)


def _leave(story: Story, shift: Shift) -> Iterable[Ask]:
    for who, visit in shift.visits.items():
        yield Ask(CheckOut(visit=visit, record=story.new_id("rec")), who)


def _decide(story: Story, shift: Shift) -> Iterable[Ask]:
    yield from decided(story, shift.records)
    for who, sign_up in shift.placed.items():
        if who not in shift.visits:
            yield Ask(RecordNoShow(sign_up=sign_up), COORDINATOR)


def _take_back(story: Story, shift: Shift) -> Iterable[Ask]:
    return taken_back(story, shift.records)
