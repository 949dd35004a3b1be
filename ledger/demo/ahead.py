"""What is left when the year has been told: activities to come, with places on their shifts, and open reports.

Whoever tries a portal needs something to sign up for and something to decide. The days are fixed, as the log does not
depend on when it is told; they reach far enough that some still lie ahead of whoever runs it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from ledger.application import Ask
from ledger.demo import names
from ledger.demo.occasions import HOURS, ROLE, activity_in
from ledger.demo.story import LAST, Story, Village, at, by_staff
from ledger.domain.activities import PublishActivity
from ledger.domain.events import RolePlaces, ServedDay, Service
from ledger.domain.service import ReportService
from ledger.domain.shifts import PublishShift
from ledger.domain.sign_ups import SignUp

AHEAD_UNTIL = date(2027, 12, 31)
_TOLD = LAST + timedelta(days=7)
"""When all else has happened: so the year is the same with it and without it."""
_ACTIVITIES_A_MONTH = 2
_REPORTS_A_TOWN = 2


def plan(story: Story) -> None:
    """Plan the moment at which all of it is published and reported."""
    story.timeline.at(at(_TOLD, 9), lambda: _published(story))
    story.timeline.at(at(_TOLD, 10), lambda: _reported(story))


def _published(story: Story) -> Iterable[Ask]:
    for number, month in enumerate(_months()):
        for town in story.towns:
            for day in sorted(story.chance.sample(range(10, 29), _ACTIVITIES_A_MONTH)):
                yield from _one(story, number, town, month.replace(day=day))


def _months() -> list[date]:
    """The first of every month from the one in which this is told."""
    first, months = _TOLD.replace(day=1), list[date]()
    while first <= AHEAD_UNTIL:
        months.append(first)
        first = (first + timedelta(days=31)).replace(day=1)
    return months


def _one(story: Story, number: int, town: str, day: date) -> Iterable[Ask]:
    """An activity with one shift, for which somebody has signed up."""
    activity = activity_in(story, number, _village(story, town), day)
    shift = story.new_id("shi")
    begins, ends = story.chance.choice(HOURS)
    who = story.chance.choice(story.regulars(town))
    yield by_staff(PublishActivity(activity=activity, day=day))
    yield by_staff(
        PublishShift(
            shift=shift,
            activity=activity.id,
            begins=at(day, begins),
            ends=at(day, ends),
            roles=(RolePlaces(role=ROLE, places=story.chance.randint(6, 12)),),
            waitlist=3,
        )
    )
    yield Ask(SignUp(sign_up=story.new_id("sig"), shift=shift, volunteer=who, role=ROLE), who)


def _village(story: Story, town: str) -> Village:
    return story.chance.choice([village for village in story.villages if village.town == town])


def _reported(story: Story) -> Iterable[Ask]:
    """Some of every town report what they did in the last days; nobody has decided on it."""
    for number, town in enumerate(story.towns):
        programme, _, _, content = names.PROGRAMMES[number % len(names.PROGRAMMES)]
        for who in story.some(story.regulars(town), _REPORTS_A_TOWN):
            village = _village(story, town)
            service = Service(
                record=story.new_id("rec"),
                volunteer=who,
                activity=story.new_id("act"),
                activity_name=f"{programme}（{village.name}）",
                place=village.name,
                content=content,
                role=ROLE,
                unit=f"{village.name}村委会",
                in_charge=None,
                programme=programme,
                hosted_by=village.id,
                evidence="photo",
            )
            day = _TOLD - timedelta(days=story.chance.randint(1, 6))
            minutes = story.chance.choice((60, 90, 120))
            yield Ask(ReportService(service=service, days=(ServedDay(day=day, minutes=minutes),)), who)
