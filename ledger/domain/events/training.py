"""Training that volunteers completed."""

from datetime import date

from ledger.domain import tags
from ledger.domain.events.base import Event
from ledger.domain.ids import TrainingId, VolunteerId
from ledger.domain.minutes import Minutes
from ledger.domain.text import Code, Label


class TrainingEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one volunteer's training; `on` is the day of its completion."""

    training: TrainingId
    volunteer: VolunteerId

    def own_tags(self) -> tuple[str, ...]:
        return (tags.about(self.training), tags.about(self.volunteer))


class TrainingCompleted(TrainingEvent, frozen=True, kw_only=True, tag="training-completed"):
    """A volunteer completed a training (Ministry of Civil Affairs Order 67, article 8).

    `minutes` is how long it took, over all its days; `organiser` the public name of who held it; `until` the first
    day on which it is valid no more, if ever.
    """

    name: Label
    content: Label
    minutes: Minutes
    organiser: Label
    until: date | None


class TrainingAnnulled(TrainingEvent, frozen=True, kw_only=True, tag="training-annulled"):
    """A training counts no more, as if it had never been recorded."""

    reason: Code
