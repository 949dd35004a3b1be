"""What volunteers learn: to help with smartphones every month, first aid every quarter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger.application import Ask
from ledger.demo import names
from ledger.demo.story import Story, at, by_staff, months
from ledger.domain.training import AnnulTraining, CompleteTraining

_VALID = timedelta(days=730)
"""First aid is learnt anew after two years."""
_MISTAKEN = 4
"""After so many months somebody turns out not to have been there."""


@dataclass(slots=True)
class _Course:
    """A course that is held again and again, each time for others."""

    name: str
    content: str
    minutes: int
    organiser: str
    share: int
    """One in so many regulars has a seat in each class, so that there are some for every class of the year."""
    valid: timedelta | None = None
    trained: set[str] = field(default_factory=set[str])


def plan(story: Story) -> None:
    """Plan every class of the year."""
    phones = _Course(*names.SMARTPHONE_COURSE, minutes=180, organiser=names.ASSOCIATION, share=75)
    aid = _Course(
        *names.FIRST_AID_COURSE, minutes=240, organiser=names.FIRST_AID_ORGANISER, share=55, valid=_VALID
    )
    for number, month in enumerate(months()):
        day = month + timedelta(days=12)
        _hold(story, phones, day, mistaken=number == _MISTAKEN)
        if number % 3 == 1:
            _hold(story, aid, day + timedelta(days=7), mistaken=False)


def _hold(story: Story, course: _Course, day: date, *, mistaken: bool) -> None:
    completed: list[CompleteTraining] = []

    def complete() -> Iterable[Ask]:
        completed.extend(_completed(story, course, day))
        return map(by_staff, completed)

    story.timeline.at(at(day, 17, 15), complete)
    if mistaken:
        story.timeline.at(
            at(day + timedelta(days=2), 9),
            lambda: [by_staff(AnnulTraining(training=completed[0].training, reason="mistaken"))],
        )


def _completed(story: Story, course: _Course, day: date) -> Iterable[CompleteTraining]:
    regulars = [who for town in story.towns for who in story.regulars(town)]
    untrained = [who for who in regulars if who not in course.trained]
    trainees = story.some(untrained, len(regulars) // course.share + 1)
    course.trained.update(trainees)
    for who in trainees:
        yield CompleteTraining(
            training=story.new_id("trn"),
            volunteer=who,
            name=course.name,
            content=course.content,
            minutes=course.minutes,
            organiser=course.organiser,
            day=day,
            until=None if course.valid is None else day + course.valid,
        )
