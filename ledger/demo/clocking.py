"""Who keeps the venues: volunteers clock in without a shift, on site or online, and what they served is approved."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from ledger.application import Ask
from ledger.demo.deciding import decided, taken_back
from ledger.demo.story import COORDINATOR, Story, at, days, months
from ledger.demo.timeline import Outcomes, heard
from ledger.demo.venues import FIRST_CODE, RENEWAL, SECOND_CODE
from ledger.domain.events import Mode, ServiceReported, Venue, VolunteerClockedIn
from ledger.domain.presence import AbandonVisit, CheckOut, ClockIn

_STINTS_AN_ACTIVITY = 6
_KEEPERS_A_VENUE = 3
_BEGINS = (((8, 30), (11, 15)), ((13, 0), (16, 15)))
"""Of the two duties of a day."""
_MINUTES = (45, 60, 60, 90, 90, 120, 150)
_HABIT = timedelta(days=7)
"""So long after a new code some still use the old one."""


@dataclass(slots=True)
class _Duty:
    """One time of a day at the venues: who comes when, and goes when, and what became of it."""

    keepers: list[tuple[Venue, str]]
    begins: datetime
    ends: datetime
    day: date
    visits: dict[str, str] = field(default_factory=dict[str, str])
    """The volunteer by visit."""
    records: dict[str, str] = field(default_factory=dict[str, str])
    """The volunteer by record."""

    def hear(self, outcomes: Outcomes) -> None:
        """Note who came, and what is reported."""
        self.visits.update((one.visit, one.volunteer) for one in heard(outcomes, VolunteerClockedIn))
        self.records.update(
            (one.service.record, one.service.volunteer) for one in heard(outcomes, ServiceReported)
        )


def plan(story: Story) -> None:
    """Plan two duties for every day, and a night of stargazing a month."""
    keepers = [
        (venue, who)
        for venue in story.venues
        for who in story.some(story.regulars(_town(story, venue)), _KEEPERS_A_VENUE)
    ]
    year, total = days()[14:-2], story.activities * _STINTS_AN_ACTIVITY
    times = Counter(year[number * len(year) // total] for number in range(total))
    for day, count in times.items():
        today = story.some(keepers, count)
        for number, times_of_day in enumerate(_BEGINS):
            begins = at(day, *story.chance.choice(times_of_day))
            ends = begins + timedelta(minutes=story.chance.choice(_MINUTES))
            _plan_duty(story, _Duty(today[number :: len(_BEGINS)], begins, ends, day), evening=day)
    for month in months():
        _plan_night(story, keepers, month + timedelta(days=17))


def _town(story: Story, venue: Venue) -> str:
    return next(village.town for village in story.villages if village.id == venue.community)


def _plan_night(story: Story, keepers: list[tuple[Venue, str]], day: date) -> None:
    """At a base the keepers show the stars until after midnight."""
    base = story.chance.choice([venue for venue in story.venues if venue.kind == "base"])
    tomorrow = day + timedelta(days=1)
    some = [(venue, who) for venue, who in keepers if venue is base]
    _plan_duty(story, _Duty(some, at(day, 22), at(tomorrow, 0, 45), day), evening=tomorrow)


def _plan_duty(story: Story, duty: _Duty, *, evening: date) -> None:
    tomorrow = evening + timedelta(days=1)
    story.timeline.at(duty.begins, partial(_come, story, duty), duty.hear)
    story.timeline.at(duty.ends, partial(_go, story, duty), duty.hear)
    story.timeline.at(at(evening, 21, 30), lambda: decided(story, duty.records))
    story.timeline.at(at(tomorrow, 10), lambda: _closed(duty))
    story.timeline.at(at(tomorrow, 10), lambda: taken_back(story, duty.records))


def _come(story: Story, duty: _Duty) -> Iterable[Ask]:
    for venue, who in duty.keepers:
        online = venue.kind == "e-station" and story.happens(50)
        command = ClockIn(
            visit=story.new_id("vis"),
            venue=venue.id,
            volunteer=who,
            code=_code(story, duty.day),
            mode=Mode.ONLINE if online else Mode.ON_SITE,
        )
        yield Ask(command, who)


def _code(story: Story, day: date) -> str:
    """The code that somebody has in mind: a few have the old one for some days yet."""
    if day < RENEWAL or (day < RENEWAL + _HABIT and story.happens(8)):
        return FIRST_CODE
    return SECOND_CODE


def _go(story: Story, duty: _Duty) -> Iterable[Ask]:
    for visit, who in list(duty.visits.items()):
        if not story.happens(1):
            del duty.visits[visit]
            yield Ask(CheckOut(visit=visit, record=story.new_id("rec")), who)


def _closed(duty: _Duty) -> Iterable[Ask]:
    """A coordinator closes the visits of those who forgot to check out."""
    return [Ask(AbandonVisit(visit=visit, reason="forgot"), COORDINATOR) for visit in duty.visits]
