"""Training: what volunteers completed, and what of it was annulled."""

from datetime import date
from typing import Any, ClassVar

from ledger.domain import tags
from ledger.domain.commands import (
    AlreadyRecorded,
    Command,
    DatedCommand,
    Facts,
    Fold,
    FutureDay,
    Refusal,
    Seen,
)
from ledger.domain.events import Event, TrainingAnnulled, TrainingCompleted
from ledger.domain.ids import TrainingId, VolunteerId
from ledger.domain.minutes import Minutes
from ledger.domain.stays import EmptyTime, refuse_empty
from ledger.domain.text import Code, Label
from ledger.domain.volunteer_state import NotRegistered, affairs_of


class UnknownTraining(Refusal):
    """No training is recorded under the id."""

    code = "unknown-training"
    en = "There is no training {training}."
    zh = "没有这条培训记录：{training}。"


class AlreadyAnnulled(Refusal):
    """A training is annulled once."""

    code = "already-annulled"
    en = "The training {training} was annulled before."
    zh = "培训记录 {training} 已经作废。"


class Training(Fold):
    """One training so far."""

    types: ClassVar = frozenset({TrainingCompleted, TrainingAnnulled})

    def __init__(self, about: str) -> None:
        """Not completed."""
        self.training = about.partition(":")[2]
        self.completed: TrainingCompleted | None = None
        self.annulled = False

    def see(self, event: Event) -> None:
        """Remember that it was completed, or annulled."""
        match event:
            case TrainingCompleted():
                self.completed = event
            case TrainingAnnulled():
                self.annulled = True
            case _:
                raise TypeError(event)

    def standing(self) -> TrainingCompleted:
        """The training that counts; refuses with UnknownTraining or AlreadyAnnulled."""
        if self.completed is None:
            raise UnknownTraining(training=self.training)
        if self.annulled:
            raise AlreadyAnnulled(training=self.training)
        return self.completed


def training_of(training: str) -> Facts[Training]:
    """The boundary line of one training."""
    return Facts(Training, tags.about(training))


class CompleteTraining(DatedCommand, frozen=True, kw_only=True):
    """Record that a volunteer completed a training, be it before they registered; `day` is that of completion."""

    refusals: ClassVar = (AlreadyRecorded, EmptyTime, FutureDay, NotRegistered)

    training: TrainingId
    volunteer: VolunteerId
    name: Label
    content: Label
    minutes: Minutes
    organiser: Label
    until: date | None = None

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (training_of(self.training), affairs_of(self.volunteer))

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        day = self.effective(seen)
        if seen[training_of(self.training)].completed is not None:
            raise AlreadyRecorded(id=self.training)
        if day > seen.today:
            raise FutureDay(day=day.isoformat())
        refuse_empty(day, self.until)
        seen[affairs_of(self.volunteer)].registered()
        return (
            TrainingCompleted(
                on=day,
                training=self.training,
                volunteer=self.volunteer,
                name=self.name,
                content=self.content,
                minutes=self.minutes,
                organiser=self.organiser,
                until=self.until,
            ),
        )


class AnnulTraining(Command, frozen=True, kw_only=True):
    """Let a training count no more, with effect from the day of its completion."""

    refusals: ClassVar = (AlreadyAnnulled, UnknownTraining)

    training: TrainingId
    reason: Code

    def boundary(self) -> tuple[Facts[Any], ...]:
        return (training_of(self.training),)

    def decide(self, seen: Seen) -> tuple[Event, ...]:
        completed = seen[training_of(self.training)].standing()
        return (
            TrainingAnnulled(
                on=completed.on,
                training=self.training,
                volunteer=completed.volunteer,
                reason=self.reason,
            ),
        )
